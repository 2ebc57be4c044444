"""Bombs: what takes little room on the wire and a lot of time or memory to read."""

from __future__ import annotations

import base64
import gzip
import resource
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.model_faults import http
from tests.rooms import new_root
from torture.fetching import SETTINGS, fetched
from torture.forks import Ended
from torture.goals import Case, Form
from torture.rooms import Room, maeil, new_room, unclear

CPU_S, MORE_KIB = 5.0, 225 * 1024
"""300 MB in all: 75 are taken before anything is read, by code. The analyser of the extra ``[ko]``, which takes 500
where it is installed, is loaded before the forks and counts as code."""
SAMPLE = ("depth.eml", "attributes.html", "rules.html", "feed-gzip")
"""What the short form tries."""

_HEAD = b"From: a@news.example\nSubject: Small\nDate: Wed, 12 Jun 2024 21:40:12 +0000\nMessage-ID: <1@news.example>\n"
_MULTI = b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"


def _nested_parts(depth: int) -> bytes:
    return _HEAD + b"".join(_MULTI % (level, level) for level in range(depth)) + b"Content-Type: text/plain\n\nx\n"


def _many_parts(count: int) -> bytes:
    part = b"--b0\nContent-Type: text/html\n\n<p>one more part</p>\n"
    return _HEAD + b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b0\n\n" + part * count + b"--b0--\n"


def _letters_within(depth: int) -> bytes:
    return _HEAD + b"Content-Type: message/rfc822\n\n" * depth + b"x"


def _encoded(body: bytes) -> bytes:
    head = b"MIME-Version: 1.0\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n"
    return _HEAD + head + base64.encodebytes(body)


def _page(body: bytes) -> bytes:
    return b"<!doctype html><html><body><article><h1>AI</h1>" + body + b"</article></body></html>"


FILES: dict[str, Callable[[], bytes]] = {
    "deep.html": lambda: _page(b"<div>" * 200_000),
    "quotes.html": lambda: _page(b"<blockquote><ul><li>" * 30_000),
    "bold.html": lambda: _page(b"<b>x" * 100_000),
    "fonts.html": lambda: _page(b"<font color=red><i>" * 50_000),
    "comments.html": lambda: _page(b"<!--" * 60_000),
    "entities.html": lambda: _page(b"&amp;&copy;&#x41;" * 300_000),
    "attribute.html": lambda: _page(b"<p title='" + b"x" * 10_000_000 + b"'>x</p>"),
    "attributes.html": lambda: _page(b"<p " + b" ".join(b"a%d=b" % n for n in range(200_000)) + b">x</p>"),
    "tables.html": lambda: _page(b"<table><tr><td>" * 20_000),
    "style.html": lambda: _page(b"<style>" + b".a{b:c}" * 500_000 + b"</style>"),
    "rules.html": lambda: _page(
        b"<style>" + b"p{color:red}" * 30_000 + b"</style>" + b"".join(b"<p class=a%d>x" % n for n in range(3_000))
    ),
    "classes.html": lambda: _page(
        b"<style>.a{color:red}</style>" + b"".join(b"<p id=p%d class='%s'>x" % (n, b"a " * 1_000) for n in range(1_000))
    ),
    "line.html": lambda: _page(b"<p>" + b"x" * 10_000_000 + b"</p>"),
    "links.html": lambda: _page(b"<a href=https://a.example/x>x</a> " * 60_000),
    "quotes.md": lambda: b"# AI\n\n" + b">" * 20_000 + b" x\n",
    "brackets.md": lambda: b"# AI\n\n" + b"[" * 60_000 + b"\n",
    "stars.md": lambda: b"# AI\n\n" + b"*a " * 60_000 + b"\n",
    "links.md": lambda: b"# AI\n\n" + b"[a](" * 40_000 + b"\n",
    "pipes.md": lambda: b"# AI\n\n" + b"|a" * 50_000 + b"\n" + b"|-" * 50_000 + b"\n",
    "ticks.md": lambda: b"# AI\n\n" + b"".join(b"`" * n + b" " for n in range(1, 1_000)) + b"\n",
    "lists.md": lambda: b"# AI\n\n" + b"".join(b" " * n + b"- x\n" for n in range(1_500)),
    "angles.md": lambda: b"# AI\n\n" + b"<a" * 100_000 + b"\n",
    "references.md": lambda: b"# AI\n\n" + b"".join(b"[%d]: https://a.example/\n" % n for n in range(40_000)),
    "aliases.md": lambda: b"---\na: &a [x,x,x]\n" + b"".join(
        b"%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n" % (98 + n, 98 + n, *[97 + n] * 8) for n in range(12)
    ) + b"---\n\n# AI\n\nx\n",
    "depth.eml": lambda: _nested_parts(1_000),
    "parts.eml": lambda: _many_parts(10_000),
    "within.eml": lambda: _letters_within(2_000),
    "headers.eml": lambda: b"".join(b"X-%d: y\n" % n for n in range(10_000)) + _HEAD + b"\nx\n",
    "header.eml": lambda: _HEAD + b"X: " + b"y" * 1_000_000 + b"\n\nx\n",
    "words.eml": lambda: _HEAD + b"X: " + b"=?utf-8?q?a?= " * 60_000 + b"\n\nx\n",
    "base64.eml": lambda: _encoded(_page(b"\0" * 8_000_000)),
}  # fmt: skip


