"""How well a label fits a link: the kind of page that it promises, and the names and terms of the link's words."""

from __future__ import annotations

import re

from pipeline.records.issues import Link
from pipeline.verify.checks import letters_and_digits
from pipeline.verify.index import Index
from pipeline.verify.label_tables import PAGES
from pipeline.verify.name_tables import VOCABULARY
from pipeline.verify.terms import english_concepts, korean_concepts

MARGIN = 0.5
"""By how much two labels must fit each other's link better, where one name in the link's own words counts 1."""

_TOKEN = re.compile(r"[A-Za-z0-9]+(?:[._'’-][A-Za-z0-9]+)*")
_WORD = re.compile(r"[A-Za-z]{2,}")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_AROUND = 80  # characters of the item on each side of the link
_ITSELF, _KIND, _NO_KIND, _NAME, _NAME_NEAR, _TERM, _TERM_NEAR = 1.5, 1.5, -1.0, 1.0, 0.3, 0.6, 0.2


def promised(label: str) -> frozenset[str]:
    """Kinds of page that a label names: 저장소, 논문, Reddit."""
    return frozenset(kind for kind, said, _ in PAGES if said.search(label))


def kinds(link: Link) -> frozenset[str]:
    """Kinds of page that a link may lead to, by its address and text; none where neither tells."""
    page = f"{link.url.lower()} {link.text.lower()}"
    return frozenset(kind for kind, _, pages in PAGES if pages.search(page))


def fits_kind(wanted: frozenset[str], own: frozenset[str]) -> bool:
    """Whether a link may be what a label promises; a label that only says "page" promises nothing more."""
    return bool(wanted & own) or wanted == {"site"}


def label_fit(label: str, link: Link, index: Index) -> float:
    """How well ``label`` fits ``link``; larger is better, and only differences mean something."""
    here, there = promised(label), kinds(link)
    total = (_KIND if here & there else 0.0 if fits_kind(here, there) else _NO_KIND) if here and there else 0.0
    total += _ITSELF if letters_and_digits(label) == letters_and_digits(link.text) else 0.0
    own, near = _own_words(link, index), _around(link, index)
    folded, folded_near = letters_and_digits(own), letters_and_digits(near)
    for token in _TOKEN.findall(label):
        name = letters_and_digits(token)
        if len(name) > 1 and name not in VOCABULARY:
            total += _NAME if name in folded else _NAME_NEAR if name in folded_near else 0.0
    told, told_near = _concepts(own), _concepts(near)
    for _, _, concepts in korean_concepts(label):
        total += _TERM if concepts & told else _TERM_NEAR if concepts & told_near else 0.0
    return total


def _concepts(text: str) -> frozenset[int]:
    words = {word.lower() for word in _WORD.findall(_CAMEL.sub(" ", text))}
    return frozenset().union(*(english_concepts(word) for word in words))


def _own_words(link: Link, index: Index) -> str:
    """Its address, and its text here and wherever else the newsletter has the address."""
    return " ".join((link.url, *sorted(index.link_texts.get(link.url, ()))))


def _around(link: Link, index: Index) -> str:
    item = index.items.get(link.item)
    at = item.text.find(link.text) if item and link.text else -1
    return item.text[max(0, at - _AROUND) : at + len(link.text) + _AROUND] if item and at >= 0 else ""
