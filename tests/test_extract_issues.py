"""The real newsletters: every link, every word, and what each section is for."""

from __future__ import annotations

import html
import re
from collections import Counter
from functools import cache

import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipeline.characters import visible
from pipeline.errors import ExtractError
from pipeline.extract.normalise import for_the_web, with_open_ends_closed, with_raw_text_opened, without_editor_marks
from pipeline.records.issues import Issue, Section
from tests.extracted import read, words, words_of
from tests.shared import NEWSLETTERS, needs_shared

pytestmark = needs_shared

FILES = sorted(path.name for path in NEWSLETTERS.glob("*")) if NEWSLETTERS.is_dir() else []
EMPTY = "24-06-19-ainews-theres-ilya.html"
READABLE = [name for name in FILES if name != EMPTY]

# Written by hand from the headings of the files: what each titled section is for; a title ending in "*" stands for
# all that begin so. Sections without a title are listed under "".
ROLES: dict[str, dict[str, set[str]]] = {
    "23-12-20": {"": {"intro"}, "* Discord Summary": {"community"}, "* Channel Summaries": {"detail"}},
    "24-03-06": {
        "": {"intro"},
        "Table of Contents": {"boilerplate"},
        "PART X*": {"news"},
        "PART 0*": {"community"},
        "Claude 3 Sonnet*": {"community"},
        "Claude 3 Opus*": {"boilerplate"},
        "ChatGPT*": {"boilerplate"},
        "PART 1*": {"community"},
        "* Discord Summary": {"community"},
        "PART 2*": {"detail"},
    },
    "24-06-19": {
        "": {"intro", "boilerplate"},
        "Table of Contents": {"boilerplate"},
        "AI Twitter Recap": {"news"},
        "AI Reddit Recap": {"news"},
        "AI Discord Recap": {"community"},
        "PART 1*": {"community"},
        "* Discord": {"community"},
        "PART 2*": {"detail"},
    },
    "24-10-30": {
        "": {"intro", "boilerplate"},
        "Table of Contents": {"boilerplate"},
        "AI Twitter Recap": {"news"},
        "AI Reddit Recap": {"news"},
        "/r/LocalLlama Recap": {"news"},
        "Other AI Subreddit Recap": {"news"},
        "AI Discord Recap": {"community"},
        "PART 1*": {"community"},
        "* Discord": {"community"},
        "PART 2*": {"detail"},
    },
    "25-04-21": {
        "": {"intro", "boilerplate"},
        "AI TWITTER RECAP": {"news"},
        "AI REDDIT RECAP": {"news"},
        "/R/LOCALLLAMA RECAP": {"news"},
        "OTHER AI SUBREDDIT RECAP": {"news"},
        "AI DISCORD RECAP": {"community"},
    },
    "26-02-03": {
        "": {"intro", "boilerplate"},
        "AI Twitter Recap": {"news"},
        "AI Reddit Recap": {"news"},
        "/r/LocalLlama*": {"news"},
        "Less Technical*": {"news"},
        "AI Discord Recap": {"community"},
        "Discord: High*": {"community"},
        "* Discord": {"community"},
        "Discord: Detailed*": {"detail"},
    },
    "26-04-16": {
        "": {"intro", "news"},
        "Top Story*": {"news"},
        "What happened": {"news"},
        "Release*": {"news"},
        "Benchmarks*": {"news"},
        "Facts*": {"news"},
        "Different*": {"news"},
        "Technical*": {"news"},
        "Examples*": {"news"},
        "Context*": {"news"},
        "Implications": {"news"},
        "AI Reddit Recap": {"news"},
        "/r/LocalLlama*": {"news"},
        "Less Technical*": {"news"},
        "AI Discords": {"boilerplate"},
    },
}

BARE = re.compile(r"https?://[^\s<>\"`\\\u201c\u201d]+")
DEBRIS = re.compile(
    r"(?:[)\].,;:!*'\"`>\\_~\u2026\u2019\u201d|]|%3E|%60|[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f])+\Z"
)
BLOCK = re.compile(r"(</?(?:p|li|h\d|div|ul|ol|td|th|tr|blockquote|pre)\b[^>]*>|<br\s*/?>)")


@cache
def issue(name: str) -> Issue:
    return read((NEWSLETTERS / name).read_bytes(), name)


@cache
def source(name: str) -> str:
    """The body whose links and words must arrive, normalised as the format's description says."""
    text = visible((NEWSLETTERS / name).read_text(encoding="utf-8"))
    if name.endswith(".html"):
        return str(BeautifulSoup(text, "lxml").find("article")).replace("[TOC]", "")
    return with_open_ends_closed(for_the_web(without_editor_marks(text.split("\n---\n", 1)[1])))


def key(url: str) -> str:
    return DEBRIS.sub("", without_reader(html.unescape(url).split("](")[0].strip()))


def without_reader(text: str) -> str:
    """Without the parameter of Substack that names a reader, which no record keeps."""
    return re.sub(r"(?<=[?&])r=\w+&", "", text)


def attribute_links(text: str) -> list[str]:
    return [html.unescape(found) for found in re.findall(r"<(?:a|img)\b[^>]*?(?:href|src)\s*=\s*\"([^\"]*)\"", text)]


def without_links(text: str) -> str:
    return re.sub(r"<[^>]*>", " ", re.sub(r"<a\b.*?</a>", " ", text, flags=re.DOTALL))


