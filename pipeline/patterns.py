"""How patterns are compiled: of a hundred for each language, classes of Unicode letters would cost the most.

A pattern is compiled once. What few texts ask for is kept as it is written and compiled where it is first used, and
what is but a list of words is none.
"""

from __future__ import annotations

import functools
import re

_WIDER = {
    "[가-힣]": r"[^\W\d_A-Za-z]",
    "[가-힣A-Za-z]": r"[^\W\d_]",
    "[가-힣A-Za-z0-9]": r"[^\W_]",
}


@functools.cache
def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, but where Hangul may stand any letter beyond ASCII may: é, π and ² too.

    For what is passed over, and for what stands around a match where no letter of another script may: 中딥시크 and ①월
    are written so. Never for what is then read as Hangul. Each class with that range takes a millisecond to compile.
    """
    for hangul, wider in _WIDER.items():
        pattern = pattern.replace(hangul, wider)
    return re.compile(pattern, flags)


@functools.cache
def english(pattern: str) -> re.Pattern[str]:
    """As `re.compile`, for words of the newsletter's English, of ASCII letters in any case.

    Only the boundaries are those of all letters: there is no "no" in Noël.
    """
    return re.compile(pattern.replace(r"\b", r"(?u:\b)"), re.IGNORECASE | re.ASCII)


@functools.cache
def as_written(pattern: str) -> re.Pattern[str]:
    """As `re.compile`, for what is compiled where a text first asks for it."""
    return re.compile(pattern)


def has_one(words: str, text: str) -> bool:
    """Whether one of ``words``, separated by ``|``, stands in a text, inside a longer word too."""
    return any(map(text.__contains__, _split(words)))


@functools.cache
def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split("|"))
