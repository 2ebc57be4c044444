"""What a server does not take is learnt once, not once a run."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.llm import left_alone
from pipeline.records.questions import Question, Reply
from pipeline.reply import Unavailable
from pipeline.session import open_maker, open_session
from pipeline.store.servers import KnownServer, Server
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
    KnownServer(tmp_path, "http://one.example/v1", "m").learn(rung="prompt")
    assert KnownServer(tmp_path, "http://one.example/v1", "m").known.rung == "prompt"
    assert KnownServer(tmp_path, "http://one.example/v1", "n").known.rung == "json_schema"
    assert KnownServer(tmp_path, None, "m").known.rung == "json_schema"


def test_a_damaged_file_is_told_and_the_ladder_begun_anew(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    KnownServer(tmp_path, None, "m").learn(rung="json_object")
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:40])
    assert KnownServer(tmp_path, None, "m").known == Server()
    assert file.name in caplog.text


def test_what_is_known_already_is_not_written_again(tmp_path: Path) -> None:
    server = KnownServer(tmp_path, None, "m")
    server.learn(rung="json_schema")
    assert list(tmp_path.iterdir()) == []
    server.learn(not_before=NOW)
    server.learn(rung="prompt")
    assert KnownServer(tmp_path, None, "m").known == Server(rung="prompt", not_before=NOW)


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


def test_a_rest_that_lies_days_ahead_is_not_believed_and_forgotten_with_the_first_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = new_root(tmp_path / "root")
    folder = root / "data" / "ledger" / "servers"
    with FaultyModel() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        name = open_session(root).settings.model.name
        KnownServer(folder, server.base_url, name).learn(not_before=NOW + dt.timedelta(days=400))
        _asked_at(root, 0)
        assert len(server.asked) == 1
        assert KnownServer(folder, server.base_url, name).known.not_before is None


@pytest.mark.parametrize(
    ("asked_s", "kept_s"),
    [(None, None), (60.0, None), (3600.0, 3610.0), (1e17, 20 * 3600 + 10.0)],
    ids=["nothing", "what is waited for", "an hour", "for ever"],
)
def test_what_a_server_asks_for_counts_from_its_answer_and_ends_within_a_day(
    asked_s: float | None, kept_s: float | None
) -> None:
    kept: list[dt.datetime] = []
    instants = iter((100.0, 110.0))

    def away(_: Question) -> Reply:
        raise Unavailable("no", retry_after_s=asked_s)

    ask = left_alone(away, until=None, now=NOW, clock=lambda: next(instants), keep=kept.append)
    with pytest.raises(Unavailable):
        ask(question("one"))
    assert kept == ([] if kept_s is None else [NOW + dt.timedelta(seconds=kept_s)])


def _asked_at(root: Path, minutes: int) -> None:
    now = NOW + dt.timedelta(minutes=minutes)
    open_maker(open_session(root), now=now, jobs=1).ways.complete(question(f"at {minutes} " * 40))
