"""What a newsletter says about itself is told from its news by words; headings and stories are known by their looks."""

from __future__ import annotations

import pytest

from pipeline.extract.boilerplate import flag_of, folded, is_tail, named_by
from pipeline.extract.wording import site_of, wording
from tests.extracted import items, link, read, roles, texts


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("Good morning, readers!", "filler"),
        ("Welcome back to the Quay Letter", "filler"),
        ("That's it for this week.", "filler"),
        ("What did you think of today's newsletter?", "filler"),
        ("You have 0 referrals, only 3 away from a mug.", "filler"),
        ("Share this with a friend", "filler"),
        ("Download our app", "filler"),
        ("You're getting the free version of this letter.", "filler"),
        ("\U0001f95b\U0001f95b\U0001f95b Great", "filler"),
        ("12 Harbour Street, Port Linden, ME 04101", "footer"),
        ("---------- Forwarded message --------- From: Ida", "footer"),
        ("From: Ida Sent: Tuesday, March 3, 2026 To: me Subject: Tides", "footer"),
        ("Supported by", "sponsor"),
        ("Ballast sponsor", "sponsor"),
        ("by Ida Marsh", "metadata"),
        ("March 5, 2026 | 4 min read", "metadata"),
        ("44 Retweets 601 Likes", "metadata"),
    ],
)
def test_boilerplate_is_known_by_its_words(text: str, flag: str) -> None:
    assert flag_of(text) == flag


@pytest.mark.parametrize(
    "text",
    [
        "Sponsored content rules tighten across the union, and publishers protest.",
        "By 2030, half of all ferries will be electric.",
        "Hello Kitty's maker sues a model lab over its training data.",
        "See you in court, the lab tells its former partner.",
        "Until next year no new licences will be granted.",
        "The app store opens to rival payment services.",
        "A poll of 2,000 engineers finds that most use an assistant every day.",
        "Best models of 2026, ranked by those who run them.",
        "Subscribe-and-save prices rise by 12% at the largest shop.",
        "Share prices of Northwind fall 8% after the recall.",
        "Refer to the paper for how the 40 MW were measured.",
        "Thanks to cheaper panels, solar overtakes coal in the county.",
    ],
)
def test_news_that_uses_such_words_is_news(text: str) -> None:
    assert flag_of(text) == ""
    assert items(read(f"## News\n\n- {text}\n- Another story of the day is told here.\n"))[0].flags == ()


@pytest.mark.parametrize(
    ("title", "flag"),
    [
        ("TODAY'S EDITION IS BROUGHT TO YOU BY BALLAST", "sponsor"),
        ("Jobs", "sponsor"),
        ("Jobs report beats every forecast", ""),
        ("Poll", "filler"),
        ("Polls close in the north", ""),
        ("Refer a friend", "filler"),
        ("Sponsor a satellite, says the agency", ""),
        ("What's inside", "toc"),
    ],
)
def test_a_heading_names_boilerplate_only_as_a_whole(title: str, flag: str) -> None:
    assert named_by(folded(title)) == flag


def test_a_heading_is_what_looks_like_one_and_a_story_is_its_cell() -> None:
    page = """<body style="font-size:14px"><table><tr><td><span style="font-size:20px">Energy</span></td></tr></table>
    <table><tr><td>&bull;</td><td><a href="https://x.example/t">Tidal plant delivers its first power today</a></td></tr>
    </table><table><tr><td><span style="font-size:20px">Opinion</span></td></tr></table><table><tr><td><p>
    <a href="https://x.example/l" style="font-weight:700">Why lighthouses still matter</a> by day as well.</p>
    <p>Ida Marsh</p></td></tr></table></body>"""
    issue = read(page, "issue.html")
    assert [title for _, title in roles(issue) if title] == ["Energy", "Opinion"]
    assert texts(issue) == [
        "Tidal plant delivers its first power today",
        "Why lighthouses still matter by day as well.\nIda Marsh",
    ]


def test_numbered_lines_in_cells_head_their_stories() -> None:
    rows = "".join(
        f"<table><tr><td>{n}. Story {word}</td></tr><tr><td>It is told here, {word}.</td></tr></table>"
        for n, word in enumerate(("one", "two", "three"), 1)
    )
    assert [title for _, title in roles(read(rows, "issue.html")) if title] == [
        "1. Story one",
        "2. Story two",
        "3. Story three",
    ]


def test_an_adverts_last_line_covers_nothing_after_it() -> None:
    page = "<p>First story of the day, in full.</p><p>Ballast sponsor</p><p>Second story, in full.</p>"
    sections = read(f"{page}<h2>More</h2><p>x y z</p>", "a.html").sections
    (role,) = [s.role for s in sections if "Second story, in full." in [item.text for item in s.items]]
    assert role != "boilerplate"


@pytest.mark.parametrize(
    ("text", "plain", "shown"),
    [
        ("See https://x.example/a?b=1, it says.", False, "See \u2026, it says."),
        ("See [paper](https://x.example/a_(b) today", False, "See paper today"),
        ("@ida https://x.com/ida/status/1 says so", True, "@ida says so"),
        ("https://x.example/film", False, ""),
        ("\u2022 RBI seeks details", False, "RBI seeks details"),
        ("the http client and a[i] (x)", False, "the http client and a[i] (x)"),
    ],
)
def test_an_items_words_hold_no_address(text: str, plain: bool, shown: str) -> None:
    assert wording(text, plain=plain) == shown


def test_a_bare_address_is_a_link_of_the_item_above_and_no_item() -> None:
    issue = read("## A\n\nA film of the talk.\n\nhttps://x.example/film\n")
    assert texts(issue) == ["A film of the talk."]
    assert link(issue, "https://x.example/film").item == "s1i1"
    assert site_of("https://www.x.example/film") == "x.example"


