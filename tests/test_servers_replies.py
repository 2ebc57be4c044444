"""Replies as servers give them: whatever is odd about a good answer costs one call more at most, and no post."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.faulty_model import FaultyModel
from tests.obedient_model import Obedient, question_of
from tests.rooms import maeil, new_root
from tests.small import NEWSLETTER

Body = dict[str, Any]
Answer = Callable[[Body], str]
DAY_1, DAY_2, DAY_3, DAY_4 = (f"2024-06-{day}T01:00:00Z" for day in (13, 14, 15, 16))


def good(body: Body) -> str:
    """A faithful answer, in whatever form the schema was sent."""
    return Obedient()(body)


def changed(change: Callable[[Any], Any]) -> Answer:
    return lambda body: json.dumps(change(json.loads(good(body))), ensure_ascii=False)


def ignores_the_schema(body: Body) -> str:
    """One string where an object is wanted, as long as the schema is not told in words."""
    answer = json.loads(good(body))
    if (body.get("response_format") or {}).get("type") == "json_schema" and question_of(body).part == "front":
        answer["topics"] = "모델과 비용"
    return json.dumps(answer, ensure_ascii=False)


def of_bare_text(answer: Any) -> Any:
    if "viewpoint" in answer:
        answer["viewpoint"] = [one["text"] for one in answer["viewpoint"]]
    return answer


ODD: dict[str, Answer] = {
    "the schema is ignored": ignores_the_schema,
    "prose around the JSON": lambda body: (
        f"Here is what you {{asked}} for:\n```json\n{good(body)}\n```\nAnything else?"
    ),
    "a thought before it": lambda body: f"<think>Hm. Like {{this}}?</think>\n{good(body)}",
    "empty fields that nobody asked for": changed(lambda answer: {"notes": "", "sources": [], **answer, "draft": None}),
    "a bare string for a cited text": changed(of_bare_text),
    "a list that is empty is left out": changed(lambda answer: {k: v for k, v in answer.items() if v or k == "pieces"}),
}


def run(root: Path, server: FaultyModel, *arguments: str, now: str = DAY_1) -> tuple[int, str, str]:
    """The exit status, what was said, and the post."""
    result = maeil(root, "run", *arguments, "--now", now, OPENAI_BASE_URL=server.base_url)
    posts = [file.read_text("utf-8") for file in (root / "data" / "posts").glob("daily-*.md")]
    return result.exit_code, result.output, "".join(posts)


def room(folder: Path) -> tuple[Path, tuple[str, ...]]:
    newsletter = folder / "24-06-12-small.md"
    newsletter.write_text(NEWSLETTER, "utf-8")
    (folder / "letters").mkdir()
    source = f'[[sources]]\nname = "letters"\nkind = "folder"\npath = "{folder / "letters"}"\n'
    settings = f'[model]\nname = "demo"\n\n{source}'
    return new_root(folder / "root", settings), ("--input", str(newsletter), "--date", "2024-06-13")


@pytest.mark.parametrize("name", ODD)
def test_an_odd_reply_comes_to_the_same_post_within_one_more_call(name: str, tmp_path: Path) -> None:
    (tmp_path / "good").mkdir()
    (tmp_path / "odd").mkdir()
    root, arguments = room(tmp_path / "good")
    with FaultyModel(answer=good) as server:
        _, _, expected = run(root, server, *arguments)
        calls = len(server.asked)
    root, arguments = room(tmp_path / "odd")
    with FaultyModel(answer=ODD[name]) as server:
        status, said, post = run(root, server, *arguments)
        assert len(server.asked) <= calls + 1
    assert (status, said) == (0, "")
    assert post == expected


def test_no_schema_that_is_sent_refers_to_another_place(tmp_path: Path) -> None:
    root, arguments = room(tmp_path)
    with FaultyModel(answer=good) as server:
        run(root, server, *arguments)
        assert server.asked
        assert not any("$ref" in json.dumps(asked.body.get("response_format")) for asked in server.asked)


def test_a_server_that_ignored_a_schema_is_told_it_in_words_from_then_on(tmp_path: Path) -> None:
    root, arguments = room(tmp_path)
    with FaultyModel(answer=ignores_the_schema) as server:
        run(root, server, *arguments)
        second = tmp_path / "24-06-14-small.md"
        second.write_text(NEWSLETTER.replace("2024-06-12T", "2024-06-14T").replace("8B", "9B"), "utf-8")
        before = len(server.asked)
        run(root, server, "--input", str(second), "--date", "2024-06-15", now=DAY_3)
        later = server.asked[before:]
    assert later
    assert {asked.body["response_format"]["type"] for asked in later} == {"json_object"}


def test_a_text_that_is_too_long_says_nothing_of_the_schema(tmp_path: Path) -> None:
    root, arguments = room(tmp_path)
    long = [True]

    def answer(body: Body) -> str:
        said = json.loads(good(body))
        if long[0] and question_of(body).part == "front":
            long[0] = False
            said["title"]["text"] = "가" * 2_001
        return json.dumps(said, ensure_ascii=False)

    with FaultyModel(answer=answer) as server:
        status, said, _ = run(root, server, *arguments)
        assert len(server.asked) == 3
        assert {asked.body["response_format"]["type"] for asked in server.asked} == {"json_schema"}
    assert (status, said) == (0, "")


def test_an_answer_that_cannot_be_used_is_asked_again_the_next_day_and_only_that(tmp_path: Path) -> None:
    root, arguments = room(tmp_path)
    broken = [True]

    def answer(body: Body) -> str:
        return "I cannot." if broken[0] and is_overview(body) else good(body)

    with FaultyModel(answer=answer) as server:
        status, said, _ = run(root, server, *arguments)
        assert status == 1
        assert "overview cannot be used, twice" in said
        broken[0] = False
        before = len(server.asked)
        status, said, post = run(root, server, now=DAY_2)
        assert not said
        assert len(server.asked) == before + 1
    assert status == 0
    assert post


def test_what_is_never_answered_is_asked_in_three_runs_and_then_left_alone(tmp_path: Path) -> None:
    root, arguments = room(tmp_path)

    def answer(body: Body) -> str:
        return "I cannot." if is_overview(body) else good(body)

    with FaultyModel(answer=answer) as server:
        run(root, server, *arguments)
        counts = []
        for now in (DAY_2, DAY_3, DAY_4):
            before = len(server.asked)
            run(root, server, now=now)
            counts.append(len(server.asked) - before)
        assert counts[0] >= 1
        assert counts[1] >= 1
        assert counts[2] == 0
        before = len(server.asked)
        run(root, server, "--ask-again", now=DAY_4)
        asked_again = server.asked[before:]
        assert asked_again
        assert all(is_overview(asked.body) for asked in asked_again)
        before = len(server.asked)
        run(root, server, "--ask-again=all", now=DAY_4)
        assert any(not is_overview(asked.body) for asked in server.asked[before:])


def is_overview(body: Body) -> bool:
    return "Write the Overview" in body["messages"][1]["content"]
