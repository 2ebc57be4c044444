"""What of a draft may be published: mended by rule, then without what has an error. Nothing of it is silent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from pipeline.places import at, replaced
from pipeline.records.drafts import Bullet, Draft, LeftOut, Part
from pipeline.records.verdicts import Finding
from pipeline.verify.checks import Minimum, finding_id
from pipeline.verify.form import mend_tags
from pipeline.verify.index import places
from pipeline.verify.particles import mend_particles

KEPT = ("title", "description")
"""Places that cannot be dropped: with an error in one of them the post is held."""


class Mended(NamedTuple):
    """A draft mended by rule, and what was changed."""

    draft: Draft
    notes: tuple[LeftOut, ...]


class Dropped(NamedTuple):
    """A draft without what has an error, what was dropped, and why no post may be written."""

    draft: Draft
    dropped: tuple[LeftOut, ...]
    held: tuple[str, ...]


def mend(draft: Draft, tags_in_use: Sequence[str] = ()) -> Mended:
    """Particles by pronunciation where certain, and tags as they are in use; labels follow the text they stand in."""
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


def drop(draft: Draft, findings: Sequence[Finding], *, minimum: Minimum, accepted: Collection[str] = ()) -> Dropped:
    """Take out every bullet, sentence, topic and tag that has an error nobody accepted, then count what is left.

    Args:
        findings: Of this draft; places are named as in it.
        accepted: Ids of findings (`finding_id`) that an editor accepted for this issue.
    """
    errors: dict[str, list[Finding]] = {}
    for found in findings:
        if found.severity == "error" and finding_id(found) not in accepted:
            errors.setdefault(found.where, []).append(found)
    bad_tags = {found.text for found in errors.pop("tags", ())}
    held = [f"{where}: {_reasons(errors[where])}" for where in KEPT if where in errors]
    # A finding on a whole part ("preview": empty) names no place to drop; the minimum holds the post.
    gone = {where for where in errors if where not in KEPT and at(draft, where) is not None}
    dropped = [
        LeftOut(what=f"{place.where}: {place.text}", why=_reasons(errors[place.where]))
        for place in places(draft)
        if place.where in gone
    ]
    dropped += [LeftOut(what=f"tags: {tag}", why="not a tag") for tag in draft.opening.tags if tag in bad_tags]
    left = replaced(draft, dict.fromkeys(gone)) if gone else draft
    dropped += _emptied(draft, gone)
    tags = tuple(tag for tag in left.opening.tags if tag not in bad_tags)
    left = left.model_copy(update={"opening": left.opening.model_copy(update={"tags": tags})})
    return Dropped(left, tuple(dropped), (*held, *_too_little(left, minimum)))


def _emptied(draft: Draft, gone: Collection[str]) -> list[LeftOut]:
    """Topics that lost their last bullet, and bullets that went with the title of their topic."""
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
    held += [f"{name}: there is none" for name in KEPT if not getattr(opening, name).text.strip()]
    if not opening.viewpoint:
        held.append("viewpoint: no sentence is left")
    return tuple(held)


def _bullets(part: Part) -> int:
    return sum(len(topic.bullets) for topic in part.topics)


def _reasons(found: Sequence[Finding]) -> str:
    return "; ".join(dict.fromkeys(f"{one.check}: {one.message} ({one.text[:60]})" for one in found))
