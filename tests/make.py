"""Small records for tests, with what a test does not care about filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pipeline.records.drafts import Bullet, Cited, Draft, Opening, Part, Reference, Topic
from pipeline.records.issues import CleanIssue, Item, Link, Section
from pipeline.records.sources import Capture, RawIssue
from pipeline.records.verdicts import Verdict

ID = "20240612-0123abcd"
MADE = "0" * 64
NOW = dt.datetime(2024, 6, 12, 1, 0, tzinfo=dt.UTC)


def link(
    name: str, url: str, *, text: str = "", item: str = "s1i1", kind: str = "content", flags: Sequence[str] = ()
) -> Link:
    return Link(id=name, url=url, found=url, text=text or name, item=item, kind=kind, flags=tuple(flags))  # type: ignore[arg-type]


def item(name: str, text: str, *links: str, head: str = "", flags: Sequence[str] = ()) -> Item:
    return Item(id=name, head=head, text=text, links=links, flags=tuple(flags))


def section(name: str, role: str, title: str, *items: Item, flags: Sequence[str] = ()) -> Section:
    return Section(id=name, role=role, title=title, items=items, flags=tuple(flags))  # type: ignore[arg-type]


def issue(*sections: Section, links: Sequence[Link] = (), title: str = "Small models", url: str = "") -> CleanIssue:
    return CleanIssue(
        id=ID, made_from=MADE, source="demo", url=url, title=title, published=NOW, sections=sections, links=tuple(links)
    )


def raw(name: str = ID, *, day: dt.date = dt.date(2024, 6, 12), source: str = "demo") -> RawIssue:
    capture = Capture(sha256=MADE, file="0.md", fetched_at=NOW)
    published = dt.datetime.combine(day, dt.time(1), tzinfo=dt.UTC)
    return RawIssue(
        id=name, made_from=MADE, source=source, identity=f"{name}.md", published=published, day=day, capture=capture
    )


def bullet(text: str, *items: str, head: str = "", refs: Sequence[tuple[str, str]] = ()) -> Bullet:
    return Bullet(
        text=text, items=items, head=head, refs=tuple(Reference(label=label, link=name) for label, name in refs)
    )


def part(*topics: tuple[str, Sequence[Bullet]]) -> Part:
    return Part(topics=tuple(Topic(title=title, bullets=tuple(bullets)) for title, bullets in topics))


def draft(
    *,
    title: str = "소형 모델의 하루",
    description: str = "양자화와 추론 비용을 다룬 소식을 모았습니다.",
    intro: Sequence[Bullet] = (),
    viewpoint: Sequence[str] = ("비용은 사라지지 않고 자리를 옮길 뿐입니다.",),
    tags: Sequence[str] = ("양자화", "추론", "RAG"),
    preview: Part | None = None,
    overview: Part | None = None,
) -> Draft:
    return Draft(
        id=ID,
        made_from=MADE,
        opening=Opening(
            title=Cited(text=title, items=("s1i1",)),
            description=Cited(text=description, items=("s1i1",)),
            intro=tuple(intro),
            viewpoint=tuple(Cited(text=text, items=("s1i1",)) for text in viewpoint),
            tags=tuple(tags),
        ),
        preview=preview or part(),
        overview=overview or part(),
        numbers={},
    )


def verdict(of: Draft, *, held: Sequence[str] = ()) -> Verdict:
    return Verdict(id=ID, made_from=MADE, draft=of, held=tuple(held))
