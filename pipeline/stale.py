"""What an issue repeats of the issue before: reruns of whole parts, and single items that stand there again."""

from __future__ import annotations

from collections import Counter
from typing import TypeVar

from rapidfuzz import fuzz

from pipeline.canonical import canonical_key
from pipeline.records.issues import Issue, Item, Role, Section

SAME_WORDS_PERCENT = 90.0
"""A section with so many of its words in the same order is the same section. Reruns are nearly all byte for byte the
same (13 of 701 issues); of 384 pairs of sections under one heading, in eleven issues of different days, none shares
more than 31 %."""

SAME_LINKS_SHARE = 0.9
"""A recap with so many of its links in the same part of the issue before is a rerun in other words. Counted: 27 to 31 %
of links come again from one day to the next, 86 to 100 % in a rerun."""

MIN_LINKS = 5
"""Fewer links say nothing about a rerun: a part may rest on the same three pages twice."""

MIN_WORDS = 40
"""Shorter sections (a header, "a quiet day") are alike every day without being yesterday's news."""

MAX_WORDS = 12_000
"""So much of a section is compared: as long as the longest summarised part of the archive (15,100 tokens). Time grows
with the square; two sections of this length without a word in common take 12 ms."""

MIN_CHARS = 40
"""An item without links counts as repeated from this length on; shorter ones are captions."""

AnyIssue = TypeVar("AnyIssue", bound=Issue)
Print = tuple[str, frozenset[str]]
Place = tuple[Role, str, int]


def mark_stale(issue: AnyIssue, previous: Issue) -> AnyIssue:
    """The issue with the flag ``stale`` on what the issue before had already.

    A section that is the same as its namesake in ``previous``, word for word or nearly so, or (outside the channel
    part, where links pile up from day to day) by its links, is flagged with all its items; an item of it that has only
    links ``previous`` did not have is news, stays unflagged, and keeps its section unflagged. Elsewhere the items are
    flagged that stand word for word, with the same links, anywhere in ``previous``. Boilerplate is alike every day and
    never flagged.

    Args:
        issue: Flags it has already are kept.
        previous: The issue before, of an earlier day; twins of one day are not compared.
    """
    if previous.id[:8] >= issue.id[:8]:
        return issue
    today, before = _Reading(issue), _Reading(previous)
    sections = tuple(
        section if section.role == "boilerplate" else _flagged(section, _repeated(place, section, today, before))
        for place, section in today.sections.items()
    )
    return issue.model_copy(update={"sections": sections})


class _Reading:
    """An issue as it is compared: words without spacing, content links by canonical key, sections by place.

    Attributes:
        sections: By role, heading, and how many of that heading came before.
        prints: Words and links of each item, by its id.
        items: The prints of all items.
        links: All content links of all items.
    """

    def __init__(self, issue: Issue) -> None:
        self._keys = {
            link.id: canonical_key(link.url)
            for link in issue.links
            if link.kind == "content" and "tracker" not in link.flags  # all of a maker's lead to its host
        }
        self.sections: dict[Place, Section] = {}
        seen: Counter[tuple[Role, str]] = Counter()
        for section in issue.sections:
            heading = (section.role, " ".join(section.title.casefold().split()))
            self.sections[(*heading, seen[heading])] = section
            seen[heading] += 1
        self.prints = {item.id: self._print(item) for section in issue.sections for item in section.items}
        self.items = frozenset(self.prints.values())
        self.links = frozenset[str]().union(*(links for _, links in self.items))

    def _print(self, item: Item) -> Print:
        return " ".join(item.text.split()), frozenset(self._keys[link] for link in item.links if link in self._keys)


def _repeated(place: Place, section: Section, today: _Reading, before: _Reading) -> list[bool]:
    """For each item of a section whether ``before`` had it."""
    prints = [today.prints[item.id] for item in section.items]
    namesake = before.sections.get(place)
    stale = [printed in before.items and _has_substance(printed) for printed in prints]
    if namesake is not None and not all(stale) and _is_rerun(section, namesake, prints, before):
        stale = [not links or bool(links & before.links) for _, links in prints]
    if any(stale) and all(old or not _has_substance(printed) for old, printed in zip(stale, prints, strict=True)):
        return [True] * len(stale)  # captions go with what they stand above
    return stale


def _has_substance(printed: Print) -> bool:
    text, links = printed
    return bool(links) or len(text) >= MIN_CHARS


def _is_rerun(section: Section, namesake: Section, prints: list[Print], before: _Reading) -> bool:
    words = _words(section)
    if len(words) < MIN_WORDS:
        return False
    if fuzz.ratio(words, _words(namesake), score_cutoff=SAME_WORDS_PERCENT) > 0:
        return True
    links = frozenset[str]().union(*(links for _, links in prints))
    if section.role == "detail" or len(links) < MIN_LINKS:
        return False
    old_links = frozenset[str]().union(*(before.prints[item.id][1] for item in namesake.items))
    return len(links & old_links) >= SAME_LINKS_SHARE * len(links)


def _words(section: Section) -> list[str]:
    words: list[str] = []
    for item in section.items:
        words += item.text.split()
        if len(words) >= MAX_WORDS:
            break
    return words[:MAX_WORDS]


def _flagged(section: Section, stale: list[bool]) -> Section:
    if not any(stale):
        return section
    items = tuple(
        item.model_copy(update={"flags": (*item.flags, "stale")}) if old and "stale" not in item.flags else item
        for item, old in zip(section.items, stale, strict=True)
    )
    flags = (*section.flags, "stale") if all(stale) and "stale" not in section.flags else section.flags
    return section.model_copy(update={"items": items, "flags": flags})
