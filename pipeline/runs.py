"""A run over many issues: which ones, in which order, and what becomes of each."""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple, TypeVar

from pipeline.errors import ConfigError, StageError, boundary
from pipeline.fingerprints import CODE, code, fingerprint
from pipeline.posts import is_cut_short
from pipeline.records.base import Made
from pipeline.records.drafts import Draft
from pipeline.records.issues import CleanIssue, Issue
from pipeline.records.questions import Question
from pipeline.records.sources import RawIssue
from pipeline.records.verdicts import Verdict
from pipeline.reply import NotRecorded
from pipeline.stages import STAGES, Maker
from pipeline.store.files import canonical
from pipeline.store.library import Held, Ledger

log = logging.getLogger(__name__)

MadeType = TypeVar("MadeType", bound=Made)

State = Literal["done", "up to date", "same edition", "held", "held before", "not recorded"]


class Outcome(NamedTuple):
    """What became of one issue in one run.

    Attributes:
        stage: The last one that was run, or that failed.
        questions: Those of a dry run that have no recorded reply.
    """

    raw: RawIssue
    state: State
    stage: str = ""
    reason: str = ""
    post: str = ""
    questions: tuple[Question, ...] = ()


class Plan(NamedTuple):
    """What a run is asked to do.

    Attributes:
        first: The stage from which on records are made again even when they are up to date; empty for none.
        last: The stage after which to stop.
        alone: Run only ``first``, on the record that lies before it.
        force: Overwrite a post that was edited by hand.
    """

    first: str = ""
    last: str = "emit"
    alone: bool = False
    force: bool = False


def run_issues(maker: Maker, raws: Sequence[RawIssue], plan: Plan, tell: Callable[[str], None]) -> Iterator[Outcome]:
    """Take each issue as far as the plan says, in order of instant; one that fails does not stop the others.

    Args:
        tell: Told in one line what is under way.

    Raises:
        ConfigError, StoreError: Nothing more can be done for any issue.
        EndpointError: The model's server refuses us; what was finished before stays finished.
    """
    for raw in sorted(raws, key=lambda raw: (raw.published, raw.id)):
        yield run_issue(maker, raw, plan, tell)


def run_issue(maker: Maker, raw: RawIssue, plan: Plan, tell: Callable[[str], None]) -> Outcome:
    """As `run_issues`, for one."""
    given = _given(maker, raw)
    ledger = maker.library.ledger(raw.id)
    if settled := _settled(maker, raw, plan, given):
        return settled
    walk = _Walk(maker, raw, plan, tell)
    try:
        with boundary(raw.id):
            post = walk.go()
    except NotRecorded as error:
        return Outcome(raw, "not recorded", walk.stage, error.message, questions=error.questions)
    except SameEdition as error:
        _hold(maker, ledger, walk.stage, error, given)
        return Outcome(raw, "same edition", walk.stage, str(error))
    except StageError as error:
        if plan.last == "emit" and not plan.alone:
            _hold(maker, ledger, walk.stage, error, given)
        return Outcome(raw, "held", walk.stage, str(error))
    if post and not plan.alone:
        maker.library.keep_ledger(maker.library.ledger(raw.id).model_copy(update={"given": _given(maker, raw)}))
    return Outcome(raw, "done", walk.stage, post=post)


def is_settled(maker: Maker, raw: RawIssue, plan: Plan) -> bool:
    """Whether a run has nothing to do for an issue: it is finished or held, and nothing has changed since."""
    return _settled(maker, raw, plan, _given(maker, raw)) is not None


def _settled(maker: Maker, raw: RawIssue, plan: Plan, given: str) -> Outcome | None:
    if plan.first or plan.last != "emit":
        return None
    ledger = maker.library.ledger(raw.id)
    if ledger.given == given and maker.library.is_complete(ledger) and not (plan.force and _is_cut(maker, ledger)):
        return _up_to_date(maker, raw, ledger)
    if ledger.held and ledger.held.given == given and not ledger.held.retry and not plan.force:
        return Outcome(raw, "held before", ledger.held.stage, ledger.held.reason)
    return None


def _is_cut(maker: Maker, ledger: Ledger) -> bool:
    return is_cut_short(maker.library.post(ledger.post) or b"")


def _up_to_date(maker: Maker, raw: RawIssue, ledger: Ledger) -> Outcome:
    """What there is to say of an issue with nothing to do: its post may have been damaged since."""
    if _is_cut(maker, ledger):
        reason = f"{raw.id}: {ledger.post} is empty or cut short; to make it again: maeil run {raw.id} --force"
        return Outcome(raw, "held", "emit", reason, post=ledger.post)
    return Outcome(raw, "up to date", "emit", post=ledger.post)


