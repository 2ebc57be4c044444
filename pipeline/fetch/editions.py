"""One edition out of what was captured: a file, a mail, a page, or an entry of a feed."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from pipeline import matter
from pipeline.characters import visible
from pipeline.charset import decode
from pipeline.errors import ExtractError, FetchError
from pipeline.fetch.pages import Page, read_page
from pipeline.identity import Dated, identity_of_url, instant_of, issue_id, shown_address, without_secrets
from pipeline.instants import day_of_header, day_of_name, day_of_url, read_instant
from pipeline.records.sources import Capture, RawIssue, Response

if TYPE_CHECKING:
    from pipeline.feeds import Entry

MEDIA_TYPES = {".md": "text/markdown", ".html": "text/html", ".txt": "text/plain", ".eml": "message/rfc822"}
"""What a file may be, by the end of its name."""

_SUFFIXES = {media_type: suffix for suffix, media_type in MEDIA_TYPES.items()}
_FRONT_MATTER_WITHIN = 100_000  # characters
_ADDRESS_KEYS = ("url", "link", "canonical_url")
_PASSED_ON = re.compile(r"forwarded message|original message|from:", re.IGNORECASE)
_ON_THE_WEB = re.compile(r"View this post on the web at (https?://[^\s?#]{1,500})")  # Substack's plain text


class Frame(NamedTuple):
    """What is the same for all editions of one run: the source's name, the instant of the run, the zone of days."""

    source: str
    now: dt.datetime
    zone: ZoneInfo


def issue_of_file(
    name: str, body: bytes, *, source: str, now: dt.datetime, zone: ZoneInfo, day: dt.date | None = None
) -> RawIssue:
    """The edition in a file; its name without folders is its identity.

    Args:
        name: Ends in .md, .html, .txt or .eml.
        body: The file's bytes.
        day: Overrides what name and content say.

    Raises:
        FetchError: The file is empty, no text, of an unknown kind, or nothing says which day it is of.
    """
    name = PurePath(name).name
    frame = Frame(source, now, zone)
    media_type = MEDIA_TYPES.get(PurePath(name).suffix.lower())
    try:
        if not body.strip():
            raise FetchError("the file is empty")
        if media_type == "message/rfc822":
            return issue_of_letter(body, identity=name, frame=frame, day=day)
        # Before the suffix: "this is a PDF" says more than that .pdf is not read.
        text = _text(body, label=None, media_type=media_type or "")
        if media_type is None:
            raise FetchError(
                f"{PurePath(name).suffix or 'a file without suffix'} is not read; .md, .html, .txt, .eml are"
            )
        page, notes = (read_page(text), ()) if media_type == "text/html" else _read_markdown(text)
        page = page if page.published else page._replace(published=_forwarded_at(text))
        dated = _dated(page, named=day_of_name(name), frame=frame, day=day)
    except FetchError as error:
        raise FetchError(error.message, subject=name, hint=error.hint, retry=error.retry) from error
    capture = _capture(body, media_type=media_type, now=now)
    return _issue(page, dated, capture, identity=name, frame=frame, notes=notes)


def issue_of_letter(body: bytes, *, identity: str, frame: Frame, day: dt.date | None = None) -> RawIssue:
    """The edition in a mail; a day in ``identity`` counts where the mail has no date.

    Raises:
        FetchError: The mail cannot be read, or nothing says which day it is of.
    """
    from pipeline.letters import read_letter  # the email package is slow to import, and few editions are mails

    letter = read_letter(body)
    text = letter.text or ""
    on_the_web = _ON_THE_WEB.search(text)
    page = Page(
        title=letter.subject,
        url=on_the_web[1] if on_the_web else "",
        published=_forwarded_at(letter.html or text) or letter.date,
        text=read_page(letter.html).text if letter.html else text,
    )
    dated = _dated(page, named=None if letter.date else day_of_name(identity), frame=frame, day=day)
    capture = _capture(body, media_type="message/rfc822", now=frame.now)
    return _issue(page, dated, capture, identity=identity, frame=frame)


