"""Operators on units: the number is the newsletter's, what it counts or is divided by is not."""

from __future__ import annotations

from collections.abc import Iterator

from evaluation.checks.mutation import Change, Named, Setting, swaps

_PERCENT = (
    (r"(?<=\d)%(?![p포])", "%p"),
    (r"%포인트", "%"),
    (r"(?<=\d)%(?![p포])", "배"),
)
_UNITS = (
    (r"(?<=\d)시간(?!당)", "분"),
    (r"(?<=\d)시간(?!당)", "일"),
    (r"(?<=\d)초(?!당)", "분"),
    (r"(?<=\d)초(?!당)", "밀리초"),
    (r"(?<=\d)일(?=이| 전)", "개월"),
    (r"(?<=\d)개월", "년"),
    (r"(?<=\d)배(?!포)", "%"),
    (r"(?<=\d)점", "%"),
    (r"(?<=\d)GB", "MB"),
    (r"(?<=\d)GB", "TB"),
    (r"(?<=\d)비트", "바이트"),
    (r"(?<=[\d만조억]) ?토큰(?!당)", "GB"),
    (r"(?<=[\d만조억]) ?토큰(?!당)", "달러"),
    (r"(?<=[\d만억]) ?명", "달러"),
    (r"(?<=\d)명", "%"),
)
_CURRENCIES = (
    (r"(?<=[\d만억조] )달러", "원"),
    (r"(?<=[\d])달러", "원"),
    (r"(?<=[\d만억조] )달러", "유로"),
    (r"(?<=[\d])달러", "유로"),
    (r"유로", "달러"),
    (r"(?<=\d)센트", "달러"),
    (r"캐나다달러", "유로"),
)
_RATE = (
    r"100만 토큰당 |(?<![\d가-힣])초당 |시간당 |쪽당 |작업당 |편집당 |(?<![\d가-힣])월 (?=\d)|(?<=\d) ?tps(?=[가를 ])"
)
_RATES = (
    (r"100만 토큰당", "토큰당"),
    (r"100만 토큰당", "1,000토큰당"),
    (r"100만 토큰당", "10억 토큰당"),
    (r"(?<![\d가-힣])초당", "분당"),
    (r"(?<![\d가-힣])초당", "시간당"),
    (r"시간당", "하루"),
    (r"시간당", "분당"),
    (r"(?<![\d가-힣])월 (?=\d)", "연 "),
    (r"쪽당", "문서당"),
    (r"작업당", "하루"),
)
_AMOUNT = r"(\d[\d,.]*[만억천조]* ?(?:개|건|대|배|턴|번|달러|토큰|%|K|k)?)"


def percent_and_point(setting: Setting) -> Iterator[Change]:
    yield from swaps(setting, _PERCENT)


def unit_swapped(setting: Setting) -> Iterator[Change]:
    yield from swaps(setting, _UNITS)


def currency_swapped(setting: Setting) -> Iterator[Change]:
    yield from swaps(setting, _CURRENCIES)


def rate_changed(setting: Setting) -> Iterator[Change]:
    yield from swaps(setting, _RATES)


UNITS: tuple[Named, ...] = (
    Named("% and %p, 배", "units", percent_and_point),
    Named("unit swapped", "units", unit_swapped),
    Named("currency swapped", "units", currency_swapped),
    Named("“per” changed", "units", rate_changed),
)
