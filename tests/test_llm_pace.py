"""Requests and tokens of a minute."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.llm.pace import Pace
from tests.model_calls import Instants


def _turns(time: Instants, sizes: list[int], **limits: int | None) -> list[float]:
    limits = {"requests_per_minute": None, "tokens_per_minute": None} | limits
    pace = Pace(**limits, sleep=time.sleep, clock=time.clock)
    return [pace.wait(tokens).at - 1_000 for tokens in sizes]


def test_without_limits_nothing_waits() -> None:
    time = Instants()
    assert _turns(time, [10**6] * 50) == [0] * 50
    assert time.slept == []


def test_the_request_above_the_limit_waits_for_the_minute_to_pass() -> None:
    assert _turns(Instants(), [1] * 5, requests_per_minute=2) == [0, 0, 60, 60, 120]


def test_tokens_are_counted_over_the_minute() -> None:
    assert _turns(Instants(), [400, 500, 200, 900], tokens_per_minute=1000) == [0, 0, 60, 120]


def test_a_question_larger_than_a_minute_goes_alone() -> None:
    assert _turns(Instants(), [100, 5000, 100], tokens_per_minute=1000) == [0, 60, 120]


def test_tokens_set_right_afterwards_count() -> None:
    time = Instants()
    pace = Pace(requests_per_minute=None, tokens_per_minute=1000, sleep=time.sleep, clock=time.clock)
    pace.wait(100).tokens = 950
    assert pace.wait(100).at == 1_060


@pytest.mark.parametrize("requests", [1, 3, 7])
def test_no_minute_holds_more_than_the_limit_over_all_threads(requests: int) -> None:
    time = Instants()
    pace = Pace(requests_per_minute=requests, tokens_per_minute=None, sleep=lambda _: None, clock=time.clock)
    with ThreadPoolExecutor(8) as pool:
        at = sorted(turn.at for turn in pool.map(pace.wait, [1] * 40))
    assert len(at) == 40
    assert all(sum(start <= other < start + 60 for other in at) <= requests for start in at)
    assert at[-1] == 1_000 + 60 * ((40 - 1) // requests)
