"""Small counts: when the items count otherwise, and what the text lists itself ("8B, 4B, 1.7B 세 크기")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.verify.alignment import Surroundings, means
from pipeline.verify.figure import Figure
from pipeline.verify.name_tables import VOCABULARY
from pipeline.verify.name_tokens import chunks, normalised
from pipeline.verify.source_items import ReadItem
from pipeline.verify.terms import english_concepts
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
_LISTED = re.compile(
    rf"(?:^|(?<=[^\W\d_A-Za-z] )|(?<=[.,] ))(?P<list>{_ONE}(?:(?:, ?|와 |과 |, 그리고 | 및 ){_ONE}){{1,7}}) $"
)
_AMOUNT = r"\d[\d,.]{0,12}[천만억조]{0,2} ?(?:[^\W\d_]|%){1,4}"
_AMOUNTS = re.compile(rf"(?P<list>{_AMOUNT}(?:(?:, ?|와 |과 | 및 ){_AMOUNT}){{1,5}})(?:인|짜리|의|,) $")
_BETWEEN = r", 그리고 |, ?|와 |과 | 및 "
_REACH = 160
_BESIDE = 0.6  # of `Surroundings.near`: at most some ten characters and no boundary between
_SINGLE = re.compile(r"\bsingle[ -]((?:[A-Za-z]{1,20} ?){1,3})")
_CLAUSE = re.compile(r"[.;:!?()]")
_LAST_OF_SERIES = (" and ", " or ", " & ")


def listed_before(text: str, start: int) -> int:
    """The number of Latin names or figures in a list that ends right before ``start``; 0 when there is none."""
    before = text[max(0, start - _REACH) : start]
    match = _LISTED.search(before) or _AMOUNTS.search(before)
    return len(re.split(_BETWEEN, match["list"])) if match else 0


def judged_count(
    figure: Figure, mine: Surroundings, items: Sequence[ReadItem], used: frozenset[float]
) -> tuple[str, Figure | None]:
    """A small count that no item has: ``contradicted`` where the items deny it, else ``count``."""
    if mine.text[: figure.start].endswith("제"):
        return "count", None  # 제4의 벽 counts nothing
    source = next((s for item in items for s in item.figures if contradicts(figure, s, used)), None)
    if not source and not figure.in_words:
        source = counted_otherwise(figure, mine, items)
    if source:
        return "contradicted", source
    one = figure.in_words and figure.readings[0].value > 1 and is_one(figure, mine, items)
    more = figure.in_words and is_more_than_named(figure, mine, items)
    return ("contradicted" if one or more else "count"), None


def counted_otherwise(figure: Figure, mine: Surroundings, items: Sequence[ReadItem]) -> Figure | None:
    """A count of the items that the text leaves untold, of the very thing that stands beside ``figure``."""
    beside = [key for key in mine.words if isinstance(key, int | str) and mine.near(figure, key)[0] >= _BESIDE]
    for item in items:
        for source in item.figures:
            counts = source.kind == "plain" and source.readings[0].unit in COUNTING and not source.rate
            if not counts or any(means(other, source) for other in mine.figures):
                continue
            if any(item.surroundings.near(source, key)[0] >= _BESIDE for key in beside):
                return source
    return None


def is_one(figure: Figure, mine: Surroundings, items: Sequence[ReadItem]) -> str:
    """What the items say where they speak of a single one of what ``figure`` counts: "a single call", "a model"."""
    beside = {key for key in mine.words if isinstance(key, int) and mine.near(figure, key)[0] >= _BESIDE}
    stems = _stems(figure)
    for item in items:
        for match in _SINGLE.finditer(item.folded):
            if any(beside & english_concepts(word.lower()) for word in match[1].split()):
                return match.group()
        if stems and len(_names(mine.text)) <= 1:
            found: list[str] = re.findall(rf"\b(?:{'|'.join(stems)})[a-z]{{0,6}}", item.folded.lower())
            if found and not any(word.endswith("s") for word in found):
                return found[0]
    return ""


def is_more_than_named(figure: Figure, mine: Surroundings, items: Sequence[ReadItem]) -> bool:
    """Whether so many are nowhere: fewer names in the text, no such list in the items."""
    value = figure.readings[0].value
    if value < 3 or not _stems(figure) or len(_names(mine.text)) >= value:
        return False
    return all(_longest_series(item.folded) < value - 1 for item in items)


def _longest_series(text: str) -> int:
    """How many things the longest list of an English text has, at most: "A, B, and C"."""
    clauses = (clause for clause in _CLAUSE.split(text) if any(last in clause for last in _LAST_OF_SERIES))
    return max((clause.count(", ") + 1 for clause in clauses), default=0)


def _names(text: str) -> set[str]:
    """The Latin names of a text, words of one name joined."""
    joined: list[list[str]] = []
    last = -2
    for chunk in chunks(text):
        if chunk.is_name and normalised(chunk.text) not in VOCABULARY:
            if chunk.start == last + 1:
                joined[-1].append(chunk.text)
            else:
                joined.append([chunk.text])
            last = chunk.end
    return {" ".join(words) for words in joined}


def _stems(figure: Figure) -> tuple[str, ...]:
    return _COUNTED_NOUNS.get(figure.noun.rstrip("은는이가을를의도와과"), ())


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
    stems = _stems(figure)
    return not (stems and source.words) or any(word.startswith(stems) for word in source.words)


def _lost_a_digit(short: str, long: str) -> bool:
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
