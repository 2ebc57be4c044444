"""The way out to the web, against real servers on loopback: faults of the wire, redirects, bombs, closed doors."""

from __future__ import annotations

import gzip
import logging
import shlex
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request
from werkzeug import Response as Answer

from pipeline.errors import FetchError
from pipeline.records.sources import Response
from pipeline.web import Get, open_web

LOCAL = ("127.0.0.1", "localhost")


class Slept:
    """A sleep that takes no time."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


TRUSTED = ssl.create_default_context()
"""Made once: loading the certificates takes longer than most of these tests."""


def client(
    *,
    sleep: Callable[[float], None],
    allow_private: Sequence[str] = (),
    timeout_s: float = 60,
    max_bytes: int = 15_000_000,
    resolve: Callable[[str, int], Sequence[str]] | None = None,
    ssl_context: ssl.SSLContext = TRUSTED,
) -> Get:
    settings = {} if resolve is None else {"resolve": resolve}
    return open_web(
        sleep=sleep,
        allow_private=allow_private,
        timeout_s=timeout_s,
        max_bytes=max_bytes,
        ssl_context=ssl_context,
        **settings,
    )


@pytest.fixture
def slept() -> Slept:
    return Slept()


@pytest.fixture
def get(slept: Slept) -> Get:
    return client(allow_private=LOCAL, sleep=slept, timeout_s=5, max_bytes=1_000_000)


@contextmanager
def raw_server(*answers: bytes | Callable[[socket.socket], None]) -> Iterator[tuple[str, list[bytes]]]:
    """A server that sends bytes and nothing else: one answer a connection, the last one for all that follow."""
    listening = socket.create_server(("127.0.0.1", 0))
    requests: list[bytes] = []

    def serve() -> None:
        number = 0
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(3)
                answer = answers[min(number, len(answers) - 1)]
                number += 1
                try:
                    requests.append(connection.recv(65_536))
                    if callable(answer):
                        answer(connection)
                    else:
                        connection.sendall(answer)
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/", requests
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"


def failure(get: Get, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        get(url)
    assert "\n" not in str(caught.value)
    return caught.value


# what comes back


def test_an_answer_is_kept_as_it_came(get: Get, httpserver: HTTPServer) -> None:
    body = "안녕".encode("cp949")
    headers = {
        "ETag": '"v1"',
        "Last-Modified": "Fri, 03 May 2024 22:09:28 GMT",
        "Content-Type": "Text/HTML; Charset=EUC-KR",
    }
    httpserver.expect_request("/a").respond_with_data(body, headers=headers)
    url = httpserver.url_for("/a")
    assert get(url) == Response(
        url=url,
        final_url=url,
        status=200,
        media_type="text/html",
        charset="euc-kr",
        etag='"v1"',
        last_modified="Fri, 03 May 2024 22:09:28 GMT",
        body=body,
    )


@pytest.mark.parametrize(
    ("encoding", "encode"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body)[2:-4]),
        ("gzip", lambda body: gzip.compress(body[:10]) + gzip.compress(body[10:])),
        ("gzip", lambda body: gzip.compress(body) + b"\0" * 20),
        ("identity", lambda body: body),
        ("", lambda body: body),
    ],
)
def test_bodies_are_inflated(get: Get, httpserver: HTTPServer, encoding: str, encode: Callable[[bytes], bytes]) -> None:
    body = b"<p>newsletter</p>" * 10_000
    httpserver.expect_request("/a").respond_with_data(encode(body), headers={"Content-Encoding": encoding})
    assert get(httpserver.url_for("/a")).body == body


def test_only_what_can_be_inflated_is_asked_for_and_nobody_is_told_more_than_needed(
    get: Get, httpserver: HTTPServer
) -> None:
    seen: dict[str, str] = {}

    def answer(request: Request) -> Answer:
        seen.update(request.headers)
        return Answer("hello")

    httpserver.expect_request("/a").respond_with_handler(answer)
    get(httpserver.url_for("/a"))
    assert seen["Accept-Encoding"] == "gzip, deflate"
    assert seen["User-Agent"].startswith("maeil")
    assert not {"Cookie", "Authorization", "Referer", "If-None-Match", "If-Modified-Since"} & set(seen)


def test_a_conditional_request_brings_304_without_a_body(get: Get, httpserver: HTTPServer) -> None:
    conditions = {"If-None-Match": '"v1"', "If-Modified-Since": "Fri, 03 May 2024 22:09:28 GMT"}
    httpserver.expect_request("/a", headers=conditions).respond_with_data(b"", status=304)
    answer = get(httpserver.url_for("/a"), etag='"v1"', last_modified="Fri, 03 May 2024 22:09:28 GMT")
    assert (answer.status, answer.body) == (304, b"")


def test_304_to_an_unconditional_request_is_a_fault(get: Get, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data(b"", status=304)
    assert "304" in str(failure(get, httpserver.url_for("/a")))


# statuses and retries


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 451, 501, 505, 204, 206, 300, 305])
def test_lasting_answers_are_not_asked_for_twice(get: Get, httpserver: HTTPServer, slept: Slept, status: int) -> None:
    httpserver.expect_request("/a").respond_with_data("no", status=status)
    error = failure(get, httpserver.url_for("/a"))
    assert str(status) in error.message
    assert (error.retry, slept.seconds, len(httpserver.log)) == (False, [], 1)


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 520, 522, 524])
def test_passing_faults_are_tried_four_times(get: Get, httpserver: HTTPServer, slept: Slept, status: int) -> None:
    httpserver.expect_request("/a").respond_with_data("<html>down", status=status)
    error = failure(get, httpserver.url_for("/a"))
    assert str(status) in error.message
    assert error.retry
    assert len(httpserver.log) == 4
    assert len(slept.seconds) == 3
    assert all(0 <= seconds <= 30 for seconds in slept.seconds)


def test_after_a_passing_fault_the_answer_is_the_same(get: Get, httpserver: HTTPServer) -> None:
    httpserver.expect_ordered_request("/a").respond_with_data("down", status=503)
    httpserver.expect_ordered_request("/a").respond_with_data("hello")
    assert get(httpserver.url_for("/a")).body == b"hello"


@pytest.mark.parametrize(
    ("headers", "waited"),
    [
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": "0"}, 0),
        ({"Retry-After": "120"}, 120),
    ],
)
def test_retry_after_is_honoured(
    httpserver: HTTPServer, get: Get, slept: Slept, headers: dict[str, str], waited: int
) -> None:
    httpserver.expect_ordered_request("/a").respond_with_data("no", status=429, headers=headers)
    httpserver.expect_ordered_request("/a").respond_with_data("hello")
    assert get(httpserver.url_for("/a")).body == b"hello"
    assert slept.seconds == [waited]


def test_a_date_to_come_back_at_is_counted_from_the_servers_clock(get: Get, slept: Slept) -> None:
    dates = b"Date: Fri, 03 May 2024 22:09:30 GMT\r\nRetry-After: Fri, 03 May 2024 22:10:00 GMT\r\n"
    with raw_server(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n" + dates + b"\r\n", OK) as (url, _):
        get(url)
    assert slept.seconds == [30]


@pytest.mark.parametrize("value", ["-5", "nan", "soon", "1e3", "Fri, 03 May 2004 22:10:00 GMT", ""])
def test_a_senseless_retry_after_is_passed_over(get: Get, httpserver: HTTPServer, slept: Slept, value: str) -> None:
    httpserver.expect_ordered_request("/a").respond_with_data("no", status=503, headers={"Retry-After": value})
    httpserver.expect_ordered_request("/a").respond_with_data("hello")
    get(httpserver.url_for("/a"))
    assert len(slept.seconds) == 1
    assert 0 <= slept.seconds[0] <= 30


def test_nobody_waits_longer_than_two_minutes(get: Get, httpserver: HTTPServer, slept: Slept) -> None:
    httpserver.expect_request("/a").respond_with_data("no", status=429, headers={"Retry-After": "3600"})
    error = failure(get, httpserver.url_for("/a"))
    assert "3600 s" in str(error)
    assert (error.retry, slept.seconds, len(httpserver.log)) == (True, [], 1)


def test_a_bot_check_is_called_one(get: Get, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data("<html>", status=403, headers={"cf-mitigated": "challenge"})
    assert "bots" in str(failure(get, httpserver.url_for("/a")))


# the wire


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def chunked(*chunks: bytes) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)


def sized(body: bytes, *, length: int | None = None, encoding: bytes = b"identity") -> bytes:
    length = len(body) if length is None else length
    return b"HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n" % (encoding, length) + body


DAMAGED = gzip.compress(b"hello" * 1000)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"", id="closed without an answer"),
        pytest.param(reset, id="reset"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Ty", id="cut in the headers"),
        pytest.param(sized(b"hello", length=25), id="cut in the body"),
        pytest.param(chunked(b"hello"), id="cut between chunks"),
        pytest.param(b"SSH-2.0-OpenSSH_9.6\r\n", id="no HTTP"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\nhello", id="negative length"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1_000_000 + b"\r\n\r\n", id="a megabyte of header"),
        pytest.param(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000 + b"\r\n", id="a hundred thousand headers"),
        pytest.param(sized(DAMAGED[:-20], encoding=b"gzip"), id="gzip cut"),
        pytest.param(sized(DAMAGED[:-8] + b"\0" * 8, encoding=b"gzip"), id="gzip with a wrong checksum"),
        pytest.param(sized(b"plain text", encoding=b"gzip"), id="gzip that is none"),
        pytest.param(sized(b"\x08plain", encoding=b"deflate"), id="deflate that is none"),
    ],
)
def test_a_broken_answer_is_tried_again_and_then_told(get: Get, slept: Slept, answer: bytes) -> None:
    with raw_server(answer, OK) as (url, requests):
        assert get(url).body == b"hello"
        assert len(requests) == 2
    with raw_server(answer) as (url, requests):
        assert failure(get, url).retry
        assert len(requests) == 4


@pytest.mark.parametrize("encoding", [b"br", b"zstd", b"gzip, gzip", b"compress"])
def test_encodings_nobody_asked_for_are_refused(get: Get, encoding: bytes) -> None:
    with raw_server(sized(b"hello", encoding=encoding)) as (url, requests):
        assert "not asked for" in str(failure(get, url))
        assert len(requests) == 1


def test_nothing_listening_is_told(get: Get) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    assert failure(get, f"http://127.0.0.1:{port}/").retry


def silence(connection: socket.socket) -> None:
    connection.recv(1)  # returns when the other side gives up


def silence_after_headers(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
    connection.recv(1)


def drip(*pieces: bytes, every_s: float) -> Callable[[socket.socket], None]:
    def send(connection: socket.socket) -> None:
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(every_s)

    return send


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(silence, id="silence"),
        pytest.param(silence_after_headers, id="silence after headers"),
        pytest.param(drip(b"HTTP/1.1 200 OK\r\nX: ", *([b"x"] * 60), every_s=0.03), id="headers a byte at a time"),
        pytest.param(drip(b"HTTP/1.1 200 OK\r\n\r\n", *([b"x"] * 60), every_s=0.03), id="body a byte at a time"),
    ],
)
def test_the_deadline_holds_however_slowly_bytes_drip(answer: Callable[[socket.socket], None], slept: Slept) -> None:
    get = client(allow_private=LOCAL, sleep=slept, timeout_s=0.15)
    with raw_server(answer) as (url, _):
        started = time.monotonic()
        error = failure(get, url)
        # Four attempts. Each drip takes 1.2 s or more.
        assert time.monotonic() - started < 1.1
    assert (error.message, error.retry) == ("no answer in time", True)


# limits


@pytest.mark.parametrize("encoding", [b"gzip", b"deflate", b"identity"])
def test_what_is_too_large_is_refused_while_it_is_read(get: Get, slept: Slept, encoding: bytes) -> None:
    compress = {b"gzip": gzip.compress, b"deflate": zlib.compress, b"identity": bytes}[encoding]
    body = compress(bytes(5_000_000))
    with raw_server(sized(body, encoding=encoding)) as (url, requests):
        assert "larger than 1,000,000 bytes" in str(failure(get, url))
        assert (len(requests), slept.seconds) == (1, [])


def test_the_limit_itself_is_allowed(get: Get, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data(b"x" * 1_000_000)
    assert len(get(httpserver.url_for("/a")).body) == 1_000_000


def test_a_bomb_is_stopped_while_inflating(get: Get) -> None:
    import tracemalloc

    bomb = gzip.compress(bytes(60_000_000))
    with raw_server(sized(bomb, encoding=b"gzip")) as (url, _):
        tracemalloc.start()
        failure(get, url)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 6_000_000


def test_an_endless_body_is_stopped(get: Get) -> None:
    def endless(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65_536)

    with raw_server(endless) as (url, _):
        assert "larger" in str(failure(get, url))


# redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_the_last_address_kept(get: Get, httpserver: HTTPServer, status: int) -> None:
    httpserver.expect_request("/a").respond_with_data("", status=status, headers={"Location": "b?x=1"})
    httpserver.expect_request("/b").respond_with_data("hello")
    answer = get(httpserver.url_for("/a"))
    assert (answer.url, answer.final_url) == (httpserver.url_for("/a"), httpserver.url_for("/b") + "?x=1")
    assert answer.body == b"hello"


def hops(httpserver: HTTPServer, count: int) -> str:
    for number in range(count):
        httpserver.expect_request(f"/{number}").respond_with_data(
            "", status=302, headers={"Location": f"/{number + 1}"}
        )
    httpserver.expect_request(f"/{count}").respond_with_data("hello")
    return httpserver.url_for("/0")


def test_five_redirects_are_followed_and_six_are_not(get: Get, httpserver: HTTPServer) -> None:
    assert get(hops(httpserver, 5)).body == b"hello"
    httpserver.clear()
    assert "more than 5 times" in str(failure(get, hops(httpserver, 6)))


def test_a_loop_ends(get: Get, httpserver: HTTPServer, slept: Slept) -> None:
    httpserver.expect_request("/a").respond_with_data("", status=302, headers={"Location": "/a"})
    assert "more than 5 times" in str(failure(get, httpserver.url_for("/a")))
    assert (len(httpserver.log), slept.seconds) == (6, [])


@pytest.mark.parametrize(
    "location",
    [
        "",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "gopher://127.0.0.1/",
        "javascript:alert(1)",
        "http://",
        "http://[::1",
        "//",
    ],
)
def test_a_redirect_to_nowhere_is_a_fault(get: Get, location: str) -> None:
    answer = f"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: {location}\r\n\r\n".encode()
    with raw_server(answer) as (url, _), watched_connections() as seen:
        assert not failure(get, url).retry
    assert {f"http://127.0.0.1:{address[1]}/" for address in seen if isinstance(address, tuple)} == {url}


def test_a_meta_refresh_is_not_followed(get: Get, httpserver: HTTPServer) -> None:
    body = b'<meta http-equiv="refresh" content="0; url=/b">'
    httpserver.expect_request("/a").respond_with_data(body, headers={"Refresh": "0; url=/b"})
    assert get(httpserver.url_for("/a")).body == body


def test_cookies_are_not_kept(get: Get, httpserver: HTTPServer) -> None:
    cookies: list[str | None] = []

    def answer(request: Request) -> Answer:
        cookies.append(request.headers.get("Cookie"))
        return Answer("", status=302, headers={"Location": f"/{len(cookies)}", "Set-Cookie": "id=1"})

    for number in range(6):
        httpserver.expect_request(f"/{number}").respond_with_handler(answer)
    failure(get, httpserver.url_for("/0"))
    assert cookies == [None] * 6


def test_a_password_is_sent_to_its_own_host_only(get: Get, httpserver: HTTPServer) -> None:
    sent: list[str | None] = []

    def answer(request: Request) -> Answer:
        sent.append(request.headers.get("Authorization"))
        targets = ["/1", f"http://localhost:{httpserver.port}/2", "/3"]
        return Answer("", status=302, headers={"Location": targets[min(len(sent) - 1, 2)]})

    for number in range(4):
        httpserver.expect_request(f"/{number}").respond_with_handler(answer)
    failure(get, f"http://reader:word@127.0.0.1:{httpserver.port}/0")
    assert sent[0] == sent[1] is not None
    assert set(sent[2:]) == {None}


# closed doors


@contextmanager
def watched_connections() -> Iterator[list[object]]:
    """Every address that any socket of this process is connected to."""
    seen: list[object] = []
    watching = [True]

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if watching[0] and event == "socket.connect":
            seen.append(arguments[1])

    sys.addaudithook(hook)
    try:
        yield seen
    finally:
        watching[0] = False


PRIVATE = [
    "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "localhost", "10.0.0.1", "192.168.1.1",
    "172.16.0.1", "169.254.169.254", "100.100.100.200", "168.63.129.16", "224.0.0.1", "255.255.255.255", "[::1]",
    "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[fd00::1]", "[fe80::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
]  # fmt: skip
"""Hosts that lead nowhere public, as a feed may spell them."""


@pytest.mark.parametrize("host", PRIVATE)
def test_addresses_that_are_not_public_are_never_connected_to(host: str, slept: Slept) -> None:
    get = client(sleep=slept)
    with watched_connections() as seen:
        failure(get, f"http://{host}/latest/meta-data")
        failure(get, f"http://public.example@{host}/")
    assert seen == []


@pytest.mark.parametrize("location", ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://2130706433/"])
def test_redirects_are_checked_like_first_addresses(httpserver: HTTPServer, slept: Slept, location: str) -> None:
    get = client(allow_private=["front.example"], sleep=slept, resolve=names({"front.example": ["127.0.0.1"]}))
    httpserver.expect_request("/a").respond_with_data("", status=302, headers={"Location": location})
    with watched_connections() as seen:
        failure(get, f"http://front.example:{httpserver.port}/a")
    assert seen == [("127.0.0.1", httpserver.port)]


def names(table: dict[str, list[str]]) -> Callable[[str, int], Sequence[str]]:
    def resolve(host: str, port: int) -> Sequence[str]:
        return table.get(host) or [host]

    return resolve


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], ["93.184.215.14", "127.0.0.1"], ["::1", "93.184.215.14"], ["2606:2800::1", "10.0.0.1"]]
)
def test_a_name_with_any_address_that_is_not_public_is_refused(addresses: list[str], slept: Slept) -> None:
    get = client(sleep=slept, resolve=names({"front.example": addresses}))
    with watched_connections() as seen:
        assert "not on the public Internet" in str(failure(get, "http://front.example/"))
    assert seen == []


def test_a_name_is_resolved_once_for_check_and_connection(httpserver: HTTPServer, slept: Slept) -> None:
    """Rebinding: DNS would give another answer if it were asked again between the check and the connection."""
    asked: list[str] = []

    def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["::1"]

    httpserver.expect_request("/a").respond_with_data("hello")
    get = client(allow_private=["front.example"], sleep=slept, resolve=resolve)
    with watched_connections() as seen:
        get(f"http://front.example:{httpserver.port}/a")
    assert asked == ["front.example"]
    assert seen == [("127.0.0.1", httpserver.port)]


def test_names_that_do_not_resolve_are_told(slept: Slept) -> None:
    def resolve(host: str, port: int) -> Sequence[str]:
        raise (
            socket.gaierror(socket.EAI_NONAME, "unknown")
            if "no" in host
            else socket.gaierror(socket.EAI_AGAIN, "later")
        )

    get = client(sleep=slept, resolve=resolve)
    assert not failure(get, "http://nowhere.example/").retry
    assert slept.seconds == []
    assert failure(get, "http://later.example/").retry
    assert len(slept.seconds) == 3


def test_the_second_address_of_a_name_is_tried_when_the_first_refuses(httpserver: HTTPServer, slept: Slept) -> None:
    httpserver.expect_request("/a").respond_with_data("hello")
    table = {"front.example": ["::1", "127.0.0.1"]}
    get = client(allow_private=["front.example"], sleep=slept, resolve=names(table))
    assert get(f"http://front.example:{httpserver.port}/a").body == b"hello"


def test_the_host_header_keeps_the_name(httpserver: HTTPServer, slept: Slept) -> None:
    hosts: list[str] = []

    def answer(request: Request) -> Answer:
        hosts.append(request.headers["Host"])
        return Answer("hello")

    httpserver.expect_request("/a").respond_with_handler(answer)
    get = client(allow_private=["front.example"], sleep=slept, resolve=names({"front.example": ["127.0.0.1"]}))
    get(f"http://front.example:{httpserver.port}/a")
    assert hosts == [f"front.example:{httpserver.port}"]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hello",
        "file:///etc/passwd",
        "ftp://h.example/",
        "http://",
        "https:///x",
        "http://h.example:99999/",
        "http://h\x00/",
    ],
)
def test_what_is_no_address_of_a_page_is_told(url: str, slept: Slept) -> None:
    with watched_connections() as seen:
        assert not failure(client(sleep=slept), url).retry
    assert seen == []


@pytest.mark.parametrize("port", [22, 25, 6379, 8080])
def test_other_ports_are_not_knocked_at(port: int, slept: Slept) -> None:
    get = client(sleep=slept, resolve=names({"front.example": ["203.0.114.1"]}))
    with watched_connections() as seen:
        assert f"port {port}" in str(failure(get, f"http://front.example:{port}/"))
    assert seen == []


def test_proxies_and_passwords_of_the_environment_are_not_used(
    httpserver: HTTPServer, get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    httpserver.expect_request("/a").respond_with_data("hello")
    assert get(httpserver.url_for("/a")).body == b"hello"


def test_no_secret_of_an_address_gets_into_an_error_or_a_log(
    get: Get, httpserver: HTTPServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    httpserver.expect_request("/feed").respond_with_data("no", status=404)
    error = failure(get, f"http://reader:CANARY@127.0.0.1:{httpserver.port}/feed?token=CANARY#CANARY")
    assert "CANARY" not in str(error)
    assert str(error).startswith(f"http://127.0.0.1:{httpserver.port}/feed: ")
    httpserver.expect_request("/good").respond_with_data("hello")
    get(httpserver.url_for("/good") + "?token=CANARY")
    records = [record for record in caplog.records if record.name.split(".")[0] in {"httpx", "httpcore", "pipeline"}]
    assert not [record for record in records if "CANARY" in record.getMessage()]


# TLS


def test_a_handshake_that_ends_is_told_and_https_is_not_left(slept: Slept) -> None:
    get = client(allow_private=LOCAL, sleep=slept)
    with raw_server(b"no TLS here") as (url, _):
        assert failure(get, url.replace("http:", "https:")).retry


def test_a_certificate_nobody_vouches_for_is_refused_at_once(slept: Slept, certificate: tuple[Path, Path]) -> None:
    with tls_server(certificate) as url:
        error = failure(client(allow_private=LOCAL, sleep=slept), url)
    assert "certificate" in str(error)
    assert (error.retry, slept.seconds) == (False, [])


def test_certificates_are_checked_against_the_name_and_not_the_address(
    slept: Slept, certificate: tuple[Path, Path]
) -> None:
    trusting = ssl.create_default_context(cafile=str(certificate[0]))
    table = {"front.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]}
    get = client(allow_private=list(table), sleep=slept, resolve=names(table), ssl_context=trusting)
    with tls_server(certificate) as url:
        assert get(url.replace("127.0.0.1", "front.example")).body == b"hello"
        assert "certificate" in str(failure(get, url.replace("127.0.0.1", "other.example")))


@contextmanager
def tls_server(certificate: tuple[Path, Path]) -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    with HTTPServer(host="127.0.0.1", ssl_context=context) as server:
        server.expect_request("/a").respond_with_data("hello")
        yield server.url_for("/a")


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for front.example that signs itself, and its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl here to make a certificate")
    key, chain = tmp_path / "key.pem", tmp_path / "certificate.pem"
    making = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=front.example"
    names = ["-addext", "subjectAltName=DNS:front.example", "-keyout", str(key), "-out", str(chain)]
    subprocess.run([openssl, *shlex.split(making), *names], check=True, capture_output=True)
    return chain, key
