"""Check 2: each figure in its own place, no bound and no "per" but the newsletter's, no count but its own."""

from __future__ import annotations

import pytest
from pipeline.verify.alignment import Surroundings, fit

from pipeline.records.issues import Item
from pipeline.verify.figures.check import numbers_stand_in_the_items
from pipeline.verify.figures.parse import figures
from pipeline.verify.names.tokens import fold

RAM = "VRAM was measured: Heron Mini is fine with 12GB, but 16GB is a must for Heron Large."
POINTS = "Adapted Heron models beat base models by 34 points and Osprey by 10 points, over 10 base models and 31 tasks."
PRICES = (
    "Heron Large is priced at $0.20 per 1M input tokens and $0.60 per 1M output tokens. "
    "Heron Mini is priced at $0.10 per 1M input tokens and $0.30 per 1M output tokens."
)
SALE = "Kite Bank sold its stake in 2019 for $3.6B; it would be worth $153B today."
REFUND = "The court ordered Kite Air to refund $650 off the original fare of $1,640."
CHARTS = "Charts jumped (13.5% → 55.8%) while layout regressed (16.5% → 14.0%)."
PAIR = "List prices stay at $5 / $25 per million tokens, and $2 and $8 per million I/O tokens for the small one."
WINDOWS = "Heron Large and Heron Mini have windows of 10 million and 1 million tokens, respectively."
DOWN = "It costs $0.35 per 1M input tokens and $1.40 per 1M output tokens, down from $0.60 and $2.40."
RUNS = "In 5 out of 8 runs it called itself Osprey, and a review scored it 2/100."
SPEED = "Chip A runs Heron at 60 tokens per second and chip B runs Osprey at 22 tokens per second."
LANGUAGES = "It speaks 29 languages and has a context of 8K tokens; the older one had 12 languages."
SCORE = "Heron scores 71.4% on Kite-bench versus the previous best 67.7%."

FAITHFUL = (
    (RAM, "Heron Mini는 12GB면 괜찮지만 Heron Large에는 16GB가 꼭 필요합니다."),
    (RAM, "16GB는 Heron Large에 꼭 필요하고, Heron Mini는 12GB로도 충분합니다."),
    (POINTS, "적응시킨 Heron은 기본 모델을 34점, Osprey를 10점 앞섰습니다. 기본 모델 10개와 작업 31개로 쟀습니다."),
    (
        PRICES,
        "Heron Large는 입력 100만 토큰당 0.20달러, 출력 0.60달러이고 Heron Mini는 각각 0.10달러와 0.30달러입니다.",
    ),
    (SALE, "Kite Bank는 2019년에 지분을 36억 달러에 팔았는데, 지금이라면 1,530억 달러어치입니다."),
    (REFUND, "법원은 Kite Air에 원래 운임 1,640달러 가운데 650달러를 돌려주라고 명령했습니다."),
    (CHARTS, "차트는 13.5%에서 55.8%로 뛰었지만 레이아웃은 16.5%에서 14.0%로 떨어졌습니다."),
    (PAIR, "가격은 입력 100만 토큰당 5달러, 출력 25달러입니다."),
    (PAIR, "작은 모델은 입력 100만 토큰당 2달러, 출력 100만 토큰당 8달러입니다."),
    (WINDOWS, "Heron Large와 Heron Mini의 맥락 길이는 각각 1,000만 토큰과 100만 토큰입니다."),
    (DOWN, "100만 토큰당 입력이 0.60달러에서 0.35달러로, 출력이 2.40달러에서 1.40달러로 내렸습니다."),
    (RUNS, "8번 가운데 5번은 자신을 Osprey라고 불렀고, 한 평가에서는 100점 만점에 2점을 받았습니다."),
    (SCORE, "Heron은 Kite-bench 71.4%로 이전 최고 기록인 67.7%를 넘어섰습니다."),
)
WRONG = (
    (RAM, "Heron Mini는 16GB면 괜찮지만 Heron Large에는 12GB가 꼭 필요합니다.", "swapped"),
    (RAM, "Heron Mini는 12GB면 괜찮지만 Heron Large에는 12GB가 꼭 필요합니다.", "two things"),
    (POINTS, "적응시킨 Heron은 기본 모델을 10점, Osprey를 34점 앞섰습니다.", "swapped"),
    (POINTS, "Heron은 기본 모델을 34점, Osprey를 34점 앞섰습니다. 기본 모델 10개로 쟀습니다.", "two things"),
    (PRICES, "Heron Large는 입력 100만 토큰당 0.2달러, 출력 0.6달러, Mini는 각각 0.3달러와 0.1달러입니다.", "swapped"),
    (SALE, "Kite Bank는 2019년에 지분을 1,530억 달러에 팔았는데, 지금이라면 36억 달러어치입니다.", "swapped"),
    (REFUND, "법원은 Kite Air에 원래 운임 650달러 가운데 1,640달러를 돌려주라고 명령했습니다.", "swapped"),
    (CHARTS, "차트는 13.5%에서 16.5%로 뛰었지만 레이아웃은 55.8%에서 14.0%로 떨어졌습니다.", "swapped"),
    (PAIR, "가격은 입력 100만 토큰당 25달러, 출력 5달러입니다.", "swapped"),
    (PAIR, "작은 모델은 입력 100만 토큰당 8달러, 출력 100만 토큰당 2달러입니다.", "swapped"),
    (WINDOWS, "Heron Large와 Heron Mini의 맥락 길이는 각각 100만 토큰과 1,000만 토큰입니다.", "swapped"),
    (RUNS, "5번 가운데 8번은 자신을 Osprey라고 불렀습니다.", "swapped"),
    (RUNS, "한 평가에서는 2점 만점에 100점을 받았습니다.", "swapped"),
    (SCORE, "Heron은 Kite-bench 67.7%로 이전 최고 기록인 71.4%를 넘어섰습니다.", "the other way"),
    (CHARTS, "차트는 13.5%에서 13.5%로 뛰었습니다.", "the other way"),
)  # fmt: skip


