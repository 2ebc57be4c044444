"""The way out to click trackers: one request at a time, and of what comes back no more than says where it leads."""

from __future__ import annotations

import functools
import ssl
import time
from collections.abc import Callable, Collection
from typing import Literal

import httpx

from pipeline.errors import FetchError
from pipeline.exchange import (
    REDIRECTING,
    USER_AGENT,
    Limits,
    answer_to,
    check_address,
    limits_of,
    target_of,
    without_login,
)
from pipeline.records.targets import Ask, Hop
from pipeline.transport import Resolve, read_body, resolve

DEADLINE_S = 15.0
"""For one tracker with all its hops: the slowest of those that answer take three."""

_SMALL_BYTES = 32_768
"""A page that only sends on has a few hundred; of others so much is read and no more."""


def open_hops(
    *,
    timeout_s: float = DEADLINE_S,
    allow_private: Collection[str] = (),
    resolve: Resolve = resolve,
    ssl_context: ssl.SSLContext | None = None,
) -> Callable[[], Ask]:
    """Make what starts on a tracker: each start gives a way to ask, until its time is over.

    It has no state: no cookies, no login, no proxy from the environment.

    Args:
        timeout_s: From the start on, for all that is asked.
        allow_private: Hosts that may have an address that is not public, and any port.
        resolve: A host's addresses.
        ssl_context: Whose certificates are trusted; those of certifi by default.
    """

    @functools.cache
    def limits() -> Limits:
        return limits_of(
            timeout_s=timeout_s,
            max_bytes=_SMALL_BYTES,
            allow_private=allow_private,
            user_agent=USER_AGENT,
            resolve=resolve,
            ssl_context=ssl_context,
        )

    def start() -> Ask:
        deadline_s = time.monotonic() + timeout_s
        return lambda method, address: _asked(method, address, limits(), deadline_s)

    return start


def _asked(method: Literal["HEAD", "GET"], address: str, limits: Limits, deadline_s: float) -> Hop:
    try:
        url = without_login(httpx.URL(address))
        check_address(url, limits)
        with answer_to(method, url, limits, deadline_s=deadline_s) as answer:
            redirects = answer.status_code in REDIRECTING
            html = answer.headers.get("content-type", "").lower().startswith(("text/html", "application/xhtml"))
            return Hop(
                url=str(url),
                status=answer.status_code,
                target=str(target_of(answer, url)) if redirects else "",
                refresh=answer.headers.get("refresh", ""),
                page=_small_page(answer, limits.max_bytes) if html and method == "GET" and not redirects else "",
                may_send_on=html and _is_small(answer, limits.max_bytes),
            )
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, ValueError) as error:
        raise FetchError("it is no address of a page") from error


def _is_small(answer: httpx.Response, max_bytes: int) -> bool:
    """Whether a body is small by what its head tells; one that tells nothing may be."""
    told = answer.headers.get("content-length", "")
    return not (told.isascii() and told.isdigit()) or int(told[:12]) <= max_bytes


def _small_page(answer: httpx.Response, max_bytes: int) -> str:
    """The body; empty where it is large or damaged: then it is a page, and sends nobody on."""
    encoding = answer.headers.get("content-encoding", "")
    try:
        body = read_body(answer.iter_raw(), encoding=encoding, max_bytes=max_bytes)
    except FetchError:
        return ""
    return body.decode("utf-8", "replace")
