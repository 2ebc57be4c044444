"""Blocks to sections: where a newsletter's parts begin, what each is for, and which items stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.extract import boilerplate, titles
from pipeline.extract.blocks import Block
from pipeline.extract.items import ItemDraft, bare_label, is_label, item_of, items_of
from pipeline.extract.links import Found, links
from pipeline.extract.looks import with_headings
from pipeline.extract.notes import flags_of
from pipeline.extract.regions import with_regions
from pipeline.footers import footer_place
from pipeline.records.issues import Role, TextFlag

_PATH = " \u203a "  # between the headings above an item
_BREAKING = frozenset({"toc", "sponsor", "footer"})  # flags of items that stand in a section of their own
_NEAR = 8  # blocks after a sponsor's first words within which the rule that ends its block is looked for
_MAX_MARK = 80  # characters of a sponsor's mark; a longer text is the advert itself
_MAX_STORY, _MAX_STORY_BLOCKS = 1500, 4  # characters and blocks of a cell that holds one story
_MAX_OWN = 240
_MAX_SIGN = 3  # characters before a title: a drawn arrow and a blank
_MAX_BYLINE, _MAX_BYLINES = 60, 3
_LAST = 4  # blocks: so near the end what calls itself a footer is one, even in the channel part
_OWN_ROLES: dict[titles.Part, Role] = {"recap": "community", "toc": "boilerplate", "sponsor": "boilerplate"}
_OWN_ROLES |= {
    "footer": "boilerplate",
    "filler": "boilerplate",
    "news": "news",
    "community": "community",
    "detail": "detail",
}


@dataclass(slots=True)
class SectionDraft:
    """A section before it has an id."""

    role: Role
    title: str = ""
    items: list[ItemDraft] = field(default_factory=list)
    flags: tuple[TextFlag, ...] = ()
    links: list[Found] = field(default_factory=list)  # of the heading; they go to its first item
    bulleted: int = 0


def sections_of(blocks: list[Block], *, title: str, plain: bool) -> list[SectionDraft]:
    """The sections of a newsletter in order.

    Args:
        blocks: All of it, in order.
        title: The issue's; a heading that only repeats it opens nothing.
        plain: It comes from a plain-text mail.
    """
    blocks = with_regions(with_headings(blocks))
    first = next((block for block in blocks if block.kind == "heading"), None)
    echo = first if first is not None and title and _key(first.text) == _key(title) else None
    return _Walk(blocks, echo, plain).walk()


def _key(title: str) -> str:
    return "".join(character for character in title.removeprefix("[AINews]").lower() if character.isalnum())


class _Walk:
    """Goes through the blocks and remembers which part and under which headings it is."""

    def __init__(self, blocks: list[Block], echo: Block | None, plain: bool) -> None:
        self._blocks, self._echo, self._plain = blocks, echo, plain
        levels = sorted({block.level for block in blocks if block.kind == "heading" and block is not echo})
        self._levels = {1, 2} if not levels or levels[0] <= 2 else set(levels[:2])
        self._part: titles.Part | None = None
        self._numbered = False  # the detail part was opened by its own heading, not by a channel's
        self._story = False  # a bold line opened the news: it has no heading of its own, so a rule ends it
        self._models = 0  # how many models' recaps there were
        self._section = SectionDraft("intro")
        self._sections = [self._section]
        self._aside: SectionDraft | None = None  # the section that a sponsor, a footer or a list of contents broke off
        self._heads: list[tuple[int, str]] = []
        self._label = ""
        self._unused = ""  # the last heading or label, while no item stands under it
        self._pending: list[Found] = []

    def walk(self) -> list[SectionDraft]:
        """Runs through all blocks once."""
        number = 0
        while number < len(self._blocks):
            block = self._blocks[number]
            after = number + 1
            if block is self._echo:
                self._leave_byline()
                self._pending += [replace(link, kind="navigation") for link in links(block)]
            elif block.kind == "heading" and not block.bullet and block.region not in titles.ASIDES:
                self._heading(block)
            elif block.kind == "rule":
                self._rule()
            elif block.bullet:
                while after < len(self._blocks) and self._blocks[after].bullet == block.bullet:
                    after += 1
                self._items(block, items_of(self._blocks[number:after], plain=self._plain), number)
            elif story := self._story_of_cell(number):
                after = number + len(story)
                self._items(block, iter((item_of(story, plain=self._plain),)), number)
            elif block.region not in titles.ASIDES and self._is_label(block, number):
                self._start_label(block)
            else:
                self._items(block, iter((item_of([block], plain=self._plain),)), number)
            number = after
        self._settle()
        return self._sections

    # Headings

    def _heading(self, block: Block) -> None:
        if self._label or not self._heads or block.level <= self._heads[-1][0] or block.level in self._levels:
            self._settle()
        text = block.text.strip()
        found = links(block, plain=self._plain)
        part = titles.part_of(text)
        if part is not None and (self._part != "detail" or not self._numbered or block.level <= min(self._levels)):
            self._start_part(part, text, found)
        elif titles.names_channel(text) and self._part != "detail":
            self._open("detail", text, found)
            self._part, self._numbered = "detail", False
        elif block.level in self._levels and (self._part != "detail" or self._leaves_channels(text)):
            self._start_subject(text, found)
        elif text or found:
            self._heads = [(level, head) for level, head in self._heads if level < block.level]
            self._heads.append((block.level, bare_label(text)))
            self._label, self._unused = "", text
            self._pending += found

    def _leaves_channels(self, title: str) -> bool:
        """In the first era each server's summary is followed by its channels, then comes the next server."""
        return not self._numbered and titles.names_guild(title)

    def _start_part(self, part: titles.Part, title: str, found: list[Found]) -> None:
        if aside := titles.ASIDES.get(part):
            self._open("boilerplate", title, found, flags=(aside,))
            return
        self._part, self._numbered, self._models, self._story = part, part == "detail", 0, False
        self._open(_OWN_ROLES[part], title, found)

    def _start_subject(self, title: str, found: list[Found]) -> None:
        """A heading that names its subject: it has the role of the part it stands in."""
        if self._part == "recap" and titles.names_model(title):
            self._models += 1
            if self._models > 1 or self._sections[-1].bulleted > 2:
                self._open("boilerplate", title, found, flags=("duplicate",))
                return
        guild = titles.names_guild(title) and any("discord" in link.url for link in found)
        if self._part == "detail" or (self._part is None and guild):
            self._part = "community" if guild else None
        self._open(_OWN_ROLES[self._part] if self._part else "news", title, found)

    def _leave_byline(self) -> None:
        """The date or the names above the newsletter's own title belong to the page."""
        above = self._section.items
        if above and all(len(item.text) <= _MAX_BYLINE for item in above) and len(above) <= _MAX_BYLINES:
            self._section.role, self._section.flags = "boilerplate", ("byline",)
            self._open("intro", "", [])

    def _open(self, role: Role, title: str, found: list[Found], *, flags: tuple[TextFlag, ...] = ()) -> None:
        self._section = SectionDraft(role, title, flags=flags, links=found)
        self._sections.append(self._section)
        self._aside = None
        self._heads, self._label, self._unused = [], "", ""

    # Labels

    def _is_label(self, block: Block, number: int) -> bool:
        if block.kind != "text" or block.quoted or not is_label(block):
            return False
        if all(section.role == "boilerplate" or not section.items for section in self._sections) and not self._heads:
            return False  # the tagline, with nothing above it but what a mail or page puts there
        return any(before.kind != "rule" for before in self._blocks[max(0, number - 3) : number])

    def _start_label(self, block: Block) -> None:
        if self._label or not self._heads:
            self._settle()
        text = block.text.strip()
        part = titles.part_of(bare_label(text))
        if part in {"toc", "sponsor", "filler", "detail", "news"} and self._part != "detail":
            if aside := titles.ASIDES.get(part):
                self._set_aside(aside, text)
            else:
                self._start_part(part, text, links(block, plain=self._plain))
                self._numbered, self._story = False, part == "news"
            return
        if titles.names_channel(text) and self._part != "detail":
            self._open("detail", text, links(block, plain=self._plain))
            self._part, self._numbered = "detail", False
            return
        self._label = self._unused = bare_label(text)
        self._unused = text
        self._pending += links(block, plain=self._plain)

    def _rule(self) -> None:
        self._settle()
        self._label = ""
        if self._story and self._section.items:
            self._open("news", "", [])
            self._story = False
        self._resume()

    def _settle(self) -> None:
        """A heading or label under which nothing stands is an item itself."""
        if self._unused:
            text, self._unused = self._unused, ""
            heads = [head for _, head in self._heads]
            if not self._label and heads:
                heads.pop()
            self._add(ItemDraft(text, head=_PATH.join(heads), flags=flags_of(text)), bullet=False)

    # Items

    def _items(self, block: Block, drafts: Iterator[ItemDraft], number: int) -> None:
        for draft in drafts:
            self._judge(draft, block)
            aside = next((flag for flag in draft.flags if flag in _BREAKING), titles.ASIDES.get(block.region))
            ends = self._section.role == "detail" and aside == "footer" and number >= len(self._blocks) - _LAST
            if aside and (ends or self._section.role not in {"boilerplate", "detail"}):
                self._set_aside(aside, "")
                self._add(draft, bullet=block.bullet > 0)
                if aside != "sponsor" or block.region or not self._reaches_on(block, number):
                    self._resume()
                continue
            if (
                self._aside is not None
                and "toc" in self._section.flags
                and any(link.kind in {"content", "image"} for link in draft.links)
            ):
                self._resume()
            heads = [head for _, head in self._heads] + [self._label, draft.head]
            path = _PATH.join(head for head in heads if head)
            draft.head = path or draft.lead
            if draft.text:
                self._unused = ""
            self._add(draft, bullet=block.bullet > 0)

    def _judge(self, draft: ItemDraft, block: Block) -> None:
        """Flags what is no news by its words or looks; what a channel or a server says is not the newsletter's own."""
        if draft.flags or self._section.role in {"community", "detail"}:
            return
        flag = boilerplate.flag_of(draft.text) or ("metadata" if block.region == "byline" else "")
        flag = flag or ("footer" if _is_own(draft) else "")
        draft.flags = (flag,) if flag else ()

    def _add(self, draft: ItemDraft, *, bullet: bool) -> None:
        section = self._section
        draft.links[:0] = section.links + self._pending
        section.links, self._pending = [], []
        if not draft.text and section.items:
            section.items[-1].links += draft.links  # a picture belongs to what it stands under
        elif not draft.text:
            section.links = draft.links
        elif section.items and not bullet and boilerplate.is_tail(draft.text):
            section.items[-1].text += f"\n{draft.text}"
            section.items[-1].links += draft.links
        else:
            section.items.append(draft)
            section.bulleted += bullet

    def _set_aside(self, part: TextFlag, title: str) -> None:
        """Opens a section for what is no news; what was open goes on after it."""
        if self._aside is None:
            self._aside = self._section
        self._section = SectionDraft("boilerplate", title, flags=(part,))
        self._sections.append(self._section)
        self._label = self._unused = ""

    def _resume(self) -> None:
        if self._aside is not None:
            before, self._aside = self._aside, None
            self._section = SectionDraft(before.role, flags=before.flags)
            self._sections.append(self._section)

    def _reaches_on(self, block: Block, number: int) -> bool:
        """Whether a sponsor's mark covers what follows: up to a rule that is near, or the end of its table cell.

        Below the first news it also reaches to a heading; above it stands the lead.
        """
        if boilerplate.closes_advert(block.text):
            return False
        told = any(section.role == "news" and section.items for section in self._sections)
        ends = {"rule", "heading"} if told and len(block.text) <= _MAX_MARK else {"rule"}
        for after in self._blocks[number + 1 : number + _NEAR]:
            if after.kind != "text":
                return after.kind in ends
        return False

    def _story_of_cell(self, number: int) -> list[Block]:
        """The blocks of a table cell that holds one story and nothing else, its byline with it; else none."""
        blocks, cell = self._blocks, self._blocks[number].cell
        end = number + 1
        while end < len(blocks) and blocks[end].cell == cell and end - number <= _MAX_STORY_BLOCKS:
            end += 1
        story = blocks[number:end]
        whole = number == 0 or blocks[number - 1].cell != cell
        if not cell or not whole or not 2 <= len(story) <= _MAX_STORY_BLOCKS:
            return []
        told = [block for block in story if block.text]
        if len(told) < 2:
            return []
        plain = all(block.kind == "text" and not block.bullet and not block.quoted for block in story)
        if not plain or sum(len(block.text) for block in story) > _MAX_STORY or not _opens_story(told[0]):
            return []
        return [] if any(map(_opens_story, told[1:])) or titles.part_of(bare_label(told[0].text)) else story


def _is_own(draft: ItemDraft) -> bool:
    """Whether all links of a short item are the newsletter's own: to hand it on, to leave it, to read it online."""
    led = [link for link in draft.links if link.kind != "image"]
    return (
        bool(led)
        and len(draft.text) <= _MAX_OWN
        and all(
            link.kind == "footer" or link.url.startswith("mailto:?") or footer_place(link.url, link.text)
            for link in led
        )
    )


def _opens_story(block: Block) -> bool:
    """Whether a block begins with a title: in bold, or as a link."""
    titled = block.lead > 0 or any(mark.kind == "link" and mark.start <= _MAX_SIGN < mark.end for mark in block.marks)
    return titled and len(block.text) > _MAX_BYLINE // 3 and not boilerplate.is_tail(block.text)
