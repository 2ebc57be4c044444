"""Rules by which a mutant is still true, so that nobody need catch it. How many each ruled out is told."""

from __future__ import annotations

import re
from collections.abc import Callable

from evaluation.checks.figures import is_rounding, kind_of, value, values
from evaluation.checks.mutation import Change, Setting

SAME_STORY = 0.6
"""Share of a piece's names and figures which other items must hold so that the same story may be told there."""

_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SCALE = re.compile(r"\d *(천만|백만|만|억|조|천|[kKMBT](?![A-Za-z]))")
_MARKS = re.compile(r"[A-Za-z][\w.\-]{2,}|\d+(?:[.,]\d+)*")


def why_true(change: Change, setting: Setting) -> str:
    """Name of the first rule by which the change tells nothing false; empty when it does."""
    return next((rule.__name__.replace("_", " ") for rule in RULES if rule(change, setting)), "")


def nothing_changed(change: Change, setting: Setting) -> bool:
    return change.bullet == setting.bullet and not change.earlier and change.twin is None


def the_figure_is_only_rounded(change: Change, setting: Setting) -> bool:
    new, old = _DIGITS.search(change.figure), _DIGITS.search(change.was)
    if not new or not old or change.figure.replace(new[0], "", 1) != change.was.replace(old[0], "", 1):
        return False
    return is_rounding(new[0], old[0])


def the_figure_stands_in_the_items(change: Change, setting: Setting) -> bool:
    """Of the same kind (money, percent, neither), with the same scale: another true figure of the cited items."""
    new = _DIGITS.search(change.figure)
    if not new:
        return False
    scale = _SCALE.search(change.figure)
    told = value(new[0], scale[1] if scale else ""), kind_of(change.figure)
    return told in values(setting.source)


def the_name_stands_in_the_items(change: Change, setting: Setting) -> bool:
    return bool(change.name) and folded(change.name) in folded(setting.source)


def the_link_leads_to_the_same_page(change: Change, setting: Setting) -> bool:
    links = setting.faithful.newsletter.prepared.index.links
    new, old = links.get(change.link), links.get(change.kept)
    return bool(new and old) and _address(new.url) == _address(old.url)  # type: ignore[union-attr]


def the_link_stands_in_the_items(change: Change, setting: Setting) -> bool:
    """A link of an item that is not cited, whose address a cited item has too."""
    links = setting.faithful.newsletter.prepared.index.links
    new = links.get(change.link)
    if new is None or new.item in setting.bullet.items:
        return False
    return _address(new.url) in {_address(links[name].url) for item in setting.items for name in item.links}


def the_same_story_is_told_there(change: Change, setting: Setting) -> bool:
    """Most names and figures of the piece that is told stand in the items that it cites now."""
    if not change.told:
        return False
    index = setting.faithful.newsletter.prepared.index
    text = folded(" ".join(index.items[name].head + " " + index.items[name].text for name in change.bullet.items))
    marks = {folded(mark) for mark in _MARKS.findall(change.told)}
    return bool(marks) and sum(mark in text for mark in marks) >= SAME_STORY * len(marks)


RULES: tuple[Callable[[Change, Setting], bool], ...] = (
    nothing_changed,
    the_figure_is_only_rounded,
    the_figure_stands_in_the_items,
    the_name_stands_in_the_items,
    the_link_leads_to_the_same_page,
    the_link_stands_in_the_items,
    the_same_story_is_told_there,
)


def folded(text: str) -> str:
    """Letters and digits only, lower case: how a name is looked for."""
    return re.sub(r"[\W_]+", "", text).casefold()


def _address(url: str) -> str:
    return url.partition("#")[0].rstrip("/").removeprefix("https://").removeprefix("http://").casefold()
