"""Ways in which a model gets a sentence wrong: each takes a faithful sentence and yields wrong ones."""
# ruff: noqa: E501  (a rule is one line)

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

Operator = Callable[[str, random.Random], Iterator[str]]
_NUMBER = re.compile(r"(?<![\w.,\-^])\d[\d,]*(?:\.\d+)?(?=[가-힣%$~ /→,.)\]]|GB|MB|TB|K|M|B|ms|px|W|fps|tok|$)")
_NAME_DIGIT = re.compile(r"(?:[A-Za-z][\w.\-]*|라마|제미나이) ?$")


def _replaced(text: str, pairs: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for pattern, new in pairs:
        for match in re.finditer(pattern, text):
            yield text[: match.start()] + match.expand(new) + text[match.end() :]


def _numbers(text: str) -> Iterator[re.Match[str]]:
    for match in _NUMBER.finditer(text):
        if not _NAME_DIGIT.search(text[: match.start()]) and not re.match(r" ?(?:일|월)", text[match.end() :]):
            yield match


def scale_step(text: str, _: random.Random) -> Iterator[str]:
    """만, 억, 조 one step off."""
    yield from _replaced(
        text,
        (
            (r"(?<=\d)만(?=[ 가-힣])", "억"),
            (r"(?<=\d)억(?=[ 가-힣])", "조"),
            (r"(?<=\d)억(?=[ 가-힣])", "만"),
            (r"(?<=\d)조(?= )", "억"),
            (r"천만(?= )", "백만"),
            (r"백만(?= )", "천만"),
            (r"(?<=\d)만(?= )", "천"),
        ),
    )


def scale_letter(text: str, _: random.Random) -> Iterator[str]:
    """K, M, B one step off, and the bytes and seconds."""
    yield from _replaced(
        text,
        (
            (r"(?<=\d)B(?=[ 가-힣])", "M"),
            (r"(?<=\d)B(?=[ 가-힣])", "T"),
            (r"(?<=\d)K\+?(?=[ 가-힣])", "M"),
            (r"(?<=\d)M(?=[ 가-힣])", "B"),
            (r"(?<=\d)GB", "MB"),
            (r"(?<=\d)MB", "GB"),
            (r"(?<=\d)TB", "PB"),
            (r"(?<=\d)ms", "초"),
            (r"밀리초", "마이크로초"),
        ),
    )


def digit_lost(text: str, rng: random.Random) -> Iterator[str]:
    """A digit of a number left out."""
    for match in _numbers(text):
        digits = [at for at in range(*match.span()) if text[at].isdigit()]
        if len(digits) > 1 and match.group().replace(",", "").rstrip("0") not in {"1"}:
            at = rng.choice(digits)
            if at == match.start() and text[at + 1] == ".":
                continue
            mutated = text[:at] + text[at + 1 :]
            left = mutated[match.start() : match.end() - 1]
            if left.endswith(".") or ("." in match.group() and text[at] == "0"):
                continue
            yield mutated


def digit_changed(text: str, rng: random.Random) -> Iterator[str]:
    """A digit of a number changed."""
    for match in _numbers(text):
        at = rng.choice([at for at in range(*match.span()) if text[at].isdigit()])
        yield text[:at] + str((int(text[at]) + rng.choice([3, 4, 5])) % 10) + text[at + 1 :]


def point_moved(text: str, _: random.Random) -> Iterator[str]:
    """The decimal point one place off."""
    yield from _replaced(text, ((r"(?<![\w.\-])(\d)(\d+)\.(\d+)(?=%|퍼|점|억|조|T|G)", r"\1.\2\3"),))


def percent_point(text: str, _: random.Random) -> Iterator[str]:
    """% for %p and the reverse."""
    yield from _replaced(text, ((r"%(?!p)", "%p"), (r"%p", "%"), (r"퍼센트포인트", "퍼센트"), (r"%(?!p)", "배")))


def currency(text: str, _: random.Random) -> Iterator[str]:
    """Another currency."""
    yield from _replaced(
        text,
        (
            (r"달러", "원"),
            (r"달러", "유로"),
            (r"\$", "€"),
            (r"(?<=[조억만] )원", "달러"),
            (r"유로", "달러"),
            (r"파운드", "달러"),
        ),
    )


def unit(text: str, _: random.Random) -> Iterator[str]:
    """Another unit of the same kind, or of another."""
    yield from _replaced(
        text,
        (
            (r"(?<=\d)시간(?!당)", "분"),
            (r"(?<=\d)분(?=[ ,])", "시간"),
            (r"(?<=\d)개월", "년"),
            (r"(?<=\d)초(?= |가|에)", "분"),
            (r"(?<=\d)비트", "바이트"),
            (r"(?<=\d)명", "달러"),
            (r"(?<=\d)배(?!럴)", "%"),
            (r"와트", "기가와트"),
            (r"(?<=\d) ?토큰(?!당)", "GB"),
            (r"(?<=만) 토큰(?!당)", " 달러"),
            (r"(?<=\d)년간", "개월간"),
            (r"(?<=\d)주 만", "달 만"),
        ),
    )


def range_end(text: str, rng: random.Random) -> Iterator[str]:
    """An end of a range moved."""
    for match in re.finditer(r"(\d+)([~\-])(\d+)(?=[%배GB토 ])", text):
        low, high = int(match[1]), int(match[3])
        if rng.random() < 0.5:
            yield f"{text[: match.start()]}{low}{match[2]}{high + 7}{text[match.end() :]}"
        else:
            yield f"{text[: match.start()]}{low + 9}{match[2]}{high + 9}{text[match.end() :]}"


def date_moved(text: str, _: random.Random) -> Iterator[str]:
    """Another day, month, weekday, quarter or hour."""
    for match in re.finditer(r"(\d+)(?=일(?! 걸| 내|에서 36)|월|분기|시\()", text):
        yield text[: match.start()] + str(int(match[1]) % 4 + 1) + text[match.end() :]
    yield from _replaced(text, (("목요일", "금요일"), ("오전", "오후"), ("2024년", "2023년"), ("2027년", "2028년")))


def version_bumped(text: str, rng: random.Random) -> Iterator[str]:
    """Another version of a known name."""
    for match in re.finditer(r"(Llama |Opus 4\.|Kestrel |라마 |Qwen|H)(\d+)(?![.\d])", text):
        yield text[: match.start(2)] + str(int(match[2]) + rng.choice([1, 2, 3])) + text[match.end(2) :]


def name_swapped(text: str, rng: random.Random) -> Iterator[str]:
    """A name that the newsletter does not have in place of one that it has."""
    other = ("Mistral", "OpenAI", "Falcon", "Gemini", "DeepSeek", "앤트로픽", "엔비디아")
    for match in re.finditer(
        r"NorthStar|Groq|Kestrel|Llama|라마|Scout|Corvus|Kite Labs|Opus|SWE-bench|TerminalBench|MMLU|Qwen3", text
    ):
        yield text[: match.start()] + rng.choice(other) + text[match.end() :]


NUMBER_OPERATORS: tuple[Operator, ...] = (
    scale_step, scale_letter, digit_lost, digit_changed, point_moved, percent_point, currency, unit, range_end, date_moved,
)  # fmt: skip
NAME_OPERATORS: tuple[Operator, ...] = (version_bumped, name_swapped)
