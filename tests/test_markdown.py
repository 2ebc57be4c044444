from __future__ import annotations

from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline.markdown import escaped, link

RENDER = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render

HOSTILE = [
    "<script>alert(1)</script>",
    "[a](http://evil.example)",
    "![x](http://evil.example/p.png)",
    "# heading",
    "- list",
    "1. list",
    "1) list",
    "> quotation",
    "---",
    "===",
    "+++",
    "***",
    "`code`",
    "~~~",
    "{{ secrets }} {% raw %} {{< x >}}",
    "$E=mc^2$ 5$ 6$",
    "a | b",
    "<http://evil.example>",
    "&lt;b&gt; &amp; &copy;",
    "[1]: http://evil.example",
    "Q4_K_M, GPT-4o*, __init__",
    "C:\\temp\\*",
    ": definition",
    "!note",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_shown_as_it_is_and_makes_no_markup(text: str) -> None:
    soup = BeautifulSoup(RENDER(escaped(text)), "lxml")
    assert {tag.name for tag in soup.find_all(True)} <= {"html", "body", "p"}
    assert soup.get_text().strip() == " ".join(text.split())


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]) | st.just(" "), max_size=60))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    soup = BeautifulSoup(RENDER(escaped(text)), "lxml")
    assert {tag.name for tag in soup.find_all(True)} <= {"html", "body", "p"}
    assert soup.get_text().strip() == " ".join(text.split())


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/watch?v=abc&t=10s",
        "https://en.wikipedia.org/wiki/Mercury_(planet)",
        "https://example.org/a)b",
        "https://example.org/(a",
        "https://example.org/?a=1&copy;=2&amp=3",
        "https://example.org/한글?q=a_b*c",
        "https://example.org/x#L10-L20",
    ],
)
def test_a_link_keeps_its_address(url: str) -> None:
    anchor = BeautifulSoup(RENDER(f"{link('라벨 [x]', url)}입니다"), "lxml").a
    assert anchor is not None
    assert anchor.get_text() == "라벨 [x]"
    assert unquote(str(anchor["href"])) == unquote(url)


def test_an_address_cannot_leave_its_brackets() -> None:
    written = link("x", "https://example.org/a b>)[y](https://evil.example) {{x}}")
    anchors = BeautifulSoup(RENDER(written), "lxml").find_all("a")
    assert len(anchors) == 1
    assert str(anchors[0]["href"]).startswith("https://example.org/a%20b")
    assert "{{" not in written
