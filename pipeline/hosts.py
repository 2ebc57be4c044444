"""Whether an address names an honest host of the public web: what may be offered to a reader as a link.

A host must have a name with a dot, in one script, without a user's name before it: faults.md 3B and 3F count what
attackers write instead (homoglyphs, ``@``, IP literals), the archive what authors do (``https://<your-endpoint>``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal
from urllib.parse import SplitResult, urlsplit

Doubt = Literal["", "unsafe", "placeholder"]

_ASCII_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_TOP_LEVEL = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{2,59}")
_LOCAL = ("localhost", "local", "internal", "lan", "home", "localdomain", "intranet", "corp", "onion")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")

_SCRIPTS_OF_THEIR_OWN: tuple[frozenset[str], ...] = (
    frozenset({"HANGUL"}),
    frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}),
    frozenset({"ARABIC"}),
    frozenset({"HEBREW"}),
    frozenset({"THAI"}),
    frozenset({"DEVANAGARI"}),
    frozenset({"TAMIL"}),
)
"""Scripts of which no letter passes for a Latin one. Words are the first of a letter's Unicode name."""

_LATIN_1 = range(0xC0, 0x100)
"""À to ÿ: the accented letters of western European domains. Letters beyond (``ɡ``, ``ı``) imitate plain ones."""


@lru_cache(maxsize=16)  # one link is asked for its host by several rules in turn
def host_of(url: str) -> tuple[SplitResult | None, str]:
    """The parts of an address and its host in lower case; ``(None, "")`` for what urlsplit refuses."""
    try:
        parts = urlsplit(url)
        return parts, parts.hostname or ""
    except ValueError:
        return None, ""


def doubt_about(url: str) -> Doubt:
    """Why an address must not be offered to a reader; empty when it may.

    Returns:
        ``unsafe``: another scheme than http or https, invisible characters, a user's name, an IP address or local
        name, a host that mixes scripts or imitates Latin letters, in Unicode or in Punycode.
        ``placeholder``: no host at all, or one that cannot exist (``your-endpoint``, ``www...``, ``{host}``).
    """
    parts, host = host_of(url)
    if parts is None:
        return "placeholder"
    if not parts.scheme:
        return "placeholder"
    if parts.scheme not in ("http", "https") or not url.isprintable():
        return "unsafe"
    if "@" in parts.netloc or "\\" in parts.netloc or "%" in parts.netloc:
        return "unsafe"
    if ":" in parts.netloc and not _has_port(parts):
        return "placeholder"
    return _doubt_about_host(host)


def _has_port(parts: SplitResult) -> bool:
    """Whether what stands behind the colon is a port, or nothing."""
    try:
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1024)  # a newsletter's links lead to a few hundred hosts
def _doubt_about_host(host: str) -> Doubt:
    labels = host.split(".")
    if ":" in host or _NUMBER.fullmatch(labels[-1]) or labels[-1] in _LOCAL:
        return "unsafe"
    if len(labels) < 2 or not all(labels):
        return "placeholder"
    if host.isascii() and "xn--" not in host:
        fits = all(map(_ASCII_LABEL.fullmatch, labels)) and _TOP_LEVEL.fullmatch(labels[-1])
        return "" if fits else "placeholder"
    return "" if _in_honest_script(labels) else "unsafe"


def _in_honest_script(labels: list[str]) -> bool:
    """Whether each label is ASCII, or of one script that cannot pass for Latin (Cyrillic and Greek at home only)."""
    try:
        names = [label[4:].encode().decode("punycode") if label.startswith("xn--") else label for label in labels]
    except ValueError:
        return False
    home = _scripts(names[-1])
    return all(_ASCII_LABEL.fullmatch(name) or _is_honest(name, home) for name in names)


def _is_honest(label: str, home: frozenset[str]) -> bool:
    if not all(char.isalnum() or char == "-" or unicodedata.category(char) in ("Mn", "Mc") for char in label):
        return False
    scripts = _scripts(label)
    if scripts <= {"LATIN"}:
        return all(char.isascii() or ord(char) in _LATIN_1 for char in label)
    if scripts == home and scripts in ({"CYRILLIC"}, {"GREEK"}):
        return True
    return any(scripts <= own for own in _SCRIPTS_OF_THEIR_OWN)


def _scripts(label: str) -> frozenset[str]:
    return frozenset(unicodedata.name(char, "UNNAMED").split()[0] for char in label if char.isalpha())


_SHARED = frozenset(
    {"buttondown.email", "buttondown.com", "medium.com", "linkedin.com", "github.io", "campaign-archive.com"}
)
"""Hosts of many newsletters, told apart by the first part of the path."""


def is_same_site(own: str, url: str) -> bool:
    """Tell whether ``url`` leads to the site, archive or an older issue of the newsletter whose address is ``own``."""
    (parts, host), (others, other) = host_of(own), host_of(url)
    host, other = host.removeprefix("www."), other.removeprefix("www.")
    if parts is None or others is None or not host or host != other:
        return False
    return host not in _SHARED or parts.path.split("/")[1:2] == others.path.split("/")[1:2]
