"""Units of measure as data: how each is written in English and in Korean, and when two of them say the same.

A dimension is a word; a reading is a value in that dimension's base unit. Counts form one family: ``""`` is a bare
count, the others say what is counted. A bare count may stand for a named one ("1M context" and "100만 토큰"), a named
count never for another, and no count for something measured.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import NamedTuple


class Reading(NamedTuple):
    """A value in the base unit of its dimension: seconds, months, bytes, percent, one token."""

    value: float
    unit: str


class Unit(NamedTuple):
    """A way to write a unit: its dimension, how many base units it is, and what it is divided by (``tok/s``)."""

    dimension: str
    factor: float = 1.0
    per: Reading | None = None


def listed(words: str) -> tuple[str, ...]:
    """The words of a table that is written as one string, to be read and extended by people."""
    return tuple(words.split())


COUNTS = frozenset({"", "token", "parameter", "person", "point", "rank", "step", "occasion", "frame"})
DOLLARS = {"C": "CAD", "CA": "CAD", "A": "AUD", "HK": "HKD", "NT": "TWD", "S": "SGD"}
"""What stands before the sign of a dollar that is not the American one."""
CURRENCIES = frozenset({"USD", "KRW", "EUR", "GBP", "CNY", "JPY", "INR", *DOLLARS.values()})

SECOND = Reading(1.0, "second")
MINUTE = Reading(60.0, "second")
HOUR = Reading(3600.0, "second")
_DAY = 86_400.0


def _rows(section: str) -> list[list[str]]:
    """Read the rows of a section of ``units.txt``; those of the units are before the first heading."""
    here, found = "", []
    for line in files(__package__).joinpath("units.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            here = line[1 : line.index("]")]
        elif line and not line.startswith("#") and here == section:
            cells = [cell.strip() for cell in f"{line} ".split(" |")]
            found.append(["" if cells[0] == "-" else cells[0], *cells[1:]])
    return found


_UNITS = [(dimension, float(factor), english, korean) for dimension, factor, english, korean in _rows("")]
_RATES = {
    word: Unit("" if counted == "-" else counted, float(factor), Reading(float(seconds), "second"))
    for word, counted, factor, seconds in _rows("rates")
}
SYMBOLS: dict[str, tuple[str, ...]] = {
    "$": ("USD",),
    "€": ("EUR",),
    "£": ("GBP",),
    "₩": ("KRW",),
    "₹": ("INR",),
    "¥": ("JPY", "CNY"),
}
SCALES: dict[str, float] = {
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mil": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "t": 1e12,
    "tn": 1e12,
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "quadrillion": 1e15,
}
ENGLISH: dict[str, Unit] = {
    word: Unit(dimension, factor) for dimension, factor, english, _ in _UNITS for word in english.split()
} | _RATES
KOREAN: dict[str, Unit] = {word: Unit(dim, factor) for dim, factor, _, korean in _UNITS for word in korean.split()}

# Korean nouns that follow a counter and say what is counted: "70억 개의 매개변수", "100만 개 토큰".
COUNTED: dict[str, str] = {
    "토큰": "token",
    "매개변수": "parameter",
    "파라미터": "parameter",
    "컨텍스트": "token",
    "프레임": "frame",
}
# Nouns of the field that end like a trade and are none: "90 papers" are not 90명.
_NO_PEOPLE = (
    "paper|layer|parameter|number|server|cluster|computer|transformer|adapter|router|newsletter|chapter|folder|filter"
    "|order|letter|answer|power|tier|error|vector|tensor|operator|sensor|processor|accelerator|factor|monitor|quarter"
    "|counter|pointer|buffer|register|character|container|tokenizer|optimizer|encoder|decoder|classifier|browser"
    "|compiler|variant|color|floor|door|parser|scheduler|driver|printer|header|placeholder|identifier|center"
)
# Which English words near a bare count fit a named Korean one; None near it fits too.
_NOUNS: dict[str, re.Pattern[str]] = {
    "token": re.compile(r"(?:tok|context|ctx|sequence|window|input|output|prompt|length|vocab)"),
    "parameter": re.compile(r"(?:param|model|llm|active|total|dense|moe|weight|variant|version|checkpoint|size)"),
    "person": re.compile(
        r"(?:people|person|member|colleague|coworker|peer|men$|women$|student|human|participant|author|fan|dev|kid|child|folk|staff|citizen"
        rf"|client|founder|team|(?!(?:{_NO_PEOPLE})s?$)[a-z]{{1,30}}(?:er|or|ist|ian|ee|ant|eer)s?$|expert"
        r"|subscri|attend|guest|head|talent|job)"
    ),
}


def english_unit(word: str) -> Unit | None:
    """The unit that an English word or symbol (any case, plural or not) writes."""
    lower = word.lower()
    if lower in ENGLISH:
        return ENGLISH[lower]
    return ENGLISH.get(lower[:-1]) if lower.endswith("s") and len(lower) > 2 else None


def counts_the_same(dimension: str, words: tuple[str, ...]) -> bool:
    """Whether a count written in Korean as ``dimension`` may render an English bare count followed by ``words``.

    An English plural that is neither the thing itself nor a word for it says that something else was counted.
    """
    pattern = _NOUNS.get(dimension)
    if pattern is None or not words or any(pattern.match(word) for word in words):
        return True
    return dimension != "person" and not words[-1].endswith("s")


def unit_fits(written: str, source: str, words: tuple[str, ...] = ()) -> bool:
    """Whether a figure written in dimension ``written`` may rest on a source figure in dimension ``source``.

    Points and percentage points are one in English prose ("gained 3 points"), so a source point may become either.
    """
    if written == source:
        return True
    if source == "point" and written == "percent point":
        return True
    if written in COUNTS and source in COUNTS:
        if not source:
            return counts_the_same(written, words)
        return (not written and source != "rank") or {written, source} == {"occasion", "step"}
    return False
