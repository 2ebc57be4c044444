"""Which stage turns which record into which, and when a record is up to date. Makes the records of one issue."""

from __future__ import annotations

import datetime as dt
import json
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from pipeline.clean import clean
from pipeline.config import Settings
from pipeline.emit import emit
from pipeline.errors import RejectedError, ReplyError, StageError
from pipeline.extract import extract, refuse_flood
from pipeline.factcheck import MOST_READING_CALLS, Memory, Reader, fact_check
from pipeline.fingerprints import code, fingerprint
from pipeline.korean import Analyser
from pipeline.placing import name_of_post, put_in_place
from pipeline.posts import day_and_number, is_cut_short, plain_lines
from pipeline.records.base import Made
from pipeline.records.drafts import Draft
from pipeline.records.issues import CleanIssue, Issue
from pipeline.records.questions import Prompt, Question, Reply
from pipeline.records.readings import Planted, PlantedCount
from pipeline.records.sources import RawIssue
from pipeline.records.verdicts import Post, Verdict
from pipeline.reply import MOST_TRIES, Complete, NotRecorded, OutOfBounds, Unusable
from pipeline.sentences import sentences
from pipeline.store.files import canonical, digest
from pipeline.store.library import Library
from pipeline.summarize import MOST_CALLS, Desk, RunAll, write, write_again
from pipeline.summarize.asking import Asker
from pipeline.summarize.questions import Voice
from pipeline.twins import are_twins, bare_title
from pipeline.verify import EarlierPost, Minimum, Prepared, find, is_asked_again, verify
from pipeline.verify.drop import mend
from pipeline.verify.index import Index

STAGES = ("fetch", "extract", "clean", "summarize", "verify", "emit")

ROUNDS_AGAIN = 2
"""How often pieces that the checks find fault with are asked again (faults.md 1: twice for findings)."""

MadeType = TypeVar("MadeType", bound=Made)


class Ways(NamedTuple):
    """The ways out of the process that stages need.

    Attributes:
        complete: Puts a question to a model, or finds its recorded reply.
        run_all: Runs the calls of one round.
        now: The one instant of this run, UTC.
        read: Puts a question to the reader of the fact check; None leaves the fact check out.
        analyser: Reads Korean morphemes, where one is installed.
        unreadable: Is told of a question whose answer has another shape, so that it can be put in another form.
    """

    complete: Complete
    run_all: RunAll
    now: dt.datetime
    read: Complete | None = None
    analyser: Analyser | None = None
    unreadable: Callable[[Question], None] = lambda _: None


