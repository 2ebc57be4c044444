"""The one way out to pages and feeds."""

from __future__ import annotations

import datetime as dt
import email.utils
import ssl
import time
from collections.abc import Callable, Collection
from functools import partial
from http import HTTPStatus
from typing import Protocol

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from pipeline.errors import FetchError
from pipeline.exchange import (
    REDIRECTING,
    USER_AGENT,
    Limits,
    answer_to,
    check_address,
    limits_of,
    target_of,
)
from pipeline.identity import shown_address
from pipeline.records.sources import Response
from pipeline.transport import Resolve, read_body, resolve

_ATTEMPTS = 4
_LONGEST_WAIT_S = 120.0
_REDIRECTS = 5
# Worth another try: RFC 9110 and 6585, and what Cloudflare (520-524) and others (529) answer for a tired server.
_PASSING = {408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529}
_HINTS = {
    401: "it wants a login",
    403: "it refuses programs, or wants a login",
    410: "it is gone for good: take the source out of maeil.toml",
    451: "it is withheld for legal reasons",
}
_BACKOFF = wait_random_exponential(multiplier=1, max=30)


class Get(Protocol):
    """Gets a page or feed: status 200, or 304 to a conditional request; raises FetchError for all else."""

    def __call__(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Response: ...


class _Failed(FetchError):
    """A FetchError that knows how long the server asked to wait."""

    retry_after_s: float | None = None


def open_web(
    *,
    timeout_s: float = 60,
    max_bytes: int = 15_000_000,
    allow_private: Collection[str] = (),
    user_agent: str = USER_AGENT,
    sleep: Callable[[float], None] = time.sleep,
    resolve: Resolve = resolve,
    ssl_context: ssl.SSLContext | None = None,
) -> Get:
    """Make what gets pages and feeds. It has no state: no cookies, no proxy or password from the environment.

    Args:
        timeout_s: For one attempt with all its redirects, from DNS to the last byte.
        max_bytes: Of a body, after decompression.
        allow_private: Hosts that may have an address that is not public, and any port.
        sleep: Waits between attempts, at most 120 s each time.
        resolve: A host's addresses.
        ssl_context: Whose certificates are trusted; those of certifi by default.
    """
    limits = limits_of(
        timeout_s=timeout_s,
        max_bytes=max_bytes,
        allow_private=allow_private,
        user_agent=user_agent,
        resolve=resolve,
        ssl_context=ssl_context,
    )
    retrying = Retrying(
        stop=stop_after_attempt(_ATTEMPTS),
        wait=_wait_s,
        retry=retry_if_exception(_is_worth_another_try),
        sleep=sleep,
        reraise=True,
    )

    def get(url: str, *, etag: str | None = None, last_modified: str | None = None) -> Response:
        validators = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        conditions = {name: value for name, value in validators.items() if value}
        return retrying.copy()(partial(_attempt, limits, url, conditions))

    return get


def _is_worth_another_try(error: BaseException) -> bool:
    waits = isinstance(error, _Failed) and (error.retry_after_s or 0) > _LONGEST_WAIT_S
    return isinstance(error, FetchError) and error.retry and not waits


def _wait_s(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked_s = error.retry_after_s if isinstance(error, _Failed) else None
    return _BACKOFF(state) if asked_s is None else asked_s


def _attempt(limits: Limits, address: str, conditions: dict[str, str]) -> Response:
    """One attempt, redirects followed by hand so that each hop is checked as the first was."""
    deadline_s = time.monotonic() + limits.timeout_s
    try:
        first = url = httpx.URL(address)
        for _ in range(_REDIRECTS + 1):
            check_address(url, limits)
            login = (first.username, first.password) if first.userinfo and _origin(url) == _origin(first) else None
            answer = _hop(url, limits, deadline_s, conditions, login)
            if isinstance(answer, Response):
                return answer.model_copy(update={"url": address})
            if url.scheme == "https" and answer.scheme == "http":
                raise FetchError("it redirects from https to http")
            url = answer
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise FetchError(f"{_shown(address)} is no address of a page") from error
    except FetchError as error:
        if not error.subject:
            error.subject = _shown(address)
        raise
    raise FetchError(f"it redirects more than {_REDIRECTS} times", subject=_shown(address))


def _hop(
    url: httpx.URL, limits: Limits, deadline_s: float, conditions: dict[str, str], login: tuple[str, str] | None
) -> Response | httpx.URL:
    """The answer, or where it redirects to."""
    with answer_to("GET", url, limits, deadline_s=deadline_s, headers=conditions, login=login) as answer:
        if answer.status_code in REDIRECTING:
            return target_of(answer, url)
        return _read(answer, limits, conditional=bool(conditions))


def _read(answer: httpx.Response, limits: Limits, *, conditional: bool) -> Response:
    status = answer.status_code
    if status == 304 and not conditional:
        raise FetchError("it answers 304 (not modified) though nothing was fetched before")
    if status not in {200, 203, 304}:
        raise _refusal(answer)
    body = b""
    if status != 304:
        encoding = answer.headers.get("content-encoding", "")
        body = read_body(answer.iter_raw(), encoding=encoding, max_bytes=limits.max_bytes)
    return Response(
        url=str(answer.url),
        final_url=str(answer.url),
        status=304 if status == 304 else 200,
        media_type=answer.headers.get("content-type", "").partition(";")[0].strip().lower(),
        charset=answer.charset_encoding,
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
        body=body,
    )


def _refusal(answer: httpx.Response) -> _Failed:
    status = answer.status_code
    name = HTTPStatus(status).phrase if status in set(HTTPStatus) else "unknown status"
    hint = "it checks for bots" if "cf-mitigated" in answer.headers else _HINTS.get(status, "")
    error = _Failed(f"it answers {status} ({name})", hint=hint, retry=status in _PASSING)
    error.retry_after_s = _retry_after_s(answer.headers)
    if error.retry and (error.retry_after_s or 0) > _LONGEST_WAIT_S:
        error.hint = f"it asks to come back in {error.retry_after_s:.0f} s"
    return error


def _retry_after_s(headers: httpx.Headers) -> float | None:
    """Seconds, or a date that is compared with the server's own clock; None where it says nothing usable."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    until, sent = _http_date(value), _http_date(headers.get("date", ""))
    if until is None or sent is None or until <= sent:
        return None
    return (until - sent).total_seconds()


def _http_date(value: str) -> dt.datetime | None:
    try:
        instant = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=dt.UTC)


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _shown(address: str) -> str:
    """An address for people: no password, no token and no query, any of which may be a secret."""
    return shown_address(address).partition("?")[0].partition("#")[0][:200]