def test_a_name_on_the_words_of_another_is_flagged() -> None:
    issue = read("- [@ida](https://x.com/bo/status/1) and [@bo](https://x.com/Bo/status/2) agree\n")
    assert [found.flags for found in issue.links] == [("misattributed",), ()]


def test_a_line_that_leads_to_more_belongs_to_the_story_before_it() -> None:
    assert is_tail("Read more \u2192")
    page = '<p>A ferry line is sold.</p><p><a href="https://x.example/f">Read the full story</a></p>'
    issue = read(page, "a.html")
    assert texts(issue) == ["A ferry line is sold.\nRead the full story"]


def test_a_newsletter_without_a_title_is_called_by_its_first_heading() -> None:
    assert read("<h2>Tides turn</h2><p>They do.</p>", "a.html").title == "Tides turn"


def test_a_page_that_calls_itself_xml_is_read_without_a_warning() -> None:
    page = '<?xml version="1.0"?><!DOCTYPE html><html><head><title>T</title></head><body><p>Text.</p></body></html>'
    assert read(page, "a.html").title == "T"


def news(source: str) -> list[str]:
    """The items of a page that a post may tell."""
    sections = [section for section in read(source, "a.html").sections if section.role in {"intro", "news"}]
    return [item.text for section in sections if section.reportable for item in section.items if item.reportable]


STORY = "<h2>Tidal plant delivers power</h2><p>It delivered 40 MW on Monday.</p>"
MORE = "<h2>Ferry docks itself</h2><p>It docked eleven times last week.</p>"
STORIES = ["It delivered 40 MW on Monday.", "It docked eleven times last week."]
RULE = '<table><tr><td style="border-top:2px solid #ccc">&nbsp;</td></tr></table>'


@pytest.mark.parametrize(
    "entries",
    [
        "<li>The tidal plant, at last</li><li>A ferry without a crew</li>",
        "<li>Power: tidal plant delivers power, says the county</li><li>Ferry docks itself</li>",
    ],
)
def test_a_list_of_the_later_headings_is_the_contents(entries: str) -> None:
    assert news(f"<p>On deck this morning:</p><ul>{entries}</ul>{STORY}{MORE}") == STORIES


def test_a_list_of_other_stories_above_the_headings_is_news() -> None:
    entries = "<ul><li>Solar panels fall to a new low</li><li>A bridge opens in Port Linden</li></ul>"
    assert news(f"{entries}{STORY}{MORE}")[:2] == ["Solar panels fall to a new low", "A bridge opens in Port Linden"]


def test_an_advert_between_drawn_rules_is_one_with_its_own_heading() -> None:
    advert = "<p>TOGETHER WITH BALLAST</p><h2>Your invoices are wrong</h2><p>Ballast reads each of them.</p>"
    assert news(f"{STORY}{RULE}{advert}{RULE}{MORE}") == STORIES


def test_an_advert_reaches_over_the_box_that_its_mark_opens_or_closes() -> None:
    opened = "<div><p>AD \u00b7 Quillmark</p><p>Two hundred bulbs in one box.</p></div>"
    closed = "<div><h3>Ship cells without the paperwork</h3><p>Polarbox.io sponsor</p></div>"
    assert news(f"{STORY}{opened}{MORE}{closed}<p>A third story, told in full.</p>") == [
        *STORIES,
        "A third story, told in full.",
    ]


def test_a_mark_in_a_box_of_two_stories_covers_neither_heading() -> None:
    assert STORIES[1] in news(f"<div><p>Presented by Ballast</p>{STORY}{MORE}</div>")


def test_answers_of_more_or_fewer_symbols_are_a_poll_with_its_question() -> None:
    answers = "".join(f'<p><a href="https://x.example/{n}">{"&#x1f30a;" * n} sea</a></p>' for n in (3, 2, 1))
    assert news(f"{STORY}{MORE}<h2>How was the passage?</h2>{answers}") == STORIES


def test_what_follows_the_sign_off_is_no_news_and_a_letters_greeting_swallows_none() -> None:
    told = "<p>It was built in nine years, and it is the first of its kind on this coast, says the county.</p>" * 3
    assert len(news(f"{STORY}{MORE}{told}<p>That's a wrap!</p><h2>Say hello to Quay</h2><p>Socks.</p>")) == 5
    assert news(f"<p>That's it for today.</p>{STORY}{MORE}{told}")[:2] == STORIES


def test_small_print_is_a_caption_and_a_small_line_with_a_link_is_a_story() -> None:
    small = (
        '<p style="font-size:12px">Photo: Ida Marsh</p><p style="font-size:12px"><a href="https://x.example">A bridge'
    )
    assert news(f"{STORY}{small} opens</a></p>{MORE}") == [STORIES[0], "A bridge opens", STORIES[1]]


def test_a_section_of_jobs_is_known_by_the_links_to_apply() -> None:
    jobs = "<h2>Berths</h2><ul><li>Pilot, Port Linden. <a href='https://x.example/j'>See the role</a></li></ul>"
    assert news(f"{STORY}{MORE}{jobs}") == STORIES


def test_what_stands_with_a_readers_own_link_is_no_news_and_the_link_is_held_back() -> None:
    own = "https://quay.example/subscribe?ref=Qk7vT2mXz9"
    page = f"{STORY}{MORE}<h2>Bring a friend</h2><p>Three earn a mug.</p><p>Yours: <a href='{own}'>{own}</a></p>"
    assert news(page) == STORIES
    assert "Qk7vT2mXz9" not in read(page, "a.html").model_dump_json()
