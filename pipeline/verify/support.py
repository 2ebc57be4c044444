"""A bullet shares content with its own items, and more than with any other item of the issue.

A Korean text and an English item are compared by what they share across languages: Latin words, figures, names in
transliteration, and the terms of `pipeline.verify.terms`. What few items of the issue have weighs more (inverse
document frequency). Without kinship of words nothing is certain, so a short text is passed over.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from pipeline.records import Finding, Item
from pipeline.verify.checks import Index, Place, finding
from pipeline.verify.korean_numbers import compound
from pipeline.verify.name_tables import KOREAN_NAMES
from pipeline.verify.sentences import sentences
from pipeline.verify.terms import english_concepts, korean_concepts

Feature = str | int
"""A Latin word or figure as it stands, or the number of a concept of `terms`."""

LEAST_FEATURES = 4
"""Features a sentence must have to be judged; with fewer, three of four faithful sentences look foreign by chance."""


class Crossed(NamedTuple):
    """When a text is another item's: its own share is at most ``own``, the other's is greater by ``lead``."""

    own: float
    lead: float


# On 21 faithful bullets of April 2026 the own share is 0.59 to 0.98, on 480 crossed ones it is over 0.35 in 3 of 100;
# on 20 of May 2024 that cite only part of what they tell it is 0.30 and more.
# One sentence of a bullet may be a turn of phrase of the whole: more must speak against it.
CROSSED = Crossed(own=0.35, lead=0.3)
CROSSED_SENTENCE = Crossed(own=0.25, lead=0.4)
THIN = 0.12
WEAK = 0.27

_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]{1,2})?|\d+(?:[.,]\d+)*")
_SCALED = re.compile(
    r"(?<![\d.,])\d[\d,.]{0,12}[십백천만억조](?: ?\d[\d,.]{0,12}[십백천만억조]?)?"
)  # 4조 4천억, 5만 2,635
_HANGUL = re.compile(r"[가-힣]+")
_STOPWORDS = """
a an the and or of to in on for with by at from as is are was were be been it its this that these those he she they we
you i not no but if then than so such can could will would may might should has have had do does did their our his her
your my there here when while which who whom whose what how all also into over about more most other some any just only
very up out via per vs us s t re ve ll d m x
"""
_STOP = frozenset(_STOPWORDS.split())


def english_features(text: str) -> frozenset[Feature]:
    """Features of an item: its words, its figures, the concepts of words and of pairs of words."""
    words = [word.split("'")[0].split("’")[0] for word in _WORD.findall(text.lower())]
    found: set[Feature] = set()
    for word in words:
        if word[0].isdigit():
            found.add(_figure(word))
        elif word not in _STOP:
            found.add(word)
            found |= english_concepts(word)
    for one, other in pairwise(words):
        found.add(one + other)  # Open AI, OpenAI
        found |= english_concepts(one + other)
    return frozenset(found)


def korean_features(text: str) -> tuple[frozenset[Feature], ...]:
    """Features of a Korean text; each is a set of alternatives, of which an item needs one."""
    found: dict[frozenset[Feature], None] = {}
    for match in _SCALED.finditer(text):
        if numeral := compound(text, match.start()):
            found[_as_written(numeral.values[0])] = None
    for word in _WORD.findall(_SCALED.sub(" ", text)):
        folded = word.lower().split("'")[0].split("’")[0]
        if folded[0].isdigit():
            found[frozenset({_figure(folded)})] = None
        elif folded not in _STOP:
            found[frozenset({folded, *english_concepts(folded)})] = None
    rest = text
    for run in _HANGUL.findall(text):
        name = next((run[:length] for length in range(min(10, len(run)), 1, -1) if run[:length] in KOREAN_NAMES), "")
        if name:
            found[frozenset(KOREAN_NAMES[name])] = None
            rest = rest.replace(name, " ")
    for _, _, concepts in korean_concepts(rest):
        found[frozenset(concepts)] = None
    return tuple(found)


def _as_written(value: float) -> frozenset[Feature]:
    """How English writes a number that Korean writes with 만 and 억: 25000, 25 (K), 1.25 (B)."""
    return frozenset(f"{value / scale:.13g}" for scale in (1, 1e3, 1e6, 1e9, 1e12) if value >= scale)


def _figure(word: str) -> str:
    return word.replace(",", "").rstrip(".")


@dataclass(frozen=True)
class Vocabulary:
    """The features of an issue's items. Built once for a draft."""

    index: Index

    @cached_property
    def of_item(self) -> dict[str, frozenset[Feature]]:
        """Features of every item that a post may tell."""
        return {item.id: _item_features(item) for item in self.index.reportable}

    @cached_property
    def frequency(self) -> Counter[Feature]:
        """In how many items each feature stands."""
        return Counter(feature for features in self.of_item.values() for feature in features)

    @cached_property
    def holders(self) -> dict[Feature, tuple[str, ...]]:
        """Ids of the items in which each feature stands."""
        found: dict[Feature, list[str]] = {}
        for id_, features in self.of_item.items():
            for feature in features:
                found.setdefault(feature, []).append(id_)
        return {feature: tuple(ids) for feature, ids in found.items()}

    @cached_property
    def of_clause(self) -> dict[str, tuple[tuple[str, frozenset[Feature]], ...]]:
        """Clauses of the items met so far with their features, by item; `pipeline.verify.clauses` fills it."""
        return {}

    def weight(self, alternatives: Collection[Feature]) -> float:
        """Inverse document frequency of a feature, its commonest alternative counted."""
        common = max((self.frequency[feature] for feature in alternatives), default=0)
        return math.log1p(len(self.of_item) / (1 + common))

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
    if len(wanted) < LEAST_FEATURES:
        return Support(len(wanted), 1.0, 0, 0.0, 0, "")
    weights = [vocabulary.weight(alternatives) for alternatives in wanted]
    total = sum(weights)

    own_features = frozenset().union(*(vocabulary.features(item) for item in vocabulary.index.cited(place)))
    own = [weight for alternatives, weight in zip(wanted, weights, strict=True) if alternatives & own_features]
    others: dict[str, list[float]] = {}
    for alternatives, weight in zip(wanted, weights, strict=True):
        holders = {id_ for feature in alternatives for id_ in vocabulary.holders.get(feature, ())}
        for id_ in holders.difference(place.items):
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
    if support.features < LEAST_FEATURES:
        return None
    if (
        support.own <= crossed.own
        and support.best - support.own >= crossed.lead
        and support.found >= LEAST_FEATURES - 1
        and support.found > support.shared
    ):
        expected = vocabulary.index.items[support.item].text[:160]
        message = f"the text fits item {support.item} ({support.best:.0%}) and not its own items ({support.own:.0%})"
        return finding("support.cross-wired", place.where, text, message, expected)
    if support.own < THIN and support.features >= 2 * LEAST_FEATURES - 2 and crossed is CROSSED:
        return finding("support.thin", place.where, text, f"the text shares {support.own:.0%} with its items")
    if support.own < WEAK:
        return finding("support.weak", place.where, text, f"the text shares only {support.own:.0%} with its items")
    return None
