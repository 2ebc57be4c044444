"""Figures: every number of a text with its unit, rate and bounds, read alike in English and in Korean.

What is read: digits, number words and Korean numerals (`english_numbers`, `korean_numbers`), dates (`dates`), units
(`units`), rates and bounds (`surroundings`). Digits inside names are not figures of a Korean text (`name_tokens`); of
a source, the sizes in them are ("Llama-3-70B" holds 70B).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.verify.dates import dates
from pipeline.verify.english_numbers import ENGLISH_STARTS, LITERAL_STARTS, english_numeral, literal
from pipeline.verify.korean_numbers import KOREAN_STARTS, Numeral, korean_numeral, korean_unit
from pipeline.verify.name_tables import KOREAN_FAMILIES
from pipeline.verify.name_tokens import Chunk, chunks, embedded
from pipeline.verify.surroundings import Bound, Rate, bounds, english_rate, korean_rates
from pipeline.verify.units import COUNTED, KOREAN, SCALES, SYMBOLS, Reading, Unit, english_unit

Kind = Literal["plain", "date", "version", "embedded"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it stands in a text.

    Attributes:
        text: As written, currency, unit and rate included; ``start`` and ``end`` are its place in the folded text.
        readings: What it may mean; more than one where it is ambiguous ("3 times", "4x A100").
        rate: What it is divided by ("per 1M tokens"), or None.
        bounds: "up to", "at least", "about" as written right beside it.
        kind: ``version`` follows a Latin name without a unit (Llama 3), ``embedded`` is a size inside a name.
        words: The English words behind a bare count, up to the end of the phrase.
        noun: The Korean counter, or the last of ``words``.
        factor: How much its written scale multiplies (K: 1,000); 1 when none.
        vague: Only the order of size is told (수백만). ``in_words``: written without digits.
        malformed: A scale that Korean does not write so (10백만).
    """

    text: str
    start: int
    end: int
    readings: tuple[Reading, ...]
    rate: Reading | None = None
    bounds: frozenset[Bound] = frozenset()
    kind: Kind = "plain"
    words: tuple[str, ...] = ()
    noun: str = ""
    factor: float = 1.0
    vague: bool = False
    in_words: bool = False
    malformed: bool = False


_CURRENCY = re.compile(r"(?:US|A|C|HK|NT)?([$€£¥₩₹]) ?~? ?$")
_WORD = re.compile(
    r"(?P<gap>[ -]?)(?P<unit>percentage points?|percent points?|[A-Za-zµμ°]+/s(?:ec)?(?![a-z])|%p(?:t)?\b|%|[A-Za-zµμ°'.]*[A-Za-zµμ°])"
)
_SCALED_WORD = re.compile(r"(?P<scale>[kKmMbB])[ -]?(?P<unit>tok(?:en)?s?|ctx|context)\b")
_HANGUL_WORD = re.compile(r" ([가-힣]{1,6})")
_NEXT_WORDS = re.compile(r"[ -]?([A-Za-z][A-Za-z'/]*)")
_SPACED_LETTERS = frozenset({"x"})
_COUNTED = re.compile(rf"(?:의)? ?(?:[가-힣]{{1,4}} )?({'|'.join(COUNTED)})")
_ENDS_PHRASE = frozenset(
    "in on of for with to at from and by per that which as is are was were or vs than but across over via while when if"
    " who has have had can will the a an its their this it you i we they so not now also using within after before".split()
)
_COMPARES = re.compile(
    r" ?(?:more|less|faster|slower|cheaper|larger|smaller|better|higher|lower|as |the|longer|fewer|bigger|greater)"
)
_RANGE = re.compile(r" ?(?:~|-|to|→|->|=>|에서|부터|and|or|와|과|및|또는|·|,|/|대|vs\.?) ?(?:약 |~)?(?=$)")
_CHANGE = re.compile(r" ?(?:~|-|to|→|->|=>|에서|부터) ?(?:약 |~)?(?=$)")
_DOTTED = re.compile(r"(?<![\w.])v?\d+(?:\.\d+){2,}(?!\.?\d)")
_LISTED = frozenset({"percent", "percent point", "times", "USD", "KRW", "token"})  # units told once for a list
_NAME_BEFORE = re.compile(r"(?P<name>[A-Za-z@][\w.'\-]*|[가-힣]+)[ -]?(?:v|V)?$")
_NOT_NAMES = frozenset(
    "in on over the with from at by for to of top up about around under score scored scores rank ranked approximately than"
    " chapter part step page day episode level and or until since between only at first last nearly was is were are a an"
    " all just some these those its their our has had have hit hits reached reaches using used both after before within"
    " only more less past next every each per day number no out as into across against through during roughly almost"
    " ~ figure table season week year series round tier phase version item section".split()
)


