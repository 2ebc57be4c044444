"""What comes back when a model is asked: the contract between a stage and the way out, and the decoding of a reply."""

from __future__ import annotations

import json
import logging
import math
import re
import textwrap
from collections.abc import Callable
from typing import Any, Literal, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError, model_validator
from pydantic_core import ErrorDetails, from_json

from pipeline.characters import visible
from pipeline.errors import ReplyError
from pipeline.records.base import Record, Sha256
from pipeline.records.questions import Question, Reply

_log = logging.getLogger(__name__)

T = TypeVar("T", bound=BaseModel)

MOST_TRIES = 3
"""In how many runs a question is put whose answers cannot be read; after that only on request."""

Rung = Literal["json_schema", "json_object", "prompt"]
"""How a server is held to the schema of an answer: it enforces it, it enforces JSON, or it is only asked to."""

Complete = Callable[[Question], Reply]
"""Puts a question to a model. Raises one of the errors below, a plain ReplyError (there is an answer, but not one that
can be read: ask again, once, with the reason) or EndpointError (no further question is asked in this run)."""


class Unavailable(ReplyError):
    """The server gave no answer now: the issue is held, the next run tries again.

    Args:
        retry_after_s: How long the server asks to be left alone; None when it does not say.
    """

    def __init__(self, message: str, *, hint: str = "", retry_after_s: float | None = None) -> None:
        super().__init__(message, hint=hint, retry=True)
        self.retry_after_s = retry_after_s


class Unusable(ReplyError):
    """The model answered, twice, with something that cannot be read: the issue is held and asked anew."""


class OutOfBounds(ReplyError):
    """The reply has the shape that was asked for, but something in it is too long: no schema says how long."""


class QuestionTooLong(ReplyError):
    """The question, or its answer, is longer than the model takes: ask for its items in two halves."""


class Refused(ReplyError):
    """The model, or a filter before it, declines to answer: what was asked for is left out.

    Args:
        reply: What there is to keep of it; its ``refused`` says why.
    """

    def __init__(self, message: str, *, reply: Reply) -> None:
        super().__init__(message)
        self.reply = reply


class NotRecorded(ReplyError):
    """A dry run met questions that have no recorded reply."""

    def __init__(self, *questions: Question) -> None:
        super().__init__("no recorded reply", hint="run without --dry-run to ask the model")
        self.questions = questions


