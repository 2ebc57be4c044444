"""Check 3: every name stands in the cited items."""

from __future__ import annotations

import re

import pytest

from pipeline.records.issues import Item
from pipeline.verify.names.check import check_names, matched_names
from pipeline.verify.names.tables import KOREAN_NAMES, PLACES, SAME_NAMES, VOCABULARY
from pipeline.verify.names.tokens import boundaries, chunks, fold, normalised

SOURCE = (
    "@DrJimFan announced DrEureka; GroqInc's Llama 3 70B leads. Meta and Google DeepMind beat GPT-4o-mini, Gemini 2.5"
    " Pro and Claude Opus 4.7 on MMLU (88.7). llamafile v0.8.5 needs Python 3.12.3; see Qwen2.5 (72B) and o1-preview."
)


def found(text: str, source: str = SOURCE, others: tuple[Item, ...] = ()) -> list[tuple[str, str, str]]:
    findings = check_names(text, [Item(id="s1i1", text=source)], where="intro/0", others=others)
    return [(finding.severity, finding.text, finding.message) for finding in findings]


@pytest.mark.parametrize(
    "text",
    [
        "DrJimFan은 DrEureka를 발표했습니다.",
        "@drjimfan과 Dr. Jim Fan",
        "Groq의 Llama 3 70B가 앞섭니다.",
        "Llama-3-70B와 Llama3를 씁니다.",
        "메타의 라마 3와 구글 딥마인드가 겨룹니다.",
        "Meta AI와 Google의 모델입니다.",
        "GPT-4o mini와 GPT-4o-mini는 같습니다.",
        "제미나이 2.5 프로, Gemini 2.5 Pro, Gemini Pro 2.5",
        "Claude Opus 4.7, Opus 4.7, Claude 4.7 Opus, 클로드 오푸스 4.7",
        "MMLU 88.7점, MMLU 88.7",
        "llamafile 0.8.5와 llamafile v0.8.5, 파이썬 3.12.3",
        "Qwen2.5-72B와 Qwen 2.5 72B",
        "o1-preview를 LLM API와 LLM 앱으로 fine-tuning합니다.",
        "메타데이터와 애플리케이션, 라마다, 달리 말하면 컨텍스트 윈도우입니다.",
        "LLMs, GPUs, AI 에이전트, 2D와 3D",
    ],
)
def test_names_of_the_items_stand(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        ("Llama 3.1 70B가 앞섭니다.", "Llama 3.1", "version"),
        ("Llama 4가 앞섭니다.", "Llama 4", "version"),
        ("Llama-3.1-70B가 앞섭니다.", "Llama-3.1-70B", "version"),
        ("라마 3.1이 앞섭니다.", "라마 3.1", "version"),
        ("Gemini 1.5 Pro가 졌습니다.", "Gemini 1.5", "version"),
        ("Gemini 2.5 Flash가 졌습니다.", "Gemini 2.5 Flash", "member"),
        ("제미나이 2.5 플래시가 졌습니다.", "제미나이 2.5 플래시", "member"),
        ("GPT-4가 졌습니다.", "GPT-4", "version"),
        ("GPT-5가 졌습니다.", "GPT-5", "version"),
        ("Opus 4.6을 씁니다.", "Opus 4.6", "version"),
        ("Claude Sonnet 4.7을 씁니다.", "Sonnet", "name not"),
        ("MMLU 87.8을 기록했습니다.", "MMLU 87.8", "version"),
        ("llamafile v0.8.6이 나왔습니다.", "v0.8.6", "not in"),
        ("Python 3.11.3이 필요합니다.", "Python 3.11.3", "version"),
        ("오픈AI가 발표했습니다.", "오픈AI", "name not"),
        ("OpenAI가 발표했습니다.", "OpenAI", "name not"),
        ("애플이 발표했습니다.", "애플", "name not"),
        ("일론 머스크가 발표했습니다.", "일론 머스크", "name not"),
        ("@karpathy가 발표했습니다.", "@karpathy", "handle"),
        ("Mistral이 졌습니다.", "Mistral", "name not"),
        ("o3-preview를 씁니다.", "o3-preview", "not in"),
        ("Qwen2-72B가 있습니다.", "Qwen2-72B", "version"),
        ("HumanEval에서 앞섰습니다.", "HumanEval", "name not"),
        ("orrin_dev가 썼습니다.", "orrin_dev", "handle"),
        ("drjimfann이 발표했습니다.", "drjimfann", "name not"),
        ("中딥시크가 ②소프트뱅크와 겨룹니다.", "딥시크", "name not"),
        ("中딥시크가 ②소프트뱅크와 겨룹니다.", "소프트뱅크", "name not"),
        ("UC 버클리가 발표했습니다.", "UC 버클리", "name not"),
    ],
)
def test_a_name_that_the_items_do_not_hold_is_an_error(text: str, name: str, message: str) -> None:
    wrong = [(severity, written) for severity, written, said in found(text) if message in said]
    assert ("error", name) in wrong, found(text)


