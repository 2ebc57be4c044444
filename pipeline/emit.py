"""Verdict → Post: front matter and Markdown, made of checked text by code alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import frontmatter
import yaml

from pipeline.markdown import destination, escaped, link, name
from pipeline.records.drafts import Bullet, Draft, Part, Reference, Topic
from pipeline.records.issues import CleanIssue, Link
from pipeline.records.verdicts import Post, Verdict

PREVIEW = "## Today's Preview"
VIEWPOINT = "### AI Viewpoint 🤖"
OVERVIEW = "## Today's Overview"


class _QuotedDumper(yaml.SafeDumper):
    """YAML 1.1 and 1.2 readers (PyYAML; js-yaml in Gatsby and Astro) agree on a string only when it is quoted."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:
        return True  # else two equal dates become an anchor and an alias


def _quoted(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')


class _Text(str):
    """A value, as against a key: only values are quoted."""

    __slots__ = ()


class _Instant(str):
    """An instant as ISO 8601 has it, with the ``T`` that every reader of front matter takes; not quoted."""

    __slots__ = ()


def _bare(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", text)


_QuotedDumper.add_representer(_Text, _quoted)
_QuotedDumper.add_representer(_Instant, _bare)


def emit(
    verdict: Verdict,
    issue: CleanIssue,
    *,
    file: str,
    day: dt.date,
    update: dt.date,
    credit: str | None,
    made_from: str,
    overview_heading: str = "",
    instant: dt.datetime | None = None,
) -> Post:
    """The post of an issue whose verdict holds nothing back.

    Args:
        file: Name of the post's file.
        day: The issue's day in the time zone of the settings.
        update: Day on which the post last changed.
        credit: Name of the newsletter for the last line, or empty where it is not known; None leaves the line out.
        overview_heading: A line under the Overview's heading; empty for none.
        instant: The post's date with its time and zone, for sites that read instants; None: its day is enough.
    """
    draft = verdict.draft
    links = {link.id: link for link in issue.links}
    blocks = [
        " ".join(_with_links(sentence, links) for sentence in draft.opening.intro),
        PREVIEW,
        _preview(draft.preview, links),
        VIEWPOINT,
        "> " + " ".join(escaped(sentence.text) for sentence in draft.opening.viewpoint),
        OVERVIEW,
        *([overview_heading] if overview_heading else []),
        *_overview(draft.overview, links),
    ]
    if credit is not None:
        blocks.append(_credit(issue, credit))
    body = "\n\n".join(block for block in blocks if block)
    text = _front_matter(draft, instant or day, update) + "\n" + body + "\n"
    return Post(
        id=issue.id,
        made_from=made_from,
        file=file,
        text=text,
        title=draft.opening.title.text,
        tags=draft.opening.tags,
        day=day,
        update=update,
    )


def _front_matter(draft: Draft, date: dt.date, update: dt.date) -> str:
    values: dict[str, Any] = {
        "title": _Text(draft.opening.title.text),
        "description": _Text(draft.opening.description.text),
        "date": _Instant(date.isoformat(timespec="seconds")) if isinstance(date, dt.datetime) else date,
        "update": update,
        "tags": [_Text(tag) for tag in draft.opening.tags],
    }
    written = frontmatter.dumps(
        frontmatter.Post("", **values),
        Dumper=_QuotedDumper,
        allow_unicode=True,
        sort_keys=False,
        width=10**9,
        default_flow_style=False,
    )
    return written.rstrip() + "\n"


def _preview(part: Part, links: dict[str, Link]) -> str:
    return "\n".join(_preview_topic(topic, links) for topic in part.topics)


def _preview_topic(topic: Topic, links: dict[str, Link]) -> str:
    bullets = (f"  - {_with_links(bullet, links)}" for bullet in topic.bullets)
    return "\n".join((f"* **{escaped(topic.title)}**", *bullets))


def _overview(part: Part, links: dict[str, Link]) -> list[str]:
    blocks = []
    for number, topic in enumerate(part.topics, 1):
        bullets = (
            f"- **{escaped(bullet.head)}**: {escaped(bullet.text)}{_trailing(bullet.refs, links)}"
            for bullet in topic.bullets
        )
        blocks += [f"**{number}. {escaped(topic.title)}**", "\n".join(bullets)]
    return blocks


def _with_links(bullet: Bullet, links: dict[str, Link]) -> str:
    """The text with each link on the first free place where its label stands; one without a place goes to the end."""
    taken: list[tuple[int, int, Reference]] = []
    homeless = []
    for ref in sorted(bullet.refs, key=lambda ref: -len(ref.label)):
        start = _free_place(bullet.text, ref.label, taken)
        if start < 0:
            homeless.append(ref)
        else:
            taken.append((start, start + len(ref.label), ref))
    written, end = "", 0
    for start, stop, ref in sorted(taken, key=lambda place: place[0]):
        written += _piece(bullet.text[end:start], first=end == 0)
        if written.endswith("!") and not written.endswith("\\!"):
            written = written[:-1] + "\\!"  # else the link behind it would be a picture
        written += link(ref.label, links[ref.link].url)
        end = stop
    written += _piece(bullet.text[end:], first=end == 0)
    return written + _trailing(tuple(ref for ref in bullet.refs if ref in homeless), links)


def _free_place(text: str, label: str, taken: list[tuple[int, int, Reference]]) -> int:
    start = text.find(label) if label else -1
    while start >= 0 and any(start < stop and begin < start + len(label) for begin, stop, _ in taken):
        start = text.find(label, start + 1)
    return start


def _piece(text: str, *, first: bool) -> str:
    """Text between two links; the space at its ends is kept, which `escaped` would take away."""
    if not text.strip():
        return text
    before = text[: len(text) - len(text.lstrip())]
    after = text[len(text.rstrip()) :]
    # Only what opens the line can be read as the start of a list or heading; elsewhere nothing is put before it.
    marked = escaped(text) if first else escaped("x" + text.strip())[1:]
    return before + marked + after


def _trailing(refs: tuple[Reference, ...], links: dict[str, Link]) -> str:
    if not refs:
        return ""
    return " (" + ", ".join(link(ref.label, links[ref.link].url) for ref in refs) + ")"


def _credit(issue: CleanIssue, newsletter: str) -> str:
    """The last line. Its names come from outside, and outside a link renderers make links of any address in them."""
    named = ", ".join(filter(None, map(name, (newsletter, issue.title)))) or name(issue.source) or "뉴스레터"
    return f"원문: [{named}]({destination(issue.url)})" if issue.url else f"원문: {named}"
