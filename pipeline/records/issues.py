"""extract and clean: RawIssue → Issue → CleanIssue. A newsletter, read."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime

from pipeline.records.base import Made, Record

Role = Literal["intro", "news", "community", "detail", "boilerplate"]
"""What a section is for.

``intro``: the editor's lead. ``news``: recaps, or any section of an ordinary newsletter. ``community``: Discord
summaries. ``detail``: the channel-by-channel part, kept and never sent to a model. ``boilerplate``: table of
contents, sponsors, footers, outage notes, filler.
"""

Kind = Literal["content", "navigation", "image", "footer"]


class Link(Record):
    """One link of an item.

    Attributes:
        id: ``l1``, ``l2``, … in the order of the document.
        url: What is published: in an Issue the address as the newsletter has it, with debris at its end trimmed; in
            a CleanIssue without tracking parameters and wrappers.
        found: As it stood in the newsletter, debris included.
        text: The label, visible text only.
        item: Id of the item it stands in.
        flags: Words such as ``code``, ``bare``, ``unclosed``, ``placeholder``, ``shortener``, ``subscriber``,
            ``tracker``, ``relative``, ``misattributed`` (the name of one person on the words of another).
        wrapper: Hash of the click tracker's whole address, where that names the reader and so is not kept.
    """

    id: str
    url: str
    found: str
    text: str
    item: str
    kind: Kind
    flags: tuple[str, ...] = ()
    wrapper: str = ""


class Item(Record):
    """One bullet, paragraph or post of a section.

    Attributes:
        id: ``s2i5``: fifth item of the second section.
        head: The bold head or label the item opens with, or the heading above it; may be empty.
        text: All of the item's visible text, the head included, as plain text without markup.
        links: Ids of its links, in order.
        flags: Words such as ``stale``, ``sponsor``, ``filler``, ``outage``.
    """

    id: str
    head: str = ""
    text: str
    links: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


class Section(Record):
    """A heading of the newsletter and what stands under it.

    Attributes:
        id: ``s1``, ``s2``, … in the order of the document.
        title: Visible text of the heading; empty for what stands before the first one.
    """

    id: str
    role: Role
    title: str
    items: tuple[Item, ...]
    flags: tuple[str, ...] = ()


class Issue(Made):
    """One edition, read: sections, items and links, each with a stable id."""

    source: str
    url: str
    title: str
    published: AwareDatetime
    sections: tuple[Section, ...]
    links: tuple[Link, ...]
    notes: tuple[str, ...] = ()


class CleanIssue(Issue):
    """An Issue whose links carry no tracking parameters and no wrappers."""
