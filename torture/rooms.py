"""A root with two newsletters in a folder, run as a user would, in a process of its own."""

from __future__ import annotations

import atexit
import contextlib
import gc
import hashlib
import importlib
import json
import os
import pickle
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pipeline.session
import pipeline.stages
from pipeline.__main__ import main  # as the command starts
from pipeline.errors import StoreError
from pipeline.records.base import Record
from pipeline.records.drafts import Draft
from pipeline.records.issues import CleanIssue, Issue
from pipeline.records.questions import Question, Reply
from pipeline.records.sources import RawIssue, SourceState
from pipeline.records.verdicts import Verdict
from pipeline.reply import Call
from pipeline.store.files import TEMPORARY, read_record
from pipeline.store.library import Ledger
from pipeline.verify import Prepared
from tests.faulty_model import FaultyModel
from tests.rooms import files_below, new_root
from torture.forks import Ended, forked
from torture.newsroom import NEWSLETTERS, answer, answer_of_body, as_text

NOW = "2024-06-16T01:00:00Z"
CANARY = "sk-CANARY-7f3b9d2e4c61"
SETTINGS = """[model]
name = "m"
{model}
[[sources]]
name = "box"
kind = "folder"
path = "inbox"
backlog = 9
newsletter = "Box"
"""
KINDS: dict[str, type[Record]] = {
    "issue.json": Issue,
    "clean.json": CleanIssue,
    "draft.json": Draft,
    "verdict.json": Verdict,
    "source.json": SourceState,
}
FAST = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""Where roots lie: thousands of runs with their fsyncs would wear out a disk."""


class Room(NamedTuple):
    """A root, and beside it the list of questions that the model was asked and answered."""

    root: Path
    log: Path

    @property
    def data(self) -> Path:
        return self.root / "data"

    def questions(self) -> list[tuple[str, str]]:
        """``asked`` or ``answered``, and the question's hash, in order."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return [(word, question) for word, _, question in (line.partition(" ") for line in lines)]

    def asked(self) -> list[str]:
        return [question for word, question in self.questions() if word == "asked"]


def new_room(folder: Path, *, newsletters: Iterable[str] = tuple(NEWSLETTERS), model: str = "") -> Room:
    """A root with newsletters and nothing done; ``model`` are further lines of its settings."""
    root = new_root(folder / "root", SETTINGS.format(model=model))
    (root / "inbox").mkdir()
    for name in newsletters:
        (root / "inbox" / name).write_text(NEWSLETTERS[name], "utf-8")
    return Room(root, folder / "questions")


