"""A mail part's transfer encoding (RFC 2045, 6), believed only where the body keeps its rules.

A body that declares quoted-printable and is none would lose bytes: ``?id=42&v=beta`` becomes ``?idB&v¾ta``.
"""

from __future__ import annotations

import binascii
import codecs
import quopri
import re

_BAD_ESCAPE = re.compile(rb"=(?![0-9A-F]{2}|[ \t]*\r?\n|[ \t]*\Z)")
_SOFT_BREAK = re.compile(rb"=[ \t]*\r?\n")
_LONG_LINE = re.compile(rb"[^\r\n]{77}")
_SURE = re.compile(rb"=3D|=[ \t]*\r?\n")
"""What only an encoder writes; a body without it may be ``?id=42&v=BE`` as it stands."""
_ESCAPED = re.compile(rb"=(?:3D|20\r?\n|[89A-F][0-9A-F])")
_QUOTED_VALUE = re.compile(rb"""=3D["']""")
_BASE64 = re.compile(rb"\s*(?:[A-Za-z0-9+/]+={0,2}[ \t]*(?:\r?\n|\r|\Z)\s*)*")
"""Lines without blanks inside; several encoded pieces may follow each other."""
_WRAPPED_BASE64 = re.compile(rb"\s*(?:[A-Za-z0-9+/]{60,76}\r?\n)+[A-Za-z0-9+/]{1,76}={0,2}\s*")
_TEXT_CONTROLS = re.compile(rb"[\x00-\x08\x10-\x1a\x1c-\x1f]")


def decoded_body(raw: bytes, encoding: str, *, charset: str) -> tuple[bytes, str]:
    """The bytes of a part, and what was odd about their encoding; empty when nothing was.

    Args:
        raw: The part as it came.
        encoding: The value of its Content-Transfer-Encoding header.
        charset: Of the decoded text.
    """
    name = encoding.strip().lower().split(";")[0].strip()
    if name == "quoted-printable":
        if not _is_quoted_printable(raw) or not (_SURE.search(raw) or _reads(quopri.decodestring(raw), charset)):
            return raw, "declared quoted-printable and is not"
        first = quopri.decodestring(raw)
    elif name == "base64":
        decoded = _from_base64(raw)
        if decoded is None:
            return raw, "declared base64 and is not"
        first = decoded
    else:
        return raw, ""
    second = _decoded_again(first, charset)
    return (first, "") if second is None else (second, "was encoded twice")


def _is_quoted_printable(raw: bytes) -> bool:
    """Whether every ``=`` begins an escape or ends a line, and long lines are broken as an encoder breaks them."""
    if b"=" not in raw:
        return True
    if _BAD_ESCAPE.search(raw):
        return False
    return not _LONG_LINE.search(raw) or _SOFT_BREAK.search(raw) is not None


def _from_base64(raw: bytes) -> bytes | None:
    compact = b"".join(raw.split())
    if not _BASE64.fullmatch(raw):
        return None
    if len(compact) % 4 == 1:  # a mail that was cut, in one character of four
        compact = compact[:-1]
    try:
        return binascii.a2b_base64(compact + b"=" * (-len(compact) % 4))
    except binascii.Error:
        return None


def _decoded_again(body: bytes, charset: str) -> bytes | None:
    """The text of a body that is encoded once more; None when it is text already."""
    escaped = _QUOTED_VALUE.search(body) or (_ESCAPED.search(body) and _SOFT_BREAK.search(body))
    if escaped and _is_quoted_printable(body):
        return quopri.decodestring(body)
    if _WRAPPED_BASE64.fullmatch(body):
        decoded = _from_base64(body)
        return decoded if decoded is not None and _is_text(decoded, charset) else None
    return None


def _is_text(body: bytes, charset: str) -> bool:
    if _TEXT_CONTROLS.search(body):
        return False
    try:
        body.decode(charset)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _reads(body: bytes, charset: str) -> bool:
    """Whether a body can be read in its charset or in UTF-8; labels lie, and a mail may be cut in a character."""
    for codec in ("utf-8", charset):
        try:
            codecs.getincrementaldecoder(codec)("strict").decode(body)
        except (LookupError, ValueError):
            continue
        return True
    return False
