"""The doors: what came over the wire to the HTML and the head of one edition."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline import commonmark, matter
from pipeline.characters import visible, with_small_x
from pipeline.charset import decode
from pipeline.errors import ExtractError, FetchError
from pipeline.extract import normalise, page, plaintext
from pipeline.extract.page import Root
from pipeline.records.sources import RawIssue

_MARKDOWN_NAMES = (".md", ".markdown", ".mdx")
_MAIL_NAMES = (".eml",)
_HTML_START = re.compile(r"\A<(?:!doctype html|html|head|body|div|table|article|main)\b", re.IGNORECASE)
_XML_FEED = re.compile(r"\A(?:<\?xml[^>]{0,200}>\s*)?<(?:rss|feed|rdf:rdf)\b", re.IGNORECASE)


class Surface(NamedTuple):
    """One edition as HTML.

    Attributes:
        html: Its body, or the whole page that it stands in.
        root: The element that holds the newsletter; None where all does.
        plain: It was a plain-text mail.
        readers: Addresses that a mail was sent and delivered to.
        notes: What was odd about it, for the record.
    """

    html: str
    title: str = ""
    url: str = ""
    root: Root | None = None
    sheets: tuple[str, ...] = ()
    plain: bool = False
    readers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def surface_of(raw: RawIssue, body: bytes) -> Surface:
    """The edition ``raw`` in the bytes it was found in.

    Raises:
        ExtractError: The bytes hold no such edition, or no text.
    """
    name, media_type = raw.capture.file.lower(), raw.capture.media_type
    if raw.entry is not None:
        return _from_feed(raw.entry, body)
    if media_type == "message/rfc822" or name.endswith(_MAIL_NAMES):
        return _from_mail(body)
    text = visible(decode(body, label=raw.capture.charset, media_type=media_type)).lstrip()
    if _XML_FEED.match(text):
        raise ExtractError("this is a feed, not one edition of a newsletter")
    if media_type == "text/markdown" or name.endswith(_MARKDOWN_NAMES):
        return _from_markdown(text)
    if "html" in media_type or name.endswith((".html", ".htm", ".xhtml")) or _HTML_START.match(text):
        return _from_html(text)
    return _from_text(text)


def _from_feed(entry_id: str, body: bytes) -> Surface:
    from pipeline.feeds import parse_feed

    try:
        feed = parse_feed(body)
    except FetchError as error:
        raise ExtractError(error.message, hint=error.hint) from error
    entry = next((entry for entry in feed.entries if entry.id == entry_id), None)
    if entry is None:
        raise ExtractError("the feed no longer holds this entry")
    if not entry.html.strip():
        raise ExtractError("the feed holds only a summary of this entry", hint="its page has the text")
    return _from_html(visible(entry.html))._replace(title=entry.title, url=entry.url)


def _from_mail(body: bytes) -> Surface:
    from pipeline.letters import read_letter

    try:
        letter = read_letter(body)
    except FetchError as error:
        raise ExtractError(error.message, hint=error.hint) from error
    if letter.html and letter.html.strip():
        surface = _from_html(visible(letter.html))
    elif letter.text and letter.text.strip():
        surface = _from_text(visible(letter.text), mail=True)
    else:
        raise ExtractError("the mail has no text")
    return surface._replace(title=letter.subject, readers=letter.readers, notes=letter.notes)


def _from_markdown(text: str) -> Surface:
    title, url, text = _front_matter(text)
    text = normalise.without_editor_marks(text)
    if plaintext.looks_plain(text):
        return Surface(plaintext.to_html(text), title, url, plain=True)
    html = normalise.with_raw_text_opened(commonmark.html(normalise.with_open_ends_closed(normalise.for_the_web(text))))
    return Surface(html, title, url, sheets=page.style_sheets(html))


def _front_matter(text: str) -> tuple[str, str, str]:
    """Title, address and body; front matter that is not YAML is left out unread."""
    head, body = matter.split(text)
    if head is None:
        return "", "", text
    try:
        fields = matter.scalars(head)
    except matter.MatterError:
        return "", "", body
    title, url = fields.get("title") or "", fields.get("url") or ""
    return str(title), url if isinstance(url, str) else "", body


def _from_html(text: str) -> Surface:
    head, rest, sheets = page.parts(normalise.without_editor_marks(normalise.for_the_web(with_small_x(text))))
    html = normalise.with_raw_text_opened(rest)
    return Surface(html, head.title, head.url, page.root_of(html), sheets)


def _from_text(text: str, *, mail: bool = False) -> Surface:
    if _HTML_START.match(text.lstrip()):
        return _from_html(text)
    if mail or plaintext.looks_plain(text):
        return Surface(plaintext.to_html(text), plain=True)
    return _from_markdown(text)
