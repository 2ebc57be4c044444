"""Characters a reader cannot see, and how they leave the text.

Hidden text in a newsletter reaches a model as well as visible text does; so what a browser would not draw is removed
before anything reads it. The classes are Unicode's ``Default_Ignorable_Code_Point`` (DerivedCoreProperties 16.0),
controls, and blanks that pose as letters.
"""

from __future__ import annotations

import re
from functools import lru_cache

_ZWNJ, _ZWJ, _VS16 = "\u200c", "\u200d", "\ufe0f"

_INVISIBLE = (
    r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls; tab, newline and those that break a line are dealt with below
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"  # U+2800 and U+FFF9-B: drawn blank, though not ignorable
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    r"\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # lone surrogates and noncharacters: no text, and not encodable
)
_INVISIBLE_RUN = re.compile(f"[{_INVISIBLE}]+")
# Spaces of other widths, and the controls that end a line: all are drawn as a gap between two words.
_GAPS = r"\xa0\u1680\u2000-\u200a\u202f\u205f\u3000\x0b\x0c\x85\u2028\u2029"
_GAP = re.compile(f"[{_GAPS}]")
_ORDINARY = bytes(range(0x20, 0x7F)) + b"\n\t"
_CARRIAGE_RETURN = re.compile(r"\r\n?")

# Few texts ask for what follows, so it is compiled where it is used.
# Blocks in which every Extended_Pictographic character lies (emoji-data 16.0); none of them holds letters.
_EMOJI = (
    r"[\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2934\u2935\u2b00-\u2bff"
    r"\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
_KEYCAP = r"[0-9#*]"
_BLACK_FLAG = "\U0001f3f4"
# England, Scotland, Wales: the only subdivision flags recommended for interchange (emoji-sequences 16.0).
_FLAG_TAGS = frozenset(
    "".join(chr(0xE0000 + ord(letter)) for letter in region) + "\U000e007f" for region in ("gbeng", "gbsct", "gbwls")
)
_PERSIAN = r"[\u0620-\u06ff\u0750-\u077f\u08a0-\u08ff]"
_INDIC = r"[\u0900-\u0dff]"


def with_small_x(html: str) -> str:
    """HTML with ``&#x41;`` for ``&#X41;``, which libxml2's parser of HTML does not know."""
    return html.replace("&#X", "&#x")


def visible(text: str) -> str:
    """The text without what a reader cannot see: invisible, bidirectional, tag and control characters.

    Kept where they are drawn: a zero-width joiner and a variation selector 16 inside an emoji, the tags of the three
    subdivision flags, the joiners inside Persian and Indic words. Wide and no-break spaces become a space, carriage
    returns a newline; newlines and tabs stay. Linear time.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _CARRIAGE_RETURN.sub("\n", text) if "\r" in text else text
    odd = text.encode("utf-8", "surrogatepass").translate(None, _ORDINARY).decode("utf-8", "surrogatepass")
    invisible, gaps = _unseen("".join(sorted(set(odd))))
    if invisible is not None:
        text = invisible.sub(_kept, text)
    for gap in gaps:
        text = text.replace(gap, " ")
    return text


@lru_cache(maxsize=256)  # a newsletter has thousands of short texts and few odd characters
def _unseen(odd: str) -> tuple[re.Pattern[str] | None, list[str]]:
    """Of these characters: runs of those that are invisible (of only those: a fast pattern), and the wide spaces."""
    invisible = re.escape("".join(_INVISIBLE_RUN.findall(odd)))
    runs = re.compile(f"[{invisible}][{invisible}]*") if invisible else None  # four times as fast as "[…]+"
    return runs, _GAP.findall(odd)


def _kept(run: re.Match[str]) -> str:
    """What of a run of invisible characters shapes the visible ones on its two sides."""
    found, text, start, end = run[0], run.string, run.start(), run.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    if found == _VS16 and re.match(_KEYCAP, before):
        return found if after == "\u20e3" else ""
    if re.match(_EMOJI, before):
        if before == _BLACK_FLAG and found in _FLAG_TAGS:
            return found
        shown = _VS16 if found[0] == _VS16 else ""
        return shown + _ZWJ if found == shown + _ZWJ and re.match(_EMOJI, after) else shown
    joins = (_INDIC,) if found == _ZWJ else (_INDIC, _PERSIAN) if found == _ZWNJ else ()
    return found if any(re.match(script, before) and re.match(script, after) for script in joins) else ""
