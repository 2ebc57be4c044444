"""The fact check within a run: what its reader finds falls, and a reader that does not read holds the post."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import read_secrets
from pipeline.llm import remembering
from pipeline.records.drafts import Draft
from pipeline.records.questions import Question, Reply
from pipeline.records.verdicts import Verdict
from pipeline.reply import Complete
from pipeline.runs import Outcome, Plan, run_issues
from pipeline.session import Way, open_session
from pipeline.stages import Maker, Ways
from tests.factcheck_readers import alarm, obedient, seen, supported
from tests.rooms import maeil, new_root
from tests.small import SENTENCES, SmallModel
from tests.test_runs import NOW, Desk, in_turn

FALSE = "Kestrel v0.9는 디코딩이 2.7배 느립니다."
TRUE, _ = SENTENCES["2.7x faster"]

Read = Callable[[Question], list[dict[str, Any]]]


class Reader:
    """Answers fact checks with what ``read`` says, and counts them."""

    def __init__(self, read: Read) -> None:
        self.read = read
        self.asked: list[Question] = []

    def __call__(self, question: Question) -> Reply:
        self.asked.append(question)
        content = json.dumps({"sentences": self.read(question)}, ensure_ascii=False)
        return Reply(question=question.hash, content=content, model="reader")


QUOTES = {said: "3 deprecated APIs" if words == "deprecated" else words for words, (said, _) in SENTENCES.items()} | {
    "Harbor Labs, 8B 모델 Lumen-2 공개": "Lumen-2",
    "새 모델과 함께 투자 유치와 양자화 소식을 전합니다.": "4-bit quantization",
    "라이선스가 자유로운 Lumen-2라도 학습 비용은 따로 따져야 합니다.": "Lumen-2",
}


def honest(question: Question) -> list[dict[str, Any]]:
    """Supports what it has a quote for in a cited item, and nothing else."""
    asking = seen(question)
    answers = []
    for sentence, items in asking.sentences:
        quote = QUOTES.get(sentence["text"], sentence["text"].partition("소식 ")[2])
        item = next((number for number in items if quote and quote in asking.items[number]["text"]), "")
        answers.append(supported(sentence, item, quote) if item else alarm(sentence))
    return answers


class Lying(SmallModel):
    """Writes one false sentence, and writes it again truly or not when it is asked again."""

    def __init__(self, *, mends: bool) -> None:
        super().__init__()
        self.mends = mends

    def __call__(self, question: Question) -> Reply:
        if question.part != "again":
            reply = super().__call__(question)
            return reply.model_copy(update={"content": reply.content.replace(TRUE, FALSE)})
        self.asked.append(question)
        pieces = json.loads(question.messages[1].content.split("<pieces>\n")[1].split("\n</pieces>")[0])
        answered = [
            {name: piece[name] for name in ("place", "head", "text", "refs", "items")}
            | ({"text": piece["text"].replace(FALSE, TRUE)} if self.mends else {})
            for piece in pieces
        ]
        return Reply(
            question=question.hash, content=json.dumps({"pieces": answered}, ensure_ascii=False), model="small"
        )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    shutil.rmtree(desk.root)
    new_root(desk.root, factcheck=True)
    desk.add()
    return desk


def run(desk: Desk, reader: Complete, writer: Complete | None = None) -> list[Outcome]:
    session = desk.session()
    library = session.library
    ask = [remembering(way, find=library.reply, keep=library.keep_reply) for way in (writer or desk.model, reader)]
    maker = Maker(library, session.settings, session.prompts, Ways(ask[0], in_turn, NOW, ask[1]))
    return list(run_issues(maker, list(maker.raws.values()), Plan(), lambda line: None))


def draft_of(desk: Desk) -> Draft:
    (raw,) = desk.session().library.issues()
    draft = desk.session().library.work(raw.id, Draft)
    assert draft is not None
    return draft


def test_a_reader_that_believes_everything_holds_the_post_and_says_why(desk: Desk) -> None:
    (outcome,) = run(desk, Reader(obedient))
    assert outcome.state == "held"
    assert "the fact check let " in outcome.reason
    assert not desk.post().exists()
    result = maeil(desk.root, "status")
    assert "fact check by demo: 0 of " in result.output


def test_a_false_sentence_is_asked_again_with_its_finding_and_mended(desk: Desk) -> None:
    writer = Lying(mends=True)
    (outcome,) = run(desk, Reader(honest), writer)
    assert (outcome.state, outcome.reason) == ("done", "")
    again = [question for question in writer.asked if question.part == "again"]
    assert any("the newsletter does not say this" in question.messages[1].content for question in again)
    post = desk.post().read_text("utf-8")
    assert FALSE not in post
    assert "2.7배 빠른" in post


def test_a_false_sentence_that_stays_falls_and_the_record_says_so(desk: Desk) -> None:
    (outcome,) = run(desk, Reader(honest), Lying(mends=False))
    assert outcome.state == "done"
    assert FALSE not in desk.post().read_text("utf-8")
    (raw,) = desk.session().library.issues()
    verdict = desk.session().library.work(raw.id, Verdict)
    assert verdict is not None
    assert any(one.kind == "factcheck.not-found" for one in verdict.findings)
    assert any(FALSE in one.what for one in verdict.dropped)


def test_a_second_run_reads_nothing_again_and_makes_the_same_bytes(desk: Desk) -> None:
    run(desk, Reader(honest))
    before, draft = desk.post().read_bytes(), draft_of(desk)
    shutil.rmtree(desk.root / "data" / "work")
    reader = Reader(honest)
    run(desk, reader)
    assert not reader.asked
    assert desk.post().read_bytes() == before
    assert draft_of(desk) == draft


def test_without_a_fact_check_the_record_and_the_status_say_so(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.add()
    desk.run()
    assert draft_of(desk).factcheck is None
    assert "meaning is not checked" in maeil(desk.root, "status").output


def test_a_reader_of_its_own_is_set_by_table_and_its_key_by_environment(tmp_path: Path) -> None:
    settings = '[factcheck]\nmodel = "reader"\nbase_url = "http://127.0.0.1:9/v1"\n[model]\nname = "m"\n'
    wanted = open_session(new_root(tmp_path / "r", settings, factcheck=True)).settings.factcheck
    assert wanted != "off"
    assert (wanted.model, wanted.base_url) == ("reader", "http://127.0.0.1:9/v1")
    secrets = read_secrets(tmp_path, {"MAEIL_FACTCHECK_API_KEY": "sk-reader", "OPENAI_API_KEY": "sk-writer"})
    assert secrets.factcheck_key is not None
    assert secrets.factcheck_key.get_secret_value() == "sk-reader"


def test_the_writers_key_is_never_sent_to_another_server_for_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline import session

    monkeypatch.setenv("OPENAI_API_KEY", "sk-writer")
    monkeypatch.delenv("MAEIL_FACTCHECK_API_KEY", raising=False)
    settings = '[factcheck]\nbase_url = "http://127.0.0.1:9/v1"\n[model]\nname = "m"\n'
    opened = open_session(new_root(tmp_path / "r", settings, factcheck=True))
    reader = session._reader(opened)
    assert reader is not None
    assert (reader.name, reader.base_url, reader.api_key) == ("m", "http://127.0.0.1:9/v1", None)


def test_check_with_ask_has_any_post_read_and_without_it_nobody_is_asked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(desk, Reader(honest))
    post = desk.folder / "daily-20240613.md"
    post.write_text(desk.post().read_text("utf-8").replace("2.7배 빠른", "2.7배 느린"), "utf-8")
    newsletter = str(desk.folder / "24-06-12-small.md")
    asked: list[Question] = []

    def way(session: object, now: object, ask_again: object) -> Callable[[object], Way]:
        reader = Reader(honest)
        reader.asked = asked
        return lambda _: Way(reader, lambda: None)

    monkeypatch.setattr("pipeline.session._ways_to_models", way)
    plain = maeil(desk.root, "check", str(post), "--against", newsletter)
    assert not asked
    assert "factcheck" not in plain.output
    read = maeil(desk.root, "check", str(post), "--against", newsletter, "--ask")
    assert asked
    assert read.exit_code == 1
    (line,) = [line for line in read.output.splitlines() if "factcheck" in line and "2.7배 느린" in line]
    assert "the newsletter does not say this" in line
