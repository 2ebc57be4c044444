"""Runs against servers that are processes of their own: a real one with a random model, and one that is killed."""

from __future__ import annotations

import json
import random
import re
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import Result

from pipeline.llm import open_model
from pipeline.records.base import PartName
from pipeline.records.questions import Message, Question
from pipeline.reply import QuestionTooLong, decode_reply
from pipeline.summarize.answers import SHAPES, answer_schema
from tests.faulty_model import FaultyModel
from tests.obedient_model import Obedient
from tests.real_model import AT_ONCE, MODEL_NAME, Serving, random_model, recorded_model
from tests.rooms import files_below, maeil, new_root
from tests.small import NEWSLETTER

NOW = ("--now", "2024-06-13T01:00:00Z")
NOWHERE = "http://127.0.0.1:9/v1"
"""Where no server is: whoever asks a question there is noticed."""


@pytest.fixture(scope="module")
def llama() -> Iterator[Serving]:
    pytest.importorskip("xllamacpp", reason="there is no wheel of it for this platform")
    with random_model() as server:
        yield server


def new_room(folder: Path, settings: str = "") -> tuple[Path, Path]:
    """A root, and a newsletter beside it."""
    newsletter = folder / "24-06-12-small.md"
    newsletter.write_text(NEWSLETTER, "utf-8")
    return new_root(folder / "root", f'[model]\nname = "{MODEL_NAME}"\njobs = 4\n{settings}'), newsletter


def run(root: Path, newsletter: Path, *options: str, server: str) -> Result:
    return maeil(root, "run", "--input", str(newsletter), *NOW, *options, OPENAI_BASE_URL=server)


def calls_of(root: Path) -> list[dict[str, object]]:
    lines = [file.read_text("utf-8").splitlines() for file in (root / "data/ledger/calls").iterdir()]
    return [json.loads(line)["call"] for calls in lines for line in calls]


def posts_of(root: Path) -> dict[str, bytes]:
    return {name: data for name, data in files_below(root).items() if name.startswith("data/posts")}


def question(part: PartName, text: str) -> Question:
    return Question(
        part=part,
        model=MODEL_NAME,
        messages=(Message(role="system", content="You edit."), Message(role="user", content=text)),
        answer_schema=answer_schema(part),
    )


# A real server, whose model knows nothing


class Held(NamedTuple):
    """A run that came to no post."""

    root: Path
    newsletter: Path
    result: Result


@pytest.fixture(scope="module")
def held(llama: Serving, tmp_path_factory: pytest.TempPathFactory) -> Held:
    root, newsletter = new_room(tmp_path_factory.mktemp("held"))
    return Held(root, newsletter, run(root, newsletter, server=llama.base_url))


def test_garbage_of_the_right_schema_is_held_with_the_reason_and_kept(held: Held) -> None:
    assert held.result.exit_code == 1
    assert not posts_of(held.root)
    said = held.result.output
    assert re.fullmatch(r"\d{8}-[0-9a-f]{8}: held at emit: .*(preview|overview): \d bullets are left, .*\n", said)
    verdict = next((held.root / "data" / "work").glob("*/verdict.json"))
    assert json.loads(verdict.read_bytes())["record"]["dropped"]
    calls = calls_of(held.root)
    assert {call["part"] for call in calls} >= {"front", "overview"}
    assert {call["outcome"] for call in calls} == {"answered"}
    kept = {Path(name).stem for name in files_below(held.root) if name.startswith("data/replies")}
    assert kept == {call["question"] for call in calls}


def test_garbage_is_held_for_the_same_reason_again_and_nothing_is_asked_again(held: Held, tmp_path: Path) -> None:
    root, reason = tmp_path / "root", held.result.output
    shutil.copytree(held.root, root)
    before = files_below(root)
    again = run(root, held.newsletter, "-v", server=NOWHERE)
    assert (again.exit_code, again.output) == (0, reason.replace(": held at ", ": held before at "))
    shutil.rmtree(root / "data" / "work")
    anew = maeil(root, "run", reason.partition(":")[0], "--from", "extract", *NOW, OPENAI_BASE_URL=NOWHERE)
    assert (anew.exit_code, anew.output) == (1, reason)
    assert files_below(root) == before


def test_four_questions_at_once_get_an_answer_each_that_fits_its_schema(llama: Serving) -> None:
    model = open_model(base_url=llama.base_url, timeout_s=20)
    parts: tuple[PartName, ...] = ("front", "overview", "again", "front")
    questions = [question(part, f"What is new? {number}") for number, part in enumerate(parts)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        replies = list(pool.map(model, questions))
    model.close()
    assert model.rung == "json_schema"
    for asked, reply in zip(questions, replies, strict=True):
        assert (reply.question, reply.model, reply.finish_reason) == (asked.hash, MODEL_NAME, "stop")
        assert set(json.loads(reply.content)) == set(SHAPES[asked.part].model_fields)
        assert decode_reply(reply.content, shape=SHAPES[asked.part])


def test_a_question_longer_than_the_context_is_to_be_split(llama: Serving) -> None:
    model = open_model(base_url=llama.base_url, timeout_s=20)
    with pytest.raises(QuestionTooLong, match="context"):
        model(question("front", "All that is new. " * 4_000))
    model.close()


# A server that is killed and started again


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root whose run was not disturbed; its replies are the record."""
    root, newsletter = new_room(tmp_path_factory.mktemp("finished"))
    with FaultyModel(answer=Obedient()) as server:
        done = run(root, newsletter, server=server.base_url)
    assert done.exit_code == 0, done.output
    return root


def test_a_run_waits_for_a_server_that_is_killed_and_comes_back(finished: Path, tmp_path: Path) -> None:
    root, newsletter = new_room(tmp_path)
    random.seed(1_311_732)  # its waits between attempts: all of the first eight are at most 1.5 s
    over = threading.Event()
    with recorded_model(finished / "data" / "replies", latency_s=0.3) as server:

        def kill_while_the_front_is_asked() -> None:
            while (part := server.asked()) != "front":
                if not part:
                    return
            server.kill()
            over.wait(1.5)
            with recorded_model(finished / "data" / "replies", port=server.port):
                over.wait(20)

        killer = threading.Thread(target=kill_while_the_front_is_asked)
        killer.start()
        done = run(root, newsletter, server=server.base_url)
        over.set()
    killer.join()
    assert (done.exit_code, done.output) == (0, "")
    calls = calls_of(root)
    assert sorted(str(call["part"]) for call in calls if call["outcome"] == "answered") == ["front", "overview"]
    waited = [str(call["reason"]) for call in calls if call["outcome"] == "retry"]
    assert set(waited) == {"the connection broke before the answer was whole", "no connection to the model's server"}
    assert posts_of(root) == posts_of(finished)


def test_an_issue_whose_server_stays_away_is_finished_by_the_next_run(finished: Path, tmp_path: Path) -> None:
    root, newsletter = new_room(tmp_path, "patience_s = 0.5\n")
    random.seed(1_311_732)
    held = run(root, newsletter, server=NOWHERE)
    assert held.exit_code == 1
    assert "see that it runs and that OPENAI_BASE_URL is right" in held.output
    assert len(held.output.splitlines()) == 1
    assert not posts_of(root)
    with recorded_model(finished / "data" / "replies") as server:
        done = run(root, newsletter, server=server.base_url)
    assert (done.exit_code, done.output) == (0, "")
    assert posts_of(root) == posts_of(finished)
