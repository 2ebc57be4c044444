"""News of today, once: nothing of an earlier post or of a prompt, nothing twice, and the main items reported."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from rapidfuzz import fuzz, process

from pipeline.records.drafts import Draft
from pipeline.records.issues import UNREPORTABLE
from pipeline.records.verdicts import Finding
from pipeline.sentences import sentences
from pipeline.verify.findings import EarlierPost, Kind, finding, letters_and_digits
from pipeline.verify.index import Index, Place
from pipeline.verify.names.forms import korean_names
from pipeline.verify.names.tables import VOCABULARY
from pipeline.verify.names.tokens import chunks, fold, normalised

NEAR_IDENTICAL = 80.0
"""Ratio (rapidfuzz, letters and digits only) from which two sentences are one.

Of 4,400 pairs of sentences of 2024's posts, no two on different stories are over 60; the same story in other words lies
at 70 to 79, and with an ending or a word changed from 83 up.
"""

SHORTEST = 14
"""Letters of a sentence that is compared; shorter ones (``자세한 내용은 공개되지 않았습니다``) recur by themselves."""

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_MEASURE = re.compile(r"(?<![A-Za-z0-9][-_.])(?<![A-Za-z0-9.])\d[\d,.]*(?<![,.])(?![A-Za-z])")
"""A figure that is no part of a name: the 2 of Lumen-2 measures nothing."""
_WORD_START = re.compile(r"(?<![가-힣])[가-힣]{2}")


class Heard(NamedTuple):
    """A sentence that was said before, folded, and where."""

    folded: str
    sentence: str
    said_in: str


def heard_before(earlier: Sequence[EarlierPost], examples: Sequence[str]) -> tuple[Heard, ...]:
    """Return the sentences of earlier posts and of the prompts' examples, prepared for comparing."""
    said = [(sentence, post.file) for post in earlier for sentence in post.sentences]
    said += [(sentence, "") for example in examples for sentence in sentences(example)]
    folded = ((letters_and_digits(sentence), sentence, said_in) for sentence, said_in in said)
    return tuple(Heard(*parts) for parts in folded if len(parts[0]) >= SHORTEST)


def check_earlier_posts(places: Sequence[Place], heard: Sequence[Heard]) -> Iterator[Finding]:
    """No sentence repeats one of an earlier post or of a prompt's example, near-identical counts."""
    told = [(place, sentence) for place in places for piece in place.pieces for sentence in sentences(piece)]
    told = [(place, sentence) for place, sentence in told if len(letters_and_digits(sentence)) >= SHORTEST]
    if not told or not heard:
        return
    before = [said.folded for said in heard]
    for place, sentence in told:
        best = process.extractOne(
            letters_and_digits(sentence), before, scorer=fuzz.ratio, processor=None, score_cutoff=NEAR_IDENTICAL
        )
        if best:
            yield _told(place, sentence, heard[best[2]])


def check_cited_news(place: Place, index: Index) -> Iterator[Finding]:
    """No stale, sponsored, filler or outage item is cited, and none of the channel-by-channel part or boilerplate."""
    for item in index.cited(place) if place.kind != "topic" else ():
        section = index.sections[item.id]
        if not (section.reportable and item.reportable):
            flags = sorted(UNREPORTABLE.intersection((*item.flags, *section.flags)))
            why = ", ".join(flags) or f"part of the {section.role} sections"
            yield finding(Kind.UNREPORTABLE, place.where, place.text, item=item.id, why=why)


def _told(place: Place, sentence: str, said: Heard) -> Finding:
    if not said.said_in:
        return finding(Kind.EXAMPLE, place.where, sentence, sentence=sentence)
    changed = set(_FIGURE.findall(sentence)) != set(_FIGURE.findall(said.sentence))
    kind = Kind.TOLD_WITH_CHANGES if changed else Kind.TOLD_EARLIER
    return finding(kind, place.where, sentence, sentence=sentence, post=said.said_in)


MAIN_LETTERS = 40
"""Letters from which an item is a story and not a heading or a stray line."""

FEWEST_TOLD = 4
"""Main items that a post tells at least, where the newsletter has as many."""

FEWEST_LETTERS_OF_A_REFRAIN = 10
"""A shorter sentence ("코드도 공개했습니다.") may be true of two stories."""


def main_items(index: Index) -> tuple[str, ...]:
    """Return the ids of the newsletter's main items: the stories of its lead and news sections that are fit to be told.

    A bold line with nothing behind it is a motto or a heading, and what the newsletter says of itself is no story.
    """
    return tuple(
        item.id
        for section in index.issue.sections
        if section.role in ("intro", "news") and section.reportable
        for item in section.items
        if item.reportable and len(letters_and_digits(item.text)) >= MAIN_LETTERS and item.text != item.head
    )


