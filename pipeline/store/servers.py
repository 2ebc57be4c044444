"""What is known of a model's server, kept from one run to the next: one refusal paid for, not one a day."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path
from typing import Any

from pydantic import AwareDatetime

from pipeline.records.base import Record
from pipeline.reply import Rung
from pipeline.store.files import read_or_none, write_record


class Server(Record):
    """What is known of a server.

    Attributes:
        rung: Of the schema ladder, on which it is asked next.
        not_before: It asked not to be asked sooner; None when it did not.
    """

    rung: Rung = "json_schema"
    not_before: AwareDatetime | None = None


class KnownServer:
    """One server and model, in a file whose name is a hash, so that no address stands in it. Safe with threads.

    Args:
        folder: Of all servers met so far.

    Raises:
        StoreError: Something stands in the file's place that is no regular file, or may not be read.
    """

    def __init__(self, folder: Path, base_url: str | None, model: str) -> None:
        name = hashlib.sha256(f"{base_url or ''}\n{model}".encode()).hexdigest()[:16]
        self._file = folder / f"{name}.json"
        self._known = read_or_none(self._file, Server) or Server()
        self._lock = threading.Lock()

    @property
    def known(self) -> Server:
        """Nothing for a server that is new, or whose file cannot be read."""
        return self._known

    def learn(self, **fields: Any) -> None:
        """Remember fields of `Server`; nothing is written where nothing is new.

        Raises:
            StoreError: As `pipeline.store.files.write_bytes`.
        """
        with self._lock:
            learnt = self._known.model_copy(update=fields)
            if learnt != self._known:
                write_record(self._file, learnt)
                self._known = learnt
