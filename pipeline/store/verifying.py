"""Reading again what nothing else reads: captures, replies and ledgers under posts that are up to date."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import FetchError, StageError, StoreError
from pipeline.records.base import Record
from pipeline.records.questions import Reply
from pipeline.records.readings import Reading
from pipeline.records.sources import RawIssue
from pipeline.store.files import Damaged, read_record
from pipeline.store.library import Ledger, Library

DAYS = 30
"""A run reads a share of the files each day, all of them within so many days."""


class Verified(NamedTuple):
    """How many files were read, and what is wrong with some."""

    files: int
    damaged: tuple[StageError, ...]


def verified(library: Library, *, day: dt.date | None = None) -> Verified:
    """Read what cannot be made again: raw issues with their captures, replies, readings, ledgers.

    Args:
        library: Where they are.
        day: Read only this day's share of them; None for all.
    """
    files = 0
    found: list[StageError] = []
    for path, kind in _kept(library):
        if day is not None and zlib.crc32(path.name.encode()) % DAYS != day.toordinal() % DAYS:
            continue
        files += 1
        found += _damage(library, path, kind)
    return Verified(files, tuple(found))


def _kept(library: Library) -> Iterator[tuple[Path, type[Record]]]:
    for folder in library.raw_folders:
        yield from ((path, RawIssue) for path in sorted(folder.glob("*/*.issue.json")))
    for folder in library.reply_folders:
        yield from ((path, Reply) for path in sorted(folder.glob("??/*.json")))
        yield from ((path, Reading) for path in sorted(folder.glob("readings/??/*.json")))
    yield from ((path, Ledger) for path in sorted(library.ledger_folder.glob("????????-????????.json")))


def _damage(library: Library, path: Path, kind: type[Record]) -> Iterator[StageError]:
    try:
        record = read_record(path, kind)
        if isinstance(record, RawIssue):
            library.body(record)
    except Damaged as error:
        hint = "restore it from a backup, or move it away: a reply is asked again, an issue fetched again"
        yield FetchError(error.message, subject=str(path), hint=hint)
    except FetchError as error:
        yield error
    except (FileNotFoundError, StoreError):
        return  # gone meanwhile, or no file of ours
