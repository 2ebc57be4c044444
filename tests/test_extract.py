# ruff: noqa: E501, pages are written on one line where blanks between tags would count
from __future__ import annotations

import ast
import contextlib
import importlib
import pkgutil
import re
from email.message import EmailMessage
from html import escape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pipeline.characters
import pipeline.charset
import pipeline.extract
from pipeline.errors import ExtractError
from pipeline.extract import MAX_BYTES, extract, refuse_flood
from pipeline.records.issues import Issue
from tests.extracted import edition, read, roles, texts

MARKDOWN = """---
title: 'A title: with a colon'
url: https://news.example/7
---

<!-- buttondown-editor-mode: plaintext -->**A tagline.**

The lead with [a link](https://x.example/1).

# AI Twitter Recap

**Models**

- **One**: says [@a](https://x.example/2)
- **Two**: says

# AI Discord Recap

- a b &amp; c `d`
"""
BODY = """<p><strong>A tagline.</strong></p><p>The lead with <a href="https://x.example/1">a link</a>.</p>
<h1 id="ai-twitter-recap">AI Twitter Recap</h1><p><strong>Models</strong></p>
<ul><li><strong>One</strong>: says <a target="_blank" href="https://x.example/2">@a</a></li><li><strong>Two</strong>: says</li></ul>
<h1><span>AI Discord Recap</span></h1><ul><li>a b &amp; c <code>d</code></li></ul>"""
LONG = f"<p>{'word ' * 300}</p>"  # a feed that has less than 150 words of an entry has a teaser
PLAIN = """A tagline.

The lead with a link https://x.example/1.


--------------------------------------------------------------------------------


AI TWITTER RECAP

Models

* One: says @a
https://x.example/2

* Two: says


AI DISCORD RECAP

* a b & c d
"""


def summary(issue: Issue) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    return roles(issue), texts(issue), [link.url for link in issue.links]


def test_front_matter_gives_title_and_address_where_the_source_gave_none() -> None:
    issue = read(MARKDOWN)
    assert (issue.title, issue.url) == ("A title: with a colon", "https://news.example/7")
    assert read(MARKDOWN, title="From the feed").title == "From the feed"


@pytest.mark.parametrize(
    "head", ["a: [", "no: 1\n? {", "- a", "'", "a: " + "[" * 60_000, "\n".join(f"a{n}: 1" for n in range(9000))]
)
def test_front_matter_that_cannot_be_read_is_left_out(head: str) -> None:
    assert texts(read(f"---\n{head}\n---\n\nThe body.\n")) == ["The body."]


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert texts(read("---\n\nThe body.\n")) == ["The body."]


@pytest.mark.parametrize(
    "page",
    [
        f"<!DOCTYPE html><html><head><title>A title: with a colon</title></head><body><header>Site</header><h1>A title</h1>"
        f"<div class='content-wrap'><article>{BODY}</article></div><footer>© Site</footer></body></html>",
        f"<html><body><nav><a href='/x'>Menu</a></nav><main id='main-content'><aside role='complementary'><a href='#a'>A</a>"
        f"</aside><article class='content-area'><section id='metadata-section'>Tags</section>{BODY}<nav aria-label='Issue "
        f"navigation'>Next</nav><section aria-label='Comments'>None</section></article></main></body></html>",
        f"<html><body><article class='email-body'>{BODY}</article><form>Subscribe</form></body></html>",
        f"<html><body><h1 class='post-title'>T</h1><div dir='auto' class='body markup'>{BODY}</div><p>Like</p></body></html>",
        f"<html><body><main>{BODY}</main></body></html>",
        f"<html><body>{BODY}</body></html>",
        BODY,
    ],
    ids=["stored", "astro", "buttondown", "substack", "main", "body", "fragment"],
)  # fmt: skip
def test_every_page_gives_what_the_markdown_gives(page: str) -> None:
    assert summary(read(page, "page.html")) == summary(read(MARKDOWN))


