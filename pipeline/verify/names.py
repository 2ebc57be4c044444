"""Check 3: every name of a Korean text, Latin or transliterated, stands in the cited items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz import fuzz, process

from pipeline.records.issues import Item
from pipeline.records.verdicts import Finding
from pipeline.verify.checks import finding
from pipeline.verify.name_forms import (
    Kind,
    Name,
    forms_of,
    holds,
    is_told_otherwise,
    is_vocabulary,
    korean_names,
    members,
    parts_hold,
)
from pipeline.verify.name_tables import KOREAN_NAMES, PLACES, PLAIN_WORDS
from pipeline.verify.name_tokens import Chunk, chunks, fold, normalised
from pipeline.verify.name_versions import tiers_of, version_of
from pipeline.verify.quantities import figures
from pipeline.verify.source_items import ReadItem, SourceFigures
from pipeline.verify.terms import english_concepts

_MESSAGES: dict[Kind, str] = {
    "absent": "name not in the cited items",
    "elsewhere": "name from another item",
    "version": "version not in the cited items",
    "tier": "member of the family not in the cited items",
    "handle": "handle not in the newsletter",
    "word": "word not in the cited items; perhaps a name",
    "place": "place not in the cited items",
}
_MISSPELT = 88  # ratio from which a word is a name of the items with a letter wrong
_LONG = 6
_SHORTEST = 4  # letters of a word that is judged; shorter ones are units and the like
_FAMILY = re.compile(r"[A-Za-z]{2,}")


def names_stand_in_the_items(
    text: str,
    sources: Sequence[Item],
    *,
    where: str,
    others: Sequence[Item] = (),
    read: SourceFigures | None = None,
) -> tuple[Finding, ...]:
    """Findings for every name of ``text`` that ``sources`` do not hold.

    Case, ``@``, ``_``, hyphens, spaces, a plural s and a possessive are not told apart. A Korean name stands for the
    Latin forms of its row in `name_tables`. Words of the field that claim nothing (AI, API, fine-tuning) are allowed.
    A word in lower case that is neither is a warning, and so is a place.

    Args:
        text: Korean, as plain text.
        sources: The items that the text cites.
        where: Goes into each finding.
        others: The rest of the issue, to tell a name of another story from one that is nowhere.
        read: What was read of the issue's items so far; one object for all texts of an issue saves reading again.
    """
    read = read or SourceFigures()
    items = [read.of(item) for item in sources]
    findings = []
    for name in _names(fold(text), items):
        kind = name.problem
        if kind is None:
            continue
        if kind in {"absent", "handle"} and any(holds([read.of(item)], forms_of(name.text)) for item in others):
            kind = "elsewhere"
        if kind == "word":
            kind, expected = _judge_word(name.text, items, [read.of(item) for item in others])
        else:
            expected = name.expected or _closest(name.text, items)
        findings.append(finding(f"names.{kind}", where, name.text, _MESSAGES[kind], expected))
    return tuple(dict.fromkeys(findings))


def matched_names(text: str, sources: Sequence[Item], *, read: SourceFigures | None = None) -> tuple[str, ...]:
    """The names of ``text``, as written, that ``sources`` hold; words of the field left out."""
    read = read or SourceFigures()
    items = [read.of(item) for item in sources]
    names = (name.text for name in _names(fold(text), items) if name.problem is None)
    return tuple(dict.fromkeys(name for name in names if not is_vocabulary(name)))


def _names(folded: str, items: Sequence[ReadItem]) -> Iterator[Name]:
    """Every name of a folded text, judged."""
    korean = list(korean_names(folded))
    spans = [(start, start + len(name)) for name, start in korean]
    for name, start in korean:
        forms = KOREAN_NAMES.get(name) or PLACES[name]
        problem: Kind = "absent" if name in KOREAN_NAMES else "place"
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
        return Name(text, chunk.start, None if is_told_otherwise(text, items) else "absent")
    if text.startswith("@") or (text.islower() and "_" in text):
        return Name(text, chunk.start, "handle")
    has_digit = any(letter.isdigit() for letter in text)
    family = _FAMILY.match(text)
    if has_digit and family and (known := members(family.group(), items)):
        return Name(text, chunk.start, "version", known)
    if has_digit or any(letter.isupper() for letter in text):
        return Name(text, chunk.start, "absent")
    return Name(text, chunk.start, "word")


def _is_plain(word: str) -> bool:
    pieces = word.split("-")
    return all(one in PLAIN_WORDS or one.removesuffix("s") in PLAIN_WORDS or english_concepts(one) for one in pieces)


def _judge_word(word: str, items: Sequence[ReadItem], others: Sequence[ReadItem]) -> tuple[Kind, str]:
    """A word in lower case is a name where another story has it as a handle, or an item a name that it misspells.

    So is one that no item of the issue has and that is no plain word of the field: handles are written so. In 208
    faithful bullets and five posts there was no such word.
    """
    if any(f"@{word}" in item.folded for item in others):
        return "elsewhere", ""
    if len(word) >= _SHORTEST and not _is_plain(word) and not holds(others, forms_of(word)):
        return "absent", _closest(word, items)
    known = sorted({name.lstrip("@") for item in items for name in item.names} - {word})
    close = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=_MISSPELT, processor=str.lower)
    return ("absent", close[0]) if close and len(word) >= _LONG else ("word", _closest(word, items))


def _closest(name: str, items: Sequence[ReadItem]) -> str:
    """The name of the items that is written most like ``name``, where one is."""
    known = {known for item in items for known in item.names}
    match = process.extractOne(name, sorted(known), scorer=fuzz.ratio, score_cutoff=70)
    return match[0] if match else ""
