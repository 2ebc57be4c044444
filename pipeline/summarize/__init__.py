"""CleanIssue → Draft: prompts out, replies in. `choose` says what is sent, `again` mends what checks find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple, cast

from pipeline.errors import ReplyError
from pipeline.records.base import PartName
from pipeline.records.drafts import Asked, Draft, LeftOut, Part
from pipeline.records.questions import Budget
from pipeline.reply import NotRecorded, QuestionTooLong
from pipeline.summarize.again import write_again
from pipeline.summarize.answers import SHAPES, FrontAnswer, OverviewAnswer, opening_of, part_of
from pipeline.summarize.asking import Desk
from pipeline.summarize.choose import Pool, choose
from pipeline.summarize.questions import numbered, question

__all__ = ["MOST_CALLS", "Desk", "RunAll", "write", "write_again"]

PLANNED_CALLS = 2
MOST_CALLS = 2 * PLANNED_CALLS + 4
"""Planned: ``front`` and ``overview`` at once. In all at most twice that and four, whatever happens."""

RunAll = Callable[[Sequence[Callable[[], Any]]], Iterable[Any]]
"""Runs calls, at once or in turn, and gives their results in the same order."""


class _Answered(NamedTuple):
    answer: FrontAnswer | OverviewAnswer
    numbers: dict[str, str]
    asked: tuple[Asked, ...]
    left_out: tuple[LeftOut, ...]


def write(desk: Desk, budget: Budget, *, made_from: str, run_all: RunAll) -> Draft:
    """Ask for the front of the post (Preview and all around it) and for the Overview, at once.

    Raises:
        ReplyError: The model gave no usable reply, or (`NotRecorded`) none is recorded for what would be asked.
        EndpointError: The model's server refuses us.
        ConfigError: A prompt is wrong.
    """
    chosen = choose(desk.issue, budget)
    if not chosen.front.ranked:
        raise ReplyError("nothing in it can be told as news", subject=desk.issue.id)
    pools: dict[PartName, Pool] = {"front": chosen.front, "overview": chosen.overview}
    asked_for = {part: pool for part, pool in pools.items() if pool.ranked}
    outcomes = dict(zip(asked_for, run_all([partial(_outcome, desk, *one) for one in asked_for.items()]), strict=True))
    failures = [outcome for outcome in outcomes.values() if isinstance(outcome, ReplyError)]
    if failures:
        raise _all_of(failures)
    front = cast("FrontAnswer", outcomes["front"].answer)
    numbers = {part: outcome.numbers for part, outcome in outcomes.items()}
    preview, overview = part_of(front, numbers["front"]), Part(topics=())
    if "overview" in outcomes:
        overview = part_of(outcomes["overview"].answer, numbers["overview"])
    known = {item.id for section in desk.issue.sections for item in section.items}
    if not any(item in known for topic in preview.topics for bullet in topic.bullets for item in bullet.items):
        hint = f"another model, or: maeil run {desk.issue.id} --ask-again=all"
        raise ReplyError("the model's preview tells nothing of the newsletter", subject=desk.issue.id, hint=hint)
    return Draft(
        id=desk.issue.id,
        made_from=made_from,
        opening=opening_of(front, numbers["front"]),
        preview=preview,
        overview=overview,
        numbers=numbers,
        asked=tuple(asked for outcome in outcomes.values() for asked in outcome.asked),
        left_out=(*chosen.left_out, *(left for outcome in outcomes.values() for left in outcome.left_out)),
    )


def _outcome(desk: Desk, part: PartName, pool: Pool) -> _Answered | ReplyError:
    """An expected failure is a value here, so that the other call of the round is not lost."""
    try:
        return _ask(desk, part, pool)
    except ReplyError as error:
        return error


def _ask(desk: Desk, part: PartName, pool: Pool) -> _Answered:
    """Ask for one part; where the server cannot take so much at once, from the more newsworthy half of its items."""
    ids = numbered(pool.groups, desk.issue)
    try:
        answer, asked = desk.asker.ask(question(part, desk.voice, ids), SHAPES[part])
    except QuestionTooLong:
        half = pool.halved()
        if not half.ranked:
            raise
        less = _ask(desk, part, half)
        why = "the model's server does not take so much at once"
        gone = tuple(LeftOut(what=item, why=why) for item in pool.ranked[len(half.ranked) :])
        return less._replace(left_out=(*less.left_out, *gone))
    return _Answered(cast("FrontAnswer | OverviewAnswer", answer), ids.numbers, asked, ())


def _all_of(failures: list[ReplyError]) -> ReplyError:
    """One error for a round: all questions without a recorded reply together, else the first failure."""
    missing = [failure for failure in failures if isinstance(failure, NotRecorded)]
    if len(missing) < len(failures):
        return next(failure for failure in failures if not isinstance(failure, NotRecorded))
    return NotRecorded(*(asked for failure in missing for asked in failure.questions))
