"""Whole runs with ``resolve = true``: what is followed, what is remembered, and what becomes of the links."""

from __future__ import annotations

import datetime as dt
import hashlib
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from pytest_httpserver import HTTPServer

from pipeline.clean import clean, to_follow
from pipeline.hops import open_hops
from pipeline.llm import remembering
from pipeline.records.issues import CleanIssue, Link, LinkFlag
from pipeline.records.targets import MOST_TRIES, Target
from pipeline.runs import Outcome, Plan, run_issues
from pipeline.stages import Maker, Ways
from pipeline.store.library import Library
from pipeline.targets import PATIENCE_S, Follower, tally
from tests.extracted import read
from tests.rooms import files_below, maeil, new_root
from tests.small import NEWSLETTER
from tests.test_clean import issue as issue_with
from tests.test_clean import link as story_link
from tests.test_follow import HOSTS, TOKEN, Street, resolve
from tests.test_runs import NOW, Desk, in_turn
from tests.test_web import TRUSTED

READER = "jo.reader@mail.example"
SOURCE = '\n[[sources]]\nname = "acme"\nkind = "folder"\npath = "letters"\nbacklog = 9\n'


@pytest.fixture
def street(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Street]:
    """A street whose names the whole program finds, as the system would tell them."""

    system = socket.getaddrinfo

    def getaddrinfo(host: str, *asked: Any, **how: Any) -> Any:
        return system(resolve(host, 0)[0], *asked, **how)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    yield Street(httpserver)
    monkeypatch.undo()


def tracker(street: Street, number: int) -> str:
    """The address of a click tracker that leads to story ``number``, where the street sends it on."""
    return street.at("links.acme.example", f"/ss/c/u001.{TOKEN}/{number}/h1/h001.x")


def leads(street: Street, *numbers: int) -> None:
    for number in numbers:
        street.sends(
            f"/ss/c/u001.{TOKEN}/{number}/h1/h001.x",
            street.at("story.example", f"/story/{number}?utm_source=mail"),
            Set_Cookie="reader=jo",
        )
        street.server.expect_request(f"/story/{number}").respond_with_data("a story", content_type="text/plain")


def settings(*, resolve: bool = True, limit: int = 200) -> str:
    private = ", ".join(f'"{host}"' for host in HOSTS)
    wanted = f"[clean]\nresolve = true\nresolve_limit = {limit}\n" if resolve else ""
    return f'[model]\nname = "m"\n\n{wanted}\n[web]\nallow_private = [{private}]\n{SOURCE}'


def letter(root: Path, day: str, *urls: str) -> None:
    """A mail of that day in the folder of the source, with a story for each address."""
    stories = "".join(
        f"<li>Acme released model {number}, <a href='{url}'>told here</a>.</li>" for number, url in enumerate(urls)
    )
    head = (
        f"From: news@acme.example\r\nTo: Jo <{READER}>\r\nSubject: Acme {day}\r\nMessage-ID: <{day}@acme.example>\r\n"
    )
    head += f"Date: {dt.date.fromisoformat(day):%a, %d %b %Y} 12:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    (root / "letters").mkdir(exist_ok=True)
    page = f"<html><body><h2>News</h2><ul>{stories}</ul></body></html>"
    (root / "letters" / f"{day}.eml").write_bytes(f"{head}Content-Type: text/html\r\n\r\n{page}".encode())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return new_root(tmp_path / "root", settings())


def set_to(root: Path, text: str) -> None:
    (root / "maeil.toml").write_text(f'factcheck = "off"\n{text}', "utf-8")


def run(root: Path, *options: str, now: str = "2026-11-26T23:00:00Z") -> str:
    ran = maeil(root, "run", "--until", "clean", "--now", now, *options)
    assert ran.exit_code == 0, ran.output
    return ran.output


def library(root: Path) -> Library:
    data = root / "data"
    return Library(
        raw=(data / "raw",),
        replies=(data / "replies",),
        work=data / "work",
        ledger=data / "ledger",
        posts=data / "posts",
    )


