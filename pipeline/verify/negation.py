"""Negation is not turned round: the cheap, certain cases. Where the words are not plain, all passes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.records.issues import Item
from pipeline.records.verdicts import Finding
from pipeline.verify.checks import finding
from pipeline.verify.clauses import sentences_with_clauses, told_sentences
from pipeline.verify.denials import Denial, Denied, Segment, matched, segments
from pipeline.verify.features import Feature, korean_features
from pipeline.verify.index import Index, Place
from pipeline.verify.patterns import compiled, english, has_one
from pipeline.verify.support import Vocabulary
from pipeline.verify.terms import english_concepts, korean_concepts

KOREAN_NO = (
    "않|못|없|아니|아닌|아닙|안 |불|실패|거부|거절|중단|금지|미지원|미공개|비공개|제외|부족|어렵|어려|힘들"
    "|반대|막|제한|결여|빠졌|취소|철회|포기|피하|무료|드물|그만|어긋|벗어나|뒤집|의외"
)
"""Anything by which a Korean sentence may deny."""

_KOREAN_PLAIN_NO = compiled(
    r"^[가-힣]{0,3}?지(?:는|도|를)? ?(?:않|못)|^(?:[하되]|할|될)? ?수 ?(?:는|도|가)? ?없|^[가-힣]{0,2} ?불가능"
)
ENGLISH_PLAIN_NO = english(
    r"\b(?:not|cannot|never|no longer|unable to|fail(?:s|ed|ing)? to|lacks?|lacking|without|no)\b"
    r"(?! (?:only|just|to mention|doubt|other|one|matter|(?:more|less|fewer|later|longer) than)\b)"
    r"|n['’]t\b(?! wait)"
)  # fmt: skip
# "Do not train the embeddings: it cost 6 points" advises; it does not deny that someone trained them.
_ADVICE = english(r"(?:^|: )(?:do not|don['’]t|never)\b")
_ENGLISH_NO = english(
    r"\b(?:not|no|never|none|nothing|nobody|without|neither|nor|cannot|few|less|little|hard|difficult|only|instead|rather|yet|still|but|"
    r"however|although|though|despite|zero|free|non|un[a-z]{3,}|in(?:ab|ac|comp|suff|eff)[a-z]+|im(?:poss|pract)[a-z]+|"
    r"(?:fail|lack|stop|halt|discontinu|ban|block|refus|reject|declin|deny|denie|miss|absen|struggl|limit|avoid|prevent|los|problem|issue|"
    r"broke|bug|exclud|remov|drop|skip|ignor|restrict|delay|challeng|doubt|question|concern|weak|poor|wors|degrad|error|crash|wrong)[a-z]*)\b"
    r"|n['’]t\b"
)  # fmt: skip
_WORD = re.compile(r"[A-Za-z]+")
# A sentence that denies with its last word, phrases that affirm aside (그치지 않습니다: "not only").
_ENDS_IN_NO = compiled(
    r"(?:(?<!그치)(?<!적)(?<!다르)(?<!변하)(?<!뒤지)(?<!나쁘)(?<!밀리)지(?:는|도)? (?:않|못)[가-힣]{1,5}"
    r"|(?<=수 )없[가-힣]{1,4}|(?<!상관)(?<!문제)없[가-힣]{1,4}|(?<=[이가] )아닙니다)[.!]?$"
)
_BARELY = compiled(r"(?<![가-힣])채 [가-힣]{1,6}지")  # 10초가 채 걸리지 않습니다: "under 10 seconds"
_SAYS = compiled(
    r"(?:밝히|전하|말하|주장하|의심하|제안하|권하|소개하|선보이|지적하|경고하|추측하|설명하|평가하|보고하|공유하|알리"
    r"|[다라]고 하|(?:추측|지적|추정|우려|의견)[이도] 나오)지 [않못][가-힣]{1,5}[.!]?$"
)
# English by which one denies, none of which may stand in what a denying sentence rests on.
_DENIES = english(
    r"\b(?:not|no|never|none|nothing|nobody|without|neither|nor|cannot|few|little|hardly|rarely|seldom|yet|beyond|zero"
    r"|unless|un(?!i|der|til|ited|ion)[a-z]{3,}|in(?:ab|ac|comp|suff|eff|cap)[a-z]+|im(?:poss|pract)[a-z]+|non-?[a-z]+"
    r"|mis[a-z]+|(?:fail|lack|stop|halt|discontinu|ban|block|refus|reject|declin|deny|denie|miss|absen|avoid|prevent"
    r"|exclud|remov|withh[eo]ld|withdr[ae]w|cancel|forb[ia]d|prohibit|restrict|hidden|struggl|limit|skip|drop"
    r"|impossib|away|free|los)[a-z]*)\b|n['’]t\b"
)


# Anything by which a clause may tell what English denies.
_TELLS_NO = (
    "않|못|없|아니|아닌|아닙|말고|뿐|만 |안 되|안 돼|안 됐|안 된|안 하|안 한|안 했|안 쓰|안 씁"
    "|불가|불필요|불투명|불분명|불확실|불충분|불허|불완전|미지원|미공개|미완|미정|비공개|비정상"
    "|무료|무관|무시|무단|무제한|무응답|무해|무상|무보정|실패|거부|거절|중단|금지|제외|부족|모자|어렵|어려|힘들|반대"
    "|막았|막는|막힌|막히|막혔|막아|막으|막을|제한|결여|빠졌|빠진|빠뜨|빠지|빠집|빼|뺀|뺐|취소|철회|포기"
    "|피하|피해|피한|피할|드물|그만|벗어나|뒤집|의외|그치|그쳤|그친|덜|잃|끊|건너뛰|외면|놓치|놓친|놓쳤|모르|몰라|모른"
    "|차단|억제|방지|부정|부인|반박|의심|회의적|한계|끄|끈|꺼|약하|약한|약합|잊|누락|결함|오류|배제|탈락|단점|손상|저하"
)
_ASKING = "채 |결코|아무도|아무런|좀처럼|그다지|전혀|아직|수 있|고 없|야 하지"
_ASKS_FOR_NO = (
    r"[이가도] 채 [가-힣]{1,8}니다|(?<![가-힣])(?:결코|아무도|아무런|좀처럼|그다지) "
    r"|(?<![가-힣])전혀 (?!다[른르]|새|딴|별개|무관)"
    r"|(?<![가-힣])아직 (?:[\w.]{1,12} ){0,3}[가-힣]{0,8}(?:[됐했갔왔났섰]|[가-힣]었|[가-힣]았)습니다"
    r"|수 있(?:도록|게) (?:[가-힣]{1,8} ){0,2}(?:막[았는아]|금지)"
    r"|(?<![가나]|죽)고 없(?:습|다|는)|야 하지 않"
)
_DENIAL = re.compile(
    r"(?<!그치)(?<!적)(?<!다르)(?<!변하)(?<!뒤지)(?<!나쁘)(?<!밀리)지(?:는|도|조차)? (?=않|못)|(?<=수 )없"
    r"|(?<=수[는도] )없|(?<!상관)(?<!문제)(?<!끊임)(?<!가차 )(?<!가차)(?<!틀림)없(?!애|앴|앤)|(?<=[이가] )아닙"
)
# 밝히지 않, 는 의견이 나오지 않, 라고 전하지 않
_SAYING = compiled(
    r"(?:[다라자냐]고 (?:[가-힣]{1,6} )?[가-힣]{1,6}|밝히|전하|말하|주장하|제안하|권하|소개하|지적하|경고하|추측하"
    r"|설명하|평가하|보고하|공유하|알리|의심[하되]|추정되|짚|비판하|언급하|반박하|강조하|예고하|인정하|결론[짓지]|걱정하|우려하"
    r"|(?:추측|지적|추정|우려|의견|주장|해석|평가|관측|소문|걱정|비판|조언|권고|이야기|정정|반론|질문|전망|불만|제안|설명"
    r"|[이사]용자|사람들?|참여자)[이도가] (?:나오|있|제기되|올라오|이어지))지(?:는|도)? $"
)
_DESCRIBES = compiled(r"[않못없][가-힣]{0,2}[던은는을] ")  # 더는 권하지 않던 API: "deprecated"
_WORDS_BEFORE = 7
"""Words up to a denial that it is about."""
_SHARE = 0.34
"""Of the words of a denying clause that the items have, how many must stand near one of their denials."""
_TELLS_CONTRAST = "보다|아니|대신|말고|않|없|못"


def _denied(sentence: str, items: Sequence[Item], vocabulary: Vocabulary) -> str:
    """What the items plainly deny and the sentence tells as if they affirmed it; empty where there is no such thing."""
    clauses = segments(sentence)
    for denial in (one for item in items for one in _of(item, vocabulary).plain):
        words = _TELLS_CONTRAST if denial.contrasts else _TELLS_NO
        telling = [clause for clause in clauses if _tells(denial, clause)]
        if telling and not any(has_one(words, clause.text) for clause in telling):
            return denial.clause.strip()[-160:]
    return ""


def _denies_freely(sentence: str, items: Sequence[Item], vocabulary: Vocabulary) -> bool:
    """Whether a clause denies something that the items tell, and near no word by which they deny."""
    read = [_of(item, vocabulary) for item in items]
    for clause in segments(sentence):
        denial = _DENIAL.search(clause.text)
        if not denial or _BARELY.search(clause.text):
            continue
        about = " ".join(clause.text[: denial.end()].split(" ")[-_WORDS_BEFORE:])
        if _SAYING.search(about) and not _DESCRIBES.match(clause.text, denial.end()):
            return not any(one.untold for one in read)
        told = frozenset().union(*(vocabulary.features(item) for item in items))
        wanted = [one for one in korean_features(about) if one & told]
        least = max(1.0, _SHARE * len(wanted))
        near = (sum(bool(one & around) for one in wanted) for item in read for around in item.loose)
        if len(wanted) > 1 and not any(hits >= least for hits in near):
            return True
    return False


def _broken(sentence: str) -> str:
    """A clause with a word that asks for a denial, without one: 10초가 채 걸립니다, 아직 최적화됐습니다."""
    for clause in segments(sentence):
        asks = has_one(_ASKING, clause.text) and compiled(_ASKS_FOR_NO).search(clause.text)
        if asks and not has_one(_TELLS_NO, clause.text):
            return clause.text.strip()
    return ""


def _of(item: Item, vocabulary: Vocabulary) -> Denied:
    """What an item denies, read once."""
    known = vocabulary.of_denial.get(item.id)
    if known is None:
        known = vocabulary.of_denial[item.id] = Denied(item.text)
    return known


def _tells(denial: Denial, clause: Segment) -> bool:
    """Whether a Korean clause tells half of what is denied: the next word or two of the nearest three."""
    hits = matched(denial.words, clause.features)
    if sum(hits) < 2:
        return len(hits) <= 2 and hits[0] and not denial.is_told_too and (len(hits) == 1 or _is_name(denial.words[0]))
    return sum(hits) >= 0.5 * len(hits) and (hits[0] or sum(hits[:3]) > 1)


def _is_name(word: frozenset[Feature]) -> bool:
    """Whether a word is in no term of the field: a name or a figure."""
    return all(isinstance(feature, str) for feature in word)


def negation_is_not_turned_round(place: Place, index: Index, vocabulary: Vocabulary) -> Iterator[Finding]:
    """A term the newsletter denies is not affirmed, one it affirms is not denied."""
    items = index.cited(place)
    turned = set()
    for sentence in told_sentences(place) if items else ():
        if _denies_freely(sentence, items, vocabulary):
            turned.add(sentence)
            yield finding("support.negation", place.where, sentence, "the newsletter does not deny this")
        elif expected := _broken(sentence) or _denied(sentence, items, vocabulary):
            turned.add(sentence)
            yield finding("support.negation", place.where, sentence, "a denial is missing here", expected)
    for sentence, clauses in sentences_with_clauses(place, index, vocabulary):
        if sentence in turned:
            continue
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
            if not denies and concepts & denied and not concepts & affirmed and not has_one(KOREAN_NO, sentence):
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
