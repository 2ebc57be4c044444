"""Korean words of AI news and their English stems, for comparing a Korean bullet with an English item.

One concept a line: Korean stems, ``=``, English stems. A stem stands for every word that begins with it and goes on for
at most six letters; ``$`` ends a word that must stand alone. Words of two are written joined: ``opensource`` is ``open
source`` and ``open-source`` too. Korean stems are found anywhere in a word, longest first. Written for this program.
"""

from __future__ import annotations

import functools
import re

from pipeline.verify import terms_of_amounts, terms_of_business, terms_of_making, terms_of_prose, terms_of_use

_MODULES = (terms_of_making, terms_of_business, terms_of_use, terms_of_amounts, terms_of_prose)
TERMS = "\n".join(rows.ROWS.strip() for rows in _MODULES)
"""All rows; add one to the module that it fits."""


@functools.cache
def _tables() -> tuple[dict[str, frozenset[int]], dict[str, frozenset[int]]]:
    """Concepts by Korean stem and by English stem; a stem may belong to several."""
    korean: dict[str, set[int]] = {}
    english: dict[str, set[int]] = {}
    for concept, line in enumerate(TERMS.splitlines()):
        left, right = line.split(" = ")
        for stem in left.split():
            korean.setdefault(stem, set()).add(concept)
        for stem in right.split():
            english.setdefault(stem, set()).add(concept)
    return {k: frozenset(v) for k, v in korean.items()}, {k: frozenset(v) for k, v in english.items()}


_LONGEST_KOREAN = 6
_LONGEST_ENDING = 6
_HANGUL = re.compile(r"[가-힣]+")


@functools.lru_cache(maxsize=65_536)
def english_concepts(word: str) -> frozenset[int]:
    """Concepts of a lower-case English word, by its longest stem in the table."""
    table = _tables()[1]
    exact = table.get(word + "$")
    if exact is not None:
        return exact
    for length in range(len(word), max(2, len(word) - _LONGEST_ENDING - 1), -1):
        found = table.get(word[:length])
        if found is not None:
            return found
    return frozenset()


@functools.lru_cache(maxsize=4096)
def korean_concepts(text: str) -> tuple[tuple[int, str, frozenset[int]], ...]:
    """Position, stem and concepts of each term in Korean text, longest first, none inside another."""
    table = _tables()[0]
    found: list[tuple[int, str, frozenset[int]]] = []
    for run in _HANGUL.finditer(text):
        word, at = run[0], 0
        while at < len(word):
            for length in range(min(_LONGEST_KOREAN, len(word) - at), 0, -1):
                stem = word[at : at + length]
                if stem in table and (length > 1 or at == 0):
                    found.append((run.start() + at, stem, table[stem]))
                    at += length
                    break
            else:
                at += 1
    return tuple(found)
