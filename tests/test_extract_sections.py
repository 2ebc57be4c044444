from __future__ import annotations

import pytest

from tests.extracted import items, read, roles, texts

CHANNEL = "[general](https://discord.com/channels/1/2/3)"
GUILD = "[Alpha](https://discord.com/channels/1)"

FIRST_ERA = f"""<!-- buttondown-editor-mode: plaintext -->A lead with https://x.example/lead

[TOC]

## {GUILD} Discord Summary

- **One**: first
- **Two**: second

**Alpha Channel Summaries**

### ▷ #{CHANNEL} (90 messages🔥):

- **Detail**: said `@a`

## [Beta](https://discord.com/channels/9) Discord Summary

- **Three**: third

**Beta Channel Summaries**

### ▷ #{CHANNEL} (1 messages):

- more
"""

FIFTH_ERA = f"""<!-- buttondown-editor-mode: plaintext -->**Tagline is all you need.**

> AI News for 1/1/2025-1/2/2025. We checked 7 subreddits and **30** Discords for you.

The lead, with [a link](https://x.example/lead).

---

**[Sponsored by Acme]** Buy our [thing](https://acme.example/).

> The editor's commentary: nice [docs](https://acme.example/docs).

---

{{% if medium == 'web' %}}

**Table of Contents**

[TOC]

{{% else %}}

The **Table of Contents** is in the web version of this email: [{{{{ email.subject }}}}]({{{{ email_url }}}})!

{{% endif %}}

---

# AI Twitter Recap

> all recaps done by a model.

**Models**

- **New model**: [@a](https://x.example/t1) says
- **Old model**: [@b](https://x.example/t2) says

# AI Reddit Recap

Our pipeline is down, sorry.

# AI Discord Recap

> A summary of Summaries of Summaries

## Claude 3 Sonnet

- one

## GPT4O (gpt-4o-2024-05-13)

- one again

# PART 1: High level Discord summaries

## {GUILD} Discord

- **Bullet**: text
   - sub text

---

The **Beta Discord** has no new messages. If this guild has been quiet for too long, let us know.

---

You are receiving this email because you opted in via our site.

Want to change how you receive these emails?
You can [unsubscribe]({{{{{{RESEND_UNSUBSCRIBE_URL}}}}}}) from this list.

---

# PART 2: Detailed by-Channel summaries and links

{{% if medium == 'web' %}}

### **Alpha ▷ #{CHANNEL}** (90 messages🔥):

- detail one

# NumPy version

- pasted {{% if x %}} inline {{% endif %}} stays

{{% else %}}

> The full channel by channel breakdowns have been truncated for email.

{{% endif %}}
"""

EIGHTH_ERA = """**a quiet day.**

> AI News for 4/14/2026-4/16/2026. We checked 12 subreddits.

---

**Top Story: Something**

## What happened

It happened [[@a](https://x.example/1), [@b](https://x.example/2)].

### Numbers

- **SWE**: 64.3%

# AI Reddit Recap

## /r/LocalLlama Recap

### 1. A theme

  - **[A post](https://www.reddit.com/r/x/1)** (Activity: 10): **It says so.**

    - a comment
    - another comment

# AI Discords

Unfortunately, Discord shut down our access today.
"""


def test_the_first_era_has_a_summary_and_the_channels_of_each_server() -> None:
    assert roles(read(FIRST_ERA)) == [
        ("intro", ""),
        ("community", "Alpha Discord Summary"),
        ("detail", "Alpha Channel Summaries"),
        ("community", "Beta Discord Summary"),
        ("detail", "Beta Channel Summaries"),
    ]
    assert texts(read(FIRST_ERA))[0] == "A lead with \u2026"


def test_the_fifth_era_has_all_parts() -> None:
    issue = read(FIFTH_ERA)
    assert roles(issue) == [
        ("intro", ""),
        ("boilerplate", ""),
        ("boilerplate", "Table of Contents"),
        ("news", "AI Twitter Recap"),
        ("boilerplate", "AI Reddit Recap"),
        ("community", "AI Discord Recap"),
        ("community", "Claude 3 Sonnet"),
        ("boilerplate", "GPT4O (gpt-4o-2024-05-13)"),
        ("community", "PART 1: High level Discord summaries"),
        ("community", "Alpha Discord"),
        ("boilerplate", ""),
        ("detail", "PART 2: Detailed by-Channel summaries and links"),
    ]
    flags = {section.title or section.items[0].text[:12]: section.flags for section in issue.sections}
    assert flags["[Sponsored b"] == ("sponsor",)
    assert flags["AI Reddit Recap"] == ("outage",)
    assert flags["GPT4O (gpt-4o-2024-05-13)"] == ("duplicate",)
    assert flags["You are rece"] == ("footer",)
    assert {found.kind for found in issue.links if "RESEND" in found.url} == {"footer"}


