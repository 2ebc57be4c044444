"""What stands between the stories and is none, by its looks: captions, names, polls, and what brings readers in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from pipeline.extract import boilerplate
from pipeline.extract.blocks import Block
from pipeline.extract.items import is_label
from pipeline.extract.looks import is_linked, is_sentence, is_small, ordinary_size
from pipeline.footers import is_referral

_MAX_CAPTION = 80
_MAX_ANSWER, _MIN_ANSWERS = 60, 2
_MAX_BUSINESS = 800  # characters of what asks a reader to bring others
_CAPITAL = "[A-Z\u00c0-\u00de][\\w.'\u2019-]*"
_NAME = re.compile(
    rf"{_CAPITAL}(?: (?:(?:de|du|da|la|le|van|von|der|bin|al) ){{0,2}}{_CAPITAL}){{1,3}}"
    r"(?:, (?:[\w-]+ ){0,2}(?:editor|author|writer|founder|host|publisher|curator)(?:-in-chief)?)?"
)
"""Two to four capitalised words, and what a newsletter calls its people."""
_SYMBOLS = re.compile(r"\A(?:([^\w\s\u0000-\u00ff\u2000-\u206f\ufe0f\u200d])[\ufe0f\u200d]*\1*)+")
_ASKS = re.compile(r"\b(?:you|your|we|our|today.?s|this (?:week|issue|edition|e-?mail|newsletter|letter))\b.*\?\W*\Z")


def asides_of(blocks: Sequence[Block]) -> dict[int, str]:
    """The region of each block, by its place, that is no story by how it is set."""
    return _captions(blocks) | _names(blocks) | _polls(blocks) | _own_business(blocks)


def _captions(blocks: Sequence[Block]) -> dict[int, str]:
    """Small lines that are no sentence and lead nowhere: under a picture, above a story, the date of the issue."""
    ordinary = ordinary_size(blocks)
    return {
        place: "byline"
        for place, block in enumerate(blocks)
        if block.kind == "text"
        and not block.bullet
        and is_small(block, ordinary)
        and len(block.text) <= _MAX_CAPTION
        and not is_label(block)
        and not is_sentence(block.text)
        and not is_linked(block)
    }


def _names(blocks: Sequence[Block]) -> dict[int, str]:
    """Names that stand alone: beside the date of the issue, or where a letter ends."""
    told = [place for place, block in enumerate(blocks) if block.text or block.kind == "rule"]
    found: dict[int, str] = {}
    for place_before, place, place_after in zip(told, told[1:], told[2:], strict=False):
        before, block, after = blocks[place_before], blocks[place], blocks[place_after]
        if block.kind != "text" or block.bullet or not _NAME.fullmatch(block.text.strip()):
            continue
        dated = any(boilerplate.meaning_of(near.text) == "byline" for near in (before, after))
        plain = not is_linked(block) and not is_label(block)
        if dated or (plain and is_sentence(before.text) and after.kind in {"rule", "heading"}):
            found[place] = "byline"
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


def _own_business(blocks: Sequence[Block]) -> dict[int, str]:
    """What stands with a reader's own link for others, between two headings or rules."""
    found: dict[int, str] = {}
    for place, block in enumerate(blocks):
        if not any(mark.kind == "link" and is_referral(mark.target) for mark in block.marks):
            continue
        start, end = place, place + 1
        while start and blocks[start].kind not in {"rule", "heading"}:
            start -= 1
        while end < len(blocks) and blocks[end].kind not in {"rule", "heading"}:
            end += 1
        short = sum(len(one.text) for one in blocks[start:end]) <= _MAX_BUSINESS
        found |= dict.fromkeys(range(start, end) if short else (place,), "filler")
    return found
