from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.errors import EndpointError
from pipeline.records.questions import Message, Price, Question, Reply
from pipeline.reply import Call
from pipeline.store.calls import Spending, totals

NOW = dt.datetime(2026, 11, 21, 1, tzinfo=dt.UTC)
PRICE = Price(input=1.0, output=10.0)
QUESTION = Question(part="front", model="m", messages=(Message(role="user", content="x" * 3300),), answer_schema={})
CALL = Call(
    part="front",
    question="a" * 64,
    model="m",
    outcome="answered",
    duration_s=1.5,
    prompt_tokens=1000,
    completion_tokens=500,
)


def spending(folder: Path, **caps: float) -> Spending:
    return Spending(folder, now=lambda: NOW, **caps)


def answered(question: Question) -> Reply:
    return Reply(question=question.hash, content="{}", model="m")


def test_every_call_is_summed_with_its_cost(tmp_path: Path) -> None:
    ledger = spending(tmp_path)
    ledger.record(CALL, PRICE)
    ledger.record(CALL.model_copy(update={"model": "m-2026-01-01"}), PRICE)
    assert totals(*tmp_path.glob("*.jsonl")) == (2, 2000, 1000, pytest.approx(0.012))


def test_a_call_that_would_pass_the_cap_of_a_run_is_not_made(tmp_path: Path) -> None:
    ledger = spending(tmp_path, usd_per_run=0.05)
    ask = ledger.capped(answered, PRICE)
    ask(QUESTION)
    ledger.record(CALL.model_copy(update={"completion_tokens": 1000}), PRICE)
    with pytest.raises(EndpointError, match=r"cap of 0\.05 US dollars a run"):
        ask(QUESTION)


def test_the_cap_of_a_day_counts_the_runs_before(tmp_path: Path) -> None:
    spending(tmp_path).record(CALL.model_copy(update={"completion_tokens": 5000}), PRICE)
    with pytest.raises(EndpointError, match="a day"):
        spending(tmp_path, usd_per_day=0.06).capped(answered, PRICE)(QUESTION)
    spending(tmp_path, usd_per_run=0.06).capped(answered, PRICE)(QUESTION)


def test_a_torn_last_line_costs_no_other(tmp_path: Path) -> None:
    spending(tmp_path).record(CALL, PRICE)
    file = next(tmp_path.glob("*.jsonl"))
    file.write_bytes(file.read_bytes() + b'{"at": "2026')
    spending(tmp_path).record(CALL, PRICE)
    assert totals(file).calls == 2
