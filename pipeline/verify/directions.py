"""A figure moves the way it moves in the newsletter: 58%에서 70%로 is no fall, "40% less" is not 40% 더."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.verify.figure import Figure
from pipeline.verify.patterns import compiled, english
from pipeline.verify.source_items import ReadItem


class _Axis(NamedTuple):
    """Words right behind a Korean figure and words around an English one, each upwards and downwards."""

    up: re.Pattern[str]
    down: re.Pattern[str]
    english_up: str
    english_down: str


_MORE = r"늘|증가|올랐|오르|오른|올리|올려|올렸|높아|높였|높이|뛰었|뛰어|뛴|상승|급증|급등|치솟|향상|개선"
_LESS = r"줄|감소|낮아|낮췄|낮추|떨어|하락|내려|내렸|절감|절약|단축|축소|급감|급락"
_RISE = (
    r"increas|\bris(?:e|ing)|rose|rais|grow|grew|surg|jump|gain|more|higher|\bup\b|boost|improv|better|climb|lift"
    r"|larger|longer|fast|add(?:s|ed|ing)|extra|outperform|greater|speed|quick"
)
_FALL = (
    r"decreas|reduc|drop|fell|fall|declin|less|fewer|lower|\bdown\b|\bcut|sav(?:e|ing)|slash|shrink|shrank|cheaper"
    r"|smaller|shorter|regress|\blos[st]|\blos(?:e|es|ing)\b|minus|discount|worse|degrad|effici|fraction|\boff\b"
)
_BETWEEN = re.compile(r"(?:[을를이나로]|가(?!속)|으로|까지|만큼|정도|씩)? ?(?:훨씬 |크게 |약 )?")
"""What stands between a figure and its word of direction: a particle, and how much; 3배가속 has none."""
_AXES: tuple[_Axis, ...] = tuple(
    _Axis(re.compile(up), re.compile(down), english_up, english_down)
    for up, down, english_up, english_down in (
        (rf"{_MORE}|더 (?!낮|적|느|작|짧|줄|싸|저렴|나빠)", rf"{_LESS}|덜", _RISE, _FALL),
        (
            r"(?:더 )?(?:빠르|빠른|빠릅|빨라|빨랐|빨리|가속)",
            r"(?:더 )?(?:느리|느린|느립|느려|느렸)",
            r"fast|speed|quick|acceler|boost|less",
            r"slow",
        ),
        (
            r"(?:더 )?(?:비싸|비싼|비쌉|비쌌)",
            r"(?:더 )?(?:저렴|싸|싼|쌉)",
            r"expensive|pric(?:ey|ier)|more|costl|higher",
            r"cheap|less|lower|afford|sav(?:e|ing)|reduc",
        ),
    )
)
_FROM = re.compile(r" ?에서 (?:약 |최대 )?(?:[A-Za-z0-9.]{1,16}의 )?")
_TO = r"(?: 가까이|[가-힣]{0,2}?)(?:으로|로|까지) (?:[가-힣]{1,4} )?"
_OVER = re.compile(r"(?:으로|로) (?:[\w.]{1,12} ){0,4}")
_PASSES = re.compile(r"[를을] ?(?:넘어|넘었|넘겼|웃돌|웃도|앞질|앞섰|앞선|뛰어넘|경신)")
_FALLS, _RISES = (compiled(f"{_TO}(?:{verbs})") for verbs in (_LESS, _MORE.removesuffix("|향상|개선")))
_BETTER = english(r"improv|boost|better|fast|speed|quick")  # hours improve by falling
_ENDS = re.compile(r"[,;.()]| and | but | while | with ")
_REACH = 60


def directions_turned(text: str, figures: Sequence[Figure], items: Sequence[ReadItem]) -> Iterator[tuple[str, str]]:
    """Changes told the wrong way, of the folded Korean ``text``: (as written, what the newsletter says).

    Either the two figures of a change contradict its verb, or every place of the items that has the figure speaks of
    the opposite direction and none of its own.
    """
    for left, right in (*pairwise(figures), *zip(figures, figures[2:], strict=False)):  # 78.3%에서 4.7의 32.2%로
        if written := _against_itself(text, left, right):
            yield written, "the figures themselves"
    for figure in figures:
        between = _BETWEEN.match(text, figure.end)
        behind = between.end() if between else figure.end
        for axis in _AXES if figure.kind == "plain" else ():
            up, down = (pattern.match(text, behind) for pattern in (axis.up, axis.down))
            if bool(up) == bool(down):
                continue
            own, other = (axis.english_up, axis.english_down) if up else (axis.english_down, axis.english_up)
            share = figure.readings[0].unit in {"percent", "times"}
            around = [clause for clause in _around(figure, items) if share or not _BETTER.search(clause)]
            said = [english(other).search(clause) for clause in around]
            if around and all(said) and not any(english(own).search(clause) for clause in around):
                yield text[figure.start : figure.end + 6].strip(), around[0].strip()
                break


def end_of_passing(text: str, left: Figure, right: Figure) -> int:
    """Where "71.4%로 이전 기록인 67.7%를 넘어" ends; 0 where the left figure is not told to pass the right one."""
    passes = _PASSES.match(text, right.end) if _OVER.fullmatch(text, left.end, right.start) else None
    return passes.end() if passes else 0


def _against_itself(text: str, left: Figure, right: Figure) -> str:
    mine, theirs = left.readings[0], right.readings[0]
    if mine.unit != theirs.unit or mine.unit in {"rank", "date"}:
        return ""
    between = text[left.end : right.start]
    if mine.value <= theirs.value and (end := end_of_passing(text, left, right)):
        return text[left.start : end]
    if mine.value == theirs.value:
        changes = _FROM.fullmatch(between) and (_FALLS.match(text, right.end) or _RISES.match(text, right.end))
        return text[left.start : changes.end()] if changes else ""
    if not _FROM.fullmatch(text[left.end : right.start]):
        return ""
    wrong = (_FALLS if theirs.value > mine.value else _RISES).match(text, right.end)
    return text[left.start : wrong.end()] if wrong else ""


def _around(figure: Figure, items: Sequence[ReadItem]) -> Iterator[str]:
    """The clause around each figure of the items that is this one."""
    value = figure.readings[0]
    for item in items:
        for source in item.figures:
            if value in source.readings:
                before = item.folded[max(0, source.start - _REACH) : source.start]
                behind = item.folded[source.end : source.end + _REACH]
                yield _ENDS.split(before)[-1] + source.text + _ENDS.split(behind)[0]
