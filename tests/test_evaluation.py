"""The floors of ``make eval``: what falls below one is named, and none is lowered without being asked to."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from evaluation.__main__ import HERE, of_newsletter, pinned, shortfalls
from evaluation.independent import Counted, key, of_line, of_markdown
from evaluation.measure import Expected, Measured, compared, expectations, role_accuracy, spoken
from tests.make import issue, item, section
from tests.rooms import DEMO

PERFECT = Measured(100.0, 100.0, 100.0, 100.0, 100.0)
FLOORS = {"a.md": {"link_recall": 100.0, "roles": 97.8}}


def test_what_is_below_its_floor_is_named_with_both_figures() -> None:
    assert shortfalls("a.md", PERFECT, FLOORS) == []
    (line,) = shortfalls("a.md", PERFECT._replace(link_recall=99.9), FLOORS)
    assert line == "a.md: link_recall 99.900 % is below its floor of 100.0 %"


def test_a_figure_that_is_no_longer_measured_is_below_its_floor() -> None:
    (line,) = shortfalls("a.md", PERFECT._replace(roles=None), FLOORS)
    assert "roles" in line


def test_a_newsletter_without_a_floor_fails() -> None:
    (line,) = shortfalls("b.md", PERFECT, FLOORS)
    assert "--pin" in line


def test_pinning_raises_a_floor_and_lowers_one_only_when_that_is_allowed() -> None:
    worse = PERFECT._replace(link_recall=99.987, roles=99.0)
    assert pinned("a.md", worse, FLOORS, allow_lower=False)["link_recall"] == 100.0
    assert pinned("a.md", worse, FLOORS, allow_lower=False)["roles"] == 99.0
    assert pinned("a.md", worse, FLOORS, allow_lower=True)["link_recall"] == 99.98


def test_a_lost_link_a_made_up_link_and_a_word_said_twice_each_lower_their_figure() -> None:
    counted = Counted(Counter({"https://a.example": 2, "https://b.example": 2}), Counter({"one": 2, "two": 2}))
    assert compared(Counter({"https://a.example": 2}), counted.words, counted).link_recall == 50.0
    assert compared(counted.addresses + Counter({"https://c.example": 4}), counted.words, counted)[:2] == (100.0, 50.0)
    assert compared(counted.addresses, counted.words + Counter({"one": 1}), counted)[2:4] == (100.0, 80.0)
    assert compared(counted.addresses, Counter({"one": 1}), counted).text_recall == 25.0


def test_the_independent_count_finds_addresses_of_every_form_once() -> None:
    counted = of_markdown(
        "[a](https://a.example/x_(y)) and <https://b.example>, https://c.example/p. [https://d.example](https://d.example)\n"
        '\n<a href="https://e.example/?q=1&amp;r=2">https://e.example</a> `curl https://f.example`'
        " ![p](https://g.example/p.png)\n\n<!-- https://hidden.example -->\n"
    )
    assert counted.addresses == Counter(
        [
            "https://a.example/x_(y",
            "https://b.example",
            "https://c.example/p",
            "https://d.example",
            "https://e.example/?q=1&r=2",
            "https://f.example",
            "https://g.example/p.png",
        ]
    )
    assert counted.words["curl"] == 1
    assert "hidden" not in counted.words


def test_debris_and_escapes_make_no_other_address_but_a_lost_piece_does() -> None:
    assert key("https://a.example/b_c).") == key(r"https://a.example/b\_c") == key("https://A.example/b_c/")
    assert key("https://a.example/b?x=1") != key("https://a.example/b")


def test_a_line_says_what_a_reader_sees() -> None:
    line = (
        "- **Head**: [@a\\_b](https://x.com/a/status/1) said ![p](https://x.example/p) <a href='u'>this</a> &amp; that"
    )
    assert of_line(line) == ["head", "a_b", "said", "this", "that"]


def test_a_line_in_an_item_of_another_role_is_wrong() -> None:
    read = issue(
        section("s1", "intro", "", item("s1i1", "Good morning to all.")),
        section("s2", "news", "News", item("s2i1", "A model came out."), item("s2i2", "No news.", flags=["filler"])),
    )
    lines = ["Good morning to all.", "# News", "A model came out.", "No news.", "Never arrived."]
    right = [Expected(1, 1, "intro"), Expected(2, 3, "news"), Expected(4, 4, "boilerplate")]
    assert role_accuracy(read, lines, right) == (100.0, [])
    share, wrong = role_accuracy(read, lines, [Expected(1, 1, "news"), Expected(3, 3, "news"), Expected(5, 5, "news")])
    assert round(share, 1) == 33.3
    assert wrong == ["line 1: intro, expected news", "line 5: not found after the line before"]
    assert [word for word, _ in spoken(read)][:6] == ["good", "morning", "to", "all", "news", "a"]


@pytest.mark.parametrize("path", sorted(DEMO.glob("*.md")), ids=lambda path: path.name[:8])
def test_all_of_a_bundled_newsletter_arrives_in_the_role_a_person_gave_it(path: Path) -> None:
    assert expectations(HERE / "expected" / f"{path.stem}.toml")
    complaints: list[str] = []
    assert of_newsletter(path, complaints) == PERFECT
    assert complaints == []
