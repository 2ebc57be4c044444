"""A server that asks for an hour's rest is left alone by the runs of that hour as well."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from pipeline.records import Question, Reply
from pipeline.reply import Complete, Unavailable

LONGEST = dt.timedelta(days=1)
"""A server is asked once a day whatever it said, and after the clock of this machine was wrong."""


def left_alone(
    complete: Complete, *, until: dt.datetime | None, now: dt.datetime, keep: Callable[[dt.datetime], None]
) -> Complete:
    """What ``complete`` answers, but no question before ``until``; what the server asks for from now on is kept.

    Args:
        until: What a run before this one was asked for; None for nothing.
    """
    waits = until is not None and now < until <= now + LONGEST

    def ask(question: Question) -> Reply:
        if until is not None and waits:
            raise Unavailable(
                f"the model's server asked to be left alone until {until:%Y-%m-%d %H:%M} UTC",
                hint="the first run after that goes on; to ask now, remove data/ledger/servers",
            )
        try:
            return complete(question)
        except Unavailable as error:
            if error.retry_after_s is not None:
                keep(now + min(dt.timedelta(seconds=error.retry_after_s), LONGEST))
            raise

    return ask
