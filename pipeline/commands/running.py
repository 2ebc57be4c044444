"""``maeil run`` and the commands of single stages."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from pipeline.display import outcome_line, print_table, targets_line, wrapped_line
from pipeline.errors import ConfigError, EndpointError, FetchError, StageError
from pipeline.gather import DEMO, INPUT, demo_source, gather, keep_inputs
from pipeline.hops import DEADLINE_S, open_hops
from pipeline.records.issues import CleanIssue
from pipeline.records.sources import RawIssue, Source
from pipeline.runs import Outcome, Plan, pick, run_issues
from pipeline.session import AskAgain, Session, open_maker, open_session
from pipeline.stages import Maker
from pipeline.store.files import locked
from pipeline.store.verifying import verified
from pipeline.targets import Follower, is_followed_in, tally
from pipeline.web import open_web

log = logging.getLogger(__name__)

WELL = ("done", "up to date", "same edition", "held before")
"""States that do not make a run fail: what was held before and has not changed was told when it was held."""

MANY_WRAPPED = 0.1
"""From this share of wrapped links on a run tells: a newsletter with one counted advert is no news each morning."""


FIRST_YEAR, LAST_YEAR = 2023, 2100
CLOCK_SLACK = dt.timedelta(days=1)
"""A clock that is set right by a few hours, or by a time zone, is no reason to hold a day."""


class Wishes(NamedTuple):
    """The options of ``maeil run``, as its help tells them."""

    issues: Sequence[str] = ()
    inputs: Sequence[Path] = ()
    day: dt.date | None = None
    since: dt.date | None = None
    sources: Sequence[str] = ()
    first: str | None = None
    last: str = "emit"
    ask_again: AskAgain = None
    force: bool = False
    dry_run: bool = False
    jobs: int | None = None
    verbose: bool = False


def run(root: Path, now: dt.datetime, wishes: Wishes) -> int:
    """Fetch what is new and take issues as far as a post: the exit status.

    Raises:
        MaeilError: Settings are wrong, another run is at work, or the disk fails.
    """
    log_to_stderr(wishes.verbose)
    end_on_signals()
    session = open_session(root, dry_run=wishes.dry_run)
    sources = _sources(session, wishes)
    _refuse_clock(session, now)
    with locked(session.lock), _progress() as tell:
        session.library.clear_leftovers()
        kept, problems = keep_inputs(session, wishes.inputs, now=now, day=wishes.day)
        if not wishes.issues and not wishes.inputs and wishes.first in (None, "fetch"):
            problems += gather(session, sources, now=now, since=wishes.since, tell=tell)
        problems += session.library.damaged_issues()
        told = {str(problem) for problem in problems}
        problems += [one for one in verified(session.library, day=now.date()).damaged if str(one) not in told]
        outcomes: list[Outcome] = []
        refused: EndpointError | None = None
        followed = ""
        if wishes.last != "fetch":
            maker = open_maker(session, now=now, ask_again=wishes.ask_again, jobs=wishes.jobs)
            picked = _picked(maker, sources, kept, wishes)
            first = wishes.first or ("summarize" if wishes.ask_again else "")
            plan = Plan(first=first, last=wishes.last, force=wishes.force)
            unfollowed, followed = _follow(session, maker, picked, plan, tell)
            problems += unfollowed
            outcomes, refused = _taken(run_issues(maker, picked, plan, tell))
    named = bool(wishes.issues or wishes.inputs)
    status = _report(outcomes, problems, refused, verbose=wishes.verbose, named=named)
    _tell_wrapped(session, outcomes)
    if followed:
        click.echo(f"maeil: {followed}")
    if session.settings.notify_url and not wishes.dry_run:
        _notify(session, status)
    return status


def _picked(maker: Maker, sources: Sequence[Source], kept: Sequence[str], wishes: Wishes) -> tuple[RawIssue, ...]:
    """The issues that a run is about: those that are named or were just kept, else all of its sources."""
    raws = list(maker.raws.values())
    if wishes.issues or wishes.inputs:
        return pick(raws, wanted=(*kept, *wishes.issues))
    names = [source.name for source in sources] + ([] if wishes.sources else [INPUT])
    return pick(raws, day=wishes.day, since=wishes.since, sources=names)


def _refuse_clock(session: Session, now: dt.datetime) -> None:
    """Nothing is dated by a clock that went wrong: a post keeps its name for good.

    Raises:
        ConfigError: It is before the first newsletters, or more than a day before what is recorded.
    """
    if not FIRST_YEAR <= now.year < LAST_YEAR:
        raise ConfigError(f"the clock says {now:%Y-%m-%d}, which cannot be", hint="set the machine's clock")
    newest = max((raw.capture.fetched_at for raw in session.library.issues()), default=now)
    if now < newest - CLOCK_SLACK:
        raise ConfigError(
            f"the clock says {now:%Y-%m-%d %H:%M} UTC, and a newsletter was fetched at {newest:%Y-%m-%d %H:%M} UTC",
            hint="set the machine's clock",
        )


def run_stage(stage: str, root: Path, now: dt.datetime, issues: Sequence[str], *, verbose: bool) -> int:
    """One stage again, and only it: the exit status.

    Raises:
        MaeilError: As `run`.
    """
    log_to_stderr(verbose)
    end_on_signals()
    session = open_session(root)
    with locked(session.lock), _progress() as tell:
        session.library.clear_leftovers()
        maker = open_maker(session, now=now)
        sources = session.settings.sources
        names = [source.name for source in sources]
        picked = pick(list(maker.raws.values()), wanted=issues, sources=[*names, INPUT])
        if stage == "fetch":
            met = {raw.source for raw in picked} if issues else set(names)
            asked = [source for source in sources if source.name in met]
            return _report([], gather(session, asked, now=now, since=None, tell=tell), None, verbose=verbose)
        plan = Plan(first=stage, last=stage, alone=True, force=False)
        problems, followed = _follow(session, maker, picked, plan, tell)
        outcomes, refused = _taken(run_issues(maker, picked, plan, tell))
    status = _report(outcomes, problems, refused, verbose=verbose)
    if followed:
        click.echo(f"maeil: {followed}")
    return status


def _follow(
    session: Session, maker: Maker, raws: Sequence[RawIssue], plan: Plan, tell: Callable[[str], None]
) -> tuple[list[StageError], str]:
    """Follow click trackers where that is wanted, in no dry run: what went wrong, and a line on what is known."""
    if not session.settings.clean.resolve or session.dry_run or not is_followed_in(plan):
        return [], ""
    web = session.settings.web
    start = open_hops(timeout_s=min(web.timeout_s, DEADLINE_S), allow_private=web.allow_private)
    follower = Follower(maker, start)
    problems = follower.follow(raws, plan, tell)
    return problems, targets_line(tally(session.library), followed=follower.followed)


def _sources(session: Session, wishes: Wishes) -> list[Source]:
    """The sources that a run is about.

    Raises:
        ConfigError: One has no such name, or there are none and nothing else is named.
    """
    sources = {source.name: source for source in session.settings.sources}
    if wishes.dry_run and DEMO in wishes.sources:
        sources[DEMO] = demo_source(session)
    for name in wishes.sources:
        if name not in sources:
            raise ConfigError(f"no source is named {name!r}", hint="maeil.toml lists them")
    if not sources and not wishes.issues and not wishes.inputs:
        raise ConfigError(
            "no source is set", subject="maeil.toml", hint="add one under [[sources]], or use --input FILE"
        )
    return [source for name, source in sources.items() if not wishes.sources or name in wishes.sources]


def _taken(outcomes: Iterable[Outcome]) -> tuple[list[Outcome], EndpointError | None]:
    """All outcomes; those before the model's server refused us, with its refusal."""
    taken: list[Outcome] = []
    try:
        taken.extend(outcomes)
    except EndpointError as error:
        return taken, error
    return taken, None


