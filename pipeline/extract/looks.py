"""Lines that look like headings: newsletters made of tables rarely have an ``h1``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.extract.blocks import Block
from pipeline.extract.boilerplate import is_tail
from pipeline.extract.items import is_label

_LARGER, _LARGER_IN_BOLD = 1.2, 1.1  # times the size of ordinary text
_MAX_TITLE = 140
_MIN_LETTERS = 3  # "$1.2B" in large print is a figure
_NUMBERED = re.compile(r"(\d{1,2})[.)] +\S")
_DEEPEST = 6
_SMALL = 0.86  # times the size of ordinary text
_SENTENCE = re.compile(r"[.!?:;,\u2026\u3002][\"'\u201d\u2019)]*\Z")


def with_headings(blocks: Sequence[Block]) -> list[Block]:
    """The blocks; those that are set as headings are headings.

    A line is, when its letters are larger than those of the text, or when it is one of a row of numbered lines, each
    in a table cell of its own, with text between them; where there are no such lines, one in bold that is alone in
    its cell.
    """
    ordinary = ordinary_size(blocks)
    if not ordinary:
        return list(blocks)
    candidates = [block for block in blocks if _may_head(block)]
    large = {id(block): round(block.size, 1) for block in candidates if _is_large(block, ordinary)}
    own = {block.level: block.size for block in blocks if block.kind == "heading" and block.size}
    levels = _levels(set(large.values()), own)
    found = {place: levels[size] for place, size in large.items()}
    deeper = min(_DEEPEST, max([*own, *levels.values()], default=1) + 1)
    found |= dict.fromkeys(_numbered(blocks, candidates), deeper)
    if len(found) + len(own) < 2:
        alone = Counter(block.cell for block in blocks if block.kind != "rule")
        found |= {id(b): deeper for b in candidates if b.cell and alone[b.cell] == 1 and is_label(b)}
    return [replace(block, kind="heading", level=found[id(block)]) if id(block) in found else block for block in blocks]


def ordinary_size(blocks: Sequence[Block]) -> float:
    """The size of most of the text, in pixels; 0 where no size is known."""
    sizes: Counter[float] = Counter()
    for block in blocks:
        if block.kind == "text" and block.size:
            sizes[round(block.size, 1)] += len(block.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def is_small(block: Block, ordinary: float) -> bool:
    """Whether a block is small print beside text of the ordinary size."""
    return 0 < block.size < ordinary * _SMALL


def is_linked(block: Block) -> bool:
    """Whether a link stands in a block."""
    return any(mark.kind == "link" for mark in block.marks)


def is_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return _SENTENCE.search(text.rstrip()) is not None


def _may_head(block: Block) -> bool:
    text = block.text.strip()
    short = block.kind == "text" and not block.bullet and not block.quoted and 0 < len(text) <= _MAX_TITLE
    return short and sum(map(str.isalpha, text)) >= _MIN_LETTERS and text[-1] not in ".,;" and not is_tail(text)


def _is_large(block: Block, ordinary: float) -> bool:
    return block.size >= ordinary * (_LARGER_IN_BOLD if is_label(block) else _LARGER)


def _levels(sizes: set[float], own: dict[int, float]) -> dict[float, int]:
    """The level of each size: that of the page's own heading that is nearest, else by rank."""
    if own:
        return {size: min(own, key=lambda level: abs(own[level] - size)) for size in sizes}
    return {size: min(_DEEPEST, rank) for rank, size in enumerate(sorted(sizes, reverse=True), 1)}


def _numbered(blocks: Sequence[Block], candidates: Sequence[Block]) -> list[int]:
    """Lines ``1. …``, ``2. …`` in cells, each with something under it."""
    may = {id(block) for block in candidates}
    places: list[int] = []
    for place, block in enumerate(blocks):
        found = _NUMBERED.match(block.text) if block.cell and id(block) in may else None
        if found and int(found[1]) == len(places) + 1:
            places.append(place)
    gaps = [after - before for before, after in pairwise(places)]
    return [id(blocks[place]) for place in places] if gaps and min(gaps) > 1 else []
