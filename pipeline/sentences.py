"""Sentences of Korean text with figures, versions and Latin abbreviations in it."""

from __future__ import annotations

import functools
import re

from pipeline.patterns import compiled

_CLOSING = "\"'”’」』》〉)\\]"
_END = compiled(rf"[.!?。！？…][.!?。！？…]{{0,9}}[{_CLOSING}]{{0,4}}(?=\s|$)|(?<=다)\.(?=[가-힣])|\n")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[])(?:e\.g|i\.e|vs|cf|dr|mr|mrs|ms|prof|st|jr|sr|inc|corp|ltd|co|etc|al|fig|eq|sec|ch|vol|no|pp|approx"
    r"|est|dept|[A-Za-z]|(?:[A-Za-z]\.){1,4}[A-Za-z])\.$",
    re.IGNORECASE,
)
_NUMBER_OF_LIST = re.compile(r"^\(?\d{1,3}[.)]{1,2}$")


@functools.lru_cache(maxsize=1024)  # several checks read one text
def sentences(text: str) -> tuple[str, ...]:
    """Split at the ends of sentences, and nowhere inside ``3.5``, ``v0.2.1``, ``e.g.`` or ``J. Kim``. Linear time."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        piece = text[start : end.end()].strip()
        if piece and _goes_on(piece, text[end.end() : end.end() + 2]):
            continue
        start = end.end()
        if piece:
            found.append(piece)
    rest = text[start:].strip()
    return (*found, rest) if rest else tuple(found)


def _goes_on(piece: str, after: str) -> bool:
    """True when the full stop at the end of ``piece`` ends an abbreviation or the number of a list."""
    if not after.strip():
        return False
    return bool(_ABBREVIATION.search(piece[-24:]) or _NUMBER_OF_LIST.match(piece))
