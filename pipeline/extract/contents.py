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
_MAX_LEAD_IN, _MAX_BARE_LEAD_IN = 120, 60  # characters of the line above; without a colon it is short
_MAX_GREETING, _MAX_GREETINGS = 400, 3
_SHARE = 0.75  # of the entries, that are later headings
_SHORTEST, _STEM = 4, 5  # letters of a word that tells what an entry is about, and those of it that do not bend
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

    Entries are short and stand before the headings that they name, in their order. Their words are those of the
    heading, or share one that matters with it (an emoji too).
    """
    heads = [(place, _tokens(block.text)) for place, block in enumerate(blocks) if block.kind == "heading"]
    for run in _lists(blocks[:_TOP]):
        entries = [_tokens(blocks[place].text) for place in run]
        later = [words for place, words in heads if place > run[-1]]
        before = len(heads) - len(later)
        linked = any("://" in blocks[place].text or _is_linked(blocks[place]) for place in run)
        exact = _matched(entries, later, _repeats)
        alike = 0 if linked or before > 1 or len(later) > 3 * len(run) + 5 else _matched(entries, later, _resembles)
        if 2 * exact >= max(4, len(run)) or alike >= max(2, _SHARE * len(run)) or _is_announced(blocks, run, linked):
            return dict.fromkeys(run, "toc") | _above(blocks, run[0])
    return {}


def _lists(blocks: Sequence[Block]) -> list[list[int]]:
    """The places of each run of short bullets."""
    runs = [list(run) for listed, run in groupby(range(len(blocks)), lambda place: blocks[place].bullet > 0) if listed]
    return [
        run
        for run in runs
        if 2 <= len(run) <= _MAX_ENTRIES
        and all(blocks[place].depth == 1 and 0 < len(blocks[place].text) <= _MAX_ENTRY for place in run)
    ]


def _is_announced(blocks: Sequence[Block], run: list[int], linked: bool) -> bool:
    """Whether the line above says that these are the contents."""
    above = next((blocks[place] for place in range(run[0] - 1, -1, -1) if blocks[place].text), None)
    if above is None or linked:
        return False
    return "contents" in (boilerplate.meaning_of(above.text), boilerplate.meaning_of_heading(above.text))


def _above(blocks: Sequence[Block], first: int) -> dict[int, str]:
    """The line that leads to the contents, and what greets the reader before it, where nothing else stands there."""
    above = [place for place in range(first) if blocks[place].text]
    if not above:
        return {}
    leads = blocks[above[-1]]
    limit = _MAX_LEAD_IN if leads.text.endswith(":") else _MAX_BARE_LEAD_IN
    found = {above.pop(): "toc"} if leads.kind in {"text", "heading"} and len(leads.text) <= limit else {}
    greeting = [place for place in above if blocks[place].kind == "text" and not _is_linked(blocks[place])]
    if len(greeting) <= _MAX_GREETINGS and sum(len(blocks[place].text) for place in greeting) <= _MAX_GREETING:
        found |= dict.fromkeys(greeting, "filler")
    return found


def _is_linked(block: Block) -> bool:
    return any(mark.kind == "link" and mark.target.startswith("http") for mark in block.marks)


def _tokens(text: str) -> list[str]:
    """Words without accents, and emoji; the number that a heading begins with is none."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    found = _TOKEN.findall(_ADDRESS.sub(" ", plain))
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
    return {
        token[:_STEM] for token in tokens if token not in _COMMON and (len(token) >= _SHORTEST or not token.isascii())
    }
