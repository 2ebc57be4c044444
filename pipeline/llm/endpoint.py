"""What a run has learnt of the model's server, shared by all threads."""

from __future__ import annotations

import threading
from collections.abc import Callable

from pipeline.llm.outcomes import Adapt, Failure, Outcome
from pipeline.llm.request import RUNGS, Request, shape_request
from pipeline.records.questions import Question
from pipeline.reply import Rung


class Endpoint:
    """Whether the server may still be asked, and in which form.

    Args:
        run_deadline_s: No more questions when it has answered nothing for that long since the first failure.
        rung: Where on the schema ladder to begin.
    """

    def __init__(self, *, run_deadline_s: float, rung: Rung, clock: Callable[[], float]) -> None:
        self._run_deadline_s = run_deadline_s
        self._clock = clock
        self._lock = threading.Lock()
        self._rung = rung
        self._without: frozenset[str] = frozenset()
        self._silent_since: float | None = None
        self._closed: Failure | None = None
        self._closed_until = float("inf")

    @property
    def rung(self) -> Rung:
        return self._rung

    def check(self) -> None:
        """Raises the failure for which no question may be asked now."""
        with self._lock:
            closed, until = self._closed, self._closed_until
        if closed is not None and self._clock() < until:
            raise Failure(
                closed.outcome,
                closed.reason,
                subject=closed.subject,
                hint=closed.hint,
                retry_after_s=closed.retry_after_s,
            )

    def is_closed(self) -> bool:
        """Whether ``check`` would raise."""
        try:
            self.check()
        except Failure:
            return True
        return False

    def shape(self, question: Question, *, longer: bool) -> Request:
        """The request for a question, in the form that this server is known to take."""
        with self._lock:
            rung, without = self._rung, self._without
        return shape_request(question, rung=rung, without=without, longer=longer)

    def adapt(self, adapt: Adapt, request: Request) -> None:
        """Remembers what the server does not take; a rung that another thread has left already is left once."""
        with self._lock:
            if adapt.change == "parameter":
                self._without |= {adapt.parameter}
            elif adapt.change == "rung" and self._rung == request.rung:
                self._rung = RUNGS[RUNGS.index(request.rung) + 1]

    def step_down(self) -> None:
        """Leave the rung on which the server takes a schema and does not keep to it."""
        with self._lock:
            if self._rung == RUNGS[0]:
                self._rung = RUNGS[1]

    def answered(self) -> None:
        """Something came back, be it an error: the server is there."""
        with self._lock:
            self._silent_since = None

    def silent(self) -> None:
        """Nothing came back; after the deadline of the run the server is not asked again."""
        now = self._clock()
        with self._lock:
            if self._silent_since is None:
                self._silent_since = now
            silence_s = now - self._silent_since
        if silence_s >= self._run_deadline_s:
            reason = f"the model's server has answered nothing for {silence_s:.0f} s"
            self._close(Failure(Outcome.HOLD, reason, hint="see that it runs and that OPENAI_BASE_URL is right"))

    def failed(self, failure: Failure) -> None:
        """Closes the endpoint when the last word on a question holds for all the others too."""
        if failure.last_word is Outcome.FATAL:
            self._close(Failure(Outcome.FATAL, failure.reason, subject=failure.subject, hint=failure.hint))
        elif failure.outcome is Outcome.HOLD and failure.retry_after_s is not None and not self.is_closed():
            self._close(failure, until=self._clock() + failure.retry_after_s)

    def _close(self, failure: Failure, *, until: float = float("inf")) -> None:
        with self._lock:
            if self._closed is None or self._closed.outcome is not Outcome.FATAL:
                self._closed, self._closed_until = failure, until
