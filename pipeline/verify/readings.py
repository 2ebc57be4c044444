"""Findings of the fact check: sentences that its reader did not find in their items, or could not prove."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.records.drafts import Draft
from pipeline.records.readings import Reading
from pipeline.records.verdicts import Finding
from pipeline.sentences import sentences
from pipeline.verify.findings import Kind, finding
from pipeline.verify.index import Place


def said_sentences(place: Place) -> tuple[str, ...]:
    """Return the sentences of a place that are put to a reader, its head first; none of a topic's title.

    A topic's title names what its bullets share, which no single item says.
    """
    if place.kind == "topic":
        return ()
    return (*filter(None, (place.head,)), *sentences(place.text))


def check_readings(draft: Draft, walked: Sequence[Place]) -> Iterator[Finding]:
    """Yield findings of the reader's answers; none where there was no fact check, or its reader is distrusted."""
    checked = draft.factcheck
    if checked is None or checked.distrusted:
        return
    read = {(reading.where, reading.sentence): reading for reading in checked.readings}
    for place in walked:
        for said in said_sentences(place):
            sentence = "" if said == place.head else said
            reading = read.get((place.where, said))
            if reading is None:
                yield finding(Kind.FACTCHECK_UNREAD, place.where, said, sentence=sentence)
            elif reading.problem or reading.judgement != "supported":
                yield _finding(reading, sentence)


def _finding(reading: Reading, sentence: str) -> Finding:
    if reading.judgement == "supported":
        problem = reading.problem
        return finding(Kind.FACTCHECK_UNPROVEN, reading.where, reading.sentence, sentence=sentence, problem=problem)
    contradicted = reading.judgement == "contradicted"
    kind = Kind.FACTCHECK_CONTRADICTED if contradicted else Kind.FACTCHECK_NOT_FOUND
    words = reading.wrong or reading.sentence
    return finding(kind, reading.where, words, expected=reading.says, sentence=sentence)
