"""What a server means by an error: judged by its type and code first, then its words, then the HTTP status."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

from pydantic_core import from_json

from pipeline.characters import visible
from pipeline.llm.outcomes import Adapt, Failure, Outcome
from pipeline.llm.request import RUNGS, Request

MAX_RETRY_AFTER_S = 120.0


@dataclass(frozen=True)
class Complaint:
    """An error body of whatever shape, read. ``words`` is all it says, in lower case."""

    codes: frozenset[str]
    parameter: str
    message: str
    words: str
    is_json: bool
    status: int | None


class _Rule(NamedTuple):
    needles: tuple[str, ...]
    outcome: Outcome
    reason: str
    subject: str = ""
    hint: str = ""


_KEY = ("OPENAI_API_KEY", "set a key that this server accepts")
_MONEY = ("OPENAI_API_KEY", "add credit or raise the limit at the provider")
_MODEL = ("model.name and OPENAI_BASE_URL", "name a model that this server has")
_FORM = ("model.parameters", "the server does not accept what is sent")

_BY_CODE = (
    # OpenAI; its newer name; LiteLLM, whose code is the string "429"; OpenAI's hard limits.
    _Rule(
        (
            "insufficient_quota",
            "credit_balance_exhausted",
            "budget_exceeded",
            "billing_hard_limit_reached",
            "billing_not_active",
        ),
        Outcome.FATAL,
        "the quota is used up",
        *_MONEY,
    ),
    _Rule(("invalid_api_key", "authentication_error"), Outcome.FATAL, "the key is not accepted", *_KEY),
    _Rule(("model_not_found",), Outcome.FATAL, "there is no such model", *_MODEL),
    # OpenAI and those who copy it; llama.cpp, with status 400 or 500.
    _Rule(("context_length_exceeded", "exceed_context_size_error"), Outcome.SPLIT, "longer than the model's context"),
    # Azure's outer and inner code; OpenAI's older one.
    _Rule(
        ("content_filter", "responsibleaipolicyviolation", "content_policy_violation"),
        Outcome.DROP,
        "a content filter refused the question",
    ),
)

_TOO_LONG = Outcome.SPLIT, "longer than the model's context"
_BY_WORDS: tuple[tuple[frozenset[int], _Rule], ...] = (
    # vLLM before and since 0.16, LM Studio, Anthropic. Not for 429, where "input tokens" is a rate.
    (
        frozenset({400, 422, 500}),
        _Rule(
            ("context length", "context window", "context size", "input tokens", "prompt is too long"),
            *_TOO_LONG,
        ),
    ),
    # OpenAI and Groq: one request above the limit of a whole minute, which no waiting helps.
    (frozenset({413, 429}), _Rule(("request too large",), *_TOO_LONG)),
    # OpenRouter's moderation.
    (frozenset({403}), _Rule(("flagged",), Outcome.DROP, "a content filter refused the question")),
)

_BY_STATUS = {
    401: _Rule((), Outcome.FATAL, "the key is not accepted", *_KEY),
    402: _Rule((), Outcome.FATAL, "the credit is used up", *_MONEY),
    403: _Rule((), Outcome.FATAL, "access is denied", *_KEY),
    404: _Rule((), Outcome.FATAL, "there is no such model or address", *_MODEL),
    413: _Rule((), Outcome.SPLIT, "longer than the server takes"),
}
_AGAIN = frozenset({408, 409, 425, 429})
_SCHEMA_WORDS = re.compile(r"response_format|json_schema|schema|grammar|\benum\b")


def refusal(status: int, headers: Mapping[str, str], content: bytes, *, request: Request, key: str) -> Failure | Adapt:
    """What an answer of this status, 300 or above, comes to."""
    complaint = read_complaint(content)
    said = f"HTTP {status}{_quoted(complaint, headers, key)}"
    return (
        _by_code(complaint, said)
        or _by_form(complaint, status, said, request)
        or _by_words(complaint, status, said)
        or _by_status(complaint, status, headers, said)
    )


def error_in_answer(content: bytes, *, request: Request, key: str) -> Failure | Adapt:
    """The same for a body with an ``error`` under status 200: the status is the one inside, 500 where there is none."""
    return refusal(read_complaint(content).status or 500, {}, content, request=request, key=key)


def read_complaint(content: bytes) -> Complaint:
    """Reads the envelopes of OpenAI, Google (a list), vLLM (none), Ollama (a string) and FastAPI (``detail``)."""
    text = content[:20_000].decode("utf-8", "replace")
    try:
        body = from_json(content)
    except ValueError:
        return Complaint(frozenset(), "", "", text.lower(), is_json=False, status=None)
    if isinstance(body, list) and body:
        body = body[0]
    outer = body if isinstance(body, dict) else {}
    error = outer.get("error") or outer
    inner = error if isinstance(error, dict) else {"message": error}
    deepest = inner.get("innererror")
    named = [inner.get("code"), inner.get("type"), deepest.get("code") if isinstance(deepest, dict) else None]
    message = inner.get("message") or outer.get("detail") or ""
    return Complaint(
        codes=frozenset(str(name).lower() for name in named if name is not None),
        parameter=str(inner.get("param") or ""),
        message=message if isinstance(message, str) else "",
        words=text.lower(),
        is_json=True,
        status=_status(inner.get("code")),
    )


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """The seconds that ``retry-after-ms`` or ``Retry-After`` (seconds or a date) ask for; None unless above zero."""
    milliseconds, after = headers.get("retry-after-ms"), headers.get("retry-after", "")
    try:
        wait_s = float(milliseconds) / 1000 if milliseconds else float(after)
    except ValueError:
        try:
            wait_s = parsedate_to_datetime(after).timestamp() - time.time()
        except ValueError:
            return None
    return wait_s if 0 < wait_s < float("inf") else None


def redacted(text: str, key: str) -> str:
    """One line of at most 80 characters of a stranger's text, without keys or what begins like ours."""
    text = " ".join(visible(text).split())
    text = re.sub(r"\bsk-[^\s'\"]*", "[key]", text)
    if len(key) >= 8:
        text = re.sub(rf"{re.escape(key[:6])}[^\s'\"]*", "[key]", text)
    return text[:80]


