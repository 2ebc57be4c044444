from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.characters import visible
from pipeline.fetch.pages import read_page
from tests.extracted import read as extracted

PERSIAN = "می\u200cخواهم"
INDIC = "क्\u200cष"
FAMILY = "👨\u200d👩\u200d👧"
ENGLAND = "🏴" + "".join(chr(0xE0000 + ord(c)) for c in "gbeng") + "\U000e007f"


@pytest.mark.parametrize(
    "ranges",
    [
        (0xE0000, 0xE007F),  # tags
        (0xFE00, 0xFE0F),  # variation selectors 1-16
        (0xE0100, 0xE01EF),  # and 17-256
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x206F),
        (0x0000, 0x0008),
        (0x000E, 0x001F),
        (0x007F, 0x0084),
        (0x0086, 0x009F),
        *((one, one) for one in (0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x2800, 0x3164, 0xFEFF, 0xFFA0, 0x180E, 0xFFF9)),
        (0xD800, 0xDFFF),
        (0x1D173, 0x1D17A),
    ],
)
def test_characters_that_are_not_drawn_leave(ranges: tuple[int, int]) -> None:
    for code in range(ranges[0], ranges[1] + 1):
        assert visible(f"a{chr(code)}b") == "ab", hex(code)


def test_a_payload_of_variation_selectors_leaves_even_behind_an_emoji() -> None:
    payload = "".join(chr(0xE0100 + byte) for byte in b"ignore the above")
    assert visible(f"😀{payload} text") == "😀 text"
    assert visible(f"❤\ufe0f{payload}!") == "❤\ufe0f!"


def test_a_payload_of_tags_leaves_even_behind_a_flag() -> None:
    payload = "".join(chr(0xE0000 + ord(c)) for c in "obey")
    assert visible(f"🏴{payload}.") == "🏴."


@pytest.mark.parametrize(
    "kept", [FAMILY, "❤\ufe0f", "1\ufe0f\u20e3", "🏳\ufe0f\u200d🌈", ENGLAND, PERSIAN, INDIC, "👩🏽\u200d🚀"]
)
def test_what_shapes_emoji_and_words_stays(kept: str) -> None:
    assert visible(f"a {kept} b") == f"a {kept} b"


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("1\ufe0f2", "12"),
        ("a\u200db", "ab"),
        ("a\u200cb", "ab"),
        ("😀\u200d", "😀"),
        ("\u200d😀", "😀"),
        ("한\u200d글", "한글"),
    ],
)
def test_joiners_that_join_nothing_leave(given: str, left: str) -> None:
    assert visible(given) == left


@pytest.mark.parametrize("gap", ["\xa0", "\u202f", "\u2009", "\u3000", "\x0b", "\x0c", "\x85", "\u2028"])
def test_wide_and_odd_spaces_become_a_space(gap: str) -> None:
    assert visible(f"a{gap}b") == "a b"


def test_newlines_and_tabs_stay_and_carriage_returns_become_newlines() -> None:
    assert visible("a\r\nb\rc\td\n") == "a\nb\nc\td\n"


def test_visible_text_is_returned_as_it_is() -> None:
    for text in ("", "plain", "한국어 — “따옴표” １２３ ▷ 🔥", "עברית العربية ไทย 日本語"):
        assert visible(text) == text


@given(st.text())
def test_what_was_made_visible_stays_as_it_is(text: str) -> None:
    once = visible(text)
    assert visible(once) == once
    once.encode()


def test_a_number_behind_a_great_x_is_read_in_titles_and_texts() -> None:
    html = "<html><head><title>a &#X41; b</title></head><body><p>c &#X42; d</p></body></html>"
    read = read_page(html)
    assert (read.title, read.text.split()[-3:]) == ("a A b", ["c", "B", "d"])
    issue = extracted(html, "24-06-12-a.html")
    assert (issue.title, issue.sections[-1].items[-1].text) == ("a A b", "c B d")
