"""Faithful bullets on a real newsletter pass, and fail on the items of other stories."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from pipeline.records.issues import CleanIssue, Item, Section
from pipeline.verify import Prepared, place_findings
from pipeline.verify.index import Index, Place
from tests.shared import NEWSLETTERS, needs_shared

# A few words of the newsletter that find the item, and what a careful editor writes of it.
BULLETS = (
    (
        "API and cloud providers",
        "API와 함께 Bedrock, Vertex AI, Microsoft Foundry 등 클라우드에서도 제공된다고 알려졌습니다.",
    ),
    ("Claude Code shipped day-one", "Claude Code는 첫날부터 지원을 시작했고 `xhigh`를 기본 노력 수준으로 정했습니다."),
    ("uses a different tokenizer", "여러 관찰자가 Opus 4.7이 4.6과 다른 토크나이저를 쓴다는 사실을 발견했습니다."),
    (
        "increased limits for all",
        "Boris Cherny는 늘어난 토큰 사용을 상쇄하려고 모든 구독자의 한도를 올렸다고 밝혔습니다.",
    ),
    ("Document reasoning:", "문서 추론 점수는 57.1%에서 80.6%로 올랐다는 외부 평가가 나왔습니다."),
    ("Vals AI said", "Vals AI는 Opus 4.7이 Vals Index에서 71.4%로 이전 최고 67.7%를 넘어 1위를 차지했다고 전했습니다."),
    ("its internal benchmark jumped", "Cursor는 자사 내부 벤치마크 점수가 58%에서 70%로 뛰었다고 밝혔습니다."),
    ("14% lift", "Notion은 내부 평가가 14% 올랐고 도구 오류는 3분의 1로 줄었다고 합니다."),
    ("no hard numbers", "GitHub도 비슷한 개선을 봤다고 하지만, 구체적인 수치는 공개되지 않았습니다."),
)


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    text = (NEWSLETTERS / "26-04-16-opus-47.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    plain = re.sub(r"\]\([^)\s]*\)", "]", text).replace("*", "").replace("[", "").replace("]", "")
    lines = [line.strip("- ") for line in plain.splitlines() if len(line) > 60]
    items = tuple(Item(id=f"s1i{number}", text=line) for number, line in enumerate(lines, 1))
    section = Section(id="s1", role="news", title="", items=items)
    published = dt.datetime(2026, 4, 16, tzinfo=dt.UTC)
    issue = CleanIssue(
        id="20260416-0123abcd",
        made_from="a" * 64,
        source="x",
        url="",
        title="",
        published=published,
        sections=(section,),
        links=(),
    )
    return Prepared(Index(issue))


def _cited(prepared: Prepared, words: str) -> str:
    return next(item.id for item in prepared.index.reportable if words in item.text)


@needs_shared
@pytest.mark.parametrize(("words", "text"), BULLETS, ids=[words for words, _ in BULLETS])
def test_faithful_bullets_of_a_real_newsletter_have_no_error(prepared: Prepared, words: str, text: str) -> None:
    made = Place("preview/0/0", "bullet", text, items=(_cited(prepared, words),))
    assert [one for one in place_findings(made, prepared) if one.severity == "error"] == []


@needs_shared
def test_bullets_on_other_items_have_an_error(prepared: Prepared) -> None:
    caught = total = 0
    for words, text in BULLETS:
        own = _cited(prepared, words)
        for item in [item.id for item in prepared.index.reportable if item.id != own][::20]:
            made = Place("preview/0/0", "bullet", text, items=(item,))
            caught += any(one.severity == "error" for one in place_findings(made, prepared))
            total += 1
    assert caught >= 0.9 * total
