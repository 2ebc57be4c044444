"""Fetch faults: what a feed's or a page's server can do wrong, once and always."""

from __future__ import annotations

import datetime as dt
import errno
import functools
import gzip
import json
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from markdown_it import MarkdownIt

import pipeline.gather
from pipeline.__main__ import main
from pipeline.web import open_web
from tests.model_faults import Play, http
from tests.rooms import new_root
from tests.small import NEWSLETTER
from tests.sources import entry, page, rss
from torture.forks import Ended, Process
from torture.goals import Case, Form
from torture.rooms import CANARY, NOW, Room, answer_at_once, copied, differences, put, told, torn, unclear
from torture.wire import ADDRESS, Answer, Wire

HOST = "news.example"
TOKEN = "CANARYFEED"
SETTINGS = f"""[model]
name = "m"
[web]
timeout_s = 1.5
allow_private = ["{HOST}"]
[[sources]]
name = "box"
kind = "{{kind}}"
url = "http://{HOST}/24-06-12?token={TOKEN}"
newsletter = "Box"
"""
BODY = MarkdownIt("commonmark").render(NEWSLETTER.partition("---\n\n")[2])
Kind = Literal["feed", "page"]


def well(kind: Kind) -> bytes:
    """What the server says when all is well."""
    if kind == "page":
        return page(BODY, head="<link rel='canonical' href='https://news.example/24-06-12'>")
    when = dt.datetime(2024, 6, 12, 21, 40, tzinfo=dt.UTC)
    return rss([entry("https://news.example/24-06-12", when=when, title="Small models", full=BODY)])


def play_well(kind: Kind) -> Play:
    media_type = "text/html" if kind == "page" else "application/rss+xml"
    return http(200, well(kind), Content_Type=media_type)


def _status(status: int, **headers: str) -> Callable[[Kind], Play]:
    return lambda kind: http(status, b"<html><body>Sorry</body></html>", Content_Type="text/html", **headers)


def _body(change: Callable[[bytes], bytes], **headers: str) -> Callable[[Kind], Play]:
    return lambda kind: http(
        200, change(well(kind)), Content_Type="text/html" if kind == "page" else "text/xml", **headers
    )


def _bytes(change: Callable[[bytes], bytes], **how: Any) -> Callable[[Kind], Play]:
    return lambda kind: Play(change(play_well(kind).data), **how)


def _head(data: bytes) -> bytes:
    return data.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"


def _chunked_cut(data: bytes) -> bytes:
    head, _, body = data.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.startswith(b"Content-Length")]
    return b"\r\n".join([*lines, b"Transfer-Encoding: chunked", b"", b""]) + b"%x\r\n" % len(body) + body[:500]


