"""What of the newsletter the post tells, and nothing twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from rapidfuzz import fuzz

from pipeline.records.drafts import Draft
from pipeline.records.verdicts import Finding
from pipeline.verify.checks import finding, letters_and_digits
from pipeline.verify.freshness import NEAR_IDENTICAL, UNREPORTABLE_FLAGS
from pipeline.verify.index import Index, Place
from pipeline.verify.sentences import sentences

MAIN_LETTERS = 40
"""Letters from which an item is a story and not a heading or a stray line."""

FEWEST_TOLD = 4
"""Main items that a post tells at least, where the newsletter has as many."""

FEWEST_LETTERS_OF_A_REFRAIN = 10
"""A shorter sentence ("코드도 공개했습니다.") may be true of two stories."""

_UNTOLD = UNREPORTABLE_FLAGS | {"metadata"}


def main_items(index: Index) -> tuple[str, ...]:
    """Ids of the newsletter's main items: the stories of its lead and news sections that are fit to be told.

    A bold line with nothing behind it is a motto or a heading, and what the newsletter says of itself is no story.
    """
    return tuple(
        item.id
        for section in index.issue.sections
        if section.role in ("intro", "news") and not UNREPORTABLE_FLAGS & {*section.flags}
        for item in section.items
        if not _UNTOLD & {*item.flags} and len(letters_and_digits(item.text)) >= MAIN_LETTERS and item.text != item.head
    )


def told_items(places: Sequence[Place]) -> frozenset[str]:
    """Ids of the items that the introduction and the bullets tell."""
    return frozenset(id_ for place in places if place.kind in ("intro", "bullet") for id_ in place.items)


def the_main_items_are_told(draft: Draft, places: Sequence[Place], index: Index) -> Iterator[Finding]:
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
        yield finding("coverage.untold", "intro", first, f"the newsletter's lead is not told; {count}")
    elif share < min(FEWEST_TOLD, len(main)):
        yield finding("coverage.untold", "preview", "", count)


def no_sentence_is_a_refrain(places: Sequence[Place]) -> Iterator[Finding]:
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
                yield finding("coverage.refrain", place.where, sentence, f"the sentence stands in {others} too")


def nothing_is_told_twice(places: Sequence[Place]) -> Iterator[Finding]:
    """No bullet repeats another, no two bullets of a part rest on the same items, no two topics have one name."""
    bullets = [(place, letters_and_digits(place.text)) for place in places if place.kind in ("bullet", "intro")]
    for (one, folded), (other, other_folded) in combinations(bullets, 2):
        if folded and fuzz.ratio(folded, other_folded, score_cutoff=NEAR_IDENTICAL):
            yield finding("coverage.twice", other.where, other.text, f"{one.where} says the same")
        elif one.part == other.part != "intro" and one.items and set(one.items) == set(other.items):
            yield finding("coverage.same-items", other.where, other.text, f"{one.where} rests on the same items")
    topics = [(place, letters_and_digits(place.text)) for place in places if place.kind == "topic"]
    for (one, folded), (other, other_folded) in combinations(topics, 2):
        if one.part == other.part and folded and fuzz.ratio(folded, other_folded, score_cutoff=NEAR_IDENTICAL):
            yield finding("coverage.same-title", other.where, other.text, f"{one.where} has the same title")
