"""What an edition says on one surface, part by part, and in what two surfaces differ."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.canonical import canonical_key
from pipeline.clean import clean
from pipeline.extract import extract
from pipeline.records.issues import CleanIssue, Item, Link, Section
from pipeline.records.sources import Capture, RawIssue
from tests import rendering
from tests.make import ID, MADE, NOW
from tests.surfaces import Edition, Surface

TITLE = "A title of our own"

_PART = re.compile(r"^# (?=\**(?:AI |PART |Discord: |REDDIT))", re.MULTILINE)
_PART_END = re.compile(r"^# (?:PART 2|Discord: Detailed)|^\{% (?:if|else)", re.MULTILINE)
# So many characters of these are taken: their forms repeat, and all of them take a minute.
_LONG_PARTS = (
    (re.compile(r"^# (?:PART 1|Discord: High)", re.MULTILINE), 20_000),
    (re.compile(r"^# (?:PART 2|Discord: Detailed)[^\n]*\n\s*(?:\{% if[^\n]*\n)?", re.MULTILINE), 12_000),
)
_URL = re.compile(r"https?://[^\s\u2018\u2019\u2014]+", re.IGNORECASE)
_NUMBER = re.compile(r"^\d{1,3}[.)] ", re.MULTILINE)
_WORD = re.compile(r"\w+")


class Said(NamedTuple):
    """What a part of a newsletter says: its words in order, and the pages and pictures it links to."""

    words: list[str]
    pages: Counter[str]
    pictures: Counter[str]
    unknown: int  # links whose target only their owner knows


def edition_of(path: Path) -> Edition:
    """A stored newsletter, its Discord parts cut short, as a mailing list would have sent it."""
    body = path.read_text("utf-8").split("\n---\n", 1)[1].lstrip("\n")
    for heading, kept in _LONG_PARTS:
        body = _cut_short(body, heading, kept)
    when = dt.datetime(2024, 6, 1, 21, tzinfo=dt.UTC)
    return Edition(slug=path.stem, title=TITLE, when=when, markdown=rendering.portable(body))


def _cut_short(body: str, heading: re.Pattern[str], kept: int) -> str:
    """From a rule on, up to where the part ends: at the next part, or at the template's other branch."""
    part = heading.search(body)
    if part is None:
        return body
    cut = body.find("\n---\n", part.start() + kept)
    after = _PART_END.search(body, part.end())
    end = after.start() if after else len(body)
    return body[:cut] + "\n\n" + body[end:] if 0 < cut < end else body


def read(surface: Surface) -> CleanIssue:
    capture = Capture(sha256=MADE, file=surface.file, media_type=surface.media_type, fetched_at=NOW)
    raw = RawIssue(
        id=ID, made_from=MADE, source="test", identity="x", title=TITLE, published=NOW, day=NOW.date(),
        entry=surface.entry, capture=capture,
    )  # fmt: skip
    return clean(extract(raw, surface.body, made_from=MADE), made_from=MADE)


def words(text: str) -> list[str]:
    """Without addresses, which text mails show, and without the numbers of lists, which pages draw themselves."""
    return _WORD.findall(_URL.sub(" ", _NUMBER.sub("", text)).casefold())


def parts(markdown: str) -> list[str]:
    """The newsletter's Markdown, cut at the headings of its parts."""
    starts = [0, *(heading.start() for heading in _PART.finditer(markdown) if heading.start()), len(markdown)]
    return [markdown[start:end].strip() for start, end in itertools.pairwise(starts)]


def said(surface: Surface) -> dict[str, Said]:
    """What each part of a surface says, by the Markdown of that part."""
    carried = parts(surface.carries)
    titles = ["".join(words(part.partition("\n")[0])) if _PART.match(part) else None for part in carried]
    issue = read(surface)
    links = {link.id: link for link in issue.links}
    found = [Said([], Counter(), Counter(), 0) for _ in carried]
    number = 0
    for section in issue.sections:
        title = words(section.title)
        if number + 1 < len(carried) and "".join(title) == titles[number + 1]:
            number += 1
        items = [item for item in section.items if not _is_chrome(item, section, surface)]
        own = "footer" not in section.flags or title not in [words(added) for added in surface.chrome]
        if own and (not items or words(items[0].text) != title):
            found[number].words.extend(title)
        found[number].words.extend(_spoken(items))
        found[number] = _with_links(found[number], [links[name] for item in items for name in item.links])
    assert number + 1 == len(carried), f"{surface.name}: {titles[number + 1]} was not found"
    return dict(zip(carried, found, strict=True))


def _is_chrome(item: Item, section: Section, surface: Surface) -> bool:
    """What a surface adds must be told from the newsletter by the extractor: it is boilerplate."""
    if all(words(line) in [words(added) for added in surface.chrome] for line in item.text.split("\n")):
        return section.role == "boilerplate"
    return False


def _spoken(items: list[Item]) -> Iterator[str]:
    """The items' words, with the headings above them where these change."""
    before: list[str] = []
    for item in items:
        path = [] if item.text.startswith(item.head) else item.head.split(" \u203a ")
        same = len(list(itertools.takewhile(lambda pair: pair[0] == pair[1], zip(path, before, strict=False))))
        for heading in path[same:]:
            yield from words(heading)
        before = path
        yield from words(item.text)


def _with_links(said: Said, links: list[Link]) -> Said:
    pages, pictures, unknown = said.pages.copy(), said.pictures.copy(), said.unknown
    for link in links:
        if link.kind == "image":
            pictures[canonical_key(link.url)] += "tracker" not in link.flags
        elif "tracker" in link.flags:
            unknown += 1
        elif link.url.startswith(("https://", "http://")):
            pages[canonical_key(link.url).rstrip("*")] += 1  # where it is bare, a star at its end is bold text
    return Said(said.words, pages, +pictures, unknown)


def differences(one: Surface, other: Surface, of: dict[str, dict[str, Said]]) -> Iterator[str]:
    """In what two surfaces differ on the parts that both carry."""
    for part in of[one.name].keys() & of[other.name].keys():
        here, there = of[one.name][part], of[other.name][part]
        where = f"{one.name} / {other.name}, {part[:30]!r}"
        if here.words != there.words:
            yield f"{where}: {_first_difference(here.words, there.words)}"
        if one.pictures and other.pictures and here.pictures != there.pictures:
            yield f"{where}: pictures {here.pictures - there.pictures} / {there.pictures - here.pictures}"
        if one.addresses and other.addresses:
            if here.pages != there.pages:
                yield f"{where}: links {here.pages - there.pages} / {there.pages - here.pages}"
        elif (
            one.pictures == other.pictures and here.pages.total() + here.unknown != there.pages.total() + there.unknown
        ):
            yield f"{where}: {here.pages.total() + here.unknown} / {there.pages.total() + there.unknown} links"


def _first_difference(one: list[str], other: list[str]) -> str:
    place = next((n for n, pair in enumerate(itertools.zip_longest(one, other)) if pair[0] != pair[1]), 0)
    around = slice(max(0, place - 3), place + 6)
    return f"{' '.join(one[around])!r} / {' '.join(other[around])!r}"
