"""The same newsletter on every surface it arrives by: the same links and the same words, of the parts they share."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from tests.readings import differences, edition_of, said
from tests.rooms import DEMO
from tests.shared import NEWSLETTERS

ERAS = (
    "23-12-20-ainews-12192023-everybody-loves-openrouter.md",
    "24-02-19-ainews-companies-liable-for-ai-hallucination-is-good-actually-for-ai-engineers.md",
    "24-03-06-ainews-not-much-happened-today.md",
    "24-05-03-ainews-dollar100k-to-predict-lmsys-human-preferences-in-a-kaggle-contest.md",
    "24-05-27-ainews-life-after-dpo-rewardbench.md",
    "25-04-07-ainews-llama-4s-controversial-weekend-release.md",
    "26-02-03-not-much.md",
    "26-04-16-opus-47.md",
)
BUNDLED = ("24-06-11-ainews-small-models-long-shadows.md", "26-07-14-quiet-harbour.md")


def newsletter(name: str) -> Path:
    folder = DEMO if name in BUNDLED else NEWSLETTERS
    if not (folder / name).is_file():
        pytest.skip("../shared is not on this machine")
    return folder / name


@pytest.mark.parametrize("name", [*BUNDLED, *ERAS], ids=lambda name: name[:8])
def test_every_surface_carries_the_same_links_and_the_same_words(name: str) -> None:
    surfaces = edition_of(newsletter(name)).all()
    of = {surface.name: said(surface) for surface in surfaces}
    found = [line for pair in itertools.combinations(surfaces, 2) for line in differences(*pair, of)]
    assert not found, f"{len(found)} differences:\n" + "\n".join(found[:400])
