"""The evaluation of the checks measures what it says: its set, its operators, its rules and its floors."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator

import pytest

from evaluation.checks import report
from evaluation.checks.faithful import FOLDER, Faithful, faithful
from evaluation.checks.judging import Judged, draft_of, errors_of, judge
from evaluation.checks.mutation import Change, Named, Setting
from evaluation.checks.newsletters import Newsletter, NotFoundError
from evaluation.checks.operators import OPERATORS
from evaluation.checks.truth import RULES, why_true
from pipeline.records.drafts import Bullet, Reference
from pipeline.verify import find
from tests.make import bullet, issue, item, link, section
from tests.shared import NEWSLETTERS, needs_shared

FALCON = "Orbital Works raised $138 million on May 3; its Falcon 7B model scores 64.3%, up from 58.1%, on Quartz-bench."
HARBOUR = "Harbour Labs opened Skiff 2 for up to 5,000 testers at $0.65 per 1M input tokens; it does not run on phones."
LETTER = Newsletter(
    "letter",
    issue(
        section(
            "s1",
            "news",
            "Models",
            item("s1i1", FALCON, "l1", "l2"),
            item("s1i2", HARBOUR, "l3"),
        ),
        links=(
            link("l1", "https://x.com/orbital/status/1", text="@orbital"),
            link("l2", "https://x.com/quartz/status/2", text="@quartz"),
            link("l3", "https://x.com/harbour/status/3", text="@harbour", item="s1i2"),
            link("l4", "https://x.com/orbital/status/1/", text="@orbital", item="s1i2"),
        ),
    ),
)
ONE = bullet(
    "Orbital Works의 Falcon 7B는 Quartz-bench 점수를 58.1%에서 64.3%로 올렸습니다.", "s1i1", refs=(("Falcon", "l1"),)
)
OTHER = bullet(
    "Harbour Labs는 Skiff 2를 입력 100만 토큰당 0.65달러에 내놓았습니다. 전화기에서는 돌지 않습니다.", "s1i2"
)
YESTERDAY = Newsletter("yesterday", LETTER.issue)
FAITHFUL = (Faithful("letter/1", LETTER, "preview", ONE), Faithful("letter/2", LETTER, "overview", OTHER))


def _setting(of: Bullet, part: str = "preview") -> Setting:
    one = Faithful("letter/0", LETTER, part, of)  # type: ignore[arg-type]
    strange = Faithful("yesterday/1", YESTERDAY, "preview", ONE)
    return Setting(one, (one, *FAITHFUL, strange), ("Orbital Works는 새 모델을 공개했습니다.",), random.Random(1))


def _operator(name: str) -> Named:
    (found,) = [one for one in OPERATORS if one.name == name]
    return found


# The set


def _rows() -> list[dict[str, object]]:
    files = [tomllib.loads(file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.toml"))]
    return [row | {"newsletter": file["newsletter"]} for file in files for row in file["bullets"]]


def test_there_are_120_bullets_of_six_newsletters() -> None:
    rows = _rows()
    assert len(rows) >= 120
    assert len({row["text"] for row in rows}) == len(rows)
    assert len({row["newsletter"] for row in rows}) >= 6


def test_nothing_of_a_newsletter_is_stored_but_a_few_words() -> None:
    for row in _rows():
        phrases = [*row["items"], *(words for _, words in row.get("links", ()))]  # type: ignore[misc]
        assert all(len(words) <= 60 and len(words.split()) <= 8 for words in phrases), phrases
        assert len(re.findall("[가-힣]", str(row["text"]))) > 10


@pytest.fixture(scope="module")
def whole_set() -> list[Faithful]:
    return list(faithful(NEWSLETTERS))


@needs_shared
def test_every_phrase_finds_one_item_and_every_link(whole_set: list[Faithful]) -> None:
    assert len(whole_set) == len(_rows())


def test_words_that_find_no_item_or_several_are_an_error() -> None:
    assert LETTER.item("raised $138 million").id == "s1i1"
    for words in ("nobody said this", "s1i", " "):
        with pytest.raises(NotFoundError):
            LETTER.item(words)
    with pytest.raises(NotFoundError):
        LETTER.link("@harbour", (LETTER.item("Falcon"),))


# The operators


def test_there_are_thirty_operators_with_names_of_their_own() -> None:
    assert len({one.name for one in OPERATORS}) == len(OPERATORS) >= 30


TEXTS = (
    ("만/억/조 one step off", "사용자 3,400만 명이 씁니다.", "사용자 3,400억 명이 씁니다."),
    ("K/M/B/T one step off", "128K 토큰을 읽습니다.", "128M 토큰을 읽습니다."),
    ("decimal point moved", "점수는 64.3%입니다.", "점수는 643%입니다."),
    ("end of a range moved", "2~4배 빠릅니다.", "2~5배 빠릅니다."),
    ("date moved", "5월 3일에 나왔습니다.", "6월 3일에 나왔습니다."),
    ("day of week moved", "목요일에 열립니다.", "금요일에 열립니다."),
    ("% and %p, 배", "40% 줄었습니다.", "40%p 줄었습니다."),
    ("% and %p, 배", "6.6%포인트 올랐습니다.", "6.6% 올랐습니다."),
    ("unit swapped", "2시간 걸립니다.", "2분 걸립니다."),
    ("currency swapped", "138억 달러를 모았습니다.", "138억 원를 모았습니다."),
    ("“per” changed", "입력 100만 토큰당 0.65달러입니다.", "입력 토큰당 0.65달러입니다."),
    ("model size changed", "Falcon 7B가 나왔습니다.", "Falcon 8B가 나왔습니다."),
    ("particle broken", "모델을 냈습니다.", "모델를 냈습니다."),
    ("register changed", "나왔습니다.", "나왔어요."),
    ("register changed", "공개합니다.", "공개한다."),
    ("register changed", "모델입니다.", "모델이다."),
)


@pytest.mark.parametrize(("name", "text", "wrong"), TEXTS)
def test_an_operator_makes_the_mistake_that_it_is_named_for(name: str, text: str, wrong: str) -> None:
    setting = _setting(bullet(text, "s1i1"))
    assert wrong in [change.bullet.text for change in _operator(name).mutate(setting)]


def test_no_operator_of_text_fits_where_there_is_nothing_to_break() -> None:
    setting = _setting(bullet("소식이 짧음", "s1i1"))
    for name in {name for name, _, _ in TEXTS}:
        assert list(_operator(name).mutate(setting)) == [], name


def test_a_neighbours_link_is_of_an_item_that_is_not_cited() -> None:
    changes = list(_operator("link of a neighbour item").mutate(_setting(ONE)))
    assert [change.bullet.refs for change in changes] == [(Reference(label="Falcon", link="l3"),)]


def test_the_same_seed_makes_the_same_mutants() -> None:
    for operator in OPERATORS:
        first, second = ([one.bullet for one in operator.mutate(_setting(ONE))] for _ in range(2))
        assert first == second, operator.name


# The rules


TRIED = (
    ("nothing changed", Change(ONE)),
    ("the figure is only rounded", Change(OTHER, figure="64.3%", was="64.32%")),
    ("the figure is only rounded", Change(OTHER, figure="0.2달러", was="0.20달러")),
    ("the figure stands in the items", Change(OTHER, figure="58.1%", was="64.3%")),
    ("the name stands in the items", Change(OTHER, name="quartz_bench")),
    ("the link leads to the same page", Change(ONE, link="l4", kept="l1", earlier=("x",))),
    ("the link stands in the items", Change(ONE, link="l4", kept="l2", earlier=("x",))),
    ("the same story is told there", Change(ONE, told="Falcon 7B 64.3%", earlier=("x",))),
    ("", Change(OTHER, figure="46.3%", was="64.3%")),
    ("", Change(OTHER, figure="64.3달러", was="64.3%")),
    ("", Change(OTHER, figure="64.4%", was="64.32%")),
    ("", Change(OTHER, figure="138만 달러", was="1억 3,800만 달러")),
    ("", Change(OTHER, name="Skiff")),
    ("", Change(ONE, link="l3", kept="l1", earlier=("x",))),
    ("", Change(ONE, told="Skiff 2 0.65", earlier=("x",))),
    ("", Change(ONE, twin=ONE)),
)


@pytest.mark.parametrize(("rule", "change"), TRIED)
def test_a_mutant_counts_unless_a_rule_says_that_it_is_true(rule: str, change: Change) -> None:
    assert why_true(change, _setting(ONE)) == rule


def test_every_rule_is_tried_above() -> None:
    assert {rule.__name__.replace("_", " ") for rule in RULES} == {name for name, _ in TRIED if name}


# Judging


def _made(name: str, *changes: Change) -> Named:
    def mutate(_: Setting) -> Iterator[Change]:
        yield from changes

    return Named(name, "numbers", mutate)


def _judged(*operators: Named, of: tuple[Faithful, ...] = FAITHFUL[:1]) -> Judged:
    return judge(of, operators, examples=(), seed=1)


def test_a_mutant_is_caught_when_an_error_concerns_it() -> None:
    wrong = Change(ONE.model_copy(update={"text": ONE.text.replace("64.3", "74.9")}))
    right = Change(ONE.model_copy(update={"text": ONE.text.replace("올렸", "높였")}))
    (caught, missed) = _judged(_made("wrong", wrong, right)).outcomes
    assert {caught.is_caught, missed.is_caught} == {True, False}
    assert _judged(_made("wrong", wrong)).outcomes[0].checks == ("numbers",)


def test_a_bullet_with_an_error_is_a_false_error_and_yields_no_mutants() -> None:
    wrong = Faithful("letter/3", LETTER, "preview", ONE.model_copy(update={"text": ONE.text.replace("64.3", "74.9")}))
    judged = _judged(_made("any", Change(OTHER)), of=(wrong, FAITHFUL[0]))
    assert list(judged.false_errors) == ["letter/3"]
    assert [one.of.name for one in judged.outcomes] == ["letter/1"]


def test_what_is_ruled_out_is_counted_by_rule() -> None:
    judged = _judged(_made("same", Change(ONE), Change(ONE)))
    assert judged.outcomes == ()
    assert judged.still_true == {"nothing changed": 2}


def test_a_broken_particle_is_caught_when_the_rules_mend_it() -> None:
    judged = _judged(_operator("particle broken"))
    assert judged.outcomes
    assert {one.checks for one in judged.outcomes} == {("mended",)}


def test_what_an_earlier_post_told_and_what_is_told_twice_is_caught() -> None:
    judged = _judged(_operator("told in an earlier post"), _operator("told twice in a post"))
    assert {one.checks for one in judged.outcomes} == {("freshness",), ("coverage",)}


@needs_shared
def test_errors_are_those_that_the_pipeline_finds_at_that_place(whole_set: list[Faithful]) -> None:
    everyone = whole_set[::30]
    tried = 0
    for operator in OPERATORS[::6]:
        for one in everyone:
            setting = Setting(one, everyone, (), random.Random(1))
            for change in list(operator.mutate(setting))[:1]:
                draft = draft_of(change.bullet, one.part, twin=change.twin)
                last = len(draft.opening.intro or (draft.preview.topics or draft.overview.topics)[0].bullets) - 1
                where = f"intro/{last}" if one.part == "intro" else f"{one.part}/0/{last}"
                found = find(draft, one.newsletter.prepared)
                expected = [error for error in found if error.severity == "error" and error.where == where]
                assert sorted(map(str, errors_of(one, change, ()))) == sorted(map(str, expected)), change
                tried += 1
    assert tried >= 15


# The figures


def test_a_share_has_fallen_under_its_floor_and_is_short_under_what_is_asked() -> None:
    share = report.Share("links: x", 200, 190, asked=90.0)
    assert list(share.fallen({})) == []
    assert len(list(share.fallen({"links: x": 96.0}))) == 1
    assert not share.is_short
    assert share._replace(asked=98.0).is_short
    assert list(share._replace(asked=98.0).fallen({})) == []
    assert report.Share("none", 0, 0).percent == 0.0


def test_a_floor_is_lowered_only_where_that_is_allowed() -> None:
    share = report.Share("links: x", 3, 2, asked=90.0)
    assert report.pinned((share,), {"links: x": 80.0}, allow_lower=False) == {"links: x": 80.0}
    assert report.pinned((share,), {"links: x": 80.0}, allow_lower=True) == {"links: x": 66.66}
    assert report.pinned((share,), {"links: x": 50.0}, allow_lower=False) == {"links: x": 66.66}
    assert tomllib.loads(report.written({"units: “per” lost": 66.66})) == {"units: “per” lost": 66.66}


def test_few_mutants_are_told() -> None:
    shares = [report.Share("links: few", 19, 19), report.Share("links: enough", 20, 20)]
    assert [line.partition(":")[2].split(":")[0].strip() for line in report.too_few(shares)] == ["few"]


def test_what_is_asked_of_each_is_told() -> None:
    judged = Judged(4, {"x": ()}, (), _judged().still_true)
    totals = {share.name: (share.out_of, share.right, share.asked) for share in report.totals(judged)}
    assert totals["faithful bullets without an error"] == (4, 3, 99.0)
    assert {share.asked for share in report.of_operators(judged, OPERATORS)} == {90.0}
