from __future__ import annotations

import datetime as dt

import pytest

from pipeline.posts import day_and_number, plain_lines, post_name, update_of


@pytest.mark.parametrize("number", [1, 2, 10, 9_999])
def test_a_name_tells_its_day_and_number(number: int) -> None:
    name = post_name(dt.date(2024, 5, 13), number)
    assert day_and_number(name) == (dt.date(2024, 5, 13), number)


@pytest.mark.parametrize(
    "name",
    [
        "daily-20240230.md",
        "daily-20240513-1.md",
        "daily-20240513.md.bak",
        "x-20240513.md",
        "daily-20240513-02.md",
        "../daily-20240513.md",
        "daily-20240513.md\n",
    ],
)
def test_other_names_are_not_posts(name: str) -> None:
    assert day_and_number(name) is None


def test_plain_lines_hold_what_is_read_and_no_addresses() -> None:
    post = (
        '---\ntitle: "t"\n---\n\n[Lumen-2](https://e.example/a_(b))가 나왔습니다.\n\n'
        "## Today's Preview\n\n* **주제**\n  - Q4\\_K\\_M 판입니다. ([글](https://e.example/x))\n\n"
        "> 의견입니다.\n\n**1. 추론**\n\n- **머리**: 글입니다.\n"
    )
    lines = plain_lines(post)
    assert lines[0].startswith("Lumen-2")
    assert "Q4_K_M 판입니다. (글)" in lines
    assert "의견입니다." in lines
    assert "머리: 글입니다." in lines
    assert not any("https" in line or "Preview" in line or "title" in line for line in lines)


def test_the_day_of_the_last_change_is_read_from_the_front_matter() -> None:
    assert update_of(b"---\ndate: 2024-05-01\nupdate: 2024-06-02\n---\nx") == dt.date(2024, 6, 2)
    assert update_of(b"update: 2024-13-40") is None
