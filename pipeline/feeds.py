"""RSS and Atom, read: the entries of a feed, each with its full text where the feed gives it."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
from collections import Counter
from collections.abc import Mapping
from html.entities import html5
from typing import Any

from lxml import etree

from pipeline.characters import visible
from pipeline.charset import decode
from pipeline.errors import ExtractError, FetchError
from pipeline.instants import read_instant
from pipeline.records.base import Record

MAX_BYTES = 15_000_000
_MAX_ENTRIES = 20_000  # feedparser takes 5 s for 100,000; a whole archive of three years has 701
# feedparser takes time n² for n attributes of an element and for n namespaces of a feed (16,000 attributes: 3 s; 12,000
# namespaces: 5 s); in all else that was tried, and lxml in these too, the time grows with the size.
_MAX_ATTRIBUTES = 100
_MAX_NAMESPACES = 200
_ROOTS = {"rss", "feed", "RDF"}

# Buttondown's feed has the whole newsletter in <description>, news.smol.ai's only a paragraph of Markdown. Full text
# is HTML with blocks, and longer than any teaser (WordPress cuts at 55 words, Substack's subtitles have 30).
_BLOCK = re.compile(r"</(?:p|li|h[1-6]|td|blockquote)\s?>", re.IGNORECASE)
_TEASER_WORDS = 150

_DATES = ("published", "created", "updated")  # in order of trust; feedparser's names for every dialect's own

# Characters that XML 1.0 does not have, as such or by number (https://www.w3.org/TR/xml/#charsets): at the first one
# lxml gives up, or drops every entity after it. 22 stand in 701 issues, pasted from elsewhere.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BY_NUMBER = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,20})|([0-9]{1,20}));")
_AMPERSAND = re.compile(r"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)(\w{1,31};)?")


class Entry(Record):
    """One entry of a feed.

    Attributes:
        id: Unique in the feed: its guid, or its link where guids repeat.
        url: As the feed has it: may be relative, or empty.
        title: Plain text on one line.
        published: UTC; when the feed says only when it was updated, that.
        html: The full text as HTML; empty when the feed has no full text.
        summary: The teaser, as the feed has it.
    """

    id: str
    url: str
    title: str
    published: dt.datetime | None
    html: str
    summary: str


class Feed(Record):
    """A feed; it may have no entries at the moment."""

    title: str
    entries: tuple[Entry, ...]


def parse_feed(body: bytes, *, charset: str | None = None) -> Feed:
    """Read RSS 0.9 to 2.0 or Atom.

    The XML is parsed and written anew by lxml first (no entities of its own, no comments, at most 256 levels), so
    that feedparser, which is quadratic on repeated ``<!--`` and on what is not XML, is only given harmless XML.

    Args:
        body: After decompression.
        charset: As the response labels it.

    Raises:
        FetchError: It is empty, HTML, not a feed, or made to exhaust a parser.
    """
    if not body.strip():
        raise FetchError("the feed is empty")
    if len(body) > MAX_BYTES:
        raise FetchError(f"the feed is larger than {MAX_BYTES // 1_000_000} MB")
    try:
        text = decode(body, label=charset, media_type="application/xml")
    except ExtractError as error:
        raise FetchError(error.message, hint=error.hint) from error
    try:
        return _read(_harmless(text))
    except UnicodeError as error:  # a name that is half of a surrogate pair: libxml2 mends it, lxml cannot show it
        raise FetchError("this is no feed, where RSS or Atom was expected") from error


def _harmless(text: str) -> bytes:
    root = _root(text)
    name = "" if root is None else root.tag.rpartition("}")[2] if isinstance(root.tag, str) else ""
    if root is None or name not in _ROOTS or ":" in name:
        kind = "a web page (HTML)" if re.search(r"<(?:!doctype\s)?html", text[:1000], re.IGNORECASE) else "no feed"
        raise FetchError(f"this is {kind}, where RSS or Atom was expected")
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):  # type: ignore[attr-defined]  # missing in lxml-stubs
        raise FetchError("the feed declares XML entities of its own, which are not read")
    count = sum(1 for _ in root.iter("{*}item", "{*}entry"))
    if count > _MAX_ENTRIES:
        raise FetchError(f"the feed has {count} entries, more than {_MAX_ENTRIES}")
    for element in root.iter():
        if len(element.attrib) > _MAX_ATTRIBUTES:
            element.attrib.clear()
    etree.cleanup_namespaces(root)  # those that nothing is in
    names = (str(name) for element in root.iter() for name in (element.tag, *element.attrib))
    if len({name.rpartition("}")[0] for name in names}) > _MAX_NAMESPACES:
        raise FetchError(f"the feed has names of more than {_MAX_NAMESPACES} namespaces")
    try:
        return etree.tostring(root, encoding="utf-8", xml_declaration=True)
    except (etree.LxmlError, ValueError, UnicodeError) as error:  # a name that a mended tree holds and XML does not
        raise FetchError("this is no feed, where RSS or Atom was expected") from error


def _root(text: str) -> etree._Element | None:
    text = _BY_NUMBER.sub(_allowed, _FORBIDDEN.sub(" ", text))
    try:
        return _tree(text, recover=False)
    except (etree.LxmlError, ValueError):
        pass
    try:
        return _tree(_mended(text), recover=True)
    except (etree.LxmlError, ValueError):
        return None


def _allowed(reference: re.Match[str]) -> str:
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    known = number <= 0x10FFFF and (number >= 0x20 or number in (0x9, 0xA, 0xD))
    return " " if not known or _FORBIDDEN.match(chr(number)) else f"&#{number};"


def _tree(text: str, *, recover: bool) -> etree._Element | None:
    parser = etree.XMLParser(
        encoding="utf-8",  # whatever the declaration says: the text is decoded already
        recover=recover,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    return etree.fromstring(text.encode("utf-8", "replace").lstrip(), parser)


def _mended(text: str) -> str:
    """A feed that is not XML because of bare ampersands and HTML's entities, made XML; CDATA stays as it is."""
    first, *rest = text.split("<![CDATA[")
    pieces = [_AMPERSAND.sub(_entity, first)]
    for piece in rest:
        inside, end, after = piece.partition("]]>")
        pieces += ["<![CDATA[", inside, end, _AMPERSAND.sub(_entity, after)]
    return "".join(pieces)


