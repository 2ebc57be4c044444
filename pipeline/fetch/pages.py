"""What a page or an HTML body says about itself: title, address, instant, and how much text it has."""

from __future__ import annotations

import datetime as dt
import re

from lxml import etree

from pipeline.characters import visible
from pipeline.instants import read_instant
from pipeline.records import Record

# Where pages state when they were published, the surest first (https://schema.org/datePublished, https://ogp.me/#type_article).
_JSON_LD = re.compile(r'"datePublished"\s{0,10}:\s{0,10}"([^"]{4,60})"')
_STATED = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//article//time/@datetime",
    "//time/@datetime",
)
_TITLES = ("//meta[@property='og:title']/@content", "//title/text()", "//h1[1]//text()")
_ADDRESSES = ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content")
_WITHOUT_TEXT = ("script", "style", "template", "noscript", etree.Comment)


class Page(Record):
    """A page's own statements. ``title`` and ``url`` may be empty; ``text`` is what a reader sees, roughly."""

    title: str
    url: str
    published: dt.datetime | None
    text: str


def read_page(html: str) -> Page:
    """Read what HTML says about itself. Never raises; what it does not say is empty.

    ``text`` serves to count words and to find a header's dates, not to extract: elements nested deeper than 256 are
    not in it.
    """
    root = _root(html)
    if root is None:
        return Page(title="", url="", published=None, text="")
    stated = [match[1] for match in _JSON_LD.finditer(html)] + _values(root, _STATED)
    title = next((line for value in _values(root, _TITLES) if (line := " ".join(visible(value).split()))), "")
    address = next((value for value in _values(root, _ADDRESSES) if value.startswith(("https://", "http://"))), "")
    etree.strip_elements(root, *_WITHOUT_TEXT, with_tail=False)
    return Page(
        title=title,
        url=address,
        published=next((instant for value in stated if (instant := read_instant(value))), None),
        text=" ".join(str(piece) for piece in root.itertext()),
    )


def _root(html: str) -> etree._Element | None:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        return etree.fromstring(html.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:  # nothing in it at all
        return None


def _values(root: etree._Element, paths: tuple[str, ...]) -> list[str]:
    found = (root.xpath(path) for path in paths)
    return [str(value).strip() for values in found if isinstance(values, list) for value in values]
