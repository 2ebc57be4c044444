"""Does a figure of a Korean text say what a figure of the newsletter says? If not, how do they differ?"""

from __future__ import annotations

import math
import re
from typing import Literal, get_args

from pipeline.verify.bounds import Bound, keeps_bound, loses_start, says_bound
from pipeline.verify.figure import Figure
from pipeline.verify.patterns import compiled
from pipeline.verify.rates import NAMED, rate_fits, rate_of_clause
from pipeline.verify.units import COUNTS, CURRENCIES, Reading, unit_fits

Difference = Literal[
    "same", "rounded", "lost about", "lost bound", "added bound", "turned bound", "lost rate", "wrong rate",
    "added rate", "wrong currency", "wrong unit", "wrong scale", "near", "other",
]  # fmt: skip
"""From equal to unrelated."""

RANK: dict[Difference, int] = {difference: rank for rank, difference in enumerate(get_args(Difference))}
"""The place of each in that order, which says which of several source figures is the nearest."""

# A rate told in other words somewhere in the sentence or the item: months, years …; base value and unit → words.
_RATE_WORDS: dict[tuple[float, str], str] = {
    (1.0, "second"): r"초당|매초|초에|/ ?초|second|/s\b|tps",
    (60.0, "second"): r"분당|매분|분에|/ ?분|minute|/min|rpm",
    (3600.0, "second"): r"시간당|매시간|시간에|/ ?시간|hour|/hr|/h\b",
    (86_400.0, "second"): r"하루|매일|일일|일당|/ ?일|\bday|daily",
    (7 * 86_400.0, "second"): r"매주|주간|주당|일주일|/ ?주|week",
    (1.0, "month"): r"(?<![가-힣\d])월(?= |간)|매월|매달|한 달|달마다|/ ?월|month|/mo",
    (12.0, "month"): r"(?<![가-힣])연(?= |간|환산)|매년|한 해|/ ?년|annual|year|/yr|ARR|run.rate",
    (1.0, "person"): r"사용자|명당|인당|좌석|user|person|seat|member|people",
}
_SHARES = frozenset({"percent", "times"})
_RATE_MARK = re.compile(r"당|마다|매[번회일주월년]?|별|/|초|분|시간|하루|일일|월|연|주|건|번|회|때")


def _same_value(written: Reading, source: Reading) -> bool:
    if math.isclose(written.value, source.value, rel_tol=1e-9):
        return True
    return written.unit == source.unit == "clock" and written.value <= 720 and source.value - written.value == 720


