"""New editions of a feed: full text in the entry, or else the page that the entry links to."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from urllib.parse import urljoin

from pipeline.errors import FetchError
from pipeline.feeds import Entry, parse_feed
from pipeline.fetch.editions import issue_of_entry, issue_of_page
from pipeline.fetch.offers import Offer
from pipeline.fetch.run import Found, Run, richer
from pipeline.identity import identity_of_url, instant_of
from pipeline.instants import day_of_url
from pipeline.records.sources import RawIssue, Response, SourceState

# news.smol.ai cuts an entry's Markdown at 100,000 characters and adds "..."; rendered it has another length, but few
# newsletters that end on an ellipsis of their own are as long as this.
_CUT_FROM = 50_000
_TAG = re.compile(r"<[^<>]*>")


def fetch_feed(run: Run) -> SourceState:
    """Bring in what is new or richer in a feed.

    Raises:
        FetchError: The feed cannot be fetched or read.
    """
    response = run.ask()
    if response.status == 304:
        return run.state.model_copy(update={"problem": ""})
    entries = parse_feed(response.body, charset=response.charset).entries
    if not entries:
        if not run.known:
            raise FetchError("the feed has no entries")
        return run.state.model_copy(update={"problem": "the feed has no entries any more"})
    entries = tuple(
        entry.model_copy(update={"url": _absolute(response.final_url, entry.url)})
        for entry in entries
        if entry.title.startswith(run.source.title_starts)
    )
    return run.with_validators(run.take(_offers(run, entries, response)), response)


def _offers(run: Run, entries: tuple[Entry, ...], response: Response) -> list[Offer]:
    """What is not known; what is known is looked at once more, as it may have grown."""
    by_entry = {issue.entry: issue for issue in run.known.values() if issue.entry}
    paths = [identity_of_url(entry.url) for entry in entries]
    times = Counter(paths)
    offers = []
    for entry, path in zip(entries, paths, strict=True):
        identity = path if path and times[path] == 1 else entry.id
        known = run.known.get(identity) or by_entry.get(entry.id)
        if known is None:
            offers.append(_offer(run, entry, identity, response))
        elif entry.html:
            _take_if_richer(run, entry, known, response)
    return offers


def _absolute(base: str, url: str) -> str:
    try:
        joined = urljoin(base, url)
    except ValueError:
        return ""
    return joined if url and joined.startswith(("https://", "http://")) else ""


def _offer(run: Run, entry: Entry, identity: str, response: Response) -> Offer:
    def take() -> Found:
        if not entry.html:
            return _linked_page(run, entry, identity)
        if _is_cut(entry.html):
            return _richest(run, entry, identity, response)
        return issue_of_entry(entry, response, identity=identity, frame=run.frame), response.body

    instant, day = _instant_and_day(run, entry)
    return Offer(identity, entry.title, instant, day, take)


def _instant_and_day(run: Run, entry: Entry) -> tuple[dt.datetime | None, dt.date]:
    now, zone = run.frame.now, run.frame.zone
    try:
        dated = instant_of(stated=entry.published, named=day_of_url(entry.url), header=None, now=now, zone=zone)
    except FetchError:
        return None, now.astimezone(zone).date()
    return dated.instant, dated.day


def _linked_page(run: Run, entry: Entry, identity: str) -> Found:
    if not entry.url:
        raise FetchError("the entry has neither full text nor a link", subject=entry.title or entry.id)
    response = run.get(entry.url)
    return issue_of_page(response, identity=identity, entry=entry, frame=run.frame), response.body


def _richest(run: Run, entry: Entry, identity: str, response: Response) -> Found:
    """The page of an entry that is cut; the entry itself where the page has less, or does not come."""
    issue = issue_of_entry(entry, response, identity=identity, frame=run.frame)
    try:
        page = _linked_page(run, entry, identity)
    except FetchError as error:
        note = f"The feed cuts it short, and its page could not be had: {error.message}."
        return issue.model_copy(update={"notes": (*issue.notes, note)}), response.body
    return page if page[0].words > issue.words else (issue, response.body)


def _take_if_richer(run: Run, entry: Entry, known: RawIssue, response: Response) -> None:
    def take() -> Found | None:
        # A page is asked for again only while all there is of the edition is a cut entry.
        if known.entry is not None and _is_cut(entry.html):
            return richer(known, _richest(run, entry, known.identity, response))
        issue = issue_of_entry(entry, response, identity=known.identity, frame=run.frame)
        return richer(known, (issue, response.body))

    run.attempt(entry.title or entry.id, take)


def _is_cut(html: str) -> bool:
    ending = _TAG.sub("", html[-300:]).rstrip()
    return len(html) >= _CUT_FROM and ending.endswith(("...", "…"))
