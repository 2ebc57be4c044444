"""What is put to a model, and what it answers."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Literal

from pydantic import Field

from pipeline.records.base import PartName, Record, Sha256


class Prompt(Record):
    """A file of ``prompts/``: checked data, not a string in code.

    Attributes:
        name: Its file's stem.
        answers: The part whose schema the reply must fit; None for the text that opens every question.
        parameters: Sent with the question, over those of the settings.
        examples: Korean sentences that stand in the text to show a form; one that turns up in a post has leaked.
        text: A Jinja template; newsletter text only ever enters it as the value of a variable.
    """

    name: str
    answers: PartName | None = None
    parameters: dict[str, Any] = Field(default_factory=dict)
    examples: tuple[str, ...] = ()
    text: str


class Budget(Record):
    """How many tokens of newsletter each question may carry at most; what is news decides, this only bounds it."""

    front_tokens: int = Field(default=32_000, ge=500)
    overview_tokens: int = Field(default=32_000, ge=500)


class Price(Record):
    """What a model costs, in US dollars per million tokens."""

    input: float = Field(ge=0)
    output: float = Field(ge=0)


class Message(Record):
    """One message of a question."""

    role: Literal["system", "user", "assistant"]
    content: str


class Question(Record):
    """What is put to a model. Its hash names the reply; the server's address is not part of it.

    Attributes:
        answer_schema: JSON schema that the answer must fit.
        parameters: Only these are sent besides model, messages and schema.
    """

    part: PartName
    model: str
    messages: tuple[Message, ...]
    answer_schema: dict[str, Any]
    parameters: dict[str, Any] = Field(default_factory=dict)

    @property
    def hash(self) -> str:
        """SHA-256 over model, messages, schema and parameters in canonical JSON."""
        asked = self.model_dump(exclude={"part"})
        return hashlib.sha256(json.dumps(asked, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


class Reply(Record):
    """What a model answered.

    Attributes:
        question: Hash of the question.
        content: The assistant's text, as it came.
        model: As the server names it.
        refused: Why the model, or a filter before it, declined to answer; empty when it answered.
        unusable: Why the content could not be read; empty when it could.
        tries: In how many runs it was asked, this answer the last of them; all before could not be read.
    """

    question: Sha256
    content: str
    model: str
    finish_reason: str | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    refused: str = ""
    unusable: str = ""
    tries: int = 1
