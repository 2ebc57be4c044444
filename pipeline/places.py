"""Places of a draft by name: ``title``, ``intro/0``, ``preview/0`` (a title), ``preview/0/2``, ``overview/1/0``."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.records.drafts import Bullet, Cited, Draft, Part, Topic


def at(draft: Draft, place: str) -> Bullet | None:
    """What stands at a place, as a bullet whatever it is; None when there is no such place, and for ``tags``.

    A topic's title rests on the items of all bullets under it.
    """
    name, *steps = place.split("/")
    opening = draft.opening
    numbers = [int(step) for step in steps if step.isdecimal()]
    try:
        if name in ("title", "description"):
            return _as_bullet(opening.title if name == "title" else opening.description)
        if name == "intro":
            return opening.intro[numbers[0]]
        if name == "viewpoint":
            return _as_bullet(opening.viewpoint[numbers[0]])
        if name in ("preview", "overview"):
            topic = (draft.preview if name == "preview" else draft.overview).topics[numbers[0]]
            if len(numbers) > 1:
                return topic.bullets[numbers[1]]
            items = dict.fromkeys(item for bullet in topic.bullets for item in bullet.items)
            return Bullet(text=topic.title, items=tuple(items))
    except IndexError:
        pass
    return None


def replaced(draft: Draft, changes: Mapping[str, Bullet | None]) -> Draft:
    """The draft with other words at some places; None takes a place out, and a topic without bullets goes with it.

    Title and description cannot be taken out: None leaves them as they are.
    """
    opening = draft.opening
    title, description = changes.get("title"), changes.get("description")
    return draft.model_copy(
        update={
            "opening": opening.model_copy(
                update={
                    "title": _as_cited(title) if title else opening.title,
                    "description": _as_cited(description) if description else opening.description,
                    "intro": _kept([(f"intro/{n}", bullet) for n, bullet in enumerate(opening.intro)], changes),
                    "viewpoint": tuple(
                        _as_cited(bullet)
                        for bullet in _kept(
                            [(f"viewpoint/{n}", _as_bullet(cited)) for n, cited in enumerate(opening.viewpoint)],
                            changes,
                        )
                    ),
                }
            ),
            "preview": _part(draft.preview, "preview", changes),
            "overview": _part(draft.overview, "overview", changes),
        }
    )


def _part(part: Part, name: str, changes: Mapping[str, Bullet | None]) -> Part:
    topics = []
    for number, topic in enumerate(part.topics):
        place = f"{name}/{number}"
        bullets = _kept([(f"{place}/{n}", bullet) for n, bullet in enumerate(topic.bullets)], changes)
        title = changes.get(place)
        if bullets and not (place in changes and title is None):
            topics.append(Topic(title=title.text if title else topic.title, bullets=bullets))
    return Part(topics=tuple(topics))


def _kept(bullets: list[tuple[str, Bullet]], changes: Mapping[str, Bullet | None]) -> tuple[Bullet, ...]:
    changed = (changes.get(place, bullet) for place, bullet in bullets)
    return tuple(bullet for bullet in changed if bullet is not None)


def _as_bullet(cited: Cited) -> Bullet:
    return Bullet(text=cited.text, items=cited.items)


def _as_cited(bullet: Bullet) -> Cited:
    return Cited(text=bullet.text, items=bullet.items)
