"""Poles of what a newsletter says: faster and slower, more and less. Data for the check of comparisons."""

from __future__ import annotations

from typing import NamedTuple


class Pole(NamedTuple):
    """One end of an axis; alternatives are separated by ``|``.

    Attributes:
        korean: Words that name it in Korean, as they stand.
        strict: English words that name it plainly, as regular expressions.
        broad: English words that may mean it, likewise; where one stands, nothing is said.
    """

    korean: str
    strict: str
    broad: str


AXES: tuple[tuple[Pole, Pole], ...] = (
    (
        Pole(
            "빠르|빠른|빠릅|빨라|빨랐|신속",
            "fast|quick|rapid|swift",
            r"speed|accelerat|latenc|real-?time|instant|\d+x|×",
        ),
        Pole("느리|느린|느립|느려|느렸", "slow", "lag|latenc|bottleneck|delay|throttl"),
    ),
    (
        Pole(
            "저렴|값싼|싸게|싸졌|싼 ",
            "cheap|affordab|inexpensive|less expensive",
            "cost-effective|low|less|sav|free|cut|reduc|drop|fraction|/",
        ),
        Pole("비싸|비싼|비쌉|비쌌", "(?<!less )expensive|costl|pric(?:y|ey|ier)", r"more|high|increas|\$"),
    ),
    (
        Pole(
            "증가|늘었|늘어|늘렸|늘립|상승|올랐|급증",
            "increas|rise|rising|rose|grow|grew|surg|climb|soar",
            (
                "up|more|high|doubl|tripl|rais|expand|gain|jump|boost|improv|add|scal|extend|long|from|spik|"
                r"larg|x\b"
            ),
        ),
        Pole(
            "감소|줄었|줄어|줄였|줄입|하락|떨어",
            "decreas|reduc|drop|fell|fall|declin|shrink|shrank|slash",
            "low|cut|less|few|sav|down|degrad|los|minimi|short|compress|small|cheap|trim|from|halv|fast",
        ),
    ),
    (
        Pole(
            "향상|개선|좋아|나아졌",
            "improv|enhanc|boost",
            "better|gain|increas|upgrad|strong|high|outperform|fix|fast|best|beat",
        ),
        Pole(
            "저하|악화|나빠",
            "degrad|worse|deteriorat|regress",
            "drop|declin|suffer|hurt|los|low|fall|fell|bad|poor|decreas|reduc",
        ),
    ),
    (
        Pole("오픈소스|오픈 소스", "open-?sourc|open source", "open|apache|mit|github|weights|licens|oss"),
        Pole("폐쇄형|독점|비공개", "proprietary|closed", "private|hidden|secret|exclusiv|monopol|undisclosed|internal"),
    ),
    (
        Pole("성공", "succe(?:ss|ed)", "manag|achiev|solv|work|pass|win|won|reach|complet|accomplish"),
        Pole("실패", "fail|unsuccess", "unable|crash|could|not|n't|lost|los|struggl|miss|error|broke|wrong|collaps"),
    ),
    (
        Pole("허용|허가|승인", "allow|permit|approv", "enabl|let|accept|grant|authori|can|open|legal|access"),
        Pole(
            "금지|차단|불허",
            "ban|bans|banned|prohibit|forbid|block",
            "reject|deny|denied|refus|restrict|limit|not|n't|stop|prevent",
        ),
    ),
    (
        Pole(
            "시작|개시|재개",
            "start|begin|began|launch|resum",
            "open|kick|roll|introduc|releas|initiat|new|first|now|join|found|since",
        ),
        Pole(
            "중단|종료|중지",
            "stop|halt|paus|suspend|discontinu|shut|sunset|deprecat",
            "end|kill|clos|cease|finish|remov|cancel|until|drop",
        ),
    ),
    (
        Pole("대형|거대|큰 ", "large|big|huge|giant|massive", "scale|size|great|major|long|high"),
        Pole("소형|작은", "small|tiny|mini|compact|lightweight", "little|size|lite|light|nano|phi|less|few"),
    ),
    (
        Pole(
            "호평|칭찬|찬사",
            "prais|applaud|laud",
            "impress|like|lov|positive|great|good|excit|best|thank|acclaim|enthusias",
        ),
        Pole(
            "비판|비난|혹평",
            "critici|slam|condemn",
            "critic|concern|negative|complain|problem|question|flaw|against|backlash|blam",
        ),
    ),
    (
        Pole("채용|영입", "hir(?:e|ing)|recruit", "job|seek|look|join|talent|role|position|onboard"),
        Pole("해고|감원", "layoff|laid off|lays? off", "fire|fired|cut|let go|dismiss"),
    ),
    (
        Pole("합류|입사", "join", "hire|hiring|recruit|move|new|now"),
        Pole("퇴사|떠났|떠납|떠난|사임|사직", "leav(?:e|ing)|left|depart|quit|resign", "exit|former|ex-|step|out|go"),
    ),
    (
        Pole("찬성|지지", "in favou?r|support|endors", "back|agree|prais|approv|advocat"),
        Pole("반대", "oppos|against", "object|disagree|critic|reject|anti|protest|contrary|versus|opposite"),
    ),
)
