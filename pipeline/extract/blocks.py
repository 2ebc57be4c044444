"""Blocks: what HTML is cut into before anything is known about newsletters."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_BETWEEN_CELLS = " | "
MARK = re.compile(
    r"[\u2022\u2023\u25aa\u25ab\u25b8\u25ba\u25cf\u25cb\u25e6\u2043\u00b7\u25a0\u25a1\u203a\u00bb*\u2013\u2014-]"
)
"""A bullet that was drawn as text."""

_NUMBER = re.compile(r"\d{1,2}[.)]")


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
        size: Of its smallest text, in pixels.
        cell: Number of the innermost table cell it stands in, from 1; 0 outside of tables.
        boxes: Numbers of the innermost elements around it that hold blocks together, the outer before the inner.
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
    size: float = 0.0
    cell: int = 0
    boxes: tuple[int, ...] = ()
    region: str = ""
    marks: list[Mark] = field(default_factory=list)


def row_of(cells: list[Block]) -> Block:
    """The cells of a table's row as one block.

    A first cell that only holds a drawn bullet or a number is the mark of the second: such a row is no row of data.
    """
    filled = [cell for cell in cells if cell.text]
    marked = len(filled) == 2 and MARK.fullmatch(filled[0].text) is not None
    numbered = len(filled) == 2 and _NUMBER.fullmatch(filled[0].text) is not None
    if marked:
        filled[0].text, filled[0].lead = "", 0
    if marked or numbered or len(filled) == 1:
        last = filled[-1]
        lead = last.lead if not numbered else last.lead and len(filled[0].text) + 1 + last.lead
        row = Block(region=last.region, quoted=last.quoted, lead=lead, size=last.size, cell=last.cell, boxes=last.boxes)
    else:
        row = Block("row", region=cells[0].region, quoted=cells[0].quoted, lead=cells[0].lead, boxes=cells[0].boxes)
    for cell in cells:
        if row.text and cell.text:
            row.text += " " if numbered else _BETWEEN_CELLS
        for mark in cell.marks:
            mark.start, mark.end = mark.start + len(row.text), mark.end + len(row.text)
        row.marks += cell.marks
        row.text += cell.text
    return row
