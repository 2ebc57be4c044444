"""Dates, weekdays, quarters and times of day, in English and in Korean, as readings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.patterns import as_written, has_one
from pipeline.verify.figures.units import Reading, listed

_MONTHS = listed("jan feb mar apr may jun jul aug sep oct nov dec")
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_KOREAN_DAYS = "월화수목금토일"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?!\w|[.,]\d| ?(?:%|GB|B\b))"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
# Words of which a text must hold one for a pattern to be worth trying.
_NAMED = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_NOON = "|".join(half + point + letter for half in "AaPp" for point in ("", ".") for letter in "Mm")
_PATTERNS = (
    (_NAMED, rf"\b{_MONTH}\.? {_DAY}(?:,? {_YEAR})?"),
    (_NAMED, rf"(?<![\w.$]){_DAY} (?:of )?{_MONTH}\b(?:,? {_YEAR})?"),
    (_NAMED, rf"\b{_MONTH},? {_YEAR}"),
    ("20", r"(?<![\w.-])(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\w-])"),
    ("/20", r"(?<![\w./])(?P<month>1[0-2]|0?[1-9])/(?P<day>[0-3]?\d)(?:-[\d/]+)?/(?P<year>20\d\d)(?![\w/])"),
    ("년", r"(?<![\w.])(?P<year>(?:1[5-9]|20)\d\d)년 ?(?:(?P<month>\d{1,2})월)?(?: ?(?P<day>\d{1,2})일)?"),
    (
        "월",
        r"(?<![\w.])(?P<month>1[0-2]|0?[1-9])월(?! ?\d+(?:달러|원))"
        r"(?: ?(?P<day>[0-3]?\d)(?:일|(?= ?[~-] ?[0-3]?\d일)))?",
    ),
    (_NAMED, rf"\b(?i:in|of|by|early|late|mid|this|last|next|since|until|from|through|around)[ -]{_MONTH}\b"),
    (_NAMED, r"\b(?P<month>January|February|April|June|July|August|September|October|November|December)\b"),
    ("day", r"\b(?P<weekday>Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)day\b"),
    ("Mon|Tue|Wed|Thu|Fri|Sat|Sun", r"\b(?P<weekday>Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b(?=,| [A-Z0-9])"),
    ("요일", r"(?<![가-힣])(?P<korean_day>[월화수목금토일])요일"),
    ("Q|q", r"\b[Qq](?P<quarter>[1-4])\b(?!_|\.\w)|(?<![\w.])(?P<quarter_before>[1-4])Q\b"),
    ("분기", r"(?<![\w.])(?P<quarter>\d)분기"),
    ("quarter", r"\b(?P<quarter_word>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth) quarter\b"),
    ("H1|H2|반기", r"\bH(?P<half>[12])(?= (?:of )?(?:20|\')\d)|(?P<korean_half>[상하])반기"),
    (_NOON, r"(?<![\w.:])(?P<hour>[01]?\d)(?::(?P<minute>[0-5]\d))? ?(?P<noon>[AaPp])\.?[Mm]\b\.?"),
    ("오전|오후", r"(?P<korean_noon>오전|오후) ?(?P<hour>[01]?\d)시(?: ?(?P<minute>[0-5]?\d)분)?"),
    (":", r"(?<![\w.:])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?![\w:]|\.\d)"),
    ("(1", r"(?<=\()(?P<year>1[5-9]\d\d)(?= ?[~-] ?(?:1[5-9]|20)\d\d\))"),  # (1800-1899)
    ("~1|-1", r"(?<=[~-])(?P<year>1[5-9]\d\d)(?=\))"),
    ("년", r"(?<![\w.])(?P<year>(?:1[5-9]|20)\d\d)(?= ?[~-] ?(?:1[5-9]|20)\d\d년)"),
    (
        "19|20",
        r"(?<![\w.$€£¥₩#,])(?P<year>(?:19|20)\d\d)"
        r"(?![\w%]|[.,]\d| ?(?:년|개|명|건|장|대|토큰|GPU|tok|user|달러|원))",
    ),
)
_UNTIL = re.compile(
    r" ?(?:~|-|to|부터|에서) ?(?P<day>[0-3]?\d)(?:일|st|nd|rd|th)?(?![A-Za-z\d:/%-]|[.,]\d)"
)  # June 17-21
_ORDINALS = ("first", "second", "third", "fourth")


def _readings(found: dict[str, str]) -> Iterator[Reading]:
    month = found.get("month", "")
    number = 0
    if month:
        number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
        day = int(found.get("day", 0))
        yield Reading(number * 100.0 + day, "date") if day else Reading(float(number), "month of year")
    if "year" in found:
        yield Reading(float(found["year"]), "year")
    if "weekday" in found:
        yield Reading(float(_DAYS.index(found["weekday"][:3].lower())), "weekday")
    if "korean_day" in found:
        yield Reading(float(_KOREAN_DAYS.index(found["korean_day"])), "weekday")
    if quarter := found.get("quarter") or found.get("quarter_before"):
        yield Reading(float(quarter), "quarter")
    if "quarter_word" in found:
        yield Reading(_ORDINALS.index(found["quarter_word"].lower()) + 1.0, "quarter")
    if half := found.get("half") or found.get("korean_half"):
        yield Reading(1.0 if half in "1상" else 2.0, "half-year")
    if "hour" in found:
        late = found.get("noon", "").lower() == "p" or found.get("korean_noon") == "오후"
        twelve = "noon" in found or "korean_noon" in found
        hour = int(found["hour"]) % 12 + 12 * late if twelve else int(found["hour"])
        yield Reading(hour * 60.0 + int(found.get("minute", 0)), "clock")


def dates(folded: str) -> list[tuple[int, int, tuple[Reading, ...]]]:
    """Every date, part of a date and time of day: (start, end, readings), not overlapping, in order.

    Units: ``date`` is month x 100 + day, ``month of year`` 1-12, ``year``, ``weekday`` 0 = Monday, ``quarter``,
    ``half-year``, ``clock`` in minutes since midnight.
    """
    taken: list[tuple[int, int, tuple[Reading, ...]]] = []
    free = bytearray(len(folded))
    for pattern in (pattern for words, pattern in _PATTERNS if has_one(words, folded)):
        for match in as_written(pattern).finditer(folded):
            start, end = match.span()
            if any(free[start:end]):
                continue
            readings = tuple(_readings({name: value for name, value in match.groupdict().items() if value}))
            if any(reading.unit == "date" and not 1 <= reading.value % 100 <= 31 for reading in readings):
                continue
            free[start:end] = b"\1" * (end - start)
            taken.append((start, end, readings))
            last = _UNTIL.match(folded, end)
            if last and readings[0].unit == "date" and not any(free[end : last.end()]):
                month = readings[0].value // 100
                taken.append((last.start("day"), last.end(), (Reading(month * 100 + int(last["day"]), "date"),)))
                free[last.start("day") : last.end()] = b"\1" * (last.end() - last.start("day"))
    return sorted(taken)
