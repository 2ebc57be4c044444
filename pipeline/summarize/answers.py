"""The shapes of the model's answers, as JSON schemas that it is held to and as records that they are read into."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from pipeline.records.base import PartName, Record
from pipeline.records.drafts import Bullet, Cited, Opening, Part, Reference, Topic

MAX_ENUM_VALUES = 450
"""Servers refuse schemas with more (OpenAI: 500); ids are then plain strings, and the checks find the wrong ones."""

Text = Annotated[str, Field(max_length=2_000)]
Short = Annotated[str, Field(max_length=300)]
Ids = Annotated[tuple[Annotated[str, Field(max_length=20)], ...], Field(max_length=40)]


class ReferenceAnswer(Record):
    label: Short
    link: Annotated[str, Field(max_length=20)]


Refs = Annotated[tuple[ReferenceAnswer, ...], Field(max_length=20)]


class CitedAnswer(Record):
    text: Text
    items: Ids


class SentenceAnswer(CitedAnswer):
    refs: Refs


class BulletAnswer(SentenceAnswer):
    head: Short


class PreviewTopicAnswer(Record):
    title: Short
    bullets: Annotated[tuple[SentenceAnswer, ...], Field(max_length=30)]


class PreviewAnswer(Record):
    topics: Annotated[tuple[PreviewTopicAnswer, ...], Field(max_length=20)]


class OverviewTopicAnswer(Record):
    title: Short
    bullets: Annotated[tuple[BulletAnswer, ...], Field(max_length=30)]


class OverviewAnswer(Record):
    topics: Annotated[tuple[OverviewTopicAnswer, ...], Field(max_length=20)]


class OpeningAnswer(Record):
    title: CitedAnswer
    description: CitedAnswer
    intro: Annotated[tuple[SentenceAnswer, ...], Field(max_length=12)]
    viewpoint: Annotated[tuple[CitedAnswer, ...], Field(max_length=12)]
    tags: Annotated[tuple[Short, ...], Field(max_length=12)]


class PieceAnswer(BulletAnswer):
    place: Annotated[str, Field(max_length=40)]


class AgainAnswer(Record):
    pieces: Annotated[tuple[PieceAnswer, ...], Field(max_length=200)]


SHAPES: dict[PartName, type[Record]] = {
    "preview": PreviewAnswer,
    "overview": OverviewAnswer,
    "opening": OpeningAnswer,
    "again": AgainAnswer,
}


def answer_schema(part: PartName, items: list[str], links: list[str], places: list[str]) -> dict[str, Any]:
    """A strict JSON schema: every field required, none added, ids as enums where they are not too many."""
    schema = SHAPES[part].model_json_schema()
    definitions = schema.pop("$defs", {})
    few = len(items) + len(links) + len(places) <= MAX_ENUM_VALUES
    for name, values in (("item", items), ("link", links), ("place", places)):
        definitions[name] = {"type": "string", "enum": values} if few and values else {"type": "string"}
    strict: dict[str, Any] = _strict({**schema, "$defs": definitions})
    return strict


_IDS = {"link": "link", "place": "place"}


def _strict(node: Any) -> Any:
    """The part of JSON schema that strict mode takes: no titles, no bounds, no defaults."""
    if isinstance(node, list):
        return [_strict(part) for part in node]
    if not isinstance(node, dict):
        return node
    if "properties" in node:
        properties = {name: _property(name, part) for name, part in node["properties"].items()}
        return {
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        } | ({"$defs": {name: _strict(part) for name, part in node["$defs"].items()}} if "$defs" in node else {})
    return {key: _strict(part) for key, part in node.items() if key in ("type", "items", "$ref", "enum")}


def _property(name: str, node: dict[str, Any]) -> Any:
    if name in _IDS:
        return {"$ref": f"#/$defs/{_IDS[name]}"}
    if name == "items":
        return {"type": "array", "items": {"$ref": "#/$defs/item"}}
    return _strict(node)


def part_of(answer: PreviewAnswer | OverviewAnswer, numbers: dict[str, str]) -> Part:
    """An answer as a record, its ids translated; an id that was never given stays, for the checks to find."""
    topics = (
        Topic(title=topic.title.strip(), bullets=tuple(bullet_of(bullet, numbers) for bullet in topic.bullets))
        for topic in answer.topics
    )
    return Part(topics=tuple(topics))


def opening_of(answer: OpeningAnswer, numbers: dict[str, str]) -> Opening:
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
