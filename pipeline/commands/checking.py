"""``maeil check``: posts against the newsletters they should tell. Writes nothing, opens no connection."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import click

from pipeline.audit import AuditFinding, audit, earlier_post
from pipeline.clean import clean, clean_url
from pipeline.errors import FetchError, MaeilError, StageError
from pipeline.extract import extract
from pipeline.fetch import issue_of_file
from pipeline.folder import read_file
from pipeline.posts import day_and_number
from pipeline.records import CleanIssue
from pipeline.verify import EarlierPost

SHOWN = 90
"""Characters of a finding's words that a line for people shows."""


class Checked(NamedTuple):
    """A post and what was found."""

    name: str
    findings: tuple[AuditFinding, ...]


def check(
    root: Path, now: dt.datetime, post: Path, against: str, earlier: Sequence[Path] = (), *, as_json: bool
) -> int:
    """Hold a post against a newsletter's file or a known issue, and print what is wrong: the exit status.

    Raises:
        MaeilError: A file cannot be read, or there is no such issue.
    """
    text = _text(post)
    before = [_earlier(path) for path in earlier]
    if Path(against).is_file() or Path(against).suffix:
        findings = _audited(post, text, _issue_of_file(Path(against), now), before)
    else:
        from pipeline.commands.known_issues import open_known

        findings = open_known(root, now).audited(against, str(post), text, before)
    return _report([Checked(str(post), findings)], as_json=as_json)


def check_all(root: Path, now: dt.datetime, *, as_json: bool) -> int:
    """Hold every post that the ledger knows against its issue and the posts before it: the exit status."""
    from pipeline.commands.known_issues import open_known

    checked, status = [], 0
    known = open_known(root, now)
    for name, issue in known.posts():
        try:
            checked.append(Checked(name, known.audited(issue, name, known.text(name), known.before(issue))))
        except StageError as error:
            click.echo(f"maeil: {error}", err=True)
            status = 1
    return max(status, _report(checked, as_json=as_json))


def _audited(post: Path, text: str, issue: CleanIssue, before: Sequence[EarlierPost]) -> tuple[AuditFinding, ...]:
    try:
        return audit(text, issue, clean_url=clean_url, earlier=before)
    except StageError as error:
        raise StageError(error.message, subject=str(post)) from error


def _issue_of_file(path: Path, now: dt.datetime) -> CleanIssue:
    body = _read(path)
    try:
        # The day is of no matter here, so that no settings need be read.
        raw = issue_of_file(path.name, body, source="input", now=now, zone=ZoneInfo("UTC"), day=None)
        return clean(extract(raw, body, made_from=raw.made_from), made_from=raw.made_from)
    except StageError as error:
        raise FetchError(error.message, subject=str(path), hint=error.hint) from error


def _earlier(path: Path) -> EarlierPost:
    named = day_and_number(path.name)
    try:
        return earlier_post(path.name, _text(path), named[0] if named else dt.date.min)
    except StageError as error:
        raise StageError(error.message, subject=str(path)) from error


def _text(path: Path) -> str:
    try:
        return _read(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise FetchError("it is not text in UTF-8", subject=str(path)) from error


def _read(path: Path) -> bytes:
    try:
        return read_file(path)
    except StageError as error:
        raise FetchError(error.message, subject=str(path), hint=error.hint) from error
