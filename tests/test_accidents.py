"""Accidents around a run: closed streams, damaged files, a wrong clock, a full disk, a server that echoes the key."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from pipeline.commands.running import _Once
from pipeline.errors import ConfigError, StoreError
from pipeline.llm import open_model
from pipeline.llm.connection import checked_address
from pipeline.posts import is_cut_short
from pipeline.records.questions import Message, Question
from tests.rooms import DEMO, ROOT, maeil, new_root
from tests.test_runs import Desk, Plan


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.add()
    return desk


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_as_good_as_the_null_device(tmp_path: Path, closed: str) -> None:
    root = new_root(tmp_path / "root")
    command = f'"{sys.executable}" -m pipeline status --root "{root}" {closed}'
    ran = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, "Traceback" in ran.stdout + ran.stderr) == (0, False)


def test_a_damaged_record_of_an_issue_is_told_and_fails_the_run(desk: Desk) -> None:
    (record,) = (desk.root / "data" / "raw").glob("*/*.issue.json")
    record.write_text(record.read_text("utf-8")[:-40], "utf-8")
    result = maeil(desk.root, "run", "--source", "x", "--until", "clean")
    assert result.exit_code == 2  # there is no source of that name: nothing is read
    folder = f'[[sources]]\nname = "x"\nkind = "folder"\npath = "{desk.folder / "none"}"\n'
    (desk.folder / "none").mkdir()
    (desk.root / "maeil.toml").write_text(f'factcheck = "off"\n[model]\nname = "m"\n{folder}', "utf-8")
    result = maeil(desk.root, "run", "--until", "clean")
    assert result.exit_code == 1
    assert [line for line in result.stderr.splitlines() if record.name in line and "fetch it again" in line]


def test_a_warning_is_told_once() -> None:
    once = _Once()
    record = logging.LogRecord("x", logging.WARNING, "", 0, "a is damaged", (), None)
    assert [once.filter(record) for _ in range(3)] == [True, False, False]
    assert once.filter(logging.LogRecord("x", logging.WARNING, "", 0, "b is damaged", (), None))


@pytest.mark.parametrize("kept", [0, 0.5, 0.97])
def test_a_post_that_was_cut_is_told_at_the_next_run_and_made_again_by_force(desk: Desk, kept: float) -> None:
    assert [outcome.state for outcome in desk.run()] == ["done"]
    whole = desk.post().read_bytes()
    desk.post().write_bytes(whole[: int(len(whole) * kept)])
    (outcome,) = desk.run()
    assert (outcome.state, "--force" in outcome.reason) == ("held", True)
    assert [outcome.state for outcome in desk.run(Plan(force=True))] == ["done"]
    assert desk.post().read_bytes() == whole


@pytest.mark.parametrize(
    ("post", "cut"),
    [(b"", True), (b"---\na: b\n", True), (b"---\na: b\n---\nx", True), (b"---\na: b\n---\nx\n", False)],
)
def test_a_post_is_whole_when_it_has_front_matter_and_ends_in_a_line_break(post: bytes, cut: bool) -> None:
    assert is_cut_short(post) is cut


@pytest.mark.parametrize("now", ["1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_a_clock_that_cannot_be_right_dates_nothing(tmp_path: Path, now: str) -> None:
    root = new_root(tmp_path / "root")
    result = maeil(root, "run", "--input", str(next(DEMO.glob("24*.md"))), "--until", "clean", "--now", now)
    assert result.exit_code == 2
    assert "the clock says" in result.stderr
    assert not (root / "data" / "work").exists()


def test_a_clock_that_went_back_by_days_dates_nothing(tmp_path: Path) -> None:
    root = new_root(tmp_path / "root")
    newsletter = str(next(DEMO.glob("24*.md")))
    assert maeil(root, "run", "--input", newsletter, "--until", "clean", "--now", "2026-11-27T00:00:00Z").exit_code == 0
    back = maeil(root, "run", "--input", newsletter, "--until", "clean", "--now", "2026-11-22T00:00:00Z")
    assert (back.exit_code, "a newsletter was fetched at" in back.stderr) == (2, True)
    hours = maeil(root, "run", "--input", newsletter, "--until", "clean", "--now", "2026-11-26T20:00:00Z")
    assert hours.exit_code == 0


def test_a_reply_that_cannot_be_kept_is_not_paid_for(desk: Desk) -> None:
    library = desk.session().library
    library.check_replies_can_be_kept()
    assert not [path for path in library.reply_folders[0].rglob("*") if path.is_file()]
    library.reply_folders[0].rmdir()
    library.reply_folders[0].write_text("in the way")
    with pytest.raises(StoreError):
        library.check_replies_can_be_kept()


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/v1\n", "http://a.example/v1\r\nX: y", "http://a.example /v1"])
def test_an_address_with_a_line_break_is_one_line(address: str) -> None:
    with pytest.raises(ConfigError, match="not a web address"):
        checked_address(address)


def test_a_server_that_sends_the_key_back_has_it_kept_nowhere(httpserver: HTTPServer) -> None:
    key = "sk-canary-0123456789abcdef"
    message = {"role": "assistant", "content": json.dumps({"text": f"the key is {key}"})}
    body = {"id": "1", "object": "chat.completion", "created": 1, "model": f"m-{key}"}
    body["choices"] = [{"index": 0, "message": message, "finish_reason": "stop"}]
    httpserver.expect_request("/v1/chat/completions").respond_with_json(body)
    calls = []
    model = open_model(base_url=httpserver.url_for("/v1"), api_key=key, on_call=calls.append)
    question = Question(part="front", model="m", messages=(Message(role="user", content="x"),), answer_schema={})
    reply = model(question)
    model.close()
    assert key not in reply.model_dump_json()
    assert (reply.model, "[key]" in reply.content) == ("m-[key]", True)
    assert key not in "".join(call.model_dump_json() for call in calls)


def test_a_folder_of_posts_that_its_owner_linked_is_followed_and_a_link_in_it_is_not(desk: Desk) -> None:
    blog = desk.folder / "blog"
    blog.mkdir()
    (desk.root / "data").mkdir(exist_ok=True)
    os.symlink(blog, desk.root / "data" / "posts")
    assert [outcome.state for outcome in desk.run()] == ["done"]
    (post,) = blog.glob("daily-*.md")
    target = desk.folder / "elsewhere.md"
    target.write_bytes(post.read_bytes())
    post.unlink()
    os.symlink(target, post)
    with pytest.raises(StoreError, match="symbolic link"):
        desk.run(Plan(force=True))
    assert target.read_bytes()
