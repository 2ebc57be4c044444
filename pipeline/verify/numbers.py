"""Check 2: every figure of a Korean text stands in the cited items, by value and by unit."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.records.issues import Item
from pipeline.records.verdicts import Finding
from pipeline.verify.alignment import Surroundings
from pipeline.verify.bounds import Bound
from pipeline.verify.checks import finding
from pipeline.verify.counts import COUNTING, SMALL, judged_count, listed_before
from pipeline.verify.directions import directions_turned
from pipeline.verify.exchanges import exchanged, respectively_turned, told_twice
from pipeline.verify.figure import Figure
from pipeline.verify.figure_match import RANK, Difference, difference
from pipeline.verify.name_tokens import fold
from pipeline.verify.pairs import swapped
from pipeline.verify.quantities import figures
from pipeline.verify.source_items import ReadItem, SourceFigures
from pipeline.verify.units import Reading

# What each difference is called in `SEVERITY` and in its finding.
_KINDS: dict[str, tuple[str, str]] = {
    "rounded": ("rounded", "rounded; the newsletter is more exact"),
    "lost about": ("lost-about", 'lost "about": the newsletter says that the figure is not exact'),
    "lost bound": ("lost-bound", 'lost "up to", "at least" or the like'),
    "turned bound": ("turned-bound", 'turned "up to" into "at least", or the reverse'),
    "added bound": ("added-bound", '"up to" or "at least" is not in the newsletter'),
    "lost rate": ("lost-rate", 'lost "per": the newsletter gives a rate'),
    "wrong rate": ("wrong-rate", 'wrong "per": the newsletter divides by something else'),
    "added rate": ("added-rate", '"per" is not in the newsletter'),
    "wrong currency": ("currency", "wrong currency"),
    "wrong unit": ("unit", "wrong unit"),
    "wrong scale": ("scale", "wrong scale"),
    "near": ("absent", "not in the cited items"),
    "other": ("absent", "not in the cited items"),
    "elsewhere": ("elsewhere", "figure from another item"),
    "metadata": (
        "metadata",
        "only in the newsletter's metadata (messages, scores, sources checked): not a fact to report",
    ),
    "count": ("count", "a small count that the cited items do not hold"),
    "contradicted": ("contradicted", "the cited items count otherwise"),
    "listed": ("contradicted", "the text itself lists another number of things"),
    "year": ("year", "the cited items tell no year"),
    "malformed": ("malformed", "not how Korean writes a number: digits before 백만 or 십억"),
    "swapped": ("swapped", "swapped pair"),
    "direction": ("direction", "the figure moves the other way"),
    "twice": ("twice", "one figure told for two things, where the newsletter has two"),
}


class _Text(NamedTuple):
    """A folded Korean text with its figures and rates."""

    folded: str
    figures: tuple[Figure, ...]
    rates: frozenset[Reading]
    around: Surroundings


def numbers_stand_in_the_items(
    text: str,
    sources: Sequence[Item],
    *,
    where: str,
    others: Sequence[Item] = (),
    read: SourceFigures | None = None,
    rest: str = "",
) -> tuple[Finding, ...]:
    """Findings for every figure of ``text`` that ``sources`` do not hold by value and unit.

    A small count in words or digits (두 가지, 3개) may count what the text itself lists, so one that is absent is a
    warning; it is an error when the items hold another small count of the same kind of thing that the text leaves
    unused, since then it is that count, told wrong. A year is a warning where the items tell none. 4K may stand for
    4,096, not the reverse. 약 may round to the digits written, with a warning.

    Args:
        text: Korean, as plain text.
        sources: The items that the text cites.
        where: Goes into each finding.
        others: The rest of the issue, to tell a figure of another story from one that is nowhere.
        read: What was read of the issue's items so far; one object for all texts of an issue saves reading again.
        rest: What follows a head; that a figure is a bound or not exact may be told there ("최대 초당 34토큰").
    """
    read = read or SourceFigures()
    items = [read.of(item) for item in sources]
    told = _read_text(text)
    findings = []
    for figure in told.figures:
        kind, nearest = _judge(figure, told, items)
        if kind in {"near", "other", "wrong scale", "wrong unit", "count"}:
            elsewhere = _elsewhere(figure, told, (read.of(item) for item in others))
            if elsewhere is not None and kind not in {"wrong scale", "wrong unit", "count"}:
                kind, nearest = "elsewhere", nearest or elsewhere
        if kind in {"lost bound", "lost about"} and figure.text in rest:
            continue
        if kind in {"lost bound", "turned bound"} and nearest and _is_other_side(figure, nearest, told):
            continue
        if kind == "same" and figure.malformed:
            kind = "malformed"
        if kind != "same":
            findings.append(_finding(kind, figure.text, nearest.text if nearest else "", where))
    findings.extend(
        _finding("swapped", mine, theirs, where) for mine, theirs in swapped(told.folded, told.figures, items)
    )
    turned = (*exchanged(told.around, items), *respectively_turned(told.around, items))
    findings.extend(_finding("swapped", written, expected, where) for written, expected in turned)
    findings.extend(
        _finding("twice", figure.text, expected, where) for figure, expected in told_twice(told.around, items)
    )
    findings.extend(
        _finding("direction", mine, theirs, where)
        for mine, theirs in directions_turned(told.folded, told.figures, items)
    )
    return tuple(dict.fromkeys(findings))


def matched_figures(text: str, sources: Sequence[Item], *, read: SourceFigures | None = None) -> tuple[str, ...]:
    """The figures of ``text``, as written, that ``sources`` hold."""
    read = read or SourceFigures()
    items = [read.of(item) for item in sources]
    told = _read_text(text)
    return tuple(figure.text for figure in told.figures if _nearest(figure, told, items)[0] in {"same", "rounded"})


@functools.lru_cache(maxsize=256)
def _read_text(text: str) -> _Text:
    folded = fold(text)
    found: list[Figure] = []
    for figure in figures(folded):
        if figure.kind == "version":  # read as part of the name before it
            continue
        if figure.kind == "date":  # each part of a date must hold
            found.extend(
                Figure(figure.text, figure.start, figure.end, (part,), kind="date") for part in figure.readings
            )
        else:
            found.append(figure)
    rates = frozenset(figure.rate for figure in found if figure.rate)
    return _Text(folded, tuple(found), rates, Surroundings(folded, found, korean=True))


def _nearest(figure: Figure, told: _Text, items: Iterable[ReadItem]) -> tuple[Difference, Figure | None]:
    best: tuple[Difference, float, Figure | None] = ("other", 0.0, None)
    for item in items:
        for source in item.figures:
            found = difference(
                figure, source, text=told.folded, text_rates=told.rates, item=item.folded, item_rates=item.rates
            )
            if found == "same":
                return found, source
            far = abs(source.readings[0].value - figure.readings[0].value)
            if RANK[found] < RANK[best[0]] or (found == best[0] == "near" and far < best[1]):
                best = (found, far, source)
    return best[0], best[2]


def _used(told: _Text, items: Sequence[ReadItem]) -> frozenset[float]:
    """Values of the items that figures of the text rest on."""
    return frozenset(
        reading.value
        for figure in told.figures
        if (match := _nearest(figure, told, items))[0] == "same" and match[1]
        for reading in match[1].readings
    )


def _judge(figure: Figure, told: _Text, items: Sequence[ReadItem]) -> tuple[str, Figure | None]:
    kind, nearest = _nearest(figure, told, items)
    if kind in {"same", "rounded", "added bound"} and (turned := _turned(figure, items)):
        return "turned bound", turned
    if RANK[kind] < RANK["wrong currency"]:
        return kind, nearest
    in_metadata = [source for item in items for source in item.metadata_figures]
    if any(
        reading.value == mine.value for source in in_metadata for reading in source.readings for mine in figure.readings
    ):
        return "metadata", None
    return _judge_absent(figure, told, items) or (kind, nearest)


def _judge_absent(figure: Figure, told: _Text, items: Sequence[ReadItem]) -> tuple[str, Figure | None] | None:
    """A year or a small count that no item has: what the text may have of its own, and what the items deny."""
    mine = figure.readings[0]
    if mine.unit == "year":
        years = [s for item in items for s in item.figures if any(reading.unit == "year" for reading in s.readings)]
        return ("other", years[0]) if years else ("year", None)
    counts = mine.unit in COUNTING and 1 <= mine.value <= SMALL and mine.value.is_integer() and not figure.rate
    if figure.in_words and (counts or not mine.unit) and (listed := listed_before(told.folded, figure.start)):
        return ("same" if mine.value == listed else "listed"), None
    return judged_count(figure, told.around, items, _used(told, items)) if counts else None


def _is_other_side(figure: Figure, nearest: Figure, told: _Text) -> bool:
    """ "10달러 이상은 …, 10달러가 안 되면 …": what lies beyond the bound is told with the same figure."""
    sides = {"most", "least"}
    return sides <= figure.bounds | nearest.bounds and any(
        other is not figure and other.readings[0] == figure.readings[0] and sides & nearest.bounds <= other.bounds
        for other in told.figures
    )


def _turned(figure: Figure, items: Sequence[ReadItem]) -> Figure | None:
    """Where one item tells the figure bare, another that bounds it the other way: 이하 for "over 1040k"."""
    if not figure.claimed:
        return None
    value = figure.readings[0].value
    alike = [s for item in items for s in item.figures if any(reading.value == value for reading in s.readings)]
    told = frozenset[Bound]().union(*(source.bounds for source in alike)) - {"about"}
    return next((s for s in alike if s.bounds - {"about"}), None) if told and not told & figure.claimed else None


def _elsewhere(figure: Figure, told: _Text, others: Iterable[ReadItem]) -> Figure | None:
    # only items with the same digits are read: a figure that another one has in words is told as not in the items
    written = (figure.number, *(reading.value for reading in figure.readings))
    digits = {f"{value:.9e}".partition("e")[0].replace(".", "").rstrip("0") for value in written}
    likely = (item for item in others if any(part in item.digits for part in digits))
    kind, found = _nearest(figure, told, likely)
    return found if kind in {"same", "rounded", "lost about", "lost bound"} else None


def _finding(difference: str, text: str, expected: str, where: str) -> Finding:
    kind, message = _KINDS[difference]
    return finding(f"numbers.{kind}", where, text, message, "" if difference == "elsewhere" else expected)
