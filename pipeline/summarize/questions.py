"""Questions: a prompt, items as JSON data, and the schema of the answer."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import jinja2

from pipeline.errors import ConfigError
from pipeline.records.base import PartName
from pipeline.records.issues import CleanIssue
from pipeline.records.questions import Message, Prompt, Question
from pipeline.summarize.answers import SHAPES, answer_schema, answer_shape
from pipeline.summarize.choose import Group, described, offered_links


class Voice(NamedTuple):
    """Who is asked and with which prompts.

    Attributes:
        prompts: By name; ``editor`` opens every question.
        model: As the server names it.
        parameters: Sent with every question; those of a prompt go before them.
    """

    prompts: Mapping[str, Prompt]
    model: str
    parameters: Mapping[str, Any]


class Numbered(NamedTuple):
    """Items as JSON data with ids of their own, and what these stand for in the issue."""

    data: str
    numbers: dict[str, str]


def numbered(groups: Sequence[Group], issue: CleanIssue) -> Numbered:
    """Number the items anew: the same items make the same data, whatever surface they came by."""
    links = offered_links(issue)
    numbers: dict[str, str] = {}
    count = 0
    blocks = []
    for group in groups:
        lines = []
        for item in group.items:
            count += 1
            data, ids = described(item, str(count), links)
            numbers.update(ids)
            lines.append(as_data(data))
        blocks.append('{"section": ' + as_data(group.title) + ', "items": [\n' + ",\n".join(lines) + "\n]}")
    return Numbered("[\n" + ",\n".join(blocks) + "\n]", numbers)


def as_data(value: Any) -> str:
    """JSON in which no text can close the tag that the prompt puts around it: a slash may be escaped in a string."""
    return json.dumps(value, ensure_ascii=False).replace("</", "<\\/")


def question(part: PartName, voice: Voice, ids: Numbered, **variables: str) -> Question:
    """What is put to the model for one part.

    Raises:
        ConfigError: There is no prompt for the part, or its text cannot be filled.
    """
    prompt = next((prompt for prompt in voice.prompts.values() if prompt.answers == part), None)
    if prompt is None:
        raise ConfigError(f"no prompt has schema: {part}", subject="prompts/")
    text = filled(prompt, items=ids.data, shape=answer_shape(part), **variables)
    return Question(
        part=part,
        model=voice.model,
        messages=(
            Message(role="system", content=voice.prompts["editor"].text),
            Message(role="user", content=text),
        ),
        answer_schema=answer_schema(part),
        parameters={**voice.parameters, **prompt.parameters},
    )


def filled(prompt: Prompt, **variables: str) -> str:
    """The text of a prompt with its variables in place.

    Raises:
        ConfigError: A variable is missing, or the template cannot be read.
    """
    try:
        template = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False).from_string(prompt.text)
        return template.render(variables)
    except jinja2.TemplateError as error:
        raise ConfigError(f"cannot be filled: {error}", subject=f"prompts/{prompt.name}.md") from error


def with_reason(asked: Question, answer: str, reason: str) -> Question:
    """The question put once more, after an answer that could not be read."""
    form = f" Its form is: {answer_shape(asked.part)}" if asked.part in SHAPES else ""
    again = (
        Message(role="assistant", content=answer[:2_000]),
        Message(
            role="user",
            content=f"That answer cannot be used: {reason}. Answer the question above again, with nothing but one JSON "
            f"object that fits the schema.{form}",
        ),
    )
    return asked.model_copy(update={"messages": (*asked.messages, *again)})
