"""Any Markdown post is read: its parts, its links, and the line of each."""

from __future__ import annotations

import pytest

from pipeline.audit.reading import ReadPost, read_post
from pipeline.errors import StageError

MATTER = """---
title: "작은 모델의 날"
description: "작은 모델 이야기입니다."
date: 2024-06-13
tags:
  - 양자화
  - 추론
---
"""

POST = (
    MATTER
    + """
Lumen\\_2가 나왔습니다. [Harbor](https://harbor.example/a)가
만들었습니다.

## Today's Preview
* **모델**
  - [kim](https://x.com/kim/status/1)은 3배 빠르다고 밝혔습니다.
* 데이터
  - 첫 문장입니다. [자세히 보기](https://x.com/lee/status/2)
- 이름 없는 소식입니다.

### AI Viewpoint 🤖
> 하나입니다. 둘입니다.

# Today's Overview
### 최신 인공지능 기술과 응용 분야의 종합 리포트

**1. 도구**
- **머리**: 본문입니다. ([A](https://a.example/1), [B](https://b.example/2))

**2.전망**
- **둘째 머리:** `code`를 씁니다 (출처: [C](https://c.example/3)).

원문: [News](https://news.example/1)
"""
)


@pytest.fixture
def post() -> ReadPost:
    return read_post(POST)


def line_of(words: str) -> int:
    return next(number for number, line in enumerate(POST.splitlines(), 1) if words in line)


def test_front_matter_has_its_lines(post: ReadPost) -> None:
    assert post.matter.title is not None
    assert (post.matter.title.text, post.matter.title.line) == ("작은 모델의 날", 2)
    assert [(tag.text, tag.line) for tag in post.matter.tags] == [("양자화", 6), ("추론", 7)]
    assert post.matter.faults == ()


def test_an_introduction_is_read_by_sentences_without_its_escapes(post: ReadPost) -> None:
    assert [text.text for text in post.intro] == ["Lumen_2가 나왔습니다.", "Harbor가 만들었습니다."]
    assert [(link.label, link.start) for link in post.intro[1].links] == [("Harbor", 0)]
    assert post.intro[1].line == line_of("Lumen")


def test_topics_are_bold_or_plain_and_bullets_may_have_none(post: ReadPost) -> None:
    topics = post.topics["preview"]
    assert [topic.title.text for topic in topics if topic.title] == ["모델", "데이터"]
    assert [[bullet.text for bullet in topic.bullets] for topic in topics] == [
        ["kim은 3배 빠르다고 밝혔습니다."],
        ["첫 문장입니다.", "이름 없는 소식입니다."],
    ]
    assert topics[0].bullets[0].line == line_of("kim")


def test_a_link_behind_the_sentence_is_a_reference_and_not_a_word_of_it(post: ReadPost) -> None:
    bullet = post.topics["preview"][1].bullets[0]
    assert [(link.label, link.start) for link in bullet.links] == [("자세히 보기", -1)]


def test_a_viewpoint_is_read_by_sentences(post: ReadPost) -> None:
    assert [text.text for text in post.viewpoint] == ["하나입니다.", "둘입니다."]


def test_overview_bullets_have_heads_and_trailing_references(post: ReadPost) -> None:
    tools, outlook = post.topics["overview"]
    assert tools.title
    assert tools.title.text == "도구"
    assert outlook.title
    assert outlook.title.text == "전망"
    first, second = tools.bullets[0], outlook.bullets[0]
    assert (first.head, first.text) == ("머리", "본문입니다.")
    assert [(link.label, link.url) for link in first.links] == [
        ("A", "https://a.example/1"),
        ("B", "https://b.example/2"),
    ]
    assert (second.head, second.text) == ("둘째 머리", "`code`를 씁니다")
    assert second.line == line_of("둘째 머리")


def test_the_last_line_is_a_credit_and_no_news(post: ReadPost) -> None:
    assert [credit.text for credit in post.credits] == ["원문: News"]


def test_every_link_is_kept_with_its_line(post: ReadPost) -> None:
    assert {link.url: link.line for link in post.links} == {
        "https://harbor.example/a": line_of("harbor.example"),
        "https://x.com/kim/status/1": line_of("kim"),
        "https://x.com/lee/status/2": line_of("lee/status"),
        "https://a.example/1": line_of("a.example"),
        "https://b.example/2": line_of("b.example"),
        "https://c.example/3": line_of("c.example"),
        "https://news.example/1": line_of("news.example"),
    }


def test_a_second_line_of_a_paragraph_has_its_own_line() -> None:
    read = read_post(MATTER + "\n하나입니다.\n둘은 [x](https://x.example/2)입니다.\n")
    assert [(text.text, text.line) for text in read.intro] == [("하나입니다.", 10), ("둘은 x입니다.", 11)]
    assert read.links[0].line == 11


def test_a_bare_address_is_a_link_and_no_text() -> None:
    read = read_post(MATTER + "\n자세한 글은 https://x.example/a_b_c?d=1에 있습니다. <https://y.example/>\n")
    assert [(link.label, link.url) for link in read.links] == [
        ("", "https://x.example/a_b_c?d=1"),
        ("", "https://y.example/"),
    ]
    assert read.intro[0].text == "자세한 글은 에 있습니다."


