"""What stands around a newsletter's stories, by its looks: small print, polls, the sign-off and all that follows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from pipeline.extract import boilerplate
from pipeline.extract.blocks import Block
from pipeline.extract.items import is_label
from pipeline.extract.looks import ordinary_size
from pipeline.extract.notes import flags_of
from pipeline.footers import footer_place

_SMALL = 0.86  # times the size of ordinary text
_MAX_CAPTION = 80
_MAX_FOOTER = 1500
_LAST = 5  # blocks: so near the end a footer's box ends
_MAX_REST = 0.3  # of the newsletter; what follows a sign-off is less
_MAX_SIGN = 80  # characters of a name or a wish at the end
_MAX_ANSWER, _MIN_ANSWERS = 60, 2
_SENTENCE = re.compile(r"[.!?:;,\u2026\u3002][\"'\u201d\u2019)]*\Z")
_CAPITAL = "[A-Z\u00c0-\u00de][\\w.'\u2019-]*"
_NAME = re.compile(
    rf"{_CAPITAL}(?: (?:(?:de|du|da|la|le|van|von|der|bin|al) ){{0,2}}{_CAPITAL}){{1,3}}"
    r"(?:, (?:[\w-]+ ){0,2}(?:editor|author|writer|founder|host|publisher|curator)(?:-in-chief)?)?"
)
"""Two to four capitalised words, and what a newsletter calls its people."""
_SYMBOLS = re.compile(r"\A(?:([^\w\s\u0000-\u00ff\u2000-\u206f\ufe0f\u200d])[\ufe0f\u200d]*\1*)+")
_ASKS = re.compile(r"\b(?:you|your|we|our|today.?s|this (?:week|issue|edition|e-?mail|newsletter|letter))\b.*\?\W*\Z")


def endings_of(blocks: Sequence[Block]) -> dict[int, str]:
    """The region of each block, by its place, that is no story by where and how it is set."""
    footer = _footer(blocks)
    end = min(footer, default=len(blocks))
    return _captions(blocks) | _names(blocks) | _polls(blocks) | _rest(blocks, end) | footer


def _is_linked(block: Block) -> bool:
    return any(mark.kind == "link" for mark in block.marks)


def _is_small(block: Block, ordinary: float) -> bool:
    return 0 < block.size < ordinary * _SMALL


def _captions(blocks: Sequence[Block]) -> dict[int, str]:
    """Small lines that are no sentence and lead nowhere: under a picture, above a story, the date of the issue."""
    ordinary = ordinary_size(blocks)
    return {
        place: "byline"
        for place, block in enumerate(blocks)
        if block.kind == "text"
        and not block.bullet
        and _is_small(block, ordinary)
        and len(block.text) <= _MAX_CAPTION
        and not is_label(block)
        and not _SENTENCE.search(block.text)
        and not _is_linked(block)
    }


def _names(blocks: Sequence[Block]) -> dict[int, str]:
    """Names that stand alone: beside the date of the issue, or where a letter ends."""
    told = [block for block in blocks if block.text or block.kind == "rule"]
    places = {id(block): place for place, block in enumerate(blocks)}
    found: dict[int, str] = {}
    for before, block, after in zip(told, told[1:], told[2:], strict=False):
        if block.kind != "text" or block.bullet or not _NAME.fullmatch(block.text.strip()):
            continue
        dated = any(boilerplate.meaning_of(near.text) == "byline" for near in (before, after))
        plain = not _is_linked(block) and not is_label(block)
        if dated or (plain and _SENTENCE.search(before.text) and after.kind in {"rule", "heading"}):
            found[places[id(block)]] = "byline"
    return found


def _polls(blocks: Sequence[Block]) -> dict[int, str]:
    """Answers, each a link, that begin with one symbol more or less, or that follow a question; with the question."""
    found: dict[int, str] = {}
    for answers, run in groupby(range(len(blocks)), lambda place: _is_answer(blocks[place])):
        places = [place for place in run if blocks[place].text]
        if not answers or len(places) < _MIN_ANSWERS:
            continue
        above = next((place for place in range(places[0] - 1, -1, -1) if blocks[place].text), None)
        asks = above is not None and _ASKS.search(blocks[above].text.lower()) is not None
        if asks or _rates([blocks[place].text for place in places]):
            found |= dict.fromkeys(places, "filler")
            if above is not None and (asks or blocks[above].kind == "heading"):
                found[above] = "filler"
    return found


def _is_answer(block: Block) -> bool:
    """Whether a block is nothing but a short link, or holds nothing at all."""
    links = [mark for mark in block.marks if mark.kind == "link"]
    whole = sum(mark.end - mark.start for mark in links) >= len(block.text) - len(links)
    return block.kind == "text" and len(block.text) <= _MAX_ANSWER and (whole if block.text else not links)


def _rates(answers: list[str]) -> bool:
    """Whether each begins with the same symbol, as often as no other: three stars, two stars, one."""
    signs = [found[0].replace("\ufe0f", "") if (found := _SYMBOLS.match(answer)) else "" for answer in answers]
    return all(signs) and len({sign[0] for sign in signs}) == 1 and len(set(signs)) == len(signs)


def _footer(blocks: Sequence[Block]) -> dict[int, str]:
    """The small print at the end, or the box there that holds the line by which one leaves."""
    ordinary = ordinary_size(blocks)
    start = len(blocks)
    while start and (not blocks[start - 1].text or _is_small(blocks[start - 1], ordinary)):
        start -= 1
    proofs = [place for place, block in enumerate(blocks) if _proves_footer(block)]
    if proofs and proofs[-1] >= start:
        return dict.fromkeys(range(start, len(blocks)), "footer")
    for box in reversed(blocks[proofs[-1]].boxes) if proofs else ():
        held = [place for place, block in enumerate(blocks) if box in block.boxes]
        told = [blocks[place] for place in held if blocks[place].text]
        if held[-1] < len(blocks) - _LAST or any(block.kind == "heading" or block.bullet for block in told):
            break
        if len(told) > 1:
            short = sum(len(block.text) for block in told) <= _MAX_FOOTER
            return dict.fromkeys(held, "footer") if short else {}
    return {}


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
    before, last = ([None, None] + [place for place in range(end) if blocks[place].text])[-2:]
    if end < len(blocks) and last and before is not None and _SENTENCE.search(blocks[before].text):
        found |= {last: "filler"} if _is_sign(blocks[last]) else {}
    return found


def _is_sign(block: Block) -> bool:
    plain = block.kind == "text" and not block.bullet and not _is_linked(block)
    return plain and len(block.text) <= _MAX_SIGN and not is_label(block) and not _SENTENCE.search(block.text)
