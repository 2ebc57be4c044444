"""Bytes to text: which charset, and whether the text was broken before it came here.

The order is the one of the web (https://encoding.spec.whatwg.org, https://html.spec.whatwg.org/#encoding-sniffing):
the label of the response or mail, a byte order mark, ``<meta>`` or the XML declaration, then the bytes themselves.
But labels lie, so the bytes may overrule each of them.

The libraries for what is not plain UTF-8 are imported where it is met: together they take as long to import as a
newsletter takes to be read.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from pipeline.errors import ExtractError

_LATIN: Final = "sloppy-windows-1252"

# Codec as Python names it -> the superset that browsers decode such a label with.
_CODECS: Final = {
    "utf-8": "utf-8",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "ascii": _LATIN,
    "iso8859-1": _LATIN,
    "cp1252": _LATIN,
    "iso8859-15": "iso8859-15",
    "euc_kr": "cp949",
    "cp949": "cp949",
    "iso2022_kr": "iso2022_kr",
    "shift_jis": "cp932",
    "cp932": "cp932",
    "euc_jp": "euc_jp",
    "iso2022_jp": "iso2022_jp",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "cp1250": "cp1250",
    "cp1251": "cp1251",
    "cp1253": "cp1253",
    "cp1254": "cp1254",
    "iso8859-2": "iso8859-2",
    "iso8859-5": "iso8859-5",
    "iso8859-9": "cp1254",
    "mac-roman": "mac-roman",
}

# First bytes -> what such a file is called (https://mimesniff.spec.whatwg.org, and the formats' own documents).
_SIGNATURES: Final = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh91AY&SY", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"ID3\x03", "an audio file"),
    (b"OggS", "an audio file"),
)
_IMAGE_IN_CONTAINER: Final = re.compile(rb"RIFF....WEBP", re.DOTALL)
_VIDEO: Final = re.compile(rb"....ftyp", re.DOTALL)
_NOT_TEXT: Final = ("image/", "audio/", "video/", "font/")

_NON_ASCII_RUN = re.compile(rb"[\x80-\xff]+")
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_BLANK = b" \t\r\n\x0b\x0c\x00\xef\xbb\xbf"
_ISO_2022 = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$B", "iso2022_jp"), (b"\x1b$@", "iso2022_jp"))

# Codec, the one to try it by (of cp949's syllables the 2,350 of EUC-KR are nearly all that Korean uses), its own
# letters, and their least share among all letters beyond ASCII. Tried in this order: Korean first, for our readers;
# Chinese read as Korean is one third Han.
_HAN = "\u4e00-\u9fff\uf900-\ufaff"
_DETECTABLE: Final = (
    ("cp949", "euc_kr", "[\uac00-\ud7a3\u3131-\u318e]", 0.8),
    ("cp932", "cp932", "[\u3040-\u30ff]", 0.3),
    ("euc_jp", "euc_jp", "[\u3040-\u30ff]", 0.3),
    ("gb18030", "gb18030", f"[{_HAN}]", 0.8),
)
_LETTERS = f"[\u0080-\u04ff\u3040-\u318e\uac00-\ud7a3\uff61-\uff9f\ue000-\uf8ff{_HAN}]"  # 6 ms to compile
_WIDE = re.compile(r"[^\x00-\x7f]")

# Bytes that are not UTF-8 in a text that is: a mail cut inside a character, one bad paste. 53 U+FFFD were counted in
# 701 newsletters, 20 of them in one issue of 200 KB; a text read with the wrong charset has one every few characters.
_TOLERATED_SLIPS: Final = 3
_CHARACTERS_PER_SLIP: Final = 1000

# Where UTF-8 was read as a single-byte charset, two characters beyond ASCII stand side by side. The pattern only
# finds the lines to look at (ftfy's own heuristic takes 150 ms for 400 KB, this 3 ms), it decides nothing.
_SUSPECT = re.compile(r"[\x80-\u024f\u0370-\u04ff\u201a\u221a\u2248][\x80-\u04ff\u02c0-\u02ff\u2010-\u22ff]")


class GarbledError(ExtractError):
    """The text was decoded wrongly somewhere before, and characters were lost."""


def decode(body: bytes, *, label: str | None = None, media_type: str = "") -> str:
    """The text of a newsletter, page, feed or mail part.

    Args:
        body: As it came, after decompression.
        label: The ``charset`` that the response or the mail names.
        media_type: As labelled; only to know an image from a text.

    Raises:
        ExtractError: The body is empty, is no text (the line names what it is), or was decoded wrongly somewhere
            before with characters lost.
    """
    if not body.strip(_BLANK):
        raise ExtractError("the file is empty")
    _refuse_binary(body, media_type)
    return repaired(_by_mark(body, label) if body.startswith(_MARKS) else _by_evidence(body, label))


def _refuse_binary(body: bytes, media_type: str) -> None:
    start = body[:32].lstrip(b" \t\r\n")
    name = next((name for signature, name in _SIGNATURES if start.startswith(signature)), "")
    if not name and _IMAGE_IN_CONTAINER.match(start):
        name = "a WebP image"
    if not name and _VIDEO.match(start):
        name = "a video"
    if not name and media_type.startswith(_NOT_TEXT):
        name = f"labelled {media_type}"
    if name:
        raise ExtractError(f"this is {name}, not a newsletter")


def _by_mark(body: bytes, label: str | None) -> str:
    from bs4.dammit import EncodingDetector

    marked, codec = EncodingDetector.strip_byte_order_mark(body)
    return marked.decode(codec, "replace") if codec else _by_evidence(body, label)


def _by_evidence(body: bytes, label: str | None) -> str:
    """Decoded by what the bytes can be; the label decides between what they cannot tell apart."""
    if b"\x00" in body:
        return _with_nulls(body)
    if not _NON_ASCII_RUN.search(body):
        escaped = next((codec for escape, codec in _ISO_2022 if escape in body), None)
        return body.decode(escaped, "replace") if escaped else body.decode("ascii")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        as_utf8 = body.decode("utf-8", "replace")
    codec = _codec(label) or _codec(_declared(body))
    if codec not in {None, "utf-8", _LATIN}:
        text = body.decode(codec, "replace")
        if _tolerable(text):
            return text
    if _tolerable(as_utf8):
        return as_utf8
    return _detected(body) or _as_latin(body)


def _as_latin(body: bytes) -> str:
    import ftfy.bad_codecs  # noqa: F401, registers the codec: the web's windows-1252, which has no undefined byte

    return body.decode(_LATIN)


def _declared(body: bytes) -> str | None:
    from bs4.dammit import EncodingDetector

    return EncodingDetector.find_declared_encoding(body, is_html=True)


def _codec(label: str | None) -> str | None:
    """The codec for a label; None for no label, and for one that names no charset of text."""
    try:
        return _CODECS.get(codecs.lookup(label.strip().strip("\"'")).name) if label else None
    except (LookupError, ValueError):
        return None


def _with_nulls(body: bytes) -> str:
    """UTF-16 without a mark has its zeros on one side of ASCII; zeros elsewhere mean no text, but for a few."""
    even, odd = body[0::2].count(0), body[1::2].count(0)
    half = len(body) / 2
    for codec, here, there in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if here > half * 0.05 and there < here * 0.05 and not _slips(text := body.decode(codec, "replace")):
            return text
    if even + odd > _TOLERATED_SLIPS + len(body) // _CHARACTERS_PER_SLIP:
        raise ExtractError("this is binary data, not a newsletter")
    return _by_evidence(body.replace(b"\x00", b""), None)


def _detected(body: bytes) -> str | None:
    """By the script that comes out: most of the letters beyond ASCII must be the codec's own.

    Bytes beyond ASCII stand in pairs in these codecs, and alone in Western text (``caf\\xe9``).
    """
    runs = _NON_ASCII_RUN.findall(body)
    if sum(map(len, runs)) < 2 * len(runs):
        return None
    for codec, trial, own, share in _DETECTABLE:
        text = body.decode(trial, "replace")
        letters = len(re.findall(_LETTERS, text))
        if letters and 20 * _slips(text) <= letters and len(re.findall(own, text)) >= share * letters:
            return body.decode(codec, "replace")
    return None


def _slips(text: str) -> int:
    return text.count("\ufffd")


def _tolerable(text: str) -> bool:
    """Whether so few characters are lost that they are slips, and the charset is the right one.

    Judged against what lies beyond ASCII too: an English text with Korean names in EUC-KR is not UTF-8 with slips.
    """
    lost = _slips(text)
    return lost <= _TOLERATED_SLIPS + len(text) // _CHARACTERS_PER_SLIP and 2 * lost <= len(_WIDE.findall(text))


def repaired(text: str) -> str:
    """Mojibake undone line by line where no byte was lost.

    Only ``fix_encoding``: the other steps of ``ftfy.fix_text`` rewrite curly quotes and full-width digits.

    Raises:
        GarbledError: Much of the text is broken and cannot be repaired.
    """
    broken = 0
    if _SUSPECT.search(text):
        import ftfy
        from ftfy.badness import badness

        lines = text.split("\n")
        for number, line in enumerate(lines):
            if _SUSPECT.search(line):
                lines[number] = ftfy.fix_encoding(line)
                broken += badness(lines[number])
        text = "\n".join(lines)
    broken += _slips(text)
    if broken > _TOLERATED_SLIPS + len(text) // _CHARACTERS_PER_SLIP:
        raise GarbledError(
            f"the text was decoded wrongly somewhere before it came here and lost characters ({broken} places), "
            "so it cannot be repaired",
            hint="get the newsletter again from its source",
        )
    return text
