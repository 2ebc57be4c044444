"""Answers from recorded replies."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.records.questions import Question, Reply
from pipeline.reply import Complete, NotRecorded, Refused

Find = Callable[[str], Reply | None]
"""The reply kept under a question's hash, or None."""


def recorded(find: Find) -> Complete:
    """Only what is recorded; a question without a reply raises NotRecorded. No connection is ever opened."""

    def complete(question: Question) -> Reply:
        return _again(find(question.hash), question)

    return complete


def remembering(complete: Complete, *, find: Find, keep: Callable[[Reply], None]) -> Complete:
    """What is recorded, else what ``complete`` answers, which is kept before it is returned.

    A refusal is kept too, and raised again from the record: it is paid for once like any answer. Whoever wants a
    question asked anew makes ``find`` return None for it.
    """

    def ask(question: Question) -> Reply:
        try:
            return _again(find(question.hash), question)
        except NotRecorded:
            pass
        try:
            reply = complete(question)
        except Refused as refusal:
            keep(refusal.reply)
            raise
        keep(reply)
        return reply

    return ask


def _again(reply: Reply | None, question: Question) -> Reply:
    if reply is None:
        raise NotRecorded(question)
    if reply.refused:
        raise Refused(reply.refused, reply=reply)
    return reply
