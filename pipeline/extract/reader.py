"""HTML to a flat run of blocks: headings, bullets, paragraphs, rows, rules, each with its text and links.

The page is read as parser events, without a tree: so ten thousand nested tags lose nothing (a tree of lxml ends at
a depth of 256), and a page of 250 KB takes 30 ms (Beautiful Soup's tree alone 65 ms). Beautiful Soup reads the head
of a page, where there is little to read and much to choose from (``page.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from pipeline.characters import visible
from pipeline.errors import ExtractError
from pipeline.extract import hidden, tags
from pipeline.extract.blocks import Block, row_of
from pipeline.extract.page import Root, is_chrome
from pipeline.extract.run import Run
from pipeline.extract.visibility import Visibility

_NO_SIZE = frozenset({"0", "1"})  # of a picture that counts readers and is not seen
_FILM = "https://www.youtube.com/watch?v="
_MAX_DEPTH = 100_000
_MAX_AROUND = 12  # boxes around a block that are remembered; mails are laid out in up to ten


def blocks_of(source: str, *, root: Root | None, sheets: tuple[str, ...]) -> list[Block]:
    """The blocks of the element ``root``, or of all of ``source``; ``sheets`` are the page's style sheets.

    Raises:
        ExtractError: Tags are nested more than 100,000 deep, or the parser gives up.
    """
    if not source.strip():
        return []
    reader = _Reader(root, Visibility(sheets))
    target: Any = reader  # its stubs ask for bytes too, which a parser fed with str never hands on
    parser: Any = etree.HTMLParser(target=target, huge_tree=True)
    try:
        parser.feed(source)
        parser.close()
    except etree.LxmlError as error:
        raise ExtractError(f"the HTML cannot be read ({type(error).__name__})") from error
    return reader.blocks


@dataclass(slots=True)
class _Table:
    """An open table: of data, whose rows are blocks, or one that only lays out its cells."""

    is_layout: bool
    is_data: bool = False
    cells: list[Block] | None = None  # of the open row


class _Reader:
    """Receives the parser's events (https://lxml.de/parsing.html#the-target-parser-interface)."""

    def __init__(self, root: Root | None, seen: Visibility) -> None:
        self.blocks: list[Block] = []
        self._root, self._seen, self._run = root, seen, Run()
        self._inside = 0 if root else -1  # depth of the root once it is open; -1 where everything is newsletter
        self._depth = 0
        self._skipped = 0  # depth of the element we are in that is not read
        self._raw: list[str] = []
        self.data = self._raw.append  # the event of text
        self._items: list[int] = []  # numbers of the open list items
        self._count = self._quotes = self._heading = self._breaks = self._raised = 0
        self._tables: list[_Table] = []
        self._cells: list[int] = []  # numbers of the open table cells
        self._cell_count = 0
        self._boxes: list[tuple[int, int]] = []  # depth and number of the open elements that hold blocks together
        self._around: tuple[int, ...] = ()  # the numbers of the innermost of them
        self._box_count = 0
        self._lines: list[tuple[int, int]] = []  # depth of the open elements with a drawn edge; blocks before each
        self._block_count = 0

    # Events

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._raw:
            self._text()
        if self._skipped:
            return
        if self._depth > _MAX_DEPTH:
            raise ExtractError("the tags are nested too deeply to be read")
        if self._inside == 0:
            if self._root is not None and self._root.matches(tag, attributes):
                self._inside = self._depth
        elif (
            tag in tags.UNREAD
            or (attributes and is_chrome(tag, attributes))
            or self._seen.hides(tag, attributes, self._depth)
        ):
            self._skipped = self._depth
        elif tag in tags.BLOCKS:
            self._open_block(tag, attributes)
        elif tag in tags.CELLS:
            self._open_cell(tag)
        else:
            self._open_inline(tag, attributes)
            return
        if tag in tags.BOXES and not self._skipped and self._inside:
            self._enter_box(attributes.get("style", ""))

    def end(self, tag: str) -> None:
        if self._raw:
            self._text()
        depth, self._depth = self._depth, self._depth - 1
        if self._skipped:
            self._skipped = 0 if depth == self._skipped else self._skipped
            return
        if self._inside == 0:
            return
        if tag in tags.BLOCKS:
            self._close_block(tag)
        elif tag in tags.CELLS:
            self._flush()
            if self._cells:
                self._cells.pop()
        else:
            self._close_inline(tag)
        if self._boxes and self._boxes[-1][0] == depth:
            self._leave_box(depth)
        if self._seen.entered == depth:
            self._seen.leave(depth)
        if depth == self._inside:
            self._flush()
            self._inside = 0

    def comment(self, text: str) -> None:
        """Comments are not drawn."""

    def close(self) -> None:
        if self._raw:
            self._text()
        self._flush()

    # Boxes and drawn lines

    def _enter_box(self, style: str) -> None:
        self._box_count += 1
        self._boxes.append((self._depth, self._box_count))
        self._around = tuple(number for _, number in self._boxes[-_MAX_AROUND:])
        if style and hidden.draws_line(style):
            self._lines.append((self._depth, self._block_count))

    def _leave_box(self, depth: int) -> None:
        """The innermost box ends; one with an edge and nothing in it is a rule."""
        self._boxes.pop()
        self._around = tuple(number for _, number in self._boxes[-_MAX_AROUND:])
        if self._lines and self._lines[-1][0] == depth:
            _, before = self._lines.pop()
            if self._block_count == before and not self._run.pieces:
                self._keep(Block("rule"))

    # What stands in a line

    def _text(self) -> None:
        chunk = "".join(self._raw)
        self._raw.clear()
        if self._skipped or self._inside == 0 or self._seen.unseen:
            return
        if not chunk.isspace():
            self._breaks = 0
        elif not self._run.pre:
            self._run.space()  # half of all text is the blanks between two tags
            return
        self._run.heavy, self._run.size = self._seen.heavy, self._seen.size
        self._run.add(chunk if chunk.isascii() else visible(chunk))

    def _open_inline(self, tag: str, attributes: Mapping[str, str]) -> None:
        run = self._run
        if tag == "sup":
            self._raised += 1
        elif tag == "a":
            if self._raised and attributes.get("href", "").startswith("#"):
                run.space()  # the number of a footnote is no part of the number before it
            run.open_link(None if self._seen.unseen else attributes.get("href"))
        elif tag in tags.BOLD:
            run.bold += 1
        elif tag in tags.CODE:
            run.open_code()
        elif tag == "lite-youtube":  # what Astro makes of a film's address that stands alone
            run.open_link(_FILM + attributes.get("videoid", ""))
            run.close_link()
        elif tag == "img" and not {attributes.get("width"), attributes.get("height")} <= _NO_SIZE:
            run.image(attributes.get("src", ""), " ".join(visible(attributes.get("alt", "")).split()))
        elif tag == "br":
            self._break()

    def _break(self) -> None:
        """A line ends; two in a row end a paragraph."""
        self._breaks += 1
        if self._run.pre:
            self._run.add("\n")
        elif self._breaks > 1 and self._may_cut():
            self._flush()
        else:
            self._run.space()

    def _may_cut(self) -> bool:
        """Whether a block may end here: anywhere but in a cell of data. A table so cut only lays out its cells."""
        table = self._tables[-1] if self._tables else None
        if table is not None and table.cells is not None:
            if table.is_data:
                return False
            self._flush()
            self._lay_out(table)
        return True

    def _close_inline(self, tag: str) -> None:
        if tag == "sup":
            self._raised = max(0, self._raised - 1)
        elif tag == "a":
            self._run.close_link()
        elif tag in tags.BOLD:
            self._run.bold = max(0, self._run.bold - 1)
        elif tag in tags.CODE:
            self._run.close_code()

    # Blocks

    def _flush(self) -> None:
        """Ends the run of text: what was gathered becomes a block."""
        self._breaks = 0
        run = self._run
        if not (run.pieces or run.marks):
            return
        text, lead, size, marks = run.take()
        block = Block(
            kind="heading" if self._heading else "text",
            text=text,
            level=self._heading,
            bullet=self._items[0] if self._items else 0,
            depth=len(self._items),
            entry=self._items[-1] if self._items else 0,
            quoted=self._quotes > 0,
            lead=lead,
            size=size,
            cell=self._cells[-1] if self._cells else 0,
            boxes=self._around,
            region=self._seen.region,
            marks=marks,
        )
        self._keep(block)

    def _keep(self, block: Block) -> None:
        table = self._tables[-1] if self._tables else None
        (self.blocks if table is None or table.cells is None else table.cells).append(block)
        self._block_count += 1

    def _open_block(self, tag: str, attributes: Mapping[str, str]) -> None:
        table = self._tables[-1] if self._tables else None
        if table is not None and table.is_data and table.cells is not None and tag == "table":
            table.is_data = False  # a table within a cell: the outer one is no table of data
        if tag not in tags.TABLE_PARTS and not self._may_cut():
            self._run.space()  # the paragraphs in a cell of data are one cell
            return
        self._flush()
        if tag == "li":
            self._count += 1
            self._items.append(self._count)
        elif tag == "blockquote":
            self._quotes += 1
        elif tag == "pre":
            self._run.pre += 1
            self._run.open_code()
        elif tag == "hr":
            self.blocks.append(Block("rule"))
        elif tag == "table":
            self._tables.append(_Table(is_layout=attributes.get("role") == "presentation"))
        elif tag == "tr" and table is not None:
            self._end_row(table)
            table.cells = None if table.is_layout else []
        elif tag in tags.HEADINGS:
            self._heading = tags.HEADINGS[tag]

    def _close_block(self, tag: str) -> None:
        table = self._tables[-1] if self._tables else None
        if table is not None and table.cells is not None and table.is_data and tag not in tags.TABLE_PARTS | {"table"}:
            self._run.space()
            return
        if tag == "pre" and self._run.pre:
            self._run.pre -= 1
            self._run.close_code()
        self._flush()
        if tag == "li" and self._items:
            self._items.pop()
        elif tag == "blockquote" and self._quotes:
            self._quotes -= 1
        elif tag in tags.HEADINGS:
            self._heading = 0
        elif tag in {"tr", "table"} and table is not None:
            self._end_row(table)
            if tag == "table":
                self._tables.pop()

    def _open_cell(self, tag: str) -> None:
        self._flush()
        self._cell_count += 1
        self._cells.append(self._cell_count)
        if tag == "th" and self._tables and not self._tables[-1].is_layout:
            self._tables[-1].is_data = True

    def _lay_out(self, table: _Table) -> None:
        """The table holds blocks, so it only lays them out: what was taken for cells are blocks too."""
        self.blocks += table.cells or ()
        table.is_layout, table.is_data, table.cells = True, False, None

    def _end_row(self, table: _Table) -> None:
        self._flush()
        cells, table.cells = table.cells or [], None
        self.blocks += [row_of(cells)] if len(cells) > 1 else cells
