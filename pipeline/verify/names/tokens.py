"""Latin-script words of a text: which are figures with a unit (70B, 4-bit) and which are names (GPT-4o, H100, Q4_K_M).

Shared by the checks of numbers and of names, so that a digit is read by one of them only.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from pipeline.verify.figures.units import ENGLISH

_LETTER = "A-Za-zÀ-ÖØ-öø-ɏ"
_URL = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]]*", re.IGNORECASE)
_MARKUP = re.compile(r"\*\*|`|\\(?=[$~*_#])")
# A pattern that begins with a digit is looked for several times as fast as one that begins with what stands before it.
_MULTIPLIED = re.compile(r"(\d(?<![\w.]\d)\d{0,3}) ?[xX×*](?=[A-Z][A-Za-z]?[A-Za-z0-9])")
_TIMES = re.compile(r"(\d(?<![\w.]\d)\d?)[xX×](?=[2-9]0[6-9]0)")  # 2x4090
_MULTIPLE = re.compile(r"(?<=\d) ?×(?! ?\d)")  # 2.7× faster; 1920×1080 and 3 × 10^5 are other things
_FOLDED: dict[int, str] = (
    {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2212, 0xFE63), "-")
    | dict.fromkeys((0x2013, 0x2014, 0x2015, 0x301C, 0x223C, 0xFF5E), "~")
    | dict.fromkeys((0xA0, 0x2007, 0x2009, 0x200A, 0x202F, 0x3000, 0x09, 0x0A, 0x0D), " ")
    | dict.fromkeys((0x2018, 0x2019, 0x2032, 0x02BC), "'")
    | dict.fromkeys((0x201C, 0x201D, 0x2033), '"')
    | {0xD7: "×", 0xBD: "1/2", 0xBC: "1/4", 0xBE: "3/4", 0x2044: "/", 0x2192: "→", 0x27A1: "→", 0xFE0F: "", 0x200B: ""}
)
_CHUNK = re.compile(rf"(?<!%)[@#]?[{_LETTER}0-9_]+(?:[.'\-][{_LETTER}0-9_]+)*(?:\+\+|#(?![{_LETTER}0-9]))?")
_NUMERIC = re.compile(r"\d+(?:\.\d+)*(?:-\d+(?:\.\d+)*)*")
# 70B, 8GB, 2x, 16fps, 20th, 30-35, 20-30GB, 10^26; then lower-case words: 4-bit, 30-second, 70B-parameter, 1M-token.
_ODD_UNITS = "|".join(re.escape(unit) for unit in sorted(ENGLISH, key=len, reverse=True) if not unit.isalpha())
_FIGURE = re.compile(
    rf"(?:\d+(?:\.\d+)?[kKmMbBtT]?-)?\d+(?:\.\d+)?(?:[eE]-?\d+|[kKmM]?(?i:(?:{_ODD_UNITS})s?)|(?P<unit>[A-Za-z]+))?"
    r"(?:-(?:[a-z]+|GPU|GPUs|CPU))*"
)
_SCALES = frozenset({*"kKmMbBtT", "bn", "mn", "tn"})
_OF_OWNER = re.compile(rf"([{_LETTER}\d])'[sS](?![{_LETTER}])")
_PIECE = re.compile(rf"\d+(?:\.\d+)*|[{_LETTER}]+")
_CAMEL = re.compile(r"(?<=[a-z]{3})(?=[A-Z])")  # GroqInc holds Groq, HuggingFaceM4 holds Hugging Face
_PART = re.compile(
    r"(?<![\d.])(?P<times>\d+(?=[xX]\d))|(?<![A-Za-z0-9.])[aAeExX]?(?P<size>\d+(?:\.\d+)?[bBmMkKtT])(?![A-Za-z0-9])"
    r"|(?<=[xX])(?P<each>\d+(?:\.\d+)?[bBmM])(?![A-Za-z0-9])"
    r"|(?<![A-Za-z])(?:Q|q|IQ|iq|int|INT|uint|fp|FP|bf|BF|nf|NF|mxfp|MXFP|nvfp|NVFP|w|W|float)-?(?P<bits>\d{1,2})"
)


class Chunk(NamedTuple):
    """A Latin-script word, digits in it included; ``is_name`` is False for a figure with its unit."""

    text: str
    start: int
    end: int
    is_name: bool


class Boundary(NamedTuple):
    """Pieces of a text joined without separators, lower case, and where in it a name may begin and end."""

    joined: str
    starts: frozenset[int]
    ends: frozenset[int]

    def holds(self, name: str) -> int:
        """Where the normalised ``name`` stands as whole words (a plural s aside); -1 when it does not."""
        at = self.joined.find(name) if name else -1
        while at >= 0:
            end = at + len(name)
            if at in self.starts and (end in self.ends or (end + 1 in self.ends and self.joined[end] == "s")):
                return at
            at = self.joined.find(name, at + 1)
        return -1


@functools.lru_cache(maxsize=1024)  # several checks read one text
def fold(text: str) -> str:
    """``text`` without URLs and markup, its dashes, quotes, spaces and full-width letters made plain.

    En and em dashes become ``~``, which is how Korean writes a range.
    """
    plain = _MARKUP.sub("", _URL.sub(" ", text).translate(_FOLDED))
    return _MULTIPLE.sub("x", _TIMES.sub(r"\1x ", _MULTIPLIED.sub(r"\1x ", plain)))


@functools.lru_cache(maxsize=1024)
def chunks(folded: str) -> tuple[Chunk, ...]:
    """All Latin-script words of a folded text; numbers without letters are left out."""
    found = []
    for match in _CHUNK.finditer(folded):
        text = match.group().rstrip("_")
        if _NUMERIC.fullmatch(text.lstrip("@#")) or not text.strip("_"):
            continue
        text = _without_owner(text)
        is_name = not (text[0].isdigit() and _is_figure(text))
        found.append(Chunk(text, match.start(), match.start() + len(text), is_name))
    return tuple(found)


def _is_figure(word: str) -> bool:
    """Whether a word is a number with nothing but its scale or unit; before that kilo or mega, behind it an s."""
    match = _FIGURE.fullmatch(word)
    if match is None or not match["unit"] or match["unit"] in _SCALES:
        return match is not None
    unit = match["unit"].lower()
    units = (unit, unit[1:]) if unit[0] in "km" else (unit,)
    return any(one in ENGLISH or one.removesuffix("s") in ENGLISH for one in units)


def embedded(name: str) -> list[tuple[str, str]]:
    """Sizes and bits inside a name: ``Qwen3-30B-A3B`` → 30B, 3B; ``8x22B`` → 8, 22B; ``Q4_K_M`` → 4 bits."""
    return [(kind, match[kind]) for match in _PART.finditer(name) if (kind := match.lastgroup)]


def normalised(name: str) -> str:
    """A name as it is compared: lower case, letters and digits only, possessive off."""
    return "".join(_PIECE.findall(_without_owner(name))).lower()


def _without_owner(name: str) -> str:
    return name[:-2] if name.endswith("'s") else name.removesuffix("'")


def joined_pieces(folded: str) -> str:
    """All that stands in the joined form of a folded text, and little else: a cheap first look for a name."""
    return "".join(_PIECE.findall(_OF_OWNER.sub(r"\1", folded))).lower()


def boundaries(folded: str) -> Boundary:
    """The joined form of a folded text.

    A name may end where a separator follows, or where digits follow letters (Llama in Llama3), never inside a number
    or before letters that hang on its digits (GPT-4 in GPT-4o).
    """
    joined, starts, ends, length, last = [], {0}, set(), 0, 0
    for match in _PIECE.finditer(folded):
        piece = match.group().lower()
        separated = match.start() > last or length == 0
        if separated or not piece[0].isdigit():
            starts.add(length) if separated or match.group()[0].isupper() else None
        if separated or piece[0].isdigit():
            ends.add(length)
        if separated and piece == "s" and folded[last : match.start()] == "'":
            last = match.end()
            continue
        for camel in _CAMEL.finditer(match.group()) if match.group()[3:] != piece[3:] else ():
            starts.add(length + camel.start())
            ends.add(length + camel.start())
        joined.append(piece)
        length += len(piece)
        last = match.end()
    ends.add(length)
    return Boundary("".join(joined), frozenset(starts), frozenset(ends))