def figures(folded: str, *, source: bool = False) -> tuple[Figure, ...]:
    """Every figure of a folded text (`name_tokens.fold`), in order.

    Args:
        source: The text is the newsletter's: sizes inside names count, and the words behind a bare count are kept.
    """
    taken = bytearray(len(folded) + 1)
    found: list[Figure] = []
    for start, end, readings in dates(folded):
        found.append(Figure(folded[start:end], start, end, readings, kind="date"))
        taken[start:end] = b"\1" * (end - start)
    named = [chunk for chunk in chunks(folded) if chunk.is_name and any(letter.isdigit() for letter in chunk.text)]
    for chunk in named:
        if any(taken[chunk.start : chunk.end]):
            continue
        taken[chunk.start : chunk.end] = b"\1" * (chunk.end - chunk.start)
        found.extend(_embedded(chunk) if source else ())
    for match in _DOTTED.finditer(folded):
        if not any(taken[match.start() : match.end()]):
            found.append(Figure(match.group(), *match.span(), (Reading(0.0, "version"),), kind="version"))
            taken[match.start() : match.end()] = b"\1" * len(match.group())
    rates = korean_rates(folded) if not source else []
    for rate in rates:  # the denominator is part of the rate, not a figure of its own
        if rate.by.value != 1 and not any(taken[rate.start : rate.end]):
            taken[rate.start : rate.end] = b"\1" * (rate.end - rate.start)
    starts = {
        match.start()
        for pattern in (LITERAL_STARTS, KOREAN_STARTS, ENGLISH_STARTS)
        for match in pattern.finditer(folded)
    }
    last = 0
    for start in sorted(starts):
        if start < last or start >= len(folded) or taken[start]:
            continue
        figure = _figure(folded, start, source=source)
        if figure:
            found.append(figure)
            last = figure.end
    found.sort(key=lambda figure: figure.start)
    return tuple(_with_rates(folded, _share_units(folded, found), rates))


def _embedded(chunk: Chunk) -> list[Figure]:
    parts = []
    for kind, digits in embedded(chunk.text):
        numeral = literal(digits, 0)
        if numeral:
            unit = "bit" if kind == "bits" else ""
            readings = tuple(Reading(value, unit) for value in numeral.values)
            parts.append(Figure(chunk.text, chunk.start, chunk.end, readings, kind="embedded"))
    return parts


def _numeral(text: str, start: int) -> tuple[Numeral, tuple[Reading, ...]] | None:
    if text[start].isascii() and text[start].isalpha():
        english = english_numeral(text, start)
        return (english[0], tuple(Reading(*reading) for reading in english[1])) if english else None
    numeral = korean_numeral(text, start) or (literal(text, start) if text[start] in ".0123456789" else None)
    return (numeral, ()) if numeral else None


def _figure(text: str, start: int, *, source: bool) -> Figure | None:
    read = _numeral(text, start)
    if read is None:
        return None
    numeral, own = read
    if numeral.unit is not None:
        own = tuple(Reading(value, numeral.unit) for value in numeral.values)
    begin, end, currencies = start, numeral.end, ()
    if symbol := _CURRENCY.search(text[max(0, start - 6) : start]):
        begin, currencies = start - len(symbol.group()), SYMBOLS[symbol[1]]
    unit, noun, words, rate = None, "", (), None
    if not own:
        unit, noun, end = _unit(text, numeral, currencies)
        if unit is None or not unit.dimension:
            words = _words(text, end)
    readings = own or _readings(text, numeral, unit, currencies, end, words)
    divided = None if own else english_rate(text, end)
    beyond = divided.end if divided else end
    duration = any(reading.unit in {"second", "month"} for reading in readings)
    found = bounds(text, begin, end, duration=duration) | bounds(text, begin, beyond, duration=duration)
    rate = divided.by if divided else unit.per if unit else None
    kind: Kind = "version" if _is_version(text, begin, numeral, unit, currencies, words if source else ()) else "plain"
    plain = next((part for part in (text[start : numeral.end].rstrip("kKmMbBtTn천백십만억조경 "),) if part), "1")
    return Figure(
        text[begin:beyond].strip(" -("), begin, beyond, readings, rate, found, kind, words if source else (),
        noun or _noun(text, end, words, numeral), _factor(plain, numeral), numeral.vague, numeral.word, numeral.malformed,
    )  # fmt: skip


