"""Which stage turns which record into which, and when a record is up to date. Makes the records of one issue."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

from pipeline.clean import clean
from pipeline.config import Settings
from pipeline.emit import emit
from pipeline.errors import RejectedError, StageError
from pipeline.extract import extract
from pipeline.posts import day_and_number, plain_lines, post_name, same_but_for_update, update_of
from pipeline.records import CleanIssue, Draft, Issue, Made, Post, Prompt, RawIssue, Reply, Verdict
from pipeline.reply import Complete
from pipeline.store.files import canonical, digest
from pipeline.store.library import Ledger, Library
from pipeline.summarize import MOST_CALLS, Desk, RunAll, write, write_again
from pipeline.summarize.asking import Asker
from pipeline.summarize.questions import Voice
from pipeline.verify import EarlierPost, Minimum, find, is_asked_again, verify
from pipeline.verify.sentences import sentences

STAGES = ("fetch", "extract", "clean", "summarize", "verify", "emit")

ROUNDS_AGAIN = 2
"""How often pieces that the checks find fault with are asked again (faults.md 1: twice for findings)."""

CODE = {
    "extract": ("extract", "characters.py", "charset.py", "feeds.py", "letters.py", "instants.py"),
    "clean": ("clean.py", "tracking.py", "hosts.py", "redirects.py", "footers.py", "canonical.py", "stale.py"),
    "summarize": ("summarize", "reply.py", "tokens.py", "places.py"),
    "verify": ("verify", "posts.py", "places.py", "characters.py"),
    "emit": ("emit.py", "markdown.py"),
}
"""The code that a stage's record depends on, beside its input."""

MadeType = TypeVar("MadeType", bound=Made)


def fingerprint(*parts: object) -> str:
    """SHA-256 of what something is made from."""
    return hashlib.sha256(json.dumps([str(part) for part in parts], ensure_ascii=False).encode()).hexdigest()


@functools.cache
def code(stage: str) -> str:
    """SHA-256 of a stage's source: a record made by other code is made again."""
    here = Path(__file__).parent
    found = [here / name for name in CODE[stage]]
    files = [file for path in found for file in ([path] if path.is_file() else sorted(path.glob("*.py")))]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


