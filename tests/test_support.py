"""A bullet shares content with its own items; negation and comparison are not turned round."""

from __future__ import annotations

import pytest
from pipeline.verify.comparison import comparison_is_not_turned_round
from pipeline.verify.negation import negation_is_not_turned_round
from pipeline.verify.support import Vocabulary, a_bullet_is_supported_by_its_items, korean_features
from pipeline.verify.terms import TERMS, english_concepts, korean_concepts

from pipeline.records.issues import Item
from pipeline.verify.index import Index, places
from tests.verify_cases import (
    COSTS,
    DIALOG,
    DRAFT,
    INDEX,
    ISSUE,
    KERNEL,
    LEAD,
    MEMORY,
    POLICY,
    ROBOT,
    TUTORIAL,
    VOCABULARY,
    place,
)

BULLETS = [made for made in places(DRAFT) if made.kind == "bullet"]


def supported(text: str, *items: str) -> list[str]:
    return [
        one.message
        for one in a_bullet_is_supported_by_its_items(place(text, *items), VOCABULARY)
        if one.severity == "error"
    ]


def turned(text: str, *items: str, source: str = "") -> list[str]:
    index, vocabulary = INDEX, VOCABULARY
    if source:
        section = ISSUE.sections[0].model_copy(update={"items": (Item(id="s1i1", text=source),)})
        index = Index(ISSUE.model_copy(update={"sections": (section, *ISSUE.sections[1:])}))
        vocabulary, items = Vocabulary(index), ("s1i1",)
    made = place(text, *items)
    checks = (negation_is_not_turned_round, comparison_is_not_turned_round)
    return [one.message for check in checks for one in check(made, index, vocabulary) if one.severity == "error"]


def test_the_table_of_terms_is_sound() -> None:
    pairs = [line.split(" = ") for line in TERMS.strip().splitlines()]
    assert all(len(pair) == 2 and pair[0].split() and pair[1].split() for pair in pairs)
    assert sum(len(korean.split()) * len(english.split()) for korean, english in pairs) >= 300
    for word, stem in (
        ("benchmarks", "벤치마크"),
        ("opensource", "오픈소스"),
        ("inference", "추론"),
        ("releasing", "출시"),
    ):
        assert english_concepts(word) & korean_concepts(stem)[0][2]
    assert not english_concepts("zyxw")


@pytest.mark.parametrize("made", BULLETS, ids=[made.where for made in BULLETS])
def test_faithful_bullets_are_supported(made: object) -> None:
    assert not list(a_bullet_is_supported_by_its_items(made, VOCABULARY))  # type: ignore[arg-type]


@pytest.mark.parametrize("made", BULLETS, ids=[made.where for made in BULLETS])
def test_bullets_on_the_items_of_another_are_found(made: object) -> None:
    others = [item for item in (COSTS, ROBOT, POLICY, KERNEL, DIALOG, TUTORIAL, MEMORY) if item not in made.items]  # type: ignore[attr-defined]
    for item in others:
        crossed = made._replace(items=(item,), head="")  # type: ignore[attr-defined]
        assert any(one.severity == "error" for one in a_bullet_is_supported_by_its_items(crossed, VOCABULARY)), item


def test_one_sentence_of_another_story_is_found() -> None:
    own = "엔지니어들은 희소 어텐션을 두고 Triton과 CUDA를 비교했고, 융합 커널이 메모리를 절반으로 줄였습니다."
    assert supported(own, KERNEL) == []
    assert supported(
        f"{own} 유럽 의회는 합성 이미지의 라벨 규정을 미루기로 표결했고 비판하는 쪽은 딥페이크를 경고합니다.", KERNEL
    )


def test_an_invented_story_is_found() -> None:
    text = "Zephyr 재단이 위성 발사 비용을 논의하며 정부 규제와 투자 계획, 직원 채용과 매출 전망을 발표했습니다."
    assert supported(text, TUTORIAL)


