"""News of today: no sentence of an earlier post or of a prompt's example, and nothing that is not news."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from pipeline.records.verdicts import Finding
from pipeline.verify.checks import EarlierPost, finding, letters_and_digits
from pipeline.verify.index import Index, Place
from pipeline.verify.sentences import sentences

NEAR_IDENTICAL = 80.0
"""Ratio (rapidfuzz, letters and digits only) from which two sentences are one.

Of 4,400 pairs of sentences of 2024's posts, no two on different stories are over 60; the same story in other words lies
at 70 to 79, and with an ending or a word changed from 83 up.
"""

SHORTEST = 14
"""Letters of a sentence that is compared; shorter ones (``자세한 내용은 공개되지 않았습니다``) recur by themselves."""

UNREPORTABLE_FLAGS = frozenset({"stale", "sponsor", "filler", "outage"})
UNREPORTABLE_ROLES = frozenset({"detail", "boilerplate"})

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


class Heard(NamedTuple):
    """A sentence that was said before, folded, and where."""

    folded: str
    sentence: str
    said_in: str


def heard_before(earlier: Sequence[EarlierPost], examples: Sequence[str]) -> tuple[Heard, ...]:
    """Sentences of earlier posts and of the prompts' examples, prepared for comparing."""
    said = [(sentence, post.file) for post in earlier for sentence in post.sentences]
    said += [(sentence, "") for example in examples for sentence in sentences(example)]
    folded = ((letters_and_digits(sentence), sentence, said_in) for sentence, said_in in said)
    return tuple(Heard(*parts) for parts in folded if len(parts[0]) >= SHORTEST)


def nothing_was_told_before(places: Sequence[Place], heard: Sequence[Heard]) -> Iterator[Finding]:
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


def what_is_cited_is_news(place: Place, index: Index) -> Iterator[Finding]:
    """No stale, sponsored, filler or outage item, and none of the channel-by-channel part or boilerplate."""
    for item in index.cited(place) if place.kind != "topic" else ():
        section = index.sections[item.id]
        flags = UNREPORTABLE_FLAGS & {*item.flags, *section.flags}
        role = section.role if section.role in UNREPORTABLE_ROLES else ""
        if flags or role:
            what = ", ".join(sorted(flags)) or f"part of the {role} sections"
            yield finding("freshness.unreportable", place.where, place.text, f"item {item.id} is not news: {what}")


def _told(place: Place, sentence: str, said: Heard) -> Finding:
    if not said.said_in:
        return finding("freshness.example", place.where, sentence, "the sentence is an example of the prompt")
    changed = set(_FIGURE.findall(sentence)) != set(_FIGURE.findall(said.sentence))
    kind = "freshness.changed" if changed else "freshness.earlier"
    message = f"the sentence stood in {said.said_in}" + (" with other figures" if changed else "")
    return finding(kind, place.where, sentence, message)
