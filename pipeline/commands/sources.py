"""``maeil sources``: what is set, what the last fetch brought, and whether each can be reached."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from pipeline.display import wrapped_line
from pipeline.gather import ask
from pipeline.identity import shown_address
from pipeline.records.issues import CleanIssue
from pipeline.records.sources import Source
from pipeline.session import Session, open_session


def list_sources(root: Path) -> int:
    """One line a source: its last fetch and what that brought; another where links of its last issue are wrapped."""
    session = open_session(root)
    for source in session.settings.sources:
        state = session.library.source_state(source.name)
        if state is None:
            last = "never fetched"
        else:
            when = f"{state.fetched_at:%Y-%m-%d %H:%M} UTC" if state.fetched_at else "never reached"
            last = f"{when}, brought {state.brought}, skipped {len(state.skipped)}"
            last += f"; {state.problem}" if state.problem else ""
        click.echo(f"{source.name:16}  {source.kind:8}  {_place(source):50}  {last}")
        if wrapped := wrapped_line(_newest(session, source), resolve=session.settings.clean.resolve):
            click.echo(f"{'':16}  {wrapped}")
    if not session.settings.sources:
        click.echo("no source is set; add one under [[sources]] in maeil.toml")
    return 0


def _newest(session: Session, source: Source) -> list[CleanIssue]:
    """The newest issue of a source, where it was read already."""
    raws = [raw for raw in session.library.issues() if raw.source == source.name]
    newest = max(raws, key=lambda raw: (raw.published, raw.id), default=None)
    issue = session.library.work(newest.id, CleanIssue) if newest else None
    return [issue] if issue else []


def check_sources(root: Path, now: dt.datetime) -> int:
    """Try each source without keeping anything; the exit status is 1 when one does not answer as it should."""
    session = open_session(root)
    failed = False
    for source in session.settings.sources:
        failed = _check(session, source, now) or failed
    return int(failed)


def _check(session: Session, source: Source, now: dt.datetime) -> bool:
    fetched = ask(session, source, now=now, since=None)
    for problem in fetched.problems:
        click.echo(f"{source.name}: {str(problem).removeprefix(f'{source.name}: ')}")
    if not fetched.problems:
        newest = fetched.found[-1][0] if fetched.found else None
        told = f"would bring {len(fetched.found)}, newest {newest.day} {newest.title}" if newest else "nothing new"
        click.echo(f"{source.name}: ok, {told}")
    return bool(fetched.problems)


def _place(source: Source) -> str:
    if source.kind == "imap":
        return f"{source.user}@{source.host} {source.mailbox}"
    return source.path or shown_address(source.url.partition("?")[0])  # a feed's query may hold a token
