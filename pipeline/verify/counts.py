"""Small counts: when the items count otherwise, and what the text lists itself ("8B, 4B, 1.7B 세 크기")."""

from __future__ import annotations

import re

from pipeline.verify.figure import Figure
from pipeline.verify.units import COUNTS

SMALL = 10
COUNTING = COUNTS - {"token", "parameter", "point", "frame"}
# Korean nouns of a count and the English words that fit them; a count of something else contradicts nothing.
_COUNTED_NOUNS: dict[str, tuple[str, ...]] = {
    "모델": ("model", "llm", "variant", "version", "size"),
    "회사": ("compan", "firm", "lab", "startup", "vendor"),
    "기업": ("compan", "firm", "lab", "startup", "vendor"),
    "논문": ("paper",),
    "데이터셋": ("dataset",),
    "도구": ("tool",),
    "명": (
        "people",
        "person",
        "user",
        "member",
        "engineer",
        "researcher",
        "developer",
        "founder",
        "author",
        "employee",
    ),
    "단계": ("step", "stage", "phase", "part"),
    "방법": ("way", "method", "approach", "technique"),
    "사용자": ("user", "member", "people"),
}
_ONE = r"[A-Za-z0-9][\w.+-]{0,30}(?: [A-Za-z0-9][\w.+-]{0,30}){0,2}"
_LISTED = re.compile(rf"(?:^|(?<=[가-힣.,] ))(?P<list>{_ONE}(?:(?:, ?|와 |과 |, 그리고 | 및 ){_ONE}){{1,7}}) $")
_BETWEEN = re.compile(r", 그리고 |, ?|와 |과 | 및 ")
_REACH = 160


def listed_before(text: str, start: int) -> int:
    """The number of Latin names or figures in a list that ends right before ``start``; 0 when there is none."""
    match = _LISTED.search(text[max(0, start - _REACH) : start])
    return len(_BETWEEN.split(match["list"])) if match else 0


def contradicts(figure: Figure, source: Figure, used: frozenset[float]) -> bool:
    theirs = source.readings[0]
    if source.kind != "plain" or theirs.value in used or theirs.unit not in COUNTING or not theirs.value.is_integer():
        return False
    if not figure.in_words and _lost_a_digit(f"{figure.number:.0f}", f"{theirs.value:.0f}"):
        return True
    ranks = figure.readings[0].unit == "rank" and not source.in_words
    if source.rate or not (1 if ranks else 2) <= theirs.value <= 2 * SMALL:
        return False
    if (figure.readings[0].unit == "rank") != (theirs.unit == "rank") and theirs.unit != "":
        return False
    stems = _COUNTED_NOUNS.get(figure.noun.rstrip("은는이가을를의도와과"))
    return not (stems and source.words) or any(word.startswith(stems) for word in source.words)


def _lost_a_digit(short: str, long: str) -> bool:
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
