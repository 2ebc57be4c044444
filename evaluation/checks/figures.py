"""Figures as the evaluation reads them, for choosing what to change and for ruling out what still holds.

Nothing here is shared with ``pipeline.verify``; a mistake there must not hide here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

KOREAN_SCALES = {"천": 1e3, "만": 1e4, "백만": 1e6, "천만": 1e7, "억": 1e8, "조": 1e12}
_LATIN_SCALES = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_LATIN_SCALES["trillion"] = 1e12

_NUMBER = r"(?<![A-Za-z0-9_.,^/\-])\d+(?:,\d{3})*(?:\.\d+)?(?![\d])"
_UNIT = (
    r"%포인트|%p|%|퍼센트|배(?!포)|점|토큰|캐나다달러|달러|유로|센트|원|GB|MB|TB|px|tps|밀리초|초|분의|분(?![량류])|시간|개월|"
    r"주간|명|건|개|대|쌍|편|번|비트|종|가지|곳|층|위|회|쪽|턴|년간"
)
_KOREAN_FIGURE = re.compile(
    rf"(?P<number>{_NUMBER})(?P<scale>(?:천만|백만|만|억|조|천)?)"
    rf"(?P<more>(?: \d[\d,]*(?:천만|백만|만|천)?)?) ?(?P<unit>{_UNIT})"
)
_LATIN_FIGURE = re.compile(rf"(?P<number>{_NUMBER})(?P<scale>[kKMBT])(?![A-Za-z0-9])(?P<unit> ?(?:토큰|맥락)?)")
_IN_ENGLISH = re.compile(
    r"(?<![\d.])(?P<number>\d+(?:,\d{3})*(?:\.\d+)?|\.\d+)"
    r"(?:[ -]?(?P<scale>thousand|million|billion|trillion|[kKmMbBtT](?![A-Za-z])))?"
)
_NAME_BEFORE = re.compile(r"[A-Za-z][\w.\-]* ?$")
_MONEY = re.compile(r"[$€£¥]|dollar|euro|cent|USD|CAD|달러|유로|센트|원|파운드|¢")


class Figure(NamedTuple):
    """A figure of a Korean text that is not part of a name.

    Attributes:
        start, end: Its place, unit included.
        digits: The number as written; ``scale`` is what stands right behind it (억, K).
        unit: The unit or counter.
    """

    start: int
    end: int
    digits: str
    scale: str
    more: str
    unit: str

    @property
    def text(self) -> str:
        return f"{self.digits}{self.scale}{self.more}{self.unit}"

    def changed(self, text: str, digits: str) -> str:
        """The text with other digits."""
        return text[: self.start] + digits + text[self.start + len(self.digits) :]


def figures(text: str) -> Iterator[Figure]:
    """Figures with a Korean unit, a currency or a percent sign; sizes in names, versions and dates are left alone."""
    for match in _KOREAN_FIGURE.finditer(text):
        named = _NAME_BEFORE.search(text[: match.start()])
        if named and match["unit"] not in ("%", "점", "달러", "토큰", "GB"):
            continue
        yield Figure(*match.span(), match["number"], match["scale"], match["more"], match["unit"])


def lengths(text: str) -> Iterator[Figure]:
    """Figures with a Latin scale: lengths of a context and sizes of a model (``128K``, ``70B``)."""
    for match in _LATIN_FIGURE.finditer(text):
        yield Figure(*match.span(), match["number"], match["scale"], "", match["unit"])


def value(digits: str, scale: str = "") -> float:
    """``1,640.36``, ``5천``, ``128K``."""
    factor = KOREAN_SCALES.get(scale) or _LATIN_SCALES.get(scale.lower(), 1.0)
    return float(f"{float(digits.replace(',', '')) * factor:.9g}")


def values(text: str) -> frozenset[tuple[float, str]]:
    """Every number of an English text with what it may be (money, percent or neither), with its scale and without."""
    found: set[tuple[float, str]] = set()
    for match in _IN_ENGLISH.finditer(text):
        around = text[max(0, match.start() - 3) : match.end() + 8]
        kind = kind_of(around)
        found.add((value(match["number"]), kind))
        found.add((value(match["number"], match["scale"] or ""), kind))
    return frozenset(found)


def kind_of(text: str) -> str:
    """``money``, ``%`` or nothing."""
    return "%" if "%" in text or "percent" in text or "퍼센트" in text else "money" if _MONEY.search(text) else ""


def is_rounding(new: str, old: str) -> bool:
    """Whether ``new`` is ``old`` rounded to fewer digits, or the same number."""
    if value(new) == value(old):
        return True
    decimals = len(new.partition(".")[2])
    return decimals < len(old.partition(".")[2]) and f"{value(old):.{decimals}f}" == f"{value(new):.{decimals}f}"
