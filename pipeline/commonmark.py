"""How Markdown is parsed, a newsletter's and a post's: CommonMark with tables, each address in one piece.

An address in running text is one run of characters: ``https://x.example/_a_`` holds no emphasis. Where an address is a
target, in an attribute or in code, an underscore means nothing, so it is shielded wherever one stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from pyromark import Markdown, Options

Event = Any
"""As the parser gives it (https://monosans.github.io/pyromark/events/): a string, or one name with what belongs to it,
which may be one name again."""

_PARSER = Markdown(options=Options.ENABLE_TABLES)
_ADDRESS = re.compile(r"://[^\s<>\"`*\[\]()\\|]+")
_SHIELD, _PERCENT_SHIELD = "\ufdd0", "\ufdd1"  # noncharacters: none are left in a text that was made visible
_PERCENT = re.compile(r"%(?<!\\%)(?=[0-9A-Fa-f]{2})")
_SPELLED = re.compile(r"(?:\\%|&(?:#0{0,5}37|#[xX]0{0,4}25|percnt);)(?=[0-9A-Fa-f]{2})")
_SPELLED_TARGET = re.compile(rf"\]\([^\s()\[\]]*?{_SPELLED.pattern}[^\s()\[\]]*")
_SIGNS = ("\\%", "37;", "25;", "percnt;")  # without one of them, none is spelled so
_TARGET = re.compile(r"<(?:a href|img src)=\"[^\"%]*%[^\"]*\"")
_CODE = r"%(?:[01][0-9A-F]|2[02]|3[CE]|5[B-E]|60|7[B-DF]|[89A-F][0-9A-F])"  # of what no address may hold as it is
_ENCODED = re.compile(f"{_CODE}(?:{_CODE})*")


def html(text: str) -> str:
    """The text as HTML, with raw HTML and all addresses as they stand.

    The parser percent-encodes addresses, and cleaning them is another stage's work. So what is encoded already is
    shielded too, and what then stands encoded in an address is the parser's doing.
    """
    text = _shielded(text)
    if any(map(text.__contains__, _SIGNS)):
        text = _SPELLED_TARGET.sub(lambda target: _SPELLED.sub("%", target[0]), text)
    encoded = _PARSER.html(_PERCENT.sub(_PERCENT_SHIELD, text))
    encoded = encoded.replace("%EF%B7%90", _SHIELD).replace("%EF%B7%91", _PERCENT_SHIELD)
    decoded = _TARGET.sub(lambda target: _ENCODED.sub(_decoded, target[0]), encoded)
    return unshielded(decoded).replace(_PERCENT_SHIELD, "%")


def _decoded(run: re.Match[str]) -> str:
    from html import escape  # brings the table of all entities, and few addresses need it

    return escape(unquote(run[0]))


def events_by_line(text: str) -> Iterator[tuple[Event, int]]:
    """The parser's events, each with the line on which it begins, from 1; what they tell is to be `unshielded`."""
    source = _shielded(text)
    line, counted, encoded = 1, 0, source.encode()
    for event, span in _PARSER.events_with_range(source, merge_text=True):
        start = span["start"]
        # Blocks and pieces of text begin in order; an end stands at its block's beginning and tells nothing of a line.
        if start > counted:
            line, counted = line + encoded.count(b"\n", counted, start), start
        yield event, line


def unshielded(text: str) -> str:
    return text.replace(_SHIELD, "_")


def opened(event: Event) -> tuple[str, str, Any]:
    """Kind, name and data of an event: ("Start", "Link", {…}), ("Text", "", "words"), ("SoftBreak", "", None)."""
    if isinstance(event, str):
        return event, "", None
    [(kind, value)] = event.items()
    if kind not in {"Start", "End"}:
        return kind, "", value
    if isinstance(value, str):
        return kind, value, None
    [(name, data)] = value.items()
    return kind, name, data


def target(link: Any) -> str:
    """The address of a link, from what the parser knows of it."""
    address: str = link["dest_url"]
    return f"mailto:{address}" if link["link_type"] == "Email" else address


def _shielded(text: str) -> str:
    return _ADDRESS.sub(lambda run: run[0].replace("_", _SHIELD) if "_" in run[0] else run[0], text)
