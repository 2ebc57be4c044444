"""Following click trackers, against redirectors on loopback: where the way ends, and what is asked on it."""

from __future__ import annotations

import socket
import threading
import time
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import closing

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request
from werkzeug import Response as Answer

from pipeline.errors import FetchError
from pipeline.follow import Landing, follow
from pipeline.hops import DEADLINE_S, open_hops
from pipeline.records.targets import Hop
from pipeline.subscribers import NOBODY, Reader, reader_of
from tests.test_web import TRUSTED, raw_server

TOKEN = "Wk9xTm3Rb7Qp2Lz8Vc5Jd1Hs6Gf4Xa0Yt9Ku2Bn7Ei3Mo"
PATH = f"/ss/c/u001.{TOKEN}/4ab/h1/h001.x"
HOSTS = ("links.acme.example", "www.acme.example", "story.example", "go.other.example", "acme.us5.list-manage.com")
"""Names of the loopback that pass for public ones."""


def resolve(host: str, port: int) -> Sequence[str]:
    if host in HOSTS:
        return ["127.0.0.1"]
    if host[:1].isdigit() or ":" in host:
        return [host]
    raise socket.gaierror(socket.EAI_NONAME, "no such name")


class Street:
    """A server under several names, and what it was asked."""

    def __init__(self, server: HTTPServer) -> None:
        self.server = server
        self.tracker = self.at("links.acme.example", PATH)

    def at(self, host: str, path: str = "/") -> str:
        return f"http://{host}:{self.server.port}{path}"

    def sends(self, path: str, location: str, *, status: int = 302, **headers: str) -> None:
        told = {"Location": location} | {name.replace("_", "-"): value for name, value in headers.items()}
        self.server.expect_request(path).respond_with_data(b"", status=status, headers=told)

    def shows(self, path: str, page: str = "<p>A story</p>", *, status: int = 200) -> None:
        self.server.expect_request(path).respond_with_data(page, status=status, content_type="text/html")

    @property
    def asked(self) -> list[str]:
        return [f"{request.method} {request.path}" for request, _ in self.server.log]

    def follow(self, url: str = "", *, timeout_s: float = 5, reader: Reader = NOBODY) -> Landing:
        start = open_hops(timeout_s=timeout_s, allow_private=HOSTS, resolve=resolve, ssl_context=TRUSTED)
        return follow(url or self.tracker, start(), reader)


@pytest.fixture
def street(httpserver: HTTPServer) -> Street:
    return Street(httpserver)


# The way


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_tracker_is_followed_to_its_page_which_is_cleaned(street: Street, status: int) -> None:
    street.sends(PATH, "/next", status=status)
    street.sends("/next", street.at("story.example", "/p?id=7&utm_source=mail&mc_eid=abc#part"), status=status)
    street.server.expect_request("/p").respond_with_data("a story", content_type="text/plain")
    assert street.follow() == Landing(street.at("story.example", "/p?id=7#part"))
    assert street.asked == [f"HEAD {PATH}", "HEAD /next", "HEAD /p"]


def test_five_redirects_are_followed_and_six_are_not(street: Street) -> None:
    for number in range(6):
        street.sends(f"/{number}", street.at("go.other.example", f"/{number + 1}"))
    street.server.expect_request("/6").respond_with_data("a story", content_type="text/plain")
    assert street.follow(street.at("story.example", "/1")) == Landing(street.at("go.other.example", "/6"))
    street.server.clear_log()
    assert street.follow(street.at("story.example", "/0")) == Landing(why="too far")
    assert street.asked == [f"HEAD /{number}" for number in range(6)]


def test_a_loop_ends(street: Street) -> None:
    street.sends(PATH, PATH)
    assert street.follow() == Landing(why="too far")
    assert len(street.asked) == 6


@pytest.mark.parametrize(
    "page",
    [
        '<html><head><meta http-equiv="refresh" content="0; url={}"></head></html>',
        "<META HTTP-EQUIV=Refresh CONTENT=\"1;URL='{}'\">",
        '<noscript><meta content="0;url={}" http-equiv="refresh"></noscript><script>location = 1</script>',
    ],
)
def test_a_small_page_that_sends_on_is_a_hop(street: Street, page: str) -> None:
    street.shows(PATH, page.format(street.at("story.example", "/p?a=1&amp;b=2")))
    street.shows("/p")
    assert street.follow() == Landing(street.at("story.example", "/p?a=1&b=2"))


