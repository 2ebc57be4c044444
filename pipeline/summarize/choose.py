"""Which items of an issue are put before the model: what is news, a quarter of the newsletter."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.hosts import is_same_site
from pipeline.orders import addresses_a_model
from pipeline.records.drafts import LeftOut
from pipeline.records.issues import REPORTABLE_ROLES, UNREPORTABLE, CleanIssue, Item, Link, Role
from pipeline.records.questions import Budget
from pipeline.summarize.news import stories, with_fewer_tellings

MAX_ITEM_CHARACTERS = 4_000
"""Of a longer item only the beginning is sent: the longest Reddit posts with comments run to about 6,000."""

MAX_ITEM_LINKS = 12
"""Links of an item that are offered; a bullet needs three, and some items have a hundred."""

SHARE = 0.6
"""Of the characters of all items that may be told, those that are sent; with prompts and shapes that is a quarter of a
long newsletter, which repeats itself channel by channel. The same for each surface of an issue."""

AT_LEAST = 30_000
"""Characters of items that are sent whatever the share: a newsletter of 2026 has 47,000 in all, most of them news."""

FULL = 0.1
"""A room that cannot hold an item of that share of it is full."""

SHARE_OF_FRONT = 0.5
"""Of what is sent, the part from which Preview and opening are written; the rest is for the Overview."""

CHARACTERS_PER_TOKEN = 3
"""On the safe side (`pipeline.tokens`)."""


class Group(NamedTuple):
    """A section's title and those of its items that are sent."""

    title: str
    items: tuple[Item, ...]


class Pool(NamedTuple):
    """What one question is written from.

    Attributes:
        groups: The items, as the newsletter has them in order.
        ranked: Their ids, the most newsworthy first; the editor's lead before all.
    """

    groups: tuple[Group, ...]
    ranked: tuple[str, ...]

    def halved(self) -> Pool:
        """The more newsworthy half, for a server that does not take so much at once; empty when it is one item."""
        kept = self.ranked[: len(self.ranked) // 2]
        return Pool(only(self.groups, kept), kept)


class Chosen(NamedTuple):
    """What each question is written from, and what was left out of both."""

    front: Pool
    overview: Pool
    left_out: tuple[LeftOut, ...]


def choose(issue: CleanIssue, budget: Budget) -> Chosen:
    """Cut what may be told into two pools by what is news: the lead and the best of the day, and the rest.

    Tellings of one story go to one pool. What does not fit the share or a budget is the least newsworthy, from
    whatever section it comes.
    """
    fit = tuple(group for role in _REPORTED for group in _fit(issue, role))
    lead = [item.id for group in _fit(issue, "intro") for item in group.items]
    cost = _costs(fit, issue)
    whole = sum(cost.values())
    room = min(max(AT_LEAST, int(SHARE * whole)), whole)
    crowded = room < whole
    told = stories(_placed(issue, fit, lead), issue)
    best = cost[told[0].items[0].id] if told and not lead else 0  # never so little that nothing can be told
    front_room = min(max(int(SHARE_OF_FRONT * room), best), budget.front_tokens * CHARACTERS_PER_TOKEN)
    front, over_lead = _filled(lead, front_room, cost)
    # Where one item outweighs all others, the rest is still not all for the front.
    most_of_front = len(front) + max(1, math.ceil(SHARE_OF_FRONT * (len(cost) - len(lead))))
    front_left, full = front_room - sum(cost[id_] for id_ in front), False
    rest: list[str] = []
    again: list[str] = []
    for story in told:
        sent, retold = with_fewer_tellings(story)
        again += [item.id for item in retold]
        ids = [item.id for item in sent]
        size = sum(cost[id_] for id_ in ids)
        fits = not full and size <= front_left and len(front) + len(ids) <= most_of_front
        (front if fits else rest).extend(ids)
        front_left -= size if fits else 0
        full = full or (crowded and not fits and size <= FULL * front_room)
    left = room - sum(cost[id_] for id_ in front)
    overview, over = _filled(rest, min(left, budget.overview_tokens * CHARACTERS_PER_TOKEN), cost)
    left_out = [LeftOut(what=id_, why="less newsworthy than what is sent") for id_ in (*over_lead, *over)]
    left_out += [LeftOut(what=id_, why="one more telling of a story that is sent") for id_ in again]
    front_pool, overview_pool = (Pool(only(fit, ids), tuple(ids)) for ids in (front, overview))
    return Chosen(front_pool, overview_pool, (*_unfit(issue), *left_out))


_REPORTED: tuple[Role, ...] = ("intro", "news", "community")


def _filled(ids: Sequence[str], room: int, cost: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """The ids that the room holds, in turn, and the others.

    An item that is too large is passed over; where the room is full nothing small and late slips in.
    """
    kept: list[str] = []
    rest: list[str] = []
    left = room
    for id_ in ids:
        if cost[id_] <= left:
            kept.append(id_)
            left -= cost[id_]
            continue
        rest.append(id_)
        if cost[id_] <= FULL * room:
            left = 0
    return kept, rest


def _placed(issue: CleanIssue, fit: Sequence[Group], lead: Sequence[str]) -> dict[str, tuple[Item, Role, float]]:
    """The items beside the lead, with their role and how near the beginning of their section they are.

    The first section after the lead goes before the others: there the editor goes on with it.
    """
    roles = {item.id: section.role for section in issue.sections for item in section.items}
    groups = [group for group in fit if group.items[0].id not in lead]
    return {
        item.id: (item, roles[item.id], 1 - rank / len(group.items) + (group is groups[0]))
        for group in groups
        for rank, item in enumerate(group.items)
    }


def _costs(fit: Sequence[Group], issue: CleanIssue) -> dict[str, int]:
    """Characters of each item in a question."""
    links = offered_links(issue)
    described_in = (described(item, "999", links)[0] for group in fit for item in group.items)
    ids = [item.id for group in fit for item in group.items]
    return {id_: len(json.dumps(data, ensure_ascii=False)) for id_, data in zip(ids, described_in, strict=True)}


def offered_links(issue: CleanIssue) -> dict[str, Link]:
    """The links that a model may use, by id: those that may be published and lead away from the newsletter."""
    return {link.id: link for link in issue.links if link.publishable and not is_same_site(issue.url, link.url)}


def described(item: Item, number: str, links: dict[str, Link]) -> tuple[dict[str, object], dict[str, str]]:
    """The data of one item in a prompt, and the ids used in it with the issue's ids that they stand for."""
    numbers = {number: item.id}
    offered: dict[str, str] = {}
    for link_id in item.links:
        link = links.get(link_id)
        if link is not None and link.text.strip() and len(offered) < MAX_ITEM_LINKS:
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
