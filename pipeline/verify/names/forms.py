"""Under which forms a name may stand in an item, and whether it does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.verify.figures.english import literal
from pipeline.verify.figures.korean import tail_fits
from pipeline.verify.findings import Kind
from pipeline.verify.names.tables import BY_SYLLABLE, CLAIMS, KOREAN_NAMES, SAME_NAMES, TIERS, VOCABULARY
from pipeline.verify.names.tokens import normalised
from pipeline.verify.source_items import ReadItem

_HANGUL = re.compile(r"[가-힣]+")
_LATIN = re.compile(r"[A-Za-z]+")
_SIZE = re.compile(r"[aAeE]?\d{1,6}(?:\.\d{1,3})?[bBmMkKtT]")
_BETWEEN = r"(?:(?!(?:and|or|vs|than|over|with|to|from|beats|while)\b)[a-z]+[ \-]){0,2}"
_LIST = r"(?:\d[\w.]*(?: ?[,/&~-] ?| and | or |, and ))+"


class Name(NamedTuple):
    """A name of the text: as written, where, and what of it the items do not hold (None: they hold it)."""

    text: str
    start: int
    problem: Kind | None = None
    expected: str = ""


def korean_names(folded: str) -> Iterator[tuple[str, int]]:
    """The names of a folded Korean text that the tables know, the longest at each place, and where they begin."""
    last = 0
    runs = sorted(run.span() for pattern in (_HANGUL, _LATIN) for run in pattern.finditer(folded))
    joined = {start for (_, end), (start, _) in pairwise(runs) if start == end}
    for start in (start for start, _ in runs if start not in joined):
        known = BY_SYLLABLE.get(folded[start], ()) if start >= last else ()
        name = next((name for name in known if folded.startswith(name, start)), "")
        if not name:
            continue
        last = start + len(name)
        rest = _HANGUL.match(folded, last)
        if tail_fits(rest.group() if rest else ""):
            yield name, start


def forms_of(name: str) -> tuple[str, ...]:
    """The normalised forms under which a name may stand in a newsletter."""
    if name in KOREAN_NAMES:
        return KOREAN_NAMES[name]
    form = normalised(name)
    single = form[:-1] if form.endswith("s") and len(form) > 3 else form
    same = {other for row in SAME_NAMES if form in row for other in row}
    return (form, *({single, *same} - {form}))


def holds(items: Sequence[ReadItem], forms: Sequence[str]) -> bool:
    """Whether an item has one of the normalised forms as whole words."""
    return any(form and form in item.joined and item.boundary.holds(form) >= 0 for item in items for form in forms)


def is_vocabulary(name: str) -> bool:
    words = [word for word in re.split(r"[-_/.' ]", name.lower().lstrip("@#")) if word]
    return not name.startswith("@") and (
        name.lower() in VOCABULARY or all(word in VOCABULARY or word.removesuffix("s") in VOCABULARY for word in words)
    )


def is_told_otherwise(name: str, items: Sequence[ReadItem]) -> bool:
    """Whether a word of the field may stand in a text though the items do not have it as it is written.

    Words that claim nothing may. An abbreviation of `CLAIMS` (RLHF) needs what it stands for, spelt out or one of its
    words.
    """
    form = normalised(name)
    claim = form if form in CLAIMS else form.removesuffix("s")
    if claim in CLAIMS:
        return holds(items, (claim, *CLAIMS[claim])) or any(len(claim) > 2 and claim in item.initials for item in items)
    return True


def parts_hold(text: str, items: Sequence[ReadItem]) -> bool:
    """Whether the items hold the parts of a hyphened name: Qwen2.5-72B where they have "Qwen 2.5 (72B)"."""
    parts = [part for part in re.split(r"[-_]", text.lstrip("@#")) if part]
    if len(parts) < 2:
        return False
    family = parts[0]
    for part in parts[1:]:
        if part.replace(".", "").isdigit():
            if not any(is_near(item, [family], part) for item in items):
                return False
        elif _SIZE.fullmatch(part):
            numeral = literal(part.lstrip("aAeE"), 0)
            if not numeral or not any(numeral.values[0] in item.values for item in items):
                return False
        elif (
            part.lower() in TIERS
            or any(letter.isdigit() for letter in part)
            or not (holds(items, forms_of(part)) or is_vocabulary(part))
        ):
            return False
    return holds(items, forms_of(family)) or is_vocabulary(family)


def is_near(item: ReadItem, forms: Sequence[str], number: str) -> bool:
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


def members(family: str, items: Sequence[ReadItem]) -> str:
    """How the items write the members of a family, the first three: "Llama 3, Llama-3-70B"."""
    if not family:
        return ""
    pattern = re.compile(rf"(?<![A-Za-z0-9]){re.escape(family)}[ -]?v?\d[\w.\-]*", re.IGNORECASE)
    found = dict.fromkeys(match.group().rstrip(".-") for item in items for match in pattern.finditer(item.folded))
    return ", ".join(list(found)[:3])
