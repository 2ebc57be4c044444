"""LLM faults: every row of faults.md 2, at the first, a middle and the last call, once and always."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import re
import select
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pipeline.session
from pipeline.__main__ import main
from pipeline.llm import open_model
from tests.faulty_model import FaultyModel
from tests.model_calls import Instants
from tests.model_faults import ROWS
from tests.test_llm_faults import EXPECTED, FATAL, HOLD, NOT_COUNTED, OK, SLOW
from torture.forks import Ended, Process
from torture.goals import Case, Form
from torture.newsroom import answer_of_body
from torture.rooms import CANARY, NOW, Room, copied, differences, new_room, put, told, unclear

QUESTIONS, REQUESTS = 10, 7
"""Of an issue at most twice the three planned calls and four (faults.md 1); of a question four attempts, and the rungs
of the ladder."""
TOO_LONG = ("200_length_until_200",)
"""Answered where a limit of the answer's length can be raised; these questions have none, so they are halved."""
SAMPLE = {
    "429_insufficient_quota": ("middle", "always"),
    "400_ctx_openai": ("first", "once"),
    "cut_body_rst": ("last", "once"),
    "200_fence": ("first", "always"),
    "200_dup_keys": ("middle", "once"),
    "200_schema_extra": ("first", "always"),
}
"""What the short form plays, and what is planted falls for."""


def fault_cases(form: Form, folder: Path) -> Sequence[Case]:
    """Every row six times; a few of them once in the short form."""
    slow = {row: new_room(folder / row, model="timeout_s = 0.7") for row in SLOW}
    room = new_room(folder / "room")
    well = copied(room, folder / "undisturbed")
    ended, server = asked_of(well, "good")
    if ended.status != 0:
        raise RuntimeError(f"the undisturbed run ended with {ended.status}: {ended.said}")
    whole, calls = told(well), server.connections
    spots = {"first": 0, "middle": calls // 2, "last": calls - 1}
    cases = [
        Case(f"{row}-{spot}-{often}", _fault(slow.get(row, room), whole, row, spots[spot], often), timeout_s=240)
        for row in ROWS
        for spot in spots
        for often in ("once", "always")
    ]
    return [case for case in cases if not (form.short or form.planted) or _is_sampled(case.name)]


def _is_sampled(name: str) -> bool:
    row, spot, often = name.rsplit("-", 2)
    return SAMPLE.get(row) == (spot, often)


def asked_of(
    room: Room, row: str, *arguments: str, skip: int = 0, times: int | None = None
) -> tuple[Ended, FaultyModel]:
    """Run with a server that plays a row. It is started after the fork, for no thread may run at one."""
    reading, writing = os.pipe()

    def call() -> None:
        port = json.loads(os.read(reading, 100))
        os.environ.update(OPENAI_API_KEY=CANARY, OPENAI_BASE_URL=f"http://127.0.0.1:{port}/v1")
        time = Instants()
        put(pipeline.session, "open_model", functools.partial(open_model, sleep=time.sleep, clock=time.clock))
        main(["run", *arguments, "--now", NOW, "--jobs", "1", "--root", str(room.root)], prog_name="maeil")

    process = Process(call, timeout_s=90)
    os.close(reading)
    with FaultyModel(row, skip=skip, times=times, answer=answer_of_body) as server:
        os.write(writing, server.base_url.rpartition(":")[2].removesuffix("/v1").encode())
        os.close(writing)
        while (ended := process.poll()) is None:
            select.select([], [], [], 0.005)
    return ended, server


def _fault(room: Room, whole: dict[str, bytes], row: str, skip: int, often: str) -> Callable[[Path], Iterator[str]]:
    def check(folder: Path) -> Iterator[str]:
        here = copied(room, folder)
        ended, server = asked_of(here, row, skip=skip, times=1 if often == "once" else None)
        finished = list(here.data.glob("posts/*.md"))
        yield from unclear(ended, statuses=(0, 1) if finished else (0, 1, 2))
        yield from _unfounded(here)
        yield from _over_budget(server, attempts=row not in NOT_COUNTED)
        again, _ = asked_of(here, "good")
        wrong = [*unclear(again, statuses=(0,)), *differences(here, whole, only="posts")]
        if wrong and (row in TOO_LONG or EXPECTED.get(row, (HOLD, 0))[0] not in (OK, HOLD, FATAL)):
            # What came was an answer, and is kept like any other; the model is asked anew by who wishes it to be.
            anew, _ = asked_of(here, "good", "--ask-again", "--from", "summarize")
            wrong = [*unclear(anew, statuses=(0,)), *_other_posts(here, whole)]
        yield from (f"after the fault: {line}" for line in wrong)
        yield from _secrets(here)

    return check


def _unfounded(room: Room) -> Iterator[str]:
    """Posts that are not the bytes which the ledger says were written."""
    written = {json.loads(file.read_bytes())["record"]["sha256"] for file in (room.data / "ledger").glob("*-*.json")}
    for post in room.data.glob("posts/*.md"):
        if hashlib.sha256(post.read_bytes()).hexdigest() not in written:
            yield f"{post.name} is not what the ledger says was written"


def _over_budget(server: FaultyModel, *, attempts: bool) -> Iterator[str]:
    """``attempts`` is False for a server that has no model yet: it is asked until the deadline of the run."""
    questions = Counter(json.dumps(asked.body.get("messages", [])[1:], ensure_ascii=False) for asked in server.asked)
    if len(questions) > 2 * QUESTIONS:
        yield f"{len(questions)} questions were asked of two issues"
    if attempts and questions and max(questions.values()) > REQUESTS:
        yield f"one question took {max(questions.values())} requests"


def _other_posts(room: Room, whole: dict[str, bytes]) -> Iterator[str]:
    """Posts that differ in more than the day of their last change, which a post written anew has of its own."""
    for name, data in whole.items():
        post = room.data / name
        if name.startswith("posts/") and not (post.exists() and _undated(post.read_bytes()) == _undated(data)):
            yield f"data/{name} differs from that of an undisturbed run, or is missing"


def _undated(post: bytes) -> bytes:
    return re.sub(rb"^update: .*$", b"", post, count=1, flags=re.MULTILINE)


def _secrets(room: Room) -> Iterator[str]:
    for file in room.root.rglob("*"):
        if file.is_file() and b"CANARY" in file.read_bytes():
            yield f"the key is in {file.relative_to(room.root)}"
