"""Newsletters of other makers: what of each is heading, news and boilerplate, against expectations written by hand.

An expectation is ``<stem>.toml`` beside the surface (``evaluation/surfaces``) or, for a newsletter of ``../shared``, in
``evaluation/expected``. Its keys are lists of texts as a reader sees them, each long enough to stand once:

* ``headings``: every heading above news;
* ``news``: the first words of every story;
* ``boilerplate``: the first words of everything that the newsletter says about itself, its sponsors and its readers.
"""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from lxml import html as lxml_html

from evaluation.independent import key, words_of
from pipeline.clean import clean
from pipeline.extract import extract
from pipeline.fetch import issue_of_file
from pipeline.footers import withhold
from pipeline.records.issues import CleanIssue
from pipeline.summarize.choose import UNFIT, publishable
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
        private: Of the links that may be published, those without a token of the subscriber.
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


def _reading(path: Path, expected: dict[str, list[str]], complaints: list[str]) -> Reading:
    issue = read(path)
    told = {
        item.id: section.role in _TOLD and not UNFIT.intersection(section.flags) and not UNFIT.intersection(item.flags)
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
        "headings": [(text, _flat(text) in heads) for text in expected["headings"]],
        "news": [(text, _is_told(text, texts, heads)) for text in expected["news"]],
        "boilerplate": [(text, not _is_told(text, texts, set())) for text in expected["boilerplate"]],
    }
    complaints += [f"{path.name}: {what}: {text}" for what, rows in wanted.items() for text, right in rows if not right]
    found = {key(link.found) for link in issue.links} | {key(link.url) for link in issue.links}
    linked = _addresses(path)
    arrived = [address for address in linked if _arrived(address, found)]
    open_links = [link.url for link in issue.links if publishable(link) and told[link.item]]
    private = [url for url in open_links if withhold(url).count("/") >= url.partition("?")[0].rstrip("/").count("/")]
    return Reading(
        _percent(len(arrived), len(linked)),
        *(_percent(sum(right for _, right in wanted[what]), len(wanted[what])) for what in wanted),
        _percent(len(private), len(open_links)),
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
