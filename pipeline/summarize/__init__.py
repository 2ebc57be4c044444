"""CleanIssue → Draft: prompts out, replies in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple, cast

from pipeline.errors import ReplyError
from pipeline.places import at, replaced
from pipeline.records.base import PartName
from pipeline.records.drafts import Asked, Bullet, Draft, Opening, Part
from pipeline.records.issues import CleanIssue
from pipeline.records.questions import Budget
from pipeline.records.verdicts import Finding
from pipeline.reply import NotRecorded, QuestionTooLong
from pipeline.summarize.answers import (
    AgainAnswer,
    OpeningAnswer,
    OverviewAnswer,
    PreviewAnswer,
    bullet_of,
    opening_of,
    part_of,
)
from pipeline.summarize.asking import Asker
from pipeline.summarize.choose import Chosen, Group, choose, halves, only, within_budget
from pipeline.summarize.questions import Numbered, Voice, as_data, numbered, question

PLANNED_CALLS = 3
MOST_CALLS = 2 * PLANNED_CALLS + 4
"""Planned: Preview and Overview at once, then the Opening. In all at most twice that and four, whatever happens."""

RunAll = Callable[[Sequence[Callable[[], Any]]], Iterable[Any]]
"""Runs calls, at once or in turn, and gives their results in the same order."""


class Desk(NamedTuple):
    """What is needed to ask about one issue."""

    issue: CleanIssue
    voice: Voice
    asker: Asker


class _Answered(NamedTuple):
    part: Part
    numbers: dict[str, str]
    asked: tuple[Asked, ...]


def write(desk: Desk, budget: Budget, *, made_from: str, run_all: RunAll) -> Draft:
    """Ask for Preview and Overview at once, then for what stands around them.

    Raises:
        ReplyError: The model gave no usable reply, or (`NotRecorded`) none is recorded for what would be asked.
        EndpointError: The model's server refuses us.
        ConfigError: A prompt is wrong.
    """
    chosen = choose(desk.issue, budget)
    if not chosen.preview:
        raise ReplyError("nothing in it can be told as news", subject=desk.issue.id)
    parts: tuple[tuple[PartName, tuple[Group, ...]], ...] = (("preview", chosen.preview), ("overview", chosen.overview))
    outcomes = list(run_all([partial(_outcome, desk, name, groups) for name, groups in parts]))
    failures = [outcome for outcome in outcomes if isinstance(outcome, ReplyError)]
    if failures:
        raise _all_of(failures, desk, chosen)
    preview, overview = cast("list[_Answered]", outcomes)
    best = _best(desk.issue, chosen, preview.part, budget)
    if not best:
        hint = f"another model, or: maeil run {desk.issue.id} --ask-again"
        raise ReplyError("the model's preview tells nothing of the newsletter", subject=desk.issue.id, hint=hint)
    opening, numbers, asked = _opening(desk, best, preview.part)
    return Draft(
        id=desk.issue.id,
        made_from=made_from,
        opening=opening,
        preview=preview.part,
        overview=overview.part,
        numbers={"preview": preview.numbers, "overview": overview.numbers, "opening": numbers},
        asked=(*preview.asked, *overview.asked, *asked),
        left_out=chosen.left_out,
    )


def write_again(desk: Desk, draft: Draft, findings: Sequence[Finding]) -> Draft:
    """Ask once more for the pieces that findings name, with the findings and the items that the pieces cite.

    Raises:
        ReplyError, EndpointError, ConfigError: As `write`.
    """
    known = {item.id: item for section in desk.issue.sections for item in section.items}
    pieces = {finding.where: at(draft, finding.where) for finding in findings}
    concerned = {
        place: piece
        for place, piece in pieces.items()
        if piece is not None and any(item in known for item in piece.items)
    }
    if not concerned:
        return draft
    cited = {item for piece in concerned.values() for item in piece.items}
    groups = only([Group(section.title, section.items) for section in desk.issue.sections], cited)
    ids = numbered(groups, desk.issue)
    names = {issue_id: name for name, issue_id in ids.numbers.items()}
    data = [_piece(place, piece, names, findings) for place, piece in concerned.items()]
    asked_for = question("again", desk.voice, ids, places=list(concerned), pieces=_lines(data))
    answer, asked = desk.asker.ask(asked_for, AgainAnswer, "findings")
    changes: dict[str, Bullet | None] = {}
    for piece in answer.pieces:
        if piece.place in concerned:
            bullet = bullet_of(piece, ids.numbers)
            head = bullet.head if piece.place.startswith("overview/") else ""
            changes[piece.place] = bullet.model_copy(update={"head": head}) if bullet.text else None
    return replaced(draft, changes).model_copy(update={"asked": (*draft.asked, *asked)})


def _outcome(desk: Desk, name: PartName, groups: tuple[Group, ...]) -> _Answered | ReplyError:
    """An expected failure is a value here, so that the other call of the round is not lost."""
    try:
        return _part(desk, name, groups)
    except ReplyError as error:
        return error


def _part(desk: Desk, name: PartName, groups: tuple[Group, ...], *, start: int = 1) -> _Answered:
    """Ask for Preview or Overview; where the server cannot take so much at once, in two halves."""
    if not groups:
        return _Answered(Part(topics=()), {}, ())
    ids = numbered(groups, desk.issue, start=start)
    shape = PreviewAnswer if name == "preview" else OverviewAnswer
    try:
        answer, asked = desk.asker.ask(question(name, desk.voice, ids), shape)
    except QuestionTooLong:
        first, second = halves(groups)
        if not first:
            raise
        one = _part(desk, name, first, start=start)
        other = _part(desk, name, second, start=start + sum(len(group.items) for group in first))
        topics = (*one.part.topics, *other.part.topics)
        return _Answered(Part(topics=topics), one.numbers | other.numbers, (*one.asked, *other.asked))
    return _Answered(part_of(cast("PreviewAnswer | OverviewAnswer", answer), ids.numbers), ids.numbers, asked)


def _best(issue: CleanIssue, chosen: Chosen, preview: Part, budget: Budget) -> tuple[Group, ...]:
    """The editor's lead, then what the Preview tells, as far as the budget goes."""
    told = {item for topic in preview.topics for bullet in topic.bullets for item in bullet.items}
    groups, _ = within_budget((*chosen.intro, *only(chosen.preview, told)), issue, budget.opening_tokens)
    return groups


