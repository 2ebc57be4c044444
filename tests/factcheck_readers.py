"""Readers for tests of the fact check: one that reads, and some that do not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pipeline.factcheck import FactCheckAnswer
from pipeline.records.drafts import Asked
from pipeline.records.questions import Question

Data = dict[str, Any]


class Asking(NamedTuple):
    """What a reader sees of a question: its items by number and its sentences with the items they rest on."""

    items: dict[str, Data]
    sentences: list[tuple[Data, list[str]]]


def seen(question: Question) -> Asking:
    (message,) = question.messages
    items, passages = (
        json.loads(re.findall(rf"<{name}>\n(\[.*?\n\])\n</{name}>", message.content, re.DOTALL)[-1])
        for name in ("items", "passages")
    )
    sentences = [(sentence, block["items"]) for block in passages for sentence in block["sentences"]]
    return Asking({item["id"]: item for item in items}, sentences)


def supported(sentence: Data, item: str, quote: str) -> Data:
    claims = [{"words": sentence["text"], "item": item, "quote": quote}]
    return {"id": sentence["id"], "verdict": "supported", "claims": claims, "wrong": "", "says": ""}


def alarm(sentence: Data, verdict: str = "not_found", wrong: str = "", says: str = "") -> Data:
    return {"id": sentence["id"], "verdict": verdict, "claims": [], "wrong": wrong or sentence["text"], "says": says}


def careful(truths: Mapping[str, str]) -> Callable[[Question], list[Data]]:
    """A reader that supports exactly the sentences it has a quote for, and only where a cited item holds that quote."""

    def read(question: Question) -> list[Data]:
        asking = seen(question)
        answers = []
        for sentence, items in asking.sentences:
            quote = truths.get(sentence["text"], "")
            item = next((number for number in items if quote and quote in asking.items[number]["text"]), "")
            answers.append(supported(sentence, item, quote) if item else alarm(sentence))
        return answers

    return read


def obedient(question: Question) -> list[Data]:
    """Calls everything supported, with a true quote of a cited item."""
    asking = seen(question)
    return [supported(sentence, items[0], asking.items[items[0]]["text"]) for sentence, items in asking.sentences]


class Asker:
    """Puts questions to a reader of this file and remembers them."""

    def __init__(self, read: Callable[[Question], list[Data]]) -> None:
        self.read = read
        self.questions: list[Question] = []

    def __call__(self, question: Question, shape: type[FactCheckAnswer]) -> tuple[FactCheckAnswer, tuple[Asked, ...]]:
        self.questions.append(question)
        answer = shape.model_validate({"sentences": self.read(question)})
        return answer, (Asked(part="factcheck", why="planned", question=question.hash, model="reader"),)
