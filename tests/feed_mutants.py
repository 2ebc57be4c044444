"""Feeds broken by bytes and by trees, for tests and for the torture: each is read, or refused in one line."""

from __future__ import annotations

import random
from collections.abc import Callable
from xml.sax.saxutils import escape

_PIECES = (
    "<x:y/>", "<soap:Envelope/>", '<!----><d n="" xmlns="&#xD800;">', "<![CDATA[", "]]>", "<?xml?>", "<?p?>", "&#0;",
    "&#xD800;", "&nbsp;", "&amp;", '<!DOCTYPE a [<!ENTITY b "c">]>', "<item>", "</item>", "<entry xmlns='http://www.w3.org/2005/Atom'>",
    "</channel>", "<a:b xmlns:a=''/>", "<b xmlns:xml='x'/>", "<b xml:base='http://['/>", "<link href='http://[::1'/>",
    "<pubDate>Fri, 99 Foo 20246 99:99:99 +9999</pubDate>", "<georss:point>1</georss:point>", "<media:content url=''/>",
    "<itunes:duration>x</itunes:duration>", "<content type='xhtml'><div>", "<content mode='base64'>!!</content>",
    "<title type='application/octet-stream'>x</title>", "<guid isPermaLink='true'/>", "<enclosure length='-1e9'/>",
    "<gml:Point><gml:pos>a b</gml:pos></gml:Point>", "\x00", "\ufffe", "\U0010ffff", "<" * 40, "'\"", "<![CDATA[]]]]>",
)  # fmt: skip

FEED = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    "<channel><title>Daily</title>"
    + "".join(
        f"<item><title>Issue {n}</title><link>https://news.example/{n}</link><guid>g{n}</guid>"
        f"<pubDate>Fri, 0{n} May 2024 22:09:28 GMT</pubDate><content:encoded>"
        + escape("<h1>AI</h1>" + "<p>Acme released a model.</p>" * 30)
        + "</content:encoded></item>"
        for n in range(1, 4)
    )
    + "</channel></rss>"
)


def mutant(seed: int) -> bytes:
    """A feed with one to six things wrong with it; the same for the same seed."""
    dice = random.Random(seed)
    text = FEED
    for _ in range(dice.randint(1, 6)):
        text = dice.choice(_CHANGES)(text, dice)
    return text.encode("utf-8", "surrogatepass")


def _insert(text: str, dice: random.Random) -> str:
    at = dice.randrange(len(text) + 1)
    return text[:at] + dice.choice(_PIECES) + text[at:]


def _insert_between_tags(text: str, dice: random.Random) -> str:
    places = [place + 1 for place, character in enumerate(text) if character == ">"] or [0]
    at = dice.choice(places)
    return text[:at] + dice.choice(_PIECES) + text[at:]


def _cut(text: str, dice: random.Random) -> str:
    start = dice.randrange(len(text) + 1)
    return text[:start] + text[start + dice.randrange(1, 60) :]


def _repeat(text: str, dice: random.Random) -> str:
    start = dice.randrange(len(text) + 1)
    return text[:start] + text[start : start + dice.randrange(1, 80)] * dice.randrange(2, 9) + text[start:]


def _swap(text: str, dice: random.Random) -> str:
    at = dice.randrange(max(1, len(text) - 1))
    return (
        text[:at]
        + chr(dice.choice((0, 9, 38, 60, 62, 34, 58, 0xD7FF, 0xFFFD, dice.randrange(0xD7FF))))
        + text[at + 1 :]
    )


def _rename(text: str, dice: random.Random) -> str:
    tags = ("rss", "channel", "item", "title", "link", "guid", "pubDate", "content:encoded")
    new = ("feed", "rdf:RDF", "entry", "x:title", "RSS", "dc:date", "atom:link", "media:group", "image", "textinput")
    return text.replace(dice.choice(tags), dice.choice((*new, *tags)))


_CHANGES: tuple[Callable[[str, random.Random], str], ...] = (
    _insert, _insert_between_tags, _insert_between_tags, _cut, _repeat, _swap, _rename,
)  # fmt: skip
