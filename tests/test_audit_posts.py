"""Posts that scripts published in May 2024, held against the newsletters they were made from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.rooms import DEMO, maeil, new_root
from tests.shared import NEWSLETTERS, SHARED, needs_shared

pytestmark = needs_shared

OURS = DEMO.parents[2] / "docs" / "daily-20240612.md"


def found_in(post: str, newsletter: str, *earlier: str) -> list[dict[str, Any]]:
    against = str(next(NEWSLETTERS.glob(f"{newsletter}*.md")))
    before = [part for name in earlier for part in ("--earlier", str(SHARED / name))]
    path = str(next(SHARED.glob(post)))
    result = maeil(Path.cwd(), "check", path, "--against", against, *before, "--json")
    found: list[dict[str, Any]] = json.loads(result.output)
    assert result.exit_code == int(any(one["severity"] == "error" for one in found))
    return found


@pytest.fixture(scope="module")
def fourth_of_may() -> list[dict[str, Any]]:
    return found_in("posts/daily-20240504.md", "24-05-03", "posts/daily-20240501.md")


def test_links_that_are_not_in_the_newsletter_are_told(fourth_of_may: list[dict[str, Any]]) -> None:
    unknown = [one for one in fourth_of_may if one["check"] == "links" and one["severity"] == "error"]
    assert [(one["line"], one["text"].split("/")[2]) for one in unknown] == [
        (31, "godbolt.org"),
        (32, "kolinko.github.io"),
        (33, "www.instadeep.com"),
        (37, "github.com"),
    ]


def test_links_with_tracking_parameters_are_told_with_the_clean_ones(fourth_of_may: list[dict[str, Any]]) -> None:
    tracked = [one for one in fourth_of_may if one["check"] == "tracking"]
    assert [one["line"] for one in tracked] == [31, 32, 32, 33, 36, 37]
    assert all(one["severity"] == "error" and "utm" not in one["expected"] for one in tracked)


def test_copied_bullets_are_told_once_each(fourth_of_may: list[dict[str, Any]]) -> None:
    copied = [one["line"] for one in fourth_of_may if one["check"] == "freshness" and one["severity"] == "error"]
    assert copied == [31, 32, 33, 36, 37]


def test_figures_of_another_day_are_told(fourth_of_may: list[dict[str, Any]]) -> None:
    figures = [one["text"] for one in fourth_of_may if one["check"] == "numbers" and one["line"] == 31]
    assert [figure.split()[0] for figure in figures] == ["4096", "8192"]


def test_what_the_newsletter_does_say_is_no_error(fourth_of_may: list[dict[str, Any]]) -> None:
    """Real faults: links under another name than that of who speaks there, as in the newsletter, and a particle."""
    errors = {(one["line"], one["check"]) for one in fourth_of_may if one["severity"] == "error" and one["line"] < 30}
    assert errors == {(16, "references"), (18, "references"), (21, "particles")}


def test_a_price_per_token_is_told_with_what_the_newsletter_says() -> None:
    [price] = [one for one in found_in("seeds/000*.txt", "24-05-03") if one["text"].startswith("$0.65")]
    assert (price["check"], price["severity"], price["line"]) == ("numbers", "error", 17)
    assert price["expected"] == "$0.65/1M input"


def test_a_post_that_says_what_its_newsletter_says_has_no_error() -> None:
    """Each warning is a fault of the post: labels that say nothing, a title told twice, a slash lost, a link astray."""
    found = found_in("posts/daily-20240501.md", "24-04-30")
    assert [one for one in found if one["severity"] == "error"] == []
    assert {(one["line"], one["check"]) for one in found} == {
        (3, "language"),
        (3, "form"),
        *((line, "labels") for line in (16, 18, 20)),
        (29, "support"),
        (31, "links"),
    }


def test_a_post_of_another_newsletter_is_told_bullet_by_bullet() -> None:
    found = found_in("posts/daily-20240520.md", "24-05-27")
    wrong = {one["line"] for one in found if one["severity"] == "error"}
    assert wrong >= {14, 15, 16, 17, 19, 25, 26, 27, 36, 37, 38, 41, 42}
    assert "$10백만" in {one["text"] for one in found if one["check"] == "numbers"}


def test_a_post_whose_characters_are_broken_is_one_finding(tmp_path: Path) -> None:
    broken = min((SHARED / "seeds").glob("001_*"))
    post = tmp_path / "daily-20240504.md"
    post.write_bytes(broken.read_bytes())
    newsletter = next(NEWSLETTERS.glob("24-05-03*.md"))
    result = maeil(new_root(tmp_path / "root"), "check", str(post), "--against", str(newsletter))
    line, count = result.output.strip().splitlines()
    assert "nothing else was checked" in line
    assert result.exit_code == 1
    assert "1 error" in count


def test_a_post_that_can_be_repaired_is_read_repaired_and_says_so(tmp_path: Path) -> None:
    post = tmp_path / "daily-20240612.md"
    post.write_text(OURS.read_bytes().decode("latin-1"), "utf-8")
    newsletter = next(DEMO.glob("24-06-11*.md"))
    whole, again = (
        maeil(new_root(tmp_path / name), "check", str(path), "--against", str(newsletter)).output.splitlines()
        for name, path in (("a", OURS), ("b", post))
    )
    assert "read repaired" in again[0]
    assert len(again) == len(whole) + 1
