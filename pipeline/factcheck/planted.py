"""Planted sentences: false ones that code makes from the draft itself, to see whether the reader reads.

A reader that calls one of them supported did not hold the sentence against its items, so nothing it says counts.
Each is false for certain where its original is true: cited to an item that shares no name and no figure with it, given
a figure that none of its own items has, or turned round by a table of opposites.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.factcheck.passages import Passage, Source
from pipeline.records.readings import PlantKind


class Plant(NamedTuple):
    """A passage of one false sentence, and the true one that it was made from.

    Attributes:
        kind: How it was made false.
        passage: What is put to the reader; its ``where`` is that of the original.
        original: The draft's sentence.
    """

    kind: PlantKind
    passage: Passage
    original: str


def planted(passages: Sequence[Passage], sources: Mapping[str, Source], *, seed: str) -> tuple[Plant, ...]:
    """At most one plant of each kind, each from a passage of its own where there are enough.

    Args:
        passages: What is put to the reader.
        sources: What is shown of each item that they cite.
        seed: Decides which sentences are taken: the same question gets the same plants.
    """
    found: list[Plant] = []
    for make in (_foreign, _figure, _reversal):
        taken = {plant.passage.where for plant in found}
        candidates = sorted(_candidates(passages), key=lambda one: _draw(seed, one.sentences[0]))
        candidates.sort(key=lambda one: one.where in taken)  # stable: those not yet used come first
        made = _first(make, candidates, sources, seed)
        if made:
            found.append(made)
    return tuple(found)


def mixed(passages: Sequence[Passage], plants: Sequence[Plant], *, seed: str) -> tuple[Passage | Plant, ...]:
    """Passages and plants together, the plants in places drawn from the seed."""
    together: list[Passage | Plant] = list(passages)
    for plant in plants:
        together.insert(int(_draw(seed, plant.passage.sentences[0]), 16) % (len(together) + 1), plant)
    return tuple(together)


Make = Callable[[Passage, Mapping[str, Source], str], Plant | None]


def _first(make: Make, candidates: Iterable[Passage], sources: Mapping[str, Source], seed: str) -> Plant | None:
    return next(filter(None, (make(candidate, sources, seed) for candidate in candidates)), None)


def _candidates(passages: Sequence[Passage]) -> Iterator[Passage]:
    """The first whole sentence of each passage, which names its subject, as a passage of its own."""
    for passage in passages:
        first = next((sentence for sentence in passage.sentences if sentence.endswith("다.")), "")
        if first and passage.items:
            yield passage._replace(sentences=(first,))


def _foreign(passage: Passage, sources: Mapping[str, Source], seed: str) -> Plant | None:
    """The sentence cited to an item that has none of its names and figures."""
    (sentence,) = passage.sentences
    specific = _specific(sentence)
    if len(specific) < 2:
        return None
    own = {sources[item].section for item in passage.items if item in sources}
    others = [
        item
        for item, source in sources.items()
        if item not in passage.items and not specific & _specific(source.shown) and source.text
    ]
    # Another section first: neighbours may go on about one story without naming it again.
    others.sort(key=lambda item: (sources[item].section in own, _draw(seed, item)))
    if not others:
        return None
    return Plant("foreign", passage._replace(items=(others[0],)), sentence)


def _figure(passage: Passage, sources: Mapping[str, Source], seed: str) -> Plant | None:
    """The sentence with one figure of its own exchanged for one that its items do not have."""
    (sentence,) = passage.sentences
    mine = {digits for item in passage.items if item in sources for digits in _digits(sources[item].shown)}
    mine |= _digits(sentence)
    others = {found.group() for source in sources.values() for found in _FIGURE.finditer(source.text)}
    free = sorted((one for one in others if _significant(one) not in mine), key=lambda one: _draw(seed, one))
    figure = next((found for found in _FIGURE.finditer(sentence) if _significant(found.group()) not in ("", "1")), None)
    if figure is None or not free:
        return None
    false = f"{sentence[: figure.start()]}{free[0]}{sentence[figure.end() :]}"
    return Plant("figure", passage._replace(sentences=(false,)), sentence)


def _reversal(passage: Passage, sources: Mapping[str, Source], seed: str) -> Plant | None:
    """The sentence with its verb turned round; none that holds a denial already."""
    (sentence,) = passage.sentences
    if _DENIAL.search(sentence):
        return None
    for ending, opposite in _OPPOSITES:
        if sentence.endswith(ending):
            turned = sentence.removesuffix(ending) + opposite
            return Plant("reversal", passage._replace(sentences=(turned,)), sentence)
    return None


_OPPOSITES: tuple[tuple[str, str], ...] = (
    ("늘었습니다.", "줄었습니다."),
    ("늘렸습니다.", "줄였습니다."),
    ("늘어났습니다.", "줄어들었습니다."),
    ("줄었습니다.", "늘었습니다."),
    ("줄였습니다.", "늘렸습니다."),
    ("줄어들었습니다.", "늘어났습니다."),
    ("높였습니다.", "낮췄습니다."),
    ("높아졌습니다.", "낮아졌습니다."),
    ("낮췄습니다.", "높였습니다."),
    ("낮아졌습니다.", "높아졌습니다."),
    ("올랐습니다.", "떨어졌습니다."),
    ("올렸습니다.", "내렸습니다."),
    ("떨어졌습니다.", "올랐습니다."),
    ("내렸습니다.", "올렸습니다."),
    ("앞섰습니다.", "뒤졌습니다."),
    ("앞질렀습니다.", "따라잡지 못했습니다."),
    ("뒤졌습니다.", "앞섰습니다."),
    ("넘어섰습니다.", "넘지 못했습니다."),
    ("빨라졌습니다.", "느려졌습니다."),
    ("느려졌습니다.", "빨라졌습니다."),
    ("좋아졌습니다.", "나빠졌습니다."),
    ("나빠졌습니다.", "좋아졌습니다."),
    ("이겼습니다.", "졌습니다."),
    ("찾아냈습니다.", "찾아내지 못했습니다."),
    ("만들었습니다.", "만들지 못했습니다."),
    ("내놓았습니다.", "내놓지 않았습니다."),
    ("밝혔습니다.", "밝히지 않았습니다."),
    ("받았습니다.", "받지 못했습니다."),
    ("나왔습니다.", "나오지 않았습니다."),
    ("됐습니다.", "되지 않았습니다."),
    ("되었습니다.", "되지 않았습니다."),
    ("했습니다.", "하지 않았습니다."),
    ("됩니다.", "되지 않습니다."),
    ("합니다.", "하지 않습니다."),
    ("있습니다.", "있지 않습니다."),
)
"""Endings of the blog's sentences and what turns them round; longer and more telling ones come first."""

_DENIAL = re.compile(r"않|못|없|아니|안 |부인|반박|거부|중단|금지|실패")

_FIGURE = re.compile(r"(?<![A-Za-z0-9.,\-_/@#])(?<![A-Za-z] )\d+(?:,\d{3})*(?:\.\d+)?(?![A-Za-z0-9\-_/:])")
"""A figure in digits that is no part of a name: neither glued to Latin letters nor right behind a Latin word."""

_SPECIFIC = re.compile(r"[A-Za-z][A-Za-z0-9]+|\d+(?:[.,]\d+)*")


def _specific(text: str) -> set[str]:
    """Names and figures of a text, in lower case."""
    return {found.group().lower() for found in _SPECIFIC.finditer(text)}


def _digits(text: str) -> set[str]:
    """The significant digits of every figure in a text, whatever its unit: ``3,400`` and ``34M`` are both ``34``."""
    return {_significant(found) for found in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)}


def _significant(figure: str) -> str:
    return figure.replace(",", "").replace(".", "").strip("0")


def _draw(seed: str, text: str) -> str:
    return hashlib.sha256(f"{seed}\n{text}".encode()).hexdigest()
