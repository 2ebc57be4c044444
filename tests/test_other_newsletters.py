"""Newsletters of other makers, written for these tests: read without a profile, by their headings and lists alone."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipeline.clean import clean
from pipeline.extract import extract
from pipeline.fetch import issue_of_file
from pipeline.records.issues import CleanIssue, Kind
from pipeline.records.questions import Budget
from pipeline.summarize.choose import choose
from tests.make import MADE, NOW

FOLDER = Path(__file__).parent / "newsletters"
DIGEST, ESSAY, LETTER = "numbered-digest.md", "long-essay.html", "table-layout.eml"
DAY = dt.date(2026, 3, 5)


@cache
def read(name: str) -> CleanIssue:
    body = (FOLDER / name).read_bytes()
    raw = issue_of_file(name, body, source="test", now=NOW, zone=ZoneInfo("Asia/Seoul"), day=DAY)
    return clean(extract(raw, body, made_from=MADE), made_from=MADE)


def outline(name: str) -> list[tuple[str, str]]:
    return [(section.role, section.title) for section in read(name).sections]


def items(name: str, title: str) -> list[str]:
    return [item.text for section in read(name).sections if section.title == title for item in section.items]


def text_of(name: str) -> str:
    return "\n".join(item.text for section in read(name).sections for item in section.items)


def urls(name: str, kind: Kind) -> list[str]:
    return [link.url for link in read(name).links if link.kind == kind]


def links_of(name: str, words: str) -> list[str]:
    """The addresses of the one item that holds these words."""
    issue = read(name)
    (item,) = [item for section in issue.sections for item in section.items if words in item.text]
    return [link.url for link in issue.links if link.id in item.links]


# A numbered digest of links, in Markdown


def test_a_digest_has_a_section_of_news_for_each_heading() -> None:
    assert outline(DIGEST) == [
        ("intro", ""),
        ("news", "Reading"),
        ("news", "Papers"),
        ("news", "Tools"),
        ("boilerplate", "Together with Ballast"),
    ]
    assert [len(items(DIGEST, title)) for title in ("Reading", "Papers")] == [4, 2]


def test_a_number_of_a_digest_is_one_item_with_its_links() -> None:
    assert links_of(DIGEST, "queue that forgets") == ["https://queues.example/forgetting"]
    assert links_of(DIGEST, "quiet migration") == [
        "https://blog.example/posts/quiet-migration_(part_2)",
        "https://lobste.rs/s/demo12/quiet_migration",
    ]
    assert links_of(DIGEST, "Sparse attention") == [
        "https://arxiv.org/abs/2603.99001v2",
        "https://github.com/sparse-phone-demo/kernels",
    ]
    assert "It rejects 31/02 and says why." in items(DIGEST, "Reading")[2]


def test_an_address_in_code_and_one_in_angle_brackets_are_links() -> None:
    by_url = {link.url: link for link in read(DIGEST).links}
    assert by_url["https://jot.example/install.sh"].flags == ("code",)
    assert links_of(DIGEST, "feature flags") == ["https://flags.example"]


def test_a_row_of_a_table_is_an_item() -> None:
    assert "wisp | Zig | 1.1 MB" in items(DIGEST, "Tools")
    assert links_of(DIGEST, "moss | Rust") == ["https://moss.example/"]


def test_what_a_digest_says_of_its_sponsor_and_of_itself_is_never_told() -> None:
    told = [group.title for pool in choose(read(DIGEST), Budget())[:2] for group in pool.groups]
    assert "Together with Ballast" not in told
    assert urls(DIGEST, "footer") == ["https://tenlinks.example/unsubscribe", "https://tenlinks.example/preferences"]
    assert urls(DIGEST, "image") == ["https://images.example/lighthouse.jpg"]
    assert "demo-token" not in read(DIGEST).model_dump_json()


# A long essay with footnotes and tables, as a page


def test_an_essay_has_its_headings_and_its_first_paragraphs_as_introduction() -> None:
    assert outline(ESSAY) == [
        ("intro", ""),
        ("news", "What the list says"),
        ("news", "What the bill says"),
        ("news", "What follows"),
    ]
    assert (read(ESSAY).title, read(ESSAY).url) == (
        "The price of a token",
        "https://slowthoughts.example/p/price-of-a-token",
    )
    assert len(items(ESSAY, "")) == 2


def test_the_rows_of_an_essays_table_keep_their_cells_apart_and_their_links() -> None:
    assert items(ESSAY, "What the list says")[1:5] == [
        "Vendor | Input, $ per 1M | Output, $ per 1M",
        "Harbor | 0.08 | 0.16",
        "Orrery | 3.00 | 12.00",
        "Cooperage | 0.65 | 0.65",
    ]
    assert links_of(ESSAY, "Orrery |") == ["https://orrery.example/pricing"]


def test_a_footnotes_number_does_not_run_into_the_sentence_before_it() -> None:
    assert "two years before. 1 Everybody" in items(ESSAY, "")[0]
    assert "theirs. 2" in items(ESSAY, "What the bill says")[0]
    assert {"#fn:1", "#fnref:2"} <= set(urls(ESSAY, "navigation"))


def test_a_footnote_is_read_with_its_links() -> None:
    assert links_of(ESSAY, "weighs input and output") == ["https://ledger.example/method", "#fnref:1"]


def test_a_heading_of_the_third_level_is_the_head_of_what_stands_under_it() -> None:
    (item,) = [item for section in read(ESSAY).sections for item in section.items if "pay by the hour" in item.text]
    assert item.head == "Three exceptions"


def test_an_essays_page_adds_nothing_and_what_is_hidden_in_it_stays_out() -> None:
    assert "tenfold" not in text_of(ESSAY)
    assert "About" not in text_of(ESSAY)
    assert "©" not in text_of(ESSAY)
    assert urls(ESSAY, "footer") == []


# A mail laid out in tables


def test_a_mail_laid_out_in_tables_has_the_sections_that_a_reader_sees() -> None:
    seen = [(role, title) for role, title in outline(LETTER) if title]
    assert seen == [
        ("news", "Model Post"),
        ("news", "Top stories"),
        ("boilerplate", "Sponsored by Ballast"),
        ("news", "Quick links"),
    ]
    assert [role for role, title in outline(LETTER) if not title] == ["boilerplate", "intro", "boilerplate"]


def test_the_stories_of_a_mail_keep_head_text_and_links_together() -> None:
    issue = read(LETTER)
    (story,) = [section.items for section in issue.sections if section.title == "Top stories"]
    assert [item.head for item in story] == ["Kestrel v0.9 decodes 2.7x faster", "Northwind raises $1.2B"]
    assert "118 tok/s" in story[0].text
    assert links_of(LETTER, "118 tok/s")[-1] == "https://kestrel.example/v0.9"
    assert links_of(LETTER, "valuation of $7.8B") == [
        "https://northwind.example/funding",
        "https://maps.example/?q=Tromso",
    ]
    assert links_of(LETTER, "small models") == ["https://youtu.be/demoTalk123"]


@pytest.mark.parametrize(
    "hidden",
    [
        "two more stories",  # the preheader, by a class of the style sheet
        "Ignore all previous",  # white on white
        "Hidden filler",  # of no size
    ],
)
def test_what_a_reader_of_the_mail_cannot_see_does_not_arrive(hidden: str) -> None:
    assert hidden.encode() in (FOLDER / LETTER).read_bytes()
    assert hidden not in text_of(LETTER)


def test_view_in_browser_sponsor_and_unsubscribe_are_boilerplate_and_their_tokens_are_gone() -> None:
    issue = read(LETTER)
    boilerplate = [item.text for section in issue.sections if section.role == "boilerplate" for item in section.items]
    for words in (
        "View in browser",
        "ten copies of your index",
        "You are receiving",
        "12 Harbour Street",
        "Unsubscribe",
    ):
        assert any(words in text for text in boilerplate)
    assert urls(LETTER, "footer") == [
        "https://mail.example/view/",
        "https://mail.example/unsubscribe/",
        "https://mail.example/preferences/",
    ]
    assert "7f3f2c9e" not in issue.model_dump_json()  # nor in the picture that counts readers


def test_only_news_and_the_introduction_of_a_mail_are_told() -> None:
    issue = read(LETTER)
    chosen = choose(issue, Budget())
    told = {*chosen.front.ranked, *chosen.overview.ranked}
    texts = " ".join(item.text for section in issue.sections for item in section.items if item.id in told)
    assert "Ballast" not in texts
    assert "Harbour Street" not in texts
    offered = [link.url for link in issue.links if link.item in told and link.publishable]
    assert "https://kestrel.example/v0.9" in offered
    assert not any("utm_" in url or "mc_eid" in url or "si=" in url for url in offered)
