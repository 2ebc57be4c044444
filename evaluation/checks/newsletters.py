"""The stored newsletters, read as the pipeline reads them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline.clean import clean
from pipeline.extract import extract
from pipeline.fetch import issue_of_file
from pipeline.records.issues import CleanIssue, Item, Link
from pipeline.verify import Prepared
from pipeline.verify.index import Index

_NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


class NotFoundError(Exception):
    """Words of the faithful set that do not find exactly one item or link: the set or the extraction is wrong."""


@dataclass(frozen=True)
class Newsletter:
    """One edition, prepared for the checks once."""

    name: str
    issue: CleanIssue

    @cached_property
    def prepared(self) -> Prepared:
        return Prepared(Index(self.issue))

    @property
    def items(self) -> tuple[Item, ...]:
        """Items that a post is written from, under the heading of their section; a second recap of the day is not."""
        index = self.prepared.index
        return tuple(item for item in index.reportable if "duplicate" not in index.sections[item.id].flags)

    def item(self, words: str) -> Item:
        """The one item whose text holds ``words``.

        Raises:
            NotFoundError: None does, or several.
        """
        found = [item for item in self.items if words in " ".join(item.text.split())]
        if len(found) != 1:
            raise NotFoundError(f"{self.name}: {len(found)} items hold “{words}”")
        return found[0]

    def link(self, words: str, items: tuple[Item, ...]) -> Link:
        """The first link of ``items`` whose text or address holds ``words``.

        Raises:
            NotFoundError: None does.
        """
        links = self.prepared.index.links
        for item in items:
            for name in item.links:
                if words in links[name].text or words in links[name].url:
                    return links[name]
        raise NotFoundError(f"{self.name}: no link of {[item.id for item in items]} holds “{words}”")


def read(file: Path) -> Newsletter:
    """A newsletter's file, extracted and cleaned."""
    body = file.read_bytes()
    raw = issue_of_file(file.name, body, source="evaluation", now=_NOW, zone=ZoneInfo("Asia/Seoul"))
    made = raw.made_from
    return Newsletter(file.stem, clean(extract(raw, body, made_from=made), made_from=made))
