"""Whom a figure is told of: the names and roles (input, training, web …) right before or behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.verify.figure import Figure
from pipeline.verify.name_tables import korean_names_within
from pipeline.verify.name_tokens import chunks, normalised

_ROLES = (  # in Korean and in English; "!" ends a word that must stand alone
    ("입력", "input"),
    ("출력", "output"),
    ("학습|훈련", "train"),
    ("추론", "inference"),
    ("텍스트", "text"),
    ("이미지", "image"),
    ("이전|기존", "before|previous"),
    ("전체|총", "total"),
    ("활성", "active"),
    ("웹", "web!"),
    ("코드|코딩", "code!|coding!"),
    ("수학", "math"),
    ("오디오|음성", "audio|speech|voice"),
    ("영상|비디오|동영상", "video"),
    ("캐시", "cache"),
    ("작은|소형", "small"),
    ("큰|대형", "large"),
)
_ROLE_OF = {
    word.rstrip("!"): f"role_{number}"
    for number, row in enumerate(_ROLES)
    for words in row
    for word in words.split("|")
}
_KOREAN, _ENGLISH = ("|".join(words) for words in zip(*_ROLES, strict=True))
_KOREAN_ROLE, _ENGLISH_ROLE = re.compile(_KOREAN), re.compile(rf"\b(?:{_ENGLISH})".replace("!", r"\b"))
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
        marks += [(match.start(), match.end(), _ROLE_OF[match[0]]) for match in pattern.finditer(text)]
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
