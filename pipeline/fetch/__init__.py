"""fetch: Source → RawIssues. What is new at a source, brought in once; the ways out come in as arguments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple, assert_never
from zoneinfo import ZoneInfo

from pipeline.errors import FetchError, StageError
from pipeline.fetch.editions import MEDIA_TYPES, Frame, issue_of_file
from pipeline.fetch.files import fetch_folder, fetch_mailbox, fetch_page
from pipeline.fetch.run import Found, Get, ReadFolder, ReadMailbox, Run
from pipeline.records.sources import RawIssue, Source, SourceState

__all__ = ["MEDIA_TYPES", "Fetched", "Get", "ReadFolder", "ReadMailbox", "fetch", "issue_of_file"]


class Fetched(NamedTuple):
    """What a run brought from a source.

    Attributes:
        found: New editions, and richer versions of known ones (under their ids), in order of instant, each with the
            bytes of its capture.
        state: To be remembered until the next run.
        problems: Why an edition, or the whole source, could not be brought in.
    """

    found: tuple[Found, ...]
    state: SourceState
    problems: tuple[StageError, ...]


def fetch(
    source: Source,
    *,
    known: Mapping[str, RawIssue],
    state: SourceState | None = None,
    get: Get,
    read_folder: ReadFolder,
    read_mailbox: ReadMailbox,
    now: dt.datetime,
    zone: ZoneInfo,
    since: dt.date | None = None,
) -> Fetched:
    """Bring in what is new at a source. Never raises a StageError: what failed is among the problems.

    Args:
        known: The source's editions that are there already, by identity.
        state: What the last run remembered; None when the source was never met.
        now: The instant of the run.
        zone: In which days are told.
        since: Take all editions from this day on, also those that were skipped before.
    """
    state = state or SourceState()
    run = Run(source, known, state, since, Frame(source.name, now, zone), get, [], [])
    try:
        new = _fetch(run, read_folder, read_mailbox)
    except FetchError as error:
        problem = FetchError(error.message, subject=source.name, hint=error.hint, retry=error.retry)
        return Fetched((), state.model_copy(update={"problem": str(problem)}), (problem,))
    found = tuple(sorted(run.found, key=lambda pair: pair[0].published))
    told = new.problem or "; ".join(str(problem) for problem in run.problems)
    new = new.model_copy(update={"fetched_at": now, "brought": len(found), "problem": told})
    return Fetched(found, new, tuple(run.problems))


def _fetch(run: Run, read_folder: ReadFolder, read_mailbox: ReadMailbox) -> SourceState:
    match run.source.kind:
        case "feed":
            from pipeline.fetch.feed import fetch_feed  # brings readers of feeds, which a file does not need

            return fetch_feed(run)
        case "page":
            return fetch_page(run)
        case "folder":
            return fetch_folder(run, read_folder)
        case "mailbox" | "imap":
            return fetch_mailbox(run, read_mailbox)
        case _:
            assert_never(run.source.kind)
