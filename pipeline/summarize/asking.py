"""Putting questions within a bound, and reading the replies."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Literal, NamedTuple, TypeVar

from pipeline.errors import ReplyError
from pipeline.records.base import Record
from pipeline.records.drafts import Asked
from pipeline.records.issues import CleanIssue
from pipeline.records.questions import Question, Reply
from pipeline.reply import Complete, OutOfBounds, Unusable, decode_reply
from pipeline.summarize.questions import Voice, with_reason

Shape = TypeVar("Shape", bound=Record)
Why = Literal["planned", "unreadable", "findings"]


class _Problem(NamedTuple):
    """What was answered, and why it cannot be used."""

    said: str = ""
    reason: str = ""
    asked_anew: bool = False


class Desk(NamedTuple):
    """What is needed to ask about one issue."""

    issue: CleanIssue
    voice: Voice
    asker: Asker


class UsedUp(ReplyError):
    """The bound on an issue's questions is reached."""


class Asker:
    """Asks on behalf of one issue, from several threads.

    Args:
        complete: Puts a question to a model, or finds its recorded reply.
        unusable: Told of each question whose reply could not be read, of the reply, and why; says whether the next run
            asks it anew.
        most: How many questions this issue may take in all.
    """

    def __init__(self, complete: Complete, unusable: Callable[[Question, Reply, ReplyError], bool], most: int) -> None:
        self._complete = complete
        self._unusable = unusable
        self._left = most
        self._lock = threading.Lock()

    def ask(self, question: Question, shape: type[Shape], why: Why = "planned") -> tuple[Shape, tuple[Asked, ...]]:
        """The answer, read; asked once more with the reason when it does not fit.

        Raises:
            ReplyError: Neither answer fits, or the issue has used up its questions.
        """
        first, asked, problem = self._try(question, shape, why)
        if first is not None:
            return first, asked
        again = with_reason(question, problem.said, problem.reason)
        second, asked_again, problem = self._try(again, shape, "unreadable")
        if second is not None:
            return second, (*asked, *asked_again)
        reason = f"the model's {question.part} cannot be used, twice: {problem.reason}"
        raise Unusable(reason, retry=problem.asked_anew)

    def _try(
        self, question: Question, shape: type[Shape], why: Why
    ) -> tuple[Shape | None, tuple[Asked, ...], _Problem]:
        asked: tuple[Asked, ...] = ()
        said = ""
        try:
            reply = self._put(question)
            asked, said = (_asked(question, reply, why),), reply.content
            return decode_reply(said, shape=shape), asked, _Problem()
        except ReplyError as error:
            if type(error) not in {ReplyError, OutOfBounds}:
                raise  # declined, too long, not recorded, no server: to ask again with the reason does not help
            anew = bool(said) and self._unusable(question, reply, error)
            return None, asked, _Problem(said, error.message, anew)

    def _put(self, question: Question) -> Reply:
        with self._lock:
            if self._left <= 0:
                raise UsedUp("this issue has used up its questions")
            self._left -= 1
        return self._complete(question)


def _asked(question: Question, reply: Reply, why: Why) -> Asked:
    return Asked(
        part=question.part,
        why=why,
        question=question.hash,
        model=reply.model,
        prompt_tokens=reply.prompt_tokens,
        completion_tokens=reply.completion_tokens,
    )
