"""What a record was made from, as one hash: input, settings, prompts and the code of its stage."""

from __future__ import annotations

import functools
import hashlib
import json
from pathlib import Path

_ADDRESSES = ("counted.py", "decoding.py", "footers.py", "hosts.py", "redirects.py", "tracking.py", "urls.py")

_DRAFT = ("characters.py", "hosts.py", "orders.py", "patterns.py", "places.py", "posts.py", "sentences.py")

CODE = {
    "extract": (
        *("extract", "characters.py", "charset.py", "commonmark.py", "feeds.py", "letters.py", "transfer.py"),
        *("instants.py", "matter.py"),
        *("subscribers.py", *_ADDRESSES),
    ),
    "clean": ("clean.py", "subscribers.py", *_ADDRESSES, "canonical.py", "stale.py"),
    "summarize": ("summarize", "reply.py", "tokens.py", *_DRAFT),
    "factcheck": ("factcheck", "summarize", "verify", "reply.py", "tokens.py", *_DRAFT),
    "verify": ("verify", *_DRAFT),
    "emit": ("emit.py", "markdown.py"),
}
"""The code that a stage's record depends on, beside its input."""


def fingerprint(*parts: object) -> str:
    """SHA-256 of what something is made from."""
    return hashlib.sha256(json.dumps([str(part) for part in parts], ensure_ascii=False).encode()).hexdigest()


@functools.cache
def code(stage: str) -> str:
    """SHA-256 of a stage's source: a record made by other code is made again."""
    here = Path(__file__).parent
    found = [here / name for name in CODE[stage]]
    files = [file for path in found for file in ([path] if path.is_file() else sorted(path.rglob("*")))]
    files = [file for file in files if file.suffix in (".py", ".txt")]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
