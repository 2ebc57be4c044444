from __future__ import annotations

import datetime as dt

import frontmatter
import pytest
import yaml
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from pipeline.emit import emit
from pipeline.records.drafts import Draft
from pipeline.records.issues import CleanIssue
from tests.make import MADE, bullet, draft, issue, item, link, part, section, verdict

LINKS = (
    link("l1", "https://x.com/a/status/1", text="a"),
    link("l2", "https://example.org/paper_(v2)", text="paper"),
)
ISSUE = issue(section("s1", "news", "Recap", item("s1i1", "text", "l1", "l2")), links=LINKS, url="https://n.example/1")
DAY = dt.date(2024, 6, 12)


def written(of: Draft, *, source: CleanIssue = ISSUE, credit: str | None = "AINews", update: dt.date = DAY) -> str:
    return emit(
        verdict(of),
        source,
        file="daily-20240612.md",
        day=DAY,
        update=update,
        credit=credit,
        made_from=MADE,
        overview_heading="### Report",
    ).text


WHOLE = draft(
    title='Lumen-2: "작은" 모델, 12:30에 공개',
    intro=[bullet("Harbor가 Lumen-2를 공개했습니다.", "s1i1", refs=[("Lumen-2", "l1")])],
    viewpoint=["첫 문장입니다.", "둘째 문장입니다."],
    preview=part(("공개", [bullet("Harbor가 Q4_K_M 판을 냈습니다.", "s1i1", refs=[("Harbor", "l1")])])),
    overview=part(
        ("추론", [bullet("속도가 두 배입니다.", "s1i1", head="빨라진 추론", refs=[("논문", "l2"), ("글", "l1")])])
    ),
)


def test_a_post_has_the_form_of_the_blog() -> None:
    assert written(WHOLE) == (
        "---\n"
        'title: "Lumen-2: \\"작은\\" 모델, 12:30에 공개"\n'
        'description: "양자화와 추론 비용을 다룬 소식을 모았습니다."\n'
        "date: 2024-06-12\n"
        "update: 2024-06-12\n"
        "tags:\n"
        '  - "양자화"\n'
        '  - "추론"\n'
        '  - "RAG"\n'
        "---\n"
        "\n"
        "Harbor가 [Lumen-2](https://x.com/a/status/1)를 공개했습니다.\n"
        "\n"
        "## Today's Preview\n"
        "\n"
        "* **공개**\n"
        "  - [Harbor](https://x.com/a/status/1)가 Q4\\_K\\_M 판을 냈습니다.\n"
        "\n"
        "### AI Viewpoint 🤖\n"
        "\n"
        "> 첫 문장입니다. 둘째 문장입니다.\n"
        "\n"
        "## Today's Overview\n"
        "\n"
        "### Report\n"
        "\n"
        "**1. 추론**\n"
        "\n"
        "- **빨라진 추론**: 속도가 두 배입니다. "
        "([논문](https://example.org/paper_(v2)), [글](https://x.com/a/status/1))\n"
        "\n"
        "원문: [AINews, Small models](https://n.example/1)\n"
    )


def test_the_credit_can_be_left_out_and_needs_no_address() -> None:
    assert "원문" not in written(WHOLE, credit=None)
    assert written(WHOLE, source=ISSUE.model_copy(update={"url": ""})).endswith("\n원문: AINews, Small models\n")


def test_a_label_that_is_not_in_the_text_becomes_a_trailing_reference() -> None:
    of = draft(intro=[bullet("모델이 나왔습니다.", "s1i1", refs=[("Harbor Labs", "l1")])])
    assert "모델이 나왔습니다. ([Harbor Labs](https://x.com/a/status/1))" in written(of)


def test_two_labels_of_which_one_holds_the_other_both_find_their_place() -> None:
    of = draft(
        intro=[bullet("Lumen-2 8B가 Lumen-2를 이었습니다.", "s1i1", refs=[("Lumen-2", "l1"), ("Lumen-2 8B", "l2")])]
    )
    assert (
        "[Lumen-2 8B](https://example.org/paper_(v2))가 [Lumen-2](https://x.com/a/status/1)를 이었습니다."
        in written(of)
    )


NASTY = [
    "1e3",
    "0x1F",
    "12:30",
    "yes",
    "~",
    "null",
    "2024-02-29",
    "a: b # c",
    "'",
    '"',
    "- x",
    "&a",
    "*a",
    "!!int 3",
    "{a}",
    "\\",
    "끝 ",
    "%",
    "@x",
    "`",
]


@pytest.mark.parametrize("text", NASTY)
def test_front_matter_reads_back_as_the_same_strings(text: str) -> None:
    read = frontmatter.loads(written(draft(title=text, description=text, tags=[text, "b", "c"])))
    assert (read["title"], read["description"], read["tags"][0]) == (text, text, text)
    assert read["date"] == read["update"] == DAY
    assert set(read.metadata) == {"title", "description", "date", "update", "tags"}


@pytest.mark.parametrize(
    "text", ["<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "---", "{{< x >}}", "a\n\n# b", "$x$"]
)
def test_text_of_a_model_makes_no_markup_anywhere(text: str) -> None:
    of = draft(
        intro=[bullet(text, "s1i1")],
        viewpoint=[text],
        preview=part((text, [bullet(text, "s1i1", refs=[(text, "l1")])])),
        overview=part((text, [bullet(text, "s1i1", head=text, refs=[(text, "l1")])])),
    )
    post = written(of)
    assert post.count("\n---\n") == 1
    html = MarkdownIt("commonmark").render(post.split("\n---\n", 1)[1])
    soup = BeautifulSoup(html, "lxml")
    allowed = {"html", "body", "p", "h2", "h3", "ul", "li", "strong", "a", "blockquote"}
    assert {tag.name for tag in soup.find_all(True)} <= allowed
    assert {a["href"] for a in soup.find_all("a")} <= {"https://x.com/a/status/1", "https://n.example/1"}
    assert [h.get_text() for h in soup.find_all("h2")] == ["Today's Preview", "Today's Overview"]


def test_bold_heads_are_bold_whatever_they_end_with() -> None:
    for head in ("양자화(4-bit)", "“말”", "50%", "모델!"):
        of = draft(overview=part((head, [bullet("문장입니다.", "s1i1", head=head)])))
        soup = BeautifulSoup(MarkdownIt("commonmark").render(written(of).split("\n---\n", 1)[1]), "lxml")
        assert [strong.get_text() for strong in soup.find_all("strong")] == [f"1. {head}", head]


def test_the_same_verdict_makes_the_same_bytes() -> None:
    assert written(WHOLE) == written(WHOLE)


def test_a_yaml_1_2_reader_sees_only_quoted_strings() -> None:
    front = written(WHOLE).split("---\n")[1]
    for token in yaml.scan(front):
        if isinstance(token, yaml.ScalarToken) and token.value not in {
            "title",
            "description",
            "date",
            "update",
            "tags",
            "2024-06-12",
        }:
            assert token.style == '"'
