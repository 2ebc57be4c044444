"""A bullet shares content with its own items, and more than with any other item of the issue.

A Korean text and an English item are compared by what they share across languages: Latin words, figures, names in
transliteration, and the terms of `pipeline.verify.terms`. What few items of the issue have weighs more (inverse
document frequency). Without kinship of words nothing is certain, so a short text is passed over.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pipeline.records.issues import Item
from pipeline.records.verdicts import Finding
from pipeline.verify.checks import finding
from pipeline.verify.denials import Denied
from pipeline.verify.features import Feature, english_features, korean_features
from pipeline.verify.index import Index, Place
from pipeline.verify.sentences import sentences

LEAST_FEATURES = 4
"""Features a sentence must have to be judged; with fewer, three of four faithful sentences look foreign by chance."""

FEWEST_OF_A_SENTENCE = 2
"""Features with which a sentence is compared all the same, where another item has every one of them."""


class Crossed(NamedTuple):
    """When a text is another item's: its own share is at most ``own``, the other's is greater by ``lead``."""

    own: float
    lead: float


# On 21 faithful bullets of April 2026 the own share is 0.59 to 0.98, on 480 crossed ones it is over 0.35 in 3 of 100;
# on 20 of May 2024 that cite only part of what they tell it is 0.30 and more.
# One sentence of a bullet may be a turn of phrase of the whole: more must speak against it. Of 379 faithful sentences
# none has an own share of 0.5 or less and another item's that is greater by more than 0.2; 0.25 is the least own share.
CROSSED = Crossed(own=0.35, lead=0.3)
CROSSED_SENTENCE = Crossed(own=0.5, lead=0.4)
STRANGE_SENTENCE = Crossed(own=0.2, lead=0.25)
SHORT_SENTENCE = Crossed(own=0.4, lead=0.6)
"""For a sentence of two or three features, all of which one other item has."""
THIN = 0.12
THIN_SENTENCE = 0.15
"""Own share under which a sentence of a bullet is no part of its story; of 463 faithful ones the least is 0.21."""
WEAK = 0.27


@dataclass(frozen=True)
class Vocabulary:
    """The features of an issue's items. Built once for a draft."""

    index: Index

    @cached_property
    def of_item(self) -> dict[str, frozenset[Feature]]:
        """Features of every item that a post may tell."""
        return {item.id: _item_features(item) for item in self.index.reportable}

    @cached_property
    def holders(self) -> dict[Feature, list[str]]:
        """Ids of the items in which each feature stands."""
        found: dict[Feature, list[str]] = {}
        for id_, features in self.of_item.items():
            for feature in features:
                found.setdefault(feature, []).append(id_)
        return found

    @cached_property
    def _holding(self) -> dict[frozenset[Feature], frozenset[str]]:
        return {}

    def holding(self, alternatives: frozenset[Feature]) -> frozenset[str]:
        """Ids of the items that have one of ``alternatives``."""
        known = self._holding.get(alternatives)
        if known is None:
            ids = (id_ for feature in alternatives for id_ in self.holders.get(feature, ()))
            known = self._holding[alternatives] = frozenset(ids)
        return known

    @cached_property
    def of_clause(self) -> dict[str, tuple[tuple[str, frozenset[Feature]], ...]]:
        """Clauses of the items met so far with their features, by item; `pipeline.verify.clauses` fills it."""
        return {}

    @cached_property
    def of_place(self) -> dict[Place, list[tuple[str, list[str]]]]:
        """Sentences of the places met so far with the clauses that tell the same; filled likewise."""
        return {}

    @cached_property
    def of_denial(self) -> dict[str, Denied]:
        """What the items met so far deny, by item; `pipeline.verify.negation` fills it."""
        return {}

    @cached_property
    def _weights(self) -> dict[frozenset[Feature], float]:
        return {}

    def weight(self, alternatives: frozenset[Feature]) -> float:
        """Inverse document frequency of a feature, its commonest alternative counted."""
        known = self._weights.get(alternatives)
        if known is None:
            common = max((len(self.holders.get(feature, ())) for feature in alternatives), default=0)
            known = self._weights[alternatives] = math.log1p(len(self.of_item) / (1 + common))
        return known

    def features(self, item: Item) -> frozenset[Feature]:
        return self.of_item.get(item.id) or _item_features(item)


def _item_features(item: Item) -> frozenset[Feature]:
    return english_features(f"{item.head}\n{item.text}")


