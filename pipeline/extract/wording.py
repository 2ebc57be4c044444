"""The words of an item as a reader takes them in: no Markdown that did not become a link, and no address.

An address is one of the item's links; where it was part of a sentence, an ellipsis keeps its place.
"""

from __future__ import annotations

import re

_LABELLED = re.compile(r"\[([^\[\]\n]{0,300})\]\(\s{0,3}<?https?://[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*>?\)?")
_BARE = re.compile(r"https?://([\w\[][^\s\u2018\u2019\u2014/?#]*)[^\s\u2018\u2019\u2014]*", re.IGNORECASE)
_WRAPPED = re.compile(
    r"[ \t]?[\[(<] ?https?://[^\s<>()\[\]]{1,2000} ?[\])>]|[ \t]https?://[^\s<>\"\u201c\u201d\u2013\u2014\u2018\u2019]+",
    re.IGNORECASE,
)
_STRAY_END = re.compile(r"[.,;:!?)\]}'\"\u2019\u2026*]+\Z")
_BULLET = re.compile(r"\A[\u2022\u2023\u25aa\u25ab\u25b8\u25cf\u25cb\u25e6\u2043\u00b7\u25a0] *(?:\| *)?(?=\w)")


def site_of(address: str) -> str:
    """The host that an address names, as text names it; the text itself where it is no address."""
    found = _BARE.fullmatch(address.strip())
    return found[1].rpartition("@")[2].removeprefix("www.").rstrip(".") if found else address


def wording(text: str, *, plain: bool) -> str:
    """An item's text; empty where it is nothing but addresses.

    Args:
        plain: It comes from a plain-text mail, which sets a link's address behind its words: there it goes.
    """
    if "://" in text or "](" in text:
        text = _LABELLED.sub(r"\1", text)
        if not any(map(str.isalnum, _BARE.sub("", text))):
            return ""
        text = _WRAPPED.sub(_kept_end, text) if plain else text
        text = _BARE.sub(_left_out, text).replace("](", "] (")
    return _BULLET.sub("", text)


def _kept_end(address: re.Match[str]) -> str:
    """The punctuation of the sentence that stuck to an address."""
    end = _STRAY_END.search(address[0])
    return "" if end is None or end[0].startswith((")", "]", ">")) else end[0]


def _left_out(address: re.Match[str]) -> str:
    end = _STRAY_END.search(address[0])
    return "\u2026" + (end[0] if end else "")
