"""Whom a figure is told of: the names and roles (input, training, web …) right before or behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.verify.figure import Figure
from pipeline.verify.name_tables import korean_names_within
from pipeline.verify.name_tokens import chunks, normalised

_ROLES = (  # in Korean and in English
    ("입력", r"\binput"),
    ("출력", r"\boutput"),
    ("학습|훈련", r"\btrain"),
    ("추론", r"\binference"),
    ("텍스트", r"\btext"),
    ("이미지", r"\bimage"),
    ("이전|기존", r"\b(?:before|previous)"),
    ("전체|총", r"\btotal"),
    ("활성", r"\bactive"),
    ("웹", r"\bweb\b"),
    ("코드|코딩", r"\bcod(?:e|ing)\b"),
    ("수학", r"\bmath"),
    ("오디오|음성", r"\b(?:audio|speech|voice)"),
    ("영상|비디오|동영상", r"\bvideo"),
    ("캐시", r"\bcache"),
    ("작은|소형", r"\bsmall"),
    ("큰|대형", r"\blarge"),
)
_KOREAN_ROLE, _ENGLISH_ROLE = (
    re.compile("|".join(f"(?P<role_{number}>{role})" for number, role in enumerate(roles)))
    for roles in zip(*_ROLES, strict=True)
)
_APART = re.compile(r"[,;.()]|\band\b|\bvs\b|와 |과 |및 |며 |고 ")
_NEAR = 24
_SLASHED = re.compile(
    r"\A[^;]{0,40}?(?:(?P<first>input|output|prompt|입력|출력)(?: ?/ ?| and )(?:input|output|completion|입력|출력)"
    r"|\bI/O\b|per (?:1M|million) tokens)",
    re.IGNORECASE,
)
_HANGUL = re.compile(r"[가-힣]+")


def _marks(text: str) -> list[tuple[int, int, str]]:
    """Names and roles of a text: (start, end, name). Korean names by their first Latin form."""
    marks = [(chunk.start, chunk.end, normalised(chunk.text)) for chunk in chunks(text) if chunk.is_name]
    is_korean = _HANGUL.search(text)
    for pattern in (_KOREAN_ROLE, _ENGLISH_ROLE) if is_korean else (_ENGLISH_ROLE,):
        marks += [(match.start(), match.end(), str(match.lastgroup)) for match in pattern.finditer(text)]
    return [*marks, *korean_names_within(text)] if is_korean else marks


def subjects_of(text: str, figures: Sequence[Figure]) -> list[tuple[Figure, frozenset[str]]]:
    """Figures with the names right before or behind them, nothing that separates standing between."""
    marks = _marks(text)
    starts = [figure.start for figure in figures]
    result = []
    for figure in figures:
        names = set()
        for start, end, name in marks:
            low, high = (end, figure.start) if end <= figure.start else (figure.end, start)
            inside = figure.start <= start and end <= figure.end
            if inside and name.startswith("role_"):
                names.add(name)
            elif 0 <= high - low <= _NEAR and not _APART.search(text[low:high]):
                names |= set() if any(low <= other < high for other in starts) else {name}
        result.append((figure, frozenset(names)))
    for index, (left, right) in enumerate(pairwise(figures)):  # "$5 / $25 per million input/output tokens"
        paired = text[left.end : right.start].strip() in {"/", "and"}
        behind = _SLASHED.match(text[right.start : right.start + 80]) if paired else None
        if behind:
            first = {"role_1"} if (behind["first"] or "").lower() in {"output", "출력"} else {"role_0"}
            result[index] = (left, frozenset(first))
            result[index + 1] = (right, frozenset({"role_0", "role_1"} - first))
    return result
