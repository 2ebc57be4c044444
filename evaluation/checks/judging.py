"""Faithful bullets and their mutants put to the checks as the pipeline puts a draft to them."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from evaluation.checks.faithful import Faithful, FaithfulPart
from evaluation.checks.mutation import Change, Named, Setting
from evaluation.checks.truth import why_true
from pipeline.places import at
from pipeline.records.drafts import Bullet, Cited, Draft, Opening, Part, Topic
from pipeline.records.verdicts import Finding
from pipeline.verify import EarlierPost, place_findings
from pipeline.verify.drop import mend
from pipeline.verify.index import Place, places
from pipeline.verify.repetition import Heard, check_earlier_posts, check_refrains, check_told_twice, heard_before

MOST = 50
"""Mutants of one operator that are judged; which ones is drawn by a seed, as evenly from the bullets as it falls."""


class Pool(NamedTuple):
    """What operators draw from, the same for all bullets."""

    everyone: Sequence[Faithful]
    examples: Sequence[str]
    seed: int


class Outcome(NamedTuple):
    """A mutant that tells something false, and the checks that found an error (``mended``: put right by rule)."""

    operator: Named
    of: Faithful
    change: Change
    checks: tuple[str, ...]

    @property
    def is_caught(self) -> bool:
        return bool(self.checks)

    @property
    def difference(self) -> str:
        """What the operator changed, for people."""
        old, new = self.of.bullet, self.change.bullet
        if old.refs != new.refs:
            return ", ".join(f"{ref.label} → {ref.link}" for ref in new.refs if ref not in old.refs)
        if old.items != new.items:
            return f"on {', '.join(new.items)}: {new.text}"
        if old.head != new.head:
            return f"[{old.head} → {new.head}]"
        same = _shared(old.text, new.text)
        rest = _shared(old.text[same:][::-1], new.text[same:][::-1])
        was, now = (text[same : len(text) - rest] for text in (old.text, new.text))
        return f"…{old.text[max(0, same - 25) : same]}[{was} → {now}]{old.text[len(old.text) - rest :][:25]}…"


class Judged(NamedTuple):
    """What came of the whole set.

    Attributes:
        bullets: How many faithful bullets there are.
        false_errors: Errors on faithful bullets, by name.
        outcomes: One for each mutant that counts.
        still_true: How many mutants each rule ruled out.
    """

    bullets: int
    false_errors: dict[str, tuple[Finding, ...]]
    outcomes: tuple[Outcome, ...]
    still_true: Counter[str]


def judge(everyone: Sequence[Faithful], operators: Sequence[Named], *, examples: Sequence[str], seed: int) -> Judged:
    """The checks on every faithful bullet, and on mutants of those that pass.

    A bullet with an error yields no mutants: they would count as caught for a reason that is not theirs.

    Args:
        examples: Korean sentences of the prompts.
    """
    heard = heard_before((), examples)
    errors = {one.name: errors_of(one, Change(one.bullet), heard) for one in everyone}
    sound = [one for one in everyone if not errors[one.name]]
    outcomes: list[Outcome] = []
    still_true: Counter[str] = Counter()
    for operator in operators:
        mutants = list(_mutants(operator, sound, Pool(everyone, examples, seed), still_true))
        for of, change in random.Random(f"{seed} {operator.name}").sample(mutants, min(MOST, len(mutants))):
            outcomes.append(Outcome(operator, of, change, checks_that_catch(operator, of, change, heard)))
    return Judged(len(everyone), {name: found for name, found in errors.items() if found}, tuple(outcomes), still_true)


def _mutants(
    operator: Named, sound: Sequence[Faithful], pool: Pool, still_true: Counter[str]
) -> Iterator[tuple[Faithful, Change]]:
    for one in sound:
        seeded = random.Random(f"{pool.seed} {operator.name} {one.name}")
        setting = Setting(one, pool.everyone, pool.examples, seeded)
        for change in operator.mutate(setting):
            if rule := why_true(change, setting):
                still_true[rule] += 1
            else:
                yield one, change


def checks_that_catch(operator: Named, of: Faithful, change: Change, heard: Sequence[Heard]) -> tuple[str, ...]:
    """Names of the checks with an error at the mutant's place; ``mended`` where the rules put it right."""
    if operator.mended and _mended(change.bullet, of.part) == _mended(of.bullet, of.part):
        return ("mended",)
    return tuple(dict.fromkeys(error.check for error in errors_of(of, change, heard)))


def errors_of(of: Faithful, change: Change, heard: Sequence[Heard]) -> tuple[Finding, ...]:
    """Errors that concern the bullet in a draft that holds it (and its twin before it)."""
    draft = mend(draft_of(change.bullet, of.part, twin=change.twin)).draft
    walked = [place for place in places(draft) if place.kind in ("bullet", "intro")]
    place: Place = walked[-1]
    prepared = of.newsletter.prepared
    said = (*heard, *_said_before(change.earlier)) if change.earlier else heard
    found = [
        *place_findings(place, prepared),
        *check_earlier_posts((place,), said),
        *check_told_twice(walked),
        *check_refrains(walked),
    ]
    return tuple(one for one in found if one.severity == "error" and one.where == place.where)


def draft_of(bullet: Bullet, part: FaithfulPart, *, twin: Bullet | None = None) -> Draft:
    """A draft with one bullet, or two."""
    bullets = (twin, bullet) if twin else (bullet,)
    nothing = Part(topics=())
    told = Part(topics=(Topic(title="소식", bullets=bullets),))
    plain = Cited(text="", items=bullet.items)
    opening = Opening(title=plain, description=plain, intro=(), viewpoint=(), tags=())
    return Draft(
        id="20261101-00000000",
        made_from="0" * 64,
        opening=opening.model_copy(update={"intro": bullets}) if part == "intro" else opening,
        preview=told if part == "preview" else nothing,
        overview=told if part == "overview" else nothing,
        numbers={},
    )


def _shared(one: str, other: str) -> int:
    """Letters that two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _mended(bullet: Bullet, part: FaithfulPart) -> Bullet | None:
    return at(mend(draft_of(bullet, part)).draft, "intro/0" if part == "intro" else f"{part}/0/0")


def _said_before(sentences: tuple[str, ...]) -> tuple[Heard, ...]:
    return heard_before((EarlierPost(file="daily-20261031.md", day=dt.date(2026, 10, 31), sentences=sentences),), ())
