"""Figures are read alike in English and in Korean."""

from __future__ import annotations

import pytest

from pipeline.records.issues import Item
from pipeline.verify.figures.korean import korean_numeral
from pipeline.verify.figures.parse import figures
from pipeline.verify.figures.units import Reading, unit_fits
from pipeline.verify.names.tokens import fold
from pipeline.verify.source_items import SourceFigures


def readings(text: str, *, source: bool) -> list[tuple[float, str]]:
    return [tuple(figure.readings[0]) for figure in figures(fold(text), source=source)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5만 5천", 55_000),
        ("5만5천", 55_000),
        ("1.25억", 125_000_000),
        ("3,400만", 34_000_000),
        ("138억", 13_800_000_000),
        ("3조 5천억", 3_500_000_000_000),
        ("백만", 1_000_000),
        ("천만", 10_000_000),
        ("십억", 1_000_000_000),
        ("1억 2,500만", 125_000_000),
        ("5천", 5_000),
        ("3분의 1", 1 / 3),
        ("두 ", 2),
    ],
)
def test_korean_numerals(text: str, value: float) -> None:
    numeral = korean_numeral(text + ("개" if text.endswith(" ") else " 개"), 0)
    assert numeral is not None
    assert numeral.values[0] == pytest.approx(value)


@pytest.mark.parametrize(
    "text", ["백엔드", "천천히", "만약", "두뇌", "세계", "3경기", "일부", "2024 조사", "네트워크", "억지로"]
)
def test_words_that_only_begin_like_numerals(text: str) -> None:
    assert korean_numeral(text, 0) is None


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("34M", "3,400만 개"),
        ("$13.8B", "138억 달러"),
        ("$1.04 billion", "10억 4천만 달러"),
        ("55K", "5만 5천 건"),
        ("1,000,000", "백만 건"),
        ("half a million", "50만 개"),
        ("two dozen", "24개"),
        ("1M context", "100만 토큰"),
        ("7B parameters", "70억 개의 매개변수"),
        ("27%", "27퍼센트"),
        ("2.5 percentage points", "2.5%p"),
        ("4-bit", "4비트"),
        ("2.7×", "2.7배"),
        ("1.9 s", "1.9초"),
        ("3 h 20 min", "3시간 20분"),
        ("52,635", "5만 2,635건"),
        ("$42,121", "4만 2,121달러"),
        ("7¢", "7센트"),
        ("1.7 m/s", "초속 1.7미터"),
        ("within a point", "1포인트"),
        ("no more than 48K tokens", "최대 48K 토큰"),
        ("350 ms", "350밀리초"),
        ("90 seconds", "1분 30초"),
        ("18 months", "1년 6개월"),
        ("2x faster", "두 배"),
        ("24GB", "24기가바이트"),
        ("10^26", "10의 26제곱"),
        ("June 20th", "6월 20일"),
        ("Thursday", "목요일"),
        ("Q3", "3분기"),
        ("10 a.m.", "오전 10시"),
        ("in May", "5월"),
        ("one third", "3분의 1"),
        ("€600 million", "6억 유로"),
        ("59 130 246", "59,130,246개"),
        ("1e-5", "0.00001"),
    ],
)
def test_an_english_figure_and_its_korean_are_one(english: str, korean: str) -> None:
    ((value, unit),) = readings(english, source=True)
    ((said, said_unit),) = readings(korean, source=False)
    assert said == pytest.approx(value)
    assert unit_fits(said_unit, unit)


