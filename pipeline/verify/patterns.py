"""How the patterns of the checks are compiled."""

from __future__ import annotations

import re

_HANGUL, _LETTER_BEYOND_ASCII = "[가-힣]", r"[^\W\d_A-Za-z]"


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, but ``[가-힣]`` is any letter beyond ASCII, which in Korean sentences is nearly the same.

    The range itself takes a millisecond to compile wherever it stands: a tenth of what ``maeil check`` takes.
    """
    return re.compile(pattern.replace(_HANGUL, _LETTER_BEYOND_ASCII), flags)
