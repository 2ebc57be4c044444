"""Newsletters of other makers: what of each is heading, news and boilerplate, against expectations written by hand.

An expectation is ``<stem>.toml`` beside the surface (``evaluation/surfaces``) or, for a newsletter of ``../shared``, in
``evaluation/expected``. All texts are as a reader sees them, each long enough to be there once:

* ``[[headings]]``: ``text`` of every heading, and the ``role`` of what is under it: news, intro or boilerplate;
* ``[[stories]]``: ``starts``, the first words of every piece of news; its ``heading``; its ``links`` as in the file;
* ``[[boilerplate]]``: ``starts`` of all that the newsletter says of itself, its sponsors and its readers, and ``what``;
* ``[[continued]]``: ``starts`` of a story's later paragraphs; ``[[hidden]]``: of what no reader sees;
* ``[[tokens]]``: every ``href`` that tells one reader from all others; ``every_link_is_a_token`` where all do.

Each expectation was made by a reader who had not seen the code: of the newsletters in ``../shared`` from their text, of
the surfaces here together with the surface itself, in the shape of one service each. No rule was made for the surfaces
that are held back: ``amp``, ``cooperpress``, ``digest``, ``forwarded``, ``ghost``, ``outlook``, ``substack``. Read for
the first time, on 2026-11-27, they gave (percent)::

                    links   heads    news  boiler private
    amp.eml        100.00  100.00  100.00   76.47  100.00
    cooperpress    100.00  100.00  100.00   71.43    0.00
    digest.txt     100.00  100.00  100.00    5.00   84.21
    forwarded.eml   12.50  100.00  100.00   71.43  100.00
    ghost          100.00  100.00  100.00   92.31  100.00
    outlook        100.00  100.00  100.00   68.42    0.00
    substack        47.37  100.00  100.00   88.24  100.00

Of the links of forwarded.eml the measure had missed targets that stand in clear in a wrapper's query. What cooperpress
and outlook gave away was mended after it was seen (`pipeline.counted`): their last column proves nothing since.
"""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from lxml import html as lxml_html

from evaluation.independent import key, words_of
from evaluation.wrapped import targets_of
from pipeline.clean import clean
from pipeline.extract import extract
from pipeline.fetch import issue_of_file
from pipeline.footers import withhold
from pipeline.records.issues import CleanIssue, Section
from pipeline.subscribers import names_somebody
from tests.make import MADE, NOW
from tests.shared import SHARED

HERE = Path(__file__).parent
_DAY = dt.date(2026, 3, 5)
_ROLES = frozenset({"intro", "news", "community"})
_SIGNING = frozenset({"byline", "caption", "date", "counts"})
"""What may be part of a story's item: who wrote it, and when."""


class Reading(NamedTuple):
    """Shares in percent, of one newsletter.

    Attributes:
        links: Of the addresses that its HTML links, those that the issue has, or their targets.
        headings: Of the headings expected, those that are a section's title, stand above an item or are the issue's.
        news: Of the stories expected, those that may be told.
        boilerplate: Of the boilerplate expected, what is never told.
        private: Of the links that may be published and the tokens expected, those that give no subscriber away.
    """

    links: float
    headings: float
    news: float
    boilerplate: float
    private: float


def read(path: Path) -> CleanIssue:
    """The clean issue of a file."""
    body = path.read_bytes()
    raw = issue_of_file(path.name, body, source="eval", now=NOW, zone=ZoneInfo("Asia/Seoul"), day=_DAY)
    return clean(extract(raw, body, made_from=MADE), made_from=MADE)


def readings(complaints: list[str]) -> Iterator[tuple[str, Reading]]:
    """Each surface that has an expectation, read."""
    folders = ((HERE / "surfaces", HERE / "surfaces"), (SHARED / "newsletters-other", HERE / "expected"))
    for folder, expected in folders:
        for path in sorted(folder.glob("*")):
            file = expected / f"{path.stem}.toml"
            if path.suffix in {".html", ".eml", ".txt"} and file.is_file():
                yield path.name, _reading(path, tomllib.loads(file.read_text("utf-8")), complaints)


