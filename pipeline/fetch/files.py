"""New editions of a folder of files, of a mailbox, and of a single page."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import partial
from pathlib import PurePath

from pipeline.errors import FetchError
from pipeline.fetch.editions import MEDIA_TYPES, issue_of_file, issue_of_letter, issue_of_page
from pipeline.fetch.offers import Offer
from pipeline.fetch.run import Found, Read, ReadFolder, ReadMailbox, Run, richer
from pipeline.instants import day_of_name
from pipeline.records.sources import SourceState

# The day of an edition may be one later than its file's (sent in the evening, and told in another zone).
_NEAR = dt.timedelta(days=2)


def fetch_page(run: Run) -> SourceState:
    """Bring in the page that the source is, when it is new or richer.

    Raises:
        FetchError: The page cannot be fetched.
    """
    response = run.ask()
    if response.status == 304:
        return run.state.model_copy(update={"problem": ""})

    def take() -> Found | None:
        found = issue_of_page(response, frame=run.frame), response.body
        known = run.known.get(found[0].identity)
        return richer(known, found) if known else found

    run.attempt(run.source.url.partition("?")[0], take)
    return run.with_validators(SourceState(), response)


def fetch_folder(run: Run, read_folder: ReadFolder) -> SourceState:
    """Bring in the files that are new, or changed and richer; files that are no newsletters by their names are none.

    Raises:
        FetchError: The folder cannot be read.
    """
    skipped = {skip.identity for skip in run.state.skipped}
    offers: list[Offer] = []
    for name, read in read_folder(run.source.path):
        if PurePath(name).suffix.lower() not in MEDIA_TYPES:
            continue
        if name in run.known:
            run.attempt(name, partial(_changed, run, name, read))
        elif run.since is not None or name not in skipped:
            run.attempt(name, partial(_offer, run, name, read, offers))
    return run.take(offers, takes_older=True)


def _file(run: Run, name: str, read: Read) -> Found:
    body = read()
    return issue_of_file(name, body, source=run.source.name, now=run.frame.now, zone=run.frame.zone), body


def _changed(run: Run, name: str, read: Read) -> Found | None:
    known = run.known[name]
    if hashlib.sha256(read()).hexdigest() == known.capture.sha256:
        return None
    return richer(known, _file(run, name, read))


def _offer(run: Run, name: str, read: Read, offers: list[Offer]) -> None:
    """By the day in its name, so that an archive need not be read to find its newest; else by what is in it."""
    day = day_of_name(name)
    if day is None or (run.since is not None and abs(day - run.since) <= _NEAR):
        issue, _ = _file(run, name, read)
        instant, day = issue.published, issue.day
    else:
        instant = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
    offers.append(Offer(name, name, instant, day, partial(_file, run, name, read)))


def fetch_mailbox(run: Run, read_mailbox: ReadMailbox) -> SourceState:
    """Bring in the mails that are new; of all others only the headers are read.

    Raises:
        FetchError: The mailbox cannot be read.
    """
    from pipeline.letters import read_letter_head

    source = run.source
    with read_mailbox(source) as mails:
        offers = []
        for head, read in mails:
            try:
                letter = read_letter_head(head)
            except FetchError:
                continue  # in a mailbox lies what anybody sent; of what has no headers nobody can say it is ours
            wanted = not source.sender or letter.sender == source.sender.lower()
            if wanted and letter.subject.startswith(source.title_starts):
                identity = letter.message_id or hashlib.sha256(head).hexdigest()
                day = (letter.date or run.frame.now).astimezone(run.frame.zone).date()
                offers.append(Offer(identity, letter.subject, letter.date, day, partial(_mail, run, identity, read)))
        return run.take(offers[::-1])  # mailboxes have the newest last


def _mail(run: Run, identity: str, read: Read) -> Found:
    body = read()
    return issue_of_letter(body, identity=identity, frame=run.frame), body
