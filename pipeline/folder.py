"""Files that people put somewhere: one, or all of a folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from pipeline.errors import FetchError

MAX_BYTES = 15_000_000


def read_file(path: Path) -> bytes:
    """The bytes of a regular file.

    Raises:
        FetchError: There is none, it is too large, or it may not be read.
    """
    try:
        with open(path, "rb", opener=_open_without_waiting) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise FetchError("this is no regular file", subject=path.name)
            body = file.read(MAX_BYTES + 1)
    except IsADirectoryError as error:
        raise FetchError("this is a folder, not a file", subject=path.name) from error
    except FileNotFoundError as error:
        raise FetchError("there is no such file", subject=path.name) from error
    except PermissionError as error:
        raise FetchError("it may not be read by this user", subject=path.name) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise FetchError(f"it cannot be read ({_reason(error)})", subject=path.name) from error
    if len(body) > MAX_BYTES:
        raise FetchError(f"it is larger than {MAX_BYTES // 1_000_000} MB", subject=path.name)
    return body


def read_folder(path: str) -> Sequence[tuple[str, Callable[[], bytes]]]:
    """The files of a folder, hidden ones and subfolders left out: each one's name, sorted, and what reads it.

    What a link points to outside the folder is not read.

    Raises:
        FetchError: The folder cannot be listed.
    """
    folder = Path(path)
    try:
        with os.scandir(folder) as listed:
            names = sorted(entry.name for entry in listed if not entry.name.startswith(".") and not entry.is_dir())
        inside = folder.resolve(strict=True)
    except FileNotFoundError as error:
        raise FetchError("there is no such folder", hint="see path in maeil.toml") from error
    except NotADirectoryError as error:
        raise FetchError("this is no folder", hint="see path in maeil.toml") from error
    except (OSError, ValueError) as error:
        raise FetchError(f"the folder cannot be listed ({_reason(error)})") from error
    return tuple((_told(name), partial(_read_inside, inside, name)) for name in names)


def _open_without_waiting(path: str, flags: int) -> int:
    """A FIFO that nobody writes to would otherwise never open."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _read_inside(folder: Path, name: str) -> bytes:
    if _told(name) != name:
        raise FetchError("its name is not UTF-8")
    path = folder / name
    if not path.resolve().is_relative_to(folder):
        raise FetchError("it is a link that leads out of the folder", subject=name)
    return read_file(path)


def _told(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
