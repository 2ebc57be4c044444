"""Items read once an issue: their figures, their metadata, their names. Passed in, so that nothing is kept globally."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from pipeline.records.issues import Item
from pipeline.verify.figures.figure import Figure
from pipeline.verify.figures.parse import figures
from pipeline.verify.names.tokens import Boundary, boundaries, chunks, fold, joined_pieces

# What a newsletter says about itself (design/newsletter-format.md, "Numbers and units"): never a fact to report.
_METADATA = re.compile(
    r"\((?:Activity|Score): ?\d+(?:,\d{3})*(?:, ?Comments: ?\d+(?:,\d{3})*)?\)?"
    r"|\(\d[\d,]* messages?[^\w)]{0,6}\)"
    r"|We checked \d[^.]{0,160}\.|Estimated reading time saved[^.]{0,80}(?:minutes|\.)"
    r"|\(\d[\d,]* channels?, (?:and )?\d[\d,]* messages?\)|best of \d runs"
)
_NUMBER_OF_HEADING = re.compile(r"(?:^|(?<=/ ))\d{1,2}[.)] ")  # "3. Data with a paper trail" counts nothing
_WORD = re.compile(r"[a-z]+")
_SMALL = frozenset({"a", "an", "and", "by", "for", "from", "in", "of", "on", "the", "to", "with"})
_POINT = re.compile(r"(?<=\d)[.,](?=\d)")


@dataclass(frozen=True)
class ReadItem:
    """An item's visible text (head and text, URLs out), folded, and what was read from it on first use."""

    id: str
    folded: str
    metadata: str

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the item, metadata left out."""
        return figures(self.folded, source=True)

    @cached_property
    def metadata_figures(self) -> tuple[Figure, ...]:
        """The figures that stand in metadata only."""
        return figures(self.metadata, source=True) if self.metadata else ()

    @cached_property
    def digits(self) -> str:
        """All digits of the text without points and commas between them: a cheap first look for a figure."""
        return _POINT.sub("", self.folded)

    @cached_property
    def names(self) -> frozenset[str]:
        """The words with a capital or a digit, and the handles."""
        return frozenset(
            chunk.text
            for chunk in chunks(self.folded)
            if chunk.text.startswith("@") or any(c.isupper() or c.isdigit() for c in chunk.text)
        )

    @cached_property
    def initials(self) -> str:
        """The first letters of all its words, joined: RLHF stands for "reinforcement learning … human feedback"."""
        return "".join(word[0] for word in _WORD.findall(self.folded.lower()) if word not in _SMALL)

    @cached_property
    def values(self) -> frozenset[float]:
        """The values of all its figures, for a first look."""
        return frozenset(reading.value for figure in self.figures for reading in figure.readings)

    @cached_property
    def joined(self) -> str:
        """The joined pieces, without what is needed to find a name: a first look for one."""
        return joined_pieces(self.folded)

    @cached_property
    def boundary(self) -> Boundary:
        """The joined pieces of the text, for finding names."""
        return boundaries(self.folded)


class SourceFigures:
    """What was read of the items of one issue, by item id. Make one for each issue and pass it to every check."""

    def __init__(self) -> None:
        self._read: dict[str, ReadItem] = {}

    def of(self, item: Item) -> ReadItem:
        """The item, read; the same object for the same id."""
        read = self._read.get(item.id)
        if read is None:
            head = "" if item.text.startswith(item.head) else _NUMBER_OF_HEADING.sub("", item.head) + "\n"
            visible = fold(head + item.text)
            metadata = visible if "metadata" in item.flags else " ".join(_METADATA.findall(visible))
            folded = "" if "metadata" in item.flags else _METADATA.sub(" ", visible)
            read = self._read[item.id] = ReadItem(item.id, folded, metadata)
        return read
