"""One run of Markdown text as a reader sees it: its words, and which of them are links, bold, pictures or raw HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from pipeline.audit.blocks import Piece
from pipeline.commonmark import target, unshielded

_BARE = re.compile(r"https?://[^\s<>\"`*\[\]()\\|가-힣]+")
_AFTER_ADDRESS = ".,;:!?'"
"""Marks that end a sentence rather than an address, as GFM reads them."""
_AS_WRITTEN = frozenset({"Autolink", "Email"})
"""Links ``<https://…>``, which have no label."""
_SEPARATORS = " \t\n,·|/;"
_SENTENCE_END = (".", "!", "?", "。", "…", '."', ".”", ".'", ".’")
_OPENED = re.compile(r"[(\[][^()\[\]]{0,12}$")
"""A bracket that references stand in, with a word such as ``출처:`` before them."""
_BREAK = re.compile(r"(?i)<br\s{0,5}/?>")


class PostLink(NamedTuple):
    """A link of a post.

    Attributes:
        label: What a reader clicks; empty for an address that stands bare in the text.
        start: Where the label begins in the text it belongs to; -1 when it stands behind the text.
        line: From 1, in the file.
    """

    label: str
    url: str
    line: int
    start: int = -1


class Marked(NamedTuple):
    """Something at a line that is not text: a picture's address, a piece of raw HTML."""

    text: str
    line: int


class Run(NamedTuple):
    """The text of a paragraph without markup.

    Attributes:
        text: Code keeps its backticks, bare addresses are left out, line breaks are spaces.
        bold: Start and end of each bold piece.
        breaks: Where in ``text`` a new line of the file begins.
        line: Of the file, where the run begins.
    """

    text: str
    line: int
    links: tuple[PostLink, ...] = ()
    bold: tuple[tuple[int, int], ...] = ()
    breaks: tuple[int, ...] = ()
    images: tuple[Marked, ...] = ()
    html: tuple[Marked, ...] = ()

    @property
    def is_bold(self) -> bool:
        """True when everything in it is bold."""
        covered = "".join(self.text[start:end] for start, end in self.bold)
        return bool(covered.strip()) and _bare(covered) == _bare(self.text)

    def line_at(self, start: int) -> int:
        """The line of the file on which the character at ``start`` stands."""
        return self.line + sum(place <= start for place in self.breaks)


class _Reader:
    """Takes the pieces of a run one by one."""

    def __init__(self) -> None:
        self.text = ""
        self.links: list[PostLink] = []
        self.bold: list[tuple[int, int]] = []
        self.breaks: list[int] = []
        self.images: list[Marked] = []
        self.html: list[Marked] = []
        self._open: list[tuple[str, int, Any]] = []

    def take(self, piece: Piece) -> None:
        kind, name, data, line = piece
        ended = self._open.pop() if kind == "End" else None
        inside = {name for name, _, _ in self._open}
        if kind == "Start":
            self._open.append((name, len(self.text), data))
        elif "Image" in inside:
            return  # its description
        elif ended:
            self._end(*ended, line)
        elif kind == "Text" and "Link" not in inside:
            self._running(unshielded(data), line)
        elif kind in {"Text", "Code"}:
            self.text += f"`{unshielded(data)}`" if kind == "Code" else unshielded(data)
        elif kind == "InlineHtml":
            self.text += " " if _BREAK.fullmatch(data) else ""
            self.html.append(Marked(unshielded(data), line))
        else:  # a break, soft or hard
            self.text += " "
            self.breaks.append(len(self.text))

    def _running(self, text: str, line: int) -> None:
        """Running text; an address that stands bare in it is a link, as on GitHub and most blogs."""
        end = 0
        for found in _BARE.finditer(text):
            address = found[0].rstrip(_AFTER_ADDRESS)
            self.text += text[end : found.start()]
            self.links.append(PostLink("", address, line))
            end = found.start() + len(address)
        self.text += text[end:]

    def _end(self, name: str, start: int, data: Any, line: int) -> None:
        if name == "Strong":
            self.bold.append((start, len(self.text)))
        elif name == "Image":
            self.images.append(Marked(unshielded(data["dest_url"]), line))
        elif name == "Link":
            is_bare = data["link_type"] in _AS_WRITTEN
            url = unshielded(target(data))
            self.links.append(PostLink("" if is_bare else self.text[start:], url, line, -1 if is_bare else start))
            self.text = self.text[:start] if is_bare else self.text


def read_run(pieces: Sequence[Piece], line: int) -> Run:
    """The run of a block's pieces that begins on ``line``."""
    reader = _Reader()
    for piece in pieces:
        reader.take(piece)
    return Run(
        reader.text,
        line,
        links=tuple(reader.links),
        bold=tuple(reader.bold),
        breaks=tuple(reader.breaks),
        images=tuple(reader.images),
        html=tuple(reader.html),
    )


class Parts(NamedTuple):
    """A bullet taken apart: ``**head**: text ([label](url), …)``. Links know their place in ``text``."""

    head: str
    text: str
    start: int
    links: tuple[PostLink, ...]


def parts_of(run: Run) -> Parts:
    """Head, text and references of a bullet.

    Links at the end are references when they stand in round brackets, or behind the end of a sentence.
    """
    head, start = _head(run)
    end = _end_of_text(run, start)
    piece = run.text[start:end]
    start += len(piece) - len(piece.lstrip())
    links = tuple(link._replace(start=link.start - start if start <= link.start < end else -1) for link in run.links)
    return Parts(head, piece.strip(), start, links)


def _head(run: Run) -> tuple[str, int]:
    """The bold beginning that a colon ends, and where the text behind it begins."""
    for start, end in run.bold[:1]:
        bold, behind = run.text[start:end].strip(), run.text[end:].lstrip()
        if run.text[:start].strip() or not behind:
            continue
        if bold.endswith((":", "：")):
            return bold.rstrip(":： "), end
        if behind.startswith((":", "：")):
            return bold, run.text.index(behind[0], end) + 1
    return "", 0


def _end_of_text(run: Run, start: int) -> int:
    """Where the text ends and its trailing references begin."""
    end = len(run.text.rstrip())
    labelled = [link for link in run.links if link.start >= start]
    while labelled and _is_last(run, labelled[-1], end):
        end = len(run.text[: labelled.pop().start].rstrip(_SEPARATORS))
    before = run.text[start:end]
    if end == len(run.text.rstrip()) or not before.strip("([ "):
        return len(run.text)
    if opened := _OPENED.search(before):
        return start + opened.start()
    return end if before.endswith(_SENTENCE_END) else len(run.text)


def _is_last(run: Run, link: PostLink, end: int) -> bool:
    after = run.text[link.start + len(link.label) : end]
    return link.start < end and not after.strip(_SEPARATORS + ")].")


def _bare(text: str) -> str:
    return "".join(text.split()).strip(":：")
