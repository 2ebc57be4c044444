"""Units of measure as data: how each is written in English and in Korean, and when two of them say the same.

A dimension is a word; a reading is a value in that dimension's base unit. Counts form one family: ``""`` is a bare
count, the others say what is counted. A bare count may stand for a named one ("1M context" and "100만 토큰"), a named
count never for another, and no count for something measured.
"""

from __future__ import annotations

import re
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

# dimension, factor, spellings in English (lower case; a plural s is understood), spellings in Korean
_ROWS: tuple[tuple[str, float, str, str], ...] = (
    ("percent", 1, "% percent pct", "% 퍼센트"),
    ("percent point", 1, "%p pp p.p. percentage-point percent-point ppt", "%p %포인트 퍼센트포인트 퍼센트p %P %pt"),
    ("point", 1, "point pt", "점 포인트"),
    ("times", 1, "x fold -fold times", "배 곱절 갑절 x"),
    ("second", 1, "s sec second", "초"),
    ("second", 1e-3, "ms millisecond msec", "밀리초"),
    ("second", 1e-6, "us µs μs microsecond", "마이크로초"),
    ("second", 1e-9, "ns nanosecond", "나노초"),
    ("second", 60, "min minute mins", "분"),
    ("second", 3600, "h hr hour", "시간"),
    ("second", _DAY, "d day workday weekday", "일 일간"),
    ("second", 7 * _DAY, "wk week", "주 주일 주간"),
    ("month", 1, "mo month", "개월 달"),
    ("month", 12, "y yr year", "년 년간 해"),
    ("month", 120, "decade", "십년"),
    ("byte", 1, "byte", "바이트"),
    ("byte", 1e3, "kb kib kilobyte", "킬로바이트"),
    ("byte", 1e6, "mb mib megabyte", "메가바이트 메가"),
    ("byte", 1e9, "gb gib gig gigabyte", "기가바이트 기가"),
    ("byte", 1e12, "tb tib terabyte", "테라바이트 테라"),
    ("byte", 1e15, "pb pib petabyte", "페타바이트"),
    ("bit", 1, "bit", "비트"),
    ("hertz", 1, "hz", "헤르츠"),
    ("hertz", 1e3, "khz", "킬로헤르츠"),
    ("hertz", 1e6, "mhz", "메가헤르츠"),
    ("hertz", 1e9, "ghz", "기가헤르츠"),
    ("watt", 1, "w watt", "와트"),
    ("watt", 1e3, "kw kilowatt", "킬로와트"),
    ("watt", 1e6, "mw megawatt", "메가와트"),
    ("watt", 1e9, "gw gigawatt", "기가와트"),
    ("watt-hour", 1, "wh", "와트시"),
    ("watt-hour", 1e3, "kwh", "킬로와트시"),
    ("flop", 1, "flop", "플롭스"),
    ("flop", 1e9, "gflop", "기가플롭스"),
    ("flop", 1e12, "tflop teraflop", "테라플롭스"),
    ("flop", 1e15, "pflop petaflop", "페타플롭스"),
    ("pixel", 1, "px pixel", "픽셀"),
    ("pixel", 1e6, "mp megapixel", "메가픽셀 만화소"),
    ("metre", 1, "metre meter", "미터"),
    ("metre", 1e-9, "nm nanometer", "나노미터 나노"),
    ("metre", 1e-3, "mm", "밀리미터"),
    ("metre", 1e-2, "cm", "센티미터"),
    ("metre", 1e3, "km kilometer", "킬로미터"),
    ("mile", 1, "mile", "마일"),
    ("inch", 1, "inch inche", "인치"),
    ("gram", 1, "gram", "그램"),
    ("gram", 1e3, "kg kilogram", "킬로그램"),
    ("degree", 1, "° °c °f degree", "도"),
    ("decibel", 1, "db", "데시벨"),
    ("USD", 1, "dollar usd buck", "달러 불"),
    ("USD", 0.01, "cent ¢", "센트"),
    ("KRW", 1, "won krw", "원"),
    ("EUR", 1, "euro eur", "유로"),
    ("GBP", 1, "pound gbp", "파운드"),
    ("CNY", 1, "yuan cny rmb", "위안 위안화"),
    ("JPY", 1, "yen jpy", "엔 엔화"),
    ("INR", 1, "rupee inr", "루피"),
    ("CAD", 1, "cad", "캐나다달러"),
    ("AUD", 1, "aud", "호주달러"),
    ("HKD", 1, "hkd", "홍콩달러"),
    ("TWD", 1, "twd", "대만달러"),
    ("SGD", 1, "sgd", "싱가포르달러"),
    ("token", 1, "token tok context ctx", "토큰"),
    ("token", 1e6, "mtok", ""),
    ("parameter", 1, "parameter param", "매개변수 파라미터 패러미터"),
    ("person", 1, "people person", "명 인"),
    ("rank", 1, "th st nd rd", "위 등 번째 째 호"),
    ("step", 1, "step", "단계 스텝"),
    ("frame", 1, "frame", "프레임"),
    ("occasion", 1, "", "회 번 차례"),
    ("clock", 60, "am a.m. pm p.m. o'clock", "시"),
    ("", 1, "", "개 가지 건 곳 대 장 종 편 쪽 줄 층 팀 개국 자 단어 요소 쌍 권 문항 문제 행 샷 차원 세대 코어"),
)

# Rates written as one word: what is counted, and by what it is divided.
_RATES: dict[str, Unit] = {
    "tps": Unit("token", 1, SECOND),
    "t/s": Unit("token", 1, SECOND),
    "tok/s": Unit("token", 1, SECOND),
    "toks/s": Unit("token", 1, SECOND),
    "fps": Unit("frame", 1, SECOND),
    "bps": Unit("bit", 1, SECOND),
    "kbps": Unit("bit", 1e3, SECOND),
    "mbps": Unit("bit", 1e6, SECOND),
    "gbps": Unit("bit", 1e9, SECOND),
    "it/s": Unit("occasion", 1, SECOND),
    "rps": Unit("occasion", 1, SECOND),
    "qps": Unit("occasion", 1, SECOND),
    "m/s": Unit("metre", 1, SECOND),
    "km/h": Unit("metre", 1e3, HOUR),
    "kph": Unit("metre", 1e3, HOUR),
    "mph": Unit("mile", 1, HOUR),
    "rpm": Unit("occasion", 1, MINUTE),
    "tpm": Unit("token", 1, MINUTE),
    "wpm": Unit("", 1, MINUTE),
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
    word: Unit(dimension, factor) for dimension, factor, english, _ in _ROWS for word in english.split()
} | _RATES
KOREAN: dict[str, Unit] = {word: Unit(dim, factor) for dim, factor, _, korean in _ROWS for word in korean.split()}

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
