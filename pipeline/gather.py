"""Brings raw issues into the library: from sources, and from files given on the command line."""

from __future__ import annotations

import datetime as dt
import functools
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline.config import WebSettings
from pipeline.errors import FetchError, StageError, UnforeseenError, boundary
from pipeline.fetch import Fetched, Get, fetch, issue_of_file
from pipeline.folder import read_file, read_folder
from pipeline.mail import open_mailbox
from pipeline.records.sources import RawIssue, Response, Source
from pipeline.session import Session
from pipeline.web import open_web

log = logging.getLogger(__name__)

DEMO = "demo"
"""The source of the newsletters that come with the program; met by a dry run only."""
INPUT = "input"
"""The source of files given on the command line."""
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
QUIET_AFTER_DAYS = 3
"""A source that brought nothing on so many of its days is told: one day may be a holiday."""
NEED_NETWORK = ("feed", "page", "imap")


def demo_source(session: Session) -> Source:
    """The bundled newsletters as a source."""
    folder = session.root / session.settings.folders.raw / DEMO
    return Source(name=DEMO, kind="folder", path=str(folder), backlog=1_000)


def gather(
    session: Session, sources: Sequence[Source], *, now: dt.datetime, since: dt.date | None, tell: Callable[[str], None]
) -> list[StageError]:
    """Ask the sources for what is new and keep it; what could not be brought in, in order.

    A dry run passes over the sources that would need a connection.
    """
    problems: list[StageError] = []
    for source in sources:
        if session.dry_run and source.kind in NEED_NETWORK:
            continue
        tell(f"{source.name} fetch")
        try:
            with boundary(source.name):
                fetched = ask(session, source, now=now, since=since)
        except UnforeseenError as error:
            problems.append(error)
            continue
        for raw, body in fetched.found:
            session.library.keep_raw(raw, body)
        before = session.library.source_state(source.name)
        quiet = _is_quiet(session, source, today=now.astimezone(session.settings.zone).date())
        session.library.keep_source_state(source.name, fetched.state.model_copy(update={"quiet": quiet}))
        # An edition that cannot be brought in is told once; a source that cannot be reached, at every run.
        if not (fetched.state.fetched_at == now and before and before.problem == fetched.state.problem):
            problems += fetched.problems
    return problems


def ask(session: Session, source: Source, *, now: dt.datetime, since: dt.date | None) -> Fetched:
    """What a source has that is new; nothing is kept."""
    library, settings = session.library, session.settings
    return fetch(
        source.model_copy(update={"path": str(session.root / source.path)}) if source.path else source,
        known={raw.identity: raw for raw in library.issues() if raw.source == source.name},
        state=library.source_state(source.name),
        get=_getter(settings.web),
        read_folder=read_folder,
        read_mailbox=open_mailbox(session.secrets.mail_password),
        now=now,
        zone=settings.zone,
        since=since,
    )


def _getter(web: WebSettings) -> Get:
    """The way to the web, opened when a source first needs it: a folder does not."""

    @functools.cache
    def opened() -> Get:
        return open_web(timeout_s=web.timeout_s, max_bytes=web.max_bytes, allow_private=web.allow_private)

    def get(url: str, *, etag: str | None = None, last_modified: str | None = None) -> Response:
        return opened()(url, etag=etag, last_modified=last_modified)

    return get


def quiet_days(source: Source, newest: dt.date, today: dt.date) -> int:
    """How many of the days on which a source publishes have passed since its newest edition, today not counted."""
    days = (newest + dt.timedelta(days=passed) for passed in range(1, (today - newest).days))
    return sum(DAYS[day.weekday()] in source.expect_days for day in days)


def _is_quiet(session: Session, source: Source, *, today: dt.date) -> bool:
    """Whether a source has been silent for too long, which is told the first time only."""
    newest = max((raw.day for raw in session.library.issues() if raw.source == source.name), default=today)
    missed = quiet_days(source, newest, today)
    before = session.library.source_state(source.name)
    if missed >= QUIET_AFTER_DAYS and not (before and before.quiet):
        log.warning("%s: nothing new since %s, on %d days on which it publishes", source.name, newest, missed)
    return missed >= QUIET_AFTER_DAYS


def keep_inputs(
    session: Session, paths: Sequence[Path], *, now: dt.datetime, day: dt.date | None
) -> tuple[list[str], list[StageError]]:
    """Keep files as raw issues of the source ``input``: their ids, and what could not be read."""
    kept: list[str] = []
    problems: list[StageError] = []
    known = {raw.identity: raw for raw in session.library.issues() if raw.source == INPUT}
    for path in paths:
        try:
            with boundary(str(path)):
                raw, body = read_input(path, now=now, zone=session.settings.zone, day=day)
        except StageError as error:
            problems.append(error)
            continue
        there = known.get(raw.identity)
        if there is None or there.made_from != raw.made_from:
            session.library.keep_raw(raw, body)
        kept.append(raw.id)
    return kept, problems


def read_input(path: Path, *, now: dt.datetime, zone: ZoneInfo, day: dt.date | None) -> tuple[RawIssue, bytes]:
    """A file as a raw issue, with its bytes.

    Raises:
        FetchError: There is no such file, or it is no newsletter.
    """
    try:
        body = read_file(path)
        return issue_of_file(path.name, body, source=INPUT, now=now, zone=zone, day=day), body
    except StageError as error:
        raise FetchError(error.message, subject=str(path), hint=error.hint) from error
