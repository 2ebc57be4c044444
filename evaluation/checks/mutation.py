"""What a mutation operator is: a small function that takes a faithful bullet and yields wrong ones."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from evaluation.checks.faithful import Faithful
from pipeline.records.drafts import Bullet
from pipeline.records.issues import Item

Group = Literal["numbers", "units", "links", "names", "stories", "language", "form"]


class Change(NamedTuple):
    """What an operator made of a bullet, and what the rules of `truth` need to know of it.

    Attributes:
        figure: The number told now, scale and unit included; empty where none was changed.
        was: The number told before.
        name: A name that was put in.
        link: Id of the link that a label was given.
        kept: Id of the link that the label had.
        told: The piece whose story is told now; empty where the story is the bullet's own.
        earlier: Sentences of the posts of the days before.
        twin: A bullet that stands before this one in the draft.
    """

    bullet: Bullet
    figure: str = ""
    was: str = ""
    name: str = ""
    link: str = ""
    kept: str = ""
    told: str = ""
    earlier: tuple[str, ...] = ()
    twin: Bullet | None = None


class Setting:
    """A faithful bullet among the others: all that an operator may draw from.

    Attributes:
        same: The other faithful bullets of the newsletter.
        strange: Those of other newsletters.
        examples: Korean sentences of the prompts.
        random: Seeded by operator and bullet, so that no operator changes the mutants of another.
    """

    def __init__(self, of: Faithful, everyone: Sequence[Faithful], examples: Sequence[str], rng: random.Random) -> None:
        self.faithful = of
        self.bullet = of.bullet
        self.same = [one for one in everyone if one.newsletter is of.newsletter and one is not of]
        self.strange = [one for one in everyone if one.newsletter is not of.newsletter]
        self.examples = examples
        self.random = rng

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items the bullet cites."""
        return tuple(self.faithful.newsletter.prepared.index.items[name] for name in self.bullet.items)

    @cached_property
    def source(self) -> str:
        """All that the cited items say, headings included."""
        return "\n".join(f"{item.head}\n{item.text}" for item in self.items)

    def with_text(self, text: str) -> Bullet:
        return self.bullet.model_copy(update={"text": text})


Operator = Callable[[Setting], Iterator[Change]]


class Named(NamedTuple):
    """An operator, what it breaks, and how it is judged.

    Attributes:
        mended: Caught too when the rules put the faithful text back.
    """

    name: str
    group: Group
    mutate: Operator
    mended: bool = False


def swaps(setting: Setting, table: Sequence[tuple[str, str]]) -> Iterator[Change]:
    """Every place of the text where a row of ``table`` (pattern, replacement) fits, one at a time."""
    text = setting.bullet.text
    for pattern, new in table:
        for match in re.finditer(pattern, text):
            yield Change(setting.with_text(text[: match.start()] + match.expand(new) + text[match.end() :]))


def words(text: str) -> tuple[str, ...]:
    """A table written as one string."""
    return tuple(text.split())