def copied(room: Room, folder: Path) -> Room:
    """The same room, elsewhere."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(room.root, folder / "root", symlinks=True)
    if room.log.exists():
        shutil.copyfile(room.log, folder / "questions")
    return Room(folder / "root", folder / "questions")


def temporary_folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="maeil-torture-", dir=FAST, ignore_cleanup_errors=True)


def maeil(
    room: Room, *arguments: str, before: Callable[[], object] = lambda: None, real: bool = False, timeout_s: float = 30
) -> Ended:
    """Run ``maeil`` in a process of its own, ``run`` where nothing else is said.

    Args:
        before: Called in that process first.
        real: Whether the way out to the model is the real one; else ours answers at once.
    """
    asked = arguments or ("run",)
    given = ["--now", NOW, "--jobs", "1"] if asked[0] == "run" else []
    given = [part for part in given if part not in asked] if "--jobs" in asked else given

    def call() -> None:
        os.environ.update(OPENAI_API_KEY=CANARY)
        if not real:
            answer_at_once(room)
        before()
        main([*asked, *given, "--root", str(room.root)], prog_name="maeil")

    return forked(call, timeout_s=timeout_s)


def answer_at_once(room: Room, said: Callable[[Question], str] | None = None) -> None:
    """In this process, put a model of ours in the place of the way out."""
    log = os.open(room.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    write, tell = os.write, said or (lambda question: as_text(answer(question.part, question.messages[1].content)))

    class Ours:
        rung = "json_schema"

        def __init__(self, *, on_call: Callable[[Call], None], **_: object) -> None:
            self._on_call = on_call

        def schema_ignored(self) -> None:
            """It keeps to every schema."""

        def __call__(self, question: Question) -> Reply:
            write(log, f"asked {question.hash}\n".encode())
            reply = Reply(question=question.hash, content=tell(question), model="m", prompt_tokens=100)
            self._on_call(Call(part=question.part, question=question.hash, model="m", outcome="answered", duration_s=0))
            write(log, f"answered {question.hash}\n".encode())
            return reply

    put(pipeline.session, "open_model", Ours)


def put(module: ModuleType, name: str, value: object) -> object:
    """In this process, put something in the place of what a module has under a name; what was there."""
    before = getattr(module, name)
    setattr(module, name, value)
    return before


def warm_up() -> None:
    """Run twice in this process, so that all that is loaded late is loaded before the forks, and each draft known."""
    _remember_checks()
    for late in ("bs4", "pipeline.fetch.feed", "feedparser", "ftfy.badness"):  # for pages, feeds and broken text alone
        importlib.import_module(late)
    environment = dict(os.environ)
    opened = put(pipeline.session, "open_model", None)
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    os.environ["OPENAI_API_KEY"] = CANARY
    with temporary_folder() as folder:
        room = new_room(Path(folder) / "ours")
        answer_at_once(room)
        with contextlib.suppress(SystemExit):
            main(["run", "--now", NOW, "--root", str(room.root)])
        put(pipeline.session, "open_model", opened)
        room = new_room(Path(folder) / "the server's")
        with FaultyModel(answer=answer_of_body) as server, contextlib.suppress(SystemExit):
            os.environ["OPENAI_BASE_URL"] = server.base_url
            main(["run", "--now", NOW, "--root", str(room.root)])
    os.environ.clear()
    os.environ.update(environment)
    for number, meant in kept.items():
        signal.signal(number, meant)
    gc.freeze()


def _remember_checks() -> None:
    """In this process and its forks, check no draft twice: checks are pure, touch no file and take most of a run.

    What is remembered lies in files, so that one fork finds what another has met, until this process ends.
    """
    folder = Path(tempfile.mkdtemp(prefix="maeil-checked-", dir=FAST))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)

    def remembered(check: Callable[..., Any]) -> Callable[..., Any]:
        def checked(draft: Draft, against: CleanIssue | Prepared, **given: Any) -> Any:
            issue = against.index.issue if isinstance(against, Prepared) else against
            said = [made.model_dump_json(exclude={"made_from"}) for made in (draft, issue)]
            told = sorted((name, repr(value)) for name, value in given.items() if name != "made_from")
            file = folder / hashlib.sha256(repr((check.__name__, said, told)).encode()).hexdigest()
            if not file.exists():
                beside = file.with_suffix(f".{os.getpid()}")
                beside.write_bytes(pickle.dumps(check(draft, against, **given)))
                beside.rename(file)
            return _of_this(pickle.loads(file.read_bytes()), draft, given)

        return checked

    for name in ("find", "verify"):
        put(pipeline.stages, name, remembered(getattr(pipeline.stages, name)))


def _of_this(known: Any, draft: Draft, given: Mapping[str, Any]) -> Any:
    """What is known of a draft, for the same draft made from other bytes."""
    if not isinstance(known, Verdict):
        return known
    checked = known.draft.model_copy(update={"made_from": draft.made_from})
    return known.model_copy(update={"made_from": given["made_from"], "draft": checked})


def told(room: Room) -> dict[str, bytes]:
    """All files under data/, but those that tell how often and how long: the calls, and what the last run brought."""
    files = files_below(room.data).items()
    return {name: data for name, data in files if not name.startswith("ledger/calls") and "/source.json" not in name}


def torn(room: Room, whole: dict[str, bytes]) -> list[str]:
    """Files that a reader would take for whole and that are not: records that cannot be read, posts of other bytes."""
    wrong = []
    for name, data in told(room).items():
        path = room.data / name
        if path.name.startswith(TEMPORARY):
            continue
        if path.suffix == ".json":
            try:
                read_record(path, kind_of(path))
            except (StoreError, FileNotFoundError) as error:
                wrong.append(f"data/{name} is torn: {error}")
        elif data != whole.get(name):
            wrong.append(f"data/{name} has {len(data)} bytes that are not those of an undisturbed run")
    return wrong + _torn_calls(room)


def kind_of(path: Path) -> type[Record]:
    """What kind of record a file is to hold."""
    if path.name.endswith(".issue.json"):
        return RawIssue
    if "replies" in path.parts:
        return Reply
    return KINDS.get(path.name, Ledger)


def _torn_calls(room: Room) -> list[str]:
    wrong = []
    for file in (room.data / "ledger" / "calls").glob("*.jsonl"):
        lines = file.read_bytes().split(b"\n") if file.is_file() else []
        bad = [number for number, line in enumerate(lines[:-1], 1) if line and not _is_json(line)]
        wrong += [f"{file.name}: lines {bad} of {len(lines)} are torn"] if len(bad) > 1 else []
    return wrong


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def differences(room: Room, whole: dict[str, bytes], *, only: str = "") -> list[str]:
    """Where the files differ from those of an undisturbed run; ``only`` below a folder of data/."""
    found = {name: data for name, data in told(room).items() if name.startswith(only)}
    expected = {name: data for name, data in whole.items() if name.startswith(only)}
    names = sorted(found.keys() | expected.keys())
    wrong = [name for name in names if found.get(name) != expected.get(name)]
    return [f"data/{name} {_how(name, found, expected)} an undisturbed run" for name in wrong[:4]]


def _how(name: str, found: dict[str, bytes], expected: dict[str, bytes]) -> str:
    if name not in found:
        return "is missing, which is there after"
    return "differs from that of" if name in expected else "is not there after"


def unclear(ended: Ended, *, statuses: Iterable[int] = (0, 1)) -> list[str]:
    """What is wrong with how a run ended: a traceback, a secret, another status, a line that is not ours."""
    wrong = []
    if ended.status is None:
        return ["it did not end"]
    if ended.crashed:
        wrong.append(f"a traceback: {(ended.said.strip().splitlines() or ['?'])[-1][:160]}")
    elif ended.status not in statuses:
        wrong.append(f"exit status {ended.status}: {ended.said.strip()[-160:]}")
    if "CANARY" in ended.said:
        wrong.append("the key is in what it said")
    if ended.status == 1 and not ended.said.strip():
        wrong.append("it failed without a word")
    return wrong
