"""Naive pieces, one for each goal, that take the place of the program's own in the process of a case."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from pipeline import emit, markdown, reply
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


def drawn_as_written() -> None:
    """Takes all of a page for what a reader sees, and whatever a model says for true."""
    instead(hidden.look, lambda style: hidden.PLAIN)
    instead(drop, lambda draft, findings, **_: Dropped(draft, (), ()))
