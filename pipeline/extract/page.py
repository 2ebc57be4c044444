"""A whole page or mail in HTML: its head, its style sheets, and the element that holds the newsletter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from pipeline.characters import visible

_MAX_TITLE = 300


class Root(NamedTuple):
    """An element: its name, and a word that its ``class`` or ``id`` must hold (empty for any)."""

    tag: str
    word: str

    def matches(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Whether a start tag opens this element."""
        named = f"{attributes.get('class', '')} {attributes.get('id', '')}" if self.word else ""
        return tag == self.tag and self.word in named


# Where the newsletter lies on the pages and in the mails we know (newsletter-format.md, sections 8 and 9), the
# narrowest first; then where any well-made page has its article.
_ROOTS = (
    Root("article", "content-area"),  # news.smol.ai since 2026
    Root("article", "email-body"),  # Buttondown's archive
    Root("div", "email-body"),
    Root("div", "body markup"),  # Substack, mail and page
    Root("div", "available-content"),
    Root("div", "content-wrap"),  # news.smol.ai, stored pages
    Root("main", ""),
    Root("article", ""),
    Root("body", ""),
)
_START_TAG = re.compile(r"<(?=[aAmMbBdD])((?i:article|main|body|div))\b([^<>]{0,2000})>")
_NAMES = re.compile(r"\b(?:class|id)\s?=\s?(?:\"([^\"]{0,500})\"|'([^']{0,500})'|([^\s\"'>]{1,500}))", re.IGNORECASE)
_STYLE, _STYLE_END = re.compile("<(?i:style)"), re.compile("</(?i:style)")
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}>")
_HEAD_END = re.compile(r"</head\s*>|<body\b", re.IGNORECASE)


class Head(NamedTuple):
    """What a page says about itself."""

    title: str = ""
    url: str = ""


def parts(source: str) -> tuple[Head, str, tuple[str, ...]]:
    """A page's head, its source without the head, and the text of all its style sheets."""
    end = _HEAD_END.search(source)
    if end is None or "<head" not in source[: end.start()].lower():
        return Head(), source, style_sheets(source)
    body = end.start() if end[0].lower().startswith("<body") else end.end()
    return _head(source[:body]), source[body:], style_sheets(source)


def _head(source: str) -> Head:
    from bs4 import BeautifulSoup  # takes longer to import than a newsletter takes to be read; Markdown has no head

    # Beautiful Soup warns that a page that calls itself XML is read as HTML, as browsers read it too.
    soup = BeautifulSoup(_XML_DECLARATION.sub("", source), "lxml")
    # `select_one` reads as well, but the first selector of a process takes a third of a second to compile.
    title = soup.find("meta", property="og:title")
    named = (soup.find("link", rel="canonical"), soup.find("meta", property="og:url"))
    addresses = (str(tag.get("href") or tag.get("content") or "") for tag in named if tag)
    url = next((address for address in addresses if address.startswith(("https://", "http://"))), "")
    text = str(title.get("content") or "") if title else soup.title.get_text() if soup.title else ""
    return Head(" ".join(visible(text).split())[:_MAX_TITLE], url)


def style_sheets(source: str) -> tuple[str, ...]:
    """The content of each ``<style>``, in the head or in the body."""
    found: list[str] = []
    start = _STYLE.search(source)
    while start is not None and (end := _STYLE_END.search(source, start.end())) is not None:
        found.append(source[source.find(">", start.start()) + 1 : end.start()])
        start = _STYLE.search(source, end.end())
    return tuple(found)


def root_of(source: str) -> Root | None:
    """The element that holds the newsletter; None for a fragment, which is all newsletter."""
    here: dict[Root, int] = {}
    for tag in _START_TAG.finditer(source):
        name = tag[1].lower()
        names = " ".join("".join(found) for found in _NAMES.findall(tag[2])) if tag[2] else ""
        for root in _ROOTS:
            if root.tag == name and (not root.word or root.word in names):
                here[root] = here.get(root, 0) + 1
    if here.get(Root("article", ""), 0) > 1:  # a list of cards, not one article
        here.pop(Root("article", ""))
    return next((root for root in _ROOTS if root in here), None)


# What a site puts around and into its article: it belongs to the page, not to the newsletter.
_CHROME_IDS = frozenset({"metadata-section"})
_CHROME_LABELS = frozenset({"comments", "issue navigation", "breadcrumb", "site navigation"})
_CHROME_CLASSES = frozenset({"subscription-widget-wrap", "subscribe-widget", "post-ufi"})


def is_chrome(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element is navigation, metadata or comments of the site."""
    return (
        attributes.get("id") in _CHROME_IDS
        or attributes.get("aria-label", "").lower() in _CHROME_LABELS
        or (tag == "aside" and attributes.get("role") == "complementary")
        or not _CHROME_CLASSES.isdisjoint(attributes.get("class", "").split())
    )
