"""What of the page can be seen at the place where a parser is: the styles of the open elements, added up."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import NamedTuple

from pipeline.extract import hidden

_REGIONS = {"toc": "toc", "table-of-contents": "toc", "footer": "footer", "email-footer": "footer"}
ORDINARY_SIZE = 16.0  # pixels: of a browser's text
_NONE: Mapping[str, str] = {}  # the parser's own empty mapping is slow
_SAYING = frozenset({"class", "id", "style", "color", "bgcolor", "hidden"})  # attributes that say how it is drawn


class _State(NamedTuple):
    depth: int
    colour: hidden.Colour | None = None
    background: hidden.Colour | None = hidden.WHITE
    tiny: bool = False
    region: str = ""
    heavy: bool = False
    size: float = ORDINARY_SIZE


class Visibility:
    """Follows a parser through the elements.

    Attributes:
        unseen: Whether text here is too small to be seen, or of the colour of its background.
        heavy: Whether text here is bold by its style.
        size: Of text here, in pixels.
        region: ``toc`` or ``footer`` where an open element calls itself so.
        entered: Depth of the innermost element that changed any of this; there `leave` has something to do.
    """

    def __init__(self, sheets: tuple[str, ...]) -> None:
        self._rules = hidden.Rules(sheets)
        self._known: dict[tuple[str | None, ...], tuple[hidden.Look, str]] = {}
        self._drawn: set[str] = set()  # tags that are plain text where no attribute says otherwise
        self._states = [_State(0)]
        self.unseen = False
        self.heavy = False
        self.size = ORDINARY_SIZE
        self.region = ""
        self.entered = 0

    def hides(self, tag: str, attributes: Mapping[str, str], depth: int) -> bool:
        """Enters an element; True where it is not drawn, and so not entered."""
        silent = not attributes or _SAYING.isdisjoint(attributes)
        if silent and tag in self._drawn:
            return False
        get = (attributes or _NONE).get
        key = (tag, get("class"), get("id"), get("style"), get("color"), get("bgcolor"), get("hidden"))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = (self._look(tag, attributes), _region(tag, attributes))
        look, region = known
        if look.hides:
            return True
        if region or look != hidden.PLAIN:
            before = self._states[-1]
            background = None if look.pictured else look.background or before.background
            tiny = before.tiny if look.tiny is None else look.tiny
            heavy = before.heavy if look.heavy is None else look.heavy
            size = look.size or before.size * (look.scale or 1)
            self._states.append(
                _State(depth, look.colour or before.colour, background, tiny, region or before.region, heavy, size)
            )
            self._show()
        elif silent:
            self._drawn.add(tag)
        return False

    def leave(self, depth: int) -> None:
        """Leaves the element that was entered at ``depth``, where `entered` is this depth."""
        if self.entered == depth:
            self._states.pop()
            self._show()

    def _look(self, tag: str, attributes: Mapping[str, str]) -> hidden.Look:
        """What the style sheets, the old attributes and the ``style`` of an element do, the later over the earlier."""
        looks = self._rules.looks(tag, attributes)
        colour, background = (hidden.colour_of(attributes.get(name, "")) for name in ("color", "bgcolor"))
        looks.append(hidden.Look("hidden" in attributes, None, colour, background))
        looks.append(hidden.look(attributes.get("style", "")))
        return functools.reduce(hidden.together, looks, hidden.PLAIN)

    def _show(self) -> None:
        now = self._states[-1]
        coloured = now.colour is not None and now.background is not None and hidden.same(now.colour, now.background)
        self.unseen, self.region, self.entered = now.tiny or coloured, now.region, now.depth
        self.heavy, self.size = now.heavy, now.size


def _region(tag: str, attributes: Mapping[str, str]) -> str:
    if tag == "footer":
        return "footer"
    return next((_REGIONS[word] for word in attributes.get("class", "").lower().split() if word in _REGIONS), "")
