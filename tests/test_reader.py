"""A whole run on a mail leaves nothing of its reader anywhere but in data/raw/: his address in any form, or a token."""

from __future__ import annotations

import hashlib
from base64 import b64encode, urlsafe_b64encode
from pathlib import Path
from urllib.parse import quote

import pytest

from pipeline import commonmark
from pipeline.extract import wrapped_addresses
from pipeline.gather import read_input
from pipeline.subscribers import Reader, reader_of
from pipeline.tracking import PARAMETERS
from tests.extracted import edition, read
from tests.rooms import files_below, maeil, new_root
from tests.small import NEWSLETTER
from tests.test_runs import NOW, Desk

ADDRESS = "jo.reader+news@mail.example"
TOKEN = "Wk9xTm3Rb7Qp2Lz8Vc5Jd1Hs6Gf4Xa0Yt9Ku2Bn7Ei3Mo"
FORMS = (
    ADDRESS,
    quote(ADDRESS, safe=""),
    b64encode(ADDRESS.encode()).decode().rstrip("="),
    urlsafe_b64encode(f"e={ADDRESS}&n=1".encode()).decode().rstrip("="),
    ADDRESS.encode().hex(),
    hashlib.md5(ADDRESS.encode(), usedforsecurity=False).hexdigest(),
    hashlib.sha1(ADDRESS.encode(), usedforsecurity=False).hexdigest(),
    hashlib.sha256(ADDRESS.encode()).hexdigest(),
    "jo.reader@mail.example",
)
PERSONAL = [row for row in PARAMETERS if row.personal and not (row.hosts or row.values)]


def mail() -> bytes:
    """The small newsletter as one reader got it: greeted by his address, and with a link for each trace of him."""
    traces = [*FORMS, *(f"7&{row.name.replace('*', 'x')}={TOKEN}" for row in PERSONAL)]
    tracker = f" [story](https://links.acme.example/ss/c/u001.{TOKEN}{TOKEN}/4ab/{TOKEN}/h1/h001.x)"
    body = NEWSLETTER.split("\n---\n", 1)[1].replace("Harbor Labs released", f"Hi {ADDRESS}, Harbor Labs released")
    body = body.replace("to Silt 0.6", f"to Silt 0.6, {ADDRESS.upper()}")
    body = body.rstrip() + "".join(f" <https://a.example/p?id={trace}>" for trace in traces) + tracker
    page = commonmark.html(body)
    head = f"From: news@acme.example\r\nTo: Jo <{ADDRESS}>\r\nSubject: Small models for {ADDRESS}\r\n"
    head += "Date: Wed, 12 Jun 2024 21:40:12 +0000\r\nMessage-ID: <1@acme.example>\r\nMIME-Version: 1.0\r\n"
    return f'{head}Content-Type: text/html; charset="utf-8"\r\n\r\n<html><body>{page}</body></html>'.encode()


def traces_in(data: bytes | str) -> list[str]:
    text = (data.decode("utf-8", "replace") if isinstance(data, bytes) else data).lower()
    return [trace for trace in (*FORMS, TOKEN) if trace.lower() in text]


def test_a_run_on_a_mail_leaves_no_trace_of_its_reader_but_in_the_raw_mail(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(tmp_path)
    file = tmp_path / "24-06-12-small.eml"
    file.write_bytes(mail())
    session = desk.session()
    raw, body = read_input(file, now=NOW, zone=session.settings.zone, day=None)
    session.library.keep_raw(raw, body)
    (outcome,) = desk.run()
    said = [maeil(desk.root, *words).output for words in (("status",), ("show", raw.id), ("status", "--json"))]
    said.append(maeil(desk.root, "run", "--input", str(file), "--until", "clean", "-v").output)
    kept = files_below(desk.root)
    assert (outcome.state, outcome.reason) == ("done", "")
    assert {name.split("/")[1] for name in kept if name.startswith("data/")} >= {"raw", "work", "replies", "ledger"}
    assert [(name, found) for name, data in kept.items() if "/raw/" not in name and (found := traces_in(data))] == []
    assert [found for text in (*said, caplog.text, str(outcome.reason)) if (found := traces_in(text))] == []
    assert any(traces_in(data) for name, data in kept.items() if name.endswith(".eml"))


def test_the_reader_is_found_in_base64_of_a_longer_text_wherever_it_begins() -> None:
    reader = reader_of([ADDRESS])
    for before in ("", "a", "ab", "user=", "user:1;"):
        for encode in (b64encode, urlsafe_b64encode):
            assert reader.is_named_in("x-" + encode(f"{before}{ADDRESS};z".encode()).decode())
    assert not reader.is_named_in(b64encode(b"somebody@else.example").decode())


def test_the_reader_is_known_without_what_stands_behind_his_plus() -> None:
    assert reader_of([ADDRESS]).removed_from("To jo.reader@mail.example") == "To [reader]"


def test_an_address_that_is_none_names_nobody() -> None:
    assert reader_of(["", "undisclosed-recipients:;", "@"]) == Reader(frozenset())


COUNTED = f"https://links.acme.example/ss/c/u001.{TOKEN}{TOKEN}/4ab/{TOKEN}/h1/h001.x"


@pytest.mark.parametrize(
    "address",
    [
        COUNTED,
        f"{COUNTED}?mc_eid={TOKEN}",
        f"https://a.safelinks.protection.outlook.com/?url={quote(COUNTED, safe='')}&data={TOKEN}",
    ],
    ids=["plain", "with a parameter of the reader", "wrapped"],
)
def test_click_trackers_can_be_read_again_for_following_by_the_hash_that_the_record_keeps(address: str) -> None:
    page = f'<html><body><h2>News</h2><p>Acme released <a href="{address}">a model</a>.</p></body></html>'
    (link,) = read(page, "24-06-12-small.html").links
    assert "tracker" in link.flags
    assert TOKEN not in link.model_dump_json()
    assert wrapped_addresses(edition("24-06-12-small.html"), page.encode()).addresses == {link.wrapper: COUNTED}


# What is told of links that cannot be decoded


def feed_of(root: Path, links: list[str]) -> None:
    """A folder source with one issue whose stories have these links, read as far as clean."""
    letters = root / "letters"
    letters.mkdir()
    stories = "".join(f"- Acme released model {n}, [told here]({url}).\n" for n, url in enumerate(links))
    (letters / "24-06-12-acme.md").write_text(f"---\ntitle: Acme\n---\n\n# News\n\n{stories}", "utf-8")


@pytest.mark.parametrize(
    ("counted", "plain", "told_by_sources", "told_by_run"),
    [(3, 1, True, True), (1, 30, True, False), (0, 4, False, False)],
)
def test_how_much_of_a_source_is_wrapped_is_told(
    tmp_path: Path, *, counted: int, plain: int, told_by_sources: bool, told_by_run: bool
) -> None:
    settings = '[model]\nname = "demo"\n\n[[sources]]\nname = "acme"\nkind = "folder"\npath = "letters"\n'
    root = new_root(tmp_path / "root", settings)
    feed_of(root, [COUNTED] * counted + [f"https://a.example/{n}" for n in range(plain)])
    run = maeil(root, "run", "--until", "clean")
    assert run.exit_code == 0, run.output
    line = f"{counted} of {counted + plain} links"
    assert (f"maeil: acme: {line}" in run.stdout) is told_by_run
    sources = maeil(root, "sources").stdout
    assert (line in sources, "resolve = true" in sources) == (told_by_sources, told_by_sources)
