"""A newsletter's title, its name and its source are hostile text, in renderers that link addresses too."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.emit import emit
from pipeline.markdown import escaped, without_addresses
from tests import make
from torture.hostile_text import CREDITS, DAY, LINKED, _emitted
from torture.rendered import linking_renderings, strange


@pytest.mark.parametrize("field", CREDITS)
def test_no_name_in_the_credit_makes_a_link_or_an_element(field: str, tmp_path: Path) -> None:
    assert list(_emitted([(field, payload) for payload in LINKED], gray=False)(tmp_path)) == []


def test_an_unescaped_title_would_be_seen() -> None:
    (pages,) = linking_renderings([f"원문: {LINKED[0]}"])
    assert list(strange(pages[0][1], frozenset()))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Lumen-2 is out: https://a.example/x", "Lumen-2 is out:"),
        ("Write to me@a.example, please", "Write to please"),
        ("GPT-4o & friends <3", "GPT-4o & friends <3"),
        ("AI/ML: 3 // 4 notes", "AI/ML: 3 4 notes"),
        ("Ratio 16:9 at 12:30", "Ratio 16:9 at 12:30"),
        ("@karpathy on LLM OS", "@karpathy on LLM OS"),
    ],
)
def test_only_addresses_leave_a_title(text: str, left: str) -> None:
    assert without_addresses(text) == left


def test_a_link_behind_an_exclamation_mark_is_no_picture() -> None:
    links = [make.link("l1", "https://a.example/p", text="Lumen")]
    bullet = make.bullet("드디어!Lumen이 나왔습니다.", "s1i1", refs=[("Lumen", "l1")])
    draft = make.draft(preview=make.part(("모델", [bullet])))
    text = emit(
        make.verdict(draft), make.issue(links=links), file="x.md", day=DAY, update=DAY, credit=None, made_from=make.MADE
    ).text
    assert "드디어\\![Lumen](https://a.example/p)" in text
    (pages,) = linking_renderings([text.split("---\n", 2)[2]])
    assert all("<img" not in page for _, page in pages)


def test_less_than_is_an_entity() -> None:
    assert escaped("p<0.05 <b>") == "p&lt;0.05 &lt;b>"
