"""Negation is not turned round: the cheap, certain cases. Where the words are not plain, all passes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.records import Finding
from pipeline.verify.checks import Index, Place, finding
from pipeline.verify.clauses import sentences_with_clauses
from pipeline.verify.support import Vocabulary
from pipeline.verify.terms import english_concepts, korean_concepts

KOREAN_NO = re.compile(
    r"않|못|없|아니|아닌|아닙|안 |불가|실패|거부|거절|중단|금지|미지원|미공개|비공개|제외|부족|어렵|어려|힘들"
    r"|반대|막|제한|결여|빠졌|취소|철회|포기|피하|무료|불|드물|그만|어긋|벗어나|뒤집|의외"
)
"""Anything by which a Korean sentence may deny."""

_KOREAN_PLAIN_NO = re.compile(
    r"^[가-힣]{0,3}?지(?:는|도|를)? ?(?:않|못)|^(?:[하되]|할|될)? ?수 ?(?:는|도|가)? ?없|^[가-힣]{0,2} ?불가능"
)
ENGLISH_PLAIN_NO = re.compile(
    r"\b(?:not|cannot|never|no longer|unable to|fail(?:s|ed|ing)? to|lacks?|lacking|without|no)\b"
    r"(?! (?:only|just|to mention|doubt|other|one|matter|(?:more|less|fewer|later|longer) than)\b)"
    r"|n['’]t\b(?! wait)", re.I)  # fmt: skip
# "Do not train the embeddings: it cost 6 points" advises; it does not deny that someone trained them.
_ADVICE = re.compile(r"(?:^|: )(?:do not|don['’]t|never)\b", re.I)
_ENGLISH_NO = re.compile(
    r"\b(?:not|no|never|none|nothing|nobody|without|neither|nor|cannot|few|less|little|hard|difficult|only|instead|rather|yet|still|but|"
    r"however|although|though|despite|zero|free|non|un[a-z]{3,}|in(?:ab|ac|comp|suff|eff)[a-z]+|im(?:poss|pract)[a-z]+|"
    r"(?:fail|lack|stop|halt|discontinu|ban|block|refus|reject|declin|deny|denie|miss|absen|struggl|limit|avoid|prevent|los|problem|issue|"
    r"broke|bug|exclud|remov|drop|skip|ignor|restrict|delay|challeng|doubt|question|concern|weak|poor|wors|degrad|error|crash|wrong)[a-z]*)\b"
    r"|n['’]t\b", re.I)  # fmt: skip
_WORD = re.compile(r"[A-Za-z]+")
# A sentence that denies with its last word, phrases that affirm aside (그치지 않습니다: "not only").
_ENDS_IN_NO = re.compile(
    r"(?:(?<!그치)(?<!적)(?<!다르)(?<!변하)(?<!뒤지)(?<!나쁘)(?<!밀리)지(?:는|도)? (?:않|못)[가-힣]{1,5}"
    r"|(?<=수 )없[가-힣]{1,4}|(?<!상관)(?<!문제)없[가-힣]{1,4}|(?<=[이가] )아닙니다)[.!]?$"
)
_BARELY = re.compile(r"(?<![가-힣])채 [가-힣]{1,6}지")  # 10초가 채 걸리지 않습니다: "under 10 seconds"
_SAYS = re.compile(
    r"(?:밝히|전하|말하|주장하|의심하|제안하|권하|소개하|선보이|지적하|경고하|추측하|설명하|평가하|보고하|공유하|알리"
    r"|[다라]고 하|(?:추측|지적|추정|우려|의견)[이도] 나오)지 [않못][가-힣]{1,5}[.!]?$"
)
# English by which one denies, none of which may stand in what a denying sentence rests on.
_DENIES = re.compile(
    r"\b(?:not|no|never|none|nothing|nobody|without|neither|nor|cannot|few|little|hardly|rarely|seldom|yet|beyond|zero"
    r"|unless|un(?!i|der|til|ited|ion)[a-z]{3,}|in(?:ab|ac|comp|suff|eff|cap)[a-z]+|im(?:poss|pract)[a-z]+|non-?[a-z]+"
    r"|mis[a-z]+|(?:fail|lack|stop|halt|discontinu|ban|block|refus|reject|declin|deny|denie|miss|absen|avoid|prevent"
    r"|exclud|remov|withh[eo]ld|withdr[ae]w|cancel|forb[ia]d|prohibit|restrict|hidden|struggl|limit|skip|drop"
    r"|impossib|away|free|los)[a-z]*)\b|n['’]t\b",
    re.I,
)


def negation_is_not_turned_round(place: Place, index: Index, vocabulary: Vocabulary) -> Iterator[Finding]:
    """A term the newsletter denies is not affirmed, one it affirms is not denied."""
    for sentence, clauses in sentences_with_clauses(place, index, vocabulary):
        scope = "\n".join(clauses)
        if _denies_all(sentence, scope, " ".join(item.text for item in index.cited(place))):
            message = "the sentence denies what the newsletter says"
            yield finding("support.negation", place.where, sentence, message, clauses[0])
            continue
        terms = [(at + len(stem), stem, concepts) for at, stem, concepts in korean_concepts(sentence)]
        denied, affirmed = _concepts(clauses)
        for end, stem, concepts in terms:
            denies = _KOREAN_PLAIN_NO.match(sentence[end : end + 12])
            if denies and concepts & affirmed and not _ENGLISH_NO.search(scope):
                yield finding(
                    "support.negation", place.where, sentence, f"the newsletter does not deny this: {stem}", clauses[0]
                )
                break
            if not denies and concepts & denied and not concepts & affirmed and not KOREAN_NO.search(sentence):
                yield finding(
                    "support.negation", place.where, sentence, f"the newsletter denies this: {stem}", clauses[0]
                )
                break


def _denies_all(sentence: str, scope: str, whole: str) -> bool:
    """Whether a sentence denies with its last word, where what it rests on has no word of denial.

    That is all of the items, but for what somebody "did not say": it is denied where the saying stands.
    """
    denial = None if _BARELY.search(sentence) else _ENDS_IN_NO.search(sentence)
    return bool(denial) and not _DENIES.search(scope if _SAYS.search(sentence) else whole)


def _concepts(clauses: Sequence[str]) -> tuple[frozenset[int], frozenset[int]]:
    """Concepts within four words after a plain negation, and all others."""
    denied: set[int] = set()
    affirmed: set[int] = set()
    for clause in clauses:
        advice = {match.end() for match in _ADVICE.finditer(clause)}
        spans = [match.end() for match in ENGLISH_PLAIN_NO.finditer(clause) if match.end() not in advice]
        for word in _WORD.finditer(clause):
            is_denied = any(end <= word.start() and clause.count(" ", end, word.start()) <= 4 for end in spans)
            (denied if is_denied else affirmed).update(english_concepts(word[0].lower()))
    return frozenset(denied), frozenset(affirmed)
