"""The links of a block: what its marks point to, and the addresses that stand in its text."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.extract.blocks import Block, Mark
from pipeline.records.issues import Kind, LinkFlag

_HTTP = re.compile(r"https?://", re.IGNORECASE)
_SCHEME = re.compile(r"\A[a-z][a-z0-9+.-]{1,30}:", re.IGNORECASE)
_BARE = re.compile(r"https?://[^\s<>\"`\\\u201c\u201d\uff08\uff09]+", re.IGNORECASE)
_AFTER_PLAIN = re.compile(r"[\u2013\u2014\u2018\u2019]")  # what text sets after an address: label https://x.example/a's
_STRAY_END = ".,;:!*'\"`\u2019\u201d\u2026>|\\_~"
_NEVER_INSIDE = '"`\u2019\u201d>|\\'
"""Not in any address (RFC 3986); typed around one."""
_TAGS = re.compile(r"[?&]utm_source=", re.IGNORECASE)
_STRAY_ENTITY = ("%3E", "%3e", "%60", "%22")
_PAIRS = {")": "(", "]": "[", "}": "{"}
_EMOJI_END = re.compile(r"[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]{1,20}\Z")
_GLUED = re.compile(r"(?<![/=?&%#:+@|])[,;|]?(?=https?://)", re.IGNORECASE)
_HOST = re.compile(r"https?://(?:[^/?#@\s]*@)?[\w\[]", re.IGNORECASE)

# Looked for in the lower-cased address: plain words, because an issue has a thousand links.
_PLACEHOLDERS = ("<", "%3c", "{", "%7b", "your-", "your_", "//link-to", "\u2026")
_NO_TARGETS = frozenset({"", "url", "link", "#", "here", "href"})
_FOOTER_TARGETS = (
    "unsubscribe",
    "email_preferences",
    "disable_email",
    "/intent/tweet",
    "facebook.com/sharer",
    "linkedin.com/sharearticle",
    "linkedin.com/sharing",
)

# Hosts that serve a newsletter's own pictures (newsletter-format.md, 3.4): an address there that has no label is an
# image that lost its exclamation mark.
_PICTURE_HOSTS = re.compile(
    r"https?://(?:resend-attachments\.s3[.\w-]*\.amazonaws\.com|assets\.buttondown\.email|substackcdn\.com/image"
    r"|substack-post-media\.s3\.amazonaws\.com|bucketeer-[\w-]+\.s3\.amazonaws\.com)/",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"@(\w{1,15})")
_SAID = re.compile(r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(\w{1,15})/status/", re.IGNORECASE)
_CHANNEL = re.compile(r"https?://(?:ptb\.|canary\.)?discord(?:app)?\.com/channels/", re.IGNORECASE)
_FOOTER_LABEL = re.compile(
    r"\A(?:un-?subscribe|opt[ -]?out|(?:manage|update|change)(?: your)?(?: e-?mail)? (?:preferences|subscriptions?)"
    r"|view(?: it| this)?(?: e-?mail| post| issue)? (?:in|on) (?:your |the )?(?:web ?)?(?:browser|web)"
    r"|(?:view|read)(?: it)? online|web version|privacy policy"
    r"|(?:share|forward)(?: (?:this|it|to|with))?(?: (?:e-?mail|post|issue|a friend))?)\W*\Z",
    re.IGNORECASE,
)
_IN_HREF = re.compile(r"\bhref=[\"']?\Z", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]\w{1,30});", re.IGNORECASE)
_ANCHOR_TEXT = re.compile(r"[\"']?[^<>]{0,200}>([^<]{1,300})</a>", re.IGNORECASE)
_TARGET_FOLLOWS = re.compile(r" \[ https?://")
_MAX_LABEL_BACK = 300
_MAX_BROKEN = 300
_HREF_LENGTH = 10
_PIECES_OF_ONE = 4


@dataclass(slots=True)
class Found:
    """One link as it stands in a block."""

    url: str
    found: str
    text: str
    kind: Kind
    flags: tuple[LinkFlag, ...]
    place: int


def links(block: Block, *, plain: bool = False) -> list[Found]:
    """The links of a block in order, each once.

    Args:
        plain: The block comes from a plain-text mail, where the words before an address are its label.
    """
    found = [link for mark in block.marks if mark.kind in {"link", "image"} for link in _of_mark(mark)]
    if "://" in block.text:
        covered = sorted((mark.start, mark.end) for mark in block.marks if mark.kind in {"link", "label"})
        codes = [mark for mark in block.marks if mark.kind == "code"]
        found += _in_text(block.text, covered, codes, plain)
        found.sort(key=lambda link: link.place)
    return found


def _of_mark(mark: Mark) -> list[Found]:
    """The link of a mark; of an address that a page made a link of by itself, each of those glued together in it."""
    flags: tuple[LinkFlag, ...] = ("code",) if mark.in_code else ()
    made_by_the_page = mark.kind == "link" and mark.label == mark.target
    pieces = [piece for piece in _GLUED.split(mark.target) if piece] if made_by_the_page else []
    if len(pieces) > 1 and all(map(_HTTP.match, pieces)):
        return [_link(piece, trimmed(piece), mark.start, flags=flags) for piece in pieces]
    glued = made_by_the_page or mark.in_code
    return [_link(mark.target, mark.label, mark.start, image=mark.kind == "image", flags=flags, glued=glued)]


def _link(
    found: str, label: str, place: int, *, image: bool = False, flags: tuple[LinkFlag, ...] = (), glued: bool = True
) -> Found:
    """A link record; ``glued`` where its address was cut out of running text, so that debris may stick to it."""
    url = found.strip()
    start = _HTTP.search(url[:12])
    if start is not None and not url[: start.start()].strip("<(h"):
        url = url[start.start() :]  # what was pasted with its bracket, or with a letter twice (hhttps)
    url = _joined(url)
    if start is not None:
        trim = trimmed if glued else closed
        url = _untagged(trim(_without_markdown(url)), trim)
    kind, more = _kind(url, label, image)
    if "@" in label and kind == "content" and _is_of_another(label, url):
        more = (*more, "misattributed")
    return Found(url, found, label, kind, tuple(dict.fromkeys(flags + more)), place)


def trimmed(url: str) -> str:
    """An address without the punctuation, brackets and emoji that stuck to its end. Linear time."""
    if url.isascii() and url[-1:].isalnum() and not url.endswith(_STRAY_ENTITY):
        return url  # as nearly all are
    end = len(url)
    balance = {opening: url.count(opening) - url.count(closing) for closing, opening in _PAIRS.items()}
    while end:
        last = url[end - 1]
        if last in _STRAY_END or (last in _PAIRS and balance[_PAIRS[last]] < 0):
            if last in _PAIRS:
                balance[_PAIRS[last]] += 1
            end -= 1
        elif url.endswith(_STRAY_ENTITY, 0, end):
            end -= 3
        elif last > "\u2000" and (emoji := _EMOJI_END.search(url, max(0, end - 20), end)) is not None:
            end = emoji.start()
        else:
            break
    return url[:end]


def closed(url: str) -> str:
    """A link's own target without what cannot belong to it: brackets it never opened, quotes, and what is behind them.

    Punctuation before that stays: an address may end in ``_``, ``-``, ``~``, ``.``, ``*`` or ``!``. Linear time.
    """
    if url.isascii() and url[-1:].isalnum() and not url.endswith(_STRAY_ENTITY):
        return url  # as nearly all are
    end = cut = len(url)
    balance = {opening: url.count(opening) - url.count(closing) for closing, opening in _PAIRS.items()}
    while end:
        last = url[end - 1]
        if url.endswith(_STRAY_ENTITY, 0, end):
            end -= 3
            cut = end
        elif url.endswith("**", 0, end):  # of bold text that the link stood in
            end -= 2
            cut = end
        elif last in _NEVER_INSIDE or (last in _PAIRS and balance[_PAIRS[last]] < 0):
            if last in _PAIRS:
                balance[_PAIRS[last]] += 1
            end -= 1
            cut = end
        elif last in _STRAY_END:
            end -= 1
        else:
            break
    return url[:cut]


def _untagged(url: str, trim: Callable[[str], str]) -> str:
    """An address without the debris before the tags that a provider appended (``…/a)?utm_source=x``)."""
    tags = _TAGS.search(url) if "=" in url else None
    return url if tags is None else trim(url[: tags.start()]) + url[tags.start() :]


def _joined(url: str) -> str:
    """An address that was broken by blanks: at a line's end or beside a delimiter they came in by accident."""
    pieces = url.split()
    if len(pieces) < 2:
        return url
    joined = pieces[0]
    for piece in pieces[1:]:
        accident = joined[-1] in "/?&=#-_.%+" or piece[0] in "/?&=#-_.%+" or "\n" in url
        joined += piece if accident else f"%20{piece}"
    return joined


