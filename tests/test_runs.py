"""Whole issues through every stage, with a model that is a function."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ConfigError
from pipeline.gather import read_input
from pipeline.llm import remembering
from pipeline.records.questions import Question, Reply
from pipeline.records.sources import RawIssue
from pipeline.records.verdicts import Verdict
from pipeline.reply import Complete, Unavailable
from pipeline.runs import Outcome, Plan, pick, run_issues
from pipeline.session import Session, open_session
from pipeline.stages import Maker, Ways
from pipeline.verify import finding_id
from tests.make import raw as raw_issue
from tests.rooms import files_below, new_root
from tests.small import NEWSLETTER, SmallModel, answer

NOW = dt.datetime(2024, 6, 13, 1, 0, tzinfo=dt.UTC)
POST = "data/posts/daily-20240613.md"


class Desk:
    """A root with one newsletter, run as often as a test likes."""

    def __init__(self, folder: Path) -> None:
        self.root = new_root(folder / "root")
        self.folder = folder
        self.model = SmallModel()

    def session(self) -> Session:
        return open_session(self.root)

    def add(self, name: str = "24-06-12-small.md", text: str = NEWSLETTER) -> RawIssue:
        (self.folder / name).write_text(text, "utf-8")
        session = self.session()
        raw, body = read_input(self.folder / name, now=NOW, zone=session.settings.zone, day=None)
        session.library.keep_raw(raw, body)
        return raw

    def run(self, plan: Plan = Plan(), *, complete: Complete | None = None, now: dt.datetime = NOW) -> list[Outcome]:  # noqa: B008
        session = self.session()
        library = session.library
        asked = remembering(complete or self.model, find=library.reply, keep=library.keep_reply)
        maker = Maker(library, session.settings, session.prompts, Ways(asked, in_turn, now))
        return list(run_issues(maker, list(maker.raws.values()), plan, lambda line: None))

    def post(self, name: str = POST) -> Path:
        return self.root / name


def in_turn(calls: Any) -> list[Any]:
    return [call() for call in calls]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_newsletter_becomes_a_post_whose_links_are_those_of_the_newsletter(desk: Desk) -> None:
    desk.add()
    assert [outcome.state for outcome in desk.run()] == ["done"]
    post = desk.post().read_text("utf-8")
    assert "[harbor\\_demo](https://x.com/harbor_demo/status/1)" in post
    assert "[Lumen-2](https://harbor.example/lumen-2?v=2)" in post
    assert "https://orrery.example/post?id=7" in post
    assert "utm_" not in post
    assert post.endswith("원문: [Small models, small bills](https://news.example/issues/24-06-12)\n")
    assert post.split("\n---\n", 1)[1].count("\n  - ") == 4
    assert post.count("\n- **") == 6


def test_a_second_run_asks_nothing_and_writes_nothing(desk: Desk) -> None:
    desk.add()
    desk.run()
    before, asked = files_below(desk.root), len(desk.model.asked)
    assert [outcome.state for outcome in desk.run()] == ["up to date"]
    assert (files_below(desk.root), len(desk.model.asked)) == (before, asked)


def test_without_its_work_folder_a_run_makes_the_same_bytes_and_asks_nothing(desk: Desk) -> None:
    desk.add()
    desk.run()
    before, asked = files_below(desk.root), len(desk.model.asked)
    shutil.rmtree(desk.root / "data" / "work")
    desk.run(now=NOW + dt.timedelta(days=40))
    assert (files_below(desk.root), len(desk.model.asked)) == (before, asked)


def test_a_lost_ledger_takes_back_the_posts_that_the_issues_make(desk: Desk) -> None:
    desk.add()
    desk.run()
    before = files_below(desk.root)
    shutil.rmtree(desk.root / "data" / "ledger")
    assert [outcome.state for outcome in desk.run(now=NOW + dt.timedelta(days=40))] == ["done"]
    assert files_below(desk.root) == before


def test_a_changed_prompt_asks_only_what_changed(desk: Desk) -> None:
    desk.add()
    desk.run()
    prompt = desk.root / "prompts" / "overview.md"
    prompt.write_text(prompt.read_text("utf-8") + "\nOne more rule.\n", "utf-8")
    desk.model.asked.clear()
    desk.run()
    assert [question.part for question in desk.model.asked] == ["overview"]


def test_a_post_edited_by_hand_is_left_alone_unless_forced(desk: Desk) -> None:
    desk.add()
    desk.run()
    edited = desk.post().read_text("utf-8") + "\n덧붙인 말입니다.\n"
    desk.post().write_text(edited, "utf-8")
    assert [outcome.state for outcome in desk.run()] == ["up to date"]
    outcome = desk.run(Plan(first="emit"))[0]
    assert outcome.state == "held"
    assert "edited by hand" in outcome.reason
    assert desk.post().read_text("utf-8") == edited
    desk.run(Plan(first="emit", force=True))
    assert "덧붙인" not in desk.post().read_text("utf-8")


@pytest.mark.parametrize("day", ["2024-06-14", "2024-06-1v"])
def test_another_day_of_change_is_an_edit_by_hand_like_any_other(desk: Desk, day: str) -> None:
    desk.add()
    desk.run()
    edited = desk.post().read_text("utf-8").replace("update: 2024-06-13", f"update: {day}")
    desk.post().write_text(edited, "utf-8")
    outcome = desk.run(Plan(first="emit"))[0]
    assert outcome.state == "held"
    assert "edited by hand" in outcome.reason
    assert desk.post().read_text("utf-8") == edited


def test_a_changed_post_that_a_killed_run_did_not_enter_in_the_ledger_is_taken_as_it_is(desk: Desk) -> None:
    desk.add()
    desk.run()
    before = files_below(desk.root / "data" / "ledger")
    settings = desk.root / "maeil.toml"
    settings.write_text(settings.read_text("utf-8") + "[post]\ncredit = false\n", "utf-8")
    desk.run(now=dt.datetime(2024, 7, 1, tzinfo=dt.UTC))
    changed = desk.post().read_bytes()
    for name, data in before.items():
        (desk.root / "data" / "ledger" / name).write_bytes(data)
    assert [outcome.state for outcome in desk.run(now=dt.datetime(2024, 7, 9, tzinfo=dt.UTC))] == ["done"]
    assert desk.post().read_bytes() == changed


def test_a_post_that_was_there_before_is_never_touched(desk: Desk) -> None:
    desk.add()
    desk.post().parent.mkdir(parents=True)
    desk.post().write_text("mine", "utf-8")
    for plan in (Plan(), Plan(force=True), Plan(first="emit", force=True)):
        outcome = desk.run(plan)[0]
        assert outcome.state == "held"
        assert "was there before" in outcome.reason
        assert desk.post().read_text("utf-8") == "mine"


def test_a_changed_post_tells_the_day_of_its_change(desk: Desk) -> None:
    desk.add()
    desk.run()
    settings = desk.root / "maeil.toml"
    settings.write_text(settings.read_text("utf-8") + "[post]\ncredit = false\n", "utf-8")
    desk.run(now=dt.datetime(2024, 7, 1, 15, 30, tzinfo=dt.UTC))
    post = desk.post().read_text("utf-8")
    assert "date: 2024-06-13\nupdate: 2024-07-02\n" in post
    assert "원문" not in post


def test_two_issues_on_one_day_are_two_posts_that_keep_their_names(desk: Desk) -> None:
    desk.add("24-06-12-second.md", NEWSLETTER.replace("21:40:12Z", "22:40:12Z").replace("Small models", "More models"))
    desk.run()
    desk.add()
    states = {outcome.raw.identity: outcome.post for outcome in desk.run()}
    assert states["24-06-12-second.md"] == "daily-20240613.md"
    desk.run()
    assert {outcome.raw.identity: outcome.post for outcome in desk.run()} == states


def test_the_same_edition_by_two_sources_is_one_issue(desk: Desk) -> None:
    first = desk.add()
    session = desk.session()
    again = first.model_copy(
        update={"id": "20240613-ffffffff", "source": "mail", "title": "[News] " + first.title, "made_from": "1" * 64}
    )
    session.library.keep_raw(again, NEWSLETTER.encode())
    states = {outcome.raw.source: outcome for outcome in desk.run()}
    assert states["input"].state == "done"
    assert states["mail"].state == "same edition"
    assert first.id in states["mail"].reason
    assert len(list((desk.root / "data" / "posts").iterdir())) == 1
    assert [outcome.state for outcome in desk.run()].count("held before") == 1


def test_two_editions_of_one_day_and_title_with_other_links_are_two_issues(desk: Desk) -> None:
    first = desk.add()
    other = desk.add("24-06-12-evening.md", NEWSLETTER.replace("https://", "https://evening."))
    session = desk.session()
    session.library.keep_raw(
        other.model_copy(update={"source": "mail", "id": "20240613-eeeeeeee"}),
        (desk.folder / "24-06-12-evening.md").read_bytes(),
    )
    assert {outcome.state for outcome in desk.run() if outcome.raw.id != first.id} != {"same edition"}


def test_an_unusable_answer_holds_the_issue_once_and_the_others_go_on(desk: Desk) -> None:
    desk.add()
    desk.add("24-06-20-other.md", NEWSLETTER.replace("2024-06-12T", "2024-06-20T").replace("Small models", "Next week"))
    calls: list[Question] = []

    def garbled_for_the_first(question: Question) -> Reply:
        calls.append(question)
        if len(calls) <= 4:
            return Reply(question=question.hash, content="I would rather not.", model="m")
        return desk.model(question)

    first = desk.run(complete=garbled_for_the_first)
    assert [outcome.state for outcome in first] == ["held", "held"] or [outcome.state for outcome in first] == [
        "held",
        "done",
    ]
    asked = len(calls)
    again = desk.run(complete=garbled_for_the_first)
    assert again[0].state == "held"
    assert len(calls) == asked or again[1].state == "done"
    assert not desk.post().exists()


def test_a_held_issue_is_tried_again_when_a_prompt_changes(desk: Desk) -> None:
    desk.add()
    desk.run(complete=lambda question: Reply(question=question.hash, content="no", model="m"))
    assert desk.run()[0].state == "held"
    prompt = desk.root / "prompts" / "editor.md"
    prompt.write_text(prompt.read_text("utf-8") + "\nAnother rule.\n", "utf-8")
    assert desk.run()[0].state == "done"


def test_an_issue_whose_server_was_away_is_tried_at_the_next_run(desk: Desk) -> None:
    desk.add()

    def away(question: Question) -> Reply:
        raise Unavailable("the server does not answer")

    assert desk.run(complete=away)[0].state == "held"
    assert desk.run()[0].state == "done"


def test_finished_questions_survive_a_failure(desk: Desk) -> None:
    desk.add()

    def fails_at_the_overview(question: Question) -> Reply:
        if question.part == "overview":
            raise Unavailable("the server does not answer")
        return desk.model(question)

    desk.run(complete=fails_at_the_overview)
    desk.run()
    assert [question.part for question in desk.model.asked] == ["front", "overview"]


def with_change(part: str, change: Callable[[dict[str, Any]], None]) -> Complete:
    import json

    def complete(question: Question) -> Reply:
        if question.part == "again":
            return Reply(question=question.hash, content='{"pieces": []}', model="m")
        said = answer(question)
        if question.part == part:
            change(said)
        return Reply(question=question.hash, content=json.dumps(said, ensure_ascii=False), model="m")

    return complete


def wrong_figure(said: dict[str, Any]) -> None:
    bullets = said["topics"][0]["bullets"]
    of_northwind = next(bullet for bullet in bullets if "northwind" in bullet["text"])
    of_northwind["text"] = "northwind_demo는 기업 가치 78억 달러에 1.2억 달러를 유치했습니다."


def test_a_bullet_that_stays_wrong_is_dropped_and_told(desk: Desk) -> None:
    desk.add()
    outcome = desk.run(complete=with_change("front", wrong_figure))[0]
    assert outcome.state == "done"
    assert "1.2억" not in desk.post().read_text("utf-8")
    verdict = desk.session().library.work(outcome.raw.id, Verdict)
    assert verdict is not None
    assert any("1.2억" in dropped.what for dropped in verdict.dropped)
    assert any(finding.check == "numbers" for finding in verdict.findings)


def test_an_accepted_finding_is_published_as_it_was_written(desk: Desk) -> None:
    desk.add()
    complete = with_change("front", wrong_figure)
    issue = desk.run(complete=complete)[0].raw.id
    library = desk.session().library
    verdict = library.work(issue, Verdict)
    assert verdict is not None
    wrong = [finding_id(finding) for finding in verdict.findings if finding.severity == "error"]
    library.keep_ledger(library.ledger(issue).model_copy(update={"accepted": tuple(wrong)}))
    assert [outcome.state for outcome in desk.run(complete=complete)] == ["done"]
    assert "1.2억" in desk.post().read_text("utf-8")


def test_a_second_look_that_cannot_be_read_costs_only_what_was_wrong(desk: Desk) -> None:
    faithful = with_change("front", wrong_figure)

    def complete(question: Question) -> Reply:
        if question.part == "again":
            return Reply(question=question.hash, content="no", model="m")
        return faithful(question)

    desk.add()
    assert [outcome.state for outcome in desk.run(complete=complete)] == ["done"]
    assert "1.2억" not in desk.post().read_text("utf-8")


def test_with_too_little_left_no_post_is_written_and_the_reason_is_told(desk: Desk) -> None:
    def all_wrong(said: dict[str, Any]) -> None:
        for bullet in said["topics"][0]["bullets"]:
            bullet["text"] = "Zephyrix사는 매출 999조 달러를 기록했다고 발표했습니다."

    desk.add()
    outcome = desk.run(complete=with_change("front", all_wrong))[0]
    assert outcome.state == "held"
    assert "Preview" in outcome.reason or "preview" in outcome.reason
    assert not desk.post().exists()


def test_a_stage_alone_needs_the_record_before_it(desk: Desk) -> None:
    desk.add()
    outcome = desk.run(Plan(first="clean", last="clean", alone=True))[0]
    assert outcome.state == "held"
    assert "no record of stage extract" in outcome.reason
    desk.run(Plan(first="extract", last="extract", alone=True))
    assert desk.run(Plan(first="clean", last="clean", alone=True))[0].state == "done"
    assert not (desk.root / "data" / "work" / outcome.raw.id / "draft.json").exists()


def test_a_beginning_of_an_id_must_fit_exactly_one_issue() -> None:
    raws = [raw_issue("20240612-0000000a"), raw_issue("20240612-0000000b"), raw_issue("20240613-0000000c")]
    assert pick(raws, wanted=["20240613"]) == (raws[2],)
    with pytest.raises(ConfigError, match="fits 2 issues"):
        pick(raws, wanted=["20240612"])
    with pytest.raises(ConfigError, match="no such issue"):
        pick(raws, wanted=["2025"])