def _noun(text: str, end: int, words: tuple[str, ...], numeral: Numeral) -> str:
    following = _HANGUL_WORD.match(text, end) if numeral.word else None
    return words[-1] if words else following[1] if following else ""


def _factor(digits: str, numeral: Numeral) -> float:
    base = literal(digits, 0) if digits[0].isdigit() else None
    return numeral.values[0] / base.values[0] if numeral.scaled and base and base.values[0] else 1.0


def _unit(text: str, numeral: Numeral, currencies: tuple[str, ...]) -> tuple[Unit | None, str, int]:
    """The unit behind a numeral, its counter, and where they end."""
    end = numeral.end + (text[numeral.end : numeral.end + 1] == "+")
    for at in (end, end + 1) if text[end : end + 1] == " " else (end,):
        korean = korean_unit(text, at)
        if korean and not (currencies and korean[0].dimension == ""):
            unit, word, stop = korean
            if (
                (word in {"일", "주", "월"} or len(word) == 1)
                and at > end
                and word in {"대", "자", "종", "도", "인", "수", "시", "호"}
            ):
                continue
            counted = _COUNTED.match(text, stop) if not unit.dimension else None
            return (KOREAN[counted[1]], counted[1], counted.end()) if counted else (unit, word, stop)
    if (scaled := _SCALED_WORD.match(text, end)) and not numeral.scaled:
        return Unit("token", SCALES[scaled["scale"].lower()]), "", scaled.end()
    match = _WORD.match(text, end)
    if not match or (currencies and match["gap"]):
        return None, "", numeral.end
    word = match["unit"].strip("'.").replace(" ", "-")
    spaced_letter = len(word) == 1 and match["gap"] and word not in _SPACED_LETTERS and not word.startswith("%")
    unit = None if spaced_letter or word in {"st", "pt"} and match["gap"] else english_unit(word)
    if unit is None or (word == "x" and match["gap"] and text[match.end() : match.end() + 2].strip()[:1].isdigit()):
        return None, "", numeral.end
    return unit, "", match.end()


def _words(text: str, end: int) -> tuple[str, ...]:
    words: list[str] = []
    at = end + (text[end : end + 1] == "+")
    while len(words) < 4 and (match := _NEXT_WORDS.match(text, at)):
        word = match[1].lower()
        if word in _ENDS_PHRASE:
            break
        words.append(word)
        at = match.end()
    return tuple(words)


def _readings(
    text: str, numeral: Numeral, unit: Unit | None, currencies: tuple[str, ...], end: int, words: tuple[str, ...]
) -> tuple[Reading, ...]:
    if currencies:
        return tuple(Reading(_round(value), currency) for value in numeral.values for currency in currencies)
    dimension, factor = (unit.dimension, unit.factor) if unit else ("", 1.0)
    readings = [Reading(_round(value * factor), dimension) for value in numeral.values]
    if dimension == "times" and not numeral.scaled:
        # "4x A100" counts; "3 times" counts too, unless a comparison follows
        if text[end - 1] in "xX" and re.match(r" ?[A-Z]", text[end : end + 2]):
            readings.append(Reading(readings[0].value, ""))
        elif text[end - 1] in "sS" and not _COMPARES.match(text, end):
            readings.append(Reading(readings[0].value, "occasion"))
    if not dimension:
        counted = next((found.dimension for word in words[1:] if (found := english_unit(word)) and len(word) > 2), "")
        if counted in {"token", "parameter", "frame"}:
            readings.append(Reading(readings[0].value, counted))
        if re.match(r"\d/[2-9]\b", text[numeral.end - 1 : numeral.end + 2]) and numeral.end < len(text):
            readings.append(Reading(_round(numeral.values[0] / float(text[numeral.end + 1])), "ratio"))
    if dimension == "second" and factor == 86_400 and readings[0].value <= 31 * 86_400:
        readings.append(Reading(readings[0].value / 86_400, "day of month"))
    return tuple(readings)