def records(root: Path) -> list[CleanIssue]:
    """The clean records, newest first."""
    there = library(root)
    found = [there.work(raw.id, CleanIssue) for raw in there.issues()]
    return [record for record in reversed(found) if record]


def links(root: Path) -> list[Link]:
    return [link for record in records(root) for link in record.links]


def targets(root: Path) -> list[Target]:
    return [target for issue in library(root).all_targets() for target in issue.targets]


# What is followed


def test_a_story_link_is_followed_and_may_be_published(root: Path, street: Street) -> None:
    letter(root, "2026-11-26", tracker(street, 1))
    leads(street, 1)
    said = run(root)
    (link,) = links(root)
    assert (link.url, link.publishable, link.flags) == (street.at("story.example", "/story/1"), True, ())
    assert len(link.wrapper) == 64
    assert "click trackers: 1 followed, 1 remembered (1 lead to a page), 0 wait" in said
    assert "cannot be decoded" not in said


def test_without_the_setting_nothing_is_asked_and_the_link_is_withheld(root: Path, street: Street) -> None:
    set_to(root, settings(resolve=False))
    letter(root, "2026-11-26", tracker(street, 1))
    leads(street, 1)
    said = run(root)
    (link,) = links(root)
    assert (link.publishable, link.flags) == (False, ("tracker", "subscriber"))
    assert street.asked == []
    assert "resolve = true would follow them" in said
    assert not (root / "data" / "ledger" / "targets").exists()
    assert "click trackers" not in maeil(root, "status").output


@pytest.mark.parametrize("around", ["{}", "http://www.google.com/url?q={}"])
def test_a_tracker_that_names_nobody_is_followed_by_the_address_that_its_record_has(
    root: Path, street: Street, around: str
) -> None:
    plain = street.at("acme.us5.list-manage.com", "/track/click?u=0a1b2c3d4e5f60718293a4b5&id=1")
    counted = f"{plain}&e=5e1f0c9b7a" if around == "{}" else quote(plain, safe="")
    letter(root, "2026-11-26", around.format(counted))
    street.sends("/track/click", street.at("story.example", "/p"))
    street.shows("/p")
    run(root)
    assert [(link.url, link.publishable) for link in links(root)] == [(street.at("story.example", "/p"), True)]
    assert [target.wrapper for target in targets(root)] == [hashlib.sha256(plain.encode()).hexdigest()]
    assert {request.query_string for request, _ in street.server.log if request.path != "/p"} == {
        b"u=0a1b2c3d4e5f60718293a4b5&id=1"
    }


def test_links_that_no_post_could_give_are_not_followed() -> None:
    counted = [f"https://links.acme.example/ss/c/u001.{TOKEN}/{number}/h1" for number in range(5)]
    page = (
        f"<html><body><h2>News</h2><p>Acme released <a href='{counted[0]}'>a model</a>.</p>"
        f"<p><a href='{counted[1]}'>Unsubscribe</a></p>"
        f"<h2>Sponsored by Orrery</h2><p>Orrery sells <a href='{counted[2]}'>watches</a>.</p>"
        f"<p><img src='{counted[3]}' width='1' height='1'></p></body></html>"
    )
    issue = read(page, "26-11-26-acme.html")
    wrapper = next(link.wrapper for link in issue.links if link.text == "a model")
    assert to_follow(issue) == {wrapper: ""}


@pytest.mark.parametrize("flag", ["unclosed", "misattributed", "unsafe"])
def test_a_link_that_is_withheld_for_another_reason_is_not_followed(flag: LinkFlag) -> None:
    wrapped = story_link("http://links.acme.example/").model_copy(update={"wrapper": "a" * 64})
    flags: tuple[LinkFlag, ...] = ("tracker", "subscriber")
    assert to_follow(issue_with((wrapped.model_copy(update={"flags": flags}),))) == {"a" * 64: ""}
    assert to_follow(issue_with((wrapped.model_copy(update={"flags": (*flags, flag)}),))) == {}


