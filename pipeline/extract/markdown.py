"""Markdown to HTML, for the one HTML extractor that reads every surface.

A walk over the Markdown's tokens would miss the links inside raw HTML, a third of all.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml, unescapeAll
from markdown_it.rules_inline import StateInline

from pipeline.errors import ExtractError
from pipeline.extract.normalise import with_open_ends_closed

# Lists within lists within quotations: each level of a list counts twice. The parser calls itself for each level,
# and silently leaves out what lies deeper than its limit; so reaching the limit is an error here.
_MAX_NESTING = 40

_URL_TAIL = re.compile(r"://[^\s<>\"`*\[\]()\\|]+")


class _Verbatim(MarkdownIt):
    """A parser that leaves addresses as they stand, of whatever scheme: cleaning them is another stage's work."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802, the library's name
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return True


def _bare_url(state: StateInline, silent: bool) -> bool:
    """An address in running text is one run of characters: ``https://x.example/_a_`` holds no emphasis."""
    if state.src[state.pos] != ":" or not state.pending.endswith(("http", "https")):
        return False
    tail = _URL_TAIL.match(state.src, state.pos)
    if tail is None:
        return False
    if not silent:
        # Raw HTML, not text: the parser joins neighbouring texts at a cost that grows with the square of their number.
        state.push("html_inline", "", 0).content = escapeHtml(unescapeAll(tail[0]))
    state.pos = tail.end()
    return True


def _parser() -> MarkdownIt:
    parser = _Verbatim("commonmark", {"html": True, "maxNesting": _MAX_NESTING}).enable("table")
    parser.inline.ruler.after("text", "bare_url", _bare_url)
    return parser


def to_html(text: str) -> str:
    """CommonMark with tables, rendered; raw HTML stays in it.

    Raises:
        ExtractError: Lists or quotations are nested too deeply.
    """
    parser = _parser()
    try:
        tokens = parser.parse(with_open_ends_closed(text))
        if any(token.level >= _MAX_NESTING - 1 for token in tokens):
            raise ExtractError("lists or quotations are nested too deeply to be read")
        html: str = parser.renderer.render(tokens, parser.options, {})
    except RecursionError:
        raise ExtractError("the Markdown is nested too deeply to be read") from None
    return html
