"""What of a draft may be published: fixed by rule, then without what has an error. Nothing of it is silent.

An error costs as little as it can: a link its reference, a sentence itself, a title its words. Only what a rule cannot
put right goes, and a post is held only where too little is left of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from pipeline.hosts import host_of
from pipeline.places import at, replaced
from pipeline.records.drafts import Bullet, Cited, Draft, LeftOut, Part, Reference
from pipeline.records.verdicts import Finding
from pipeline.sentences import sentences
from pipeline.verify.findings import Minimum
from pipeline.verify.form import mend_tags
from pipeline.verify.index import Index, Place, places
from pipeline.verify.language.particles import mend_particles
from pipeline.verify.names.forms import korean_names
from pipeline.verify.names.tokens import chunks, fold
from pipeline.verify.references import own_links
from pipeline.verify.repetition import facts_of

REMADE = ("title", "description")
"""Places that are made by rule, from the titles of topics, where they have an error."""

LONGEST_DESCRIPTION = 160

_SUBJECT = re.compile(r"[\"'”’)]? ?(?:은|는|이|가|도|에서|께서)(?![가-힣])")
_REFERS_BACK = re.compile(
    r"(?:이|그|해당|이는|이를|이로|여기|이에|그는|같은|두 |양쪽)(?:[ ,]|[가-힣]{0,2} )|이[들번때와]"
)


class Mended(NamedTuple):
    """A draft fixed by rule, and what was changed."""

    draft: Draft
    notes: tuple[LeftOut, ...]


class Dropped(NamedTuple):
    """A draft without what has an error, what was dropped and what was made anew, and why no post may be written."""

    draft: Draft
    dropped: tuple[LeftOut, ...]
    mended: tuple[LeftOut, ...]
    held: tuple[str, ...]


def mend(draft: Draft, tags_in_use: Sequence[str] = ()) -> Mended:
    """Fix particles by pronunciation where certain, and tags as they are in use; labels follow the text around them."""
    changes: dict[str, Bullet | None] = {}
    notes: list[LeftOut] = []
    for place in places(draft):
        bullet = at(draft, place.where)
        text, head = mend_particles(place.text), mend_particles(place.head)
        if bullet is None or (text, head) == (place.text, place.head):
            continue
        refs = tuple(
            ref if ref.label in text else ref.model_copy(update={"label": mend_particles(ref.label)})
            for ref in place.refs
        )
        changes[place.where] = bullet.model_copy(update={"text": text, "head": head, "refs": refs})
        notes.append(LeftOut(what=f"{place.where}: {place.text}", why=f"particles by pronunciation: {text}"))
    tags, tag_notes = mend_tags(draft.opening.tags, tags_in_use)
    mended = replaced(draft, changes) if changes else draft
    opening = mended.opening.model_copy(update={"tags": tags})
    return Mended(mended.model_copy(update={"opening": opening}), (*notes, *tag_notes))


def drop(
    draft: Draft, findings: Sequence[Finding], index: Index, *, minimum: Minimum, accepted: Collection[str] = ()
) -> Dropped:
    """Take out every reference, sentence, bullet and tag with an error that nobody accepted, and count what is left.

    Args:
        findings: Of this draft; places are named as in it.
        index: For the links that a bullet may have instead of a wrong one.
        accepted: Ids of findings that an editor accepted for this issue.
    """
    errors: dict[str, list[Finding]] = {}
    for found in findings:
        if found.severity == "error" and found.id not in accepted:
            errors.setdefault(found.where, []).append(found)
    bad_tags = {found.text for found in errors.pop("tags", ())}
    changes: dict[str, Bullet | None] = {}
    dropped: list[LeftOut] = []
    for place in places(draft):
        bullet = at(draft, place.where)
        if place.where in errors and bullet is not None:  # a finding on a whole part ("preview") names no place
            rest = _rest(place, bullet, errors[place.where], index)
            changes[place.where] = rest
            if place.where not in REMADE:
                dropped += _noted(place, rest, errors[place.where])
    topics = {where: found for where, found in errors.items() if where.count("/") == 1 and _is_topic(where)}
    renamed = _renamed_topics(draft, topics, changes)
    left = replaced(draft, {**changes, **renamed}) if changes else draft
    dropped += [LeftOut(what=f"tags: {tag}", why="not a tag") for tag in draft.opening.tags if tag in bad_tags]
    dropped += _emptied(draft, {**changes, **renamed})
    tags = tuple(tag for tag in left.opening.tags if tag not in bad_tags)
    left = left.model_copy(update={"opening": left.opening.model_copy(update={"tags": tags})})
    broken = _broken_promises(draft, left)
    left = replaced(left, _renamed_topics(left, [where for where in broken if _is_topic(where)], {}))
    bad = [where for where in REMADE if where in broken or (where in changes and changes[where] is None)]
    left, remade = _remade(left, bad)
    mended = [
        LeftOut(
            what=f"{where}: {getattr(draft.opening, where).text}",
            why=f"{_reasons(errors.get(where, ())) or 'names what is no longer told'}; made by rule: {text}",
        )
        for where, text in remade.items()
    ]
    return Dropped(left, tuple(dropped), tuple(mended), _too_little(left, minimum))


def _rest(place: Place, bullet: Bullet, errors: Sequence[Finding], index: Index) -> Bullet | None:
    """Return what is left of a bullet without its errors; None where that does not make sense by itself."""
    of_refs = [one for one in errors if one.check in ("references", "labels") and _is_of_ref(one, place.refs)]
    others = [one for one in errors if one not in of_refs]
    if any(not one.sentence for one in others):
        return None
    labels = {one.text for one in of_refs}
    refs = tuple(
        ref for ref in bullet.refs if not any(ref.label in label.split(", ") or ref.label == label for label in labels)
    )
    text = _without(bullet.text, {one.sentence for one in others})
    if not text:
        return None
    gone = {ref.label for ref in refs if ref.label in bullet.text and ref.label not in text}
    kept = tuple(ref for ref in refs if ref.label not in gone)
    if bullet.refs and not kept:
        if gone:  # the sentence that falls was the one with the source
            return None
        link = next(own_links(place, index), None)
        kept = (Reference(label=host_of(link.url)[1].removeprefix("www."), link=link.id),) if link else ()
    return bullet.model_copy(update={"text": text, "refs": kept})


def _is_of_ref(one: Finding, refs: Iterable[Reference]) -> bool:
    return any(ref.label in one.text for ref in refs)


def _without(text: str, fallen: Collection[str]) -> str:
    """Return a text without some of its sentences; empty where the rest does not stand by itself.

    What refers back to a sentence that falls falls with it, and the rest must begin with a sentence that names its
    subject.
    """
    if not fallen:
        return text
    split = sentences(text)
    kept: list[str] = []
    before_fell = False
    for sentence in split:
        before_fell = sentence in fallen or (before_fell and bool(_REFERS_BACK.match(sentence)))
        kept += [] if before_fell else [sentence]
    if not kept or (kept[0] != split[0] and not _names_subject(kept[0])):
        return ""
    return " ".join(kept)


def _names_subject(sentence: str) -> bool:
    folded = fold(sentence)
    ends = [chunk.end for chunk in chunks(folded) if chunk.is_name]
    ends += [start + len(name) for name, start in korean_names(folded)]
    return not _REFERS_BACK.match(sentence) and any(_SUBJECT.match(folded, end) for end in ends)


def _noted(place: Place, rest: Bullet | None, errors: Sequence[Finding]) -> list[LeftOut]:
    if rest is None:
        return [LeftOut(what=f"{place.where}: {place.text}", why=_reasons(errors))]
    notes = [
        LeftOut(
            what=f"{place.where}: {sentence}",
            why=_reasons([one for one in errors if one.sentence == sentence] or errors),
        )
        for sentence in sentences(place.text)
        if sentence not in rest.text
    ]
    gone = [ref.label for ref in place.refs if ref not in rest.refs]
    return notes + [LeftOut(what=f"{place.where}: [{label}]", why=_reasons(errors)) for label in gone]


def _broken_promises(draft: Draft, left: Draft) -> list[str]:
    """Titles and the description that name somebody or a figure that a text told before the drop, and none does now."""

    def told(one: Draft) -> set[str]:
        texts = [place.text for place in places(one) if place.kind in ("bullet", "intro")]
        return {fact for text in texts for facts in facts_of(text) for fact in facts}

    gone = told(draft) - told(left)
    promising = (place for place in places(left) if place.kind in ("title", "description", "topic"))
    return [place.where for place in promising if gone & set().union(*facts_of(place.text))]


def _is_topic(where: str) -> bool:
    return where.startswith(("preview/", "overview/"))


def _renamed_topics(
    draft: Draft, topics: Collection[str], changes: dict[str, Bullet | None]
) -> dict[str, Bullet | None]:
    """Name topics whose title has an error by the first name of the first bullet that is left."""
    renamed: dict[str, Bullet | None] = {}
    for where in topics:
        under = (place for place in places(draft) if place.kind == "bullet" and place.where.startswith(where + "/"))
        bullets = (changes.get(place.where, at(draft, place.where)) for place in under)
        first = next((bullet for bullet in bullets if bullet is not None), None)
        title = (first.head or _first_name(first.text)) if first else ""
        renamed[where] = Bullet(text=title, items=first.items) if first and title else None
    return renamed


def _first_name(text: str) -> str:
    """Return the first Latin name of a text that is written with a capital, all its words."""
    folded = fold(text)
    found = ""
    last = 0
    for chunk in chunks(folded):
        if found and folded[last : chunk.start] != " ":
            break
        if (chunk.is_name and chunk.text[0].isupper()) or found:
            found, last = folded[last : chunk.end] if found else chunk.text, chunk.end
    return found


def _remade(draft: Draft, bad: Collection[str]) -> tuple[Draft, dict[str, str]]:
    """Make the title from the first topic and the description from the titles of all, where they have an error."""
    topics = (*draft.preview.topics, *draft.overview.topics)
    made: dict[str, str] = {}
    opening = draft.opening
    if topics and "title" in bad:
        made["title"] = topics[0].title
    if topics and "description" in bad:
        titles = list(dict.fromkeys(topic.title for topic in (draft.preview.topics or topics)))
        while len(titles) > 1 and len(", ".join(titles)) > LONGEST_DESCRIPTION:
            titles.pop()
        made["description"] = f"{', '.join(titles)} 소식을 전합니다."
    items = tuple(dict.fromkeys(item for topic in topics for bullet in topic.bullets for item in bullet.items))
    first = tuple(dict.fromkeys(item for bullet in topics[0].bullets for item in bullet.items)) if topics else ()
    texts = {where: Cited(text=text, items=first if where == "title" else items) for where, text in made.items()}
    cleared = {where: Cited(text="", items=()) for where in bad if where not in texts}
    return draft.model_copy(update={"opening": opening.model_copy(update={**texts, **cleared})}), made


def _emptied(draft: Draft, changes: dict[str, Bullet | None]) -> list[LeftOut]:
    """Note topics that lost their last bullet, and bullets that went with the title of their topic."""
    gone = {where for where, rest in changes.items() if rest is None}
    notes = []
    for place in places(draft):
        if place.kind == "topic" and place.where not in gone:
            under = [other.where for other in places(draft) if other.where.startswith(place.where + "/")]
            if all(where in gone for where in under):
                notes.append(LeftOut(what=f"{place.where}: {place.text}", why="no bullet of the topic is left"))
        elif place.kind == "bullet" and place.where not in gone and place.where.rpartition("/")[0] in gone:
            notes.append(LeftOut(what=f"{place.where}: {place.text}", why="the title of its topic was dropped"))
    return notes


def _too_little(draft: Draft, minimum: Minimum) -> tuple[str, ...]:
    opening = draft.opening
    counts = (
        ("preview", _bullets(draft.preview), minimum.preview),
        ("overview", _bullets(draft.overview), minimum.overview),
    )
    held = [
        f"{name}: {count} bullets are left, at least {least} are needed"
        for name, count, least in counts
        if count < least
    ]
    held += [f"{name}: there is none" for name in REMADE if not getattr(opening, name).text.strip()]
    if not opening.viewpoint:
        held.append("viewpoint: no sentence is left")
    return tuple(held)


def _bullets(part: Part) -> int:
    return sum(len(topic.bullets) for topic in part.topics)


def _reasons(found: Sequence[Finding]) -> str:
    return "; ".join(dict.fromkeys(f"{one.check}: {one.message} ({one.text[:60]})" for one in found))
