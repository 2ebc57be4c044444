"""Which elements of a page a reader cannot see.

Text that only a machine reads is how instructions reach a model, so what a browser would not draw is left out. The
list of ways is faults.md, 3B; what a reader can make visible (closed ``<details>``, ``alt``, ``title``) stays.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import NamedTuple

_NOTHING = r"(?:0+(?:\.0*)?|\.0+)(?:[a-z]+|%)?"
_FAR = r"-(?:[1-9][0-9]{3,}|[5-9][0-9]{2}|[1-9][0-9]+(?:r?em|vw|vh)|[1-9][0-9]{2,}%).*"
_HIDING = {  # properties, and the values that hide
    "display": r"none",
    "visibility": r"hidden|collapse",
    "content-visibility": r"hidden",
    "mso-hide": r"all",
    "opacity": r"(?:0+(?:\.0*)?|\.0+)%?",
    "max-height": _NOTHING,
    "max-width": _NOTHING,
    "text-indent": _FAR,
    "left": _FAR,
    "right": _FAR,
    "top": _FAR,
    "bottom": _FAR,
    "margin-left": _FAR,
    "margin-top": _FAR,
    "clip": r"rect\((?:[01](?:px)?[, ]*){4}\)",
    "clip-path": r"inset\((?:50|100)%.*|circle\(0.*|polygon\((?:0(?:px|%)?[, ]*)+\)",
    "transform": rf"scale[xy]?\(0[^.].*|translate[xy]?\({_FAR}",
}
# Sizes that a child may set anew: mails are laid out in cells of font-size 0 with text of ordinary size inside.
_TINY = re.compile(rf"\A(?:{_NOTHING}|[01]?(?:\.[0-9]+)?px)\Z")
_RELATIVE = re.compile(r"\A(?:[0-9.]+(?:em|%)|inherit|normal|smaller|larger)\Z")
_ZERO = re.compile(r"\A[01](?:\.0+)?(?:px|em|rem|pt|%)?\Z")
_LENGTH = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,6})?)(px|pt|rem|em|%)")
_PIXELS = {"px": 1.0, "pt": 4 / 3, "rem": 16.0}
_BOLD_FROM = 600
_COLOUR_NAMES = {"white": (255, 255, 255), "black": (0, 0, 0), "red": (255, 0, 0), "lime": (0, 255, 0)}
_COLOUR_NAMES |= {"blue": (0, 0, 255), "yellow": (255, 255, 0), "gray": (128, 128, 128), "grey": (128, 128, 128)}
_COLOUR_NAMES |= {"silver": (192, 192, 192), "snow": (255, 250, 250), "whitesmoke": (245, 245, 245)}
_HEX = re.compile(r"\A#(?:([0-9a-f])([0-9a-f])([0-9a-f])[0-9a-f]?|([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})(?:..)?)\Z")
_RGB = re.compile(r"\Argba?\( ?([0-9]{1,3})[ ,]+([0-9]{1,3})[ ,]+([0-9]{1,3})(?:[ ,/]+([0-9.]+%?))?[^)]{0,20}\)\Z")
_NO_MORE_THAN = 12  # of 3 x 255: the eye takes #fdfdfd on white for white

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)


class Look(NamedTuple):
    """What a set of declarations does to an element.

    Attributes:
        hides: The element and all in it are not drawn.
        tiny: Its text has no size; False where it gets one, None where nothing is said.
        colour, background: None where nothing is said, or nothing that we can read.
        pictured: Its background is a picture or a gradient, of no one colour.
        heavy: Its text is bold; None where nothing is said.
        size: Of its text in pixels; None where nothing is said.
        scale: Of its text as a multiple of the size around it; None where nothing is said.
    """

    hides: bool = False
    tiny: bool | None = None
    colour: Colour | None = None
    background: Colour | None = None
    pictured: bool = False
    heavy: bool | None = None
    size: float | None = None
    scale: float | None = None


PLAIN = Look()


def together(earlier: Look, later: Look) -> Look:
    """What two sets of declarations do to one element, the later over the earlier."""
    return Look(
        earlier.hides or later.hides,
        earlier.tiny if later.tiny is None else later.tiny,
        later.colour or earlier.colour,
        later.background or earlier.background,
        earlier.pictured or later.pictured,
        earlier.heavy if later.heavy is None else later.heavy,
        *((earlier.size, earlier.scale) if later.size is later.scale is None else (later.size, later.scale)),
    )


@functools.lru_cache(maxsize=1_024)  # pages say the same of many elements
def look(style: str) -> Look:
    """What the declarations of a ``style`` attribute or a rule do."""
    values: dict[str, str] = {}
    for declaration in style.lower().split(";"):
        name, _, value = declaration.partition(":")
        values[name.strip()] = value.replace("!important", "").strip()
    hides = any(name in _HIDING and re.fullmatch(_HIDING[name], value) for name, value in values.items())
    if values.get("overflow", "").startswith("hidden"):
        hides = hides or any(_ZERO.match(values.get(name, "")) for name in ("height", "width"))
    hides = hides or values.get("color") == "transparent" or values.get("color", "").endswith((",0)", ", 0)"))
    background = values.get("background-color") or values.get("background", "")
    picture = values.get("background-image", "") + values.get("background", "")
    return Look(
        hides,
        _tiny(values),
        colour_of(values.get("color", "")),
        colour_of(background) or colour_of(background.split(" ")[0]),
        "url(" in picture or "gradient" in picture,
        _heavy(values.get("font-weight", "")),
        *_size(values.get("font-size", "")),
    )


_EDGE = re.compile(r"\bborder(?:-top|-bottom)?(?:-width)?: ?(?!0(?![.\d])|none|medium none|inherit|initial)[^;]*\d")
_FLAT = re.compile(r"(?:^|[; ])(?:max-)?height: ?[1-4]px")


@functools.lru_cache(maxsize=1_024)
def draws_line(style: str) -> bool:
    """Whether an element of this style is drawn as a line when it is empty: by an edge, or by its colour."""
    lowered = style.lower()
    return _EDGE.search(lowered) is not None or ("background" in lowered and _FLAT.search(lowered) is not None)


def _heavy(weight: str) -> bool | None:
    if weight.isdigit():
        return int(weight) >= _BOLD_FROM
    return {"bold": True, "bolder": True, "normal": False, "lighter": False}.get(weight)


def _size(value: str) -> tuple[float | None, float | None]:
    """A size in pixels, or as a multiple of the size around it."""
    found = _LENGTH.fullmatch(value)
    if found is None:
        return None, None
    number, unit = float(found[1]), found[2]
    if unit in _PIXELS:
        return number * _PIXELS[unit], None
    return None, number / 100 if unit == "%" else number


def _tiny(values: Mapping[str, str]) -> bool | None:
    sizes = [values[name] for name in ("font-size", "line-height") if name in values]
    if any(_TINY.match(size) for size in sizes):
        return True
    return False if any(size and not _RELATIVE.match(size) for size in sizes) else None


def colour_of(value: str) -> Colour | None:
    """Red, green and blue of a CSS colour; None for one that we do not read."""
    value = value.strip().lower()
    if value in _COLOUR_NAMES:
        return _COLOUR_NAMES[value]
    if (found := _HEX.match(value)) is not None:
        digits = [found[n] * 2 for n in (1, 2, 3)] if found[1] else [found[n] for n in (4, 5, 6)]
        return int(digits[0], 16), int(digits[1], 16), int(digits[2], 16)
    if (found := _RGB.match(value)) is not None:
        return int(found[1]), int(found[2]), int(found[3])
    return None


def same(colour: Colour, background: Colour) -> bool:
    """Whether text in this colour cannot be told from its background."""
    return sum(abs(a - b) for a, b in zip(colour, background, strict=True)) <= _NO_MORE_THAN


class Rules:
    """The rules of a page's style sheets, for selectors of one element: ``.x``, ``#x``, ``p.x``, ``body .x``."""

    def __init__(self, sheets: tuple[str, ...]) -> None:
        # By class, id or tag, and by the tag that the selector asks for besides: a sheet of ten thousand rules for one
        # class is one rule, else each element would look at all of them.
        self._by_key: dict[str, dict[str, Look]] = {}
        for sheet in sheets:
            for selector, declarations in _rules(sheet):
                found = look(declarations)
                if found != PLAIN:
                    for one in selector.split(","):
                        self._add(one.strip(), found)

    def __bool__(self) -> bool:
        return bool(self._by_key)

    def _add(self, selector: str, found: Look) -> None:
        parts = selector.replace(">", " ").split()
        if not parts or any(mark in part for part in parts[:-1] for mark in ".#:[") or ":" in parts[-1]:
            return  # it asks for ancestors or a state: not told here
        tag, key = re.match(r"([^.#\[]*)(.*)\Z", parts[-1], re.DOTALL).groups()  # type: ignore[union-attr]
        key = key or tag
        looks = self._by_key.setdefault(key.lower(), {})
        needed = tag.lower() if key != tag else ""
        looks[needed] = together(looks.get(needed, PLAIN), found)

    def looks(self, tag: str, attributes: Mapping[str, str]) -> list[Look]:
        """What the rules for this element do: those for any tag, then those for its own, which go before."""
        keys = [f".{name}" for name in attributes.get("class", "").lower().split()] + [tag]
        if identifier := attributes.get("id"):
            keys.append(f"#{identifier.lower()}")
        found = [looks for key in keys if (looks := self._by_key.get(key))]
        return [looks[needed] for looks in found for needed in ("", "*", tag) if needed in looks]


def _rules(sheet: str) -> list[tuple[str, str]]:
    """Selectors and declarations that apply on a screen of ordinary size. Linear time."""
    found: list[tuple[str, str]] = []
    media = ""
    for segment in _without_comments(sheet).split("}"):
        prelude, brace, declarations = segment.rpartition("{")
        if not brace:
            media = ""
            continue
        outer, nested, selector = prelude.rpartition("{")
        media = outer if nested else media
        if not any(word in media.lower() for word in ("print", "max-width", "prefers-", "@font", "@key")):
            found.append((selector, declarations))
    return found


def _without_comments(sheet: str) -> str:
    first, *others = sheet.replace("<!--", "").replace("-->", "").split("/*")
    return first + "".join(other.partition("*/")[2] for other in others)
