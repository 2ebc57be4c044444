"""How many things a Korean text lists right before a count: "8B, 4B, 1.7B 세 크기"."""

from __future__ import annotations

import re

_ONE = r"[A-Za-z0-9][\w.+-]{0,30}(?: [A-Za-z0-9][\w.+-]{0,30}){0,2}"
_LISTED = re.compile(rf"(?:^|(?<=[가-힣.,] ))(?P<list>{_ONE}(?:(?:, ?|와 |과 |, 그리고 | 및 ){_ONE}){{1,7}}) $")
_BETWEEN = re.compile(r", 그리고 |, ?|와 |과 | 및 ")
_REACH = 160


def listed_before(text: str, start: int) -> int:
    """The number of Latin names or figures in a list that ends right before ``start``; 0 when there is none."""
    match = _LISTED.search(text[max(0, start - _REACH) : start])
    return len(_BETWEEN.split(match["list"])) if match else 0