@pytest.mark.parametrize(
    ("text", "source", "rate"),
    [
        ("$0.65/1M input", True, Reading(1e6, "token")),
        ("$0.65 per million tokens", True, Reading(1e6, "token")),
        ("100만 토큰당 0.65달러", False, Reading(1e6, "token")),
        ("0.65달러(100만 토큰당)", False, Reading(1e6, "token")),
        ("토큰 100만 개당 0.65달러", False, Reading(1e6, "token")),
        ("입력 토큰당 0.65달러", False, Reading(1, "token")),
        ("$20/mo", True, Reading(1, "month")),
        ("월 20달러", False, Reading(1, "month")),
        ("30 tok/s", True, Reading(1, "second")),
        ("초당 30토큰", False, Reading(1, "second")),
        ("40TB/s", True, Reading(1, "second")),
        ("$2 an hour", True, Reading(3600, "second")),
        ("시간당 2달러", False, Reading(3600, "second")),
        ("하루 최대 100회", False, Reading(86_400, "second")),
        ("1년에 약 66달러", False, Reading(12, "month")),
        ("한 시간에 3달러", False, Reading(3600, "second")),
        ("초속 1.7m", False, Reading(1, "second")),
        ("기가바이트당 30달러", False, Reading(1e9, "byte")),
        ("$30 per gigabyte", True, Reading(1e9, "byte")),
        ("$3.10 per finished task", True, Reading(1, "task")),
        ("완료한 과제당 3.10달러", False, Reading(1, "task")),
    ],
)
def test_rates_are_read(text: str, source: bool, rate: Reading) -> None:
    (figure,) = figures(fold(text), source=source)
    assert figure.rate == rate


@pytest.mark.parametrize(
    ("text", "source", "about"),
    [
        ("~4 hours", True, True),
        ("약 4시간", False, True),
        ("4시간가량", False, True),
        ("4시간", False, False),
        ("up to 128K", True, False),
    ],
)
def test_a_word_for_about_is_read(text: str, source: bool, about: bool) -> None:
    (figure,) = figures(fold(text), source=source)
    assert figure.about is about


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("20-30GB", [2e10, 3e10]),
        ("2~3배", [2, 3]),
        ("5~10억 달러", [5e8, 1e9]),
        ("12만 5천~100만 달러", [125_000, 1e6]),
        ("$5/25", [5, 25]),
        ("27%에서 9%", [27, 9]),
    ],
)
def test_both_ends_of_a_range_have_the_unit(text: str, values: list[float]) -> None:
    read = readings(text, source=False)
    assert [value for value, _ in read] == pytest.approx(values)
    assert len({unit for _, unit in read}) == 1


def test_sizes_inside_names_count_in_a_source_only() -> None:
    assert readings("Qwen3-30B-A3B", source=True) == [(3e10, ""), (3e9, "")]
    assert readings("Qwen3-30B-A3B", source=False) == []


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("128K인 모델", ""),
        ("70B 초과", ""),
        ("32K 주로", ""),
        ("30초 동안", "second"),
        ("5인 팀", "person"),
        ("10K개", ""),
    ],
)
def test_a_syllable_behind_a_number_is_a_unit_only_where_it_is_one(text: str, unit: str) -> None:
    (figure,) = figures(fold(text))
    assert figure.readings[0].unit == unit


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("above 95% to 96K tokens", [(95, "percent"), (96_000, "token")]),
        ("128K에서 88%", [(128_000, ""), (88, "percent")]),
        ("초당 29토큰에 300K까지", [(29, "token"), (300_000, "")]),
    ],
)
def test_figures_of_two_kinds_are_no_range(text: str, read: list[tuple[float, str]]) -> None:
    assert readings(text, source=text.isascii()) == read


def test_the_number_of_a_heading_counts_nothing() -> None:
    read = SourceFigures().of(Item(id="s1i1", head="Recap / 3. Data with a trail", text="Kestrel has two parts."))
    assert [figure.text for figure in read.figures] == ["two"]


def test_ninety_papers_are_no_people() -> None:
    assert unit_fits("person", "", ("colleagues",))
    assert not unit_fits("person", "", ("papers",))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("10-Fold Speedup", [(10.0, "times")]),
        ("5o'clock runs", [(300.0, "clock")]),
        ("5x per twenty-one", [(5.0, "times")]),
        ("half a million or twenty-five people", [(500_000.0, ""), (25.0, "person")]),
        ("Noël sang, no_one, @five and 6seven", []),
    ],
)
def test_a_number_word_is_read_once_and_whole(text: str, read: list[tuple[float, str]]) -> None:
    assert readings(text, source=True) == read
