"""Addresses: nothing but public ones is ever connected to, however it is spelled, redirected to or resolved."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pipeline.errors import FetchError
from pipeline.transport import resolve as real_resolve
from pipeline.web import open_web
from tests.model_faults import Play, http
from torture.goals import Case, Form
from torture.wire import ADDRESS, Wire

HOSTS = (
    "127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1",
    "017700000001", "0", "0.0.0.0", "0x0", "localhost", "localhost.", "LOCALHOST", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]",
    "[fc00::1]", "[fd00:ec2::254]", "[ff02::1]", "[2001:db8::1]", "[2001::1]", "10.0.0.1", "10.255.255.255", "10.1",
    "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.1", "169.254.169.254", "169.254.1.1", "0xa9fea9fe",
    "2852039166", "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.1", "192.0.2.1", "198.18.0.1",
    "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "１２７.0.0.1",
    "127。0。0。1", "①②⑦.0.0.1", "127.0.0.1.", "192.88.99.1", "[3fff::1]",
)  # fmt: skip
FORMS = (
    "http://public.example@127.0.0.1/", "http://127.0.0.1\\@public.example/", "http://public.example#@127.0.0.1/",
    "http://127.0.0.1:80/", "http://127.0.0.1:22/", "https://127.0.0.1/", "//127.0.0.1/", "http:127.0.0.1/",
    "http:///127.0.0.1/", "http://user:pass@localhost/", "http://%31%32%37.0.0.1/", "http://127.0.0.1%2f@public.example/",
    "ftp://127.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1/", "http://[::1%25lo]/",
)  # fmt: skip
NAMES: dict[str, tuple[Sequence[str], ...]] = {
    "rebinding.example": (("93.184.216.34",), ("127.0.0.1",)),
    "mixed.example": (("93.184.216.34", "127.0.0.1"),),
    "mixed6.example": (("93.184.216.34", "::1"),),
    "private.example": (("10.1.2.3",),),
    "link-local.example": (("169.254.169.254",),),
    "mapped.example": (("::ffff:127.0.0.1",),),
    "unique.example": (("fd12::1",),),
    "zone.example": (("fe80::1%eth0",),),
}
"""What each name resolves to, call by call; the last answer stays."""
GATE = "gate.example"
WAYS = ("direct", "301", "302", "303", "307", "308", "refresh", "meta")


def address_cases(form: Form, _: Path) -> Sequence[Case]:
    """All spellings by every way, a way a case."""
    urls = [*(f"http://{host}/" for host in (*HOSTS, *NAMES)), *FORMS]
    urls = urls[:: 8 if form.short else 1]
    ways = WAYS[:2] if form.short else WAYS
    return [Case(way, _asked(way, urls), len(urls)) for way in ways]


def _asked(way: str, urls: Sequence[str]) -> Callable[[Path], Iterator[str]]:
    def check(_: Path) -> Iterator[str]:
        met: list[str] = []
        sys.addaudithook(_watching(met))
        with Wire(lambda path, _: _sent_on(way, urls[int(path.strip("/"))])) as server:
            for number, url in enumerate(urls):
                met.clear()
                get = open_web(
                    timeout_s=2, allow_private=[GATE], sleep=lambda seconds: None, resolve=_resolver(server.port)
                )
                try:
                    get(url if way == "direct" else f"http://{GATE}:{server.port}/{number}")
                except FetchError as error:
                    if "\n" in str(error) or not str(error):
                        yield f"{url}: it is not told in one line"
                wrong = [address for address in met if not address.startswith(("93.184.", "8.8."))]
                if wrong:
                    yield f"{url} {way}: connected to {wrong}"

    return check


def _watching(met: list[str]) -> Callable[[str, tuple[object, ...]], None]:
    """Writes down who is connected to, and lets only connections to our own server through."""

    def hook(event: str, given: tuple[object, ...]) -> None:
        if event == "socket.connect" and isinstance(given[1], tuple) and given[1][0] != ADDRESS:
            met.append(str(given[1][0]))
            raise ConnectionRefusedError("not in this test")

    return hook


def _sent_on(way: str, url: str) -> Play:
    target = url.encode("utf-8").decode("latin-1") if way in ("301", "302", "303", "307", "308", "refresh") else url
    if way == "refresh":
        return http(200, b"<html><body>here</body></html>", Content_Type="text/html", Refresh=f"0; url={target}")
    if way == "meta":
        page = f'<html><head><meta http-equiv="refresh" content="0; url={target}"></head><body>x</body></html>'
        return http(200, page)
    head = f"HTTP/1.1 {way} Moved\r\nLocation: {target}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    return Play(head.encode("latin-1", "replace"))


def _resolver(_: int) -> Callable[[str, int], Sequence[str]]:
    calls: dict[str, int] = {}

    def resolve(host: str, port: int) -> Sequence[str]:
        if host == GATE:
            return [ADDRESS]
        if host in NAMES:
            calls[host] = calls.get(host, -1) + 1
            return NAMES[host][min(calls[host], len(NAMES[host]) - 1)]
        if host == "public.example":
            return ["93.184.216.34"]
        return real_resolve(host, port)

    return resolve
