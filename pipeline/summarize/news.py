"""How newsworthy an item is, and which items tell one story. Only the order matters, not the number.

An editor looks for who did something new, with a figure and a source, and whether others talk of it too; questions,
greetings and the business of a channel are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pipeline.hosts import host_of
from pipeline.records.issues import CleanIssue, Item, Link, Role

MOST_TELLINGS = 3
"""Tellings of one story that are sent in any case; of the others only those that add a fact."""

FEWEST_NEW_MARKS = 2
"""Names and figures that a further telling must add."""

FEWEST_SHARED_NAMES = 3
"""Uncommon names and figures that two items share from which they tell one story."""

MOST_ITEMS_OF_A_NAME = 4
"""A name or figure in more items than that is a topic of the day, not the mark of one story."""

_FIGURE = re.compile(
    r"[$€£₩]\s?\d|\b\d[\d,.]*\s?(?:%|x\b|[KMBT]\b|GB|TB|ms\b|tok|billion|million|trillion|param|points?\b)"
)
_NAME = re.compile(r"\b(?:[A-Z][a-z]*[A-Z0-9][\w.-]*|[A-Z][A-Za-z]+[- ]?v?\d[\w.]*|[A-Z]{2,}[\w-]*|[A-Z][a-z]{3,})")
_MARK = re.compile(r"\b(?:[A-Z][\w-]*\d[\w.-]*|[A-Z][a-z]+[A-Z]\w*|\d[\d,.]*[A-Za-z%]{0,2}|[A-Z][a-z]{3,})\b")
_ACTION = re.compile(
    r"\b(?:releas|launch|announc|introduc|unveil|open.?sourc|ship(?:s|ped)\b|publish|debut|rolls? out|rolled out"
    r"|acqui|rais(?:es|ed)\b|fund|pric(?:e|ing)|licen[sc]|sue[sd]?\b|lawsuit|ban(?:s|ned)\b|outperform|beats?\b"
    r"|surpass|state.of.the.art|SOTA\b|benchmark|achiev|support(?:s|ed)\b|propos|discover|reveal|cuts?\b|faster|new\b)",
    re.IGNORECASE,
)
_SOURCES = (
    "arxiv.org",
    "huggingface.co",
    "github.com",
    "openreview.net",
    "github.io",
    "openai.com",
    "anthropic.com",
    "google.com",
    "googleblog.com",
    "deepmind.google",
    "blog.google",
    "meta.com",
    "microsoft.com",
    "nvidia.com",
    "mistral.ai",
    "apple.com",
    "amazon.com",
    "techcrunch.com",
    "theverge.com",
    "reuters.com",
    "bloomberg.com",
)
"""Sites of papers, models, code and announcements: those linked most in the newsletters of 2023 to 2026."""

_CHATTER = re.compile(
    r"\b(?:asks?|asked|asking|inquir\w+|seek(?:s|ing)?|sought|wonder\w*|struggl\w+|troubleshoot\w*"
    r"|help(?:ing)? (?:with|on)|guidance|advice|clarification|queries|query about"
    r"|questions? (?:about|on|regarding|around)"
    r"|encounter\w*|frustrat\w+|confus\w+|complain\w*|issues? with|unable to|how to|anyone|welcom\w+|greet\w*"
    r"|new members?|introduc(?:e|ed|ing) (?:themsel\w+|himself|herself)|jokes?|joking|humou?r\w*|memes?|banter"
    r"|off-topic|moderat\w+|spam|scam|hiring|job|meet-?ups?|hackathon|office hours|channel|server"
    r"|community (?:call|event)|feature requests?|wish(?:es|list)?|down(?:time| for)|error messages?|crash\w*"
    r"|install\w*|debug\w*|setup)\b",
    re.IGNORECASE,
)
"""Words of questions, greetings and the business of a channel."""

_REACTION = re.compile(
    r"\b(?:comment(?:er|ers|s|ed)|another user|users? (?:note|mention|report|experience)\w*)\b", re.IGNORECASE
)
"""A reader's word on a story; the story itself is told before it."""


