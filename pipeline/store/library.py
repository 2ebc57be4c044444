"""What lies where under data/."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import AwareDatetime

from pipeline.errors import FetchError, StageError, StoreError
from pipeline.records.base import IssueId, Made, Record, Sha256
from pipeline.records.drafts import Draft
from pipeline.records.issues import CleanIssue, Issue
from pipeline.records.questions import Reply
from pipeline.records.readings import PlantedCount, Reading
from pipeline.records.sources import RawIssue, SourceState
from pipeline.records.targets import Targets
from pipeline.records.verdicts import Verdict
from pipeline.store.files import (
    PRIVATE,
    TEMPORARY,
    Damaged,
    NotAFile,
    append_line,
    clear_leftovers,
    make_private,
    read_bytes,
    read_or_none,
    read_record,
    write_bytes,
    write_record,
)

log = logging.getLogger(__name__)

MadeType = TypeVar("MadeType", bound=Made)

PROBE_BYTES = 65_536
"""More than any reply has had; the longest of the demonstration has 20,000."""

PLANTED = "planted.jsonl"
"""File of the ledger that tells how well each reader of the fact check reads."""

TARGETS = "targets"
"""Folder of the ledger that tells where click trackers lead."""

WORK_FILES: dict[type[Made], str] = {
    Issue: "issue.json",
    CleanIssue: "clean.json",
    Draft: "draft.json",
    Verdict: "verdict.json",
}


class Held(Record):
    """Why an issue has no post.

    Attributes:
        stage: The stage that failed.
        reason: One line for a person.
        given: What the stage was given; the issue is tried again when that changes.
        retry: Tried again at the next run even if nothing changed (a server was down).
    """

    stage: str
    reason: str
    given: Sha256
    retry: bool
    since: AwareDatetime


class Ledger(Record):
    """What became of an issue.

    Attributes:
        post: File name of its post; it keeps it for good.
        sha256: Of the bytes written; a post that differs was edited by hand.
        given: All that the post was made from, taken together; while it is the same there is nothing to do.
        accepted: Ids of findings that an editor accepted.
    """

    id: IssueId
    post: str = ""
    sha256: str = ""
    given: str = ""
    title: str = ""
    date: dt.date | None = None
    update: dt.date | None = None
    tags: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    held: Held | None = None


class Library:
    """The folders of one root.

    Args:
        raw: Folders of raw issues; the first is written to, all are read.
        replies: Folders of replies, likewise.
        work, ledger, posts: Where those are read and written.
        older_posts: Further folders of posts that are only read.
        older_ledgers: Further ledgers, of which only is read where click trackers lead.
    """

    def __init__(
        self,
        *,
        raw: tuple[Path, ...],
        replies: tuple[Path, ...],
        work: Path,
        ledger: Path,
        posts: Path,
        older_posts: tuple[Path, ...] = (),
        older_ledgers: tuple[Path, ...] = (),
    ) -> None:
        self.raw_folders = raw
        self.reply_folders = replies
        self.work_folder = work
        self.ledger_folder = ledger
        # A blog's content folder is often a link that its owner set; below it nothing that is a link is followed.
        self.posts_folder = posts.resolve() if posts.is_symlink() and posts.is_dir() else posts
        self.older_posts = older_posts
        self._target_folders = tuple(folder / TARGETS for folder in (ledger, *older_ledgers))

    # raw issues

    def issues(self) -> tuple[RawIssue, ...]:
        """All raw issues, in order of instant."""
        found: dict[str, RawIssue] = {}
        for folder in self.raw_folders:
            for path in sorted(folder.glob("*/*.issue.json")):
                try:
                    raw = read_record(path, RawIssue)
                except Damaged as error:
                    log.warning("%s; what its source still offers is fetched again", error)
                    continue
                found.setdefault(raw.id, raw)
        return tuple(sorted(found.values(), key=lambda raw: (raw.published, raw.id)))

    def damaged_issues(self) -> list[StageError]:
        """The records of raw issues that cannot be read: each is an issue that would vanish without a word."""
        found: list[StageError] = []
        for folder in self.raw_folders:
            for path in sorted(folder.glob("*/*.issue.json")):
                try:
                    read_record(path, RawIssue)
                except Damaged as error:
                    hint = "fetch it again, restore it from a backup, or move it away"
                    found.append(FetchError(error.message, subject=str(path), hint=hint))
        return found

    def keep_raw(self, raw: RawIssue, body: bytes) -> None:
        """Keep an edition: the capture's bytes first, then the record that points to them."""
        make_private(self.raw_folders[0])
        folder = self.raw_folders[0] / raw.source
        if not (folder / raw.capture.file).exists():
            write_bytes(folder / raw.capture.file, body, mode=PRIVATE)
        write_record(folder / f"{raw.id}.issue.json", raw, mode=PRIVATE)

    def body(self, raw: RawIssue) -> bytes:
        """The bytes an edition was captured as.

        Raises:
            FetchError: They are gone or not the same as when they came.
        """
        for folder in self.raw_folders:
            try:
                body = read_bytes(folder / raw.source / raw.capture.file)
            except FileNotFoundError:
                continue
            if hashlib.sha256(body).hexdigest() == raw.capture.sha256:
                return body
            raise FetchError(
                f"{raw.capture.file} is not what was fetched", subject=raw.id, hint="restore it from a backup"
            )
        raise FetchError(f"{raw.capture.file} is gone", subject=raw.id, hint="restore it, or fetch the issue anew")

    def source_state(self, source: str) -> SourceState | None:
        """What is remembered of a source; None when it was never met."""
        for folder in self.raw_folders:
            state = read_or_none(folder / source / "source.json", SourceState)
            if state is not None:
                return state
        return None

    def keep_source_state(self, source: str, state: SourceState) -> None:
        """Remember a source until the next run."""
        make_private(self.raw_folders[0])
        write_record(self.raw_folders[0] / source / "source.json", state, mode=PRIVATE)

    # work

    def work(self, issue: str, kind: type[MadeType]) -> MadeType | None:
        """A record in between; None when there is none or it cannot be read, in which case it is made again."""
        return read_or_none(self.work_folder / issue / WORK_FILES[kind], kind)

    def keep_work(self, record: Made) -> None:
        """Keep a record in between."""
        write_record(self.work_folder / record.id / WORK_FILES[type(record)], record)

    def has_work(self, issue: str, kind: type[Made]) -> bool:
        """Whether there is a record of that kind, readable or not."""
        return (self.work_folder / issue / WORK_FILES[kind]).exists()

    # replies

    def reply(self, question: str) -> Reply | None:
        """The recorded reply to a question, by the question's hash."""
        for folder in self.reply_folders:
            reply = read_or_none(_reply_path(folder, question), Reply)
            if reply is not None and reply.question == question:
                return reply
        return None

    def check_replies_can_be_kept(self) -> None:
        """Write and remove a file where replies go, before one is paid for.

        Raises:
            StoreError: The folder is read-only or the disk is full.
        """
        probe = self.reply_folders[0] / f"{TEMPORARY}probe"
        write_bytes(probe, b"x" * PROBE_BYTES)
        try:
            probe.unlink(missing_ok=True)  # two questions may be put at once
        except OSError as error:
            raise StoreError("cannot be removed again", subject=str(probe)) from error

    def keep_reply(self, reply: Reply) -> None:
        """Keep a reply; one that it takes the place of is kept beside it as an attempt."""
        path = _reply_path(self.reply_folders[0], reply.question)
        older = read_or_none(path, Reply)
        if older is not None and older.content != reply.content:
            number = len(tuple(path.parent.glob(f"{reply.question}.attempt-*.json"))) + 1
            write_record(path.with_suffix(f".attempt-{number}.json"), older)
        if older != reply:
            write_record(path, reply)

    def reading(self, key: str) -> Reading | None:
        """What the fact check's reader said of a sentence, by the hash of all that it saw."""
        found = (read_or_none(_reading_path(folder, key), Reading) for folder in self.reply_folders)
        return next(filter(None, found), None)

    def keep_reading(self, key: str, reading: Reading) -> None:
        """Keep a reading, so that its sentence is not paid for again."""
        write_record(_reading_path(self.reply_folders[0], key), reading)

    def keep_planted(self, count: PlantedCount) -> None:
        """Add to the ledger how many planted sentences a reader found."""
        append_line(self.ledger_folder / PLANTED, count.model_dump_json().encode())

    def planted(self) -> dict[str, tuple[int, int]]:
        """Planted sentences found and put, by model; lines that cannot be read are passed over."""
        totals: dict[str, tuple[int, int]] = {}
        try:
            lines = read_bytes(self.ledger_folder / PLANTED).splitlines()
        except FileNotFoundError:
            return totals
        for line in lines:
            with contextlib.suppress(ValueError):
                count = PlantedCount.model_validate_json(line)
                found, put = totals.get(count.model, (0, 0))
                totals[count.model] = (found + count.found, put + count.planted)
        return totals

    # click trackers

    def targets(self, issue: str) -> Targets | None:
        """Where the click trackers of an issue lead; None where none was to be followed."""
        found = (read_or_none(folder / f"{issue}.json", Targets) for folder in self._target_folders)
        return next(filter(None, found), None)

    def all_targets(self) -> Iterator[Targets]:
        """Those of all issues, in order of day."""
        names = {path.name for folder in self._target_folders for path in folder.glob("????????-????????.json")}
        for name in sorted(names):
            if (targets := self.targets(Path(name).stem)) is not None:
                yield targets

    def keep_targets(self, targets: Targets) -> None:
        """Remember where the click trackers of an issue lead; nothing is written where nothing is new."""
        if targets != self.targets(targets.id):
            write_record(self._target_folders[0] / f"{targets.id}.json", targets)

    # ledger and posts

    def is_complete(self, ledger: Ledger) -> bool:
        """Whether an issue's post and all records in between are there."""
        there = all(self.has_work(ledger.id, kind) for kind in WORK_FILES)
        return there and bool(ledger.post) and self.post(ledger.post) is not None

    def ledger(self, issue: str) -> Ledger:
        """What became of an issue so far."""
        return read_or_none(self.ledger_folder / f"{issue}.json", Ledger) or Ledger(id=issue)

    def ledgers(self) -> Iterator[Ledger]:
        """All of them, in order of day."""
        for path in sorted(self.ledger_folder.glob("????????-????????.json")):
            ledger = read_or_none(path, Ledger)
            if ledger is not None:
                yield ledger

    def keep_ledger(self, ledger: Ledger) -> None:
        """Remember what became of an issue."""
        if ledger != self.ledger(ledger.id):
            write_record(self.ledger_folder / f"{ledger.id}.json", ledger)

    def post(self, name: str) -> bytes | None:
        """The bytes of a post; None when there is none.

        Raises:
            StoreError: Something stands in its place that is no regular file.
        """
        try:
            return read_bytes(self.posts_folder / name)
        except FileNotFoundError:
            return None

    def post_names(self) -> tuple[str, ...]:
        """File names of all posts, those that are only read included."""
        folders = (self.posts_folder, *self.older_posts)
        return tuple(sorted({path.name for folder in folders for path in folder.glob("daily-????????*.md")}))

    def earlier_post(self, name: str) -> bytes:
        """The bytes of a post to compare with; empty when it cannot be read."""
        for folder in (self.posts_folder, *self.older_posts):
            try:
                return read_bytes(folder / name)
            except FileNotFoundError:
                continue
            except NotAFile as error:
                log.warning("%s", error)
        return b""

    def keep_post(self, name: str, data: bytes) -> None:
        """Put a post in its place."""
        write_bytes(self.posts_folder / name, data)

    def clear_leftovers(self) -> None:
        """Remove what a killed run left half-written. Call it under the lock only."""
        for folder in (
            self.raw_folders[0],
            self.reply_folders[0],
            self.work_folder,
            self.ledger_folder,
            self.posts_folder,
        ):
            clear_leftovers(folder)


def _reading_path(folder: Path, key: str) -> Path:
    return folder / "readings" / key[:2] / f"{key}.json"


def _reply_path(folder: Path, question: str) -> Path:
    return folder / question[:2] / f"{question}.json"
