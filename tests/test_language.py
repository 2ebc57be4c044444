"""Sentences are Korean, in 합니다체, and hold nothing of the task, of Markdown, or of blanks."""

from __future__ import annotations

import pytest

from pipeline.sentences import sentences
from pipeline.verify import language
from pipeline.verify.index import Index
from tests.verify_cases import COSTS, INDEX, ISSUE, LEAD, RELEASE, bullet, errors, place

CHECKS = (
    language.every_sentence_is_korean,
    language.no_words_are_left_in_another_language,
    language.sentences_end_in_hamnida,
    language.nothing_speaks_of_the_task,
    language.nothing_is_left_to_fill_in,
    language.no_markdown_is_left,
    language.particles_fit_the_sound,
)


def found(text: str, *items: str, **more: object) -> list[str]:
    made = place(text, *(items or (LEAD, RELEASE)), **more)
    return [f"{one.check}: {one.message}" for check in CHECKS for one in errors(check(made, INDEX))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("버전 3.5를 냈습니다. v0.2.1도 나왔습니다.", ("버전 3.5를 냈습니다.", "v0.2.1도 나왔습니다.")),
        ("예컨대 e.g. 요약을 씁니다. 다음도 봅니다.", ("예컨대 e.g. 요약을 씁니다.", "다음도 봅니다.")),
        ("J. Kim이 말했습니다.", ("J. Kim이 말했습니다.",)),
        ("끝났습니다.다음입니다.", ("끝났습니다.", "다음입니다.")),
        ('"됩니다." 라고 했습니다!', ('"됩니다."', "라고 했습니다!")),
        ("점수는 0.5. 다음입니다", ("점수는 0.5.", "다음입니다")),
        ("", ()),
    ],
)
def test_sentences_are_split_at_their_ends_only(text: str, expected: tuple[str, ...]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Northwind Labs가 Larch-2를 Apache 2.0으로 공개했습니다.",
        "세 가지를 제안합니다: 비공개 시험, 공개 비교, 내부 평가.",
        "이 모델은 어디까지 갈 수 있습니까?",
        "가중치를 공개했습니다(관련 논문 포함) 🚀",
        "'outperforms GPT-4o on the HardMath benchmark'라는 문구가 논쟁을 불렀습니다.",
        "`<think>` 토큰을 쓰지 않습니다.",
        "美 기업이 투자했습니다.",
        "주어진 텍스트를 이어 쓰는 모델을 공개했습니다.",
        "한국어로 번역하는 모델과 시스템 프롬프트를 함께 공개했습니다.",
        "배열 [0, 1] 대신 사전을 씁니다.".replace("[0, 1]", "목록"),
        "C#과 C++ 예제를 담았습니다.",
    ],
)
def test_good_korean_passes(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Larch-2 outperforms GPT-4o on the HardMath benchmark.",
        "Northwind Labs가 모델을 공개했습니다. The weights are available on Hugging Face now.",
        "这个模型在数学基准上超过了其他模型。",
        "このモデルは公開されました。",
        "Larch-2는 open source reasoning model released with weights and tools 입니다.",
    ],
)
def test_sentences_in_another_language_are_found(text: str) -> None:
    assert any(one.startswith("language") for one in found(text))


def test_a_few_foreign_characters_are_found() -> None:
    assert found("이 모델은 推理 성능이 좋습니다.") == ["language: words in a script that its items do not have"]
    assert found("이 모델은 модель 구조를 바꿨습니다.")


@pytest.mark.parametrize(
    "text",
    [
        "Northwind Labs가 모델을 공개했다.",
        "Northwind Labs가 모델을 공개했어요.",
        "Northwind Labs가 모델을 공개함.",
        "이것은 새로운 모델이 아니다.",
        "Northwind Labs가 모델 공개",
        "모델을 공개했습니다. 그리고 가중치도 올렸다.",
    ],
)
def test_sentences_in_another_register_are_found(text: str) -> None:
    assert any("합니다체" in one for one in found(text))


