"""One figure: a number with its unit and rate, read at a place of a folded text, English and Korean alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipeline.patterns import compiled, english
from pipeline.verify.figures.about import is_about
from pipeline.verify.figures.english import english_numeral, literal
from pipeline.verify.figures.korean import Numeral, korean_numeral
from pipeline.verify.figures.rates import Rate, english_rate
from pipeline.verify.figures.unit_behind import unit_behind, words_behind
from pipeline.verify.figures.units import DOLLARS, ENGLISH, SYMBOLS, Reading, Unit, english_unit, listed
from pipeline.verify.names.tables import KOREAN_FAMILIES, LATIN_FAMILIES

Kind = Literal["plain", "date", "version", "embedded"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it stands in a text.

    Attributes:
        text: As written, currency, unit and rate included; ``start`` and ``end`` are its place in the folded text.
        readings: What it may mean; more than one where it is ambiguous ("3 times", "4x A100").
        rate: What it is divided by ("per 1M tokens"), or None.
        about: Whether "about" or 약 is written right beside it.
        kind: ``version`` follows a Latin name without a unit (Llama 3), ``embedded`` is a size inside a name.
        words: The English words behind a bare count, up to the end of the phrase.
        noun: The Korean counter, or the last of ``words``.
        number: The number as written, scale included, before its unit multiplies it.
        factor: How much its written scale multiplies (K: 1,000); 1 when none.
        vague: Only the order of size is told (수백만).
        in_words: Written without digits.
        malformed: A scale that Korean does not write so (10백만).
    """

    text: str
    start: int
    end: int
    readings: tuple[Reading, ...]
    rate: Reading | None = None
    about: bool = False
    kind: Kind = "plain"
    words: tuple[str, ...] = ()
    noun: str = ""
    number: float = 0.0
    factor: float = 1.0
    vague: bool = False
    in_words: bool = False
    malformed: bool = False

    @property
    def is_bare(self) -> bool:
        """Without unit, counter and currency."""
        return not self.noun and all(not reading.unit for reading in self.readings)


_CURRENCY = re.compile(r"(?P<country>US|A|CA?|HK|NT|S)?(?P<sign>[$€£¥₩₹]) ?~? ?$")
_DOLLARS_BEHIND = re.compile(rf" ?({'|'.join(sorted(set(DOLLARS.values())))})(?![A-Za-z])")  # $650.88 CAD
_HANGUL_WORD = re.compile(r" ([가-힣]{1,6})")
_FRACTION = re.compile(r"(?<![\d.,/])(?P<upper>\d)/(?P<lower>[2-9])(?![\d.,/])")
_ORDINAL = compiled(r"(?<![가-힣])제$")  # 제4의 벽
_NUMBERED = english(r"(?<![A-Za-z])(minute|hour|day|week|month|year) $")
_WRITTEN = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")
_HARDWARE = re.compile(r" ?(?:[A-Z]|[2-9]0[6-9]0)")
_COMPARES = re.compile(
    r" ?(?:more|less|faster|slower|cheaper|larger|smaller|better|higher|lower|as |the|longer|fewer|bigger|greater)"
)
_NAME_BEFORE = re.compile(r"(?P<name>[A-Za-z@][A-Za-z0-9_.'\-]{0,30}|[가-힣]{1,20})[ -][vV]?$")
# Words before a number that make it no version, though they may stand with a capital.
_NOT_NAMES = frozenset(
    listed(
        "in on over the with from at by for to of top up about around under score scored scores rank ranked than "
        "chapter approximately part step page day episode level and or until since between only first last nearly "
        "was is were are a an all just some these those its their our has had have hit hits reached reaches using "
        "used both after before within more less past next every each per number no out as into across against "
        "through during roughly almost figure table season week year series round phase item section"
    )
)


class _Spot(NamedTuple):
    """Where a number stands: the text, the number's start, the end of its unit, the English words behind that."""

    text: str
    start: int
    end: int
    words: tuple[str, ...]


def read_figure(text: str, start: int, *, source: bool) -> Figure | None:
    """The figure whose number begins at ``start`` of a folded text, or None."""
    read = _numeral(text, start)
    if read is None:
        return None
    numeral, own = read
    begin = start
    currencies: tuple[str, ...] = ()
    symbol = _CURRENCY.search(text[max(0, start - 6) : start])
    if symbol and not text.startswith("$", numeral.end):  # $10^4$ is mathematics
        begin, currencies = start - len(symbol.group()), _currencies(symbol, text, numeral.end)
    unit, noun, end = (None, "", numeral.end) if own else unit_behind(text, numeral, bool(currencies))
    if noun == "도" and _is_version(text, begin, numeral):  # "Vento 24.05도": the particle, no degrees
        unit, noun, end = None, "", numeral.end
    words, after_words = words_behind(text, end) if not own and (unit is None or not unit.dimension) else ((), end)
    readings = own or _readings(numeral, unit, currencies, _Spot(text, start, end, words))
    divided = (
        None
        if own
        else _rate(text, end, money=bool(currencies)) or (_rate(text, after_words, money=False) if source else None)
    )
    beyond = divided.end if divided else end
    measured = bool(unit or currencies or own)
    return Figure(
        text=text[begin:beyond].strip(" -("),
        start=begin,
        end=beyond,
        readings=readings,
        rate=divided.by if divided else unit.per if unit else None,
        about=is_about(text, begin, end) or is_about(text, begin, beyond),
        kind="version" if not measured and _is_version(text, begin, numeral) else "plain",
        words=words if source else (),
        noun=noun or _noun(text, end, numeral, words if source else ()),
        number=numeral.values[0],
        factor=_factor(text[start : numeral.end], numeral),
        vague=numeral.vague,
        in_words=numeral.word,
        malformed=numeral.malformed,
    )