class Story(NamedTuple):
    """Items that tell one story, the most newsworthy first, and how newsworthy it is."""

    items: tuple[Item, ...]
    worth: float


def stories(items: Mapping[str, tuple[Item, Role, float]], issue: CleanIssue) -> tuple[Story, ...]:
    """Gather items into stories, the most newsworthy first.

    Args:
        items: By id: the item, its section's role, and how near it is to the beginning (2 for the first item
            of the first section, towards 0).
        issue: For the links.
    """
    links = {link.id: link for link in issue.links}
    worth = {id_: _worth(item, role, position, links) for id_, (item, role, position) in items.items()}
    ranked = sorted(items, key=lambda id_: -worth[id_])
    marks = _marks((item for item, _, _ in items.values()), links)
    grouped: dict[str, list[str]] = {}
    for id_ in ranked:
        first = next((first for first in grouped if _is_same_story(marks[first], marks[id_])), id_)
        grouped.setdefault(first, []).append(id_)
    found = [
        Story(tuple(items[id_][0] for id_ in told), worth[first] + min(len(told) - 1, 3) * 0.5)
        for first, told in grouped.items()
    ]
    return tuple(sorted(found, key=lambda story: -story.worth))


def _worth(item: Item, role: Role, position: float, links: Mapping[str, Link]) -> float:
    """The weights were set by eye, before the lists of main items (``evaluation/main_items``) were there."""
    text = f"{item.head} {item.text}"
    urls = [links[id_].url for id_ in item.links if links[id_].publishable]
    named = len(set(_NAME.findall(text)))
    figures = len(_FIGURE.findall(text))
    chatter = len(_CHATTER.findall(text))
    return (
        (1.0 if role == "news" else 0.0)
        + min(named, 4) * 0.35
        + min(figures, 3) * 0.6
        + min(len(_ACTION.findall(text)), 3) * 0.4
        + (1.2 if any(_is_source(url) for url in urls) else 0.4 if urls else 0.0)
        + position
        - min(chatter, 3) * 0.6
        - (0.8 if _REACTION.search(text) else 0.0)
        - (1.0 if len(text) < 40 else 0.0)
    )


def _is_source(url: str) -> bool:
    host = host_of(url)[1]
    return any(host == site or host.endswith(f".{site}") for site in _SOURCES)


class _Marks(NamedTuple):
    addresses: frozenset[str]
    names: frozenset[str]


def _marks(items: Iterable[Item], links: Mapping[str, Link]) -> dict[str, _Marks]:
    """What tells the stories of a day apart: the pages they lead to, and the names that few items have."""
    named = {item.id: frozenset(_MARK.findall(f"{item.head} {item.text}")) for item in items if item.text}
    count = Counter(name for names in named.values() for name in names)
    rare = {name for name, times in count.items() if 1 < times <= MOST_ITEMS_OF_A_NAME}
    pages = {id_: set[str]() for id_ in named}
    for link in links.values():
        if link.item in pages and link.publishable and link.url.partition("://")[2].strip("/").count("/"):
            pages[link.item].add(link.url)
    return {id_: _Marks(frozenset(pages[id_]), names & rare) for id_, names in named.items()}


def _is_same_story(one: _Marks, other: _Marks) -> bool:
    return bool(one.addresses & other.addresses) or len(one.names & other.names) >= FEWEST_SHARED_NAMES


def with_fewer_tellings(story: Story) -> tuple[list[Item], list[Item]]:
    """The tellings of a story that are sent, and those that add nothing to them."""
    sent: list[Item] = []
    again: list[Item] = []
    known: set[str] = set()
    for item in story.items:
        marks = set(_MARK.findall(f"{item.head} {item.text}")) - known
        adds = len(sent) < MOST_TELLINGS or len(marks) >= FEWEST_NEW_MARKS
        (sent if adds else again).append(item)
        known |= marks
    return sent, again
