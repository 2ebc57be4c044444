"""Where the real newsletters lie, for tests that read them; a user's machine has none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("MAEIL_SHARED", Path(__file__).resolve().parents[2] / "shared"))
NEWSLETTERS = SHARED / "newsletters"

needs_shared = pytest.mark.skipif(not NEWSLETTERS.is_dir(), reason="../shared is not on this machine")
