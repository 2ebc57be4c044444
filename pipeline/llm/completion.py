"""Reads the body of an answer: from bytes to the text of the first choice, or to why there is none."""

from __future__ import annotations

import logging
from typing import Any

from pydantic import BaseModel, NonNegativeInt, ValidationError
from pydantic_core import from_json

from pipeline.characters import visible
from pipeline.llm.outcomes import Adapt, Failure, Outcome
from pipeline.llm.refusals import error_in_answer
from pipeline.llm.request import LENGTH_PARAMETERS, RUNGS, Request
from pipeline.records.questions import Question, Reply
from pipeline.reply import is_cut_short

_log = logging.getLogger(__name__)

_CUT_SHARE = 0.6
"""A server that counts fewer tokens than this share of our estimate has not read all of the prompt. The estimate is at
most 1.34 times a true count, which is a share of 0.75."""

_FLOOD = 200
"""More blanks in a row than any JSON has: the server's grammar lets a model write nothing else (vLLM)."""


_TEXT_PARTS = ("text", "output_text")


class _Message(BaseModel):
    content: str | list[Any] | None = None
    refusal: str | None = None
    tool_calls: Any = None
    reasoning_content: Any = None
    reasoning: Any = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Usage(BaseModel):
    prompt_tokens: NonNegativeInt | None = None
    completion_tokens: NonNegativeInt | None = None


def read_completion(content: bytes, *, media_type: str, question: Question, request: Request, key: str) -> Reply:
    """The reply in a body that came with status 200.

    Raises:
        Failure, Adapt: What else it is.
    """
    body = _body(content, media_type)
    if body.get("error") and not body.get("choices"):
        raise error_in_answer(content, request=request, key=key)
    choices = body.get("choices")
    if not isinstance(choices, list) or not choices:
        raise Failure(Outcome.RETRY, "the answer holds no choice", then=Outcome.DROP)
    try:
        choice = _Choice.model_validate(choices[0])
    except ValidationError:
        raise Failure(Outcome.RETRY, "the answer is not a chat completion") from None
    usage = _usage(body.get("usage"))
    reply = Reply(
        question=question.hash,
        content=_text(choice.message.content),
        model=_name(body.get("model")) or question.model,
        finish_reason=_name(choice.finish_reason) if choice.finish_reason else None,
        prompt_tokens=usage.prompt_tokens,
        completion_tokens=usage.completion_tokens,
    )
    _check(reply, choice.message, request)
    if reply.model != question.model:
        _log.info("asked for %s, answered by %s", question.model, reply.model)
    return reply


def _body(content: bytes, media_type: str) -> dict[str, Any]:
    try:
        body = from_json(content.removeprefix(b"\xef\xbb\xbf"))
    except ValueError as error:
        if media_type == "text/html":
            raise Failure(
                Outcome.RETRY,
                "a web page came instead of an answer",
                attempts=2,
                then=Outcome.FATAL,
                subject="OPENAI_BASE_URL",
                hint="set the address of an OpenAI-compatible API, which mostly ends in /v1",
            ) from None
        then = Outcome.DROP if "recursion limit" in str(error) else Outcome.HOLD
        raise Failure(Outcome.RETRY, "the answer is not JSON", then=then, lost=True) from None
    if not isinstance(body, dict):
        raise Failure(Outcome.RETRY, "the answer is not a chat completion")
    return body


def _check(reply: Reply, message: _Message, request: Request) -> None:
    """Raises unless the reply is the whole answer to the whole question."""
    if reply.prompt_tokens and reply.prompt_tokens < _CUT_SHARE * request.tokens:
        read = f"of about {request.tokens} tokens the server read {reply.prompt_tokens}"
        raise Failure(Outcome.SPLIT, f"the prompt was cut: {read}", reply=reply)
    if message.refusal or reply.finish_reason == "content_filter":
        why = "the model declined to answer" if message.refusal else "a content filter stopped the answer"
        raise Failure(Outcome.DROP, why, reply=reply)
    if reply.finish_reason == "length" or _is_flood(reply.content):
        raise _too_long(reply, request)
    if not reply.content.strip():
        raise _wordless(reply, message)
    if is_cut_short(reply.content):
        raise Failure(Outcome.RETRY, "the reply ends before its JSON does", then=Outcome.REASK, reply=reply)
    if reply.finish_reason != "stop":
        _log.info("the reply ended with finish_reason %s", reply.finish_reason)


def _too_long(reply: Reply, request: Request) -> Failure | Adapt:
    if _is_flood(reply.content) or _is_flood(reply.content[len(reply.content.rstrip()) :]):
        if request.rung != RUNGS[-1]:
            return Adapt("rung", f"nothing but blanks came under {request.rung}", reply=reply)
        return Failure(Outcome.RETRY, "nothing but blanks came", then=Outcome.REASK, reply=reply)
    if not request.longer and any(name in request.parameters for name in LENGTH_PARAMETERS):
        return Adapt("length", "the answer was cut at its limit", reply=reply)
    return Failure(Outcome.SPLIT, "the answer is longer than the model may write", reply=reply)


def _wordless(reply: Reply, message: _Message) -> Failure:
    if message.tool_calls or message.reasoning_content or message.reasoning:
        return Failure(Outcome.REASK, "the reply has no text outside of reasoning and tool calls", reply=reply)
    return Failure(Outcome.RETRY, "the reply is empty", then=Outcome.DROP, reply=reply)


def _is_flood(text: str) -> bool:
    return len(text) >= _FLOOD and text.isspace()


def _text(content: str | list[Any] | None) -> str:
    """The text of a message's content; of a list, that of its text parts."""
    if isinstance(content, list):
        parts = [part.get("text") for part in content if isinstance(part, dict) and part.get("type") in _TEXT_PARTS]
        return "".join(part for part in parts if isinstance(part, str))
    return content or ""


def _usage(found: Any) -> _Usage:
    try:
        return _Usage.model_validate(found)
    except ValidationError:
        return _Usage()


def _name(found: Any) -> str:
    """A name that a server gives, short and printable; empty when it is no text."""
    return " ".join(visible(found).split())[:100] if isinstance(found, str) else ""
