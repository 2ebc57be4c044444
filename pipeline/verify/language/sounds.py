"""The last sound of a figure, a Latin word or a Korean one, as Korean reads it aloud.

Loanwords are read as the National Institute of Korean Language writes them. A rule stands here only where the last
sound is certain; where a word has two readings (``Llama 3``: 삼 or 쓰리; ``CLIP``: 클립 or letter by letter) nothing is
said.
"""

from __future__ import annotations

import re
from typing import Literal

from pipeline.verify.names.tables import KOREAN_FAMILIES

Sound = Literal["vowel", "rieul", "consonant", "closed"]
"""Last sound: a vowel, ㄹ, another consonant; ``closed``: ㄹ or another consonant, not known which."""

# R is 알 in use; 아르 stands in the dictionary only.
_LETTERS: dict[str, Sound] = {
    **dict.fromkeys("ABCDEFGHIJKOPQSTUVWXYZ", "vowel"),
    **dict.fromkeys("LR", "rieul"),
    **dict.fromkeys("MN", "consonant"),
}
# 영·공 일 이 삼 사 오 육 칠 팔 구; tens, hundreds … end in ㅂ, ㄱ, ㄴ as 영 does in ㅇ.
_DIGITS: dict[str, Sound] = {
    **dict.fromkeys("036", "consonant"),
    **dict.fromkeys("178", "rieul"),
    **dict.fromkeys("2459", "vowel"),
}
# After a name: 원 or 일, 세븐 or 칠 are closed either way; 삼/쓰리, 육/식스, 팔/에이트, 구/나인, 영/제로 are not.
_VERSION_DIGITS: dict[str, Sound] = {"1": "closed", "7": "closed", "2": "vowel", "4": "vowel", "5": "vowel"}
_LARGE_UNITS = ("KB", "MB", "GB", "TB", "PB", "kHz", "MHz", "GHz", "Hz", "W", "kW", "MW", "GW", "kWh")
_UNITS = frozenset(
    (
        *_LARGE_UNITS,
        *["km", "cm", "mm", "kg", "ms", "x", "bit", "tps", "fps", "qps", "bpw", "B", "b", "K", "k", "T", "t", "G"],
    )
)

_KNOWN: dict[str, Sound] = {
    **dict.fromkeys(
        ["github", "deepseek", "netflix", "bit", "microsoft", "midjourney", "youtube", "bluetooth"],
        "vowel",
    ),
    **dict.fromkeys(
        [
            "groq",
            "slack",
            "reddit",
            "chrome",
            "iphone",
            "cline",
            "linkedin",
            "web",
            "mac",
            "app",
            "chatbot",
            "copilot",
            "notebook",
            "facebook",
            "tiktok",
            "grok",
            "dropout",
            "internet",
        ],
        "consonant",
    ),
}
# Longest ending first. Only endings that are read one way: -t, -p, -k, -b and -c after a vowel, -ne, -me are not.
_ENDINGS: tuple[tuple[str, Sound], ...] = (
    ("ic", "consonant"),  # 앤트로픽, 뮤직
    ("le", "rieul"),  # 구글, 애플, 스케일
    ("ng", "consonant"),  # 빙, 랭
    *((ending, "vowel") for ending in ("de", "se", "ce", "ze", "ge", "ve", "te", "fe", "he", "re", "ee", "ie", "ue")),
    *((a + b, "vowel") for a in "rnls" for b in "tk"),  # 벤치마크, 에이전트, 볼트, 데스크
    *((ending, "vowel") for ending in ("ct", "pt", "ft")),  # 프로젝트, 스크립트, 드래프트
    ("l", "rieul"),  # 미스트랄, 인텔
    ("m", "consonant"),
    ("n", "consonant"),
    *((letter, "vowel") for letter in "aiouydfghrsvwxz"),  # 라마, 클라우드, 저커버그, 트랜스포머, 케라스, 리눅스
)
_AFTER_NAME = re.compile(r"[A-Za-z]['\"’”`]?\s?$")
_FAMILIES = tuple(KOREAN_FAMILIES)  # 클로드 3: 삼 or 쓰리


def last_sound(word: str, *, before: str = "") -> Sound | None:
    """Last sound of a figure or Latin word as it is read in Korean; None when there are two ways to read it.

    Args:
        word: ``GPT-4``, ``70B``, ``3.5``, ``Mistral``, ``H100``.
        before: The text before the word, which tells a version (``Llama 3``) from a quantity (``3``).
    """
    if word.endswith(("%", "%p", "℃")) or word.startswith("$"):
        return "vowel"  # 퍼센트, 퍼센트포인트, 도, 달러
    tail = re.search(r"(?:[A-Za-z]+|[0-9]+)$", word)
    if tail is None:
        return None
    ahead = word[: tail.start()]
    if tail[0].isdigit():
        return _digit_sound(tail[0], ahead, before)
    if ahead[-1:].isdigit():
        if tail[0] in _UNITS:
            return "vowel"  # 빌리언 aside, which nobody reads: 비, 기가바이트, 배
        return _LETTERS[tail[0].upper()] if len(tail[0]) == 1 and tail[0] != "m" else None  # 5m: 미터
    return _word_sound(tail[0])


def _digit_sound(digits: str, ahead: str, before: str) -> Sound | None:
    if re.search(r"[A-Za-z]", ahead) or _AFTER_NAME.search(before) or before.rstrip().endswith(_FAMILIES):
        return "consonant" if digits.endswith("00") else _VERSION_DIGITS.get(digits[-1])
    return None if before.endswith("제") else _DIGITS[digits[-1]]


def _word_sound(word: str) -> Sound | None:
    known = _KNOWN.get(word.casefold())
    if known:
        return known
    capitals = re.search(r"[A-Z]+$", word)
    if capitals is None:
        return next((sound for ending, sound in _ENDINGS if word.casefold().endswith(ending)), None)
    return _acronym_sound(capitals[0])


def _acronym_sound(capitals: str) -> Sound | None:
    """An acronym is read letter by letter, or as a word when it has vowels: said only where both end alike."""
    last, ahead = capitals[-1], capitals[:-1]
    if len(capitals) <= 2 or not re.search(r"[AEIOU]", ahead):
        return _LETTERS[last]  # AI, LLM, GPT
    if last in "LMNAIOUYSXFVZ":
        return _LETTERS[last]  # 헬름, 샘, 간; 쿠다, 소라, 욜로
    if last == "R" and ahead[-1] not in "AEIOU":
        return "rieul"  # OCR: no word ends so
    return "vowel" if (last in "DTKCBP" and ahead[-1] not in "AEIOU") or (last == "G" and ahead[-1] != "N") else None


def is_hangul(letter: str) -> bool:
    return "가" <= letter <= "힣"


def hangul_sound(word: str) -> Sound:
    """By the final consonant of the last syllable, which Unicode counts in 28s (0 none, 8 ㄹ)."""
    final = (ord(word[-1]) - ord("가")) % 28
    return "vowel" if final == 0 else "rieul" if final == 8 else "consonant"
