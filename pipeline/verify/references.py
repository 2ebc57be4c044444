"""Links: each is known, belongs to an item that is cited, leads to content, and its label says where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from urllib.parse import urlsplit

from pipeline.records.drafts import Reference
from pipeline.records.issues import Link
from pipeline.records.verdicts import Finding
from pipeline.verify.checks import finding, letters_and_digits
from pipeline.verify.index import Index, Place
from pipeline.verify.label_tables import GENERIC, KINDS_OF_PAGE
from pipeline.verify.link_fit import MARGIN, fits_kind, kinds, label_fit, promised
from pipeline.verify.name_tables import VOCABULARY

UNSAFE_FLAGS = frozenset({"subscriber", "unsafe", "placeholder", "relative", "cut", "tracker"})
"""Flags of a link that is never published: it names a reader, leads nowhere, or is not whole."""

NEAR = 240
"""Characters of an item on each side of a link in which the name on its label stands: a sentence or two."""

_SHORTEST_OF_HANDLE = 4
_TOKEN = re.compile(r"[A-Za-z0-9]+(?:[._'’-][A-Za-z0-9]+)*")
_STATUS = re.compile(r"^/([A-Za-z0-9_]{1,30})(?:/|$)")
_SOCIAL = ("twitter.com", "x.com", "bsky.app", "threads.net", "fxtwitter.com", "xcancel.com")


def what_is_cited_is_known(place: Place, index: Index) -> Iterator[Finding]:
    """Every item cited stands in the newsletter; all cite one but the Viewpoint and the titles of topics."""
    if place.kind == "topic":
        return
    for id_ in place.items:
        if id_ not in index.items:
            yield finding("references.unknown", place.where, place.text, f"item {id_} is not in the newsletter")
    if not place.items and place.kind != "viewpoint":
        yield finding("references.unknown", place.where, place.text, "no item of the newsletter is cited")


def references_are_known_and_cited(place: Place, index: Index) -> Iterator[Finding]:
    """Each link is known, stands in an item that is cited, leads to content over http or https, and is safe."""
    for ref in place.refs:
        link = index.links.get(ref.link)
        if link is None:
            yield finding("references.unknown", place.where, ref.label, f"link {ref.link} is not in the newsletter")
        elif link.item not in place.items and not _is_also_cited(link, place, index):
            message = f"link {ref.link} belongs to item {link.item}, which is not cited"
            yield finding("references.uncited", place.where, ref.label, message)
        elif link.kind != "content":
            yield finding("references.kind", place.where, ref.label, f"link {ref.link} is {link.kind}, not content")
        elif UNSAFE_FLAGS & set(link.flags) or not _is_web(link.url):
            what = ", ".join(sorted(UNSAFE_FLAGS & set(link.flags))) or "its scheme is not http or https"
            yield finding("references.unsafe", place.where, ref.label, f"link {ref.link} is not published: {what}")
    if place.kind == "bullet" and not place.refs and _has_content_links(place, index):
        yield finding("references.none", place.where, place.text, "the cited items have links, and none is given")


def labels_say_where_they_lead(place: Place, index: Index) -> Iterator[Finding]:
    """A label is not empty and not generic, and the names in it stand near its link and belong to no other link."""
    for ref in place.refs:
        folded = letters_and_digits(ref.label)
        if not folded:
            yield finding("labels.empty", place.where, ref.label, f"the label of link {ref.link} is empty")
        elif folded in GENERIC:
            yield finding("labels.generic", place.where, ref.label, "the label does not say where the link leads")
        elif ref.link in index.links:
            yield from _label_fits(ref, index.links[ref.link], place, index)


def labels_are_not_exchanged(place: Place, index: Index) -> Iterator[Finding]:
    """No two labels fit each other's link better than their own, and none promises a kind of page that another has."""
    known = [(ref, index.links[ref.link]) for ref in place.refs if ref.link in index.links]
    for (one, its_link), (other, other_link) in combinations(known, 2):
        if its_link.url == other_link.url:
            continue
        written = label_fit(one.label, its_link, index) + label_fit(other.label, other_link, index)
        turned = label_fit(one.label, other_link, index) + label_fit(other.label, its_link, index)
        if turned > written + MARGIN:
            message = f"the labels of links {one.link} and {other.link} are exchanged"
            yield finding("labels.other", place.where, f"{one.label}, {other.label}", message, expected=other_link.text)
    for ref, link in known:
        wanted, own = promised(ref.label), kinds(link)
        if wanted and own and not fits_kind(wanted, own) and (better := _link_of_that_kind(ref, link, place, index)):
            message = f"the label names another kind of page than link {link.id} ({link.text or link.url})"
            yield finding("labels.other", place.where, ref.label, message, expected=better.text or better.url)


def _link_of_that_kind(ref: Reference, own: Link, place: Place, index: Index) -> Link | None:
    """A link of the cited items that is of the kind that the label promises and fits it better in all."""
    least = label_fit(ref.label, own, index) + MARGIN
    for item in index.cited(place):
        for id_ in item.links:
            link = index.links.get(id_)
            fitting = link and link.kind == "content" and promised(ref.label) & kinds(link)
            if link and fitting and label_fit(ref.label, link, index) > least:
                return link
    return None