class Ways(NamedTuple):
    """The ways out of the process that stages need.

    Attributes:
        complete: Puts a question to a model, or finds its recorded reply.
        run_all: Runs the calls of one round.
        now: The one instant of this run, UTC.
    """

    complete: Complete
    run_all: RunAll
    now: dt.datetime


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
        return self._made(
            Issue, raw, made_from, redo, lambda: extract(raw, self.library.body(raw), made_from=made_from)
        )

    def clean(self, raw: RawIssue, issue: Issue, *, redo: bool = False) -> CleanIssue:
        """Issue → CleanIssue, with what is left over from the issue before labelled stale."""
        previous = self._previous_issue(raw)
        made_from = fingerprint(code("clean"), digest(issue), digest(previous) if previous else "")
        return self._made(
            CleanIssue, raw, made_from, redo, lambda: clean(issue, made_from=made_from, previous=previous)
        )

    def summarize(self, raw: RawIssue, issue: CleanIssue, *, redo: bool = False) -> Draft:
        """CleanIssue → Draft; pieces that the checks find fault with are asked again here, at most twice."""
        model = self.settings.model
        asked_with = [canonical(self.prompts[name]) for name in sorted(self.prompts)]
        judged_by = (code("verify"), fingerprint(*self.earlier(raw)))
        made_from = fingerprint(
            code("summarize"),
            digest(issue),
            *asked_with,
            model.name,
            json.dumps(model.parameters),
            self.settings.budget,
            *judged_by,
        )
        return self._made(Draft, raw, made_from, redo, lambda: self._draft(raw, issue, made_from))

    def verify(self, raw: RawIssue, issue: CleanIssue, draft: Draft, *, redo: bool = False) -> Verdict:
        """Draft → Verdict. Opens no connection."""
        accepted = self.library.ledger(raw.id).accepted
        given = (*self.earlier(raw), *self._examples(), *self._tags(raw), self.settings.post, *accepted)
        made_from = fingerprint(code("verify"), digest(issue), digest(draft), *given)
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
                accepted=accepted,
            ),
        )

    def emit(self, raw: RawIssue, issue: CleanIssue, verdict: Verdict, *, force: bool = False) -> Post:
        """Verdict → Post, put in its place unless it is there.

        Raises:
            RejectedError: Too little of the draft is left, or a post stands there that is not this program's to change.
        """
        if verdict.held:
            raise RejectedError(
                "; ".join(verdict.held), subject=raw.id, hint=f"see: maeil show {raw.id} --stage verify"
            )
        ledger = self.library.ledger(raw.id)
        name = self._name(raw)
        made_from = fingerprint(code("emit"), digest(issue), digest(verdict), self.settings.post.credit, name)

        def compose(update: dt.date) -> Post:
            return emit(
                verdict, issue, file=name, day=raw.day, update=update, credit=self._credit(raw), made_from=made_from
            )

        post = compose(ledger.update or raw.day)
        there = self.library.post(name)
        if there is not None and there != post.text.encode():
            self._refuse_foreign(raw, ledger, there, post, force=force)
            today = self.ways.now.astimezone(self.settings.zone).date()
            kept = update_of(there) if same_but_for_update(there, post.text.encode()) else None
            post = compose(kept or max(today, raw.day))
        if there != post.text.encode():
            self.library.keep_post(name, post.text.encode())
            self._posts_read.pop(name, None)
        self.library.keep_ledger(_entered(ledger, post))
        return post

    def earlier(self, raw: RawIssue) -> tuple[EarlierPost, ...]:
        """Posts of the newsletter days before, and of that day's editions before this one."""
        mine = day_and_number(self._name(raw)) or (raw.day, 1)
        before = [
            (place, name) for name in self.library.post_names() if (place := day_and_number(name)) and place < mine
        ]
        days = sorted({day for (day, _), _ in before}, reverse=True)[: self.settings.post.freshness_days]
        return tuple(self._earlier_post(name, day) for (day, _), name in sorted(before) if day in days)

    def _earlier_post(self, name: str, day: dt.date) -> EarlierPost:
        if name not in self._posts_read:
            lines = plain_lines(self.library.earlier_post(name).decode("utf-8", "replace"))
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
        for _ in range(ROUNDS_AGAIN):
            found = find(
                draft,
                issue,
                earlier=self.earlier(raw),
                examples=self._examples(),
                tags_in_use=self._tags(raw),
                accepted=self.library.ledger(raw.id).accepted,
            )
            wrong = [finding for finding in found if is_asked_again(finding)]
            if not wrong:
                break
            mended = write_again(desk, draft, wrong)
            if mended.asked == draft.asked:
                break  # nothing of what is wrong could be asked again
            draft = mended
        return draft

    def _unusable(self, reply: Reply, reason: str) -> None:
        self.library.keep_reply(reply.model_copy(update={"unusable": reason}))

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

    def _credit(self, raw: RawIssue) -> str | None:
        if not self.settings.post.credit:
            return None
        return next((source.newsletter for source in self.settings.sources if source.name == raw.source), "")

    def _name(self, raw: RawIssue) -> str:
        """The name of an issue's post: the one it has, else the first of its day that no other issue has."""
        own = self.library.ledger(raw.id).post
        if own:
            return own
        taken = {ledger.post for ledger in self.library.ledgers()}
        return next(name for number in range(1, 10_000) if (name := post_name(raw.day, number)) not in taken)

    def _refuse_foreign(self, raw: RawIssue, ledger: Ledger, there: bytes, post: Post, *, force: bool) -> None:
        """Raise when the file in the post's place is someone else's, or was edited by hand."""
        if same_but_for_update(there, post.text.encode()) or hashlib.sha256(there).hexdigest() == ledger.sha256:
            return
        if not ledger.sha256:
            raise RejectedError(
                f"{post.file} was there before and is not touched",
                subject=raw.id,
                hint="move it away to have it written",
            )
        if not force:
            raise RejectedError(
                f"{post.file} was edited by hand and is left as it is", subject=raw.id, hint="--force overwrites it"
            )


def _entered(ledger: Ledger, post: Post) -> Ledger:
    """The ledger with a post that stands in its place."""
    return ledger.model_copy(
        update={
            "post": post.file,
            "sha256": hashlib.sha256(post.text.encode()).hexdigest(),
            "title": post.title,
            "date": post.day,
            "update": post.update,
            "tags": post.tags,
            "held": None,
        }
    )
