"""Damage under posts that are up to date."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.store.verifying import DAYS, verified
from tests.rooms import maeil
from tests.test_runs import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.add()
    desk.run()
    return desk


def test_what_is_whole_is_read_and_nothing_is_said(desk: Desk) -> None:
    result = maeil(desk.root, "status", "--verify")
    assert result.exit_code == 0
    assert "none damaged" in result.output
    assert not result.output.startswith("0 files")


def _spoiled(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


@pytest.mark.parametrize("pattern", ["data/raw/*/*.issue.json", "data/replies/??/*.json", "data/ledger/2*.json"])
def test_a_damaged_record_is_told_with_its_file(desk: Desk, pattern: str) -> None:
    path = next(iter(sorted(desk.root.glob(pattern))))
    _spoiled(path)
    result = maeil(desk.root, "status", "--verify")
    assert result.exit_code == 1
    assert path.name in result.output
    assert "1 damaged" in result.output


def test_a_damaged_capture_is_told_with_its_issue(desk: Desk) -> None:
    (capture,) = [path for path in desk.root.glob("data/raw/*/*") if path.suffix == ".md"]
    _spoiled(capture)
    result = maeil(desk.root, "status", "--verify")
    assert result.exit_code == 1
    assert "is not what was fetched" in result.output


def test_every_file_is_read_once_in_thirty_days(desk: Desk) -> None:
    library = desk.session().library
    days = [dt.date(2026, 11, 1) + dt.timedelta(days=number) for number in range(DAYS)]
    assert sum(verified(library, day=day).files for day in days) == verified(library).files


def test_a_run_tells_damage_on_the_day_of_its_file(desk: Desk) -> None:
    path = next(iter(sorted(desk.root.glob("data/replies/??/*.json"))))
    _spoiled(path)
    library = desk.session().library
    days = [dt.date(2026, 11, 1) + dt.timedelta(days=number) for number in range(DAYS)]
    (day,) = [day for day in days if verified(library, day=day).damaged]
    source = f'[[sources]]\nname = "letters"\nkind = "folder"\npath = "{desk.root}"\n'
    settings = desk.root / "maeil.toml"
    settings.write_text(settings.read_text("utf-8") + source, "utf-8")
    for offset, told in ((0, True), (1, False)):
        now = f"{day + dt.timedelta(days=offset)}T01:00:00Z"
        result = maeil(desk.root, "run", "--until", "fetch", "--source", "letters", "--now", now)
        assert (path.name in result.output) is told
        assert (result.exit_code == 1) is told
