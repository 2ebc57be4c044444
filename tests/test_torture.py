"""The short form of ``make torture``: a sample of every goal; the long one is for whoever changes what it is about."""

from __future__ import annotations

import functools
import subprocess
import sys

import pytest

from tests.rooms import ROOT
from torture.all_goals import GOALS


@functools.cache
def lines(*options: str) -> dict[str, str]:
    """What is printed of each goal: its own line and those of its failures."""
    command = [sys.executable, "-m", "torture", "--short", *options]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=600, check=False)
    printed: dict[str, str] = {}
    name = ""
    for line in ran.stdout.splitlines():
        name = name if line.startswith(" ") else line.split(" ", 1)[0]
        printed[name] = f"{printed.get(name, '')}{line}\n"
    assert set(printed) >= {goal.name for goal in GOALS}, ran.stdout + ran.stderr
    return printed


@pytest.mark.parametrize("goal", [goal.name for goal in GOALS])
def test_the_goal_holds(goal: str) -> None:
    said = lines()[goal]
    assert "  ok" in said.splitlines()[0], said


@pytest.mark.parametrize("goal", [goal.name for goal in GOALS])
def test_a_naive_piece_in_the_programs_place_is_caught(goal: str) -> None:
    said = lines("--planted")[goal]
    assert "  FAIL  planted: " in said.splitlines()[0], said
    assert f"--goal {goal} --case " in said
