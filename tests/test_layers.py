"""Data walks one way: a stage imports the ground only, an edge the ground only, and nothing imports backwards."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from pipeline.fingerprints import CODE

PACKAGE = Path(__file__).resolve().parents[1] / "pipeline"

GROUND = {
    "errors",
    "records",
    "canonical",
    "characters",
    "charset",
    "commonmark",
    "counted",
    "decoding",
    "feeds",
    "footers",
    "hosts",
    "identity",
    "instants",
    "letters",
    "markdown",
    "matter",
    "orders",
    "patterns",
    "places",
    "posts",
    "presets",
    "redirects",
    "reply",
    "sentences",
    "subscribers",
    "tokens",
    "tracking",
    "transfer",
    "twins",
    "urls",
}
STAGES = {"fetch", "extract", "follow", "clean", "stale", "summarize", "verify", "emit"}
EDGES = {
    "addresses",
    "config",
    "exchange",
    "folder",
    "hops",
    "imap",
    "korean",
    "llm",
    "mail",
    "store",
    "transport",
    "web",
}
MAY_IMPORT = (
    dict.fromkeys(GROUND | STAGES | EDGES, GROUND)
    | {
        "clean": GROUND | {"stale"},
        "exchange": GROUND | {"transport"},
        "hops": GROUND | {"exchange", "transport"},
        "web": GROUND | {"exchange", "transport"},
        "transport": GROUND | {"addresses"},
        "mail": GROUND | {"imap"},
    }
    | {
        "audit": GROUND | {"verify"},
        "factcheck": GROUND | {"summarize", "verify"},
        "fingerprints": set(),
        "placing": GROUND | EDGES,
        "stages": GROUND | STAGES | EDGES | {"factcheck", "fingerprints", "placing"},
        "runs": GROUND | EDGES | {"fingerprints", "stages"},
        "session": GROUND | EDGES | {"stages"},
        "gather": GROUND | STAGES | EDGES | {"session"},
        "targets": GROUND | STAGES | EDGES | {"stages", "runs"},
        "display": GROUND | {"runs", "targets", "verify"},
        "commands": GROUND | STAGES | EDGES | {"audit", "stages", "runs", "session", "gather", "targets", "display"},
        "cli": GROUND | {"commands", "clean"},
        "__main__": {"cli"},
        "__init__": set(),
    }
)


def room_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module == "pipeline":
            names = [f"pipeline.{alias.name}" for alias in node.names]
        assert not (isinstance(node, ast.ImportFrom) and node.level), f"{file}: relative import"
        found |= {name.split(".")[1] for name in names if name.startswith("pipeline.")}
    return found


def test_every_room_has_its_place_in_the_layers() -> None:
    assert {room_of(file) for file in PACKAGE.rglob("*.py")} == set(MAY_IMPORT)


def test_no_import_walks_backwards() -> None:
    backwards = [
        f"{file.relative_to(PACKAGE)} imports {name}"
        for file in PACKAGE.rglob("*.py")
        for name in imports_of(file) - {room_of(file)}
        if name not in MAY_IMPORT[room_of(file)]
    ]
    assert backwards == []


def test_stages_and_ground_touch_neither_network_nor_disk_nor_clock() -> None:
    forbidden = {"socket", "subprocess", "requests", "httpx", "openai", "os", "time", "random", "shutil", "tempfile"}
    found = []
    for file in PACKAGE.rglob("*.py"):
        if room_of(file) in GROUND | STAGES | {"audit"}:
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                found += [
                    f"{file.relative_to(PACKAGE)} imports {name}" for name in names if name.split(".")[0] in forbidden
                ]
    assert found == []


def imported_by(stage: str) -> set[str]:
    """The rooms that a stage imports, and those that they import."""
    found: set[str] = set()
    waiting = {stage}
    while waiting:
        room = waiting.pop()
        files = [file for file in PACKAGE.rglob("*.py") if room_of(file) == room]
        new = {name for file in files for name in imports_of(file)} - found - {stage}
        found |= new
        waiting |= new
    return found


@pytest.mark.parametrize("stage", CODE)
def test_a_record_is_made_again_when_any_code_that_its_stage_imports_has_changed(stage: str) -> None:
    told = {name.removesuffix(".py") for name in CODE[stage]}
    assert imported_by(stage) - told == {"errors", "records"} & imported_by(stage)
