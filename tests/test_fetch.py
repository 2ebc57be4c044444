"""The fetch stage: what is taken, what is not taken twice, and what one bad entry may not do."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request
from werkzeug import Response as Answer

from pipeline.errors import FetchError
from pipeline.feeds import parse_feed
from pipeline.fetch import Fetched, fetch, issue_of_file
from pipeline.records.sources import RawIssue, Response, Source, SourceState
from pipeline.web import open_web
from tests.shared import NEWSLETTERS, needs_shared
from tests.sources import entry, letter, newsletter, page, rss

SEOUL = ZoneInfo("Asia/Seoul")
NOW = dt.datetime(2024, 5, 20, 23, tzinfo=dt.UTC)
FEED = "https://news.example/rss.xml"


def at(day: int, hour: int = 3, month: int = 5) -> dt.datetime:
    return dt.datetime(2024, month, day, hour, tzinfo=dt.UTC)


class World:
    """A web, a folder and a mailbox in memory; every request is written down."""

    def __init__(self, kind: str = "feed", **settings: object) -> None:
        place = {"url": FEED} if kind in {"feed", "page"} else {"path": "somewhere"}
        self.source = Source.model_validate({"name": "daily", "kind": kind, **place, **settings})
        self.answers: dict[str, bytes | FetchError] = {}
        self.etags: dict[str, str] = {}
        self.media_types: dict[str, str] = {}
        self.files: dict[str, bytes] = {}
        self.mails: list[bytes] = []
        self.asked: list[str] = []
        self.read: list[str] = []
        self.known: dict[str, RawIssue] = {}
        self.state: SourceState | None = None

    def get(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Response:
        self.asked.append(url)
        if etag and etag == self.etags.get(url):
            return Response(url=url, final_url=url, status=304, body=b"")
        answer = self.answers.get(url, FetchError("it answers 404 (Not Found)"))
        if isinstance(answer, FetchError):
            raise answer
        media_type = self.media_types.get(url, "text/html")
        return Response(
            url=url,
            final_url=url,
            status=200,
            media_type=media_type,
            charset="utf-8",
            etag=self.etags.get(url),
            body=answer,
        )

    def read_folder(self, path: str) -> Sequence[tuple[str, Callable[[], bytes]]]:
        def read(name: str) -> bytes:
            self.read.append(name)
            return self.files[name]

        return [(name, lambda name=name: read(name)) for name in sorted(self.files)]

    @contextmanager
    def read_mailbox(self, source: Source) -> Iterator[Sequence[tuple[bytes, Callable[[], bytes]]]]:
        def read(number: int) -> bytes:
            self.read.append(str(number))
            return self.mails[number]

        yield [(mail[:800], lambda number=number: read(number)) for number, mail in enumerate(self.mails)]

    def run(self, *, since: dt.date | None = None, now: dt.datetime = NOW) -> Fetched:
        self.asked, self.read = [], []
        fetched = fetch(
            self.source,
            known=self.known,
            state=self.state,
            get=self.get,
            read_folder=self.read_folder,
            read_mailbox=self.read_mailbox,
            now=now,
            zone=SEOUL,
            since=since,
        )
        for issue, body in fetched.found:
            assert issue.capture.sha256 == hashlib.sha256(body).hexdigest()
            assert issue.capture.file.startswith(issue.capture.sha256[:16])
        self.known |= {issue.identity: issue for issue, _ in fetched.found}
        self.state = fetched.state
        return fetched

    def feed(self, *entries: str, url: str = FEED) -> None:
        self.answers[url] = rss(entries)
        self.media_types[url] = "application/rss+xml"
        self.etags[url] = hashlib.sha256(self.answers[url]).hexdigest()


def full(day: int, **settings: object) -> str:
    return entry(f"https://news.example/issues/{day}/", when=at(day), full=newsletter(f"5/{day}/2024"), **settings)  # type: ignore[arg-type]


def identities(fetched: Fetched) -> list[str]:
    return [issue.identity for issue, _ in fetched.found]


# feeds


def test_the_first_time_only_the_newest_are_taken_and_the_rest_are_skipped() -> None:
    world = World(backlog=2)
    world.feed(full(3), full(9), full(6), full(1))
    fetched = world.run()
    assert identities(fetched) == ["/issues/6", "/issues/9"]
    assert [(skip.identity, skip.day) for skip in fetched.state.skipped] == [
        ("/issues/1", dt.date(2024, 5, 1)),
        ("/issues/3", dt.date(2024, 5, 3)),
    ]
    assert (fetched.state.brought, fetched.state.fetched_at, fetched.state.problem) == (2, NOW, "")


def test_an_entry_with_full_text_is_the_edition_and_the_whole_feed_its_capture() -> None:
    world = World()
    world.feed(full(9, title="Quiet day"), full(6))
    ((issue, body),) = world.run().found
    assert body == world.answers[FEED]
    assert world.asked == [FEED]
    assert (issue.title, issue.url, issue.published) == ("Quiet day", "https://news.example/issues/9/", at(9))
    assert (issue.id[:9], issue.day) == ("20240509-", dt.date(2024, 5, 9))
    assert (issue.capture.media_type, issue.capture.status, issue.capture.fetched_at) == (
        "application/rss+xml",
        200,
        NOW,
    )
    found = [entry for entry in parse_feed(body, charset=issue.capture.charset).entries if entry.id == issue.entry]
    assert len(found) == 1
    assert found[0].html == newsletter("5/9/2024")
    assert issue.made_from == hashlib.sha256((issue.capture.sha256 + str(issue.entry)).encode()).hexdigest()


def test_a_second_run_costs_one_conditional_request_and_brings_nothing() -> None:
    world = World()
    world.feed(full(9), full(6))
    world.run()
    fetched = world.run()
    assert (fetched.found, fetched.problems, world.asked) == ((), (), [FEED])
    assert fetched.state.etag == world.etags[FEED]
    assert len(fetched.state.skipped) == 1


def test_known_and_skipped_entries_are_not_taken_when_the_feed_changes() -> None:
    world = World()
    world.feed(full(9), full(6))
    world.run()
    world.feed(full(10), full(9), full(6))
    assert identities(world.run()) == ["/issues/10"]


def test_what_was_skipped_stays_skipped_also_when_it_is_of_the_same_day() -> None:
    world = World()
    world.feed(full(9), entry("https://news.example/twin", when=at(9, 1), full=newsletter()))
    world.run()
    world.feed(full(10), full(9), entry("https://news.example/twin", when=at(9, 1), full=newsletter()))
    assert identities(world.run()) == ["/issues/10"]


def test_all_that_came_while_nobody_fetched_is_made_up_for_in_order() -> None:
    world = World()
    world.feed(full(1))
    world.run()
    world.feed(*(full(day) for day in (4, 2, 3, 1)))
    assert identities(world.run()) == ["/issues/2", "/issues/3", "/issues/4"]


def test_a_feed_that_suddenly_lists_its_archive_brings_only_what_is_new() -> None:
    world = World()
    world.feed(full(9))
    world.run()
    world.feed(full(10), full(9), full(8), full(7))
    fetched = world.run()
    assert identities(fetched) == ["/issues/10"]
    assert [skip.identity for skip in fetched.state.skipped] == ["/issues/7", "/issues/8"]


def test_since_takes_all_from_that_day_on_also_what_was_skipped() -> None:
    world = World()
    world.feed(full(9), full(6), full(3))
    world.run()
    fetched = world.run(since=dt.date(2024, 5, 6))
    assert identities(fetched) == ["/issues/6"]
    assert [skip.identity for skip in fetched.state.skipped] == ["/issues/3"]


def test_since_counts_days_in_the_zone() -> None:
    world = World()
    world.feed(entry("https://news.example/a", when=at(3, 22), full=newsletter()), full(9))
    assert identities(world.run(since=dt.date(2024, 5, 4))) == ["/a", "/issues/9"]


def test_only_entries_whose_title_starts_right_are_offered() -> None:
    world = World(title_starts="[AINews] ", backlog=9)
    world.feed(full(9, title="[AINews] yes"), full(6, title="Podcast [AINews] no"))
    fetched = world.run()
    assert identities(fetched) == ["/issues/9"]
    assert fetched.state.skipped == ()


def test_a_summary_only_entry_is_fetched_from_its_page_once() -> None:
    world = World()
    url = "https://news.example/issues/9/"
    world.feed(entry(url, when=at(9), title="From the feed"))
    world.answers[url] = page(newsletter("5/9/2024"))
    ((issue, body),) = world.run().found
    assert world.asked == [FEED, url]
    assert body == world.answers[url]
    assert (issue.entry, issue.title, issue.published, issue.identity) == (None, "From the feed", at(9), "/issues/9")
    assert issue.capture.file.endswith(".html")
    world.feed(entry(url, when=at(9)), entry("https://news.example/issues/10/", when=at(10), full=newsletter()))
    world.run()
    assert world.asked == [FEED]


def test_a_page_that_fails_stops_no_other_and_is_tried_again() -> None:
    world = World(backlog=9)
    url = "https://news.example/issues/9/"
    world.feed(entry(url, when=at(9), title="Lost"), full(6))
    fetched = world.run()
    assert identities(fetched) == ["/issues/6"]
    assert [str(problem) for problem in fetched.problems] == ["daily: Lost: it answers 404 (Not Found)"]
    assert "Lost" in fetched.state.problem
    world.answers[url] = page(newsletter())
    fetched = world.run()
    assert identities(fetched) == ["/issues/9"]
    assert fetched.state.problem == ""


def test_links_of_a_feed_may_be_relative() -> None:
    world = World()
    world.feed(entry("/issues/9/", when=at(9)))
    world.answers["https://news.example/issues/9/"] = page(newsletter())
    assert identities(world.run()) == ["/issues/9"]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "ftp://x.example/a", ""])
def test_other_schemes_are_never_asked_for(link: str) -> None:
    world = World()
    world.feed(entry(link, when=at(9), title="Odd"))
    fetched = world.run()
    assert world.asked == [FEED]
    assert "neither full text nor a link" in str(fetched.problems[0])


CUT = newsletter("5/9/2024", paragraphs=1_500)[:100_000] + "..."


def test_a_cut_entry_is_fetched_from_its_page() -> None:
    world = World()
    url = "https://news.example/issues/9/"
    world.feed(entry(url, when=at(9), full=CUT))
    world.answers[url] = page(newsletter("5/9/2024", paragraphs=3_000))
    ((issue, body),) = world.run().found
    assert body == world.answers[url]
    assert issue.entry is None


def test_a_cut_entry_is_taken_when_its_page_fails_and_made_up_for_later() -> None:
    world = World()
    url = "https://news.example/issues/9/"
    world.feed(entry(url, when=at(9), full=CUT))
    ((cut, _),) = world.run().found
    assert "404" in cut.notes[-1]
    world.answers[url] = page(newsletter("5/9/2024", paragraphs=3_000))
    world.feed(entry(url, when=at(11), full=CUT), full(10))
    whole = {issue.identity: issue for issue, _ in world.run().found}["/issues/9"]
    assert whole.words > cut.words
    assert (whole.id, whole.day, whole.published) == (cut.id, cut.day, cut.published)


def test_a_page_that_has_less_than_the_cut_entry_is_not_taken() -> None:
    world = World()
    url = "https://news.example/issues/9/"
    world.feed(entry(url, when=at(9), full=CUT))
    world.answers[url] = page("<p>Please log in.</p>")
    ((_, body),) = world.run().found
    assert body == world.answers[FEED]


def test_a_short_entry_that_ends_on_an_ellipsis_is_whole() -> None:
    world = World()
    world.feed(entry("https://news.example/9", when=at(9), full=newsletter() + "<p>to be continued...</p>"))
    world.run()
    assert world.asked == [FEED]


def test_a_richer_version_replaces_and_keeps_id_and_day() -> None:
    world = World()
    world.feed(full(9))
    ((before, _),) = world.run().found
    world.feed(entry("https://news.example/issues/9/", when=at(11), full=newsletter(paragraphs=60)))
    ((after, _),) = world.run().found
    assert after.words > before.words
    assert (after.id, after.day, after.published) == (before.id, before.day, before.published)
    assert after.made_from != before.made_from


@pytest.mark.parametrize("later", [newsletter(paragraphs=5), newsletter("5/9/2024"), ""])
def test_a_poorer_or_equal_version_never_replaces(later: str) -> None:
    world = World()
    world.feed(full(9))
    world.run()
    world.feed(entry("https://news.example/issues/9/", when=at(9), full=later, title="Edited"), full(6))
    assert world.run().found == ()
    assert world.asked == [FEED]


def test_a_changed_link_under_the_same_guid_is_the_same_edition() -> None:
    world = World()
    world.feed(full(9))
    world.run()
    world.feed(full(9).replace("<link>https://news.example/issues/9/", "<link>https://moved.example/archive/nine"))
    assert world.run().found == ()


def test_guids_that_repeat_lose_no_edition() -> None:
    world = World(backlog=9)
    same = [full(day) for day in (9, 6)]
    world.feed(*(text.replace(text[text.index("<guid>") : text.index("</guid>")], "<guid>MjAyNS0x") for text in same))
    assert identities(world.run()) == ["/issues/6", "/issues/9"]


def test_entries_that_all_link_to_the_front_page_are_told_apart_by_guid() -> None:
    world = World(backlog=9)
    items = [full(day) for day in (9, 6)]
    world.feed(
        *(
            text.replace(f"<link>https://news.example/issues/{day}/", "<link>https://news.example/")
            for text, day in zip(items, (9, 6), strict=True)
        )
    )
    assert len(identities(world.run())) == 2


def test_entries_that_share_one_path_are_told_apart_by_guid() -> None:
    world = World(backlog=9)
    world.feed(
        *(
            full(day).replace(f"<link>https://news.example/issues/{day}/", "<link>https://news.example/latest")
            for day in (9, 6)
        )
    )
    assert len(identities(world.run())) == 2


def test_a_feed_without_dates_is_taken_from_the_top() -> None:
    world = World()
    undated = [entry(f"https://news.example/{name}", when=None, full=newsletter("5/9/2024")) for name in "abc"]
    world.feed(*undated)
    fetched = world.run()
    assert identities(fetched) == ["/a"]
    assert fetched.found[0][0].day == dt.date(2024, 5, 9)
    assert {skip.identity for skip in fetched.state.skipped} == {"/b", "/c"}


def test_an_entry_nothing_dates_is_a_problem_of_its_own() -> None:
    world = World(backlog=9)
    world.feed(entry("https://news.example/a", when=None, full="<p>no day</p>"), full(9))
    fetched = world.run()
    assert identities(fetched) == ["/issues/9"]
    assert "nothing says which day" in str(fetched.problems[0])


def test_the_day_in_the_path_corrects_a_date_that_is_days_off() -> None:
    world = World()
    world.feed(entry("https://news.example/issues/24-05-17-x/", when=at(2), full=newsletter()))
    ((issue, _),) = world.run().found
    assert issue.day == dt.date(2024, 5, 17)
    assert "the name counts" in issue.notes[0]


def test_an_entry_of_the_far_future_is_of_the_fetch() -> None:
    world = World()
    world.feed(entry("https://news.example/a", when=dt.datetime(2034, 1, 1, tzinfo=dt.UTC), full=newsletter()))
    ((issue, _),) = world.run().found
    assert issue.published == NOW


def test_a_feed_that_lists_nothing_any_more_has_deleted_nothing() -> None:
    world = World()
    world.feed(full(9), full(6))
    world.run()
    world.feed()
    fetched = world.run()
    assert (fetched.found, fetched.problems) == ((), ())
    assert "no entries any more" in fetched.state.problem
    assert len(fetched.state.skipped) == 1


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (b"", "empty"),
        (b"<html><body>log in</body></html>", "web page"),
        (b"not xml", "no feed"),
        (rss([]), "no entries"),
    ],
)
def test_what_is_no_feed_is_the_sources_problem(body: bytes, line: str) -> None:
    world = World()
    world.answers[FEED] = body
    fetched = world.run()
    assert fetched.found == ()
    assert [problem.subject for problem in fetched.problems] == ["daily"]
    assert line in fetched.state.problem
    assert fetched.state.fetched_at is None


def test_a_source_out_of_reach_keeps_what_was_remembered() -> None:
    world = World()
    world.feed(full(9), full(6))
    before = world.run().state
    world.answers[FEED] = FetchError("no answer in time", retry=True)
    world.etags = {}
    fetched = world.run()
    assert fetched.problems[0].retry
    assert fetched.state == before.model_copy(update={"problem": "daily: no answer in time"})


def test_nothing_is_asked_conditionally_when_the_editions_are_gone() -> None:
    world = World()
    world.feed(full(9))
    world.run()
    world.known = {}
    assert identities(world.run()) == ["/issues/9"]


def test_no_token_of_a_feed_or_a_link_gets_into_a_record() -> None:
    secret = "CANARY"
    url = f"https://reader:{secret}@news.example/private/rss?token={secret}"
    world = World(url=url)
    world.feed(entry(f"https://news.example/a?token={secret}&p=1", when=at(9), title="x"), url=url)
    world.answers[f"https://news.example/a?token={secret}&p=1"] = page(newsletter())
    fetched = world.run()
    assert fetched.found[0][0].url == "https://news.example/a?p=1"
    assert secret not in fetched.found[0][0].model_dump_json() + fetched.state.model_dump_json()
    world.answers = {}
    assert secret not in str(world.run().problems)


def test_700_entries_of_which_10_have_text_bring_each_missing_page_once() -> None:
    world = World()
    first = dt.datetime(2022, 1, 3, 5, tzinfo=dt.UTC)
    urls = [f"https://news.example/issues/{number}/" for number in range(700)]
    entries = []
    for number, url in enumerate(urls):
        text = newsletter() if number >= 690 else ""
        entries.append(entry(url, when=first + dt.timedelta(days=number), full=text))
        world.answers[url] = page(newsletter())
    world.feed(*reversed(entries))
    assert len(world.run().found) == 1
    assert world.asked == [FEED]
    fetched = world.run(since=first.date())
    assert len(fetched.found) == 699
    assert sorted(world.asked) == sorted([FEED, *urls[:690]])
    assert [issue.published for issue, _ in fetched.found] == sorted(issue.published for issue, _ in fetched.found)
    assert fetched.state.skipped == ()
    assert world.run().found == ()
    assert world.asked == [FEED]


# pages


def test_a_page_is_one_edition_under_its_path() -> None:
    world = World("page", url="https://news.example/issues/24-05-03-x?utm_source=y")
    head = '<meta property="article:published_time" content="2024-05-03T22:09:28Z"><link rel="canonical" href="/c">'
    world.answers[world.source.url] = page(newsletter(), head=head)
    ((issue, _),) = world.run().found
    assert (issue.identity, issue.title, issue.day) == ("/issues/24-05-03-x", "A page", dt.date(2024, 5, 4))
    assert world.run().found == ()
    world.answers[world.source.url] = page(newsletter(paragraphs=50), head=head)
    ((richer, _),) = world.run().found
    assert richer.id == issue.id


@pytest.mark.parametrize(
    ("head", "instant"),
    [
        ('<script type="application/ld+json">{"datePublished": "2024-05-03T22:09:28Z"}</script>', at(3, 22)),
        ('<meta property="article:published_time" content="2024-05-03T22:09:28Z">', at(3, 22)),
        ('<time datetime="2024-05-03T22:09:28Z">', at(3, 22)),
        ("", at(3, 12)),
    ],
)
def test_a_page_is_dated_by_what_it_states_and_else_by_its_header(head: str, instant: dt.datetime) -> None:
    world = World("page")
    world.answers[FEED] = page(newsletter(), head=head)
    ((issue, _),) = world.run().found
    assert issue.published.replace(minute=0, second=0) == instant


@pytest.mark.parametrize(
    ("body", "media_type", "line"),
    [
        (b"", "text/html", "the page is empty"),
        (b"<html><body><script>load()</script></body></html>", "text/html", "no text"),
        (b"%PDF-1.7", "application/pdf", "PDF"),
        (b"plain", "application/json", "application/json"),
    ],
)
def test_what_is_no_page_is_a_problem(body: bytes, media_type: str, line: str) -> None:
    world = World("page")
    world.answers[FEED], world.media_types[FEED] = body, media_type
    assert line in str(world.run().problems[0])


# files and folders


def markdown(day: int, more: str = "") -> bytes:
    return f"---\ntitle: Issue {day}\ndate: '2024-05-{day:02}T22:00:00Z'\n---\n\n# News\n\n- one\n{more}".encode()


def test_a_folder_brings_its_newest_file_first_and_reads_no_other() -> None:
    world = World("folder")
    world.files = {f"24-05-{day:02}-x.md": markdown(day) for day in range(1, 20)} | {"notes.json": b"{}"}
    ((issue, body),) = world.run().found
    assert (issue.identity, issue.title, body) == ("24-05-19-x.md", "Issue 19", world.files["24-05-19-x.md"])
    assert set(world.read) == {"24-05-19-x.md"}
    assert len(world.state.skipped) == 18  # type: ignore[union-attr]


def test_a_file_put_into_the_folder_later_is_taken_also_when_it_is_old() -> None:
    world = World("folder")
    world.files = {"24-05-09-x.md": markdown(9)}
    world.run()
    world.files["24-04-01-x.md"] = markdown(1)
    assert identities(world.run()) == ["24-04-01-x.md"]


def test_a_file_that_grew_replaces_and_one_that_shrank_does_not() -> None:
    world = World("folder")
    world.files = {"24-05-09-x.md": markdown(9, "- two\n")}
    world.run()
    assert world.run().found == ()
    world.files = {"24-05-09-x.md": markdown(9)}
    assert world.run().found == ()
    world.files = {"24-05-09-x.md": markdown(9, "- two\n- three\n")}
    assert identities(world.run()) == ["24-05-09-x.md"]


def test_a_file_that_did_not_change_is_never_richer() -> None:
    world = World("folder")
    world.files = {"24-05-09-x.md": markdown(9)}
    ((issue, _),) = world.run().found
    world.known = {issue.identity: issue.model_copy(update={"words": 1})}  # as if words had been counted in another way
    assert world.run().found == ()


def test_since_on_a_folder_counts_the_day_of_the_post() -> None:
    world = World("folder")
    world.files = {f"24-05-{day:02}-x.md": markdown(day) for day in range(1, 6)}
    assert identities(world.run(since=dt.date(2024, 5, 4))) == [f"24-05-0{day}-x.md" for day in (3, 4, 5)]


def test_a_bad_file_stops_no_other() -> None:
    world = World("folder", backlog=9)
    world.files = {"24-05-09-x.md": markdown(9), "24-05-10-x.md": b"", "b.txt": b"no day here"}
    fetched = world.run()
    assert identities(fetched) == ["24-05-09-x.md"]
    assert sorted(str(problem).split(";")[0] for problem in fetched.problems) == [
        "daily: 24-05-10-x.md: the file is empty",
        "daily: b.txt: nothing says which day it is of",
    ]


def of_file(name: str, body: bytes, day: dt.date | None = None) -> RawIssue:
    return issue_of_file(name, body, source="input", now=NOW, zone=SEOUL, day=day)


@pytest.mark.parametrize(
    ("name", "body", "line"),
    [
        ("a.md", b"", "the file is empty"),
        ("a.md", b" \n\n", "the file is empty"),
        ("a.md", b"%PDF-1.7 x", "PDF"),
        ("a.pdf", b"%PDF-1.7 x", "PDF"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "PNG"),
        ("a.txt", bytes(range(256)) * 30, "not a newsletter"),
        ("a.docx", b"hello", ".docx is not read"),
        ("README", b"hello", "without suffix"),
        ("a.md", b"# No day", "nothing says which day it is of; pass --date"),
        ("24-05-03.eml", b"Subject: x\n\n", "the mail has no body"),
        ("24-05-03.txt", "caf\ufffd ".encode() * 500, "cannot be repaired"),
    ],
)
def test_bad_files_get_one_clear_line_that_names_them(name: str, body: bytes, line: str) -> None:
    with pytest.raises(FetchError) as caught:
        of_file(f"some/folder/{name}", body)
    assert str(caught.value).startswith(f"{name}: ")
    assert line in str(caught.value)


def test_files_of_all_kinds_have_their_name_for_identity_and_no_folder() -> None:
    mail = letter(1, when=at(3, 22))
    for name, body, media_type, suffix in (
        ("24-05-03.md", markdown(3), "text/markdown", ".md"),
        ("24-05-03.HTML", page(newsletter()), "text/html", ".html"),
        ("24-05-03.txt", b"AI News for 5/3/2024.", "text/plain", ".txt"),
        ("x.eml", mail, "message/rfc822", ".eml"),
    ):
        issue = of_file(f"some/folder/{name}", body)
        assert (issue.identity, issue.capture.media_type, issue.capture.status) == (name, media_type, None)
        assert issue.capture.file == f"{issue.capture.sha256[:16]}{suffix}"
        assert issue.capture.url == ""


def test_the_mails_date_counts_for_a_file_with_a_mail() -> None:
    assert of_file("24-04-01.eml", letter(1, when=at(3, 22))).day == dt.date(2024, 5, 4)


def test_a_passed_day_counts() -> None:
    assert of_file("a.md", b"# No day", day=dt.date(2024, 2, 29)).id.startswith("20240229-")


@pytest.mark.parametrize(
    ("matter", "day"),
    [
        ("date: 2024-05-03T22:00:00Z", dt.date(2024, 5, 4)),
        ("date: 2024-05-03", dt.date(2024, 5, 3)),
        ("date: '2024-05-03T22:00:00.123456Z'", dt.date(2024, 5, 4)),
        ("date: 2024-02-30", dt.date(2024, 5, 3)),
        ("date: [2024]", dt.date(2024, 5, 3)),
        ("date: 2024-05-03T22:00:00Z\nno: 1", dt.date(2024, 5, 4)),
        ("a: [" * 500, dt.date(2024, 5, 3)),
        ("!!python/object:os.system x", dt.date(2024, 5, 3)),
    ],
)
def test_front_matter_of_every_kind_is_read_or_passed_over(matter: str, day: dt.date) -> None:
    issue = of_file("24-05-03-x.md", f"\ufeff---\n{matter}\n---\n\nhello".encode())
    assert issue.day == day


def test_a_text_that_begins_with_a_rule_has_no_front_matter() -> None:
    assert of_file("24-05-03-x.md", b"---\n\nhello: [\n\n---\n\nthere").title == ""


# mailboxes


def test_of_a_mailbox_only_the_bodies_of_what_is_taken_are_read() -> None:
    world = World("mailbox", sender="News@example.com", title_starts="[Daily]")
    world.mails = [letter(number, when=at(number)) for number in (3, 9, 6)]
    world.mails += [letter(20, when=at(20), sender="spam@example.net"), letter(21, when=at(20), subject="Podcast")]
    world.mails += [b"\x00\xff garbage"]
    fetched = world.run()
    assert identities(fetched) == ["9@example.com"]
    assert world.read == ["1"]
    assert fetched.found[0][1] == world.mails[1]
    assert [skip.identity for skip in fetched.state.skipped] == ["3@example.com", "6@example.com"]
    world.mails.append(letter(10, when=at(10)))
    assert identities(world.run()) == ["10@example.com"]
    assert world.read == [str(len(world.mails) - 1)]


def test_of_mails_without_dates_the_last_is_the_newest() -> None:
    world = World("mailbox")
    body = newsletter("5/9/2024")
    world.mails = [letter(number, when=at(9), body=body).replace(b"Date:", b"X-Date:") for number in (1, 2, 3)]
    assert identities(world.run()) == ["3@example.com"]


def test_a_mail_without_an_id_is_known_by_its_headers() -> None:
    world = World("mailbox")
    world.mails = [letter(9, when=at(9)).replace(b"Message-ID", b"X-Message")]
    assert len(world.run().found) == 1
    assert world.run().found == ()


def test_the_web_address_that_substack_writes_into_the_text_is_the_editions() -> None:
    body = b"Date: Fri, 03 May 2024 22:09:28 GMT\n\nView this post on the web at https://l.example/p/a?token=1\n\nHello"
    assert of_file("a.eml", body).url == "https://l.example/p/a"


# the real archive


@needs_shared
@pytest.mark.parametrize(
    ("start", "instant", "day"),
    [
        ("23-12-20", "2023-12-20T08:10", "2023-12-20"),
        ("24-02-19", "2024-02-20T00:05", "2024-02-20"),
        ("24-04-30", "2024-05-01T01:41", "2024-05-01"),
        ("24-05-03", "2024-05-03T22:09", "2024-05-04"),
        ("24-10-30", "2024-10-30T23:17", "2024-10-31"),
        ("25-04-21", "2025-04-21T05:44", "2025-04-21"),
        ("26-04-16", "2026-04-16T05:44", "2026-04-16"),
    ],
)
def test_the_days_of_real_newsletters(start: str, instant: str, day: str) -> None:
    (path,) = NEWSLETTERS.glob(f"{start}*.md")
    issue = (
        of_file(path.name, path.read_bytes())
        if start < "24-05-2"
        else issue_of_file(
            path.name, path.read_bytes(), source="input", now=dt.datetime(2026, 11, 21, tzinfo=dt.UTC), zone=SEOUL
        )
    )
    assert f"{issue.published:%Y-%m-%dT%H:%M}" == instant
    assert str(issue.day) == day
    assert issue.title


# over the wire


def test_over_http_each_missing_page_is_asked_for_once_and_a_second_run_costs_one_request(
    httpserver: HTTPServer,
) -> None:
    first = dt.datetime(2022, 1, 3, 5, tzinfo=dt.UTC)
    urls = [httpserver.url_for(f"/issues/{number}/") for number in range(110)]
    body = rss(
        entry(url, when=first + dt.timedelta(days=number), full=newsletter() if number >= 100 else "")
        for number, url in enumerate(urls)
    )

    def feed(request: Request) -> Answer:
        if request.headers.get("If-None-Match") == '"v1"':
            return Answer(status=304)
        return Answer(body, headers={"ETag": '"v1"', "Content-Type": "application/rss+xml"})

    httpserver.expect_request("/rss.xml").respond_with_handler(feed)
    httpserver.expect_request(re.compile("/issues/.*")).respond_with_data(page(newsletter()), content_type="text/html")
    get = open_web(allow_private=["localhost"], sleep=lambda _: None)
    world = World(url=httpserver.url_for("/rss.xml"))
    world.get = get  # type: ignore[method-assign]
    assert len(world.run(since=first.date()).found) == 110
    assert len(httpserver.log) == 101
    assert world.run().found == ()
    assert len(httpserver.log) == 102
    assert httpserver.log[-1][1].status_code == 304
