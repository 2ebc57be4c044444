"""Naive pieces, one for each goal, that take the place of the program's own in the process of a case."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from pipeline import addresses, emit, markdown, matter, posts, reply, transport
from pipeline.commands import running
from pipeline.errors import StoreError
from pipeline.extract import hidden
from pipeline.store import files
from pipeline.verify.drop import Dropped, drop


def instead(real: Callable[..., Any] | type, naive: Callable[..., Any] | type) -> None:
    """Put one in the other's place wherever the program has imported it."""
    for name, module in tuple(sys.modules.items()):
        if name.partition(".")[0] == "pipeline" and module is not None:
            for attribute, value in tuple(vars(module).items()):
                if value is real:
                    setattr(module, attribute, naive)


def naive_writer() -> None:
    """Writes into place."""

    def write_bytes(path: Path, data: bytes, *, mode: int = 0o644) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    instead(files.write_bytes, write_bytes)


def trusting_reader() -> None:
    """Takes what a file holds for what was written."""

    def read_record(path: Path, kind: type[Any]) -> Any:
        return kind.model_validate(json.loads(path.read_bytes())["record"])

    instead(files.read_record, read_record)


def parsed_by_the_sdk() -> None:
    """Trusts what a model's text holds, as ``.parse()`` does."""

    def decode_reply(content: str, *, shape: type[Any]) -> Any:
        return shape.model_validate_json(content, extra="ignore")

    instead(reply.decode_reply, decode_reply)


def raw_text() -> None:
    """Writes a model's text as it came, and front matter as safe_dump does."""
    instead(markdown.escaped, lambda text: text)
    instead(emit._QuotedDumper, yaml.SafeDumper)
    emit._Text = str  # type: ignore[assignment,misc]


def unbounded_yaml() -> None:
    """Reads front matter as PyYAML does."""
    instead(matter.read, lambda text: yaml.safe_load(text) or {})


def drawn_as_written() -> None:
    """Takes all of a page for what a reader sees, and whatever a model says for true."""
    instead(hidden.look, lambda style: hidden.PLAIN)
    instead(drop, lambda draft, findings, index, **_: Dropped(draft, (), (), ()))


def unread_ends() -> None:
    """Takes what came of a page for all of it, inflated or not, and of a feed what can be read."""

    def read_body(chunks: Iterable[bytes], *, encoding: str, max_bytes: int) -> bytes:
        body = b""
        with contextlib.suppress(Exception):
            for chunk in chunks:
                body += chunk
        return body

    instead(transport.read_body, read_body)


def literal_addresses() -> None:
    """Looks at how an address is spelled."""
    refused = ("127.", "10.", "192.168.", "169.254.", "::1")
    instead(addresses.is_public, lambda address: not address.startswith(refused))


def inflated_at_once() -> None:
    """Inflates a body whole, and looks at its size then."""

    def read_body(chunks: Iterable[bytes], *, encoding: str, max_bytes: int) -> bytes:
        body = b"".join(chunks)
        return zlib.decompress(body, 47) if encoding else body

    instead(transport.read_body, read_body)


def pid_lock() -> None:
    """Writes its number into a file, when there is none."""

    @contextlib.contextmanager
    def locked(path: Path) -> Iterator[None]:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            raise StoreError("another run is at work here", subject=str(path))
        time.sleep(0.05)
        path.write_text(str(os.getpid()))
        try:
            yield
        finally:
            path.unlink(missing_ok=True)

    instead(files.locked, locked)


def orderly_end() -> None:
    """Leaves signals to Python, which waits for its threads."""
    instead(running.end_on_signals, lambda: None)


def local_time() -> None:
    """Names a post after the machine's day."""
    instead(posts.post_name, lambda day, number: f"daily-{time.strftime('%Y%m%d%H')}-{time.timezone}-{number}.md")
