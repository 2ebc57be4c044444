"""The figures of a run beside what is asked of them and beside the floors that are pinned."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from evaluation.checks.judging import Judged, Outcome
from evaluation.checks.mutation import Named

ASKED_OF_ALL = 98.0
ASKED_OF_FIGURES = 98.0
"""Of the groups in `FIGURES` together."""
ASKED_OF_EACH = 90.0
ASKED_OF_FAITHFUL = 99.0
FEWEST_MUTANTS = 20
FIGURES = frozenset({"numbers", "units", "links"})

Floors = Mapping[str, float]


class Share(NamedTuple):
    """One figure.

    Attributes:
        name: As it is pinned.
        out_of: Of how many, ``right`` of them caught (or passed, for faithful bullets).
        asked: Percent that is asked of it; None where nothing is.
    """

    name: str
    out_of: int
    right: int
    asked: float | None = None

    @property
    def percent(self) -> float:
        return 100.0 * self.right / self.out_of if self.out_of else 0.0

    @property
    def is_short(self) -> bool:
        """Whether it is under what is asked of it."""
        return self.asked is not None and self.percent < self.asked

    def fallen(self, floors: Floors) -> Iterator[str]:
        """In what the figure is lower than it was."""
        if self.percent < floors.get(self.name, 0.0):
            yield f"{self.name}: {self.percent:.2f} % is below its floor of {floors[self.name]:g} %"

    def line(self, floors: Floors) -> str:
        asked = "" if self.asked is None else f"{self.asked:6.1f}"
        floor = f"{floors[self.name]:6.2f}" if self.name in floors else ""
        low = "FALLEN" if any(self.fallen(floors)) else "short" if self.is_short else ""
        return f"{self.name:42}{self.out_of:6}{self.right:6}{self.percent:9.2f}{asked:>8}{floor:>8}  {low}".rstrip()


def totals(judged: Judged) -> tuple[Share, ...]:
    """Faithful bullets that pass, mutants caught over all, and those of numbers, units and links."""
    figures = [one for one in judged.outcomes if one.operator.group in FIGURES]
    passed = judged.bullets - len(judged.false_errors)
    return (
        Share("faithful bullets without an error", judged.bullets, passed, ASKED_OF_FAITHFUL),
        _caught("all mutants", judged.outcomes, ASKED_OF_ALL),
        _caught("numbers, units and links", figures, ASKED_OF_FIGURES),
    )


def of_operators(judged: Judged, operators: Iterable[Named]) -> tuple[Share, ...]:
    return tuple(
        _caught(
            f"{operator.group}: {operator.name}",
            [one for one in judged.outcomes if one.operator is operator],
            ASKED_OF_EACH,
        )
        for operator in operators
    )


def _caught(name: str, outcomes: Iterable[Outcome], asked: float) -> Share:
    counted = list(outcomes)
    return Share(name, len(counted), sum(one.is_caught for one in counted), asked)


def of_checks(judged: Judged) -> Iterator[str]:
    """For each check how many mutants it caught, how many that no other caught, and its errors on faithful bullets."""
    caught = Counter(check for one in judged.outcomes for check in one.checks)
    alone = Counter(one.checks[0] for one in judged.outcomes if len(one.checks) == 1)
    false = Counter(check for found in judged.false_errors.values() for check in {error.check for error in found})
    for check in sorted({*caught, *false}):
        share = 100.0 * caught[check] / max(1, len(judged.outcomes))
        yield f"{check:42}{caught[check]:6}{alone[check]:6}{share:9.2f}{false[check]:8}"


def too_few(shares: Iterable[Share]) -> Iterator[str]:
    for share in shares:
        if share.out_of < FEWEST_MUTANTS:
            yield f"{share.name}: {share.out_of} mutants, asked are {FEWEST_MUTANTS}"


def pinned(shares: Iterable[Share], floors: Floors, *, allow_lower: bool) -> dict[str, float]:
    """What is measured, rounded down, as the new floors; an old floor is lowered only where that is allowed."""
    measured = {share.name: math.floor(share.percent * 100) / 100 for share in shares}
    return {name: value if allow_lower else max(value, floors.get(name, 0.0)) for name, value in measured.items()}


def written(floors: Floors) -> str:
    """Floors as TOML."""
    lines = (f"{json.dumps(name, ensure_ascii=False)} = {value}" for name, value in floors.items())
    return "\n".join(("# Percent. Written by `python -m evaluation.checks --pin`.", *lines, ""))
