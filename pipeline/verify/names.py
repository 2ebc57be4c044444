"""Check 3: every name of a Korean text, Latin or transliterated, stands in the cited items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from rapidfuzz import fuzz, process

from pipeline.records import Finding, Item
from pipeline.verify.checks import finding
from pipeline.verify.english_numbers import literal
from pipeline.verify.figure import Figure
from pipeline.verify.korean_numbers import tail_fits
from pipeline.verify.name_tables import (
    KOREAN_FAMILIES,
    KOREAN_NAMES,
    KOREAN_TIERS,
    LATIN_FAMILIES,
    PLACES,
    SAME_NAMES,
    TIERS,
    VOCABULARY,
)
from pipeline.verify.name_tokens import Chunk, chunks, fold, normalised
from pipeline.verify.quantities import figures
from pipeline.verify.source_items import ReadItem, SourceFigures

Kind = Literal["absent", "elsewhere", "version", "tier", "handle", "word", "place"]
_MESSAGES: dict[Kind, str] = {
    "absent": "name not in the cited items",
    "elsewhere": "name from another item",
    "version": "version not in the cited items",
    "tier": "member of the family not in the cited items",
    "handle": "handle not in the newsletter",
    "word": "word not in the cited items; perhaps a name",
    "place": "place not in the cited items",
}
_KOREAN = re.compile(
    "(?<![가-힣A-Za-z])(?:" + "|".join(sorted(map(re.escape, KOREAN_NAMES | PLACES), key=len, reverse=True)) + ")"
)
_HANGUL = re.compile(r"[가-힣]*")
_SIZE = re.compile(r"[aAeE]?\d{1,6}(?:\.\d{1,3})?[bBmMkKtT]")
_BEFORE = re.compile(r"([A-Za-z@][A-Za-z0-9_.'\-]{0,30}|[가-힣]{1,20})[ -]?v?$")
_TIER = re.compile(r" ?(?P<tier>[A-Za-z]+|[가-힣]+)")
_FAMILY = re.compile(r"[A-Za-z]{2,}")
_BETWEEN = r"(?:(?!(?:and|or|vs|than|over|with|to|from|beats|while)\b)[a-z]+[ \-]){0,2}"
_LIST = r"(?:\d[\w.]*(?: ?[,/&~-] ?| and | or |, and ))+"


class Name(NamedTuple):
    """A name of the text: as written, where, and what of it the items do not hold (None: they hold it)."""

    text: str
    start: int
    problem: Kind | None = None
    expected: str = ""


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
        if kind in {"absent", "handle"} and any(_holds([read.of(item)], _forms(name.text)) for item in others):
            kind = "elsewhere"
        expected = name.expected or _closest(name.text, items)
        findings.append(finding(f"names.{kind}", where, name.text, _MESSAGES[kind], expected))
    return tuple(dict.fromkeys(findings))


def matched_names(text: str, sources: Sequence[Item], *, read: SourceFigures | None = None) -> tuple[str, ...]:
    """The names of ``text``, as written, that ``sources`` hold; words of the field left out."""
    read = read or SourceFigures()
    items = [read.of(item) for item in sources]
    names = (name.text for name in _names(fold(text), items) if name.problem is None)
    return tuple(dict.fromkeys(name for name in names if not _is_vocabulary(name)))


def _names(folded: str, items: Sequence[ReadItem]) -> Iterator[Name]:
    """Every name of a folded text, judged."""
    korean = list(_korean(folded))
    spans = [(start, start + len(name)) for name, start in korean]
    for name, start in korean:
        forms = KOREAN_NAMES.get(name) or PLACES[name]
        problem: Kind = "absent" if name in KOREAN_NAMES else "place"
        yield Name(name, start, None if _holds(items, forms) else problem)
    latin = [chunk for chunk in chunks(folded) if not any(start <= chunk.start < end for start, end in spans)]
    spelt_apart = _spelt_apart(folded, latin, items)
    for chunk in latin:
        if chunk.is_name:
            yield Name(chunk.text, chunk.start) if chunk.start in spelt_apart else _judge(chunk, items)
    for figure in figures(folded):
        if figure.kind == "version" and (versioned := _version(folded, figure, items)):
            yield versioned
    yield from _tiers(folded, latin, items)


def _spelt_apart(folded: str, latin: Sequence[Chunk], items: Sequence[ReadItem]) -> set[int]:
    """Starts of words that are one name together: Dr. Jim Fan where the items have @DrJimFan."""
    held: set[int] = set()
    for count in (2, 3):
        for first in range(len(latin) - count + 1):
            run = latin[first : first + count]
            gaps = {folded[left.end : right.start] for left, right in pairwise(run)}
            if gaps <= {" ", ". ", "-"} and _holds(items, ("".join(normalised(chunk.text) for chunk in run),)):
                held |= {chunk.start for chunk in run}
    return held


def _korean(folded: str) -> Iterator[tuple[str, int]]:
    for match in _KOREAN.finditer(folded):
        rest = _HANGUL.match(folded, match.end())
        if tail_fits(rest.group() if rest else ""):
            yield match.group(), match.start()


def _forms(name: str) -> tuple[str, ...]:
    """The normalised forms under which a name may stand in a newsletter."""
    if name in KOREAN_NAMES:
        return KOREAN_NAMES[name]
    form = normalised(name)
    single = form[:-1] if form.endswith("s") and len(form) > 3 else form
    same = {other for row in SAME_NAMES if form in row for other in row}
    return (form, *({single, *same} - {form}))


def _holds(items: Sequence[ReadItem], forms: Sequence[str]) -> bool:
    return any(item.boundary.holds(form) >= 0 for item in items for form in forms if form)


def _is_vocabulary(name: str) -> bool:
    words = [word for word in re.split(r"[-_/.' ]", name.lower().lstrip("@#")) if word]
    return not name.startswith("@") and (
        name.lower() in VOCABULARY or all(word in VOCABULARY or word.removesuffix("s") in VOCABULARY for word in words)
    )


def _judge(chunk: Chunk, items: Sequence[ReadItem]) -> Name:
    text = chunk.text
    if _holds(items, _forms(text)) or _is_vocabulary(text) or _parts_hold(text, items):
        return Name(text, chunk.start)
    if text.startswith("@"):
        return Name(text, chunk.start, "handle")
    has_digit = any(letter.isdigit() for letter in text)
    family = _FAMILY.match(text)
    if has_digit and family and (known := _members(family.group(), items)):
        return Name(text, chunk.start, "version", known)
    if has_digit or any(letter.isupper() for letter in text):
        return Name(text, chunk.start, "absent")
    return Name(text, chunk.start, "word")


def _parts_hold(text: str, items: Sequence[ReadItem]) -> bool:
    """Whether the items hold the parts of a hyphened name: Qwen2.5-72B where they have "Qwen 2.5 (72B)"."""
    parts = [part for part in re.split(r"[-_]", text.lstrip("@#")) if part]
    if len(parts) < 2:
        return False
    family = parts[0]
    for part in parts[1:]:
        if part.replace(".", "").isdigit():
            if not any(_near(item, [family], part) for item in items):
                return False
        elif _SIZE.fullmatch(part):
            numeral = literal(part.lstrip("aAeE"), 0)
            if not numeral or not any(numeral.values[0] in item.values for item in items):
                return False
        elif (
            part.lower() in TIERS
            or any(letter.isdigit() for letter in part)
            or not (_holds(items, _forms(part)) or _is_vocabulary(part))
        ):
            return False
    return _holds(items, _forms(family)) or _is_vocabulary(family)


def _near(item: ReadItem, forms: Sequence[str], number: str) -> bool:
    """Whether the item gives a family this version: "Claude Opus 4.7" for Claude 4.7, "Llama 3 and 3.1" for 3.1."""
    lower = item.folded.lower()
    for form in forms:
        pieces = r"[\W_]?".join(map(re.escape, re.findall(r"[a-z]+|\d+(?:\.\d+)*|[^\x00-\x7f]+", form.lower())))
        if not pieces:
            continue
        pattern = rf"(?<![a-z0-9]){pieces}(?:'s)?[\W_]{{0,2}}(?:{_BETWEEN}|{_LIST})v?{re.escape(number)}(?![\w]|\.\d)"
        if re.search(pattern, lower):
            return True
    return False


def _version(folded: str, figure: Figure, items: Sequence[ReadItem]) -> Name | None:
    """A number right behind a name: a version of it, or else a bare figure of the items (MMLU 88.7)."""
    before = _BEFORE.search(folded[max(0, figure.start - 32) : figure.start])
    number, family = figure.text.lstrip("vV"), before[1] if before else ""
    written = f"{family} {figure.text}".strip()
    start = figure.start - len(before.group()) if before else figure.start
    forms = _forms(family) if family else ()
    if before and (family.lower() in TIERS or family in KOREAN_TIERS):  # Gemini Pro 2.5 for "Gemini 2.5 Pro"
        owner = _BEFORE.search(folded[max(0, start - 32) : start])
        forms = (*forms, *(_forms(owner[1]) if owner else ()))
    if (family and any(_near(item, forms, number) for item in items)) or (not family and _holds(items, (number,))):
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
            if _holds(items, (number,))
            else Name(written, start, "version", _members(family, items))
        )
    if family and _holds(items, forms):
        return Name(written, start, "version", _members(family, items))
    return Name(written, start, "version") if _is_vocabulary(family) else None


def _tiers(folded: str, latin: Sequence[Chunk], items: Sequence[ReadItem]) -> Iterator[Name]:
    """Pro, Flash, Opus … behind a name (and its version) must belong to that name in an item."""
    marked = [(chunk.text, chunk.start, chunk.end) for chunk in latin if chunk.is_name]
    marked += [(name, start, start + len(name)) for name, start in _korean(folded) if name in KOREAN_NAMES]
    for family, start, end in marked:
        version = re.compile(r"[ -]v?(\d+(?:\.\d+)*)(?![\w.]|\s?[가-힣]{0,1}%)").match(folded, end)
        match = _TIER.match(folded, version.end() if version else end)
        if not match:
            continue
        word = match["tier"]
        korean = next((name for name in KOREAN_TIERS if word.startswith(name) and tail_fits(word[len(name) :])), "")
        tier = KOREAN_TIERS.get(korean, word.lower())
        if tier not in TIERS or normalised(family) in TIERS or family in KOREAN_TIERS:
            continue
        number = version[1] if version else ""
        forms = _forms(family)
        joined = [form + number + tier for form in forms] + [form + tier + number for form in forms]
        written = folded[start : match.start("tier") + len(korean or word)]
        if _holds(items, joined) or not _holds(items, forms):
            continue
        loose = any(
            re.search(rf"{re.escape(form)}\W.{{0,16}}\b{tier}\b", item.folded.lower())
            for item in items
            for form in forms
        )
        if not loose or (
            number and _holds(items, [form + number for form in forms]) and _other_tier(items, forms, number)
        ):
            yield Name(written, start, "tier", _members(forms[0], items))


def _other_tier(items: Sequence[ReadItem], forms: Sequence[str], number: str) -> bool:
    """Whether the items name another member of this very version."""
    return _holds(items, [form + number + tier for form in forms for tier in TIERS])


def _members(family: str, items: Sequence[ReadItem]) -> str:
    """How the items write the members of a family, the first three: "Llama 3, Llama-3-70B"."""
    if not family:
        return ""
    pattern = re.compile(rf"(?<![A-Za-z0-9]){re.escape(family)}[ -]?v?\d[\w.\-]*", re.IGNORECASE)
    found = dict.fromkeys(match.group().rstrip(".-") for item in items for match in pattern.finditer(item.folded))
    return ", ".join(list(found)[:3])


def _closest(name: str, items: Sequence[ReadItem]) -> str:
    """The name of the items that is written most like ``name``, where one is."""
    known = {known for item in items for known in item.names}
    match = process.extractOne(name, sorted(known), scorer=fuzz.ratio, score_cutoff=70)
    return match[0] if match else ""
