"""Nothing of an earlier post or of a prompt's example is told as today's, and nothing that is not news."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.verify import repetition
from pipeline.verify.findings import EarlierPost
from pipeline.verify.index import Place, places
from tests.verify_cases import COSTS, DETAIL, DRAFT, INDEX, KERNEL, LEAD, SPONSOR, STALE, place

KERNEL_TEXT = (
    "엔지니어들은 희소 어텐션을 두고 Triton과 CUDA를 비교했으며, 융합 커널이 메모리 사용을 절반으로 줄였습니다."
)


def told(
    text: str, *, earlier: tuple[str, ...] = (), examples: tuple[str, ...] = (), **more: object
) -> list[tuple[str, str]]:
    posts = (EarlierPost(file="daily-20260309.md", day=dt.date(2026, 3, 9), sentences=earlier),)
    made: tuple[Place, ...] = (place(text, KERNEL, **more),)
    found = repetition.check_earlier_posts(made, repetition.heard_before(posts, examples))
    return [(one.severity, one.message) for one in found]


@pytest.mark.parametrize(
    "before",
    [
        KERNEL_TEXT,
        KERNEL_TEXT.replace("줄였습니다", "줄였다고 합니다"),
        KERNEL_TEXT.replace("엔지니어들은 ", ""),
        KERNEL_TEXT.replace("비교했으며", "견줬으며"),
        KERNEL_TEXT.replace(" ", ""),
    ],
)
def test_sentences_of_an_earlier_post_are_errors(before: str) -> None:
    assert told(KERNEL_TEXT, earlier=("다른 소식입니다. 모델이 새로 나왔습니다.", before)) == [
        ("error", "the sentence was in daily-20260309.md")
    ]


def test_one_stale_sentence_of_two_is_found() -> None:
    assert len(told(f"새 소식이 하나 있습니다. {KERNEL_TEXT}", earlier=(KERNEL_TEXT,))) == 1


def test_heads_are_compared_too() -> None:
    head = "희소 어텐션과 융합 커널의 메모리 절감"
    assert told("새로 나온 이야기를 적은 문장입니다.", earlier=(head,), head=head)


def test_other_figures_make_it_a_warning() -> None:
    today = "Quill로 서빙하면 vLLM보다 비용이 45% 낮다고 측정했습니다."
    assert [severity for severity, _ in told(today, earlier=(today.replace("45", "40"),))] == ["warning"]


@pytest.mark.parametrize(
    "before",
    [
        "엔지니어들은 Triton 컴파일러의 새 버전을 시험하고 결과를 공유했습니다.",
        "융합 커널을 둘러싼 논의가 이어졌고, 일부는 CUDA로 돌아갔습니다.",
        "요약입니다.",
    ],
)
def test_other_sentences_on_the_same_matter_pass(before: str) -> None:
    assert told(KERNEL_TEXT, earlier=(before,)) == []


def test_short_phrases_recur_by_themselves() -> None:
    assert told("자세히 봅니다.", earlier=("자세히 봅니다.",)) == []


def test_the_prompts_examples_are_errors() -> None:
    assert told(KERNEL_TEXT, examples=(f"예문입니다. {KERNEL_TEXT}",)) == [
        ("error", "the sentence is an example of the prompt")
    ]


@pytest.mark.parametrize(("item", "what"), [(STALE, "stale"), (SPONSOR, "sponsor"), (DETAIL, "detail")])
def test_items_that_are_not_news_are_errors(item: str, what: str) -> None:
    (one,) = repetition.check_cited_news(place(KERNEL_TEXT, COSTS, item), INDEX)
    assert one.severity == "error"
    assert what in one.message


def test_the_faithful_draft_is_fresh() -> None:
    assert [one for made in places(DRAFT) for one in repetition.check_cited_news(made, INDEX)] == []
    assert not list(repetition.check_cited_news(place(KERNEL_TEXT, LEAD, KERNEL), INDEX))
