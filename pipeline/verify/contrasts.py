"""Opposite words told of the same thing: what the newsletter calls fewer, and the Korean sentence more.

A word of direction is compared by what stands around it, so that two directions in one sentence are kept apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.verify.denials import Segment, segments
from pipeline.verify.features import Feature, english_features, korean_features
from pipeline.verify.patterns import compiled, english


class _Axis(NamedTuple):
    """Korean words for its upper and its lower end, and English ones."""

    korean: tuple[re.Pattern[str], re.Pattern[str]]
    english: tuple[str, str]


def _axis(korean_up: str, korean_down: str, english_up: str, english_down: str) -> _Axis:
    korean = (compiled(korean_up), compiled(korean_down))
    return _Axis(korean, (rf"\b(?:{english_up})", rf"\b(?:{english_down})"))


_AXES = (
    _axis(  # quantity
        r"더 많|많[은이아습고]|늘[었어린렸려]|증가|급증|더 (?:[가-힣]{1,4} )?(?:쓰|써|쓴|썼|씁|길|자세|풀|풍부)",
        r"(?<![가-힣])덜 |더 적|(?<=[이가도은] )적[은고어습게]|줄[었어인였여]|감소|절감",
        r"more|increas|grew|grow|ris(?:e|ing)|rose|doubl|tripl|expand|exten|surg|jump|longer|greater|larger|up\b|scal|\d+x|richer",
        r"less|fewer|reduc|decreas|declin|drop|shrink|cut|lower|sav(?:e|ing)|small|down\b|minimi|compress|short|low\b",
    ),
    _axis(  # level
        r"높[은아습고게]|올[랐라렸려]|상승|뛰었|치솟",
        r"낮[은아습고게]|떨어|하락|내렸",
        r"high|increas|ris(?:e|ing)|rose|top|jump|climb|gain|up\b|improv|rank|reach|soar|better|more|best|exceed|surpass",
        r"low|decreas|drop|f[ea]ll|declin|down\b|reduc|wors|degrad|loss|less|below",
    ),
    _axis(  # quality
        r"(?<![가-힣])나[은았아](?=[졌지습고 ]|$)|(?<![가-힣])낫|좋[은아았습]|개선|향상|뛰어나|우수",
        r"(?<![가-힣])나[쁘쁜빠빴쁩]|악화|저하|열등|덜 나",
        r"better|best|improv|superior|outperform|strong|good|great|enhanc|gain|effective|excel|exceptional|beat|surpass|exceed"
        r"|impress|high|upgrad",
        r"wors|degrad|inferior|poor|regress|deteriorat|weak|bad\b|suffer|loss|drop|lower|declin|less",
    ),
    _axis(  # rank
        r"앞[서섰선섭설](?!도| 발| 언| 공개| 말)|능가|넘어[서섰선]|제[치쳤친]|(?<![가-힣])이[기겼긴]|웃돌",
        r"(?<!에 )(?<!게 )(?:뒤[지졌진처쳐질설섰]|뒤집니다)|밑돌",
        r"outperform|surpass|beat|exceed|outpac|overt|ahead|lead|top|win|won|better|best|faster|higher|stronger|superior|above|over\b"
        r"|more|first|improv|gain|match|defeat|edg",
        r"trail|lag|behind|below|underperform|los[et]|lost|worse|short of|lower|fail|less|inferior|weaker|slower",
    ),
)
_DENIES = re.compile(r"않|못(?! 미)|없|아니|아닌|아닙|보다는|만큼은")
# Two figures tell the direction themselves (`pipeline.verify.directions`): 450만 달러에서 100만 달러로
_FROM_TO = re.compile(r"\d[^.]{0,20}에서 [^.]{0,40}\d[^.]{0,20}로 ")
_SENTENCE = re.compile(r"[.!?;\n]+(?=\s|$)")
_NEAR = 6
"""Words on either side of an English word of direction that it may be about."""
_WORDS = 6
"""Words of a Korean clause up to its word of direction, and two after it."""
LEAST = 2
"""Features that the surroundings of the opposite word must share with the clause."""


def told_the_other_way(sentence: str, text: str, *, is_ranked: bool) -> str:
    """The English words around a direction that a sentence turns round; empty where there is none.

    Args:
        text: The visible text of the cited items.
        is_ranked: The sentence says which of two names is ahead; that depends on who is named first.
    """
    for clause in segments(sentence):
        if _DENIES.search(clause.text) or _FROM_TO.search(clause.text):
            continue
        for axis in _AXES[:-1] if is_ranked else _AXES:
            if found := _turned(clause, axis, text):
                return found
    return ""


def _turned(clause: Segment, axis: _Axis, text: str) -> str:
    matches = [list(pole.finditer(clause.text)) for pole in axis.korean]
    if [len(found) for found in matches] not in ([0, 1], [1, 0]):
        return ""
    own, other = axis.english if matches[0] else axis.english[::-1]
    at = (matches[0] or matches[1])[0]
    before, behind = clause.text[: at.end()].split(" "), clause.text[at.end() :].split(" ")
    about = korean_features(" ".join((*before[-_WORDS:], *behind[:2])))
    if len(about) < LEAST:
        return ""
    against = [(_shared(about, around), words) for words, around in _around(other, text)]
    best, words = max(against, default=(0, ""))
    same = max((_shared(about, around) for _, around in _around(own, text)), default=0)
    return words if best >= max(LEAST, 0.5 * len(about)) and same < min(best, LEAST) else ""


def _shared(about: tuple[frozenset[Feature], ...], around: frozenset[Feature]) -> int:
    return sum(bool(one & around) for one in about)


def _around(pole: str, text: str) -> Iterator[tuple[str, frozenset[Feature]]]:
    for sentence in _SENTENCE.split(text):
        for match in english(pole).finditer(sentence):
            before = sentence[: match.start()].split()[-_NEAR:]
            behind = sentence[match.start() :].split()[: _NEAR + 1]
            words = " ".join((*before, *behind))
            yield words, english_features(words)
