"""Front matter of files from anywhere: plain values only, and nothing that a few bytes can blow up."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import matter
from pipeline.config import read_prompts, read_settings
from pipeline.errors import ConfigError
from pipeline.fetch import issue_of_file
from tests.extracted import read as extracted
from tests.rooms import maeil, new_root

_NAMES = "abcdefghi"
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n" for before, name in itertools.pairwise(_NAMES)
)
BOMBS = {
    "aliases": f"{BOMB}date: *i\n",
    "an alias of one": "a: &a x\ntitle: *a\n",
    "an anchor alone": "title: &a x\n",
    "a merge": "a: &a {x: 1}\n<<: *a\n",
    "brackets": f"a: {'[' * 5_000}",
    "braces": f"a: {'{' * 5_000}",
    "lists": f"{'- ' * 5_000}x",
    "keys": f"{'? ' * 5_000}x",
    "an escape that is no character": 'a: "\\UFFFFFFFF"',
    "too long": f"a: {'x' * matter.MAX_CHARACTERS}",
}
NEWSLETTER = "# News\n\n- Acme released a model.\n- Bolt raised money.\n- Crate fixed a bug.\n"


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_before_anything_is_built(bomb: str) -> None:
    with pytest.raises(matter.MatterError):
        matter.read(BOMBS[bomb])


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_newsletter_with_a_bomb_in_its_front_matter_is_read_without_it(bomb: str) -> None:
    text = f"---\n{BOMBS[bomb]}\n---\n{NEWSLETTER}"
    issue = extracted(text)
    assert next(item.text for section in issue.sections for item in section.items) == "Acme released a model."
    raw = issue_of_file(
        "24-06-12-a.md", text.encode(), source="x", now=dt.datetime(2024, 6, 13, tzinfo=dt.UTC), zone=ZoneInfo("UTC")
    )
    assert raw.day == dt.date(2024, 6, 12)
    assert any("front matter cannot be read" in note for note in raw.notes)


def test_only_plain_values_are_taken() -> None:
    text = "title: A\ndate: 2024-05-04\nn: 1\nx: [1]\ny: {a: b}\nz: 2024-05-04T01:02:03Z\nno: ~\n"
    found = matter.scalars(text)
    assert {name: type(value).__name__ for name, value in found.items()} == {
        "title": "str",
        "date": "date",
        "n": "int",
        "z": "datetime",
        "False": "NoneType",
    }


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_prompt_with_a_bomb_is_one_line(tmp_path: Path, bomb: str) -> None:
    (tmp_path / "editor.md").write_text(f"---\nname: editor\n{BOMBS[bomb]}\n---\nx")
    with pytest.raises(ConfigError, match=r"editor\.md: cannot be read: it "):
        read_prompts(tmp_path)


def test_settings_that_nest_too_deep_are_one_line(tmp_path: Path) -> None:
    (tmp_path / "maeil.toml").write_text(f"a={'[' * 5_000}")
    with pytest.raises(ConfigError, match="nests too deep"):
        read_settings(tmp_path)


def test_settings_with_a_number_that_is_too_long_are_one_line(tmp_path: Path) -> None:
    (tmp_path / "maeil.toml").write_text(f"a = {'9' * 5_000}")
    with pytest.raises(ConfigError, match=r"^maeil\.toml: cannot be read: "):
        read_settings(tmp_path)


@pytest.mark.parametrize("number", [f"0x{'f' * 9_000}", ":".join(["59"] * 9_000), "9" * 9_000])
@pytest.mark.parametrize("name", ["title", "date", "url"])
def test_numbers_that_cannot_be_written_out_are_left_out(name: str, number: str) -> None:
    text = f"---\n{name}: {number}\n---\n{NEWSLETTER}"
    assert extracted(text).sections
    now = dt.datetime(2024, 6, 13, tzinfo=dt.UTC)
    raw = issue_of_file("24-06-12-a.md", text.encode(), source="x", now=now, zone=ZoneInfo("UTC"))
    assert len(raw.title) + len(raw.url) < 10


def test_settings_with_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    (tmp_path / "maeil.toml").write_bytes(b'\xef\xbb\xbf[model]\nname = "m"\n')
    assert read_settings(tmp_path).model.name == "m"


def test_a_post_with_a_bomb_is_audited_in_one_piece(tmp_path: Path) -> None:
    post = tmp_path / "daily-20240612.md"
    post.write_text(f"---\n{BOMBS['aliases']}---\n\n본문입니다.\n")
    newsletter = tmp_path / "24-06-12-a.md"
    newsletter.write_text(NEWSLETTER)
    result = maeil(new_root(tmp_path / "root"), "check", str(post), "--against", str(newsletter))
    assert result.exit_code == 1
    assert "Traceback" not in result.output


@given(st.text("ab:-[]{}&*!?|>'\"#\n 0", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(matter.MatterError):
        assert isinstance(matter.read(text), dict)
