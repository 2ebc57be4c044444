"""What a source offers, and which of it is taken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from pipeline.records.sources import RawIssue, Skipped, SourceState

_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


class Offer(NamedTuple):
    """One edition that a source offers.

    Attributes:
        identity: What makes it the same one tomorrow.
        title: For people.
        instant: As far as it is known before the edition is read; None when it is not.
        day: Of that instant; of the run where it is not known.
        take: Brings the edition in; raises FetchError.
    """

    identity: str
    title: str
    instant: dt.datetime | None
    day: dt.date
    take: Callable[[], tuple[RawIssue, bytes]]


class Choice(NamedTuple):
    """Which offers are taken, oldest first, and what the source has offered and nobody took."""

    taken: tuple[Offer, ...]
    skipped: tuple[Skipped, ...]


def choose(
    offers: Iterable[Offer],
    *,
    known: Collection[RawIssue],
    state: SourceState,
    backlog: int,
    since: dt.date | None,
    takes_older: bool = False,
) -> Choice:
    """Choose among what is offered and not known.

    With ``since`` all from that day on. Else, the first time, the newest ``backlog``; later all that was not skipped
    before and is not older than the oldest known: a feed that suddenly lists its whole archive brings nothing but
    what is new.

    Args:
        offers: In the order of the source, newest first where they have no instant.
        known: Editions that are there already.
        takes_older: Older ones are taken too (a file put into a folder was put there on purpose).
    """
    have = {issue.identity for issue in known}
    unique: dict[str, Offer] = {}
    for offer in offers:
        if offer.identity not in have:
            unique.setdefault(offer.identity, offer)
    newest_last = list(unique.values())[::-1]
    # The sort is stable: undated offers keep the order of the source, as the oldest.
    fresh = sorted(newest_last, key=lambda offer: offer.instant or _NEVER)
    before = {skipped.identity: skipped for skipped in state.skipped if skipped.identity not in have}
    if since is not None:
        taken = [offer for offer in fresh if offer.day >= since]
    elif not known and not state.skipped:
        taken = fresh[-backlog:]
    else:
        oldest = min((issue.day for issue in known), default=dt.date.min)
        taken = [offer for offer in fresh if offer.identity not in before and (takes_older or offer.day >= oldest)]
    chosen = {offer.identity for offer in taken}
    offered = {offer.identity: Skipped(identity=offer.identity, title=offer.title, day=offer.day) for offer in fresh}
    skipped = [skip for identity, skip in (before | offered).items() if identity not in chosen]
    return Choice(tuple(taken), tuple(sorted(skipped, key=lambda skip: (skip.day, skip.identity))))
