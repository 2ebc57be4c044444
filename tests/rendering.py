"""Markdown as the makers of newsletters render it: each in its own dialect, for the surfaces of ``surfaces.py``.

The rules are those of newsletter-format.md, sections 8 and 9.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from typing import Any

import markdown
from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag
from markdown_it import MarkdownIt
from markdown_it.token import Token

MARKER = re.compile(r"\A\s*<!--\s*buttondown-editor-mode:[^>]*-->")
_TEMPLATE = re.compile(
    r"\{% if medium == (?:'|&#39;)(?P<medium>\w+)(?:'|&#39;) %\}(?P<this>.*?)"
    r"(?:\{% else %\}(?P<other>.*?))?\{% endif %\}",
    re.DOTALL,
)
_TOC = re.compile(r"^(?:<p>)?\[TOC\] *(?:</p>)?$", re.MULTILINE)
_LONE_FILM = re.compile(r"^https?://(?:www\.)?(?:youtube\.com/watch\?v=|youtu\.be/)([\w-]{6,})\S*$", re.MULTILINE)
_BARE = re.compile(r"https?://[^\s<]+")
_WIDTH = 80


def branch(text: str, medium: str) -> str:
    """What Django makes of the two-way template for ``web`` or ``email``; other braces stay."""
    return _TEMPLATE.sub(lambda found: found["this"] if found["medium"] == medium else found["other"] or "", text)


def without_toc(text: str) -> str:
    return _TOC.sub("", text)


def python_markdown(text: str) -> str:
    """As Buttondown does: Python-Markdown with its extensions, lists nesting from two spaces on."""
    extensions = ["tables", "footnotes", "fenced_code", "smarty", "toc"]
    html = markdown.markdown(text, extensions=extensions, tab_length=2)
    return re.sub(r"<a href", '<a target="_blank" href', html)


def remark(text: str) -> str:
    """As the site's stored pages and its feed: CommonMark; raw HTML is dropped, bare addresses are no links."""
    parser = MarkdownIt("commonmark")
    parser.add_render_rule("html_block", _nothing)
    parser.add_render_rule("html_inline", _nothing)
    return str(parser.render(text))


def commonmark(text: str) -> str:
    """CommonMark with raw HTML: what an editor such as Substack's makes of pasted Markdown."""
    return str(MarkdownIt("commonmark").enable("table").render(text))


def astro(text: str) -> str:
    """As the site does since 2026: GFM, raw HTML, smartypants, ids of headings, lone films embedded."""
    parser = MarkdownIt("commonmark", {"typographer": True}).enable(["table", "strikethrough", "smartquotes"])
    parser.core.ruler.push("gfm", _gfm)
    embedded = (
        r'<div class="youtube-embed-container"><lite-youtube videoid="\1"></lite-youtube></div>'
        "<style>.youtube-embed-container{display:block}</style>"
    )
    html = str(parser.render(_LONE_FILM.sub(embedded, text)))
    return re.sub(r"<h([1-6])>(.*?)</h\1>", _with_id, html)


