"""``maeil check``: posts against the newsletters they should tell. Writes nothing, opens no connection."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import click

from pipeline.audit import AuditFinding, audit, earlier_post
from pipeline.audit.severity import found
from pipeline.charset import GarbledError, repaired
from pipeline.clean import clean, clean_url
from pipeline.errors import ConfigError, FetchError, StageError
from pipeline.extract import extract
from pipeline.fetch import issue_of_file
from pipeline.folder import read_file
from pipeline.korean import find_analyser
from pipeline.posts import day_and_number
from pipeline.records.drafts import Draft
from pipeline.records.issues import CleanIssue
from pipeline.records.sources import RawIssue
from pipeline.records.verdicts import Verdict
from pipeline.verify import EarlierPost
from pipeline.verify.index import places

if TYPE_CHECKING:
    from pipeline.stages import Maker

SHOWN = 90
"""Characters of a finding's words that a line for people shows."""


class Measure(NamedTuple):
    """What a post is held against.

    Attributes:
        earlier: Posts of the days before.
        examples: Korean sentences of the prompts.
        accepted: Ids of findings that an editor accepted.
        cited: Items by text, as far as the post was made here.
        read: Has a reader judge the meaning of a draft; None: nobody is asked.
    """

    issue: CleanIssue
    earlier: Sequence[EarlierPost] = ()
    examples: Sequence[str] = ()
    accepted: Sequence[str] = ()
    cited: Mapping[str, tuple[str, ...]] = {}
    read: Callable[[Draft, CleanIssue], Draft] | None = None


class Checked(NamedTuple):
    """A post and what was found."""

    post: str
    findings: tuple[AuditFinding, ...]


def check(
    root: Path,
    now: dt.datetime,
    post: Path,
    against: str,
    earlier: Sequence[Path],
    *,
    as_json: bool,
    ask: bool = False,
) -> int:
    """Hold a post against a newsletter's file or a known issue, and print what is wrong: the exit status.

    Raises:
        MaeilError: A file cannot be read, or there is no such issue.
    """
    text = _text(post)
    before = [_earlier(path) for path in earlier]
    if Path(against).is_file() or Path(against).suffix:
        measure = Measure(_issue_of_file(Path(against), now))
    else:
        from pipeline.runs import pick

        maker = _open_maker(root, now)
        measure = _known(maker, pick(tuple(maker.raws.values()), wanted=[against])[0])
    if ask:
        measure = measure._replace(read=_reader(root, now))
    checked = Checked(str(post), _audited(str(post), text, measure._replace(earlier=before)))
    if as_json:
        click.echo(json.dumps([one._asdict() for one in checked.findings], ensure_ascii=False, indent=1))
    else:
        _print([checked])
    return _status([checked])


def check_all(root: Path, now: dt.datetime, *, as_json: bool) -> int:
    """Hold every post that the ledger knows against its issue and the posts before it: the exit status.

    A post that cannot be held against anything is told in one line, and the others go on.
    """
    maker = _open_maker(root, now)
    checked: list[Checked] = []
    problems: list[StageError] = []
    for ledger in maker.library.ledgers():
        name = str(Path(maker.settings.folders.posts, ledger.post))
        try:
            if ledger.post:
                raw = maker.raws.get(ledger.id)
                if raw is None:
                    raise StageError(f"its newsletter {ledger.id} is gone", subject=name)
                measure = _known(maker, raw)._replace(earlier=maker.earlier(raw))
                checked.append(Checked(name, _audited(name, _text(maker.library.posts_folder / ledger.post), measure)))
        except StageError as error:
            problems.append(error)
    for problem in problems:
        click.echo(f"maeil: {problem}", err=True)
    if as_json:
        found = [{"post": post, **one._asdict()} for post, findings in checked for one in findings]
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _print(checked)
    return 1 if problems else _status(checked)


