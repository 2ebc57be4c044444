"""What an issue repeats of the issue before: made pairs of issues, since no two of the real ones lie a day apart."""

from __future__ import annotations

import datetime as dt
import random

from pipeline.records.issues import CleanIssue, Issue, Item, Link, Role, Section
from pipeline.stale import mark_stale
from pipeline.twins import are_twins

WORDS = ("model", "token", "price", "falls", "score", "long", "task", "agent", "bench", "open", "users", "report")


def sentence(seed: int, words: int = 24) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words)) + f" {seed}."


Told = tuple[str, tuple[str, ...]]
"""An item's text and the addresses of its links."""


def told(*seeds: int) -> list[Told]:
    return [(sentence(seed), (f"https://site{seed}.example/story",)) for seed in seeds]


def issue(day: str, *parts: tuple[Role, str, list[Told]]) -> Issue:
    links: list[Link] = []
    sections = []
    for number, (role, title, items) in enumerate(parts, start=1):
        made = []
        for place, (text, urls) in enumerate(items, start=1):
            name = f"s{number}i{place}"
            ids = []
            for url in urls:
                ids.append(f"l{len(links) + 1}")
                links.append(Link(id=ids[-1], url=url, found=url, text="x", item=name, kind="content"))
            made.append(Item(id=name, text=text, links=tuple(ids)))
        sections.append(Section(id=f"s{number}", role=role, title=title, items=tuple(made)))
    return Issue(
        id=f"{day}-3f9a1c2e",
        made_from="0" * 64,
        source="ainews",
        url="",
        title="",
        published=dt.datetime(2026, 2, 3, tzinfo=dt.UTC),
        sections=tuple(sections),
        links=tuple(links),
    )


def stale_items(marked: Issue) -> set[str]:
    return {item.id for section in marked.sections for item in section.items if "stale" in item.flags}


def stale_sections(marked: Issue) -> set[str]:
    return {section.id for section in marked.sections if "stale" in section.flags}


def test_a_rerun_of_a_part_is_stale_with_its_items_and_the_other_parts_are_not() -> None:
    guild: tuple[Role, str, list[Told]] = ("community", "A Guild Discord", told(1, 2, 3))
    before = issue("20260202", ("news", "AI Twitter Recap", told(10, 11)), guild)
    marked = mark_stale(issue("20260203", ("news", "AI Twitter Recap", told(20, 21)), guild), before)
    assert stale_sections(marked) == {"s2"}
    assert stale_items(marked) == {"s2i1", "s2i2", "s2i3"}


def test_a_part_with_a_few_words_changed_is_stale_too() -> None:
    old = told(*range(1, 9))
    new = [(text.replace("falls", "fell", 1), urls) for text, urls in old]
    assert all(one != other for one, other in zip(old, new, strict=True) if "falls" in one[0])
    marked = mark_stale(
        issue("20260203", ("news", " ai  twitter recap", new)), issue("20260202", ("news", "AI Twitter Recap", old))
    )
    assert stale_sections(marked) == {"s1"}
    assert len(stale_items(marked)) == 8


def test_a_recap_in_other_words_over_the_same_links_is_stale_but_not_in_the_channel_part() -> None:
    old: list[Told] = [(sentence(n), (f"https://www.reddit.com/r/a/comments/x{n}/y/",)) for n in range(1, 7)]
    new: list[Told] = [(sentence(n + 100), (f"https://old.reddit.com/r/a/comments/x{n}",)) for n in range(1, 7)]
    expected: tuple[tuple[Role, set[str]], ...] = (("news", {"s1"}), ("community", {"s1"}), ("detail", set()))
    for role, sections in expected:
        marked = mark_stale(issue("20260203", (role, "Recap", new)), issue("20260202", (role, "Recap", old)))
        assert stale_sections(marked) == sections


def test_a_new_story_in_a_rerun_stays_and_keeps_its_part() -> None:
    old = told(*range(1, 20))
    marked = mark_stale(
        issue("20260203", ("news", "Recap", [*old[:18], *told(99)])), issue("20260202", ("news", "Recap", old))
    )
    assert stale_sections(marked) == set()
    assert stale_items(marked) == {f"s1i{n}" for n in range(1, 19)}


def test_the_same_heading_over_new_stories_is_fresh() -> None:
    marked = mark_stale(
        issue("20260203", ("news", "Recap", told(*range(1, 9)))),
        issue("20260202", ("news", "Recap", told(*range(21, 29)))),
    )
    assert stale_items(marked) == stale_sections(marked) == set()


def test_fewer_links_than_five_make_no_rerun() -> None:
    urls = tuple(f"https://site{n}.example/" for n in range(4))
    before = issue("20260202", ("news", "Recap", [(sentence(1, 60), urls)]))
    assert stale_items(mark_stale(issue("20260203", ("news", "Recap", [(sentence(2, 60), urls)])), before)) == set()


def test_most_links_new_make_no_rerun() -> None:
    old = [f"https://site{n}.example/" for n in range(10)]
    new = [*old[:8], "https://site20.example/", "https://site21.example/"]
    before = issue("20260202", ("news", "Recap", [(sentence(1, 60), tuple(old))]))
    assert (
        stale_items(mark_stale(issue("20260203", ("news", "Recap", [(sentence(2, 60), tuple(new))])), before)) == set()
    )