def test_a_feed_entry_gives_what_the_markdown_gives() -> None:
    item = "<item><guid>{}</guid><title>T</title><pubDate>Mon, 05 Jan 2026 12:00:00 GMT</pubDate><description>{}</description></item>"
    entries = item.format("other", escape("<p>Other</p>")) + item.format("seven", escape(BODY + LONG))
    feed = f"<rss version='2.0'><channel><title>F</title>{entries}</channel></rss>"
    issue = read(feed, "feed.xml", entry="seven")
    assert summary(issue)[0] == summary(read(MARKDOWN))[0]
    assert summary(issue)[2] == summary(read(MARKDOWN))[2]
    assert issue.title == "T"
    with pytest.raises(ExtractError, match="no longer holds"):
        read(feed, "feed.xml", entry="eight")


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_a_mail_gives_what_the_markdown_gives(encoding: str) -> None:
    mail = EmailMessage()
    mail["Subject"] = "[AINews] A mail"
    mail["From"] = "a@x.example"
    mail.set_content(PLAIN, cte=encoding)
    mail.add_alternative(BODY, subtype="html", cte=encoding)
    assert summary(read(mail.as_bytes(), "mail.eml")) == summary(read(MARKDOWN))
    assert read(mail.as_bytes(), "mail.eml").title == "[AINews] A mail"


def test_a_mail_of_plain_text_has_the_same_parts_and_links() -> None:
    mail = EmailMessage()
    mail["Subject"] = "A mail"
    mail.set_content(PLAIN)
    for issue in (read(mail.as_bytes(), "mail.eml"), read(PLAIN, "mail.txt"), read(f"---\ntitle: x\n---\n{PLAIN}")):
        expected = [(role, title.upper()) for role, title in roles(read(MARKDOWN))]
        assert [(role, title.upper()) for role, title in roles(issue)] == expected
        assert [link.url for link in issue.links] == ["https://x.example/1", "https://x.example/2"]
        assert [link.text for link in issue.links] == ["link", "@a"]
        assert issue.sections[1].items[0].head == "Models"


def test_a_substack_mail_of_plain_text_is_read() -> None:
    issue = read(
        "View this post on the web at https://x.example/p/seven\n\nThe lead.\n\nAI Twitter Recap\n\nModels\n\n"
        "* One [ https://substack.example/redirect/a?j=b ] says.\n\nUnsubscribe https://substack.com/redirect/2/token\n",
        "mail.txt",
        title="x",
    )
    assert [link.url for link in issue.links if link.kind == "content"] == ["https://substack.example/redirect/a?j=b"]
    assert issue.sections[-1].role == "boilerplate"


def test_a_text_file_may_hold_markdown_or_html() -> None:
    assert summary(read(MARKDOWN, "issue.txt")) == summary(read(MARKDOWN))
    assert summary(read(f"<!doctype html>{BODY}", "issue.txt")) == summary(read(MARKDOWN))