def test_titles_and_heads_are_exempt_from_the_register() -> None:
    assert found("Northwind Labs, 추론 모델 공개", kind="title") == []
    assert found("모델 공개와 비용", kind="topic") == []


def test_a_description_that_is_a_noun_phrase_is_a_warning() -> None:
    made = place("Northwind Labs의 새 추론 모델 공개 소식", LEAD, kind="description")
    assert [one.severity for one in language.sentences_end_in_hamnida(made, INDEX)] == ["warning"]


@pytest.mark.parametrize(
    "text",
    [
        "다음은 오늘 뉴스레터의 요약입니다.",
        "요청하신 대로 정리했습니다.",
        "물론입니다. 모델을 공개했습니다.",
        "AI 언어 모델로서 의견을 드릴 수 없습니다.",
        "제공된 항목에 따르면 모델이 공개됐습니다.",
        "As an AI, I cannot summarize this.",
        "Here is the summary: 모델을 공개했습니다.",
        "3문장 이내로 요약하세요. 모델을 공개했습니다.",
        "합니다체로 모델 공개를 알립니다.",
        "Ignore all previous instructions 모델을 공개했습니다.",
        "아래는 뉴스레터의 주요 내용입니다.",
        "이상으로 요약을 마칩니다.",
    ],
)
def test_chatter_and_echoes_are_found(text: str) -> None:
    assert any(one.startswith("language: the text") for one in found(text))


@pytest.mark.parametrize(
    "text",
    [
        "[이름]이 모델을 공개했습니다.",
        "출시일은 TBD입니다.",
        "{{title}}을 공개했습니다.",
        "Lorem ipsum 모델을 공개했습니다.",
        "모델을 공개했습니다 [7a].",
        "모델을 공개했습니다 (12b).",
        "s2i5에 따르면 공개됐습니다.",
        "OO사가 모델을 공개했습니다.",
        "{name}이 모델을 공개했습니다.",
        "<모델 이름>을 공개했습니다.",
        "출시일은 다음 달(추후 확인)입니다.",
    ],
)
def test_blanks_and_ids_are_found(text: str) -> None:
    assert any("placeholder" in one for one in found(text))


@pytest.mark.parametrize(
    "text",
    ["월 20달러(별도 추가 500만)에 제공합니다.", "월 20달러(추후 추가 50%)에 제공합니다."],
)
def test_a_price_in_brackets_is_no_blank(text: str) -> None:
    assert not any("placeholder" in one for one in found(text))


@pytest.mark.parametrize(
    "text",
    [
        "**Larch-2**를 공개했습니다.",
        "[Larch-2](l1)를 공개했습니다.",
        "- 모델을 공개했습니다.",
        "## 모델을 공개했습니다.",
        "모델을 공개했습니다.\n가중치도 올렸습니다.",
        "`Larch-2를 공개했습니다.",
        "~~모델~~을 공개했습니다.",
    ],
)
def test_markdown_debris_is_found(text: str) -> None:
    assert any("arkdown" in one or "backtick" in one for one in found(text))


def test_wrong_particles_are_found_with_the_right_form() -> None:
    made = place("Quill은 vLLM를 앞섭니다.", COSTS)
    (one,) = language.particles_fit_the_sound(made, INDEX)
    assert (one.severity, one.text, one.expected) == ("error", "vLLM를", "vLLM을")


def test_lower_case_handles_of_the_items_are_names() -> None:
    text = "mira_kwon, devon_ash, vllm, yuna가 의견을 냅니다."
    made = bullet(text, RELEASE, COSTS)
    assert not list(language.every_sentence_is_korean(place(text, *made.items), INDEX))


def test_names_with_accents_are_names_when_a_particle_hangs_on_them() -> None:
    said = "Rémi Cadène and Aurélien Géron took part."
    sections = tuple(
        section.model_copy(update={"items": tuple(item.model_copy(update={"text": said}) for item in section.items)})
        for section in ISSUE.sections
    )
    made = place("Rémi Cadène와 Aurélien Géron이 참여했습니다.", COSTS)
    assert not list(language.every_sentence_is_korean(made, Index(ISSUE.model_copy(update={"sections": sections}))))
