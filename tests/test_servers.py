"""What a server does not take is learnt once, not once a run."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.reply import Unavailable
from pipeline.session import open_maker, open_session
from pipeline.store.servers import Server, Servers
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
    servers.keep("http://one.example/v1", "m", Server(rung="prompt"))
    assert servers.known("http://one.example/v1", "m").rung == "prompt"
    assert servers.known("http://one.example/v1", "n").rung == "json_schema"
    assert servers.known(None, "m").rung == "json_schema"


def test_a_damaged_file_is_told_and_the_ladder_begun_anew(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    servers = Servers(tmp_path)
    servers.keep(None, "m", Server(rung="json_object"))
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:40])
    assert servers.known(None, "m") == Server()
    assert file.name in caplog.text


def test_a_server_that_asks_for_an_hour_is_not_asked_by_the_runs_of_that_hour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = new_root(tmp_path / "root")
    with FaultyModel("429_ra_3600", times=1) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        for minutes, requests in ((0, 1), (10, 1), (59, 1)):
            with pytest.raises(Unavailable, match=r"asks to wait 3600 s|left alone until 2026-11-01 01:00 UTC"):
                _asked_at(root, minutes)
            assert len(server.asked) == requests
        _asked_at(root, 61)
        assert len(server.asked) == 2


def test_a_wait_of_more_than_a_day_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = new_root(tmp_path / "root")
    with FaultyModel() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        opened = open_session(root)
        far = Server(not_before=NOW + dt.timedelta(days=400))
        Servers(root / "data" / "ledger" / "servers").keep(server.base_url, opened.settings.model.name, far)
        _asked_at(root, 0)
        assert len(server.asked) == 1


def _asked_at(root: Path, minutes: int) -> None:
    now = NOW + dt.timedelta(minutes=minutes)
    open_maker(open_session(root), now=now, jobs=1).ways.complete(question(f"at {minutes} " * 40))
