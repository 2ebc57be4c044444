"""What can be checked of a reader's answer without reading: do its quotes and words exist where it says they do?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.records.readings import Claim

FEWEST_WORDS = 3
"""A quote of fewer words proves nothing, unless it holds a figure or a name."""

LEAST_COVERED = 0.5
"""Share of a sentence's letters that its claims have to reach over; the rest is endings, particles and connectives."""

_TYPOGRAPHY = str.maketrans(
    {**dict.fromkeys("\u2018\u2019\u02bc\u2032`", "'"), **dict.fromkeys("\u201c\u201d\u2033", '"')}
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | {"\u2026": "..."}
)
_FIGURE_OR_NAME = re.compile(r"\d|[A-Z]|@\w")
_SPECIFIC = re.compile(r"[A-Za-z][A-Za-z0-9]*|\d+(?:[.,]\d+)*")
"""The parts of a Korean sentence that name or measure: Latin words and figures."""


def folded(text: str) -> str:
    """The text with plain quotes, dashes and single spaces, in lower case: what a reader may retype."""
    return " ".join(text.translate(_TYPOGRAPHY).split()).lower()


def is_quoted_from(quote: str, source: str) -> bool:
    """Whether a quote is a piece of the source that is long or specific enough to prove something."""
    bare = quote.strip().strip("\"'\u201c\u201d\u2018\u2019.… ")
    if len(bare.split()) < FEWEST_WORDS and not _FIGURE_OR_NAME.search(bare):
        return False
    return bool(bare) and folded(bare) in folded(source)


def problem_with(sentence: str, claims: Sequence[Claim], sources: Mapping[str, str]) -> str:
    """Why the claims do not prove the sentence, in words for the reader; empty when they do.

    Args:
        sentence: The sentence that was put.
        claims: The reader's claims.
        sources: All that was shown of each item that the sentence cites, by the item's id.
    """
    if not claims:
        return "supported without a quote"
    whole = folded(sentence)
    for claim in claims:
        if claim.item not in sources:
            return f'item "{claim.item[:20]}" is not one that this sentence cites'
        if not is_quoted_from(claim.quote, sources[claim.item]):
            return f'the quote "{claim.quote[:80]}" is not in that item, or is too short to prove anything'
        if not claim.words.strip() or folded(claim.words) not in whole:
            return f'the words "{claim.words[:80]}" are not in the sentence'
    return _uncovered(whole, [folded(claim.words) for claim in claims])


def _uncovered(sentence: str, pieces: Sequence[str]) -> str:
    """What the pieces leave out of the sentence: a name, a figure, or more than half of it."""
    covered = [False] * len(sentence)
    for piece in pieces:
        for found in re.finditer(re.escape(piece), sentence):
            covered[found.start() : found.end()] = [True] * len(piece)
    for found in _SPECIFIC.finditer(sentence):
        if not any(covered[found.start() : found.end()]):
            return f'no claim reaches over "{found.group()[:40]}"'
    letters = [index for index, character in enumerate(sentence) if character.isalnum()]
    share = sum(covered[index] for index in letters) / max(1, len(letters))
    return "" if share >= LEAST_COVERED else f"the claims reach over {share:.0%} of the sentence only"
