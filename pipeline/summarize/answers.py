"""The shapes of the model's answers, as JSON schemas that it is held to and as records that they are read into."""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import Field, model_validator

from pipeline.records.base import PartName
from pipeline.records.drafts import Bullet, Cited, Opening, Part, Reference, Topic
from pipeline.reply import Answer

Text = Annotated[str, Field(max_length=2_000)]
Short = Annotated[str, Field(max_length=300)]
Ids = Annotated[tuple[Annotated[str, Field(max_length=20)], ...], Field(max_length=40)]


class ReferenceAnswer(Answer):
    label: Short
    link: Annotated[str, Field(max_length=20)]


Refs = Annotated[tuple[ReferenceAnswer, ...], Field(max_length=20)]


class CitedAnswer(Answer):
    text: Text
    items: Ids = ()

    @model_validator(mode="before")
    @classmethod
    def _of_bare_text(cls, value: Any) -> Any:
        """A text that stands alone cites nothing; the checks say so."""
        return {"text": value} if isinstance(value, str) else value


class SentenceAnswer(CitedAnswer):
    refs: Refs = ()


class BulletAnswer(SentenceAnswer):
    head: Short = ""


class PreviewTopicAnswer(Answer):
    title: Short
    bullets: Annotated[tuple[SentenceAnswer, ...], Field(max_length=30)]


class FrontAnswer(Answer):
    topics: Annotated[tuple[PreviewTopicAnswer, ...], Field(max_length=20)]
    title: CitedAnswer
    description: CitedAnswer
    intro: Annotated[tuple[SentenceAnswer, ...], Field(max_length=12)] = ()
    viewpoint: Annotated[tuple[CitedAnswer, ...], Field(max_length=12)]
    tags: Annotated[tuple[Short, ...], Field(max_length=12)] = ()


class OverviewTopicAnswer(Answer):
    title: Short
    bullets: Annotated[tuple[BulletAnswer, ...], Field(max_length=30)]


class OverviewAnswer(Answer):
    topics: Annotated[tuple[OverviewTopicAnswer, ...], Field(max_length=20)]


class PieceAnswer(BulletAnswer):
    place: Annotated[str, Field(max_length=40)]


class AgainAnswer(Answer):
    pieces: Annotated[tuple[PieceAnswer, ...], Field(max_length=200)]


SHAPES: dict[PartName, type[Answer]] = {"front": FrontAnswer, "overview": OverviewAnswer, "again": AgainAnswer}


def answer_schema(part: PartName) -> dict[str, Any]:
    """A strict JSON schema: every field required, none added, no ``$ref`` (some servers ignore a schema that has one).

    It is the same for every issue, so that a server's cache of prompts can begin with it: of ids it gives the form, and
    the checks find the wrong ones.
    """
    schema = SHAPES[part].model_json_schema()
    strict: dict[str, Any] = _strict(schema, schema.get("$defs", {}))
    return strict


def _strict(node: Any, definitions: dict[str, Any]) -> Any:
    """The part of JSON schema that strict mode takes: no titles, no bounds, no defaults."""
    if "$ref" in node:
        return _strict(definitions[node["$ref"].rpartition("/")[2]], definitions)
    if "properties" in node:
        properties = {name: _property(name, value, definitions) for name, value in node["properties"].items()}
        return {
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }
    if node.get("type") == "array":
        return {"type": "array", "items": _strict(node["items"], definitions)}
    return {"type": node["type"]}


_ID_FORMS = {
    "items": r"^[0-9]{1,4}$",
    "link": r"^[0-9]{1,4}[a-z]{1,2}$",
    "place": r"^[a-z]{5,11}(/[0-9]{1,2}){0,2}$",
}


def _property(name: str, node: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    strict: dict[str, Any] = _strict(node, definitions)
    if name in _ID_FORMS:
        strict.get("items", strict)["pattern"] = _ID_FORMS[name]
    return strict


def answer_shape(part: PartName) -> str:
    """The form of an answer with placeholder words, as JSON for the model's eyes."""
    return json.dumps(_placeholder("", answer_schema(part)), ensure_ascii=False)


_PLACEHOLDERS = {"items": "3", "link": "3a", "place": "preview/0/1"}


def _placeholder(name: str, node: dict[str, Any]) -> Any:
    if node["type"] == "object":
        return {key: _placeholder(key, value) for key, value in node["properties"].items()}
    if node["type"] == "array":
        return [_placeholder(name, node["items"])]
    return _PLACEHOLDERS.get(name, "…")


def part_of(answer: FrontAnswer | OverviewAnswer, numbers: dict[str, str]) -> Part:
    """An answer as a record, its ids translated; an id that was never given stays, for the checks to find."""
    topics = (
        Topic(title=topic.title.strip(), bullets=tuple(bullet_of(bullet, numbers) for bullet in topic.bullets))
        for topic in answer.topics
    )
    return Part(topics=tuple(topics))


def opening_of(answer: FrontAnswer, numbers: dict[str, str]) -> Opening:
    """As `part_of`."""
    return Opening(
        title=_cited(answer.title, numbers),
        description=_cited(answer.description, numbers),
        intro=tuple(bullet_of(sentence, numbers) for sentence in answer.intro),
        viewpoint=tuple(_cited(sentence, numbers) for sentence in answer.viewpoint),
        tags=tuple(dict.fromkeys(tag.strip() for tag in answer.tags)),
    )


def bullet_of(answer: SentenceAnswer, numbers: dict[str, str]) -> Bullet:
    """As `part_of`."""
    cited = _cited(answer, numbers)
    return Bullet(
        text=cited.text,
        items=cited.items,
        head=answer.head.strip() if isinstance(answer, BulletAnswer) else "",
        refs=tuple(Reference(label=ref.label.strip(), link=numbers.get(ref.link, ref.link)) for ref in answer.refs),
    )


def _cited(answer: CitedAnswer, numbers: dict[str, str]) -> Cited:
    items = dict.fromkeys(numbers.get(item, item) for item in answer.items)
    return Cited(text=" ".join(answer.text.split()), items=tuple(items))