def errors(source: str, korean: str) -> list[str]:
    found = numbers_stand_in_the_items(korean, [Item(id="s1i1", text=source)], where="x")
    return [f"{finding.message}: {finding.text}" for finding in found if finding.severity == "error"]


@pytest.mark.parametrize(("source", "korean"), FAITHFUL)
def test_figures_in_their_places_pass(source: str, korean: str) -> None:
    assert errors(source, korean) == []


@pytest.mark.parametrize(("source", "korean", "message"), WRONG)
def test_a_figure_in_anothers_place_is_an_error(source: str, korean: str, message: str) -> None:
    assert any(message in error for error in errors(source, korean)), errors(source, korean)


def test_what_stands_between_counts_as_distance() -> None:
    text = fold("Heron Mini는 12GB면 괜찮지만, Heron Large에는 16GB가 필요합니다.")
    told = Surroundings(text, figures(text), korean=True)
    small, large = told.figures
    assert told.near(small, "mini")[0] > told.near(small, "large")[0]
    assert told.near(large, "large")[0] > 2 * told.near(large, "mini")[0]
    assert told.near(small, "osprey")[0] == 0.0


def test_a_figure_fits_its_own_source_better() -> None:
    text, other = fold("chip A는 초당 60토큰, chip B는 초당 22토큰을 냅니다."), fold(SPEED)
    told = Surroundings(text, figures(text), korean=True)
    source = Surroundings(other, figures(other, source=True), korean=False)
    slow, fast = sorted(source.figures, key=lambda figure: figure.readings[0].value)[-2:]
    first = told.figures[0]
    assert fit(told, first, source, fast) > fit(told, first, source, slow)


