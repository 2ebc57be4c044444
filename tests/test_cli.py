"""Bad input gets one clear line, the right exit status, and leaves nothing behind."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tests.rooms import DEMO, ROOT, files_below, maeil, new_root
from tests.shared import NEWSLETTERS, SHARED, needs_shared

KEY = {"OPENAI_API_KEY": "sk-test-canary"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return new_root(tmp_path / "root")


def refused(root: Path, *arguments: str, status: int = 1, **environment: str) -> str:
    """The one line that a command prints; nothing is left under data/."""
    result = maeil(root, *arguments, **(KEY | environment))
    assert result.exit_code == status, result.output
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    assert "Traceback" not in result.output
    assert "canary" not in result.output
    assert not [name for name in files_below(root) if name.startswith(("data/raw/input", "data/posts"))]
    return lines[0]


def unasked(root: Path, *arguments: str, **environment: str) -> str:
    """The one line of a command that ends where a question would be put: nothing is published."""
    result = maeil(root, *arguments, **(KEY | environment))
    assert result.exit_code == 2, result.output
    (line,) = result.stderr.strip().splitlines()
    assert not [name for name in files_below(root) if name.startswith("data/posts/")]
    return line


def test_without_a_key_no_question_is_put(root: Path) -> None:
    line = unasked(root, "run", "--input", str(next(DEMO.glob("24*.md"))), OPENAI_API_KEY="")
    assert "OPENAI_API_KEY" in line
    assert ".env" in line


def test_without_a_model_no_question_is_put(tmp_path: Path) -> None:
    line = unasked(new_root(tmp_path / "r", ""), "run", "--input", str(next(DEMO.glob("24*.md"))))
    assert "no model is named" in line
    assert "maeil.toml" in line


@pytest.mark.parametrize("text", ["", "\x00\x01\x02", "---\ntitle: A\n---\n"])
def test_what_is_wrong_with_a_file_comes_before_a_missing_key(root: Path, tmp_path: Path, text: str) -> None:
    file = tmp_path / "24-06-12-broken.md"
    file.write_text(text)
    result = maeil(root, "run", "--input", str(file), OPENAI_API_KEY="")
    assert result.exit_code == 1, result.output
    assert "key" not in result.stderr


def test_what_asks_nothing_needs_no_key(root: Path) -> None:
    result = maeil(root, "run", "--input", str(next(DEMO.glob("24*.md"))), "--until", "clean", OPENAI_API_KEY="")
    assert result.exit_code == 0, result.output


def test_without_a_source_there_is_nothing_to_run(root: Path) -> None:
    assert "no source is set" in refused(root, "run", status=2)


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("empty.md", b"", "empty"),
        ("blank.md", b" \n\n", "empty"),
        ("paper.md", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
        ("photo.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "image"),
        ("noise.txt", bytes(range(256)) * 40, "binary data"),
        ("letter.eml", b"Subject: hello\r\n\r\n", "no body"),
        ("table.csv", b"a,b\n1,2\n", "csv"),
    ],
)
def test_a_file_that_is_no_newsletter_is_refused(root: Path, tmp_path: Path, name: str, body: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(body)
    line = refused(root, "run", "--input", str(tmp_path / name))
    assert name in line
    assert told.lower() in line.lower()


def test_a_missing_file_is_named(root: Path) -> None:
    assert "missing.md" in refused(root, "run", "--input", "missing.md")


@needs_shared
def test_text_that_lost_bytes_is_said_to_be_beyond_repair(root: Path) -> None:
    line = refused(root, "run", "--input", str(next((SHARED / "seeds").glob("001*"))))
    assert "decoded wrongly" in line
    assert "cannot be repaired" in line


@needs_shared
def test_a_page_without_an_article_is_refused_in_one_line(root: Path) -> None:
    line = refused(root, "show", str(next(NEWSLETTERS.glob("24-06-19*.html"))))
    assert "24-06-19" in line
    assert "empty" in line


@needs_shared
@pytest.mark.parametrize("path", sorted(NEWSLETTERS.glob("*")), ids=lambda path: path.name[:8] + path.suffix)
def test_every_real_newsletter_shows_as_json(root: Path, path: Path) -> None:
    if path.name.startswith("24-06-19") and path.suffix == ".html":
        return
    before = files_below(root)
    result = maeil(root, "show", str(path), "--stage", "clean", "--json")
    assert result.exit_code == 0
    record = json.loads(result.output)
    assert {"id", "source", "url", "title", "published", "sections", "links"} <= record.keys()
    items = {item["id"]: item for section in record["sections"] for item in section["items"]}
    for link in record["links"]:
        assert link["id"] in items[link["item"]]["links"]
        assert link["kind"] in ("content", "navigation", "image", "footer")
        assert "utm_source" not in link["url"]
    assert files_below(root) == before


def test_a_newsletter_without_a_day_can_be_shown_and_needs_one_to_be_run(root: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("# News\n\n- Harbor shipped Lumen-2.\n", "utf-8")
    assert "Harbor shipped Lumen-2." in maeil(root, "show", str(tmp_path / "notes.md")).output
    assert "--date" in refused(root, "run", "--input", str(tmp_path / "notes.md"))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("run", "20240101"), "no such issue"),
        (("show", "20240101"), "no such issue"),
        (("extract", "xyz"), "no such issue"),
        (("run", "--source", "nowhere", "--input", "x.md"), "no source is named 'nowhere'"),
        (("run", "--source", "demo"), "no source is named 'demo'"),
    ],
)
def test_what_does_not_exist_is_named(root: Path, arguments: tuple[str, ...], told: str) -> None:
    assert told in refused(root, *arguments, status=2)


def test_an_unknown_stage_is_a_usage_error(root: Path) -> None:
    result = maeil(root, "run", "--from", "translate", **KEY)
    assert result.exit_code == 2
    assert "translate" in result.stderr


def test_an_unknown_setting_is_named(tmp_path: Path) -> None:
    assert "'modle'" in refused(new_root(tmp_path / "r", "modle = 1"), "status", status=2)


@pytest.mark.parametrize(
    ("status", "content_type", "body", "told"),
    [
        (200, "text/html", "<!doctype html><html><body><h1>Log in</h1></body></html>", "HTML"),
        (200, "application/rss+xml", "", "empty"),
        (200, "application/rss+xml", "<rss><channel><item>", "feed"),
        (404, "text/plain", "gone", "404"),
        (500, "text/plain", "oh", "500"),
    ],
)
def test_a_feed_that_is_none_is_told_in_one_line(
    tmp_path: Path, httpserver: HTTPServer, status: int, content_type: str, body: str, told: str
) -> None:
    httpserver.expect_request("/feed").respond_with_data(body, status=status, content_type=content_type)
    settings = (
        f'[model]\nname = "m"\n[web]\nallow_private = ["127.0.0.1", "localhost"]\n'
        f'[[sources]]\nname = "news"\nkind = "feed"\nurl = "{httpserver.url_for("/feed")}"\n'
    )
    line = refused(new_root(tmp_path / "r", settings), "run")
    assert line.startswith("maeil: news")
    assert told in line


def test_urls_are_cleaned_one_for_one(root: Path) -> None:
    lines = "https://e.example/?utm_source=x&a=1\n\nnot a url\nhttps://youtu.be/x?si=1&t=2\n"
    result = maeil(root, "clean-url", stdin=lines)
    assert result.output == "https://e.example/?a=1\n\nnot a url\nhttps://youtu.be/x?t=2\n"
    assert maeil(root, "clean-url", "https://x.com/a/status/1?s=20").output == "https://x.com/a/status/1\n"


def test_help_imports_nothing_heavy() -> None:
    heavy = ("openai", "bs4", "lxml", "httpx", "pydantic")
    code = f"import sys, pipeline.cli; print([name for name in {heavy} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"


def test_status_of_an_empty_root_says_what_to_run(root: Path) -> None:
    assert "maeil run" in maeil(root, "status").output
    assert json.loads(maeil(root, "status", "--json").output) == []
