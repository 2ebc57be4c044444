"""The run of text between two block-level tags, while it is gathered."""

from __future__ import annotations

from pipeline.extract.blocks import Mark

_MAX_LEAD = 240  # a longer run of bold text is a paragraph in bold, not the head of one


class Run:
    """Text with its links, images and code.

    Attributes:
        bold: How many bold elements are open.
        heavy: Whether the text that follows is bold by its style.
        size: Of the text that follows, in pixels.
        pre: How many elements are open in which every blank counts.
        marks: The links, images and code so far.
        pieces: The text so far.
    """

    def __init__(self) -> None:
        self.bold = self.pre = 0
        self.heavy, self.size = False, 0.0
        self._codes: list[int] = []  # where the open code elements began
        self._target: str | None = None  # of the open link
        self._noted = False  # whether the open link stands in a block already
        self._clear()

    def _clear(self) -> None:
        self.marks: list[Mark] = []
        self.pieces: list[str] = []
        self._length = self._lead = self._link_from = self._link_piece = 0
        self._smallest = 0.0  # size of the smallest text so far
        self._space = False
        self._leading = True  # nothing but bold text so far

    def add(self, chunk: str) -> None:
        """Text as it stands in the source; blanks count as one, and none at the beginning."""
        if self.pre:
            text = chunk if self._length else chunk.lstrip("\n")
        else:
            plain = "  " not in chunk and chunk.isprintable()  # nothing to join but a blank at either end
            text = chunk.strip(" ") if plain else " ".join(chunk.split())
            if not text:
                self._space = self._space or bool(chunk)
                return
            if self._length and (self._space or chunk[0].isspace()):
                text = " " + text
        if not text:
            return
        self._space = not self.pre and chunk[-1].isspace()
        self.pieces.append(text)
        self._length += len(text)
        self._smallest = min(self._smallest or self.size, self.size)
        if self._leading:
            if self.bold or self.heavy:
                self._lead = self._length
            elif self._lead or any(character.isalnum() for character in text):
                self._leading = False

    def space(self) -> None:
        """A gap between what stands before and after."""
        self._space = True

    def open_link(self, target: str | None) -> None:
        """A link begins; None for an anchor without a target."""
        self.close_link()
        self._target, self._noted = target, False
        self._link_from, self._link_piece = self._length, len(self.pieces)

    def close_link(self) -> None:
        """The open link ends."""
        if self._target is not None and (not self._noted or self._length > self._link_from):
            self._note_link(self._target)
        self._target = None

    def _note_link(self, target: str) -> None:
        """The open link's text in this run; where the link goes on over several runs, it counts once."""
        label = "".join(self.pieces[self._link_piece :]).strip()
        kind = "label" if self._noted else "link"
        self.marks.append(Mark(self._link_from, self._length, kind, target, label, bool(self._codes)))
        self._noted = True

    def image(self, address: str, description: str) -> None:
        """An image stands here."""
        self.marks.append(Mark(self._length, self._length, "image", address, description))

    def open_code(self) -> None:
        """A piece of code begins."""
        self._codes.append(self._length)

    def close_code(self) -> None:
        """The innermost piece of code ends."""
        if self._codes:
            self.marks.append(Mark(self._codes.pop(), self._length, "code"))

    def take(self) -> tuple[str, int, float, list[Mark]]:
        """Ends the run: its text, the length of the bold text it opens with, its smallest size, and its marks."""
        if self._target is not None and self._length > self._link_from:
            self._note_link(self._target)
        self.marks += [Mark(start, self._length, "code") for start in self._codes]
        taken = "".join(self.pieces), self._lead if self._lead <= _MAX_LEAD else 0, self._smallest, self.marks
        self._codes = [0] * len(self._codes)
        self._clear()
        return taken