def test_a_link_is_withheld_as_before_where_its_target_may_not_be_given() -> None:
    counted = f"https://links.acme.example/ss/c/u001.{TOKEN}/1/h1"
    page = f"<html><body><h2>News</h2><p>Acme released <a href='{counted}'>a model</a>.</p></body></html>"
    issue = read(page, "26-11-26-acme.html")
    (wrapper,) = to_follow(issue)
    for url in (
        f"https://u1.ct.sendgrid.net/ls/click?upn=u001.{TOKEN}",
        "https://acme.example/unsubscribe",
        "https://10.0.0.1/p",
        "https://story.example/p?token=a1b2c3d4e5f6a7b8c9d0",
    ):
        cleaned = clean(issue, made_from="2" * 64, resolved={wrapper: url})
        assert [link.publishable for link in cleaned.links] == [False]
        assert TOKEN not in cleaned.model_dump_json()
    plain = clean(issue, made_from="2" * 64, resolved={wrapper: "https://story.example/p?utm_id=1"})
    assert [(link.url, link.publishable) for link in plain.links] == [("https://story.example/p", True)]
    assert clean(issue, made_from="2" * 64, resolved={"0" * 64: "https://story.example/p"}) == clean(
        issue, made_from="2" * 64
    )


# What is remembered


def test_a_second_run_asks_nothing_and_makes_nothing_anew(root: Path, street: Street) -> None:
    letter(root, "2026-11-26", tracker(street, 1), tracker(street, 2))
    leads(street, 1)
    street.sends(f"/ss/c/u001.{TOKEN}/2/h1/h001.x", "/gone")
    street.shows("/gone", status=404)
    run(root)
    asked, there = street.asked, files_below(root / "data" / "work") | files_below(root / "data" / "ledger")
    assert sorted(target.why for target in targets(root)) == ["", "no page"]
    said = run(root, now="2026-11-27T23:00:00Z")
    assert street.asked == asked
    assert files_below(root / "data" / "work") | files_below(root / "data" / "ledger") == there
    assert "followed" not in said


def test_at_most_so_many_are_followed_in_a_run_and_the_newest_come_first(root: Path, street: Street) -> None:
    set_to(root, settings(limit=2))
    letter(root, "2026-11-25", tracker(street, 1), tracker(street, 2))
    letter(root, "2026-11-26", tracker(street, 3))
    leads(street, 1, 2, 3)
    said = run(root)
    assert [link.publishable for link in links(root)] == [True, True, False]
    assert "click trackers: 2 followed, 2 remembered (2 lead to a page), 1 wait" in said
    assert "click trackers: 2 remembered (2 lead to a page), 1 wait" in maeil(root, "status").output
    asked = len(street.asked)
    assert "click trackers: 1 followed, 3 remembered (3 lead to a page), 0 wait" in run(root)
    assert [link.publishable for link in links(root)] == [True, True, True]
    assert len(street.asked) == asked + 2


def test_a_record_is_made_anew_when_an_answer_arrives_and_only_then(root: Path, street: Street) -> None:
    set_to(root, settings(limit=1))
    letter(root, "2026-11-25", tracker(street, 1))
    letter(root, "2026-11-26", "https://story.example/plain")
    letter(root, "2026-11-27", tracker(street, 3), tracker(street, 4))
    leads(street, 1, 3, 4)
    made = []
    for _ in range(5):
        run(root, now="2026-11-27T23:00:00Z")
        made.append([record.made_from for record in records(root)])
    newest, plain, oldest = zip(*made, strict=True)
    assert len(set(newest)) == 2
    assert newest[1:] == (newest[1],) * 4
    assert len({plain[2], *plain[2:]}) == 1
    assert len(set(oldest[2:])) == 1
    assert oldest[1] != oldest[2]


