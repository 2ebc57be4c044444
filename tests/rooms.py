"""A root to run in: prompts and settings of the program, empty data."""

from __future__ import annotations

import shutil
from pathlib import Path

from click.testing import CliRunner, Result

from pipeline.cli import main

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "data" / "raw" / "demo"


def new_root(folder: Path, settings: str = '[model]\nname = "demo"\n', *, factcheck: bool = False) -> Path:
    """A root with these settings. The fact check is off unless asked for: most models of the tests only write."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(ROOT / "prompts", folder / "prompts")
    (folder / "maeil.toml").write_text(settings if factcheck else f'factcheck = "off"\n{settings}', "utf-8")
    return folder


def maeil(root: Path, *arguments: str, stdin: str = "", **environment: str | None) -> Result:
    """Run a command in ``root``; every error of ours must have become a line, not a traceback."""
    options = () if arguments[0] == "clean-url" else ("--root", str(root))
    known = {"OPENAI_API_KEY": None, "OPENAI_BASE_URL": None} | environment
    result = CliRunner().invoke(main, [*arguments, *options], input=stdin, env=known)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file but locks, by its path."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != ".lock"
    }