def test_the_header_refresh_is_a_redirect(street: Street) -> None:
    headers = {"Refresh": f"0; url={street.at('story.example', '/p')}"}
    street.server.expect_request(PATH).respond_with_data("", headers=headers)
    street.shows("/p")
    assert street.follow() == Landing(street.at("story.example", "/p"))


@pytest.mark.parametrize(
    "page",
    [
        '<meta http-equiv="refresh" content="300; url=/later">',
        '<meta http-equiv="refresh" content="5">',
        '<meta http-equiv="refresh" content="5; url=/p">',
        '<!-- <meta http-equiv="refresh" content="0; url=/later"> -->',
        '<p>To refresh, write &lt;meta http-equiv="refresh" content="0; url=/later"></p>',
    ],
)
def test_a_page_that_only_reloads_is_the_end(street: Street, page: str) -> None:
    street.sends(PATH, street.at("story.example", "/p"))
    street.shows("/p", page)
    assert street.follow() == Landing(street.at("story.example", "/p"))
    assert "HEAD /later" not in street.asked


@pytest.mark.parametrize("status", [400, 403, 404, 405, 429, 500, 501])
def test_get_is_sent_where_head_is_refused(street: Street, status: int) -> None:
    street.server.expect_request(PATH, method="HEAD").respond_with_data(b"", status=status)
    street.server.expect_request(PATH, method="GET").respond_with_data(
        b"", status=302, headers={"Location": street.at("story.example", "/p")}
    )
    street.server.expect_request("/p").respond_with_data("a story", content_type="text/plain")
    assert street.follow() == Landing(street.at("story.example", "/p"))
    assert street.asked == [f"HEAD {PATH}", f"GET {PATH}", "HEAD /p"]


def test_get_is_sent_where_head_is_hung_up_on(street: Street) -> None:
    gone = street.at("story.example", "/p")
    answers = (
        lambda connection: None,
        f"HTTP/1.1 302 Found\r\nLocation: {gone}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode(),
    )
    street.shows("/p")
    with raw_server(*answers) as (url, requests):
        port = url.rstrip("/").rpartition(":")[2]
        assert street.follow(f"http://links.acme.example:{port}{PATH}") == Landing(gone)
    assert [request.split()[0] for request in requests] == [b"HEAD", b"GET"]


def test_a_wrapper_on_the_way_is_opened_and_its_target_asked(street: Street) -> None:
    target = street.at("story.example", "/p")
    start = street.at("go.other.example", "/c")

    def ask(method: str, url: str) -> Hop:
        asked.append(url)
        return Hop(url=url, status=200, target=f"http://www.google.com/url?q={target}" if url == start else "")

    asked: list[str] = []
    assert follow(start, ask) == Landing(target)
    assert asked == [start, f"http://www.google.com/url?q={target}", target]


def test_the_way_never_leads_from_https_to_http() -> None:
    def ask(method: str, url: str) -> Hop:
        return Hop(url=url, status=302, target="http://story.example/p") if "acme" in url else Hop(url=url, status=200)

    assert follow(f"https://links.acme.example{PATH}", ask) == Landing(why="no page")
    assert follow(f"http://links.acme.example{PATH}", ask) == Landing("http://story.example/p")


# What servers do


@pytest.fixture(scope="module")
def server_inside() -> Iterator[HTTPServer]:
    with HTTPServer() as server:
        server.expect_request("/").respond_with_data("secret")
        yield server


@pytest.fixture
def inside(server_inside: HTTPServer) -> HTTPServer:
    """A server on loopback under no name that passes for public, and asked nothing so far."""
    server_inside.clear_log()
    return server_inside


@pytest.fixture
def slow_street() -> Iterator[Street]:
    """One whose server answers what comes late, and to nobody else."""
    with HTTPServer() as server:
        yield Street(server)


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{}/",
        "http://localhost:{}/",
        "http://[::1]:{}/",
        "http://2130706433:{}/",
        "http://user@127.0.0.1:{}/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "https://192.168.0.1/",
        "file:///etc/passwd",
        "ftp://story.example/p",
        "javascript:alert(1)",
    ],
)
@pytest.mark.parametrize("way", ["301", "refresh", "meta"])
def test_nothing_that_is_not_public_is_asked(street: Street, inside: HTTPServer, target: str, way: str) -> None:
    place = target.format(inside.port)
    if way == "301":
        street.sends(PATH, place, status=301)
    elif way == "refresh":
        street.server.expect_request(PATH).respond_with_data("", headers={"Refresh": f"0; url={place}"})
    else:
        street.shows(PATH, f'<meta http-equiv="refresh" content="0; url={place}">')
    landing = street.follow()
    assert landing.why in ("no page", "tracker")
    assert (landing.url, inside.log) == ("", [])
    assert {path for _, path in map(str.split, street.asked)} == {PATH}


