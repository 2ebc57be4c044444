"""Editions for the tests of extract: a text in, its Issue out."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

from pipeline.extract import extract
from pipeline.records.issues import Issue, Item, Link
from pipeline.records.sources import Capture, RawIssue

_NOON = dt.datetime(2026, 1, 5, 12, tzinfo=dt.UTC)
_TYPES = {"md": "text/markdown", "html": "text/html", "txt": "text/plain", "eml": "message/rfc822", "xml": "text/xml"}
_WORD = re.compile(r"[^\W_]+")


def edition(
    file: str, *, title: str = "", entry: str | None = None, charset: str | None = None, media_type: str | None = None
) -> RawIssue:
    """A RawIssue as fetch makes it for a file of this name."""
    return RawIssue(
        id="20260105-00c0ffee",
        made_from="0" * 64,
        source="test",
        identity=file,
        title=title,
        published=_NOON,
        day=_NOON.date(),
        entry=entry,
        capture=Capture(
            sha256="0" * 64,
            file=file,
            media_type=_TYPES.get(file.rsplit(".", 1)[-1], "") if media_type is None else media_type,
            charset=charset,
            fetched_at=_NOON,
        ),
    )


def read(text: str | bytes, file: str = "issue.md", *, title: str = "", entry: str | None = None) -> Issue:
    """The Issue of a text in a file of this name."""
    body = text.encode() if isinstance(text, str) else text
    return extract(edition(file, title=title, entry=entry), body, made_from="1" * 64)


def items(issue: Issue) -> list[Item]:
    return [item for section in issue.sections for item in section.items]


def texts(issue: Issue) -> list[str]:
    return [item.text for item in items(issue)]


def link(issue: Issue, url: str) -> Link:
    """The one link to this address."""
    (found,) = [link for link in issue.links if link.url == url]
    return found


def roles(issue: Issue) -> list[tuple[str, str]]:
    return [(section.role, section.title) for section in issue.sections]


def words(text: str) -> Counter[str]:
    return Counter(word.lower() for word in _WORD.findall(text))


def words_of(issue: Issue) -> Counter[str]:
    """All words that arrived: titles, texts, and each heading above items once, where it begins."""
    parts: list[str] = []
    for section in issue.sections:
        parts.append(section.title)
        above: list[str] = []
        for item in section.items:
            parts.append(item.text)
            if not item.text.startswith(item.head):
                heads = item.head.split(" \u203a ")
                parts += [head for place, head in enumerate(heads) if above[place : place + 1] != [head]]
                above = heads
    return words(" ".join(parts))
