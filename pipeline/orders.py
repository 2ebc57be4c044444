"""Text that addresses a language model instead of a reader.

Newsletters about AI talk of prompts and jailbreaks, which is news; an item that itself gives orders to whoever
summarises it is not. Such an item is kept and flagged, and never put before a model. This catches plain attempts only:
what holds for the others is that a post can say nothing that the cited items do not.
"""

from __future__ import annotations

import re
from functools import lru_cache

ORDERS: tuple[tuple[str, str], ...] = (
    (r"^\W{0,3}(?:system|assistant|summari[sz]er)\s?[:,]\s", "names a model as addressee"),
    (
        r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|prompt|rule|polic|above|previous|prior)",
        "lifts instructions",
    ),
    (
        r"\b(?:new|real|actual|updated) (?:system )?(?:instructions?|newsletter|task)"
        r" (?:is|are|begins?|starts?|follows?)\b",
        "replaces the task",
    ),
    (
        r"\byou are (?:now )?(?:an? )?(?:ai|language model|assistant|chatgpt|summari[sz]er|dan)\b",
        "tells a model what it is",
    ),
    (
        r"\b(?:print|output|reveal|repeat|show|include|leak)\b.{0,30}"
        r"\b(?:system prompt|your (?:prompt|instructions)|api key)",
        "asks for secrets",
    ),
    (
        r"\bin (?:your|the) (?:summary|answer|reply|response|output)\b.{0,60}"
        r"\b(?:add|insert|include|say|write|state|mention|link)",
        "orders an answer",
    ),
    (
        r"\b(?:add|insert|include|put)\b.{0,40}"
        r"\b(?:to|in|into) (?:your|the|every|each) (?:summary|answer|reply|response|output|post|bullet)",
        "orders an answer",
    ),
    (
        r"\b(?:set|change|make)\b.{0,20}"
        r"\b(?:the )?(?:title|description|tags?|viewpoint|front matter)\b.{0,20}\b(?:to|as)\b",
        "orders a title",
    ),
    (
        r"(?:^|[.!?:;]\s)\W{0,3}(?:please )?(?:describe|present|summari[sz]e|call|title|headline) "
        r"(?:the|this|today.s) (?:day|issue|post|newsletter|news|summary|digest) (?:as|to be|after)\b",
        "orders a description",
    ),
    (r"(?:^|[.!?:;]\s)\W{0,3}(?:please )?tag (?:it|this|the (?:day|issue|post|summary|newsletter))\b", "orders a tag"),
    (
        r"</?(?:items|pieces|preview|system|instructions?)>|\bend of (?:the )?(?:items|newsletter|data|json)\b",
        "forges a delimiter",
    ),
    (
        r"(?:이전|위의?|앞의?|모든) ?(?:지시|명령|규칙|프롬프트)(?:사항)?[을를은]? ?(?:모두 |전부 )?(?:무시|잊|따르지)",
        "lifts instructions",
    ),
    (r"(?:요약|번역|답변|작성)(?:하는)? ?(?:담당자|모델|인공지능|AI|봇)[은는이가]?[ ,:]", "names a model as addressee"),
    (r"시스템 ?프롬프트[를을]? ?(?:출력|공개|보여|적)", "asks for secrets"),
)
"""What an order looks like, with why; each matches within a sentence or two, in linear time."""

_ORDERS = re.compile("|".join(f"(?:{pattern})" for pattern, _ in ORDERS), re.IGNORECASE | re.MULTILINE)


@lru_cache(maxsize=2048)  # asked of each item when items are chosen, and again when it is told what was left out
def addresses_a_model(text: str) -> bool:
    """Whether an item gives orders to whoever summarises it."""
    return bool(_ORDERS.search(text))