def test_items_say_what_they_are() -> None:
    issue = read(FIFTH_ERA)
    by_flag = {flag: item.text for item in items(issue) for flag in item.flags}
    assert by_flag["metadata"].startswith("A summary of")
    assert by_flag["filler"].startswith("The Beta Discord has no new messages")
    assert by_flag["sponsor"].startswith("The editor's commentary")
    assert by_flag["outage"] == "Our pipeline is down, sorry."


def test_only_the_web_branch_of_the_template_arrives() -> None:
    text = " ".join(texts(read(FIFTH_ERA)))
    assert "truncated for email" not in text
    assert "email.subject" not in text
    assert "pasted {% if x %} inline {% endif %} stays" in text


@pytest.mark.parametrize("quote", ["'", "&#39;", '"', "&quot;"])
def test_the_template_is_read_escaped_and_unclosed(quote: str) -> None:
    issue = read(f"<p>{{% if medium == {quote}web{quote} %}}</p>\n<p>web</p>\n<p>{{% else %}}</p>\n<p>mail</p>\n")
    assert texts(issue) == ["web"]
    unclosed = read(f"a\n\n{{% if medium == {quote}web{quote} %}}\n\nweb\n")
    assert texts(unclosed) == ["a", "web"]
    mail = read(f"{{% if medium == {quote}email{quote} %}}\n\nmail\n\n{{% else %}}\n\nweb\n\n{{% endif %}}\n\nend\n")
    assert texts(mail) == ["web", "end"]


def test_other_braces_are_content() -> None:
    text = "{% for m in messages %} {{ .Prompt }} {% endfor %} {{question.strip}}"
    assert texts(read(f"before\n\n{text}\n")) == ["before", text]


def test_the_eighth_era_has_a_story_and_posts_without_a_parent() -> None:
    issue = read(EIGHTH_ERA)
    assert roles(issue) == [
        ("intro", ""),
        ("news", "Top Story: Something"),
        ("news", "What happened"),
        ("news", "AI Reddit Recap"),
        ("news", "/r/LocalLlama Recap"),
        ("boilerplate", "AI Discords"),
    ]
    post = issue.sections[4].items[0]
    assert post.text == "A post (Activity: 10): It says so.\na comment\nanother comment"
    assert post.head == "1. A theme"
    assert issue.sections[0].items[0].text == "a quiet day."


def test_headings_without_items_and_labels_stay_as_text_once() -> None:
    issue = read("# News\n\n### Alone\n\n### With items\n\n**Label**\n\n- one\n- two\n\n**Unused label**\n")
    assert [(item.head, item.text) for item in items(issue)] == [
        ("", "Alone"),
        ("With items \u203a Label", "one"),
        ("With items \u203a Label", "two"),
        ("With items", "Unused label"),
    ]


def test_a_bullet_that_is_a_label_heads_its_sub_bullets() -> None:
    issue = read("# News\n\n1. **Models**:\n   - one\n     - deeper\n   - two\n\n2. **Tools**: text\n   - three\n")
    assert [(item.head, item.text) for item in items(issue)] == [
        ("Models", "one\ndeeper"),
        ("Models", "two"),
        ("Tools", "Tools: text\nthree"),
    ]


def test_a_very_long_bullet_is_cut_at_its_sub_bullets() -> None:
    issue = read(
        "# News\n\n- **Long**: " + "word " * 500 + "\n" + "".join(f"  - {n} {'word ' * 200}\n" for n in range(4))
    )
    assert [item.text[:6] for item in items(issue)] == ["Long: ", "0 word", "1 word", "2 word", "3 word"]
    assert {item.head for item in items(issue)} == {"Long"}


