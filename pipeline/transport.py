"""The wire below httpx: public addresses only, a deadline that dripping bytes cannot move, bodies inflated in steps."""

from __future__ import annotations

import socket
import ssl
import time
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

import httpcore
import httpx

from pipeline.addresses import is_public
from pipeline.errors import FetchError

Resolve = Callable[[str, int], Sequence[str]]
"""A host's addresses in numeric form; raises socket.gaierror or UnicodeError."""

_SILENCE_S = 20.0  # one read, write or connect
_STEP_BYTES = 65_536
_GZIP, _ZLIB, _RAW_DEFLATE = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS


def resolve(host: str, port: int) -> Sequence[str]:
    """The system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


class GuardedTransport(httpx.BaseTransport):
    """Connects anew for every request, to public addresses only.

    The check is made on the very address that is connected to, after DNS; TLS and Host keep the name.

    Args:
        deadline_s: On the clock of ``time.monotonic``: whatever happens, it is over then.
        allow_private: Hosts, as they stand in the URL, that may have any address.
        ssl_context: Shared, as making one takes 20 ms.
    """

    def __init__(
        self, *, deadline_s: float, allow_private: Collection[str], resolve: Resolve, ssl_context: ssl.SSLContext
    ) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl_context,
            max_keepalive_connections=0,
            network_backend=_GuardedBackend(deadline_s, allow_private, resolve),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; its body is read while the answer's stream is.

        Raises:
            FetchError: The address is not public.
            Exception: Those of httpcore, for ``pipeline.exchange`` to translate.
        """
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            response.status, headers=response.headers, stream=_Stream(response), extensions=response.extensions
        )

    def close(self) -> None:
        """Close whatever is open."""
        self._pool.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        return self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class _GuardedBackend(httpcore.NetworkBackend):
    def __init__(self, deadline_s: float, allow_private: Collection[str], resolve: Resolve) -> None:
        self._deadline_s = deadline_s
        self._allow_private = allow_private
        self._resolve = resolve
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self._addresses(host, port)
        for address in addresses[:-1]:
            try:
                return self._connect(address, port)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(addresses[-1], port)

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        try:
            addresses = self._resolve(host, port)
        except socket.gaierror as error:
            passing = error.errno == socket.EAI_AGAIN
            raise FetchError(f"the name {host} cannot be resolved", retry=passing) from error
        except UnicodeError as error:
            raise FetchError(f"{host[:60]} is no host's name") from error
        if not addresses:
            raise FetchError(f"the name {host} has no address", retry=True)
        if host not in self._allow_private and not all(map(is_public, addresses)):
            raise FetchError(
                f"{host} is not on the public Internet",
                hint="list the host in allow_private under [web] if it may be fetched from",
            )
        return addresses

    def _connect(self, address: str, port: int) -> httpcore.NetworkStream:
        timeout_s = _remaining_s(self._deadline_s, httpcore.ConnectTimeout)
        return _DeadlineStream(self._backend.connect_tcp(address, port, timeout=timeout_s), self._deadline_s)


class _DeadlineStream(httpcore.NetworkStream):
    """Timeouts of sockets start anew with every byte; a deadline does not."""

    def __init__(self, stream: httpcore.NetworkStream, deadline_s: float) -> None:
        self._stream = stream
        self._deadline_s = deadline_s

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _remaining_s(self._deadline_s, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _remaining_s(self._deadline_s, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        timeout_s = _remaining_s(self._deadline_s, httpcore.ConnectTimeout)
        return _DeadlineStream(self._stream.start_tls(ssl_context, server_hostname, timeout_s), self._deadline_s)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _remaining_s(deadline_s: float, late: type[httpcore.TimeoutException]) -> float:
    remaining_s = deadline_s - time.monotonic()
    if remaining_s <= 0:
        raise late("the deadline is over")
    return min(remaining_s, _SILENCE_S)


def read_body(chunks: Iterable[bytes], *, encoding: str, max_bytes: int) -> bytes:
    """A response's body, inflated in steps so that no more than the limit is ever in memory.

    Args:
        chunks: As they come over the wire.
        encoding: The Content-Encoding; only gzip and deflate are asked for.

    Raises:
        FetchError: It is too large, cut, damaged, or encoded in another way.
    """
    encoding = encoding.strip().lower()
    if encoding not in {"", "identity", "gzip", "x-gzip", "deflate"}:
        raise FetchError(f"the answer is encoded as {encoding[:40]}, which was not asked for")
    pieces = chunks if encoding in {"", "identity"} else _inflated(chunks, gzip=encoding != "deflate")
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > max_bytes:
            raise FetchError(f"the answer is larger than {max_bytes:,} bytes")
    return bytes(body)


def _inflated(chunks: Iterable[bytes], *, gzip: bool) -> Iterator[bytes]:
    inflater = None
    try:
        for chunk in chunks:
            rest = chunk
            while rest:
                if inflater is None or inflater.eof:  # the first, or one more member of a gzip file
                    inflater = zlib.decompressobj(_GZIP if gzip else _deflate_form(rest))
                yield inflater.decompress(rest, _STEP_BYTES)
                rest = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
                if inflater.eof and not (gzip and rest.startswith(b"\x1f")):
                    return  # what follows the end of the last member is padding
        if inflater is not None:
            yield inflater.flush()
    except zlib.error as error:
        raise FetchError("the answer is damaged: it cannot be inflated", retry=True) from error
    if inflater is not None and not inflater.eof:
        raise FetchError("the answer is cut short", retry=True)


def _deflate_form(start: bytes) -> int:
    """Servers send as ``deflate`` both what RFC 9110 says (zlib, whose first byte ends in 8) and bare deflate."""
    return _ZLIB if start[0] & 0x0F == 8 else _RAW_DEFLATE
