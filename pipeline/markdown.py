"""Text as Markdown that every renderer shows as that text and nothing else."""

from __future__ import annotations

import re
from urllib.parse import quote

SPECIAL = re.compile(r"([\\`*_{}\[\]|~$]|&(?=#?[0-9A-Za-z]{1,31};)|!(?=\[))")
"""What CommonMark, GFM, MDX, template engines and mathematics extensions give a meaning in running text.

A backslash in between also breaks ``{{``, ``{%`` and ``{{<``, which Jekyll, Hugo and Astro read before Markdown.
"""
LINE_START = re.compile(r"^(\d{1,9}(?=[.)])|(?=[-+=:!#>]))(.)")
"""What opens a list, a heading, a quotation, a setext underline, a directive or a front matter at a line's start."""
UNSAFE = re.compile(r"[\x00-\x20\x7f<>\\{}]")
"""What ends a link's address, escapes in it, or opens a template; percent-encoded."""
ENTITY = re.compile(r"&(?=#?[0-9A-Za-z]{1,31};)")
"""An ampersand that a renderer would read as the start of an entity."""


def escaped(text: str) -> str:
    """One line of text with everything that could be markup escaped; runs of white space become one space."""
    # An entity, not a backslash: what makes links of bare addresses would take "\\<" into the address, tag and all.
    line = SPECIAL.sub(r"\\\1", " ".join(text.split())).replace("<", "&lt;")
    return LINE_START.sub(r"\1\\\2", line)


ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,20}:)?//\S*|\bwww\.\S*|\b(?:mailto|xmpp|tel|data|javascript|ftp):\S*"
    r"|[^\s@<>()\[\]]{1,64}@[^\s@<>()\[\]]{1,255}",
    re.IGNORECASE,
)
"""What renderers make a link of by themselves (GFM 6.9, linkify-it), and addresses of mail."""


def without_addresses(text: str) -> str:
    """A hostile line of text, such as a newsletter's title, without anything that a renderer makes a link of."""
    return " ".join(ADDRESS.sub(" ", text).split())


_DOMAIN_DOT = re.compile(r"(?<=\w)\.(?=[^\W\d_]{2})")
"""The dot of what may be a domain's name: ``x.ai``, and ``llama.cpp`` as well."""


def name(text: str) -> str:
    """`escaped`, for a name or title from outside: addresses leave it, and the dots of bare domains are escaped.

    No escape keeps remark-gfm from linking an address; the one of the dot keeps linkify-it from linking ``x.ai``.
    """
    return _DOMAIN_DOT.sub(r"\.", escaped(without_addresses(text)))


def link(label: str, url: str) -> str:
    """``[label](url)`` whose address keeps its bytes wherever CommonMark can carry them."""
    return f"[{escaped(label)}]({destination(url)})"


def destination(url: str) -> str:
    """An address between the round brackets of a link, its bytes kept wherever CommonMark can carry them.

    Angle brackets go round it when its own round ones do not pair up.
    """
    safe = ENTITY.sub("&amp;", UNSAFE.sub(lambda found: quote(found[0], safe=""), url))
    depth = 0
    for character in safe:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            break
    return safe if depth == 0 else f"<{safe}>"
