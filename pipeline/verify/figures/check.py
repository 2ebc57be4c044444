"""Findings for figures: every figure of a Korean text is in the cited items, by value and by unit."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

from pipeline.records.issues import Item
from pipeline.records.verdicts import Finding
from pipeline.verify.figures.compare import RANK, Difference, difference
from pipeline.verify.figures.figure import Figure
from pipeline.verify.figures.parse import figures
from pipeline.verify.figures.units import COUNTS
from pipeline.verify.findings import Kind, finding
from pipeline.verify.names.tokens import fold
from pipeline.verify.source_items import ReadItem, SourceFigures

_SMALL = 10
"""Up to here a text may count what it lists itself."""

_COUNTING = COUNTS - {"token", "parameter", "point", "frame"}
_KINDS: dict[Difference, Kind] = {
    "rounded": Kind.FIGURE_ROUNDED,
    "wrong rate": Kind.FIGURE_RATE,
    "wrong currency": Kind.FIGURE_CURRENCY,
    "wrong unit": Kind.FIGURE_UNIT,
    "wrong scale": Kind.FIGURE_SCALE,
    "near": Kind.FIGURE_ABSENT,
    "other": Kind.FIGURE_ABSENT,
}


def check_figures(
    text: str,
    sources: Sequence[Item],
    *,
    where: str,
    beside: Sequence[Item] = (),
    others: Sequence[Item] = (),
    read: SourceFigures | None = None,
) -> tuple[Finding, ...]:
    """Find every figure of ``text`` that neither ``sources`` nor what is beside them hold by value and unit.

    A small count may count what the text itself lists, so one that is absent is a warning, and so is a year where the
    items have none. 4K may mean 4,096, not the reverse. 약 may round to the digits written, with a warning.

    Args:
        text: Korean, as plain text.
        sources: The items that the text cites, under their headings.
        where: Goes into each finding.
        beside: Their neighbours, whose figures a text may name too.
        others: The rest of the issue, to tell a figure of another story from one that is nowhere.
        read: What was read of the issue's items so far; one object for all texts of an issue saves reading again.
    """
    read = read or SourceFigures()
    items = [read.of(item) for item in sources]
    found = []
    for figure in _figures_of(text):
        kind, nearest = _judge(figure, items)
        if kind is not None and kind is not Kind.FIGURE_ROUNDED:
            near = _nearest(figure, (read.of(item) for item in beside))[0]
            kind = kind if RANK[near] > RANK["rounded"] else None
        if kind is Kind.FIGURE_ABSENT and _is_elsewhere(figure, (read.of(item) for item in others)):
            kind, nearest = Kind.FIGURE_ELSEWHERE, None
        if kind is None and figure.malformed:
            kind = Kind.FIGURE_MALFORMED
        if kind is not None:
            found.append(finding(kind, where, figure.text, expected=nearest.text if nearest else ""))
    return tuple(dict.fromkeys(found))


def matched_figures(text: str, sources: Sequence[Item], *, read: SourceFigures | None = None) -> tuple[str, ...]:
    """Return the figures of ``text``, as written, that ``sources`` hold."""
    read = read or SourceFigures()
    items = [read.of(item) for item in sources]
    return tuple(figure.text for figure in _figures_of(text) if _nearest(figure, items)[0] in {"same", "rounded"})


@functools.lru_cache(maxsize=256)
def _figures_of(text: str) -> tuple[Figure, ...]:
    """Read the figures of a Korean text; each part of a date is one, and a version belongs to the name before it."""
    found: list[Figure] = []
    for figure in figures(fold(text)):
        if figure.kind == "date":
            parts = figure.readings
            found.extend(Figure(figure.text, figure.start, figure.end, (part,), kind="date") for part in parts)
        elif figure.kind != "version":
            found.append(figure)
    return tuple(found)


def _nearest(figure: Figure, items: Iterable[ReadItem]) -> tuple[Difference, Figure | None]:
    best: tuple[Difference, float, Figure | None] = ("other", 0.0, None)
    for item in items:
        for source in item.figures:
            found = difference(figure, source)
            if found == "same":
                return found, source
            far = abs(source.readings[0].value - figure.readings[0].value)
            if RANK[found] < RANK[best[0]] or (found == best[0] == "near" and far < best[1]):
                best = (found, far, source)
    return best[0], best[2]


def _judge(figure: Figure, items: Sequence[ReadItem]) -> tuple[Kind | None, Figure | None]:
    nearest, source = _nearest(figure, items)
    if nearest == "same":
        return None, source
    if RANK[nearest] >= RANK["wrong currency"]:
        in_metadata = (reading.value for item in items for one in item.metadata_figures for reading in one.readings)
        if {reading.value for reading in figure.readings}.intersection(in_metadata):
            return Kind.FIGURE_METADATA, None
        mine = figure.readings[0]
        if mine.unit == "year":
            years = [s for item in items for s in item.figures if any(one.unit == "year" for one in s.readings)]
            return (Kind.FIGURE_ABSENT, years[0]) if years else (Kind.FIGURE_YEAR, None)
        if mine.unit in _COUNTING and 1 <= mine.value <= _SMALL and mine.value.is_integer():
            return Kind.FIGURE_COUNT, source if nearest != "other" else None
    return _KINDS[nearest], source


def _is_elsewhere(figure: Figure, others: Iterable[ReadItem]) -> bool:
    # Only items with the same digits are read: a figure that another one has in words is told as not in the items.
    written = (figure.number, *(reading.value for reading in figure.readings))
    digits = {f"{value:.9e}".partition("e")[0].replace(".", "").rstrip("0") for value in written}
    likely = (item for item in others if any(part in item.digits for part in digits))
    return _nearest(figure, likely)[0] in {"same", "rounded"}
