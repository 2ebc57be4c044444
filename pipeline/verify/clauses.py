"""Sentences of a place, each with the clauses of its items that tell the same."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from pipeline.records.issues import Item
from pipeline.verify.features import Feature, english_features, korean_features
from pipeline.verify.index import Index, Place
from pipeline.verify.sentences import sentences
from pipeline.verify.support import Vocabulary

MIN_HITS = 2
"""Features a clause must share with a sentence to be taken for what it tells."""

NEARLY = 0.6
"""Share of the best clause's weight with which another clause counts as telling the same."""

_CLAUSE = re.compile(r"[.!?;\n]+(?=\s|$)|,? (?:but|while|whereas|although|though|however)\b")


def told_sentences(place: Place) -> tuple[str, ...]:
    """Sentences that tell what the newsletter holds, heads included; the Viewpoint is opinion."""
    if place.kind not in ("intro", "bullet", "description", "title"):
        return ()
    return tuple(sentence for piece in place.pieces for sentence in sentences(piece))


@functools.lru_cache(maxsize=1024)  # an item is cited by several places
def clauses_of(text: str) -> tuple[str, ...]:
    """A newsletter's text, split where a negation or comparison ends."""
    return tuple(clause for clause in (part.strip() for part in _CLAUSE.split(text)) if clause)


def sentences_with_clauses(place: Place, index: Index, vocabulary: Vocabulary) -> Iterator[tuple[str, list[str]]]:
    """Each sentence with the clauses of its items that tell the same: those sharing nearly as much as the best does."""
    known = vocabulary.of_place.get(place)
    if known is None:
        split = [pair for item in index.cited(place) for pair in _clauses(item, vocabulary)]
        paired = ((sentence, _telling(sentence, split, vocabulary)) for sentence in told_sentences(place))
        known = vocabulary.of_place[place] = [pair for pair in paired if pair[1]]
    yield from known


def _telling(sentence: str, split: Sequence[tuple[str, frozenset[Feature]]], vocabulary: Vocabulary) -> list[str]:
    wanted = [(alternatives, vocabulary.weight(alternatives)) for alternatives in korean_features(sentence)]
    hits = [[weight for alternatives, weight in wanted if alternatives & features] for _, features in split]
    if max(map(len, hits), default=0) < MIN_HITS:
        return []
    scored = sorted(((sum(weights), clause) for weights, (clause, _) in zip(hits, split, strict=True)), reverse=True)
    return [clause for score, clause in scored if score >= NEARLY * scored[0][0]]


def _clauses(item: Item, vocabulary: Vocabulary) -> tuple[tuple[str, frozenset[Feature]], ...]:
    """The clauses of an item with their features, read once."""
    known = vocabulary.of_clause.get(item.id)
    if known is None:
        known = tuple((clause, english_features(clause)) for clause in clauses_of(item.text))
        vocabulary.of_clause[item.id] = known
    return known
