"""What names the reader that a mail was sent to: taken out of links and text before any record is written.

A reader is named by a parameter of a table (`pipeline.tracking`), by the token of a click tracker, by a link to his own
preferences, and by his e-mail address, plain or encoded. What cannot be cut off without breaking the link is withheld:
the link stays in the record, without its secret, and is never published.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import quote, unquote

from pipeline.counted import counted_addresses
from pipeline.decoding import decoded
from pipeline.footers import MERGE_TAG, footer_place, withhold
from pipeline.hosts import host_of
from pipeline.records.issues import Issue, Item, Link, Section
from pipeline.redirects import find_pixel, find_tracker, find_wrapper
from pipeline.tracking import held_parameter
from pipeline.urls import opened, without_personal

_MAIL_ADDRESS = re.compile(r"[\w.+%-]{1,64}@(?!\d+\.)(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}", re.IGNORECASE)
_WHOLE_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
_OPAQUE = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[\w=~%.+-]{16,}", re.ASCII)
"""A value that nobody chose: sixteen characters or more, letters and digits."""
_PAIRS = re.compile(r"[&;]")


class Reader(NamedTuple):
    """The reader that a mail was sent to.

    Attributes:
        traces: All forms in which his addresses may stand in a link or a text, in lower case.
    """

    traces: frozenset[str]

    def is_named_in(self, text: str) -> bool:
        """Whether one of the reader's addresses stands in a text, in clear or encoded."""
        if not self.traces:
            return False
        lowered = text.lower()
        plain = unquote(lowered) if "%" in lowered else lowered
        return any(trace in lowered or trace in plain for trace in self.traces)

    def removed_from(self, text: str) -> str:
        """The text with the reader's addresses replaced by ``[reader]``."""
        if not self.is_named_in(text):
            return text
        pattern = "|".join(re.escape(trace) for trace in sorted(self.traces, key=len, reverse=True))
        return re.sub(pattern, "[reader]", text, flags=re.IGNORECASE)


NOBODY = Reader(frozenset())


def reader_of(addresses: Iterable[str]) -> Reader:
    """The reader of a mail by the addresses that it was sent and delivered to."""
    whole = filter(_WHOLE_ADDRESS.fullmatch, map(str.strip, addresses))
    traces = {trace.lower() for address in whole for trace in _traces(address)}
    return Reader(frozenset(trace for trace in traces if len(trace) > 5))


def _traces(address: str) -> Iterator[str]:
    """An address in clear, as in bounces, percent-encoded, in base64, in hexadecimal and hashed.

    With what its owner put behind a ``+`` and without: senders write either.
    """
    local, _, domain = address.rpartition("@")
    bare = f"{local.partition('+')[0]}@{domain}"
    for form in {address, address.lower(), bare, bare.lower()}:
        raw = form.encode()
        yield form
        yield form.replace("@", "=")
        yield quote(form, safe="")
        yield raw.hex()
        yield from _in_base64(raw)
        for name in ("md5", "sha1", "sha256"):
            yield hashlib.new(name, raw, usedforsecurity=False).hexdigest()


def _in_base64(raw: bytes) -> Iterator[str]:
    """What bytes look like within base64 of a longer text: three forms, by how many bytes came before them."""
    for before in range(3):
        encoded = b64encode(b"\0" * before + raw).decode().rstrip("=")
        # The first characters hold bits of what came before, the last one bits of what may come behind.
        first, last = (0, 2, 3)[before], len(encoded) - ((len(raw) + before) % 3 > 0)
        yield from {encoded[first:last], encoded[first:last].translate(_URL_SAFE)}


_URL_SAFE = str.maketrans("+/", "-_")


def scrubbed(issue: Issue, reader: Reader = NOBODY) -> Issue:
    """The issue without anything that names its reader, in links and in text.

    Links of wrappers that carry their target lead there at once, when the wrapper names the reader. Flags added:
    ``subscriber`` (the link named one), ``tracker`` (a click tracker that only its owner can open; ``wrapper`` is its
    hash). A link to a reader's own page becomes a ``footer``.
    """
    links = scrubbed_links(issue.links, reader)
    secrets: dict[str, list[tuple[str, str]]] = {}
    for old, new in zip(issue.links, links, strict=True):
        if (old.found, old.url) != (new.found, new.url):
            secrets.setdefault(old.item, []).extend([(old.found, new.found), (old.url, new.url)])
    changed = {
        "url": withheld(issue.url, reader),
        "title": reader.removed_from(issue.title),
        "sections": tuple(_scrubbed_section(section, secrets, reader) for section in issue.sections),
        "links": tuple(
            link.model_copy(update={"text": text})
            if (text := _replaced(link.text, secrets.get(link.item, ()), reader)) != link.text
            else link
            for link in links
        ),
    }
    # Its fields were checked when it was made; checking a thousand links again costs more than reading them.
    return issue.model_construct(**({name: getattr(issue, name) for name in type(issue).model_fields} | changed))


def scrubbed_links(links: Sequence[Link], reader: Reader = NOBODY) -> tuple[Link, ...]:
    """As `scrubbed`, for the links of one newsletter: what they have in common may name the reader too."""
    found = tuple(scrubbed_link(link, reader) for link in links)
    counted = counted_addresses(link.url for link in found if link.publishable)
    if not counted:
        return found
    return tuple(_counted(link) if link.publishable and link.url in counted else link for link in found)


