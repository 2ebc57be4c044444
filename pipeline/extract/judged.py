"""Sections judged as wholes: what can only be told when all of it is known."""

from __future__ import annotations

from pipeline.extract import boilerplate
from pipeline.extract.items import ItemDraft
from pipeline.extract.notes import tells_outage
from pipeline.extract.sections import SectionDraft
from pipeline.extract.wording import site_of

# Items and characters of what may still be footer.
_MOST_AT_END = (8, 1500)
_MOST_BETWEEN = (3, 200)
_MIN_BULLETS = 3


def judged(sections: list[SectionDraft]) -> list[SectionDraft]:
    """The sections with their final roles; those that hold nothing at all are left out."""
    for section in sections:
        _attach_links(section)
    sections = [section for section in sections if section.items or section.title]
    for section in sections:
        _judge(section)
    _judge_tail(sections)
    _judge_top(sections)
    return _merged(sections)


def _attach_links(section: SectionDraft) -> None:
    """The links of a heading or a picture with nothing under it need an item to stand in."""
    if not section.items:
        section.links = [link for link in section.links if link.url or link.text]  # <a href=""></a> is nothing
    if section.links and not section.items:
        shown = section.title or next((link.text for link in section.links if link.text), "")
        draft = ItemDraft(shown or site_of(section.links[0].url))
        if section.role in {"intro", "news"} and not any(link.kind == "content" for link in section.links):
            draft.flags = ("filler",)  # a heading or a picture of its own is no news
        section.items.append(draft)
    if section.links:
        section.items[0].links[:0] = section.links
        section.links = []


def _merged(sections: list[SectionDraft]) -> list[SectionDraft]:
    """Footers and the like that follow each other are one section."""
    merged: list[SectionDraft] = []
    for section in sections:
        if merged and section.role == "boilerplate" and not section.title and section.flags == merged[-1].flags:
            merged[-1].items += section.items
        else:
            merged.append(section)
    return merged


def _judge(section: SectionDraft) -> None:
    items = section.items
    if "sponsor" in section.flags:
        for item in items:
            item.flags = tuple(dict.fromkeys((*item.flags, "sponsor")))
    if "toc" in section.flags and any(link.kind == "content" for item in items for link in item.links):
        section.role, section.flags = "news", ()
    if section.role not in {"news", "community"} or not items:
        return
    if section.role == "news" and all(map(_offers_job, items)):
        section.role, section.flags = "boilerplate", (*section.flags, "sponsor")
    if all("filler" in item.flags for item in items):
        section.role, section.flags = "boilerplate", (*section.flags, "filler")
    elif tells_outage("\n".join(item.text for item in items)):
        section.role, section.flags = "boilerplate", (*section.flags, "outage")
        for item in items:
            item.flags = (*item.flags, "outage")


def _offers_job(item: ItemDraft) -> bool:
    """Whether the only link of an item is that by which one applies for what it offers."""
    led = [link for link in item.links if link.kind == "content"]
    return len(led) == 1 and boilerplate.is_application(led[0].text)


def _judge_tail(sections: list[SectionDraft]) -> None:
    """The few lines after or between a footer's sentences (an address, a company's name) are footer too."""
    for place, tail in enumerate(sections):
        follows = place > 0 and not tail.title and "footer" in sections[place - 1].flags
        if not follows or all(section.role == "boilerplate" for section in sections[:place]):
            continue  # at the top, "View in browser" is followed by the newsletter itself
        is_last = place == len(sections) - 1
        if not is_last and "footer" not in sections[place + 1].flags:
            continue
        few, short = _MOST_AT_END if is_last else _MOST_BETWEEN
        if len(tail.items) <= few and sum(len(item.text) for item in tail.items) <= short:
            tail.role, tail.flags = "boilerplate", ("footer",)


def _judge_top(sections: list[SectionDraft]) -> None:
    """A top part made of bullets is news; without any other news all but the first paragraph of the top is."""
    tops = [section for section in sections if section.role == "intro"]
    for top in tops:
        told = sum(1 for item in top.items if "metadata" not in item.flags)
        if top.bulleted >= _MIN_BULLETS and 5 * top.bulleted >= 4 * told:
            top.role = "news"
    if tops and not any(section.role in {"news", "community", "detail"} for section in sections):
        place = sections.index(tops[0])
        rest = SectionDraft("news", items=tops[0].items[1:])
        tops[0].items = tops[0].items[:1]
        for top in tops[1:]:
            top.role = "news"
        if rest.items:
            sections.insert(place + 1, rest)
