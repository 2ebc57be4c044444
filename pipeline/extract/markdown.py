"""Markdown to HTML, for the one HTML extractor that reads every surface.

A walk over the Markdown's events would miss the links inside raw HTML, a third of all. The parser's own HTML cannot be
used either: it percent-encodes addresses, and cleaning them is another stage's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pipeline.commonmark import Event, events, target, unshielded
from pipeline.extract.normalise import with_open_ends_closed

_ALWAYS = {  # what is written of events of which the parser knows no more
    ("Start", "Paragraph"): "<p>",
    ("End", "Paragraph"): "</p>",
    ("Start", "Item"): "<li>",
    ("End", "Item"): "</li>",
    ("Start", "Emphasis"): "<em>",
    ("End", "Emphasis"): "</em>",
    ("Start", "Strong"): "<strong>",
    ("End", "Strong"): "</strong>",
    ("End", "Link"): "</a>",
    ("Start", "HtmlBlock"): "",
    ("End", "HtmlBlock"): "\n",
}
_TAGS = {"BlockQuote": "blockquote", "Table": "table", "TableHead": "tr", "TableRow": "tr"}
_SIGNS = {"SoftBreak": "\n", "HardBreak": "<br>\n", "Rule": "<hr>"}
_UNSAFE = re.compile(r"[&<>\"]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def to_html(text: str) -> str:
    """CommonMark with tables, rendered; raw HTML stays in it, and addresses stay as they stand."""
    return unshielded(_written(events(with_open_ends_closed(text))))


def escaped(text: str) -> str:
    """Text as it stands in HTML, in an attribute too."""
    return _UNSAFE.sub(lambda character: _ENTITIES[character[0]], text) if _UNSAFE.search(text) else text


def _written(events: Iterable[Event]) -> str:
    """The HTML of the parser's events."""
    pieces: list[str] = []
    images: list[tuple[int, str]] = []  # the open ones: where their description begins, and their address
    cell = "td"
    for event in events:
        if isinstance(event, str):
            pieces.append(_SIGNS[event])
            continue
        [(kind, value)] = event.items()
        if kind == "Text":
            pieces.append(escaped(value))
        elif kind == "Code":
            pieces.append(f"<code>{escaped(value)}</code>")
        elif kind in {"Html", "InlineHtml"}:
            pieces.append(value)
        elif isinstance(value, str) and (kind, value) in _ALWAYS:
            pieces.append(_ALWAYS[kind, value])
        else:
            name, data = (value, None) if isinstance(value, str) else next(iter(value.items()))
            if name == "Image":
                _image(kind, data, pieces, images)
                continue
            cell = {"TableHead": "th", "TableRow": "td"}.get(name, cell)
            pieces.append(_start(name, data, cell) if kind == "Start" else _end(name, data, cell))
    return "".join(pieces)


def _start(name: str, data: Any, cell: str) -> str:
    """The start tag of an element; ``data`` is what the parser knows of it."""
    if name in _TAGS:
        return f"<{_TAGS[name]}>"
    if name == "Link":
        return f'<a href="{escaped(target(data))}">'
    if name == "TableCell":
        return f"<{cell}>"
    if name == "List":
        return "<ul>" if data is None else "<ol>"
    if name == "Heading":
        return f"<{data['level'].lower()}>"
    return "<pre><code>"


def _end(name: str, data: Any, cell: str) -> str:
    if name in _TAGS:
        return f"</{_TAGS[name]}>"
    if name == "TableCell":
        return f"</{cell}>"
    if name == "List":
        return "</ol>" if data else "</ul>"
    if name == "Heading":
        return f"</{data.lower()}>"
    return "</code></pre>"


def _image(kind: str, data: Any, pieces: list[str], images: list[tuple[int, str]]) -> None:
    """An image begins, or ends: what was written in between is its description."""
    if kind == "Start":
        images.append((len(pieces), data["dest_url"]))
        return
    begin, address = images.pop()
    description = re.sub(r"<[^>]*>", "", "".join(pieces[begin:]))
    pieces[begin:] = [f'<img src="{escaped(address)}" alt="{description}">']
