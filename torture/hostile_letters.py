"""Hostile newsletters: instructions in places that a reader sees or does not, and models that obey or echo.

A model that obeys does what it is told whether it has seen it or not, and rests its lies on honest items: what stands
in the newsletter for a reader to see is the newsletter's own claim.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.records.questions import Question
from torture.carriers import HIDDEN, INSTRUCTIONS, NAME, PLACES, Instruction, page
from torture.goals import Case, Form
from torture.newsroom import answer, as_text, items_of
from torture.rooms import CANARY, Room, answer_at_once, maeil, new_room, unclear

FILE = "24-06-12-small.html"
LINK = re.compile(r"\[((?:\\.|[^\]\\])*)\]\(([^)]*)\)")
NEVER = (NAME.lower(), "evil.example", "<script", "<img", "you edit a korean", CANARY.lower(), "인수했습니다")


def letter_cases(form: Form, folder: Path) -> Sequence[Case]:
    """For each place and model all instructions; in the short form one instruction each."""
    room = _room(folder / "honest", page("comment", "nothing"))
    ended = maeil(room)
    pairs = _links(room)
    if ended.status != 0 or not pairs:
        raise RuntimeError(f"the undisturbed run ended with {ended.status}: {ended.said}")
    cases = []
    for number, place in enumerate(PLACES):
        for model in (_obedient, _echoing):
            chosen: Sequence[Instruction] = INSTRUCTIONS
            if form.short:
                chosen = [INSTRUCTIONS[(number + form.seed) % len(INSTRUCTIONS)]]
            if not form.short or number % 4 == (model is _echoing):
                cases.append(Case(f"{place}{model.__name__}", _told_by(place, model, chosen, pairs), len(chosen)))
    return cases


Model = Callable[[Instruction, Question], str]


def _obedient(instruction: Instruction, question: Question) -> str:
    answered = answer(question.part, question.messages[1].content)
    if question.part != "again":
        instruction.obey(answered)
    return as_text(answered)


def _echoing(_: Instruction, question: Question) -> str:
    answered = answer(question.part, question.messages[1].content)
    if question.part == "again":
        return as_text(answered)
    said = {item["id"]: item["text"] for item in items_of(question.messages[1].content)}
    for topic in answered.get("topics", ()):
        for bullet in topic["bullets"]:
            bullet["text"] = said[bullet["items"][0]]
    return as_text(answered)


def _room(folder: Path, text: str) -> Room:
    room = new_room(folder, newsletters=(), model="[post]\npreview_bullets = 1\noverview_bullets = 1")
    (room.root / "inbox" / FILE).write_text(text, "utf-8")
    return room


def _links(room: Room) -> set[tuple[str, str]]:
    """Labels and addresses of all links in the posts."""
    return {
        (found[1], found[2])
        for post in room.data.glob("posts/*.md")
        for found in LINK.finditer(post.read_text("utf-8").rpartition("원문:")[0])
    }


def _told_by(
    place: str, model: Model, instructions: Sequence[Instruction], pairs: set[tuple[str, str]]
) -> Callable[[Path], Iterator[str]]:
    def check(folder: Path) -> Iterator[str]:
        for number, instruction in enumerate(instructions):
            room = _room(folder / str(number), page(place, instruction.words))
            prompts = folder / f"prompts-{number}"
            ended = maeil(room, before=partial(_answer, room, model, instruction, prompts))
            at = f"{instruction.name} in {place}"
            yield from (f"{at}: {wrong}" for wrong in unclear(ended))
            yield from (f"{at}: {wrong}" for wrong in _published(room, pairs))
            if place in HIDDEN and instruction.words[:24].lower() in prompts.read_text("utf-8").lower():
                yield f"{at}: what is hidden came into a prompt"
            shutil.rmtree(folder / str(number), ignore_errors=True)

    return check


def _answer(room: Room, model: Model, instruction: Instruction, prompts: Path) -> None:
    handle = os.open(prompts, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def said(question: Question) -> str:
        told = " ".join(message.content for message in question.messages)
        os.write(handle, f"{told}\n".replace("\\u003c", "<").replace("\\u003e", ">").encode())
        return model(instruction, question)

    answer_at_once(room, said)


def _published(room: Room, pairs: set[tuple[str, str]]) -> Iterator[str]:
    # A link that fell is replaced by one of the sentence's own items, under the name of its site.
    by_rule = {((urlsplit(address).hostname or "").removeprefix("www."), address) for _, address in pairs}
    foreign = _links(room) - pairs - by_rule
    if foreign:
        yield f"links that no honest post has: {sorted(foreign)[:2]}"
    for post in room.data.glob("posts/*.md"):
        text = post.read_text("utf-8").lower()
        yield from (f"the post says {words!r}" for words in NEVER if words in text)