@pytest.mark.parametrize(
    ("korean", "source", "wrong"),
    [
        ("점수는 54.5%입니다.", "It hit a new high of 54.5%, up from 53%.", False),
        ("점수는 최소 53%였습니다.", "It hit a new high of 54.5%, up from 53%.", True),
        ("비용이 최대 345달러에서 4만 2,121달러로 뛰었습니다.", "Costs rose from $345 to $42,121.", True),
        ("비용이 최소 345달러에서 4만 2,121달러로 뛰었습니다.", "Costs rose from $345 to $42,121.", True),
        ("요금은 월 최소 20달러입니다.", "Plans from $20 a month.", False),
        ("연산을 최대 40% 덜 씁니다.", "It uses up to 40% less compute.", False),
        ("연산을 최대 40% 덜 씁니다.", "It uses 40% less compute.", True),
        ("오류가 최대 12% 줄었습니다.", "Errors fell by 8-12%.", False),
        ("가격은 2달러부터입니다.", "Prices starting at $2 for everyone.", False),
        ("가격은 2달러입니다.", "Prices starting at $2 for everyone.", True),
        ("대화는 250만 턴에 못 미칩니다.", "It holds over 2.5M turns.", True),
        ("10달러 이상은 1,000건, 10달러가 안 되면 50건입니다.", "1000 with at least $10, under that 50.", False),
    ],
)
def test_a_bound_is_the_newsletters(korean: str, source: str, wrong: bool) -> None:
    assert bool(errors(source, korean)) == wrong, errors(source, korean)


@pytest.mark.parametrize(
    ("korean", "source", "wrong"),
    [
        ("편집당 파일 읽기가 70% 줄었습니다.", "There was a 70% reduction in file reads per edit.", False),
        ("파일 읽기가 70% 줄었습니다.", "There was a 70% reduction in file reads per edit.", True),
        ("작업당 최대 20시간이 걸립니다.", "Tasks run up to 20 hours.", False),
        ("하루 최대 20시간이 걸립니다.", "Tasks run up to 20 hours.", True),
        ("쪽당 7센트입니다.", "It costs 7¢/page.", False),
        ("문서당 7센트입니다.", "It costs 7¢/page.", True),
        ("질의당 0.20달러입니다.", "It costs $0.20 per query.", False),
        ("프롬프트당 3,000달러입니다.", "It costs $3000 per prompt.", False),
        ("점수가 57.1%에서 80.6%로 올랐습니다.", "It is 80.6%, up from 57.1% per third-party discussion.", False),
        ("1M 토큰 기준 점수가 32.2%입니다.", "The score at 1M tokens is 32.2%.", False),
        ("1B 토큰 기준 점수가 32.2%입니다.", "The score at 1M tokens is 32.2%.", True),
    ],
)
def test_a_rate_is_the_newsletters(korean: str, source: str, wrong: bool) -> None:
    assert bool(errors(source, korean)) == wrong, errors(source, korean)


@pytest.mark.parametrize(
    ("korean", "source", "wrong"),
    [
        ("매개변수 2억 개와 8억 개인 두 모델입니다.", "Small models (200M and 800M parameters).", False),
        ("매개변수 2억 개와 8억 개인 세 모델입니다.", "Small models (200M and 800M parameters).", True),
        ("한 모델이 보상을 고쳤습니다.", "A Heron model altered its own reward.", False),
        ("두 모델이 보상을 고쳤습니다.", "A Heron model altered its own reward.", True),
        ("LLM을 두 번 호출합니다.", "It has a single LLM call feature.", True),
        ("Heron과 Kite 두 회사가 손잡았습니다.", "Heron partners with Kite.", False),
        ("Heron과 Kite 세 회사가 손잡았습니다.", "Heron partners with Kite.", True),
        ("세 회사가 손잡았습니다.", "Heron, Kite, and Osprey join forces.", False),
        ("메시지 5개를 기억합니다.", "It recalls jokes after 300 messages.", True),
        ("NPC가 제4의 벽을 깨는 문제를 겪습니다.", "2 developers see NPCs break character.", False),
        ("1800~1899년 자료로 학습했습니다.", "Trained on Victorian data (1800-1899).", False),
        ("1800~1949년 자료로 학습했습니다.", "Trained on Victorian data (1800-1899).", True),
        ("4개월 반 전입니다.", "It was 4.5 months earlier.", False),
        ("5개월 반 전입니다.", "It was 4.5 months earlier.", True),
        ("비용은 12만 5,000~100만 달러입니다.", "It cost an estimated $125K-$1M.", False),
        ("2위는 2만 달러입니다.", "A $25,000 prize for the 1st place, 20,000 prizes for the 2nd.", False),
    ],
)
def test_a_count_is_the_newsletters(korean: str, source: str, wrong: bool) -> None:
    assert bool(errors(source, korean)) == wrong, errors(source, korean)
