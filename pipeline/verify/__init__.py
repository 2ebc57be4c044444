"""Draft → Verdict: every link, figure, name and sentence compared with the items it rests on. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.records.drafts import Draft
from pipeline.records.issues import CleanIssue, Item
from pipeline.records.verdicts import Evidence, Finding, Verdict
from pipeline.verify import coverage, form, freshness, language, references
from pipeline.verify.checks import Check, EarlierPost, Minimum, finding_id, is_asked_again
from pipeline.verify.comparison import comparison_is_not_turned_round
from pipeline.verify.drop import drop, mend
from pipeline.verify.index import Index, Place, places
from pipeline.verify.names import matched_names, names_stand_in_the_items
from pipeline.verify.negation import negation_is_not_turned_round
from pipeline.verify.numbers import matched_figures, numbers_stand_in_the_items
from pipeline.verify.source_items import SourceFigures
from pipeline.verify.spacing import Analyse, spacing_is_right
from pipeline.verify.support import (
    Vocabulary,
    a_bullet_is_supported_by_its_items,
    every_sentence_shares_something_with_its_items,
)

__all__ = ["EarlierPost", "Minimum", "Prepared", "find", "finding_id", "is_asked_again", "verify"]

CHECKS: tuple[Check, ...] = (
    references.what_is_cited_is_known,
    references.references_are_known_and_cited,
    references.labels_say_where_they_lead,
    references.labels_are_not_exchanged,
    references.labels_stand_in_the_text,
    language.every_sentence_is_korean,
    language.no_words_are_left_in_another_language,
    language.sentences_end_in_hamnida,
    language.nothing_speaks_of_the_task,
    language.nothing_is_left_to_fill_in,
    language.no_markdown_is_left,
    language.particles_fit_the_sound,
    freshness.what_is_cited_is_news,
    form.no_place_is_blank,
    form.lengths_are_right,
    form.no_html_and_no_address,
    form.no_character_is_invisible,
)
"""Checks of one place against the issue, in the order of their findings."""


@dataclass(frozen=True)
class Prepared:
    """An issue prepared for all checks of a draft: nothing is read twice."""

    index: Index
    vocabulary: Vocabulary = field(init=False)
    read: SourceFigures = field(default_factory=SourceFigures)

    def __post_init__(self) -> None:
        object.__setattr__(self, "vocabulary", Vocabulary(self.index))


def verify(
    draft: Draft,
    issue: CleanIssue,
    *,
    made_from: str,
    earlier: Sequence[EarlierPost] = (),
    examples: Sequence[str] = (),
    tags_in_use: Sequence[str] = (),
    minimum: Minimum = Minimum(),  # noqa: B008 - frozen
    accepted: Collection[str] = (),
    analyse: Analyse | None = None,
) -> Verdict:
    """Mend by rule, check, drop what has an error, and hold the post when too little is left.

    Args:
        made_from: Goes into the Verdict.
        earlier: Posts of the days before, for freshness.
        examples: Korean sentences of the prompts, which must not turn up in a post.
        tags_in_use: Tags of earlier posts, most used first.
        minimum: Bullets that must remain.
        accepted: Ids of findings (`finding_id`) that an editor accepted: told, but nothing is dropped for them.
        analyse: Korean text → morphemes (the extra ``[ko]``), for warnings on spacing; None: nothing is said of it.

    Returns:
        The verdict. Its findings and what it dropped name places of the draft as given, its evidence those of its
        own draft, which is what may be published.
    """
    prepared = Prepared(Index(issue))
    mended = mend(draft, tags_in_use)
    findings = tuple(_findings(mended.draft, prepared, earlier, examples, accepted))
    if analyse:
        findings += tuple(one for place in places(mended.draft) for one in spacing_is_right(place, analyse))
    left = drop(mended.draft, findings, minimum=minimum, accepted=accepted)
    return Verdict(
        id=draft.id,
        made_from=made_from,
        draft=left.draft,
        findings=findings,
        evidence=tuple(_evidence(left.draft, prepared)),
        dropped=left.dropped,
        mended=mended.notes,
        held=left.held,
    )


def find(
    draft: Draft,
    prepared: Prepared,
    *,
    earlier: Sequence[EarlierPost] = (),
    examples: Sequence[str] = (),
    tags_in_use: Sequence[str] = (),
    accepted: Collection[str] = (),
) -> tuple[Finding, ...]:
    """What `verify` would find and nobody accepted, for the loop that asks again; rules mend before."""
    found = _findings(mend(draft, tags_in_use).draft, prepared, earlier, examples, accepted)
    return tuple(one for one in found if finding_id(one) not in accepted)


def place_findings(place: Place, prepared: Prepared, lead: Sequence[Item] = ()) -> Iterator[Finding]:
    """Findings of one place against the items it cites: all checks that need no other place.

    Args:
        lead: Items of the day's lead, whose names the title and the Viewpoint may give without citing them.
    """
    for check in CHECKS:
        yield from check(place, prepared.index)
    index, vocabulary = prepared.index, prepared.vocabulary
    sources = index.cited(place)
    if sources:
        cited = {item.id for item in sources}
        others = [item for item in index.reportable if item.id not in cited]
        for piece in place.pieces:
            rest = place.text if piece is place.head else ""
            yield from numbers_stand_in_the_items(
                piece, sources, where=place.where, others=others, read=prepared.read, rest=rest
            )
            named = (*sources, *lead) if place.kind in ("title", "viewpoint") else sources
            yield from names_stand_in_the_items(piece, named, where=place.where, others=others, read=prepared.read)
    yield from every_sentence_shares_something_with_its_items(place, vocabulary)
    yield from a_bullet_is_supported_by_its_items(place, vocabulary)
    yield from negation_is_not_turned_round(place, index, vocabulary)
    yield from comparison_is_not_turned_round(place, index, vocabulary)


def _findings(
    draft: Draft,
    prepared: Prepared,
    earlier: Sequence[EarlierPost],
    examples: Sequence[str],
    accepted: Collection[str],
) -> Iterator[Finding]:
    walked = tuple(places(draft))
    lead = _lead(walked, prepared.index)
    alone = [one for place in walked for one in place_findings(place, prepared, lead)]
    alone += freshness.nothing_was_told_before(walked, freshness.heard_before(earlier, examples))
    yield from alone
    # What goes for a reason of its own does not make another bullet the second of two.
    gone = {one.where for one in alone if one.severity == "error" and finding_id(one) not in accepted}
    yield from coverage.nothing_is_told_twice([place for place in walked if place.where not in gone])
    yield from coverage.no_sentence_is_a_refrain(walked)
    yield from coverage.the_main_items_are_told(draft, walked, prepared.index)
    yield from _invented_tags(draft, walked, prepared)
    yield from form.nothing_is_empty(draft)
    yield from form.the_introduction_is_two_to_four_sentences(draft)
    yield from form.the_description_is_not_the_title(draft)
    yield from form.tags_are_few_and_plain(draft)


def _lead(walked: Sequence[Place], index: Index) -> tuple[Item, ...]:
    """The items of the newsletter's own introduction, and those that the opening rests on."""
    own = [item.id for section in index.issue.sections if section.role == "intro" for item in section.items]
    opening = ("title", "description", "intro", "viewpoint")
    cited = [id_ for place in walked if place.kind in opening for id_ in place.items if id_ in index.items]
    return tuple(index.items[id_] for id_ in dict.fromkeys((*own, *cited)))


def _invented_tags(draft: Draft, walked: Sequence[Place], prepared: Prepared) -> Iterator[Finding]:
    """A tag rests on what the post tells: a name in it stands in an item that some place cites."""
    cited = {item.id: item for place in walked for item in prepared.index.cited(place)}
    for tag in draft.opening.tags:
        for one in names_stand_in_the_items(tag, tuple(cited.values()), where="tags", read=prepared.read):
            yield one.model_copy(update={"text": tag})


def _evidence(draft: Draft, prepared: Prepared) -> Iterator[Evidence]:
    for place in places(draft):
        sources = prepared.index.cited(place)
        text = " ".join(place.pieces)
        matched = (
            *matched_figures(text, sources, read=prepared.read),
            *matched_names(text, sources, read=prepared.read),
        )
        yield Evidence(where=place.where, items=place.items, matched=tuple(dict.fromkeys(matched)))