def test_the_viewpoint_is_exempt() -> None:
    opinion = place(
        "유럽 의회의 라벨 규정은 딥페이크를 막기에 늦었습니다.", KERNEL, kind="viewpoint", where="viewpoint/0"
    )
    assert not list(a_bullet_is_supported_by_its_items(opinion, VOCABULARY))


LEAD_TRUE = (
    "회사는 Larch-2가 HardMath 벤치마크에서 GPT-4o를 능가한다고 밝혔습니다.",
    "회사는 HardMath 벤치마크에서 GPT-4o가 Larch-2에 뒤진다고 밝혔습니다.",
    "HardMath 벤치마크에서 GPT-4o보다 Larch-2가 우수하다고 밝혔습니다.",
)
LEAD_FALSE = (
    "회사는 GPT-4o가 HardMath 벤치마크에서 Larch-2를 능가한다고 밝혔습니다.",
    "회사는 Larch-2가 HardMath 벤치마크에서 GPT-4o에 뒤진다고 밝혔습니다.",
    "HardMath 벤치마크에서 GPT-4o가 Larch-2보다 우수하다고 밝혔습니다.",
    "HardMath 벤치마크에서 Larch-2는 GPT-4o보다 뒤처진다고 밝혔습니다.",
)


@pytest.mark.parametrize("text", LEAD_TRUE)
def test_the_winner_may_be_told_either_way(text: str) -> None:
    assert turned(text, LEAD) == []


