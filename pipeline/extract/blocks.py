"""Blocks: what HTML is cut into before anything is known about newsletters."""

from __future__ import annotations

from dataclasses import dataclass, field

_BETWEEN_CELLS = " | "


@dataclass(slots=True)
class Mark:
    """A link, image or piece of code inside a block; ``start`` and ``end`` are places in the block's text.

    Attributes:
        kind: ``link``, ``image``, ``code``, or ``label``: more text of a link that began in a block before.
        in_code: The link stands in code.
    """

    start: int
    end: int
    kind: str
    target: str = ""
    label: str = ""
    in_code: bool = False


@dataclass(slots=True)
class Block:
    """One run of text between two block-level tags.

    Attributes:
        kind: ``heading``, ``text``, ``row`` or ``rule``.
        level: Of a heading, 1 to 6.
        bullet: Number of the outermost list item it stands in, from 1; 0 outside of lists.
        depth: How many list items it stands in.
        entry: Number of the innermost list item.
        quoted: Whether it is part of a quotation.
        lead: Length of the bold text that it opens with.
        region: ``toc`` or ``footer`` where the page says so.
    """

    kind: str = "text"
    text: str = ""
    level: int = 0
    bullet: int = 0
    depth: int = 0
    entry: int = 0
    quoted: bool = False
    lead: int = 0
    region: str = ""
    marks: list[Mark] = field(default_factory=list)


def row_of(cells: list[Block]) -> Block:
    """The cells of a table's row as one block."""
    row = Block("row", region=cells[0].region, quoted=cells[0].quoted, lead=cells[0].lead)
    for cell in cells:
        if row.text and cell.text:
            row.text += _BETWEEN_CELLS
        for mark in cell.marks:
            mark.start, mark.end = mark.start + len(row.text), mark.end + len(row.text)
        row.marks += cell.marks
        row.text += cell.text
    return row
