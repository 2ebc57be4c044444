from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import StoreError
from pipeline.records.questions import Reply
from pipeline.records.sources import SourceState
from pipeline.store import files
from pipeline.store.files import clear_leftovers, locked, read_bytes, read_record, write_bytes, write_record
from pipeline.store.library import Ledger, Library
from tests import make

REPLY = Reply(question="a" * 64, content='{"말": 1}', model="m")


def library(root: Path) -> Library:
    return Library(
        raw=(root / "raw",),
        replies=(root / "replies",),
        work=root / "work",
        ledger=root / "ledger",
        posts=root / "posts",
    )


def test_a_record_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    write_record(tmp_path / "한 글" / "r.json", REPLY)
    assert read_record(tmp_path / "한 글" / "r.json", Reply) == REPLY


def test_a_record_cut_at_any_byte_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    write_record(path, REPLY)
    whole = path.read_bytes()
    for length in range(len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(StoreError, match=r"r\.json"):
            read_record(path, Reply)


def test_a_record_with_a_flipped_bit_is_refused_or_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    write_record(path, REPLY)
    whole = path.read_bytes()
    for place in range(len(whole) * 8):
        damaged = bytearray(whole)
        damaged[place // 8] ^= 1 << place % 8
        path.write_bytes(damaged)
        try:
            assert read_record(path, Reply) == REPLY  # white space between two values
        except StoreError:
            continue


def test_half_a_character_in_a_record_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    write_record(path, REPLY)
    path.write_text(path.read_text("utf-8").replace('"m"', '"\\ud800"'), "utf-8")
    with pytest.raises(StoreError, match=r"r\.json: is damaged"):
        read_record(path, Reply)


def test_a_record_of_another_kind_is_refused(tmp_path: Path) -> None:
    write_record(tmp_path / "r.json", REPLY)
    with pytest.raises(StoreError, match="holds a Reply of format 1, not a Ledger"):
        read_record(tmp_path / "r.json", Ledger)


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo, lambda path: os.symlink("/etc/hostname", path)])
def test_what_is_no_regular_file_is_neither_read_nor_overwritten(tmp_path: Path, make: object) -> None:
    path = tmp_path / "post.md"
    make(path)  # type: ignore[operator]
    with pytest.raises(StoreError, match=r"post\.md"):
        read_bytes(path)
    with pytest.raises(StoreError, match=r"post\.md"):
        write_bytes(path, b"x")


def test_a_failed_write_leaves_the_old_file_and_no_leftover(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "post.md"
    write_bytes(path, b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(StoreError, match="make room on the disk"):
        write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["post.md"]


def test_leftovers_of_a_killed_run_are_cleared_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / ".tmp.x1").write_text("half")
    (tmp_path / "a" / "whole.json").write_text("{}")
    clear_leftovers(tmp_path)
    assert [file.name for file in (tmp_path / "a").iterdir()] == ["whole.json"]


def test_a_second_run_says_that_one_is_at_work_and_a_killed_one_leaves_no_lock(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from pipeline.store.files import locked\n"
        f"with locked(Path({str(tmp_path / '.lock')!r})): print('in', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"in\n"
        with pytest.raises(StoreError, match="another run is at work"), locked(tmp_path / ".lock"):
            pass
        other.kill()
        other.wait()
    with locked(tmp_path / ".lock"):
        pass


def test_a_reply_put_anew_keeps_the_one_before_as_an_attempt(tmp_path: Path) -> None:
    shelf = library(tmp_path)
    shelf.keep_reply(REPLY)
    shelf.keep_reply(REPLY.model_copy(update={"content": "{}"}))
    assert shelf.reply(REPLY.question) == REPLY.model_copy(update={"content": "{}"})
    attempt = next((tmp_path / "replies" / "aa").glob("*.attempt-1.json"))
    assert read_record(attempt, Reply) == REPLY


def test_a_reply_under_another_questions_name_is_not_taken(tmp_path: Path) -> None:
    write_record(tmp_path / "replies" / "bb" / f"{'b' * 64}.json", REPLY)
    assert library(tmp_path).reply("b" * 64) is None


def test_a_ledger_that_says_the_same_is_not_written_again(tmp_path: Path) -> None:
    shelf = library(tmp_path)
    entry = Ledger(id="20240612-0123abcd", post="daily-20240612.md")
    shelf.keep_ledger(entry)
    before = (tmp_path / "ledger" / "20240612-0123abcd.json").stat().st_ino
    shelf.keep_ledger(entry)
    assert (tmp_path / "ledger" / "20240612-0123abcd.json").stat().st_ino == before


def test_what_came_over_the_wire_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "raw" / "demo"
    folder.mkdir(parents=True, mode=0o755)
    library(tmp_path).keep_raw(make.raw(), b"a mail")
    library(tmp_path).keep_source_state("demo", SourceState())
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder.parent)] == [0o700, 0o700]