def _counted(link: Link) -> Link:
    """A link by a counter of the newsletter's own; its hash finds the target again."""
    parts, _ = host_of(link.url)
    held = f"{parts.scheme}://{parts.netloc}/" if parts is not None else ""
    named = link.model_copy(update={"wrapper": wrapper_hash(link.url)})
    return _flagged(_with_address(named, held), "tracker", "subscriber")


def withheld(url: str, reader: Reader = NOBODY) -> str:
    """An address without personal parameters, and without all that may name a reader where something still does."""
    bare = without_personal(url)
    return withhold(bare, reader.traces) if names_somebody(bare, reader) else bare


def names_somebody(url: str, reader: Reader = NOBODY) -> bool:
    """Whether an address still carries a token or an e-mail address of a subscriber, in clear or encoded."""
    parts, host = host_of(url)
    if parts is None or parts.scheme not in ("http", "https"):
        return reader.is_named_in(url)
    if reader.is_named_in(url):
        return True
    pairs = [pair.partition("=") for pair in _PAIRS.split(f"{parts.query}&{parts.fragment}") if pair]
    for name, _, value in pairs:
        if held_parameter(name, host) and _OPAQUE.fullmatch(unquote(value)):
            return True
    segments = [segment for segment in parts.path.split("/") if not segment.startswith("@")]
    values = [value for name, mark, rest in pairs for value in ((rest,) if mark else (name,))]
    return any(_holds_mail_address(value, reader) for value in (*segments, *values))


def _holds_mail_address(value: str, reader: Reader) -> bool:
    plain = unquote(unquote(value))  # links that another program wrapped are encoded twice
    if "@" in plain and _MAIL_ADDRESS.fullmatch(plain):
        return True
    return any(_MAIL_ADDRESS.search(unquote(text)) or reader.is_named_in(text) for text in decoded(plain))


def scrubbed_link(link: Link, reader: Reader = NOBODY) -> Link:
    """As `scrubbed`, for one link. Idempotent."""
    if link.kind == "image":
        return _scrubbed_image(link, reader)
    url = without_wrappers(link.url)
    if url != link.url:
        link = _with_address(link, url)
    place = footer_place(url, link.text)
    if place is not None:
        link = link if link.kind == "footer" else link.model_copy(update={"kind": "footer"})
        named = place.personal and (place is MERGE_TAG or withhold(url, reader.traces) != url)
        named = named or names_somebody(url, reader)
        return _flagged(_with_address(link, withhold(url, reader.traces)), "subscriber") if named else link
    parts, host = host_of(url)
    tracker = find_tracker(parts, host) if parts is not None else None
    if parts is not None and tracker is not None and tracker.personal and "tracker" not in link.flags:
        # Its token cannot be cut off without cutting the way to the target; its hash finds the target again.
        held = f"{parts.scheme}://{parts.netloc}{tracker.path}"
        link = link.model_copy(update={"wrapper": wrapper_hash(url)})
        return _flagged(_with_address(link, held), "tracker", "subscriber")
    wrapper = find_wrapper(parts, host) if parts is not None else None
    if names_somebody(url, reader) or (wrapper is not None and wrapper.personal):
        return _flagged(_with_address(link, withhold(url, reader.traces)), "subscriber")
    return link


def without_wrappers(url: str) -> str:
    """The address that is behind wrappers which name the reader, without personal parameters; campaign tags stay."""
    target, personal = opened(url)
    return without_personal(target if personal else url)


def wrapper_hash(url: str) -> str:
    """The SHA-256 by which the target of a click tracker is remembered without its address."""
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()


def _scrubbed_image(link: Link, reader: Reader) -> Link:
    parts, host = host_of(link.url)
    pixel = find_pixel(host, parts.path) if parts is not None else None
    if pixel is not None and pixel.personal:
        return _flagged(_with_address(link, withhold(link.url, reader.traces)), "tracker")
    if names_somebody(link.url, reader):
        return _flagged(_with_address(link, withhold(link.url, reader.traces)), "subscriber")
    return link


def _with_address(link: Link, url: str) -> Link:
    """The link with another address, in ``found`` too: the one before named the reader."""
    found = link.found.replace(link.url, url) if link.url and link.url in link.found else url
    return link if (url, found) == (link.url, link.found) else link.model_copy(update={"url": url, "found": found})


def _flagged(link: Link, *flags: str) -> Link:
    added = tuple(flag for flag in flags if flag not in link.flags)
    return link.model_copy(update={"flags": (*link.flags, *added)}) if added else link


def _scrubbed_section(section: Section, secrets: dict[str, list[tuple[str, str]]], reader: Reader) -> Section:
    """The section without the addresses that were cut (text/plain mails show them) and without the reader's own."""
    if not reader.traces and not any(item.id in secrets for item in section.items):
        return section
    pairs = [pair for item in section.items for pair in secrets.get(item.id, ())]
    items = tuple(_scrubbed_item(item, secrets.get(item.id, ()), reader) for item in section.items)
    return section.model_copy(update={"items": items, "title": _replaced(section.title, pairs, reader)})


def _scrubbed_item(item: Item, secrets: Collection[tuple[str, str]], reader: Reader) -> Item:
    head, text = _replaced(item.head, secrets, reader), _replaced(item.text, secrets, reader)
    return item if (head, text) == (item.head, item.text) else item.model_copy(update={"head": head, "text": text})


def _replaced(text: str, secrets: Collection[tuple[str, str]], reader: Reader) -> str:
    for secret, plain in secrets:
        text = text.replace(secret, plain) if secret else text
    return reader.removed_from(text)
