# ruff: noqa: E501, a table is read by its columns
from __future__ import annotations

import pytest

from pipeline.clean import clean
from pipeline.extract.links import trimmed
from tests.extracted import items, link, read, texts
from tests.make import MADE

# Markdown, address, what stood there, label, kind, flags
FORMS = [
    ("[a b](https://x.example/p)", "https://x.example/p", None, "a b", "content", ()),
    ("[**a** `b`](https://x.example/p)", "https://x.example/p", None, "a b", "content", ()),
    ("[`a`](https://x.example/p)", "https://x.example/p", None, "a", "content", ()),
    ("[[WIP] a](https://x.example/p)", "https://x.example/p", None, "[WIP] a", "content", ()),
    ("[[a](https://x.example/p)]", "https://x.example/p", None, "a", "content", ()),
    ("[a](https://x.example/w_(b)_c)", "https://x.example/w_(b)_c", None, "a", "content", ()),
    ("[a](https://x.example/S2666(21)00064-7)", "https://x.example/S2666(21)00064-7", None, "a", "content", ()),
    ('[a](https://x.example/p "title")', "https://x.example/p", None, "a", "content", ()),
    ("[a](<https://x.example/p q>)", "https://x.example/p%20q", "https://x.example/p q", "a", "content", ()),
    ("[a](https://x.example/v? si=b)", "https://x.example/v?si=b", "https://x.example/v? si=b", "a", "content", ()),
    ("[a](https://x.example/very/\nlong)", "https://x.example/very/long", None, "a", "content", ()),
    ("[a](https://x.example/My File)", "https://x.example/My%20File", "https://x.example/My File", "a", "content", ()),
    ("[a] (https://x.example/p)", "https://x.example/p", "https://x.example/p)", "a", "content", ("bare",)),
    ("see [a](https://x.example/hu", "https://x.example/hu", None, "a", "content", ("unclosed",)),
    ("<https://x.example/p>", "https://x.example/p", None, "https://x.example/p", "content", ()),
    ("see https://x.example/p.", "https://x.example/p", "https://x.example/p.", "https://x.example/p", "content", ("bare",)),
    ("(https://x.example/p)", "https://x.example/p", "https://x.example/p)", "https://x.example/p", "content", ("bare",)),
    ("see https://x.example/_a_/b_c", "https://x.example/_a_/b_c", None, "https://x.example/_a_/b_c", "content", ("bare",)),
    ("**https://x.example/p**", "https://x.example/p", None, "https://x.example/p", "content", ("bare",)),
    ("https://x.example/p?a=1&amp;b=2", "https://x.example/p?a=1&b=2", None, "https://x.example/p?a=1&b=2", "content", ("bare",)),
    ("https://x.example/7oo🎹", "https://x.example/7oo", "https://x.example/7oo🎹", "https://x.example/7oo", "content", ("bare",)),
    ("`curl https://x.example/p`", "https://x.example/p", None, "https://x.example/p", "content", ("code",)),
    ("```\nget('https://x.example/p')\n```", "https://x.example/p", None, "https://x.example/p", "content", ("code",)),
    ("    wget https://x.example/p", "https://x.example/p", None, "https://x.example/p", "content", ("code",)),
    ('<a href="https://x.example/p">a</a>', "https://x.example/p", None, "a", "content", ()),
    ('<div><ul><li><a href="https://x.example/p?a=1&amp;b=2">a</a></li></ul></div>', "https://x.example/p?a=1&b=2", None, "a", "content", ()),
    ('<a href="https://x.example/p>)">a</a>', "https://x.example/p", "https://x.example/p>)", "a", "content", ()),
    ('<a href="https://x.example/p).">a</a>', "https://x.example/p", "https://x.example/p).", "a", "content", ()),
    ("[a](https://x.example/p%3E)", "https://x.example/p", "https://x.example/p%3E", "a", "content", ()),
    ("[a](https://x.example/p**)", "https://x.example/p", "https://x.example/p**", "a", "content", ()),
    ("![a](https://x.example/p.png)", "https://x.example/p.png", None, "a", "image", ()),
    ("[](https://resend-attachments.s3.amazonaws.com/p)", "https://resend-attachments.s3.amazonaws.com/p", None, "", "image", ()),
    ("[a](mailto:b@x.example)", "mailto:b@x.example", None, "a", "navigation", ()),
    ("[a](#part)", "#part", None, "a", "navigation", ()),
    ("[a](/spaces/b)", "/spaces/b", None, "a", "navigation", ("relative",)),
    ("[a]()", "", None, "a", "navigation", ("placeholder", "relative")),
    ("[a](https://<your-endpoint>/v1)", "https://<your-endpoint>/v1", None, "a", "navigation", ("placeholder",)),
    ("[a](https://discord.com/channels/1/2/3)", "https://discord.com/channels/1/2/3", None, "a", "navigation", ()),
    ("[Unsubscribe](https://x.example/u)", "https://x.example/u", None, "Unsubscribe", "footer", ()),
    ("[View in browser](https://x.example/v)", "https://x.example/v", None, "View in browser", "footer", ()),
    ("[post it](https://x.com/intent/tweet?text=a)", "https://x.com/intent/tweet?text=a", None, "post it", "footer", ()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "url", "stood", "label", "kind", "flags"), FORMS)
