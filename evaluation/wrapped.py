"""What a click tracker's address encodes, found without the pipeline: base64, zlib under it, a query or JSON."""

from __future__ import annotations

import json
import re
import zlib
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from urllib.parse import parse_qsl

_PIECE = re.compile(r"[\w+-]{20,}={0,2}", re.ASCII)


def targets_of(address: str) -> list[str]:
    """The addresses that stand encoded in another one, or as a value of its query."""
    texts = [text for piece in _PIECE.findall(address.partition("://")[2]) for text in _texts(piece)]
    values = [value for text in (*texts, address.partition("?")[2]) for value in _values(text)]
    return [value for value in values if value.startswith(("http://", "https://"))]


def _texts(piece: str) -> Iterator[str]:
    bare = piece.rstrip("=").replace("+", "-")
    try:
        data = urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
        yield (zlib.decompress(data) if data[:1] == b"\x78" else data).decode()
    except (ValueError, zlib.error):
        return


def _values(text: str) -> list[str]:
    """The text itself, or the values of the query or JSON object that it is."""
    if text.startswith("{"):
        try:
            return [value for value in json.loads(text).values() if isinstance(value, str)]
        except ValueError:
            return []
    return [text] if text.startswith("http") else [value for _, value in parse_qsl(text)]