def _entity(match: re.Match[str]) -> str:
    name = match[1]
    if name is None:
        return "&amp;"
    return html.escape(html5[name]) if name in html5 else f"&amp;{name}"


def _read(xml: bytes) -> Feed:
    import feedparser  # slow to import, and most commands read no feed

    try:
        # A stream, not bytes: feedparser takes bytes and str for a file name or a URL first.
        parsed = feedparser.parse(
            io.BytesIO(xml),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
        found = tuple(_entry(entry) for entry in parsed.entries)
        title = _plain(_field(parsed.feed, "title"))
    # feedparser reports what it knows in `bozo` and raises anything for the rest (AssertionError, KeyError, …).
    except Exception as error:
        raise FetchError(f"the feed cannot be parsed ({type(error).__name__})") from error
    return Feed(title=title, entries=_with_unique_ids(found))


def _entry(entry: Mapping[str, Any]) -> Entry:
    full = next((_as_html(content) for content in entry.get("content", ()) if (content.get("value") or "").strip()), "")
    summary = _field(entry, "summary")
    if not full and _BLOCK.search(summary) and len(summary.split()) > _TEASER_WORDS:
        full = summary
    url = _field(entry, "link")
    return Entry(
        id=_field(entry, "id") or url,
        url=url,
        title=_plain(_field(entry, "title")),
        published=next(filter(None, (read_instant(_field(entry, key)) for key in _DATES)), None),
        html=full,
        summary="" if summary == full else summary,
    )


def _field(entry: Mapping[str, Any], name: str) -> str:
    # Asked with `in` first: feedparser answers for a missing `updated` with a deprecation warning; it also gives None.
    return (entry[name] or "").strip() if name in entry else ""


def _as_html(content: Mapping[str, Any]) -> str:
    value = str(content["value"])
    if content.get("type") == "text/plain" and not _BLOCK.search(value):
        return "".join(f"<p>{html.escape(part)}</p>" for part in re.split(r"\n\s*\n", value))
    return value


def _with_unique_ids(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Ids that repeat (179 of 701 in one real feed) are replaced by the link, then by link, date and title.

    Entries equal in all of these are one entry; entries with neither id, text nor title are none.
    """
    ids = Counter(entry.id for entry in entries)
    urls = Counter(entry.url for entry in entries)
    unique: dict[str, Entry] = {}
    for entry in entries:
        if not (entry.id or entry.html or entry.title):
            continue
        name = entry.id
        if ids[name] > 1 or not name:
            name = entry.url if urls[entry.url] == 1 and entry.url else f"{entry.url} {entry.published} {entry.title}"
        unique.setdefault(name, entry.model_copy(update={"id": name}))
    return tuple(unique.values())


def _plain(title: str) -> str:
    """Titles are HTML in most feeds, and text in the others: one layer of entities is left to decode."""
    return " ".join(visible(html.unescape(title)).split())