def test_a_server_that_does_not_answer_is_asked_in_a_few_runs_and_then_left_alone(root: Path, street: Street) -> None:
    letter(root, "2026-11-26", tracker(street, 1))
    street.shows(f"/ss/c/u001.{TOKEN}/1/h1/h001.x", status=503)
    counts = []
    for day in range(26, 30):
        said = run(root, now=f"2026-11-{day}T23:00:00Z")
        counts.append(len(street.asked))
        assert ("1 wait" in said) is (day < 25 + MOST_TRIES)
    assert counts == [2, 4, 6, 6]
    (target,) = targets(root)
    assert (target.why, target.tries, target.waits) == ("no answer", MOST_TRIES, False)


def test_a_server_that_is_back_is_heard(root: Path, street: Street) -> None:
    letter(root, "2026-11-26", tracker(street, 1))
    street.shows(f"/ss/c/u001.{TOKEN}/1/h1/h001.x", status=503)
    run(root)
    street.server.clear_all_handlers()
    leads(street, 1)
    run(root, now="2026-11-27T23:00:00Z")
    assert [link.publishable for link in links(root)] == [True]


def test_a_tracker_in_two_issues_is_asked_once(root: Path, street: Street) -> None:
    letter(root, "2026-11-25", tracker(street, 1))
    letter(root, "2026-11-26", tracker(street, 1))
    leads(street, 1)
    assert "1 remembered (1 lead to a page)" in run(root)
    assert street.asked == [f"HEAD /ss/c/u001.{TOKEN}/1/h1/h001.x", "HEAD /story/1"]
    assert [link.publishable for link in links(root)] == [True, True]


def test_a_tracker_in_two_issues_that_does_not_answer_is_asked_once_in_a_run(root: Path, street: Street) -> None:
    letter(root, "2026-11-25", tracker(street, 1))
    letter(root, "2026-11-26", tracker(street, 1))
    street.shows(f"/ss/c/u001.{TOKEN}/1/h1/h001.x", status=503)
    run(root)
    assert [request.split()[0] for request in street.asked] == ["HEAD", "GET"]


def test_a_story_of_the_day_before_is_known_by_the_page_that_both_trackers_lead_to(root: Path, street: Street) -> None:
    letter(root, "2026-11-25", tracker(street, 1))
    letter(root, "2026-11-26", tracker(street, 2))
    leads(street, 1)
    street.sends(f"/ss/c/u001.{TOKEN}/2/h1/h001.x", street.at("story.example", "/story/1"))
    run(root)
    newest, before = records(root)
    assert [item.flags for item in newest.sections[-1].items] == [("stale",)]
    assert [item.flags for item in before.sections[-1].items] == [()]


def test_what_an_issue_wants_no_more_stays_remembered(root: Path, street: Street) -> None:
    letter(root, "2026-11-26", tracker(street, 1))
    leads(street, 1)
    run(root)
    (kept,) = library(root).all_targets()
    other = Target(wrapper="b" * 64, url="https://story.example/p", at=NOW)
    library(root).keep_targets(kept.model_copy(update={"targets": (*kept.targets, other)}))
    run(root)
    assert set(targets(root)) == {*kept.targets, other}


def test_without_its_work_folder_a_run_asks_nothing(root: Path, street: Street) -> None:
    letter(root, "2026-11-26", tracker(street, 1))
    leads(street, 1)
    run(root)
    (before,), asked = records(root), street.asked
    for file in (root / "data" / "work").rglob("*.json"):
        file.unlink()
    run(root)
    assert (records(root), street.asked) == ([before], asked)


def test_a_dry_run_asks_nothing_and_uses_what_is_remembered(root: Path, street: Street) -> None:
    letter(root, "2026-11-26", tracker(street, 1))
    leads(street, 1)
    run(root, "--dry-run")
    assert street.asked == []
    run(root)
    asked = street.asked
    run(root, "--dry-run")
    (record,) = (root / "build" / "dry-run" / "work").rglob("clean.json")
    assert street.at("story.example", "/story/1") in record.read_text("utf-8")
    assert street.asked == asked


