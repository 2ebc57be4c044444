"""summarize: CleanIssue → Draft. What the model wrote."""

from __future__ import annotations

from typing import Literal

from pipeline.records.base import Made, PartName, Record, Sha256
from pipeline.records.readings import FactCheck


class Reference(Record):
    """A link that a sentence makes: ``label`` is what a reader clicks, ``link`` the id of a link of the issue."""

    label: str
    link: str


class Cited(Record):
    """A piece of Korean text and the ids of the items it rests on."""

    text: str
    items: tuple[str, ...]


class Bullet(Cited):
    """A Cited with references. ``head`` is set in the Overview only, where the bullet opens with it in bold."""

    head: str = ""
    refs: tuple[Reference, ...] = ()


class Topic(Record):
    """A bold line and its bullets."""

    title: str
    bullets: tuple[Bullet, ...]


class Part(Record):
    """Preview or Overview."""

    topics: tuple[Topic, ...]


class Opening(Record):
    """What stands above the Preview, and the Viewpoint below it."""

    title: Cited
    description: Cited
    intro: tuple[Bullet, ...]
    viewpoint: tuple[Cited, ...]
    tags: tuple[str, ...]


class Asked(Record):
    """One question that was put to the model, or answered from a recorded reply.

    Attributes:
        part: What it asked for.
        why: ``planned``, ``unreadable`` (the reply before did not fit) or ``findings`` (checks failed).
        question: Hash of the question, under which the reply is kept.
        model: The model that answered, as its server names it.
        prompt_tokens, completion_tokens: As the server counted; None when it did not.
    """

    part: PartName
    why: Literal["planned", "unreadable", "findings"]
    question: Sha256
    model: str
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class LeftOut(Record):
    """An item or a part of the draft that is not in the post, and why (budget, stale, outage, a finding …)."""

    what: str
    why: str


class Draft(Made):
    """What the model wrote, its ids translated to those of the issue.

    Attributes:
        numbers: For each part the ids used in its question (``7``, ``7a``) and the issue's ids they stood for.
        asked: Every question, in order.
        left_out: What was not sent, and why.
        factcheck: What a reader said of it; None when meaning was not checked.
    """

    opening: Opening
    preview: Part
    overview: Part
    numbers: dict[PartName, dict[str, str]]
    asked: tuple[Asked, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    factcheck: FactCheck | None = None
