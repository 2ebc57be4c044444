"""Posts as files: their names, and what an earlier one says."""

from __future__ import annotations

import datetime as dt
import re

NAME = re.compile(r"daily-(\d{8})(?:-([2-9]|[1-9]\d{1,3}))?\.md")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_LINK = re.compile(r"!?\[((?:\\.|[^][\\\n]){0,400})\]\([^)\n]{0,4000}\)")
_MARK = re.compile(r"^\s*(?:[-*+>]\s+|#{1,6}\s+|\d{1,3}\.\s+)*")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def post_name(day: dt.date, number: int) -> str:
    """``daily-20240513.md``, and for the second post of that day ``daily-20240513-2.md``."""
    return f"daily-{day:%Y%m%d}.md" if number == 1 else f"daily-{day:%Y%m%d}-{number}.md"


def day_and_number(name: str) -> tuple[dt.date, int] | None:
    """The day of a post and its number on that day, by its name; None when it is not named like a post."""
    found = NAME.fullmatch(name)
    try:
        return (dt.datetime.strptime(found[1], "%Y%m%d").date(), int(found[2] or 1)) if found else None  # noqa: DTZ007
    except ValueError:
        return None


def plain_lines(text: str) -> tuple[str, ...]:
    """What a reader of the post reads, a line a bullet or paragraph, without headings, marks and addresses."""
    body = _FRONT_MATTER.sub("", text, count=1)
    lines = (line for line in body.splitlines() if not line.lstrip().startswith("#"))
    plain = (_ESCAPE.sub(r"\1", _LINK.sub(r"\1", _MARK.sub("", line)).replace("**", "")) for line in lines)
    return tuple(" ".join(line.split()) for line in plain if line.strip())


def is_cut_short(post: bytes) -> bool:
    """Whether a file was a post once and is empty or ends in the middle: none of ours ends without a line break."""
    return not post.endswith(b"\n") or not re.match(rb"---\n.*?\n---\n", post, re.DOTALL)


def update_of(post: bytes) -> dt.date | None:
    """The day of a post's last change, as its front matter has it."""
    found = re.search(rb"^update: (\d{4}-\d{2}-\d{2})$", post, re.MULTILINE)
    try:
        return dt.date.fromisoformat(found[1].decode()) if found else None
    except ValueError:
        return None
