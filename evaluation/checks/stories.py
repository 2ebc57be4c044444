"""Operators on stories: a true sentence in the wrong place, or one that was told before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evaluation.checks.mutation import Change, Named, Setting
from pipeline.records.drafts import Bullet

_SENTENCE_END = re.compile(r"(?<=다\.) ")


def _sentences(text: str) -> list[str]:
    return _SENTENCE_END.split(text)


def bullet_on_other_items(setting: Setting) -> Iterator[Change]:
    """The whole bullet, citing the items of others."""
    for other in setting.random.sample(setting.same, min(3, len(setting.same))):
        bullet = setting.bullet.model_copy(update={"items": other.bullet.items, "refs": ()})
        yield Change(bullet, told=f"{bullet.head} {bullet.text}")


def sentence_of_another_item(setting: Setting) -> Iterator[Change]:
    """A sentence of another bullet of the newsletter, appended or in place of one of the bullet's own."""
    for other in setting.random.sample(setting.same, min(2, len(setting.same))):
        foreign = setting.random.choice(_sentences(other.bullet.text))
        own = _sentences(setting.bullet.text)
        yield Change(setting.with_text(" ".join((*own, foreign))), told=foreign)
        if len(own) > 1:
            yield Change(setting.with_text(" ".join((*own[:-1], foreign))), told=foreign)


def sentence_of_another_newsletter(setting: Setting) -> Iterator[Change]:
    """A sentence of another day's newsletter, of which no earlier post tells."""
    other = setting.random.choice(setting.strange)
    foreign = setting.random.choice(_sentences(other.bullet.text))
    yield Change(setting.with_text(f"{setting.bullet.text} {foreign}"), told=foreign)


def sentence_of_yesterday(setting: Setting) -> Iterator[Change]:
    """Another newsletter's bullet, which stood in yesterday's post, told again on today's items."""
    other = setting.random.choice(setting.strange)
    yield Change(setting.with_text(other.bullet.text), earlier=tuple(_sentences(other.bullet.text)))


def told_again(setting: Setting) -> Iterator[Change]:
    """The bullet's own story as it stood in an earlier post: as it was, and with its ending changed."""
    said = tuple(_sentences(setting.bullet.text))
    yield Change(setting.bullet, earlier=said)
    other = tuple(re.sub(r"(?:다고 )?(?:밝혔|전했|했)습니다\.$", "다고 합니다.", sentence) for sentence in said)
    if other != said:
        yield Change(setting.bullet, earlier=other)


def sentence_of_the_prompt(setting: Setting) -> Iterator[Change]:
    """An example of the prompts, appended and instead."""
    for example in setting.examples:
        yield Change(setting.with_text(f"{setting.bullet.text} {example}"))
        yield Change(setting.with_text(example))


def told_twice(setting: Setting) -> Iterator[Change]:
    """The same bullet twice in the draft, as it is and with a word changed."""
    yield Change(setting.bullet, twin=setting.bullet)
    other = re.sub(r"습니다\.", "다고 합니다.", setting.bullet.text)
    yield Change(setting.bullet, twin=Bullet(text=other, items=setting.bullet.items, head=setting.bullet.head))


STORIES: tuple[Named, ...] = (
    Named("bullet on other items", "stories", bullet_on_other_items),
    Named("sentence of another item", "stories", sentence_of_another_item),
    Named("sentence of another newsletter", "stories", sentence_of_another_newsletter),
    Named("sentence of yesterday", "stories", sentence_of_yesterday),
    Named("told in an earlier post", "stories", told_again),
    Named("example of the prompt", "stories", sentence_of_the_prompt),
    Named("told twice in a post", "stories", told_twice),
)
