"""Which items of a newsletter a text rests on, where nobody has said so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.canonical import canonical_key
from pipeline.records import CleanIssue, Link
from pipeline.verify.checks import Index, Place
from pipeline.verify.support import CROSSED, Feature, Support, Vocabulary, korean_features, support_of

FITS = 0.3
"""Least share of a text's features, by weight, that the best item must have for the text to rest on it."""
GAIN = 0.12
"""Least share that a further item must add."""
JOINED = 3
"""Features that a further item must add at least: one or two may be a name or a figure told wrong."""
MOST_ITEMS = 3
"""Items that one bullet may rest on, besides those that hold its links."""
MOST_HOLDERS = 8
"""Items that hold one address: the first of the newsletter's own list of links says as much as all."""


@dataclass(frozen=True)
class Newsletter:
    """An issue prepared for finding what a text rests on and where an address stands.

    Attributes:
        clean_url: Takes tracking parameters and wrappers off an address, as it was done to the issue's links.
    """

    issue: CleanIssue
    clean_url: Callable[[str], str]

    @cached_property
    def index(self) -> Index:
        return Index(self.issue)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(self.index)

    @cached_property
    def reportable(self) -> frozenset[str]:
        return frozenset(item.id for item in self.index.reportable)

    @cached_property
    def by_url(self) -> dict[str, list[Link]]:
        return _grouped((link.url, link) for link in self.issue.links)

    @cached_property
    def by_key(self) -> dict[str, list[Link]]:
        return _grouped((canonical_key(link.url), link) for link in self.issue.links)

    def links(self, url: str) -> Sequence[Link]:
        """The newsletter's links with this address, or else with another spelling of it; content first."""
        cleaned = self.clean_url(url)
        found = self.by_url.get(cleaned) or self.by_key.get(canonical_key(cleaned), [])
        return sorted(found, key=lambda link: (link.kind != "content", link.item not in self.reportable))

    def holders(self, urls: Iterable[str]) -> tuple[str, ...]:
        """Items that hold one of these addresses, news before the channel-by-channel part."""
        found = (link.item for url in urls for link in self.links(url)[:MOST_HOLDERS])
        return tuple(dict.fromkeys(found))

    def cover(
        self, text: str, *, held: Sequence[str] = (), most: int = MOST_ITEMS, fits: float = FITS, joined: int = JOINED
    ) -> tuple[str, ...]:
        """The items that together hold most of a text, best first.

        Args:
            held: Items that the text rests on already; then only others of their sections are looked at.
            fits: Least share of the first item, where none is held; with less there is none.
            joined: Features that each further item must add.
        """
        of_item = self.vocabulary.of_item
        sections = {self.index.sections[item].id for item in held}
        among = [item for item in of_item if not held or self.index.sections[item].id in sections]
        left = {words: self.vocabulary.weight(words) for words in korean_features(text)}
        total = sum(left.values()) or 1.0
        for item in held:
            left = _without(left, self.vocabulary.features(self.index.items[item]))
        chosen: list[str] = []
        while left and len(chosen) < most:
            hits = {item: [words for words in left if words & of_item[item]] for item in among}
            best = max(hits, key=lambda item: sum(left[words] for words in hits[item]), default="")
            share = sum(left[words] for words in hits.get(best, ())) / total
            is_further = bool(held or chosen)
            if share < (GAIN if is_further else fits) or share == 0 or (is_further and len(hits[best]) < joined):
                break
            chosen.append(best)
            left = _without(left, of_item[best])
        return tuple(chosen)

    def support(self, text: str, items: Sequence[str]) -> Support:
        """How much of a text these items have, and how much the best other."""
        return support_of(text, Place("", "bullet", text, items=tuple(items)), self.vocabulary)


def tells_another_story(support: Support) -> bool:
    """True when a text has little of its items and much of another."""
    return support.own <= CROSSED.own and support.best - support.own >= CROSSED.lead


def _without(left: dict[frozenset[Feature], float], features: frozenset[Feature]) -> dict[frozenset[Feature], float]:
    return {words: weight for words, weight in left.items() if not words & features}


def _grouped(pairs: Iterable[tuple[str, Link]]) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = defaultdict(list)
    for key, link in pairs:
        found[key].append(link)
    return dict(found)