def _by_code(complaint: Complaint, said: str) -> Failure | None:
    for rule in _BY_CODE:
        if complaint.codes.intersection(rule.needles):
            return Failure(rule.outcome, f"{rule.reason} ({said})", subject=rule.subject, hint=rule.hint)
    return None


def _by_form(complaint: Complaint, status: int, said: str, request: Request) -> Adapt | None:
    if status not in {400, 422} or not complaint.is_json:
        return None
    for name in request.parameters:
        if complaint.parameter == name or re.search(rf"\b{re.escape(name.lower())}\b", complaint.words):
            return Adapt("parameter", f"sent without {name} ({said})", parameter=name)
    if request.rung != RUNGS[-1] and _SCHEMA_WORDS.search(f"{complaint.parameter} {complaint.words}"):
        return Adapt("rung", f"the schema is not taken as {request.rung} ({said})")
    return None


def _by_words(complaint: Complaint, status: int, said: str) -> Failure | None:
    for statuses, rule in _BY_WORDS:
        if status in statuses and any(needle in complaint.words for needle in rule.needles):
            return Failure(rule.outcome, f"{rule.reason} ({said})")
    return None


def _by_status(complaint: Complaint, status: int, headers: Mapping[str, str], said: str) -> Failure:
    if status in _AGAIN or status >= 500:
        return _again(complaint, headers, said)
    if status < 400:
        hint = "set the address that it redirects to"
        return Failure(Outcome.FATAL, f"the server redirects ({said})", subject="OPENAI_BASE_URL", hint=hint)
    rule = _BY_STATUS.get(status) or _Rule((), Outcome.FATAL, "the request is refused", *_FORM)
    if status == 403 and not complaint.is_json:
        # A firewall's page may be a passing mood; the second one is not.
        return Failure(
            Outcome.RETRY,
            f"{rule.reason} ({said})",
            attempts=2,
            then=Outcome.FATAL,
            subject="OPENAI_BASE_URL",
            hint="something before the model's server refuses us",
        )
    return Failure(rule.outcome, f"{rule.reason} ({said})", subject=rule.subject, hint=rule.hint)


def _again(complaint: Complaint, headers: Mapping[str, str], said: str) -> Failure:
    wait_s = retry_after_s(headers)
    if wait_s is not None and wait_s > MAX_RETRY_AFTER_S:
        return Failure(Outcome.HOLD, f"the server asks to wait {wait_s:.0f} s ({said})", retry_after_s=wait_s)
    if headers.get("x-should-retry", "").lower() == "false":
        return Failure(Outcome.HOLD, f"the server asks not to try again ({said})")
    # llama.cpp and vLLM answer so while they start.
    starting = "loading model" in complaint.words
    return Failure(Outcome.RETRY, f"the server failed ({said})", retry_after_s=wait_s, unreachable=starting)


def _quoted(complaint: Complaint, headers: Mapping[str, str], key: str) -> str:
    """What the server says, where that is for people: never a page, never a body we cannot read."""
    if complaint.message:
        return f": {redacted(complaint.message, key)}"
    media_type = headers.get("content-type", "").split(";")[0].strip()
    return f", {redacted(media_type, key)}" if media_type and not complaint.is_json else ""


def _status(code: Any) -> int | None:
    try:
        status = int(code)
    except (TypeError, ValueError):
        return None
    return status if 300 <= status < 600 else None
