"""Figures: every number of a text with its unit and rate, read alike in English and in Korean.

What is read: digits, number words and Korean numerals (`english_numbers`, `korean_numbers`), dates (`dates`), units
(`units`, `unit_behind`), rates (`rates`). Digits inside names are not figures of a Korean text
(`name_tokens`); of a source, the sizes in them are ("Llama-3-70B" holds 70B).
"""

from __future__ import annotations

import functools
import re
from dataclasses import replace

from pipeline.verify.figures.dates import dates
from pipeline.verify.figures.english import LITERAL_STARTS, english_starts, literal
from pipeline.verify.figures.figure import Figure, read_figure, rounded, written_number
from pipeline.verify.figures.korean import korean_starts
from pipeline.verify.figures.rates import Rate, korean_rates
from pipeline.verify.figures.units import COUNTS, CURRENCIES, Reading, unit_fits
from pipeline.verify.names.tokens import Chunk, chunks, embedded

_CHANGE = re.compile(r" ?(?:~|-|to|→|->|=>|에서|부터|/|·|±) ?(?:약 |~)?")
_CASE = re.compile(r"에서|부터|to")  # "Phi 3에서 131072": the version 3 begins no range
_LIST = re.compile(r" ?(?:and|or|와|과|및|또는|,|대|vs\.?) ?(?:약 |~)?")
_OF_SCALED = COUNTS | CURRENCIES  # units of a number that is written with K, M, 만 or 억
_OF = re.compile(r" (?:out )?of (?:the |its |all |all the |their |these )?")  # 47 of the 81 days
_LISTED = frozenset({"percent", "percent point", "times", "USD", "KRW", "token"})  # units told once for a list
_PREFIXED = frozenset({"USD", "EUR", "GBP", "KRW", "percent"})  # units told at the first of a pair: $5/25
_DOTTED = re.compile(r"(?<![\w.])v?\d+(?:\.\d+){2,}(?!\.?\d)")
_HALF = re.compile(r" ?반(?= |[이가을를에의만]|$)")
_MOST = (
    1000  # figures read of one text; real items have at most some hundreds, and what is not read cannot be rested on
)
_REACH = 12  # characters between a Korean rate and its figure: 초당 약, 하루 최대, 100만 토큰당 입력


@functools.lru_cache(maxsize=1024)  # one text is read by several checks, and by the audit for each item that fits
def figures(folded: str, *, source: bool = False) -> tuple[Figure, ...]:
    """Every figure of a folded text (`name_tokens.fold`), in order.

    Args:
        source: The text is the newsletter's: sizes inside names count, and the words behind a bare count are kept.
    """
    taken = bytearray(len(folded) + 1)
    found: list[Figure] = []

    def take(start: int, end: int) -> bool:
        free = not any(taken[start:end])
        taken[start:end] = b"\1" * (end - start)
        return free

    for start, end, readings in dates(folded):
        take(start, end)
        found.append(Figure(folded[start:end], start, end, readings, kind="date"))
    for chunk in chunks(folded):
        if chunk.is_name and any(map(str.isdigit, chunk.text)) and take(chunk.start, chunk.end) and source:
            found.extend(_embedded(chunk))
    for match in _DOTTED.finditer(folded):
        if take(*match.span()):
            found.append(Figure(match.group(), *match.span(), (Reading(0.0, "version"),), kind="version"))
    rates = [] if source else korean_rates(folded)
    for rate in rates:  # the denominator is part of the rate, not a figure of its own
        if rate.by.value != 1 or folded[rate.start].isdigit():
            take(rate.start, rate.end)
    last = 0
    starts = {match.start() for match in LITERAL_STARTS.finditer(folded)}
    for start in sorted(starts.union(korean_starts(folded), english_starts(folded))):
        if len(found) >= _MOST:
            break
        if (
            start >= last
            and start < len(folded)
            and not taken[start]
            and (read := read_figure(folded, start, source=source))
        ):
            found.append(read)
            last = read.end
    found.sort(key=lambda figure: figure.start)
    found = _like_money(found) if source else _and_a_half(folded, found)
    return tuple(_with_rates(_share(folded, _joined(folded, found)), rates))


def _embedded(chunk: Chunk) -> list[Figure]:
    parts = []
    for kind, digits in embedded(chunk.text):
        if numeral := literal(digits, 0):
            readings = tuple(Reading(value, "bit" if kind == "bits" else "") for value in numeral.values)
            parts.append(Figure(chunk.text, chunk.start, chunk.end, readings, kind="embedded", words=("model",)))
    return parts


def _and_a_half(text: str, found: list[Figure]) -> list[Figure]:
    """ "4개월 반" is 4.5 months."""
    whole = []
    for figure in found:
        half = (
            _HALF.match(text, figure.end) if figure.readings[0].unit in {"second", "month"} and figure.number else None
        )
        if half and figure.kind == "plain":
            first = figure.readings[0]
            more = Reading(rounded(first.value * (1 + 0.5 / figure.number)), first.unit)
            whole.append(replace(figure, text=figure.text + half.group(), end=half.end(), readings=(more,)))
        else:
            whole.append(figure)
    return whole


