"""Draft → Verdict: every link, figure and name compared with the items it rests on; language, form, repetition. Pure.

Open `findings` first: it lists every kind of finding. Rooms: `figures` and `names` read both languages and compare,
`language` reads Korean, `references` and `labels` look at links, `repetition` at other posts and places, `form` at
lengths and debris. `drop` says what of a draft is published. What a sentence means is not judged here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.orders import addresses_a_model
from pipeline.records.drafts import Draft
from pipeline.records.issues import CleanIssue, Item
from pipeline.records.verdicts import Evidence, Finding, Verdict
from pipeline.sentences import sentences
from pipeline.verify import form, references, repetition
from pipeline.verify.drop import drop, mend
from pipeline.verify.figures.check import check_figures, matched_figures
from pipeline.verify.findings import Check, EarlierPost, Kind, Minimum, finding, finding_id, is_asked_again
from pipeline.verify.index import Index, Place, places
from pipeline.verify.language import check as language
from pipeline.verify.language.spacing import Analyse, spacing_is_right
from pipeline.verify.names.check import check_names, matched_names, words_held
from pipeline.verify.names.tokens import fold
from pipeline.verify.readings import check_readings
from pipeline.verify.source_items import SourceFigures

__all__ = ["EarlierPost", "Kind", "Minimum", "Prepared", "find", "finding_id", "is_asked_again", "verify"]

CHECKS: tuple[Check, ...] = (
    references.check_items,
    references.check_references,
    references.check_labels,
    references.check_swapped_labels,
    references.check_label_places,
    language.every_sentence_is_korean,
    language.no_words_are_left_in_another_language,
    language.sentences_end_in_hamnida,
    language.nothing_speaks_of_the_task,
    language.nothing_is_left_to_fill_in,
    language.no_markdown_is_left,
    language.particles_fit_the_sound,
    repetition.check_cited_news,
    form.no_place_is_blank,
    form.lengths_are_right,
    form.no_html_and_no_address,
    form.no_character_is_invisible,
)
"""Checks of one place against the issue, in the order of their findings."""


LEAST_WORDS = 2
"""Latin words and known Korean names from which a sentence that shares none of them with its items rests on nothing."""


@dataclass(frozen=True)
class Prepared:
    """An issue prepared for all checks of a draft: nothing is read twice."""

    index: Index
    read: SourceFigures = field(default_factory=SourceFigures)


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
    """Fix by rule, check, take out what has an error, and hold the post when too little is left.

    Args:
        made_from: Goes into the Verdict.
        earlier: Posts of the days before, for freshness.
        examples: Korean sentences of the prompts, which must not turn up in a post.
        tags_in_use: Tags of earlier posts, most used first.
        minimum: Bullets that must remain.
        accepted: Ids of findings that an editor accepted: listed, but nothing is dropped for them.
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
    left = drop(mended.draft, findings, prepared.index, minimum=minimum, accepted=accepted)
    return Verdict(
        id=draft.id,
        made_from=made_from,
        draft=left.draft,
        findings=findings,
        evidence=tuple(_evidence(left.draft, prepared)),
        dropped=left.dropped,
        mended=(*mended.notes, *left.mended),
        held=(*([draft.factcheck.distrusted] if draft.factcheck and draft.factcheck.distrusted else []), *left.held),
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
    """Return what `verify` would find and nobody accepted, for the loop that asks again; rules fix before."""
    found = _findings(mend(draft, tags_in_use).draft, prepared, earlier, examples, accepted)
    return tuple(one for one in found if one.id not in accepted)


def place_findings(place: Place, prepared: Prepared, lead: Sequence[Item] = ()) -> Iterator[Finding]:
    """Yield the findings of one place against the items it cites: all checks that need no other place.

    Args:
        lead: Items of the day's lead, whose names the title and the Viewpoint may give without citing them.
    """
    index, read = prepared.index, prepared.read
    for check in CHECKS:
        for one in check(place, index):
            yield from _of_sentences(one, place)
    sources = index.cited(place)
    if not sources:
        return
    cited, sites = {item.id for item in sources}, index.sites(place)
    beside = index.neighbours(place)
    named = (*beside, *(lead if place.kind in ("title", "viewpoint") else ()))
    others = [item for item in index.reportable if item.id not in cited]
    for piece in place.pieces:
        found = (
            *check_figures(piece, sources, where=place.where, beside=beside, others=others, read=read),
            *check_names(piece, sources, where=place.where, beside=named, sites=sites, others=others, read=read),
        )
        for one in found:
            yield from _of_sentences(one, place) if piece is not place.head else (one,)
    if place.kind in ("bullet", "intro", "description"):
        yield from _unfounded(place, sources, read)


def _of_sentences(one: Finding, place: Place) -> Iterator[Finding]:
    """Yield a finding once for each sentence that has its words, or as it is where it concerns the whole place."""
    split = sentences(place.text) if place.is_prose else ()
    of_whole = one.sentence or one.check in ("references", "labels") or one.text in place.head
    holding = [] if of_whole or len(split) < 2 else [s for s in split if one.text in s or one.text in fold(s)]
    yield from (one.model_copy(update={"sentence": sentence}) for sentence in holding)
    if not holding:
        yield one


def _unfounded(place: Place, sources: Sequence[Item], read: SourceFigures) -> Iterator[Finding]:
    """A sentence with several names or figures of which its items have none; one without any cannot be judged here."""
    for sentence in sentences(place.text):
        words = words_held(sentence, sources, read=read)
        shares = len(words) < LEAST_WORDS or any(words.values())
        if not shares and not matched_figures(sentence, sources, read=read):
            yield finding(Kind.UNFOUNDED, place.where, sentence, sentence=sentence)


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
    alone += repetition.check_earlier_posts(walked, repetition.heard_before(earlier, examples))
    yield from alone
    # What goes for a reason of its own does not make another bullet the second of two.
    gone = {one.where for one in alone if one.severity == "error" and one.id not in accepted}
    yield from repetition.check_told_twice([place for place in walked if place.where not in gone])
    yield from repetition.check_refrains(walked)
    yield from check_readings(draft, walked)
    yield from repetition.check_repeated_introduction(walked)
    yield from repetition.check_main_items(draft, walked, prepared.index)
    yield from _invented_tags(draft, walked, prepared)
    yield from form.nothing_is_empty(draft)
    yield from form.the_introduction_is_two_to_four_sentences(draft)
    yield from form.the_description_is_not_the_title(draft)
    yield from form.tags_are_few_and_plain(draft)


def _lead(walked: Sequence[Place], index: Index) -> tuple[Item, ...]:
    """Return the items of the newsletter's own introduction, and those that the opening rests on."""
    own = [item.id for section in index.issue.sections if section.role == "intro" for item in section.items]
    opening = ("title", "description", "intro", "viewpoint")
    cited = [id_ for place in walked if place.kind in opening for id_ in place.items if id_ in index.items]
    items = (index.items[id_] for id_ in dict.fromkeys((*own, *cited)))
    return tuple(item for item in items if not addresses_a_model(item.text))


def _invented_tags(draft: Draft, walked: Sequence[Place], prepared: Prepared) -> Iterator[Finding]:
    """A tag rests on what the post reports: a name in it is in an item that some place cites."""
    cited = {item.id: item for place in walked for item in prepared.index.cited(place)}
    for tag in draft.opening.tags:
        for one in check_names(tag, tuple(cited.values()), where="tags", read=prepared.read):
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
