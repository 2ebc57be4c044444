"""A server that asks for an hour's rest is left alone by the runs of that hour as well."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from pipeline.llm.refusals import MAX_RETRY_AFTER_S
from pipeline.records.questions import Question, Reply
from pipeline.reply import Complete, Unavailable

LONGEST_S = 20 * 3600
"""Shorter than a day: a run from cron is kept out once at most, whatever the server said and the clock was."""


def left_alone(
    complete: Complete,
    *,
    until: dt.datetime | None,
    now: dt.datetime,
    clock: Callable[[], float],
    keep: Callable[[dt.datetime], None],
) -> Complete:
    """What ``complete`` answers, but no question before ``until``; a rest too long to wait for within a run is kept.

    Args:
        until: What a run before this one was asked for; None for nothing.
        now: When this run began.
        clock: Seconds, monotonic.
    """
    began_s = clock()
    wait = f"until {until:%Y-%m-%d %H:%M} UTC" if until and 0 < (until - now).total_seconds() <= LONGEST_S else ""

    def ask(question: Question) -> Reply:
        if wait:
            raise Unavailable(
                f"the model's server asked to be left alone {wait}",
                hint="the first run after that goes on; to ask now, remove the folder servers of the ledger",
            )
        try:
            return complete(question)
        except Unavailable as error:
            if error.retry_after_s is not None and error.retry_after_s > MAX_RETRY_AFTER_S:
                keep(now + dt.timedelta(seconds=clock() - began_s + min(error.retry_after_s, LONGEST_S)))
            raise

    return ask
