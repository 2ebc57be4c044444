"""Links: each is known, belongs to an item that is cited, may be published, and its label says where it leads."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from pipeline.hosts import host_of, is_same_site
from pipeline.records.drafts import Reference
from pipeline.records.issues import UNPUBLISHABLE, Link
from pipeline.records.verdicts import Finding
from pipeline.verify.findings import Kind, finding, letters_and_digits
from pipeline.verify.index import Index, Place
from pipeline.verify.labels import (
    GENERIC,
    MARGIN,
    fits_kind,
    is_beside,
    is_named,
    is_of_its_item,
    label_fit,
    names_link,
    names_on,
    page_kinds,
    promised,
)


def check_items(place: Place, index: Index) -> Iterator[Finding]:
    """Every item cited is in the newsletter; all cite one but the Viewpoint and the titles of topics."""
    if place.kind == "topic":
        return
    for id_ in place.items:
        if id_ not in index.items:
            yield finding(Kind.UNKNOWN_ITEM, place.where, place.text, item=id_)
    if not place.items and place.kind != "viewpoint":
        yield finding(Kind.NO_ITEM, place.where, place.text)


def check_references(place: Place, index: Index) -> Iterator[Finding]:
    """Each link is known, stands in an item that is cited, and may be published."""
    for ref in place.refs:
        link = index.links.get(ref.link)
        if link is None:
            yield finding(Kind.UNKNOWN_LINK, place.where, ref.label, link=ref.link)
        elif link.item not in place.items and not _is_also_cited(link, place, index):
            yield finding(Kind.UNCITED_LINK, place.where, ref.label, link=ref.link, item=link.item)
        elif is_same_site(index.issue.url, link.url):
            yield finding(Kind.OWN_LINK, place.where, ref.label, link=ref.link)
        elif link.kind != "content":
            yield finding(Kind.LINK_KIND, place.where, ref.label, link=ref.link, kind=link.kind)
        elif not link.publishable or not host_of(link.url)[1]:
            why = ", ".join(sorted(UNPUBLISHABLE.intersection(link.flags))) or "its scheme is not http or https"
            yield finding(Kind.UNSAFE_LINK, place.where, ref.label, link=ref.link, why=why)
    if place.kind == "bullet" and not place.refs and next(own_links(place, index), None):
        yield finding(Kind.NO_LINK, place.where, place.text)


def own_links(place: Place, index: Index) -> Iterator[Link]:
    """Yield the links of the cited items that a post may have, in their order."""
    links = (index.links.get(id_) for item in index.cited(place) for id_ in item.links)
    yield from (link for link in links if link and link.publishable and not is_same_site(index.issue.url, link.url))


def check_labels(place: Place, index: Index) -> Iterator[Finding]:
    """A label is not empty and not generic, and the names in it belong to its link and to no other."""
    for ref in place.refs:
        folded = letters_and_digits(ref.label)
        if not folded:
            yield finding(Kind.LABEL_EMPTY, place.where, ref.label, link=ref.link)
        elif folded in GENERIC:
            yield finding(Kind.LABEL_GENERIC, place.where, ref.label)
        elif ref.link in index.links:
            yield from _names_of_label(ref, index.links[ref.link], place, index)


def check_swapped_labels(place: Place, index: Index) -> Iterator[Finding]:
    """No two labels fit each other's link better than their own, and none promises a kind of page that another has."""
    known = [(ref, index.links[ref.link]) for ref in place.refs if ref.link in index.links]
    for (one, its_link), (other, other_link) in combinations(known, 2):
        if its_link.url == other_link.url:
            continue
        written = label_fit(one.label, its_link, index) + label_fit(other.label, other_link, index)
        turned = label_fit(one.label, other_link, index) + label_fit(other.label, its_link, index)
        if turned > written + MARGIN:
            both = f"{one.label}, {other.label}"
            yield finding(
                Kind.LABEL_SWAPPED, place.where, both, expected=other_link.text, link=one.link, other=other.link
            )
    for ref, link in known:
        wanted, own = promised(ref.label), page_kinds(link)
        if wanted and own and not fits_kind(wanted, own) and (better := _link_of_that_kind(ref, link, place, index)):
            expected, name = better.text or better.url, link.text or link.url
            yield finding(Kind.LABEL_PAGE, place.where, ref.label, expected=expected, link=link.id, name=name)


def check_label_places(place: Place, index: Index) -> Iterator[Finding]:
    """In the introduction and the Preview a label is an exact piece of the text, each one a piece of its own."""
    if place.part not in ("intro", "preview"):
        return
    text = place.text
    for ref in sorted(place.refs, key=lambda ref: len(ref.label), reverse=True):
        if not ref.label:
            continue
        if ref.label not in text:
            yield finding(Kind.LABEL_OUTSIDE, place.where, ref.label)
        text = text.replace(ref.label, "\n", 1)


def _link_of_that_kind(ref: Reference, own: Link, place: Place, index: Index) -> Link | None:
    """Find a link of the cited items that is of the kind that the label promises and fits it better in all."""
    least = label_fit(ref.label, own, index) + MARGIN
    for link in own_links(place, index):
        if promised(ref.label) & page_kinds(link) and label_fit(ref.label, link, index) > least:
            return link
    return None


def _names_of_label(ref: Reference, link: Link, place: Place, index: Index) -> Iterator[Finding]:
    own = letters_and_digits(link.text) + "\n" + letters_and_digits(link.url)
    strangers = [name for name in names_on(ref.label) if name not in own]
    if not strangers:
        return
    if other := _link_of_that_name(ref, link, place, index):
        name = other.text or other.url
        yield finding(
            Kind.LABEL_OTHER, place.where, ref.label, expected=link.text, link=link.id, other=other.id, name=name
        )
        return
    whole = letters_and_digits(" ".join(f"{item.head} {item.text}" for item in index.cited(place)))
    item = index.items.get(link.item)
    if absent := [name for name in strangers if name not in whole]:
        yield finding(Kind.LABEL_ABSENT, place.where, ref.label, expected=link.text, names=", ".join(absent))
    elif not all(is_beside(name, link, item) for name in strangers):
        yield finding(Kind.LABEL_DISTANT, place.where, ref.label, expected=link.text, link=link.id, name=link.text)


def _link_of_that_name(ref: Reference, own: Link, place: Place, index: Index) -> Link | None:
    """Find another link of the cited items whose text or handle is the label, when ``own`` has a name of its own.

    A "paper" under the head "Long Runs" is Long Runs, though another item has a link of that very text.
    """
    folded = letters_and_digits(ref.label)
    if not is_named(own):
        return None
    for item in index.cited(place):
        for id_ in item.links:
            link = index.links.get(id_)
            names_it = link and link.url != own.url and names_link(folded, link)
            elsewhere = link and link.item != own.item and is_of_its_item(folded, own, index.items.get(own.item))
            if link and names_it and not elsewhere:
                return link
    return None


def _is_also_cited(link: Link, place: Place, index: Index) -> bool:
    """One address may stand in several items; it is enough that a cited one has it."""
    return any(
        index.links[id_].url == link.url for item in index.cited(place) for id_ in item.links if id_ in index.links
    )
