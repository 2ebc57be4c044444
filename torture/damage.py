"""Damage: each kind of file under data/ cut, flipped, emptied, replaced; then run again."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import StoreError
from pipeline.store.files import read_record
from torture.goals import Case, Form
from torture.rooms import Room, copied, differences, kind_of, maeil, new_room, told, torn, unclear

CUTS, FLIPS, BATCH = 512, 200, 20
RUN_CUTS, RUN_FLIPS = 100, 80
"""Whole runs of each kind; all cuts and flips are read back besides."""


class Kind(NamedTuple):
    """A kind of file.

    Attributes:
        pattern: Below data/; the first that fits is damaged.
        arguments: A run that reads it.
        before: What is taken away so that it is read: a pattern below data/.
        left: Whether it is left as it is, whatever it holds: it cannot be rebuilt, or a person may have edited it.
    """

    name: str
    pattern: str
    arguments: tuple[str, ...]
    before: str = ""
    left: bool = False


KINDS = (
    Kind("raw", "raw/box/*.issue.json", ("run",)),
    Kind("state", "raw/box/source.json", ("run",)),
    Kind("body", "raw/box/*.md", ("run", "--from", "extract"), left=True),
    Kind("issue", "work/*/issue.json", ("run", "--from", "emit")),
    Kind("clean", "work/*/clean.json", ("run", "--from", "emit")),
    Kind("draft", "work/*/draft.json", ("run", "--from", "emit")),
    Kind("verdict", "work/*/verdict.json", ("run", "--from", "emit")),
    Kind("reply", "replies/*/*.json", ("run", "--from", "summarize")),
    Kind("ledger", "ledger/*.json", ("run",)),
    Kind("post", "posts/*.md", ("run", "--from", "emit"), left=True),
    Kind("calls", "ledger/calls/*.jsonl", ("run", "--from", "summarize"), before="replies", left=True),
)
LOCK = Kind("lock", "ledger/.lock", ("run",), left=True)

Damage = tuple[str, Callable[[Path], None]]


def damage_cases(form: Form, folder: Path) -> Sequence[Case]:
    """Whole runs in batches, and every cut and flip read back."""
    room = new_room(folder / "room")
    ended = maeil(room)
    if ended.status != 0 or not list(room.data.glob("posts/*.md")):
        raise RuntimeError(f"the undisturbed run ended with {ended.status}: {ended.said}")
    cases = []
    for kind in KINDS:
        file = _file(room, kind)
        chance = random.Random(f"{form.seed} {kind.name}")
        cuts, flips = (2, 2) if form.short else (RUN_CUTS, RUN_FLIPS)
        damages = [*_replaced(file), *_cut(file, cuts, chance), *_flipped(file, flips, chance)]
        if form.short:
            damages = chance.sample(damages, 2)
        for start in range(0, len(damages), BATCH):
            batch = damages[start : start + BATCH]
            cases.append(Case(f"{kind.name}-{start}", _batch(room, kind, batch), len(batch)))
        if file.suffix == ".json":
            every = [*_cut(file, CUTS, chance), *_flipped(file, FLIPS, chance)]
            cases.append(Case(f"{kind.name}-read", _read_back(room, kind, every), 0))
    locks = [one for one in _replaced(_file(room, LOCK)) if one[0] in ("a folder", "a link", "a FIFO")]
    return [*cases, Case("lock", _batch(room, LOCK, locks), len(locks))]


def _file(room: Room, kind: Kind) -> Path:
    return min(room.data.glob(kind.pattern))


def _cut(file: Path, count: int, chance: random.Random) -> list[Damage]:
    size = file.stat().st_size
    places = range(1, size) if size <= count else sorted(chance.sample(range(1, size), count))
    return [(f"cut at {place}", lambda path, at=place: os.truncate(path, at)) for place in places]  # type: ignore[misc]


def _flipped(file: Path, count: int, chance: random.Random) -> list[Damage]:
    places = sorted(chance.sample(range(file.stat().st_size * 8), count))

    def flip(path: Path, place: int) -> None:
        data = bytearray(path.read_bytes())
        data[place // 8] ^= 1 << place % 8
        path.write_bytes(data)

    return [(f"bit {place} flipped", lambda path, at=place: flip(path, at)) for place in places]  # type: ignore[misc]


def _replaced(file: Path) -> list[Damage]:
    """Other things in its place; for records those of other versions as well."""

    def put(make: Callable[[Path], object]) -> Callable[[Path], None]:
        def replace(path: Path) -> None:
            path.unlink()
            make(path)

        return replace

    def link(path: Path) -> None:
        outside = path.parents[3] / "outside"
        outside.write_text("mine")
        path.symlink_to(outside)

    things: list[Damage] = [
        ("empty", put(Path.touch)),
        ("a folder", put(Path.mkdir)),
        ("a FIFO", put(os.mkfifo)),
        ("a link", put(link)),
    ]
    if file.suffix == ".json":
        for format_ in (0, 2):
            things.append((f"format {format_}", lambda path, to=format_: _of_format(path, to)))  # type: ignore[misc]
        things += [("a list", put(lambda path: path.write_text("[]"))), ("one field more", _one_field_more)]
    return things


def _of_format(path: Path, number: int) -> None:
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {"format": number}, ensure_ascii=False, indent=1))


def _one_field_more(path: Path) -> None:
    envelope = json.loads(path.read_bytes())
    envelope["record"]["from_tomorrow"] = 1
    text = json.dumps(envelope["record"], ensure_ascii=False, sort_keys=True, indent=1)
    envelope["sha256"] = hashlib.sha256(text.encode()).hexdigest()
    path.write_text(json.dumps(envelope, ensure_ascii=False))


def _batch(room: Room, kind: Kind, damages: Sequence[Damage]) -> Callable[[Path], Iterator[str]]:
    def check(folder: Path) -> Iterator[str]:
        for number, (what, damage) in enumerate(damages):
            here = copied(room, folder / str(number))
            whole = told(here)
            if kind.before:
                shutil.rmtree(here.data / kind.before)
            file = _file(here, kind)
            whole[str(file.relative_to(here.data))] = file.read_bytes()
            damage(file)
            yield from (f"{kind.name}, {what}: {wrong}" for wrong in _after(here, kind, file, whole))
            shutil.rmtree(folder / str(number), ignore_errors=True)

    return check


def _after(room: Room, kind: Kind, file: Path, whole: dict[str, bytes]) -> Iterator[str]:
    """What is wrong with a run on damaged data."""
    damaged = _content(file)
    ended = maeil(room, *kind.arguments)
    yield from unclear(ended)
    outside = room.data.parent / "outside"
    if outside.exists() and outside.read_text() != "mine":
        yield "it wrote through a symbolic link"
    name = str(file.relative_to(room.data))
    if kind.name == "calls":
        if ended.status == 0 and not (_content(file) or b"").startswith(damaged or b""):
            yield "lines of before are gone"
        yield from differences(room, whole, only="posts")
    elif kind.left:
        if _content(file) != damaged:
            yield "it was changed"
        if ended.status == 0 and kind.name != "lock" and damaged != whole.get(name):
            yield "nothing was told"
    elif damaged is None:
        if ended.status != 1:
            yield f"it is no file, and the run ended with {ended.status}"
    elif _same(file, damaged, whole[name]):
        pass
    elif ended.status == 0:
        yield from differences(room, {path: data for path, data in whole.items() if "/source.json" not in path})
    others = {path: data for path, data in whole.items() if path != name}
    yield from (wrong for wrong in torn(room, others) if not wrong.startswith(f"data/{name}"))
    if (ended.status == 1 or _content(file) != damaged) and kind.name != "calls" and file.name not in ended.said:
        yield f"it was not told by name: {ended.said.strip()[-200:]}"


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() and not file.is_symlink() else None


def _same(file: Path, damaged: bytes, whole: bytes) -> bool:
    """Whether the damage changes nothing that is read: a blank at the end, say."""
    try:
        return bool(json.loads(damaged) == json.loads(whole))
    except ValueError:
        return False


def _read_back(room: Room, kind: Kind, damages: Sequence[Damage]) -> Callable[[Path], Iterator[str]]:
    def check(folder: Path) -> Iterator[str]:
        file = _file(room, kind)
        whole, copy = file.read_bytes(), folder / file.name
        record = read_record(file, kind_of(file))
        for what, damage in damages:
            copy.write_bytes(whole)
            damage(copy)
            try:
                found = read_record(copy, kind_of(file))
            except StoreError as error:
                if str(copy) not in str(error):
                    yield f"{kind.name}, {what}: not told by name: {error}"
                continue
            if found != record:
                yield f"{kind.name}, {what}: read as something else"

    return check