def test_every_form_of_a_link_is_found_once(
    text: str, url: str, stood: str | None, label: str, kind: str, flags: tuple[str, ...]
) -> None:
    issue = read(f"# News\n\nBefore.\n\n{text}\n\nAfter it.\n")
    (found,) = issue.links
    assert (found.url, found.text, found.kind) == (url, label, kind)
    assert set(found.flags) == set(flags)
    if stood is not None:
        assert found.found == stood


# What Markdown or a page has, and the address: nothing is encoded and nothing decoded.
STANDING = [
    ("[a](https://x.example/%20b%2fc)", "https://x.example/%20b%2fc"),
    ("[a](https://x.example/é?q=한국어)", "https://x.example/é?q=한국어"),
    ("[a](https://x.example/100%é)", "https://x.example/100%é"),
    ("[a](https://x.example/b^c'd;e)", "https://x.example/b^c'd;e"),
    ('[a](https://x.example/b"c)', 'https://x.example/b"c'),
    ("[a](https://x.example/?q=&#37;20b&percnt;20c)", "https://x.example/?q=%20b%20c"),
    ("[a](https://x.example/?q=&#037;20b&#x0025;20c)", "https://x.example/?q=%20b%20c"),
    ("[a](https://x.example/\\%41)", "https://x.example/%41"),
    ("<https://x.example/\\%41>", "https://x.example/\\%41"),
    ('take="5% off [a](https://x.example/é)', "https://x.example/é"),
    ("=\"~\\\\%x'y><https://x.example/é/_a%20b>", "https://x.example/é/_a%20b"),
    ("[a](https://x.example/_b_%5F_c_d)", "https://x.example/_b_%5F_c_d"),
    ("[a](/é/%20b)", "/é/%20b"),
    ("<https://x.example/é%20_b_c>", "https://x.example/é%20_b_c"),
    ("see HTTPS://x.example/_é_/%20_b_c now", "HTTPS://x.example/_é_/%20_b_c"),
    ('<a href="https://x.example/%20?b=é">a</a>', "https://x.example/%20?b=é"),
    ("![a](https://x.example/é%20b.png)", "https://x.example/é%20b.png"),
]


@pytest.mark.parametrize(("text", "url"), STANDING)
def test_an_address_keeps_every_byte(text: str, url: str) -> None:
    (found,) = read(f"# News\n\nBefore.\n\n{text}\n\nAfter 50%20 it.\n").links
    assert found.url == url


def test_what_is_encoded_in_running_text_stays() -> None:
    assert texts(read("# News\n\nTake 5%20 or `%41` and \\%42 of &percnt;43.\n")) == [
        "Take 5%20 or %41 and %42 of %43."
    ]


def test_two_addresses_in_one_target_are_two_links() -> None:
    issue = read("See [a](https://x.example/1, https://x.example/2) now.")
    assert [link.url for link in issue.links] == ["https://x.example/1", "https://x.example/2"]


def test_addresses_glued_together_are_two_links_and_an_archived_one_is_one() -> None:
    issue = read(
        "See https://x.example/1https://x.example/2 and https://web.archive.org/web/2024/https://x.example/3 now"
    )
    assert [link.url for link in issue.links] == [
        "https://x.example/1",
        "https://x.example/2",
        "https://web.archive.org/web/2024/https://x.example/3",
    ]


def test_glued_addresses_that_a_page_made_one_link_of_are_two_links() -> None:
    glued = "https://x.example/1https://x.example/2"
    issue = read(f'<p><a href="{glued}">{glued}</a> and <a href="{glued}">named</a></p>', "a.html")
    assert [link.url for link in issue.links] == ["https://x.example/1", "https://x.example/2", glued]


def test_a_picture_of_a_glued_address_stays_one_picture() -> None:
    glued = "https://x.example/1https://x.example/2"
    issue = read(f'<p>A picture <img src="{glued}" alt="{glued}"> of it</p>', "a.html")
    assert [(link.url, link.kind) for link in issue.links] == [(glued, "image")]


def test_a_link_stands_in_its_item_and_is_numbered_in_order() -> None:
    issue = read(
        "# News\n\n- one [a](https://x.example/1)\n  - sub [b](https://x.example/2)\n- two https://x.example/3\n"
    )
    assert [(link.id, link.item) for link in issue.links] == [("l1", "s1i1"), ("l2", "s1i1"), ("l3", "s1i2")]
    assert [item.links for item in items(issue)] == [("l1", "l2"), ("l3",)]


