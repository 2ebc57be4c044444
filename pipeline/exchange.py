"""One request to the web and its answer: guarded, without cookies, and every fault of the wire told in our words."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

import httpcore
import httpx

from pipeline.errors import FetchError
from pipeline.transport import GuardedTransport, Resolve

USER_AGENT = "maeil (reads newsletters once a day)"
REDIRECTING = {301, 302, 303, 307, 308}
_PORTS = {None, 80, 443}


class Limits(NamedTuple):
    """What holds for every request; `pipeline.web.open_web` tells of each field."""

    timeout_s: float
    max_bytes: int
    allow_private: Collection[str]
    resolve: Resolve
    user_agent: str
    ssl_context: ssl.SSLContext


def limits_of(
    *,
    timeout_s: float,
    max_bytes: int,
    allow_private: Collection[str],
    user_agent: str,
    resolve: Resolve,
    ssl_context: ssl.SSLContext | None,
) -> Limits:
    """The limits, with the certificates of certifi where no others are given; quietens the libraries below."""
    # httpx logs whole URLs at INFO, and some addresses have the reader's token in them.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("httpcore").setLevel(logging.WARNING)
    context = ssl_context or httpx.create_ssl_context(trust_env=False)
    return Limits(timeout_s, max_bytes, frozenset(allow_private), resolve, user_agent, context)


def check_address(url: httpx.URL, limits: Limits) -> None:
    """Refuse what is no address of the web, before anything is looked up.

    Raises:
        FetchError: Another scheme than http or https, no host, or a port that is not the web's.
    """
    if url.scheme not in {"http", "https"} or not url.host:
        raise FetchError("this is not an http or https address")
    if url.port not in _PORTS and url.host not in limits.allow_private:
        raise FetchError(f"port {url.port} is not one of the web's")


@contextmanager
def answer_to(
    method: str,
    url: httpx.URL,
    limits: Limits,
    *,
    deadline_s: float,
    headers: Mapping[str, str] | None = None,
    login: tuple[str, str] | None = None,
) -> Iterator[httpx.Response]:
    """One request over a connection of its own: no cookie is sent or kept, no redirect followed.

    Args:
        deadline_s: As for `GuardedTransport`.
        login: User and password, for this server alone; those in the address are never sent.

    Raises:
        FetchError: There is no answer, or its body, read within, ends before its end.
    """
    transport = GuardedTransport(
        deadline_s=deadline_s,
        allow_private=limits.allow_private,
        resolve=limits.resolve,
        ssl_context=limits.ssl_context,
    )
    sent = {"User-Agent": limits.user_agent, "Accept-Encoding": "gzip, deflate", **(headers or {})}
    try:
        with (
            httpx.Client(transport=transport, trust_env=False, headers=sent) as client,
            client.stream(method, without_login(url), auth=login, follow_redirects=False) as answer,
        ):
            yield answer
    except httpcore.TimeoutException as error:
        raise FetchError("no answer in time", retry=True) from error
    except (
        httpx.RemoteProtocolError
    ) as error:  # httpx's own, not the wire's: it reads Location even if not to follow it
        raise FetchError("it redirects to what is no address") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise _translated(error) from error


def target_of(answer: httpx.Response, url: httpx.URL) -> httpx.URL:
    """Where a redirect leads, without a login.

    Raises:
        FetchError: It does not say.
    """
    location = answer.headers.get("location", "")
    if not location:
        raise FetchError(f"{answer.status_code} without saying where to")
    return without_login(without_login(url).join(location))


def without_login(url: httpx.URL) -> httpx.URL:
    """The address without user and password."""
    return url.copy_with(username=None, password=None)


def _translated(error: Exception) -> FetchError:
    causes: list[BaseException] = [error]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) is not None:
        causes.append(cause)
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return FetchError("its TLS certificate is not valid")
    if isinstance(error, httpcore.RemoteProtocolError):
        return FetchError("the connection ended before the answer did, or it was no HTTP", retry=True)
    return FetchError("the connection failed", retry=True)
