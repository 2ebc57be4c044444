"""Mailboxes and folders: Maildir and mbox on disk, and IMAP against a real server."""

from __future__ import annotations

import datetime as dt
import hashlib
import imaplib
import mailbox
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import SecretStr

from pipeline.errors import FetchError
from pipeline.fetch import Fetched, fetch
from pipeline.folder import read_file, read_folder
from pipeline.letters import read_letter_head
from pipeline.mail import open_mailbox
from pipeline.records.sources import RawIssue, Source, SourceState
from tests.sources import letter

DAY = dt.datetime(2024, 5, 3, 22, 9, 28, tzinfo=dt.UTC)
LETTERS = [letter(number, when=DAY + dt.timedelta(days=number)) for number in range(3)]


def local(path: Path) -> Source:
    return Source(name="daily", kind="mailbox", path=str(path))


def bodies(source: Source) -> list[bytes]:
    with open_mailbox()(source) as mails:
        for head, read in mails:
            assert read_letter_head(head).message_id == read_letter_head(read()).message_id
        return [read() for _, read in mails]


def snapshot(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


# on disk


def test_a_maildir_is_read_as_it_lies_and_left_so(tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "box")
    for body in LETTERS:
        box.add(body)
    before = snapshot(tmp_path)
    assert sorted(bodies(local(tmp_path / "box"))) == sorted(LETTERS)
    assert snapshot(tmp_path) == before


def test_an_mbox_is_read_as_it_lies_and_left_so(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box")
    for body in LETTERS:
        box.add(body)
    box.close()
    before = snapshot(tmp_path)
    assert bodies(local(tmp_path / "box")) == LETTERS
    assert snapshot(tmp_path) == before


def test_a_mailbox_that_may_only_be_read_is_read(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box")
    box.add(LETTERS[0])
    box.close()
    (tmp_path / "box").chmod(0o400)
    assert bodies(local(tmp_path / "box")) == LETTERS[:1]


def test_an_empty_mailbox_has_no_mails(tmp_path: Path) -> None:
    mailbox.Maildir(tmp_path / "box")
    assert bodies(local(tmp_path / "box")) == []


def test_what_is_no_mailbox_is_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing"):
        with pytest.raises(FetchError, match="neither a Maildir nor an mbox"):
            bodies(local(path))


def test_a_mail_that_vanished_or_is_too_large_is_a_fault_of_that_mail(tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "box")
    key = box.add(LETTERS[0])
    box.add(b"Subject: large\n\n" + b"x" * 15_000_001)
    with open_mailbox()(local(tmp_path / "box")) as mails:
        box.remove(key)
        told = []
        for _, read in mails:
            with pytest.raises(FetchError) as caught:
                read()
            told.append(caught.value.message)
    assert sorted(told) == ["the mail cannot be read (KeyError)", "the mail is larger than 15 MB"]


# folders


def test_a_folder_lists_its_own_files_sorted(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_bytes(b"b")
    (tmp_path / "a b 한글.txt").write_bytes(b"a")
    (tmp_path / ".hidden.md").write_bytes(b"h")
    (tmp_path / "sub.md").mkdir()
    files = read_folder(str(tmp_path))
    assert [(name, read()) for name, read in files] == [("a b 한글.txt", b"a"), ("b.md", b"b")]


def test_links_that_lead_out_of_the_folder_are_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.md").write_bytes(b"secret")
    (folder / "own.md").write_bytes(b"own")
    (folder / "inside.md").symlink_to("own.md")
    (folder / "outside.md").symlink_to("../secret.md")
    files = dict(read_folder(str(folder)))
    assert files["inside.md"]() == b"own"
    with pytest.raises(FetchError, match="leads out of the folder"):
        files["outside.md"]()


def test_a_folder_may_be_a_link_itself(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.md").write_bytes(b"a")
    (tmp_path / "link").symlink_to("real")
    assert [read() for _, read in read_folder(str(tmp_path / "link"))] == [b"a"]


def test_names_that_are_not_utf8_are_a_fault_of_that_file(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.md")).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system takes UTF-8 only")
    ((name, read),) = read_folder(str(tmp_path))
    name.encode()
    with pytest.raises(FetchError, match="not UTF-8"):
        read()


@pytest.mark.parametrize(("name", "line"), [("missing", "no such folder"), ("file.md", "this is no folder")])
def test_what_is_no_folder_is_told(tmp_path: Path, name: str, line: str) -> None:
    (tmp_path / "file.md").write_bytes(b"x")
    with pytest.raises(FetchError, match=line):
        read_folder(str(tmp_path / name))


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.md")
    (tmp_path / "large.md").write_bytes(b"x" * 15_000_001)
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "loop.md").symlink_to("loop.md")
    for name, line in {
        "fifo.md": "no regular file",
        "large.md": "larger than 15 MB",
        "folder.md": "a folder, not a file",
        "loop.md": "cannot be read",
        "missing.md": "no such file",
        "x" * 300: "cannot be read",
        "nul\0.md": "cannot be read",
    }.items():
        with pytest.raises(FetchError, match=line):
            read_file(tmp_path / name)


def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"x")
    (tmp_path / "a.md").chmod(0)
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    with pytest.raises(FetchError, match="may not be read"):
        read_file(tmp_path / "a.md")


# IMAP


USER, PASSWORD = "demouser", "demopass"  # of pymap's own demonstration account


@pytest.fixture(scope="module")
def imap_host() -> Iterator[str]:
    """A real IMAP server with an empty mailbox ``Daily``, and three letters in it."""
    pytest.importorskip("pymap")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    arguments = ["--no-service", "admin", "--no-service", "managesieve", "--host", "127.0.0.1", "--port", str(port)]
    start = "import sys; from pymap.main import main; sys.exit(main())"
    command = [sys.executable, "-c", start, *arguments, "--no-tls", "dict", "--demo-data"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        client = _client(port, server)
        client.create("Daily")
        for body in LETTERS:
            client.append("Daily", "", imaplib.Time2Internaldate(time.time()), body)
        client.logout()
        yield f"127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGKILL)
        server.wait()


def _client(port: int, server: subprocess.Popen[bytes]) -> imaplib.IMAP4:
    for _ in range(200):
        assert server.poll() is None, "the IMAP server ended"
        try:
            client = imaplib.IMAP4("127.0.0.1", port)
        except OSError:
            time.sleep(0.05)
            continue
        client.login(USER, PASSWORD)
        return client
    raise AssertionError("the IMAP server does not answer")


def imap(host: str, **settings: object) -> Source:
    return Source.model_validate(
        {
            "name": "daily",
            "kind": "imap",
            "host": host,
            "user": USER,
            "mailbox": "Daily",
            "sender": "news@example.com",
            **settings,
        }
    )


def run(
    source: Source, known: dict[str, RawIssue], state: SourceState | None, password: str | None = PASSWORD
) -> Fetched:
    def no_web(url: str, *, etag: str | None = None, last_modified: str | None = None) -> object:
        raise AssertionError("a mailbox asks nothing of the web")

    return fetch(
        source,
        known=known,
        state=state,
        get=no_web,  # type: ignore[arg-type]
        read_folder=read_folder,
        read_mailbox=open_mailbox(
            SecretStr(password) if password is not None else None, unencrypted=["127.0.0.1"], timeout_s=5
        ),
        now=DAY + dt.timedelta(days=9),
        zone=ZoneInfo("Asia/Seoul"),
    )


def flags(host: str) -> list[bytes]:
    client = imaplib.IMAP4(*host.split(":"))  # type: ignore[arg-type]
    client.login(USER, PASSWORD)
    client.select("Daily", readonly=True)
    _, answer = client.fetch("1:*", "(FLAGS)")
    client.logout()
    return [part for part in answer if isinstance(part, bytes)]


def test_the_newest_mail_is_fetched_and_stays_unread(imap_host: str) -> None:
    source = imap(imap_host)
    fetched = run(source, {}, None)
    assert fetched.problems == ()
    ((issue, body),) = fetched.found
    assert body.replace(b"\r\n", b"\n") == LETTERS[2].replace(b"\r\n", b"\n")
    assert (issue.identity, issue.title, issue.day) == ("2@example.com", "[Daily] Issue 2", dt.date(2024, 5, 6))
    assert [skip.identity for skip in fetched.state.skipped] == ["0@example.com", "1@example.com"]
    again = run(source, {issue.identity: issue}, fetched.state)
    assert (again.found, again.problems) == ((), ())
    assert len(flags(imap_host)) == 3
    assert not [line for line in flags(imap_host) if b"\\Seen" in line]


def test_all_mails_are_brought_when_asked_for(imap_host: str) -> None:
    fetched = run(imap(imap_host, backlog=9, sender=""), {}, None)
    assert [issue.identity for issue, _ in fetched.found] == [f"{number}@example.com" for number in range(3)]


def test_mails_of_others_are_not_brought(imap_host: str) -> None:
    assert run(imap(imap_host, sender="somebody@example.net"), {}, None).found == ()


@pytest.mark.parametrize(
    ("settings", "password", "line"),
    [
        ({}, "wrong", "refuses the user or the password"),
        ({}, "비밀번호", "refuses the user or the password"),
        ({}, None, "set MAEIL_IMAP_PASSWORD"),
        ({"mailbox": "Nowhere"}, PASSWORD, "has no mailbox Nowhere"),
        ({"mailbox": "한글"}, PASSWORD, "has no mailbox 한글"),
    ],
)
def test_refusals_of_the_server_are_one_clear_line(
    imap_host: str, settings: dict[str, str], password: str | None, line: str
) -> None:
    fetched = run(imap(imap_host, **settings), {}, None, password)
    (problem,) = fetched.problems
    assert line in str(problem)
    assert not problem.retry
    assert PASSWORD not in str(problem)


def test_a_server_out_of_reach_is_told_and_may_be_back() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    (problem,) = run(imap(f"127.0.0.1:{port}"), {}, None).problems
    assert problem.retry
    assert "cannot be reached" in str(problem)


@pytest.mark.parametrize("greeting", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"* BYE too many\r\n", b""])
def test_a_server_that_is_no_imap_server_is_told(greeting: bytes) -> None:
    import threading

    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.sendall(greeting)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        (problem,) = run(imap(f"127.0.0.1:{listening.getsockname()[1]}"), {}, None).problems
        thread.join(5)
    assert "127.0.0.1" in str(problem)
