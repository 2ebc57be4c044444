"""What parsers of feeds, mails, YAML and TOML are given: mutated by bytes and by trees, and made to exhaust them."""

from __future__ import annotations

import copy
import datetime as dt
import random
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from lxml import etree

from pipeline.config import read_settings
from pipeline.errors import MaeilError
from pipeline.feeds import parse_feed
from pipeline.fetch import issue_of_file
from torture.goals import Case, Form

BATCH = 250
FEEDS, MAILS = 10_000, 4_000
"""How many mutants the long form has."""
CPU_S = 5.0

_NOW, _ZONE = dt.datetime(2024, 6, 13, tzinfo=dt.UTC), ZoneInfo("Asia/Seoul")

_FEEDS = (
    b'<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    b"<title>News &amp;amp; Notes</title><item><title>One</title><link>https://news.example/1</link>"
    b'<guid isPermaLink="false">g</guid><pubDate>Fri, 03 May 2024 22:09:28 KST</pubDate>'
    b"<content:encoded><![CDATA[<p>One story.</p>]]></content:encoded></item></channel></rss>",
    b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/"><title>x</title><entry><id>tag:1</id>'
    b'<title type="html">A &amp;amp; B</title><link href="/rel"/><updated>2024-05-03T22:09:28Z</updated>'
    b'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>hi</p></div></content></entry></feed>',
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
    b'<channel rdf:about="x"><title>t</title></channel><item rdf:about="y"><title>i</title></item></rdf:RDF>',
)
_XML = (
    b"<x:y/>", b"<soap:Envelope/>", b'xmlns="&#xD800;"', b"<!---->", b"<![CDATA[", b"]]>", b"&#x1;", b"&nbsp;",
    b'xmlns:a=""', b'xml:lang="', b'<media:content url="', b"<georss:point>", b'<itunes:image href=""/>',
    b"<!DOCTYPE x [", b'<?xml encoding="utf-7"?>', b":", b'"', b"<", b">", b"/", b"\xff", b"\x00", b"<dc:date>",
    b'type="text/html" mode="base64"', b" ".join(b'a%d="b"' % number for number in range(300)),
)  # fmt: skip
_MAIL = (
    b"Subject: Small\nDate: Wed, 12 Jun 2024 21:40:12 +0000\nMIME-Version: 1.0\n"
    b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: multipart/alternative; boundary=c\n\n'
    b"--c\nContent-Type: text/plain\n\nOne story.\n--c\nContent-Type: text/html\n"
    b'Content-Transfer-Encoding: quoted-printable\n\n<p class=3D"x">One story.</p>\n--c--\n'
    b"--b\nContent-Type: message/rfc822\n\nSubject: Inner\n\nOne more.\n--b--\n"
)
_MIME = (
    b"Content-Type: message/rfc822\n\n", b"Content-Type: multipart/digest; boundary=c\n\n", b"--b\n", b"--c--\n", b"\n",
    b"Content-Type: multipart/alternative\n\n", b"boundary=----=_b=1", b"Content-Disposition: attachment\n",
    b"Content-Type: application/xhtml+xml\n\n", b"Content-Transfer-Encoding: base64\n", b"charset=utf-7", b"=3D",
    b"Content-Transfer-Encoding: quoted-printable\n", b"=?utf-8?B?", b"\xff", b"\x00", b";", b'"', b"(",
    b"Content-Type: ", b"\n\n",
)  # fmt: skip


def _markdown(front: str) -> bytes:
    return f"---\n{front}\n---\n# News\n\n- One thing happened.\n".encode()


def _aliases() -> str:
    names = "abcdefghi"
    rows = (f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]" for before, name in pairwise(names))
    return "\n".join(["a: &a [x,x,x,x,x,x,x,x,x]", *rows, "date: *i"])


YAML_BOMBS = {
    "aliases": _aliases(),
    "brackets": "a: " + "[" * 20_000,
    "braces": "a: " + "{a: " * 10_000,
    "lists": "- " * 10_000,
    "merged": "a: &a {b: c}\n" + "<<: *a\n" * 2_000,
    "names": "\n".join(f"a{number}: b" for number in range(5_000)),
    "number": f"date: {'9' * 60_000}",
    "hexadecimal": f"title: 0x{'f' * 60_000}",
    "escape": 'title: "\\UFFFFFFFF"',
    "minutes": "date: " + ":".join(["59"] * 20_000),
}
TOML_BOMBS = {
    "brackets": "a = " + "[" * 5_000,
    "braces": "a = " + "{a=" * 5_000,
    "names": ".".join("a" * 5_000) + " = 1",
    "number": "a = " + "9" * 100_000,
}