def test_the_links_of_a_heading_belong_to_its_first_item() -> None:
    issue = read("## [Guild](https://x.example/g) Discord\n\n### [sub](https://x.example/s)\n\n- one\n- two\n")
    assert [link.item for link in issue.links] == ["s1i1", "s1i1"]
    alone = read("## A\n\ntext\n\n## [Guild](https://x.example/g)\n")
    assert link(alone, "https://x.example/g").item == "s2i1"


def test_a_picture_belongs_to_what_it_stands_under() -> None:
    issue = read("Text.\n\n![image.png](https://x.example/p.png)\n\nMore text.\n")
    assert link(issue, "https://x.example/p.png").item == "s1i1"
    assert [item.text for item in items(issue)] == ["Text.", "More text."]


def test_a_link_around_several_blocks_counts_once() -> None:
    issue = read('<a href="https://x.example/c"><div>Card</div><p>More</p></a>', "x.html")
    assert [(found.url, found.text) for found in issue.links] == [("https://x.example/c", "Card")]


def test_the_label_of_a_link_may_be_an_address() -> None:
    issue = read("[https://x.example/p](https://x.example/p)")
    assert [found.text for found in issue.links] == ["https://x.example/p"]


@pytest.mark.parametrize(
    ("url", "left"),
    [
        ("https://x.example/a).", "https://x.example/a"),
        ("https://x.example/a_(b)", "https://x.example/a_(b)"),
        ("https://x.example/a_(b))", "https://x.example/a_(b)"),
        ("https://x.example/a>**", "https://x.example/a"),
        ("https://x.example/a]", "https://x.example/a"),
        ("https://x.example/a[0]", "https://x.example/a[0]"),
        ("https://x.example/위키", "https://x.example/위키"),
        ("https://x.example/?q=a+b&c=d#e", "https://x.example/?q=a+b&c=d#e"),
    ],
)
def test_only_debris_is_trimmed(url: str, left: str) -> None:
    assert trimmed(url) == left


@pytest.mark.parametrize(
    ("anchor", "url", "label"),
    [
        ('<a href="https://x.example/p?a=1&amp;b=2">a page</a>', "https://x.example/p?a=1&b=2", "a page"),
        ("<a href='https://x.example/p?a=1&copy=2'>a page</a>", "https://x.example/p?a=1&copy=2", "a page"),
        ("<a href=https://x.example/p_>a page</a>", "https://x.example/p_", "a page"),
        ('<a href="https://x.example/p"><b>a</b> page</a>', "https://x.example/p", "https://x.example/p"),
    ],
)
def test_an_anchor_that_a_blank_line_in_html_made_code_of_is_a_link(anchor: str, url: str, label: str) -> None:
    issue = read(f"# PART 2\n\n<div><ul>\n<li>A story\n\n    <p>{anchor}: words</p>\n\n</li></ul></div>\n")
    (found,) = issue.links
    assert (found.url, found.text, found.flags) == (url, label, ("code",))
    assert found.found in anchor


@pytest.mark.parametrize("end", ["_", "-", "~", ".", "*", "!", "'"])
@pytest.mark.parametrize("tail", ["", "?utm_source=a&utm_medium=b"])
@pytest.mark.parametrize("form", ["[p]({})", '<a href="{}">p</a>'])
def test_punctuation_at_the_end_of_a_target_is_part_of_the_address(form: str, tail: str, end: str) -> None:
    address = f"https://x.example/posts/abc-C0U{end}"
    (found,) = clean(read(form.format(address + tail)), made_from=MADE).links
    assert (found.url, found.found) == (address, address + tail)


def test_debris_is_trimmed_where_text_was_glued_to_a_bare_address() -> None:
    (found,) = clean(read("see https://x.example/posts/abc_**."), made_from=MADE).links
    assert (found.url, found.found) == ("https://x.example/posts/abc", "https://x.example/posts/abc_**.")


def test_a_text_fragment_stays_in_found_only() -> None:
    address = "https://x.example/p#part:~:text=some%20words"
    (found,) = clean(read(f"[p]({address})"), made_from=MADE).links
    assert (found.url, found.found) == ("https://x.example/p#part", address)


TEMPLATE = """{% if medium == 'web' %}

# News

- Acme released [a model](https://x.example/model) today.

{% else %}

- Acme released [a model](https://x.example/model) today.

> If you enjoyed this, please [share with a friend](https://x.example/)! Thanks in advance!

{% endif %}
"""


@pytest.mark.parametrize("escaped", [False, True])
def test_a_link_that_only_the_branch_for_mails_has_is_a_footer_link(*, escaped: bool) -> None:
    issue = read(TEMPLATE.replace("'", "&#39;") if escaped else TEMPLATE)
    assert [(link.url, link.kind) for link in issue.links] == [
        ("https://x.example/model", "content"),
        ("https://x.example/", "footer"),
    ]
