"""Addresses: nothing but public ones is ever connected to, however it is spelled, redirected to or resolved.

By what fetches and by what follows click trackers, which meets every redirector that a newsletter names.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pipeline.errors import FetchError
from pipeline.follow import Landing, follow
from pipeline.hops import open_hops
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
    """All spellings by every way, a way a case for fetching and one for following; and each redirector."""
    urls = [*(f"http://{host}/" for host in (*HOSTS, *NAMES)), *FORMS]
    urls = urls[:: 8 if form.short else 1]
    ways = WAYS[:2] if form.short else WAYS
    asked = [Case(way, _asked(way, urls, _fetched), len(urls)) for way in ways]
    followed = [
        Case(f"follow-{way}", _asked(way, urls, _followed), len(urls)) for way in (*ways, *WAYS[-1:] * form.short)
    ]
    return [*asked, *followed, *(Case(f"follow-{name}", _redirected(name)) for name in REDIRECTORS)]


def _asked(way: str, urls: Sequence[str], ask: Callable[[str, int], Iterator[str]]) -> Callable[[Path], Iterator[str]]:
    def check(_: Path) -> Iterator[str]:
        met: list[str] = []
        sys.addaudithook(_watching(met))
        with Wire(lambda path, _: _sent_on(way, urls[int(path.strip("/"))])) as server:
            for number, url in enumerate(urls):
                met.clear()
                for wrong in ask(url if way == "direct" else f"http://{GATE}:{server.port}/{number}", server.port):
                    yield f"{url} {way}: {wrong}"
                inside = [address for address in met if not address.startswith(("93.184.", "8.8."))]
                if inside:
                    yield f"{url} {way}: connected to {inside}"

    return check


def _fetched(url: str, port: int) -> Iterator[str]:
    """Fetch it; what is wrong with what is said."""
    get = open_web(timeout_s=2, allow_private=[GATE], sleep=lambda seconds: None, resolve=_resolver(port))
    try:
        get(url)
    except FetchError as error:
        if "\n" in str(error) or not str(error):
            yield "it is not told in one line"


def _followed(url: str, port: int) -> Iterator[str]:
    """Follow it as if it were a click tracker's; what is wrong with where it leads."""
    landing = follow(url, open_hops(timeout_s=2, allow_private=[GATE], resolve=_resolver(port))())
    if bool(landing.url) is bool(landing.why):
        yield f"it leads to {landing}"
    if landing.url and GATE not in landing.url:
        yield f"it is said to lead to {landing.url}, where nothing answers"


def _redirected(name: str) -> Callable[[Path], Iterator[str]]:
    """Follow one redirector to its end, in less than its time and with nothing of it sent back."""
    plays, expected = REDIRECTORS[name]

    def check(_: Path) -> Iterator[str]:
        with Wire(lambda path, number: plays[min(number, len(plays) - 1)]) as server:
            started = time.monotonic()
            ask = open_hops(timeout_s=2, allow_private=[GATE], resolve=_resolver(server.port))()
            landing = follow(f"http://{GATE}:{server.port}/ss/c/{TOKEN}", ask)
            took_s = time.monotonic() - started
        path = landing.url.partition(GATE)[2].partition("/")[2]
        if (Landing(path and f"/{path}", landing.why)) != expected:
            yield f"it leads to {landing}, and not to {expected}"
        if took_s > 4:
            yield f"it took {took_s:.0f} s"
        if len(server.heads) > MOST_REQUESTS:
            yield f"it was asked {len(server.heads)} times"
        if any(b"cookie" in head.lower() for head in server.heads):
            yield "a cookie was sent back"

    return check


def _on(location: str, status: int = 302, more: str = "") -> Play:
    head = f"HTTP/1.1 {status} Moved\r\nLocation: {location}\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n"
    return Play(head.encode())


def _huge(told: int) -> Play:
    """A page that says how long it is, sends the first 64 MB and never ends."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {told}\r\nConnection: close\r\n\r\n"
    return Play(head.encode() + b"<p>x</p>" * 8_388_608, end="hang", burst=65_536)


TOKEN = "u001.Wk9xTm3Rb7Qp2Lz8Vc5Jd1Hs6Gf4Xa0Yt9Ku2Bn7Ei3Mo"
MOST_REQUESTS = 12
"""HEAD and GET for the tracker and each of five redirects."""
_COOKIE = "Set-Cookie: reader=jo; Path=/\r\n"
_REFUSED = http(405, b"")
_PAGE = http(200, b"a story", Content_Type="text/plain")
_META = http(200, '<html><head><meta http-equiv="refresh" content="0; url=/p"></head></html>')
REDIRECTORS: dict[str, tuple[Sequence[Play], Landing]] = {
    "private": ([_on("http://10.0.0.1/p", 301)], Landing(why="no page")),
    "loop": ([_on(f"/ss/c/{TOKEN}")], Landing(why="too far")),
    "six": ([*(_on(f"/{number}") for number in range(6)), _PAGE], Landing(why="too far")),
    "five": ([*(_on(f"/{number}") for number in range(4)), _on("/p"), _PAGE], Landing("/p")),
    "meta-page": ([_META, _META, _PAGE], Landing("/p")),
    "gigabyte": ([_on("/p"), _REFUSED, _huge(1_000_000_000)], Landing("/p")),
    "cookies": ([_on("/a", more=_COOKIE), _REFUSED, _on("/p", more=_COOKIE), _PAGE], Landing("/p")),
    "slow": ([Play(end="hang")], Landing(why="no answer")),
    "dripping": ([Play(_on("/p").data, burst=1, pause_s=0.5)], Landing(why="no answer")),
    "refused-head": ([_REFUSED, _on("/p"), _PAGE], Landing("/p")),
    "closed": ([Play()], Landing(why="no answer")),
    "gone": ([_on("/p"), http(404, b""), http(404, b"")], Landing(why="no page")),
    "unsubscribe": ([_on("/unsubscribe/1"), _PAGE], Landing(why="about itself")),
    "token": ([_on(f"/p?click={TOKEN}"), _PAGE], Landing(why="reader")),
}
"""What a click tracker's server answers, connection by connection, and where it leads: the path, or why nowhere."""


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
