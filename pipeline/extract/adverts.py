"""How far a sponsor's mark reaches: over the box that it stands in, or between two rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extract import boilerplate
from pipeline.extract.blocks import Block
from pipeline.extract.notes import flags_of

_MAX_MARK = 80  # characters; a longer text is the advert itself
_MAX_ADVERT = 1500  # characters
_MAX_SHARE = 0.4  # of the newsletter; a box that holds more lays out all of it
_NEAR = 12  # blocks between two rules around an advert


def adverts_of(blocks: Sequence[Block]) -> dict[int, str]:
    """The region ``sponsor`` of each block, by its place, that belongs to an advert with a mark."""
    spans = _spans(blocks)
    total = sum(len(block.text) for block in blocks)
    found: dict[int, str] = {}
    for place, block in enumerate(blocks):
        if 0 < len(block.text) <= _MAX_MARK and _is_mark(block):
            reach = _box(blocks, place, spans, total) or _between_rules(blocks, place) or range(0)
            found |= dict.fromkeys(reach, "sponsor")
    # A heading that is a mark opens a section, which has its words for a title.
    return {
        place: region
        for place, region in found.items()
        if blocks[place].kind != "heading" or not _is_mark(blocks[place])
    }


def _is_mark(block: Block) -> bool:
    named = boilerplate.named_by(boilerplate.folded(block.text))
    return "sponsor" in (named, boilerplate.flag_of(block.text), *flags_of(block.text))


def _spans(blocks: Sequence[Block]) -> dict[int, range]:
    """The places of the blocks in each box: they follow each other."""
    spans: dict[int, range] = {}
    for place, block in enumerate(blocks):
        for box in block.boxes:
            spans[box] = range(spans[box].start if box in spans else place, place + 1)
    return spans


def _box(blocks: Sequence[Block], place: int, spans: dict[int, range], total: int) -> range | None:
    """The smallest box with more in it than the mark: it is an advert where the mark opens it, or closes it."""
    for box in reversed(blocks[place].boxes):
        told = [one for one in spans[box] if blocks[one].text]
        if len(told) < 2:
            continue
        ends = told[-1] == place and boilerplate.closes_advert(blocks[place].text)
        fits = _is_one(blocks[one] for one in told) and sum(len(blocks[one].text) for one in told) <= _MAX_SHARE * total
        return spans[box] if fits and (told[0] == place or ends) else None
    return None


def _between_rules(blocks: Sequence[Block], place: int) -> range | None:
    before = next((one for one in range(place - 1, -1, -1) if blocks[one].kind == "rule" or blocks[one].text), None)
    after = next((one for one in range(place + 1, min(place + _NEAR, len(blocks))) if blocks[one].kind == "rule"), None)
    if before is None or after is None or blocks[before].kind != "rule":
        return None
    return range(place, after) if _is_one(blocks[place:after]) else None


def _is_one(blocks: Sequence[Block] | Iterator[Block]) -> bool:
    """Whether blocks may be one advert: short, with one heading besides its mark."""
    told = list(blocks)
    heads = sum(1 for block in told if block.kind == "heading" and not _is_mark(block))
    return heads <= 1 and sum(len(block.text) for block in told) <= _MAX_ADVERT
