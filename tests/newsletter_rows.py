"""Faithful Korean for items of the real newsletters: (file, words that find the item, sentence).

The sentences are written for these tests; the items are read from ../shared.
"""

from __future__ import annotations

import re

from pipeline.records import Item
from tests.shared import NEWSLETTERS

OPUS, CODER, LLAMA4 = (
    "26-04-16-opus-47.md",
    "26-02-03-not-much.md",
    "25-04-07-ainews-llama-4s-controversial-weekend-release.md",
)
JUDGE, ILYA, DPO = (
    "24-10-30-ainews-creating-a-llm-as-a-judge.md",
    "24-06-19-ainews-theres-ilya.md",
    "24-05-27-ainews-life-after-dpo-rewardbench.md",
)

ROWS: tuple[tuple[str, str, str], ...] = (
    (
        CODER,
        "Moltbook Data Dump",
        "Moltbook에서 게시물 50,539건, AI 에이전트 12,454개, 댓글 195,414개, 커뮤니티 1,604곳의 데이터가 허깅페이스에 공개되었습니다.",
    ),
    (CODER, "Moltbook Data Dump", "5만 건의 게시물을 담은 Moltbook 데이터셋이 Hugging Face에 올라왔습니다."),
    (
        CODER,
        "Vulkan-amdvlk yields",
        "`pp4096` 테스트에서 Vulkan-amdvlk는 초당 153.04토큰, Vulkan-radv는 164.20토큰을 냈습니다.",
    ),
    (CODER, "Alibaba released Qwen3", "알리바바가 80B MoE 가운데 3B만 활성화하는 Qwen3-Coder-Next를 내놓았습니다."),
    (
        CODER,
        "Alibaba released Qwen3",
        "Qwen3-Coder-Next는 전체 800억 개 매개변수 중 30억 개만 활성화하며 256K 컨텍스트를 지원합니다.",
    ),
    (
        CODER,
        "Alibaba released Qwen3",
        "검증 가능한 과제 80만 개로 학습했으며 SWE-Bench Verified 70%를 넘는다고 합니다.",
    ),
    (
        CODER,
        "Mac Studio or 5090",
        "512GB RAM을 갖춘 Mac Studio와 RAM 512GB의 5090을 놓고 Devstral 2와 Kimi 2.5 추론을 비교했습니다.",
    ),
    (
        OPUS,
        "ParseBench-style",
        "Opus 4.7은 차트 점수를 13.5%에서 55.8%로 크게 올렸지만 레이아웃은 16.5%에서 14.0%로 떨어졌습니다.",
    ),
    (
        OPUS,
        "ParseBench-style",
        "서식은 64.2%에서 69.4%로, 내용은 89.7%에서 90.3%로, 표는 86.5%에서 87.2%로 조금 나아졌습니다.",
    ),
    (
        OPUS,
        "a sparse multimodal MoE with 35B",
        "Qwen3.6-35B-A3B는 전체 350억, 활성 30억 매개변수의 MoE이며 Apache 2.0 라이선스입니다.",
    ),
    (OPUS, "a sparse multimodal MoE with 35B", "RefCOCO 92.0, ODInW13 50.8을 기록했다고 Qwen은 밝혔습니다."),
    (OPUS, "Auto-Diagnose paper", "구글의 Auto-Diagnose는 실제 실패 71건에서 진단 정확도 90.14%를 보였습니다."),
    (
        OPUS,
        "Auto-Diagnose paper",
        "서로 다른 실패 테스트 52,635개에 적용되었고 “Not helpful” 평가는 5.8%에 그쳤으며 Critique 도구 370개 중 14위입니다.",
    ),
    (
        OPUS,
        "itisyeetime speculates",
        "itisyeetime은 Qwen3.6-35B-A3B가 Qwen 3.5 122B와 Qwen 3.5 35B의 중간쯤이라고 추측했습니다.",
    ),
    (
        LLAMA4,
        "launched on Lambda API",
        "Llama 4 Maverick은 100만 입력 토큰당 0.20달러, 100만 출력 토큰당 0.60달러입니다.",
    ),
    (
        LLAMA4,
        "launched on Lambda API",
        "Llama 4 Scout는 입력 100만 토큰당 $0.10, 출력 100만 토큰당 $0.30이며 FP8 양자화를 씁니다.",
    ),
    (LLAMA4, "launched on Lambda API", "두 모델 모두 100만 토큰 컨텍스트를 지원합니다."),
    (
        LLAMA4,
        "Make Multimodal Debut",
        "메타의 Llama 4 Scout는 17B 매개변수에 전문가 16개, 10M 컨텍스트를 갖추었고 Maverick은 전문가가 128개입니다.",
    ),
    (
        LLAMA4,
        "New Llama 4 Models Released",
        "Llama 4 Scout는 컨텍스트 1,000만, 활성 매개변수 170억 개, 전체 1,090억 개입니다.",
    ),
    (
        LLAMA4,
        "New Llama 4 Models Released",
        "Llama 4 Maverick은 전체 4,000억, Behemoth는 2조 개의 매개변수를 가집니다.",
    ),
    (
        LLAMA4,
        "L40 Underperformance Puzzle",
        "L40은 4비트 Llama 3 70B에서 초당 30~35토큰에 그쳐 A100 벤치마크에 못 미쳤습니다.",
    ),
    (JUDGE, "3.5 Medium · Hugging Face", "Stable Diffusion 3.5 Medium의 기본 해상도는 768x768입니다."),
    (
        JUDGE,
        "Speculation on M4 Mac Mini",
        "M4 Mac Mini는 32GB RAM 모델이 1,000달러, 64GB 모델이 2,000달러로 예상됩니다.",
    ),
    (JUDGE, "Speculation on M4 Mac Mini", "16GB 기본 모델은 교육 할인을 받으면 499달러일 수 있다고 합니다."),
    (
        JUDGE,
        "Success with Flash Attention",
        "A6000에서 CUDA 12.4와 PyTorch 2.5.0으로 Flash Attention 2.6.3을 실행했습니다.",
    ),
    (
        ILYA,
        "High-end Ryzen 9",
        "RTX 4090, DDR4 64GB, Ryzen 9 7950X로 Meta-Llama-3-70B-Instruct를 돌리는 방법을 물었습니다.",
    ),
    (
        ILYA,
        "Nightly Improves Dictionary",
        "Mojo 2024.6.1912 빌드는 Dict[Int,Int]에서 2.78배, Dict[String,String]에서 1.12배 빨라졌습니다.",
    ),
    (
        DPO,
        "Nightly Nuisances Fixed",
        "Mojo 컴파일러 나이틀리가 2024.5.2505에서 2024.5.2705로 올라가며 `tempfile` 모듈이 추가되었습니다.",
    ),
    (
        DPO,
        "Compute Cost of Training GPT-3",
        "GPT-3 학습 비용은 2020년 약 450만 달러에서 2024년 12만 5천~100만 달러로 줄었습니다.",
    ),
    (
        DPO,
        "Compute Cost of Training GPT-3",
        "2020년에 약 $4.5M이던 GPT-3 학습 비용이 2024년에는 $125k-$1M로 추정됩니다.",
    ),
)


def item(file: str, words: str) -> Item:
    """The line of a newsletter that holds ``words``, as an item with visible text only."""
    text = (NEWSLETTERS / file).read_text(encoding="utf-8")
    line = next(line for line in text.split("---", 2)[2].splitlines() if words in _visible(line))
    return Item(id="s1i1", text=_visible(line))


def _visible(line: str) -> str:
    line = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", line)
    return re.sub(r"<[^>]+>", "", line).replace("**", "").replace("`", "").strip()
