"""How much of a Korean text an English item has: Latin words, figures, and names in transliteration.

What few items of the issue have weighs more (inverse document frequency). It finds the items that a post of others may
rest on; it judges no meaning.
"""

from __future__ import annotations

import functools
import math
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from pipeline.records.issues import Item
from pipeline.verify.figures.korean import compound
from pipeline.verify.index import Index, Place
from pipeline.verify.names.tables import KOREAN_NAMES

LEAST_FEATURES = 4
"""Features a sentence must have to be judged."""

FEWEST_OF_A_SENTENCE = 2
"""Features with which a sentence is compared at all."""


class Crossed(NamedTuple):
    """When a text is another item's: its own share is at most ``own``, the other's is greater by ``lead``."""

    own: float
    lead: float


CROSSED = Crossed(own=0.35, lead=0.3)
CROSSED_SENTENCE = Crossed(own=0.5, lead=0.4)
"""One sentence of a bullet may be a turn of phrase of the whole: more must speak against it."""

Feature = str
"""A Latin word or figure as it is written, lower case."""

_WORD = re.compile(r"([A-Za-z]+|\d+(?:[.,]\d+)*)(?:(?<=[A-Za-z])['’][a-z]{1,2})?")  # without 's and n't
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


@functools.lru_cache(maxsize=4096)
def english_features(text: str) -> frozenset[Feature]:
    """Return the features of an item: its words, pairs of them joined, and its figures."""
    words = _WORD.findall(text.lower())
    found: set[Feature] = set()
    for word in words:
        if word[0].isdigit():
            found.add(_figure(word))
        elif word not in _STOP:
            found.add(word)
    for one, other in pairwise(words):
        found.add(one + other)  # Open AI, OpenAI
    return frozenset(found)


@functools.lru_cache(maxsize=4096)
def korean_features(text: str) -> tuple[frozenset[Feature], ...]:
    """Return the features of a Korean text; each is a set of alternatives, of which an item needs one."""
    found: dict[frozenset[Feature], None] = {}
    for match in _SCALED.finditer(text):
        if numeral := compound(text, match.start()):
            found[_as_written(numeral.values[0])] = None
    for word in _WORD.findall(_SCALED.sub(" ", text)):
        folded = word.lower()
        if folded[0].isdigit():
            found[frozenset({_figure(folded)})] = None
        elif folded not in _STOP:
            found[frozenset({folded})] = None
    for run in _HANGUL.findall(text):
        name = next((run[:length] for length in range(min(10, len(run)), 1, -1) if run[:length] in KOREAN_NAMES), "")
        if name:
            found[frozenset(KOREAN_NAMES[name])] = None
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
    def holders(self) -> dict[Feature, list[str]]:
        """Ids of the items in which each feature stands."""
        found: dict[Feature, list[str]] = {}
        for id_, features in self.of_item.items():
            for feature in features:
                found.setdefault(feature, []).append(id_)
        return found

    def holding(self, alternatives: frozenset[Feature]) -> frozenset[str]:
        """Ids of the items that have one of ``alternatives``."""
        return frozenset(id_ for feature in alternatives for id_ in self.holders.get(feature, ()))

    def weight(self, alternatives: frozenset[Feature]) -> float:
        """Inverse document frequency of a feature, its commonest alternative counted."""
        common = max((len(self.holders.get(feature, ())) for feature in alternatives), default=0)
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