def test_a_name_that_leads_inside_is_not_asked(street: Street, inside: HTTPServer) -> None:
    street.sends(PATH, f"http://rebound.example:{inside.port}/")
    names = {"rebound.example": ["127.0.0.1"], "links.acme.example": ["127.0.0.1"]}
    start = open_hops(allow_private=HOSTS, resolve=lambda host, port: names[host], ssl_context=TRUSTED)
    assert follow(street.tracker, start()) == Landing(why="no page")
    assert inside.log == []


def test_cookies_are_neither_kept_nor_sent_back(street: Street) -> None:
    street.sends(PATH, street.at("links.acme.example", "/again"), Set_Cookie="reader=jo; Path=/")
    street.server.expect_request("/again", method="HEAD").respond_with_data(
        b"", status=405, headers={"Set-Cookie": "reader=jo; Path=/"}
    )
    street.sends("/again", street.at("story.example", "/p"), Set_Cookie="reader=jo; Domain=.example; Path=/")
    street.shows("/p")
    assert street.follow().url == street.at("story.example", "/p")
    sent = [dict(request.headers) for request, _ in street.server.log]
    assert len(sent) == 5
    assert not {"Cookie", "Referer", "Authorization"} & {name for headers in sent for name in headers}


def test_a_login_in_an_address_is_not_sent(street: Street) -> None:
    street.sends(PATH, f"http://jo:secret@story.example:{street.server.port}/p")
    street.shows("/p")
    assert street.follow() == Landing(street.at("story.example", "/p"))
    assert not any("Authorization" in request.headers for request, _ in street.server.log)


def test_of_a_body_without_end_a_little_is_read(street: Street) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(16_384):  # a gigabyte
            sent += 65_536
            yield b"<p>x</p>" * 8_192

    def answer(request: Request) -> Answer:
        return Answer(b"", status=405) if request.method == "HEAD" else Answer(endless(), content_type="text/html")

    street.sends(PATH, street.at("story.example", "/p"))
    street.server.expect_request("/p").respond_with_handler(answer)
    assert street.follow(timeout_s=30) == Landing(street.at("story.example", "/p"))
    assert sent < 50_000_000


def test_of_a_body_that_head_tells_to_be_large_nothing_is_asked(street: Street) -> None:
    street.sends(PATH, street.at("story.example", "/p"))
    street.shows("/p", "x" * 40_000)
    assert street.follow() == Landing(street.at("story.example", "/p"))
    assert street.asked[-1] == "HEAD /p"


def test_a_redirector_that_takes_its_time_is_left(slow_street: Street) -> None:
    over = threading.Event()

    def slow(request: Request) -> Answer:
        over.wait(30)
        return Answer(b"", status=302, headers={"Location": "/p"})

    slow_street.server.expect_request(PATH).respond_with_handler(slow)
    started = time.monotonic()
    try:
        assert slow_street.follow(timeout_s=0.3) == Landing(why="no answer")
        assert time.monotonic() - started < 2
    finally:
        over.set()
    assert DEADLINE_S < 30


def test_the_time_is_that_of_all_hops_together(slow_street: Street) -> None:
    def slow(request: Request) -> Answer:
        time.sleep(0.2)
        return Answer(b"", status=302, headers={"Location": f"{request.path}x"})

    for count in range(6):
        slow_street.server.expect_request(f"/a{'x' * count}").respond_with_handler(slow)
    assert slow_street.follow(slow_street.at("story.example", "/a"), timeout_s=0.5) == Landing(why="no answer")


def test_a_server_that_is_away_may_be_back(street: Street) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        port = listening.getsockname()[1]
    assert street.follow(f"http://links.acme.example:{port}{PATH}") == Landing(why="no answer")


# Where a post may link