def _hold(maker: Maker, ledger: Ledger, stage: str, error: StageError, given: str) -> None:
    """Remember why an issue has no post, and since when it is for this reason."""
    held = Held(stage=stage, reason=str(error), given=given, retry=error.retry, since=maker.ways.now)
    if not ledger.held or (ledger.held.reason, ledger.held.given) != (held.reason, held.given):
        maker.library.keep_ledger(ledger.model_copy(update={"held": held}))


class SameEdition(StageError):
    """Another source brought the same edition; that is no failure."""


class _Walk:
    """One issue's way through the stages."""

    def __init__(self, maker: Maker, raw: RawIssue, plan: Plan, tell: Callable[[str], None]) -> None:
        self.maker = maker
        self.raw = raw
        self.plan = plan
        self.tell = tell
        self.stage = "fetch"

    def go(self) -> str:
        """Walk; the name of the post, or empty when the plan ends before it."""
        if not self._enters("extract"):
            return ""
        issue = self._have("extract", Issue) or self.maker.extract(self.raw, redo=self._redo())
        if not self._enters("clean"):
            return ""
        clean = self._have("clean", CleanIssue) or self.maker.clean(self.raw, issue, redo=self._redo())
        if not self._enters("summarize"):
            return ""
        if not self.plan.alone and (twin := self.maker.twin(self.raw, clean)):
            raise SameEdition(f"is the same edition as {twin.id} of source {twin.source}", subject=self.raw.id)
        draft = self._have("summarize", Draft) or self.maker.summarize(self.raw, clean, redo=self._redo())
        if not self._enters("verify"):
            return ""
        verdict = self._have("verify", Verdict) or self.maker.verify(self.raw, clean, draft, redo=self._redo())
        if not self._enters("emit"):
            return ""
        return self.maker.emit(self.raw, clean, verdict, force=self.plan.force).file

    def _enters(self, stage: str) -> bool:
        if STAGES.index(stage) > STAGES.index(self.plan.last):
            return False
        self.stage = stage
        self.tell(f"{self.raw.id} {stage}")
        return True

    def _redo(self) -> bool:
        return bool(self.plan.first) and STAGES.index(self.stage) >= STAGES.index(self.plan.first)

    def _have(self, stage: str, kind: type[MadeType]) -> MadeType | None:
        """The record on disk, when a stage is run alone and this is one before it."""
        if not self.plan.alone or stage == self.plan.first:
            return None
        record = self.maker.library.work(self.raw.id, kind)
        if record is None:
            raise StageError(
                f"there is no record of stage {stage}", subject=self.raw.id, hint=f"run: maeil {stage} {self.raw.id}"
            )
        return record


def pick(
    raws: Sequence[RawIssue],
    *,
    wanted: Sequence[str] = (),
    day: dt.date | None = None,
    since: dt.date | None = None,
    sources: Sequence[str] = (),
) -> tuple[RawIssue, ...]:
    """The issues that a command is about; without any wish all of the sources.

    Args:
        wanted: Beginnings of issue ids; each must fit exactly one.

    Raises:
        ConfigError: A beginning fits none or several.
    """
    if wanted:
        return tuple(dict.fromkeys(_one(raws, beginning) for beginning in wanted))
    return tuple(
        raw
        for raw in raws
        if (not sources or raw.source in sources)
        and (day is None or raw.day == day)
        and (since is None or raw.day >= since)
    )


def _one(raws: Sequence[RawIssue], beginning: str) -> RawIssue:
    found = [raw for raw in raws if raw.id.startswith(beginning)]
    if not found:
        raise ConfigError("no such issue", subject=beginning, hint="maeil status lists them")
    if len(found) > 1:
        raise ConfigError(f"fits {len(found)} issues: {', '.join(raw.id for raw in found[:5])}", subject=beginning)
    return found[0]


def _given(maker: Maker, raw: RawIssue) -> str:
    """All that an issue's post depends on; while it is the same, there is nothing to do."""
    settings = maker.settings
    previous = maker.previous(raw)
    earlier = maker.earlier(raw)
    return fingerprint(
        canonical(raw),
        previous.made_from if previous else "",
        *(code(stage) for stage in CODE),
        *(canonical(maker.prompts[name]) for name in sorted(maker.prompts)),
        json.dumps(settings.model.parameters, sort_keys=True),
        settings.model.name,
        settings.budget,
        settings.factcheck,
        settings.post,
        settings.timezone,
        *((post.file, post.sentences) for post in earlier),
        *maker.library.ledger(raw.id).accepted,
        *(("resolve", *sorted(maker.resolved(raw).items())) if settings.clean.resolve else ()),
    )
