"""Does a figure of a Korean text say what a figure of the newsletter says? If not, how do they differ?"""

from __future__ import annotations

import math
import re
from typing import Literal, get_args

from pipeline.verify.figures.figure import Figure
from pipeline.verify.figures.units import COUNTS, CURRENCIES, Reading, unit_fits

Difference = Literal["same", "rounded", "wrong rate", "wrong currency", "wrong unit", "wrong scale", "near", "other"]
"""From equal to unrelated."""

DIVISORS = frozenset({"second", "month", "token"})
"""Dimensions of rates in which two amounts are certainly not one."""

RANK: dict[Difference, int] = {difference: rank for rank, difference in enumerate(get_args(Difference))}
"""The place of each in that order, which says which of several source figures is the nearest."""


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
    if not written.about or not reading.value or not source.value:
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


def difference(written: Figure, source: Figure) -> Difference:
    """Tell how ``written`` (of a Korean text) differs from ``source`` (of an item).

    A rate that only one of them has says nothing: Korean prose leaves "per user" out, or has it from the context.
    """
    found = _value_and_unit(written, source)
    if found not in {"same", "rounded"}:
        return found
    mine = written.readings[0]
    if source.kind == "version" and mine.unit in COUNTS and mine.value <= 10 and mine.value.is_integer():
        return "other"  # the 3 of "Llama 3" counts nothing
    if written.rate and source.rate and _is_other_rate(written.rate, source.rate):
        return "wrong rate"
    return found


def _is_other_rate(mine: Reading, theirs: Reading) -> bool:
    """Tell whether two rates are of one dimension, and of different amounts: per second and per minute."""
    return mine.unit == theirs.unit and mine.unit in DIVISORS and not math.isclose(mine.value, theirs.value)