def test_an_address_is_one_run_of_characters_whatever_stands_in_it() -> None:
    read = read_post(MATTER + "\n하나는 https://x.example/_a_/*b* 둘은 https://y.example/?a=1&amp;b=2, 셋입니다.\n")
    assert [link.url for link in read.links] == ["https://x.example/_a_/", "https://y.example/?a=1&b=2"]
    assert read.intro[0].text == "하나는 b 둘은 , 셋입니다."


def test_an_address_in_a_label_or_in_code_is_no_link_of_its_own() -> None:
    read = read_post(MATTER + "\n[https://x.example/a_b](https://x.example/a_b)와 `https://y.example/_c_`입니다.\n")
    assert [(link.label, link.url) for link in read.links] == [("https://x.example/a_b", "https://x.example/a_b")]
    assert read.intro[0].text == "https://x.example/a_b와 `https://y.example/_c_`입니다."


def test_what_a_picture_shows_is_no_text() -> None:
    read = read_post(MATTER + "\n앞입니다. ![**큰** [그림](https://x.example/a)](https://x.example/p.png)\n뒤입니다.\n")
    assert [text.text for text in read.intro] == ["앞입니다.", "뒤입니다."]
    assert [(one.text, one.line) for one in read.images] == [("https://x.example/p.png", 10)]
    assert read.links == []


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_bullets_are_read_alike_with_and_without_empty_lines_between(between: str) -> None:
    bullets = ["- **머리**: 하나입니다.", "- 둘입니다. ([A](https://a.example/1))", "- 셋입니다."]
    read = read_post(MATTER + "\n## Preview\n\n" + between.join(bullets) + "\n")
    told = read.topics["preview"][0].bullets
    assert [(bullet.head, bullet.text) for bullet in told] == [
        ("머리", "하나입니다."),
        ("", "둘입니다."),
        ("", "셋입니다."),
    ]
    assert [bullet.line for bullet in told] == [12, 12 + len(between), 12 + 2 * len(between)]


def test_a_row_of_a_table_is_told_on_its_line() -> None:
    read = read_post(MATTER + "\n## Preview\n\n| 이름 | 값 |\n|---|---|\n| 하나입니다. | [둘](https://x.example/2) |\n")
    assert [(text.text, text.line) for text in read.topics["preview"][0].bullets] == [
        ("이름", 12),
        ("값", 12),
        ("하나입니다.", 14),
        ("둘", 14),
    ]


def test_pictures_html_and_code_are_noted() -> None:
    read = read_post(
        MATTER + '\n글입니다.<br>\n\n![p](https://cdn.example/p.png)\n\n<div onclick="x()">\n\n```\n1\n```\n'
    )
    assert [(one.text, one.line) for one in read.images] == [("https://cdn.example/p.png", 12)]
    assert [(one.text, one.line) for one in read.html] == [("<br>", 10), ('<div onclick="x()">', 14)]
    assert [one.line for one in read.code] == [16]


def test_an_unknown_heading_is_a_topic_of_the_overview() -> None:
    read = read_post(MATTER + "\n머리말입니다.\n\n## 새 소식\n- 소식입니다.\n")
    assert [text.text for text in read.intro] == ["머리말입니다."]
    assert [(topic.title.text, len(topic.bullets)) for topic in read.topics["overview"] if topic.title] == [
        ("새 소식", 1)
    ]


def test_a_windows_file_is_read_alike() -> None:
    lines = [text.line for text in read_post("\ufeff" + POST.replace("\n", "\r\n")).intro]
    assert lines == [text.line for text in read_post(POST).intro]


@pytest.mark.parametrize(
    ("matter", "told", "line"),
    [
        ("", "no front matter", 1),
        ("---\ntitle: a\n", "not closed", 1),
        ("---\ntitle: 'a\ndate: 2024-01-01\n---\n", "not YAML", 3),
        ("---\n- a\n---\n", "no names and values", 1),
        ("---\ntitle: a\n---\n", "no date", 1),
        ("---\ntitle: a\ndate: soon\n---\n", "not a day", 3),
        ("---\ntitle: [a]\ndate: 2024-01-01\n---\n", "title is not text", 2),
    ],
)
def test_what_is_wrong_with_front_matter_is_told(matter: str, told: str, line: int) -> None:
    faults = read_post(matter + "\n글입니다.\n").matter.faults
    assert [(told in fault.text, fault.line) for fault in faults] == [(True, line)]


@pytest.mark.parametrize("text", ["", MATTER, MATTER + "\n![](a.png)\n"])
def test_a_post_without_text_is_none(text: str) -> None:
    with pytest.raises(StageError, match="no text of a post"):
        read_post(text)


def test_deep_nesting_is_refused_and_not_left_out() -> None:
    with pytest.raises(StageError, match="nested too deeply"):
        read_post(MATTER + "\n" + ">" * 5000 + " 글입니다.\n")