def test_what_is_remembered_is_set_aside_with_the_setting(root: Path, street: Street) -> None:
    letter(root, "2026-11-26", tracker(street, 1))
    leads(street, 1)
    run(root)
    set_to(root, settings(resolve=False))
    run(root)
    assert [link.publishable for link in links(root)] == [False]
    assert len(targets(root)) == 1


def test_the_clean_command_follows_where_it_is_wanted(root: Path, street: Street) -> None:
    set_to(root, settings(resolve=False))
    letter(root, "2026-11-26", tracker(street, 1))
    leads(street, 1)
    run(root)
    assert maeil(root, "clean").exit_code == 0
    assert [link.publishable for link in links(root)] == [False]
    set_to(root, settings())
    ran = maeil(root, "clean")
    assert (ran.exit_code, [link.publishable for link in links(root)]) == (0, [True])
    assert "click trackers: 1 followed" in ran.output


@pytest.mark.parametrize("stage", ["extract", "fetch"])
def test_no_other_stage_follows(root: Path, street: Street, stage: str) -> None:
    letter(root, "2026-11-26", tracker(street, 1))
    leads(street, 1)
    run(root, "--until", stage)
    assert street.asked == []
    assert maeil(root, stage).exit_code == 0
    assert street.asked == []


def test_a_file_that_is_damaged_is_asked_for_again(root: Path, street: Street) -> None:
    letter(root, "2026-11-26", tracker(street, 1))
    leads(street, 1)
    run(root)
    (file,) = (root / "data" / "ledger" / "targets").iterdir()
    file.write_bytes(file.read_bytes().replace(b"story.example", b"other.example"))
    run(root)
    assert [link.url for link in links(root)] == [street.at("story.example", "/story/1")]


# What is nowhere kept


def test_no_token_is_in_any_file_but_the_mail_nor_in_what_is_said(root: Path, street: Street) -> None:
    ways = ["/next", "/unsubscribe/", "http://127.0.0.1:9/", "/loop", "ftp://story.example/"]
    letter(root, "2026-11-26", *(tracker(street, number) for number in range(len(ways) + 3)))
    for number, way in enumerate(ways):
        street.sends(f"/ss/c/u001.{TOKEN}/{number}/h1/h001.x", f"{way}{TOKEN}?reader={READER}")
    street.sends(f"/next{TOKEN}", street.at("story.example", f"/p?click={TOKEN}"))
    street.sends(f"/loop{TOKEN}", f"/loop{TOKEN}")
    street.sends(f"/ss/c/u001.{TOKEN}/5/h1/h001.x", f"https://{TOKEN}.acme.example/p")
    street.shows("/p")
    leads(street, 6)
    known = hashlib.md5(READER.encode(), usedforsecurity=False).hexdigest()
    street.sends(f"/ss/c/u001.{TOKEN}/7/h1/h001.x", street.at("story.example", f"/p?x={known}"))
    said = [
        run(root, "-v"),
        maeil(root, "status").output,
        maeil(root, "sources").output,
        maeil(root, "clean", "-v").output,
    ]
    said.append(maeil(root, "status", "--json").output)
    for text in (TOKEN, READER, known):
        assert not [words for words in said if text.lower() in words.lower()]
        kept = files_below(root / "data") | files_below(root / "build")
        told = [name for name, data in kept.items() if text.lower() in data.decode().lower()]
        assert [name for name in told if not name.endswith(".eml")] == []
        assert bool(told) is (text != known)
    assert sorted(bool(target.url) for target in targets(root)) == [False] * 7 + [True]


# To the end


