"""The HTTP transport under the SDK: one total deadline and one size limit a call, kept where the bytes are read.

The SDK's own timeout starts anew with every byte, so a server that drips holds a call for as long as it likes. Nothing
is reused between calls: next to the seconds that a model takes, a connection costs nothing, and none goes stale.
"""

from __future__ import annotations

import time
from collections.abc import Iterable

import httpcore2
import httpx2

_CONNECT_S = 10.0
"""A server that is there accepts within seconds; the rest of the deadline is for its answer."""


class TooSlow(httpx2.ReadTimeout):
    """Bytes came, but not all of them in time."""


class TooLarge(httpx2.ReadError):
    """The response is longer than any answer."""


class Guard:
    """What one call may still take."""

    def __init__(self, *, timeout_s: float, max_bytes: int) -> None:
        self._deadline = time.monotonic() + timeout_s
        self._max_bytes = max_bytes
        self._received = 0

    def left_s(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise self.late()
        return left

    def late(self) -> httpx2.ReadTimeout:
        return TooSlow("deadline passed") if self._received else httpx2.ReadTimeout("no answer")

    def count(self, data: bytes) -> bytes:
        self._received += len(data)
        if self._received > self._max_bytes:
            raise TooLarge(f"more than {self._max_bytes} bytes")
        return data


class _Stream(httpcore2.NetworkStream):
    """A connection that asks the guard before every step; the timeouts it is handed are not total, so not used."""

    def __init__(self, inner: httpcore2.NetworkStream, guard: Guard) -> None:
        self._inner = inner
        self._guard = guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._guard.count(self._inner.read(max_bytes, self._guard.left_s()))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._guard.left_s())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: object, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._guard.left_s())  # type: ignore[arg-type]
        return _Stream(inner, self._guard)

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)


class _Backend(httpcore2.NetworkBackend):
    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        patience_s = min(_CONNECT_S, self._guard.left_s())
        return _Stream(self._inner.connect_tcp(host, port, patience_s, local_address, socket_options), self._guard)


class GuardedTransport(httpx2.BaseTransport):
    """One connection a request, read whole within ``timeout_s`` and ``max_bytes``; no proxy, no decompression."""

    def __init__(self, *, timeout_s: float, max_bytes: int) -> None:
        self._timeout_s = timeout_s
        self._max_bytes = max_bytes

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        guard = Guard(timeout_s=self._timeout_s, max_bytes=self._max_bytes)
        try:
            return self._answer(request, guard)
        except httpcore2.ConnectError as error:
            raise httpx2.ConnectError(str(error)) from error
        except httpcore2.ConnectTimeout as error:
            raise httpx2.ConnectTimeout("no connection") from error
        except httpcore2.TimeoutException as error:
            raise guard.late() from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            raise httpx2.ReadError(str(error)) from error

    def _answer(self, request: httpx2.Request, guard: Guard) -> httpx2.Response:
        url = request.url
        asked = httpcore2.Request(
            method=request.method,
            url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.read(),
        )
        with httpcore2.ConnectionPool(network_backend=_Backend(guard)) as pool:
            response = pool.handle_request(asked)
            try:
                body = b"".join(response.iter_stream())
            finally:
                response.close()
        answer = httpx2.Response(response.status, headers=response.headers)
        encoding = answer.headers.pop("content-encoding", "identity")
        if encoding.strip().lower() not in {"", "identity"}:
            raise httpx2.DecodingError("compressed, though identity was asked for")
        return httpx2.Response(response.status, headers=answer.headers, content=body, request=request)
