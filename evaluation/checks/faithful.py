"""The faithful set: Korean bullets written by hand, each with the newsletter it is from and the items it rests on.

A file of ``faithful/`` is one newsletter. Ids of items change when extraction does, so an item is found by a few words
of its text, a link by a piece of its text or address. Nothing else of a newsletter is stored.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from evaluation.checks.newsletters import Newsletter, read
from pipeline.records.base import Record
from pipeline.records.drafts import Bullet, Reference

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "faithful"

FaithfulPart = Literal["intro", "preview", "overview"]


class _Row(Record):
    part: FaithfulPart
    head: str = ""
    text: str
    items: tuple[str, ...]
    links: tuple[tuple[str, str], ...] = ()


class _File(Record):
    newsletter: str
    bullets: tuple[_Row, ...]


class Faithful(NamedTuple):
    """A bullet that says what its items say.

    Attributes:
        name: File and place in it, ``24-05-03/7``.
        bullet: With the ids of this reading of the newsletter.
    """

    name: str
    newsletter: Newsletter
    part: FaithfulPart
    bullet: Bullet


def faithful(newsletters: Path, folder: Path = FOLDER) -> Iterator[Faithful]:
    """The whole set, file by file.

    Args:
        newsletters: Folder with the stored newsletters.

    Raises:
        NotFoundError: Words find no item or link, or several items.
    """
    for file in sorted(folder.glob("*.toml")):
        rows = _File.model_validate(tomllib.loads(file.read_text("utf-8")))
        newsletter = read(newsletters / rows.newsletter)
        for number, row in enumerate(rows.bullets, 1):
            yield Faithful(f"{file.stem}/{number}", newsletter, row.part, _bullet(row, newsletter))


def _bullet(row: _Row, newsletter: Newsletter) -> Bullet:
    items = tuple(newsletter.item(words) for words in row.items)
    refs = tuple(Reference(label=label, link=newsletter.link(words, items).id) for label, words in row.links)
    return Bullet(head=row.head, text=row.text, items=tuple(item.id for item in items), refs=refs)
