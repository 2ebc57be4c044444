"""Hostile text in posts: every payload in every field that a model fills, through emit and through whole runs."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pipeline.emit
from pipeline.records.drafts import Draft
from pipeline.records.issues import CleanIssue
from pipeline.records.questions import Question
from pipeline.records.verdicts import Post
from tests import make
from torture.goals import Case, Form
from torture.newsroom import answer, as_text
from torture.payloads import ADDRESSES, PAYLOADS
from torture.rendered import (
    KEYS,
    bare,
    front_matter,
    has_gray_matter,
    linking_renderings,
    not_blank,
    plain,
    read_by_both,
    read_by_gray_matter,
    renderings,
    shown,
    strange,
)
from torture.rooms import answer_at_once, maeil, new_room, unclear

DAY = dt.date(2024, 6, 12)
URL = "https://a.example/page"
FIELDS = ("title", "description", "tag", "intro", "label", "viewpoint", "topic", "bullet", "head", "overview")
CREDITS = ("newsletter", "edition", "bare edition", "source")
"""Names in the last line of a post: of the newsletter, of the edition with and without its address, of the source."""
LINKED = (
    "see evil.com, x.ai and naver.kr/news",
    "http://a.b/x<img src=q onerror=alert(1)>",
    "www.a.example/<img src=q onerror=alert(1)>",
    "ftp://a.example/<svg onload=alert(1)>",
    "![p](https://evil.example/p.png)",
    "see https://evil.example/p and mail me@evil.example today",
    "mailto:me@evil.example?subject=<b>",
    "//evil.example/x<script>alert(1)</script>",
    "xmpp:me@evil.example/<i>",
    "javascript:alert(1)<a href=x>",
    "A < B! [x](https://evil.example) <https://evil.example>",
)
"""What renderers that link bare addresses make of a title."""
BATCH = 60


def text_cases(form: Form, _: Path) -> Sequence[Case]:
    """Each payload in each field, in batches; each address as a link; and payloads through whole runs."""
    # What a reply holds comes without blanks at its ends, and a draft's empty places are refused before emit.
    payloads = [payload.strip() for payload in (*PAYLOADS, *LINKED) if payload.strip()]
    pairs = [(field, payload) for payload in payloads for field in (*FIELDS, *CREDITS)]
    pairs += [("address", address) for address in ADDRESSES]
    if form.short:
        pairs = pairs[form.seed % 31 :: 31]
    batches = [pairs[start : start + BATCH] for start in range(0, len(pairs), BATCH)]
    whole = PAYLOADS[:: 1 if not form.short else 90]
    gray = has_gray_matter()
    return [
        *(Case(f"emit-{number}", _emitted(batch, gray), len(batch)) for number, batch in enumerate(batches)),
        *(Case(f"run-{number}", _published(payload)) for number, payload in enumerate(whole)),
    ]


def _emitted(pairs: Sequence[tuple[str, str]], gray: bool) -> Callable[[Path], Iterator[str]]:
    def check(_: Path) -> Iterator[str]:
        texts = []
        credited = []
        for field, payload in pairs:
            draft, issue = _made(field, payload)
            try:
                post = _post(draft, issue, credit=payload if field == "newsletter" else "C" * (field != "source"))
            except ValueError as error:
                yield f"{field} {payload[:40]!r}: not written: {type(error).__name__}"
                continue
            texts.append((field, payload, draft, post.text))
            for wrong in _wrong(field, payload, draft, issue, post.text):
                yield f"{field} {payload[:40]!r}: {wrong}"
            if field in CREDITS:
                credited.append((field, payload, issue, front_matter(post.text)[1]))
        pages = linking_renderings([body for *_, body in credited])
        for (field, payload, issue, _), rendered in zip(credited, pages, strict=True):
            for renderer, page in rendered:
                for wrong in strange(page, _addresses(issue)):
                    yield f"{field} {payload[:40]!r}: {renderer}: {wrong}"
        if gray:
            read = read_by_gray_matter([text for *_, text in texts])
            for (field, payload, draft, text), (data, content) in zip(texts, read, strict=True):
                wrong_lines = _gray(draft, text, data, content)
                yield from (f"{field} {payload[:40]!r}: gray-matter {wrong}" for wrong in wrong_lines)

    return check


def _post(draft: Draft, issue: CleanIssue, *, credit: str) -> Post:
    return pipeline.emit.emit(
        make.verdict(draft), issue, file="daily-20240612.md", day=DAY, update=DAY, credit=credit, made_from=make.MADE
    )


def _addresses(issue: CleanIssue) -> frozenset[str]:
    return frozenset(plain(link.url) for link in issue.links) | {issue.url}


def _made(field: str, payload: str) -> tuple[Draft, CleanIssue]:
    """A draft with the payload in one field."""

    def at(name: str, else_: str) -> str:
        return payload if name == field else else_

    label = at("label", "페이지")
    refs = [(label, "l1")]
    draft = make.draft(
        title=at("title", "소형 모델의 하루"),
        description=at("description", "여러 소식을 모았습니다."),
        tags=[at("tag", "양자화"), "추론"],
        intro=[make.bullet(at("intro", f"오늘은 {label} 이야기입니다."), "s1i1", refs=refs)],
        viewpoint=[at("viewpoint", "비용은 남습니다.")],
        preview=make.part((at("topic", "모델"), [make.bullet(at("bullet", "새 모델입니다."), "s1i1", refs=refs)])),
        overview=make.part(
            ("도구", [make.bullet(at("overview", "도구입니다."), "s1i1", head=at("head", "머리"), refs=refs)])
        ),
    )
    link = make.link("l1", payload if field == "address" else URL, item="s1i1")
    issue = make.issue(
        links=[link],
        title=payload if field in ("edition", "bare edition") else "" if field == "source" else "Small models",
        url="" if field == "bare edition" else "https://news.example/issue",
    )
    return draft, issue.model_copy(update={"source": payload}) if field == "source" else issue


def _wrong(field: str, payload: str, draft: Draft, issue: CleanIssue, text: str) -> Iterator[str]:
    try:
        block, body = front_matter(text)
    except ValueError as error:
        yield str(error)
        return
    yield from _misread(draft, block)
    for renderer, page in renderings(body):
        yield from (f"{renderer}: {wrong}" for wrong in strange(page, _addresses(issue)))
        in_body = field not in ("title", "description", "tag", "address", *CREDITS)
        if in_body and not_blank(payload) not in not_blank(shown(page)):
            yield f"{renderer}: the text is shown as something else"


def _misread(draft: Draft, block: str) -> Iterator[str]:
    opening = draft.opening
    expected = [opening.title.text, opening.description.text, list(opening.tags)]
    for reader, read in read_by_both(block):
        if list(read) != KEYS:
            yield f"{reader} reads the keys {list(read)}"
        elif [read["title"], read["description"], read["tags"]] != expected:
            yield f"{reader} reads other strings"
        elif [str(read["date"]), str(read["update"])] != [str(DAY)] * 2:
            yield f"{reader} reads other days"


def _gray(draft: Draft, text: str, data: dict[str, Any], content: str) -> Iterator[str]:
    opening = draft.opening
    if list(data) != KEYS:
        yield f"reads the keys {list(data)}"
    elif [data["title"], data["description"], data["tags"]] != [
        opening.title.text,
        opening.description.text,
        list(opening.tags),
    ]:
        yield "reads other strings"
    elif content.lstrip("\n") != front_matter(text)[1].lstrip("\n"):
        yield "reads another body"


def _published(payload: str) -> Callable[[Path], Iterator[str]]:
    """A whole run with a model that puts the payload at the end of all that it writes."""

    def said(question: Question) -> str:
        answered = answer(question.part, question.messages[1].content)
        return as_text(_spread(answered, payload))

    def check(folder: Path) -> Iterator[str]:
        room = new_room(folder)
        ended = maeil(room, before=lambda: answer_at_once(room, said))
        yield from (f"{payload[:40]!r}: {wrong}" for wrong in unclear(ended))
        for post in room.data.glob("posts/*.md"):
            yield from (f"{payload[:40]!r}: {wrong}" for wrong in _wrong_post(room.root, post))

    return check


def _spread(value: Any, payload: str, name: str = "") -> Any:
    """The same with the payload behind every text; ids stay."""
    if isinstance(value, dict):
        return {key: _spread(member, payload, key) for key, member in value.items()}
    if isinstance(value, list):
        return value if name == "items" else [_spread(member, payload, name) for member in value]
    return value if name in ("link", "place") else f"{value} {payload}"[:280]


def _wrong_post(root: Path, post: Path) -> Iterator[str]:
    links = [
        plain(link["url"])
        for file in root.glob("data/work/*/clean.json")
        for link in json.loads(file.read_bytes())["record"]["links"]
    ]
    issues = [json.loads(file.read_bytes())["record"]["url"] for file in root.glob("data/work/*/clean.json")]
    try:
        block, body = front_matter(post.read_text("utf-8"))
    except ValueError as error:
        yield str(error)
        return
    for reader, read in read_by_both(block):
        if list(read) != KEYS or not all(isinstance(read[key], str) for key in KEYS[:2]):
            yield f"{reader} reads the keys {list(read)}"
    for renderer, page in renderings(body):
        yield from (f"{renderer}: {wrong}" for wrong in (*strange(page, frozenset([*links, *issues])), *bare(page)))
