"""Which figure of the newsletter a figure of a Korean text stands for, by what stands around both.

Names, terms and other figures lie near a figure in both languages; the nearer they lie in both, the better the two
figures fit. A comma, a conjunction or the end of a sentence between them counts as distance.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from pipeline.verify.figure import Figure
from pipeline.verify.figure_match import is_binary_k
from pipeline.verify.name_tables import korean_names_within
from pipeline.verify.patterns import compiled, english
from pipeline.verify.terms import english_concepts, korean_concepts
from pipeline.verify.units import Reading, unit_fits

Key = str | int | Reading
"""A Latin word in lower case, a concept of `terms`, or what another figure says."""

_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]+|\d+(?:\.\d+)+")
_PER = re.compile(r" ?/| ?\(?per ")
_RATE_BEFORE = compiled(r"(?:\d[\d,.]*[천만억]? ?)?[가-힣]{1,3}당 (?:(?:[가-힣]|~){1,2} )?$")
_KOREAN_NOT = re.compile(r"않|못하|못해|없|아니")
_ENGLISH_NOT = english(r"n't\b|\bcannot\b|\bwithout\b|\bfail|\bnever\b")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# How many characters each boundary counts for.
_KOREAN_BOUNDARY = compiled(
    r"(?P<sentence>[.!?](?= |$))|(?P<comma>,(?= ))|(?P<joint>(?<=[가-힣A-Za-z0-9])(?:와|과)(?= )| 및 |[()]|·)"
    r"|(?P<clause>[;:]|(?<=[가-힣])(?:고|며|지만|는데|면서|으나|여서|므로|아서)(?=,? ))"
)
_ENGLISH_BOUNDARY = re.compile(
    r"(?P<sentence>[.!?](?= |$))|(?P<comma>,(?= )|~ )|(?P<joint> (?:and|or|vs\.?|versus) |[()])"
    r"|(?P<clause>[;:]| (?:but|while|whereas|although|though|yet|which) )"
)
_COSTS = {"sentence": 40, "clause": 20, "comma": 14, "joint": 12}
_OF_A_FIGURE = 8
_BEHIND = 8.0  # Korean: what follows a figure and its particle mostly belongs to the next one …
_MODIFIES = re.compile(r"(?:인|의|짜리|급|을|를|만)?(?= )")  # … but not the noun or the verb that it stands for
_HALVED = 16.0  # characters after which a neighbour counts half
_FARTHEST = 130.0
_LEAST = 0.03
_SHARED = 0.4
_WEIGHTS: dict[type, float] = {str: 1.4, int: 1.0, Reading: 1.4}


class _Extent(NamedTuple):
    """Places of a figure, boundaries counted in: from ``low`` to ``high`` it covers the words itself, from ``first`` to
    ``last`` nothing is far from it; what follows it lies ``behind`` farther."""

    first: float
    low: float
    high: float
    last: float
    behind: float


class Surroundings:
    """A folded text with its figures, and how far each word of it lies from each figure."""

    def __init__(self, text: str, figures: Sequence[Figure], *, korean: bool) -> None:
        self.text = text
        self.figures = tuple(figures)
        self._korean = korean
        self._near: dict[tuple[int, Key], tuple[float, float]] = {}
        self._extents: dict[int, _Extent] = {}
        self._neighbours: dict[int, list[tuple[Key, float, float]]] = {}

    @cached_property
    def _boundaries(self) -> tuple[list[int], list[int]]:
        pattern = _KOREAN_BOUNDARY if self._korean else _ENGLISH_BOUNDARY
        costs = [(match.start(), _COSTS[match.lastgroup or "joint"]) for match in pattern.finditer(self.text)]
        costs += [(figure.start, _OF_A_FIGURE) for figure in self.figures if figure.kind == "plain"]
        costs.sort()
        return [at for at, _ in costs], [0, *accumulate(cost for _, cost in costs)]

    def _place(self, at: int) -> float:
        """A place in the text, the boundaries before it counted in."""
        starts, costs = self._boundaries
        return at + costs[bisect_left(starts, at)]

    @cached_property
    def words(self) -> dict[Key, list[tuple[float, float]]]:
        """Where each word, concept and figure lies: first and last character, boundaries counted in."""
        found: dict[Key, list[tuple[float, float]]] = {}
        for start, end, key in self._marks():
            found.setdefault(key, []).append((self._place(start), self._place(end - 1) + 1))
        return found

    @cached_property
    def by_value(self) -> dict[float, list[Reading]]:
        """What its figures say, by value."""
        found: dict[float, list[Reading]] = {}
        for key in self.words:
            if isinstance(key, Reading):
                found.setdefault(key.value, []).append(key)
        return found

    def _marks(self) -> Iterator[tuple[int, int, Key]]:
        for figure in self.figures:
            for reading in figure.readings[:1] if self._korean else figure.readings:
                yield figure.start, figure.end, reading
        for match in (_KOREAN_NOT if self._korean else _ENGLISH_NOT).finditer(self.text):
            yield match.start(), match.end(), "not"
        for match in _LATIN.finditer(self.text):
            yield match.start(), match.end(), match.group().lower()
        yield from self._korean_marks() if self._korean else self._english_marks()

    def _english_marks(self) -> Iterator[tuple[int, int, Key]]:
        for match in _LATIN.finditer(self.text):
            for part in _CAMEL.split(match.group()) if _CAMEL.search(match.group()) else ():
                yield match.start(), match.end(), part.lower()
            for concept in english_concepts(match.group().lower()):
                yield match.start(), match.end(), concept

    def _korean_marks(self) -> Iterator[tuple[int, int, Key]]:
        for at, stem, concepts in korean_concepts(self.text):
            for concept in concepts:
                yield at, at + len(stem), concept
        yield from korean_names_within(self.text)

    def _extent(self, figure: Figure) -> _Extent:
        """What ``figure`` covers: with what it is divided by (100만 토큰당 5달러, $5 per 1M), and without."""
        before = _RATE_BEFORE.search(self.text, max(0, figure.start - 16), figure.start) if self._korean else None
        divided = _PER.search(self.text, figure.start, figure.end) if figure.rate else None
        return _Extent(
            first=self._place(before.start() if before else figure.start),
            low=self._place(figure.start),
            high=self._place((divided.start() if divided else figure.end) - 1) + 1,
            last=self._place(figure.end - 1) + 1,
            behind=_BEHIND if self._korean and not _MODIFIES.match(self.text, figure.end) else 0.0,
        )

    def near(self, figure: Figure, key: Key) -> tuple[float, float]:
        """How near ``key`` lies to a figure, and where: 1 beside it, halved every `_HALVED` characters, 0 if absent."""
        known = self._near.get((figure.start, key))
        if known is None:
            known = self._near[figure.start, key] = self._nearest(figure, key)
        return known

    def _nearest(self, figure: Figure, key: Key) -> tuple[float, float]:
        extent = self._extents.get(figure.start)
        if extent is None:
            extent = self._extents[figure.start] = self._extent(figure)
        best, where = _FARTHEST, 0.0
        for start, end in self.words.get(key, ()):
            if start < extent.high and extent.low < end:
                continue  # a part of the figure itself
            far = max(start - extent.last + extent.behind, extent.first - end, 0.0)
            if far < best:
                best, where = far, start
        return (0.0 if best >= _FARTHEST else 0.5 ** (best / _HALVED)), where

    def neighbours(self, figure: Figure) -> list[tuple[Key, float, float]]:
        """What stands near a figure: key, how near, and where."""
        known = self._neighbours.get(figure.start)
        if known is None:
            all_ = ((key, *self.near(figure, key)) for key in self.words)
            known = self._neighbours[figure.start] = [one for one in all_ if one[1] > _LEAST]
        return known

    def is_shared(self, where: float, figures: Sequence[Figure], key: Key) -> bool:
        """Whether a word lies before or behind all ``figures`` and is the nearest of its kind to each."""
        places = [self._place(figure.start) for figure in figures]
        if not places or min(places) < where < max(places):
            return False
        return all(self.near(figure, key)[1] == where for figure in figures)


def means(figure: Figure, source: Figure) -> bool:
    """Whether a figure of a Korean text may be this one of the newsletter, by value and unit."""
    return any(
        unit_fits(mine.unit, theirs.unit) and (mine.value == theirs.value or is_binary_k(figure, mine, theirs))
        for mine in figure.readings
        for theirs in source.readings
    )


def fit(
    mine: Surroundings, figure: Figure, theirs: Surroundings, source: Figure, *, apart: Sequence[Figure] = ()
) -> float:
    """How well what stands around ``figure`` of a Korean text fits what stands around ``source``.

    Args:
        apart: Figures that may have been exchanged: left out of account on both sides. What stands before or behind
            all of them tells little of which is whose.
    """
    values = {reading.value for one in apart for reading in one.readings}
    total = 0.0
    for key, here, where in mine.neighbours(figure):
        if isinstance(key, Reading) and key.value in values:
            continue
        there = max((theirs.near(source, other)[0] for other in _same(key, theirs)), default=0.0)
        if there > _LEAST:
            total += _WEIGHTS[type(key)] * here * there * (_SHARED if mine.is_shared(where, apart, key) else 1.0)
    return total


def _same(key: Key, theirs: Surroundings) -> Sequence[Key]:
    if isinstance(key, Reading):
        return [other for other in theirs.by_value.get(key.value, ()) if unit_fits(key.unit, other.unit)]
    return (key,) if key in theirs.words else ()