def _converted(written: Reading, source: Reading) -> bool:
    """Half is 50 %; a fifth of the price is 5x; 3 May is in May."""
    pair = {written.unit: written.value, source.unit: source.value}
    if pair.keys() == {"ratio", "percent"}:
        return math.isclose(pair["ratio"] * 100, pair["percent"], rel_tol=1e-3)
    if written.unit == "ratio" and source.unit == "times" and source.value != 2:  # 절반 is not "twice"
        return math.isclose(pair["ratio"] * pair["times"], 1.0, rel_tol=1e-3)
    if source.unit == "date":
        day = {"month of year": source.value // 100, "day of month": source.value % 100}
        return day.get(written.unit) == written.value
    return False


def is_binary_k(written: Figure, reading: Reading, source: Reading) -> bool:
    """4K for 4,096: how the field writes powers of two. Not the reverse: 4,096 for 4K claims what is not told."""
    thousands = reading.value / 1000
    return (
        written.factor == 1000
        and thousands >= 1
        and math.log2(thousands).is_integer()
        and source.value == thousands * 1024
    )


def _order(value: float) -> float:
    return 10.0 ** math.floor(math.log10(value)) if value > 0 else 0.0


def _rounds(written: Figure, reading: Reading, source: Reading) -> bool:
    """약 10억 for 1.04 billion: the source rounded to the digits that are written (two, or one below 10 % off)."""
    if "about" not in written.bounds or not reading.value or not source.value:
        return False
    digits = len(re.sub(r"\D", "", f"{reading.value:.9g}".partition("e")[0]).strip("0")) or 1
    rounded = float(f"{source.value:.{digits}g}")
    return math.isclose(rounded, reading.value) and abs(source.value / reading.value - 1) < 0.1


def _value_and_unit(written: Figure, source: Figure) -> Difference:
    """``same`` or ``rounded`` where value and unit agree, else how the two figures differ."""
    best: Difference = "other"
    for mine in written.readings:
        for theirs in source.readings:
            found = _readings(written, mine, source, theirs)
            if RANK[found] < RANK[best]:
                best = found
    return best


def _readings(written: Figure, mine: Reading, source: Figure, theirs: Reading) -> Difference:  # noqa: PLR0911
    # "both" counts things, never points
    fits = unit_fits(mine.unit, theirs.unit, source.words) and not (
        mine.unit == "point" and not theirs.unit and source.in_words
    )
    if written.vague and fits:
        return "same" if _order(theirs.value) == mine.value else "wrong scale"
    if written.vague or source.vague:
        return "other"
    if mine.unit == "year" and not theirs.unit and _same_value(mine, theirs):
        return "same"  # (1800-1899)
    if _converted(mine, theirs) or (fits and (_same_value(mine, theirs) or is_binary_k(written, mine, theirs))):
        return "same"
    if fits and _rounds(written, mine, theirs):
        return "rounded"
    if fits:
        return _apart(mine.value, theirs.value)
    if _same_value(mine, theirs) or written.number == source.number != 0:
        return "wrong currency" if {mine.unit, theirs.unit} <= CURRENCIES else "wrong unit"
    return "other"


def _apart(mine: float, theirs: float) -> Difference:
    """How two values of one unit differ: by a power of ten, by less than that, or altogether."""
    if mine <= 0 or theirs <= 0:
        return "other"
    power = math.log10(mine / theirs)
    if abs(power) > 0.5 and math.isclose(power, round(power), abs_tol=1e-9):
        return "wrong scale"
    return "near" if abs(power) < 1 else "other"


def _rate(written: Figure, source: Figure, *, text: str, text_rates: frozenset[Reading], item: str,
          item_rates: frozenset[Reading]) -> Difference:  # fmt: skip
    mine, theirs = written.rate, source.rate
    if mine == theirs or (mine and theirs and rate_fits(mine, theirs)):
        return "same"
    if mine is None and theirs is not None:
        words = _RATE_WORDS.get((theirs.value, theirs.unit))
        told = any(rate_fits(rate, theirs) for rate in text_rates) or bool(
            words and compiled(words).search(text[max(0, written.start - 24) : written.end + 12])
        )
        return "same" if told else "lost rate"
    if mine is not None and theirs is None:
        words = _RATE_WORDS.get((mine.value, mine.unit))
        told = any(rate_fits(mine, rate) for rate in item_rates) or bool(words and compiled(words).search(item))
        told = told or (mine.unit in NAMED and mine.unit in item.lower())
        return "same" if told else "added rate"
    return "wrong rate"


def _loses_rate(written: Figure, source: Figure, text: str, item: str) -> bool:
    """A share whose "per edit" stands further on in its clause, told without any word for a rate."""
    around = text[max(0, written.start - 30) : written.end + 12]
    return not _RATE_MARK.search(around) and rate_of_clause(item, source.end) is not None


def _bounds(written: Figure, source: Figure, text: str, item: str) -> Difference:
    opposite: dict[Bound, Bound] = {"most": "least", "least": "most"}
    for bound in sorted(source.bounds - {"about"}):
        if opposite[bound] in written.bounds and bound not in written.bounds:
            return "turned bound"
        if not keeps_bound(text, written.start, written.end, bound):
            return "lost bound"
    unit = source.readings[0].unit
    if unit in CURRENCIES and loses_start(text, item, source.start):
        return "lost bound"
    if any(not says_bound(item, source.start, source.end, bound, unit) for bound in written.claimed - source.bounds):
        return "added bound"
    if "about" in source.bounds and not any(
        keeps_bound(text, written.start, written.end, bound) for bound in ("about", "least", "most")
    ):
        return "lost about"
    return "same"


def difference(
    written: Figure,
    source: Figure,
    *,
    text: str,
    text_rates: frozenset[Reading],
    item: str,
    item_rates: frozenset[Reading],
) -> Difference:
    """How ``written`` (of the folded Korean ``text``) differs from ``source`` (of the folded ``item``).

    Args:
        text_rates: All rates of the text: "100만 토큰당 입력 5달러, 출력 25달러" tells one for two figures.
        item_rates: All rates of the item, likewise.
    """
    found = _value_and_unit(written, source)
    if found not in {"same", "rounded"}:
        return found
    mine = written.readings[0]
    if source.kind == "version" and mine.unit in COUNTS and mine.value <= 10 and mine.value.is_integer():
        return "other"  # the 3 of "Llama 3" counts nothing
    if written.rate or any(reading.unit in COUNTS | CURRENCIES | {"byte", "bit"} for reading in written.readings):
        rate = _rate(written, source, text=text, text_rates=text_rates, item=item, item_rates=item_rates)
        if rate != "same":
            return rate
    elif mine.unit in _SHARES and _loses_rate(written, source, text, item):
        return "lost rate"
    bound = _bounds(written, source, text, item)
    return found if bound == "same" else bound
