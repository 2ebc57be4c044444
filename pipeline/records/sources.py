"""fetch: Source → RawIssue. Where newsletters come from, and what came."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import AwareDatetime, Field

from pipeline.records.base import Made, Record, Sha256


class Source(Record):
    """A place newsletters come from, as ``maeil.toml`` names it.

    Attributes:
        name: Lower-case word; also the folder under ``data/raw/``.
        kind: ``feed`` and ``page`` have a ``url``; ``folder`` (files, .eml included), ``mailbox`` (Maildir or mbox)
            have a ``path``; ``imap`` has ``host``, ``user`` and ``mailbox``, its password comes from the environment.
        backlog: How many of the newest issues are taken when the source is met for the first time.
        newsletter: Its name as the post's last line credits it.
        title_starts: Only entries or mails whose title starts so are taken; empty for all.
        sender: Only mails from this address are taken; empty for all.
        expect_days: Days of the week on which the source publishes (``mon`` …); empty when not known.
    """

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")
    kind: Literal["feed", "page", "folder", "mailbox", "imap"]
    url: str = ""
    path: str = ""
    host: str = ""
    user: str = ""
    mailbox: str = "INBOX"
    backlog: int = Field(default=1, ge=1)
    newsletter: str = ""
    title_starts: str = ""
    sender: str = ""
    expect_days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = ()


class Response(Record):
    """What a page or feed answered. ``status`` 304 has an empty ``body``.

    Attributes:
        media_type: Lower case, without parameters.
        charset: The ``charset`` parameter of Content-Type, or None.
        body: After decompression.
    """

    url: str
    final_url: str
    status: int
    media_type: str = ""
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body: bytes


class Capture(Record):
    """One response, file or mail as it came, described; its bytes lie beside it in ``data/raw/``.

    Attributes:
        sha256: Of the bytes.
        file: Name of the file with the bytes, in the source's folder.
        url: What was asked for; empty for a file.
        final_url: What answered, after redirects.
        status: HTTP status; None for a file or a mail.
        media_type: As labelled, lower case, without parameters; guessed from the name for a file.
        charset: As labelled, or None.
        fetched_at: The instant of the run that brought it.
    """

    sha256: Sha256
    file: str
    url: str = ""
    final_url: str = ""
    status: int | None = None
    media_type: str = ""
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    fetched_at: AwareDatetime


class RawIssue(Made):
    """One edition of a newsletter, found in a capture.

    Attributes:
        source: Name of the source in the settings; ``input`` for files given on the command line.
        identity: File name, path of the URL, or Message-ID: what makes this edition the same one tomorrow.
        title: As the source gives it (feed entry, Subject, front matter); may be empty.
        url: Address of this edition on the web; may be empty.
        published: The edition's instant, UTC.
        day: That instant's day in the time zone of the settings.
        notes: Disagreements found on the way (header's day, file's day, date), one sentence each.
        entry: Id of the feed entry inside the capture; None when the capture is the edition.
        words: How many words the edition has; a poorer later version never replaces a richer one.
    """

    source: str
    identity: str
    title: str = ""
    url: str = ""
    published: AwareDatetime
    day: dt.date
    notes: tuple[str, ...] = ()
    entry: str | None = None
    words: int = 0
    capture: Capture


class Skipped(Record):
    """An edition that a source offers and that was not taken (older than the backlog)."""

    identity: str
    title: str
    day: dt.date


class SourceState(Record):
    """What is remembered of a source between two runs.

    Attributes:
        etag, last_modified: Of the last response that was stored, for the next conditional request.
        fetched_at: Instant of the last run that reached the source.
        brought: How many editions that run brought.
        skipped: Editions offered and never taken.
        problem: Why the last attempt failed; empty when it did not.
        quiet: Whether it was already told that the source has brought nothing on days on which it publishes.
    """

    etag: str | None = None
    last_modified: str | None = None
    fetched_at: AwareDatetime | None = None
    brought: int = 0
    skipped: tuple[Skipped, ...] = ()
    problem: str = ""
    quiet: bool = False