def _round(value: float) -> float:
    """Nine significant digits, so that 0.65 x 1e6 and 650,000 are one key."""
    return float(f"{value:.9g}")


def _is_version(
    text: str, start: int, numeral: Numeral, unit: Unit | None, currencies: tuple[str, ...], words: tuple[str, ...]
) -> bool:
    if (
        unit
        or currencies
        or numeral.scaled
        or numeral.word
        or numeral.unit
        or text[numeral.end : numeral.end + 1] in {"%", "+"}
    ):
        return False
    before = _NAME_BEFORE.search(text[max(0, start - 24) : start])
    if not before or before["name"].lower() in _NOT_NAMES or not text[start - 1] in " -":
        return False
    name = before["name"]
    if "가" <= name[0] <= "힣":
        return name in KOREAN_FAMILIES
    return name[0].isupper() or any(letter.isdigit() for letter in name) or not words


def _share_units(text: str, found: list[Figure]) -> list[Figure]:
    """In "20-30GB", "5~10억 달러" and "$5/25" the two ends share unit, scale, rate and bounds."""
    shared = list(found)
    for index in range(len(shared) - 2, -1, -1):
        left, right = shared[index], shared[index + 1]
        if "date" in (left.kind, right.kind) or "embedded" in (left.kind, right.kind):
            continue
        between = text[left.end : right.start]
        if len(between) > 8 or not _RANGE.match(between):
            continue
        changes = bool(_CHANGE.match(between)) or between.strip() in {"/", "·"}
        bare = all(not reading.unit for reading in left.readings)
        listed = between.strip() in {",", "and", "or", "와", "과", "및", "또는"}
        if listed and (
            left.in_words or right.in_words or right.readings[0].unit not in _LISTED or not right.text[0].isdigit()
        ):
            continue
        if (
            bare
            and left.factor == 1
            and not left.vague
            and (right.factor != 1 or any(reading.unit for reading in right.readings))
        ):
            factor = right.factor if changes else 1.0
            # the unit's own factor (GB) is in the readings of the right end
            readings = tuple(
                Reading(_round(left.readings[0].value * scale), reading.unit)
                for reading in right.readings
                for scale in _scales(right, reading, factor)
            )
            kept = () if changes else left.readings
            left = replace(
                left,
                readings=readings + kept,
                kind="plain",
                noun=left.noun or right.noun,
                words=left.words or right.words,
            )
        elif (
            changes and not right.readings[0].unit and left.readings[0].unit in {"USD", "EUR", "GBP", "KRW", "percent"}
        ):
            readings = tuple(Reading(reading.value, left.readings[0].unit) for reading in right.readings)
            shared[index + 1] = replace(right, readings=readings + right.readings, kind="plain")
        if changes:
            left = replace(left, rate=left.rate or right.rate, bounds=left.bounds | right.bounds)
            shared[index + 1] = replace(shared[index + 1], bounds=shared[index + 1].bounds | left.bounds)
        shared[index] = left
    return shared


def _scales(right: Figure, reading: Reading, factor: float) -> tuple[float, ...]:
    """What the left end is multiplied with: the unit's factor, and the written scale where it is shared."""
    digits = re.search(r"\d[\d,]*(?:\.\d+)?|\.\d+", right.text)
    written = literal(digits.group(), 0) if digits else None
    if not written or not written.values[0]:
        return (1.0,)
    whole = reading.value / written.values[0]
    return (whole,) if factor != 1 or right.factor == 1 else (whole / right.factor, whole)


def _with_rates(text: str, found: list[Figure], rates: list[Rate]) -> list[Figure]:
    """Korean rates given to the figure right behind them, or right before."""
    given = []
    for figure in found:
        near = [
            rate
            for rate in rates
            if (0 <= rate.start - figure.end <= 3 if rate.behind else 0 <= figure.start - rate.end <= 12)
        ]
        crossed = [
            rate
            for rate in near
            if any(rate.end <= other.start < figure.start for other in found if other is not figure)
        ]
        free = [rate for rate in near if rate not in crossed]
        date = figure.kind == "date" or not free or figure.rate is not None
        given.append(figure if date else replace(figure, rate=free[-1].by))
    return given
