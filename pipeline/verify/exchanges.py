"""Figures of one unit that stand in each other's place, one told for two things, a part larger than its whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from pipeline.verify.alignment import Surroundings, fit, means
from pipeline.verify.directions import end_of_passing
from pipeline.verify.figure import Figure
from pipeline.verify.name_tokens import chunks
from pipeline.verify.patterns import compiled
from pipeline.verify.source_items import ReadItem
from pipeline.verify.units import counts_the_same

MARGIN = 0.12
"""By how much exchanged figures must fit better, in the scale of `alignment.fit`: faithful pairs stay under 0.1."""
RATIO = 1.03
"""And by which factor."""
_RATIO_TWICE = 1.35
_CLOSE = 40  # characters between two figures of one clause, in Korean …
_CLOSE_IN_ENGLISH = 90  # … and in the newsletter
_NAMES = 60  # characters before 각각 in which the names stand
_AGAIN = 60  # characters within which the newsletter itself tells one figure of two things

_PART = compiled(r" ?(?:[가-힣]{1,6} )?(?:가운데|중(?:에서?)?|만점에) (?:[가-힣]{1,6} )?(?:약 |단 |겨우 )?")
# A range, a change or a plain list: order or nothing tells which is whose.
_TOGETHER = re.compile(r" ?(?:[~/→·,]|->|-|에서|부터|와|과|및|대|vs\.?)? ?(?:약 |최대 )?(?:[A-Za-z0-9.]{1,16}의 )?")
_BOTH = re.compile(r" (?:and|or) ")
_SIDE_BY_SIDE = re.compile(r"[^A-Za-z.]{0,5}")
_ADJACENT = re.compile(r"[^A-Za-z.]{0,5}|,? ?(?:and|or|to) (?:about |around )?[$€£~]?")

Source = tuple[Surroundings, Figure]


def exchanged(mine: Surroundings, items: Sequence[ReadItem]) -> Iterator[tuple[str, str]]:
    """Pairs of figures that fit the items better in each other's place: (as written, what the items say)."""
    told = [figure for figure in mine.figures if figure.kind == "plain" and not figure.vague]
    sources = {figure: _sources(figure, items) for figure in told}
    for left, right in pairwise(told):
        if _PART.fullmatch(mine.text[left.end : right.start]) and _is_larger_part(left, right):
            yield mine.text[left.start : right.end], "a part is not larger than the whole"
    for left, right in combinations(told, 2):
        between = mine.text[left.end : right.start]
        if not _is_pair(left, right) or _TOGETHER.fullmatch(between) or _PART.fullmatch(between):
            continue
        if end_of_passing(mine.text, left, right):
            continue  # `directions` sees to it
        if not sources[left] or not sources[right]:
            continue
        written = _best(mine, left, sources[left], right), _best(mine, right, sources[right], left)
        turned = _best(mine, left, sources[right], right), _best(mine, right, sources[left], left)
        fits, fits_turned = written[0][0] + written[1][0], turned[0][0] + turned[1][0]
        if (
            fits_turned < fits * RATIO
            or fits_turned < fits + MARGIN
            or _is_adjacent(turned[1][1], turned[0][1], _ADJACENT)
        ):
            continue
        if any(_is_adjacent(one, other, _SIDE_BY_SIDE) for one in sources[left] for other in sources[right]):
            continue
        if any(_is_of_a_list(*source) for _, source in turned):
            continue
        yield f"{left.text} … {right.text}", _around(turned[0][1])


def respectively_turned(mine: Surroundings, items: Sequence[ReadItem]) -> Iterator[tuple[str, str]]:
    """각각 x와 y, where what they are told of stands in the order of the items and these two do not.

    That is the two figures before them, or the two names before 각각.
    """
    told = mine.figures
    for at, (third, fourth) in enumerate(pairwise(told)):
        each = mine.text.rfind("각각", max(0, third.start - _CLOSE), third.start)
        if each < 0 or not _is_pair(third, fourth):
            continue
        first, second = told[max(0, at - 2) : at] if at >= 2 else (third, fourth)
        names = [chunk.text for chunk in chunks(mine.text[max(0, each - _NAMES) : each]) if chunk.is_name][-2:]
        for item in items:
            ordered = _in_order(first, second, item) or _are_named_in_order(names, item)
            if ordered and _in_order(fourth, third, item):
                yield mine.text[third.start : fourth.end], "the other order"
                break


def _are_named_in_order(names: Sequence[str], item: ReadItem) -> bool:
    """Whether the item says "respectively" and has the two names in this order where it first has both."""
    if len(names) < 2 or "respectively" not in item.folded:
        return False
    first, second = (item.folded.find(name) for name in names)
    return 0 <= first < second


