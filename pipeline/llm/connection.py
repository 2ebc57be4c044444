"""The SDK's client, and what its errors mean."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pydantic import SecretStr

from pipeline.errors import ConfigError
from pipeline.llm.outcomes import Adapt, Failure, Outcome
from pipeline.llm.refusals import refusal
from pipeline.llm.request import Request

if TYPE_CHECKING:
    from openai import OpenAI, OpenAIError

_OPENAI = "https://api.openai.com/v1"
_NO_KEY = "none"
"""Sent to a server that wants no key, for the SDK wants one."""


def checked_address(base_url: str | None) -> str:
    """The address to ask. Raises ConfigError when it cannot be one; it is not repeated, for it may hold a password."""
    try:
        parts = urlsplit(base_url or _OPENAI)
        usable = (base_url or _OPENAI).isprintable() and " " not in (base_url or _OPENAI)
        usable = usable and parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable:
        raise ConfigError("not a web address", subject="OPENAI_BASE_URL", hint="for example http://127.0.0.1:11434/v1")
    return base_url or _OPENAI


def checked_key(api_key: SecretStr | str | None) -> str:
    """The key as text. Raises ConfigError when no HTTP header can carry it."""
    key = api_key.get_secret_value() if isinstance(api_key, SecretStr) else api_key or ""
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise ConfigError("not a key: it has blanks or letters that no key has", subject="OPENAI_API_KEY")
    return key or _NO_KEY


def connect(address: str, key: str, *, timeout_s: float, max_bytes: int) -> OpenAI:
    """A client on our own transport: no retries, redirects, proxies or compression."""
    import httpx2
    import openai

    from pipeline.llm.wire import GuardedTransport

    client = httpx2.Client(
        transport=GuardedTransport(timeout_s=timeout_s, max_bytes=max_bytes),
        headers={"Accept-Encoding": "identity"},
        follow_redirects=False,
        trust_env=False,
    )
    return openai.OpenAI(base_url=address, api_key=key, http_client=client, max_retries=0, timeout=timeout_s)


def failure_of(error: OpenAIError, *, request: Request, key: str) -> Failure | Adapt:
    """What an error of the SDK comes to; the words of other libraries stay in it."""
    import httpx2
    import openai

    from pipeline.llm.wire import TooLarge, TooSlow

    if isinstance(error, openai.APIStatusError):
        return refusal(error.status_code, error.response.headers, error.response.content, request=request, key=key)
    cause = error.__cause__
    if any(isinstance(link, ssl.SSLCertVerificationError) for link in _causes(error)):
        hint = "the server must show a certificate that this machine trusts"
        return Failure(Outcome.FATAL, "the server's certificate is not valid", subject="OPENAI_BASE_URL", hint=hint)
    slow = "a slow model needs a larger model.timeout_s"
    down = "see that it runs and that OPENAI_BASE_URL is right"
    meanings: tuple[tuple[tuple[type[Exception], ...], Failure], ...] = (
        (
            (httpx2.ConnectError, httpx2.ConnectTimeout),
            Failure(Outcome.RETRY, "no connection to the model's server", hint=down, unreachable=True),
        ),
        ((TooSlow,), Failure(Outcome.RETRY, "the answer came too slowly", hint=slow, attempts=2, lost=True)),
        ((httpx2.TimeoutException,), Failure(Outcome.RETRY, "no answer in time", hint=slow, lost=True)),
        ((TooLarge,), Failure(Outcome.RETRY, "the answer is too large", lost=True)),
        (
            (httpx2.DecodingError,),
            Failure(Outcome.RETRY, "the answer is compressed, though that was declined", lost=True),
        ),
    )
    broken = Failure(Outcome.RETRY, "the connection broke before the answer was whole", lost=True)
    return next((failure for kinds, failure in meanings if isinstance(cause, kinds)), broken)


def _causes(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__ or link.__context__
