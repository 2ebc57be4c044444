"""What the checks look up: the places of a draft, and the items, sections and links of its issue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from pipeline.orders import addresses_a_model
from pipeline.records.drafts import Draft, Reference
from pipeline.records.issues import CleanIssue, Item, Link, Section

PlaceKind = Literal["title", "description", "intro", "bullet", "topic", "viewpoint"]


class Place(NamedTuple):
    """A piece of Korean text of the draft and what it rests on.

    Attributes:
        where: As in `Finding.where`.
        items: Ids of the items cited; for the title of a topic those of its bullets.
    """

    where: str
    kind: PlaceKind
    text: str
    head: str = ""
    items: tuple[str, ...] = ()
    refs: tuple[Reference, ...] = ()

    @property
    def part(self) -> str:
        """``intro``, ``preview``, ``overview``, ``viewpoint``, ``title`` or ``description``."""
        return self.where.partition("/")[0]

    @property
    def pieces(self) -> tuple[str, ...]:
        """Head and text, where they are not empty."""
        return tuple(piece for piece in (self.head, self.text) if piece)

    @property
    def is_prose(self) -> bool:
        """True for whole sentences; titles, heads and tags are noun phrases."""
        return self.kind in ("intro", "bullet", "viewpoint", "description")


def places(draft: Draft) -> Iterator[Place]:
    """Every place of a draft that holds text, once, in the order of the post."""
    opening = draft.opening
    yield Place("title", "title", opening.title.text, items=opening.title.items)
    yield Place("description", "description", opening.description.text, items=opening.description.items)
    for i, bullet in enumerate(opening.intro):
        yield Place(f"intro/{i}", "intro", bullet.text, bullet.head, bullet.items, bullet.refs)
    for part_name, part in (("preview", draft.preview), ("overview", draft.overview)):
        for i, topic in enumerate(part.topics):
            cited = tuple(dict.fromkeys(item for bullet in topic.bullets for item in bullet.items))
            yield Place(f"{part_name}/{i}", "topic", topic.title, items=cited)
            for j, bullet in enumerate(topic.bullets):
                where = f"{part_name}/{i}/{j}"
                yield Place(where, "bullet", bullet.text, bullet.head, bullet.items, bullet.refs)
        if part_name == "preview":
            for i, cited_text in enumerate(opening.viewpoint):
                yield Place(f"viewpoint/{i}", "viewpoint", cited_text.text, items=cited_text.items)


@dataclass(frozen=True)
class Index:
    """An issue prepared for looking up. Built once for a draft; nothing in it changes."""

    issue: CleanIssue

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item by its id, under the headings above it: who talks there may stand in those alone."""
        return _Headed({item.id: (title, item) for title, section in self._titled() for item in section.items})

    def _titled(self) -> Iterator[tuple[str, Section]]:
        """Each section with its title, and before it that of the story whose parts it belongs to.

        "Top Story: Stillwater 1" is a section without items; "What happened" and "Benchmarks" follow under it.
        """
        story = ""
        for section in self.issue.sections:
            if _PART.search(section.title) or not section.items:
                story = "" if _PART.search(section.title) else section.title
            yield " / ".join(filter(None, (story, section.title))), section

    @cached_property
    def sections(self) -> dict[str, Section]:
        """Section of each item, by the item's id."""
        return {item.id: section for section in self.issue.sections for item in section.items}

    @cached_property
    def links(self) -> dict[str, Link]:
        return {link.id: link for link in self.issue.links}

    @cached_property
    def link_texts(self) -> dict[str, set[str]]:
        """What the newsletter calls each address."""
        found: dict[str, set[str]] = {}
        for link in self.issue.links:
            found.setdefault(link.url, set()).add(link.text)
        return found

    @cached_property
    def reportable(self) -> tuple[Item, ...]:
        """Items that a post may report."""
        sections = (section for section in self.issue.sections if section.reportable)
        return tuple(self.items[item.id] for section in sections for item in section.items if item.reportable)

    def cited(self, place: Place) -> tuple[Item, ...]:
        """Return the items a place rests on; ids that the issue does not have are left out."""
        return tuple(self.items[id_] for id_ in place.items if id_ in self.items)

    def neighbours(self, place: Place) -> tuple[Item, ...]:
        """Return the items right before and behind the cited ones in their sections, which may name their subject."""
        found: dict[str, None] = {}
        for id_ in place.items:
            beside = self._beside.get(id_, ())
            found |= dict.fromkeys(one for one in beside if one not in place.items)
        near = (self.items[id_] for id_ in found)
        return tuple(item for item in near if item.reportable and not addresses_a_model(item.text))

    @cached_property
    def _beside(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for section in self.issue.sections:
            ids = [item.id for item in section.items]
            for at, id_ in enumerate(ids):
                found[id_] = tuple(ids[max(0, at - 1) : at] + ids[at + 1 : at + 2])
        return found

    def sites(self, place: Place) -> str:
        """Return the words of the cited items' links' addresses, and the sites that those and the headings imply.

        The name of who speaks may be there alone: a heading ``/r/LocalModels`` is of Reddit.
        """
        cited = self.cited(place)
        links = (self.links.get(id_) for item in cited for id_ in item.links)
        urls = ["/".join(link.url.partition("://")[2].split("/")[:2]) for link in links if link]  # host and account
        said = " ".join((*urls, *(item.head for item in cited)))
        implied = (name for mark, name in _SITES if mark in said)
        return " ".join((*(_WORD_OF_ADDRESS.sub(" ", url) for url in urls), *implied))


class _Headed(Mapping[str, Item]):
    """Items under their headings, each put there when it is first asked for: a post tells few of a thousand."""

    def __init__(self, items: Mapping[str, tuple[str, Item]]) -> None:
        self._items = items
        self._headed: dict[str, Item] = {}

    def __getitem__(self, id_: str) -> Item:
        headed = self._headed.get(id_)
        if headed is None:
            headed = self._headed[id_] = _under(*self._items[id_])
        return headed

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)


_SITES = (
    ("/r/", "Reddit"),
    ("redd.it/", "Reddit"),
    ("x.com/", "X Twitter"),
    ("twitter.com/", "X Twitter"),
    ("youtu.be/", "YouTube"),
    ("huggingface.co/", "Hugging Face"),
    ("hf.co/", "Hugging Face"),
)
"""What an address or a heading with this in it says of the site."""
_WORD_OF_ADDRESS = re.compile(r"[^A-Za-z0-9]+")
_PART = re.compile(r"\bAI \w{1,20} Recap\b|^PART \d|High level Discord", re.IGNORECASE)
"""Headings with which another part of the newsletter begins, whatever story stood before it."""


def _under(title: str, item: Item) -> Item:
    head = " / ".join(part for part in (title, item.head) if part)
    return item.model_copy(update={"head": head})
