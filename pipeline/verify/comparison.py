"""Comparison is not turned round: the winner wins, faster is faster, more is more. Certain cases only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.records.verdicts import Finding
from pipeline.verify.checks import finding
from pipeline.verify.clauses import clauses_of, sentences_with_clauses, told_sentences
from pipeline.verify.contrasts import told_the_other_way
from pipeline.verify.index import Index, Place
from pipeline.verify.name_tables import KOREAN_NAMES
from pipeline.verify.name_tokens import Boundary, boundaries, fold, normalised
from pipeline.verify.negation import ENGLISH_PLAIN_NO, KOREAN_NO
from pipeline.verify.patterns import as_written, english, first_of, has_one
from pipeline.verify.poles import AXES, Pole
from pipeline.verify.support import Vocabulary

_COMPARISONS = (
    (
        "rank",
        r"outperform\w*|beats?|beating|surpass\w*|exceed\w*|outpac\w*|overt(?:ak|ook)\w*|edg\w+ out|better than"
        r"|stronger than|superior to|ahead of|wins? (?:against|over)|won against|defeat\w*",
        r"underperform\w*|lags? behind|lagging|trails?|trailing|loses? to|lost to|worse than|weaker than|inferior to"
        r"|behind",
    ),
    ("speed", r"faster(?: \w+){0,2} than|quicker than", r"slower(?: \w+){0,2} than"),
    (
        "price",
        r"more expensive than|pricier than|costs? more than",
        r"cheaper(?: \w+){0,2} than|less expensive than|costs? less than",
    ),
    ("size", r"(?:larger|bigger)(?: \w+){0,2} than", r"smaller(?: \w+){0,2} than"),
    ("level", r"higher(?: \w+){0,2} than", r"lower(?: \w+){0,2} than"),
)
"""Axis, English words with which the first name is the higher one, and those with which it is the lower one."""

# 보다 takes the standard of comparison; 을 능가 and 에 뒤지 take it as an object.
_THAN = (
    (
        "rank",
        "우수|뛰어나|뛰어난|낫|나은|나았|좋은|좋았|강력|앞서|앞섰|앞선",
        "뒤처|뒤지|뒤진|뒤졌|뒤떨|못하|못했|못합|떨어|약하|약합|나쁘|나쁩|나빴",
    ),
    ("speed", "빠르|빠른|빠릅|빨랐|빨라", "느리|느린|느립|느렸|느려"),
    ("price", "비싸|비싼|비쌉|비쌌", "저렴|싸|싼|쌉"),
    ("size", "크|큰|큽|컸|커", "작은|작았|작아|작습"),
    ("level", "높", "낮"),
)
_NAME = (
    r"(?:[A-Za-z0-9@][A-Za-z0-9.+_/-]{0,30}(?: [A-Za-z0-9][A-Za-z0-9.+_/-]{0,30}){0,4}"
    r"|[가-힣]{2,8}?(?: ?\d[\w.]{0,6})?)"
)
_SUBJECT = rf"(?<!\w)({_NAME}) ?(?:모델|모형)?(?:은|는|이|가)(?![^\W\d_A-Za-z])"
_STANDARDS = "보다|에 비해"
_STANDARD = rf"(?<!\w)({_NAME})(?:{_STANDARDS})(?![^\W\d_A-Za-z])"
_PASSES = "능가|앞서|앞섰|앞선|앞섭|앞설|앞질|제치|제쳤|제친|이겼|이기|뛰어넘|넘어서|넘어선|넘어섰|꺾"
_OBJECT = rf"(?<!\w)({_NAME})[을를](?: 크게| 소폭| 모두| 약간| 근소하게)? ?(?:{_PASSES})"
_TRAILS = "뒤지|뒤진|뒤졌|뒤집니|뒤질|뒤처|뒤떨|밀렸|밀리|밀린|못 미|못미|졌|패"
_BEHIND = rf"(?<!\w)({_NAME})(?:에|에게)(?: 크게| 소폭| 약간)? ?(?:{_TRAILS})"

# 뒤지다 takes 에; "GPT-4를 뒤졌습니다" is "GPT-4를 앞섰습니다" with its verb turned
_BEATEN_WORDS = "뒤졌|뒤지|뒤진|뒤집니|뒤처|못 미"
_BEATEN = r"[을를] (?:[가-힣0-9.%]{1,8} ){0,2}(?:뒤졌|뒤지|뒤진|뒤집니|뒤처|못 미[치친칩])|점 (?:뒤졌|뒤지|뒤진)"
_WINS = rf"\b(?:{_COMPARISONS[0][1]})\b"


def comparison_is_not_turned_round(place: Place, index: Index, vocabulary: Vocabulary) -> Iterator[Finding]:
    """The winner wins, faster is faster, more is more."""
    cited = [clause for item in index.cited(place) for clause in clauses_of(item.text)]
    text = "\n".join(item.text for item in index.cited(place))
    for sentence in told_sentences(place):
        claims = list(_claims(sentence))
        trails = has_one(_BEATEN_WORDS, sentence) and as_written(_BEATEN).search(sentence)
        beaten = trails and any(english(_WINS).search(clause) for clause in cited)
        against = told_the_other_way(sentence, text, is_ranked=bool(claims))
        if beaten or against or any(_is_reversed(claim, cited) for claim in claims):
            message = "the newsletter says the reverse of this comparison"
            yield finding("support.comparison", place.where, sentence, message, against)
    for sentence, clauses in sentences_with_clauses(place, index, vocabulary):
        if next(_claims(sentence), None) is None and not has_one(KOREAN_NO, sentence):
            yield from _opposite(sentence, "\n".join(clauses), place)


def _opposite(sentence: str, scope: str, place: Place) -> Iterator[Finding]:
    for axis in AXES:
        said = [_said(pole, sentence) for pole in axis]
        if bool(said[0]) == bool(said[1]):
            continue
        own, other = axis if said[0] else reversed(axis)
        against = english(rf"\b(?:{other.strict})").search(scope)
        same = english(rf"(?<![a-z])(?:{own.strict}|{own.broad})").search(scope)
        if against and not same and not ENGLISH_PLAIN_NO.search(scope):
            message = f"the newsletter says the opposite of {(said[0] or said[1]).strip()}: {against[0]}"
            yield finding("support.comparison", place.where, sentence, message, against[0])


def _said(pole: Pole, sentence: str) -> str:
    """The first word of a sentence that names a pole; empty where there is none."""
    found = first_of(pole.korean, sentence)
    return found[1] if found else ""


class _Claim(NamedTuple):
    """On an axis, ``high`` is over ``low``; each a tuple of alternative names, folded."""

    axis: str
    high: tuple[str, ...]
    low: tuple[str, ...]


def _claims(sentence: str) -> Iterator[_Claim]:
    """Comparisons of two names that a Korean sentence makes."""
    for verbs, pattern, wins in ((_PASSES, _OBJECT, True), (_TRAILS, _BEHIND, False)):
        for match in as_written(pattern).finditer(sentence) if has_one(verbs, sentence) else ():
            subject, other = _subject(sentence, match), _alternatives(match[1])
            if subject and other:
                yield _Claim("rank", subject, other) if wins else _Claim("rank", other, subject)
    for match in as_written(_STANDARD).finditer(sentence) if has_one(_STANDARDS, sentence) else ():
        subject, other = _subject(sentence, match), _alternatives(match[1])
        after = sentence[match.end() : match.end() + 40]
        ends = [
            (found[0], axis, wins)
            for axis, up, down in _THAN
            for wins, words in ((True, up), (False, down))
            if (found := first_of(words, after))
        ]
        if subject and other and ends:
            _, axis, wins = min(ends)
            yield _Claim(axis, subject, other) if wins else _Claim(axis, other, subject)


def _subject(sentence: str, standard: re.Match[str]) -> tuple[str, ...]:
    """The name with 은, 는, 이 or 가 nearest before the standard of comparison, else the first one after it."""
    names = [match for match in as_written(_SUBJECT).finditer(sentence) if _alternatives(match[1])]
    before = [match for match in names if match.end() <= standard.start()]
    after = [match for match in names if match.start() >= standard.end()]
    chosen = before[-1] if before else after[0] if after else None
    return _alternatives(chosen[1]) if chosen else ()


def _alternatives(name: str) -> tuple[str, ...]:
    """Folded Latin forms of a name; none for a Korean word that is no name."""
    korean = re.match(r"[가-힣]+", name)
    if korean is None:
        return (normalised(fold(name)),) if re.search(r"[A-Za-z]", name) else ()
    version = normalised(name[korean.end() :])
    return tuple(form + version for form in KOREAN_NAMES.get(korean[0], ()))


def _is_reversed(claim: _Claim, clauses: Sequence[str]) -> bool:
    """True when some clause of the items says the reverse and none says the same."""
    reverse = False
    for clause in clauses:
        for axis, up, down in _COMPARISONS:
            match, wins = english(rf"\b(?:{up})\b").search(clause), True
            if match is None:
                match, wins = english(rf"\b(?:{down})\b").search(clause), False
            if (
                axis != claim.axis
                or match is None
                or ENGLISH_PLAIN_NO.search(clause[max(0, match.start() - 30) : match.start()])
            ):
                continue
            left, right = boundaries(fold(clause[: match.start()])), boundaries(fold(clause[match.end() :]))
            if wins == bool(re.match(r" by\b", clause[match.end() :])):
                left, right = right, left
            if _only(claim.high, left, right) and _only(claim.low, right, left):
                return False
            reverse = reverse or (_only(claim.high, right, left) and _only(claim.low, left, right))
    return reverse


def _only(names: Sequence[str], here: Boundary, there: Boundary) -> bool:
    return any(here.holds(name) >= 0 for name in names) and not any(there.holds(name) >= 0 for name in names)
