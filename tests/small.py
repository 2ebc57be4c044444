"""A small newsletter of our own, and a stand-in for a model that answers questions about it faithfully."""

from __future__ import annotations

import json
import re
from typing import Any

from pipeline.records.questions import Question, Reply

NEWSLETTER = """---
title: Small models, small bills
date: '2024-06-12T21:40:12Z'
url: https://news.example/issues/24-06-12
---

> AI News for 6/11/2024-6/12/2024. We checked 3 subreddits and **12** Discords for you.

Harbor Labs released [Lumen-2](https://harbor.example/lumen-2?utm_source=news&v=2), an 8B model under the MIT license.

# AI Twitter Recap

- **Lumen-2**: [@harbor_demo](https://x.com/harbor_demo/status/1?s=20) says Lumen-2 was trained on 6.2T tokens.
- **Kestrel**: [@kestrel_demo](https://x.com/kestrel_demo/status/2) released Kestrel v0.9, which decodes 2.7x faster.
- **Northwind**: [@northwind_demo](https://x.com/northwind_demo/status/3) raised $1.2B at a $7.8B valuation.
- **Silt**: [@silt_demo](https://x.com/silt_demo/status/4) added support for 4-bit quantization to Silt 0.6.

# AI Discord Recap

- **Wren-1**: the [Wren-1 dataset](https://huggingface.co/datasets/wren/wren-1) has 55K hours of speech.
- **Driftwood**: [Driftwood v1.1](https://github.com/driftwood/driftwood?tab=readme-ov-file) removed 3 deprecated APIs.
- **Marlin 2**: [Marlin 2](https://arxiv.org/abs/2406.99001) solved 158 of 500 issues.
- **Longshore**: [Longshore](https://arxiv.org/abs/2406.99002) reads contexts of 1M tokens.
- **Cooperage**: [Cooperage 8x7B](https://huggingface.co/cooperage/8x7b) costs $0.65 per 1M input tokens.
- **Orrery**: [Orrery](https://orrery.example/post?id=7) dropped its price by 40%.
"""

SENTENCES = {
    "6.2T tokens": ("harbor_demo는 Lumen-2를 6.2조 토큰으로 학습했다고 밝혔습니다.", "harbor_demo"),
    "2.7x faster": ("kestrel_demo는 디코딩이 2.7배 빠른 Kestrel v0.9를 공개했습니다.", "kestrel_demo"),
    "$1.2B": ("northwind_demo는 기업 가치 78억 달러에 12억 달러를 유치했습니다.", "northwind_demo"),
    "4-bit": ("silt_demo는 Silt 0.6에 4-bit 양자화 지원을 더했습니다.", "silt_demo"),
    "55K hours": ("Wren-1 데이터셋에는 음성 5만 5천 시간이 담겨 있습니다.", "Wren-1"),
    "deprecated": ("Driftwood v1.1은 더는 권하지 않던 API 3개를 없앴습니다.", "Driftwood v1.1"),
    "158 of 500": ("Marlin 2는 500개 이슈 가운데 158개를 해결했습니다.", "Marlin 2"),
    "Longshore": ("Longshore는 100만 토큰 맥락을 읽습니다.", "Longshore"),
    "$0.65": ("Cooperage 8x7B의 가격은 입력 100만 토큰당 0.65달러입니다.", "Cooperage 8x7B"),
    "40%": ("Orrery는 가격을 40% 내렸습니다.", "Orrery"),
    "MIT license": ("Harbor Labs는 MIT 라이선스로 8B 모델 Lumen-2를 공개했습니다.", "Lumen-2"),
}


def items_of(question: Question) -> list[dict[str, Any]]:
    """The items that a question puts before the model."""
    data = re.findall(r"<items>\n(.*?)\n</items>", question.messages[1].content, re.DOTALL)[-1]
    return [item for group in json.loads(data) for item in group["items"]]


def bullet_for(item: dict[str, Any]) -> dict[str, Any]:
    """A faithful sentence on an item, with its first link."""
    text, label = next(said for words, said in SENTENCES.items() if words in item["text"])
    refs = [{"label": label, "link": name} for name in list(item.get("links", {}))[:1]]
    return {"text": text, "refs": refs, "items": [item["id"]]}


def answer(question: Question) -> dict[str, Any]:
    """What a careful model would say."""
    if question.part == "again":
        return {"pieces": []}
    items = items_of(question)
    bullets = [bullet_for(item) for item in items]
    if question.part == "overview":
        headed = [{"head": f"소식 {bullet['refs'][0]['label']}", **bullet} for bullet in bullets]
        return {"topics": [{"title": "도구와 데이터", "bullets": headed}]}
    cited = [items[0]["id"]]
    return {
        "topics": [{"title": "모델과 비용", "bullets": bullets[1:] or bullets}],
        "title": {"text": "Harbor Labs, 8B 모델 Lumen-2 공개", "items": cited},
        "description": {
            "text": "새 모델과 함께 투자 유치와 양자화 소식을 전합니다.",
            "items": [item["id"] for item in items],
        },
        "intro": bullets[:1],
        "viewpoint": [{"text": "라이선스가 자유로운 Lumen-2라도 학습 비용은 따로 따져야 합니다.", "items": cited}],
        "tags": ["Lumen-2", "양자화", "투자"],
    }


class SmallModel:
    """Answers faithfully; counts what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Question] = []

    def __call__(self, question: Question) -> Reply:
        self.asked.append(question)
        content = json.dumps(answer(question), ensure_ascii=False)
        return Reply(question=question.hash, content=content, model="small", prompt_tokens=100, completion_tokens=50)
