"""Sites that read instants build the day's post in the Korean morning. Skipped where the tools are not installed."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from pipeline.emit import emit
from tests.make import MADE, bullet, draft, issue, part, verdict

SEOUL = ZoneInfo("Asia/Seoul")
TODAY = dt.date(2026, 11, 27)
MORNING = "2026-11-26 23:05:00"
"""Five past eight in Seoul, on the clock of a server that runs on UTC."""
INSTANT = dt.datetime(2026, 11, 27, 7, 10, tzinfo=SEOUL)
BODY = "Harbor가 새 모델을 공개했습니다."


def post(instant: dt.datetime | None) -> str:
    made = draft(intro=[bullet(BODY)], preview=part(("모델", [bullet(BODY)])), overview=part())
    return emit(
        verdict(made), issue(), file="x.md", day=TODAY, update=TODAY, credit=None, made_from=MADE, instant=instant
    ).text


def test_an_instant_is_written_with_its_zone_and_not_quoted() -> None:
    assert "\ndate: 2026-11-27T07:10:00+09:00\n" in post(INSTANT)
    assert "\ndate: 2026-11-27\n" in post(None)
    assert yaml.safe_load(post(INSTANT).split("---\n")[1])["date"] == INSTANT


def built(site: Path, *command: str) -> str:
    environment = {**os.environ, "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    ran = subprocess.run(command, cwd=site, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return "".join(page.read_text("utf-8") for page in site.rglob("*.html") if "layouts" not in page.parts)


def installed(*tools: str) -> pytest.MarkDecorator:
    missing = [tool for tool in tools if shutil.which(tool) is None]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")


@installed("hugo")
@pytest.mark.parametrize(("instant", "there"), [(INSTANT, True), (None, False)])
def test_hugo_builds_the_post_of_the_morning(tmp_path: Path, instant: dt.datetime | None, there: bool) -> None:
    (tmp_path / "config.toml").write_text('baseURL = "https://blog.example/"\ndisableKinds = ["taxonomy", "term"]\n')
    (tmp_path / "layouts" / "_default").mkdir(parents=True)
    (tmp_path / "layouts" / "_default" / "single.html").write_text("{{ .Title }} {{ .Content }}")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "daily-20261127.md").write_text(post(instant), "utf-8")
    assert (BODY in built(tmp_path, "hugo", "--quiet", "--clock", f"{MORNING.replace(' ', 'T')}Z")) is there


@installed("jekyll", "faketime")
@pytest.mark.parametrize(("instant", "there"), [(INSTANT, True), (None, False)])
def test_jekyll_builds_the_post_of_the_morning(tmp_path: Path, instant: dt.datetime | None, there: bool) -> None:
    (tmp_path / "_config.yml").write_text("title: T\n")
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts" / "2026-11-27-daily.md").write_text(post(instant), "utf-8")
    assert (BODY in built(tmp_path, "faketime", MORNING, "jekyll", "build", "--quiet")) is there
