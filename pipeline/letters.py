"""A mail as it came, read: who, when, and its body as HTML and as plain text."""

from __future__ import annotations

import datetime as dt
import email.policy
import html
import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import getaddresses, parseaddr
from typing import Any

from pipeline.characters import visible
from pipeline.charset import decode
from pipeline.errors import ExtractError, FetchError
from pipeline.instants import read_instant
from pipeline.records.base import Record
from pipeline.subscribers import reader_of
from pipeline.transfer import decoded_body

MAX_BYTES = 15_000_000

# The stdlib's parser asks every open part about every line: 50 nested parts make 500 KB cost a second (measured on
# CPython 3.11), and 1,000 overflow the stack. Newsletters nest two to four and have fewer than 20,000 lines.
_MAX_NESTED = 20
_MAX_LINES = 400_000
_MAX_PARTS = 5_000
_MAX_HEADER = 2_000  # characters; a megabyte of Subject costs 36 s to parse

_RECIPIENTS = frozenset(
    {"to", "cc", "delivered-to", "x-original-to", "x-delivered-to", "envelope-to", "x-envelope-to", "x-forwarded-to",
     "x-forwarded-for", "x-rcpt-to", "resent-to"}
)  # fmt: skip
_NESTING = re.compile(rb"^content-type:\s{0,20}(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_BOUNDARY = re.compile(rb"^--", re.MULTILINE)
_UNQUOTED = re.compile(r"\bboundary=([^\s\";]{1,100}=[^\s\";]{0,100})", re.IGNORECASE)
_DELIMITER = re.compile(r"^--([^\s\"]{1,70})\r?\n(?=content-|\r?\n)", re.IGNORECASE | re.MULTILINE)
_BLANK_BEFORE_HEADERS = re.compile(rb"(?:\r?\n){1,20}[!-9;-~]{1,70}:")
_FRAME = re.compile(
    r"<!doctype\b[^>]{0,300}>|</?(?:html|head|body)\b[^>]{0,2000}>|<title\b[^>]{0,200}>[^<]{0,2000}</title>",
    re.IGNORECASE,
)
_HTML, _PLAIN = ("text/html", "application/xhtml+xml"), ("text/plain",)
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")


# The lines that Gmail, Apple Mail and Outlook set above a mail that is passed on, in text or in HTML.
_FORWARDED = re.compile(
    r"forwarded message|original message|^\W*from:.{1,300}?\b(?:sent|date):", re.IGNORECASE | re.DOTALL
)
_FORWARDED_WITHIN, _FORWARDED_HEAD = 2_000, 1_200  # characters
_THEIR_DATE = re.compile(
    r"\b(?:date|sent):\s{0,3}(?:[a-z]{3,9},? )?(?:(?P<month>[a-z]{3})[a-z]{0,6}\.? (?P<day>\d{1,2})"
    r"|(?P<d>\d{1,2}) (?P<m>[a-z]{3})[a-z]{0,6}\.?)"
    r",? (?P<year>\d{4})(?:,?\s{1,3}(?:at )?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?\s?(?P<half>[ap]m)?)?",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MARKUP = re.compile(r"<[^<>]{0,2000}>")


def date_of_forwarded(body: str) -> dt.datetime | None:
    """The date that a forwarded mail states of itself; None where the body is none, or its date cannot be read.

    Such a header names no zone: the time is taken for UTC.
    """
    shown = " ".join(_MARKUP.sub(" ", body[: 10 * _FORWARDED_WITHIN]).replace("\u202f", " ").split())[
        :_FORWARDED_WITHIN
    ]
    start = _FORWARDED.search(shown)
    found = _THEIR_DATE.search(shown, start.start(), start.start() + _FORWARDED_HEAD) if start else None
    if found is None:
        return None
    month, day = (found["month"] or found["m"]).lower(), int(found["day"] or found["d"])
    hour = int(found["hour"] or 12)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"].lower() == "pm" else 0)
    try:
        return dt.datetime(
            int(found["year"]), _MONTHS.index(month) + 1, day, hour, int(found["minute"] or 0), tzinfo=dt.UTC
        )
    except ValueError:
        return None


class Letter(Record):
    """A mail.

    Attributes:
        subject: Decoded, on one line, without its reader's address: lists of issues tell it. May be empty.
        message_id: Without angle brackets; empty when the mail has none.
        sender: Address only, lower case; may be empty.
        readers: Addresses that it was sent or delivered to, lower case; never the sender's.
        date: The Date header in UTC; None when there is none that can be read.
        notes: What was odd about its body's encoding, for the record.
        html, text: The body's two alternatives; None when the mail lacks it. ``read_letter`` gives at least one.
    """

    subject: str
    message_id: str
    sender: str
    readers: tuple[str, ...] = ()
    date: dt.datetime | None
    html: str | None
    text: str | None
    notes: tuple[str, ...] = ()


class _Bounded(email.policy.EmailPolicy):
    """The default policy, but no header is longer than can be parsed in no time."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_MAX_HEADER]


class _Message(EmailMessage):
    """A message whose boundary is what its header says, with ``=`` in it though not quoted."""

    def get_boundary(self, failobj: Any = None) -> Any:
        """As that of the base class."""
        values = (str(value) for name, value in self.raw_items() if name.lower() == "content-type")
        found = _UNQUOTED.search(next(values, ""))
        return found[1] if found else super().get_boundary(failobj)

    @property
    def source(self) -> bytes:
        """The bytes of a body without parts as they came; ``get_payload`` decodes by what the headers say."""
        held = self._payload  # type: ignore[attr-defined]  # missing in typeshed
        return held.encode("utf-8", "surrogateescape") if isinstance(held, str) else b""


_POLICY = _Bounded(message_factory=_Message)


def read_letter(body: bytes) -> Letter:
    """Read a mail with its body; of a forwarded mail the mail that was forwarded.

    Raises:
        FetchError: There is no mail, it has no body, or it is made to exhaust a reader.
    """
    if not body.strip():
        raise FetchError("the mail is empty")
    _refuse_bombs(body)
    letter = _read(_parsed(_from_its_headers(body)))
    if letter is None:
        raise FetchError("the mail has no body")
    return letter


def read_letter_head(head: bytes) -> Letter:
    """Read a mail's headers only; ``html`` and ``text`` are None. What follows the headers may be missing.

    Raises:
        FetchError: The headers cannot be read.
    """
    return _head(_parsed(_END_OF_HEADERS.split(head.lstrip(), maxsplit=1)[0] + b"\n\n"))


def _refuse_bombs(body: bytes) -> None:
    if len(body) > MAX_BYTES:
        raise FetchError(f"the mail is larger than {MAX_BYTES // 1_000_000} MB")
    if len(_NESTING.findall(body)) > _MAX_NESTED:
        raise FetchError("MIME parts nested too deep")
    if body.count(b"\n") > _MAX_LINES or len(_BOUNDARY.findall(body)) > _MAX_PARTS:
        raise FetchError("the mail has too many lines or parts for a newsletter")


def _parsed(body: bytes) -> EmailMessage:
    try:
        message = BytesParser(policy=_POLICY).parsebytes(body)
    # The stdlib's parser promises never to raise, and raises anything: RecursionError, IndexError, UnicodeError.
    except Exception as error:
        raise FetchError(f"the mail cannot be parsed ({type(error).__name__})") from error
    assert isinstance(message, EmailMessage)
    return message


def _read(message: EmailMessage) -> Letter | None:
    """The newsletter in a message; None when it has no body."""
    try:
        message = _with_parts(message)
        if message.get_content_type() == "multipart/digest":
            return _digest(message)
        head = _head(message)
        for inner in _forwarded(message):
            if (letter := _read(inner)) is not None:
                return _with_head(letter, head)
        notes: list[str] = []
        page, text = (_content(_body(message, kinds), notes) for kinds in (_HTML, _PLAIN))
    except (FetchError, ExtractError):
        raise
    # As above: the parts and the header parser behind their types raise anything on malformed headers.
    except Exception as error:
        raise FetchError(f"the mail's parts cannot be read ({type(error).__name__})") from error
    if page is None and text is None:
        return None
    return head.model_copy(update={"html": page, "text": text, "notes": tuple(notes)})


def _with_head(inner: Letter, outer: Letter) -> Letter:
    """A forwarded mail; what its own headers do not say is that of the mail around it, and both have readers."""
    said = {name: getattr(inner, name) or getattr(outer, name) for name in ("subject", "message_id", "sender", "date")}
    readers = dict.fromkeys((*inner.readers, *outer.readers))
    readers.pop(said["sender"], None)
    subject = reader_of(tuple(readers)).removed_from(said["subject"])
    return inner.model_copy(update={**said, "subject": subject, "readers": tuple(readers)})


def _from_its_headers(body: bytes) -> bytes:
    """Without the blank lines that some exports put before the headers."""
    return body.lstrip(b"\r\n") if _BLANK_BEFORE_HEADERS.match(body) else body


def _with_parts(message: EmailMessage) -> EmailMessage:
    """A multipart message whose header names no boundary, or a wrong one, parsed by the boundary that is there."""
    if message.get_content_maintype() != "multipart" or not isinstance(message, _Message) or message.is_multipart():
        return message
    payload = message.source.decode("utf-8", "surrogateescape")
    found = _DELIMITER.search(payload)
    if found is None:
        return message
    head = "".join(f"{name}: {value}\n" for name, value in message.raw_items() if name.lower() != "content-type")
    kind = f'Content-Type: {message.get_content_type()}; boundary="{found[1]}"\n\n'
    return _parsed((head + kind + payload).encode("utf-8", "surrogateescape"))


def _forwarded(message: EmailMessage) -> list[EmailMessage]:
    """The mails that a mail is, or holds beside a note; a report of failed delivery quotes what it is about."""
    if message.get_content_type() not in ("message/rfc822", "multipart/mixed"):
        return []
    parts = [message] if message.get_content_type() == "message/rfc822" else message.iter_parts()
    return [_inner(part) for part in parts if part.get_content_type() == "message/rfc822"]


def _inner(part: Message) -> EmailMessage:
    payload = part.get_payload()
    if isinstance(payload, list) and payload and isinstance(payload[0], EmailMessage):
        inner = payload[0]
        if inner.keys():
            return inner
    # Encoded against RFC 2046, section 5.2.1, or not parsed for another reason: its text is a mail all the same.
    holder = payload[0] if isinstance(payload, list) and payload else part
    source = holder.source if isinstance(holder, _Message) else b""
    content, _ = decoded_body(source, str(part.get("content-transfer-encoding", "")), charset="utf-8")
    _refuse_bombs(content)  # what was encoded has not been looked at yet
    return _parsed(_from_its_headers(content))


def _digest(message: EmailMessage) -> Letter | None:
    """A digest as one edition: each of its mails under its subject."""
    head = _head(message)
    letters = [letter for part in message.iter_parts() if (letter := _read(_inner(part))) is not None]
    if not letters:
        return None
    pages = [
        f"<h2>{html.escape(letter.subject)}</h2>"
        + (_FRAME.sub("", letter.html) if letter.html else f"<pre>{html.escape(letter.text or '')}</pre>")
        for letter in letters
    ]
    notes = tuple(dict.fromkeys(note for letter in letters for note in letter.notes))
    readers = tuple(dict.fromkeys(reader for letter in (head, *letters) for reader in letter.readers))
    return head.model_copy(update={"html": "\n".join(pages), "notes": notes, "readers": readers})


def _body(message: EmailMessage, kinds: tuple[str, ...]) -> Message | None:
    """The part that is the body in one of these types; an attachment where nothing else is."""
    subtype = kinds[0].partition("/")[2]
    part = message.get_body(preferencelist=(subtype,))
    if part is not None:
        return part
    has_body = message.get_body(preferencelist=("html", "plain")) is not None
    found = [part for part in message.walk() if part.get_content_type() in kinds]
    return next((part for part in found if not (has_body and part.get_content_disposition() == "attachment")), None)


def _content(part: Message | None, notes: list[str]) -> str | None:
    """A part's text; None when there is none, or only blanks.

    What its transfer encoding did not keep to is added to ``notes``.
    """
    if not isinstance(part, _Message):
        return None
    label = part.get_content_charset()
    encoding = str(part.get("content-transfer-encoding", ""))
    content, note = decoded_body(part.source, encoding, charset=label or "utf-8")
    if not content.strip():
        return None
    if note:
        notes.append(f"{part.get_content_subtype()} part: {note}")
    try:
        return decode(content, label=label, media_type=part.get_content_type())
    except ExtractError as error:
        raise FetchError(error.message, hint=error.hint) from error


def _head(message: EmailMessage) -> Letter:
    values: dict[str, str] = {}
    recipients: list[str] = []
    for name, value in message.raw_items():
        line = "".join(str(value).splitlines())
        values.setdefault(name.lower(), line)
        if name.lower() in _RECIPIENTS:
            recipients.append(line)
    sender = _address(_decoded(values.get("from", "")))
    readers = tuple(address for address in _addresses(recipients) if address != sender)
    return Letter(
        subject=reader_of(readers).removed_from(_line(_decoded(values.get("subject", "")))),
        message_id=_line(values.get("message-id", "")).strip("<> "),
        sender=sender,
        readers=readers,
        date=read_instant(values.get("date", "")),
        html=None,
        text=None,
    )


def _decoded(value: str) -> str:
    """A header's text: encoded words (RFC 2047) and, where a mailer sent them, bytes that are not ASCII.

    ``decode_header`` joins neighbouring words of one charset before decoding, as mailers cut inside characters.
    """
    try:
        chunks = decode_header(value)
    except (HeaderParseError, ValueError):
        return value
    return "".join(_chunk(chunk, label) for chunk, label in chunks)


def _chunk(chunk: bytes | str, label: str | None) -> str:
    if label is None:
        plain = chunk if isinstance(chunk, str) else chunk.decode("raw-unicode-escape")
        if plain.isascii():
            return plain
        chunk = plain.encode("utf-8", "surrogateescape")  # the header's own bytes again
    assert isinstance(chunk, bytes)
    try:
        return decode(chunk, label=label)
    except ExtractError:  # blank, or broken beyond repair: a subject is no reason to refuse a mail
        return chunk.decode("utf-8", "replace")


def _address(value: str) -> str:
    try:
        return _line(parseaddr(value)[1]).lower()
    except RecursionError:  # a comment in a comment in a comment …
        return ""


def _addresses(values: list[str]) -> tuple[str, ...]:
    """The addresses of some headers, each once; none of those that cannot be read."""
    try:
        found = [_line(address).lower() for _, address in getaddresses(values)]
    except (RecursionError, ValueError):
        return ()
    return tuple(dict.fromkeys(address for address in found if "@" in address))


def _line(text: str) -> str:
    return " ".join(visible(text).split())
