"""follow: where the click trackers of an issue lead. These records hold nothing of a tracker's address but its hash."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from pydantic import AwareDatetime

from pipeline.records.base import IssueId, Record, Sha256

MOST_TRIES = 3
"""In so many runs a tracker is asked that does not answer; then it is left alone."""

Why = Literal[
    "",  # it leads to a page that may be given
    "not asked",  # the run before could follow no more
    "no answer",  # within the time, or only that the server is in trouble; it may pass
    "no page",  # gone, refused, or an address that may not be asked
    "too far",  # more redirects than are followed
    "tracker",  # it ends at a tracker, or at a wrapper that does not open
    "front page",  # of the tracker's own site: where dead links are sent
    "about itself",  # unsubscribe and the like
    "reader",  # the last address names the reader
    "unsafe",  # no address for a reader of posts
]
"""Why a tracker leads nowhere that a post may give."""


class Hop(Record):
    """What a server says to one request, no redirect followed.

    Attributes:
        url: As it was asked for.
        target: Where the answer redirects to, absolute; empty where it does not.
        refresh: The header of that name, which some send in the place of a redirect.
        page: The body, where it is HTML, is small and was asked for; else empty.
        may_send_on: The answer to a HEAD is HTML that is small or of untold length: its body may hold a redirect.
    """

    url: str
    status: int
    target: str = ""
    refresh: str = ""
    page: str = ""
    may_send_on: bool = False


Ask = Callable[[Literal["HEAD", "GET"], str], Hop]
"""Sends one request, within what time there is; raises FetchError."""


class Target(Record):
    """Where one click tracker leads.

    Attributes:
        wrapper: SHA-256 of the tracker's address, as `Link.wrapper`.
        url: The last address, cleaned; empty where there is none that a post may give.
        why: Why there is none.
        at: The instant of the run that asked last; None when none has.
        tries: In how many runs it did not answer.
    """

    wrapper: Sha256
    url: str = ""
    why: Why = ""
    at: AwareDatetime | None = None
    tries: int = 0

    @property
    def waits(self) -> bool:
        """Whether a later run is to ask."""
        return self.why == "not asked" or (self.why == "no answer" and self.tries < MOST_TRIES)


class Targets(Record):
    """Where the click trackers of one issue lead, each as long as it is remembered: for ever."""

    id: IssueId
    targets: tuple[Target, ...]
