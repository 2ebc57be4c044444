"""One run of Markdown text as a reader sees it: its words, and which of them are links, bold, pictures or raw HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

MAX_NESTING = 120
"""Levels of lists and quotations that are read; each level of a list counts twice."""

_TAIL = re.compile(r"://[^\s<>\"`*\[\]()\\|가-힣]+")
_AFTER_ADDRESS = ".,;:!?'"
"""Marks that end a sentence rather than an address, as GFM reads them."""
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


class _Verbatim(MarkdownIt):
    """A parser that leaves addresses as they stand, of whatever scheme: judging them comes later."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802, the library's name
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return True


def parser() -> MarkdownIt:
    """CommonMark with tables; an address that stands bare in the text is a link, as on GitHub and most blogs."""
    made = _Verbatim("commonmark", {"html": True, "maxNesting": MAX_NESTING}).enable("table")
    made.inline.ruler.after("text", "bare_url", _bare_url)
    return made


def _bare_url(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != ":" or state.linkLevel or not state.pending.endswith(("http", "https")):
        return False
    tail = _TAIL.match(state.src, state.pos)
    if tail is None:
        return False
    rest = tail[0].rstrip(_AFTER_ADDRESS)
    if not silent:
        scheme = "https" if state.pending.endswith("https") else "http"
        state.pending = state.pending.removesuffix(scheme)
        state.push("link_open", "a", 1).attrs = {"href": scheme + rest}
        state.tokens[-1].info = "auto"
        state.push("link_close", "a", -1)
    state.pos += len(rest)
    return True


def read_run(tokens: Sequence[Token], line: int) -> Run:
    """The run of an inline token's children that begins on ``line``."""
    text = ""
    links: list[PostLink] = []
    bold: list[tuple[int, int]] = []
    breaks: list[int] = []
    images: list[Marked] = []
    html: list[Marked] = []
    opened: list[tuple[int, Token]] = []
    for token in tokens:
        here = line + len(breaks)
        if token.type in ("text", "code_inline"):
            text += f"`{token.content}`" if token.type == "code_inline" else token.content
        elif token.type in ("softbreak", "hardbreak"):
            text += " "
            breaks.append(len(text))
        elif token.type in ("link_open", "strong_open"):
            opened.append((len(text), token))
        elif token.type == "strong_close":
            bold.append((opened.pop()[0], len(text)))
        elif token.type == "link_close":
            start, opening = opened.pop()
            is_bare = opening.info == "auto"
            url = str(opening.attrs.get("href", ""))
            links.append(PostLink("" if is_bare else text[start:], url, here, -1 if is_bare else start))
            text = text[:start] if is_bare else text
        elif token.type == "image":
            images.append(Marked(str(token.attrs.get("src", "")), here))
        elif token.type == "html_inline":
            text += " " if _BREAK.fullmatch(token.content) else ""
            html.append(Marked(token.content, here))
    return Run(text, line, tuple(links), tuple(bold), tuple(breaks), tuple(images), tuple(html))


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
