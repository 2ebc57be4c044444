"""The same newsletter on every surface it arrives by: the same links and the same words, of the parts they share."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipeline.fetch import issue_of_file
from pipeline.records.issues import Section
from tests.providers import SUBSCRIBER, TOKEN, mail
from tests.readings import TITLE, differences, edition_of, read, said
from tests.rooms import DEMO
from tests.shared import NEWSLETTERS
from tests.surfaces import Edition, Surface

ERAS = (
    "23-12-20-ainews-12192023-everybody-loves-openrouter.md",
    "24-02-19-ainews-companies-liable-for-ai-hallucination-is-good-actually-for-ai-engineers.md",
    "24-03-06-ainews-not-much-happened-today.md",
    "24-05-03-ainews-dollar100k-to-predict-lmsys-human-preferences-in-a-kaggle-contest.md",
    "24-05-27-ainews-life-after-dpo-rewardbench.md",
    "26-02-03-not-much.md",
    "26-04-16-opus-47.md",
)
WHEN = dt.datetime(2026, 7, 14, 21, 40, tzinfo=dt.UTC)
BUNDLED = ("24-06-11-ainews-small-models-long-shadows.md", "26-07-14-quiet-harbour.md")


def newsletter(name: str) -> Path:
    folder = DEMO if name in BUNDLED else NEWSLETTERS
    if not (folder / name).is_file():
        pytest.skip("../shared is not on this machine")
    return folder / name


@pytest.mark.parametrize("name", [*BUNDLED, *ERAS], ids=lambda name: name[:8])
def test_every_surface_carries_the_same_links_and_the_same_words(name: str) -> None:
    surfaces = edition_of(newsletter(name)).all()
    of = {surface.name: said(surface) for surface in surfaces}
    found = [line for pair in itertools.combinations(surfaces, 2) for line in differences(*pair, of)]
    assert not found, f"{len(found)} differences:\n" + "\n".join(found[:400])


@pytest.mark.parametrize("name", BUNDLED, ids=lambda name: name[:8])
def test_nothing_that_names_a_subscriber_is_left_of_any_mail(name: str) -> None:
    for surface in edition_of(newsletter(name)).all():
        issue = read(surface)
        kept = issue.model_dump_json()
        assert TOKEN not in kept, surface.name
        assert SUBSCRIBER not in kept, surface.name
        assert not any("utm_" in link.url for link in issue.links), surface.name


def test_a_character_that_xml_forbids_costs_a_feed_nothing() -> None:
    body = "# AI Twitter Recap\n\n- **One**\x0b: [a](https://a.example)\n- **Two**\x1b: [b](https://b.example) & more\n"
    body += "\n" + "Enough words for a full text. " * 40
    edition = Edition(slug="a", title=TITLE, when=WHEN, markdown=body)
    for surface in (edition.rss(), edition.atom(), edition.site_feed()):
        assert [link.url for link in read(surface).links] == ["https://a.example", "https://b.example"], surface.name
        numbered = surface._replace(body=surface.body.replace(b"\x0b", b"&#11;").replace(b"\x1b", b"&#x1B;"))
        assert read(numbered).sections == read(surface).sections


def test_a_counted_link_without_a_target_that_can_be_read_does_not_keep_its_subscriber() -> None:
    body = "- **One**: [a](https://a.example) and [b](https://b[dot]example/x)\n"
    edition = Edition(slug="a", title=TITLE, when=WHEN, markdown=body)
    issue = read(edition.buttondown_mail(clicks=True))
    assert SUBSCRIBER not in issue.model_dump_json()
    assert [link.flags for link in issue.links if link.text == "b"] == [("subscriber", "unsafe")]


def test_links_that_only_their_owner_can_follow_keep_their_labels_and_say_what_they_are() -> None:
    edition = edition_of(newsletter(BUNDLED[1]))
    plain, opaque = (read(edition.substack_mail(redirects=redirects)) for redirects in (False, True))
    labels = [[link.text for link in issue.links if link.kind == "content"] for issue in (plain, opaque)]
    assert labels[0] == labels[1]
    hidden = [link for link in opaque.links if link.kind == "content"]
    assert all("tracker" in link.flags for link in hidden)
    assert all(link.url.startswith("https://substack.com/redirect/") and "?" not in link.url for link in hidden)


def letter(html: str, *, encoding: str, charset: str, alternative: bool, subject_charset: str = "utf-8") -> bytes:
    parts = [("plain", "Open this in a mail program that shows HTML.")] if alternative else []
    return mail(
        subject="[AINews] 조용한 하루: 소형 모델 4종",
        sender="ainews@buttondown.email",
        when=WHEN,
        slug="26-07-14",
        parts=[*parts, ("html", html)],
        encoding=encoding,
        charset=charset,
        subject_charset=subject_charset,
    )


@functools.cache
def _page() -> str:
    return f"<p>한국어 한 줄: 소형 모델의 하루 — 값은 $0.65.</p>{edition_of(newsletter(BUNDLED[1])).web_html[:9_000]}"


def sections(body: bytes) -> tuple[Section, ...]:
    return read(Surface("mail", "26-07-14.eml", "message/rfc822", body, "")).sections


@pytest.mark.parametrize("alternative", [True, False], ids=["alternative", "html only"])
@pytest.mark.parametrize("charset", ["utf-8", "cp949", "iso2022_kr"])
@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_a_mail_says_the_same_however_its_bytes_are_written(encoding: str, charset: str, alternative: bool) -> None:
    html = _page()
    plain = sections(letter(html, encoding="8bit", charset="utf-8", alternative=False))
    assert plain[0].items[0].text == "한국어 한 줄: 소형 모델의 하루 — 값은 $0.65."
    assert sections(letter(html, encoding=encoding, charset=charset, alternative=alternative)) == plain


@pytest.mark.parametrize("subject_charset", ["utf-8", "iso-2022-kr", "cp949"])
def test_a_korean_subject_is_the_title_whatever_its_charset(subject_charset: str) -> None:
    body = letter(
        "<p>One line.</p>",
        encoding="base64",
        charset="utf-8",
        alternative=True,
        subject_charset=subject_charset,
    )
    raw = issue_of_file("a.eml", body, source="input", now=WHEN, zone=ZoneInfo("Asia/Seoul"))
    assert raw.title == "[AINews] 조용한 하루: 소형 모델 4종"
    assert raw.day == dt.date(2026, 7, 15)
