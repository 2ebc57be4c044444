"""Processes forked after everything is imported: a start of Python for each of thousands of runs would take an hour."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from typing import NamedTuple

CRASHED = 70
"""Exit status of a call that ended in an exception: the program itself never uses it."""

_CRASHES = (
    "Traceback (most recent call last)",
    "that nobody foresaw (",
)  # the latter is a traceback held at a boundary


class Ended(NamedTuple):
    """How a process ended.

    Attributes:
        status: Its exit status, or minus the signal that ended it; None when it was stopped at its deadline.
        said: What it wrote to stdout and stderr.
    """

    status: int | None
    said: str
    took_s: float
    cpu_s: float
    max_rss_kib: int

    @property
    def crashed(self) -> bool:
        return self.status in (None, CRASHED) or any(sign in self.said for sign in _CRASHES)


class Process:
    """A call under way in a forked process. Nothing may run in threads when one is started."""

    def __init__(self, call: Callable[[], object], *, timeout_s: float, own_group: bool = False) -> None:
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the process has ended
        self._started = time.monotonic()
        self._timeout_s = timeout_s
        self._own_group = own_group
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if not self.pid:
            self._run(call)
        if own_group:
            with contextlib.suppress(OSError):
                os.setpgid(self.pid, self.pid)

    def _run(self, call: Callable[[], object]) -> None:
        status = CRASHED
        try:
            if self._own_group:
                os.setpgid(0, 0)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            os.dup2(self._output.fileno(), 1)
            os.dup2(self._output.fileno(), 2)
            sys.stdout = os.fdopen(1, "w", encoding="utf-8", errors="backslashreplace", closefd=False)
            sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)
            status = _status(call)
        except BaseException:  # whatever it is, this process is not the one that goes on
            traceback.print_exc()
        finally:
            with contextlib.suppress(OSError, ValueError):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(status)

    def poll(self) -> Ended | None:
        """How it ended; None while it runs. At its deadline it is killed."""
        pid, code, usage = os.wait4(self.pid, os.WNOHANG)
        late = time.monotonic() - self._started > self._timeout_s
        if not pid and not late:
            return None
        if not pid:
            self.kill()
            _, code, usage = os.wait4(self.pid, 0)
        status = None if late and not pid else os.waitstatus_to_exitcode(code)
        self._output.seek(0)
        said = self._output.read().decode("utf-8", "replace")
        self._output.close()
        took_s, cpu_s = time.monotonic() - self._started, usage.ru_utime + usage.ru_stime
        return Ended(status, said, took_s, cpu_s, usage.ru_maxrss)

    def kill(self) -> None:
        """End it, with all that it started when it has a group of its own."""
        with contextlib.suppress(ProcessLookupError):
            (os.killpg if self._own_group else os.kill)(self.pid, signal.SIGKILL)

    def wait(self) -> Ended:
        """How it ended, once it has."""
        pause_s = 0.0005
        while (ended := self.poll()) is None:
            time.sleep(pause_s)
            pause_s = min(pause_s * 1.5, 0.01)
        return ended


def forked(call: Callable[[], object], *, timeout_s: float = 30) -> Ended:
    """Run a call in a process of its own to its end. What it returns is the exit status where it is a number."""
    return Process(call, timeout_s=timeout_s).wait()


def _status(call: Callable[[], object]) -> int:
    try:
        returned = call()
    except SystemExit as end:
        returned = end.code
    return returned if isinstance(returned, int) else 0
