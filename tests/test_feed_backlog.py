"""A feed that lists its whole archive and has the text of its ten newest issues only, as news.smol.ai's does."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request
from werkzeug import Response as Answer

from pipeline.session import open_session
from tests.rooms import maeil, new_root
from tests.sources import entry, newsletter, page, rss

ENTRIES = 700
WITH_TEXT = 10
FIRST = dt.date(2024, 1, 1)


def day_of(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


def instant_of(number: int) -> dt.datetime:
    return dt.datetime.combine(day_of(number), dt.time(3), tzinfo=dt.UTC)


class Archive:
    """A site with a feed of all its issues and a page for each; every request is counted."""

    def __init__(self, server: HTTPServer) -> None:
        self.asked: Counter[str] = Counter()
        self.answered: list[int] = []
        self.address = server.url_for("")
        body = rss(self._entry(number) for number in reversed(range(ENTRIES)))
        self.feed, self.etag = body, hashlib.sha256(body).hexdigest()
        server.expect_request("/rss.xml").respond_with_handler(self._feed)
        for number in range(ENTRIES):
            server.expect_request(f"/issues/{number}/").respond_with_handler(self._page)

    def _entry(self, number: int) -> str:
        full = newsletter(f"{day_of(number):%-m/%-d/%Y}") if number >= ENTRIES - WITH_TEXT else ""
        return entry(f"{self.address}issues/{number}/", when=instant_of(number), title=f"Issue {number}", full=full)

    def _feed(self, request: Request) -> Answer:
        self.asked["/rss.xml"] += 1
        if request.if_none_match.contains(self.etag):
            self.answered.append(304)
            return Answer(status=304)
        self.answered.append(200)
        return Answer(self.feed, content_type="application/rss+xml", headers={"ETag": f'"{self.etag}"'})

    def _page(self, request: Request) -> Answer:
        self.asked[request.path] += 1
        number = int(request.path.strip("/").rsplit("/", 1)[-1])
        return Answer(page(newsletter(f"{day_of(number):%-m/%-d/%Y}")), content_type="text/html; charset=utf-8")


@pytest.fixture
def archive(httpserver: HTTPServer) -> Archive:
    return Archive(httpserver)


@pytest.fixture
def root(tmp_path: Path, archive: Archive) -> Path:
    return new_root(
        tmp_path / "root",
        '[model]\nname = "demo"\n[web]\nallow_private = ["localhost", "127.0.0.1"]\n'
        f'[[sources]]\nname = "archive"\nkind = "feed"\nurl = "{archive.address}rss.xml"\nbacklog = 1\n',
    )


def fetched(root: Path, *options: str) -> list[dt.date]:
    """Run as far as fetch: the days of all issues that are there then."""
    result = maeil(root, "run", "--until", "fetch", *options)
    assert (result.exit_code, result.output) == (0, "")
    return sorted(raw.day for raw in open_session(root).library.issues())


def test_since_the_first_day_each_missing_page_is_asked_for_once_and_a_second_run_costs_one_request(
    root: Path, archive: Archive
) -> None:
    days = fetched(root, "--since", str(FIRST))
    assert days == [day_of(number) for number in range(ENTRIES)]
    missing = {f"/issues/{number}/" for number in range(ENTRIES - WITH_TEXT)}
    assert archive.asked == Counter({"/rss.xml": 1, **dict.fromkeys(missing, 1)})
    archive.asked.clear()
    assert fetched(root, "--since", str(FIRST)) == days
    assert archive.asked == Counter({"/rss.xml": 1})
    archive.asked.clear()
    assert fetched(root) == days
    assert archive.asked == Counter({"/rss.xml": 1})
    assert archive.answered == [200, 200, 304]


def test_without_since_the_first_run_takes_the_newest_issue_only(root: Path, archive: Archive) -> None:
    newest = [day_of(ENTRIES - 1)]
    assert fetched(root) == newest
    assert archive.asked == Counter({"/rss.xml": 1})
    assert fetched(root) == newest
    assert archive.asked == Counter({"/rss.xml": 2})
    assert archive.answered == [200, 304]
