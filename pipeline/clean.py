"""Issue → CleanIssue: addresses without tracking parameters and wrappers; links a reader must not meet held back.

Nothing is asked over the network; where a click tracker leads is told by whoever followed it. Of an address only what
a rule names is taken away; every other byte stays.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.footers import footer_place
from pipeline.hosts import doubt_about, host_of
from pipeline.records.issues import UNPUBLISHABLE, CleanIssue, Issue, Kind, Link, LinkFlag
from pipeline.redirects import find_pixel, find_tracker, find_wrapper, is_shortener
from pipeline.stale import mark_stale
from pipeline.subscribers import scrubbed_link, wrapper_hash
from pipeline.urls import clean_url

__all__ = ["clean", "clean_link", "clean_url", "to_follow"]

_OF_TRACKERS: frozenset[LinkFlag] = frozenset({"tracker", "subscriber"})
"""What is wrong with a click tracker, and with nothing behind it."""


def clean(
    issue: Issue, *, made_from: str, previous: Issue | None = None, resolved: Mapping[str, str] | None = None
) -> CleanIssue:
    """The issue with clean links, and with what ``previous`` had already flagged ``stale``.

    Args:
        made_from: SHA-256 of the issue, the previous one and this stage's code.
        previous: The issue of this source before, of an earlier day; None when there is none.
        resolved: Where click trackers lead that were followed, in this issue and the previous one, by `to_follow`'s
            hashes.
    """
    links = _all_cleaned(issue, resolved or {})
    changed = {"url": clean_url(issue.url), "made_from": made_from, "links": links}
    # The fields were checked when the Issue was made; checking a thousand links again costs more than cleaning them.
    cleaned = CleanIssue.model_construct(**({name: getattr(issue, name) for name in Issue.model_fields} | changed))
    if previous is None:
        return cleaned
    return mark_stale(cleaned, previous.model_copy(update={"links": _all_cleaned(previous, resolved or {})}))


def to_follow(issue: Issue) -> dict[str, str]:
    """The click trackers behind links that a post could give if it were known where they lead.

    Returns:
        By the hash of their address, that address; it is empty where it names the reader, and then
        `pipeline.extract.wrapped_addresses` has it.
    """
    items = (item for section in issue.sections if section.reportable for item in section.items if item.reportable)
    told = {link for item in items for link in item.links}
    links = (_cleaned(link) for link in issue.links if link.id in told)
    return {tracker: "" if link.wrapper else link.url for link in links if (tracker := _tracker_of(link))}


def clean_link(link: Link) -> Link:
    """The link as it may be published, or held back by its kind.

    ``found`` stays what stood in the newsletter, but for what names a subscriber, which is nowhere kept. Flags added:
    ``shortener``, ``tracker`` (opaque: where it leads is not known), ``subscriber`` (it named one, or still does in a
    form only the sender can read), ``unsafe``, ``placeholder``. A link of the newsletter about itself becomes
    ``footer``, an address no reader should be sent to ``navigation``; no link is ever raised to ``content``.
    """
    return _cleaned(scrubbed_link(link))


def _all_cleaned(issue: Issue, resolved: Mapping[str, str]) -> tuple[Link, ...]:
    """The clean links of an issue; extract took out what names a reader."""
    links = map(_cleaned, issue.links)
    return tuple(_led_on(link, resolved) for link in links) if resolved else tuple(links)


def _led_on(link: Link, resolved: Mapping[str, str]) -> Link:
    """The link to where its click tracker leads, judged as if it had stood in the newsletter."""
    target = resolved.get(_tracker_of(link))
    if not target:
        return link
    flags = tuple(flag for flag in link.flags if flag not in _OF_TRACKERS)
    return clean_link(link.model_copy(update={"url": target, "flags": flags}))


def _tracker_of(link: Link) -> str:
    """The hash of the click tracker that alone keeps a clean link out of posts; empty for all other links."""
    others = set(link.flags) - _OF_TRACKERS
    if link.kind != "content" or "tracker" not in link.flags or not UNPUBLISHABLE.isdisjoint(others):
        return ""
    return link.wrapper or wrapper_hash(link.url)


def _cleaned(link: Link) -> Link:
    """As `clean_link`, for a link that names nobody any more."""
    url = clean_url(link.url)
    link = link if url == link.url else link.model_copy(update={"url": url})
    if link.kind == "image":
        parts, host = host_of(url)
        return link if parts is None or find_pixel(host, parts.path) is None else _held_back(link, "image", "tracker")
    return _held_back(link, "footer") if footer_place(url, link.text) is not None else _judged(link)


def _judged(link: Link) -> Link:
    """A link that is none of the newsletter's own: opaque, doubtful, or as it should be."""
    if link.kind != "content":
        return link
    parts, host = host_of(link.url)
    if parts is None:
        return _held_back(link, "navigation", "placeholder")
    doubt = doubt_about(link.url) or ("unsafe" if find_wrapper(parts, host) is not None else "")
    if doubt:
        return _held_back(link, "navigation", doubt)
    if is_shortener(host, parts.path):
        return _held_back(link, "content", "shortener")
    return link if find_tracker(parts, host) is None else _held_back(link, "content", "tracker")


def _held_back(link: Link, kind: Kind, *flags: LinkFlag) -> Link:
    """The link under another kind, with these flags."""
    added = tuple(flag for flag in flags if flag not in link.flags)
    if not added and link.kind == kind:
        return link
    return link.model_copy(update={"kind": kind, "flags": (*link.flags, *added)})
