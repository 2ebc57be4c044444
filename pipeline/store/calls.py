"""Every request to a model, with its tokens and cost, a line each, a file a day."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from pydantic import AwareDatetime

from pipeline.errors import EndpointError
from pipeline.records.base import Record
from pipeline.records.questions import Price, Question, Reply
from pipeline.reply import Call, Complete
from pipeline.store.files import append_line, read_bytes
from pipeline.tokens import estimate_tokens

log = logging.getLogger(__name__)

ANSWER_TOKENS = 4_000
"""What an answer may take, for asking whether a cap would be passed: an Overview of 14 bullets has about 3,000."""


class Entry(Record):
    """One line of the ledger. ``usd`` is None for a model without a price."""

    at: AwareDatetime
    call: Call
    usd: float | None = None


class Totals(NamedTuple):
    """A sum over entries."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    usd: float = 0.0


class Spending:
    """Keeps the ledger of one run, and stops before a call that would pass a cap.

    Args:
        folder: Where the files of days lie.
        now: Gives the instant of a call; the UTC day of the first one names the file.
        usd_per_run, usd_per_day: Caps over all models of the run; None for none.
    """

    def __init__(
        self,
        folder: Path,
        *,
        now: Callable[[], dt.datetime],
        usd_per_run: float | None = None,
        usd_per_day: float | None = None,
    ) -> None:
        self._file = folder / f"{now():%Y-%m-%d}.jsonl"
        self._now = now
        self._caps = (("run", usd_per_run, 0.0), ("day", usd_per_day, totals(self._file).usd))
        self._spent = 0.0
        self._under_way = 0.0
        self._lock = threading.Lock()

    def record(self, call: Call, price: Price | None) -> None:
        """Add a request to the ledger.

        Args:
            price: Of the model that was asked, whatever its server calls it; None when it is not known.

        Raises:
            StoreError: The ledger cannot be written.
        """
        usd = _cost(price, call.prompt_tokens or 0, call.completion_tokens or 0) if price else None
        with self._lock:
            self._spent += usd or 0.0
            append_line(self._file, Entry(at=self._now(), call=call, usd=usd).model_dump_json().encode())

    def capped(self, complete: Complete, price: Price | None) -> Complete:
        """The same way to a model of that price, closed before a call that would pass a cap (EndpointError)."""

        def ask(question: Question) -> Reply:
            most = _cost(price, _tokens(question), ANSWER_TOKENS) if price else 0.0
            with self._lock:
                for name, cap, before in self._caps:
                    if cap is not None and before + self._spent + self._under_way + most > cap:
                        raise EndpointError(
                            f"the cap of {cap:g} US dollars a {name} would be passed",
                            hint=f"raise usd_per_{name} under [model], or wait",
                        )
                self._under_way += most
            try:
                return complete(question)
            finally:
                with self._lock:
                    self._under_way -= most

        return ask


def totals(*files: Path) -> Totals:
    """The sum over files of the ledger; lines that cannot be read are told and passed over.

    Raises:
        StoreError: A file cannot be read.
    """
    calls = prompt = completion = 0
    usd = 0.0
    for file in files:
        for entry in _entries(file):
            calls += 1
            prompt += entry.call.prompt_tokens or 0
            completion += entry.call.completion_tokens or 0
            usd += entry.usd or 0.0
    return Totals(calls, prompt, completion, usd)


def _entries(file: Path) -> list[Entry]:
    entries = []
    try:
        lines = [line for line in read_bytes(file).splitlines() if line]
    except FileNotFoundError:
        return []
    for line in lines:
        with contextlib.suppress(ValueError):  # ValidationError is one
            entries.append(Entry.model_validate_json(line))
    if len(entries) < len(lines):
        log.warning("%s: lines that cannot be read and are not counted: %d", file, len(lines) - len(entries))
    return entries


def _tokens(question: Question) -> int:
    return sum(estimate_tokens(message.content) for message in question.messages)


def _cost(price: Price, prompt_tokens: int, completion_tokens: int) -> float:
    return (price.input * prompt_tokens + price.output * completion_tokens) / 1_000_000