@pytest.mark.parametrize("text", LEAD_FALSE)
def test_a_comparison_turned_round_is_found(text: str) -> None:
    assert turned(text, LEAD)


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        (
            "Claude 3 Opus was outperformed by Llama 3 70B on the coding benchmark.",
            "Llama 3 70B는 코딩 벤치마크에서 Claude 3 Opus를 능가했습니다.",
            "Claude 3 Opus는 코딩 벤치마크에서 Llama 3 70B를 능가했습니다.",
        ),
        (
            "GPT-4o is faster than GPT-4 on long context tasks.",
            "GPT-4o는 긴 컨텍스트 작업에서 GPT-4보다 빠릅니다.",
            "GPT-4는 긴 컨텍스트 작업에서 GPT-4o보다 빠릅니다.",
        ),
        (
            "GPT-4o is faster than GPT-4 on long context tasks.",
            "긴 컨텍스트 작업에서 GPT-4는 GPT-4o보다 느립니다.",
            "긴 컨텍스트 작업에서 GPT-4o는 GPT-4보다 느립니다.",
        ),
        (
            "Google says that serving with Quill is cheaper than vLLM.",
            "구글은 서빙에서 Quill이 vLLM보다 저렴하다고 밝혔습니다.",
            "구글은 서빙에서 Quill이 vLLM보다 비싸다고 밝혔습니다.",
        ),
        (
            "The new kernel reduced memory use during training.",
            "새 커널이 학습 중 메모리 사용을 줄였습니다.",
            "새 커널이 학습 중 메모리 사용을 늘렸습니다.",
        ),
        (
            "Search in the new app is slower on phones.",
            "새 앱의 검색은 휴대 기기에서 느립니다.",
            "새 앱의 검색은 휴대 기기에서 빠릅니다.",
        ),
        (
            "The board decided to shut down the beta service in June.",
            "이사회는 6월에 베타 서비스를 종료하기로 했습니다.",
            "이사회는 6월에 베타 서비스를 시작하기로 했습니다.",
        ),
        (
            "The chat app does not support image upload on Android.",
            "채팅 앱은 Android에서 이미지 업로드를 지원하지 않습니다.",
            "채팅 앱은 Android에서 이미지 업로드를 지원합니다.",
        ),
        (
            "The chat app supports image upload on Android phones.",
            "채팅 앱은 Android 휴대전화에서 이미지 업로드를 지원합니다.",
            "채팅 앱은 Android 휴대전화에서 이미지 업로드를 지원하지 않습니다.",
        ),
        (
            "Researchers found that the dataset was not used to train the model.",
            "연구자들은 이 데이터셋이 모델 학습에 쓰이지 않았음을 발견했습니다.",
            "연구자들은 이 데이터셋이 모델 학습에 쓰였음을 발견했습니다.",
        ),
        (
            "The agent fails to solve the benchmark tasks with tools.",
            "에이전트는 도구를 쓰는 벤치마크 과제를 해결하지 못합니다.",
            "에이전트는 도구를 쓰는 벤치마크 과제를 해결합니다.",
        ),
        (
            "The lab released Larch with weights and code under a permissive licence.",
            "연구실은 Larch의 가중치와 코드를 허용적 라이선스로 내놓았습니다.",
            "연구실은 Larch의 가중치와 코드를 허용적 라이선스로 내놓지 않았습니다.",
        ),
        (
            "Reviewers think that Larch answers slowly; the licence does not cover companies.",
            "평가자들은 Larch의 답이 느리다고 전했습니다.",
            "평가자들은 Larch의 답이 느리다고 전하지 않았습니다.",
        ),
        (
            "Larch makes a song in under 10 seconds on a desktop GPU.",
            "Larch가 GPU에서 노래를 만드는 데는 10초가 채 걸리지 않습니다.",
            "Larch는 GPU에서 노래를 만들 수 없습니다.",
        ),
        (
            "Larch beats GPT-4o on the math benchmark by 10 points.",
            "수학 벤치마크에서 GPT-4o를 10점 앞섰습니다.",
            "수학 벤치마크에서 GPT-4o를 10점 뒤졌습니다.",
        ),
        (
            "Do not train the new embeddings: the team did not publish the weights of the adapter.",
            "팀은 새 임베딩을 학습했지만 어댑터 가중치는 공개하지 않았습니다.",
            "팀은 새 임베딩을 학습하고 어댑터 가중치를 공개했습니다.",
        ),
        (
            "No more than 48K tokens of cache fit, and the runtime does not support sparse attention.",
            "캐시는 최대 48K 토큰이며 런타임은 희소 어텐션을 지원하지 않습니다.",
            "캐시는 최대 48K 토큰이며 런타임은 희소 어텐션을 지원합니다.",
        ),
        (  # a list of one word denied, and two clauses of which one denies
            "Users met Larch not emitting EOS tokens, and a tokenizer that drops spaces.",
            "사용자들은 Larch가 EOS 토큰을 내지 않고 토크나이저가 공백을 버리는 문제를 겪었습니다.",
            "사용자들은 Larch가 EOS 토큰을 내고 토크나이저가 공백을 버리지 않는 문제를 겪었습니다.",
        ),
        (  # there is no "no" in a name
            "Noël Dupont trained the Larch 8B model on 2 trillion tokens with 64 H100 GPUs.",
            "Dupont는 H100 GPU 64개로 Larch 8B 모델을 토큰 2조 개로 학습했습니다.",
            "Dupont는 H100 GPU 64개로 Larch 8B 모델을 토큰 2조 개로 학습하지 않았습니다.",
        ),
        (
            "Two thirds of the revenue comes from consumers, rather than business customers.",
            "매출의 3분의 2는 기업 고객이 아니라 소비자에게서 나옵니다.",
            "매출의 3분의 2는 소비자와 함께 기업 고객에게서 나옵니다.",
        ),
        (
            "Harbor offers training-free acceleration of Larch for video.",
            "Harbor는 따로 학습하지 않고도 동영상용 Larch를 가속합니다.",
            "Harbor는 따로 학습해서 동영상용 Larch를 가속합니다.",
        ),
        (
            "Blocks of 4096 elements are feasible on Larch, yet blocks of 8192 are not.",
            "Larch에서 원소 4096개짜리 블록은 되지만 8192개짜리 블록은 되지 않습니다.",
            "Larch에서 원소 4096개짜리 블록은 되고 8192개짜리 블록도 됩니다.",
        ),
        (
            "Details and sources of the test weren't mentioned by the lab.",
            "시험의 출처는 제시되지 않았습니다.",
            "시험의 출처도 제시됐습니다.",
        ),
        (  # who said nothing is said to have said nothing
            "@mira argued that raising money was easy for Larch, which lacks a product.",
            "mira는 제품이 없는 Larch가 돈을 모으기는 쉬웠다고 주장했습니다.",
            "mira는 제품이 없는 Larch가 돈을 모으기는 쉬웠다고 주장하지 않았습니다.",
        ),
        (
            "The memory can be toggled in settings; the rollout has not reached Korea yet.",
            "메모리는 설정에서 켜고 끌 수 있습니다.",
            "메모리는 설정에서 켜고 끌 수 없습니다.",
        ),
        (
            "Larch is not yet fully optimized for this GPU.",
            "Larch는 이 GPU에 아직 완전히 최적화되지 않았습니다.",
            "Larch는 이 GPU에 아직 완전히 최적화됐습니다.",
        ),
        (
            "Compared with top-k search Larch uses fewer tokens while its accuracy on memory tests is higher.",
            "Larch는 top-k 검색보다 토큰을 덜 씁니다.",
            "Larch는 top-k 검색보다 토큰을 더 씁니다.",
        ),
        (
            "Larch's context length was extended to 80K tokens overnight by Harbor.",
            "Harbor는 하룻밤 새 Larch의 맥락 길이를 80K 토큰으로 늘렸습니다.",
            "Harbor는 하룻밤 새 Larch의 맥락 길이를 80K 토큰으로 줄였습니다.",
        ),
    ],
)
def test_what_is_turned_round_is_found_and_the_true_text_passes(source: str, right: str, wrong: str) -> None:
    assert turned(right, source=source) == []
    assert turned(wrong, source=source)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            "Do not train new embeddings: adding tokens cost points.",
            "새 임베딩에 토큰을 더해 학습한 팀은 점수를 잃었습니다.",
        ),
        ("No more than 48K tokens of cache fit beside the weights.", "가중치 옆 캐시는 최대 48K 토큰입니다."),
        ("Larch is not only fast but supports tools.", "Larch는 빠를 뿐 아니라 도구를 지원합니다."),
        ("It does not support audio. It supports image upload in the app.", "앱에서 이미지 업로드를 지원합니다."),
        ("GPT-4 beats Llama on math, but Llama beats GPT-4 on coding.", "코딩에서는 Llama가 GPT-4를 능가합니다."),
        ("Prices fell while usage grew and models got better.", "모델 사용이 늘었습니다."),
        ("The report gives the share but not the documents; each document has a field.", "문서마다 필드가 있습니다."),
        ("Larch v1.1 removes three deprecated APIs.", "Larch v1.1은 더는 권하지 않던 API 3개를 없앴습니다."),
        ("Larch enables zero-shot transfer to the real world.", "Larch는 실제 세계로의 제로샷 전환을 가능하게 합니다."),
        ("A tool that removes duplicates from 9,000 files stopped.", "파일에서 중복을 없애던 도구가 멈췄습니다."),
        (
            "Training costs fell from $4M to $1M as efficiency rose.",
            "학습 비용은 400만 달러에서 100만 달러로 떨어졌습니다.",
        ),
        ("Larch is a less expensive alternative to Quill for serving.", "Larch는 Quill보다 저렴한 서빙 대안입니다."),
        ("GPT-4 trails Larch on coding.", "코딩에서는 Larch가 GPT-4를 앞섭니다."),
        ("The model can not be beaten easily by GPT-4.", "GPT-4는 이 모델을 이기기 어렵습니다."),
    ],
)
def test_what_is_not_certain_passes(source: str, text: str) -> None:
    assert turned(text, source=source) == []


def test_a_number_with_a_scale_is_one_feature() -> None:
    features = korean_features("표본 2만 5천 개")
    assert frozenset({"25000", "25"}) in features
    assert not {"2", "5"} & {feature for alternatives in features for feature in alternatives}
