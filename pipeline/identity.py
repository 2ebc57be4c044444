"""What makes an edition the same one tomorrow, and which day it is of."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from typing import NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pipeline.errors import FetchError

# Parameters that name a reader, or let in whoever has the link. Names with another meaning elsewhere are not here.
_PRIVATE = re.compile(
    r"(?:utm_\w{1,20}|ref|r|j|token|access_token|mc_eid|mc_cid|api_?key|key|auth|sig|signature|secret|password)=",
    re.IGNORECASE,
)

# What lets in whoever has it: twenty characters or more that nobody would read aloud.
_TOKEN = re.compile(r"(?=[^/]*\d)(?=[^/]*[A-Za-z])(?![^/]*-[a-z]+-)[\w.~=-]{20,}")

# A date may be a day off its file's: issues sent in the evening, UTC (237 of 701 in one archive).
_NEAR_DAYS = 1
_FUTURE = dt.timedelta(hours=24)


class Dated(NamedTuple):
    """When an edition was published.

    Attributes:
        instant: UTC.
        day: That instant's day in the zone asked for.
        notes: Where its sources disagree, one sentence each.
    """

    instant: dt.datetime
    day: dt.date
    notes: tuple[str, ...] = ()


def issue_id(source: str, identity: str, day: dt.date) -> str:
    """``20240504-3f9a1c2e``: the day, and eight hex digits of the SHA-256 of source and identity.

    The identity counts in Unicode's composed form: macOS decomposes the Hangul of file names.
    """
    named = f"{source}\n{unicodedata.normalize('NFC', identity)}"
    return f"{day:%Y%m%d}-{hashlib.sha256(named.encode()).hexdigest()[:8]}"


def identity_of_url(url: str) -> str:
    """The URL's path, and its query where that tells pages apart (``/?p=12``); empty for a bare host.

    Host and scheme do not count, as newsletters move; nor a final slash, nor parameters that name a reader.
    """
    try:
        parts = urlsplit(without_secrets(url))
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    return f"{path or '/'}?{parts.query}" if parts.query else path


def without_secrets(url: str) -> str:
    """The URL as it may be kept and shown: without password, tracking, and parameters that let a reader in."""
    before, mark, query = url.partition("?")
    query, hash_mark, fragment = query.partition("#")
    query = "&".join(pair for pair in query.split("&") if not _PRIVATE.match(pair))
    scheme, separator, rest = before.partition("://")
    host, slash, path = rest.partition("/")
    return (
        f"{scheme}{separator}{host.rpartition('@')[2]}{slash}{path}{mark if query else ''}{query}{hash_mark}{fragment}"
    )


def shown_address(url: str) -> str:
    """An address of the settings as it may be kept and shown: without secrets, and ``***`` for a token in its path."""
    bare = without_secrets(url)
    scheme, separator, rest = bare.partition("://")
    host, slash, path = rest.partition("/")
    segments = ("***" if _TOKEN.fullmatch(segment) else segment for segment in path.split("/"))
    return f"{scheme}{separator}{host}{slash}{'/'.join(segments)}"


def instant_of(
    *,
    stated: dt.datetime | None,
    named: dt.date | None,
    header: dt.date | None,
    now: dt.datetime,
    zone: ZoneInfo,
    day: dt.date | None = None,
) -> Dated:
    """The instant of an edition.

    What is stated counts when it is within a day of the day in the name, or when no name has a day; else noon UTC of
    the name's day; else of the header's. What lies more than 24 hours ahead is taken to be of the instant of the run.

    Args:
        stated: By the mail's Date, the feed's entry, the front matter or the page's metadata.
        named: The day in the file's name or the URL's path.
        header: The last day of the window in the newsletter's own header.
        now: The instant of the run.
        zone: In which the day is told.
        day: Overrides all others.

    Raises:
        FetchError: Nothing says when.
    """
    if day is not None:
        in_zone = stated is not None and stated.astimezone(zone).date() == day
        noon = dt.datetime.combine(day, dt.time(12), tzinfo=zone)
        return Dated(instant=(stated if in_zone and stated else noon).astimezone(dt.UTC), day=day)
    near = stated is not None and (named is None or abs(stated.date() - named) <= dt.timedelta(days=_NEAR_DAYS))
    instant = stated if near else _noon(named or header)
    if instant is None:
        raise FetchError("nothing says which day it is of", hint="pass --date YYYY-MM-DD")
    notes = list(_disagreements(stated.date() if stated else None, named, header))
    if instant > now + _FUTURE:
        notes.append(f"It is dated {instant:%Y-%m-%d}, in the future; the instant of the fetch counts.")
        instant = now
    return Dated(instant=instant, day=instant.astimezone(zone).date(), notes=tuple(notes))


def _noon(day: dt.date | None) -> dt.datetime | None:
    return None if day is None else dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)


def _disagreements(stated: dt.date | None, named: dt.date | None, header: dt.date | None) -> list[str]:
    """Days are compared as they are written, those of instants in UTC."""
    notes = []
    if stated and named and stated != named:
        counts = "date" if abs(stated - named) <= dt.timedelta(days=_NEAR_DAYS) else "name"
        notes.append(f"Its name says {named}, its date {stated}; the {counts} counts.")
    reference = named or stated
    if header and reference and header != reference:
        notes.append(f"Its header ends on {header}, its {'name' if named else 'date'} says {reference}.")
    return notes
