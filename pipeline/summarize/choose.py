"""Which items of an issue are put before the model, within a budget of tokens."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from pipeline.orders import addresses_a_model
from pipeline.records.drafts import LeftOut
from pipeline.records.issues import REPORTABLE_ROLES, UNREPORTABLE, CleanIssue, Item, Link
from pipeline.records.questions import Budget
from pipeline.tokens import estimate_tokens

MAX_ITEM_CHARACTERS = 4_000
"""Of a longer item only the beginning is sent: the longest Reddit posts with comments run to about 6,000."""

FEWEST_FOR_OVERVIEW = 5
"""With fewer items than that the community part is a note, not a part; real ones have 26 or more."""


class Group(NamedTuple):
    """A section's title and those of its items that are sent."""

    title: str
    items: tuple[Item, ...]


class Chosen(NamedTuple):
    """What each part is written from, and what was left out of all of them."""

    intro: tuple[Group, ...]
    preview: tuple[Group, ...]
    overview: tuple[Group, ...]
    left_out: tuple[LeftOut, ...]


def choose(issue: CleanIssue, budget: Budget) -> Chosen:
    """Introduction from ``intro``, Preview from ``news``, Overview from ``community`` or else the rest of ``news``."""
    fit = {role: _fit(issue, role) for role in ("intro", "news", "community")}
    preview, overview = fit["news"], fit["community"]
    if sum(len(group.items) for group in overview) < FEWEST_FOR_OVERVIEW:
        preview, rest = halves(preview)
        overview = (*rest, *overview)
    if not preview:
        preview, overview = halves(overview)
    intro, over_intro = within_budget(fit["intro"], issue, budget.opening_tokens)
    preview, over_preview = within_budget(preview, issue, budget.preview_tokens)
    overview, over_overview = within_budget(overview, issue, budget.overview_tokens)
    return Chosen(intro, preview, overview, (*_unfit(issue), *over_intro, *over_preview, *over_overview))


def within_budget(
    groups: Sequence[Group], issue: CleanIssue, tokens: int
) -> tuple[tuple[Group, ...], tuple[LeftOut, ...]]:
    """Keep what the budget allows: the first item of every group, then the second of every group, and so on.

    A newsletter puts what matters first in each section, so this thins all of them alike.
    """
    links = {link.id: link for link in issue.links}
    left, kept = tokens, set()
    depth = max((len(group.items) for group in groups), default=0)
    for rank in range(depth):
        for item in (group.items[rank] for group in groups if rank < len(group.items)):
            if len(item.links) > left:
                continue  # each link is a token at least
            cost = estimate_tokens(json.dumps(described(item, "999", links)[0], ensure_ascii=False))
            if cost <= left:
                left -= cost
                kept.add(item.id)
    over = [item.id for group in groups for item in group.items if item.id not in kept]
    return only(groups, kept), tuple(LeftOut(what=item, why=f"over the budget of {tokens} tokens") for item in over)


def described(item: Item, number: str, links: dict[str, Link]) -> tuple[dict[str, object], dict[str, str]]:
    """The data of one item in a prompt, and the ids used in it with the issue's ids that they stand for."""
    numbers = {number: item.id}
    offered: dict[str, str] = {}
    for link_id in item.links:
        link = links[link_id]
        if link.publishable:
            name = f"{number}{_letters(len(offered))}"
            label = "" if "://" in link.text else _fold(link.text)  # the model is shown no address
            offered[name] = f"{label} ({_site(link.url)})".lstrip()
            numbers[name] = link.id
    text = _fold(item.text)
    if len(text) > MAX_ITEM_CHARACTERS:
        text = text[:MAX_ITEM_CHARACTERS].rsplit(" ", 1)[0] + " …"
    data: dict[str, object] = {"id": number}
    if item.head and not text.startswith(_fold(item.head)):
        data["under"] = _fold(item.head)
    data["text"] = text
    if offered:
        data["links"] = offered
    return data, numbers


def without_unfit(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items that may be told as news."""
    return tuple(item for item in items if item.reportable and not why_unfit(item))


def why_unfit(item: Item) -> str:
    """Why an item is never told as news; empty when it may be."""
    if flags := sorted(UNREPORTABLE.intersection(item.flags)):
        return ", ".join(flags)
    return "gives orders to a model" if addresses_a_model(f"{item.head}\n{item.text}") else ""


def _fit(issue: CleanIssue, role: str) -> tuple[Group, ...]:
    sections = (section for section in issue.sections if section.role == role and section.reportable)
    groups = (Group(_fold(section.title), without_unfit(section.items)) for section in sections)
    return tuple(group for group in groups if group.items)


def _unfit(issue: CleanIssue) -> tuple[LeftOut, ...]:
    left = []
    for section in issue.sections:
        if section.role not in REPORTABLE_ROLES:
            continue
        if flags := sorted(UNREPORTABLE.intersection(section.flags)):
            left.append(LeftOut(what=section.id, why=", ".join(flags)))
            continue
        left += [LeftOut(what=item.id, why=why) for item in section.items if (why := why_unfit(item))]
    return tuple(left)


def halves(groups: Sequence[Group]) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """Cut near the middle of the text: between two sections where one ends there, else between two items.

    The first half is empty when there is nothing to cut.
    """
    items = [item for group in groups for item in group.items]
    total, seen, best = sum(len(item.text) for item in items), 0, (1.0, 0)
    ends = {group.items[-1].id for group in groups}
    for index, item in enumerate(items[:-1], 1):
        seen += len(item.text)
        # A cut inside a section counts as a fifth of the text further from the middle than one between sections.
        distance = abs(seen / total - 0.5) + (0.0 if item.id in ends else 0.2)
        best = min(best, (distance, index))
    first = {item.id for item in items[: best[1]]}
    return only(groups, first), only(groups, {item.id for item in items} - first)


def only(groups: Sequence[Group], kept: Collection[str]) -> tuple[Group, ...]:
    """The groups with only those items, without the groups that have none left."""
    narrowed = (Group(group.title, tuple(item for item in group.items if item.id in kept)) for group in groups)
    return tuple(group for group in narrowed if group.items)


def _letters(index: int) -> str:
    """a … z, aa, ab, …"""
    letters = ""
    while index >= 0:
        letters = chr(ord("a") + index % 26) + letters
        index = index // 26 - 1
    return letters


FOLDED = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2026": "...",
    }
)


_DASHES = re.compile(r"-{2,3}(?![A-Za-z-])|(?<=[^\s-])-{2,3}(?=[A-Za-z])")
"""Two or three hyphens that renderers set as a dash; those before an option of a command (``--verbose``) stay."""


def _fold(text: str) -> str:
    """Plain quotes, dashes and spaces: typography must not make another question of the same words."""
    return " ".join(_DASHES.sub("-", text.translate(FOLDED)).split())


def _site(url: str) -> str:
    host = url.partition("://")[2].partition("/")[0].partition("?")[0].lower().removeprefix("www.")
    return {"twitter.com": "x.com"}.get(host, host)
