"""A web server on a loopback address of its own that sends bytes and nothing else."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable
from types import TracebackType

from tests.model_faults import Play

ADDRESS = "127.0.0.77"
"""Not 127.0.0.1, so that a connection to us can be told from one that nobody may make."""

Answer = Callable[[str, int], Play]
"""What to send to a request for a path; the number of the connection comes with it.

Whoever wishes to speak TLS names no path, and is answered in clear."""

_HANDSHAKE = b"\x16\x03"  # RFC 8446, 5.1: the first two bytes of a handshake


class Wire:
    """Answers each connection once; ``port`` 0 takes any that is free. ``heads`` are the requests, without bodies."""

    def __init__(self, answer: Answer, *, port: int = 0) -> None:
        self._answer = answer
        self._over = threading.Event()
        self._threads: list[threading.Thread] = []
        self._socket = socket.create_server((ADDRESS, port), backlog=64)
        self.port: int = self._socket.getsockname()[1]
        self.connections = 0
        self.heads: list[bytes] = []
        self._start(self._accept)

    def __enter__(self) -> Wire:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for thread in self._threads:
            thread.join(5)

    def _start(self, target: Callable[..., None], *given: object) -> None:
        thread = threading.Thread(target=target, args=given, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            number, self.connections = self.connections, self.connections + 1
            self._start(self._serve, connection, number)

    def _serve(self, connection: socket.socket, number: int) -> None:
        with connection, contextlib.suppress(OSError):
            connection.settimeout(10)
            head = b""
            while b"\r\n\r\n" not in head and not head.startswith(_HANDSHAKE):
                more = connection.recv(65_536)
                if not more:
                    return
                head += more
            self.heads.append(head)
            path = "" if head.startswith(_HANDSHAKE) else head.split(b" ", 2)[1].decode("latin-1")
            play = self._answer(path, number)
            burst = play.burst or max(1, len(play.data))
            for start in range(0, len(play.data), burst):
                connection.sendall(play.data[start : start + burst])
                if play.pause_s and self._over.wait(play.pause_s):
                    return
            if play.end == "hang":
                self._over.wait(30)
            elif play.end == "rst":
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
