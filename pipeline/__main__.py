"""``python -m pipeline`` and the command ``maeil``."""

from __future__ import annotations

import atexit
import gc
import os

gc.set_threshold(200_000, 20, 50)  # hardly anything a command makes is garbage before it ends: a tenth of its time
atexit.register(gc.freeze)  # nor is anything looked for when it ends: another tenth
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for plugins takes as long as a third of --help

from pipeline.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
