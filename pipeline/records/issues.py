"""extract and clean: RawIssue → Issue → CleanIssue. A newsletter, read; what of it may be reported and linked."""

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

TextFlag = Literal[
    "stale",  # clean: it stood in the newsletter before
    "sponsor",  # extract: paid for
    "filler",  # extract: says that there is nothing
    "outage",  # extract: says that a source failed
    "metadata",  # extract: what the newsletter says of its own making
    "footer",  # extract: imprint, subscription, greetings
    "toc",  # extract: table of contents
    "byline",  # extract: date and names above the newsletter's own title
    "duplicate",  # extract: a second model's recap of the same day; its facts are news, told once
]
"""What is odd about an item or a section, with the stage that says so."""

LinkFlag = Literal[
    "code",  # extract: stands in code
    "bare",  # extract: an address without a label
    "unclosed",  # extract: its brackets are not closed, so its end is a guess
    "placeholder",  # extract, clean: leads nowhere
    "relative",  # extract: has no host
    "subscriber",  # clean: names the reader
    "unsafe",  # clean: its scheme, port or host is not for a reader
    "shortener",  # clean: hides where it leads
    "tracker",  # clean: passes the reader by a counter
    "misattributed",  # extract: the name of one person on the words of another
]
"""What is odd about a link, with the stage that says so. A new flag is added here and, if need be, below."""

UNREPORTABLE: frozenset[TextFlag] = frozenset({"stale", "sponsor", "filler", "outage", "metadata", "footer", "toc"})
"""Flags of items and sections that are no news of the day."""

UNPUBLISHABLE: frozenset[LinkFlag] = frozenset(
    {"subscriber", "unsafe", "placeholder", "relative", "unclosed", "tracker", "misattributed"}
)
"""Flags of links that no post may have."""

REPORTABLE_ROLES: frozenset[Role] = frozenset({"intro", "news", "community"})
"""Sections that a post reports; the channel-by-channel part and boilerplate are never sent to a model."""


class Link(Record):
    """One link of an item.

    Attributes:
        id: ``l1``, ``l2``, … in the order of the document.
        url: What is published: in an Issue the address as the newsletter has it, with debris at its end trimmed; in
            a CleanIssue without tracking parameters and wrappers.
        found: As it stood in the newsletter, debris included.
        text: The label, visible text only.
        item: Id of the item it stands in.
        flags: What is odd about it.
        wrapper: Hash of the click tracker's whole address, where that names the reader and so is not kept.
    """

    id: str
    url: str
    found: str
    text: str
    item: str
    kind: Kind
    flags: tuple[LinkFlag, ...] = ()
    wrapper: str = ""

    @property
    def publishable(self) -> bool:
        """Whether a post may link it: it leads a reader to content, and nothing is wrong with the address."""
        web = self.url.startswith(("http://", "https://"))
        return web and self.kind == "content" and UNPUBLISHABLE.isdisjoint(self.flags)


class Item(Record):
    """One bullet, paragraph or post of a section.

    Attributes:
        id: ``s2i5``: fifth item of the second section.
        head: The bold head or label the item opens with, or the heading above it; may be empty.
        text: All of the item's visible text, the head included, as plain text without markup.
        links: Ids of its links, in order.
        flags: What is odd about it.
    """

    id: str
    head: str = ""
    text: str
    links: tuple[str, ...] = ()
    flags: tuple[TextFlag, ...] = ()

    @property
    def reportable(self) -> bool:
        """Whether a post may report it, as far as the item itself says (`Section.reportable` has its say too)."""
        return UNREPORTABLE.isdisjoint(self.flags) and bool(self.text.strip())


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
    flags: tuple[TextFlag, ...] = ()

    @property
    def reportable(self) -> bool:
        """Whether a post may report its items. A second recap of the same day is boilerplate only in being one."""
        has_role = self.role in REPORTABLE_ROLES or "duplicate" in self.flags
        return has_role and UNREPORTABLE.isdisjoint(self.flags)


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
