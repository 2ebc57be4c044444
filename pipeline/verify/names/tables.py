"""Names as data (``names.txt``): what Korean prose calls the names of the field, and words that belong to no story."""

from __future__ import annotations

from importlib.resources import files


def _sections() -> dict[str, list[str]]:
    """Read the lines of each ``[section]``, comments and blank lines left out."""
    found: dict[str, list[str]] = {}
    for line in files(__package__).joinpath("names.txt").read_text("utf-8").splitlines():
        text = line.partition("#")[0].strip()
        if text.startswith("["):
            found[text.strip("[]")] = []
        elif text:
            found[next(reversed(found))].append(text)
    return found


def _rows(lines: list[str]) -> dict[str, tuple[str, ...]]:
    """Read ``forms, forms | other forms`` as a table by form."""
    rows = {}
    for line in lines:
        forms, _, latin = line.partition(" |")
        rows.update(dict.fromkeys(forms.split(","), tuple(latin.split())))
    return rows


_SECTIONS = _sections()
_MODELS, _TOOLS = _rows(_SECTIONS["models"]), _rows(_SECTIONS["tools"])

KOREAN_NAMES: dict[str, tuple[str, ...]] = {
    **_rows(_SECTIONS["companies"]), **_MODELS, **_TOOLS, **_rows(_SECTIONS["people"])
}  # fmt: skip
"""A Korean name and the Latin forms of which one must be in the items."""

PLACES: dict[str, tuple[str, ...]] = _rows(_SECTIONS["places"])
"""Places, likewise; a missing one is a warning."""

BY_SYLLABLE: dict[str, list[str]] = {}
"""Korean names and places by their first syllable, the longest first."""
for _name in sorted(KOREAN_NAMES | PLACES, key=len, reverse=True):
    BY_SYLLABLE.setdefault(_name[0], []).append(_name)

KOREAN_FAMILIES: frozenset[str] = frozenset(_MODELS) | frozenset(_TOOLS)
"""Korean names that a version number may follow (라마 3.1)."""

LATIN_FAMILIES: frozenset[str] = frozenset(form for row in (*_MODELS.values(), *_TOOLS.values()) for form in row)
"""Latin names that a version number may follow though they are written without a capital (llama 3)."""

SAME_NAMES: tuple[frozenset[str], ...] = tuple(frozenset(row.split()) for row in _SECTIONS["same"])
"""Latin names for one thing: any of a row may be another."""

VOCABULARY: frozenset[str] = frozenset(word for line in _SECTIONS["vocabulary"] for word in line.split())
"""Latin words of Korean technical prose that claim nothing about a story, allowed though no item has them."""

CLAIMS: dict[str, tuple[str, ...]] = _rows(_SECTIONS["claims"])
"""Of these, abbreviations that claim a technique, a device or a trade, and what must be in the items for them."""

TIERS: frozenset[str] = frozenset(word for line in _SECTIONS["tiers"] for word in line.split())
"""Words that tell members of a family apart: "Gemini 2.5 Pro" is not in an item that has "Gemini 2.5 Flash"."""

KOREAN_TIERS: dict[str, str] = {korean: row[0] for korean, row in _rows(_SECTIONS["korean tiers"]).items()}
