"""What is known of a model's server, kept from one run to the next: one refusal paid for, not one a day."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pydantic import AwareDatetime

from pipeline.records import Record
from pipeline.reply import Rung
from pipeline.store.files import read_or_none, write_record


class Server(Record):
    """What is known of a server.

    Attributes:
        rung: Of the schema ladder, on which it answered last.
        not_before: It asked not to be asked sooner; None when it did not.
    """

    rung: Rung = "json_schema"
    not_before: AwareDatetime | None = None


class Servers:
    """The servers met so far, by address and model, in one folder.

    Args:
        folder: Where they are kept; file names are hashes, so no address stands in one.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def known(self, base_url: str | None, model: str) -> Server:
        """What is known of a server: nothing where it is new, or where its file cannot be read.

        Raises:
            StoreError: Something stands in the file's place that is no regular file, or may not be read.
        """
        return read_or_none(self._file(base_url, model), Server) or Server()

    def keep(self, base_url: str | None, model: str, server: Server) -> None:
        """Remember a server.

        Raises:
            StoreError: As `pipeline.store.files.write_bytes`.
        """
        write_record(self._file(base_url, model), server)

    def _file(self, base_url: str | None, model: str) -> Path:
        name = hashlib.sha256(f"{base_url or ''}\n{model}".encode()).hexdigest()[:16]
        return self._folder / f"{name}.json"