def _is_of_another(label: str, url: str) -> bool:
    """Whether a link of one person's name leads to what another said: ``[@a](https://x.com/b/status/1)``."""
    named, said = _HANDLE.fullmatch(label.strip(" ,:()*")), _SAID.match(url)
    if named is None or said is None or said[1] == "i":
        return False
    return named[1].lower().strip("_") != said[1].lower().strip("_")


def _kind(url: str, label: str, image: bool) -> tuple[Kind, tuple[LinkFlag, ...]]:
    """What a link is for, and what is odd about it."""
    lowered = url.lower()
    empty = lowered in _NO_TARGETS or lowered.endswith("...") or any(map(lowered.__contains__, _PLACEHOLDERS))
    flags: tuple[LinkFlag, ...] = ("placeholder",) if empty else ()
    if image:
        return "image", flags
    if any(map(lowered.__contains__, _FOOTER_TARGETS)) or (label and _FOOTER_LABEL.match(label)):
        return "footer", flags
    if not lowered.startswith(("https://", "http://")):
        return "navigation", flags if _SCHEME.match(url) or url.startswith("#") else (*flags, "relative")
    if not _HOST.match(url):
        return "navigation", ("placeholder",)
    if "discord" in lowered and _CHANNEL.match(url):
        return "navigation", flags
    return "image" if not label and _PICTURE_HOSTS.match(url) else "content", flags