FAULTS: dict[str, Callable[[Kind], Play]] = {
    **{f"status {status}": _status(status) for status in (304, 401, 403, 404, 410, 418, 429, 451, 500, 501)},
    **{f"status {status}": _status(status) for status in (502, 503, 504, 520, 522, 204, 206, 300)},
    "429 soon": _status(429, Retry_After="1"),
    "429 late": _status(429, Retry_After="99999"),
    "bot check": _status(403, cf_mitigated="challenge"),
    "redirect loop": _status(302, Location="/24-06-12"),
    "redirect to a file": _status(302, Location="file:///etc/passwd"),
    "redirect within": _status(302, Location="http://127.0.0.1/"),
    "redirect nowhere": _status(302),
    "no TLS": _status(302, Location=f"https://{HOST}/24-06-12"),
    "redirect in Korean": _status(301, Location="http://뉴스.example\\@127.0.0.1/"),
    "no bytes": lambda kind: Play(),
    "reset": lambda kind: Play(end="rst"),
    "half a head": lambda kind: Play(b"HTTP/1.1 200 OK\r\nContent-Ty"),
    "no http": lambda kind: Play(b"SSH-2.0-OpenSSH_9.6\r\n"),
    "silence": lambda kind: Play(end="hang"),
    "silence after the head": _bytes(_head, end="hang"),
    "drip": _bytes(lambda data: data, burst=1, pause_s=0.05),
    "cut": _bytes(lambda data: data[:-200]),
    "cut and reset": _bytes(lambda data: data[:-200], end="rst"),
    "chunks cut": _bytes(_chunked_cut),
    "empty": _body(lambda body: b""),
    "gzip cut": _body(lambda body: gzip.compress(body)[:-40], Content_Encoding="gzip"),
    "gzip of another sum": _body(lambda body: gzip.compress(body)[:-8] + b"\0" * 8, Content_Encoding="gzip"),
    "no gzip": _body(lambda body: body, Content_Encoding="gzip"),
    "brotli": _body(lambda body: body, Content_Encoding="br"),
    "too large": _body(lambda body: body + b" " * 15_000_001),
    "nulls": _body(lambda body: b"\0" * 4_000),
    "half of it": _body(lambda body: body[: len(body) // 2]),
    "a login": _body(lambda body: b"<html><body><form action=/login><input name=password></form></body></html>"),
    "JSON": _body(lambda body: json.dumps({"error": "no"}).encode()),
    "UTF-16": _body(lambda body: body.decode().encode("utf-16")),
    "EUC-KR": _body(lambda body: body.replace(b"Small", "작은".encode("euc-kr"))),
}
UNCONNECTED: dict[str, OSError | None] = {
    "no such name": socket.gaierror(socket.EAI_NONAME, "Name or service not known"),
    "no name server": socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution"),
    "no address": None,
    "refused": ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"),
    "no route": OSError(errno.EHOSTUNREACH, "No route to host"),
    "black hole": TimeoutError("timed out"),
}
"""What comes before a byte is sent: the resolver's errors (None for an empty answer), and those of a connection."""
SAME = {"JSON", "half of it", "UTF-16", "EUC-KR", "status 204", "status 206", "nulls", "a login"}
"""What may be taken for a newsletter, and then has its own bytes."""


def fetch_cases(form: Form, folder: Path) -> Sequence[Case]:
    """Each fault of a feed and of a page, once and always."""
    cases = []
    for kind in ("feed", "page"):
        room = Room(new_root(folder / kind, SETTINGS.format(kind=kind)), folder / f"{kind}-questions")
        done = copied(room, folder / f"{kind}-undisturbed")
        ended = fetched(done, lambda path, number, kind=kind: play_well(kind))  # type: ignore[misc]
        if ended.status != 0 or not list(done.data.glob("posts/*.md")):
            raise RuntimeError(f"the undisturbed run ended with {ended.status}: {ended.said}")
        for name, fault in FAULTS.items():
            for often in ("once", "always"):
                answer = functools.partial(_played, kind, fault, often)
                check = _fault(room, told(done), kind, answer, None, may_differ=name in SAME)
                cases.append(Case(f"{kind}-{name.replace(' ', '-')}-{often}", check, timeout_s=180))
        for name, error in UNCONNECTED.items():
            for often in ("once", "always"):
                answer = functools.partial(_played, kind, play_well, often)
                check = _fault(room, told(done), kind, answer, Unconnected(error, often == "always"), may_differ=False)
                cases.append(Case(f"{kind}-{name.replace(' ', '-')}-{often}", check, timeout_s=180))
    return cases[form.seed % 23 :: 23] if form.short else cases


def _played(kind: Kind, fault: Callable[[Kind], Play], often: str, _: str, number: int) -> Play:
    return fault(kind) if often == "always" or number == 0 else play_well(kind)


class Unconnected(NamedTuple):
    """What the first connection, or every one, ends in."""

    error: OSError | None
    always: bool


def fetched(room: Room, answer: Answer, unconnected: Unconnected | None = None) -> Ended:
    """Run with a server that answers for the host; it is started after the fork."""
    reading, writing = os.pipe()

    def call() -> None:
        port = int(os.read(reading, 100))
        os.environ.update(OPENAI_API_KEY=CANARY)
        answer_at_once(room)
        # The host's name keeps its ordinary port, so that every run asks for the same address.
        connect, resolve = socket.create_connection, _resolve
        if unconnected and isinstance(unconnected.error, socket.gaierror | None):
            resolve = _failing(resolve, unconnected)
        elif unconnected:
            connect = _failing(connect, unconnected)
        put(socket, "create_connection", lambda at, *rest, **named: connect(_ours(at, port), *rest, **named))
        put(pipeline.gather, "open_web", functools.partial(open_web, sleep=lambda seconds: None, resolve=resolve))
        main(["run", "--now", NOW, "--jobs", "1", "--root", str(room.root)], prog_name="maeil")

    process = Process(call, timeout_s=60)
    os.close(reading)
    with Wire(answer) as server:
        os.write(writing, str(server.port).encode())
        os.close(writing)
        return process.wait()


def _ours(at: tuple[str, int], port: int) -> tuple[str, int]:
    return (ADDRESS, port) if at[0] == ADDRESS else at


def _resolve(host: str, _: int) -> Sequence[str]:
    return [ADDRESS if host == HOST else host]


def _failing(call: Callable[..., Any], unconnected: Unconnected) -> Callable[..., Any]:
    """The call, but for what its first use ends in, or every one."""
    used: list[object] = []

    def failing(*given: Any, **named: Any) -> Any:
        used.append(given)
        if len(used) > 1 and not unconnected.always:
            return call(*given, **named)
        if unconnected.error is None:
            return []
        raise unconnected.error

    return failing


def _fault(
    room: Room,
    whole: dict[str, bytes],
    kind: Kind,
    answer: Answer,
    unconnected: Unconnected | None,
    *,
    may_differ: bool,
) -> Callable[[Path], Iterator[str]]:
    def check(folder: Path) -> Iterator[str]:
        here = copied(room, folder)
        ended = fetched(here, answer, unconnected)
        yield from unclear(ended)
        if not may_differ:
            yield from torn(here, whole)
            if ended.status == 0 and not list(here.data.glob("posts/*.md")):
                yield "there is no post, and nothing was told"
        again = fetched(here, lambda path, number: play_well(kind))
        yield from (f"after the fault: {wrong}" for wrong in unclear(again, statuses=(0, 1) if may_differ else (0,)))
        if not may_differ:
            yield from (f"after the fault: {wrong}" for wrong in differences(here, whole))
        yield from (wrong for run in (ended, again) for wrong in _tokens(run.said))
        for file in here.data.rglob("*"):
            if file.is_file() and file.suffix != ".html" and TOKEN.encode() in file.read_bytes():
                yield f"the reader's token is in {file.relative_to(here.root)}"

    return check


def _tokens(said: str) -> Iterator[str]:
    if TOKEN in said:
        yield "the reader's token is in what it said"
