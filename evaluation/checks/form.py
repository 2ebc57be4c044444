"""Operators on form: what a model adds around its answer, and what a page would run or show."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evaluation.checks.mutation import Change, Named, Setting

_CHATTER = (
    "다음은 요약입니다: {}",
    "물론입니다! {}",
    "요청하신 내용을 정리했습니다. {}",
    "아래는 뉴스레터의 주요 내용입니다. {}",
    "{} 추가로 필요한 내용이 있으면 말씀해 주세요.",
    "{} 이상으로 요약을 마칩니다.",
    "AI 언어 모델로서 정확한 답을 드리기는 어렵습니다. {}",
    "{} 도움이 되었기를 바랍니다.",
    "{} 지시에 따라 합니다체로 작성했습니다.",
    "제공된 항목에 따르면 {}",
)
_PLACEHOLDERS = (
    "[회사명]",
    "[날짜]",
    "{{제목}}",
    "<모델 이름>",
    "OOO",
    "TODO",
    "[링크]",
    "XX%",
    "(추후 확인)",
    "{name}",
)
_URLS = (
    "https://example.com/blog/announcement",
    "https://www.youtube.com/watch",
    "https://link.url",
    "www.openai-news.co.kr",
    "http://bit.ly/3xYzAbC",
)
_HTML = (
    '<a href="https://example.com">{}</a>',
    "<b>{}</b>",
    "{}<br>",
    "<script>alert(1)</script>{}",
    '<img src="x" onerror="alert(1)">{}',
    "{}&nbsp;",
    "<span style='color:red'>{}</span>",
)
_INVISIBLE = ("\u200b", "\u202e", "\u00ad", "\ufeff", "\u2066")
_WORD = re.compile(r"[A-Za-z가-힣][A-Za-z가-힣0-9]+")


def _in_a_word(setting: Setting) -> re.Match[str]:
    return setting.random.choice(list(_WORD.finditer(setting.bullet.text)))


def _wrapped(setting: Setting, before: str, after: str) -> Change:
    text, word = setting.bullet.text, _in_a_word(setting)
    return Change(setting.with_text(f"{text[: word.start()]}{before}{word[0]}{after}{text[word.end() :]}"))


def model_chatter(setting: Setting) -> Iterator[Change]:
    yield Change(setting.with_text(setting.random.choice(_CHATTER).format(setting.bullet.text)))


def placeholder_left(setting: Setting) -> Iterator[Change]:
    text, word = setting.bullet.text, _in_a_word(setting)
    blank = setting.random.choice(_PLACEHOLDERS)
    yield Change(setting.with_text(f"{text[: word.start()]}{blank}{text[word.end() :]}"))


def markdown_left(setting: Setting) -> Iterator[Change]:
    """Bold, a link, a heading, a list, code that is not closed."""
    text = setting.bullet.text
    marks = (("**", "**"), ("**", ""), ("[", "](7a)"), ("__", "__"), ("[", "](https://example.com)"))
    yield _wrapped(setting, *setting.random.choice(marks))
    yield Change(setting.with_text(setting.random.choice(("## ", "- ", "* ", "> ", "1. ", "```\n")) + text))


def url_in_the_text(setting: Setting) -> Iterator[Change]:
    yield _wrapped(setting, "", f"({setting.random.choice(_URLS)})")


def html_left(setting: Setting) -> Iterator[Change]:
    before, after = setting.random.choice(_HTML).split("{}")
    yield _wrapped(setting, before, after)


def invisible_character(setting: Setting) -> Iterator[Change]:
    text, word = setting.bullet.text, _in_a_word(setting)
    at = word.start() + 1
    yield Change(setting.with_text(text[:at] + setting.random.choice(_INVISIBLE) + text[at:]))


def id_of_the_question_left(setting: Setting) -> Iterator[Change]:
    """Ids of items or links of the question, as if they were references."""
    tag = setting.random.choice((" [7]", " (7a)", " [3a]", " (항목 12)", " [s2i5]", "【4】"))
    yield Change(setting.with_text(setting.bullet.text.removesuffix(".") + tag + "."))


FORM: tuple[Named, ...] = (
    Named("model chatter", "form", model_chatter),
    Named("placeholder left", "form", placeholder_left),
    Named("Markdown left", "form", markdown_left),
    Named("URL in the text", "form", url_in_the_text),
    Named("HTML left", "form", html_left),
    Named("invisible character", "form", invisible_character),
    Named("id of the question left", "form", id_of_the_question_left),
)