def _in_text(text: str, covered: list[tuple[int, int]], codes: list[Mark], plain: bool) -> list[Found]:
    """The addresses that stand in the text itself, outside of links."""
    starts = [start for start, _ in covered]
    found: list[Found] = []
    position = 0
    while (bare := _BARE.search(text, position)) is not None:
        position = bare.end()
        under = bisect_right(starts, bare.start()) - 1
        if under >= 0 and bare.start() < covered[under][1]:
            continue
        if plain and _TARGET_FOLLOWS.match(text, bare.end()):
            continue  # an address as a label: https://x.example/a [ https://redirect.example/1 ]
        in_code = any(code.start <= bare.start() < code.end for code in codes)
        if text.endswith("](", 0, bare.start()) and not in_code:
            broken, position = _broken(text, bare)
            found += broken
            continue
        flags: tuple[LinkFlag, ...] = ("code",) if in_code else ("bare",)
        cut = _AFTER_PLAIN.split(bare[0])[0] if plain else bare[0].split("'")[0] if in_code else bare[0]
        if in_code and _IN_HREF.search(text, max(0, bare.start() - _HREF_LENGTH), bare.start()):
            found.append(_of_written_anchor(text, cut, bare.start(), flags))
            continue
        place = bare.start()
        for number, piece in enumerate(filter(_HTTP.match, _GLUED.split(cut))):
            label = _label_before(text, place, plain) if number == 0 and not in_code else ""
            found.append(_link(_without_markdown(piece), label or trimmed(piece), place, flags=flags))
            place += len(piece)
    return found


def _of_written_anchor(text: str, target: str, place: int, flags: tuple[LinkFlag, ...]) -> Found:
    """The link of an ``<a href>`` that a blank line in raw HTML made code of: its entities are still encoded."""
    # A bare & of a query begins no entity, whatever name follows (?a=1&copy=2).
    url = _ENTITY.sub(lambda entity: html.unescape(entity[0]), target)
    anchor = _ANCHOR_TEXT.match(text, place + len(target))
    label = html.unescape(anchor[1]).strip() if anchor else ""
    link = _link(url, label or url, place, flags=flags, glued=False)
    link.found = target
    return link


def _without_markdown(piece: str) -> str:
    """What stands in an address from a bracket of Markdown on belongs to the text around it."""
    return piece.split("](", maxsplit=1)[0] if "](" in piece else piece


def _label_before(text: str, place: int, plain: bool) -> str:
    """The label that plain text gives an address: ``[label] (url)``, or in a plain-text mail ``label url``."""
    before = text[max(0, place - _MAX_LABEL_BACK) : place]
    opening = before.rstrip("( ") if before.endswith("(") else before
    if opening.endswith("]") and before.endswith("(") and (start := opening.rfind("[")) >= 0:
        return opening[start + 1 : -1]
    if not plain:
        return ""
    words = before.rstrip(" [(<").split()
    if place == len(before) and len(words) <= 12 and ":" in text[place : place + 400].split(" ", 1)[0][-1:]:
        return " ".join(words)
    return words[-1] if words and (before.endswith("[ ") or not _HTTP.match(words[-1])) else ""


def _broken(text: str, bare: re.Match[str]) -> tuple[list[Found], int]:
    """The link or links of ``[label](http…`` that Markdown did not take for a link, and where it ends.

    It has a blank or a line break inside, two addresses, a bracket too many, or is never closed.
    """
    start = bare.start()
    window = text[max(0, start - _MAX_LABEL_BACK) : start - 2]
    label = window[window.rfind("[") + 1 :] if "[" in window else ""
    closing = _closing(text, start)
    if closing < 0:
        return [_link(_without_markdown(bare[0]), label, start, flags=("unclosed",))], bare.end()
    inside = text[start:closing]
    pieces = inside.split()
    if len([piece for piece in pieces if _HTTP.match(piece)]) > 1:
        found = [_link(piece, label, start) for piece in pieces if _HTTP.match(piece)]
    elif len(pieces) > _PIECES_OF_ONE:
        found = [_link(bare[0], label, start, flags=("unclosed",))]
    else:
        found = [_link(inside, label, start)]
    return found, max(bare.end(), closing)


def _closing(text: str, start: int) -> int:
    """Place of the bracket that closes a target; -1 where another link or the end of the text comes first."""
    depth = 0
    for place in range(start, min(len(text), start + _MAX_BROKEN)):
        character = text[place]
        if character == "(":
            depth += 1
        elif character == ")":
            if depth == 0:
                return place
            depth -= 1
        elif character == "[":
            return -1
    return -1