def _opening(desk: Desk, groups: tuple[Group, ...], preview: Part) -> tuple[Opening, dict[str, str], tuple[Asked, ...]]:
    ids = numbered(groups, desk.issue)
    try:
        answer, asked = desk.asker.ask(question("opening", desk.voice, ids, preview=_told(preview)), OpeningAnswer)
    except QuestionTooLong:
        first, _ = halves(groups)
        if not first:
            raise
        return _opening(desk, first, preview)
    return opening_of(answer, ids.numbers), ids.numbers, asked


def _told(preview: Part) -> str:
    topics = [{"topic": topic.title, "bullets": [bullet.text for bullet in topic.bullets]} for topic in preview.topics]
    return _lines(topics)


def _piece(place: str, piece: Bullet, names: dict[str, str], findings: Sequence[Finding]) -> dict[str, object]:
    return {
        "place": place,
        "head": piece.head,
        "text": piece.text,
        "refs": [{"label": ref.label, "link": names[ref.link]} for ref in piece.refs if ref.link in names],
        "items": [names[item] for item in piece.items if item in names],
        "findings": [
            {"words": finding.text, "problem": finding.message, "newsletter": finding.expected}
            for finding in findings
            if finding.where == place
        ],
    }


def _lines(values: Sequence[object]) -> str:
    return "[\n" + ",\n".join(as_data(value) for value in values) + "\n]"


def _all_of(failures: list[ReplyError], desk: Desk, chosen: Chosen) -> ReplyError:
    """One error for a round: all questions without a recorded reply together, else the first failure."""
    missing = [failure for failure in failures if isinstance(failure, NotRecorded)]
    if len(missing) < len(failures):
        return next(failure for failure in failures if not isinstance(failure, NotRecorded))
    # What the Preview will cite is not known yet: the whole of its items stands for it in the estimate.
    ids: Numbered = numbered(chosen.intro or chosen.preview, desk.issue)
    opening = question("opening", desk.voice, ids, preview=_told(Part(topics=())))
    questions = (*(asked for failure in missing for asked in failure.questions), opening)
    return NotRecorded(*questions)
