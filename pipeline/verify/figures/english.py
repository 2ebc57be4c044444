"""Numerals in digits (1,000, 59 130 246, 1e-5, 10^26, 1.04 billion, 34M) and in English words (half a million)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from pipeline.patterns import english
from pipeline.verify.figures.korean import Numeral, number
from pipeline.verify.figures.units import SCALES, listed

_ONES = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_TENS = ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
CARDINALS: dict[str, float] = {word: float(value) for value, word in enumerate(_ONES)} | {
    word: float(value) for value, word in zip(range(30, 100, 10), _TENS, strict=True)
}
# Words that are a figure by themselves: (value, dimension).
WORDS: dict[str, tuple[tuple[float, str], ...]] = {
    "half": ((0.5, "ratio"),),
    "halved": ((0.5, "ratio"),),
    "halves": ((0.5, "ratio"),),
    "halving": ((0.5, "ratio"),),
    "twice": ((2.0, "times"), (2.0, "occasion")),
    "double": ((2.0, "times"),),
    "doubles": ((2.0, "times"),),
    "doubled": ((2.0, "times"),),
    "doubling": ((2.0, "times"),),
    "triple": ((3.0, "times"),),
    "triples": ((3.0, "times"),),
    "tripled": ((3.0, "times"),),
    "thrice": ((3.0, "times"), (3.0, "occasion")),
    "quadruple": ((4.0, "times"),),
    "quadrupled": ((4.0, "times"),),
    "tenfold": ((10.0, "times"),),
    "both": ((2.0, ""),),
    "pair": ((2.0, ""),),
    "duo": ((2.0, ""),),
    "trio": ((3.0, ""),),
    "dual": ((2.0, ""),),
    "second": ((2.0, "rank"),),
    "third": ((3.0, "rank"), (1 / 3, "ratio")),
    "thirds": ((2 / 3, "ratio"),),
    "fourth": ((4.0, "rank"), (0.25, "ratio")),
    "fifth": ((5.0, "rank"), (0.2, "ratio")),
    "sixth": ((6.0, "rank"),),
    "seventh": ((7.0, "rank"),),
    "eighth": ((8.0, "rank"),),
    "ninth": ((9.0, "rank"),),
    "tenth": ((10.0, "rank"), (0.1, "ratio")),
    "quarter": ((0.25, "ratio"),),
    "quarters": ((0.75, "ratio"),),
    "decade": ((120.0, "month"),),
    "monthly": ((1.0, "month"),),
    "weekly": ((7 * 86_400.0, "second"),),
    "fortnight": ((14 * 86_400.0, "second"),),
}
# Plurals without a number; Korean 수십, 수천, 수백만.
_ORDERS = {"dozens": 10.0, "tens": 10.0, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6, "billions": 1e9,
           "trillions": 1e12}  # fmt: skip
_SHARES = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_SHARE = english(rf"(one|two|three|four|nine)[ -]({'|'.join(_SHARES)})s?(?![A-Za-z])")
_CARDINAL = "|".join(sorted(CARDINALS, key=len, reverse=True))
# "within a point" is one point; other nouns with an article are not counted.
_OF_ONE = "percentage point|percent|point|second|minute|hour|day|week|month|year|decade"
_UNIT = "one|two|three|four|five|six|seven|eight|nine"
_SCALE_WORD = "hundred|thousand|million|billion|trillion|quadrillion|dozen"
_LITERAL = re.compile(
    r"(?:10\^\{?(?P<power>[+-]?\d{1,3})\}?|10(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]{1,4})"
    r"|(?P<mantissa>\d+(?:\.\d+)?) ?[x×·] ?10\^?\{?(?P<times>[+-]?\d{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]{1,4})\}?(?![\d.])"
    r"|(?P<exponent>\d+(?:\.\d+)?[eE][+-]?\d{1,3})(?![A-Za-z0-9])"
    r"|(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?: \d{3}){2,}(?![\d.,])|\d+(?:\.\d+)?|\.\d+))"
)
_SUFFIX = re.compile(r"(?:bn|mn|tn|[kKmMbBtT])(?![A-Za-z0-9]|\.\d|(?<=[mt])/s\b)")
_SCALE = re.compile(
    rf"[ -](?:(?P<word>{_SCALE_WORD})|mil(?=\b)|bn(?=\b)|(?P<letter>[MBTK])(?!/s)(?= ?(?:[^\w ]|$)))\b", re.IGNORECASE
)
_WORD = english(
    rf"(?=[a-z])(?:(?:(?P<half>half[ -](?:a|an)[ -])|(?P<count>an?|{_CARDINAL})"
    rf"(?:-(?P<ones>{_UNIT}))?[ -])?(?P<scale>{_SCALE_WORD})(?![A-Za-z])"
    rf"|(?P<cardinal>{_CARDINAL})(?:-(?P<unit>{_UNIT}))?(?:-?(?P<fold>fold))?(?![A-Za-z])"
    rf"|(?P<order>{'|'.join(_ORDERS)})(?: of (?P<of>thousands|millions|billions))?(?![A-Za-z])"
    rf"|(?P<article>an?)(?= (?:{_OF_ONE})(?![A-Za-z]))"
    rf"|(?P<word>{'|'.join(sorted(WORDS, key=len, reverse=True))})(?![A-Za-z]))"
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")

# Where a number may begin that `literal` reads, and nowhere else can one.
LITERAL_STARTS = re.compile(r"\d+|\.(?<![\w.]\.)(?=\d)")
_LETTERS = re.compile(r"[A-Za-z]+")
_FIRST_WORDS = frozenset({"a", "an", *CARDINALS, *_SCALE_WORD.split("|"), *_ORDERS, *WORDS})


def _exponent(match: re.Match[str]) -> float | None:
    power = match["power"] or match["raised"] or match["times"]
    if power is None:
        return float(match["exponent"]) if match["exponent"] else None
    value = float(match["mantissa"] or 1) * 10.0 ** int(power.translate(_RAISED))
    return value if math.isfinite(value) else None


def literal(text: str, start: int) -> Numeral | None:
    """The number in digits that begins at ``start``, with K, M, million … behind it."""
    match = _LITERAL.match(text, start)
    if not match:
        return None
    if match["digits"] is None:
        try:
            value = _exponent(match)
        except (OverflowError, ValueError):
            return None
        return None if value is None else Numeral((value,), match.end(), scaled=True)
    value, end = number(match["digits"]), match.end()
    if suffix := _SUFFIX.match(text, end):
        return Numeral((value * SCALES[suffix.group().lower()],), suffix.end(), scaled=True)
    if scale := _SCALE.match(text, end):
        word = scale.group().strip(" -").lower()
        factor = 12.0 if word == "dozen" else SCALES[word]
        return Numeral((value * factor,), scale.end(), scaled=True)
    return Numeral((value,), end)


def english_starts(text: str) -> Iterator[int]:
    """Where a number word may begin that `english_numeral` reads, and nowhere else can one.

    Word by word: one pattern of all these words takes four times as long.
    """
    last = 0
    for word in _LETTERS.finditer(text):
        start = word.start()
        if start >= last and word[0].lower().removesuffix("fold") in _FIRST_WORDS:
            before = text[start - 1 : start]
            if not (before.isalnum() or before in {"_", "@", "#"}):
                whole = _WORD.match(text, start)  # in twenty-one no second number begins
                last = whole.end() if whole else word.end()
                yield start


def english_numeral(text: str, start: int) -> tuple[Numeral, tuple[tuple[float, str], ...]] | None:
    """The English number word at ``start`` and the readings that it carries by itself (none: a unit may follow)."""
    if share := _SHARE.match(text, start):
        ratio = CARDINALS[share[1].lower()] / _SHARES[share[2].lower()]
        return Numeral((ratio,), share.end(), word=True), ((ratio, "ratio"),)
    match = _WORD.match(text, start)
    if not match:
        return None
    lower = {name: value.lower() for name, value in match.groupdict().items() if value}
    end = match.end()
    if word := lower.get("word"):
        return Numeral((WORDS[word][0][0],), end, word=True), WORDS[word]
    if order := lower.get("order"):
        value = _ORDERS[order] * _ORDERS.get(lower.get("of", ""), 1.0)
        return Numeral((value,), end, vague=True, scaled=True), ()
    if scale := lower.get("scale"):
        count = 0.5 if "half" in lower else CARDINALS.get(lower.get("count", ""), 1.0)
        count += CARDINALS.get(lower.get("ones", ""), 0.0)
        return Numeral((count * (12.0 if scale == "dozen" else SCALES[scale]),), end, scaled=True, word=True), ()
    value = CARDINALS[lower.get("cardinal", "one")] + CARDINALS.get(lower.get("unit", ""), 0.0)
    readings = ((value, "times"),) if "fold" in lower else ()
    return Numeral((value,), end, word=True), readings
