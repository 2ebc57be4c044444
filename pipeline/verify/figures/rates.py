"""What a figure is divided by: "per 1M tokens", "/page", 초당, 월, 100만 토큰당."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.patterns import as_written, compiled
from pipeline.verify.figures.english import literal
from pipeline.verify.figures.korean import korean_numeral
from pipeline.verify.figures.unit_behind import ENDS_PHRASE
from pipeline.verify.figures.units import KOREAN, Reading, Unit, english_unit, listed

_TIMES: dict[str, Reading] = {
    **dict.fromkeys(("초",), Reading(1.0, "second")),
    **dict.fromkeys(("분",), Reading(60.0, "second")),
    **dict.fromkeys(("시간",), Reading(3600.0, "second")),
    **dict.fromkeys(("일", "하루", "매일", "일일"), Reading(86400.0, "second")),
    **dict.fromkeys(("주", "주일", "매주", "주간"), Reading(604800.0, "second")),
    **dict.fromkeys(("월", "매월", "매달", "월간", "한 달", "개월", "달"), Reading(1.0, "month")),
    **dict.fromkeys(("년", "해", "연", "매년", "연간"), Reading(12.0, "month")),
}
_TOKENS = frozenset(listed("token tok input output in out prompt completion 토큰 입력 출력"))
_PEOPLE = frozenset(listed("person user people seat member head capita 인 명 사용자 유저 사람 구성원"))
_THINGS = dict(
    pair.split("=")
    for pair in listed(
        "이미지=image 요청=request 작업=task 과제=task 시도=attempt 쿼리=query 질의=query 프롬프트=prompt 페이지=page "
        "쪽=page 문서=document 파일=file 편집=edit 세션=session 질문=question 단어=word 칩=chip 서버=server 호출=call"
    )
)
_DENOMINATORS = _TOKENS | _PEOPLE | frozenset(_THINGS) | frozenset(_TIMES)
_KNOWN = _TOKENS | _PEOPLE | frozenset(_THINGS.values())
_RATE = re.compile(
    r"(?: ?/ ?| ?\(?per[ -])(?:(?P<count>\d+(?:\.\d+)?) ?)?"
    r"(?P<scale>MTok|Mtok|mtok|[KMBkmb](?![A-Za-z])|million|thousand|billion)?"
    r"[ -]?(?P<words>[A-Za-z]+(?: [A-Za-z]+)?)?| (?:an?|each|every) (?P<time>second|minute|hour|day|week|month|year)\b"
)
_SCALES = {"k": 1e3, "m": 1e6, "b": 1e9, "thousand": 1e3, "million": 1e6, "billion": 1e9, "mtok": 1e6}
_KOREAN_RATE = compiled(
    r" ?(?:당(?![가-힣])|당 ?(?=약|최대|평균)|마다(?![가-힣])|기준(?=.{0,16}(?:[$₩€£]|달러|센트|유로|원))"
    r"|에(?= ?(?:[$₩€£]\d|\d[\d,.]{0,12}[천만억조]? ?(?:달러|센트|원|유로|파운드|엔|위안))))"
)
_ADVERB = compiled(
    r"(?<![가-힣\d])(?:(?P<time>매월|매달|월간|월|한 달|매년|연간|연|매일|일일|하루|매주|주간|주)(?:에|에는)?"
    r"|(?:1|한 )(?P<one>초|분|시간|주일|주|개월|달|년|해)에는?|(?P<speed>[초분시])속) "
    r"(?:[가-힣]{1,5} ){0,2}(?=[$₩€£~]?\d|수[십백천만억])"
)
_SPEEDS = {"초": "초", "분": "분", "시": "시간"}  # 초속 1.7m, 시속 100km
_AFTER_SLASH = r" ?/ ?(?:(?P<figure>\d[\d,.]*(?:만|천|억|[KM])?) ?)?(?P<noun>[가-힣]{1,4})"


class Rate(NamedTuple):
    """ "per …" as it stands in a text: what is divided by, the span of its words, whether the figure precedes it."""

    by: Reading
    start: int
    end: int
    behind: bool = False


def _noun(word: str, value: float) -> Reading:
    if word in _TIMES:
        time = _TIMES[word]
        return Reading(time.value * value, time.unit)
    single = word.lower().removesuffix("s")
    if (single in _TOKENS and word not in _THINGS and (single, value) != ("prompt", 1.0)) or value >= 1000:
        return Reading(value, "token")
    if single in _PEOPLE:
        return Reading(value, "person")
    unit: Unit | None = None if word in _THINGS else KOREAN.get(word) or english_unit(word)
    if unit and unit.dimension != "occasion":  # 회당 and 건당 say nothing of what is counted
        return Reading(unit.factor * value, unit.dimension)
    return Reading(value, "" if unit else _THINGS.get(single, single))


def english_rate(text: str, end: int) -> Rate | None:
    """The rate that follows a figure ending at ``end``: "/1M input", " per second", " a month", "/mo"."""
    match = _RATE.match(text, end)
    if not match:
        return None
    if match["time"]:
        return Rate(_noun(match["time"], 1.0), *match.span())
    scale, words = match["scale"], (match["words"] or "").split()
    words = words[:1] if len(words) > 1 and words[1].lower() in ENDS_PHRASE else words
    if not scale and (match["count"] or not words):
        return None
    value = float(match["count"] or 1) * (_SCALES[scale.lower()] if scale else 1.0)
    known = (word for word in words if word.lower().removesuffix("s") in _KNOWN or english_unit(word))
    word = next(known, words[-1] if words else "token")
    told = words if len(words) > 1 and words[1] == word else words[:1]
    stop = match.start("words") + len(" ".join(told)) if told else match.end()
    return Rate(_noun(word, value), match.start(), stop)


def _korean_phrase(text: str, end: int) -> Rate | None:
    """What stands before 당: "100만 토큰", "토큰 100만 개", "초"."""
    words = text[max(0, end - 20) : end].rsplit("(", maxsplit=1)[-1].split(" ")[-4:]
    for first in range(len(words)):
        phrase = " ".join(words[first:])
        numeral = (korean_numeral(phrase, 0) or literal(phrase, 0)) if phrase else None
        if numeral is None:
            continue
        nouns = phrase[numeral.end :].replace("개", " ").split()
        if not _DENOMINATORS.issuperset(nouns):
            continue
        noun = "토큰" if (first and words[first - 1] == "토큰") or not nouns else nouns[-1]
        return Rate(_noun(noun, numeral.values[0]), end - len(phrase), end)
    longest = sorted((word for word in _DENOMINATORS if len(word) > 1), key=len, reverse=True)
    noun = next((word for word in longest if words[-1].endswith(word)), words[-1])
    return Rate(_noun(noun, 1.0), end - len(words[-1]), end) if noun else None


def korean_rates(text: str) -> list[Rate]:
    """Every rate of a Korean text: 100만 토큰당, 초당, 월 20달러, 하루 최대, 달러/월."""
    found = []
    for match in _KOREAN_RATE.finditer(text):
        rate = _korean_phrase(text, match.start())
        counted = rate is not None and any(
            letter.isdigit() or letter in "백천만억" for letter in text[rate.start : rate.end]
        )
        if rate and (match.group().strip().startswith("당") or (counted and rate.by.unit == "token")):
            found.append(Rate(rate.by, rate.start, match.end(), behind=text[rate.start - 1 : rate.start] in {"(", "/"}))
    for match in _ADVERB.finditer(text):
        told = "time" if match["time"] else "one" if match["one"] else "speed"
        time = _SPEEDS.get(match[told], "") if told == "speed" else match[told]
        found.append(Rate(_TIMES[time], match.start(), match.end(told) + (told == "speed")))
    for match in as_written(_AFTER_SLASH).finditer(text) if "/" in text else ():
        numeral = (korean_numeral(match["figure"], 0) or literal(match["figure"], 0)) if match["figure"] else None
        if match["noun"] in _DENOMINATORS:
            by = _noun(match["noun"], numeral.values[0] if numeral else 1.0)
            found.append(Rate(by, *match.span(), behind=True))
    return found
