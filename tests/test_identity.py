"""Identity and day: the rules of the architecture, on made-up names and on the names of the real archive."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from pipeline.errors import FetchError
from pipeline.identity import Dated, identity_of_url, instant_of, issue_id, shown_address, without_secrets
from pipeline.instants import day_of_header, day_of_name, day_of_url

SEOUL = ZoneInfo("Asia/Seoul")
NOW = dt.datetime(2026, 11, 21, 23, tzinfo=dt.UTC)


def utc(*fields: int) -> dt.datetime:
    return dt.datetime(*fields, tzinfo=dt.UTC)  # type: ignore[arg-type, misc]


def dated(
    stated: dt.datetime | None = None,
    named: dt.date | None = None,
    header: dt.date | None = None,
    *,
    day: dt.date | None = None,
    zone: ZoneInfo = SEOUL,
    now: dt.datetime = NOW,
) -> Dated:
    return instant_of(stated=stated, named=named, header=header, now=now, zone=zone, day=day)


# ids


def test_an_id_is_the_day_and_eight_digits_of_source_and_identity() -> None:
    day = dt.date(2024, 5, 4)
    assert issue_id("ainews", "a.md", day) == issue_id("ainews", "a.md", day)
    assert issue_id("ainews", "a.md", day).startswith("20240504-")
    others = {issue_id("ainews", "b.md", day), issue_id("other", "a.md", day), issue_id("ainews", "a.md", day)}
    assert len(others) == 3


def test_source_and_identity_do_not_run_into_each_other() -> None:
    assert issue_id("a", "bc", dt.date(2024, 5, 4)) != issue_id("ab", "c", dt.date(2024, 5, 4))


def test_composed_and_decomposed_hangul_are_one_identity() -> None:
    day = dt.date(2024, 5, 4)
    assert issue_id("a", "\ud55c.md", day) == issue_id("a", "\u1112\u1161\u11ab.md", day)


@pytest.mark.parametrize(
    ("url", "identity"),
    [
        ("https://news.example/issues/24-05-03-title/", "/issues/24-05-03-title"),
        ("http://www.news.example/issues/24-05-03-title?utm_source=x&utm_medium=email#top", "/issues/24-05-03-title"),
        ("https://news.example/?p=12&utm_source=rss", "/?p=12"),
        ("https://news.example/p/a?token=SECRET&r=12", "/p/a"),
        ("https://news.example/", ""),
        ("https://news.example", ""),
        ("https://[broken", ""),
        ("", ""),
    ],
)
def test_the_identity_of_a_page_is_its_path(url: str, identity: str) -> None:
    assert identity_of_url(url) == identity


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://user:word@h.example/a?token=T&x=1&mc_eid=E#f", "https://h.example/a?x=1#f"),
        ("https://h.example/a?access_token=T", "https://h.example/a"),
        ("https://h.example/a?v=%41&&t=2", "https://h.example/a?v=%41&&t=2"),
        ("https://h.example/@someone/a", "https://h.example/@someone/a"),
        ("https://h.example/a?tokens=3", "https://h.example/a?tokens=3"),
    ],
)
def test_what_lets_a_reader_in_is_taken_out_of_a_url_and_nothing_else(url: str, kept: str) -> None:
    assert without_secrets(url) == kept


# days in text


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("24-05-03-ainews-title.md", dt.date(2024, 5, 3)),
        ("2024-05-03-title.html", dt.date(2024, 5, 3)),
        ("2024_05_03.txt", dt.date(2024, 5, 3)),
        ("20240503.eml", dt.date(2024, 5, 3)),
        ("digest-20240503.md", dt.date(2024, 5, 3)),
        ("26-04-16-gpt-2025-01-02.md", dt.date(2026, 4, 16)),
        ("24-13-03-2024-05-03.md", dt.date(2024, 5, 3)),
        ("24-02-30.md", None),
        ("120240503.md", None),
        ("12192023-title.md", None),
        ("title.md", None),
        ("2024-0503.md", None),
    ],
)
def test_days_of_names(name: str, day: dt.date | None) -> None:
    assert day_of_name(name) == day


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://news.example/issues/24-05-03-title/", dt.date(2024, 5, 3)),
        ("https://news.example/2024/05/03/title", dt.date(2024, 5, 3)),
        ("https://news.example/p/title", None),
        ("https://news.example/p/title?date=2024-05-03", None),
        ("https://2024-05-03.example/p", None),
    ],
)
def test_days_of_urls_stand_in_the_path(url: str, day: dt.date | None) -> None:
    assert day_of_url(url) == day


@pytest.mark.parametrize(
    ("header", "day"),
    [
        ("> AI News for 5/2/2024-5/3/2024. We checked", dt.date(2024, 5, 3)),
        ("> AI Discords for 2/16-18/2024. We checked", dt.date(2024, 2, 18)),
        ("> AI Discords for 2/28/2024. We", dt.date(2024, 2, 28)),
        ("> AI Discords for 1/27-28/2024.", dt.date(2024, 1, 28)),
        ("AI News for 12/29/2023-1/2/2024.", dt.date(2024, 1, 2)),
        ("AI News for 2/28-3/1/2024.", dt.date(2024, 3, 1)),
        ("> AI News for 4/18/2025-\n> 4/21/2025. We checked", dt.date(2025, 4, 21)),
        ("> AI\n> News for\n> 4/18/2025\u20134/21/2025.", dt.date(2025, 4, 21)),
        ("AI News for 13/45/2024. AI News for 5/3/2024.", dt.date(2024, 5, 3)),
        ("AI News for 5/3. We", None),
        ("We paid 5/3/2024.", None),
        ("", None),
    ],
)
def test_the_header_names_the_last_day_of_its_window(header: str, day: dt.date | None) -> None:
    assert day_of_header(f"Some tagline.\n\n{header}") == day


# the instant


def test_what_is_stated_counts_when_no_name_has_a_day() -> None:
    assert dated(utc(2024, 5, 3, 22, 9)).day == dt.date(2024, 5, 4)


@pytest.mark.parametrize("day", [dt.date(2024, 5, 2), dt.date(2024, 5, 3), dt.date(2024, 5, 4)])
def test_what_is_stated_counts_within_a_day_of_the_name(day: dt.date) -> None:
    assert dated(utc(2024, 5, 3, 22, 9), day).instant == utc(2024, 5, 3, 22, 9)


@pytest.mark.parametrize("day", [dt.date(2024, 5, 1), dt.date(2024, 5, 5), dt.date(2025, 5, 3)])
def test_a_day_further_off_the_name_counts_at_noon(day: dt.date) -> None:
    found = dated(utc(2024, 5, 3, 22, 9), day)
    assert found.instant == utc(day.year, day.month, day.day, 12)
    assert found.day == day


def test_the_name_goes_before_the_header_and_the_header_before_nothing() -> None:
    assert dated(None, dt.date(2024, 5, 3), dt.date(2024, 4, 1)).day == dt.date(2024, 5, 3)
    assert dated(None, None, dt.date(2024, 4, 1)).instant == utc(2024, 4, 1, 12)


def test_nothing_that_says_when_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(FetchError, match="--date"):
        dated()


def test_disagreements_are_told_in_sentences() -> None:
    assert dated(utc(2024, 5, 3, 22), dt.date(2024, 5, 3), dt.date(2024, 5, 3)).notes == ()
    assert dated(utc(2024, 5, 4, 1), dt.date(2024, 5, 3)).notes == (
        "Its name says 2024-05-03, its date 2024-05-04; the date counts.",
    )
    far = dated(utc(2024, 5, 20), dt.date(2024, 5, 3), dt.date(2024, 4, 18)).notes
    assert far == (
        "Its name says 2024-05-03, its date 2024-05-20; the name counts.",
        "Its header ends on 2024-04-18, its name says 2024-05-03.",
    )
    assert dated(utc(2024, 5, 3), None, dt.date(2024, 5, 2)).notes == (
        "Its header ends on 2024-05-02, its date says 2024-05-03.",
    )


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (utc(2024, 5, 3, 14, 59, 59), dt.date(2024, 5, 3)),
        (utc(2024, 5, 3, 15), dt.date(2024, 5, 4)),
        (utc(2024, 2, 28, 15), dt.date(2024, 2, 29)),
        (utc(2024, 2, 29, 15), dt.date(2024, 3, 1)),
        (utc(2026, 2, 28, 15), dt.date(2026, 3, 1)),
        (utc(2023, 12, 31, 15), dt.date(2024, 1, 1)),
        (utc(2025, 12, 31, 14, 59, 59), dt.date(2025, 12, 31)),
        (utc(2000, 2, 29, 0), dt.date(2000, 2, 29)),
    ],
)
def test_days_turn_at_midnight_in_seoul(instant: dt.datetime, day: dt.date) -> None:
    assert dated(instant).day == day


def test_the_zone_is_the_tz_databases_and_not_nine_hours() -> None:
    assert dated(utc(1992, 5, 8, 14, 30)).day == dt.date(1992, 5, 8)
    assert dated(utc(1988, 5, 8, 14, 30)).day == dt.date(1988, 5, 9)  # summer time, +10:00
    assert dated(utc(2024, 5, 3, 5), zone=ZoneInfo("America/Los_Angeles")).day == dt.date(2024, 5, 2)


def test_up_to_a_day_ahead_is_believed_and_more_is_not() -> None:
    assert dated(NOW + dt.timedelta(hours=24)).instant == NOW + dt.timedelta(hours=24)
    later = dated(NOW + dt.timedelta(hours=24, seconds=1))
    assert later.instant == NOW
    assert "the instant of the fetch counts" in later.notes[-1]
    assert dated(None, dt.date(2036, 1, 1)).instant == NOW


def test_a_day_that_is_passed_overrides_all_and_is_that_day_in_every_zone() -> None:
    day = dt.date(2024, 5, 4)
    assert dated(utc(2023, 1, 1), dt.date(2022, 1, 1), day=day).day == day
    assert dated(utc(2024, 5, 3, 22), day=day).instant == utc(2024, 5, 3, 22)
    for name in ("Asia/Seoul", "Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"):
        zone = ZoneInfo(name)
        assert dated(day=day, zone=zone).instant.astimezone(zone).date() == day


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://jo:pw@news.example/feed", "https://news.example/feed"),
        ("https://news.example/feed/8f3b9d2e4c61a7b05d19/rss", "https://news.example/feed/***/rss"),
        ("https://news.example/feed?token=abc&page=2", "https://news.example/feed?page=2"),
        (
            "https://news.example/2026/11/27/a-long-title-of-an-issue",
            "https://news.example/2026/11/27/a-long-title-of-an-issue",
        ),
        ("https://news.example/feed.xml", "https://news.example/feed.xml"),
    ],
)
def test_a_password_and_a_token_in_an_address_are_never_shown(url: str, shown: str) -> None:
    assert shown_address(url) == shown
