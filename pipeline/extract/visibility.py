"""What of the page can be seen at the place where a parser is: the styles of the open elements, added up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from pipeline.extract import hidden

_T = TypeVar("_T")
_REGIONS = {"toc": "toc", "table-of-contents": "toc", "footer": "footer", "email-footer": "footer"}
_INTERESTING = frozenset({"style", "class", "id", "hidden", "color", "bgcolor"})


class _State(NamedTuple):
    depth: int
    colour: hidden.Colour | None = None
    background: hidden.Colour | None = hidden.WHITE
    tiny: bool = False
    region: str = ""


class Visibility:
    """Follows a parser through the elements.

    Attributes:
        unseen: Whether text here is too small to be seen, or of the colour of its background.
        region: ``toc`` or ``footer`` where an open element calls itself so.
    """

    def __init__(self, sheets: list[str]) -> None:
        self._rules = hidden.Rules(sheets)
        self._looks: dict[str, hidden.Look] = {}
        self._states = [_State(0)]
        self.unseen = False
        self.region = ""

    def hides(self, tag: str, attributes: Mapping[str, str], depth: int) -> bool:
        """Enters an element; True where it is not drawn, and so not entered."""
        if not self._rules and tag != "footer" and (not attributes or _INTERESTING.isdisjoint(attributes)):
            return False
        if "hidden" in attributes:
            return True
        looks = self._rules.looks(tag, attributes) if self._rules else []
        if style := attributes.get("style"):
            if style not in self._looks:
                self._looks[style] = hidden.look(style)
            looks.append(self._looks[style])
        if any(look.hides for look in looks):
            return True
        before = self._states[-1]
        now = _State(
            depth,
            _last([look.colour for look in looks] + [hidden.colour_of(attributes.get("color", ""))], before.colour),
            _last(
                [look.background for look in looks] + [hidden.colour_of(attributes.get("bgcolor", ""))],
                before.background,
            ),
            _last([look.tiny for look in looks], before.tiny) is True,
            _region(tag, attributes) or before.region,
        )
        if any(look.pictured for look in looks):
            now = now._replace(background=None)
        if now[1:] != before[1:]:
            self._states.append(now)
            self._show(now)
        return False

    def leave(self, depth: int) -> None:
        """Leaves the element that was entered at ``depth``."""
        if self._states[-1].depth == depth:
            self._states.pop()
            self._show(self._states[-1])

    def _show(self, state: _State) -> None:
        coloured = state.colour is not None and state.background is not None
        self.unseen = state.tiny or (coloured and hidden.same(state.colour, state.background))  # type: ignore[arg-type]
        self.region = state.region


def _last(said: list[_T | None], before: _T) -> _T:
    return next((one for one in reversed(said) if one is not None), before)


def _region(tag: str, attributes: Mapping[str, str]) -> str:
    if tag == "footer":
        return "footer"
    return next((_REGIONS[word] for word in attributes.get("class", "").lower().split() if word in _REGIONS), "")
