"""Two newsletters of our own, and a model that tells them faithfully: always the same words for the same items."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from tests.small import NEWSLETTER, SENTENCES

SECOND = """---
title: Cheaper speech, longer memory
date: '2024-06-14T21:40:12Z'
url: https://news.example/issues/24-06-14
---

> AI News for 6/13/2024-6/14/2024. We checked 4 subreddits and **14** Discords for you.

Quarry Works released [Tarn-3](https://quarry.example/tarn-3?utm_source=x), a 12B speech model, Apache license.

# AI Twitter Recap

- **Tarn-3**: [@quarry_demo](https://x.com/quarry_demo/status/11?s=20) says Tarn-3 was trained on 2.4M hours of speech.
- **Sable**: [@sable_demo](https://x.com/sable_demo/status/12) released Sable v2.1, which starts 3.5x faster.
- **Fathom**: [@fathom_demo](https://x.com/fathom_demo/status/13) raised $480M at a $2.6B valuation.
- **Gneiss**: [@gneiss_demo](https://x.com/gneiss_demo/status/14) added a plugin for Emacs to Gneiss 1.4.

# AI Discord Recap

- **Petrel-5**: the [Petrel-5 dataset](https://huggingface.co/datasets/petrel/petrel-5) has 72K annotated maps.
- **Isthmus**: [Isthmus v3.0](https://github.com/isthmus/isthmus) fixed 41 memory leaks.
- **Skerry**: [Skerry](https://arxiv.org/abs/2406.99011) answered 212 of 400 riddles.
- **Lodestar**: [Lodestar](https://arxiv.org/abs/2406.99012) keeps conversations of 2M tokens.
- **Tinder Box**: [Tinder Box 4x9B](https://huggingface.co/tinderbox/4x9b) costs $0.35 per 1M output tokens.
- **Heron**: [Heron](https://heron.example/post?id=9) reduced its latency by 60%.
"""

NEWSLETTERS = {"24-06-12-small.md": NEWSLETTER, "24-06-14-second.md": SECOND}

_SECOND_SENTENCES = {
    "2.4M hours": ("quarry_demo는 음성 240만 시간으로 Tarn-3를 학습했다고 밝혔습니다.", "quarry_demo"),
    "3.5x faster": ("sable_demo는 시작이 3.5배 빠른 Sable v2.1을 공개했습니다.", "sable_demo"),
    "$480M": ("fathom_demo는 기업 가치 26억 달러에 4억 8천만 달러를 유치했습니다.", "fathom_demo"),
    "Emacs": ("gneiss_demo는 Gneiss 1.4에 Emacs 플러그인을 더했습니다.", "gneiss_demo"),
    "annotated maps": ("Petrel-5 데이터셋에는 주석을 단 지도 7만 2천 장이 담겨 있습니다.", "Petrel-5"),
    "memory leaks": ("Isthmus v3.0은 메모리 누수 41건을 고쳤습니다.", "Isthmus v3.0"),
    "212 of 400": ("Skerry는 수수께끼 400개 가운데 212개에 답했습니다.", "Skerry"),
    "2M tokens": ("Lodestar는 200만 토큰의 대화를 간직합니다.", "Lodestar"),
    "$0.35": ("Tinder Box 4x9B의 가격은 출력 100만 토큰당 0.35달러입니다.", "Tinder Box 4x9B"),
    "60%": ("Heron은 지연 시간을 60% 줄였습니다.", "Heron"),
    "Apache license": ("Quarry Works는 Apache 라이선스로 12B 음성 모델 Tarn-3를 공개했습니다.", "Tarn-3"),
}
TOLD = SENTENCES | _SECOND_SENTENCES

_OPENINGS = {
    "MIT license": {
        "title": "Harbor Labs, 8B 모델 Lumen-2 공개",
        "description": "새 모델과 함께 투자 유치와 양자화 소식을 전합니다.",
        "viewpoint": "라이선스가 자유로운 Lumen-2라도 학습 비용은 따로 따져야 합니다.",
        "tags": ["Lumen-2", "양자화", "제목"],
    },
    "Apache license": {
        "title": "Quarry Works, 12B 음성 모델 Tarn-3 공개",
        "description": "새 음성 모델과 함께 투자 유치와 플러그인 소식을 전합니다.",
        "viewpoint": "라이선스가 자유로운 Tarn-3라도 음성 학습 비용은 따로 따져야 합니다.",
        "tags": ["Tarn-3", "음성", "제목"],
    },
}
_TOPICS = {"front": "모델과 비용의 제목", "overview": "도구와 데이터의 제목"}
"""The word 제목 stands in every answer, for ``tests.model_faults`` has rows that damage it."""


def part_of(body: Mapping[str, Any]) -> str:
    """Which part a request asks for: as its schema is named, else as the schema told in words has it."""
    form = body.get("response_format") or {}
    if form.get("type") == "json_schema":
        return str(form["json_schema"]["name"])
    told = body["messages"][0]["content"].rpartition("JSON schema")[2]
    marks = {"pieces": "again", "head": "overview"}
    return next((part for word, part in marks.items() if f'"{word}"' in told), "front")


def items_of(prompt: str) -> list[dict[str, Any]]:
    """The items that a question puts before the model."""
    data = re.findall(r"<items>\n(.*?)\n</items>", prompt, re.DOTALL)[-1]
    return [item for group in json.loads(data) for item in group["items"]]


def bullet_for(item: Mapping[str, Any]) -> dict[str, Any] | None:
    """A faithful sentence on an item, with its first link; None for an item that says nothing we know."""
    found = next((said for words, said in TOLD.items() if words in item["text"]), None)
    if found is None:
        return None
    text, label = found
    refs = [{"label": label, "link": name} for name in list(item.get("links", {}))[:1]]
    return {"text": text, "refs": refs, "items": [item["id"]]}


def answer(part: str, prompt: str) -> dict[str, Any]:
    """What a careful model would say."""
    if part == "again":
        return {"pieces": []}
    items = items_of(prompt)
    bullets = [bullet for item in items if (bullet := bullet_for(item))]
    if part == "overview":
        headed = [{"head": f"{bullet['refs'][0]['label']} 소식", **bullet} for bullet in bullets]
        return {"topics": [{"title": _TOPICS[part], "bullets": headed}]}
    return {"topics": [{"title": _TOPICS[part], "bullets": bullets[1:] or bullets}], **_opening(items, bullets)}


def _opening(items: Sequence[Mapping[str, Any]], bullets: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    said = next((said for words, said in _OPENINGS.items() if any(words in item["text"] for item in items)), None)
    said = said or next(iter(_OPENINGS.values()))
    lead = [items[0]["id"]]
    return {
        "title": {"text": said["title"], "items": lead},
        "description": {"text": said["description"], "items": [item["id"] for item in items]},
        "intro": list(bullets[:1]),
        "viewpoint": [{"text": said["viewpoint"], "items": lead}],
        "tags": said["tags"],
    }


def as_text(answered: Mapping[str, Any]) -> str:
    """An answer as a model writes it."""
    return json.dumps(answered, ensure_ascii=False)


def answer_of_body(body: dict[str, Any]) -> str:
    """The same for a request as it comes over the wire."""
    return as_text(answer(part_of(body), body["messages"][1]["content"]))
