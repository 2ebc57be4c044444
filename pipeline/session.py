"""Opens what a command works with: settings, prompts, the library under data/, and the way out to a model."""

from __future__ import annotations

import concurrent.futures
import datetime as dt
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.config import SETTINGS_FILE, Secrets, Settings, read_prompts, read_secrets, read_settings
from pipeline.errors import ConfigError
from pipeline.korean import find_analyser
from pipeline.llm import left_alone, open_model, recorded, remembering
from pipeline.records.questions import Prompt, Question, Reply
from pipeline.reply import Complete
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


def open_maker(session: Session, *, now: dt.datetime, ask_again: bool = False, jobs: int | None = None) -> Maker:
    """What makes records, with the way out to the model, or to recorded replies only in a dry run."""

    def run_all(calls: Sequence[Callable[[], Any]]) -> list[Any]:
        with concurrent.futures.ThreadPoolExecutor(jobs or session.settings.model.jobs) as pool:
            return list(pool.map(lambda call: call(), calls))

    ways = Ways(_complete(session, now, ask_again), run_all, now, find_analyser())
    return Maker(session.library, session.settings, session.prompts, ways)


def _require_model(session: Session) -> None:
    """Say what is missing for a question to be asked.

    Raises:
        ConfigError: No model is named, or there is neither a key nor the address of a server of one's own.
    """
    if not session.settings.model.name:
        raise ConfigError(
            "no model is named", subject=SETTINGS_FILE, hint='set name under [model], such as "gpt-5-mini"'
        )
    if session.secrets.api_key is None and session.secrets.base_url is None:
        raise ConfigError(
            "no key for the model", hint="set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own, in .env"
        )


def _complete(session: Session, now: dt.datetime, ask_again: bool) -> Complete:
    library, model = session.library, session.settings.model
    if session.dry_run:
        return recorded(library.reply)
    asked: set[str] = set()

    def find(question: str) -> Reply | None:
        # A question put anew is found again within the same run: two issues may share one.
        return library.reply(question) if not ask_again or question in asked else None

    spending = Spending(
        session.root / session.settings.folders.ledger / CALLS,
        now=now,
        price=session.settings.prices.get(model.name),
        usd_per_run=model.usd_per_run,
        usd_per_day=model.usd_per_day,
    )
    address = session.secrets.base_url
    server = KnownServer(session.root / session.settings.folders.ledger / SERVERS, address, model.name)
    before = server.known
    opened = open_model(
        base_url=address,
        api_key=session.secrets.api_key,
        timeout_s=model.timeout_s,
        requests_per_minute=model.requests_per_minute,
        tokens_per_minute=model.tokens_per_minute,
        run_deadline_s=model.patience_s,
        rung=before.rung,
        on_call=spending.record,
    )

    def checked(question: Question) -> Reply:
        _require_model(session)  # only now: what asks nothing needs no key
        return opened(question)

    def keep(reply: Reply) -> None:
        asked.add(reply.question)
        library.keep_reply(reply)
        # It answered, so the next run need not ask on a rung that is refused, and a rest asked for before is over.
        over = {"not_before": None} if server.known.not_before == before.not_before else {}
        server.learn(rung=opened.rung, **over)

    complete = left_alone(
        spending.capped(checked),
        until=before.not_before,
        now=now,
        clock=time.monotonic,
        keep=lambda instant: server.learn(not_before=instant),
    )
    return remembering(complete, find=find, keep=keep)
