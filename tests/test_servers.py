"""What a server does not take is learnt once, not once a run."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.session import open_maker, open_session
from pipeline.store.servers import Servers
from tests.faulty_model import FaultyModel
from tests.model_calls import question
from tests.rooms import files_below, new_root

NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def test_a_rung_that_a_server_refused_is_not_tried_again_in_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = new_root(tmp_path / "root")
    with FaultyModel("400_no_json_schema") as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        for text in ("one " * 40, "two " * 40):
            open_maker(open_session(root), now=NOW).ways.complete(question(text))
    kinds = [asked.body["response_format"]["type"] for asked in server.asked]
    assert kinds == ["json_schema", "json_object", "json_object"]
    assert not any(server.base_url in name for name in files_below(root))


def test_another_server_and_another_model_begin_at_the_top(tmp_path: Path) -> None:
    servers = Servers(tmp_path)
    servers.keep("http://one.example/v1", "m", "prompt")
    assert servers.rung("http://one.example/v1", "m") == "prompt"
    assert servers.rung("http://one.example/v1", "n") == "json_schema"
    assert servers.rung(None, "m") == "json_schema"


def test_a_damaged_file_is_told_and_the_ladder_begun_anew(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    servers = Servers(tmp_path)
    servers.keep(None, "m", "json_object")
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:40])
    assert servers.rung(None, "m") == "json_schema"
    assert file.name in caplog.text
