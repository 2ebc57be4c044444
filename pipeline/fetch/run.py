"""One run on one source: what it knows, its ways out, and what it brings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from pipeline.errors import FetchError, StageError, UnforeseenError, boundary
from pipeline.fetch.editions import Frame
from pipeline.fetch.offers import Offer, choose
from pipeline.records.sources import RawIssue, Response, Source, SourceState

Found = tuple[RawIssue, bytes]
"""An edition and the bytes of its capture."""

Read = Callable[[], bytes]
"""Reads one file or mail; raises FetchError."""


class Get(Protocol):
    """Gets a page or feed; raises FetchError for everything but a 200, or a 304 to a conditional request."""

    def __call__(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Response: ...


class ReadFolder(Protocol):
    """The newsletters of a folder by name, sorted, each with what reads it; raises FetchError for the folder."""

    def __call__(self, path: str) -> Sequence[tuple[str, Read]]: ...


class ReadMailbox(Protocol):
    """The mails of a mailbox, each as its headers and what reads it whole; raises FetchError for the mailbox.

    Mails may be left out that are not from the source's ``sender``. A mail can be read until the context is left.
    """

    def __call__(self, source: Source, /) -> AbstractContextManager[Sequence[tuple[bytes, Read]]]: ...


class Run(NamedTuple):
    """One run on one source.

    Attributes:
        known: The source's editions that are there already, by identity.
        state: What the last run remembered.
        since: Take all editions from this day on.
        found, problems: Filled on the way.
    """

    source: Source
    known: Mapping[str, RawIssue]
    state: SourceState
    since: dt.date | None
    frame: Frame
    get: Get
    found: list[Found]
    problems: list[StageError]

    def ask(self) -> Response:
        """The source's URL, conditionally when what its last answer brought is here and nothing older is wanted."""
        if self.since is not None or not self.known:
            return self.get(self.source.url)
        return self.get(self.source.url, etag=self.state.etag, last_modified=self.state.last_modified)

    def take(self, offers: Sequence[Offer], *, takes_older: bool = False) -> SourceState:
        """Bring in what is chosen of the offers; the new state, without validators."""
        choice = choose(
            offers,
            known=self.known.values(),
            state=self.state,
            backlog=self.source.backlog,
            since=self.since,
            takes_older=takes_older,
        )
        for offer in choice.taken:
            self.attempt(offer.title or offer.identity, offer.take)
        return SourceState(skipped=choice.skipped)

    def attempt(self, subject: str, take: Callable[[], Found | None]) -> None:
        """One edition that cannot be brought in stops no other."""
        try:
            with boundary(subject):
                found = take()
        except (FetchError, UnforeseenError) as error:
            named = f"{self.source.name}: {error.subject or subject}"
            self.problems.append(FetchError(error.message, subject=named, hint=error.hint, retry=error.retry))
        else:
            if found is not None:
                self.found.append(found)

    def with_validators(self, new: SourceState, response: Response) -> SourceState:
        """Only if nothing failed: a 304 would keep the next run from trying again what failed in this one."""
        if self.problems:
            return new
        return new.model_copy(update={"etag": response.etag, "last_modified": response.last_modified})


def richer(known: RawIssue, found: Found) -> Found | None:
    """A later version, under the name and day of the known one; None when it has no more words."""
    issue, body = found
    if issue.words <= known.words:
        return None
    kept = {"id": known.id, "identity": known.identity, "published": known.published, "day": known.day}
    return issue.model_copy(update=kept), body
