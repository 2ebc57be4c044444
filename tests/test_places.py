from __future__ import annotations

from pipeline.places import at, replaced
from tests.make import bullet, draft, part

DRAFT = draft(
    intro=[bullet("하나입니다.", "s1i1"), bullet("둘입니다.", "s1i2")],
    viewpoint=["의견 하나입니다.", "의견 둘입니다."],
    preview=part(("가", [bullet("a", "s1i1"), bullet("b", "s1i2")]), ("나", [bullet("c", "s1i3")])),
    overview=part(("다", [bullet("d", "s1i4", head="h")])),
)


def test_every_place_is_found_by_its_name() -> None:
    texts = {
        place: found.text
        for place in ("title", "description", "intro/1", "viewpoint/0", "preview/0", "preview/0/1", "overview/0/0")
        if (found := at(DRAFT, place))
    }
    assert texts == {
        "title": "소형 모델의 하루",
        "description": "양자화와 추론 비용을 다룬 소식을 모았습니다.",
        "intro/1": "둘입니다.",
        "viewpoint/0": "의견 하나입니다.",
        "preview/0": "가",
        "preview/0/1": "b",
        "overview/0/0": "d",
    }


def test_a_topics_title_rests_on_the_items_of_its_bullets() -> None:
    found = at(DRAFT, "preview/0")
    assert found is not None
    assert found.items == ("s1i1", "s1i2")


def test_a_place_that_is_not_there_is_none() -> None:
    for place in ("preview/9", "preview/0/9", "intro/7", "viewpoint/4", "tags", "", "preview", "preview/x"):
        assert at(DRAFT, place) is None


def test_words_are_replaced_at_their_place_only() -> None:
    changed = replaced(
        DRAFT,
        {
            "preview/0/1": bullet("새 글", "s1i9"),
            "title": bullet("새 제목", "s1i1"),
            "preview/1": bullet("새 나", "s1i3"),
        },
    )
    assert changed.preview.topics[0].bullets[1].text == "새 글"
    assert changed.preview.topics[1].title == "새 나"
    assert changed.opening.title.text == "새 제목"
    assert changed.overview == DRAFT.overview
    assert changed.opening.intro == DRAFT.opening.intro


def test_a_topic_goes_with_its_last_bullet() -> None:
    changed = replaced(DRAFT, {"preview/1/0": None, "intro/0": None, "viewpoint/1": None})
    assert [topic.title for topic in changed.preview.topics] == ["가"]
    assert [sentence.text for sentence in changed.opening.intro] == ["둘입니다."]
    assert [sentence.text for sentence in changed.opening.viewpoint] == ["의견 하나입니다."]


def test_title_and_description_cannot_be_taken_out() -> None:
    assert replaced(DRAFT, {"title": None, "description": None}) == DRAFT
