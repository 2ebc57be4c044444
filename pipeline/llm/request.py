"""A question in the form in which it goes over the wire."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from pipeline.records.questions import Question
from pipeline.reply import Rung
from pipeline.tokens import estimate_tokens

RUNGS: tuple[Rung, ...] = ("json_schema", "json_object", "prompt")

LENGTH_PARAMETERS = ("max_tokens", "max_completion_tokens")


class Request(NamedTuple):
    """What is sent. ``tokens`` is our estimate of its messages, ``longer`` whether it asks for twice the answer."""

    model: str
    messages: list[dict[str, str]]
    response_format: dict[str, Any] | None
    parameters: dict[str, Any]
    rung: Rung
    tokens: int
    longer: bool


def shape_request(question: Question, *, rung: Rung, without: frozenset[str], longer: bool) -> Request:
    """The request for a question on a rung of the ladder, without the parameters that the server refused."""
    messages = [{"role": message.role, "content": message.content} for message in question.messages]
    if rung != "json_schema":
        messages = _told_in_words(messages, question.answer_schema)
    parameters = {name: value for name, value in question.parameters.items() if name not in without}
    if longer:
        parameters |= {name: 2 * parameters[name] for name in LENGTH_PARAMETERS if name in parameters}
    return Request(
        model=question.model,
        messages=messages,
        response_format=_response_format(question, rung),
        parameters=parameters,
        rung=rung,
        tokens=sum(estimate_tokens(message["content"]) for message in messages),
        longer=longer,
    )


def _response_format(question: Question, rung: Rung) -> dict[str, Any] | None:
    if rung == "json_schema":
        schema = {"name": question.part, "strict": True, "schema": question.answer_schema}
        return {"type": "json_schema", "json_schema": schema}
    return {"type": "json_object"} if rung == "json_object" else None


def _told_in_words(messages: list[dict[str, str]], schema: dict[str, Any]) -> list[dict[str, str]]:
    """The schema at the end of the system message, for a server that is not handed it otherwise."""
    words = (
        "Answer with one JSON object and nothing else. It must fit this JSON schema:\n"
        f"{json.dumps(schema, ensure_ascii=False, separators=(',', ':'))}"
    )
    first, rest = (messages[0], messages[1:]) if messages[0]["role"] == "system" else (None, messages)
    return [{"role": "system", "content": f"{first['content']}\n\n{words}" if first else words}, *rest]
