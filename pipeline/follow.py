"""One click tracker, hop by hop, to the page that it leads to, and whether a post may give that page.

Each request is made by whoever calls, so nothing here knows the network. What comes back is the last address without
what tracks, or a word for why there is none: never a tracker's address or a part of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote, urljoin

from pipeline.errors import FetchError
from pipeline.footers import footer_place
from pipeline.hosts import doubt_about, host_of
from pipeline.records.targets import Ask, Hop, Why
from pipeline.redirects import find_tracker, find_wrapper
from pipeline.subscribers import NOBODY, Reader, names_somebody
from pipeline.urls import clean_url, opened

REDIRECTS = 5

_REFUSES_PROGRAMS = {403, 406, 999}
"""The page is there, and is kept for people; 999 is LinkedIn's."""

_PASSING = {408, 425, 429}

_LONGEST_DELAY_S = 10
"""A page that reloads later than this shows something in between."""

_REFRESH = re.compile(r"\s*(\d{1,9})[\d.]*\s*[;,]?\s*url\s*=\s*(?:\"([^\"]*)|'([^']*)|(.*))", re.IGNORECASE | re.DOTALL)

_TOKEN = re.compile(r"(?=[\w~-]*\d)(?=[\w~-]*[A-Za-z])(?![\w~-]*-[a-z]{3,}-)[\w~-]{12,}", re.ASCII)
"""What nobody would read aloud; the words of a title between hyphens are none."""

_SECOND_LEVEL = {"ac", "co", "com", "edu", "go", "gov", "ne", "net", "or", "org"}
"""Labels that stand before a country's: ``example.co.kr``."""


class Landing(NamedTuple):
    """Where a tracker leads: a clean address that a post may give, or why there is none."""

    url: str = ""
    why: Why = ""


def follow(address: str, ask: Ask, reader: Reader = NOBODY) -> Landing:
    """Ask along at most five redirects, by status, header or ``<meta refresh>``; GET only where HEAD says too little.

    A page of the newsletter about itself is never asked for: a GET may unsubscribe.

    Args:
        address: The tracker's.
        ask: Sends the requests.
        reader: Of the mail, whom the last address must not name.
    """
    trackers, url = [address], address
    try:
        for redirects in range(REDIRECTS + 1):
            hop = _answer(url, ask)
            target = _sends_on(hop)
            if not target:
                return _judged(hop, trackers, reader)
            if redirects == REDIRECTS:
                break
            if url.startswith("https:") and target.startswith("http:"):
                return Landing(why="no page")  # as fetching does
            if footer_place(target, "") is not None:
                return Landing(why="about itself")
            url = target
            if _is_tracker(url):
                trackers.append(url)
    except FetchError as error:
        return Landing(why="no answer" if error.retry else "no page")
    return Landing(why="too far")


def _answer(url: str, ask: Ask) -> Hop:
    """What a server says to HEAD; to GET where it refuses HEAD, or where its page may send on."""
    try:
        head = ask("HEAD", url)
    except FetchError as error:
        if not error.retry:
            raise
        return ask("GET", url)
    if head.status >= 400:
        return ask("GET", url)
    if head.target or head.refresh or not head.may_send_on:
        return head
    try:
        return ask("GET", url)
    except FetchError:
        return head  # it has answered


def _sends_on(hop: Hop) -> str:
    """Where an answer leads on, with the wrapper opened that its address may be; empty at the end of the way."""
    if hop.target:
        return hop.target
    inner = opened(hop.url).url
    if inner != hop.url:
        return inner
    delay_and_place = _REFRESH.match(hop.refresh or _meta_refresh(hop.page))
    if delay_and_place is None or int(delay_and_place[1]) > _LONGEST_DELAY_S:
        return ""
    place = next(filter(None, delay_and_place.groups()[1:]), "").strip()
    try:
        target = urljoin(hop.url, place)
    except ValueError as error:
        raise FetchError("it redirects to what is no address") from error
    return "" if target == hop.url else target


class _Metas(HTMLParser):
    """Looks for the first ``<meta http-equiv="refresh">``."""

    refresh = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta" and not self.refresh and values.get("http-equiv", "").strip().lower() == "refresh":
            self.refresh = values.get("content", "")


def _meta_refresh(page: str) -> str:
    if "refresh" not in page.lower():
        return ""
    metas = _Metas()
    metas.feed(page)
    return metas.refresh


def _judged(hop: Hop, trackers: Sequence[str], reader: Reader) -> Landing:
    """The last page, where it answers and a reader of posts may be sent to it."""
    url = clean_url(hop.url)
    wrong: dict[Why, bool] = {
        "no answer": 500 <= hop.status < 600 or hop.status in _PASSING,
        "no page": not (200 <= hop.status < 300 or hop.status in _REFUSES_PROGRAMS),
        "tracker": _is_tracker(url),
        "about itself": footer_place(url, "") is not None,
        "unsafe": bool(doubt_about(url)),
        "reader": names_somebody(url, reader) or any(_share_a_token(url, tracker) for tracker in trackers),
        "front page": any(_is_front_page(url, tracker) for tracker in trackers),
    }
    why: Why = next((why for why, holds in wrong.items() if holds), "")
    return Landing("" if why else url, why)


def _is_tracker(url: str) -> bool:
    parts, host = host_of(url)
    return parts is not None and (find_tracker(parts, host) is not None or find_wrapper(parts, host) is not None)


def _share_a_token(url: str, tracker: str) -> bool:
    """Whether a page's address hands on what the tracker knew the reader by."""
    known = f"{tracker} {unquote(tracker)}"
    return any(token in known for token in _TOKEN.findall(unquote(url)))


def _is_front_page(url: str, tracker: str) -> bool:
    """Whether an address is the first page of the tracker's own site, where links lead that have died."""
    parts, host = host_of(url)
    first = parts is not None and not (parts.path.strip("/") or parts.query or parts.fragment)
    return first and _owner(host) == _owner(host_of(tracker)[1])


def _owner(host: str) -> str:
    """The name that somebody registered: ``acme`` of ``links.acme.example`` and of ``www.acme.co.kr``."""
    labels = host.split(".")
    if len(labels) > 2 and labels[-2] in _SECOND_LEVEL:
        return labels[-3]
    return labels[-2] if len(labels) > 1 else host
