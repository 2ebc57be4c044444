"""Findings for names: every name of a Korean text, Latin or transliterated, is in the cited items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz import fuzz, process

from pipeline.records.issues import Item
from pipeline.records.verdicts import Finding
from pipeline.verify.figures.parse import figures
from pipeline.verify.findings import Kind, finding
from pipeline.verify.names.forms import (
    Name,
    forms_of,
    holds,
    is_told_otherwise,
    is_vocabulary,
    korean_names,
    members,
    parts_hold,
)
from pipeline.verify.names.tables import KOREAN_NAMES, PLACES
from pipeline.verify.names.tokens import Chunk, chunks, fold, normalised
from pipeline.verify.names.versions import tiers_of, version_of
from pipeline.verify.source_items import ReadItem, SourceFigures

_MISSPELT = 88  # ratio from which a word is a name of the items with a letter wrong
_LONG = 6
_FAMILY = re.compile(r"[A-Za-z]{2,}")


def check_names(
    text: str,
    sources: Sequence[Item],
    *,
    where: str,
    beside: Sequence[Item] = (),
    sites: str = "",
    others: Sequence[Item] = (),
    read: SourceFigures | None = None,
) -> tuple[Finding, ...]:
    """Find every name of ``text`` that neither ``sources`` nor what is beside them hold.

    Case, ``@``, ``_``, hyphens, spaces, a plural s and a possessive are not told apart. A Korean name stands for the
    Latin forms of its row in `names.tables`. Words of the field that claim nothing (AI, API, fine-tuning) are allowed.
    A word in lower case that is neither is a warning, and so is a place.

    Args:
        text: Korean, as plain text.
        sources: The items that the text cites, under their headings.
        where: Goes into each finding.
        beside: Their neighbours, which may have the name that a pronoun stands for.
        sites: Addresses of the items' links: who speaks may stand there alone.
        others: The rest of the issue, to tell a name of another story from one that is nowhere.
        read: What was read of the issue's items so far; one object for all texts of an issue saves reading again.
    """
    read = read or SourceFigures()
    items = [read.of(item) for item in sources]
    near = [*(read.of(item) for item in beside), *([ReadItem("", fold(sites), "")] if sites else [])]
    held = {name.start for name in _names(fold(text), near) if name.problem is None} if near else set()
    findings = []
    for name in _names(fold(text), items):
        kind, expected = name.problem, name.expected
        # A number that a neighbour has need not be the version of the name before it there.
        of_family = kind in {Kind.NAME_VERSION, Kind.NAME_TIER}
        if kind is None or (holds(near, forms_of(name.text)) if of_family else name.start in held):
            continue
        if kind in {Kind.NAME_ABSENT, Kind.NAME_HANDLE}:
            elsewhere = any(holds([read.of(item)], forms_of(name.text)) for item in others)
            kind = Kind.NAME_ELSEWHERE if elsewhere else kind
        if kind is Kind.NAME_WORD:
            kind, expected = _judge_word(name.text, items, [read.of(item) for item in others])
        expected = expected or _closest(name.text, items)
        findings.append(finding(kind, where, name.text, expected=expected))
    return tuple(dict.fromkeys(findings))


def matched_names(text: str, sources: Sequence[Item], *, read: SourceFigures | None = None) -> tuple[str, ...]:
    """Return the names of ``text``, as written, that ``sources`` hold; words of the field left out."""
    read = read or SourceFigures()
    items = [read.of(item) for item in sources]
    names = (name.text for name in _names(fold(text), items) if name.problem is None)
    return tuple(dict.fromkeys(name for name in names if not is_vocabulary(name)))


def words_held(text: str, sources: Sequence[Item], *, read: SourceFigures) -> dict[str, bool]:
    """Return the Latin words and known Korean names of ``text``, and whether ``sources`` hold each."""
    items, folded = [read.of(item) for item in sources], fold(text)
    korean = (name for name, _ in korean_names(folded) if name in KOREAN_NAMES)
    words = (*(chunk.text for chunk in chunks(folded)), *korean)
    return {word: holds(items, forms_of(word)) for word in words}


def _names(folded: str, items: Sequence[ReadItem]) -> Iterator[Name]:
    """Every name of a folded text, judged."""
    korean = list(korean_names(folded))
    spans = [(start, start + len(name)) for name, start in korean]
    for name, start in korean:
        forms = KOREAN_NAMES.get(name) or PLACES[name]
        problem = Kind.NAME_ABSENT if name in KOREAN_NAMES else Kind.NAME_PLACE
        yield Name(name, start, None if holds(items, forms) else problem)
    latin = [chunk for chunk in chunks(folded) if not any(start <= chunk.start < end for start, end in spans)]
    spelt_apart = _spelt_apart(folded, latin, items)
    for chunk in latin:
        if chunk.is_name:
            yield Name(chunk.text, chunk.start) if chunk.start in spelt_apart else _judge(chunk, items)
    for figure in figures(folded):
        if figure.kind == "version" and (versioned := version_of(folded, figure, items)):
            yield versioned
    yield from tiers_of(folded, latin, items)


def _spelt_apart(folded: str, latin: Sequence[Chunk], items: Sequence[ReadItem]) -> set[int]:
    """Starts of words that are one name together: Dr. Jim Fan where the items have @DrJimFan."""
    held: set[int] = set()
    for count in (2, 3):
        for first in range(len(latin) - count + 1):
            run = latin[first : first + count]
            gaps = {folded[left.end : right.start] for left, right in pairwise(run)}
            if gaps <= {" ", ". ", "-"} and holds(items, ("".join(normalised(chunk.text) for chunk in run),)):
                held |= {chunk.start for chunk in run}
    return held


def _judge(chunk: Chunk, items: Sequence[ReadItem]) -> Name:
    text = chunk.text
    if holds(items, forms_of(text)) or parts_hold(text, items):
        return Name(text, chunk.start)
    if is_vocabulary(text):
        return Name(text, chunk.start, None if is_told_otherwise(text, items) else Kind.NAME_ABSENT)
    if text.startswith("@") or (text.islower() and "_" in text):
        return Name(text, chunk.start, Kind.NAME_HANDLE)
    has_digit = any(letter.isdigit() for letter in text)
    family = _FAMILY.match(text)
    if has_digit and family and (known := members(family.group(), items)):
        return Name(text, chunk.start, Kind.NAME_VERSION, known)
    if has_digit or any(letter.isupper() for letter in text):
        return Name(text, chunk.start, Kind.NAME_ABSENT)
    return Name(text, chunk.start, Kind.NAME_WORD)


def _judge_word(word: str, items: Sequence[ReadItem], others: Sequence[ReadItem]) -> tuple[Kind, str]:
    """Judge a word in lower case: a name where another story has it as a handle, or an item a name it misspells."""
    if any(f"@{word}" in item.folded for item in others):
        return Kind.NAME_ELSEWHERE, ""
    known = sorted({name.lstrip("@") for item in items for name in item.names} - {word})
    close = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=_MISSPELT, processor=str.lower)
    return (Kind.NAME_ABSENT, close[0]) if close and len(word) >= _LONG else (Kind.NAME_WORD, "")


def _closest(name: str, items: Sequence[ReadItem]) -> str:
    """The name of the items that is written most like ``name``, where one is."""
    known = {known for item in items for known in item.names}
    match = process.extractOne(name, sorted(known), scorer=fuzz.ratio, score_cutoff=70)
    return match[0] if match else ""