def _report(
    outcomes: list[Outcome],
    problems: Sequence[StageError],
    refused: EndpointError | None,
    *,
    verbose: bool,
    named: bool = False,
) -> int:
    """Tell what happened: one line a problem, on a terminal a table as well; the exit status.

    Args:
        named: The issues were named: who names one wants to hear why it still has no post.
    """
    if sys.stdout.isatty() and outcomes:
        print_table(outcomes)
    for outcome in outcomes:
        if outcome.state not in WELL:
            click.echo(outcome_line(outcome), err=True)
        elif verbose or (named and not outcome.post):
            click.echo(outcome_line(outcome))
    for problem in (*problems, *([refused] if refused else [])):
        click.echo(f"maeil: {problem}", err=True)
    if refused:
        return 1 if any(outcome.state == "done" for outcome in outcomes) else 2
    return 1 if problems or any(outcome.state not in WELL for outcome in outcomes) else 0


def _tell_wrapped(session: Session, outcomes: Iterable[Outcome]) -> None:
    """One line for each source of which many links cannot be given in posts, as its new issues show."""
    by_source: dict[str, list[CleanIssue]] = {}
    for outcome in outcomes:
        if outcome.state == "done" and (issue := session.library.work(outcome.raw.id, CleanIssue)):
            by_source.setdefault(outcome.raw.source, []).append(issue)
    for name, issues in by_source.items():
        if wrapped := wrapped_line(issues, resolve=session.settings.clean.resolve, least=MANY_WRAPPED):
            click.echo(f"maeil: {name}: {wrapped}")


def _notify(session: Session, status: int) -> None:
    """Tell a watchdog how the run ended: nothing but that. Its failure is told and changes nothing."""
    url = session.settings.notify_url + ("/fail" if status else "")
    try:
        open_web(timeout_s=session.settings.web.timeout_s, allow_private=session.settings.web.allow_private)(url)
    except FetchError as error:
        log.warning("notify_url did not take the news: %s", error.message)


def end_on_signals() -> None:
    """End at once when asked to, with calls in flight or not: all that is on disk is whole, and locks go with us."""

    def end(number: int, _: object) -> None:
        show_cursor = b"\x1b[?25h" if sys.stderr.isatty() else b""
        os.write(2, show_cursor + b"maeil: stopped; run again to go on\n")
        os._exit(128 + number)

    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, end)


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """A display of what is under way on a terminal; silence elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status("") as display:
        yield lambda line: display.update(Text(line))


class _Once(logging.Filter):
    """Lets each warning through once: a damaged file is met by every stage that looks for it."""

    def __init__(self) -> None:
        super().__init__()
        self._told: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        line = record.getMessage()
        if record.levelno < logging.WARNING or line not in self._told:
            self._told.add(line)
            return True
        return False


def log_to_stderr(verbose: bool) -> None:
    """Warnings always, more when asked for; never what other libraries log, which may hold addresses with tokens."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("maeil: %(message)s"))
    handler.addFilter(_Once())
    log = logging.getLogger("pipeline")
    log.handlers = [handler]
    log.propagate = False
    log.setLevel(logging.DEBUG if verbose else logging.WARNING)
