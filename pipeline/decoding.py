"""What a piece of an address may be in another notation: base64, zlib under it, hexadecimal, the payload of a JWT."""

from __future__ import annotations

import re
import zlib
from base64 import urlsafe_b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator

MAX_BYTES = 8_192
"""Of a piece that inflates; no address is longer."""

_SHORTEST = 8
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}", re.ASCII)
_HEX = re.compile(r"(?:[0-9a-f]{2}){6,}", re.IGNORECASE)


def decoded(piece: str) -> Iterator[str]:
    """Every readable text that a piece encodes, the parts between its full stops included (a JWT has three)."""
    if len(piece) < _SHORTEST:
        return
    for part in dict.fromkeys((piece, *piece.split("."))):
        if _HEX.fullmatch(part) and (text := _readable(bytes.fromhex(part))):
            yield text
        if part.islower() or part.isupper() or part.isdigit() or not _BASE64.fullmatch(part):
            continue  # base64 of text has letters of both cases
        try:
            data = urlsafe_b64decode(part.rstrip("=").translate(_URL_SAFE) + "=" * (-len(part.rstrip("=")) % 4))
        except (Base64Error, ValueError):
            continue
        if text := _readable(data) or _readable(_inflated(data)):
            yield text


_URL_SAFE = str.maketrans("+/", "-_")


def _inflated(data: bytes) -> bytes:
    if data[:1] != b"\x78":  # the first byte of every zlib stream of a mailer
        return b""
    try:
        return zlib.decompressobj().decompress(data, MAX_BYTES)
    except zlib.error:
        return b""


def _readable(data: bytes) -> str:
    """The text of bytes that are one; empty for anything else."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return text if text.isprintable() or text.replace("\n", "").replace("\r", "").isprintable() else ""