class Answer(Record):
    """What a reply is read into. A field that was not asked for is passed over while it is empty."""

    @model_validator(mode="before")
    @classmethod
    def _without_empty_extras(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {name: said for name, said in value.items() if name in cls.model_fields or said not in _EMPTY}


_EMPTY: tuple[Any, ...] = (None, "", [], {})


class Call(Record):
    """One request to the server, for the ledger; a question may take several.

    Attributes:
        part: What was asked for; older ledgers have names that no question has now.
        question: Hash of the question.
        model: As the server names it; as the question does when there was no answer.
        outcome: ``answered``, ``retry``, ``reask``, ``split``, ``drop``, ``hold``, ``fatal``, or ``adapt`` (sent again
            in a form that this server takes).
        reason: What went wrong; empty when answered.
        prompt_tokens, completion_tokens: As the server counted; None when it did not.
        estimated: True when the reply was lost on the way: ``prompt_tokens`` is our estimate, and may be billed.
    """

    part: str
    question: Sha256
    model: str
    outcome: str
    reason: str = ""
    duration_s: float
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    estimated: bool = False


def decode_reply(content: str, *, shape: type[T]) -> T:
    """The record of the one JSON object in a reply, whatever stands around it (a sentence, a fence, a thought).

    The same object twice is one. A field that was not asked for does no harm while it is empty. Invisible and control
    characters leave the strings; nothing else is mended.

    Raises:
        ReplyError: Its message is the reason, fit for the model's eyes: all that is wrong, by the path of its key.
    """
    try:
        return shape.model_validate(_readable(_object_in(_unwrapped(content))))
    except ValidationError as error:
        errors = error.errors(include_url=False)
        of_size = all(one["type"] in _OF_SIZE for one in errors)
        raise (OutOfBounds if of_size else ReplyError)(_complaint(errors)) from None
    except RecursionError:
        raise ReplyError("the reply nests too deeply") from None


def is_cut_short(content: str) -> bool:
    """Whether the text begins as JSON and ends before that JSON does."""
    text = _unwrapped(content)
    begin = _BEGINS_OBJECT.search(text)
    if begin is None and not text.startswith(("[", '"')):
        return False
    text = text[begin.start() :] if begin else text
    try:
        from_json(text)
    except ValueError as error:
        return "EOF while parsing" in str(error)
    return False


_BEGINS_OBJECT = re.compile(r'\{(?=\s*(?:["}]|$))')
"""A brace of prose ("{placeholder}") begins no object; one at the end of the text may have been cut short."""

_JSON_NAMES = {list: "a list", str: "a string", type(None): "null"}


def _unwrapped(content: str) -> str:
    """The text without BOM, leading think block and enclosing fence, each at most once."""
    text = content.removeprefix("\ufeff").strip()
    if text.startswith("<think>"):
        thought, end, rest = text.partition("</think>")
        text = rest.strip() if end else thought
    if text.startswith("```") and text.endswith("\n```"):
        info, _, body = text[3:-4].partition("\n")
        text = body.strip() if info.strip().isalnum() or not info.strip() else text
    return text


def _object_in(text: str) -> dict[str, Any]:
    """The one JSON object of a text. The standard decoder reads it: pydantic_core's takes 1e999 and a key twice."""
    if text.startswith('"'):
        text = _double_encoded(text)
    if text.startswith("["):
        value, end = _decoded(text, 0)
        if not text[end:].strip():
            raise ReplyError(f"the reply is not a JSON object but {_JSON_NAMES.get(type(value), 'a plain value')}")
    found: list[dict[str, Any]] = []
    begin = _BEGINS_OBJECT.search(text)
    while begin:
        value, end = _decoded(text, begin.start())
        if value not in found:
            found.append(value)
        begin = _BEGINS_OBJECT.search(text, end)
    if not found:
        raise ReplyError("the reply holds no JSON object")
    if len(found) > 1:
        raise ReplyError("the reply holds two different JSON objects, where one is asked for")
    return found[0]


def _double_encoded(text: str) -> str:
    """JSON that was written as a JSON string; any other text as it is."""
    try:
        value, end = _DECODER.raw_decode(text)
    except ValueError:
        return text
    return value.strip() if isinstance(value, str) and not text[end:].strip() else text


def _decoded(text: str, begin: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, begin)
    except json.JSONDecodeError as error:
        raise ReplyError(f"the reply is not JSON: {error.msg} at line {error.lineno} column {error.colno}") from None
    except ValueError:
        raise ReplyError("the reply is not JSON: a number has too many digits") from None


def _one_of_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ReplyError(f'the key "{visible(key)[:40]}" stands twice in one object')
        found[key] = value
    return found


def _no_constant(name: str) -> NoReturn:
    raise ReplyError(f"the reply is not JSON: {name} is not a number")


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ReplyError("the reply is not JSON: a number is too large")
    return value


_DECODER = json.JSONDecoder(object_pairs_hook=_one_of_each, parse_constant=_no_constant, parse_float=_finite)

_SURROGATE = re.compile("[\ud800-\udfff]")


def _readable(value: Any) -> Any:
    """The same value, its strings without invisible characters."""
    if isinstance(value, dict):
        return {key: _readable(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_readable(member) for member in value]
    if not isinstance(value, str):
        return value
    if _SURROGATE.search(value):
        raise ReplyError("a string holds half of a surrogate pair")
    seen = visible(value)
    if len(seen) != len(value):
        _log.info("took %d invisible characters out of a reply", len(value) - len(seen))
    return seen


_OF_SIZE = {"string_too_long", "too_long"}

_LONGEST_COMPLAINT = 1_200


def _complaint(errors: list[ErrorDetails]) -> str:
    """All that does not fit, by the path of its key."""
    return textwrap.shorten("; ".join(_named(error) for error in errors), _LONGEST_COMPLAINT, placeholder=" …")


def _named(error: ErrorDetails) -> str:
    steps = (f"[{step}]" if isinstance(step, int) else f".{step[:40]}" for step in error["loc"])
    place = visible("".join(steps)).lstrip(".")
    if error["type"] == "missing":
        return f"the field {place} is missing"
    if error["type"] == "extra_forbidden":
        return f"the field {place} is not asked for"
    told = error["msg"][:1].lower() + error["msg"][1:120]
    if error["type"] in _WANTED:
        told = f"{_WANTED[error['type']]} is wanted there, not {_kind(error['input'])}"
    return f"the field {place} is wrong: {told}" if place else told


_WANTED = {
    "string_type": "a string in quotes",
    "tuple_type": "a list in square brackets",
    "model_type": "an object in braces",
    "model_attributes_type": "an object in braces",
    "dict_type": "an object in braces",
}


def _kind(value: Any) -> str:
    kinds = {**_JSON_NAMES, dict: "an object", bool: "true or false", int: "a number", float: "a number"}
    return kinds.get(type(value), "something else")
