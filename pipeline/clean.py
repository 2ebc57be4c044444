"""Issue → CleanIssue: addresses without tracking parameters and wrappers; links a reader must not meet held back.

Nothing is resolved over the network. Of an address only what a rule names is taken away; every other byte stays.
"""

from __future__ import annotations

import re
from collections import defaultdict

from pipeline.footers import MERGE_TAG, footer_place, withhold
from pipeline.hosts import doubt_about, host_of
from pipeline.records.issues import CleanIssue, Issue, Kind, Link, Section
from pipeline.redirects import find_pixel, find_tracker, find_wrapper, is_shortener, unwrap
from pipeline.stale import mark_stale
from pipeline.tracking import tracking_parameter

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


def clean_url(url: str) -> str:
    """The address without tracking parameters and without wrappers whose target it carries.

    Idempotent, and total: any string gives a string. Pairs that no rule names stay byte for byte and in order; a ``?``
    or ``#`` with nothing left behind it goes with what stood there; an address that has another scheme
    than http or https, or that is wrapped more than eight times, comes back unchanged.
    """
    current = url
    for _ in range(_MAX_STEPS + 1):
        cleaned = _strip(_opened(current)[0], personal_only=False)
        if cleaned == current:
            return current
        current = cleaned
    return url


def clean_link(link: Link) -> Link:
    """The link as it may be published, or held back by its kind.

    ``found`` stays what stood in the newsletter, but for what names a subscriber, which is nowhere kept. Flags added:
    ``shortener``, ``tracker`` (opaque: where it leads is not known), ``subscriber`` (it named one, or still does in a
    form only the sender can read), ``unsafe``, ``placeholder``. A link of the newsletter about itself becomes
    ``footer``, an address no reader should be sent to ``navigation``; no link is ever raised to ``content``.
    """
    url = clean_url(link.url)
    found = link.found if url == link.url else _without_subscriber(link)
    link = link if url == link.url else link.model_copy(update={"url": url, "found": found})
    if link.kind == "image":
        parts, host = host_of(url)
        pixel = find_pixel(host, parts.path) if parts is not None else None
        return link if pixel is None else _held_back(link, "image", "tracker", secret=pixel.personal)
    place = footer_place(url, link.text)
    if place is not None:
        named = place.personal and (place is MERGE_TAG or withhold(url) != url)
        return _held_back(link, "footer", *(("subscriber",) if named else ()), secret=named)
    return _judged(link)


def clean(issue: Issue, *, made_from: str, previous: Issue | None = None) -> CleanIssue:
    """The issue with clean links, and with what ``previous`` had already flagged ``stale``.

    Args:
        made_from: SHA-256 of the issue, the previous one and this stage's code.
        previous: The issue of this source before, of an earlier day; None when there is none.
    """
    sections, links = _cleaned(issue)
    changed = {"url": clean_url(issue.url), "made_from": made_from, "sections": sections, "links": links}
    # The fields were checked when the Issue was made; checking a thousand links again costs more than cleaning them.
    cleaned = CleanIssue.model_construct(**({name: getattr(issue, name) for name in Issue.model_fields} | changed))
    if previous is None:
        return cleaned
    sections, links = _cleaned(previous)
    return mark_stale(cleaned, previous.model_copy(update={"sections": sections, "links": links}))


def _cleaned(issue: Issue) -> tuple[tuple[Section, ...], tuple[Link, ...]]:
    """The clean links, and the sections whose text no longer shows what was cut out of them."""
    links = tuple(map(clean_link, issue.links))
    secrets: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for old, new in zip(issue.links, links, strict=True):
        if old.found != new.found:
            secrets[old.item] += [(old.found, new.found), (old.url, new.url)]
    if not secrets:
        return issue.sections, links
    sections = tuple(_without_secrets(section, secrets) for section in issue.sections)
    return sections, tuple(_relabelled(link, secrets[link.item]) if link.item in secrets else link for link in links)


