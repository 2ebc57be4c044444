"""Overlap, signals and surroundings: several runs at once, runs that are stopped, and runs in odd places."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pipeline.__main__ import main
from pipeline.records.questions import Question
from tests.faulty_model import FaultyModel
from torture.forks import Process
from torture.goals import Case, Form
from torture.model_server import asked_of
from torture.newsroom import answer, answer_of_body, as_text
from torture.rooms import CANARY, NOW, Room, answer_at_once, copied, differences, maeil, new_room, told, torn, unclear

RUNS = 4
STOP_S = 2.0
SIGNALS = {"SIGTERM": signal.SIGTERM, "SIGINT": signal.SIGINT, "SIGHUP": signal.SIGHUP}


def overlap_cases(form: Form, folder: Path) -> Sequence[Case]:
    """Four runs let go at the same moment."""
    room = new_room(folder / "room")
    done = copied(room, folder / "undisturbed")
    maeil(done)
    return [Case(str(number), _at_once(room, told(done))) for number in range(1 if form.short else 20)]


def _at_once(room: Room, whole: dict[str, bytes]) -> Callable[[Path], Iterator[str]]:
    def check(folder: Path) -> Iterator[str]:
        here = copied(room, folder)
        gate, opening = os.pipe()
        runs = [Process(lambda: _waiting(here, gate, opening), timeout_s=60) for _ in range(RUNS)]
        os.close(gate)
        os.close(opening)
        ended = [run.wait() for run in runs]
        statuses = sorted(str(one.status) for one in ended)
        if statuses != ["0", *["1"] * (RUNS - 1)]:
            yield f"they ended with {', '.join(statuses)}: {ended[0].said.strip()[-200:]}"
        for one in ended:
            yield from unclear(one)
            if one.status == 1 and "another run is at work" not in one.said:
                yield f"it did not say that another is at work: {one.said.strip()[-200:]}"
        yield from differences(here, whole)
        if len(here.asked()) != len(set(here.asked())):
            yield "a question was asked twice"

    return check


def _waiting(room: Room, gate: int, opening: int) -> None:
    def slowly(question: Question) -> str:
        time.sleep(0.15)
        return as_text(answer(question.part, question.messages[1].content))

    os.environ.update(OPENAI_API_KEY=CANARY)
    answer_at_once(room, slowly)
    os.close(opening)
    os.read(gate, 1)  # at its end when the last writer has closed it
    main(["run", "--now", NOW, "--jobs", "1", "--root", str(room.root)], prog_name="maeil")


def signal_cases(form: Form, folder: Path) -> Sequence[Case]:
    """Each signal with calls in flight that are never answered, and at other moments of a run."""
    room = new_room(folder / "room")
    done = copied(room, folder / "undisturbed")
    ended, _ = asked_of(done, "good")
    if ended.status != 0:
        raise RuntimeError(f"the undisturbed run ended with {ended.status}: {ended.said}")
    moments = [None, *(share / 10 for share in range(1, 10))] if not form.short else [None]
    return [
        Case(f"{name}-{'in-flight' if share is None else share}", _stopped(room, told(done), name, share, ended.took_s))
        for name in SIGNALS
        for share in moments
    ]


def _stopped(
    room: Room, whole: dict[str, bytes], name: str, share: float | None, took_s: float
) -> Callable[[Path], Iterator[str]]:
    def check(folder: Path) -> Iterator[str]:
        here = copied(room, folder)
        reading, writing = os.pipe()

        def call() -> None:
            os.environ.update(OPENAI_API_KEY=CANARY, OPENAI_BASE_URL=os.read(reading, 200).decode())
            main(["run", "--now", NOW, "--jobs", "4", "--root", str(here.root)], prog_name="maeil")

        process = Process(call, timeout_s=40 if share is not None else 8)
        with FaultyModel("hang_no_bytes" if share is None else "good", answer=answer_of_body) as server:
            os.write(writing, server.base_url.encode())
            deadline = time.monotonic() + 20
            while share is None and len(server.asked) < 2 and time.monotonic() < deadline:
                time.sleep(0.005)
            time.sleep(0 if share is None else share * took_s)
            os.kill(process.pid, SIGNALS[name])
            sent = time.monotonic()
            ended = process.wait()
        late_s = time.monotonic() - sent
        if ended.status == 0 and share is not None:
            return  # it was through already
        if ended.status not in (128 + SIGNALS[name], -SIGNALS[name]):
            yield f"it ended with {ended.status}: {ended.said.strip()[-160:]}"
        if late_s > STOP_S:
            yield f"it went on for {late_s:.1f} s"
        if ended.crashed:
            yield "a traceback"
        yield from torn(here, whole)
        again, _ = asked_of(here, "good")
        yield from (f"run again: {wrong}" for wrong in unclear(again, statuses=(0,)))
        yield from (f"run again: {wrong}" for wrong in differences(here, whole))

    return check


SURROUNDINGS: dict[str, dict[str, str]] = {
    "nothing": {},
    "C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "POSIX": {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "EUC-KR": {"LC_ALL": "ko_KR.EUC-KR"},
    "no home": {"HOME": "/nonexistent"},
    "Los Angeles": {"TZ": "America/Los_Angeles"},
    "Apia": {"TZ": "Pacific/Apia"},
    "no such zone": {"TZ": "Mars/Olympus"},
    "encoding warnings": {"PYTHONWARNDEFAULTENCODING": "1", "PYTHONWARNINGS": "error::EncodingWarning"},
    "hash seed": {"PYTHONHASHSEED": "7"},
    "한글 and blanks": {},
}


PLANTED = "from torture.plants import local_time; from pipeline.cli import main; local_time(); main()"


def surrounding_cases(form: Form, folder: Path) -> Sequence[Case]:
    """Real processes in the surroundings of a cron job, on what an undisturbed run was answered."""
    room = new_room(folder / "room")
    done = copied(room, folder / "undisturbed")
    ended = maeil(done)
    if ended.status != 0:
        raise RuntimeError(f"the undisturbed run ended with {ended.status}: {ended.said}")
    shutil.copytree(done.data / "replies", room.data / "replies")
    chosen = ["C", "Apia"] if form.short else list(SURROUNDINGS)
    return [Case(name.replace(" ", "-"), _surrounded(room, told(done), name, form.planted)) for name in chosen]


def _surrounded(room: Room, whole: dict[str, bytes], name: str, planted: bool) -> Callable[[Path], Iterator[str]]:
    def check(folder: Path) -> Iterator[str]:
        here = copied(room, folder / name)
        environment = {"OPENAI_API_KEY": CANARY, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        start = ["-c", PLANTED] if planted else ["-m", "pipeline"]
        command = [sys.executable, *start, "run", "--now", NOW, "--root", str(here.root)]
        ran = subprocess.run(
            command,
            cwd="/",
            env=environment | SURROUNDINGS[name],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=100,
        )
        if ran.returncode:
            yield f"exit status {ran.returncode}: {ran.stderr.decode('utf-8', 'replace').strip()[-200:]}"
        yield from differences(here, whole)

    return check
