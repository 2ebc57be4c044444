"""Swapped pairs: the right figures, each given to the other's subject, or a change told backwards (9% → 27%)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, pairwise, starmap

from pipeline.verify.alignment import means
from pipeline.verify.figure import Figure
from pipeline.verify.quantities import could_be_ends
from pipeline.verify.source_items import ReadItem
from pipeline.verify.subjects import subjects_of

_CHANGE = re.compile(r" ?(?:~|-|to|→|->|=>|에서|부터)(?: |약|~)*")


def swapped(text: str, figures: Sequence[Figure], items: Sequence[ReadItem]) -> list[tuple[str, str]]:
    """Pairs of ``figures`` (of the folded ``text``) that the items hold the other way round: (as written, expected)."""
    found = []
    for left, right in pairwise(figures):
        between = text[left.end : right.start]
        if len(between) <= 10 and _CHANGE.fullmatch(between) and could_be_ends(left, right):
            for item in items:
                if expected := _turned(left, right, item):
                    found.append((text[left.start : right.end], expected))
                    break
    if not any(starmap(_are_alike, combinations(figures, 2))):
        return found
    for (left, subjects), (right, other_subjects) in combinations(subjects_of(text, figures), 2):
        if not (_are_alike(left, right) and subjects - other_subjects and other_subjects - subjects):
            continue
        for item in items:
            if expected := _crossed(left, subjects, right, other_subjects, item):
                found.append((f"{left.text} … {right.text}", expected))
                break
    return found


def _turned(left: Figure, right: Figure, item: ReadItem) -> str:
    expected = ""
    for first, second in pairwise(item.figures):
        between = item.folded[first.end : second.start]
        if len(between) > 12 or not _CHANGE.fullmatch(between):
            continue
        if means(left, first) and means(right, second):
            return ""
        if means(left, second) and means(right, first):
            expected = item.folded[first.start : second.end]
    return expected


def _are_alike(left: Figure, right: Figure) -> bool:
    """Whether two figures differ in nothing but their value."""
    mine, theirs = left.readings[0], right.readings[0]
    return mine.unit == theirs.unit and mine.value != theirs.value


def _crossed(left: Figure, subjects: frozenset[str], right: Figure, others: frozenset[str], item: ReadItem) -> str:
    """What the item says, where it gives the left figure to the right one's subject and the reverse."""
    if not all(any(means(figure, source) for source in item.figures) for figure in (left, right)):
        return ""
    source = item.subjects
    mine, theirs = subjects - others, others - subjects
    lefts = [(figure, names) for figure, names in source if means(left, figure)]
    rights = [(figure, names) for figure, names in source if means(right, figure)]
    if any(names & mine for _, names in lefts) or any(names & theirs for _, names in rights):
        return ""
    for left_source, left_names in lefts:
        for right_source, right_names in rights:
            if left_names & theirs and right_names & mine:
                ends = sorted((left_source.start, left_source.end, right_source.start, right_source.end))
                return item.folded[ends[0] : ends[-1]][:120]
    return ""