def test_a_word_in_lower_case_that_the_newsletter_does_not_have_may_be_a_name() -> None:
    assert [(severity, name) for severity, name, _ in found("kolinko가 썼습니다.")] == [("warning", "kolinko")]


@pytest.mark.parametrize(
    ("text", "source", "is_told"),
    [
        ("RLHF로 학습했습니다.", "trained with reinforcement learning from human feedback", True),
        ("RAG를 씁니다.", "an index for retrieval of documents", True),
        ("VRAM 24GB가 듭니다.", "needs 24 GB", True),
        ("LoRA 어댑터입니다.", "many LoRAs on one card", True),
        ("RLHF로 학습했습니다.", "trained on ten thousand chess games", False),
        ("VRAM이 밝혔습니다.", "Harbor Labs announced it", False),
        ("Robotics 분야입니다.", "for robots at home", True),
        ("LLM과 GPU, API입니다.", "Harbor Labs announced it", True),
    ],
)
def test_a_technique_needs_what_it_stands_for(text: str, source: str, is_told: bool) -> None:
    assert ([severity for severity, _, _ in found(text, source)] == []) == is_told


@pytest.mark.parametrize("text", ["chunk가 많습니다.", "중국의 모델입니다."])
def test_an_unsure_name_is_a_warning(text: str) -> None:
    assert [severity for severity, _, _ in found(text)] == ["warning"]


def test_a_korean_name_may_begin_with_latin_letters() -> None:
    assert found("UC 버클리 연구진의 모델입니다.", "Berkeley researchers trained it.") == []


def test_a_name_of_another_item_is_told_apart() -> None:
    other = Item(id="s9i9", text="Mistral is out.")
    assert found("미스트랄이 나왔습니다.", others=(other,)) == [
        ("error", "미스트랄", "name of another item, which is not cited")
    ]


def test_a_handle_of_another_item_is_an_error_without_its_sign() -> None:
    other = Item(id="s9i9", text="@kolinko wrote it.")
    assert found("kolinko가 썼습니다.", others=(other,)) == [
        ("error", "kolinko", "name of another item, which is not cited")
    ]


def test_a_hyphened_name_keeps_its_version() -> None:
    assert found("ACE-Step 1.5는 빠릅니다.", "ACE-Step 1.5 is fast.") == []
    assert found("ACE-Step 1.6은 빠릅니다.", "ACE-Step 1.5 is fast.") != []


def test_the_right_version_is_expected() -> None:
    (finding,) = check_names("Llama 4가 앞섭니다.", [Item(id="a", text=SOURCE)], where="x")
    assert (finding.check, finding.expected) == ("names", "Llama 3")


def test_a_version_told_in_a_list_stands() -> None:
    assert found("Llama 3.1이 있습니다.", "We ran Llama 3 and 3.1.") == []
    assert found("Claude 3이 있습니다.", "We ran Claude and Llama 3.") != []


def test_the_names_that_match_are_told() -> None:
    names = matched_names("메타의 Llama 3와 Mistral, AI", [Item(id="a", text=SOURCE)])
    assert names == ("메타", "Llama", "Llama 3")


@pytest.mark.parametrize(
    ("name", "text", "holds"),
    [
        ("GPT-4", "GPT-4-Turbo", True),
        ("GPT-4", "GPT-4o", False),
        ("Llama", "Llama3", True),
        ("Llama 3", "Llama 3.1", False),
        ("Hugging Face", "HuggingFaceM4", True),
        ("70B", "llama3-70b", True),
        ("transformer", "transformers", True),
        ("ion", "motion", False),
        ("OpenAI", "OpenAI's", True),
    ],
)
def test_a_name_stands_as_whole_words_only(name: str, text: str, *, holds: bool) -> None:
    assert (boundaries(fold(text)).holds(normalised(name)) >= 0) is holds


def test_figures_with_units_are_no_names() -> None:
    words = {chunk.text: chunk.is_name for chunk in chunks(fold("70B 8GB 4-bit 2x 16fps 20th GPT-4o A3B Q4_K_M 8x22B"))}
    assert [word for word, is_name in words.items() if is_name] == ["GPT-4o", "A3B", "Q4_K_M", "8x22B"]


def test_the_tables_are_normalised_and_agree() -> None:
    forms = [form for row in (*KOREAN_NAMES.values(), *PLACES.values(), *SAME_NAMES) for form in row]
    assert [form for form in forms if not re.fullmatch(r"[a-z0-9.]+", form)] == []
    assert [word for word in VOCABULARY if word != word.lower()] == []
    assert not KOREAN_NAMES.keys() & PLACES.keys()
    companies = {form for name in ("구글", "오픈AI", "메타", "엔비디아", "앤트로픽") for form in KOREAN_NAMES[name]}
    assert not companies & VOCABULARY