def _reading(path: Path, expected: dict[str, Any], complaints: list[str]) -> Reading:
    issue, told = read(path), _Told()
    for section in issue.sections:
        told.take(section)
    heads = told.heads | {_flat(issue.title)}
    wanted = {
        "headings": [(text, _flat(text) in heads) for text in _headings(expected)],
        "news": [
            (one["starts"], told.says(one["starts"]))
            for table in ("stories", "continued")
            for one in expected.get(table, [])
        ],
        "boilerplate": [
            (one["starts"], not told.says_aside(one["starts"], one.get("what", "")))
            for table in ("boilerplate", "hidden")
            for one in expected.get(table, [])
        ],
    }
    complaints += [f"{path.name}: {what}: {text}" for what, rows in wanted.items() for text, right in rows if not right]
    linked = _addresses(path)
    arrived = _arrived(linked, issue)
    complaints += [f"{path.name}: links: {address[:90]}" for address in linked if address not in arrived]
    published = [link.url for link in issue.links if link.publishable and link.item in told.items]
    named = [url for url in published if names_somebody(url)]
    tokens = linked if expected.get("every_link_is_a_token") else [one["href"] for one in expected.get("tokens", [])]
    named += sorted(set(tokens).intersection(published))
    complaints += [f"{path.name}: a token would be published: {url[:90]}" for url in named]
    return Reading(
        _percent(sum(address in arrived for address in linked), len(linked)),
        *(_percent(sum(right for _, right in wanted[what]), len(wanted[what])) for what in wanted),
        100.0 - _percent(len(named), len(published)) if published else 100.0,
    )


class _Told:
    """What of an issue a post may tell: the items, the words of each with the headings above it, all headings."""

    def __init__(self) -> None:
        self.items: set[str] = set()
        self.heads: set[str] = set()
        self._texts: list[str] = []
        self._heads: list[str] = []

    def take(self, section: Section) -> None:
        self.heads.add(_flat(section.title))
        for item in section.items:
            heads = (section.title, item.head, *item.head.split(" \u203a "))
            self.heads |= {_flat(part) for part in (*heads, item.text.split("\n")[0])}
            if section.role in _ROLES and section.reportable and item.reportable:
                self.items.add(item.id)
                self._texts.append(_flat(item.text))
                self._heads += map(_flat, heads)

    def says(self, start: str) -> bool:
        """Whether a story that starts so is told: as an item, or as what stands above one."""
        return _any_has(start, self._texts) or _any_has(start, self._heads)

    def says_aside(self, start: str, what: str) -> bool:
        """Whether boilerplate is told: an entry of the contents as an item, what signs a story as one of its own."""
        if what in _SIGNING:
            return any(text.startswith(_flat(start)) for text in self._texts)
        return _any_has(start, self._texts) or (what != "contents" and _any_has(start, self._heads))


def _any_has(start: str, texts: list[str]) -> bool:
    sought = re.compile(rf"\b{re.escape(_flat(start))}")
    return any(map(sought.search, texts)) and bool(_flat(start))


def _headings(expected: dict[str, Any]) -> list[str]:
    return [one["text"] for one in expected.get("headings", []) if one["role"] != "boilerplate"]


def _flat(text: str) -> str:
    """Its words; the sign of a copyright is one."""
    return " ".join(words_of(text.replace("\u00a9", " copyright ")))


def _arrived(linked: list[str], issue: CleanIssue) -> set[str]:
    """The addresses that the issue has, or their targets, or what is kept of those that name their reader.

    That is the address without some of its parameters, or its beginning: as many times as it is kept.
    """
    found = [address for link in issue.links for address in (link.found, link.url)]
    keys = set(map(key, found))
    held = Counter(link.url for link in issue.links if {"tracker", "subscriber"} & set(link.flags))
    arrived: set[str] = set()
    for address in linked:
        forms = (address, *targets_of(address))
        whole = any(key(form) in keys or key(withhold(form)) in keys or _has_rest_of(form, found) for form in forms)
        beginning = next((url for url, left in held.items() if left > 0 and address.startswith(url)), None)
        if whole or beginning is not None:
            arrived.add(address)
            held.subtract([] if whole or beginning is None else [beginning])
    return arrived


def _has_rest_of(address: str, found: list[str]) -> bool:
    page, _, query = address.partition("?")
    if page in found:
        return True
    kept = [set(link[len(page) + 1 :].split("&")) for link in found if link.startswith(f"{page}?")]
    return any(one <= set(query.split("&")) for one in kept)


def _addresses(path: Path) -> list[str]:
    """The targets of all links of the HTML, counted without the pipeline."""
    source = path.read_text("utf-8", errors="replace")
    if path.suffix == ".eml":
        part = email.message_from_string(source, policy=email.policy.default).get_body(("html",))
        source = "" if part is None else str(part.get_content())
    if "<" not in source:
        return []
    page = lxml_html.fromstring(source.encode())
    return [str(link) for link in page.xpath("//a/@href[starts-with(., 'http')]")]


def _percent(part: int, whole: int) -> float:
    return 100.0 * part / whole if whole else 100.0
