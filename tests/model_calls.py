"""Questions to ask in tests, and a model opened on a server of ours, in whose clock only sleeping takes time."""

from __future__ import annotations

import threading
from typing import Any

from pipeline.llm import Model, open_model
from pipeline.records.questions import Message, Question
from tests.faulty_model import FaultyModel

CANARY = "sk-CANARY-7f3b9d2e4c61"


class Instants:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []
        self._lock = threading.Lock()

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert 0 <= seconds <= 120
        with self._lock:
            self.slept.append(seconds)
            self.now += seconds


def question(text: str = "Summarize: one, two. " * 8, **parameters: object) -> Question:
    return Question(
        part="front",
        model="m",
        messages=(Message(role="system", content="You are an editor."), Message(role="user", content=text)),
        answer_schema={"type": "object", "properties": {"title": {"type": "string"}}, "required": ["title"]},
        parameters=parameters,
    )


def model_at(server: FaultyModel | str, **settings: Any) -> tuple[Model, Instants]:
    """A model at a server or an address, and the clock that it lives by."""
    time = Instants()
    address = server if isinstance(server, str) else server.base_url
    settings = {"timeout_s": 10.0, "api_key": CANARY, "sleep": time.sleep, "clock": time.clock} | settings
    return open_model(base_url=address, **settings), time