def labels_stand_in_the_text(place: Place, index: Index) -> Iterator[Finding]:
    """In the introduction and the Preview a label is an exact piece of the text, each one a piece of its own."""
    if place.part not in ("intro", "preview"):
        return
    text = place.text
    for ref in sorted(place.refs, key=lambda ref: len(ref.label), reverse=True):
        if not ref.label:
            continue
        if ref.label not in text:
            yield finding("labels.outside", place.where, ref.label, "the label is not a piece of the text")
        text = text.replace(ref.label, "\n", 1)


def _label_fits(ref: Reference, link: Link, place: Place, index: Index) -> Iterator[Finding]:
    names = [letters_and_digits(token) for token in _TOKEN.findall(ref.label)]
    names = [name for name in names if len(name) > 1 and name not in VOCABULARY]
    if not names:
        return
    own = _own_words(link)
    strangers = [name for name in names if name not in own]
    if not strangers:
        return
    other = _link_of_that_name(ref, link, place, index)
    if other:
        message = f"the label names link {other.id} ({other.text or other.url}), not link {link.id} ({link.text})"
        yield finding("labels.other", place.where, ref.label, message, expected=link.text)
        return
    near, whole = _near(link, index), letters_and_digits(" ".join(item.text for item in index.cited(place)))
    absent = [name for name in strangers if name not in whole]
    if absent:
        message = f"the label's name does not stand in the cited items: {', '.join(absent)}"
        yield finding("labels.absent", place.where, ref.label, message, expected=link.text)
    elif any(name not in near for name in strangers):
        message = f"the label's name does not stand near link {link.id} ({link.text})"
        yield finding("labels.far", place.where, ref.label, message, expected=link.text)


def _link_of_that_name(ref: Reference, own: Link, place: Place, index: Index) -> Link | None:
    """Another link of the cited items whose text or handle is the label, when ``own`` has a name of its own.

    A "paper" under the head "Long Runs" is Long Runs, though another item has a link of that very text.
    """
    folded = letters_and_digits(ref.label)
    if not _is_named(own):
        return None
    for item in index.cited(place):
        for id_ in item.links:
            link = index.links.get(id_)
            names_it = link and link.url != own.url and _names(folded, link)
            if link and names_it and not (link.item != own.item and _is_of_its_item(folded, own, index)):
                return link
    return None


def _names(folded: str, link: Link) -> bool:
    """Whether a label is a link's text or handle, or what a handle begins with: Cursor for @cursor_ai."""
    handle = _handle(link)
    begins = len(folded) >= _SHORTEST_OF_HANDLE and handle.startswith(folded)
    return begins or folded in (letters_and_digits(link.text), handle)


def _is_of_its_item(name: str, link: Link, index: Index) -> bool:
    """Whether a link says only what kind of page it is, in an item that has the name."""
    item = index.items.get(link.item)
    return bool(
        item and letters_and_digits(link.text) in KINDS_OF_PAGE and name in letters_and_digits(item.head + item.text)
    )


def _own_words(link: Link) -> str:
    """Text and address of a link, folded: ``Groq`` fits https://groq.com, a handle its own status."""
    return letters_and_digits(link.text) + "\n" + letters_and_digits(link.url)


def _is_named(link: Link) -> bool:
    """True when the link's own text or handle says whom or what it leads to."""
    return bool(_handle(link)) or (bool(_TOKEN.search(link.text)) and letters_and_digits(link.text) not in GENERIC)


def _handle(link: Link) -> str:
    """Account of a link to a status or profile, folded; empty for other links."""
    host, path = _host_and_path(link.url)
    match = _STATUS.match(path) if host.removeprefix("www.") in _SOCIAL else None
    return letters_and_digits(match[1]) if match and match[1] != "i" else ""


def _near(link: Link, index: Index) -> str:
    """What stands around the link's text in its item, folded.

    The whole item where the text is not found, or says only what kind of page it is, or where no other link stands.
    """
    item = index.items.get(link.item)
    if item is None:
        return ""
    at = item.text.find(link.text) if link.text else -1
    if at < 0 or len(item.links) == 1 or letters_and_digits(link.text) in KINDS_OF_PAGE:
        return letters_and_digits(f"{item.head} {item.text}")
    around = item.text[max(0, at - NEAR) : at + len(link.text) + NEAR]
    return letters_and_digits(f"{item.head} {around}")


def _is_also_cited(link: Link, place: Place, index: Index) -> bool:
    """One address may stand in several items; it is enough that a cited one has it."""
    return any(
        index.links[id_].url == link.url for item in index.cited(place) for id_ in item.links if id_ in index.links
    )


def _has_content_links(place: Place, index: Index) -> bool:
    links = (index.links.get(id_) for item in index.cited(place) for id_ in item.links)
    return any(link and link.kind == "content" and not UNSAFE_FLAGS & set(link.flags) for link in links)


def _is_web(url: str) -> bool:
    return url.startswith(("http://", "https://")) and bool(_host_and_path(url)[0])


def _host_and_path(url: str) -> tuple[str, str]:
    """Both empty for what is not a URL."""
    try:
        parts = urlsplit(url)
        return parts.hostname or "", parts.path
    except ValueError:
        return "", ""
