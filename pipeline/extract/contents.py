"""The table of contents of a newsletter that does not call it so: a list whose entries are its later headings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import groupby

from pipeline.extract import boilerplate
from pipeline.extract.blocks import Block

_TOP = 40  # blocks at the beginning within which the contents stand
_MAX_ENTRY, _MAX_ENTRIES = 140, 20  # characters; a longer one tells its story
_MAX_SIGN = 3  # characters of an entry before its link
_MAX_LEAD_IN, _MAX_BARE_LEAD_IN = 120, 60  # characters of the line above; without a colon it is short
_MAX_GREETING, _MAX_GREETINGS = 400, 3
_SHARE, _SHARE_BELOW_LEAD_IN = 0.75, 0.5  # of the entries, that are later headings
_SHORTEST, _STEM = 4, 5  # letters of a word that tells what an entry is about, and those of it that do not bend
_DRAWN = re.compile(r"[\u2460-\u2473]|\d{1,2}[.)] |[\u2022\u25aa\u25b8\u25cf\u203a\u2013-] ")
_TOKEN = re.compile(r"[^\W_]+|[^\w\s\u0000-\u00ff\u2000-\u206f\ufe0f\u200d]")
_ADDRESS = re.compile(r"https?://\S+")
# fmt: off
_COMMON = frozenset({
    "about", "after", "again", "also", "because", "before", "from", "have", "here", "into", "just", "last", "more",
    "most", "much", "next", "only", "other", "over", "some", "than", "that", "their", "them", "then", "there", "these",
    "they", "this", "today", "tomorrow", "week", "what", "when", "where", "which", "while", "will", "with", "your",
})
# fmt: on


def contents_of(blocks: Sequence[Block]) -> dict[int, str]:
    """The region of each block, by its place, that belongs to the contents or greets the reader above them.

    Entries are short and stand before the headings that they name, in their order: by the same words, or by one that
    matters (an emoji too). Lines that lead down the page, and those below a line that announces them, need no proof.
    """
    heads = [(place, _tokens(block.text)) for place, block in enumerate(blocks) if block.kind == "heading"]
    for run in _lists(blocks[:_TOP]):
        entries = [_tokens(blocks[place].text) for place in run]
        later = [words for place, words in heads if place > run[-1]]
        first = len(heads) - len(later) < 2 and len(later) <= 3 * len(run) + 5
        linked = any("://" in blocks[place].text or _leads_away(blocks[place]) for place in run)
        exact = _matched(entries, later, _repeats)
        alike = _matched(entries, later, _resembles) if first and not linked else 0
        enough = _SHARE if _lead_in(blocks, run[0]) is None else _SHARE_BELOW_LEAD_IN
        proved = 2 * exact >= max(4, len(run)) or alike >= max(2, enough * len(run))
        announced = not linked and _is_announced(blocks, run[0])
        if proved or announced or all(_leads_down(blocks[place]) for place in run):
            return dict.fromkeys(run, "toc") | _above(blocks, run[0])
    return {}


def _lists(blocks: Sequence[Block]) -> list[list[int]]:
    """The places of each run of short bullets, of numbered lines, or of lines that lead to a place on the page."""
    runs = [list(run) for listed, run in groupby(range(len(blocks)), lambda place: _is_entry(blocks[place])) if listed]
    return [run for run in runs if 2 <= len(run) <= _MAX_ENTRIES]


def _is_entry(block: Block) -> bool:
    if block.kind != "text" or not 0 < len(block.text) <= _MAX_ENTRY:
        return False
    return block.depth == 1 or (not block.bullet and (_leads_down(block) or _DRAWN.match(block.text) is not None))


def _leads_down(block: Block) -> bool:
    """Whether a block is nothing but a link to a place on its own page."""
    down = [mark for mark in block.marks if mark.kind == "link" and mark.target.startswith("#")]
    return bool(down) and down[0].end - down[0].start >= len(block.text) - _MAX_SIGN


def _leads_away(block: Block) -> bool:
    return any(mark.kind == "link" and mark.target.startswith("http") for mark in block.marks)


def _lead_in(blocks: Sequence[Block], first: int) -> int | None:
    """The place of the line that leads to a list."""
    place = next((place for place in range(first - 1, -1, -1) if blocks[place].text), None)
    if place is None or blocks[place].kind not in {"text", "heading"}:
        return None
    text = blocks[place].text
    return place if len(text) <= (_MAX_LEAD_IN if text.endswith(":") else _MAX_BARE_LEAD_IN) else None


def _is_announced(blocks: Sequence[Block], first: int) -> bool:
    """Whether the line above says that these are the contents."""
    place = _lead_in(blocks, first)
    above = "" if place is None else blocks[place].text
    return "contents" in (boilerplate.meaning_of(above), boilerplate.meaning_of_heading(above))


def _above(blocks: Sequence[Block], first: int) -> dict[int, str]:
    """The line that leads to the contents, and what greets the reader before it, where nothing else stands there."""
    leads = _lead_in(blocks, first)
    found = {} if leads is None else {leads: "toc"}
    above = [place for place in range(first) if blocks[place].text and place != leads]
    greeting = [place for place in above if blocks[place].kind == "text" and not _leads_away(blocks[place])]
    if len(greeting) <= _MAX_GREETINGS and sum(len(blocks[place].text) for place in greeting) <= _MAX_GREETING:
        found |= dict.fromkeys(greeting, "filler")
    return found


def _tokens(text: str) -> list[str]:
    """Words without accents, and emoji; the number that a heading begins with is none."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    found = _TOKEN.findall(_ADDRESS.sub(" ", unicodedata.normalize("NFC", plain)))
    return found[1:] if len(found) > 1 and found[0].isdigit() else found


def _matched(entries: list[list[str]], heads: list[list[str]], match: Callable[[list[str], list[str]], bool]) -> int:
    """How many entries name a heading each, in the order of both."""
    row = [0] * (len(heads) + 1)
    for entry in entries:
        above = row
        row = [0]
        for place, head in enumerate(heads, 1):
            row.append(max(above[place], row[place - 1], above[place - 1] + match(entry, head)))
    return row[-1]


def _repeats(entry: list[str], head: list[str]) -> bool:
    shorter, longer = sorted((" ".join(entry), " ".join(head)), key=len)
    return " " in shorter and f" {shorter} " in f" {longer} "


def _resembles(entry: list[str], head: list[str]) -> bool:
    return not _telling(entry).isdisjoint(_telling(head))


def _telling(tokens: list[str]) -> set[str]:
    """The beginnings of the words that tell what a line is about; two letters do in a script of syllables."""
    return {
        token[:_STEM]
        for token in tokens
        if token not in _COMMON and (not token.isalnum() or len(token) >= (_SHORTEST if token.isascii() else 2))
    }
