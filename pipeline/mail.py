"""Mailboxes: Maildir, mbox, and IMAP (in ``pipeline.imap``)."""

from __future__ import annotations

import mailbox
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

from pydantic import SecretStr

from pipeline.errors import FetchError
from pipeline.imap import read_imap
from pipeline.records.sources import Source

MAX_BYTES = 15_000_000
_HEADERS_WITHIN = 65_536  # bytes

Mails = Sequence[tuple[bytes, Callable[[], bytes]]]
"""Mails in the order of the mailbox, each as its headers and what reads it whole (or raises FetchError)."""

Key = int | str


def open_mailbox(
    password: SecretStr | None = None, *, timeout_s: float = 60, unencrypted: Collection[str] = ()
) -> Callable[[Source], AbstractContextManager[Mails]]:
    """Make what reads mailboxes; nothing is ever changed in one.

    Args:
        password: For IMAP.
        timeout_s: For one answer of an IMAP server.
        unencrypted: IMAP hosts that are spoken to without TLS.
    """

    def read_mailbox(source: Source) -> AbstractContextManager[Mails]:
        if source.kind == "imap":
            return read_imap(source, password=password, timeout_s=timeout_s, unencrypted=unencrypted)
        return _read_local(Path(source.path))

    return read_mailbox


@contextmanager
def _read_local(path: Path) -> Iterator[Mails]:
    try:
        box = _opened(path)
        # A Maildir's names begin with the time of delivery, an mbox's keys count.
        mails = tuple((_read(box, key, _HEADERS_WITHIN), partial(_read_whole, box, key)) for key in sorted(box.keys()))
    except (OSError, mailbox.Error, KeyError) as error:
        raise FetchError(f"the mailbox cannot be read ({type(error).__name__})", subject=path.name) from error
    try:
        yield mails
    finally:
        box.close()


def _opened(path: Path) -> mailbox.Mailbox[mailbox.Message]:
    if (path / "cur").is_dir() and (path / "new").is_dir():
        return mailbox.Maildir(path, create=False)
    if path.is_file():
        return mailbox.mbox(path, create=False)
    raise FetchError("here is neither a Maildir nor an mbox file", subject=path.name, hint="see path in maeil.toml")


def _read(box: mailbox.Mailbox[mailbox.Message], key: Key, max_bytes: int) -> bytes:
    with box.get_file(key) as file:  # type: ignore[arg-type]  # a Maildir's keys are str, an mbox's int
        return bytes(file.read(max_bytes))


def _read_whole(box: mailbox.Mailbox[mailbox.Message], key: Key) -> bytes:
    try:
        body = _read(box, key, MAX_BYTES + 1)
    except (OSError, KeyError) as error:
        raise FetchError(f"the mail cannot be read ({type(error).__name__})", retry=True) from error
    if len(body) > MAX_BYTES:
        raise FetchError(f"the mail is larger than {MAX_BYTES // 1_000_000} MB")
    return body