def token_links(tokens: list[Token]) -> list[str]:
    """Links counted by a walk of the Markdown's tokens: another way than the one the product takes."""
    found: list[str] = []
    text, inside = "", 0
    for token in tokens:
        if token.type == "inline":
            found += token_links(token.children or [])
        elif token.type in {"link_open", "image"}:
            found.append(str(token.attrs.get("href", token.attrs.get("src"))))
        elif token.type == "html_block":
            found += attribute_links(token.content) + BARE.findall(html.unescape(without_links(token.content)))
        elif token.type == "html_inline":
            found += attribute_links(token.content)
        elif token.type in {"fence", "code_block", "code_inline"} and not inside:
            found += BARE.findall(token.content)
        opens = token.type == "link_open" or (token.type == "html_inline" and token.content.startswith("<a "))
        closes = token.type == "link_close" or token.content == "</a>"
        inside += opens - closes
        if token.type in {"text", "text_special", "softbreak"}:
            text += "" if inside else token.content or "\n"
        else:
            found += BARE.findall(text)
            text = ""
    return found + BARE.findall(text)


def counted_links(name: str) -> Counter[str]:
    if name.endswith(".html"):
        found = attribute_links(source(name)) + BARE.findall(html.unescape(without_links(source(name))))
    else:
        parser = MarkdownIt("commonmark", {"html": True}).enable("table")
        parser.validateLink = lambda url: True  # type: ignore[method-assign]
        parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
        found = token_links(parser.parse(source(name)))
    return Counter(piece for url in found for piece in pieces(key(url)))


def pieces(url: str) -> list[str]:
    """Two addresses that a typo glued together, and an address with the rest of a tag behind it."""
    glued = re.split(r"(?<![/=?&%#:+@])(?=https?://)", url.split('">', 1)[0])
    return [key(piece) for piece in glued if piece] or [url]


@pytest.mark.parametrize("name", READABLE)
def test_every_link_arrives_and_none_is_made_up(name: str) -> None:
    counted = counted_links(name)
    arrived = Counter(key(link.found) for link in issue(name).links)
    missing, extra = counted - arrived, arrived - counted
    assert sum(missing.values()) <= 2, missing  # raw tags broken inside raw text: counted twice by the walk
    assert sum(extra.values()) <= 2, extra
    text = without_reader(html.unescape(html.unescape(visible((NEWSLETTERS / name).read_text(encoding="utf-8")))))
    made_up = [
        link.url for link in issue(name).links if link.url not in text and link.url.replace("%20", " ") not in text
    ]
    assert made_up == []


ADDRESS = re.compile(r"https?://[^\s\u2018\u2019\u2014]+")  # is a link of the item and none of its words


@pytest.mark.parametrize("name", READABLE)
def test_every_word_arrives_once(name: str) -> None:
    body = source(name)
    if name.endswith(".md"):
        body = MarkdownIt("commonmark", {"html": True}).enable("table").render(body)
    text = BeautifulSoup(BLOCK.sub(r" \1 ", with_raw_text_opened(body)), "lxml").get_text("")
    counted, arrived = words(ADDRESS.sub(" ", visible(text))), words_of(issue(name))
    assert sum((counted - arrived).values()) <= sum(counted.values()) // 2000
    assert sum((arrived - counted).values()) <= sum(counted.values()) // 800  # a page draws the numbers of its lists


def expected(section: Section, table: dict[str, set[str]]) -> set[str]:
    for title, roles in table.items():
        starts, ends = title.endswith("*"), title.startswith("*")
        if section.title == title or (starts and section.title.startswith(title[:-1])):
            return roles
        if ends and section.title.endswith(title[1:]):
            return roles
    raise AssertionError(f"no role was expected for {section.title!r}")


@pytest.mark.parametrize("day", ROLES)
def test_roles_are_those_written_by_hand(day: str) -> None:
    (name,) = [name for name in READABLE if name.startswith(day)]
    for section in issue(name).sections:
        assert section.role in expected(section, ROLES[day]), section.title
    for title in ROLES[day]:
        assert any(expected(section, {title: {"x"}, "*": set()}) for section in issue(name).sections), title


def test_what_stands_in_place_of_news_is_flagged() -> None:
    flags = {
        name[:8]: Counter(flag for section in issue(name).sections for flag in section.flags)
        for name in READABLE
        if name.endswith(".md")
    }
    assert flags["24-03-06"]["duplicate"] == 2
    assert flags["24-10-30"]["sponsor"] == 1
    assert flags["26-02-03"]["footer"] == 1
    assert flags["25-04-21"]["footer"] == 1
    assert flags["26-04-16"] == Counter({"outage": 1})
    filler = [
        item
        for name in READABLE
        for section in issue(name).sections
        for item in section.items
        if "filler" in item.flags
    ]
    assert len(filler) >= 20


def test_the_empty_page_is_refused_by_name() -> None:
    with pytest.raises(ExtractError, match="the article is empty"):
        issue(EMPTY)


def test_a_page_has_the_links_that_its_markdown_has_outside_of_raw_html() -> None:
    for name in READABLE:
        if name.endswith(".html"):
            page = {key(link.url) for link in issue(name).links}
            markdown = {key(link.url) for link in issue(name.replace(".html", ".md")).links}
            assert page <= markdown
