"""What a page or an HTML body says about itself: title, address, instant, and how much text it has."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from lxml import etree

from pipeline.characters import visible, with_small_x
from pipeline.instants import read_instant

# Where pages state when they were published, the surest first (https://schema.org/datePublished, https://ogp.me/#type_article).
_JSON_LD = re.compile(r'"datePublished"\s{0,10}:\s{0,10}"([^"]{4,60})"')
_STATED = ("article:published_time", "datePublished", "time in an article", "time")
_TITLES = ("og:title", "title", "h1")
_ADDRESSES = ("canonical", "og:url")
_WITHOUT_TEXT = frozenset(["script", "style", "template", "noscript"])


class Page(NamedTuple):
    """A page's own statements. ``title`` and ``url`` may be empty; ``text`` is what a reader sees, roughly."""

    title: str
    url: str
    published: dt.datetime | None
    text: str


def read_page(html: str) -> Page:
    """Read what HTML says about itself. Never raises; what it does not say is empty.

    ``text`` serves to count words and to find a header's dates, not to extract.
    """
    read = _Statements()
    target: Any = read  # its stubs ask for more events than the parser does
    # Its events and not its tree, in which a tag with n attributes takes time n² (xmlNewProp walks the list of them).
    parser = etree.HTMLParser(target=target, encoding="utf-8", no_network=True, huge_tree=False)
    with contextlib.suppress(etree.XMLSyntaxError):  # there is nothing in it at all
        etree.fromstring(with_small_x(html).encode("utf-8", "replace"), parser)
    stated = [*(match[1] for match in _JSON_LD.finditer(html)), *read.values(_STATED)]
    title = next((line for value in read.values(_TITLES) if (line := " ".join(visible(value).split()))), "")
    address = next((value for value in read.values(_ADDRESSES) if value.startswith(("https://", "http://"))), "")
    return Page(
        title=title,
        url=address,
        published=next((instant for value in stated if (instant := read_instant(value))), None),
        text=" ".join(read.text),
    )


class _Statements:
    """Receives the parser's events (https://lxml.de/parsing.html#the-target-parser-interface).

    Attributes:
        text: The pieces of the page's text.
    """

    def __init__(self) -> None:
        self.text: list[str] = []
        self._said: defaultdict[str, list[str]] = defaultdict(list)
        self._open: Counter[str] = Counter()
        self._unread = 0  # how many elements without text are open
        self._raw: list[str] = []
        self.data = self._raw.append  # the event of text, which comes in pieces

    def values(self, names: Iterable[str]) -> Iterator[str]:
        """What is said under some names, in their order."""
        return (value.strip() for name in names for value in self._said[name])

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._end_of_text()
        self._open[tag] += 1
        self._unread += tag in _WITHOUT_TEXT
        if tag == "meta":
            for name in ("property", "itemprop"):
                self._said[attributes.get(name, "")].append(attributes.get("content", ""))
        elif tag == "link" and attributes.get("rel") == "canonical":
            self._said["canonical"].append(attributes.get("href", ""))
        elif tag == "time":
            name = "time in an article" if self._open["article"] else "time"
            self._said[name].append(attributes.get("datetime", ""))

    def end(self, tag: str) -> None:
        self._end_of_text()
        self._open[tag] -= 1
        self._unread -= tag in _WITHOUT_TEXT

    def close(self) -> None:
        self._end_of_text()

    def _end_of_text(self) -> None:
        if not self._raw:
            return
        piece = "".join(self._raw)
        self._raw.clear()
        for tag in ("title", "h1"):
            if self._open[tag]:
                self._said[tag].append(piece)
        if not self._unread:
            self.text.append(piece)
