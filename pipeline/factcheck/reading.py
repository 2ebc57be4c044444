"""Putting a draft's sentences to a reader, and judging the answer by its quotes and by the planted sentences."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from pipeline.errors import ReplyError
from pipeline.factcheck.passages import Passage, Source, by_part, passages_of, sources_of
from pipeline.factcheck.question import FactCheckAnswer, Put, Reader, ReaderQuestion, SentenceAnswer, question_of
from pipeline.factcheck.quotes import folded, is_quoted_from, problem_with
from pipeline.records.drafts import Asked, Draft
from pipeline.records.issues import CleanIssue
from pipeline.records.questions import Question
from pipeline.records.readings import Claim, FactCheck, Planted, Reading
from pipeline.reply import NotRecorded

ATTEMPTS = 2
"""How often a question is put before a reader that misses planted sentences is distrusted."""

MOST_READING_CALLS = 12
"""Two parts, each put twice and once more for what is not proved, and each of these asked again when unreadable."""

Ask = Callable[[Question, type[FactCheckAnswer]], tuple[FactCheckAnswer, tuple[Asked, ...]]]
"""Puts a question, asking once more when the reply cannot be read. Raises ReplyError."""

RunAll = Callable[[Sequence[Callable[[], Any]]], Iterable[Any]]
"""Runs calls, at once or in turn, and gives their results in the same order."""


class Memory(NamedTuple):
    """Where readings are kept, so that no sentence is paid for twice, and what is known of readers.

    Attributes:
        find: The reading kept under a key; None when there is none.
        keep: Keeps a reading under its key.
        tally: Is told which planted sentences of a draft a model found.
    """

    find: Callable[[str], Reading | None]
    keep: Callable[[str, Reading], None]
    tally: Callable[[str, Sequence[Planted]], None]


class _Part(NamedTuple):
    readings: tuple[Reading, ...]
    planted: tuple[Planted, ...]
    distrusted: bool


class _Read(NamedTuple):
    """One answer, judged."""

    readings: tuple[Reading, ...]
    planted: tuple[Planted, ...]


def fact_check(
    draft: Draft, issue: CleanIssue, reader: Reader, *, ask: Ask, run_all: RunAll, memory: Memory
) -> FactCheck:
    """Have every sentence of a draft read beside the items that it cites, the two parts of a post at once.

    Raises:
        ReplyError: The reader gave no usable reply, or (`NotRecorded`) none is recorded.
        EndpointError: The reader's server refuses us.
        ConfigError: The prompt cannot be filled.
    """
    sources = sources_of(issue)
    passages = tuple(passages_of(draft))
    known = {
        (passage.where, sentence): found.model_copy(update={"where": passage.where})
        for passage in passages
        for sentence in passage.sentences
        if (found := memory.find(key_of(sentence, passage, sources, reader)))
    }
    unread = [_without(passage, known) for passage in passages]
    parts = by_part([passage for passage in unread if passage.sentences])
    done = _together([partial(_read_part, part, sources, reader, ask) for part in parts], run_all)
    for part in done:
        for reading in part.readings:
            passage = next(one for one in passages if one.where == reading.where)
            memory.keep(key_of(reading.sentence, passage, sources, reader), reading)
            known[reading.where, reading.sentence] = reading
    planted = tuple(one for part in done for one in part.planted)
    if planted:
        memory.tally(reader.model, planted)
    readings = (known.get((passage.where, sentence)) for passage in passages for sentence in passage.sentences)
    return FactCheck(
        model=reader.model,
        readings=tuple(reading for reading in readings if reading),
        distrusted=_why_distrusted(planted) if any(part.distrusted for part in done) else "",
    )


def _together(calls: Sequence[Callable[[], _Part]], run_all: RunAll) -> list[_Part]:
    """The results of calls; where one fails the others are not lost, and unrecorded questions are told together."""

    def outcome(call: Callable[[], _Part]) -> _Part | ReplyError:
        try:
            return call()
        except ReplyError as error:
            return error

    outcomes = list(run_all([partial(outcome, call) for call in calls]))
    failures = [one for one in outcomes if isinstance(one, ReplyError)]
    missing = [failure for failure in failures if isinstance(failure, NotRecorded)]
    if missing and len(missing) == len(failures):
        raise NotRecorded(*(question for failure in missing for question in failure.questions))
    for failure in failures:
        if not isinstance(failure, NotRecorded):
            raise failure
    return [one for one in outcomes if isinstance(one, _Part)]


def key_of(sentence: str, passage: Passage, sources: Mapping[str, Source], reader: Reader) -> str:
    """SHA-256 of a sentence, what is shown of its items, the prompt and the model: equal keys, equal readings."""
    shown = [sources[item].shown for item in passage.items if item in sources]
    return hashlib.sha256("\0".join([reader.model, reader.prompt.text, sentence, *shown]).encode()).hexdigest()


def _without(passage: Passage, known: Mapping[tuple[str, str], Reading]) -> Passage:
    """The passage with its unread sentences only, and the others as their context."""
    unread = tuple(sentence for sentence in passage.sentences if (passage.where, sentence) not in known)
    context = "" if unread == passage.sentences else " ".join(passage.sentences)
    return passage._replace(sentences=unread, context=context)


def _read_part(passages: Sequence[Passage], sources: Mapping[str, Source], reader: Reader, ask: Ask) -> _Part:
    """One part: put it again with other plants when one passes, then once more what is not proved."""
    planted: tuple[Planted, ...] = ()
    for attempt in range(1, ATTEMPTS + 1):
        read = _put(question_of(passages, sources, reader, attempt=attempt), sources, ask)
        planted = (*planted, *read.planted)
        if all(plant.found for plant in read.planted):
            break
    else:
        return _Part((), planted, distrusted=True)
    unproved = {(one.where, one.sentence): one.problem for one in read.readings if one.problem}
    if not unproved:
        return _Part(read.readings, planted, distrusted=False)
    rest = [
        passage._replace(sentences=left, context=" ".join(passage.sentences))
        for passage in passages
        if (left := tuple(one for one in passage.sentences if (passage.where, one) in unproved))
    ]
    again = _put(question_of(rest, sources, reader, attempt=ATTEMPTS + 1, problems=unproved), sources, ask)
    planted = (*planted, *again.planted)
    if not all(plant.found for plant in again.planted):
        return _Part((), planted, distrusted=True)
    better = {(one.where, one.sentence): one for one in again.readings}
    readings = tuple(better.get((one.where, one.sentence), one) for one in read.readings)
    return _Part(readings, planted, distrusted=False)


def _put(asking: ReaderQuestion, sources: Mapping[str, Source], ask: Ask) -> _Read:
    answer, _ = ask(asking.question, FactCheckAnswer)
    answered: dict[str, list[SentenceAnswer]] = {}
    for one in answer.sentences:
        answered.setdefault(one.id.strip(), []).append(one)
    readings = {name: _reading(put, answered.get(name, []), asking, sources) for name, put in asking.put.items()}
    own = tuple(reading for name, reading in readings.items() if asking.put[name].plant is None)
    holds = {reading.sentence for reading in own if reading.judgement == "supported"}
    plants = tuple(
        Planted(
            kind=put.plant.kind,
            sentence=put.sentence,
            found=bool(answered.get(name)) and readings[name].judgement != "supported",
            question=asking.question.hash,
        )
        for name, put in asking.put.items()
        # What turns a false sentence round may be true: such a plant says nothing about the reader.
        if put.plant and (put.plant.kind != "reversal" or put.plant.original in holds)
    )
    return _Read(own, plants)


def _reading(
    put: Put, answers: Sequence[SentenceAnswer], asking: ReaderQuestion, sources: Mapping[str, Source]
) -> Reading:
    """The answer on one sentence, its ids translated, with what is wrong about it."""
    where = put.passage.where
    if len(answers) != 1:
        problem = "it was answered twice" if answers else "it was not answered"
        return Reading(
            where=where, sentence=put.sentence, judgement="not_found", problem=problem, question=asking.question.hash
        )
    (answer,) = answers
    claims = tuple(
        Claim(words=claim.words, item=asking.items.get(claim.item.strip(), claim.item), quote=claim.quote)
        for claim in answer.claims
    )
    shown = {item: sources[item].shown for item in put.passage.items if item in sources}
    if answer.verdict == "supported":
        problem = problem_with(put.sentence, claims, shown)
    else:
        problem = _problem_with_alarm(put.sentence, answer, shown)
    return Reading(
        where=where,
        sentence=put.sentence,
        judgement=answer.verdict,
        claims=claims,
        wrong="" if answer.verdict == "supported" else answer.wrong.strip(),
        says="" if answer.verdict == "supported" else answer.says.strip(),
        problem=problem,
        question=asking.question.hash,
    )


def _problem_with_alarm(sentence: str, answer: SentenceAnswer, shown: Mapping[str, str]) -> str:
    """Why an alarm cannot be relied on: it has to point at words that exist."""
    if not answer.wrong.strip() or folded(answer.wrong) not in folded(sentence):
        return f'the words "{answer.wrong[:80]}" in wrong are not in the sentence'
    if answer.says.strip() and not any(is_quoted_from(answer.says, text) for text in shown.values()):
        return f'the words "{answer.says[:80]}" in says are not in its items'
    return ""


def _why_distrusted(planted: Sequence[Planted]) -> str:
    missed = sum(not plant.found for plant in planted)
    return f"the fact check let {missed} of {len(planted)} planted errors pass"
