"""What bounds a figure, as it stands around it: "up to", "at least", 약, 이상."""

from __future__ import annotations

import re
from typing import Literal

from pipeline.verify.patterns import compiled, english, has_one

Bound = Literal["most", "least", "about"]

# Before the figure.
_PRECEDING: tuple[tuple[Bound, str, str], ...] = (
    (
        "most",
        "up to|upto|at most|as many as|as much as|(?<!no )(?<!not )(?:less|fewer) than|under|below|(?:no|not) more than"
        "|maximum of|max of",
        "<=?|≤|최대|많아야|기껏해야",
    ),
    (
        "least",
        "over|(?<!no )(?<!not )more than|(?:no|not) (?:less|fewer) than"
        "|at least|above|exceed|exceeds|exceeding|exceeded|greater than|minimum of"
        "|upwards of|surpass|surpasses|surpassed|surpassing|beyond",
        ">=?|≥|최소|적어도",
    ),
    (
        "about",
        r"about|around|approximately|approx\.?|roughly|nearly|almost|circa|close to",
        r"(?<![\w%])~|≈|≃|(?<![가-힣])(?:약|대략|거의|어림잡아|근)",
    ),
)
_BEFORE = tuple(
    (bound, re.compile(rf"(?:(?<![A-Za-z])(?i:{english})|{other}) ?$")) for bound, english, other in _PRECEDING
)
# Behind the figure, after at most two syllables of particles.
_FOLLOWING: tuple[tuple[Bound, str], ...] = (
    (
        "most",
        r"[가-힣]{0,2} ?(?:이하|미만|이내|까지|안에|내에|밑|아래|[도이가] 채? ?안 |에 못 미|or (?:less|fewer|below)"
        r"|max\b)",
    ),
    ("least", r"\+|[가-힣]{0,2} ?(?:이상|초과|넘|웃돌|웃도|웃돕|웃돈|돌파|상회|여(?![가-힣]))|여(?= ?[명개건곳])"),
    ("least", r" ?(?:or more|plus)\b"),
    ("about", r"[가-힣]{0,2} ?(?:가량|정도|남짓|안팎|쯤|내외|수준|여(?![가-힣]))|여(?= ?[명개건곳])"),
    ("about", r" or so\b|-ish\b"),
)
_AFTER = tuple((bound, compiled(pattern)) for bound, pattern in _FOLLOWING)
_MOST_BEHIND = compiled(r"[가-힣]{0,2} ?(?:이하|미만|이내|아래|밑)")
# Anywhere in the clause: enough to say that a bound of the source was not lost.
_LOOSE: dict[Bound, str] = {
    "most": (
        "최대|이하|미만|이내|까지|안에|내에|많아야|기껏해야|넘지|못 미치|못미치|아래|밑|≤|<|up to|under|below|채 "
        "|안 되|안 된"
    ),
    "least": "최소|이상|초과|넘|웃도|웃돌|웃돕|웃돈|돌파|상회|적어도|여 |여명|여개|남짓|≥|>|+|over|more than",
    "about": "약|대략|거의|가량|정도|남짓|안팎|쯤|내외|수준|여 |여명|여개|어림|근접|가까|육박|~|≈|추정|about",
}


_CLAIMED: tuple[tuple[Bound, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        "most",
        re.compile(r"(?:최대|많아야) ?(?:초당 |[$€£])?$"),
        compiled(r"[가-힣]? ?(?:이하|미만)|(?: ?[가-힣]{1,3}?)?(?:에(?:도|는)? 못 ?미치|[도이가] (?:채 )?안 되)"),
    ),
    ("least", re.compile(r"(?:최소|적어도) ?(?:초당 |[$€£])?$"), compiled(r"[가-힣]? ?(?:이상|초과)")),
)
_LIMITS: dict[Bound, str] = {
    "most": (
        r"up ?to|\bmax|at most|\bunder\b|below|less|fewer|lower|within|limit|\bcap|no more|\bas \w+ as|<|≤|reach"
        r"|down to|peak|until|smaller|ceiling|top\b|largest|best|highest|only|shorter|inside|\bfits?\b|support"
    ),
    "least": (
        r"at least|\bover\b|more|above|\bmin|\bfrom\b|\+|>|≥|exceed|beyond|start|\bplus\b|surpass|larger|greater|higher"
        r"|no less|longer|as low as|begin|past\b|require|need|lowest|upwards?"
    ),
    "about": "",
}