def test_links_mentioned_again_are_stale_one_by_one() -> None:
    gathered = [(f"Title {n}: no description found", (f"https://site{n}.example/",)) for n in range(6)]
    before = issue("20260202", ("detail", "general", [*told(1), *gathered[:5]]))
    marked = mark_stale(issue("20260203", ("detail", "general", [*told(2), *gathered])), before)
    assert stale_items(marked) == {"s1i2", "s1i3", "s1i4", "s1i5", "s1i6"}
    assert stale_sections(marked) == set()


def test_the_same_words_over_another_link_are_new() -> None:
    before = issue("20260202", ("news", "Links", [("no title found", ("https://site1.example/",))]))
    marked = mark_stale(issue("20260203", ("news", "Links", [("no title found", ("https://site2.example/",))])), before)
    assert stale_items(marked) == set()


def test_an_item_that_moved_to_another_part_is_still_yesterdays() -> None:
    before = issue("20260202", ("news", "AI Reddit Recap", told(1, 2)))
    marked = mark_stale(issue("20260203", ("news", "Top stories", [*told(5), *told(2)])), before)
    assert stale_items(marked) == {"s1i2"}


def test_captions_and_quiet_days_are_alike_without_being_stale() -> None:
    parts: list[tuple[Role, str, list[Told]]] = [
        ("news", "Recap", [("Top tweets (by engagement)", ())]),
        ("intro", "", [("a quiet day.", ())]),
    ]
    assert stale_items(mark_stale(issue("20260203", *parts), issue("20260202", *parts))) == set()


def test_captions_go_with_the_stories_below_them() -> None:
    part: tuple[Role, str, list[Told]] = ("news", "Recap", [("Top tweets", ()), *told(1, 2)])
    marked = mark_stale(issue("20260203", part), issue("20260202", part))
    assert (stale_sections(marked), stale_items(marked)) == ({"s1"}, {"s1i1", "s1i2", "s1i3"})


def test_boilerplate_is_alike_every_day_and_never_stale() -> None:
    part: tuple[Role, str, list[Told]] = ("boilerplate", "Footer", told(1, 2, 3))
    assert stale_items(mark_stale(issue("20260203", part), issue("20260202", part))) == set()


def test_parts_of_one_heading_are_compared_in_order() -> None:
    first: tuple[Role, str, list[Told]] = ("community", "Model A", told(*range(1, 5)))
    reworded = [(text.replace("users", "people"), urls) for text, urls in told(*range(5, 9))]
    before = issue("20260202", first, ("community", "Model A", told(*range(5, 9))))
    marked = mark_stale(
        issue("20260203", ("community", "Model A", told(*range(31, 35))), ("community", "Model A", reworded)), before
    )
    assert stale_sections(marked) == {"s2"}


def test_twins_of_one_day_and_later_issues_are_not_compared() -> None:
    part: tuple[Role, str, list[Told]] = ("news", "Recap", told(1, 2, 3))
    today = issue("20260203", part)
    for other in ("20260203", "20260204"):
        assert mark_stale(today, issue(other, part)) == today


def test_marking_twice_is_marking_once_and_other_flags_stay() -> None:
    before = issue("20260202", ("news", "Recap", told(1, 2, 3)))
    today = issue("20260203", ("news", "Recap", told(1, 2, 3)))
    section = today.sections[0]
    items = (section.items[0].model_copy(update={"flags": ("sponsor",)}), *section.items[1:])
    today = today.model_copy(update={"sections": (section.model_copy(update={"items": items}),)})
    once = mark_stale(today, before)
    assert once.sections[0].items[0].flags == ("sponsor", "stale")
    assert mark_stale(once, before) == once


def test_an_issue_without_sections_is_compared() -> None:
    empty = issue("20260202")
    assert mark_stale(issue("20260203"), empty).sections == ()
    today = issue("20260203", ("news", "Recap", []), ("news", "News", told(1)))
    assert mark_stale(today, empty) == today


def test_click_trackers_that_lost_their_tokens_make_no_rerun_of_new_stories() -> None:
    def counted(day: str, *seeds: int) -> Issue:
        made = issue(day, ("news", "Top", [(sentence(seed), (f"https://u{seed % 10}.ct.example/",)) for seed in seeds]))
        flagged = tuple(link.model_copy(update={"flags": ("tracker", "subscriber")}) for link in made.links)
        return made.model_copy(update={"links": flagged})

    before = counted("20260202", 1, 2, 3, 4, 5, 6)
    assert stale_items(mark_stale(counted("20260203", 11, 12, 13, 14, 15, 16), before)) == set()
    assert stale_items(mark_stale(counted("20260203", 11, 2, 13, 14, 15, 16), before)) == {"s1i2"}


def test_two_newsletters_of_a_day_that_count_clicks_with_one_maker_are_no_twins() -> None:
    issues = []
    for seed in (1, 2):
        stories = told(*range(10 * seed, 10 * seed + 5))
        made = issue(
            "20260203", ("news", "Top", [*stories, *[("x", (f"https://u{n}.ct.example/",)) for n in range(60)]])
        )
        links = (link.model_copy(update={"flags": ("tracker",)}) if ".ct." in link.url else link for link in made.links)
        issues.append(CleanIssue(**made.model_copy(update={"links": tuple(links)}).model_dump()))
    assert not are_twins(issues[0], issues[1])
