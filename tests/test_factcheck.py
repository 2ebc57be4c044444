"""The fact check: what is put to a reader, and which of its answers count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest

from pipeline.factcheck import Memory, Reader, fact_check
from pipeline.factcheck.passages import passages_of, sources_of
from pipeline.factcheck.planted import planted
from pipeline.factcheck.quotes import is_quoted_from, problem_with
from pipeline.records.questions import Prompt
from pipeline.records.readings import Claim, FactCheck, Reading
from tests.factcheck_readers import Asker, alarm, careful, obedient, seen, supported
from tests.make import bullet, draft, issue, item, part, section

PROMPT = Prompt(
    name="factcheck",
    answers="factcheck",
    text="<items>\n{{ items }}\n</items>\n<passages>\n{{ passages }}\n</passages>",
)
READER = Reader(PROMPT, "reader", {})

ISSUE = issue(
    section(
        "s1",
        "news",
        "Twitter",
        item("s1i1", "Harbor Labs says Lumen-2 was trained on 6.2T tokens."),
        item("s1i2", "Kestrel v0.9 decodes 2.7x faster than before."),
        item("s1i3", "It also cut its memory by 40%."),
    ),
    section("s2", "community", "Discord", item("s2i1", "Northwind raised $1.2B at a $7.8B valuation.")),
)
LUMEN = "Harbor Labs는 Lumen-2를 6.2조 토큰으로 학습했다고 밝혔습니다."
KESTREL = "Kestrel v0.9는 디코딩이 이전보다 2.7배 빨라졌습니다."
MEMORY = "Kestrel은 메모리도 40% 줄였습니다."
NORTHWIND = "Northwind는 기업 가치 78억 달러에 12억 달러를 유치했습니다."
TRUTHS = {
    LUMEN: "Lumen-2 was trained on 6.2T tokens",
    KESTREL: "Kestrel v0.9 decodes 2.7x faster",
    MEMORY: "It also cut its memory by 40%",
    NORTHWIND: "Northwind raised $1.2B at a $7.8B valuation",
    "Harbor Labs, Lumen-2 학습량 공개": "Lumen-2 was trained on 6.2T tokens",
    "Harbor Labs는 Lumen-2를 공개했습니다.": "Harbor Labs says Lumen-2",
    "Northwind 투자 유치": "Northwind raised $1.2B",
}
DRAFT = draft(
    title="Harbor Labs, Lumen-2 학습량 공개",
    description="Harbor Labs는 Lumen-2를 공개했습니다.",
    viewpoint=(),
    preview=part(("모델", (bullet(LUMEN, "s1i1"), bullet(f"{KESTREL} {MEMORY}", "s1i2", "s1i3")))),
    overview=part(("투자", (bullet(NORTHWIND, "s2i1", head="Northwind 투자 유치"),))),
)


def nothing_known() -> Memory:
    kept: dict[str, Reading] = {}
    return Memory(kept.get, kept.__setitem__, lambda model, planted: None)


def in_turn(calls: Sequence[Callable[[], Any]]) -> Iterable[Any]:
    return [call() for call in calls]


def read(asker: Asker, memory: Memory | None = None, checked: Any = DRAFT) -> FactCheck:
    return fact_check(checked, ISSUE, READER, ask=asker, run_all=in_turn, memory=memory or nothing_known())


def judgements(found: FactCheck) -> dict[str, str]:
    return {reading.sentence: reading.judgement for reading in found.readings}


def test_every_sentence_is_read_once_heads_and_title_included() -> None:
    found = read(Asker(careful(TRUTHS)))
    assert judgements(found) == dict.fromkeys(TRUTHS, "supported")
    assert not found.distrusted
    assert not [reading.problem for reading in found.readings if reading.problem]


def test_front_and_overview_are_one_question_each() -> None:
    asker = Asker(careful(TRUTHS))
    read(asker)
    assert len(asker.questions) == 2


def test_quotes_name_the_issue_s_items() -> None:
    found = read(Asker(careful(TRUTHS)))
    (reading,) = [one for one in found.readings if one.sentence == NORTHWIND]
    assert [(claim.item, claim.quote) for claim in reading.claims] == [("s2i1", TRUTHS[NORTHWIND])]


def test_a_sentence_that_the_items_do_not_hold_is_reported_with_its_words() -> None:
    false = KESTREL.replace("빨라졌습니다", "느려졌습니다")
    wrong = draft(
        description=LUMEN, viewpoint=(), preview=part(("모델", (bullet(false, "s1i2"), bullet(LUMEN, "s1i1"))))
    )

    def reader(question: Any) -> list[dict[str, Any]]:
        answers = {answer["id"]: answer for answer in careful(TRUTHS)(question)}
        for sentence, _ in seen(question).sentences:
            if sentence["text"] == false:
                answers[sentence["id"]] = alarm(sentence, "contradicted", "느려졌습니다", "2.7x faster")
        return list(answers.values())

    (reading,) = [one for one in read(Asker(reader), checked=wrong).readings if one.sentence == false]
    assert (reading.judgement, reading.wrong, reading.says) == ("contradicted", "느려졌습니다", "2.7x faster")


# The reader is not believed


def test_a_reader_that_calls_everything_supported_is_distrusted() -> None:
    found = read(Asker(obedient))
    assert found.distrusted.startswith("the fact check let ")
    assert not found.readings


def test_a_reader_that_misses_a_planted_sentence_once_is_asked_again_with_others() -> None:
    def changing(question: Any) -> list[dict[str, Any]]:
        return (obedient if len(asker.questions) == 1 else careful(TRUTHS))(question)

    asker = Asker(changing)
    found = read(asker)
    assert not found.distrusted
    assert judgements(found) == dict.fromkeys(TRUTHS, "supported")
    assert asker.questions[0].hash != asker.questions[1].hash


def test_a_planted_sentence_that_is_not_answered_was_not_found() -> None:
    def silent(question: Any) -> list[dict[str, Any]]:
        return [answer for answer in careful(TRUTHS)(question) if answer["verdict"] == "supported"]

    assert read(Asker(silent)).distrusted


@pytest.mark.parametrize("fault", ["made up", "foreign item", "words of another sentence", "twice", "none"])
def test_what_is_not_proved_is_asked_once_more_then_a_problem(fault: str) -> None:
    def sloppy(question: Any) -> list[dict[str, Any]]:
        answers = []
        for answer in careful(TRUTHS)(question):
            claims = answer["claims"]
            if claims and claims[0]["words"] == NORTHWIND:
                if fault == "made up":
                    claims[0]["quote"] = "Northwind raised $2B from many investors"
                elif fault == "foreign item":
                    claims[0]["item"] = "99"
                elif fault == "words of another sentence":
                    claims[0]["words"] = LUMEN
                elif fault == "none":
                    answer["claims"] = []
                answers += [answer] * (fault == "twice")
            answers.append(answer)
        return answers

    asker = Asker(sloppy)
    found = read(asker)
    (reading,) = [one for one in found.readings if one.sentence == NORTHWIND]
    assert reading.problem
    assert len(asker.questions) == 3
    assert not found.distrusted


def test_what_was_wrong_with_an_answer_is_told_when_it_is_asked_again() -> None:
    def sloppy(question: Any) -> list[dict[str, Any]]:
        return [answer | {"claims": []} for answer in careful(TRUTHS)(question)]

    asker = Asker(sloppy)
    read(asker)
    assert [sentence["problem"] for sentence, _ in seen(asker.questions[1]).sentences if "problem" in sentence]


# Nothing is paid for twice


def test_sentences_that_were_read_are_not_put_again() -> None:
    memory = nothing_known()
    read(Asker(careful(TRUTHS)), memory)
    asker = Asker(careful(TRUTHS))
    assert judgements(read(asker, memory)) == dict.fromkeys(TRUTHS, "supported")
    assert not asker.questions


def test_only_a_changed_sentence_is_put_again_in_its_passage() -> None:
    memory = nothing_known()
    read(Asker(careful(TRUTHS)), memory)
    changed = "Kestrel은 메모리를 40% 아꼈습니다."
    again = DRAFT.model_copy(
        update={"preview": part(("모델", (bullet(LUMEN, "s1i1"), bullet(f"{KESTREL} {changed}", "s1i2", "s1i3"))))}
    )
    asker = Asker(careful(TRUTHS | {changed: TRUTHS[MEMORY]}))
    assert judgements(read(asker, memory, again))[changed] == "supported"
    (question,) = asker.questions
    own = [sentence["text"] for sentence, _ in seen(question).sentences if sentence["text"] in {*TRUTHS, changed}]
    assert set(own) <= {changed}
    assert KESTREL in question.messages[0].content


def test_a_reading_of_a_distrusted_reader_is_not_kept() -> None:
    kept: dict[str, Reading] = {}
    tallied: list[Any] = []
    read(Asker(obedient), Memory(kept.get, kept.__setitem__, lambda *told: tallied.append(told)))
    assert not kept
    ((model, planted_there),) = tallied
    assert model == "reader"
    assert planted_there
    assert not any(one.found for one in planted_there)


# Planted sentences


def plants(seed: str = "x") -> dict[str, Any]:
    passages = [passage for passage in passages_of(DRAFT) if passage.where.startswith("preview")]
    shown = {name: source for name, source in sources_of(ISSUE).items() if name != "s1i3"}
    return {plant.kind: plant for plant in planted(passages, shown, seed=seed)}


def test_a_foreign_plant_is_a_true_sentence_on_an_item_without_its_names_and_figures() -> None:
    plant = plants()["foreign"]
    assert plant.passage.sentences == (plant.original,)
    (own,) = [passage.items for passage in passages_of(DRAFT) if passage.where == plant.passage.where]
    assert set(plant.passage.items).isdisjoint(own)


def test_a_planted_figure_is_in_none_of_the_sentence_s_items() -> None:
    plant = plants()["figure"]
    (sentence,) = plant.passage.sentences
    assert sentence != plant.original
    cited = " ".join(sources_of(ISSUE)[name].shown for name in plant.passage.items)
    figure = next(word for word in sentence.split() if word not in plant.original.split())
    assert figure[0].isdigit()
    assert figure.rstrip("배조토큰으로이전보다") not in cited


def test_a_turned_plant_says_the_opposite() -> None:
    assert plants()["reversal"].passage.sentences[0].endswith(("밝히지 않았습니다.", "느려졌습니다."))


def test_the_same_question_has_the_same_plants_and_another_has_others() -> None:
    assert plants() == plants()
    assert len({str(plants(str(seed))) for seed in range(20)}) > 1


def test_a_sentence_with_a_denial_is_not_turned_round() -> None:
    denial = draft(viewpoint=(), preview=part(("모델", (bullet("Kestrel은 빠르지 않다고 밝혔습니다.", "s1i2"),))))
    found = planted([one for one in passages_of(denial) if one.where == "preview/0/0"], sources_of(ISSUE), seed="x")
    assert "reversal" not in {plant.kind for plant in found}


def test_a_figure_inside_a_name_is_not_exchanged() -> None:
    named = draft(preview=part(("모델", (bullet("Lumen-2와 Llama 3와 v0.9를 비교했습니다.", "s1i1"),))))
    found = planted([one for one in passages_of(named) if one.where == "preview/0/0"], sources_of(ISSUE), seed="x")
    assert "figure" not in {plant.kind for plant in found}


# Quotes


@pytest.mark.parametrize(
    ("quote", "holds"),
    [
        ("decodes 2.7x faster", True),
        ("Decodes  2.7X faster", True),
        ("2.7x", True),
        ("“decodes 2.7x faster”", True),
        ("faster than", False),
        ("decodes 2.8x faster", False),
        ("decodes … faster", False),
        ("", False),
    ],
)
def test_a_quote_is_verbatim_but_for_typography_and_long_or_specific_enough(quote: str, holds: bool) -> None:
    assert is_quoted_from(quote, "Kestrel v0.9 decodes 2.7x faster than before.") is holds


def test_claims_have_to_reach_every_name_and_figure() -> None:
    shown = {"s1i2": "Kestrel v0.9 decodes 2.7x faster than before."}
    half = Claim(words="Kestrel v0.9는 디코딩이 이전보다", item="s1i2", quote="Kestrel v0.9 decodes 2.7x")
    assert "2.7" in problem_with(KESTREL, [half], shown)
    whole = half.model_copy(update={"words": "Kestrel v0.9는 디코딩이 이전보다 2.7배"})
    assert problem_with(KESTREL, [whole], shown) == ""


def test_claims_have_to_reach_over_half_of_the_sentence() -> None:
    shown = {"s1i2": "Kestrel v0.9 decodes 2.7x faster than before."}
    names_only = [
        Claim(words=words, item="s1i2", quote="Kestrel v0.9 decodes 2.7x") for words in ("Kestrel v0.9", "2.7배")
    ]
    long = "Kestrel v0.9는 디코딩이 2.7배 빨라져서 앞으로 모든 회사가 이 방식을 따르게 됩니다."
    assert "of the sentence only" in problem_with(long, names_only, shown)
    assert supported({"id": "s1", "text": long}, "1", "x")["verdict"] == "supported"
