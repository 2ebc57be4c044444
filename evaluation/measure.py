"""How much of a newsletter arrives: links, words, and roles against expectations written by hand."""

from __future__ import annotations

import itertools
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from evaluation.independent import Counted, key, of_line, words_of
from pipeline.records.issues import Issue, Item

_UNTOLD = frozenset({"sponsor", "filler", "outage", "footer"})
_ENOUGH_WORDS = 12  # of a line: so many in a row are looked for


class Measured(NamedTuple):
    """Shares in percent; None where nothing says what is right.

    Attributes:
        link_recall: Of the addresses that stand in the newsletter, those that were found.
        link_precision: Of the links found, those that stand there.
        text_recall: Of its words, those that arrived.
        text_once: Of the words that arrived, those that stand there so often.
        roles: Of its lines, those that have the role that a person gave them.
    """

    link_recall: float
    link_precision: float
    text_recall: float
    text_once: float
    roles: float | None = None


class Expected(NamedTuple):
    """What lines of a stored newsletter are for, by their numbers."""

    start: int
    end: int
    role: str


def measured(issue: Issue, counted: Counted) -> Measured:
    """An issue against the independent count."""
    return compared(addresses_of(issue), Counter(word for word, _ in spoken(issue)), counted)


def compared(addresses: Counter[str], words: Counter[str], counted: Counted) -> Measured:
    right, arrived = (addresses & counted.addresses).total(), (words & counted.words).total()
    return Measured(
        _percent(right, counted.addresses.total()),
        _percent(right, addresses.total()),
        _percent(arrived, counted.words.total()),
        _percent(arrived, words.total()),
    )


def _percent(part: int, whole: int) -> float:
    return 100.0 * part / whole if whole else 100.0


def addresses_of(issue: Issue) -> Counter[str]:
    """The http and https addresses of an issue's links as they stood in the newsletter."""
    stood = (link.found if link.found.lower().startswith("http") else link.url for link in issue.links)
    return Counter(key(address) for address in stood if address.lower().startswith("http"))


def spoken(issue: Issue) -> Iterator[tuple[str, str]]:
    """All words in order with the role they have; the headings above an item where they change."""
    for section in issue.sections:
        title = words_of(section.title)
        if not section.items or words_of(section.items[0].text) != title:
            yield from ((word, section.role) for word in title)
        before: list[str] = []
        for item in section.items:
            role = "boilerplate" if _UNTOLD.intersection(item.flags) else section.role
            path = _path(item)
            same = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(path, before, strict=False)))
            before = path
            for text in (*path[same:], item.text):
                yield from ((word, role) for word in words_of(text))


def _path(item: Item) -> list[str]:
    return [] if item.text.startswith(item.head) else item.head.split(" \u203a ")


# Roles


def expectations(file: Path) -> tuple[Expected, ...]:
    """The lines of a hand-written file: ``role = [[first, last], …]``."""
    roles = tomllib.loads(file.read_text("utf-8"))["lines"]
    found = [Expected(start, end, role) for role, spans in roles.items() for start, end in spans]
    return tuple(sorted(found))


def role_accuracy(issue: Issue, lines: list[str], expected: Iterable[Expected]) -> tuple[float, list[str]]:
    """Share of the lines (percent) whose words stand in an item of the role expected, and what is wrong, by line."""
    said = list(spoken(issue))
    words = [word for word, _ in said]
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        places.setdefault(word, []).append(place)
    wrong: list[str] = []
    count, reached = 0, 0
    for span in expected:
        for number in range(span.start, span.end + 1):
            sought = of_line(lines[number - 1])[:_ENOUGH_WORDS]
            if not sought:
                continue
            count += 1
            found = next(
                (p for p in places.get(sought[0], ()) if p >= reached and words[p : p + len(sought)] == sought), None
            )
            if found is None:
                wrong.append(f"line {number}: not found after the line before")
                continue
            reached = found + len(sought)
            if said[found][1] != span.role:
                wrong.append(f"line {number}: {said[found][1]}, expected {span.role}")
    return _percent(count - len(wrong), count), wrong
