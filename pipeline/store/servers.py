"""What a model's server is known to take, kept from one run to the next: one refusal paid for, not one a day."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline.records import Record
from pipeline.reply import Rung
from pipeline.store.files import read_or_none, write_record


class Server(Record):
    """The rung of the schema ladder on which a server answered last."""

    rung: Rung


class Servers:
    """The servers met so far, by address and model, in one folder.

    Args:
        folder: Where they are kept; file names are hashes, so no address stands in one.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def rung(self, base_url: str | None, model: str) -> Rung:
        """Where to begin; at the top for a server that is not known, or whose file cannot be read.

        Raises:
            StoreError: Something stands in the file's place that is no regular file, or may not be read.
        """
        known = read_or_none(self._file(base_url, model), Server)
        return known.rung if known else "json_schema"

    def keep(self, base_url: str | None, model: str, rung: Rung) -> None:
        """Remember on which rung a server answered.

        Raises:
            StoreError: As `pipeline.store.files.write_bytes`.
        """
        write_record(self._file(base_url, model), Server(rung=rung))

    def _file(self, base_url: str | None, model: str) -> Path:
        name = hashlib.sha256(f"{base_url or ''}\n{model}".encode()).hexdigest()[:16]
        return self._folder / f"{name}.json"