def told_items(places: Sequence[Place]) -> frozenset[str]:
    """Return the ids of the items that the introduction and the bullets tell."""
    return frozenset(id_ for place in places if place.kind in ("intro", "bullet") for id_ in place.items)


def check_main_items(draft: Draft, places: Sequence[Place], index: Index) -> Iterator[Finding]:
    """The lead is told, and a few main items at least; else how many are, and why the others are not."""
    main, told = main_items(index), told_items(places)
    lead = [id_ for id_ in main if index.sections[id_].role == "intro"]
    share = sum(id_ in told for id_ in main)
    reasons: dict[str, int] = {}
    for left in draft.left_out:
        reasons[left.why] = reasons.get(left.why, 0) + 1
    why = "; ".join(f"{count} × {reason}" for reason, count in sorted(reasons.items())) or "not chosen"
    count = f"{share} of {len(main)} main items are told; left out: {why}"
    if lead and not told & set(lead):
        first = index.items[lead[0]].text[:120]
        yield finding(Kind.LEAD_UNTOLD, "intro", first, count=count)
    elif share < min(FEWEST_TOLD, len(main)):
        yield finding(Kind.UNTOLD, "preview", "", count=count)


def check_refrains(places: Sequence[Place]) -> Iterator[Finding]:
    """No sentence stands in two places: what is said everywhere belongs to none of the stories."""
    stood: dict[str, list[tuple[Place, str]]] = {}
    for place in places:
        for sentence in sentences(place.text) if place.is_prose else ():
            folded = letters_and_digits(sentence)
            if len(folded) >= FEWEST_LETTERS_OF_A_REFRAIN:
                stood.setdefault(folded, []).append((place, sentence))
    for repeated in stood.values():
        wheres = list(dict.fromkeys(place.where for place, _ in repeated))
        if len(wheres) > 1 and {place.kind for place, _ in repeated} != {"intro", "bullet"}:
            for place, sentence in repeated:
                others = ", ".join(where for where in wheres if where != place.where)
                yield finding(Kind.REFRAIN, place.where, sentence, sentence=sentence, others=others)


def check_told_twice(places: Sequence[Place]) -> Iterator[Finding]:
    """No bullet repeats another, no two bullets of a part rest on the same items, no two topics have one name."""
    bullets = [(place, letters_and_digits(place.text)) for place in places if place.kind in ("bullet", "intro")]
    for (one, folded), (other, other_folded) in combinations(bullets, 2):
        if folded and fuzz.ratio(folded, other_folded, score_cutoff=NEAR_IDENTICAL):
            yield finding(Kind.TOLD_TWICE, other.where, other.text, other=one.where)
        elif one.part == other.part != "intro" and one.items and set(one.items) == set(other.items):
            yield finding(Kind.SAME_ITEMS, other.where, other.text, other=one.where)
    topics = [(place, letters_and_digits(place.text)) for place in places if place.kind == "topic"]
    for (one, folded), (other, other_folded) in combinations(topics, 2):
        if one.part == other.part and folded and fuzz.ratio(folded, other_folded, score_cutoff=NEAR_IDENTICAL):
            yield finding(Kind.SAME_TITLE, other.where, other.text, other=one.where)


def check_repeated_introduction(places: Sequence[Place]) -> Iterator[Finding]:
    """No bullet of the Preview has a fact of the introduction in the same words: its names and its figures.

    Asked again once, never dropped: both are true.
    """
    said = [
        (place, sentence, facts_of(sentence))
        for place in places
        if place.kind == "intro"
        for sentence in sentences(place.text)
    ]
    for place in places:
        for sentence in sentences(place.text) if place.part == "preview" and place.kind == "bullet" else ():
            named, figured = facts_of(sentence)
            for other, there, (names_there, figures_there) in said:
                shared = named & names_there
                same = figured and figured <= figures_there and len(shared) >= max(1, len(named) // 2)
                if same and _in_the_same_words(sentence, there):
                    yield finding(
                        Kind.REPEATS_INTRODUCTION, place.where, sentence, sentence=sentence, other=other.where
                    )
                    break


def _in_the_same_words(sentence: str, other: str) -> bool:
    """Whether half of a sentence's Korean words, by their first two syllables, are in another one."""
    words, there = (set(_WORD_START.findall(text)) for text in (sentence, other))
    return 2 * len(words & there) >= len(words)


def facts_of(sentence: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names and the figures of a sentence, as it writes them."""
    folded = fold(sentence)
    named = {normalised(chunk.text) for chunk in chunks(folded) if chunk.is_name} | {
        name for name, _ in korean_names(folded)
    }
    return frozenset(named - VOCABULARY), frozenset(_MEASURE.findall(folded))
