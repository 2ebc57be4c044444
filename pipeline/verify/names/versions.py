"""Versions and tiers behind a name: Llama 3.1, Gemini 2.5 Pro, 오푸스 4.7."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.patterns import compiled
from pipeline.verify.figures.figure import Figure
from pipeline.verify.figures.korean import tail_fits
from pipeline.verify.findings import Kind
from pipeline.verify.names.forms import Name, forms_of, holds, is_near, is_vocabulary, korean_names, members
from pipeline.verify.names.tables import KOREAN_FAMILIES, KOREAN_NAMES, KOREAN_TIERS, LATIN_FAMILIES, TIERS
from pipeline.verify.names.tokens import Chunk, normalised
from pipeline.verify.source_items import ReadItem

_BEFORE = re.compile(r"([A-Za-z@][A-Za-z0-9_.'\-]{0,30}|[가-힣]{1,20})[ -]?v?$")
_VERSION = compiled(r"[ -]v?(\d+(?:\.\d+)*)(?![\w.]|\s?[가-힣]{0,1}%)")
_TIER = re.compile(r" ?(?P<tier>[A-Za-z]+|[가-힣]+)")


def version_of(folded: str, figure: Figure, items: Sequence[ReadItem]) -> Name | None:
    """A number right behind a name: a version of it, or else a bare figure of the items (MMLU 88.7)."""
    before = _BEFORE.search(folded[max(0, figure.start - 32) : figure.start])
    number, family = figure.text.lstrip("vV"), before[1] if before else ""
    written = f"{family} {figure.text}".strip()
    start = figure.start - len(before.group()) if before else figure.start
    forms = forms_of(family) if family else ()
    if before and (family.lower() in TIERS or family in KOREAN_TIERS):  # Gemini Pro 2.5 for "Gemini 2.5 Pro"
        owner = _BEFORE.search(folded[max(0, start - 32) : start])
        forms = (*forms, *(forms_of(owner[1]) if owner else ()))
    spelt = [form + number for form in forms]
    if (family and (holds(items, spelt) or any(is_near(item, forms, number) for item in items))) or (
        not family and holds(items, (number,))
    ):
        return Name(written, start)
    value = figure.readings[0]
    of_family = family in KOREAN_FAMILIES or normalised(family) in LATIN_FAMILIES
    for item in () if of_family else items:
        for source in item.figures:
            if source.kind in {"plain", "date"} and any(
                theirs.value == value.value for theirs in source.readings if theirs.unit in {"", "point", "year"}
            ):
                return Name(written, start)
    if value.unit == "version":
        return (
            Name(written, start)
            if holds(items, (number,))
            else Name(written, start, Kind.NAME_VERSION, members(family, items))
        )
    if family and holds(items, forms):
        return Name(written, start, Kind.NAME_VERSION, members(family, items))
    return Name(written, start, Kind.NAME_VERSION) if is_vocabulary(family) else None


def tiers_of(folded: str, latin: Sequence[Chunk], items: Sequence[ReadItem]) -> Iterator[Name]:
    """Pro, Flash, Opus … behind a name (and its version) must belong to that name in an item."""
    marked = [(chunk.text, chunk.start, chunk.end) for chunk in latin if chunk.is_name]
    marked += [(name, start, start + len(name)) for name, start in korean_names(folded) if name in KOREAN_NAMES]
    for family, start, end in marked:
        version = _VERSION.match(folded, end)
        match = _TIER.match(folded, version.end() if version else end)
        if not match:
            continue
        word = match["tier"]
        korean = next((name for name in KOREAN_TIERS if word.startswith(name) and tail_fits(word[len(name) :])), "")
        tier = KOREAN_TIERS.get(korean, word.lower())
        if tier not in TIERS or normalised(family) in TIERS or family in KOREAN_TIERS:
            continue
        number = version[1] if version else ""
        forms = forms_of(family)
        joined = [form + number + tier for form in forms] + [form + tier + number for form in forms]
        written = folded[start : match.start("tier") + len(korean or word)]
        if holds(items, joined) or not holds(items, forms):
            continue
        loose = any(
            re.search(rf"{re.escape(form)}\W.{{0,16}}\b{tier}\b", item.folded.lower())
            for item in items
            for form in forms
        )
        if not loose or (
            number and holds(items, [form + number for form in forms]) and _other_tier(items, forms, number)
        ):
            yield Name(written, start, Kind.NAME_TIER, members(forms[0], items))


def _other_tier(items: Sequence[ReadItem], forms: Sequence[str], number: str) -> bool:
    """Whether the items name another member of this very version."""
    return holds(items, [form + number + tier for form in forms for tier in TIERS])
