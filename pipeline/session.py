"""Opens what a command works with: settings, prompts, the library under data/, and the way out to a model."""

from __future__ import annotations

import concurrent.futures
import datetime as dt
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import SecretStr

from pipeline.config import SETTINGS_FILE, Secrets, Settings, read_prompts, read_secrets, read_settings
from pipeline.errors import ConfigError
from pipeline.korean import find_analyser
from pipeline.llm import left_alone, open_model, recorded, remembering
from pipeline.records.questions import Prompt, Question, Reply
from pipeline.reply import MOST_TRIES, Complete
from pipeline.stages import Maker, Ways
from pipeline.store.calls import Spending
from pipeline.store.library import Library
from pipeline.store.servers import KnownServer

DRY_RUN = Path("build/dry-run")
CALLS = "calls"
"""Folder of the ledger with every call and its cost."""
SERVERS = "servers"
"""Folder of the ledger with what is known of each server."""


class Session(NamedTuple):
    """What a command works with.

    Attributes:
        lock: File whose lock a command that writes holds.
    """

    root: Path
    settings: Settings
    secrets: Secrets
    prompts: dict[str, Prompt]
    library: Library
    lock: Path
    dry_run: bool


def open_session(root: Path, *, dry_run: bool = False) -> Session:
    """Read settings and prompts of ``root``; nothing is written.

    Raises:
        ConfigError: One of them is wrong.
    """
    root = root.absolute()
    if not root.is_dir():
        raise ConfigError("there is no such folder", subject=str(root))
    settings = read_settings(root)
    folders = settings.folders
    data = {name: root / path for name, path in folders}
    if dry_run:
        own = root / DRY_RUN
        library = Library(
            raw=(own / "raw", data["raw"]),
            replies=(own / "replies", data["replies"]),
            work=own / "work",
            ledger=own / "ledger",
            posts=own,
            older_posts=(data["posts"],),
            older_ledgers=(data["ledger"],),
        )
    else:
        own = data["ledger"]
        library = Library(
            raw=(data["raw"],),
            replies=(data["replies"],),
            work=data["work"],
            ledger=data["ledger"],
            posts=data["posts"],
        )
    return Session(
        root=root,
        settings=settings,
        secrets=read_secrets(root, dict(os.environ)),
        prompts=read_prompts(root / "prompts"),
        library=library,
        lock=own / ".lock",
        dry_run=dry_run,
    )


AskAgain = Literal["failed", "all"] | None
"""What is put anew though it has a recorded reply: what could not be used or was refused, or everything."""


def open_maker(session: Session, *, now: dt.datetime, ask_again: AskAgain = None, jobs: int | None = None) -> Maker:
    """What makes records, with the way out to the model, or to recorded replies only in a dry run."""

    def run_all(calls: Sequence[Callable[[], Any]]) -> list[Any]:
        with concurrent.futures.ThreadPoolExecutor(jobs or session.settings.model.jobs) as pool:
            return list(pool.map(lambda call: call(), calls))

    open_way = _ways_to_models(session, now, ask_again)
    writer, reader = _writer(session), _reader(session)
    write = open_way(writer)
    read = write if reader == writer else open_way(reader) if reader else None
    ways = Ways(
        write.complete,
        run_all,
        now,
        read=read.complete if read else None,
        analyser=find_analyser(),
        unreadable=_on_unreadable(write, read),
    )
    return Maker(session.library, session.settings, session.prompts, ways)


class _Server(NamedTuple):
    """One model and where it is."""

    name: str
    base_url: str | None
    api_key: SecretStr | None


def _writer(session: Session) -> _Server:
    return _Server(session.settings.model.name, session.secrets.base_url, session.secrets.api_key)


def _reader(session: Session) -> _Server | None:
    """The model of the fact check: the writing model, or another one on the same server or on one of its own."""
    wanted = session.settings.factcheck
    if wanted == "off":
        return None
    writer = _writer(session)
    return _Server(
        wanted.model or writer.name,
        wanted.base_url or writer.base_url,
        # A key is never sent to another server than its own.
        session.secrets.factcheck_key or (None if wanted.base_url else writer.api_key),
    )


def _require_server(session: Session, server: _Server) -> None:
    """Say what is missing for a question to be asked.

    Raises:
        ConfigError: No model is named, or there is neither a key nor the address of a server of one's own.
    """
    if not server.name:
        raise ConfigError(
            "no model is named", subject=SETTINGS_FILE, hint='set name under [model], such as "gpt-5-mini"'
        )
    if server.api_key is None and server.base_url is None:
        raise ConfigError(
            "no key for the model", hint="set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own, in .env"
        )


class Way(NamedTuple):
    """A way to a model, and what it is to be told when an answer does not keep to the schema."""

    complete: Complete
    schema_ignored: Callable[[], None]


def _on_unreadable(write: Way, read: Way | None) -> Callable[[Question], None]:
    def tell(question: Question) -> None:
        (read if read and question.part == "factcheck" else write).schema_ignored()

    return tell


def _ways_to_models(session: Session, now: dt.datetime, ask_again: AskAgain) -> Callable[[_Server], Way]:
    """What opens the way to a model; all ways share the caps of the run and the recorded replies."""
    library, model = session.library, session.settings.model
    if session.dry_run:
        return lambda _: Way(recorded(library.reply), lambda: None)
    ledger = session.root / session.settings.folders.ledger
    asked: set[str] = set()
    probed: list[bool] = []
    started = time.monotonic()
    spending = Spending(
        ledger / CALLS,
        now=lambda: now + dt.timedelta(seconds=time.monotonic() - started),
        usd_per_run=model.usd_per_run,
        usd_per_day=model.usd_per_day,
    )

    def find(question: str) -> Reply | None:
        reply = library.reply(question)
        if reply is None or question in asked:  # put anew already: two issues may share a question
            return reply
        failed = bool(reply.unusable or reply.refused)
        anew = reply.unusable and reply.tries < MOST_TRIES
        return None if anew or ask_again == "all" or (ask_again == "failed" and failed) else reply

    def open_way(server: _Server) -> Way:
        price = session.settings.prices.get(server.name)
        known = KnownServer(ledger / SERVERS, server.base_url, server.name)
        before = known.known
        opened = open_model(
            base_url=server.base_url,
            api_key=server.api_key,
            timeout_s=model.timeout_s,
            requests_per_minute=model.requests_per_minute,
            tokens_per_minute=model.tokens_per_minute,
            run_deadline_s=model.patience_s,
            rung=before.rung,
            on_call=lambda call: spending.record(call, price),
        )

        def checked(question: Question) -> Reply:
            _require_server(session, server)  # only now: what asks nothing needs no key
            if not probed:
                library.check_replies_can_be_kept()
                probed.append(True)
            return opened(question)

        def keep(reply: Reply) -> None:
            asked.add(reply.question)
            before_it = library.reply(reply.question)
            tries = before_it.tries + 1 if before_it and before_it.unusable else 1
            library.keep_reply(reply.model_copy(update={"tries": tries}))
            # It answered: the next run need not ask on a rung that is refused, and a rest asked for before is over.
            over = {"not_before": None} if known.known.not_before == before.not_before else {}
            known.learn(rung=opened.rung, **over)

        complete = left_alone(
            spending.capped(checked, price),
            until=before.not_before,
            now=now,
            clock=time.monotonic,
            keep=lambda instant: known.learn(not_before=instant),
        )
        return Way(remembering(complete, find=find, keep=keep), opened.schema_ignored)

    return open_way