def _print(checked: Sequence[Checked]) -> None:
    """One line for each finding, and a last one with how many."""
    count = {"error": 0, "warning": 0}
    for post, findings in checked:
        for one in findings:
            count[one.severity] += 1
            said = f" ({_short(one.text)})" if one.text else ""
            expected = f" expected {_short(one.expected)}" if one.expected else ""
            click.echo(f"{post}:{one.line} {one.severity} {one.check}: {one.message}{said}{expected}")
    counted = ", ".join(f"{number} {name}{'' if number == 1 else 's'}" for name, number in count.items())
    click.echo(f"{len(checked)} post{'' if len(checked) == 1 else 's'} checked: {counted}")


def _status(checked: Sequence[Checked]) -> int:
    return int(any(one.severity == "error" for _, findings in checked for one in findings))


def _audited(name: str, text: str, measure: Measure) -> tuple[AuditFinding, ...]:
    """What is wrong with a post; only that, when its characters are broken beyond repair."""
    try:
        readable = repaired(text)
    except GarbledError:
        why = "the characters of this post are broken (UTF-8 read as another charset, and some lost)"
        return (found("form.characters", 1, "", f"{why}; nothing else was checked"),)
    first = [] if readable == text else [found("form.characters", 1, "", "its characters are broken; read repaired")]
    analyser = find_analyser()
    try:
        findings = audit(
            readable,
            measure.issue,
            clean_url=clean_url,
            earlier=measure.earlier,
            examples=measure.examples,
            accepted=measure.accepted,
            cited=measure.cited,
            analyse=analyser.analyse if analyser else None,
            read=measure.read,
        )
    except StageError as error:
        raise StageError(error.message, subject=name) from error
    return (*first, *findings)


def _issue_of_file(path: Path, now: dt.datetime) -> CleanIssue:
    body = _read(path)
    try:
        # Its day is of no matter here, so no settings need be read for it.
        raw = issue_of_file(path.name, body, source="input", now=now, zone=ZoneInfo("UTC"), day=None)
        return clean(extract(raw, body, made_from=raw.made_from), made_from=raw.made_from)
    except StageError as error:
        raise FetchError(error.message, subject=str(path), hint=error.hint) from error


def _reader(root: Path, now: dt.datetime) -> Callable[[Draft, CleanIssue], Draft]:
    """The reader of the settings, whoever wrote the post; its replies are kept like any others.

    Raises:
        ConfigError: The fact check is off.
    """
    from pipeline.session import open_maker, open_session

    session = open_session(root)
    if session.settings.factcheck == "off":
        raise ConfigError("the fact check is off", subject="maeil.toml", hint='remove factcheck = "off" to use --ask')
    return open_maker(session, now=now).fact_checked


def _open_maker(root: Path, now: dt.datetime) -> Maker:
    """What knows the issues and posts of ``root``; it has no way to a model."""
    from pipeline.llm import recorded
    from pipeline.session import open_session
    from pipeline.stages import Maker, Ways

    session = open_session(root)
    ways = Ways(recorded(session.library.reply), lambda calls: [call() for call in calls], now)
    return Maker(session.library, session.settings, session.prompts, ways)


def _known(maker: Maker, raw: RawIssue) -> Measure:
    """An issue of the library, read anew, so that nothing need be written and nothing is out of date."""
    library = maker.library
    previous = maker.previous(raw)
    issue = extract(raw, library.body(raw), made_from=raw.made_from)
    try:
        before = extract(previous, library.body(previous), made_from=previous.made_from) if previous else None
    except StageError:
        before = None  # an issue that cannot be read says nothing about this one
    verdict = library.work(raw.id, Verdict)
    return Measure(
        clean(issue, made_from=raw.made_from, previous=before, resolved=maker.resolved(raw)),
        examples=tuple(example for prompt in maker.prompts.values() for example in prompt.examples),
        accepted=library.ledger(raw.id).accepted,
        cited={place.text: place.items for place in places(verdict.draft)} if verdict else {},
    )


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


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
