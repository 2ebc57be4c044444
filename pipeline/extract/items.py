"""Blocks to items: what is one unit of news.

A bullet with all that is nested in it is one item (a Reddit post with its comments); a paragraph, a row and a
quotation are one each. A bullet that is only a label, or too long, gives one item for each bullet right below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.extract.blocks import Block
from pipeline.extract.links import Found, links
from pipeline.extract.notes import flags_of
from pipeline.extract.wording import wording
from pipeline.records.issues import TextFlag

_MAX_CHARACTERS = 4000  # a post with its five comments has 3,000; the longest paragraph of 701 issues 29,990
_MAX_LABEL = 200
_ONLY_TAIL = re.compile(r"\A\W*(?:\([^()]{0,60}\)\W*)?\Z")


@dataclass(slots=True)
class ItemDraft:
    """An item before it has an id; ``head`` is where it stands, ``lead`` the bold text it opens with."""

    text: str
    lead: str = ""
    head: str = ""
    links: list[Found] = field(default_factory=list)
    flags: tuple[TextFlag, ...] = ()


def is_label(block: Block) -> bool:
    """Whether a block is nothing but bold text, a number of messages and a colon aside."""
    short = block.lead > 0 and len(block.text) <= _MAX_LABEL
    return short and _ONLY_TAIL.match(block.text[block.lead :]) is not None


def bare_label(text: str) -> str:
    """A label without the colon after it."""
    return text.strip().rstrip(":").rstrip()


def item_of(group: list[Block], *, plain: bool) -> ItemDraft:
    """One item of all these blocks."""
    found = [link for block in group for link in links(block, plain=plain)]
    whole = "\n".join(block.text.strip() for block in group if block.text.strip())
    text = wording(whole, plain=plain)
    first = group[0]
    return ItemDraft(text, wording(bare_label(first.text[: first.lead]), plain=plain), "", found, flags_of(whole))


def items_of(group: list[Block], *, plain: bool) -> Iterator[ItemDraft]:
    """The items of one outermost bullet."""
    own = [block for block in group if block.depth == 1]
    nested = [block for block in group if block.depth > 1]
    opens_nested = len(own) == 1 and own[0] is group[0]
    labels = opens_nested and (is_label(own[0]) or (own[0].text.endswith(":") and len(own[0].text) <= _MAX_LABEL))
    if not nested or not (labels or (own and sum(len(block.text) for block in group) > _MAX_CHARACTERS)):
        yield item_of(group, plain=plain)
        return
    parent = item_of(own, plain=plain)
    head = bare_label(parent.text) if labels else parent.lead
    children = [item_of(child, plain=plain) for child in _children(nested)]
    if labels:
        children[0].links[:0] = parent.links
    else:
        yield parent
    for child in children:
        child.head = head
        yield child


def _children(nested: list[Block]) -> Iterator[list[Block]]:
    """The bullets of the second level, each with what is nested in it."""
    child: list[Block] = []
    for block in nested:
        if child and block.depth == 2 and block.entry != child[0].entry:
            yield child
            child = []
        child.append(block)
    if child:
        yield child
