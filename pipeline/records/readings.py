"""factcheck: what a reader said of a draft's sentences beside the items they cite."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime

from pipeline.records.base import Record, Sha256

Judgement = Literal["supported", "contradicted", "not_found"]

PlantKind = Literal["foreign", "figure", "reversal"]
"""How a planted sentence was made false: cited to a foreign item, given another item's figure, or turned round."""


class Claim(Record):
    """One claim of a sentence and the newsletter's words for it.

    Attributes:
        words: Exact piece of the sentence.
        item: Id of the item, as the issue has it; as the reader wrote it when it is none of the question's.
        quote: Exact words of that item.
    """

    words: str
    item: str
    quote: str


class Reading(Record):
    """The reader's answer on one sentence.

    Attributes:
        where: Passage of the draft, as in `Finding.where`.
        sentence: The sentence as it was put; a bullet's head is one of its own.
        judgement: What the reader says of it.
        claims: The newsletter's words for each claim; may be empty where the sentence is not supported.
        wrong: The piece of the sentence that does not hold; empty when it is supported.
        says: The item's words that say otherwise, where there are any.
        problem: Why the answer cannot be relied on after it was asked twice; empty when it can.
        question: Hash of the question that was answered.
    """

    where: str
    sentence: str
    judgement: Judgement
    claims: tuple[Claim, ...] = ()
    wrong: str = ""
    says: str = ""
    problem: str = ""
    question: Sha256


class Planted(Record):
    """A false sentence that was put among the draft's own, and whether the reader found it."""

    kind: PlantKind
    sentence: str
    found: bool
    question: Sha256


class PlantedCount(Record):
    """How many planted sentences of one draft a model found, for the ledger."""

    at: AwareDatetime
    model: str
    planted: int
    found: int


class FactCheck(Record):
    """All that a reader said of a draft.

    Attributes:
        model: The reader, as the settings name it.
        readings: One for each sentence, in the order of the post.
        distrusted: Why the reader's answers count for nothing; empty when they count.
    """

    model: str
    readings: tuple[Reading, ...] = ()
    distrusted: str = ""
