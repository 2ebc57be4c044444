"""Newsletters of other makers: what of each is heading, news and boilerplate, against expectations written by hand.

An expectation is ``<stem>.toml`` beside the surface (``evaluation/surfaces``) or, for a newsletter of ``../shared``, in
``evaluation/expected``. All texts are as a reader sees them, each long enough to be there once:

* ``[[headings]]``: ``text`` of every heading, and the ``role`` of what is under it: news, intro or boilerplate;
* ``[[stories]]``: ``starts``, the first words of every piece of news; its ``heading``; its ``links`` as in the file;
* ``[[boilerplate]]``: ``starts`` of all that the newsletter says of itself, its sponsors and its readers, and ``what``;
* ``[[tokens]]``: every ``href`` that tells one reader from all others; ``every_link_is_a_token`` where all do.
"""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from lxml import html as lxml_html

from evaluation.independent import key, words_of
from pipeline.clean import clean
from pipeline.extract import extract
from pipeline.fetch import issue_of_file
from pipeline.footers import withhold
from pipeline.records.issues import CleanIssue
from pipeline.subscribers import names_somebody
from tests.make import MADE, NOW
from tests.shared import SHARED

HERE = Path(__file__).parent
_DAY = dt.date(2026, 3, 5)
_TOLD = frozenset({"intro", "news", "community"})


class Reading(NamedTuple):
    """Shares in percent, of one newsletter.

    Attributes:
        links: Of the addresses that its HTML links, those that the issue has.
        headings: Of the headings expected, those that are a section's title or stand above an item.
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
    issue = read(path)
    told = {
        item.id: section.role in _TOLD and section.reportable and item.reportable
        for section in issue.sections
        for item in section.items
    }
    texts = [(_flat(item.text), told[item.id]) for section in issue.sections for item in section.items]
    heads = {_flat(section.title) for section in issue.sections}
    heads |= {
        _flat(part)
        for section in issue.sections
        for item in section.items
        for part in (item.head, *item.head.split(" \u203a "), item.text.split("\n")[0])
    }
    wanted = {
        "headings": [
            (one["text"], _flat(one["text"]) in heads)
            for one in expected.get("headings", [])
            if one["role"] != "boilerplate"
        ],
        "news": [(one["starts"], _is_told(one["starts"], texts, heads)) for one in expected.get("stories", [])],
        "boilerplate": [
            (one["starts"], not _is_told(one["starts"], texts, set())) for one in expected.get("boilerplate", [])
        ],
    }
    complaints += [f"{path.name}: {what}: {text}" for what, rows in wanted.items() for text, right in rows if not right]
    found = {key(link.found) for link in issue.links} | {key(link.url) for link in issue.links}
    linked = _addresses(path)
    arrived = [address for address in linked if _arrived(address, found)]
    published = [link.url for link in issue.links if link.publishable and told[link.item]]
    named = [url for url in published if names_somebody(url)]
    tokens = linked if expected.get("every_link_is_a_token") else [one["href"] for one in expected.get("tokens", [])]
    named += sorted(set(tokens).intersection(published))
    complaints += [f"{path.name}: a token would be published: {url[:90]}" for url in named]
    return Reading(
        _percent(len(arrived), len(linked)),
        *(_percent(sum(right for _, right in wanted[what]), len(wanted[what])) for what in wanted),
        100.0 - _percent(len(named), len(published)) if published else 100.0,
    )


def _flat(text: str) -> str:
    return " ".join(words_of(text))


def _is_told(text: str, texts: list[tuple[str, bool]], heads: set[str]) -> bool:
    sought = _flat(text)
    return any(may for said, may in texts if sought in said) or sought in heads


def _arrived(address: str, found: set[str]) -> bool:
    """An address, or what is kept of one that names its reader."""
    return key(address) in found or key(withhold(address)) in found


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
