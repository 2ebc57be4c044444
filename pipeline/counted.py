"""Links that all pass by a counter of the newsletter's own, by what they have in common.

Such a counter has no name that a table could know: ``news.maker.example/go/roof?rid=00417-J7RD``. But most links of the
newsletter lead to its host, and most of these carry one and the same token, which then is no page's but the reader's or
the edition's. Which of the two, only the sender knows, so none of them is given.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import unquote

from pipeline.hosts import host_of
from pipeline.urls import clean_url

FEWEST = 5
"""Links from which a common token is no chance."""

MOST = 0.6
"""Share of a newsletter's links on one host, and of these with one token. In sixteen issues of AINews the most was 132
of 162 links on x.com, of which 20 have one token, an account, in common."""

_TOKEN = re.compile(r"(?=[\w~-]*\d)(?=[\w~-]*[A-Za-z])(?![\w~-]*[A-Za-z]{4,}-[A-Za-z]{4,})[\w~-]{8,}", re.ASCII)
_SPLIT = re.compile(r"[/?&=#;]")


def counted_addresses(urls: Iterable[str]) -> frozenset[str]:
    """The addresses, of all that a newsletter links as content, that pass by a counter of its own."""
    found = frozenset(urls)
    hosts = Counter(host_of(url)[1] for url in found)
    host, times = hosts.most_common(1)[0] if hosts else ("", 0)
    if not host or times < max(FEWEST, MOST * len(found)):
        return frozenset()
    tokens_of = {url: _tokens(clean_url(url)) for url in found if host_of(url)[1] == host}
    shared = Counter(token for tokens in tokens_of.values() for token in tokens)
    common = {token for token, links in shared.items() if links >= max(FEWEST, MOST * times)}
    return frozenset(url for url, tokens in tokens_of.items() if common & tokens)


def _tokens(url: str) -> frozenset[str]:
    """Opaque pieces of a clean address, where no campaign is left: letters and digits that are no words."""
    parts, _ = host_of(url)
    if parts is None:
        return frozenset()
    pieces = _SPLIT.split(f"{parts.path}?{parts.query}")
    return frozenset(piece for piece in map(unquote, pieces) if _TOKEN.fullmatch(piece))
