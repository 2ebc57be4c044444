"""Addresses without tracking parameters and without wrappers. Only what a rule names goes; every other byte stays."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.hosts import host_of
from pipeline.redirects import find_tracker, find_wrapper, unwrap, unwrap_tracker
from pipeline.tracking import TEXT_FRAGMENT, maker_of, tracking_parameter

_MAX_STEPS = 8
"""A wrapper in a wrapper in a wrapper is seen; nine are an attack, and the address stays as it came, held back."""

_SEPARATOR = re.compile(r"(&(?:amp;|#38;|#x26;)*|(?<!amp)[;?](?=utm_))", re.IGNORECASE)
"""Between two pairs. Entities left undecoded belong to the separator; ``;`` and a second ``?`` are one only before a
tag that was pasted on."""

_FRAGMENT = re.compile(r"#(?!(?<=&#)(?:38|x26);)", re.IGNORECASE)
"""Where the fragment begins: not inside an entity left undecoded."""

_PATH_DEBRIS = re.compile(r"&(?:amp;)*utm_[^&/]*", re.IGNORECASE)
_ANCHOR_DEBRIS = re.compile(r"(?:^|&)(?:amp;)*utm_[^&]*", re.IGNORECASE)
"""Tags pasted on where no query is: ``/page&utm_source=x``, ``#part&utm_source=x``, ``#utm_source=x``."""


class Opened(NamedTuple):
    """Where a wrapped address leads, and whether a wrapper around it named the recipient of a mail."""

    url: str
    personal: bool


def clean_url(url: str) -> str:
    """The address without tracking parameters and without wrappers whose target it carries.

    Idempotent, and total: any string gives a string. Pairs that no rule names stay byte for byte and in order; a ``?``
    or ``#`` with nothing left behind it goes with what stood there; an address that has another scheme
    than http or https, or that is wrapped more than eight times, comes back unchanged.
    """
    current = url
    for _ in range(_MAX_STEPS + 1):
        cleaned = _strip(_opened_once(current).url, personal_only=False)
        if cleaned == current:
            return current
        current = cleaned
    return url


def without_personal(url: str) -> str:
    """The address without the parameters that name a subscriber; campaign tags stay."""
    return _strip(url, personal_only=True)


def opened(url: str) -> Opened:
    """The address that all wrappers around it lead to; the address itself where they are more than eight."""
    target, personal = url, False
    for _ in range(_MAX_STEPS + 1):
        inner = _opened_once(target)
        if inner.url == target:
            return Opened(target, personal)
        target, personal = inner.url, personal or inner.personal
    return Opened(url, personal=False)


@lru_cache(maxsize=16)  # one link is asked by several rules in turn
def _opened_once(url: str) -> Opened:
    parts, host = host_of(url)
    if parts is None:
        return Opened(url, personal=False)
    wrapper = find_wrapper(parts, host)
    if wrapper is not None:
        target = unwrap(wrapper, parts)
        return Opened(url, personal=False) if target is None else Opened(target, wrapper.personal)
    if find_tracker(parts, host) is not None and (target := unwrap_tracker(parts)):
        return Opened(target, personal=True)
    return Opened(url, personal=False)


def _strip(url: str, *, personal_only: bool) -> str:
    """Without tracking parameters, or only without those that name a subscriber."""
    if "?" not in url and "#" not in url and "utm_" not in url.lower():
        return url
    parts, host = host_of(url)
    scheme = url.partition(":")[0].lower() if parts is None else parts.scheme  # no host can be read: x[dot]example
    if scheme not in ("http", "https", ""):
        return url
    before, hash_mark, fragment = url, "", ""
    if mark := _FRAGMENT.search(url):
        before, hash_mark, fragment = url[: mark.start()], "#", url[mark.end() :]
    path, query_mark, query = before.partition("?")
    host = maker_of(host, query)
    route, route_mark, route_query = fragment.partition(TEXT_FRAGMENT)[0].partition("?")
    if not personal_only:
        path = _PATH_DEBRIS.sub("", path)
        route = route if route_mark else _ANCHOR_DEBRIS.sub("", route).removeprefix("&" * (route[:1] != "&"))
    kept_fragment = route + _joined(route_mark, route_query, host, personal_only)
    if personal_only and TEXT_FRAGMENT in fragment:
        kept_fragment += fragment[fragment.index(TEXT_FRAGMENT) :]
    if kept_fragment or not fragment:
        kept_fragment = hash_mark + kept_fragment
    return path + _joined(query_mark, query, host, personal_only) + kept_fragment


def _joined(mark: str, query: str, host: str, personal_only: bool) -> str:
    """A query with its ``?``, without the pairs a rule names; the ``?`` stays where nothing was taken away."""
    if not query:
        return mark
    pieces = _SEPARATOR.split(query)
    kept = [index for index in range(0, len(pieces), 2) if not _names_a_row(pieces[index], host, personal_only)]
    if 2 * len(kept) > len(pieces):
        return mark + query
    rest = "".join(("" if index == kept[0] else pieces[index - 1]) + pieces[index] for index in kept)
    return mark + rest if rest else ""


def _names_a_row(pair: str, host: str, personal_only: bool) -> bool:
    name, _, value = pair.partition("=")
    row = tracking_parameter(name, host, value)
    return row is not None and (row.personal or not personal_only)
