"""Which instant or day a piece of text names: date headers, file names, paths of URLs, a newsletter's own header."""

from __future__ import annotations

import datetime as dt
import email.utils
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

# RFC 5322 zones that email.utils does not know; without them a mail from Seoul would be nine hours late.
_ZONES = {"KST": "+0900", "JST": "+0900", "BST": "+0100", "CET": "+0100", "CEST": "+0200"}
_ZONE_AT_END = re.compile(r"\b(" + "|".join(_ZONES) + r")\)?$")

# No newsletter is older than the web. What is "older" is a counter that was never set (1970-01-01, 1980-01-01).
_FIRST_YEAR = 1991
_LAST_YEAR = 2199
_LONGEST_DATE = 100

_SHORT_YEAR = re.compile(r"(\d{2})-(\d{2})-(\d{2})(?!\d)")
_LONG_YEAR = re.compile(r"(?<!\d)((?:19|20|21)\d{2})([-_./]?)(\d{2})\2(\d{2})(?!\d)")

# "AI News for 5/2/2024-5/3/2024", "AI Discords for 2/16-18/2024", "AI News for 2/28/2024": month first, the year may
# stand at the end of the range only, and lines of a quotation may break anywhere. A pattern that begins with a letter
# is looked for ten times as fast as one that begins with a boundary.
_GAP = r"[\s>]{0,20}"
_HEADER = re.compile(
    rf"[Aa](?<!\w.)(?i:I[\s>]{{1,20}}(?:News|Discords?|Twitters?)[\s>]{{1,20}}for){_GAP}"
    rf"(\d{{1,2}})/(\d{{1,2}})(?:/(\d{{4}}))?"
    rf"(?:{_GAP}[-\u2013\u2014]{_GAP}(?:(\d{{1,2}})/)?(\d{{1,2}})/(\d{{4}}))?"
)
_HEADER_WITHIN = 200_000  # characters; a page's navigation stands before it


def read_instant(text: str) -> dt.datetime | None:
    """The instant, in UTC, that a date header, a feed or a front matter states; None when it states none.

    Reads ISO 8601 and RFC 5322 with its obsolete forms: ``-0000`` and no zone mean UTC, named zones (EST, KST),
    years of two digits, no weekday. A day without a time means its noon, UTC. Impossible days and years before the
    web are none.
    """
    text = text.strip()[:_LONGEST_DATE]
    try:
        return _in_utc(_read_iso(text))
    except ValueError:
        pass
    try:
        return _in_utc(_read_rfc5322(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _read_iso(text: str) -> dt.datetime:
    instant = dt.datetime.fromisoformat(text)
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=dt.UTC)
    day_only = not any(mark in text for mark in "T: ")
    return instant.replace(hour=12) if day_only else instant


def _read_rfc5322(text: str) -> dt.datetime:
    text = _ZONE_AT_END.sub(lambda zone: _ZONES[zone[1]], text)
    fields = email.utils.parsedate_tz(text)
    if fields is None:
        raise ValueError("no date")
    return dt.datetime(*fields[:6], tzinfo=dt.timezone(dt.timedelta(seconds=fields[9] or 0)))


def _in_utc(instant: dt.datetime) -> dt.datetime | None:
    if not _FIRST_YEAR <= instant.year <= _LAST_YEAR:
        return None
    return instant.astimezone(dt.UTC)


def day_of_name(name: str) -> dt.date | None:
    """The day a file's name carries: ``24-05-03-title.md``, ``2024-05-03.eml``, ``digest-20240503.html``."""
    if match := _SHORT_YEAR.match(name):
        day = _day(f"20{match[1]}", match[2], match[3])
        if day is not None:
            return day
    return next(_long_days(name), None)


def day_of_url(url: str) -> dt.date | None:
    """The day in a URL's path: ``/issues/24-05-03-title``, ``/2024/05/03/title``."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    last = path.rstrip("/").rpartition("/")[2]
    return day_of_name(last) or next(_long_days(path), None)


def day_of_header(text: str) -> dt.date | None:
    """The last day of the window that the newsletter's own header names, when it has such a header."""
    for match in _HEADER.finditer(text[:_HEADER_WITHIN]):
        month, day, year, last_month, last_day, last_year = match.groups()
        last = (last_year, last_month or month, last_day) if last_day else (year or "", month, day)
        if found := _day(*last):
            return found
    return None


def _long_days(text: str) -> Iterator[dt.date]:
    days = (_day(match[1], match[3], match[4]) for match in _LONG_YEAR.finditer(text))
    return (day for day in days if day is not None)


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
