"""Faithful Korean for items of the real newsletters: (file, words that find the item, sentence).

The sentences are written for these tests; the items are read from ../shared.
"""
# ruff: noqa: E501  (a sentence is one line)

from __future__ import annotations

import re

from pipeline.records.issues import Item
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

JURIES, AIRCANADA = (
    "24-04-30-ainews-llms-as-juries.md",
    ("24-02-19-ainews-companies-liable-for-ai-hallucination-is-good-actually-for-ai-engineers.md"),
)
KAGGLE, CLAUDE3 = (
    "24-05-03-ainews-dollar100k-to-predict-lmsys-human-preferences-in-a-kaggle-contest.md",
    "24-03-06-ainews-not-much-happened-today.md",
)

ROWS: tuple[tuple[str, str, str], ...] = (
    (
        OPUS,
        "Jerry Liu separately",
        "Jerry Liu는 OCR처럼 쓰면 쪽당 약 7센트가 들어, 약 0.4센트인 저렴한 방식보다 비싸다고 했습니다.",
    ),
    (
        OPUS,
        "Auto-Diagnose paper",
        "실패 테스트 5만 2,635건에 배포해 보니 도움이 안 된다는 평가는 5.8%에 그쳤고, 도구 370개 중 14위였습니다.",
    ),
    (OPUS, "Bonsai open models", "Bonsai는 8B, 4B, 1.7B로 나왔고 FP16보다 7.1배 작습니다."),
    (
        OPUS,
        "AMD engineer analyzed 6,852",
        "AMD 엔지니어는 세션 6,852개를 분석했고, API 비용이 345달러에서 4만 2,121달러로 뛰었다고 했습니다.",
    ),
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
    (
        CODER,
        "Emergent Agent Societies",
        "루트 권한을 가진 10만 개 이상의 에이전트가 사회를 이루어 팁을 나누고 코인까지 발행했습니다.",
    ),
    (
        CODER,
        "VoxCPM-1.5 Trains Easily",
        "VoxCPM-1.5는 학습이 쉽고 음소를 쓰지 않으며 48kHz 오디오를 낼 수 있다고 합니다.",
    ),
    (CODER, "5.2 Instant vs", "Anthropic의 5.2-chat을 '플래그십'이라 부르는 것이 맞는지 논쟁이 있었습니다."),
    (
        OPUS,
        "hardware requirements for running the Gemma-4-31b",
        "Gemma-4-31b를 8K 컨텍스트로 돌리려면 최소 64GB RAM이 필요하며 128GB는 넉넉하다는 지적이 나왔습니다.",
    ),
    (
        OPUS,
        "Qwen3.5-9B-GLM5.1-Distill",
        "GLM-5.1의 추론을 증류한 Qwen3.5-9B-GLM5.1-Distill-v1은 VRAM 8GB에 들어갑니다.",
    ),
    (
        OPUS,
        "Bonsai open models launched",
        "Bonsai는 8B, 4B, 1.7B 크기로 나왔으며 FP16보다 7.1배 작고 iPhone에서 27 TPS를 냅니다.",
    ),
    (
        OPUS,
        "Bonsai open models launched",
        "삼진 가중치를 쓰는 Bonsai는 65k 컨텍스트를 지원하고 아이폰에서 초당 27토큰으로 동작합니다.",
    ),
    (OPUS, "across 500 teams", "Cursor는 500개 팀에서 올해 복잡도가 높은 작업이 68% 늘었다고 밝혔습니다."),
    (
        OPUS,
        "OCR-like use",
        "Jerry Liu는 OCR 용도로는 Opus 4.7이 페이지당 약 7센트로, 자사 에이전트 모드의 약 1.25센트보다 비싸다고 했습니다.",
    ),
    (
        LLAMA4,
        "claimed 10m token context",
        "10M 토큰 컨텍스트라는 주장은 256k 토큰으로 학습한 실제 컨텍스트보다 훨씬 크다는 지적입니다.",
    ),
    (LLAMA4, "Tic-Tac-Toe-Bench", "Gemini 2.5 Pro는 Tic-Tac-Toe-Bench에서 다섯 번째로 일관된 모델이었습니다."),
    (
        LLAMA4,
        "M1 ultra 64 cores should",
        "M1 Ultra 64코어가 48코어와 M4 Max 40코어보다 여전히 빠를 것이라는 의견입니다.",
    ),
    (JURIES, "Levitates to Longer", "Llama-3 8B Gradient Instruct 1048k가 컨텍스트 길이의 새 기준을 세웠습니다."),
    (
        JURIES,
        "Bit Depth Bewilderment",
        "llama3-70b를 8비트로 인코딩하면 출력 품질이 크게 떨어진다는 보고가 있었습니다.",
    ),
    (
        JURIES,
        "Mysterious Minimization",
        "Ryzen 7 5800X, RTX 3090, 64GB DDR4를 갖춘 Windows 10 Pro PC에서 앱이 멈춘다는 보고입니다.",
    ),
    (JURIES, "Extending Context to 256k", "PoSE로 Llama 3 8B의 컨텍스트가 8k에서 256k 토큰으로 늘었습니다."),
    (JURIES, "Extending Context to 256k", "라마 3 8B의 컨텍스트 길이가 8천 토큰에서 25만 6천 토큰으로 확장되었습니다."),
    (
        KAGGLE,
        "Mechanistic Interpretability Workshop at",
        "Neel Nanda가 ICML 2024 워크숍을 알렸으며 최우수 논문 상금은 1,750달러, 마감은 5월 29일입니다.",
    ),
    (
        KAGGLE,
        "Hermes 2 Accelerated",
        "llama.cpp 업데이트로 8GB RAM 안드로이드 기기에서 Hermes 2 Pro Llama 3 8B의 추론 속도가 30% 빨라졌습니다.",
    ),
    (
        KAGGLE,
        "Reward Model Contest Alert",
        "LMSYS의 상금 10만 보상 모델 대회에 이어 20만 규모의 Interconnects 대회를 열자는 제안이 나왔습니다.",
    ),
    (
        KAGGLE,
        "Rolling Back to Previous LM",
        "LM Studio 0.2.22 버전에서 버그가 있어 0.2.21로 되돌리려는 시도가 이어졌습니다.",
    ),
    (
        CLAUDE3,
        "Mistral Model Token Boundaries",
        "Mistral의 적정 토큰 길이는 8천~1만 토큰이며 24GB VRAM을 갖춘 것은 3090이 아니라 RTX 4090이라고 정정했습니다.",
    ),
    (
        CLAUDE3,
        "Claude 3 Opus Discussed",
        "여러 사용자가 Claude 3 Opus가 GPT-4보다 지능과 사교성이 뛰어나다고 평가했습니다.",
    ),
    (
        AIRCANADA,
        "Long Document Processing Capabilities",
        "GPT-4는 10^4개 요소가 한계였지만 미세 조정한 GPT-2는 10^7개까지 처리했습니다.",
    ),
    (AIRCANADA, "Batch Size Queries", "@hexani는 4090이나 H100으로 미세 조정할 때의 배치 크기를 물었습니다."),
    (
        CODER,
        "Navigating VRAM Needs",
        "H200 GPU 4장에서 32k 시퀀스 길이로 Qwen3-14B를 LoRA 학습한 결과 Unsloth는 여전히 그래디언트를 오프로드했습니다.",
    ),
    (CODER, "Speedruns the Leaderboards", "Moonshot의 Kimi K2.5가 퍼플렉시티 Pro와 Max 구독자에게 제공됩니다."),
    (
        CODER,
        "Waymo Pursues Hefty",
        "웨이모는 구글의 최소 130억 달러를 포함해 1,100억 달러 가치로 160억 달러를 조달하고 있다고 합니다.",
    ),
    (CODER, "Waymo Pursues Hefty", "Waymo의 기업 가치는 2024년 10월 450억 달러에서 1,100억 달러로 뛰었습니다."),
    (
        CODER,
        "generousone discusses",
        "gpt-oss:20b는 128k 컨텍스트를 모두 쓰면서도 VRAM 17GB만 사용해 24GB 카드에 알맞습니다.",
    ),
    (
        OPUS,
        "MRCR is being phased out",
        "Graphwalks 점수는 4.6의 38.7%에서 4.7의 58.6%로 올랐다고 Boris Cherny가 밝혔습니다.",
    ),
    (OPUS, "spot on the Vals Index", "Opus 4.7은 71.4%로 Vals Index 1위에 올랐으며 이전 최고 기록은 67.7%였습니다."),
    (OPUS, "MiniMax launched MaxHermes", "Nous의 Tool Gateway는 구독 하나로 300개 이상의 모델을 쓸 수 있게 합니다."),
    (
        OPUS,
        "GDPval-AA, with an implied",
        "Opus 4.7은 GDPval-AA에서 GPT-5.4를 상대로 약 60%의 승률을 보이며 1위를 차지했습니다.",
    ),
    (
        LLAMA4,
        "Sonnet Max Pricing: Tool",
        "Sonnet Max는 요청당 0.05달러, 도구 호출당 0.05달러여서 비용이 금방 늘어납니다.",
    ),
    (
        LLAMA4,
        "Mistral Small 3.1 *adds",
        "Mistral Small 3.1은 비전 이해를 더하고 컨텍스트를 최대 128k 토큰으로 늘렸습니다.",
    ),
    (
        LLAMA4,
        "save you reading time",
        "Andriy Burkov는 256k 토큰보다 긴 프롬프트로 학습한 모델이 없으므로 10M 컨텍스트는 허상이라고 했습니다.",
    ),
    (
        LLAMA4,
        "Arrives With Mixed Reactions",
        "Llama 4 Scout(109B, 컨텍스트 1천만 토큰)와 Maverick(400B)이 OpenRouter에 올라왔습니다.",
    ),
    (
        JURIES,
        "Snowflake Launches Massive",
        "스노우플레이크가 4K 컨텍스트를 갖춘 408B 매개변수 MoE 모델을 Apache 2.0으로 공개했습니다.",
    ),
    (
        JURIES,
        "CVPR 2023 Sparks",
        "총상금 12만 달러가 넘는 SnakeCLEF, FungiCLEF, PlantCLEF 대회가 2024년 6월 17일부터 21일까지 열립니다.",
    ),
    (JURIES, "CVPR 2023 Sparks", "CVPR 대회는 6월 17~21일에 열리며 상금은 $120k 이상입니다."),
    (
        JURIES,
        "Curiosity Over Compute",
        "LLama-3 8B Gradient Instruct의 컨텍스트 확장에는 L40 512대가 쓰였고, 100만 토큰 전체는 필요 없다는 의견도 있었습니다.",
    ),
    (JURIES, "Llama-3-70B Finetuning in Question", "70B를 미세 조정하기 전에 8B 모델로 시작하라는 조언이 나왔습니다."),
    (
        KAGGLE,
        "Performance Enhancements for Whisper",
        "Rockchip RK3588 SBC에서 Whisper RKNN의 성능이 250% 향상되었습니다.",
    ),
    (
        KAGGLE,
        "Large Context Size Exploration",
        "Phi 3에서 131072 토큰 컨텍스트는 실패했지만 RAM 32GB와 7900XTX로 6만 토큰은 성공했습니다.",
    ),
    (
        KAGGLE,
        "Refreshes Llama Models",
        "LM Studio 업데이트로 Llama 3 8B와 70B Instruct, Phi-3의 BPE 문제가 해결되었습니다.",
    ),
    (
        KAGGLE,
        "human preference prediction competition with",
        "LMSYS와 캐글이 상금 10만 달러의 인간 선호도 예측 대회를 시작합니다.",
    ),
    (
        DPO,
        "Llama3-German-8B model release",
        "Llama3-German-8B는 650억 개의 고품질 토큰으로 학습해 독일어 능력을 높였습니다.",
    ),
    (DPO, "Confusion with Missing Files", "4090 두 장으로 qlora를 돌리는 데 약 6시간이 걸렸다고 합니다."),
    (
        DPO,
        "The TPU Showdown",
        "GPT-3 학습 비용이 450만 달러에서 2024년 기준 12만 5천~100만 달러 수준으로 낮아졌습니다.",
    ),
    (DPO, "Experimental builds using", "RTX 4060 Ti 16GB를 단 저렴한 PC 여러 대로 분산 추론을 시도했습니다."),
    (JUDGE, "M4 Max is anticipated", "M4 Max는 128GB를 탑재하고 M4는 4090에 맞먹을 것이라는 추측입니다."),
    (
        JUDGE,
        "Continued Pretraining Boasts",
        "Unsloth는 LLM의 지속 사전 학습을 2배 빠르게, VRAM은 50% 적게 쓰며 수행합니다.",
    ),
    (
        JUDGE,
        "Discussion on memory bandwidth",
        "M4는 초당 260GB 대역폭으로 Qwen 72B 4비트에서 초당 6~7토큰을 낼 것으로 추정됩니다.",
    ),
    (JUDGE, "M4 Ultra expectations heighten", "M4 Ultra는 최대 256GB 통합 메모리를 지원할 것이라는 소문입니다."),
)


def item(file: str, words: str) -> Item:
    """The line of a newsletter that holds ``words``, as an item with visible text only."""
    text = (NEWSLETTERS / file).read_text(encoding="utf-8")
    line = next(line for line in text.split("---", 2)[2].splitlines() if words in _visible(line))
    return Item(id="s1i1", text=_visible(line))


def _visible(line: str) -> str:
    line = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", line)
    return re.sub(r"<[^>]+>", "", line).replace("**", "").replace("`", "").strip()
