"""RawIssue → Issue: one HTML extractor, and a door for each surface that a newsletter arrives by."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from pipeline.characters import visible
from pipeline.errors import ExtractError
from pipeline.extract.blocks import Block
from pipeline.extract.judged import judged
from pipeline.extract.looks import with_headings
from pipeline.extract.reader import blocks_of
from pipeline.extract.sections import SectionDraft, sections_of
from pipeline.extract.surfaces import surface_of
from pipeline.records.issues import Issue, Item, Kind, Link, Section
from pipeline.records.sources import RawIssue
from pipeline.subscribers import Reader, reader_of, scrubbed, scrubbed_links, without_wrappers

MAX_BYTES = 8_000_000  # the largest of 701 issues has 414,321; a page around it rarely adds more than as much
MAX_ADDRESSES = 30_000  # the issues of 701 with the most have some 1,200 links
_MAX_TITLE = 300


def extract(raw: RawIssue, body: bytes, *, made_from: str) -> Issue:
    """Reads one edition: its sections, items and links, each with an id that the same bytes give again.

    Args:
        raw: The edition, as it was found.
        body: The bytes of its capture.
        made_from: SHA-256 of what the Issue is made from.

    Raises:
        ExtractError: It is no newsletter that can be read; the line says why.
    """
    if len(body) > MAX_BYTES:
        raise ExtractError(f"too large to be a newsletter ({len(body):,} bytes, at most {MAX_BYTES:,})")
    with _uninterrupted():
        return scrubbed(*_read(raw, body, made_from))


class Wrapped(NamedTuple):
    """The click trackers of an edition that no rule opens, and the reader of the mail, whom they name.

    They are for following and for nothing else, and go into no record, log or message.

    Attributes:
        addresses: By the hash that their links keep as ``wrapper``.
    """

    addresses: dict[str, str]
    reader: Reader


def wrapped_addresses(raw: RawIssue, body: bytes) -> Wrapped:
    """What the records of an edition do not keep: the addresses of its click trackers, read again.

    Args:
        raw: The edition, as it was found.
        body: The bytes of its capture.

    Raises:
        ExtractError: As `extract`.
    """
    with _uninterrupted():
        issue, reader = _read(raw, body, made_from=raw.made_from)
    found = scrubbed_links(issue.links, reader)
    links = ((link.url, kept.wrapper) for link, kept in zip(issue.links, found, strict=True))
    return Wrapped({wrapper: without_wrappers(url) for url, wrapper in links if wrapper}, reader)


def refuse_flood(body: bytes) -> None:
    """For a run that nobody watches: a file of addresses would hold it up for minutes and is no newsletter.

    Raises:
        ExtractError: It has more than `MAX_ADDRESSES` addresses.
    """
    addresses = max(body.count(b"http"), body.count(b"<a "))
    if addresses > MAX_ADDRESSES:
        raise ExtractError(f"too many links to be a newsletter ({addresses:,}, at most {MAX_ADDRESSES:,})")


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """No search for garbage while a newsletter is read: all that is made is kept until the end.

    Without it each search goes through all of it again: 4 MB took 16 times as long as 400 KB, with it 10 times.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _read(raw: RawIssue, body: bytes, made_from: str) -> tuple[Issue, Reader]:
    """An edition as it came, and the reader that it was sent to, whom it names."""
    surface = surface_of(raw, body)
    title = " ".join(visible(raw.title or surface.title).split())[:_MAX_TITLE]
    found = blocks_of(surface.html, root=surface.root, sheets=surface.sheets)
    drafts = judged(sections_of(found, title=title, plain=surface.plain))
    if not any(item.text for draft in drafts for item in draft.items):
        raise ExtractError("the article is empty" if surface.root else "there is no text in it")
    links: list[Link] = []
    issue = Issue(
        id=raw.id,
        made_from=made_from,
        source=raw.source,
        url=raw.url or surface.url,
        title=title or _first_heading(found),
        published=raw.published,
        sections=tuple(_section(draft, number, links) for number, draft in enumerate(drafts, 1)),
        links=tuple(links),
        notes=(*raw.notes, *surface.notes),
    )
    return issue, reader_of(surface.readers)


def _first_heading(blocks: list[Block]) -> str:
    """What a newsletter without a title or subject is called by its first heading; empty where it has none."""
    first = next((block.text for block in with_headings(blocks) if block.kind == "heading" and block.text), "")
    return " ".join(first.split())[:_MAX_TITLE]


def _section(draft: SectionDraft, number: int, links: list[Link]) -> Section:
    """The record of a section; its links are appended to ``links``."""
    items: list[Item] = []
    for place, item in enumerate(draft.items, 1):
        item_id = f"s{number}i{place}"
        own = [
            Link(
                id=f"l{n}",
                url=link.url,
                found=link.found,
                text=link.text,
                item=item_id,
                kind=_kind(link.kind, draft.flags),
                flags=link.flags,
            )
            for n, link in enumerate(item.links, len(links) + 1)
        ]
        links += own
        ids = tuple(link.id for link in own)
        items.append(Item(id=item_id, head=item.head, text=item.text, links=ids, flags=item.flags))
    return Section(id=f"s{number}", role=draft.role, title=draft.title, items=tuple(items), flags=draft.flags)


def _kind(kind: Kind, flags: tuple[str, ...]) -> Kind:
    """In a footer or a list of contents no link is content."""
    if kind != "content":
        return kind
    return "footer" if "footer" in flags else "navigation" if "toc" in flags else kind
