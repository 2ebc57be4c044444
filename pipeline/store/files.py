"""Files that are whole or absent, whatever stops the process or the disk."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import logging
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import filelock
from pydantic import BaseModel, ValidationError
from pydantic_core import from_json, to_json

from pipeline.errors import StoreError

log = logging.getLogger(__name__)

TEMPORARY = ".tmp."
PRIVATE = 0o600
"""Mode of files that may name a reader: only their owner may read them, and list the folder they are in."""
FORMAT = 1
"""Version of the envelope a record lies in; a file of another version is told and made again where it can be."""

RecordType = TypeVar("RecordType", bound=BaseModel)


class Damaged(StoreError):
    """A file can be read, and what it holds is no record of this program: it may be made again.

    One that cannot be read at all is a plain StoreError: it may be whole, and would be made twice, or paid for twice.
    """


class NotAFile(StoreError):
    """A folder, FIFO or symbolic link stands where a file should."""


def write_bytes(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Put ``data`` at ``path`` so that a reader sees the old file or the new one, never a part.

    Temporary file in the same folder, fsync, rename, fsync of the folder.

    Raises:
        StoreError: The disk is full or read-only, or the path is a symbolic link or leads through one.
    """
    try:
        _make_folder(path.parent, mode=0o700 if mode == PRIVATE else 0o777)
        refuse_links(path)
        handle, name = tempfile.mkstemp(prefix=TEMPORARY, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                os.fchmod(file.fileno(), mode)
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise
        _sync_folder(path.parent)
    except OSError as error:
        raise StoreError(f"cannot be written: {_reason(error)}", subject=str(path), hint=_hint(error)) from error


def append_line(path: Path, line: bytes) -> None:
    """Add a line, without its end, to a file; a torn last line, left by a killed run, is closed first.

    Raises:
        StoreError: As `write_bytes`.
    """
    try:
        _make_folder(path.parent)
        refuse_links(path)
        is_new = not path.exists()
        handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
        with os.fdopen(handle, "ab") as file:
            size = os.fstat(handle).st_size
            torn = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
            file.write((b"\n" if torn else b"") + line + b"\n")
            file.flush()
            os.fsync(handle)
        if is_new:
            _sync_folder(path.parent)
    except OSError as error:
        raise StoreError(f"cannot be written: {_reason(error)}", subject=str(path), hint=_hint(error)) from error


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file.

    Raises:
        FileNotFoundError: There is none.
        NotAFile: It is no regular file.
        StoreError: It cannot be read.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise NotAFile("is not a regular file", subject=str(path), hint="move it away and run again")
            return file.read()
    except FileNotFoundError:
        raise
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise NotAFile("is a symbolic link", subject=str(path), hint="move it away and run again") from error
        raise StoreError(f"cannot be read: {_reason(error)}", subject=str(path), hint=_hint(error)) from error


def canonical(record: BaseModel) -> str:
    """The one JSON text of a record: sorted keys, no ASCII escapes."""
    return _json_text(record.model_dump(mode="json"))


def digest(record: BaseModel) -> str:
    """SHA-256 of what a record says; what it was made from is left out, so equal results need no rework after them."""
    said = record.model_dump(mode="json", exclude={"made_from"})
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def write_record(path: Path, record: BaseModel, *, mode: int = 0o644) -> None:
    """Keep a record in an envelope with its kind and checksum.

    Raises:
        StoreError: As `write_bytes`.
    """
    text = canonical(record)
    checksum = hashlib.sha256(text.encode()).hexdigest()
    head = f'{{\n "format": {FORMAT},\n "kind": "{type(record).__name__}",\n "sha256": "{checksum}",\n "record": '
    write_bytes(path, (head + text.replace("\n", "\n ") + "\n}\n").encode(), mode=mode)


def read_record(path: Path, kind: type[RecordType]) -> RecordType:
    """The record kept at ``path``.

    Raises:
        FileNotFoundError: There is none.
        Damaged: The file is cut, damaged, of another kind or of another version.
        StoreError: As `read_bytes`.
    """
    try:
        envelope = json.loads(read_bytes(path))
        if not isinstance(envelope, dict) or envelope.keys() != {"format", "kind", "sha256", "record"}:
            raise Damaged("is not a record of this program", subject=str(path))
        if envelope["format"] != FORMAT or envelope["kind"] != kind.__name__:
            found = f"{envelope['kind']} of format {envelope['format']}"
            raise Damaged(f"holds a {found}, not a {kind.__name__} of format {FORMAT}", subject=str(path))
        text = _json_text(envelope["record"])
        if hashlib.sha256(text.encode()).hexdigest() != envelope["sha256"]:
            raise Damaged("is damaged: its checksum does not fit", subject=str(path))
        return kind.model_validate_json(text)
    except (ValueError, RecursionError) as error:  # JSONDecodeError, UnicodeError and ValidationError are ValueErrors
        what = "does not fit its record" if isinstance(error, ValidationError) else "is damaged or cut short"
        raise Damaged(what, subject=str(path)) from error


def read_or_none(path: Path, kind: type[RecordType]) -> RecordType | None:
    """The record kept at ``path``; None when there is none, or when it is damaged, which is told.

    Raises:
        StoreError: As `read_bytes`.
    """
    try:
        return read_record(path, kind)
    except FileNotFoundError:
        return None
    except Damaged as error:
        log.warning("%s; it is made again where it can be", error)
        return None


def _json_text(value: Any) -> str:
    """Sorted keys, indented by one; json.dumps writes the same, in Python and not in C once it indents."""
    return to_json(from_json(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()), indent=1).decode()


def refuse_links(path: Path) -> None:
    """Refuse a path that is a symbolic link or no regular file.

    Raises:
        StoreError: It is.
    """
    with contextlib.suppress(FileNotFoundError):
        mode = path.lstat().st_mode
        if not stat.S_ISREG(mode):
            what = "is a symbolic link" if stat.S_ISLNK(mode) else "is not a regular file"
            raise NotAFile(what, subject=str(path), hint="move it away and run again")
    if path.parent.is_symlink():
        raise StoreError("its folder is a symbolic link", subject=str(path), hint="name the real folder in maeil.toml")


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the one lock of a data folder; the system frees it when the process ends, however it ends.

    Raises:
        StoreError: Another run holds it, or it cannot be made.
    """
    try:
        _make_folder(path.parent)
        with filelock.FileLock(path, blocking=False):
            yield
    except filelock.Timeout:
        raise StoreError("another run is at work here", subject=str(path.parent), hint="wait for it to end") from None
    except OSError as error:
        raise StoreError(f"cannot be locked: {_reason(error)}", subject=str(path), hint=_hint(error)) from error


def clear_leftovers(folder: Path) -> None:
    """Remove what a killed run left half-written. Call it under the lock only."""
    for leftover in folder.rglob(f"{TEMPORARY}*"):
        with contextlib.suppress(OSError):
            leftover.unlink()


def make_private(folder: Path) -> None:
    """Make a folder that only its owner may list.

    Raises:
        StoreError: It cannot be made, or belongs to somebody else.
    """
    try:
        _make_folder(folder, mode=0o700)
    except OSError as error:
        raise StoreError(f"cannot be made private: {_reason(error)}", subject=str(folder), hint=_hint(error)) from error


def _make_folder(folder: Path, *, mode: int = 0o777) -> None:
    """Make a folder and those above it, each of them on the disk before anything lies in it.

    Args:
        folder: The folder.
        mode: Of ``folder`` itself; one that is there already and lets others in is narrowed to a private one.
    """
    if folder.is_dir():
        if mode == 0o700 and stat.S_IMODE(folder.stat().st_mode) != mode:
            folder.chmod(mode)
        return
    _make_folder(folder.parent)
    folder.mkdir(mode, exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def _hint(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "make room on the disk and run again"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "give this user the right to it and run again"
    return ""
