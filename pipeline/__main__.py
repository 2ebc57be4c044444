"""``python -m pipeline`` and the command ``maeil``."""

from __future__ import annotations

import atexit
import gc
import os
import sys


def _open_closed_streams() -> None:
    """Give each standard stream that the caller closed (cron with ``>&-``) the null device, as if sent there."""
    for descriptor, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest descriptor that is free, which is this one
            setattr(sys, name, open(descriptor, mode, encoding="utf-8"))  # noqa: SIM115 - open as long as the process


_open_closed_streams()
gc.set_threshold(200_000, 20, 50)  # hardly anything a command makes is garbage before it ends: a tenth of its time
atexit.register(gc.freeze)  # nor is anything looked for when it ends: another tenth
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for plugins takes as long as a third of --help

from pipeline.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
