"""Goals, their cases, and the pool of processes that runs them."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from torture.forks import Ended, Process
from torture.rooms import temporary_folder

SHOWN = 5
"""How many failures of a goal are printed."""


class Case(NamedTuple):
    """One thing that is tried.

    Attributes:
        name: Unique within its goal; names it on the command line.
        check: Tries it in an empty folder, in a process of its own; yields what is wrong, a line each.
        runs: How many trials it counts for.
    """

    name: str
    check: Callable[[Path], Iterable[str]]
    runs: int = 1
    timeout_s: float = 120


class Form(NamedTuple):
    """How much is tried.

    Attributes:
        short: A sample of each goal, for the tests.
        planted: With the naive piece in the program's place.
        only: The one case that is tried; empty for all.
    """

    short: bool = False
    planted: bool = False
    seed: int = 1
    only: str = ""

    @property
    def sampled(self) -> bool:
        """Whether not all is tried."""
        return self.short or self.planted or bool(self.only)


class Goal(NamedTuple):
    """What is to hold.

    Attributes:
        plant: Puts the naive piece in the program's place, in this process.
        planted: What that piece is, in words.
        least: How many trials the long form has at least.
    """

    name: str
    what: str
    cases: Callable[[Form, Path], Sequence[Case]]
    plant: Callable[[], None]
    planted: str
    least: int


class Tally(NamedTuple):
    """How a goal came out. ``failures`` are pairs of a case's name and what is wrong."""

    runs: int
    failures: tuple[tuple[str, str], ...]
    took_s: float


def pursue(goal: Goal, form: Form, *, at_once: int = os.cpu_count() or 1) -> Tally:
    """Try all cases of a goal; with a planted fault, which stays in this process, until the first has failed."""
    if form.planted:
        goal.plant()
    started = time.monotonic()
    with temporary_folder() as folder:
        cases = [case for case in goal.cases(form, Path(folder)) if form.only in ("", case.name)]
        failures: list[tuple[str, str]] = []
        runs = 0
        for case, wrong in _run_all(cases, Path(folder), at_once):
            runs += case.runs
            failures += [(case.name, line) for line in wrong]
            if failures and form.planted:
                break
    return Tally(runs, tuple(failures), time.monotonic() - started)


def _run_all(cases: Sequence[Case], folder: Path, at_once: int) -> Iterator[tuple[Case, list[str]]]:
    waiting, under_way = list(enumerate(cases)), list[tuple[Case, Process]]()
    try:
        while waiting or under_way:
            while waiting and len(under_way) < at_once:
                number, case = waiting.pop(0)
                call = _trial(case, folder / f"case-{number}")
                under_way.append((case, Process(call, timeout_s=case.timeout_s, own_group=True)))
            for case, process in tuple(under_way):
                ended = process.poll()
                if ended is not None:
                    under_way.remove((case, process))
                    yield case, _wrong(ended)
            time.sleep(0.002)
    finally:
        for _, process in under_way:
            process.kill()
            process.wait()


def _trial(case: Case, folder: Path) -> Callable[[], None]:
    def call() -> None:
        folder.mkdir()
        sys.stdout.write("\n" + json.dumps(["wrong", *case.check(folder)]))

    return call


def _wrong(ended: Ended) -> list[str]:
    """What a case says is wrong: the list it prints last; all else is the harness's own trouble."""
    last = ended.said.strip().rpartition("\n")[2]
    try:
        said = json.loads(last)
        if ended.status == 0 and said[0] == "wrong":
            return [str(line) for line in said[1:]]
    except (ValueError, TypeError, IndexError):
        pass
    return [f"the trial itself ended with {ended.status}: {last[:200]}"]


def is_well(goal: Goal, form: Form, tally: Tally) -> bool:
    """Whether nothing failed, and enough was tried where all of it was."""
    return not tally.failures and (form.sampled or tally.runs >= goal.least)


def lines_of(goal: Goal, form: Form, tally: Tally) -> Iterator[str]:
    """A line for the goal, and one for each of the first failures with the command that repeats it."""
    verdict = "ok" if is_well(goal, form, tally) else "FAIL"
    planted = f"  planted: {goal.planted}" if form.planted else ""
    least = "" if form.sampled else f" of {goal.least}"
    counts = f"{tally.runs:6}{least:8} runs  {len(tally.failures):4} failures  {tally.took_s:6.1f} s"
    yield f"{goal.name:12} {goal.what:54} {counts}  {verdict}{planted}"
    options = f"--seed {form.seed}" + (" --short" if form.short else "") + (" --planted" if form.planted else "")
    for name, wrong in tally.failures[:SHOWN]:
        yield f"    {name}: {wrong}"
        yield f"        again: make torture ARGS='--goal {goal.name} --case {name} {options}'"
