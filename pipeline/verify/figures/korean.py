"""Numerals as Korean writes them: 5만 5천, 1.25억, 백만, 수백만, 두 개, 절반, 3분의 1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.verify.figures.units import COUNTS, CURRENCIES, KOREAN, Unit, listed

_SMALL = {"십": 10.0, "백": 100.0, "천": 1000.0}
_BIG = {"만": 1e4, "억": 1e8, "조": 1e12, "경": 1e16}
_DIGIT = {digit: float(value) for value, digit in enumerate("일이삼사오육칠팔구", start=1)}
NATIVE = {
    "두어": 2, "두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8,
    "아홉": 9, "열두": 12, "열한": 11, "열": 10, "스무": 20,
}  # fmt: skip
# Durations and shares that are one word.
WORDS: dict[str, tuple[float, str]] = {
    "절반": (0.5, "ratio"),
    "반값": (0.5, "ratio"),
    "이틀": (2 * 86_400.0, "second"),
    "사흘": (3 * 86_400.0, "second"),
    "나흘": (4 * 86_400.0, "second"),
    "열흘": (10 * 86_400.0, "second"),
    "보름": (15 * 86_400.0, "second"),
    "일주일": (7 * 86_400.0, "second"),
    "반년": (6.0, "month"),
    "갑절": (2.0, "times"),
}
# What may stand in the same run of Hangul after a unit; longer runs are other words (분석, 일부, 대화).
_TAILS = listed(
    "은 는 이 가 을 를 의 에 와 과 로 으로 도 만 까지 부터 보다 처럼 나 라 라는 라고 였 이었 입 이며 이고 이다 인 일"
    " 씩 당 마다 째 간 짜리 정도 가량 쯤 여 남짓 이상 이하 미만 초과 안팎 넘 대 밖 조차 뿐 께 급 형 치 분 규모 수준"
    " 가까 뒤 후 전 내 만에 동안 이내 하고 면 에서 된 든 어치 상당 꼴 선 때 약 못 더"
)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_PIECE = re.compile(
    rf"(?P<figure>{_DIGITS})?(?P<gap> ?)(?P<word>[일이삼사오육칠팔구십백천]*)(?P<big>[만억조경]?)"
)  # fmt: skip
_HANGUL = re.compile(r"[가-힣]+")
_POWER = re.compile(r"10의 ?(\d{1,3}) ?(?:제곱|승)")
_FRACTION = re.compile(r"(\d{1,3}|[이삼사오육칠팔구십])분의 ?(\d{1,3}|[일이삼사오육칠팔구])")
_VAGUE = re.compile(r"수((?:십|백|천)?(?:만|억|조)?)(?=[여 ]|개|명|건|달러|원|배|시간|일|주|년|대|초|분)")
_JOINED = frozenset(listed("배 개 가지 명 번 번째 시간 달 곳 차례 단계 주"))  # counters that stand without a space
_LOWER_PART = re.compile(r" (?=\d[\d,.]{0,12}[천백만억])")
_LAST_DIGITS = re.compile(r"(?P<gap> ?)(?P<digits>\d,\d{3}|\d{1,4})(?![\d.,%A-Za-z십백천만억조])")
_TO_SCALED = re.compile(r"~ ?\d[\d,.]{0,8}[만억조]")  # 12만 5,000~100만 달러
_OF_LAST_DIGITS = (COUNTS | CURRENCIES) - {"rank", "occasion", "step"}
_PLAIN = re.compile(r"(\d{4,15})만")
_UNITS_BY_LETTER = {
    first: tuple(sorted((word for word in KOREAN if word[0] == first), key=len, reverse=True))
    for first in {word[0] for word in KOREAN}
}


class Numeral(NamedTuple):
    """A number that was read: its values (more than one where it is ambiguous), where it ends, how it was written.

    Attributes:
        unit: Dimension that the word itself carries (절반 is a ratio); None when a unit may follow.
        vague: "수백만": only the order of size is told.
        malformed: Digits before a word that takes none (10백만).
        scaled: A scale was written with it (만, K, million), so it takes none from its neighbour.
        word: Written in words.
    """

    values: tuple[float, ...]
    end: int
    unit: str | None = None
    vague: bool = False
    malformed: bool = False
    scaled: bool = False
    word: bool = False


def number(digits: str) -> float:
    """``4,096.5`` or ``59 130 246`` as a value."""
    return float(digits.replace(",", "").replace(" ", ""))


def tail_fits(rest: str) -> bool:
    """Whether ``rest``, what follows a unit in its run of Hangul, is a particle or the like."""
    return not rest or rest.startswith(tuple(_TAILS))


def _run(text: str, start: int) -> str:
    """The Hangul that stands at ``start``."""
    run = _HANGUL.match(text, start)
    return run.group() if run else ""


def korean_unit(text: str, start: int) -> tuple[Unit, str, int] | None:
    """The Korean unit that stands at ``start``: (unit, its word, end). A one-syllable one needs a fitting tail."""
    for word in _UNITS_BY_LETTER.get(text[start : start + 1], ()):
        if text.startswith(word, start):
            end = start + len(word)
            rest = _run(text, end)
            if len(word) > 1 and word != "만화소" and not "가" <= word[0] <= "힣":
                return KOREAN[word], word, end
            if word == "개" and text.startswith("개월", start):
                continue
            if word == "초" and rest.startswith("과"):  # 초과: "70B 초과"
                continue
            if tail_fits(rest):
                return KOREAN[word], word, end
    return None


def _group(word: str, figure: float | None) -> float:
    """The value below 만: ``word`` of 십, 백, 천 with digits before them; ``figure`` multiplies the first."""
    total, digit = 0.0, figure
    for letter in word:
        if letter in _DIGIT:
            digit = _DIGIT[letter]
        else:
            total += (1.0 if digit is None else digit) * _SMALL[letter]
            digit = None
    return total + (digit or 0.0)


def compound(text: str, start: int) -> Numeral | None:
    """A number with 천, 만, 억 or 조 that begins at ``start`` with digits or with 십, 백, 천."""
    total, end, last, malformed, digits = 0.0, start, float("inf"), False, False
    while (piece := _PIECE.match(text, end)) and piece.end() > end:
        figure, word, big = piece["figure"], piece["word"], piece["big"]
        at = piece.start("figure") if figure else piece.start("word") if word else -1
        if at < 0 or not (word or big) or (end > start and (not figure or piece.group("gap") == " ")):
            break
        if word and not set(word) & set(_SMALL):
            break
        scale = _BIG[big] if big else 1.0
        if scale >= last:
            break
        value = _group(word, number(figure) if figure else None) if word else number(figure)
        malformed |= bool(figure and word and (number(figure) >= 10 or "." in figure))
        digits |= bool(figure)
        total, end, last = total + value * scale, piece.end(), scale
        if (gap := _LOWER_PART.match(text, end)) and scale > 1:
            end = gap.end()
        elif scale >= 1e4 and (rest := _last_digits(text, end)):
            return Numeral((total + number(rest["digits"]),), rest.end(), scaled=True)
        elif not text[end : end + 1].isdigit():
            break
    if end == start or total == 0:
        return None
    if not (_ends_well(text, end) if digits else _stands_alone(text, start, end, last)):
        return None
    values: tuple[float, ...] = (total,)
    plain = _PLAIN.match(text, start)
    if plain and plain.end() == end:  # "4096만" may be 4096 with the particle 만
        values = (total, float(plain[1]))
    return Numeral(values, end, malformed=malformed, scaled=True, word=not digits)


def _last_digits(text: str, start: int) -> re.Match[str] | None:
    """The digits below 만 (5만 2,635건): with a space before them only where a count or a currency follows."""
    rest = _LAST_DIGITS.match(text, start)
    if rest is None:
        return None
    unit = korean_unit(text, rest.end()) or korean_unit(text, rest.end() + 1)
    counts = unit is not None and unit[0].dimension in _OF_LAST_DIGITS
    counts = counts or _TO_SCALED.match(text, rest.end()) is not None
    return rest if counts or (not rest["gap"] and tail_fits(_run(text, rest.end()))) else None


def _ends_well(text: str, end: int) -> bool:
    """Whether what follows a number lets it be one: 3조 원, 3조에, not 3경기 or 3조각."""
    rest = _run(text, end)
    return tail_fits(rest) or rest.startswith("분의") or korean_unit(text, end) is not None


def _stands_alone(text: str, start: int, end: int, last: float) -> bool:
    """Whether a number in Hangul only is one, and not the beginning of a word (백엔드, 천천히, 만)."""
    if start and "가" <= text[start - 1] <= "힣":
        return False
    rest = _run(text, end)
    if last < 1e4 or end - start == 1:
        return not rest and korean_unit(text, end + 1) is not None and text[end : end + 1] == " "
    return _ends_well(text, end)


def _fraction(text: str, start: int) -> Numeral | None:
    match = _FRACTION.match(text, start)
    if not match:
        return None
    lower, upper = (_DIGIT.get(part, 10.0 if part == "십" else 0.0) or float(part) for part in match.groups())
    return Numeral((upper / lower,), match.end(), unit="ratio") if lower else None


def _native(text: str, start: int) -> Numeral | None:
    word = next((word for word in NATIVE if text.startswith(word, start) and _goes_on(text, start + len(word))), "")
    if not word or word in {"둘", "셋", "넷"}:
        return None
    end = start + len(word)
    spaced = text.startswith(" ", end)
    unit = None if spaced else korean_unit(text, end)
    if not spaced and (unit is None or unit[1] not in _JOINED):
        return None
    return Numeral((float(NATIVE[word]),), end, word=True)


def _goes_on(text: str, end: int) -> bool:
    """Whether Hangul follows, right there or after a space."""
    return bool(_run(text, end + text.startswith(" ", end)))


def korean_numeral(text: str, start: int) -> Numeral | None:
    """The Korean numeral that begins at ``start``, or None; plain digits without 만 and the like are not one."""
    first = text[start]
    if not first.isdigit():
        if start and "가" <= text[start - 1] <= "힣":
            return None
        if vague := _VAGUE.match(text, start):
            small, big = vague[1].rstrip("만억조"), vague[1][-1:] if vague[1][-1:] in _BIG else ""
            value = _SMALL.get(small, 1.0) * _BIG.get(big, 1.0)
            return Numeral((value,), vague.end(), vague=True, scaled=True) if value > 1 else None
        for word, (value, unit) in WORDS.items():
            if text.startswith(word, start):
                return Numeral((value,), start + len(word), unit=unit, word=True)
    if power := _POWER.match(text, start):
        return Numeral((10.0 ** min(int(power[1]), 300),), power.end(), scaled=True)
    return _fraction(text, start) or _native(text, start) or compound(text, start)


_FIRST = re.compile(r"[일이삼사오육칠팔구십백천수두세네다여아열스절반나보갑만]")


def korean_starts(text: str) -> Iterator[int]:
    """Where a numeral may begin that `korean_numeral` reads, and nowhere else can one."""
    for match in _FIRST.finditer(text):
        start = match.start()
        if not "가" <= text[start - 1 : start] <= "힣":
            yield start