def _currencies(symbol: re.Match[str], text: str, end: int) -> tuple[str, ...]:
    """What a sign may mean, by the country before it or the code behind its number."""
    if symbol["sign"] != "$":
        return SYMBOLS[symbol["sign"]]
    behind = _DOLLARS_BEHIND.match(text, end)
    return (behind[1],) if behind else (DOLLARS.get(symbol["country"] or "", "USD"),)


def written_number(text: str) -> float:
    """The first digits of ``text`` as a number, without scale; 0 when there are none."""
    digits = _WRITTEN.search(text)
    read = literal(digits.group(), 0) if digits else None
    return read.values[0] if read else 0.0


def rounded(value: float) -> float:
    """Nine significant digits, so that 0.65 x 1e6 and 650,000 are one key."""
    return float(f"{value:.9g}")


def _rate(text: str, end: int, *, money: bool) -> Rate | None:
    """The rate at ``end``; "8B / 4B" is a list, only money is divided by a bare number."""
    rate = english_rate(text, end)
    return None if rate and not money and rate.by.value >= 1000 and text[end : end + 2].lstrip()[:1] == "/" else rate


def _numeral(text: str, start: int) -> tuple[Numeral, tuple[Reading, ...]] | None:
    """The number at ``start`` and the readings that its word carries by itself (twice, 절반)."""
    if text[start].isascii() and text[start].isalpha():
        english = english_numeral(text, start)
        return (english[0], tuple(Reading(*reading) for reading in english[1])) if english else None
    numeral = korean_numeral(text, start) or (literal(text, start) if text[start] in ".0123456789" else None)
    if numeral is None:
        return None
    own = numeral.unit
    return numeral, () if own is None else tuple(Reading(value, own) for value in numeral.values)


def _factor(written: str, numeral: Numeral) -> float:
    base = written_number(written) if numeral.scaled else 0.0
    return numeral.values[0] / base if base else 1.0


def _noun(text: str, end: int, numeral: Numeral, words: tuple[str, ...]) -> str:
    following = _HANGUL_WORD.match(text, end) if numeral.word else None
    return words[-1] if words else following[1] if following else ""


def _readings(numeral: Numeral, unit: Unit | None, currencies: tuple[str, ...], spot: _Spot) -> tuple[Reading, ...]:
    """What the number means in its unit first, then what else it may mean."""
    if currencies:
        return tuple(Reading(rounded(value), currency) for value in numeral.values for currency in currencies)
    dimension, factor = (unit.dimension, unit.factor) if unit else ("", 1.0)
    readings = tuple(Reading(rounded(value * factor), dimension) for value in numeral.values)
    if not dimension:
        return readings + tuple(_bare_readings(readings[0].value, numeral, spot))
    return readings + tuple(_other_readings(readings[0], factor, numeral, spot))


def _other_readings(first: Reading, factor: float, numeral: Numeral, spot: _Spot) -> Iterator[Reading]:
    """What a number with a unit may mean besides."""
    text, end = spot.text, spot.end
    if first.unit == "times" and not numeral.scaled:
        # "4x A100" counts; "3 times" counts too, unless a comparison follows
        if text[end - 1] in "xX" and _HARDWARE.match(text, end):
            yield Reading(first.value, "")
        elif text[end - 1] in "sS" and not _COMPARES.match(text, end):
            yield Reading(first.value, "occasion")
    elif first.unit == "person" and text[end - 1] == "인":  # 문항이 1,840인 시험: "that is", not people
        yield Reading(first.value, "")
    elif first.unit == "second" and factor == 86_400 and first.value <= 31 * 86_400:
        yield Reading(first.value / 86_400, "day of month")


def _bare_readings(value: float, numeral: Numeral, spot: _Spot) -> Iterator[Reading]:
    """What a number without a unit may mean besides, by what stands around it."""
    before = spot.text[max(0, spot.start - 8) : spot.start]
    if _ORDINAL.search(before):
        yield Reading(value, "rank")
    if numbered := _NUMBERED.search(before):  # "day 5" is 5일째
        unit = ENGLISH[numbered[1].lower()]
        yield Reading(value * unit.factor, unit.dimension)
    if (
        numeral.scaled and spot.text[numeral.end - 1] == "m" and not spot.words
    ):  # 1.7m is metres where it is not millions
        yield Reading(written_number(spot.text[spot.start : numeral.end]), "metre")
    named = [english_unit(word) for word in spot.words[1:] if len(word) > 2]
    counted = next((found.dimension for found in named if found), "")
    if counted in {"token", "parameter", "frame"}:
        yield Reading(value, counted)
    for time in (unit for unit in named if unit and unit.dimension in {"second", "month"}):
        yield Reading(value * time.factor, time.dimension)  # "three consecutive workdays"
    if fraction := _FRACTION.match(spot.text, numeral.end - 1):
        yield Reading(rounded(int(fraction["upper"]) / int(fraction["lower"])), "ratio")


def _is_version(text: str, start: int, numeral: Numeral) -> bool:
    """Whether a bare number stands right behind a name, as a version of it."""
    if numeral.scaled or numeral.word or text[numeral.end : numeral.end + 1] in {"%", "+"}:
        return False
    before = _NAME_BEFORE.search(text[max(0, start - 24) : start])
    if not before or before["name"].lower() in _NOT_NAMES:
        return False
    name = before["name"]
    if "가" <= name[0] <= "힣":
        return name in KOREAN_FAMILIES
    return name[0].isupper() or any(map(str.isdigit, name)) or name.lower() in LATIN_FAMILIES
