"""Finds where the click trackers of issues lead: which of them are followed in a run, and what is remembered."""

from __future__ import annotations

import concurrent.futures
import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.clean import to_follow
from pipeline.errors import ExtractError, StageError, boundary
from pipeline.extract import wrapped_addresses
from pipeline.follow import Landing, follow
from pipeline.records.issues import Issue
from pipeline.records.sources import RawIssue
from pipeline.records.targets import Ask, Target, Targets
from pipeline.runs import Plan, is_settled
from pipeline.stages import STAGES, Maker
from pipeline.store.library import Library

AT_ONCE = 4
PATIENCE_S = 300.0
"""A run follows no further after so long, whatever the limit: a post that is late by more is not worth its links."""


class Tally(NamedTuple):
    """How many click trackers are remembered: all that were asked, those that lead to a page, those that wait."""

    remembered: int
    leading: int
    waiting: int


def tally(library: Library) -> Tally:
    """What is remembered of all issues; a tracker that stands in two of them counts once."""
    targets = _by_wrapper(library).values()
    waiting = sum(target.waits for target in targets)
    return Tally(len(targets) - waiting, sum(bool(target.url) for target in targets), waiting)


def is_followed_in(plan: Plan) -> bool:
    """Whether a run that is asked to do this makes clean records."""
    return plan.first == "clean" if plan.alone else STAGES.index(plan.last) >= STAGES.index("clean")


class Follower:
    """Follows the click trackers of the issues that one run works on, and keeps each answer as it comes.

    Args:
        start: Starts on a tracker: gives a way to ask, until its time is over.
        clock: In seconds, for how long the run is patient.
    """

    def __init__(self, maker: Maker, start: Callable[[], Ask], *, clock: Callable[[], float] = time.monotonic) -> None:
        self.followed = 0
        self._maker = maker
        self._library = maker.library
        self._start = start
        self._clock = clock
        self._until = clock() + PATIENCE_S
        self._left = maker.settings.clean.resolve_limit
        self._known = _by_wrapper(maker.library)

    def follow(self, raws: Sequence[RawIssue], plan: Plan, tell: Callable[[str], None]) -> list[StageError]:
        """Go through issues that are not finished or have trackers that wait, newest first: what went wrong."""
        problems = []
        for raw in sorted(raws, key=lambda raw: (raw.published, raw.id), reverse=True):
            if is_settled(self._maker, raw, plan) and not self._waits(raw):
                continue
            tell(f"{raw.id} follow")
            try:
                with boundary(raw.id):
                    if issue := self._issue(raw, plan):
                        self._follow(raw, issue)
            except ExtractError:
                continue  # told where the issue is read
            except StageError as error:
                problems.append(error)
        return problems

    def _waits(self, raw: RawIssue) -> bool:
        targets = self._library.targets(raw.id)
        return targets is not None and any(target.waits for target in targets.targets)

    def _issue(self, raw: RawIssue, plan: Plan) -> Issue | None:
        """The issue as it is read; in a run of one stage alone as it was, if it was."""
        return self._library.work(raw.id, Issue) if plan.alone else self._maker.extract(raw)

    def _follow(self, raw: RawIssue, issue: Issue) -> None:
        """Follow what is not known, as far as the limit goes, and remember it with what is."""
        wanted = to_follow(issue)
        there = self._library.targets(raw.id)
        mine = {target.wrapper: target for target in (there.targets if there else ()) if not target.waits}
        mine |= {wrapper: self._known.get(wrapper) or Target(wrapper=wrapper, why="not asked") for wrapper in wanted}
        now = self._maker.ways.now
        asked = [wrapper for wrapper in wanted if mine[wrapper].waits and mine[wrapper].at != now][: self._left]
        if mine:
            self._keep(raw, mine.values())
        for landed in self._landed(raw, {wrapper: wanted[wrapper] for wrapper in asked}):
            mine[landed.wrapper] = self._known[landed.wrapper] = landed
            self._keep(raw, mine.values())

    def _landed(self, raw: RawIssue, asked: dict[str, str]) -> Iterator[Target]:
        """Where trackers lead, one after the other, several asked at once."""
        if not asked:
            return
        held, reader = wrapped_addresses(raw, self._library.body(raw))
        addresses = {wrapper: address or held.get(wrapper, "") for wrapper, address in asked.items()}

        def landing(wrapper: str) -> Landing | None:
            return follow(addresses[wrapper], self._start(), reader) if self._clock() < self._until else None

        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            for wrapper, landed in zip(addresses, pool.map(landing, addresses), strict=True):
                if landed is not None:
                    self.followed += 1
                    self._left -= 1
                    yield self._target(wrapper, landed)

    def _target(self, wrapper: str, landed: Landing) -> Target:
        before = self._known.get(wrapper)
        tries = (before.tries if before else 0) + (landed.why == "no answer")
        return Target(wrapper=wrapper, url=landed.url, why=landed.why, at=self._maker.ways.now, tries=tries)

    def _keep(self, raw: RawIssue, targets: Iterable[Target]) -> None:
        self._library.keep_targets(Targets(id=raw.id, targets=tuple(targets)))


def _by_wrapper(library: Library) -> dict[str, Target]:
    """All targets that are remembered; of one tracker in several issues the one that is known best."""
    found: dict[str, Target] = {}
    for issue in library.all_targets():
        for target in issue.targets:
            before = found.get(target.wrapper)
            if before is None or _worth(target) > _worth(before):
                found[target.wrapper] = target
    return found


def _worth(target: Target) -> tuple[bool, int, dt.datetime]:
    return not target.waits, target.tries, target.at or dt.datetime.min.replace(tzinfo=dt.UTC)
