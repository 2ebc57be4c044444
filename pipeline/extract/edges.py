"""Where a newsletter itself begins and ends: header, greeting, sign-off and footer are no news."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract import boilerplate
from pipeline.extract.blocks import Block
from pipeline.extract.items import is_label
from pipeline.extract.looks import is_linked, is_sentence, is_small, ordinary_size
from pipeline.extract.notes import flags_of
from pipeline.footers import footer_place

_MAX_HEADER, _MAX_HEADER_LINE = 400, 160
_MAX_FOOTER = 1500
_TAIL = 60  # blocks at the end among which a footer is looked for
_LAST = 5  # blocks: so near the end a footer's box ends
_TOP = 15  # blocks at the beginning within which a reader is greeted
_MAX_GREETING, _MAX_GREETINGS = 200, 3  # characters and paragraphs of what follows a greeting's first words
_MAX_REST = 0.3  # of the newsletter; what follows a sign-off is less
_MAX_SIGN = 80  # characters of a name or a wish at the end
_CHATS = re.compile(r"\b(?:i|i.m|we|we.re|you|you.re|your|my|our|us|me)\b|(?:요|죠)[.!?~ ]|(?:요|죠)\Z|여러분|독자|님")
"""Words of one who speaks to the reader; in Korean the endings of talk, and what readers are called."""


def edges_of(blocks: Sequence[Block]) -> dict[int, str]:
    """The region of each block, by its place, before the first and after the last story."""
    footer = _footer(blocks)
    end = min(footer, default=len(blocks))
    return _header(blocks) | _greeting(blocks) | _rest(blocks, end) | footer


def _header(blocks: Sequence[Block]) -> dict[int, str]:
    """The small print above everything else: where to read it online, its date."""
    ordinary = ordinary_size(blocks)
    found: list[int] = []
    for place, block in enumerate(blocks):
        if not block.text:
            continue
        if block.kind != "text" or len(block.text) > _MAX_HEADER_LINE or not is_small(block, ordinary):
            break
        found.append(place)
    return dict.fromkeys(found, "footer") if sum(len(blocks[place].text) for place in found) <= _MAX_HEADER else {}


def _greeting(blocks: Sequence[Block]) -> dict[int, str]:
    """What follows the words of greeting, while it only talks: to the reader, without a link or a number."""
    found: dict[int, str] = {}
    greets = False
    for place, block in enumerate(blocks[:_TOP]):
        if not block.text:
            continue
        if boilerplate.meaning_of(block.text) == "greeting":
            greets = True
            continue
        talks = block.kind == "text" and not block.bullet and len(block.text) <= _MAX_GREETING and not is_label(block)
        talks = talks and not is_linked(block) and not any(map(str.isdigit, block.text))
        greets = greets and talks and len(found) < _MAX_GREETINGS and bool(_CHATS.search(block.text.lower()))
        if greets:
            found[place] = "filler"
    return found


def _footer(blocks: Sequence[Block]) -> dict[int, str]:
    """The small print at the end, the box there with the line by which one leaves, or the short lines after that."""
    proofs = [place for place in range(max(0, len(blocks) - _TAIL), len(blocks)) if _proves_footer(blocks[place])]
    if not proofs:
        return {}
    return _small_print(blocks, proofs) or _last_box(blocks, proofs[-1]) or _last_lines(blocks, proofs)


def _small_print(blocks: Sequence[Block], proofs: Sequence[int]) -> dict[int, str]:
    ordinary = ordinary_size(blocks)
    boxes = {blocks[place].boxes[-1:] for place in proofs}
    start = len(blocks)
    while start:
        block = blocks[start - 1]
        own = not is_linked(block) or start - 1 in proofs or block.boxes[-1:] in boxes
        if block.text and (block.bullet or block.kind == "heading" or not is_small(block, ordinary) or not own):
            break
        start -= 1
    return dict.fromkeys(range(start, len(blocks)), "footer") if proofs[-1] >= start else {}


def _last_box(blocks: Sequence[Block], proof: int) -> dict[int, str]:
    for box in reversed(blocks[proof].boxes):
        held = [place for place, block in enumerate(blocks) if box in block.boxes]
        told = [blocks[place] for place in held if blocks[place].text]
        if held[-1] < len(blocks) - _LAST or any(block.kind == "heading" or block.bullet for block in told):
            break
        if len(told) > 1:
            short = sum(len(block.text) for block in told) <= _MAX_FOOTER
            return dict.fromkeys(held, "footer") if short else {}
    return {}


def _last_lines(blocks: Sequence[Block], proofs: Sequence[int]) -> dict[int, str]:
    start = len(blocks)
    while start and (start - 1 in proofs or _is_short_line(blocks[start - 1])):
        start -= 1
    first = next((place for place in proofs if place >= start), len(blocks))
    return dict.fromkeys(range(first, len(blocks)), "footer")


def _is_short_line(block: Block) -> bool:
    plain = block.kind in {"text", "row"} and not block.bullet and not is_linked(block)
    return block.kind == "rule" or not block.text or (plain and len(block.text) <= _MAX_HEADER_LINE)


def _proves_footer(block: Block) -> bool:
    if "footer" in (boilerplate.flag_of(block.text), *flags_of(block.text)):
        return True
    return any(mark.kind == "link" and footer_place(mark.target, mark.label) is not None for mark in block.marks)


def _rest(blocks: Sequence[Block], end: int) -> dict[int, str]:
    """What follows the sign-off, and the last short line before the footer: a name or a wish."""
    total = sum(len(block.text) for block in blocks[:end])
    after = 0
    found: dict[int, str] = {}
    for place in range(end - 1, -1, -1):
        block = blocks[place]
        if boilerplate.ends_newsletter(block.text) and not block.bullet:
            found |= dict.fromkeys(range(place, end), "filler")
        after += len(block.text)
        if after > _MAX_REST * total:
            break
    told = [place for place in range(end) if blocks[place].text]
    if end < len(blocks) and len(told) > 1 and is_sentence(blocks[told[-2]].text) and _is_sign(blocks[told[-1]]):
        found[told[-1]] = "filler"
    return found


def _is_sign(block: Block) -> bool:
    plain = block.kind == "text" and not block.bullet and not is_linked(block)
    return plain and len(block.text) <= _MAX_SIGN and not is_label(block) and not is_sentence(block.text)