# Beside a share, a score or a price nothing else makes it a bound: before it in its clause, or right behind it.
_EXACT = frozenset({"percent", "percent point", "point", "USD", "EUR", "GBP", "KRW", "CAD"})
_STRICT_BEFORE: dict[Bound, str] = {
    "most": (
        r"up ?to|\bmax|at most|\bunder\b|below|\bless\b|fewer|\blower than|within|limit|\bcapp?|no more|\bas \w+ as|<|≤"
        r"|down to|peak|until|ceiling|highest|top(?:s|ped|ping)? out|between|reach(?:es|ing)? as|only \b|maximum"
    ),
    "least": (
        r"at least|\bover\b|more than|above|\bmin(?:imum)?\b|>|≥|exceed|beyond|start|surpass|larger|greater|higher than"
        r"|no less|as low as|past\b|lowest|upwards?|between"
    ),
}
_STRICT_BEHIND: dict[Bound, str] = {
    "most": r"[a-z% ]{0,12}(?:max\b|or (?:less|lower|below|fewer|under)|at (?:most|best)|ceiling|cap\b|limit|peak)",
    "least": (
        r" ?\+|[a-z% ]{0,12}(?:\+|\bplus\b|or (?:more|higher|above|over|better|greater)|at least|min(?:imum)?\b|and up)"
    ),
}
_RANGE_END: dict[Bound, re.Pattern[str]] = {
    "most": re.compile(r"(?:\d[%kKmMbB]? ?(?:~|-)|^(?!.*\bfrom\b).*\d% to) ?[$€£]?$"),
    "least": re.compile(r"[%kKmMbB]?(?: ?(?:~|-) ?)[$€£]?\d"),
}
_FROM_PRICE = english(r"(?<!up )(?<!down )\bfrom (?:just |only |about )?$")
_TO = re.compile(r"[^,;.]{0,12} to ")
_STARTING = english(r"\bstart(?:s|ing|ed)? (?:at|from) (?:just |only |about )?(?:[$€£][\d.,]{1,9} (?:and|/) ?)?$")
_STARTS = "부터|시작|최저|최소|이상|하한|넘"
_CLAUSE = re.compile(r"[;:()]|[.,](?!\d)")


def bounds(text: str, start: int, end: int, *, spans: bool) -> frozenset[Bound]:
    """The bounds written right before ``start`` or right after ``end``.

    Args:
        spans: The figure is a duration or a number of runs: "over 3 days" and "over 20 runs" may say how long
            something went on, so "over" is no bound there.
    """
    before = text[max(0, start - 16) : start]
    found: set[Bound] = set()
    for bound, pattern in _BEFORE:
        match = pattern.search(before)
        if match and not (spans and match.group().strip().lower() == "over"):
            found.add(bound)
    found |= {bound for bound, pattern in _AFTER if pattern.match(text, end)}
    if "least" in found and not _MOST_BEHIND.match(text, end):  # 최소 128K 토큰까지
        found.discard("most")
    return frozenset(found)


def claimed(text: str, start: int, end: int) -> frozenset[Bound]:
    """The bounds that are written right beside a Korean figure in words that mean nothing else."""
    before, behind = text[max(0, start - 12) : start], text[end : end + 14]
    return frozenset(bound for bound, first, last in _CLAIMED if first.search(before) or last.match(behind))


def says_bound(text: str, start: int, end: int, bound: Bound, unit: str = "") -> bool:
    """Whether an English text may mean ``bound`` of a figure of ``unit``.

    Some word of limit or excess stands near it; of a share, a score or a price in the same clause, or the figure is
    that end of a range.
    """
    if unit not in _EXACT:
        return bool(english(_LIMITS[bound]).search(text[max(0, start - 60) : end + 40]))
    before = _CLAUSE.split(text[max(0, start - 50) : start])[-1]
    if english(_STRICT_BEFORE[bound]).search(before) or re.compile(_STRICT_BEHIND[bound]).match(text, end):
        return True
    if bound == "most":
        return bool(_RANGE_END["most"].search(before))
    starts_at = text[start] in "$€£" and _FROM_PRICE.search(before) and not _TO.match(text, end)
    return bool(starts_at or _RANGE_END["least"].match(text, end))


def loses_start(text: str, item: str, start: int) -> bool:
    """Whether a price at ``start`` of an English text is where prices start, and a Korean text does not say so."""
    return bool(_STARTING.search(item[max(0, start - 40) : start])) and not has_one(_STARTS, text)


def keeps_bound(text: str, start: int, end: int, bound: Bound) -> bool:
    """Whether a word for ``bound`` stands in the clause around a figure."""
    return has_one(_LOOSE[bound], text[max(0, start - 18) : end + 18])
