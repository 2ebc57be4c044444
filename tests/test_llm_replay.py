"""Recorded replies stand in for the model."""

from __future__ import annotations

import pytest

from pipeline.errors import EndpointError
from pipeline.llm import recorded, remembering
from pipeline.records.questions import Question, Reply
from pipeline.reply import NotRecorded, Refused
from tests.model_calls import question


def _reply(asked: Question, **changes: str) -> Reply:
    return Reply.model_validate({"question": asked.hash, "content": "{}", "model": "m"} | changes)


def _never(asked: Question) -> Reply:
    raise AssertionError("the model was asked")


def test_a_recorded_reply_is_found_by_its_question() -> None:
    one, two = question("one"), question("two")
    kept = {one.hash: _reply(one)}
    complete = recorded(kept.get)
    assert complete(one) == kept[one.hash]
    with pytest.raises(NotRecorded) as caught:
        complete(two)
    assert caught.value.questions == (two,)


def test_the_same_question_is_asked_once() -> None:
    asked, kept, made = question(), {}, []

    def answer(one: Question) -> Reply:
        made.append(one)
        return _reply(one)

    def keep(reply: Reply) -> None:
        kept[reply.question] = reply

    complete = remembering(answer, find=kept.get, keep=keep)
    assert complete(asked) == complete(asked) == kept[asked.hash]
    assert made == [asked]
    assert remembering(_never, find=kept.get, keep=keep)(asked) == kept[asked.hash]


def test_a_refusal_is_kept_and_told_again() -> None:
    asked, kept = question(), {}

    def refuse(one: Question) -> Reply:
        raise Refused("declined", reply=_reply(one, refused="declined"))

    def keep(reply: Reply) -> None:
        kept[reply.question] = reply

    for complete in (refuse, _never):
        with pytest.raises(Refused, match="declined"):
            remembering(complete, find=kept.get, keep=keep)(asked)
    with pytest.raises(Refused, match="declined"):
        recorded(kept.get)(asked)


def test_a_failure_leaves_nothing_behind() -> None:
    kept: list[Reply] = []

    def fail(one: Question) -> Reply:
        raise EndpointError("no")

    with pytest.raises(EndpointError):
        remembering(fail, find=lambda _: None, keep=kept.append)(question())
    assert kept == []
