"""Swapped pairs: the right figures, each given to the other's subject, or a change told backwards (9% → 27%)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.verify.figure import Figure
from pipeline.verify.figure_match import is_binary_k
from pipeline.verify.name_tables import KOREAN_NAMES
from pipeline.verify.name_tokens import chunks, normalised
from pipeline.verify.source_items import ReadItem
from pipeline.verify.units import unit_fits

_CHANGE = re.compile(r" ?(?:~|-|to|→|->|=>|에서|부터)(?: |약|~)*")
_ROLES = tuple(
    (re.compile(korean), re.compile(english))
    for korean, english in (
        (r"입력", r"\binput"),
        (r"출력", r"\boutput"),
        (r"학습|훈련", r"\btrain"),
        (r"추론", r"\binference"),
        (r"텍스트", r"\btext"),
        (r"이미지", r"\bimage"),
        (r"이전|기존", r"\b(?:before|previous)"),
        (r"전체|총", r"\btotal"),
        (r"활성", r"\bactive"),
        (r"웹", r"\bweb\b"),
        (r"코드|코딩", r"\bcod(?:e|ing)\b"),
        (r"수학", r"\bmath"),
        (r"오디오|음성", r"\b(?:audio|speech|voice)"),
        (r"영상|비디오|동영상", r"\bvideo"),
        (r"캐시", r"\bcache"),
        (r"작은|소형", r"\bsmall"),
        (r"큰|대형", r"\blarge"),
    )
)
_APART = re.compile(r"[,;.()]|\band\b|\bvs\b|와 |과 |및 |며 |고 ")
_NEAR = 24
_SLASHED = re.compile(
    r"\A[^.;]{0,40}?(?P<first>input|output|prompt|입력|출력) ?/ ?(?P<second>input|output|completion|입력|출력)",
    re.IGNORECASE,
)


def swapped(text: str, figures: Sequence[Figure], items: Sequence[ReadItem]) -> list[tuple[str, str]]:
    """Pairs of ``figures`` (of the folded ``text``) that the items hold the other way round: (as written, expected)."""
    found = []
    for left, right in pairwise(figures):
        between = text[left.end : right.start]
        if len(between) <= 10 and _CHANGE.fullmatch(between):
            for item in items:
                if expected := _turned(left, right, item):
                    found.append((text[left.start : right.end], expected))
                    break
    mine = _subjects(text, figures)
    for (left, subjects), (right, other_subjects) in _pairs(mine):
        for item in items:
            if expected := _crossed(left, subjects, right, other_subjects, item):
                found.append((f"{left.text} … {right.text}", expected))
                break
    return found


def _means(figure: Figure, source: Figure) -> bool:
    return any(
        unit_fits(mine.unit, theirs.unit) and (mine.value == theirs.value or is_binary_k(figure, mine, theirs))
        for mine in figure.readings
        for theirs in source.readings
    )


def _turned(left: Figure, right: Figure, item: ReadItem) -> str:
    expected = ""
    for first, second in pairwise(item.figures):
        between = item.folded[first.end : second.start]
        if len(between) > 12 or not _CHANGE.fullmatch(between):
            continue
        if _means(left, first) and _means(right, second):
            return ""
        if _means(left, second) and _means(right, first):
            expected = item.folded[first.start : second.end]
    return expected


def _marks(text: str) -> list[tuple[int, int, str]]:
    """Names and roles of a text: (start, end, name). Korean names by their first Latin form."""
    marks = [(chunk.start, chunk.end, normalised(chunk.text)) for chunk in chunks(text) if chunk.is_name]
    for number, (korean, english) in enumerate(_ROLES):
        marks += [(match.start(), match.end(), f"role {number}") for match in korean.finditer(text)]
        marks += [(match.start(), match.end(), f"role {number}") for match in english.finditer(text)]
    for name, latin in KOREAN_NAMES.items():
        at = text.find(name)
        while at >= 0:
            marks.append((at, at + len(name), latin[0]))
            at = text.find(name, at + 1)
    return marks


def _subjects(text: str, figures: Sequence[Figure]) -> list[tuple[Figure, frozenset[str]]]:
    """Figures with the names right before or behind them, nothing that separates standing between."""
    marks = _marks(text)
    starts = [figure.start for figure in figures]
    result = []
    for figure in figures:
        names = set()
        for start, end, name in marks:
            low, high = (end, figure.start) if end <= figure.start else (figure.end, start)
            inside = figure.start <= start and end <= figure.end
            if inside and name.startswith("role"):
                names.add(name)
            elif 0 <= high - low <= _NEAR and not _APART.search(text[low:high]):
                names |= set() if any(low <= other < high for other in starts) else {name}
        result.append((figure, frozenset(names)))
    for index, (left, right) in enumerate(pairwise(figures)):  # "$5 / $25 per million input/output tokens"
        behind = (
            _SLASHED.match(text[left.end + 3 : left.end + 80]) if text[left.end : right.start].strip() == "/" else None
        )
        if behind:
            first = {"role 0"} if behind["first"].lower() in {"input", "prompt", "입력"} else {"role 1"}
            result[index] = (left, frozenset(first))
            result[index + 1] = (right, frozenset({"role 0", "role 1"} - first))
    return result


def _pairs(
    subjects: list[tuple[Figure, frozenset[str]]],
) -> list[tuple[tuple[Figure, frozenset[str]], tuple[Figure, frozenset[str]]]]:
    return [
        (left, right)
        for index, left in enumerate(subjects)
        for right in subjects[index + 1 :]
        if left[0].readings[0].unit == right[0].readings[0].unit
        and left[0].readings[0].value != right[0].readings[0].value
        and left[1] - right[1]
        and right[1] - left[1]
    ]


def _crossed(left: Figure, subjects: frozenset[str], right: Figure, others: frozenset[str], item: ReadItem) -> str:
    """What the item says, where it gives the left figure to the right one's subject and the reverse."""
    if not all(any(_means(figure, source) for source in item.figures) for figure in (left, right)):
        return ""
    source = _subjects(item.folded, item.figures)
    mine, theirs = subjects - others, others - subjects
    lefts = [(figure, names) for figure, names in source if _means(left, figure)]
    rights = [(figure, names) for figure, names in source if _means(right, figure)]
    if any(names & mine for _, names in lefts) or any(names & theirs for _, names in rights):
        return ""
    for left_source, left_names in lefts:
        for right_source, right_names in rights:
            if left_names & theirs and right_names & mine:
                ends = sorted((left_source.start, left_source.end, right_source.start, right_source.end))
                return item.folded[ends[0] : ends[-1]][:120]
    return ""