def _like_money(found: list[Figure]) -> list[Figure]:
    """ "a $25,000 prize for the first, 20,000 prizes for the next three": a sign told once for a list."""
    money = {
        figure.words[0].removesuffix("s"): figure.readings[0].unit
        for figure in found
        if figure.words and figure.readings[0].unit in CURRENCIES
    }
    return [
        replace(figure, readings=(*figure.readings, Reading(figure.readings[0].value, money[noun])))
        if figure.kind == "plain"
        and figure.readings[0] >= (1000.0, "")
        and not figure.readings[0].unit
        and (noun := figure.words[0].removesuffix("s") if figure.words else "") in money
        else figure
        for figure in found
    ]


def _joined(text: str, found: list[Figure]) -> list[Figure]:
    """ "1년 6개월", "2시간 30분" and "3 h 20 min" are one figure each."""
    joined: list[Figure] = []
    for figure in found:
        left = joined[-1] if joined else None
        if (
            left
            and figure.kind == left.kind == "plain"
            and text[left.end : figure.start] == " "
            and not (left.is_bare or figure.is_bare or left.rate or figure.rate)
        ):
            first, second = left.readings[0], figure.readings[0]
            if first.unit == second.unit and first.unit in {"second", "month"} and first.value > second.value:
                total = (Reading(first.value + second.value, first.unit),)
                written = text[left.start : figure.end]
                joined[-1] = replace(
                    left, text=written, end=figure.end, readings=total, about=left.about or figure.about
                )
                continue
        joined.append(figure)
    return joined


def _share(text: str, found: list[Figure]) -> list[Figure]:
    """In "20-30GB", "5~10억 달러" and "$5/25" the two ends share unit, scale and rate."""
    shared = list(found)
    for index in range(len(shared) - 2, -1, -1):
        left, right = shared[index], shared[index + 1]
        between = text[left.end : right.start]
        if len(between) > 14 or not {left.kind, right.kind} <= {"plain", "version"}:
            continue
        if (
            _CHANGE.fullmatch(between)
            and not (left.kind == "version" and _CASE.search(between))
            and could_be_ends(left, right)
        ):
            shared[index : index + 2] = _ends(left, right)
        elif left.is_bare and _OF.fullmatch(between) and not right.is_bare:
            counted = left.readings + _as(left, right, scaled=False)
            shared[index] = replace(left, readings=counted, words=right.words, noun=right.noun)
        elif (
            _LIST.fullmatch(between)
            and right.text[0].isdigit()
            and right.readings[0].unit in _LISTED
            and _is_open(left)
        ):
            shared[index] = replace(left, readings=_as(left, right, scaled=False) + left.readings, kind="plain")
    return shared


def _is_open(figure: Figure) -> bool:
    """Whether a figure can take unit and scale from the next one."""
    return figure.is_bare and figure.factor == 1 and not figure.in_words and not figure.vague


def could_be_ends(left: Figure, right: Figure) -> bool:
    """Whether two figures measure the same: "above 95% to 96K tokens" is no range."""
    if left.is_bare:  # 128K에서 88%: a length, and a share there
        return left.factor == 1 or right.readings[0].unit in _OF_SCALED
    if right.is_bare:
        return right.factor == 1 or left.readings[0].unit in _OF_SCALED
    units = [(mine.unit, theirs.unit) for mine in left.readings for theirs in right.readings]
    return any(unit_fits(mine, theirs) or unit_fits(theirs, mine) for mine, theirs in units)


def _ends(left: Figure, right: Figure) -> tuple[Figure, Figure]:
    """The two ends of a range, a change or a pair, each with what the other tells for both."""
    tells = not right.is_bare or right.factor != 1
    if left.is_bare and not left.vague and tells and right.kind != "version":
        readings = _as(left, right, scaled=left.factor == 1)
        left = replace(left, readings=readings, kind="plain", noun=right.noun, words=right.words)
    elif right.is_bare and left.readings[0].unit in _PREFIXED:
        readings = tuple(Reading(reading.value, left.readings[0].unit) for reading in right.readings)
        if left.factor == 1 != right.factor:  # $80-100B
            left = replace(left, readings=_as(left, replace(right, readings=readings), scaled=True))
        right = replace(right, readings=readings + right.readings, kind="plain")
    about = left.about or right.about
    return replace(left, rate=left.rate or right.rate, about=about), replace(right, about=about)


def _as(left: Figure, right: Figure, *, scaled: bool) -> tuple[Reading, ...]:
    """The left number read in the right one's units, and in its written scale where ``scaled``."""
    written = written_number(right.text)
    if not written:
        return left.readings
    multiplier = 1.0 if scaled else 1.0 / right.factor
    return tuple(
        Reading(rounded(left.number * reading.value / written * multiplier), reading.unit) for reading in right.readings
    )


def _with_rates(found: list[Figure], rates: list[Rate]) -> list[Figure]:
    """Korean rates given to the figure right behind them, or right before."""
    given = []
    for index, figure in enumerate(found):
        before = found[index - 1].end if index else 0
        near = [
            rate
            for rate in rates
            if (
                0 <= rate.start - figure.end <= 3
                if rate.behind
                else 0 <= figure.start - rate.end <= _REACH and before <= rate.end
            )
        ]
        plain = figure.kind != "date" and figure.rate is None
        given.append(replace(figure, rate=near[-1].by) if near and plain else figure)
    return given
