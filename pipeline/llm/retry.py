"""How often, and after what wait, a question is asked again."""

from __future__ import annotations

import logging
from collections.abc import Callable

from tenacity import RetryCallState, Retrying, retry_if_exception, wait_random_exponential

from pipeline.llm.outcomes import Failure, Outcome
from pipeline.records.questions import Question

_log = logging.getLogger(__name__)

_BACKOFF = wait_random_exponential(multiplier=1, max=30)


class Asking:
    """How far one question has come."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.longer = False
        self.failures: list[Failure] = []

    def is_over(self) -> bool:
        """Whether the attempts are used up; those that reached no model do not count."""
        made = sum(not failure.unreachable for failure in self.failures)
        last = self.failures[-1]
        return not last.unreachable and made >= last.attempts


def attempts(asking: Asking, *, give_up: Callable[[], bool], sleep: Callable[[float], None]) -> Retrying:
    """The loop around an attempt, which adds its failure to ``asking``; the last failure is raised as it is."""
    return Retrying(
        retry=retry_if_exception(_may_retry),
        stop=lambda _: asking.is_over() or give_up(),
        wait=_wait_s,
        sleep=sleep,
        before_sleep=_log_wait,
        reraise=True,
    )


def _may_retry(error: BaseException) -> bool:
    return isinstance(error, Failure) and error.outcome is Outcome.RETRY


def _wait_s(state: RetryCallState) -> float:
    """What the server asks for, else full jitter from 1 s doubling to 30 s."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.retry_after_s if isinstance(error, Failure) else None
    return _BACKOFF(state) if asked is None else asked


def _log_wait(state: RetryCallState) -> None:
    error = state.outcome.exception() if state.outcome else None
    _log.info("asking again in %.1f s: %s", state.upcoming_sleep, error)
