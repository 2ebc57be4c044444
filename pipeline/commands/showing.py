"""``maeil show`` and ``maeil status``. They write nothing under data/."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from pipeline.clean import clean
from pipeline.config import read_settings
from pipeline.display import lines_of, targets_line
from pipeline.errors import FetchError, StageError
from pipeline.extract import extract
from pipeline.gather import read_input
from pipeline.records.base import Made
from pipeline.records.drafts import Draft
from pipeline.records.issues import CleanIssue, Issue
from pipeline.records.sources import RawIssue
from pipeline.records.verdicts import Post, Verdict
from pipeline.runs import pick
from pipeline.session import CALLS, Session, open_session
from pipeline.store.calls import totals
from pipeline.store.library import Library
from pipeline.store.verifying import verified
from pipeline.targets import tally

FILE_SUFFIXES = (".md", ".markdown", ".html", ".htm", ".txt", ".eml")
KINDS: dict[str, type[Made]] = {"extract": Issue, "clean": CleanIssue, "summarize": Draft, "verify": Verdict}


def show(root: Path, now: dt.datetime, target: str, stage: str | None, *, as_json: bool) -> int:
    """Print the record of an issue or a file at a stage.

    Raises:
        MaeilError: There is no such issue, file or record.
    """
    if target.endswith(FILE_SUFFIXES) or Path(target).is_file():
        record, issue = _of_file(root, now, Path(target), stage or "clean"), None
    else:
        library = open_session(root).library
        raw = pick(library.issues(), wanted=[target])[0]
        record, issue = _of_issue(library, raw, stage), library.work(raw.id, CleanIssue)
    if as_json:
        shown = record.model_dump(mode="json", exclude={"made_from"})
        if isinstance(record, Verdict):  # `maeil accept` takes the ids
            shown["findings"] = [{"id": one.id, **one.model_dump(mode="json")} for one in record.findings]
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        for line in lines_of(record, issue):
            click.echo(line)
    return 0


def _of_file(root: Path, now: dt.datetime, path: Path, stage: str) -> Made:
    zone = read_settings(root.absolute()).zone
    try:
        raw, body = read_input(path, now=now, zone=zone, day=None)
    except FetchError:
        # Nothing is kept, so a newsletter that does not say its day can be shown as today's; other faults come again.
        raw, body = read_input(path, now=now, zone=zone, day=now.astimezone(zone).date())
    if stage == "fetch":
        return raw
    if stage not in ("extract", "clean"):
        raise StageError(f"a file has no record of stage {stage}", subject=str(path), hint="use: maeil run --input")
    try:
        issue = extract(raw, body, made_from=raw.made_from)
    except StageError as error:
        raise StageError(error.message, subject=str(path), hint=error.hint) from error
    return issue if stage == "extract" else clean(issue, made_from=raw.made_from)


def _of_issue(library: Library, raw: RawIssue, stage: str | None) -> Made:
    """The record at a stage; without one the furthest there is."""
    if stage == "fetch":
        return raw
    if stage == "emit":
        return _post(library, raw)
    kinds = [KINDS[stage]] if stage else list(reversed(KINDS.values()))
    record = next((found for kind in kinds if (found := library.work(raw.id, kind)) is not None), None)
    if record is None and stage:
        raise StageError(f"there is no record of stage {stage}", subject=raw.id, hint=f"run: maeil run {raw.id}")
    return record or raw


def _post(library: Library, raw: RawIssue) -> Post:
    ledger = library.ledger(raw.id)
    text = library.post(ledger.post) if ledger.post else None
    if text is None:
        raise StageError("has no post", subject=raw.id, hint=f"run: maeil run {raw.id}")
    return Post(
        id=raw.id,
        made_from=raw.made_from,
        file=ledger.post,
        text=text.decode("utf-8", "replace"),
        title=ledger.title,
        tags=ledger.tags,
        day=raw.day,
        update=ledger.update or raw.day,
    )


def status(root: Path, *, as_json: bool) -> int:
    """Print every issue: how far it is, and what held it; then what the sources offered and was skipped."""
    session = open_session(root)
    rows = [*_issue_rows(session.library), *_skipped_rows(session)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    spent = totals(*sorted((session.root / session.settings.folders.ledger / CALLS).glob("*.jsonl")))
    if not rows:
        click.echo("no issues yet; run: maeil run")
    for row in rows:
        what = row["post"] if row["state"] == "posted" and not row["reason"] else row["reason"]
        title = row["title"][:48]
        line = f"{row['id'] or '-':17}  {row['day']}  {row['source']:12}  {row['state']:9}  {title:48}  {what}"
        click.echo(line.rstrip())
    if spent.calls:
        tokens = f"{spent.prompt_tokens} + {spent.completion_tokens} tokens"
        click.echo(f"asked so far: {spent.calls} calls, {tokens}, {spent.usd:.2f} US dollars")
    if known := targets_line(tally(session.library)):
        click.echo(known)
    for model, (found, put) in session.library.planted().items():
        click.echo(f"fact check by {model}: {found} of {put} planted errors found")
    if session.settings.factcheck == "off":
        click.echo("the fact check is off: meaning is not checked")
    return 0


def tell_damage(root: Path) -> int:
    """Read everything that cannot be made again, and print what is damaged: the exit status."""
    files, damaged = verified(open_session(root).library)
    for problem in damaged:
        click.echo(problem, err=True)
    click.echo(f"{files} files read, {len(damaged) or 'none'} damaged")
    return 1 if damaged else 0


def _issue_rows(library: Library) -> Iterator[dict[str, Any]]:
    for raw in library.issues():
        ledger = library.ledger(raw.id)
        row = {
            "id": raw.id,
            "day": raw.day.isoformat(),
            "source": raw.source,
            "title": raw.title,
            "post": ledger.post,
            "reason": "",
        }
        if ledger.held:
            row |= {"state": "held", "stage": ledger.held.stage, "reason": ledger.held.reason}
        elif ledger.post:
            row |= {"state": "posted", "stage": "emit", "reason": _edited(library, ledger.post, ledger.sha256)}
        else:
            done = [stage for stage, kind in KINDS.items() if library.has_work(raw.id, kind)]
            row |= {"state": "under way" if done else "fetched", "stage": done[-1] if done else "fetch"}
        yield {**row, "notes": list(raw.notes)}


def _edited(library: Library, name: str, sha256: str) -> str:
    there = library.post(name)
    if there is None:
        return "the post is gone; the next run writes it again"
    return "" if hashlib.sha256(there).hexdigest() == sha256 else "edited by hand"


def _skipped_rows(session: Session) -> Iterator[dict[str, Any]]:
    for source in session.settings.sources:
        state = session.library.source_state(source.name)
        for skipped in state.skipped if state else ():
            yield {
                "id": "",
                "day": skipped.day.isoformat(),
                "source": source.name,
                "title": skipped.title,
                "post": "",
                "reason": f"older than the first run took; --since {skipped.day} takes it",
                "state": "skipped",
                "stage": "",
                "notes": [],
            }
