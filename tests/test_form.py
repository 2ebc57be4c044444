"""The form of a post: lengths, tags, a description of its own, no HTML, no address, nothing empty or invisible."""

from __future__ import annotations

import pytest

from pipeline.records.drafts import Cited, Part, Topic
from pipeline.verify import form
from pipeline.verify.index import places
from tests.verify_cases import COSTS, DRAFT, INDEX, KERNEL, LEAD, place, with_opening

GOOD = "Quill로 서빙하면 vLLM보다 40% 저렴하다고 측정했습니다."


def test_the_faithful_draft_has_good_form() -> None:
    checks = (
        form.no_place_is_blank,
        form.lengths_are_right,
        form.no_html_and_no_address,
        form.no_character_is_invisible,
    )
    assert [one for made in places(DRAFT) for check in checks for one in check(made, INDEX)] == []
    for whole in (
        form.nothing_is_empty,
        form.the_introduction_is_two_to_four_sentences,
        form.the_description_is_not_the_title,
        form.tags_are_few_and_plain,
    ):
        assert list(whole(DRAFT)) == []


@pytest.mark.parametrize(
    "text",
    [
        "<b>모델</b>을 공개했습니다.",
        "<script>alert(1)</script>을 공개했습니다.",
        "<img src=x onerror=alert(1)> 공개했습니다.",
        "모델 <!-- 주석 --> 공개했습니다.",
        "AT&amp;T가 공개했습니다.",
        "&#60;b&#62; 공개했습니다.",
        "`<think>` 태그를 썼습니다.",
    ],
)
def test_html_is_found(text: str) -> None:
    assert any("HTML" in one.message for one in form.no_html_and_no_address(place(text, COSTS), INDEX))


def test_a_tag_in_backticks_that_the_item_shows_is_code() -> None:
    section = INDEX.issue.sections[2]
    item = section.items[0].model_copy(update={"text": "The <think> tag is masked."})
    issue = INDEX.issue.model_copy(update={"sections": (section.model_copy(update={"items": (item,)}),)})
    made = place("`<think>` 태그를 가립니다.", KERNEL)
    assert not list(form.no_html_and_no_address(made, type(INDEX)(issue)))
    assert list(form.no_html_and_no_address(made._replace(text="<think> 태그를 가립니다."), type(INDEX)(issue)))


@pytest.mark.parametrize(
    "text",
    [
        "https://link.url 에서 공개했습니다.",
        "www.example.org에서 공개했습니다.",
        "javascript:alert(1)을 공개했습니다.",
        "github.com/northwind/larch에 공개했습니다.",
        "mailto:someone@example.org로 알렸습니다.",
        "data:text/html;base64,AAAA를 공개했습니다.",
        "HTTP://EXAMPLE.ORG에 공개했습니다.",
    ],
)
def test_addresses_and_schemes_are_found(text: str) -> None:
    assert any("address" in one.message for one in form.no_html_and_no_address(place(text, COSTS), INDEX))


@pytest.mark.parametrize(
    "text",
    [
        "Character.ai와 llama.cpp, Node.js를 씁니다.",
        "성능이 3 < 5이고 A&B 시험을 거쳤습니다.",
        "데이터: 공개했습니다. about: 소개입니다.",
        "1:1 비교와 4:3 비율, C/C++도 다룹니다.",
    ],
)
def test_names_with_dots_and_signs_are_no_addresses(text: str) -> None:
    assert not list(form.no_html_and_no_address(place(text, COSTS), INDEX))


@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "\u3164", "\U000e0041", "\x07"])
def test_invisible_characters_are_found(hidden: str) -> None:
    assert list(form.no_character_is_invisible(place(f"모델을 {hidden}공개했습니다.", COSTS), INDEX))


def test_blank_places_are_found() -> None:
    assert list(form.no_place_is_blank(place(" … ", COSTS), INDEX))


def test_lengths_are_warnings() -> None:
    for made in (
        place("가" * 61, LEAD, kind="title", where="title"),
        place("짧습니다.", COSTS),
        place("가" * 500, COSTS),
        place(GOOD, COSTS, head="가" * 61),
        place(GOOD, COSTS, where="overview/0/0"),
    ):
        assert [one.severity for one in form.lengths_are_right(made, INDEX)] == ["warning"]


def test_empty_parts_are_errors() -> None:
    empty = DRAFT.model_copy(update={"preview": Part(topics=())})
    assert [one.where for one in form.nothing_is_empty(empty)] == ["preview"]
    found = [(one.severity, one.where) for one in form.nothing_is_empty(with_opening(viewpoint=(), intro=()))]
    assert found == [("warning", "intro"), ("error", "viewpoint")]
    hollow = DRAFT.model_copy(update={"overview": Part(topics=(Topic(title="빈 주제", bullets=()),))})
    assert [one.where for one in form.nothing_is_empty(hollow)] == ["overview/0"]


def test_an_introduction_of_one_sentence_is_a_warning() -> None:
    short = with_opening(intro=DRAFT.opening.intro[:1])
    assert [one.severity for one in form.the_introduction_is_two_to_four_sentences(short)] == ["warning"]


@pytest.mark.parametrize("ending", ["", ".", "입니다.", "!"])
def test_a_description_that_repeats_the_title_is_found(ending: str) -> None:
    same = with_opening(description=Cited(text=DRAFT.opening.title.text + ending, items=(LEAD,)))
    assert [one.where for one in form.the_description_is_not_the_title(same)] == ["description"]


@pytest.mark.parametrize("tag", ["", " ", "가" * 21, "<b>", "a/b", "태그:값", "a\nb", "[x]", "$x$"])
def test_tags_that_front_matter_cannot_carry_are_errors(tag: str) -> None:
    found = form.tags_are_few_and_plain(with_opening(tags=("LLM", "RAG", "오픈소스", tag)))
    assert [(one.severity, one.text) for one in found] == [("error", tag)]


def test_fewer_than_three_tags_are_a_warning() -> None:
    assert [one.severity for one in form.tags_are_few_and_plain(with_opening(tags=("LLM", "RAG")))] == ["warning"]


def test_tags_are_written_as_those_in_use() -> None:
    tags, notes = form.mend_tags(("rag", "오픈 소스", "#LLM", "AI 에이전트"), ("RAG", "오픈소스", "AI에이전트", "rag"))
    assert tags == ("RAG", "오픈소스", "LLM", "AI에이전트")
    assert len(notes) == 4


def test_tags_are_told_once_and_five_at_most() -> None:
    tags, notes = form.mend_tags(("LLM", "llm", "가", "나", "다", "라", "마"), ())
    assert tags == ("LLM", "가", "나", "다", "라")
    assert [note.what for note in notes] == ["tags: llm", "tags: 마"]
    assert form.mend_tags(("LLM", "RAG"), ("LLM",)) == (("LLM", "RAG"), ())
