"""What is put to the reader: the passages of a draft, cut into sentences, beside the items that they cite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.records.drafts import Draft
from pipeline.records.issues import CleanIssue
from pipeline.verify.index import places
from pipeline.verify.readings import said_sentences

BEFORE_CHARACTERS = 300
"""Of the item before only its end is shown: it is there for the subject that a pronoun needs."""

MAX_ITEM_CHARACTERS = 4_000
"""As much of an item as the writer saw."""


class Passage(NamedTuple):
    """One passage of a draft, its sentences in order.

    Attributes:
        where: As in `Finding.where`.
        sentences: A bullet's head comes first, as a sentence of its own.
        items: Ids of the items cited.
        context: The whole passage, where only some of its sentences are asked about.
    """

    where: str
    sentences: tuple[str, ...]
    items: tuple[str, ...]
    context: str = ""


class Source(NamedTuple):
    """What is shown of one item.

    Attributes:
        section: Title of its section.
        under: Its head or label, where the text does not open with it.
        before: End of the item before it in the same section.
        text: The item's own words.
    """

    section: str
    under: str
    before: str
    text: str

    @property
    def shown(self) -> str:
        """All of it as one text, which a quote may come from."""
        return "\n".join((self.section, self.under, self.before, self.text))


def passages_of(draft: Draft) -> Iterator[Passage]:
    """Every passage with sentences for a reader, once, in the order of the post."""
    for place in places(draft):
        if said := said_sentences(place):
            yield Passage(place.where, said, place.items)


def sources_of(issue: CleanIssue) -> dict[str, Source]:
    """What a reader is shown of each item of an issue, by the item's id."""
    found: dict[str, Source] = {}
    for section in issue.sections:
        before = ""
        for item in section.items:
            text = _shortened(item.text, MAX_ITEM_CHARACTERS)
            under = "" if text.startswith(item.head) else " ".join(item.head.split())
            found[item.id] = Source(" ".join(section.title.split()), under, before, text)
            before = text[-BEFORE_CHARACTERS:].partition(" ")[2] if len(text) > BEFORE_CHARACTERS else text
    return found


def by_part(passages: Sequence[Passage]) -> tuple[tuple[Passage, ...], ...]:
    """The passages of the front of a post and those of its Overview, which are put in two questions at once."""
    front = tuple(passage for passage in passages if not passage.where.startswith("overview"))
    overview = tuple(passage for passage in passages if passage.where.startswith("overview"))
    return tuple(part for part in (front, overview) if part)


def _shortened(text: str, characters: int) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= characters else folded[:characters].rsplit(" ", 1)[0] + " …"
