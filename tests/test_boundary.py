"""What nobody foresaw costs one source or one issue, is told in one line with its place, and the others go on."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

import pipeline.fetch.files
import pipeline.stages
from pipeline.errors import FetchError, UnforeseenError, boundary
from pipeline.feeds import parse_feed
from pipeline.records.issues import Issue
from pipeline.records.sources import RawIssue
from tests.feed_mutants import mutant
from tests.rooms import DEMO, maeil, new_root

BROKEN_FEEDS = {
    "an undeclared prefix": b"<x:y/>",
    "an undeclared envelope": b"<soap:Envelope/>",
    "half a surrogate as a namespace": b'<!----><d n="" xmlns="&#xD800;"',
    "an undeclared prefix inside": b"<rss><channel><x:y z:a='1'/><title>T</title></channel></rss>",
}


def test_what_is_raised_on_purpose_passes_through() -> None:
    with pytest.raises(FetchError, match="gone"), boundary("a"):
        raise FetchError("gone")


def test_anything_else_is_one_line_with_its_place(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("pipeline"), "propagate", True)  # a run before this test turned it off
    caplog.set_level(logging.DEBUG, logger="pipeline.errors")
    with pytest.raises(UnforeseenError) as caught, boundary("ainews"):
        parse_feed(None)  # type: ignore[arg-type]
    line = str(caught.value)
    assert line.startswith("ainews: went wrong in a way that nobody foresaw (AttributeError in feeds.py:")
    assert "--debug" in line
    assert "\n" not in line
    assert caplog.records[-1].exc_info


@pytest.mark.parametrize("feed", BROKEN_FEEDS)
def test_what_is_no_feed_is_one_line(feed: str) -> None:
    with contextlib.suppress(FetchError):  # a feed that could be mended is as good
        assert parse_feed(BROKEN_FEEDS[feed]).entries == ()


@pytest.mark.parametrize("feed", BROKEN_FEEDS)
def test_a_broken_feed_stops_no_other_source(tmp_path: Path, httpserver: HTTPServer, feed: str) -> None:
    httpserver.expect_request("/feed").respond_with_data(BROKEN_FEEDS[feed], content_type="application/rss+xml")
    folder = f'[[sources]]\nname = "demo2"\nkind = "folder"\npath = "{DEMO}"\nbacklog = 9\n'
    broken = f'[[sources]]\nname = "a"\nkind = "feed"\nurl = "{httpserver.url_for("/feed")}"\n'
    private = '[web]\nallow_private = ["localhost", "127.0.0.1"]\n'
    root = new_root(tmp_path / "root", f"{private}[model]\nname = 'm'\n{broken}{folder}")
    result = maeil(root, "run", "--until", "extract")
    assert "Traceback" not in result.output
    assert len(list((root / "data" / "work").iterdir())) == 2
    assert result.exit_code in (0, 1)


def test_an_issue_that_breaks_a_stage_is_held_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pipeline.stages.extract

    def fragile(raw: RawIssue, body: bytes, *, made_from: str) -> Issue:
        if raw.day == dt.date(2024, 6, 12):
            raise ZeroDivisionError("a fault")
        return real(raw, body, made_from=made_from)

    monkeypatch.setattr(pipeline.stages, "extract", fragile)
    folder = f'[[sources]]\nname = "demo2"\nkind = "folder"\npath = "{DEMO}"\nbacklog = 9\n'
    root = new_root(tmp_path / "root", f"[model]\nname = 'm'\n{folder}")
    result = maeil(root, "run", "--until", "extract")
    assert result.exit_code == 1
    (line,) = [line for line in result.stderr.splitlines() if "ZeroDivisionError" in line]
    assert "20240612" in line
    assert len(list((root / "data" / "work").glob("*/issue.json"))) == 1


@pytest.mark.parametrize("seed", range(300))
def test_a_mutated_feed_is_read_or_refused(seed: int) -> None:
    with contextlib.suppress(FetchError):
        assert parse_feed(mutant(seed)).title is not None


def test_an_edition_that_raises_what_nobody_foresaw_stops_no_other_of_its_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pipeline.fetch.files.issue_of_file

    def fragile(name: str, body: bytes, **more: Any) -> RawIssue:
        if name.startswith("24-06-11"):
            raise ZeroDivisionError("a fault")
        return real(name, body, **more)

    monkeypatch.setattr(pipeline.fetch.files, "issue_of_file", fragile)
    folder = f'[[sources]]\nname = "demo2"\nkind = "folder"\npath = "{DEMO}"\nbacklog = 9\n'
    root = new_root(tmp_path / "root", f"[model]\nname = 'm'\n{folder}")
    result = maeil(root, "run", "--until", "extract")
    assert result.exit_code == 1
    (line,) = [line for line in result.stderr.splitlines() if "ZeroDivisionError" in line]
    assert line.startswith("maeil: demo2: 24-06-11")
    assert len(list((root / "data" / "work").glob("*/issue.json"))) == 1
