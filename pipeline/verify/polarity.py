"""Negation and comparison are not turned round: the cheap, certain cases.

Only where the words of both languages say it plainly is anything found; all else passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.records import Finding
from pipeline.verify.checks import Index, Place, finding
from pipeline.verify.name_tables import KOREAN_NAMES
from pipeline.verify.name_tokens import Boundary, boundaries, fold, normalised
from pipeline.verify.sentences import sentences
from pipeline.verify.support import Vocabulary, english_features, korean_features
from pipeline.verify.terms import english_concepts, korean_concepts


class Axis(NamedTuple):
    """Two poles. The Korean word of one, where the newsletter has ``english`` of the other and nothing of this one."""

    korean: str
    broad: str
    opposite_korean: str
    opposite_broad: str
    strict: str
    opposite_strict: str


def _axis(korean: str, strict: str, broad: str, opposite: str, opposite_strict: str, opposite_broad: str) -> Axis:
    return Axis(korean, f"{strict}|{broad}", opposite, f"{opposite_strict}|{opposite_broad}", strict, opposite_strict)


_AXES = (
    _axis("빠르|빠른|빨라|빨랐|신속", "fast|quick|rapid|swift", "speed|accelerat|latenc|real-?time|instant|\\d+x|×",
          "느리|느린|느려|느렸", "slow", "lag|latenc|bottleneck|delay|throttl"),
    _axis("저렴|값싼|싸게|싸졌|싼 ", "cheap|affordab|inexpensive", "cost-effective|low|less|sav|free|cut|reduc|drop|fraction|/",
          "비싸|비싼|비쌌", "expensive|costl|pric(?:y|ey|ier)", "more|high|increas|\\$"),
    _axis("증가|늘었|늘어|늘렸|늘립|상승|올랐|급증", "increas|rise|rising|rose|grow|grew|surg|climb|soar",
          "up|more|high|doubl|tripl|rais|expand|gain|jump|boost|improv|add|scal|extend|long|from|spik|larg|x\\b",
          "감소|줄었|줄어|줄였|줄입|하락|떨어", "decreas|reduc|drop|fell|fall|declin|shrink|shrank|slash",
          "low|cut|less|few|sav|down|degrad|los|minimi|short|compress|small|cheap|trim|from|halv|fast"),
    _axis("향상|개선|좋아|나아졌", "improv|enhanc|boost", "better|gain|increas|upgrad|strong|high|outperform|fix|fast|best|beat",
          "저하|악화|나빠", "degrad|worse|deteriorat|regress", "drop|declin|suffer|hurt|los|low|fall|fell|bad|poor|decreas|reduc"),
    _axis("오픈소스|오픈 소스", "open-?sourc|open source", "open|apache|mit|github|weights|licens|oss",
          "폐쇄형|독점|비공개", "proprietary|closed", "private|hidden|secret|exclusiv|monopol|undisclosed|internal"),
    _axis("성공", "succe(?:ss|ed)", "manag|achiev|solv|work|pass|win|won|reach|complet|accomplish",
          "실패", "fail|unsuccess", "unable|crash|could|not|n't|lost|los|struggl|miss|error|broke|wrong|collaps"),
    _axis("허용|허가|승인", "allow|permit|approv", "enabl|let|accept|grant|authori|can|open|legal|access",
          "금지|차단|불허", "ban|bans|banned|prohibit|forbid|block", "reject|deny|denied|refus|restrict|limit|not|n't|stop|prevent"),
    _axis("시작|개시|재개", "start|begin|began|launch|resum", "open|kick|roll|introduc|releas|initiat|new|first|now|join|found|since",
          "중단|종료|중지", "stop|halt|paus|suspend|discontinu|shut|sunset|deprecat", "end|kill|clos|cease|finish|remov|cancel|until|drop"),
    _axis("대형|거대|큰 ", "large|big|huge|giant|massive", "scale|size|great|major|long|high",
          "소형|작은", "small|tiny|mini|compact|lightweight", "little|size|lite|light|nano|phi|less|few"),
    _axis("호평|칭찬|찬사", "prais|applaud|laud", "impress|like|lov|positive|great|good|excit|best|thank|acclaim|enthusias",
          "비판|비난|혹평", "critici|slam|condemn", "critic|concern|negative|complain|problem|question|flaw|against|backlash|blam"),
    _axis("채용|영입", "hir(?:e|ing)|recruit", "job|seek|look|join|talent|role|position|onboard",
          "해고|감원", "layoff|laid off|lays? off", "fire|fired|cut|let go|dismiss"),
    _axis("합류|입사", "join", "hire|hiring|recruit|move|new|now",
          "퇴사|떠났|떠납|떠난|사임|사직", "leav(?:e|ing)|left|depart|quit|resign", "exit|former|ex-|step|out|go"),
    _axis("찬성|지지", "in favou?r|support|endors", "back|agree|prais|approv|advocat",
          "반대", "oppos|against", "object|disagree|critic|reject|anti|protest|contrary|versus|opposite"),
)  # fmt: skip
"""Strict words name a pole plainly; broad ones may mean it, and where one stands nothing is said."""

_COMPARISONS = (
    ("rank", r"outperform\w*|beats?|beating|surpass\w*|exceed\w*|outpac\w*|overt(?:ak|ook)\w*|edg\w+ out|better than|stronger than"
             r"|superior to|ahead of|wins? (?:against|over)|won against|defeat\w*",
     r"underperform\w*|lags? behind|lagging|trails?|trailing|loses? to|lost to|worse than|weaker than|inferior to|behind"),
    ("speed", r"faster(?: \w+){0,2} than|quicker than", r"slower(?: \w+){0,2} than"),
    ("price", r"more expensive than|pricier than|costs? more than", r"cheaper(?: \w+){0,2} than|less expensive than|costs? less than"),
    ("size", r"(?:larger|bigger)(?: \w+){0,2} than", r"smaller(?: \w+){0,2} than"),
    ("level", r"higher(?: \w+){0,2} than", r"lower(?: \w+){0,2} than"),
)  # fmt: skip
_COMPARING = tuple(
    (axis, re.compile(rf"\b(?:{up})\b", re.I), re.compile(rf"\b(?:{down})\b", re.I)) for axis, up, down in _COMPARISONS
)
# 보다 takes the standard of comparison; 을 능가 and 에 뒤지 take it as an object.
_THAN = (
    (
        "rank",
        r"(?:더 )?(?:우수|뛰어나|뛰어난|낫|나은|나았|좋은|좋았|강력|앞서|앞섰|앞선)",
        r"(?:뒤처|뒤지|뒤졌|못하|못했|떨어|약하|나쁘|나빴)",
    ),
    ("speed", r"(?:빠르|빠른|빨랐|빨라)", r"(?:느리|느린|느렸|느려)"),
    ("price", r"(?:비싸|비싼|비쌌)", r"(?:저렴|싸|싼)"),
    ("size", r"(?:크|큰|컸|커)", r"(?:작은|작았|작아|작습)"),
    ("level", r"높", r"낮"),
)
_THANS = tuple((axis, re.compile(up), re.compile(down)) for axis, up, down in _THAN)
_NAME = r"(?:[A-Za-z0-9@][A-Za-z0-9.+_/-]{0,30}(?: [A-Za-z0-9][A-Za-z0-9.+_/-]{0,30}){0,4}|[가-힣]{2,8}?(?: ?\d[\w.]{0,6})?)"
_SUBJECT = re.compile(rf"(?<![\w가-힣])({_NAME}) ?(?:모델|모형)?(?:은|는|이|가)(?![가-힣])")
_STANDARD = re.compile(rf"(?<![\w가-힣])({_NAME})(?:보다|에 비해)(?![가-힣])")
_OBJECT = re.compile(
    rf"(?<![\w가-힣])({_NAME})[을를](?: 크게| 소폭| 모두| 약간| 근소하게)? ?(?:능가|앞서|앞섰|앞선|앞질|제치|제쳤|제친|이겼|이기|뛰어넘|넘어서|넘어섰|꺾)"
)
_BEHIND = re.compile(
    rf"(?<![\w가-힣])({_NAME})(?:에|에게)(?: 크게| 소폭| 약간)? ?(?:뒤지|뒤졌|뒤처|밀렸|밀리|못 미|못미|졌|패)"
)

_KOREAN_NO = re.compile(
    r"않|못|없|아니|아닌|아닙|안 |불가|실패|거부|거절|중단|금지|미지원|미공개|비공개|제외|부족|어렵|어려|힘들|반대|막|제한|결여|빠졌|취소|철회|포기|피하|무료|불|드물|그만|아직"
)
_KOREAN_PLAIN_NO = re.compile(
    r"^[가-힣]{0,3}?지(?:는|도|를)? ?(?:않|못)|^(?:[하되]|할|될)? ?수 ?(?:는|도|가)? ?없|^[가-힣]{0,2} ?불가능"
)
_ENGLISH_PLAIN_NO = re.compile(
    r"\b(?:not|cannot|never|no longer|unable to|fail(?:s|ed|ing)? to|lacks?|lacking|without|no)\b(?! (?:only|just|to mention|doubt|other|one|matter))"
    r"|n['’]t\b(?! wait)", re.I)  # fmt: skip
_ENGLISH_NO = re.compile(
    r"\b(?:not|no|never|none|nothing|nobody|without|neither|nor|cannot|few|less|little|hard|difficult|only|instead|rather|yet|still|but|"
    r"however|although|though|despite|zero|free|non|un[a-z]{3,}|in(?:ab|ac|comp|suff|eff)[a-z]+|im(?:poss|pract)[a-z]+|"
    r"(?:fail|lack|stop|halt|discontinu|ban|block|refus|reject|declin|deny|denie|miss|absen|struggl|limit|avoid|prevent|los|problem|issue|"
    r"broke|bug|exclud|remov|drop|skip|ignor|restrict|delay|challeng|doubt|question|concern|weak|poor|wors|degrad|error|crash|wrong)[a-z]*)\b"
    r"|n['’]t\b", re.I)  # fmt: skip
_CLAUSE = re.compile(r"[.!?;\n]+(?=\s|$)|(?:,? (?:but|while|whereas|although|though|however)\b)")
_WORD = re.compile(r"[A-Za-z]+")


def negation_is_not_turned_round(place: Place, index: Index, vocabulary: Vocabulary) -> Iterator[Finding]:
    """A term the newsletter denies is not affirmed, one it affirms is not denied."""
    for sentence, clauses in _told(place, index, vocabulary):
        scope = "\n".join(clauses)
        terms = [(at + len(stem), stem, concepts) for at, stem, concepts in korean_concepts(sentence)]
        denied, affirmed = _concepts(clauses)
        for end, stem, concepts in terms:
            denies = _KOREAN_PLAIN_NO.match(sentence[end : end + 12])
            if denies and concepts & affirmed and not _ENGLISH_NO.search(scope):
                yield finding(
                    "support.negation", place.where, sentence, f"the newsletter does not deny this: {stem}", clauses[0]
                )
                break
            if not denies and concepts & denied and not concepts & affirmed and not _KOREAN_NO.search(sentence):
                yield finding(
                    "support.negation", place.where, sentence, f"the newsletter denies this: {stem}", clauses[0]
                )
                break


def comparison_is_not_turned_round(place: Place, index: Index, vocabulary: Vocabulary) -> Iterator[Finding]:
    """The winner wins, faster is faster, more is more."""
    cited = [clause for item in index.cited(place) for clause in _clauses(item.text)]
    for sentence in _sentences(place):
        claims = list(_claims(sentence))
        if any(_is_reversed(claim, cited) for claim in claims):
            yield finding(
                "support.comparison", place.where, sentence, "the newsletter says the reverse of this comparison"
            )
    for sentence, clauses in _told(place, index, vocabulary):
        if next(_claims(sentence), None) is None and not _KOREAN_NO.search(sentence):
            yield from _opposite(sentence, "\n".join(clauses), place)


def _opposite(sentence: str, scope: str, place: Place) -> Iterator[Finding]:
    for axis in _AXES:
        up, down = re.search(axis.korean, sentence), re.search(axis.opposite_korean, sentence)
        if bool(up) == bool(down):
            continue
        own, other = (axis.broad, axis.opposite_strict) if up else (axis.opposite_broad, axis.strict)
        against = re.search(rf"\b(?:{other})", scope, re.I)
        if against and not re.search(rf"(?<![a-z])(?:{own})", scope, re.I) and not _ENGLISH_PLAIN_NO.search(scope):
            said = (up or down or against)[0].strip()
            message = f"the newsletter says the opposite of {said}: {against[0]}"
            yield finding("support.comparison", place.where, sentence, message, against[0])


class _Claim(NamedTuple):
    """On an axis, ``high`` is over ``low``; each a tuple of alternative names, folded."""

    axis: str
    high: tuple[str, ...]
    low: tuple[str, ...]


def _claims(sentence: str) -> Iterator[_Claim]:
    """Comparisons of two names that a Korean sentence makes."""
    for pattern, wins in ((_OBJECT, True), (_BEHIND, False)):
        for match in pattern.finditer(sentence):
            subject, other = _subject(sentence, match), _alternatives(match[1])
            if subject and other:
                yield _Claim("rank", subject, other) if wins else _Claim("rank", other, subject)
    for match in _STANDARD.finditer(sentence):
        subject, other = _subject(sentence, match), _alternatives(match[1])
        after = sentence[match.end() : match.end() + 40]
        ends = [
            (found.start(), axis, wins)
            for axis, up, down in _THANS
            for wins, p in ((True, up), (False, down))
            if (found := p.search(after))
        ]
        if subject and other and ends:
            _, axis, wins = min(ends)
            yield _Claim(axis, subject, other) if wins else _Claim(axis, other, subject)


def _subject(sentence: str, standard: re.Match[str]) -> tuple[str, ...]:
    """The name with 은, 는, 이 or 가 nearest before the standard of comparison, else the first one after it."""
    names = [match for match in _SUBJECT.finditer(sentence) if _alternatives(match[1])]
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
        for axis, up, down in _COMPARING:
            match, wins = up.search(clause), True
            if match is None:
                match, wins = down.search(clause), False
            if (
                axis != claim.axis
                or match is None
                or _ENGLISH_PLAIN_NO.search(clause[max(0, match.start() - 30) : match.start()])
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


def _concepts(clauses: Sequence[str]) -> tuple[frozenset[int], frozenset[int]]:
    """Concepts within four words after a plain negation, and all others."""
    denied: set[int] = set()
    affirmed: set[int] = set()
    for clause in clauses:
        spans = [match.end() for match in _ENGLISH_PLAIN_NO.finditer(clause)]
        for word in _WORD.finditer(clause):
            is_denied = any(end <= word.start() and clause.count(" ", end, word.start()) <= 4 for end in spans)
            (denied if is_denied else affirmed).update(english_concepts(word[0].lower()))
    return frozenset(denied), frozenset(affirmed)


def _sentences(place: Place) -> tuple[str, ...]:
    if place.kind not in ("intro", "bullet", "description", "title"):
        return ()
    return tuple(sentence for piece in place.pieces for sentence in sentences(piece))


def _clauses(text: str) -> list[str]:
    return [clause for clause in (part.strip() for part in _CLAUSE.split(text)) if clause]


def _told(place: Place, index: Index, vocabulary: Vocabulary) -> Iterator[tuple[str, list[str]]]:
    """Each sentence with the clauses of its items that tell the same: those sharing nearly as much as the best does."""
    clauses = [(clause, english_features(clause)) for item in index.cited(place) for clause in _clauses(item.text)]
    for sentence in _sentences(place):
        wanted = korean_features(sentence)
        scored = [(sum(vocabulary.weight(w) for w in wanted if w & features), clause) for clause, features in clauses]
        best = max((score for score, _ in scored), default=0.0)
        hits = max((sum(bool(w & features) for w in wanted) for _, features in clauses), default=0)
        if hits >= MIN_HITS:
            yield sentence, [clause for score, clause in sorted(scored, reverse=True) if score >= NEARLY * best]


MIN_HITS = 3
"""Features a clause must share with a sentence to be taken for what it tells."""

NEARLY = 0.6
"""Share of the best clause's weight with which another clause counts as telling the same."""
