"""The reader's question: sentences and the items that they cite, as JSON data, and the shape of the answer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field

from pipeline.factcheck.passages import Passage, Source
from pipeline.factcheck.planted import Plant, mixed, planted
from pipeline.records.questions import Message, Prompt, Question
from pipeline.reply import Answer
from pipeline.summarize.questions import as_data, filled

Words = Annotated[str, Field(max_length=2_000)]


class ClaimAnswer(Answer):
    words: Words
    item: Annotated[str, Field(max_length=20)]
    quote: Words


class SentenceAnswer(Answer):
    id: Annotated[str, Field(max_length=20)]
    verdict: Literal["supported", "contradicted", "not_found"]
    claims: Annotated[tuple[ClaimAnswer, ...], Field(max_length=20)]
    wrong: Words
    says: Words


class FactCheckAnswer(Answer):
    """What a reader answers: every sentence once."""

    sentences: Annotated[tuple[SentenceAnswer, ...], Field(max_length=400)]


class Put(NamedTuple):
    """One sentence as it is put.

    Attributes:
        passage: Where it comes from; a plant's is the passage made of it.
        sentence: Its words.
        plant: None for a sentence of the draft.
    """

    passage: Passage
    sentence: str
    plant: Plant | None


class ReaderQuestion(NamedTuple):
    """A question and what its ids stand for.

    Attributes:
        question: What is put to the reader.
        put: Each sentence by the id it has in the question (``s1``, ``s2`` …).
        items: The issue's id of each item by its number in the question (``1``, ``2`` …).
    """

    question: Question
    put: dict[str, Put]
    items: dict[str, str]


class Reader(NamedTuple):
    """Who is asked, and how.

    Attributes:
        prompt: ``prompts/factcheck.md``.
        model: As its server names it.
        parameters: Sent with every question; those of the prompt go before them.
    """

    prompt: Prompt
    model: str
    parameters: Mapping[str, Any]


def question_of(
    passages: Sequence[Passage],
    sources: Mapping[str, Source],
    reader: Reader,
    *,
    attempt: int = 1,
    problems: Mapping[tuple[str, str], str] = MappingProxyType({}),
) -> ReaderQuestion:
    """The question on some passages, with plants among them.

    Args:
        passages: What is asked about.
        sources: What may be shown of each item, by the issue's ids.
        reader: Who is asked.
        attempt: Counts how often these passages were put; each attempt has other plants.
        problems: What was wrong with the answer before, by passage and sentence.

    Raises:
        ConfigError: The prompt cannot be filled.
    """
    cited = dict.fromkeys(item for passage in passages for item in passage.items if item in sources)
    shown = {item: sources[item] for item in cited}
    seed = hashlib.sha256(
        "\n".join([str(attempt), *(sentence for passage in passages for sentence in passage.sentences)]).encode()
    ).hexdigest()
    together = mixed(passages, planted(passages, shown, seed=seed), seed=seed)
    numbers = {item: str(number) for number, item in enumerate(shown, 1)}
    put = _numbered(together)
    blocks = _blocks(put, numbers, problems)
    text = filled(reader.prompt, passages=_lines(blocks), items=_lines(_items(shown, numbers)))
    question = Question(
        part="factcheck",
        model=reader.model,
        messages=(Message(role="user", content=text),),
        answer_schema=_SCHEMA,
        parameters={**reader.parameters, **reader.prompt.parameters},
    )
    return ReaderQuestion(question, put, {number: item for item, number in numbers.items()})


def _numbered(together: Sequence[Passage | Plant]) -> dict[str, Put]:
    put: dict[str, Put] = {}
    for one in together:
        passage, plant = (one.passage, one) if isinstance(one, Plant) else (one, None)
        for sentence in passage.sentences:
            put[f"s{len(put) + 1}"] = Put(passage, sentence, plant)
    return put


def _blocks(
    put: Mapping[str, Put], numbers: Mapping[str, str], problems: Mapping[tuple[str, str], str]
) -> list[dict[str, object]]:
    """The sentences of each passage under the items that it cites."""
    blocks: list[dict[str, object]] = []
    for (passage, _), group in groupby(put.items(), key=lambda one: (one[1].passage, one[1].plant)):
        block: dict[str, object] = {"items": [numbers[item] for item in passage.items if item in numbers]}
        if passage.context:
            block["passage"] = passage.context
        block["sentences"] = [
            {"id": name, "text": one.sentence}
            | ({"problem": problem} if (problem := problems.get((passage.where, one.sentence), "")) else {})
            for name, one in group
        ]
        blocks.append(block)
    return blocks


def _items(shown: Mapping[str, Source], numbers: Mapping[str, str]) -> list[dict[str, str]]:
    """Each item with its section, its heading and the item before; what is empty or shown already is left out."""
    found: list[dict[str, str]] = []
    section = before = ""
    for item, source in shown.items():
        data = {"id": numbers[item], "section": source.section, "under": source.under, "text": source.text}
        if source.before and source.before != before[-len(source.before) :]:
            data["before"] = source.before
        if source.section == section:
            del data["section"]
        section, before = source.section, source.text
        found.append({key: value for key, value in data.items() if value})
    return found


def _lines(values: Sequence[object]) -> str:
    return "[\n" + ",\n".join(as_data(value) for value in values) + "\n]"


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


_STRING = {"type": "string"}
_SCHEMA = _object(
    sentences={
        "type": "array",
        "items": _object(
            id=_STRING,
            verdict={"type": "string", "enum": ["supported", "contradicted", "not_found"]},
            claims={"type": "array", "items": _object(words=_STRING, item=_STRING, quote=_STRING)},
            wrong=_STRING,
            says=_STRING,
        ),
    }
)
"""The same for every issue, so that a server can keep the beginning of the question in its cache."""