def _opened(url: str) -> tuple[str, bool]:
    """The target of one wrapper, or the address itself; and whether the wrapper named the recipient of a mail."""
    parts, host = host_of(url)
    wrapper = find_wrapper(parts, host) if parts is not None else None
    target = unwrap(wrapper, parts) if parts is not None and wrapper is not None else None
    return (url, False) if target is None or wrapper is None else (target, wrapper.personal)


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
    route, route_mark, route_query = fragment.partition(":~:")[0].partition("?")
    if not personal_only:
        path = _PATH_DEBRIS.sub("", path)
        route = route if route_mark else _ANCHOR_DEBRIS.sub("", route).removeprefix("&" * (route[:1] != "&"))
    kept_fragment = route + _joined(route_mark, route_query, host, personal_only)
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
    row = tracking_parameter(pair.partition("=")[0], host)
    return row is not None and (row.personal or not personal_only)


def _without_subscriber(link: Link) -> str:
    """What stood in the newsletter, without the parameters and wrappers that name a subscriber."""
    target, personal = link.url, False
    for _ in range(_MAX_STEPS):
        inner, names_one = _opened(target)
        if inner == target:
            break
        target, personal = inner, personal or names_one
    scrubbed = _strip(target if personal else link.url, personal_only=True)
    if scrubbed == link.url:
        return link.found
    return link.found.replace(link.url, scrubbed) if link.url in link.found else scrubbed


def _held_back(link: Link, kind: Kind, *flags: str, secret: bool) -> Link:
    """The link under another kind, with these flags, and without what names a subscriber where it does."""
    held = withhold(link.url) if secret else link.url
    found = (held if link.url not in link.found else link.found.replace(link.url, held)) if secret else link.found
    added = tuple(flag for flag in flags if flag not in link.flags)
    if not added and (link.url, link.found, link.kind) == (held, found, kind):
        return link
    return link.model_copy(update={"url": held, "found": found, "kind": kind, "flags": (*link.flags, *added)})


def _judged(link: Link) -> Link:
    """A link that is none of the newsletter's own: opaque, doubtful, or as it should be."""
    parts, host = host_of(link.url)
    if parts is None or link.kind != "content":
        doubt = "placeholder" if link.kind == "content" else ""
        return _held_back(link, "navigation", doubt, secret=False) if doubt else link
    wrapper = find_wrapper(parts, host)
    doubt = doubt_about(link.url) or ("unsafe" if wrapper is not None else "")
    if doubt:
        return _held_back(link, "navigation", doubt, secret=wrapper is not None and wrapper.personal)
    if is_shortener(host, parts.path):
        return _held_back(link, "content", "shortener", secret=False)
    tracker = find_tracker(host, parts.path)
    if tracker is None:
        return link
    if tracker.personal:
        # Its token cannot be cut off without cutting the way to the target, which a resolver may still walk.
        return _held_back(link, "footer", "tracker", "subscriber", secret=False)
    return _held_back(link, "content", "tracker", secret=False)


def _without_secrets(section: Section, secrets: dict[str, list[tuple[str, str]]]) -> Section:
    """The section, its items' text without the addresses that were scrubbed (text/plain mails show them)."""
    if not any(item.id in secrets for item in section.items):
        return section
    items = tuple(
        item.model_copy(
            update={"head": _replaced(item.head, secrets[item.id]), "text": _replaced(item.text, secrets[item.id])}
        )
        if item.id in secrets
        else item
        for item in section.items
    )
    title = _replaced(section.title, [pair for item in section.items for pair in secrets.get(item.id, ())])
    return section.model_copy(update={"items": items, "title": title})


def _relabelled(link: Link, secrets: list[tuple[str, str]]) -> Link:
    text = _replaced(link.text, secrets)
    return link if text == link.text else link.model_copy(update={"text": text})


def _replaced(text: str, secrets: list[tuple[str, str]]) -> str:
    for secret, plain in secrets:
        text = text.replace(secret, plain) if secret else text
    return text
