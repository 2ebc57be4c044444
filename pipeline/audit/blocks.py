"""The blocks of a post, from the parser's events: each with its line, what it says and the blocks inside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pipeline.commonmark import events_by_line, opened, unshielded
from pipeline.errors import StageError

MAX_NESTING = 120
"""Blocks within blocks that are read; each level of a list counts twice."""

_INLINE = frozenset({"Emphasis", "Strong", "Link", "Image"})
_WITH_TEXT = frozenset({"Paragraph", "Heading", "TableCell", "CodeBlock", "HtmlBlock"})


class Piece(NamedTuple):
    """An event inside a line of text, as `commonmark.opened` tells it, and the line on which it begins."""

    kind: str
    name: str
    data: Any
    line: int


@dataclass
class Block:
    """A block.

    Attributes:
        name: As the parser calls it: "Paragraph", "Item", "TableCell", "CodeBlock", …
        line: From 1, in the file.
        pieces: Of a block of text, of code or of raw HTML.
    """

    name: str
    line: int
    blocks: list[Block] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)

    @property
    def content(self) -> str:
        """Code or raw HTML as it stands."""
        return "".join(unshielded(piece.data) for piece in self.pieces)


def blocks_of(text: str) -> list[Block]:
    """The blocks of a Markdown text. The words of an item that stand in no paragraph are made one.

    Raises:
        StageError: They are nested too deeply.
    """
    document = Block("", 1)
    nest = [document]
    for event, line in events_by_line(text):
        kind, name, data = opened(event)
        is_block = kind in {"Start", "End"} and name not in _INLINE
        if is_block and nest[-1].name == "Paragraph" and (kind, name) != ("End", "Paragraph"):
            nest.pop()  # the words of an item end where its next block begins
        if is_block and kind == "Start":
            _open(nest, Block(name, line))
        elif is_block:
            nest.pop()
        elif kind != "Rule":
            if nest[-1].name not in _WITH_TEXT:
                _open(nest, Block("Paragraph", line))
            nest[-1].pieces.append(Piece(kind, name, data, line))
    return document.blocks


def _open(nest: list[Block], block: Block) -> None:
    if len(nest) > MAX_NESTING:
        raise StageError("lists or quotations are nested too deeply to be read")
    nest[-1].blocks.append(block)
    nest.append(block)
