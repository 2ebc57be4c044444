"""Where a newsletter denies and where a Korean sentence does, each with the words that the denial is about."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from pipeline.verify.features import Feature, english_features, korean_features
from pipeline.verify.patterns import compiled, english
from pipeline.verify.terms import english_concepts
from pipeline.verify.units import listed

# What is denied stands behind these …
_FORWARD = (
    r"not|n['’]t|never|no(?!-)|cannot|without|sans|unable to|fail(?:s|ed|ing)? to|lack(?:s|ed|ing)?(?: of)?|nor|neither"
    r"|zero(?=-(?!shot|day|knowledge))|non(?=-(?!profit|trivial|linear|zero))"
    r"|neglect(?:s|ed|ing)?(?: of)?|ignor(?:es|ed|ing)|refus(?:es|ed|ing) to|declin(?:es|ed|ing) to"
    r"|rather than|instead of|bans?|banned|banning|prohibit(?:s|ed|ing)?|forbid(?:s|den|ding)?|missing"
)
# … and before these.
_BACKWARD = (
    r"(?:is|are|was|were|remains?|still|be) (?:missing|absent|unavailable|unsupported)|-free|not yet"
    r"|(?:is|are|was|were|do|does|did|can) not(?=[,.;)]|$)|ignored(?=[,.;)]|$)"
)
_PLAIN = re.compile(rf"(?<=\w)-free\b|(?<!\w)(?:{_BACKWARD})|(?<![\w'’-])(?:{_FORWARD})\b|(?<=[a-z])n['’]t\b", re.I)
_IS_BACKWARD = english(rf"(?:{_BACKWARD})$")
# "no longer than", "not only", "no doubt", "Do not train the embeddings" (advice) deny nothing.
_NO_DENIAL = english(
    r" ?(?:only|just|to mention|doubt|other|one|matter|surprise|(?:more|less|fewer|later|longer|sooner) than|wait"
    r"|necessarily)\b"
)  # fmt: skip
_SENTENCE = re.compile(r"[.!?;\n]+(?=\s|$)|,? (?:but|while|whereas|although|though|however)\b| \[|[()]")
_FULL_STOP = re.compile(r"[.!?;\n]+(?=\s|$)")
_COMMA = re.compile(r",(?=\s)")
_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]{1,2})?|\d+(?:[.,]\d+)*")
_WINDOW = 5
"""Content words that a denial is taken to be about."""

_EMPTY = frozenset(listed("any being been having each yet fully such other even ever own every"))


class Denial(NamedTuple):
    """A plain denial in an item: the clause it stands in, and the words that it denies, the nearest first.

    ``contrasts``: one thing is told rather than another. ``is_told_too``: the nearest word stands elsewhere as well.
    """

    clause: str
    words: tuple[frozenset[Feature], ...]
    contrasts: bool
    is_told_too: bool


def denials(text: str) -> Iterator[Denial]:
    """Every plain denial of an English text."""
    found = [(clause, match) for clause in _SENTENCE.split(text) for match in _PLAIN.finditer(clause)]
    counts = Counter(feature for features in (_content(text) if found else ()) for feature in features)
    for clause, match in found:
        words = () if _NO_DENIAL.match(clause, match.end()) else tuple(_denied(clause, match))
        if words:
            contrasts = match[0].lower() in {"rather than", "instead of"}
            yield Denial(clause, words, contrasts, max(counts[one] for one in words[0]) > 1)


def _denied(clause: str, match: re.Match[str]) -> Iterator[frozenset[Feature]]:
    """The words that a denial is about: behind it up to a comma; where they are few, those before it too."""
    before = _content(_COMMA.split(clause[: match.start()])[-1])[::-1]
    if match[0].lower() == "-free":
        yield from before[:1]
        return
    behind = [] if _IS_BACKWARD.search(match[0]) else _content(_COMMA.split(clause[match.end() :])[0])[:_WINDOW]
    yield from behind
    if not behind or (len(behind) == 1 and match[0].lower().endswith(("n't", "n’t", "not"))):
        yield from before[: _WINDOW - 2 * len(behind)]


def _content(text: str) -> list[frozenset[Feature]]:
    """The features of each word that means something."""
    words = [word for word in _WORD.findall(text) if word.lower() not in _EMPTY and english_features(word)]
    joined = [*(english_concepts(f"{one}{other}".lower()) for one, other in pairwise(words)), frozenset[int]()]
    return [english_features(word) | pair for word, pair in zip(words, joined, strict=bool(words))]


# English by which one may deny, more loosely: what a Korean denial may rest on.
_LOOSE = english(
    r"\b(?:not|no|never|none|nothing|nobody|without|sans|neither|nor|cannot|few|little|hard|hardly|rarely|seldom|yet|beyond"
    r"|zero|unless|only|just|instead|rather|still|difficult|un(?!i|der|til|ited|ion)[a-z]{3,}|in(?:ab|ac|comp|suff|eff|cap)[a-z]+"
    r"|im(?:poss|pract)[a-z]+|non|ir[a-z]{4,}|mis[a-z]+|dis[a-z]{4,}|(?:fail|lack|stop|halt|discontinu|ban|block|refus|reject"
    r"|declin|deny|denie|miss|absen|avoid|prevent|exclud|remov|withh[eo]ld|withdr[ae]w|cancel|forb[ia]d|prohibit|restrict"
    r"|hidden|hide|struggl|limit|skip|drop|impossib|away|free|los|neglect|ignor|minimal|end|elusive|false|worthless|far|less"
    r"|trail|lag|behind|below|under|issue|problem|trouble|broke|break|bug|error|wrong|halluc|degrad|doubt|suspen|paus|deprecat)[a-z]*)\b"
    r"|n['’]t\b"
)
_NEAR = 8
"""Words on either side of a loose denial that it may be about."""


# English by which somebody tells something; to deny of anybody that he told it, an item must deny it right there.
_TELLS = (
    r"\b(?:sa(?:id|ys?|ying)|disclos|reveal|announc|specif|mention|provid|explain|detail|comment|shar(?:e|ing)|stat(?:e|ing)"
    r"|confirm|address|discuss|report|clarif|answer|respon|acknowledg|claim|propos|suggest|recommend|publish|releas|present"
    r"|show|offer|introduc|launch|not(?:e|ing)\b|argu|predict|expect|emphasi|evidence|source|word\b|news\b)"
)  # fmt: skip
_UNSAID = r"\b(?:un(?:disclosed|specified|announced|named|said|confirmed|clear)|silent|secret|withheld)\b"
_NOT_TOLD = r"\b(?:not|no|never|without|nobody|none|nor|yet|(?:declin|refus|lack|fail)[a-z]{0,4})\b|n['’]t\b"
_BESIDE = 24
"""Characters on either side of a word of telling in which its denial stands."""


@dataclass(frozen=True, eq=False)
class Denied:
    """What an English text denies, each part read on first use."""

    text: str

    @cached_property
    def plain(self) -> tuple[Denial, ...]:
        """Every plain denial."""
        return tuple(denials(self.text))

    @cached_property
    def loose(self) -> tuple[frozenset[Feature], ...]:
        """For each word by which it may deny, the features of the words around."""
        return tuple(_loosely_denied(self.text))

    @cached_property
    def untold(self) -> bool:
        """Whether it denies that something was told."""
        told = english(_TELLS).finditer(self.text)
        beside = (self.text[max(0, one.start() - _BESIDE) : one.end() + _BESIDE] for one in told)
        return bool(english(_UNSAID).search(self.text)) or any(english(_NOT_TOLD).search(part) for part in beside)


def _loosely_denied(text: str) -> Iterator[frozenset[Feature]]:
    """For each word by which a text may deny, the features of the words around it in its sentence."""
    for sentence in _FULL_STOP.split(text):
        for match in _LOOSE.finditer(sentence):
            before = " ".join(sentence[: match.start()].split()[-_NEAR:])
            behind = " ".join(sentence[match.start() :].split()[: _NEAR + 1])
            yield english_features(f"{before} {behind}")


class Segment(NamedTuple):
    """A clause of a Korean sentence, and its features."""

    text: str
    features: tuple[frozenset[Feature], ...]


# 내고 … 않는: what stands before a connective is a clause of its own. 거나 and 나 share their denial.
_CONNECTIVE = compiled(r"(?<=[가-힣])(?:고|며|지만|는데|면서|으나|자|므로|해서|어서|아서),? (?!있|싶|나서)")


@functools.lru_cache(maxsize=4096)
def segments(sentence: str) -> tuple[Segment, ...]:
    """The clauses of a sentence, each with its ending."""
    found, start = [], 0
    for match in _CONNECTIVE.finditer(sentence):
        found.append(sentence[start : match.end()])
        start = match.end()
    found.append(sentence[start:])
    return tuple(Segment(text, korean_features(text)) for text in found if text.strip())


def matched(words: tuple[frozenset[Feature], ...], features: tuple[frozenset[Feature], ...]) -> list[bool]:
    """For each English word, whether a Korean feature is the same thing."""
    return [any(word & feature for feature in features) for word in words]
