"""Words that name boilerplate, by what they mean: one table for headings, which rule their section, and for items.

The table, and where its rows were taken from, is ``boilerplate.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from pipeline.records.issues import TextFlag


class Row(NamedTuple):
    """Words of one meaning.

    Attributes:
        meaning: What they say.
        flag: What an item of them is flagged as, and the section under such a heading.
        headings: Whole headings, in lower case, every run of other characters than letters and digits one space.
        items: How such an item begins (``^``) or what stands in it, in lower case.
        closing: As ``items``, of the line that ends an advert.
        longest: Of an item, in characters; a longer text tells more than that.
    """

    meaning: str
    flag: TextFlag
    headings: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    longest: int = 0


def _rows() -> tuple[Row, ...]:
    parts: dict[str, str] = _TABLE["parts"]
    named = re.compile("|".join(f"<{name}>" for name in parts))

    def value_of(value: Any) -> Any:
        whole = isinstance(value, list)
        return tuple(named.sub(lambda found: parts[found[0][1:-1]], form) for form in value) if whole else value

    return tuple(Row(**{key: value_of(value) for key, value in row.items()}) for row in _TABLE["rows"])


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{form})" for form in forms))


_TABLE = tomllib.loads(files(__package__).joinpath("boilerplate.toml").read_text("utf-8"))
ROWS = _rows()

_WORD = re.compile(r"[^\W_]+")
_LONGEST = max(row.longest for row in ROWS)
_MAX_TAIL = 80
_ITEMS = tuple((row.flag, row.longest, _any_of(row.items + row.closing)) for row in ROWS if row.items)
_HEADINGS = re.compile(
    "|".join(f"(?P<h{number}>{'|'.join(row.headings)})" for number, row in enumerate(ROWS) if row.headings)
)
_CLOSING = _any_of(form for row in ROWS for form in row.closing)
_TAIL = re.compile(rf"\W*(?:{_any_of(_TABLE['tails']).pattern})\W*")


def folded(title: str) -> str:
    """A heading's words, in lower case and one blank apart."""
    return " ".join(_WORD.findall(title.lower()))


def named_by(words: str) -> TextFlag | Literal[""]:
    """The flag of the section under a heading of these words (`folded`); empty where it names no boilerplate."""
    found = _HEADINGS.fullmatch(words)
    return ROWS[int(found.lastgroup[1:])].flag if found and found.lastgroup else ""


def flag_of(text: str) -> TextFlag | Literal[""]:
    """What a whole item of this text is, by its words; empty where it may be news."""
    if len(text) > _LONGEST:
        return ""
    lowered = text.lower()
    return next((flag for flag, longest, form in _ITEMS if len(text) <= longest and form.search(lowered)), "")


def closes_advert(text: str) -> bool:
    """Whether a sponsor's mark is the last line of its advert ("Ballast sponsor"), so that nothing after it is one."""
    return _CLOSING.search(text.lower()) is not None


def is_tail(text: str) -> bool:
    """Whether a line only leads to more of the story before it ("Read more")."""
    return len(text) <= _MAX_TAIL and _TAIL.fullmatch(text.lower()) is not None
