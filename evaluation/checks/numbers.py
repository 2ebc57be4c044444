"""Operators on numbers: the value that is told is not the newsletter's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evaluation.checks.figures import Figure, figures, lengths, value
from evaluation.checks.mutation import Change, Named, Setting

_STEPS = {"천": "만", "만": "억", "억": "조", "조": "억", "백만": "천만", "천만": "백만"}
_LATIN_STEPS = {"k": "M", "K": "M", "M": "B", "B": "M", "T": "B"}
_RANGE = re.compile(r"(?<![\w.])(\d[\d,.]*)([억만천%]*[~][$]?)(\d[\d,.]*)")
_DATE = re.compile(r"(?<![\d.])(\d{1,4})(?=(?:년(?!간)|월 ?(?!이)|일)(?=[ ,에의부까이]|$|\d))")
_WEEKDAY = re.compile(r"[월화수목금토일](?=요일)")
_COUNTERS = " (?:배|개|가지|편|모델|회사|곳|크기|번)(?:[이가를을로만은는의인]|만에|짜리)?(?![가-힣])| 가까이"
_COUNTED = {"두": "세", "세": "네", "네": "다섯", "다섯": "여섯", "한": "두", "절반": "3분의 1"}


def _told(setting: Setting, figure: Figure, digits: str) -> Change:
    now = figure.text.replace(figure.digits, digits, 1)
    text = figure.changed(setting.bullet.text, digits)
    return Change(setting.with_text(text), figure=now, was=figure.text)


def _every(text: str) -> Iterator[Figure]:
    yield from figures(text)
    yield from lengths(text)


def korean_scale_off(setting: Setting) -> Iterator[Change]:
    """만, 억, 조 one step off."""
    for figure in figures(setting.bullet.text):
        at = figure.start + len(figure.digits)
        if figure.scale in _STEPS:
            text = setting.bullet.text
            new = _STEPS[figure.scale]
            wrong = text[:at] + new + text[at + len(figure.scale) :]
            yield Change(setting.with_text(wrong), figure=f"{figure.digits}{new} {figure.unit}", was=figure.text)


def latin_scale_off(setting: Setting) -> Iterator[Change]:
    """K, M, B, T one step off."""
    text = setting.bullet.text
    for figure in lengths(text):
        at = figure.start + len(figure.digits)
        new = _LATIN_STEPS[figure.scale]
        wrong = text[:at] + new + text[at + 1 :]
        yield Change(setting.with_text(wrong), figure=f"{figure.digits}{new}", was=f"{figure.digits}{figure.scale}")


def digit_lost(setting: Setting) -> Iterator[Change]:
    for figure in _every(setting.bullet.text):
        at = setting.random.choice([at for at, letter in enumerate(figure.digits) if letter.isdigit()])
        left = figure.digits[:at] + figure.digits[at + 1 :]
        if re.fullmatch(r"[1-9]\d*(?:,\d+)*(?:\.\d+)?|0\.\d+", left):
            yield _told(setting, figure, left)


def digit_changed(setting: Setting) -> Iterator[Change]:
    for figure in _every(setting.bullet.text):
        at = setting.random.choice([at for at, letter in enumerate(figure.digits) if letter.isdigit()])
        new = str((int(figure.digits[at]) + setting.random.randint(1, 8)) % 9 + 1)
        if new != figure.digits[at]:
            yield _told(setting, figure, figure.digits[:at] + new + figure.digits[at + 1 :])


def digits_exchanged(setting: Setting) -> Iterator[Change]:
    """Two neighbouring digits in each other's place."""
    for figure in _every(setting.bullet.text):
        pairs = [m.start() for m in re.finditer(r"(?=\d[.,]?\d)", figure.digits)]
        for at in setting.random.sample(pairs, min(2, len(pairs))):
            letters = list(figure.digits)
            other = at + (2 if letters[at + 1] in ".," else 1)
            letters[at], letters[other] = letters[other], letters[at]
            if letters[0] != "0" and letters[at] != letters[other]:
                yield _told(setting, figure, "".join(letters))


def digit_added(setting: Setting) -> Iterator[Change]:
    """A nought too many, or a digit written twice."""
    for figure in _every(setting.bullet.text):
        if "," not in figure.digits:
            more = "0" if "." not in figure.digits else figure.digits[0]
            yield _told(setting, figure, figure.digits + "0" if more == "0" else figure.digits[0] + figure.digits)


def point_moved(setting: Setting) -> Iterator[Change]:
    for figure in _every(setting.bullet.text):
        whole, point, rest = figure.digits.partition(".")
        if point:
            yield _told(setting, figure, (whole + rest).lstrip("0") or "0")
        if point and len(whole) > 1:
            yield _told(setting, figure, f"{whole[:-1]}.{whole[-1]}{rest}")


def figure_of_another_item(setting: Setting) -> Iterator[Change]:
    """A figure of the same unit that another bullet of the newsletter tells."""
    text = setting.bullet.text
    own = {figure.text for figure in figures(text)}
    there = [figure for other in setting.same for figure in figures(other.bullet.text)]
    for figure in figures(text):
        fitting = [f for f in there if f.unit == figure.unit and f.text not in own]
        for other in setting.random.sample(fitting, min(2, len(fitting))):
            new = f"{other.digits}{other.scale}{other.more}"
            old = len(figure.digits + figure.scale + figure.more)
            wrong = text[: figure.start] + new + text[figure.start + old :]
            yield Change(setting.with_text(wrong), figure=other.text, was=figure.text)


def range_end_moved(setting: Setting) -> Iterator[Change]:
    text = setting.bullet.text
    for match in _RANGE.finditer(text):
        low, high = value(match[1]), value(match[3])
        step = max(1.0, round((high - low) / 2))
        for new_low, new_high in ((low, high + step), (low, high * 2), (low + step / 2, high), (low / 2, high)):
            ends = [match[1] if new_low == low else f"{new_low:g}", match[3] if new_high == high else f"{new_high:g}"]
            wrong = text[: match.start()] + ends[0] + match[2] + ends[1] + text[match.end() :]
            yield Change(setting.with_text(wrong), figure=ends[0] if new_low != low else ends[1], was=match[0])


def date_moved(setting: Setting) -> Iterator[Change]:
    text = setting.bullet.text
    for match in _DATE.finditer(text):
        for step in (1, 2, -1) if len(match[1]) == 4 else (1, 2, 3):
            new = str(int(match[1]) + step)
            wrong = text[: match.start()] + new + text[match.end() :]
            yield Change(setting.with_text(wrong), figure=new, was=match[1])


def weekday_moved(setting: Setting) -> Iterator[Change]:
    text = setting.bullet.text
    for match in _WEEKDAY.finditer(text):
        for new in "월화수목금토일".replace(match[0], ""):
            if f"{new}요일" not in text:
                yield Change(setting.with_text(text[: match.start()] + new + text[match.end() :]))


NUMBERS: tuple[Named, ...] = (
    Named("만/억/조 one step off", "numbers", korean_scale_off),
    Named("K/M/B/T one step off", "numbers", latin_scale_off),
    Named("digit lost", "numbers", digit_lost),
    Named("digit changed", "numbers", digit_changed),
    Named("digits exchanged", "numbers", digits_exchanged),
    Named("digit added", "numbers", digit_added),
    Named("decimal point moved", "numbers", point_moved),
    Named("figure of another item", "numbers", figure_of_another_item),
    Named("end of a range moved", "numbers", range_end_moved),
    Named("date moved", "numbers", date_moved),
    Named("day of week moved", "numbers", weekday_moved),
)
