"""Mailboxes on an IMAP server, opened read-only: what is unread stays unread."""

from __future__ import annotations

import contextlib
import imaplib
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from pydantic import SecretStr

from pipeline.errors import FetchError
from pipeline.records.sources import Source

if TYPE_CHECKING:
    from imap_tools import BaseMailBox

MAX_BYTES = 15_000_000
_NEWEST = 1_000  # mails looked at; a newsletter a day for three years
_AT_ONCE = 200
_HEADERS = "(UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID DATE SUBJECT FROM)])"
_UID = re.compile(rb"\bUID (\d{1,10})")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d{1,19})")


@contextlib.contextmanager
def read_imap(
    source: Source, *, password: SecretStr | None, timeout_s: float, unencrypted: Collection[str]
) -> Iterator[Sequence[tuple[bytes, Callable[[], bytes]]]]:
    """The newest mails of the source's mailbox, in its order, each as its headers and what reads it whole.

    Raises:
        FetchError: The server cannot be reached or refuses; the extra ``imap`` is not installed.
    """
    if password is None:
        raise FetchError("there is no password for the IMAP server", hint="set MAEIL_IMAP_PASSWORD")
    box = _connected(source, timeout_s, unencrypted)
    try:
        _log_in(box, source, password.get_secret_value())
        with _translated(source):
            mails = _listed(box, source)
        yield mails
    finally:
        with contextlib.suppress(imaplib.IMAP4.error, OSError):
            box.client.logout()


def _connected(source: Source, timeout_s: float, unencrypted: Collection[str]) -> BaseMailBox:
    try:
        from imap_tools import MailBox, MailBoxUnencrypted
    except ImportError as error:
        raise FetchError("IMAP needs an extra package", hint="install maeil[imap]") from error
    host, _, port = source.host.partition(":")
    with _translated(source):
        if host in unencrypted:
            return MailBoxUnencrypted(host, int(port or 143), timeout=timeout_s)
        return MailBox(host, int(port or 993), timeout=timeout_s)


def _log_in(box: BaseMailBox, source: Source, password: str) -> None:
    from imap_tools.errors import MailboxFolderSelectError, MailboxLoginError

    login = box.login if (source.user + password).isascii() else box.login_utf8
    with _translated(source):
        try:
            login(source.user, password, initial_folder=None)
            box.folder.set(source.mailbox, readonly=True)
        except imaplib.IMAP4.abort:
            raise
        except MailboxFolderSelectError as error:
            hint = "see mailbox in maeil.toml"
            raise FetchError(f"{source.host} has no mailbox {source.mailbox}", hint=hint) from error
        except (MailboxLoginError, imaplib.IMAP4.error) as error:
            # The server's answer is not repeated: some repeat what was sent.
            hint = "see user in maeil.toml and MAEIL_IMAP_PASSWORD"
            raise FetchError(f"{source.host} refuses the user or the password", hint=hint) from error


@contextlib.contextmanager
def _translated(source: Source) -> Iterator[None]:
    """Errors of the connection; those of imap-tools pass, as the caller has something better to say."""
    try:
        yield
    except imaplib.IMAP4.abort as error:
        raise FetchError(f"{source.host} ended the connection", retry=True) from error
    except imaplib.IMAP4.error as error:
        raise FetchError(f"{source.host} does not do what IMAP asks of it") from error
    except TimeoutError as error:
        raise FetchError(f"{source.host} does not answer in time", retry=True) from error
    except (OSError, UnicodeError) as error:
        raise FetchError(f"{source.host} cannot be reached", retry=True) from error


def _listed(box: BaseMailBox, source: Source) -> tuple[tuple[bytes, Callable[[], bytes]], ...]:
    from imap_tools.errors import ImapToolsError

    try:
        uids = box.uids(_criteria(source), charset=None)[-_NEWEST:]
    except ImapToolsError as error:
        raise FetchError(f"{source.host} refuses to search") from error
    mails = []
    for start in range(0, len(uids), _AT_ONCE):
        for uid, size, head in _heads(box, source, uids[start : start + _AT_ONCE]):
            mails.append((head, partial(_body, box, source, uid, size)))
    return tuple(mails)


def _criteria(source: Source) -> str:
    """By the sender only: not every server decodes a Subject before it looks into it. The caller looks again."""
    from imap_tools import AND

    return str(AND(from_=source.sender)) if source.sender and source.sender.isascii() else "ALL"


def _heads(box: BaseMailBox, source: Source, uids: Sequence[str]) -> Iterator[tuple[str, int, bytes]]:
    """UID, size and headers; servers put the first two before or after the headers."""
    parts = _asked(box, source, ",".join(uids), _HEADERS)
    for place, part in enumerate(parts):
        if not isinstance(part, tuple):
            continue
        after = parts[place + 1] if place + 1 < len(parts) else b""
        told = part[0] + b" " + (after if isinstance(after, bytes) else b"")
        uid, size = _UID.search(told), _SIZE.search(told)
        if uid:
            yield uid[1].decode(), int(size[1]) if size else 0, part[1]


def _body(box: BaseMailBox, source: Source, uid: str, size: int) -> bytes:
    if size > MAX_BYTES:
        raise FetchError(f"the mail is larger than {MAX_BYTES // 1_000_000} MB")
    with _translated(source):
        for part in _asked(box, source, uid, "(BODY.PEEK[])"):
            if isinstance(part, tuple):
                return bytes(part[1])
    raise FetchError("the mail is no longer on the server", retry=True)


def _asked(box: BaseMailBox, source: Source, uids: str, what: str) -> list[bytes | tuple[bytes, bytes]]:
    status, parts = box.client.uid("FETCH", uids, what)
    if status != "OK":
        raise FetchError(f"{source.host} refuses to hand out mails", retry=True)
    return parts
