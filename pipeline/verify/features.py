"""What a Korean text and an English item share across languages.

Latin words, figures, names in transliteration, and the terms of `pipeline.verify.terms`.
"""

from __future__ import annotations

import functools
import re
from itertools import pairwise

from pipeline.verify.korean_numbers import compound
from pipeline.verify.name_tables import KOREAN_NAMES
from pipeline.verify.terms import english_concepts, korean_concepts

Feature = str | int
"""A Latin word or figure as it stands, or the number of a concept of `terms`."""

_WORD = re.compile(r"([A-Za-z]+|\d+(?:[.,]\d+)*)(?:(?<=[A-Za-z])['’][a-z]{1,2})?")  # without 's and n't
_SCALED = re.compile(
    r"(?<![\d.,])\d[\d,.]{0,12}[십백천만억조](?: ?\d[\d,.]{0,12}[십백천만억조]?)?"
)  # 4조 4천억, 5만 2,635
_HANGUL = re.compile(r"[가-힣]+")
_STOPWORDS = """
a an the and or of to in on for with by at from as is are was were be been it its this that these those he she they we
you i not no but if then than so such can could will would may might should has have had do does did their our his her
your my there here when while which who whom whose what how all also into over about more most other some any just only
very up out via per vs us s t re ve ll d m x
"""
_STOP = frozenset(_STOPWORDS.split())


@functools.lru_cache(maxsize=4096)
def english_features(text: str) -> frozenset[Feature]:
    """Features of an item: its words, its figures, the concepts of words and of pairs of words."""
    words = _WORD.findall(text.lower())
    found: set[Feature] = set()
    for word in words:
        if word[0].isdigit():
            found.add(_figure(word))
        elif word not in _STOP:
            found.add(word)
            found |= english_concepts(word)
    for one, other in pairwise(words):
        found.add(one + other)  # Open AI, OpenAI
        found |= english_concepts(one + other)
    return frozenset(found)


@functools.lru_cache(maxsize=4096)
def korean_features(text: str) -> tuple[frozenset[Feature], ...]:
    """Features of a Korean text; each is a set of alternatives, of which an item needs one."""
    found: dict[frozenset[Feature], None] = {}
    for match in _SCALED.finditer(text):
        if numeral := compound(text, match.start()):
            found[_as_written(numeral.values[0])] = None
    for word in _WORD.findall(_SCALED.sub(" ", text)):
        folded = word.lower()
        if folded[0].isdigit():
            found[frozenset({_figure(folded)})] = None
        elif folded not in _STOP:
            found[frozenset({folded, *english_concepts(folded)})] = None
    rest = text
    for run in _HANGUL.findall(text):
        name = next((run[:length] for length in range(min(10, len(run)), 1, -1) if run[:length] in KOREAN_NAMES), "")
        if name:
            found[frozenset(KOREAN_NAMES[name])] = None
            rest = rest.replace(name, " ")
    for _, _, concepts in korean_concepts(rest):
        found[frozenset(concepts)] = None
    return tuple(found)


def _as_written(value: float) -> frozenset[Feature]:
    """How English writes a number that Korean writes with 만 and 억: 25000, 25 (K), 1.25 (B)."""
    return frozenset(f"{value / scale:.13g}" for scale in (1, 1e3, 1e6, 1e9, 1e12) if value >= scale)


def _figure(word: str) -> str:
    return word.replace(",", "").rstrip(".")
