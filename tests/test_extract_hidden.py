from __future__ import annotations

import pytest

from tests.extracted import read, texts

INJECTED = "INJECTED"

HIDDEN = [
    '<p style="display:none">{}</p>',
    '<p style="DISPLAY : none !important">{}</p>',
    '<p style="visibility: hidden">{}</p>',
    '<p style="font-size:0">{}</p>',
    '<p style="font-size:0px">{}</p>',
    '<p style="font-size:1px">{}</p>',
    '<p style="opacity:0">{}</p>',
    '<p style="opacity:0.0">{}</p>',
    '<p style="position:absolute;left:-9999px">{}</p>',
    '<p style="position:absolute;top:-999em">{}</p>',
    "<p hidden>{}</p>",
    "<!-- {} -->",
    "<template><p>{}</p></template>",
    "<noscript>{}</noscript>",
    "<style>.x1{{display:none}}</style><p class='y x1'>{}</p>",
    "<style>@media screen {{ .x2 {{ display : none }} }}</style><p class=x2>{}</p>",
    "<style>#x3{{color:#fff}}</style><p id=x3>{}</p>",
    "<style>/* c }} */ body p.x4, .z{{font-size:0}}</style><p class=x4>{}</p>",
    '<div style="max-height:0;overflow:hidden">{}</div>',
    '<div style="height:0;overflow:hidden">{}</div>',
    "<!--[if mso]><p>{}</p><![endif]-->",
    '<div class="preheader" style="display:none;max-height:0;mso-hide:all">{}</div>',
    "<meta name=description content='{}'>",
    "<svg><text>{}</text><title>{}</title></svg>",
    "<math><semantics><mi>x</mi><annotation>{}</annotation></semantics></math>",
    "<textarea hidden>{}</textarea>",
    "<textarea>{}</textarea>",
    "<script type='text/plain'>{}</script>",
    '<p style="clip-path:inset(50%)">{}</p>',
    '<p style="clip: rect(0,0,0,0)">{}</p>',
    '<p style="text-indent:-9999px">{}</p>',
    '<p style="line-height:0">{}</p>',
    '<p style="color:#ffffff">{}</p>',
    '<p style="color:white">{}</p>',
    '<font color="#FFF">{}</font>',
    '<div style="background:#123456"><p style="color:rgb(18, 52, 86)">{}</p></div>',
    '<table><tr><td bgcolor="#000000"><span style="color:#010101">{}</span></td></tr></table>',
    '<p style="color:transparent">{}</p>',
    '<p style="transform:scale(0)">{}</p>',
    '<div style="display:none"><p style="display:block">{}</p></div>',
]


@pytest.mark.parametrize("carrier", HIDDEN)
@pytest.mark.parametrize("file", ["issue.html", "issue.md"])
def test_what_a_reader_cannot_see_does_not_arrive(carrier: str, file: str) -> None:
    body = carrier.format(*[f'{INJECTED} <a href="https://evil.example/">{INJECTED}</a>'] * carrier.count("{}"))
    issue = read(f"<p>Before</p>\n{body}\n<p>After</p>\n", file)
    assert INJECTED not in issue.model_dump_json()
    assert "evil.example" not in issue.model_dump_json()
    assert texts(issue)[0].startswith("Before")
    assert "After" in texts(issue)[-1]


@pytest.mark.parametrize(
    "carrier",
    [
        "<details><summary>More</summary><p>{}</p></details>",
        "<p aria-hidden=true>{}</p>",
        '<p style="color:#fff;background:#000">{}</p>',
        '<p style="color:#fff;background-image:url(x.png)">{}</p>',
        '<td style="font-size:0"><div style="font-size:13px">{}</div></td>',
        '<p style="left:-5px;position:relative">{}</p>',
        '<p style="opacity:0.5">{}</p>',
        '<p style="font-size:9px">{}</p>',
        "<style>@media (max-width:600px){{.m{{display:none}}}}</style><p class=m>{}</p>",
        "<style>@media print{{p{{display:none}}}}</style><p>{}</p>",
        "<style>.dark .n{{display:none}} .n:hover{{display:none}}</style><p class=n>{}</p>",
    ],
)
def test_what_a_reader_can_see_arrives(carrier: str) -> None:
    issue = read(f"<p>Before</p>{carrier.format('SHOWN')}<p>After</p>", "issue.html")
    assert "SHOWN" in " ".join(texts(issue))


def test_invisible_characters_do_not_arrive_by_entities_either() -> None:
    issue = read("<p>a&#8203;b &#xE0061;c&#8238;d &zwnj;&shy;e&nbsp;f</p>", "issue.html")
    assert texts(issue) == ["ab cd e f"]


@pytest.mark.parametrize(
    "tag", ["think", "s", "title", "plaintext", "xmp", "your-endpoint", "textarea", "script", "style", "bos"]
)
def test_an_unknown_or_unclosed_tag_swallows_nothing(tag: str) -> None:
    issue = read(f"# A\n\nbefore <{tag}> inside [a](https://x.example/1)\n\n## B\n\nafter https://x.example/2\n")
    assert [found.url for found in issue.links] == ["https://x.example/1", "https://x.example/2"]
    assert "inside" in texts(issue)[0]
    assert texts(issue)[1].startswith("after")


@pytest.mark.parametrize(
    "opening", ["<!-- never closed", "```\nnever closed", "~~~~py\nnever closed", "<?php never closed"]
)
def test_what_is_never_closed_swallows_no_heading(opening: str) -> None:
    issue = read(f"# AI Twitter Recap\n\n{opening}\n\n# AI Reddit Recap\n\nafter [a](https://x.example/1)\n")
    assert [section.title for section in issue.sections] == ["AI Twitter Recap", "AI Reddit Recap"]
    assert "never closed" in texts(issue)[0]
    assert issue.links[0].url == "https://x.example/1"


def test_code_that_is_closed_keeps_its_hash_lines() -> None:
    issue = read("# A\n\n```py\n# a comment\nx = 1\n```\n\n## B\n\ntext\n")
    assert [section.title for section in issue.sections] == ["A", "B"]
    assert texts(issue)[0] == "# a comment\nx = 1"


@pytest.mark.parametrize("mark", ["> ", "- ", "1. ", "> - "])
def test_five_thousand_nested_lists_and_quotations_lose_no_link(mark: str) -> None:
    issue = read(mark * 5_000 + "[deep](https://x.example/deep)\n\n[after](https://x.example/after)\n")
    assert [found.url for found in issue.links] == ["https://x.example/deep", "https://x.example/after"]


def test_ten_thousand_nested_tags_lose_no_link() -> None:
    deep = "<div>" * 10_000 + '<a href="https://x.example/deep">deep</a>' + "</div>" * 10_000
    for file in ("issue.html", "issue.md"):
        issue = read(f'{deep}<p><a href="https://x.example/after">after</a></p>', file)
        assert [found.url for found in issue.links] == ["https://x.example/deep", "https://x.example/after"]


@pytest.mark.parametrize(
    ("sheet", "shown"),
    [
        (".a { display: none } .b { color: red }", False),
        (".a { font-size: 0 } .a { font-size: 16px }", True),
        (".a { font-size: 16px } .a { font-size: 0 }", False),
        ("p.a { display: none }", False),
        ("td.a { display: none }", True),
        (".a { color: #fff } .a { background: #000 }", True),
    ],
)
def test_the_rules_of_one_element_add_up(sheet: str, shown: bool) -> None:
    page = f"<html><head><style>{sheet}</style></head><body><p>news</p><p class='a b'>secret</p></body></html>"
    assert ("secret" in " ".join(texts(read(page, "a.html")))) == shown
