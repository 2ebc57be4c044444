"""Korean particles that change with the sound before them, after figures, Latin words and nouns.

Loanwords are read as the National Institute of Korean Language writes them. A rule stands here only where the last
sound is certain: ``GPT-4를``, ``LLM을``, ``70B를``, ``Mistral로``. Where a word has two readings (``Llama 3``: 삼 or
쓰리; ``CLIP``: 클립 or letter by letter) nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.patterns import as_written, has_one
from pipeline.verify.language.sounds import Sound, hangul_sound, is_hangul, last_sound


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
_WRITTEN_OUT = "|".join(_BOTH)
_AFTER_HANGUL = rf"([가-힣]{{1,20}})({'|'.join(map(re.escape, _BOTH))})(?![가-힣])"
_RUN = re.compile(r"[가-힣]+")
_GOES_ON = re.compile(r"[A-Za-z0-9]")
_LONGEST = 20  # syllables of a noun that is looked at

# Nouns that end in an open syllable and 을, and verb forms (짓다, 붓다 …), which as ends of longer words are few.
_NOUNS_IN_EUL = ("가을", "마을", "노을", "고을")
_VERBS_IN_EUL = re.compile(
    r"(?:(?:결정|결론|특징|연관|관련|마무리|매듭|구분|이름)?지|나|(?:쏟아|퍼|들이)?부|그|(?:휘|내)?저|자|이)을"
)
_HAS_OBJECT = re.compile(r"[을를] ?$")  # 뒤를 이을 후보; without an object 이을 is 이를
# Nouns that end in an open syllable and 과 (효과, 소아과, 여과, 장미과), by what stands before 과.
_ENDS_IN_GWA = frozenset("효사치외내교여투초부이다제모유대소수후미아피비기")


def wrong_particles(text: str) -> Iterator[WrongParticle]:
    """Particles that do not fit the sound before them, and both forms written out (``은(는)``), in order of kind."""
    for match in _AFTER_LATIN.finditer(text):
        sound = last_sound(match[1].rstrip(".,/-"), before=text[max(0, match.start() - 24) : match.start()])
        yield from _compared(match[3], match.start(3), match[1], sound)
    for match in as_written(_AFTER_HANGUL).finditer(text) if has_one(_WRITTEN_OUT, text) else ():
        yield from _compared(match[2], match.start(2), match[1], hangul_sound(match[1]))
    for match in _RUN.finditer(text):
        noun, particle, end = match[0][:-1], match[0][-1], match.end()
        if particle not in "를을와과" or not 0 < len(noun) <= _LONGEST or _GOES_ON.match(text, end):
            continue
        closed = hangul_sound(noun) != "vowel"
        if particle == "을" and not closed and not _is_a_word_in_eul(match):
            yield WrongParticle(end - 1, end, "을", "를", noun)
        elif particle == "과" and not closed and _is_joined(match):
            yield WrongParticle(end - 1, end, "과", "와", noun)
        elif particle in "를와" and closed:
            yield WrongParticle(end - 1, end, particle, "을" if particle == "를" else "과", noun)


def _is_a_word_in_eul(word: re.Match[str]) -> bool:
    """마을, 지을; 이을 only with its object before it (뒤를 이을 후보), else it is 이를."""
    if word[0] == "이을":
        return bool(_HAS_OBJECT.search(word.string[max(0, word.start() - 2) : word.start()]))
    return bool(_VERBS_IN_EUL.fullmatch(word[0])) or word[0].endswith(_NOUNS_IN_EUL)


def _is_joined(word: re.Match[str]) -> bool:
    """Whether 과 joins two nouns and is no part of one: after a counter (``2억 개과``), or where no noun ends so."""
    counts = re.search(r"[0-9십백천만억조] ?$", word.string[max(0, word.start() - 3) : word.start()])
    return bool(counts) or (len(word[0]) > 2 and word[0][-2] not in _ENDS_IN_GWA)


def mend_particles(text: str) -> str:
    """The text with every particle mended whose right form is certain; all else as it was."""
    for wrong in sorted(wrong_particles(text), reverse=True):
        if wrong.certain:
            text = text[: wrong.start] + wrong.right + text[wrong.end :]
    return text


def attach(word: str, particle: str) -> str:
    """``word`` with the form of ``particle`` that its last sound asks for; as given where that is not certain."""
    sound = hangul_sound(word) if is_hangul(word[-1:]) else last_sound(word)
    pair = _PAIR.get(particle) or _BOTH.get(particle)
    return word + ((pair and _fitting(pair, sound)) or particle)


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
