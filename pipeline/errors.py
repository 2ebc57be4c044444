"""What can go wrong on purpose.

MaeilError
├─ ConfigError      settings, a prompt or the environment is wrong; nothing was run
├─ EndpointError    the model's server refuses us: key, quota, model
├─ StoreError       a file under data/ cannot be read back or written
└─ StageError       one issue failed one stage; the others go on
   ├─ FetchError    a source, page, file or mail could not be brought in
   ├─ ExtractError  what was brought in is not a newsletter that can be read
   ├─ ReplyError    the model gave no usable reply
   ├─ RejectedError the checks left too little of the draft to publish
   └─ UnforeseenError  anything else: a fault of this program, met at one boundary
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

log = logging.getLogger(__name__)


class MaeilError(Exception):
    """The root. ``str()`` is one line for a person: what happened, to which subject, what to do.

    Args:
        message: What happened, without a final full stop.
        subject: Which issue, source, file or setting it happened to.
        hint: What to do about it.
    """

    def __init__(self, message: str, *, subject: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.subject = subject
        self.hint = hint

    def __str__(self) -> str:
        line = f"{self.subject}: {self.message}" if self.subject else self.message
        line = f"{line}; {self.hint}" if self.hint else line
        return " ".join(line.split())


class ConfigError(MaeilError):
    """Settings, a prompt or the environment is wrong: exit status 2, nothing was run."""


class EndpointError(MaeilError):
    """The model's server refuses us (key, quota, model): no further question is asked in this run."""


class StoreError(MaeilError):
    """A file under data/ cannot be read back or written."""


class StageError(MaeilError):
    """One issue failed one stage; the others go on.

    Args:
        retry: True when the next run may succeed with nothing changed (a server was down).
    """

    def __init__(self, message: str, *, subject: str = "", hint: str = "", retry: bool = False) -> None:
        super().__init__(message, subject=subject, hint=hint)
        self.retry = retry


class FetchError(StageError):
    """A source, page, file or mail could not be brought in."""


class ExtractError(StageError):
    """What was brought in is not a newsletter that can be read."""


class ReplyError(StageError):
    """The model gave no usable reply."""


class RejectedError(StageError):
    """The checks left too little of the draft to publish."""


class UnforeseenError(StageError):
    """Something that nobody foresaw: a fault of this program, which costs one source or issue and not the run."""


@contextmanager
def boundary(subject: str) -> Iterator[None]:
    """Around the work on one source or one issue: the only place where an exception of any kind is caught.

    What this program raises on purpose passes through. The rest is told with its place, and whole under ``--debug``.

    Raises:
        UnforeseenError: Something else was raised inside.
    """
    try:
        yield
    except MaeilError:
        raise
    except OSError as error:  # the disk, not the newsletter: no issue is to blame, and none is held for it
        log.debug("%s: the system refused", subject, exc_info=error)
        reason = (error.strerror or type(error).__name__).lower()
        raise StoreError(f"cannot be read or written: {reason}", subject=str(error.filename or subject)) from error
    except Exception as error:
        log.debug("%s: unforeseen", subject, exc_info=error)
        raise UnforeseenError(
            f"went wrong in a way that nobody foresaw ({type(error).__name__} in {_place(error)})",
            subject=subject,
            hint="run it again with --debug and report what it shows",
        ) from error


def _place(error: Exception) -> str:
    """The line of this program that the error came through last: ``extract/links.py:55``."""
    here = Path(__file__).parent
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if here in Path(frame.filename).parents]
    if not frames:
        return "a library"
    return f"{Path(frames[-1].filename).relative_to(here).as_posix()}:{frames[-1].lineno}"
