"""What may come of one request that brought no usable answer."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Literal

from pipeline.errors import EndpointError, MaeilError, ReplyError
from pipeline.records.questions import Reply
from pipeline.reply import QuestionTooLong, Refused, Unavailable

MAX_ATTEMPTS = 4


class Outcome(Enum):
    """What to do about a failure."""

    RETRY = "retry"  # the same question again
    REASK = "reask"  # the caller asks again, with the reason
    SPLIT = "split"  # the caller asks for half of it
    DROP = "drop"  # the caller leaves it out
    HOLD = "hold"  # not now
    FATAL = "fatal"  # the endpoint or the settings are wrong


class Failure(Exception):
    """A request failed.

    Args:
        reason: One clause for a person, without anything secret.
        subject: FATAL only: the setting to look at.
        hint: What to do about it.
        attempts: RETRY only: how many requests in all before ``then`` holds.
        then: RETRY only: what comes of it when the attempts are used up.
        retry_after_s: How long the server asks to be left alone.
        unreachable: RETRY only: no model was reached, so this is no attempt; the deadline of the run is the limit.
        lost: The question went out and its answer did not arrive: it may be billed.
        reply: What there is of an answer, with what it cost.
    """

    def __init__(
        self,
        outcome: Outcome,
        reason: str,
        *,
        subject: str = "",
        hint: str = "",
        attempts: int = MAX_ATTEMPTS,
        then: Outcome = Outcome.HOLD,
        retry_after_s: float | None = None,
        unreachable: bool = False,
        lost: bool = False,
        reply: Reply | None = None,
    ) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason = reason
        self.subject = subject
        self.hint = hint
        self.attempts = attempts
        self.then = then
        self.retry_after_s = retry_after_s
        self.unreachable = unreachable
        self.lost = lost
        self.reply = reply

    @property
    def last_word(self) -> Outcome:
        """What comes of it when it is not tried again."""
        return self.then if self.outcome is Outcome.RETRY else self.outcome

    def final(self, empty: Callable[[], Reply]) -> MaeilError:
        """The error that callers see when no attempt is left; ``empty`` makes a reply to keep where there is none."""
        match self.last_word:
            case Outcome.FATAL:
                return EndpointError(self.reason, subject=self.subject, hint=self.hint)
            case Outcome.SPLIT:
                return QuestionTooLong(self.reason)
            case Outcome.DROP:
                reply = self.reply or empty()
                return Refused(self.reason, reply=reply.model_copy(update={"refused": self.reason}))
            case Outcome.REASK:
                return ReplyError(self.reason)
            case _:
                return Unavailable(self.reason, hint=self.hint, retry_after_s=self.retry_after_s)


class Adapt(Exception):
    """The server does not take the request in this form: it is sent again at once in another, which is no attempt.

    Args:
        change: ``rung``: the next rung of the schema ladder. ``parameter``: without the one named. ``length``: with
            twice the room for the answer.
    """

    def __init__(
        self,
        change: Literal["rung", "parameter", "length"],
        reason: str,
        *,
        parameter: str = "",
        reply: Reply | None = None,
    ) -> None:
        super().__init__(reason)
        self.change = change
        self.reason = reason
        self.parameter = parameter
        self.reply = reply
