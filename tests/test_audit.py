"""A post is held against a newsletter: what is right passes, what is wrong is told with its line."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipeline.audit import AuditFinding, audit, earlier_post
from pipeline.audit.drafting import with_details_as_news
from pipeline.audit.found_items import Newsletter
from pipeline.clean import clean, clean_url
from pipeline.extract import extract
from pipeline.fetch import issue_of_file
from pipeline.records.issues import CleanIssue, Item, Section
from pipeline.verify.index import Index
from tests.rooms import files_below, maeil
from tests.small import NEWSLETTER
from tests.test_runs import Desk

FILMS = """
- **Talk**: [a talk on Marlin 2](https://www.youtube.com/watch?v=aaaaaaaaaaa) explains its planner and its memory.
- **Other talk**: [a talk on Orrery](https://www.youtube.com/watch?v=bbbbbbbbbbb) shows prices of planets.
- **Lantern**: [@kestrel_demo](https://x.com/kestrel_demo/status/77) also showed Lantern, a profiler for GPUs.
"""

POST = """---
title: "Harbor Labs, 8B 모델 Lumen-2 공개"
description: "새 모델과 함께 투자 유치와 양자화 소식을 전합니다."
date: 2024-06-13
tags:
  - 양자화
  - 추론
  - 투자
---

[Harbor Labs](https://harbor.example/lumen-2?v=2)는 MIT 라이선스로 8B 모델 Lumen-2를 공개했습니다. 작은 모델의 날입니다.

## Today's Preview
* **모델과 비용**
  - [harbor_demo](https://x.com/harbor_demo/status/1)는 Lumen-2를 6.2조 토큰으로 학습했다고 밝혔습니다.
  - [kestrel_demo](https://x.com/kestrel_demo/status/2)는 디코딩이 2.7배 빠른 Kestrel v0.9를 공개했습니다.
  - [northwind_demo](https://x.com/northwind_demo/status/3)는 기업 가치 78억 달러에 12억 달러를 유치했습니다.

### AI Viewpoint 🤖
> 라이선스가 자유로운 Lumen-2라도 학습 비용은 따로 따져야 합니다.

# Today's Overview
### 최신 인공지능 기술과 응용 분야의 종합 리포트

**1. 도구와 데이터**
- **소식 Wren-1**: Wren-1 데이터셋에는 음성 5만 5천 시간이 담겨 있습니다. ([Wren-1](https://huggingface.co/datasets/wren/wren-1))
- **소식 Marlin 2**: Marlin 2는 500개 이슈 가운데 158개를 해결했습니다. ([Marlin 2](https://arxiv.org/abs/2406.99001))
- **소식 Cooperage**: Cooperage 8x7B의 가격은 입력 100만 토큰당 0.65달러입니다. ([Cooperage 8x7B](https://huggingface.co/cooperage/8x7b))

원문: [Small models, small bills](https://news.example/issues/24-06-12)
"""


def issue_of(text: str) -> CleanIssue:
    body = text.encode()
    now = dt.datetime(2024, 6, 13, tzinfo=dt.UTC)
    raw = issue_of_file("24-06-12-small.md", body, source="input", now=now, zone=ZoneInfo("UTC"), day=None)
    return clean(extract(raw, body, made_from=raw.made_from), made_from=raw.made_from)


ISSUE = issue_of(NEWSLETTER + FILMS)


def audited(text: str, **given: object) -> tuple[AuditFinding, ...]:
    return audit(text, ISSUE, clean_url=clean_url, **given)  # type: ignore[arg-type]


def changed(old: str, new: str) -> tuple[AuditFinding, ...]:
    """Findings of the post with one thing changed."""
    assert POST.count(old) == 1
    return audited(POST.replace(old, new))


def line_of(words: str) -> int:
    return next(number for number, line in enumerate(POST.splitlines(), 1) if words in line)


def test_a_faithful_post_has_no_error() -> None:
    assert [one for one in audited(POST) if one.severity == "error"] == []


MARLIN = "https://arxiv.org/abs/2406.99001"
KESTREL = "[kestrel_demo](https://x.com/kestrel_demo/status/2)"
CREDIT = "[Small models, small bills](https://news.example/issues/24-06-12)"


@pytest.mark.parametrize(
    ("old", "new", "finding", "told", "expected"),
    [
        # figures and names
        ("6.2조", "6.2억", "error numbers", "wrong scale", "6.2T"),
        ("100만 토큰당 0.65", "토큰당 0.65", "error numbers", "divides by", "$0.65 per 1M input"),
        ("158개", "185개", "error numbers", "not in", ""),
        ("Kestrel v0.9", "Kestrel v0.8", "error names", "not in", "v0.9"),
        ("Marlin 2는", "Marlin 3는", "error names", "version", ""),
        # addresses
        ("kestrel_demo/status/2", "kestrel_demo/status/9", "error links", "another status of that account", "status/"),
        (MARLIN, MARLIN[:-1], "error links", "cut short", MARLIN),
        (MARLIN, "https://link.url", "error links", "placeholder", ""),
        (MARLIN, "javascript:alert(1)", "error links", "open web", ""),
        (MARLIN, "/posts/marlin", "error links", "leads nowhere", ""),
        (MARLIN, "https://invented.example/x", "error links", "not in the newsletter", ""),
        (
            "harbor_demo/status/1",
            "harbor_demo/status/1?s=20&utm_source=a",
            "error tracking",
            "s, utm_source",
            "status/1",
        ),
        ("lumen-2?v=2", "lumen-2?v=2&ref=blog.example", "error tracking", "parameters: ref", "lumen-2?v=2"),
        ("x.com/harbor_demo", "twitter.com/harbor_demo", "warning links", "spelling", "x.com"),
        ("wren/wren-1)", "wren/wren-1/)", "warning links", "spelling", "wren/wren-1"),
        ("([Wren-1]", "([여기]", "warning labels", "does not say", ""),
        (KESTREL, KESTREL.replace("kestrel", "silt", 1), "error labels", "name", ""),
        # language and form
        ("밝혔습니다.", "밝혔다.", "error language", "", ""),
        ("Lumen-2를 6.2조", "Lumen-2을 6.2조", "error particles", "sound", "Lumen-2를"),
        ("유치했습니다.", "유치했습니다.<br>", "error form", "raw HTML", ""),
        ("유치했습니다.", "유치했습니다. <!-- 비밀 -->", "warning form", "comment", ""),
        ("유치했습니다.", "유치했습니다. ![p](https://cdn.example/p.png)", "warning images", "another site", ""),
        ("  - 투자", "  - 양자화", "warning form", "twice", ""),
        ("date: 2024-06-13", "date: soon", "error form", "not a day", ""),
        (CREDIT, "Other News", "warning support", "credit", "Small models"),
    ],
)
def test_one_thing_wrong_is_told(old: str, new: str, finding: str, told: str, expected: str) -> None:
    found = changed(old, new)
    hits = [one for one in found if f"{one.severity} {one.check}" == finding and told in one.message]
    assert hits, found
    assert any(expected in one.expected for one in hits), hits
    assert {one.line for one in hits} == {line_of(old)}


def test_an_address_without_a_label_is_told() -> None:
    found = changed(
        "[Wren-1](https://huggingface.co/datasets/wren/wren-1)", "https://huggingface.co/datasets/wren/wren-1"
    )
    assert [one.message for one in found if one.check == "links"] == [
        "an address stands in the text instead of a label"
    ]


def test_a_link_of_a_film_without_its_id_expects_the_film_that_the_text_tells() -> None:
    bullet = "- **강연**: Orrery 강연은 행성들의 가격을 보여 줍니다. ([강연](https://www.youtube.com/watch))\n"
    found = audited(POST.replace("\n원문:", bullet + "\n원문:"))
    [link] = [one for one in found if one.check == "links" and one.severity == "error"]
    assert "cut short" in link.message
    assert link.expected == "https://www.youtube.com/watch?v=bbbbbbbbbbb"


def test_an_address_as_the_newsletter_had_it_before_cleaning_is_told_with_the_clean_one() -> None:
    [one] = [one for one in changed("lumen-2?v=2", "lumen-2?utm_source=news&v=2") if one.severity == "error"]
    assert (one.check, one.expected) == ("tracking", "https://harbor.example/lumen-2?v=2")


def test_two_pages_under_one_label_of_a_bullet_are_told() -> None:
    both = "([GitHub](https://arxiv.org/abs/2406.99001), [GitHub](https://arxiv.org/abs/2406.99002))"
    found = changed("([Marlin 2](https://arxiv.org/abs/2406.99001))", both)
    assert any(one.check == "links" and "same label" in one.message for one in found)


def test_text_of_no_item_is_told_with_its_figures() -> None:
    bullet = "- **난초 재배**: 온실 난방비가 4096원에서 8192원으로 올라 난초 농가가 시름에 잠겼습니다.\n"
    found = audited(POST.replace("\n원문:", bullet + "\n원문:"))
    errors = [one for one in found if one.severity == "error"]
    assert "nothing in the newsletter says this" in [one.message for one in errors]
    assert {"4096원", "8192원"} <= {one.text for one in errors if one.check == "numbers"}
    assert {one.line for one in errors} == {line_of("원문") - 1}


def test_a_link_of_another_story_is_told() -> None:
    found = changed(
        "[Marlin 2](https://arxiv.org/abs/2406.99001)", "[northwind_demo](https://x.com/northwind_demo/status/3)"
    )
    errors = [one for one in found if one.severity == "error" and one.line == line_of("Marlin 2는")]
    assert any(one.check == "support" and "links do not stand" in one.message for one in errors), found


def test_a_bullet_that_joins_two_items_rests_on_both() -> None:
    joined = (
        "- **두 소식**: Marlin 2는 500개 이슈 가운데 158개를 해결했습니다. "
        "Longshore는 100만 토큰 맥락을 읽습니다. ([Marlin 2](https://arxiv.org/abs/2406.99001))"
    )
    line = POST.splitlines()[line_of("Marlin 2는") - 1]
    assert [one for one in changed(line, joined) if one.severity == "error"] == []


def test_a_copied_bullet_is_one_finding_that_names_the_post() -> None:
    before = earlier_post("daily-20240612.md", POST.replace("158개", "159개"), dt.date(2024, 6, 12))
    found = [one for one in audited(POST, earlier=(before,)) if one.check == "freshness"]
    copied = [one for one in found if one.line == line_of("Wren-1 데이터셋")]
    assert [(one.severity, "daily-20240612.md" in one.message) for one in copied] == [("error", True)]
    assert copied[0].text == "Wren-1 데이터셋에는 음성 5만 5천 시간이 담겨 있습니다."
    assert [one.severity for one in found if one.line == line_of("158개")] == ["warning"]


def test_a_sentence_of_a_prompt_is_told() -> None:
    found = audited(POST, examples=("Wren-1 데이터셋에는 음성 5만 5천 시간이 담겨 있습니다.",))
    assert any("example of the prompt" in one.message for one in found)


def test_what_an_editor_accepted_is_not_told_again() -> None:
    [one] = [one for one in changed("6.2조", "6.2억") if one.check == "numbers"]
    assert audited(POST.replace("6.2조", "6.2억"), accepted=(one.id,)) == audited(POST)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.add()
    made.run()
    return made


def test_our_own_posts_pass_and_nothing_is_written(desk: Desk) -> None:
    shutil.rmtree(desk.root / "data" / "work")
    before = files_below(desk.root)
    result = maeil(desk.root, "check", "--all")
    assert (result.exit_code, "1 post checked: 0 errors" in result.output) == (0, True)
    assert files_below(desk.root) == before


def test_a_post_that_was_edited_by_hand_is_found_out(desk: Desk) -> None:
    desk.post().write_text(desk.post().read_text("utf-8").replace("6.2조", "6.2억"), "utf-8")
    result = maeil(desk.root, "check", "--all")
    assert result.exit_code == 1
    [line] = [line for line in result.output.splitlines() if " error " in line]
    assert line.startswith("data/posts/daily-20240613.md:17 error numbers: wrong scale (6.2억")
    assert "expected 6.2T" in line


def test_json_is_a_list_of_findings(desk: Desk) -> None:
    desk.post().write_text(desk.post().read_text("utf-8").replace("6.2조", "6.2억"), "utf-8")
    newsletter = str(desk.folder / "24-06-12-small.md")
    for against in (newsletter, "20240613"):
        result = maeil(desk.root, "check", str(desk.post()), "--against", against, "--json")
        found = json.loads(result.output)
        assert result.exit_code == 1
        assert all(
            set(one) == {"kind", "id", "check", "severity", "line", "text", "message", "expected"} for one in found
        )
        assert [one["check"] for one in found if one["severity"] == "error"] == ["numbers"]
    assert {one["post"] for one in json.loads(maeil(desk.root, "check", "--all", "--json").output)} == {
        "data/posts/daily-20240613.md"
    }


def test_a_post_whose_newsletter_is_gone_does_not_stop_the_others(desk: Desk) -> None:
    next((desk.root / "data" / "raw").rglob("*.issue.json")).unlink()
    result = maeil(desk.root, "check", "--all")
    assert result.exit_code == 1
    assert "is gone" in result.stderr
    assert "0 posts checked" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("missing.md", "--against", "{news}"), 1, "missing.md: there is no such file"),
        (("{post}", "--against", "missing.md"), 1, "missing.md: there is no such file"),
        (("{post}", "--against", "{news}", "--earlier", "missing.md"), 1, "missing.md: there is no such file"),
        (("{binary}", "--against", "{news}"), 1, "not text in UTF-8"),
        (("{empty}", "--against", "{news}"), 1, "no text of a post"),
        (("{post}", "--against", "{binary}"), 1, "photo.md"),
        (("{post}", "--against", "20990101"), 2, "no such issue"),
        (("{post}",), 2, "--against"),
        ((), 2, "--against"),
        (("{post}", "--all"), 2, "--all takes neither"),
    ],
)
def test_what_cannot_be_checked_is_told_in_one_line(
    tmp_path: Path, arguments: tuple[str, ...], status: int, told: str
) -> None:
    desk = Desk(tmp_path)
    files = {"news": "24-06-12.md", "post": "daily-20240613.md", "binary": "photo.md", "empty": "empty.md"}
    bodies = {"news": NEWSLETTER.encode(), "post": POST.encode(), "binary": b"\x89PNG\r\n\x1a\n\xff\x00", "empty": b""}
    for name, body in bodies.items():
        (tmp_path / files[name]).write_bytes(body)
    paths = {name: str(tmp_path / file) for name, file in files.items()}
    result = maeil(desk.root, "check", *(argument.format(**paths) for argument in arguments))
    assert result.exit_code == status, result.output
    assert told in result.stderr.splitlines()[-1]
    assert "Traceback" not in result.output


def test_a_part_that_the_post_does_not_tell_is_no_heading_of_another() -> None:
    """Of the channel-by-channel part only what a post tells is kept: its other channels head nothing."""
    told, untold, news = (Item(id=f"s{number}i1", text=f"Kestrel {number} is out.") for number in (1, 2, 3))
    sections = (
        Section(id="s1", role="detail", title="one channel", items=(told,)),
        Section(id="s2", role="detail", title="another channel", items=(untold,)),
        Section(id="s3", role="news", title="Benchmarks", items=(news,)),
    )
    newsletter = Newsletter(Index(ISSUE.model_copy(update={"sections": sections})), clean_url=clean_url)
    index = with_details_as_news(newsletter, {"s1i1"}).index
    assert [item.head for item in index.reportable] == ["one channel", "Benchmarks"]
    assert with_details_as_news(newsletter, {"s3i1"}) is newsletter
