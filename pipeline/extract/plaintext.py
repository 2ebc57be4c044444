"""A plain-text mail to HTML, for the one HTML extractor.

Its shape is that of a mail rendered to text at 80 columns: headings in capitals, ``*`` bullets, rules of dashes,
``label https://address`` (newsletter-format.md, eras and section 9).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.titles import part_of

_RULE = re.compile(r"\A[-=_*\u2500\u2014]{5,}\Z")
_BULLET = re.compile(r"([*\u2022+-]|\d{1,3}[.)])[ \t]+")
_QUOTE = re.compile(r">[ \t]?")
_NUMBERED = re.compile(r"\d{1,3}[.)] ")
_MARKDOWN = re.compile(r"^#{1,6} \S|\]\(https?://|^\*\*\S|^<(?:p|div|h[1-6]|ul|table)\b", re.MULTILINE)
_MAX_TITLE = 100
_MAX_HEADING = 200


def looks_plain(text: str) -> bool:
    """Whether a text is such a mail and not Markdown: rules or headings in capitals, and no Markdown."""
    if _MARKDOWN.search(text):
        return False
    lines = [line.strip() for line in text.split("\n")]
    return sum(1 for line in lines if (len(line) >= 60 and _RULE.match(line)) or _in_capitals(line)) >= 2


def to_html(text: str) -> str:
    """The paragraphs, bullets, headings, quotations and rules of a plain-text mail as HTML."""
    runs = list(_runs(text.expandtabs(4)))
    html: list[str] = []
    for number, run in enumerate(runs):
        following = runs[number + 1] if number + 1 < len(runs) else []
        html.append(_block(run, following))
    return "\n".join(html)


def _runs(text: str) -> Iterator[list[str]]:
    """Lines that belong together: up to a blank line, a rule, or the next bullet."""
    run: list[str] = []
    for raw in text.split("\n"):
        line = raw.strip()
        starts = _BULLET.match(line) or _RULE.match(line) or (run and line.startswith(">") != run[0].startswith(">"))
        if run and (not line or starts or _RULE.match(run[0])):
            yield run
            run = []
        if line:
            run.append(line)
    if run:
        yield run


def _block(run: list[str], following: list[str]) -> str:
    from html import escape  # brings the table of all entities, and few newsletters are plain mails

    first = run[0]
    if _RULE.match(first):
        return "<hr>"
    text = " ".join(run)
    if _QUOTE.match(first):
        return f"<blockquote><p>{escape(' '.join(_QUOTE.sub('', line, count=1) for line in run))}</p></blockquote>"
    if (level := _heading_level(text, run)) > 0:
        return f"<h{level}>{escape(text)}</h{level}>"
    bullet = _BULLET.match(text)
    if bullet and not bullet[1][0].isdigit():
        return f"<ul><li>{escape(text[bullet.end() :])}</li></ul>"
    opens_list = following and (_BULLET.match(following[0]) or _QUOTE.match(following[0]))
    if len(run) == 1 and opens_list and len(text) <= _MAX_TITLE and text[-1] not in ".!?," and "://" not in text:
        return f"<p><strong>{escape(text)}</strong></p>"
    return f"<p>{escape(text)}</p>"


def _heading_level(text: str, run: list[str]) -> int:
    if len(run) == 1 and part_of(text) is not None:
        return 1
    if not _in_capitals(text):
        return 0
    if _NUMBERED.match(text):
        return 3
    return 2 if text.startswith("/R/") or "SUBREDDIT" in text else 1


def _in_capitals(text: str) -> bool:
    letters = sum(1 for character in text[:_MAX_HEADING] if character.isalpha())
    return letters >= 4 and len(text) <= _MAX_HEADING and text == text.upper() and "://" not in text and "{" not in text