def _nothing(self: Any, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    return ""


def _with_id(heading: re.Match[str]) -> str:
    slug = re.sub(r"\W+", "-", re.sub(r"<[^>]*>", "", heading[2]).lower()).strip("-")
    return f'<h{heading[1]} id="{slug}">{heading[2]}</h{heading[1]}>'


def _gfm(state: Any) -> None:
    """Bare addresses become links; two hyphens a dash, three dots an ellipsis."""
    for block in state.tokens:
        if block.type != "inline":
            continue
        children: list[Token] = []
        depth = 0
        for token in block.children or ():
            depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
            if token.type == "html_inline":
                depth += token.content.lower().startswith("<a") - token.content.lower().startswith("</a")
            children += [token] if token.type != "text" or depth else _linked(token)
        for token in children:
            if token.type == "text" and not _BARE.search(token.content):
                token.content = token.content.replace("--", "\u2014").replace("...", "\u2026")
        block.children = children


def _linked(token: Token) -> list[Token]:
    found: list[Token] = []
    position = 0
    for bare in _BARE.finditer(token.content):
        url = bare[0].rstrip("?!.,:*_~'\"\u2019\u201d")
        while url.endswith(")") and url.count(")") > url.count("("):
            url = url[:-1].rstrip("?!.,:*_~'\"\u2019\u201d")
        found.append(_text(token.content[position : bare.start()]))
        opening, closing = Token("link_open", "a", 1), Token("link_close", "a", -1)
        opening.attrSet("href", url)
        found += [opening, _text(url), closing]
        position = bare.start() + len(url)
    return [*found, _text(token.content[position:])]


def _text(content: str) -> Token:
    token = Token("text", "", 0)
    token.content = content
    return token


# Plain text


def plain_text(html: str, *, link: str = "{label} {url}") -> str:
    """As a mailer does for text/plain: capitals for headings, ``*`` bullets, rules of dashes, 80 columns."""
    body = BeautifulSoup(html, "lxml").body
    return "\n".join(_blocks(body, link)) + "\n" if body else ""


def _blocks(node: Tag, link: str) -> list[str]:
    lines: list[str] = []
    inline: list[PageElement] = []

    def flush() -> None:
        text = " ".join("".join(_inline(child, link) for child in inline).split())
        inline.clear()
        if text:
            lines.extend([*_wrapped(text), ""])

    for child in node.children:
        if not isinstance(child, Tag) or child.name not in _BLOCKS:
            inline.append(child)
            continue
        flush()
        if child.name == "hr":
            lines.extend(["", "-" * _WIDTH, ""])
        elif child.name in _HEADINGS:
            text = " ".join("".join(_inline(part, link, upper=True) for part in child.children).split())
            lines.extend(["", *_wrapped(text), ""])
        elif child.name == "li":
            inner = _blocks(child, link)
            sign = "*" if node.name == "ul" else f"{1 + len(child.find_previous_siblings('li'))}."
            lines.extend([f"{sign} {inner[0]}", *inner[1:]] if inner else [])
        elif child.name == "blockquote":
            lines.extend([*(f"> {line}".rstrip() for line in _stripped(_blocks(child, link))), ""])
        elif child.name == "pre":
            lines.extend([*child.get_text().strip("\n").split("\n"), ""])
        else:
            lines.extend(_blocks(child, link))
    flush()
    return lines


_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = _HEADINGS | {"p", "div", "ul", "ol", "li", "blockquote", "hr", "pre", "section", "center", "body"}


def _inline(node: PageElement, link: str, *, upper: bool = False) -> str:
    if isinstance(node, NavigableString):
        text = str(node) if type(node) is NavigableString else ""
        return text.upper() if upper else text
    assert isinstance(node, Tag)
    if node.name in {"img", "script", "style", "head"}:
        return ""
    if node.name == "br":
        return "\n"
    inner = "".join(_inline(child, link, upper=upper) for child in node.children)
    url = str(node.get("href") or "")
    leads_out = node.name == "a" and url.startswith(("https://", "http://"))
    return link.format(label=inner, url=url) if leads_out and inner.strip() != url else inner


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _stripped(lines: list[str]) -> list[str]:
    return "\n".join(lines).strip("\n").split("\n")


# What the dialects read in different ways, written so that all read it alike

_TAGS = "a|p|br|hr|b|i|em|strong|span|div|ul|ol|li|h[1-6]|img|code|pre|blockquote"
_PORTABLE = (
    # CommonMark knows the tags of HTML from <bos_token>, <t:1744383600:f> and <a:name:1>; Python-Markdown does not.
    (re.compile(rf"<(?!/?(?:{_TAGS})(?:\s[^<>]{{0,4000}})?/?>|https?://|!--)"), "&lt;"),
    # A list right under a line of text is one to CommonMark only (355 times in 701 issues).
    (re.compile(r"^(?![-*+>#|\s]|\d+[.)] )(.+\n)(?=(?:[-*+]|1[.)]) )", re.MULTILINE), r"\1\n"),
    # An asterisk inside a word opens emphasis to Python-Markdown (O*NET).
    (re.compile(r"(?<=\w)\*(?=\w)"), r"\\*"),
    # An ampersand that the author escaped in a label is escaped once more by Python-Markdown's smarty.
    (re.compile(r"&amp;(?=[^<>\n]{0,200}\]\(http)"), "&"),
)


def portable(text: str) -> str:
    """Markdown without what the dialects are known to read in different ways."""
    for pattern, replacement in _PORTABLE:
        text = pattern.sub(replacement, text)
    return text


# What a dialect does not carry


def without_raw_html(text: str) -> str:
    """Markdown without its raw HTML: what the text inside tags in a line of text says stays."""
    lines = text.split("\n")
    gone: set[int] = set()
    for token in MarkdownIt("commonmark").parse(text):
        if token.map and token.type == "html_block":
            gone.update(range(*token.map))
        elif token.map and token.type == "inline":
            for child in token.children or ():
                if child.type == "html_inline":
                    _cut(lines, range(*token.map), child.content)
    return "\n".join("" if number in gone else line for number, line in enumerate(lines))


def _cut(lines: list[str], where: range, tag: str) -> None:
    for number in where:
        if tag in lines[number]:
            lines[number] = lines[number].replace(tag, "", 1)
            return
