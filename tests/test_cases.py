"""Whole issues from recorded replies: the bundled newsletters, and real ones where ../shared is there."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.rooms import DEMO, ROOT, files_below, maeil, new_root
from tests.shared import NEWSLETTERS, needs_shared

CASES = Path(__file__).parent / "cases"
HEADINGS = [
    "## Today's Preview",
    "### AI Viewpoint 🤖",
    "## Today's Overview",
    "### 최신 인공지능 기술과 응용 분야의 종합 리포트",
]


def dry_run(root: Path, *arguments: str, model: str) -> dict[str, str]:
    """The posts that a dry run writes, by name."""
    result = maeil(root, "run", "--dry-run", *arguments, MAEIL_MODEL__NAME=model)
    assert result.exit_code == 0, result.output
    return {post.name: post.read_text("utf-8") for post in sorted((root / "build" / "dry-run").glob("daily-*.md"))}


def demo_root(folder: Path) -> Path:
    root = new_root(folder, factcheck=True)
    shutil.copytree(DEMO, root / "data" / "raw" / "demo")
    shutil.copytree(ROOT / "data" / "replies", root / "data" / "replies")
    return root


def links_of(post: str) -> set[str]:
    body = post.split("\n---\n", 1)[1].partition("\n원문: ")[0]
    blocks = MarkdownIt("commonmark").parse(body)
    inline = (token for block in blocks for token in block.children or ())
    return {str(token.attrs["href"]) for token in inline if token.type == "link_open"}


def test_the_bundled_newsletters_become_two_posts(tmp_path: Path) -> None:
    root = demo_root(tmp_path / "root")
    posts = dry_run(root, "--source", "demo", model="demo")
    assert list(posts) == ["daily-20240612.md", "daily-20260714.md"]
    sources = "\n".join(file.read_text("utf-8") for file in DEMO.glob("*.md")).replace("&amp;", "&")
    for post in posts.values():
        assert [line for line in post.splitlines() if line.startswith("##")] == HEADINGS
        assert "utm_" not in post
        assert len(links_of(post)) >= 10
        for link in links_of(post):
            assert link.partition("#")[0].partition("?")[0] in sources


def test_a_second_dry_run_writes_nothing(tmp_path: Path) -> None:
    root = demo_root(tmp_path / "root")
    dry_run(root, "--source", "demo", model="demo")
    before = {name: data for name, data in files_below(root).items() if not name.endswith("source.json")}
    dry_run(root, "--source", "demo", model="demo")
    assert {name: data for name, data in files_below(root).items() if not name.endswith("source.json")} == before


def test_every_bundled_reply_is_used(tmp_path: Path) -> None:
    root = demo_root(tmp_path / "root")
    dry_run(root, "--source", "demo", model="demo")
    asked = {
        question["question"]
        for file in (root / "build" / "dry-run" / "work").glob("*/draft.json")
        for question in json.loads(file.read_text("utf-8"))["record"]["asked"]
    }
    assert {file.stem for file in (ROOT / "data" / "replies").rglob("*.json")} & asked == asked
    assert len(asked) >= 4


@needs_shared
@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_a_real_newsletter_becomes_the_expected_post(case: Path, tmp_path: Path) -> None:
    newsletter = next(NEWSLETTERS.glob(f"{case.name}*.md"))
    root = new_root(tmp_path / "root")
    shutil.copytree(case / "replies", root / "data" / "replies")
    posts = dry_run(root, "--input", str(newsletter), model="by-hand")
    expected = {post.name: post.read_text("utf-8") for post in case.glob("daily-*.md")}
    assert posts == expected
    source = newsletter.read_text("utf-8").replace("&amp;", "&")
    for link in links_of(next(iter(posts.values()))):
        assert link.partition("#")[0].partition("?")[0] in source
        assert "utm_" not in link
