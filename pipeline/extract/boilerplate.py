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
        ending: As ``items``, of the line that ends the newsletter itself.
        closing: As ``items``, of the line that ends an advert.
        longest: Of an item, in characters; a longer text tells more than that.
    """

    meaning: str
    flag: TextFlag
    headings: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    ending: tuple[str, ...] = ()
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


class _Forms:
    """The items of a row, compiled: how they begin (``^``, most of them) is tried at the beginning alone."""

    def __init__(self, row: Row) -> None:
        self.row = row
        forms = row.items + row.closing + row.ending
        opening = [form for form in forms if form.startswith("^")]
        self._opens = _any_of(opening).match if opening else None
        self._holds = _any_of(form for form in forms if form not in opening).search if opening != list(forms) else None

    def fit(self, lowered: str) -> bool:
        """Whether a text in lower case is such an item."""
        if self._opens is not None and self._opens(lowered) is not None:
            return True
        return self._holds is not None and self._holds(lowered) is not None


_TABLE = tomllib.loads(files(__package__).joinpath("boilerplate.toml").read_text("utf-8"))
ROWS = _rows()

_WORD = re.compile(r"[^\W_]+")
_LONGEST = max(row.longest for row in ROWS)
_MAX_TAIL, _MAX_ENDING = 80, 200
_ITEMS = tuple(_Forms(row) for row in ROWS if row.items)
_HEADINGS = re.compile(
    "|".join(f"(?P<h{number}>{'|'.join(row.headings)})" for number, row in enumerate(ROWS) if row.headings)
)
_CLOSING = _any_of(form for row in ROWS for form in row.closing)
_ENDING = _any_of(form for row in ROWS for form in row.ending)
_TAIL = re.compile(rf"\W*(?:{_any_of(_TABLE['tails']).pattern})\W*")
_APPLICATION = re.compile(rf"\W*(?:{_any_of(_TABLE['applications']).pattern})\W*")


def folded(title: str) -> str:
    """A heading's words, in lower case and one blank apart."""
    return " ".join(_WORD.findall(title.lower()))


def named_by(words: str) -> TextFlag | Literal[""]:
    """The flag of the section under a heading of these words (`folded`); empty where it names no boilerplate."""
    row = _row_of_heading(words)
    return row.flag if row else ""


def meaning_of_heading(title: str) -> str:
    """What the section under a heading is; empty where it names no boilerplate."""
    row = _row_of_heading(folded(title))
    return row.meaning if row else ""


def _row_of_heading(words: str) -> Row | None:
    found = _HEADINGS.fullmatch(words)
    return ROWS[int(found.lastgroup[1:])] if found and found.lastgroup else None


def flag_of(text: str) -> TextFlag | Literal[""]:
    """What a whole item of this text is, by its words; empty where it may be news."""
    row = _row_of(text)
    return row.flag if row else ""


def meaning_of(text: str) -> str:
    """What a whole item of this text means to say, by its words; empty where it may be news."""
    row = _row_of(text)
    return row.meaning if row else ""


def _row_of(text: str) -> Row | None:
    if len(text) > _LONGEST:
        return None
    lowered = text.lower()
    return next((forms.row for forms in _ITEMS if len(text) <= forms.row.longest and forms.fit(lowered)), None)


def closes_advert(text: str) -> bool:
    """Whether a sponsor's mark is the last line of its advert ("Ballast sponsor"), so that nothing after it is one."""
    return _CLOSING.search(text.lower()) is not None


def ends_newsletter(text: str) -> bool:
    """Whether a line takes leave of the reader until the next issue."""
    return len(text) <= _MAX_ENDING and _ENDING.search(text.lower()) is not None


def is_application(label: str) -> bool:
    """Whether a link's words are those by which one applies for a job ("See the role")."""
    return len(label) <= _MAX_TAIL and _APPLICATION.fullmatch(label.lower()) is not None


def is_tail(text: str) -> bool:
    """Whether a line only leads to more of the story before it ("Read more")."""
    return len(text) <= _MAX_TAIL and _TAIL.fullmatch(text.lower()) is not None