def _in_order(left: Figure, right: Figure, item: ReadItem) -> bool:
    """Whether an item tells the two close by in this order and nowhere in the other."""
    lefts, rights = (_sources(figure, (item,)) for figure in (left, right))
    pairs = [(one, other) for one in lefts for other in rights if _are_close(one, other)]
    return bool(pairs) and all(one[1].start < other[1].start for one, other in pairs)


def told_twice(mine: Surroundings, items: Sequence[ReadItem]) -> Iterator[tuple[Figure, str]]:
    """Figures told for two things, where the items have another of their kind that is left untold.

    Close by, that is enough where the items have the figure once there; farther off, the other one must fit better.
    """
    told = [figure for figure in mine.figures if figure.kind == "plain" and not figure.vague]
    for left, right in combinations(told, 2):
        if left.readings[0] != right.readings[0]:
            continue
        same = _sources(left, items)
        untold = [
            (item.surroundings, source)
            for item in items
            for source in item.figures
            if source.kind == "plain"
            and any(_alike(source, one) for _, one in same)
            and not any(_tells(figure, source) for figure in told)
        ]
        if right.start - left.end <= _CLOSE and not any(_are_close(*pair, _AGAIN) for pair in combinations(same, 2)):
            beside = next((other for other in untold if any(_are_close(other, one) for one in same)), None)
            if beside:
                yield right, _around(beside)
                continue
        for place, other in ((right, left), (left, right)) if same and untold else ():
            fits, _ = _best(mine, place, same, other)
            better, source = _best(mine, place, untold, other)
            if better > fits * _RATIO_TWICE and better > fits + MARGIN:
                yield place, _around(source)
                break


def _alike(one: Figure, other: Figure) -> bool:
    units = {one.readings[0].unit, other.readings[0].unit}
    if one.readings[0].value == other.readings[0].value and any(f.words and _counts_people(f) for f in (one, other)):
        return True  # 10 million users and $10 million
    rated = bool(one.rate) == bool(other.rate) or units == {"percent"}  # "75.8% per user reports" is no rate
    return rated and (len(units) == 1 or units <= {"", "parameter", "token"})


def _counts_people(figure: Figure) -> bool:
    return not figure.readings[0].unit and counts_the_same("person", figure.words)


def _tells(figure: Figure, source: Figure) -> bool:
    """Whether a figure of the text is this one of the items; 10개 is not 10 points."""
    units = figure.readings[0].unit, source.readings[0].unit
    return means(figure, source) and (units[0] == units[1] or not (figure.noun and units[1]))


def _are_close(one: Source, other: Source, within: int = _CLOSE_IN_ENGLISH) -> bool:
    (text, left), (same, right) = sorted((one, other), key=lambda source: source[1].start)
    return text is same and right.start - left.end <= within


def _sources(figure: Figure, items: Sequence[ReadItem]) -> list[Source]:
    return [
        (item.surroundings, source)
        for item in items
        for source in item.figures
        if source.kind == "plain" and means(figure, source)
    ]


def _best(mine: Surroundings, figure: Figure, sources: Sequence[Source], other: Figure) -> tuple[float, Source]:
    fits = [fit(mine, figure, *source, apart=(figure, other)) for source in sources]
    best = max(range(len(fits)), key=fits.__getitem__)
    return fits[best], sources[best]


def _is_pair(left: Figure, right: Figure) -> bool:
    """Whether two figures are of one kind and may have been exchanged."""
    mine, theirs = left.readings[0], right.readings[0]
    same_scale = not left.is_bare or left.factor == right.factor
    return mine.unit == theirs.unit and mine.value != theirs.value and left.noun == right.noun and same_scale


def _is_larger_part(whole: Figure, part: Figure) -> bool:
    return whole.readings[0].unit == part.readings[0].unit and whole.readings[0].value < part.readings[0].value


def _is_adjacent(one: Source, other: Source, between: re.Pattern[str]) -> bool:
    """Whether two figures of an item stand side by side: then nothing between them tells which is whose."""
    (text, left), (same, right) = sorted((one, other), key=lambda source: source[1].start)
    return text is same and bool(between.fullmatch(text.text[left.end : right.start]))


def _is_of_a_list(text: Surroundings, figure: Figure) -> bool:
    """ "down from $0.60 and $2.40": whose each is was told before, in the same order."""
    return any(
        figure in (one, other)
        and one.readings[0].unit == other.readings[0].unit
        and _BOTH.fullmatch(text.text[one.end : other.start])
        for one, other in pairwise(text.figures)
    )


def _around(source: Source) -> str:
    text, figure = source
    return text.text[max(0, figure.start - 50) : figure.end + 50].strip()