def _zeros(form: int, megabytes: int) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, form)
    return b"".join([*(packer.compress(bytes(1_000_000)) for _ in range(megabytes)), packer.flush()])


def _lol() -> bytes:
    lines = [b'<!ENTITY a0 "lol">', *(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))]
    return (
        b'<?xml version="1.0"?><!DOCTYPE r ['
        + b"".join(lines)
        + b"]><rss><channel><title>&a11;</title></channel></rss>"
    )


def _quadratic() -> bytes:
    entity = b'<!DOCTYPE r [<!ENTITY a "' + b"x" * 100_000 + b'">]>'
    return b'<?xml version="1.0"?>' + entity + b"<rss><channel><title>" + b"&a;" * 50_000 + b"</title></channel></rss>"


def _outside() -> bytes:
    entity = b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return (
        b'<?xml version="1.0"?>'
        + entity
        + b"<rss><channel><title>&a;</title><item><title>&a;</title></item></channel></rss>"
    )


def _rss(inside: bytes) -> bytes:
    return b'<?xml version="1.0"?><rss version="2.0"><channel><title>A</title>' + inside + b"</channel></rss>"


FEEDS: dict[str, Callable[[], tuple[bytes, str]]] = {
    "gzip": lambda: (_zeros(31, 400), "gzip"),
    "deflate": lambda: (_zeros(15, 400), "deflate"),
    "gzip twice": lambda: (gzip.compress(gzip.compress(bytes(100_000_000), 9)), "gzip"),
    "lol": lambda: (_lol(), ""),
    "quadratic": lambda: (_quadratic(), ""),
    "outside": lambda: (_outside(), ""),
    "deep": lambda: (_rss(b"<item><description>" + b"<div>" * 100_000 + b"</description></item>"), ""),
    "items": lambda: (_rss(b"<item><title>x</title><link>https://a.example/</link></item>" * 100_000), ""),
    "attribute": lambda: (_rss(b"<item x='" + b"y" * 14_000_000 + b"'/>"), ""),
    "escaped": lambda: (_rss(b"<item><description>" + b"&lt;b&gt;" * 400_000 + b"</description></item>"), ""),
}


def bomb_cases(form: Form, _: Path) -> Sequence[Case]:
    """Files in a folder, and feeds over the wire."""
    cases = [
        *(Case(name, _read(name, make)) for name, make in FILES.items()),
        *(Case(f"feed-{name.replace(' ', '-')}", _fetched(make)) for name, make in FEEDS.items()),
    ]
    return [case for case in cases if case.name in SAMPLE] if form.short else cases


def _read(name: str, make: Callable[[], bytes]) -> Callable[[Path], Iterator[str]]:
    def check(folder: Path) -> Iterator[str]:
        before_kib = _taken_kib()
        room = new_room(folder, newsletters=())
        (room.root / "inbox" / f"24-06-12-{name}").write_bytes(make())
        yield from _dear(maeil(room, timeout_s=60), before_kib)

    return check


def _fetched(make: Callable[[], tuple[bytes, str]]) -> Callable[[Path], Iterator[str]]:
    def check(folder: Path) -> Iterator[str]:
        before_kib = _taken_kib()
        room = Room(new_root(folder / "root", SETTINGS.format(kind="feed")), folder / "questions")
        body, encoding = make()
        how = {"Content_Encoding": encoding} if encoding else {}
        play = http(200, body, Content_Type="application/rss+xml", **how)
        del body
        yield from _dear(fetched(room, lambda path, number: play), before_kib)

    return check


def _taken_kib() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _dear(ended: Ended, before_kib: int) -> Iterator[str]:
    yield from unclear(ended)
    if ended.cpu_s > CPU_S:
        yield f"it took {ended.cpu_s:.1f} s"
    if ended.max_rss_kib - before_kib > MORE_KIB:
        yield f"it took {(ended.max_rss_kib - before_kib) // 1024} MB more than before"
