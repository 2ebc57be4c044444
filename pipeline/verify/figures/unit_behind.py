"""What stands behind a number: its unit, its Korean counter, and the English words that say what is counted."""

from __future__ import annotations

import re

from pipeline.patterns import compiled
from pipeline.verify.figures.korean import Numeral, korean_unit
from pipeline.verify.figures.units import COUNTED, COUNTS, CURRENCIES, KOREAN, SCALES, Unit, english_unit, listed

_WORD = re.compile(
    r"(?P<gap>[ -]?)(?P<unit>percentage points?|percent points?|%p(?:t)?\b|%"
    r"|[A-Za-zµμ°]+/s(?:ec)?(?![a-z])|[A-Za-zµμ°'.]*[A-Za-zµμ°¢])"
)
_SCALED_WORD = re.compile(r"(?P<scale>[kKmMbB])[ -]?(?P<unit>tok(?:en)?s?|ctx|context)\b")
_NEXT_WORDS = re.compile(r"[ -]?([A-Za-z][A-Za-z'/]*)")
_COUNTED = compiled(rf"(?:의)? ?(?:[가-힣]{{1,4}} )?({'|'.join(COUNTED)})")
# Units of one syllable that are other words when a space stands before them: "30 대", "3 도".
_ATTACHED_ONLY = frozenset(listed("대 자 종 도 인 수 시 호 층 부 쪽 줄"))
# Units of one letter that may stand apart ("1.9 s", "75 W"); other letters there are names or variables.
_LETTERS_APART = frozenset(listed("s h d W x %"))
ENDS_PHRASE = frozenset(
    listed(
        "in on of for with to at from and by per that which as is are was were or vs than but across over via "
        "while when if who has have had can will the a an its their this it you i we they so not now also using "
        "within after before"
    )
)


def unit_behind(text: str, numeral: Numeral, has_currency: bool) -> tuple[Unit | None, str, int]:
    """The unit behind a numeral, its Korean counter, and where they end."""
    return _korean_unit(text, numeral, has_currency) or _english_unit(text, numeral, has_currency)


def _korean_unit(text: str, numeral: Numeral, has_currency: bool) -> tuple[Unit | None, str, int] | None:
    end = numeral.end + (text[numeral.end : numeral.end + 1] == "+")
    for at in (end, end + 1) if text[end : end + 1] == " " else (end,):
        korean = korean_unit(text, at)
        if korean is None or (has_currency and not korean[0].dimension):
            continue
        unit, word, stop = korean
        if (at > end and word in _ATTACHED_ONLY) or (
            text[numeral.end - 1].isascii() and _is_no_unit(text, end, korean)
        ):
            continue
        counted = _COUNTED.match(text, stop) if not unit.dimension else None
        return (KOREAN[counted[1]], counted[1], counted.end()) if counted else (unit, word, stop)
    return None


def _is_no_unit(text: str, end: int, korean: tuple[Unit, str, int]) -> bool:
    """Whether a syllable behind K, M or B is another word: 128K인 (that is), 32K 주로. Things may be counted."""
    unit, word, _ = korean
    counted = unit.dimension in COUNTS | CURRENCIES and word != "인"
    return text[end - 1].isalpha() and len(word) == 1 and not counted


def _english_unit(text: str, numeral: Numeral, has_currency: bool) -> tuple[Unit | None, str, int]:
    end = numeral.end + (text[numeral.end : numeral.end + 1] == "+")
    if (scaled := _SCALED_WORD.match(text, end)) and not numeral.scaled:
        return Unit("token", SCALES[scaled["scale"].lower()]), "", scaled.end()
    match = _WORD.match(text, end)
    if not match or (has_currency and match["gap"]):
        return None, "", numeral.end
    word = match["unit"].strip("'.").replace(" ", "-")
    alone = match["gap"] and (word in {"st", "pt"} or (len(word) == 1 and word not in _LETTERS_APART))
    if word == "s" and numeral.values[0] >= 1000:  # 4090s are cards
        return None, "", match.end()
    unit_read = None if alone else english_unit(word)
    if unit_read is None and "/" in word and (unit_read := english_unit(word.partition("/")[0])):
        return unit_read, "", match.start("unit") + word.index("/")
    if unit_read is None or (word == "x" and match["gap"] and text[match.end() :].lstrip()[:1].isdigit()):
        return None, "", numeral.end
    return unit_read, "", match.end()


def words_behind(text: str, end: int) -> tuple[tuple[str, ...], int]:
    """The words of the phrase behind ``end``, at most four, and where they end."""
    words: list[str] = []
    at = end + (text[end : end + 1] == "+")
    while len(words) < 4 and (match := _NEXT_WORDS.match(text, at)):
        word = match[1].lower()
        if word in ENDS_PHRASE:
            break
        words.append(word)
        at = match.end()
    return tuple(words), at
