"""Counts the file operations of this process below a folder, and strikes at one: kills the process, or fails it."""

from __future__ import annotations

import builtins
import io
import os
import signal
from collections.abc import Callable
from typing import Any, NamedTuple


class Operation(NamedTuple):
    """One file operation: its number, its name, and the path below the folder that it is about."""

    number: int
    name: str
    path: str


Strike = Callable[[Operation], None]
"""Called before each operation, and once more in the middle of each write; may raise, or end the process."""

_BY_PATH = {"mkdir": "mkdir", "unlink": "unlink", "remove": "unlink", "replace": "replace", "rename": "replace"}
_BY_PATH |= {"stat": "stat", "lstat": "stat", "scandir": "list", "listdir": "list", "rmdir": "unlink"}
_BY_HANDLE = {"fsync": "fsync", "fchmod": "fchmod", "fstat": "stat", "close": "close", "ftruncate": "truncate"}


def watch(folder: str, strike: Strike) -> None:
    """From now on, in this process. The functions of ``os`` and the files that Python opens are put before ours."""
    _Watch(os.path.realpath(folder), strike).start()


def kill(_: Operation) -> None:
    """End this process as kill -9 does."""
    os.kill(os.getpid(), signal.SIGKILL)


class _Watch:
    def __init__(self, folder: str, strike: Strike) -> None:
        self._folder = folder
        self._strike = strike
        self._count = 0
        self._open: dict[int, str] = {}

    def met(self, name: str, path: str) -> None:
        self._count += 1
        self._strike(Operation(self._count - 1, name, os.path.relpath(path, self._folder)))

    def path_of(self, given: Any) -> str | None:
        """The path below the folder; None for what lies elsewhere."""
        if isinstance(given, int):
            return self._open.get(given)
        try:
            path = os.path.abspath(os.fsdecode(given))
        except TypeError:
            return None
        return path if path.startswith(self._folder + os.sep) else None

    def start(self) -> None:
        for name, kind in _BY_PATH.items():
            setattr(os, name, self._by_path(getattr(os, name), kind))
        for name, kind in _BY_HANDLE.items():
            setattr(os, name, self._by_handle(getattr(os, name), kind))
        self._watch_open()

    def _by_path(self, real: Callable[..., Any], kind: str) -> Callable[..., Any]:
        def struck(*given: Any, **named: Any) -> Any:
            path = self.path_of(given[0]) if given else None
            if path is not None:
                self.met(kind, path)
            return real(*given, **named)

        return struck

    def _by_handle(self, real: Callable[..., Any], kind: str) -> Callable[..., Any]:
        def struck(handle: Any, *given: Any) -> Any:
            path = self._open.get(handle) if isinstance(handle, int) else None
            if path is not None:
                if kind == "close":
                    del self._open[handle]
                self.met(kind, path)
            return real(handle, *given)

        return struck

    def _watch_open(self) -> None:
        watch, real_open, real_fdopen, real_io = self, os.open, os.fdopen, io.open

        def opened(path: Any, flags: int, *given: Any, **named: Any) -> int:
            below = watch.path_of(path)
            if below is not None:
                watch.met("create" if flags & os.O_CREAT else "open", below)
            handle = real_open(path, flags, *given, **named)
            if below is not None:
                watch._open[handle] = below
            return handle

        def of_handle(handle: int, mode: str = "r", *given: Any, **named: Any) -> Any:
            below = watch._open.get(handle)
            if below is None or "b" not in mode:
                return real_fdopen(handle, mode, *given, **named)
            return _buffered(_Watched(watch, below, handle, mode))

        def of_path(file: Any, mode: str = "r", *given: Any, **named: Any) -> Any:
            below = None if isinstance(file, int) else watch.path_of(file)
            if below is None or "b" not in mode:
                return real_io(file, mode, *given, **named)
            watch.met("create" if set(mode) & set("wax") else "open", below)
            return _buffered(_Watched(watch, below, file, mode))

        for name, ours in (("open", opened), ("fdopen", of_handle)):
            setattr(os, name, ours)
        io.open = builtins.open = of_path


class _Watched(io.FileIO):
    """A file whose every read and write is met."""

    def __init__(self, watch: _Watch, path: str, file: Any, mode: str) -> None:
        super().__init__(file, mode.replace("b", ""))
        self._watch = watch
        self._path = path
        watch._open[self.fileno()] = path

    def write(self, data: Any) -> int:
        self._watch.met("write", self._path)
        half = super().write(memoryview(data)[: len(data) // 2])
        self._watch.met("write on", self._path)
        return half + super().write(memoryview(data)[half:])

    def readall(self) -> bytes:
        self._watch.met("read", self._path)
        return super().readall()

    def readinto(self, buffer: Any) -> int | None:
        self._watch.met("read", self._path)
        return super().readinto(buffer)

    def close(self) -> None:
        if not self.closed:
            self._watch._open.pop(self.fileno(), None)
        super().close()


def _buffered(raw: _Watched) -> Any:
    if raw.writable() and not raw.readable():
        return io.BufferedWriter(raw)
    return io.BufferedReader(raw)
