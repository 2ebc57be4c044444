"""``python -m torture.strace``: kill -9 at ten system calls, by strace, of a run of the two bundled newsletters.

The model is a server that answers from the recorded replies. Nothing is put before the program's own functions and
nothing is forked: what the goal ``kill`` does within Python is done here from outside, so that one can be held against
the other. Exit status 1 when the next run does not come to the same bytes, 2 where strace is missing or may not trace.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from tests.real_model import recorded_model
from tests.rooms import DEMO, ROOT, files_below, new_root
from torture.rooms import CANARY, NOW, temporary_folder


class Point(NamedTuple):
    """Where a run is killed: on entering a system call of this name, at a share of all those about its data."""

    name: str
    share: float


POINTS = (
    Point("mkdir", 0.1),
    Point("openat", 0.2),
    Point("write", 0.0),
    Point("fsync", 0.3),
    Point("rename", 0.4),
    Point("close", 0.5),
    Point("fchmod", 0.6),
    Point("sendto", 0.7),
    Point("rename", 0.8),
    Point("fsync", 0.95),
)
SETTINGS = """[model]
name = "demo"
[[sources]]
name = "box"
kind = "folder"
path = "inbox"
backlog = 9
"""
NAMES = ",".join(sorted({point.name for point in POINTS}))


class Call(NamedTuple):
    """A system call: its number among those of the same name in its thread, and what of the root it is about."""

    name: str
    number: int
    path: str


@click.command()
def torture() -> None:
    """Kill a run at ten system calls and run it again; a line for each."""
    if shutil.which("strace") is None:
        click.echo("skipped: there is no strace here (Debian: apt-get install strace)")
        sys.exit(2)
    with temporary_folder() as name, recorded_model(ROOT / "data" / "replies") as server:
        folder = Path(name)
        _run(_root(folder / "warm"), server.base_url)  # so that none of what follows writes compiled modules
        whole, calls = _undisturbed(folder, server.base_url)
        if not calls:
            click.echo("skipped: strace may not trace here (ptrace is forbidden)")
            sys.exit(2)
        said = [_tried(folder / f"{at}", point, calls, whole, server.base_url) for at, point in enumerate(POINTS)]
    failed = len(said) - said.count("")
    click.echo(f"{len(said)} points, {failed} failures")
    sys.exit(1 if failed else 0)


def _root(folder: Path) -> Path:
    root = new_root(folder / "root", SETTINGS)
    shutil.copytree(DEMO, root / "inbox")
    return root


def _run(root: Path, server: str, *before: str) -> subprocess.CompletedProcess[str]:
    """Run as cron does; hashes are seeded so that each run makes the same calls."""
    command = [*before, sys.executable, "-m", "pipeline", "run", "--now", NOW, "--jobs", "1"]
    known = {"OPENAI_API_KEY": CANARY, "OPENAI_BASE_URL": server, "PYTHONHASHSEED": "0", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [*command, "--root", str(root)],
        cwd=root,
        env=os.environ | known,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def _told(root: Path) -> dict[str, bytes]:
    """All files but those that tell how often the model was asked, and how long it took."""
    found = files_below(root).items()
    return {name: data for name, data in found if "ledger/calls" not in name and not name.endswith("source.json")}


def _undisturbed(folder: Path, server: str) -> tuple[dict[str, bytes], list[Call]]:
    """The files after a run that was only watched, and its calls; none where nothing may be watched."""
    root, trace = _root(folder / "undisturbed"), folder / "trace"
    ran = _run(root, server, *_strace(trace))
    calls = list(_reachable(_calls(trace, root))) if trace.exists() else []
    if calls and (ran.returncode or len(list(root.glob("data/posts/*.md"))) != 2):
        raise click.ClickException(f"the undisturbed run ended with {ran.returncode}: {ran.stderr}")
    return _told(root), calls


def _strace(trace: Path, *options: str) -> list[str]:
    return ["strace", "-f", "-y", "-o", str(trace), "-e", f"trace={NAMES}", *options]


def _calls(trace: Path, root: Path) -> Iterator[Call]:
    """What a trace tells; strace counts the calls of each thread by themselves."""
    counted: Counter[tuple[str, str]] = Counter()
    for line in trace.read_text("utf-8", "replace").splitlines():
        found = re.match(r"(\d+) +(\w+)\((.*)", line)
        if found:
            counted[found[1], found[2]] += 1
            path = re.search(re.escape(str(root)) + r"/([^\">]*)", found[3])
            yield Call(found[2], counted[found[1], found[2]], path[1] if path else "")


def _reachable(calls: Iterator[Call]) -> Iterator[Call]:
    """Those whose number no other thread comes to before."""
    highest: Counter[str] = Counter()
    for call in calls:
        if call.number > highest[call.name]:
            highest[call.name] = call.number
            yield call


def _tried(folder: Path, point: Point, calls: Sequence[Call], whole: dict[str, bytes], server: str) -> str:
    """Kill a run at a point, run again, and print how it came out; what is wrong."""
    named = [call for call in calls if call.name == point.name]
    ours = [call for call in named if call.path] or named  # what is sent is about no file
    call = ours[int(point.share * len(ours))]
    inject = f"inject={point.name}:signal=KILL:when={call.number}"
    root, trace = _root(folder), folder / "trace"
    killed = _run(root, server, *_strace(trace, "-e", inject))
    *_, met = _calls(trace, root)
    again = _run(root, server)
    found = _told(root)
    wrong = ""
    if killed.returncode != -9 or met[:2] != call[:2] or bool(met.path) != bool(call.path):
        wrong = f"it was not killed there but ended with {killed.returncode} at {met.name} {met.path}"
    elif again.returncode:
        wrong = f"run again it ended with {again.returncode}: {again.stderr.strip()}"
    elif found != whole:
        names = sorted(name for name in found.keys() | whole.keys() if found.get(name) != whole.get(name))
        wrong = f"run again other bytes: {', '.join(names[:4])}"
    click.echo(f"strace -f -e {inject:40} {met.path or 'a question':58} {wrong or 'run again the same bytes'}")
    return wrong


if __name__ == "__main__":
    torture()
