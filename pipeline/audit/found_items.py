"""Which items of a newsletter a text rests on, where nobody has said so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from pipeline.audit.overlap import CROSSED, Crossed, Feature, Support, Vocabulary, korean_features, support_of
from pipeline.canonical import SAME_SITE, canonical_key
from pipeline.hosts import host_of
from pipeline.records.issues import CleanIssue, Item, Link
from pipeline.verify import Prepared
from pipeline.verify.figures.check import matched_figures
from pipeline.verify.index import Place

MOST_HOLDERS = 8
"""Items that hold one address: the first of the newsletter's own list of links says as much as all."""
NEARLY = 0.12
"""Shares that differ by less are alike, and figures decide."""
LEAD = 2
"""Paragraphs of the editor's lead before and after one that holds a link, which tell the same story."""


class Measure(NamedTuple):
    """How much of a text an item must have for the text to rest on it. Shares are by weight, from 0 to 1.

    Attributes:
        most: Items at most.
        fits: Least share of the first item.
        near, far: Least share that a further item must add, of a section that is met already and of another one.
        joined: Features that a further item must add: one or two may be a name or a figure told wrong.
    """

    most: int
    fits: float
    near: float
    far: float
    joined: int


BULLET = Measure(most=3, fits=0.3, near=0.12, far=0.3, joined=3)
HEADLINE = Measure(most=6, fits=0.05, near=0.1, far=0.1, joined=1)
"""A title, a description and the Viewpoint speak of several stories, each with a word or two."""


@dataclass(frozen=True)
class Newsletter(Prepared):
    """An issue prepared for finding, besides, what a text rests on and where an address stands.

    Attributes:
        clean_url: Takes tracking parameters and wrappers off an address, as it was done to the issue's links.
    """

    clean_url: Callable[[str], str] = field(kw_only=True)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(self.index)

    @cached_property
    def reportable(self) -> frozenset[str]:
        return frozenset(item.id for item in self.index.reportable)

    @cached_property
    def by_url(self) -> dict[str, list[Link]]:
        return _grouped((link.url, link) for link in self.index.issue.links)

    @cached_property
    def by_key(self) -> dict[str, list[Link]]:
        return _grouped((canonical_key(link.url), link) for link in self.index.issue.links)

    @cached_property
    def by_site(self) -> dict[str, list[Link]]:
        return _grouped((site_of(link.url), link) for link in self.index.issue.links)

    def links(self, url: str) -> Sequence[Link]:
        """The newsletter's links with this address, or else with another spelling of it; content first."""
        cleaned = self.clean_url(url)
        found = self.by_url.get(cleaned) or self.by_key.get(canonical_key(cleaned), [])
        return sorted(found, key=lambda link: (link.kind != "content", link.item not in self.reportable))

    def holders(self, urls: Iterable[str]) -> tuple[str, ...]:
        """Items that hold one of these addresses, news before the channel-by-channel part.

        The editor's lead is one text whose paragraphs are items: its neighbouring ones come with it.
        """
        holding = (link.item for url in urls for link in self.links(url)[:MOST_HOLDERS])
        return tuple(dict.fromkeys(item for held in holding for item in (held, *self._lead_around(held))))

    def _lead_around(self, item: str) -> tuple[str, ...]:
        section = self.index.sections[item]
        if section.role != "intro":
            return ()
        ids = [one.id for one in section.items]
        at = ids.index(item)
        return tuple(one for one in ids[max(0, at - LEAD) : at + LEAD + 1] if one in self.reportable)

    def cover(self, text: str, *, held: Sequence[str] = (), measure: Measure = BULLET) -> tuple[str, ...]:
        """The items that together hold most of a text, best first; besides ``held``, on which it rests already."""
        of_item, section_of = self.vocabulary.of_item, self.index.sections
        left = {words: self.vocabulary.weight(words) for words in korean_features(text)}
        total = sum(left.values()) or 1.0
        for item in held:
            left = _without(left, self.vocabulary.features(self.index.items[item]))
        chosen: list[str] = []
        while left and len(chosen) < measure.most:
            met = {section_of[item].id for item in (*held, *chosen)}
            hits: dict[str, list[float]] = defaultdict(list)
            for words, weight in left.items():
                for item in self.vocabulary.holding(words):
                    hits[item].append(weight)
            fitting: dict[str, float] = {}
            for item in (item for item in of_item if item in hits):
                share = sum(hits[item]) / total
                least = measure.fits if not met else measure.near if section_of[item].id in met else measure.far
                if share >= least and (not met or len(hits[item]) >= measure.joined):
                    fitting[item] = share
            if not fitting:
                break
            chosen.append(self._best(text, fitting))
            left = _without(left, of_item[chosen[-1]])
        return tuple(chosen)

    def _best(self, text: str, shares: Mapping[str, float]) -> str:
        """Of the items that fit nearly as well as the best, the one that holds most of the text's figures."""
        most = max(shares.values())
        near = [item for item, share in shares.items() if share >= most - NEARLY]
        if len(near) == 1:
            return near[0]
        items = self.index.items
        held = {item: len(matched_figures(text, (items[item],), read=self.read)) for item in near}
        return max(near, key=lambda item: (held[item], shares[item]))

    def is_beside(self, item: str, others: Iterable[str]) -> bool:
        """True when one of the others stands right before or behind an item, in its section."""
        ids = [one.id for one in self.index.sections[item].items]
        return any(other in ids and abs(ids.index(other) - ids.index(item)) <= 1 for other in others)

    def sharing_words(self, text: str) -> list[Item]:
        """The items that may be told and have at least one name or figure of a text: no other need be read for it."""
        words = {word for words in korean_features(text) for word in words if isinstance(word, str)}
        return [item for item in self.index.reportable if not words.isdisjoint(self.vocabulary.of_item[item.id])]

    def support(self, text: str, items: Sequence[str]) -> Support:
        """How much of a text these items have, and how much the best other."""
        return support_of(text, Place("", "bullet", text, items=tuple(items)), self.vocabulary)


def with_title_above_lead(issue: CleanIssue) -> CleanIssue:
    """The issue whose title is the heading of the editor's lead, which often goes on where the title ended."""
    sections = []
    for section in issue.sections:
        lead = section.role == "intro" and bool(issue.title)
        items = tuple(
            item.model_copy(update={"head": issue.title}) if lead and not item.head and not item.flags else item
            for item in section.items
        )
        sections.append(section.model_copy(update={"items": items}))
    return issue.model_copy(update={"sections": tuple(sections)})


def tells_another_story(support: Support, crossed: Crossed = CROSSED) -> bool:
    """True when a text has little of its items and much of another."""
    return support.own <= crossed.own and support.best - support.own >= crossed.lead


def _without(left: dict[frozenset[Feature], float], features: frozenset[Feature]) -> dict[frozenset[Feature], float]:
    return {words: weight for words, weight in left.items() if not words & features}


def site_of(url: str) -> str:
    """The host, under the name that `SAME_SITE` gives it."""
    host = host_of(url)[1].removeprefix("www.")
    return SAME_SITE.get(host, host)


def _grouped(pairs: Iterable[tuple[str, Link]]) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = defaultdict(list)
    for key, link in pairs:
        found[key].append(link)
    return dict(found)