DIGEST = """# The Weekly Digest

In this letter: a few links from the week.

## 1. Models

1. [Alpha 2](https://x.example/1) is out. It is faster.
2. [Beta 3](https://x.example/2) is not.

## Sponsored by Acme

Buy [it](https://acme.example/).

## 2. Tools

A paragraph about [Gamma](https://x.example/3).

| Tool | Price |
|---|---|
| [One](https://x.example/4) | $1 |
| Two | $2 |

> "A quotation", said somebody.

---

You can [unsubscribe](https://x.example/u) at any time.

© 2026 Acme, 1 Street
"""


def test_a_digest_of_another_maker_becomes_news() -> None:
    issue = read(DIGEST, title="The Weekly Digest")
    assert roles(issue) == [
        ("intro", ""),
        ("news", "1. Models"),
        ("boilerplate", "Sponsored by Acme"),
        ("news", "2. Tools"),
        ("boilerplate", ""),
    ]
    assert texts(issue)[4:8] == ["A paragraph about Gamma.", "Tool | Price", "One | $1", "Two | $2"]
    assert {found.kind for found in issue.links if found.url == "https://x.example/u"} == {"footer"}


def test_a_top_of_bullets_is_news_and_an_essay_without_headings_is_intro_and_news() -> None:
    assert [section.role for section in read("- one\n- two\n- three\n- four\n").sections] == ["news"]
    essay = read("First paragraph.\n\nSecond paragraph.\n\nThird paragraph.\n")
    assert [(section.role, len(section.items)) for section in essay.sections] == [("intro", 1), ("news", 2)]


LAYOUT = """<html><head><title>Letter 7</title><style>.pre{display:none}</style></head><body>
<div class=pre>preheader nobody sees</div>
<table role="presentation" width="100%"><tr><td style="font-size:0px">
 <table><tr><td style="font-size:12px"><a href="https://x.example/v">View in browser</a></td></tr></table>
 <table><tr><td style="font-size:14px"><h1>Letter 7</h1><p>Hello, here is the week.</p></td></tr></table>
 <table><tr><td style="font-size:14px"><h2>Models</h2>
   <p><a href="https://x.example/1">Alpha</a> is out.</p><p>And <b>Beta</b>.</p></td></tr></table>
 <table style="font-size:14px"><tr><th>Model</th><th>Score</th></tr>
   <tr><td><p>Alpha</p></td><td><p>64.3</p></td></tr></table>
 <table style="font-size:14px"><tr><td>Sponsored by Acme: <a href="https://acme.example/">buy</a></td></tr></table>
 <table style="font-size:14px"><tr><td><h2>Tools</h2><div>One tool<br><br>Another tool</div></td></tr></table>
 <table style="font-size:14px"><tr><td><a href="https://x.example/unsubscribe?id=7">Unsubscribe</a></td></tr>
 <tr><td>Acme Inc., 1 Street</td></tr></table>
</td></tr></table></body></html>"""


def test_a_mail_laid_out_by_tables_is_read_in_blocks() -> None:
    issue = read(LAYOUT, "mail.html")
    assert [(section.role, section.title, [item.text for item in section.items]) for section in issue.sections] == [
        ("boilerplate", "", ["View in browser"]),
        ("intro", "", ["Hello, here is the week."]),
        ("news", "Models", ["Alpha is out.", "And Beta.", "Model | Score", "Alpha | 64.3"]),
        ("boilerplate", "", ["Sponsored by Acme: buy"]),
        ("news", "Tools", ["One tool", "Another tool"]),
        ("boilerplate", "", ["Unsubscribe", "Acme Inc., 1 Street"]),
    ]
    assert issue.title == "Letter 7"


@pytest.mark.parametrize(
    "title", ["AI Twitter Recap", "PART X: AI Twitter Recap", "AI Twitter Summary", "**AI Twitter Recap**"]
)
def test_a_part_is_known_by_its_words_at_any_level(title: str) -> None:
    issue = read(f"lead\n\n### {title}\n\n- one\n")
    assert [section.role for section in issue.sections] == ["intro", "news"]


def test_a_list_of_fragments_is_contents_and_a_list_of_links_under_that_title_is_news() -> None:
    toc = read("# A\n\n## In this issue\n\n- [B](#b)\n- [C](#c)\n\n## B\n\ntext\n")
    assert toc.sections[1].role == "boilerplate"
    assert {found.kind for found in toc.links} == {"navigation"}
    assert read("# A\n\n## In this issue\n\n- [B](https://x.example/b)\n").sections[1].role == "news"