@dataclass(frozen=True)
class Support:
    """How well a sentence is supported: shares from 0 to 1 by weight, and the best other item.

    Attributes:
        features: How many features the sentence has that the issue has at all.
        own: Share of them in the cited items together.
        shared: How many of them the cited items have.
        best: Share in the best other item alone; ``item`` is its id, ``found`` how many it has.
    """

    features: int
    own: float
    shared: int
    best: float
    found: int
    item: str


def support_of(text: str, place: Place, vocabulary: Vocabulary) -> Support:
    """Compare a text with the items that ``place`` cites and with all others; one too short is not compared."""
    wanted = [alternatives for alternatives in korean_features(text) if vocabulary.weight(alternatives) > 0]
    if len(wanted) < FEWEST_OF_A_SENTENCE:
        return Support(len(wanted), 1.0, 0, 0.0, 0, "")
    weights = [vocabulary.weight(alternatives) for alternatives in wanted]
    total = sum(weights)

    own_features = frozenset().union(*(vocabulary.features(item) for item in vocabulary.index.cited(place)))
    own = [weight for alternatives, weight in zip(wanted, weights, strict=True) if alternatives & own_features]
    others: dict[str, list[float]] = {}
    for alternatives, weight in zip(wanted, weights, strict=True):
        for id_ in vocabulary.holding(alternatives).difference(place.items):
            others.setdefault(id_, []).append(weight)
    shares = ((sum(hits) / total, len(hits), id_) for id_, hits in others.items())
    best, found, item = max(shares, default=(0.0, 0, ""))
    return Support(len(wanted), sum(own) / total, len(own), best, found, item)


def every_sentence_shares_something_with_its_items(place: Place, vocabulary: Vocabulary) -> Iterator[Finding]:
    """A sentence in which no name, figure or term of the cited items can be found rests on nothing.

    Of 322 faithful sentences of eleven newsletters three had none; a sentence that a newsletter orders, or that a model
    makes up, often has none. Titles are judged as a whole.
    """
    cited = vocabulary.index.cited(place)
    if not cited or place.kind == "topic":
        return
    own = frozenset().union(*(vocabulary.features(item) for item in cited))
    for sentence in sentences(place.text) if place.kind != "title" else (place.text,):
        if not any(alternatives & own for alternatives in korean_features(sentence)):
            yield finding("support.unfounded", place.where, sentence, "nothing in it can be found in the cited items")


def a_bullet_is_supported_by_its_items(place: Place, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Whole bullets, and each sentence of a bullet that has several. The Viewpoint is opinion and exempt."""
    if place.kind not in ("intro", "bullet", "description") or not vocabulary.index.cited(place):
        return
    whole = " ".join(place.pieces)
    wrong = _judged(whole, place, vocabulary, CROSSED)
    if wrong:
        yield wrong
        return
    split = sentences(place.text)
    for sentence in split if len(split) > 1 else ():
        wrong = _judged(sentence, place, vocabulary, CROSSED_SENTENCE)
        if wrong and wrong.severity == "error":
            yield wrong


def _judged(text: str, place: Place, vocabulary: Vocabulary, crossed: Crossed) -> Finding | None:
    support = support_of(text, place, vocabulary)
    if _is_another_story(support, crossed):
        expected = vocabulary.index.items[support.item].text[:160]
        message = f"the text fits item {support.item} ({support.best:.0%}) and not its own items ({support.own:.0%})"
        return finding("support.cross-wired", place.where, text, message, expected)
    if _is_thin(support, crossed):
        return finding("support.thin", place.where, text, f"the text shares {support.own:.0%} with its items")
    if support.own < WEAK and support.features >= LEAST_FEATURES:
        return finding("support.weak", place.where, text, f"the text shares only {support.own:.0%} with its items")
    return None


def _is_another_story(support: Support, crossed: Crossed) -> bool:
    limits: tuple[Crossed, ...] = (crossed,)
    fewest = LEAST_FEATURES - 1
    if crossed is CROSSED_SENTENCE:
        limits = (crossed, STRANGE_SENTENCE)
    if support.features < LEAST_FEATURES:
        if crossed is CROSSED or support.found < support.features:
            return False
        limits, fewest = (SHORT_SENTENCE,), FEWEST_OF_A_SENTENCE
    is_other = any(support.own <= one.own and support.best - support.own >= one.lead for one in limits)
    return is_other and support.found >= max(fewest, support.shared + 1)


def _is_thin(support: Support, crossed: Crossed) -> bool:
    if crossed is CROSSED_SENTENCE:
        return support.own < THIN_SENTENCE and support.features >= LEAST_FEATURES - 1
    return support.own < THIN and support.features >= 2 * LEAST_FEATURES - 2
