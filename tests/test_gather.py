from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from pipeline.gather import demo_source, gather, quiet_days
from pipeline.records.sources import Source
from pipeline.session import open_session
from tests.rooms import DEMO, files_below, maeil, new_root
from tests.small import NEWSLETTER

WEEKDAYS = Source(name="a", kind="feed", expect_days=("mon", "tue", "wed", "thu", "fri"))
FRIDAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize(("passed", "days"), [(0, 0), (1, 0), (3, 0), (4, 1), (6, 3), (8, 5), (11, 6)])
def test_only_days_on_which_a_source_publishes_count_as_silence(passed: int, days: int) -> None:
    assert quiet_days(WEEKDAYS, FRIDAY, FRIDAY + dt.timedelta(days=passed)) == days


def test_a_source_without_expected_days_is_never_quiet() -> None:
    assert quiet_days(Source(name="a", kind="feed"), FRIDAY, FRIDAY + dt.timedelta(days=300)) == 0


def folder_root(tmp_path: Path, extra: str = "") -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "24-06-12-small.md").write_text(NEWSLETTER, "utf-8")
    source = f'[[sources]]\nname = "small"\nkind = "folder"\npath = "{tmp_path / "in"}"\n'
    source += 'expect_days = ["mon", "tue", "wed"]\n'
    return new_root(tmp_path / "root", f'{extra}\n[model]\nname = "m"\n{source}')


def test_a_quiet_source_is_told_once_and_shown(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    session = open_session(folder_root(tmp_path))
    later = dt.datetime(2024, 7, 1, tzinfo=dt.UTC)
    for now, told in ((dt.datetime(2024, 6, 13, tzinfo=dt.UTC), 0), (later, 1), (later, 1)):
        gather(session, session.settings.sources, now=now, since=None, tell=lambda line: None)
        assert len([record for record in caplog.records if "nothing new since 2024-06-13" in record.message]) == told
    state = session.library.source_state("small")
    assert state is not None
    assert state.quiet


def test_what_is_there_is_not_brought_in_again(tmp_path: Path) -> None:
    session = open_session(folder_root(tmp_path))
    now = dt.datetime(2024, 6, 13, tzinfo=dt.UTC)
    gather(session, session.settings.sources, now=now, since=None, tell=lambda line: None)
    before = {name: data for name, data in files_below(session.root / "data").items() if "source.json" not in name}
    gather(session, session.settings.sources, now=now + dt.timedelta(hours=1), since=None, tell=lambda line: None)
    assert {
        name: data for name, data in files_below(session.root / "data").items() if "source.json" not in name
    } == before
    assert len(before) == 2


def test_a_dry_run_opens_no_connection_and_writes_nothing_under_data(tmp_path: Path, httpserver: HTTPServer) -> None:
    source = f'[[sources]]\nname = "news"\nkind = "feed"\nurl = "{httpserver.url_for("/feed")}"\n'
    root = new_root(tmp_path / "root", f'[model]\nname = "m"\n[web]\nallow_private = ["localhost"]\n{source}')
    (root / "data" / "raw" / "demo").mkdir(parents=True)
    (root / "data" / "raw" / "demo" / "24-06-12-small.md").write_text(NEWSLETTER, "utf-8")
    before = files_below(root)
    result = maeil(root, "run", "--dry-run", "--source", "demo", "--source", "news")
    assert result.exit_code == 1, result.output
    assert "no recorded reply; it would take 2 calls and about" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert httpserver.log == []
    after = files_below(root)
    assert {name for name in after if name not in before} == {
        name for name in after if name.startswith("build/dry-run/")
    }


def test_the_bundled_newsletters_are_met_by_a_dry_run_only(tmp_path: Path) -> None:
    session = open_session(new_root(tmp_path / "root"), dry_run=True)
    assert demo_source(session).path == str(session.root / "data" / "raw" / "demo")
    assert len(list(DEMO.glob("*.md"))) == 2
    assert maeil(session.root, "run", "--source", "demo", OPENAI_API_KEY="sk-x").exit_code == 2


@pytest.mark.parametrize(("path", "status"), [("/hook", 0), ("/hook/fail", 1)])
def test_a_watchdog_is_told_how_a_run_ended(tmp_path: Path, httpserver: HTTPServer, path: str, status: int) -> None:
    httpserver.expect_request(path).respond_with_data("ok")
    hook = f'notify_url = "{httpserver.url_for("/hook")}"\n[web]\nallow_private = ["localhost"]\n'
    root = folder_root(tmp_path, hook)
    if status:
        (tmp_path / "in" / "24-06-12-small.md").write_bytes(b"%PDF-1.4")
    result = maeil(root, "run", "--until", "clean", OPENAI_API_KEY="sk-x")
    assert result.exit_code == status
    assert [request.path for request, _ in httpserver.log] == [path]
    assert b"Lumen" not in httpserver.log[0][0].data + httpserver.log[0][0].query_string


def test_sources_are_listed_and_tried(tmp_path: Path) -> None:
    root = folder_root(tmp_path)
    assert "never fetched" in maeil(root, "sources").output
    checked = maeil(root, "sources", "check")
    assert (checked.exit_code, "small: ok, would bring 1, newest 2024-06-13" in checked.output) == (0, True)
    assert not (root / "data").exists()
    maeil(root, "run", "--until", "fetch")
    assert "brought 1" in maeil(root, "sources").output
    (tmp_path / "in" / "broken.md").write_bytes(b"")
    assert maeil(root, "sources", "check").exit_code == 1


def test_status_shows_every_issue_and_what_was_skipped(tmp_path: Path) -> None:
    root = folder_root(tmp_path)
    (tmp_path / "in" / "24-06-10-older.md").write_text(NEWSLETTER.replace("06-12", "06-10"), "utf-8")
    maeil(root, "run", "--until", "clean")
    rows = json.loads(maeil(root, "status", "--json").output)
    assert [(row["state"], row["stage"]) for row in rows] == [("under way", "clean"), ("skipped", "")]
    assert "--since" in rows[1]["reason"]
    plain = maeil(root, "status").output
    assert "skipped" in plain
    assert "Small models, small bills" in plain
