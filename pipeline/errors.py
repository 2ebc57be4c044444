"""What can go wrong on purpose.

MaeilError
├─ ConfigError      settings, a prompt or the environment is wrong; nothing was run
├─ EndpointError    the model's server refuses us: key, quota, model
├─ StoreError       a file under data/ cannot be read back or written
└─ StageError       one issue failed one stage; the others go on
   ├─ FetchError    a source, page, file or mail could not be brought in
   ├─ ExtractError  what was brought in is not a newsletter that can be read
   ├─ ReplyError    the model gave no usable reply
   └─ RejectedError the checks left too little of the draft to publish
"""

from __future__ import annotations


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