def issue_of_page(response: Response, *, identity: str = "", entry: Entry | None = None, frame: Frame) -> RawIssue:
    """The edition that a page is; what the feed's entry says of it goes before what the page says.

    Raises:
        FetchError: The page is empty or no text, or nothing says which day it is of.
    """
    if response.media_type == "application/xhtml+xml" or not response.media_type:
        media_type = "text/html"
    else:
        media_type = response.media_type
    if not response.body.strip():
        raise FetchError("the page is empty")
    text = _text(response.body, label=response.charset, media_type=media_type)
    if media_type not in _SUFFIXES or media_type == "message/rfc822":
        raise FetchError(f"the page is {media_type}, no text to read")
    page, notes = (read_page(text), ()) if media_type == "text/html" else _read_markdown(text)
    if not page.text.strip():
        raise FetchError("the page has no text", retry=True)
    address = entry.url if entry and entry.url else response.final_url
    page = page._replace(
        title=(entry.title if entry else "") or page.title,
        published=(entry.published if entry else None) or page.published,
        url=address,
    )
    dated = _dated(page, named=day_of_url(address), frame=frame)
    capture = _capture_of(response, _SUFFIXES[media_type], frame.now)
    return _issue(page, dated, capture, identity=identity or identity_of_url(address) or "/", frame=frame, notes=notes)


def issue_of_entry(entry: Entry, response: Response, *, identity: str, frame: Frame) -> RawIssue:
    """The edition that an entry with full text is; the capture is the whole feed as it came.

    Raises:
        FetchError: Nothing says which day it is of.
    """
    page = Page(title=entry.title, url=entry.url, published=entry.published, text=read_page(entry.html).text)
    dated = _dated(page, named=day_of_url(entry.url), frame=frame)
    capture = _capture_of(response, ".xml", frame.now)
    return _issue(page, dated, capture, identity=identity, frame=frame, entry=entry.id)


def _text(body: bytes, *, label: str | None, media_type: str) -> str:
    try:
        return decode(body, label=label, media_type=media_type)
    except ExtractError as error:
        raise FetchError(error.message, hint=error.hint) from error


def _forwarded_at(body: str) -> dt.datetime | None:
    """When a forwarded mail was sent; the words are looked for first, as reading mails is slow to import."""
    if not _PASSED_ON.search(body[:20_000]):
        return None
    from pipeline.letters import date_of_forwarded

    return date_of_forwarded(body)


def _read_markdown(text: str) -> tuple[Page, tuple[str, ...]]:
    fields, notes = _front_matter(text)
    stated = fields.get("date")
    title = fields.get("title") or ""
    address = next((str(fields[key]) for key in _ADDRESS_KEYS if str(fields.get(key, "")).startswith("http")), "")
    page = Page(
        title=" ".join(visible(str(title)).split()),
        url=address,
        published=None if stated is None else read_instant(str(stated)),
        text=text,
    )
    return page, notes


def _front_matter(text: str) -> tuple[dict[str, matter.Scalar], tuple[str, ...]]:
    head, _ = matter.split(text)
    if head is None:
        return {}, ()
    try:
        return matter.scalars(head), ()
    except matter.MatterError as error:
        return {}, (f"Its front matter cannot be read: {error}.",)


def _dated(page: Page, *, named: dt.date | None, frame: Frame, day: dt.date | None = None) -> Dated:
    header = day_of_header(page.text) or day_of_header(f"AI News for {page.title}")
    return instant_of(stated=page.published, named=named, header=header, now=frame.now, zone=frame.zone, day=day)


def _capture(body: bytes, *, media_type: str, now: dt.datetime) -> Capture:
    sha256 = hashlib.sha256(body).hexdigest()
    return Capture(sha256=sha256, file=f"{sha256[:16]}{_SUFFIXES[media_type]}", media_type=media_type, fetched_at=now)


def _capture_of(response: Response, suffix: str, now: dt.datetime) -> Capture:
    sha256 = hashlib.sha256(response.body).hexdigest()
    described = response.model_dump(exclude={"body"})
    shown = {name: shown_address(described[name]) for name in ("url", "final_url")}
    return Capture(sha256=sha256, file=f"{sha256[:16]}{suffix}", fetched_at=now, **(described | shown))


def _issue(
    page: Page,
    dated: Dated,
    capture: Capture,
    *,
    identity: str,
    frame: Frame,
    entry: str | None = None,
    notes: tuple[str, ...] = (),
) -> RawIssue:
    return RawIssue(
        id=issue_id(frame.source, identity, dated.day),
        made_from=hashlib.sha256(f"{capture.sha256}{entry or ''}".encode()).hexdigest(),
        source=frame.source,
        identity=identity,
        title=page.title,
        url=without_secrets(page.url),
        published=dated.instant,
        day=dated.day,
        notes=notes + dated.notes,
        entry=entry,
        words=len(page.text.split()),
        capture=capture,
    )