def landing_at(url: str, *, status: int = 200, reader: Reader = NOBODY) -> Landing:
    """What becomes of a tracker that leads to an address at once."""

    def ask(method: str, asked: str) -> Hop:
        first = asked == TRACKER
        return Hop(url=asked, status=302 if first else status, target=url if first else "")

    return follow(TRACKER, ask, reader)


TRACKER = f"https://links.acme.example{PATH}"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        (f"https://u1.ct.sendgrid.net/ls/click?upn=u001.{TOKEN}", "tracker"),
        ("https://acme.us5.list-manage.com/track/click?u=0a1b2c3d4e5f60718293a4b5c6d7&id=1", "tracker"),
        ("https://www.google.com/url?sa=t", "tracker"),
        ("https://acme.example/unsubscribe?id=1", "about itself"),
        ("https://acme.substack.com/action/disable_email", "about itself"),
        ("https://acme.example/", "front page"),
        ("https://www.acme.example", "front page"),
        ("https://links.acme.example/?utm_source=mail", "front page"),
        ("https://acme.co.kr/", "front page"),
        ("https://story.example/p?user=am8ucmVhZGVyQG1haWwuZXhhbXBsZQ", "reader"),
        ("https://story.example/p/jo.reader@mail.example", "reader"),
        ("https://story.example/p?token=a1b2c3d4e5f6a7b8c9d0", "reader"),
        (f"https://story.example/p?click={TOKEN}", "reader"),
        (f"https://story.example/p/{TOKEN[5:25]}", "reader"),
        ("https://93.184.216.34/p", "unsafe"),
        ("https://intranet/p", "unsafe"),
    ],
)
def test_an_address_that_no_post_may_give_is_not_kept(url: str, why: str) -> None:
    assert landing_at(url) == Landing(why=why)


@pytest.mark.parametrize(
    "url",
    [
        "https://story.example/",
        "https://acme.example/stories/1",
        "https://acme.example/?p=12",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://arxiv.org/abs/2406.99001",
        "https://story.example/2026/11/gpt-5-mini-is-here-and-what-it-costs",
        "https://github.com/acme/lumen/commit/0123456789abcdef0123456789abcdef01234567",
    ],
)
def test_any_other_page_is_taken(url: str) -> None:
    assert landing_at(url) == Landing(url)


def test_a_page_that_knows_the_reader_by_a_hash_is_not_kept() -> None:
    reader = reader_of(["jo.reader@mail.example"])
    (hashed,) = [trace for trace in reader.traces if len(trace) == 32]
    encoded = b64encode(b"jo.reader@mail.example").decode().rstrip("=")
    for value in (hashed, encoded):
        url = f"https://story.example/p?x={value}"
        assert landing_at(url, reader=reader) == Landing(why="reader")
    assert landing_at(f"https://story.example/p?x={hashed}").url != ""


@pytest.mark.parametrize(
    ("status", "why"),
    [
        *((status, "") for status in (200, 203, 403, 999)),
        *((status, "no page") for status in (300, 304, 401, 404, 410)),
        *((status, "no answer") for status in (408, 429, 500, 503)),
    ],
)
def test_a_page_is_taken_where_it_answers_or_is_kept_for_people(status: int, why: str) -> None:
    assert landing_at("https://story.example/p", status=status).why == why


@pytest.mark.parametrize(
    "path", ["/unsubscribe/eyJ1Ijo1fQ", "/opt-out", "/manage-preferences/1", "/p?email=jo%40mail.example"]
)
def test_a_page_of_the_newsletter_about_itself_is_never_asked(street: Street, path: str) -> None:
    street.sends(PATH, street.at("story.example", path))
    assert street.follow() == Landing(why="about itself")
    assert street.asked == [f"HEAD {PATH}"]


def test_a_fault_of_the_way_out_that_nobody_foresaw_is_not_hidden() -> None:
    def ask(method: str, url: str) -> Hop:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        follow(TRACKER, ask)


@pytest.mark.parametrize(
    "url", ["", "no address", "http://[::1", "http://story.example:99999/", "mailto:jo@mail.example"]
)
def test_what_is_no_address_is_one_error(url: str) -> None:
    ask = open_hops(ssl_context=TRUSTED)()
    with pytest.raises(FetchError):
        ask("HEAD", url)
    assert follow(url, ask) == Landing(why="no page")
