"""Kill and disk: what a killed process or a failing disk leaves, at every file operation of a run of two issues."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from torture.goals import Case, Form
from torture.rooms import Room, copied, differences, maeil, new_room, told, torn, unclear
from torture.strikes import Operation, Strike, kill, watch

ERRORS = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EMFILE)


class Reference(NamedTuple):
    """An undisturbed run: a room before it, the files after it, and its operations."""

    room: Room
    whole: dict[str, bytes]
    operations: tuple[Operation, ...]


def reference(folder: Path) -> Reference:
    """Run undisturbed once, writing down every operation.

    Raises:
        RuntimeError: That run did not end well, so there is nothing to compare with.
    """
    room = new_room(folder / "room")
    done = copied(room, folder / "undisturbed")
    ops = folder / "operations"
    ended = maeil(done, before=lambda: watch(str(done.root), _written_down(ops)))
    if ended.status != 0 or len(list(done.data.glob("posts/*.md"))) != 2:
        raise RuntimeError(f"the undisturbed run ended with {ended.status}: {ended.said}")
    operations = [line.split(" ", 1) for line in ops.read_text().splitlines()]
    met = (Operation(number, *told.split("\t")) for number, (_, told) in enumerate(operations))
    return Reference(room, told(done), tuple(met))


def _written_down(file: Path) -> Strike:
    write, handle = os.write, os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def strike(met: Operation) -> None:
        write(handle, f"{met.number} {met.name}\t{met.path}\n".encode())

    return strike


def kill_cases(form: Form, folder: Path) -> Sequence[Case]:
    """Kill at each operation, run again; and once look whether what is renamed into place is on the disk by then."""
    given = reference(folder)
    count = len(given.operations)
    numbers = range(0, count, 1 if not form.short else max(1, count // 9))
    return [
        *(Case(f"{number}", _killed_at(given, number)) for number in numbers),
        Case("durable", lambda _: not_durable(given.operations)),
    ]


def _killed_at(given: Reference, number: int) -> Callable[[Path], Iterator[str]]:
    def check(folder: Path) -> Iterator[str]:
        room = copied(given.room, folder)
        first = maeil(room, before=lambda: watch(str(room.root), _at(number, kill)))
        at = f"killed before {given.operations[number].name} {given.operations[number].path}"
        if first.status != -9:
            yield f"{at}: it ended with {first.status} instead"
        yield from (f"{at}: {wrong}" for wrong in torn(room, given.whole))
        before = room.asked()
        again = maeil(room)
        yield from (f"{at}, run again: {wrong}" for wrong in unclear(again, statuses=(0,)))
        yield from (f"{at}, run again: {wrong}" for wrong in differences(room, given.whole))
        yield from (f"{at}, run again: {wrong}" for wrong in leftovers(room))
        twice = [question for question in room.asked()[len(before) :] if question in before]
        if [question for question in twice if question != before[-1]]:
            yield f"{at}: {len(twice)} questions were asked twice"

    return check


def _at(number: int, strike: Strike) -> Strike:
    def once(met: Operation) -> None:
        if met.number == number:
            strike(met)

    return once


def leftovers(room: Room) -> list[str]:
    """Temporary files that nobody cleaned away."""
    return [f"{file.relative_to(room.root)} is left over" for file in room.root.rglob(".tmp.*")]


def not_durable(operations: Sequence[Operation]) -> Iterator[str]:
    """Renames of what is not synced, and what is in a folder that is not synced after it: a power cut undoes those."""
    for index, met in enumerate(operations):
        following = [(later.name, later.path) for later in operations[index + 1 : index + 12]]
        if met.name == "replace":
            if ("fsync", met.path) not in [(one.name, one.path) for one in operations[index - 3 : index]]:
                yield f"{met.path} is renamed before it is synced"
            if ("fsync", os.path.dirname(met.path)) not in following:
                yield f"{os.path.dirname(met.path)} is not synced after a rename in it"
        if met.name == "create" and met.path.endswith((".json", ".md")):
            yield f"{met.path} is written in its place"


def disk_cases(form: Form, folder: Path) -> Sequence[Case]:
    """Each error at each operation that can end in it: once, and at every fourth from there on as well."""
    given = reference(folder)
    writes = [met.number for met in given.operations if met.name == "write"]
    sample = {*range(0, len(given.operations), 160), *writes[: len(writes) // 2 : max(1, len(writes) // 8)]}
    return [
        Case(f"{errno.errorcode[code]}-{met.number}{'' if once else '-on'}", _failed_at(given, met.number, code, once))
        for code in ERRORS
        for place, met in enumerate(met for met in given.operations if _can_meet(met, code))
        for once in (True, False)
        if (once or place % 4 == 0) and (not form.short or (met.number in sample and (once or met.number % 160 == 0)))
    ]


def _failed_at(given: Reference, number: int, code: int, once: bool) -> Callable[[Path], Iterator[str]]:
    def check(folder: Path) -> Iterator[str]:
        room = copied(given.room, folder)
        file = folder / "asked-before"

        def strike(met: Operation) -> None:
            if met.number == number or (met.number > number and not once and _can_meet(met, code)):
                if not file.exists():
                    file.write_text(str(len(room.asked())))
                raise OSError(code, os.strerror(code), met.path)

        first = maeil(room, before=lambda: watch(str(room.root), strike))
        at = f"{errno.errorcode[code]} {'at' if once else 'from'} {given.operations[number].name}"
        at += f" {given.operations[number].path}"
        yield from (f"{at}: {wrong}" for wrong in unclear(first, statuses=(0, 1, 2)))
        yield from (f"{at}: {wrong}" for wrong in torn(room, given.whole))
        spent = len(room.asked()) - int(file.read_text()) if file.exists() else 0
        if not once and code in (errno.ENOSPC, errno.EROFS) and spent > 1:
            yield f"{at}: {spent} questions were asked when nothing could be kept"
        again = maeil(room)
        yield from (f"{at}, run again: {wrong}" for wrong in unclear(again, statuses=(0,)))
        yield from (f"{at}, run again: {wrong}" for wrong in differences(room, given.whole))

    return check


def _can_meet(met: Operation, code: int) -> bool:
    """Whether an operation can fail so: a full disk still reads, and what is open already needs no new handle."""
    if code == errno.EMFILE:
        return met.name in ("open", "create", "list")
    if code == errno.EIO:
        return True
    return met.name in ("create", "write", "write on", "mkdir", "replace", "unlink", "fchmod", "fsync")
