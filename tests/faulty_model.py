"""A model's server on loopback that plays every fault of ``model_faults``, byte by byte, over raw sockets."""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any

from tests.model_faults import GOOD, ROWS, Asked, Play, play_good


class FaultyModel:
    """A server that plays one row to every request, or to ``times`` of them after ``skip``, and is well else.

    Args:
        answer: Makes the text of a good answer from a request's body.
        latency_s: How long a request is held before it is answered.
        port: 0 for any that is free.
        start: Whether to listen at once.

    Attributes:
        asked: The requests that came, in order.
        connections: How many there were; each carries one request at most.
        at_once: The most requests that were in flight at the same time.
    """

    def __init__(
        self,
        row: str = "good",
        *,
        times: int | None = None,
        skip: int = 0,
        answer: Callable[[dict[str, Any]], str] = lambda body: GOOD,
        latency_s: float = 0.0,
        port: int = 0,
        start: bool = True,
    ) -> None:
        self._row = ROWS[row]
        self._fault_span = range(skip, 10**9 if times is None else skip + times)
        self._answer = answer
        self._latency_s = latency_s
        self.asked: list[Asked] = []
        self.connections = 0
        self.at_once = 0
        self._in_flight = 0
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._threads: list[threading.Thread] = []
        self._port = port
        self._socket: socket.socket | None = None
        if start:
            self.start()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._port}/v1"

    def start(self) -> None:
        """Listens from now on; before, connections are refused."""
        self._socket = socket.create_server(("127.0.0.1", self._port), backlog=64)
        self._port = self._socket.getsockname()[1]
        self._run(self._accept, self._socket)

    def __enter__(self) -> FaultyModel:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
            self._socket.close()
        for thread in self._threads:
            thread.join(5)

    def _run(self, target: Callable[..., None], *arguments: Any) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self, listener: socket.socket) -> None:
        while not self._over.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with self._lock:
                number, self.connections = self.connections, self.connections + 1
            self._run(self._serve, connection, number)

    def _serve(self, connection: socket.socket, number: int) -> None:
        row = self._row if number in self._fault_span else play_good
        with connection, contextlib.suppress(OSError):
            connection.settimeout(10)
            blind = row(Asked("", "", {}), GOOD) if row is ROWS["accept_rst"] else None
            if blind is not None:
                connection.recv(1)  # an earlier reset may reach the client before its connect has returned
                self._end(connection, blind)
                return
            asked = _read(connection)
            if asked is None:
                return
            with self._flight(asked):
                time.sleep(self._latency_s)
                self._play(connection, row(asked, self._answer(asked.body)))

    @contextlib.contextmanager
    def _flight(self, asked: Asked) -> Iterator[None]:
        with self._lock:
            self.asked.append(asked)
            self._in_flight += 1
            self.at_once = max(self.at_once, self._in_flight)
        try:
            yield
        finally:
            with self._lock:
                self._in_flight -= 1

    def _play(self, connection: socket.socket, play: Play) -> None:
        burst = play.burst or max(1, len(play.data))
        for start in range(0, len(play.data), burst):
            connection.sendall(play.data[start : start + burst])
            if play.pause_s and self._over.wait(play.pause_s):
                return
        self._end(connection, play)

    def _end(self, connection: socket.socket, play: Play) -> None:
        if play.end == "hang":
            self._over.wait(30)
        elif play.end == "rst":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _read(connection: socket.socket) -> Asked | None:
    """The whole request; None when the connection closed before its end."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65_536)
        if not more:
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    while len(body) < int(headers.get("content-length", 0)):
        more = connection.recv(65_536)
        if not more:
            return None
        body += more
    method, path, _ = first.split(" ")
    return Asked(method, path, headers, json.loads(body) if body else {})
