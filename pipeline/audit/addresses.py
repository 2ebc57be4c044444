"""Every address of a post: it stands in the newsletter, in the newsletter's spelling, and without trackers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from pipeline.audit.found_items import Newsletter, site_of
from pipeline.audit.inline import Marked, PostLink
from pipeline.audit.reading import PostText, ReadPost
from pipeline.audit.severity import AuditFinding, found
from pipeline.canonical import canonical_key
from pipeline.hosts import doubt_about, host_of
from pipeline.records.issues import Link
from pipeline.tracking import maker_of, tracking_parameter

NEAR = 85.0
"""Ratio (rapidfuzz) from which two addresses of one host are one with a slip in it."""

PLACEHOLDER_HOSTS = frozenset({"link.url", "your.link", "example.com", "www.example.com", "example.org", "url.com"})
"""Hosts that scripts of 2024 and models write where they have no address (faults.md)."""

_PAIR = re.compile(r"[?&;]([^=&;#]{1,80})=([^&#]{0,2000})")
_ACCOUNT = re.compile(r"/([A-Za-z0-9_]{1,30})/status(?:es)?/")


def addresses_stand_in_the_newsletter(post: ReadPost, newsletter: Newsletter) -> Iterator[AuditFinding]:
    """Links that are not the newsletter's, with the nearest that is; trackers; other spellings of its links."""
    around = {(link.url, link.line): text for text in _texts(post) for link in text.links}
    for link in post.links:
        yield from _judged(link, newsletter, around.get((link.url, link.line)))
    for text in _texts(post):
        yield from _labels_differ(text)


def images_are_our_own(images: Sequence[Marked]) -> Iterator[AuditFinding]:
    """A picture lies beside the post, not on another's server."""
    for image in images:
        parts, host = host_of(image.text)
        if host and parts and parts.scheme in ("http", "https"):
            yield found("images.hot-linked", image.line, image.text, "the picture is loaded from another site")
        elif parts is None or parts.scheme:
            yield found("images.unsafe", image.line, image.text, "the picture's address is not one of the web")


def _judged(link: PostLink, newsletter: Newsletter, around: PostText | None) -> Iterator[AuditFinding]:
    url = link.url
    if not link.label:
        yield found("links.bare", link.line, url, "an address stands in the text instead of a label")
    if host_of(url)[1] in PLACEHOLDER_HOSTS:
        yield found("links.placeholder", link.line, url, "the address is a placeholder")
        return
    doubt = doubt_about(url)
    if doubt:
        message = "the address leads nowhere" if doubt == "placeholder" else "the address is not one of the open web"
        yield found(f"links.{doubt}", link.line, url, message)
        return
    cleaned = newsletter.clean_url(url)
    # The newsletter's own address, which every post credits, need not be looked for among all spellings of its links.
    own = () if cleaned == newsletter.index.issue.url else newsletter.links(url)
    if cleaned != url:
        yield _tracking(link, own[0].url if own else cleaned)
    if own:
        if cleaned == url and own[0].url != url:
            message = "the newsletter has another spelling of the address"
            yield found("links.spelling", link.line, url, message, expected=own[0].url)
    elif canonical_key(cleaned) != canonical_key(newsletter.index.issue.url):
        yield _unknown(link, cleaned, newsletter, around)


def _tracking(link: PostLink, expected: str) -> AuditFinding:
    parts, host = host_of(link.url)
    maker = maker_of(host, parts.query if parts else "")
    names = dict.fromkeys(name for name, value in _PAIR.findall(link.url) if tracking_parameter(name, maker, value))
    if not names:
        message = "the address passes the reader by a counter"
        return found("links.wrapped", link.line, link.url, message, expected=expected)
    message = f"the address carries tracking parameters: {', '.join(names)}"
    return found("tracking.parameter", link.line, link.url, message, expected=expected)


def _unknown(link: PostLink, cleaned: str, newsletter: Newsletter, around: PostText | None) -> AuditFinding:
    as_found = next((own for own in newsletter.index.issue.links if own.found == link.url), None)
    if as_found:
        message = "the address is as it stood in the newsletter, with what was cleaned off it"
        return found("links.wrapped", link.line, link.url, message, expected=as_found.url)
    near, why = _nearest(cleaned, newsletter, around)
    message = "the address is not in the newsletter" + (f"; {why}" if near else "")
    return found("links.unknown", link.line, link.url, message, expected=near)


def _nearest(url: str, newsletter: Newsletter, around: PostText | None) -> tuple[str, str]:
    """The newsletter's address that was meant, and what became of it; empty where none is near."""
    kin = []
    for own in newsletter.by_site.get(site_of(url), ()):
        rank, why = _kinship(url, own) if own.kind == "content" else (0, "")
        if rank:
            fit = newsletter.support(f"{around.head} {around.text}", (own.item,)).own if around else 0.0
            kin.append((rank, fit, fuzz.ratio(url, own.url), own.url, why))
    return max(kin)[3:] if kin else ("", "")


def _kinship(url: str, own: Link) -> tuple[int, str]:
    """How near an address of the newsletter is, 0 for not at all, and what would have become of it."""
    parts, account = host_of(url)[0], _account(url)
    if parts and parts.path.strip("/") and len(own.url) > len(url) and own.url.startswith(url.rstrip("/")):
        return 3, "it is cut short"
    if account and _account(own.url) == account:
        return 1, "it has another status of that account"
    if fuzz.ratio(url, own.url) >= NEAR and not account:
        return 2, "it is written with a slip"
    return 0, ""


def _labels_differ(text: PostText) -> Iterator[AuditFinding]:
    """Two addresses under one label in one bullet."""
    seen: dict[str, str] = {}
    for link in text.links:
        before = seen.setdefault(link.label, canonical_key(link.url))
        if link.label and before != canonical_key(link.url):
            message = "two links of one bullet have the same label and lead to different pages"
            yield found("links.same-label", link.line, link.label, message)


def _texts(post: ReadPost) -> Iterator[PostText]:
    yield from post.intro
    yield from post.viewpoint
    for topics in post.topics.values():
        for topic in topics:
            yield from topic.bullets


def _account(url: str) -> str:
    parts = host_of(url)[0]
    match = _ACCOUNT.match(parts.path) if parts and site_of(url) == "x.com" else None
    return match[1].lower() if match else ""