class FollowingDesk(Desk):
    """A desk that follows before it writes, as ``maeil run`` does."""

    def __init__(self, folder: Path, street: Street) -> None:
        super().__init__(folder)
        self.set_limit(200)
        self.start = open_hops(timeout_s=5, allow_private=HOSTS, resolve=resolve, ssl_context=TRUSTED)
        self.street = street

    def set_limit(self, limit: int) -> None:
        set_to(self.root, f'[model]\nname = "demo"\n[clean]\nresolve = true\nresolve_limit = {limit}\n')

    def follow_and_run(self) -> list[Outcome]:
        session = self.session()
        library = session.library
        asked = remembering(self.model, find=library.reply, keep=library.keep_reply)
        maker = Maker(library, session.settings, session.prompts, Ways(asked, in_turn, NOW))
        raws = list(maker.raws.values())
        assert Follower(maker, self.start).follow(raws, Plan(), lambda line: None) == []
        return list(run_issues(maker, raws, Plan(), lambda line: None))


@pytest.fixture
def desk(tmp_path: Path, street: Street) -> FollowingDesk:
    return FollowingDesk(tmp_path, street)


def counted(street: Street) -> str:
    """The small newsletter, two of its story links counted."""
    leads(street, 1, 2)
    text = NEWSLETTER.replace("https://x.com/harbor_demo/status/1?s=20", tracker(street, 1))
    return text.replace("https://x.com/kestrel_demo/status/2", tracker(street, 2))


def test_a_post_gives_the_page_and_is_judged_by_it(desk: FollowingDesk) -> None:
    desk.add(text=counted(desk.street))
    assert [outcome.state for outcome in desk.follow_and_run()] == ["done"]
    post = desk.post().read_text("utf-8")
    assert f"[harbor\\_demo]({desk.street.at('story.example', '/story/1')})" in post
    assert "/ss/c/" not in post
    checked = maeil(desk.root, "check", "--all")
    assert "1 post checked: 0 errors" in checked.output, checked.output


def test_a_post_that_stands_is_made_anew_when_a_link_that_waited_was_followed(desk: FollowingDesk) -> None:
    desk.set_limit(1)
    desk.add(text=counted(desk.street))
    desk.follow_and_run()
    before = desk.post().read_text("utf-8")
    assert "/story/2" not in before
    assert tally(desk.session().library) == (1, 1, 1)
    assert [outcome.state for outcome in desk.follow_and_run()] == ["done"]
    assert "/story/2" in desk.post().read_text("utf-8")
    asked = (len(desk.street.asked), len(desk.model.asked))
    assert [outcome.state for outcome in desk.follow_and_run()] == ["up to date"]
    assert (len(desk.street.asked), len(desk.model.asked)) == asked


def test_a_post_made_without_the_setting_is_looked_at_again_with_it(desk: FollowingDesk) -> None:
    set_to(desk.root, '[model]\nname = "demo"\n')
    desk.add(text=counted(desk.street))
    desk.run()
    assert "/story/" not in desk.post().read_text("utf-8")
    desk.set_limit(200)
    desk.follow_and_run()
    assert "/story/1" in desk.post().read_text("utf-8")


def test_a_run_is_patient_for_so_long_and_the_rest_waits(desk: FollowingDesk) -> None:
    desk.add(text=counted(desk.street))
    session = desk.session()
    maker = Maker(session.library, session.settings, session.prompts, Ways(desk.model, in_turn, NOW))
    instants = iter([0.0, PATIENCE_S - 1, PATIENCE_S + 1])
    follower = Follower(maker, desk.start, clock=lambda: next(instants))
    follower.follow(list(maker.raws.values()), Plan(), lambda line: None)
    assert follower.followed == 1
    assert tally(session.library) == (1, 1, 1)


def test_an_answer_is_kept_before_the_next_is_there(desk: FollowingDesk) -> None:
    desk.add(text=counted(desk.street))
    session = desk.session()
    maker = Maker(session.library, session.settings, session.prompts, Ways(desk.model, in_turn, NOW))
    started = 0

    def start() -> object:
        nonlocal started
        started += 1
        if started == 2:
            raise KeyboardInterrupt
        return desk.start()

    follower = Follower(maker, start)  # type: ignore[arg-type]
    with pytest.raises(KeyboardInterrupt):
        follower.follow(list(maker.raws.values()), Plan(), lambda line: None)
    assert tally(session.library) == (1, 1, 1)