@pytest.mark.parametrize(
    ("body", "file", "message"),
    [
        (b"", "a.md", "the file is empty"),
        (b"---\ntitle: x\n---\n", "a.md", "there is no text in it"),
        (b"<html><body><article></article></body></html>", "a.html", "the article is empty"),
        (b"%PDF-1.7", "a.md", "this is a PDF, not a newsletter"),
        (b"<?xml version='1.0'?><rss><channel/></rss>", "a.html", "this is a feed, not one edition"),
        (b"<div>" * 200_000, "a.html", "nested too deeply"),
        (b"<div>" * (MAX_BYTES // 5 + 1), "a.html", "too large to be a newsletter"),
        (b"Subject: x\r\n\r\n", "a.eml", "the mail has no body"),
    ],
)
def test_what_cannot_be_read_gives_one_clear_line(body: bytes, file: str, message: str) -> None:
    with pytest.raises(ExtractError, match=message) as error:
        read(body, file)
    assert "\n" not in str(error.value)


def test_a_title_of_a_million_letters_is_cut() -> None:
    assert len(read("text", title="a" * 1_000_000).title) == 300
    assert (
        len(read(f"<html><head><title>{'b' * 1_000_000}</title></head><body>text</body></html>", "a.html").title) == 300
    )


def test_a_link_that_shows_nothing_and_stands_alone_is_told_by_its_site() -> None:
    issue = read('<a href="https://x.example/b"><a href="https://x.example/b"><pre>Unsubscribe')
    assert texts(issue) == ["x.example", "Unsubscribe"]
    assert texts(read('<a href=""></a><pre>Unsubscribe')) == ["Unsubscribe"]


MARKS = """# |## AI Twitter Recap\n|- |  - |**|[a](https://x.example/|)|<|>|<p>|</p>|<table><tr><td>|```\n|<!--|{% else %}\n
{% if medium == 'web' %}\n|\n\n|---\n|&#8203;|<style>|\x00|https://x.example/a|Unsubscribe|Sponsored by|\u200d|<li>|<th>
<blockquote>|word |</article>|<pre>|<div style="display:none">|<a href="https://x.example/b">|<br>|</a>|<title>|<script>"""
PIECES = st.sampled_from([mark for line in MARKS.split("\n\x7f") for mark in line.split("|")])


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["a.md", "a.html", "a.txt", "a.eml"]))
def test_any_text_gives_a_record_with_stable_ids_or_an_extract_error(text: str, file: str) -> None:
    with contextlib.suppress(ExtractError):
        issue = read(text, file)
        assert issue == read(text, file)
        assert Issue.model_validate_json(issue.model_dump_json()) == issue
        ids = [item.id for section in issue.sections for item in section.items]
        assert len(set(ids)) == len(ids)
        assert [link.id for link in issue.links] == [f"l{n}" for n in range(1, len(issue.links) + 1)]
        assert [id for section in issue.sections for item in section.items for id in item.links] == [
            x.id for x in issue.links
        ]
        assert all(item.text for section in issue.sections for item in section.items)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.binary(), st.sampled_from(["a.md", "a.html", "a.txt", "a.eml", "a", "a.xml"]), st.sampled_from([None, "x"]))
def test_any_bytes_give_a_record_or_an_extract_error(body: bytes, file: str, entry: str | None) -> None:
    with contextlib.suppress(ExtractError):
        extract(edition(file, entry=entry), body, made_from="2" * 64)


ATTACKS = [
    "a",
    " ",
    "\n",
    "(",
    "[",
    "<",
    "<p>",
    "0",
    "-",
    "!",
    "*",
    "https://x",
    "<!--",
    "/*",
    "{%",
    "😀",
    "[TOC] ",
    "share ",
]


def patterns() -> list[re.Pattern[str]]:
    modules = [pipeline.characters, pipeline.charset]
    for module in pkgutil.iter_modules(pipeline.extract.__path__):
        modules.append(importlib.import_module(f"pipeline.extract.{module.name}"))
    found: list[re.Pattern[str]] = []

    def collect(value: object) -> None:
        if isinstance(value, re.Pattern):
            found.append(value)
        elif isinstance(value, (tuple, list)):
            for one in value:
                collect(one)
        elif isinstance(value, dict):
            collect(list(value.values()))

    for module in modules:
        collect(list(vars(module).values()))
    return found


def test_the_package_takes_no_clock_disk_or_network() -> None:
    for path in Path(pipeline.extract.__file__).parent.glob("*.py"):
        names = {
            alias.name.split(".")[0]
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Import)
            for alias in node.names
        }
        assert names.isdisjoint({"os", "time", "socket", "pathlib", "subprocess", "random", "httpx"}), path.name


def test_a_flood_of_links_is_refused_before_it_is_read() -> None:
    with pytest.raises(ExtractError, match=r"too many links to be a newsletter \(30,001, at most 30,000\)"):
        refuse_flood(b"<a href=/x>x</a> " * 30_001)
    refuse_flood(b"https://x.example/ " * 30_000)


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="https://a.example/p"><meta property="og:url" content="https://b.example/">', "a"),
        ('<meta property="og:url" content="https://b.example/"><link rel="canonical" href="https://a.example/p">', "a"),
        ('<meta property="og:url" content="https://b.example/"><link rel="canonical" href="/p">', "b"),
        ('<link rel="canonical" href="javascript:alert(1)">', ""),
    ],
)
def test_a_page_is_known_by_its_canonical_address_else_by_that_for_sharing(head: str, url: str) -> None:
    issue = read(
        f"<html><head>{head}<title>T</title></head><body><article><p>news</p></article></body></html>", "a.html"
    )
    assert issue.url.partition("://")[2][:1] == url
