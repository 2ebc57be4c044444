"""How patterns are compiled that only look whether Hangul stands somewhere."""

from __future__ import annotations

import re

_HANGUL, _LETTER_BEYOND_ASCII = "[가-힣]", r"[^\W\d_A-Za-z]"


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, but ``[가-힣]`` is any letter beyond ASCII: é, π and ² too.

    For what stands around a match or is passed over, where that makes no difference; never for what is then read as
    Hangul. That class takes a millisecond to compile, each time it stands in a pattern.
    """
    return re.compile(pattern.replace(_HANGUL, _LETTER_BEYOND_ASCII), flags)