def parser_cases(form: Form, _: Path) -> Sequence[Case]:
    """Mutants in batches, each batch with a seed of its own, and every bomb."""
    feeds, mails = (1, 1) if form.short else (FEEDS // BATCH, MAILS // BATCH)
    return [
        *(Case(f"yaml-{name}", _within_time(_read_markdown, _markdown(bomb))) for name, bomb in YAML_BOMBS.items()),
        *(Case(f"toml-{name}", _settings(bomb)) for name, bomb in TOML_BOMBS.items()),
        *(Case(f"feeds-{number}", _mutants(parse_feed, _feed, form.seed + number), BATCH) for number in range(feeds)),
        *(Case(f"mails-{number}", _mutants(_read_mail, _mail, form.seed + number), BATCH) for number in range(mails)),
    ]


def _read_markdown(body: bytes) -> object:
    return issue_of_file("24-06-12-x.md", body, source="input", now=_NOW, zone=_ZONE)


def _read_mail(body: bytes) -> object:
    return issue_of_file("24-06-12-x.eml", body, source="input", now=_NOW, zone=_ZONE)


def _within_time(read: Callable[[bytes], object], body: bytes) -> Callable[[Path], Iterator[str]]:
    def check(_: Path) -> Iterator[str]:
        yield from _trouble(lambda: read(body))

    return check


def _settings(text: str) -> Callable[[Path], Iterator[str]]:
    def check(folder: Path) -> Iterator[str]:
        (folder / "maeil.toml").write_text(text, "utf-8")
        yield from _trouble(lambda: read_settings(folder))

    return check


def _trouble(call: Callable[[], object]) -> Iterator[str]:
    before = time.process_time()
    try:
        call()
    except MaeilError as error:
        if "\n" in str(error):
            yield f"more than one line: {error}"
    except Exception as error:
        yield f"{type(error).__name__}: {str(error)[:80]}"
    if (took := time.process_time() - before) > CPU_S:
        yield f"took {took:.1f} s"


def _mutants(
    read: Callable[[bytes], object], made: Callable[[random.Random], bytes], seed: int
) -> Callable[[Path], Iterator[str]]:
    def check(_: Path) -> Iterator[str]:
        chance = random.Random(seed)
        for _number in range(BATCH):
            body = made(chance)
            yield from (f"{wrong} on {body[:200]!r}" for wrong in _trouble(lambda body=body: read(body)))  # type: ignore[misc]

    return check


def _feed(chance: random.Random) -> bytes:
    body = chance.choice(_FEEDS)
    if chance.random() < 0.5:
        body = _grafted(body, chance)
    return _mutated(body, _XML, chance) if chance.random() < 0.8 else body


def _mail(chance: random.Random) -> bytes:
    return _mutated(_MAIL, _MIME, chance)


def _grafted(body: bytes, chance: random.Random) -> bytes:
    """The same tree with branches taken out, doubled, put elsewhere or renamed."""
    root = etree.fromstring(body)
    for _ in range(chance.randint(1, 6)):
        nodes = list(root.iter())
        branch, place = chance.choice(nodes), chance.choice(nodes)
        kind = chance.randrange(4)
        if kind == 0 and branch.getparent() is not None:
            branch.getparent().remove(branch)
        elif kind == 1 and len(nodes) < 2_000:
            place.append(copy.deepcopy(branch))
        elif kind == 2:
            branch.tag = chance.choice(nodes).tag
        else:
            branch.text = chance.choice(("", "<", "&", "\ud7ff", "x" * 500, "2024-02-30", "http://[::1"))
    return etree.tostring(root)


def _mutated(body: bytes, pieces: Sequence[bytes], chance: random.Random) -> bytes:
    data = bytearray(body)
    for _ in range(chance.randint(1, 8)):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.randint(0, 40))
        kind = chance.randrange(5)
        if kind == 0:
            del data[start:end]
        elif kind == 1:
            data[start:start] = chance.choice(pieces)
        elif kind == 2:
            data[start:start] = data[end : end + chance.randint(0, 60)]
        elif kind == 3:
            data[start:start] = data[start:end] * chance.randint(1, 20)
        elif start < len(data):
            data[start] = chance.randrange(256)
    return bytes(data)
