"""Whether a Korean or English text says that a figure is not exact: 약, 가량, "about", "nearly"."""

from __future__ import annotations

import re

from pipeline.patterns import compiled

_BEFORE = re.compile(
    r"(?:(?<![A-Za-z])(?i:about|around|approximately|approx\.?|roughly|nearly|almost|circa|close to)"
    r"|(?<![\w%])~|≈|≃|(?<![가-힣])(?:약|대략|거의|어림잡아|근)|넘는|넘게) ?$"
)
_BEHIND = compiled(
    r"[가-힣]{0,2} ?(?:가량|정도|남짓|안팎|쯤|내외|수준|넘|이상|여(?![가-힣]))|여(?= ?[명개건곳])| or so\b|-ish\b"
)


def is_about(text: str, start: int, end: int) -> bool:
    """Tell whether a word for "about" is right beside the figure from ``start`` to ``end`` of a folded text."""
    return bool(_BEFORE.search(text[max(0, start - 16) : start]) or _BEHIND.match(text, end))
