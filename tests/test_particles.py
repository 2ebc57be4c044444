"""Particles follow the sound of figures, Latin words and nouns, and nothing is said where the sound is not certain."""

from __future__ import annotations

import pytest

from pipeline.verify.language.particles import attach, mend_particles, wrong_particles


@pytest.mark.parametrize(
    "right",
    [
        "LLM을 공개했습니다",
        "GPT-4를 능가합니다",
        "70B를 돌렸습니다",
        "3을 더해 4를 얻었습니다",
        "API로 제공하고 Mistral로 옮겼습니다",
        "Anthropic이 Google과 OpenAI를 앞섰습니다",
        "Qwen과 Llama와 Claude는 모두 공개됐습니다",
        "H100을 40%를 줄여 썼습니다",
        "`linear`를 불렀습니다",
        "가을을 맞아 마을을 찾아 결정지을 계획입니다",
        "10,000을 넘었고 3.5를 받았습니다",
        "$5를 내고 128K로 늘렸습니다",
        "RTX 4090을 네 장 썼습니다",
        "효과와 결과를 살폈습니다",
        "도와 나와 함께 어린이를 가르칩니다",
        "뒤를 이을 후보가 소아과 의사입니다",
        "결정지을 때 소재지를 적습니다",
        "역효과 없이 시너지 효과 덕분입니다",
        "클로드 3가 나왔습니다",
        "클로드 3이 나왔습니다",
        "π를 구하고 CO₂를 줄이며 x²를 Mbappé와 셉니다",
    ],
)
def test_right_particles_stay(right: str) -> None:
    assert mend_particles(right) == right
    assert not list(wrong_particles(right))


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("美정부을", "美정부를"),
        ("①모델를", "①모델을"),
        ("LLM를", "LLM을"),
        ("GPT-4을", "GPT-4를"),
        ("70B은", "70B는"),
        ("3가", "3이"),
        ("4이", "4가"),
        ("Mistral으로", "Mistral로"),
        ("API으로", "API로"),
        ("Anthropic가", "Anthropic이"),
        ("Google와", "Google과"),
        ("OpenAI은", "OpenAI는"),
        ("Claude은", "Claude는"),
        ("H100를", "H100을"),
        ("40%을", "40%를"),
        ("`linear`을", "`linear`를"),
        ("'LLM'를", "'LLM'을"),
        ("Q4_K_M를", "Q4_K_M을"),
        ("PyTorch으로는", "PyTorch로는"),
        ("LLM은(는)", "LLM은"),
        ("모델은(는) 데이터을(를) 서비스(으)로", "모델은 데이터를 서비스로"),
        ("모델를", "모델을"),
        ("데이터을", "데이터를"),
        ("모델와", "모델과"),
        ("5배을", "5배를"),
        ("조회 수을", "조회 수를"),
        ("이을", "이를"),
        ("소재지을", "소재지를"),
        ("OCR를", "OCR을"),
        ("메모리과", "메모리와"),
        ("2억 개과", "2억 개와"),
        ("40tps이", "40tps가"),
    ],
)
def test_wrong_particles_are_mended(wrong: str, right: str) -> None:
    assert mend_particles(f"{wrong} 봤습니다") == f"{right} 봤습니다"


@pytest.mark.parametrize(
    "unsure", ["Llama 3를", "Llama 3을", "o3는", "o3은", "CLIP를", "CLIP을", "Sonnet은", "Sonnet는", "제4과를"]
)
def test_words_with_two_readings_are_left_alone(unsure: str) -> None:
    assert mend_particles(unsure) == unsure
    assert not list(wrong_particles(unsure))


def test_words_that_begin_like_a_particle_are_no_particle() -> None:
    for text in ("AI이며", "4가지 방법", "LLM를라", "API은행", "GPT-4이고"):
        assert mend_particles(text) == text


def test_mending_twice_changes_nothing() -> None:
    once = mend_particles("LLM를 GPT-4을 모델를 데이터을(를)")
    assert mend_particles(once) == once == "LLM을 GPT-4를 모델을 데이터를"


def test_attach_gives_the_right_form() -> None:
    assert [attach(word, "을") for word in ("LLM", "GPT-4", "모델", "데이터", "CLIP")] == [
        "LLM을",
        "GPT-4를",
        "모델을",
        "데이터를",
        "CLIP을",
    ]
    assert attach("서울", "으로") == "서울로"
    assert attach("부산", "로") == "부산으로"
