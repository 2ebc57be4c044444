"""The post tells the lead and a few main items, and nothing twice."""

from __future__ import annotations

import pytest

from pipeline.records.drafts import Draft, LeftOut
from pipeline.records.issues import Item
from pipeline.verify import repetition
from pipeline.verify.findings import Kind, finding, is_asked_again
from pipeline.verify.index import Index, places
from tests.verify_cases import (
    COSTS,
    DRAFT,
    INDEX,
    ISSUE,
    KERNEL,
    LEAD,
    MEMORY,
    RELEASE,
    ROBOT,
    SPONSOR,
    STALE,
    bullet,
    with_bullet,
    with_opening,
)


def twice(draft: Draft) -> list[tuple[str, str]]:
    return [(one.severity, one.where) for one in repetition.check_told_twice(tuple(places(draft)))]


def test_main_items_are_news_fit_to_be_told() -> None:
    main = repetition.main_items(INDEX)
    assert {LEAD, RELEASE, COSTS, ROBOT, MEMORY} <= set(main)
    assert not {SPONSOR, STALE, KERNEL} & set(main)


def test_a_motto_and_what_the_newsletter_says_of_itself_are_no_stories() -> None:
    text = "The best assistant is the one that you forget is running all night."
    told = Item(id="s1i1", text=text)
    motto = told.model_copy(update={"id": "s1i2", "head": text})
    itself = told.model_copy(update={"id": "s1i3", "flags": ("metadata",)})
    section = ISSUE.sections[0].model_copy(update={"items": (told, motto, itself)})
    assert repetition.main_items(Index(ISSUE.model_copy(update={"sections": (section,)}))) == ("s1i1",)


def test_the_faithful_draft_tells_the_main_items_once() -> None:
    assert not list(repetition.check_main_items(DRAFT, tuple(places(DRAFT)), INDEX))
    assert twice(DRAFT) == []


def test_an_untold_lead_is_a_warning_with_the_reasons() -> None:
    draft = with_opening(intro=()).model_copy(update={"left_out": (LeftOut(what="s2i5", why="budget"),)})
    (one,) = repetition.check_main_items(draft, tuple(places(draft)), INDEX)
    assert (one.severity, one.where) == ("warning", "intro")
    assert "4 of 6 main items" in one.message
    assert "1 × budget" in one.message


def test_a_post_that_tells_little_is_a_warning() -> None:
    few = [made for made in places(DRAFT) if made.kind == "intro"]
    (one,) = repetition.check_main_items(DRAFT, few, INDEX)
    assert (one.severity, one.where) == ("warning", "preview")


def test_the_same_bullet_twice_is_an_error_on_the_second() -> None:
    first = DRAFT.preview.topics[0].bullets[0]
    again = first.model_copy(update={"text": first.text.replace("발표했으며", "알렸으며")})
    assert twice(with_bullet(again, number=1)) == [("error", "preview/0/1")]
    assert twice(with_bullet(first.model_copy(update={"head": "공개"}), part="overview")) == [("error", "overview/0/0")]


def test_two_bullets_on_the_same_items_are_a_warning() -> None:
    other = bullet("가중치는 Apache 2.0 라이선스로 올라왔습니다.", RELEASE)
    assert twice(with_bullet(other, number=1)) == [("warning", "preview/0/1")]
    assert twice(with_bullet(other, part="overview")) == []


def test_two_topics_of_one_title_are_a_warning() -> None:
    topics = DRAFT.preview.topics
    same = topics[1].model_copy(update={"title": topics[0].title + "!"})
    draft = DRAFT.model_copy(update={"preview": DRAFT.preview.model_copy(update={"topics": (topics[0], same)})})
    assert twice(draft) == [("warning", "preview/1")]


def repeated(text: str) -> list[str]:
    draft = with_bullet(bullet(text, COSTS), number=1)
    intro = (bullet("Quill은 vLLM보다 비용이 40% 저렴합니다.", COSTS),)
    draft = draft.model_copy(update={"opening": draft.opening.model_copy(update={"intro": intro})})
    return [one.where for one in repetition.check_repeated_introduction(tuple(places(draft)))]


@pytest.mark.parametrize(
    ("text", "is_repeated"),
    [
        ("devon_ash는 Quill이 vLLM보다 40% 저렴하다고 했습니다.", True),
        ("devon_ash는 Quill이 vLLM보다 45% 저렴하다고 했습니다.", False),
        ("devon_ash는 TernHand가 Triton보다 40% 저렴하다고 했습니다.", False),
        ("devon_ash는 Quill이 저렴하다고 했습니다.", False),
    ],
)
def test_a_fact_of_the_introduction_in_the_same_words_is_a_warning(text: str, is_repeated: bool) -> None:
    assert repeated(text) == (["preview/0/1"] if is_repeated else [])


def test_a_repeated_introduction_is_asked_again_and_never_dropped() -> None:
    assert Kind.REPEATS_INTRODUCTION.severity == "warning"
    assert is_asked_again(finding(Kind.REPEATS_INTRODUCTION, "preview/0/0", "x", other="intro/0"))
