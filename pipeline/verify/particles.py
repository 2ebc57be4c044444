"""Korean particles that change with the sound before them, after figures, Latin words and nouns.

Loanwords are read as the National Institute of Korean Language writes them. A rule stands here only where the last
sound is certain: ``GPT-4를``, ``LLM을``, ``70B를``, ``Mistral로``. Where a word has two readings (``Llama 3``: 삼 or
쓰리; ``CLIP``: 클립 or letter by letter) nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Sound = Literal["vowel", "rieul", "consonant", "closed"]
"""Last sound: a vowel, ㄹ, another consonant; ``closed``: ㄹ or another consonant, not known which."""


class WrongParticle(NamedTuple):
    """A particle at ``start:end`` of the text, what stands there, and what is right.

    ``certain`` is False where the noun might end so by itself, and where both forms are written out after a word whose
    sound is not known (``right`` is empty); such a one is not mended.
    """

    start: int
    end: int
    found: str
    right: str
    word: str
    certain: bool = True


# After a closed syllable, after an open one.
_PAIRS = (
    ("은", "는"),
    ("이", "가"),
    ("을", "를"),
    ("과", "와"),
    ("으로", "로"),
    ("이라는", "라는"),
    ("이라고", "라고"),
    ("이란", "란"),
    ("이나", "나"),
    ("이랑", "랑"),
)
_PAIR = {form: pair for pair in _PAIRS for form in pair}
_BOTH = {
    **{f"{a}({b})": (a, b) for a, b in _PAIRS[:4]},
    **{f"{b}({a})": (a, b) for a, b in _PAIRS[:4]},
    **{f"{a}/{b}": (a, b) for a, b in _PAIRS[:4]},
    "(으)로": ("으로", "로"),
    "(이)라는": ("이라는", "라는"),
    "(이)라고": ("이라고", "라고"),
    "(이)나": ("이나", "나"),
    "(이)란": ("이란", "란"),
}
_FORMS = "|".join(sorted(map(re.escape, (*_BOTH, *_PAIR)), key=len, reverse=True))
# Particles may pile up: 으로는, 과의. 은, 을 and the like end their word.
_TAIL = r"(?:는|도|서|써|서의|부터|만|의)?(?![가-힣A-Za-z0-9])"
_AFTER_LATIN = re.compile(
    rf"(?<![A-Za-z0-9])([A-Za-z0-9$][A-Za-z0-9_.,+#/-]{{0,60}}(?:%p|[%℃])?)(['\"’”`]{{0,2}})({_FORMS}){_TAIL}"
)
_AFTER_HANGUL = re.compile(
    r"([가-힣]{1,20})(은\(는\)|는\(은\)|이\(가\)|가\(이\)|을\(를\)|를\(을\)|과\(와\)|와\(과\)|을/를|은/는|이/가|와/과"
    r"|\(으\)로|\(이\)라는|\(이\)라고|\(이\)나|\(이\)란)(?![가-힣])"
)
_NOUN_AND_PARTICLE = re.compile(r"(?<![가-힣])([가-힣]{1,20})([를을와])(?![가-힣A-Za-z0-9])")

# Nouns and verb forms that end in an open syllable and 을: 마을, 지을 (짓다).
_ENDS_IN_EUL = ("가을", "마을", "노을", "고을", "지을", "나을", "부을", "그을", "저을", "이을")

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
_UNITS = frozenset((*_LARGE_UNITS, "km", "cm", "mm", "kg", "ms", "x", "bit", "B", "b", "K", "k", "T", "t", "G"))

_KNOWN: dict[str, Sound] = {
    "github": "vowel",
    "deepseek": "vowel",
    "groq": "consonant",
    "slack": "consonant",
    "reddit": "consonant",
    "netflix": "vowel",
    "bit": "vowel",
    "microsoft": "vowel",
    "chrome": "consonant",
    "iphone": "consonant",
    "cline": "consonant",
    "midjourney": "vowel",
    "youtube": "vowel",
    "bluetooth": "vowel",
    "linkedin": "consonant",
    "web": "consonant",
    "mac": "consonant",
    "app": "consonant",
    "chatbot": "consonant",
    "copilot": "consonant",
    "notebook": "consonant",
    "facebook": "consonant",
    "tiktok": "consonant",
    "grok": "consonant",
    "dropout": "consonant",
    "internet": "consonant",
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


def wrong_particles(text: str) -> Iterator[WrongParticle]:
    """Particles that do not fit the sound before them, and both forms written out (``은(는)``), in order of kind."""
    for match in _AFTER_LATIN.finditer(text):
        sound = last_sound(match[1].rstrip(".,/-"), before=text[max(0, match.start() - 24) : match.start()])
        yield from _compared(match[3], match.start(3), match[1], sound)
    for match in _AFTER_HANGUL.finditer(text):
        yield from _compared(match[2], match.start(2), match[1], _hangul_sound(match[1]))
    for match in _NOUN_AND_PARTICLE.finditer(text):
        noun, particle = match[1], match[2]
        closed = _hangul_sound(noun) != "vowel"
        if particle == "을" and not closed and not (noun + "을").endswith(_ENDS_IN_EUL):
            yield WrongParticle(match.start(2), match.end(2), "을", "를", noun, certain=_is_certain(match))
        elif particle in "를와" and closed:
            yield WrongParticle(match.start(2), match.end(2), particle, "을" if particle == "를" else "과", noun)


def _is_certain(match: re.Match[str]) -> bool:
    """A noun of one syllable may be part of a word that ends so; not where it counts something (``5배를``)."""
    return len(match[1]) > 1 or match.string[match.start() - 1 : match.start()].isdigit()


def mend_particles(text: str) -> str:
    """The text with every particle mended whose right form is certain; all else as it was."""
    for wrong in sorted(wrong_particles(text), reverse=True):
        if wrong.certain:
            text = text[: wrong.start] + wrong.right + text[wrong.end :]
    return text


def attach(word: str, particle: str) -> str:
    """``word`` with the form of ``particle`` that its last sound asks for; as given where that is not certain."""
    sound = _hangul_sound(word) if _is_hangul(word[-1:]) else last_sound(word)
    pair = _PAIR.get(particle) or _BOTH.get(particle)
    return word + ((pair and _fitting(pair, sound)) or particle)


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
    if re.search(r"[A-Za-z]", ahead) or re.search(r"[A-Za-z]['\"’”`]?\s?$", before):
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
    return "vowel" if (last in "DTKCBP" and ahead[-1] not in "AEIOU") or (last == "G" and ahead[-1] != "N") else None


def _is_hangul(letter: str) -> bool:
    return "가" <= letter <= "힣"


def _hangul_sound(word: str) -> Sound:
    """By the final consonant of the last syllable, which Unicode counts in 28s (0 none, 8 ㄹ)."""
    final = (ord(word[-1]) - ord("가")) % 28
    return "vowel" if final == 0 else "rieul" if final == 8 else "consonant"


def _fitting(pair: tuple[str, str], sound: Sound | None) -> str | None:
    """The form of a pair that the sound asks for: 로 goes with a vowel and with ㄹ, all others by open and closed."""
    if sound is None or (sound == "closed" and pair[1] == "로"):
        return None
    is_open = sound == "vowel" or (sound == "rieul" and pair[1] == "로")
    return pair[1] if is_open else pair[0]


def _compared(found: str, start: int, word: str, sound: Sound | None) -> Iterator[WrongParticle]:
    right = _fitting(_PAIR.get(found) or _BOTH[found], sound)
    if not right and found in _BOTH:
        yield WrongParticle(start, start + len(found), found, "", word, certain=False)
    if right and right != found:
        yield WrongParticle(start, start + len(found), found, right, word)
