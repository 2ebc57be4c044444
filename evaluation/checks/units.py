"""Operators on units: the number is the newsletter's, what it counts or is divided by is not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evaluation.checks.figures import figures
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
_BOUND_LOST = (
    (r"(?<![가-힣])최대 (?![^,.]*까지)", ""),  # 까지 says it too
    (r"(?<![가-힣])최대 ([^,.]*?)까지", r"\1"),
    (r"(?<=[\dkK가-힣]) 이상(?=[이을의 ])", ""),
    (rf"{_AMOUNT}(?:이|가)? (?:넘는|넘게) ", r"\1 "),
    (rf"{_AMOUNT}(?:을|를) 넘을 수", r"\1일 수"),
    (rf"{_AMOUNT}(?:이|가) 넘고", r"\1이고"),
    (r"(\d달러)부터", r"\1"),
    (r"두 배 넘게", "두 배"),
    (r"10초가 채 걸리지 않습니다", "10초가 걸립니다"),
)
_BOUND_TURNED = (
    (r"(?<![가-힣])최대 ", "최소 "),
    (r" 이상으로", " 이하로"),
    (r"(?<=[\dkK가-힣]) 이상(?=[이을의 ])", " 이하"),
    (rf"{_AMOUNT}(?:이|가)? 넘는 ", r"\1도 안 되는 "),
    (rf"{_AMOUNT} 넘게 ", r"\1도 안 되게 "),
    (rf"{_AMOUNT}(?:이|가) 넘고", r"\1에 못 미치고"),
    (r"두 배 넘게", "두 배도 안 되게"),
)


def percent_and_point(setting: Setting) -> Iterator[Change]:
    yield from swaps(setting, _PERCENT)


def unit_swapped(setting: Setting) -> Iterator[Change]:
    yield from swaps(setting, _UNITS)


def currency_swapped(setting: Setting) -> Iterator[Change]:
    yield from swaps(setting, _CURRENCIES)


def rate_lost(setting: Setting) -> Iterator[Change]:
    """ "per 1M tokens", "per second" left out, everywhere in the text: one that is left serves a whole list."""
    text = setting.bullet.text
    without = (re.sub(pattern, "", text) for pattern in (_RATE, rf"(?:입력 |출력 )?(?:{_RATE})"))
    for wrong in dict.fromkeys(without):
        if wrong != text:
            yield Change(setting.with_text(wrong), unrated=True)
    head = re.sub(_RATE, "", setting.bullet.head)
    if head != setting.bullet.head:
        yield Change(setting.bullet.model_copy(update={"head": head}), unrated=True)


def rate_changed(setting: Setting) -> Iterator[Change]:
    yield from swaps(setting, _RATES)


def bound_lost(setting: Setting) -> Iterator[Change]:
    """ "up to" or "at least" left out."""
    text = setting.bullet.text
    for pattern, new in _BOUND_LOST:
        for match in re.finditer(pattern, text):
            near = re.search(_AMOUNT, text[match.start() :]) if "최대" in match[0] else None
            amounts = re.findall(_AMOUNT, text[: match.end()])
            amount = near[0] if near else amounts[-1] if amounts else ""
            wrong = text[: match.start()] + match.expand(new) + text[match.end() :]
            yield Change(setting.with_text(wrong), unbound=amount)


def bound_turned(setting: Setting) -> Iterator[Change]:
    yield from swaps(setting, _BOUND_TURNED)


def bound_added(setting: Setting) -> Iterator[Change]:
    """ "up to" or "at least" before a score, a share or a price that the newsletter gives as it is."""
    text = setting.bullet.text
    for figure in figures(text):
        before, after = text[max(0, figure.start - 8) : figure.start], text[figure.end : figure.end + 6]
        bounded = any(
            word in before + after
            for word in ("최대", "최소", "이상", "넘", "약", "가까", "이하", "안팎", "까지", "부터", "~")
        )
        if not bounded and figure.unit in ("%", "달러", "점"):
            word = setting.random.choice(("최대 ", "최소 "))
            yield Change(setting.with_text(text[: figure.start] + word + text[figure.start :]))


UNITS: tuple[Named, ...] = (
    Named("% and %p, 배", "units", percent_and_point),
    Named("unit swapped", "units", unit_swapped),
    Named("currency swapped", "units", currency_swapped),
    Named("“per” lost", "units", rate_lost),
    Named("“per” changed", "units", rate_changed),
    Named("최대, 이상 lost", "units", bound_lost),
    Named("최대, 이상 turned", "units", bound_turned),
    Named("최대, 최소 added", "units", bound_added),
)