class Maker:
    """Makes an issue's records, each only when the one on disk is not up to date or ``redo`` is asked for."""

    def __init__(self, library: Library, settings: Settings, prompts: Mapping[str, Prompt], ways: Ways) -> None:
        self.library = library
        self.settings = settings
        self.prompts = prompts
        self.ways = ways
        self.raws = {raw.id: raw for raw in library.issues()}
        self._posts_read: dict[str, EarlierPost] = {}

    def extract(self, raw: RawIssue, *, redo: bool = False) -> Issue:
        """RawIssue → Issue."""
        made_from = fingerprint(code("extract"), canonical(raw))

        def make() -> Issue:
            body = self.library.body(raw)
            if raw.entry is None:  # a feed holds many editions
                refuse_flood(body)
            return extract(raw, body, made_from=made_from)

        return self._made(Issue, raw, made_from, redo, make)

    def clean(self, raw: RawIssue, issue: Issue, *, redo: bool = False) -> CleanIssue:
        """Issue → CleanIssue, with what is left over from the issue before labelled stale."""
        previous = self._previous_issue(raw)
        resolved = self.resolved(raw)
        led = (json.dumps(resolved, sort_keys=True),) if resolved else ()
        made_from = fingerprint(code("clean"), digest(issue), digest(previous) if previous else "", *led)
        return self._made(
            CleanIssue,
            raw,
            made_from,
            redo,
            lambda: clean(issue, made_from=made_from, previous=previous, resolved=resolved),
        )

    def resolved(self, raw: RawIssue) -> dict[str, str]:
        """Where click trackers of an issue and the one before lead, as far as that is remembered and wanted."""
        if not self.settings.clean.resolve:
            return {}
        known = (self.library.targets(issue.id) for issue in (raw, self.previous(raw)) if issue)
        return {target.wrapper: target.url for file in known if file for target in file.targets if target.url}

    def twin(self, raw: RawIssue, issue: CleanIssue) -> RawIssue | None:
        """The same edition by another source that goes before this one; None when there is none."""
        for other in sorted(self.raws.values(), key=lambda other: (other.published, other.id)):
            if other.source == raw.source or other.day != raw.day or bare_title(other.title) != bare_title(raw.title):
                continue
            mine, theirs = (bool(self.library.ledger(one.id).post) for one in (raw, other))
            goes_before = (not theirs, other.published, other.id) < (not mine, raw.published, raw.id)
            try:
                if goes_before and are_twins(self.clean(other, self.extract(other)), issue):
                    return other
            except StageError:
                continue  # one that cannot be read is nobody's twin
        return None

    def summarize(self, raw: RawIssue, issue: CleanIssue, *, redo: bool = False) -> Draft:
        """CleanIssue → Draft; pieces that the checks find fault with are asked again here, at most twice."""
        model = self.settings.model
        asked_with = [canonical(self.prompts[name]) for name in sorted(self.prompts)]
        judged_by = (code("verify"), *self._judged_by(raw))
        made_from = fingerprint(
            code("summarize"),
            digest(issue),
            *asked_with,
            model.name,
            json.dumps(model.parameters),
            self.settings.budget,
            self.settings.factcheck,
            code("factcheck"),
            *judged_by,
        )
        return self._made(Draft, raw, made_from, redo, lambda: self._draft(raw, issue, made_from))

    def verify(self, raw: RawIssue, issue: CleanIssue, draft: Draft, *, redo: bool = False) -> Verdict:
        """Draft → Verdict. Opens no connection."""
        analyser = self.ways.analyser
        seen_by = (analyser.version,) if analyser else ()
        judged_by = (code("verify"), *self._judged_by(raw), self.settings.post, *seen_by)
        made_from = fingerprint(digest(issue), digest(draft), *judged_by)
        return self._made(
            Verdict,
            raw,
            made_from,
            redo,
            lambda: verify(
                draft,
                issue,
                made_from=made_from,
                earlier=self.earlier(raw),
                examples=self._examples(),
                tags_in_use=self._tags(raw),
                minimum=Minimum(
                    preview=self.settings.post.preview_bullets, overview=self.settings.post.overview_bullets
                ),
                accepted=self.library.ledger(raw.id).accepted,
                analyse=analyser.analyse if analyser else None,
            ),
        )

    def emit(self, raw: RawIssue, issue: CleanIssue, verdict: Verdict, *, force: bool = False) -> Post:
        """Verdict → Post, put in its place unless it is there.

        Raises:
            RejectedError: Too little of the draft is left, or a post stands there that is not this program's to change.
        """
        if verdict.held:
            hint = f"see: maeil show {raw.id} --stage verify"
            raise RejectedError(_in_one_line(verdict.held), subject=raw.id, hint=hint)
        name, credit = name_of_post(self.library, raw), self._credit(raw)
        heading = self.settings.post.overview_heading
        instant = self._instant(raw)
        made_from = fingerprint(code("emit"), digest(issue), digest(verdict), credit, name, instant, heading)

        def compose(update: dt.date) -> Post:
            return emit(
                verdict,
                issue,
                file=name,
                day=raw.day,
                update=update,
                credit=credit,
                made_from=made_from,
                overview_heading=heading,
                instant=instant,
            )

        self._posts_read.pop(name, None)
        today = self.ways.now.astimezone(self.settings.zone).date()
        return put_in_place(self.library, raw, compose, today=today, force=force)

    def earlier(self, raw: RawIssue) -> tuple[EarlierPost, ...]:
        """Posts of the newsletter days before, and of that day's editions before this one."""
        mine = day_and_number(name_of_post(self.library, raw)) or (raw.day, 1)
        before = [
            (place, name) for name in self.library.post_names() if (place := day_and_number(name)) and place < mine
        ]
        days = sorted({day for (day, _), _ in before}, reverse=True)[: self.settings.post.freshness_days]
        return tuple(self._earlier_post(name, day) for (day, _), name in sorted(before) if day in days)

    def _earlier_post(self, name: str, day: dt.date) -> EarlierPost:
        if name not in self._posts_read:
            post = self.library.earlier_post(name)
            lines = () if is_cut_short(post) else plain_lines(post.decode("utf-8", "replace"))
            said = tuple(sentence for line in lines for sentence in sentences(line))
            self._posts_read[name] = EarlierPost(file=name, day=day, sentences=said)
        return self._posts_read[name]

    def _draft(self, raw: RawIssue, issue: CleanIssue, made_from: str) -> Draft:
        model = self.settings.model
        desk = Desk(
            issue,
            Voice(self.prompts, model.name, model.parameters),
            Asker(self.ways.complete, self._unusable, MOST_CALLS),
        )
        draft = write(desk, self.settings.budget, made_from=made_from, run_all=self.ways.run_all)
        prepared = Prepared(Index(issue))
        for rounds_left in reversed(range(ROUNDS_AGAIN + 1)):
            draft = self.fact_checked(draft, issue, tags_in_use=self._tags(raw))
            found = find(
                draft,
                prepared,
                earlier=self.earlier(raw),
                examples=self._examples(),
                tags_in_use=self._tags(raw),
                accepted=self.library.ledger(raw.id).accepted,
            )
            wrong = [finding for finding in found if is_asked_again(finding)]
            if not wrong or rounds_left == 0:
                break
            try:
                mended = write_again(desk, draft, wrong)
            except ReplyError as error:
                if isinstance(error, NotRecorded) or (error.retry and not isinstance(error, Unusable)):
                    raise
                break  # no usable answer: what is wrong is dropped by verify
            if mended.asked == draft.asked:
                break  # nothing of what is wrong could be asked again
            draft = mended
        return draft

    def fact_checked(self, draft: Draft, issue: CleanIssue, *, tags_in_use: Sequence[str] = ()) -> Draft:
        """The draft with what a reader says of it as rules will have fixed it; unchanged where nobody is to read it.

        Raises:
            ReplyError, EndpointError, ConfigError: As `fact_check`.
        """
        wanted, read = self.settings.factcheck, self.ways.read
        if wanted == "off" or read is None:
            return draft
        model = self.settings.model
        asker = Asker(read, self._unusable, MOST_READING_CALLS)
        checked = fact_check(
            mend(draft, tags_in_use).draft,
            issue,
            Reader(self.prompts["factcheck"], wanted.model or model.name, wanted.parameters or model.parameters),
            ask=asker.ask,
            run_all=self.ways.run_all,
            memory=Memory(self.library.reading, self.library.keep_reading, self._count_planted),
        )
        return draft.model_copy(update={"factcheck": checked})

    def _count_planted(self, model: str, planted: Sequence[Planted]) -> None:
        found = sum(one.found for one in planted)
        self.library.keep_planted(PlantedCount(at=self.ways.now, model=model, planted=len(planted), found=found))

    def _judged_by(self, raw: RawIssue) -> tuple[object, ...]:
        """All that a draft is judged by beside its issue."""
        accepted = self.library.ledger(raw.id).accepted
        return (self.earlier(raw), self._examples(), self._tags(raw), accepted)

    def _unusable(self, question: Question, reply: Reply, error: ReplyError) -> bool:
        """Keep why a reply could not be read; whether the next run asks anew."""
        kept = self.library.reply(reply.question) or reply
        if not (kept.unusable or isinstance(error, OutOfBounds)):  # a record says nothing of the server as it is now
            self.ways.unreadable(question)
        self.library.keep_reply(kept.model_copy(update={"unusable": error.message}))
        return kept.tries < MOST_TRIES

    def _made(
        self, kind: type[MadeType], raw: RawIssue, made_from: str, redo: bool, make: Callable[[], MadeType]
    ) -> MadeType:
        there = None if redo else self.library.work(raw.id, kind)
        if there is not None and there.made_from == made_from:
            return there
        record = make()
        self.library.keep_work(record)
        return record

    def previous(self, raw: RawIssue) -> RawIssue | None:
        """The newest edition of the same source of an earlier day: a twin of the same day would say nothing."""
        before = [other for other in self.raws.values() if other.source == raw.source and other.day < raw.day]
        return max(before, key=lambda other: other.published, default=None)

    def _previous_issue(self, raw: RawIssue) -> Issue | None:
        before = self.previous(raw)
        try:
            return self.extract(before) if before else None
        except StageError:
            return None  # an issue that cannot be read says nothing about this one

    def _examples(self) -> tuple[str, ...]:
        return tuple(example for prompt in self.prompts.values() for example in prompt.examples)

    def _tags(self, raw: RawIssue) -> tuple[str, ...]:
        older = (ledger for ledger in self.library.ledgers() if ledger.date and ledger.date < raw.day)
        return tuple(dict.fromkeys(tag for ledger in older for tag in ledger.tags))

    def _instant(self, raw: RawIssue) -> dt.datetime | None:
        """The newsletter's instant in the zone of the settings, never in the future; None where its day is wanted."""
        if self.settings.post.date == "day":
            return None
        return min(raw.published, self.ways.now).astimezone(self.settings.zone)

    def _credit(self, raw: RawIssue) -> str | None:
        if not self.settings.post.credit:
            return None
        return next((source.newsletter for source in self.settings.sources if source.name == raw.source), "")


def _in_one_line(reasons: Sequence[str]) -> str:
    """The first of several reasons, each cut to what fits a line; the verdict has them whole."""
    told = [textwrap.shorten(reason, 140, placeholder=" …") for reason in reasons[:3]]
    return "; ".join(told) + (f"; and {len(reasons) - 3} more" if len(reasons) > 3 else "")
