"""Operators on names: somebody or something else is told of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evaluation.checks.figures import lengths
from evaluation.checks.mutation import Change, Named, Setting, words
from pipeline.records.drafts import Bullet

_NAME = re.compile(r"(?<![A-Za-z0-9_@.\-])[A-Za-z][A-Za-z0-9_]{3,}(?![A-Za-z0-9_]|[.\-]\w)")
_COMMON = frozenset(words("Preview Alpha Code Plus Mode Free Flash Full Lite High Medium Engine Face Index"))
_COMPANIES = {
    "오픈AI": "openai",
    "구글": "google",
    "앤트로픽": "anthropic",
    "엔비디아": "nvidia",
    "메타": "meta",
    "마이크로소프트": "microsoft",
}
_VERSION = re.compile(r"(?<=[A-Za-z])([ \-]?)(\d+)(\.\d+)?(?![\dA-Za-z%.,~:_^\-]|개|년|월| ?만)")
_SIZE = re.compile(r"(?<![A-Za-z0-9_.,\-])(\d+(?:\.\d+)?)B(?![A-Za-z0-9])")
_STEMS = words("vex nordhaus quillon tarvex bluefen orrin maplecore sable")


def _names(bullet: Bullet) -> list[re.Match[str]]:
    """Words with a capital, an underscore or a digit, and handles that a label holds; no plain English word."""
    handles = {ref.label for ref in bullet.refs}
    found = _NAME.finditer(bullet.text)
    return [m for m in found if m[0] not in _COMMON and (re.search(r"[A-Z_\d]", m[0]) or m[0] in handles)]


def _put(setting: Setting, match: re.Match[str], name: str) -> Change:
    text = setting.bullet.text
    return Change(setting.with_text(text[: match.start()] + name + text[match.end() :]), name=name)


def name_of_another_item(setting: Setting) -> Iterator[Change]:
    """A name in place of one that another bullet of the newsletter tells of."""
    there = sorted({match[0] for other in setting.same for match in _names(other.bullet)})
    for match in _names(setting.bullet):
        if there:
            yield _put(setting, match, setting.random.choice(there))


def name_of_another_day(setting: Setting) -> Iterator[Change]:
    there = sorted({match[0] for other in setting.strange for match in _names(other.bullet)})
    for match in _names(setting.bullet):
        yield _put(setting, match, setting.random.choice(there))


def korean_name_put_in(setting: Setting) -> Iterator[Change]:
    """A company written in Hangul in place of the one that acted."""
    for match in _names(setting.bullet)[:2]:
        korean = setting.random.choice(tuple(_COMPANIES))
        yield _put(setting, match, korean)._replace(name=_COMPANIES[korean])


def handle_invented(setting: Setting) -> Iterator[Change]:
    for match in _names(setting.bullet)[:2]:
        yield _put(setting, match, f"{setting.random.choice(_STEMS)}_{setting.random.choice(('ai', 'dev', '7'))}")


def name_misspelt(setting: Setting) -> Iterator[Change]:
    """A letter of a name left out."""
    for match in _names(setting.bullet):
        at = setting.random.randrange(1, len(match[0]) - 1)
        if len(match[0]) >= 6:
            yield _put(setting, match, match[0][:at] + match[0][at + 1 :])


def version_bumped(setting: Setting) -> Iterator[Change]:
    """GPT-4 told as GPT-5, 4.6 as 4.7."""
    text = setting.bullet.text
    for match in _VERSION.finditer(text):
        new = str(int(match[2]) + setting.random.choice((1, 2)))
        whole = match[1] + (
            match[2] + _next(match[3]) if match[3] and setting.random.random() < 0.5 else new + (match[3] or "")
        )
        before = re.search(r"[\w.\-]+$", text[: match.start()])
        name = (before[0] if before else "") + whole
        if re.search(rf"\d(?: and| or|,|/) ?{re.escape(whole.lstrip(' -'))}\b", setting.source):
            continue  # "GPT-5 and 6": told all the same
        yield Change(setting.with_text(text[: match.start()] + whole + text[match.end() :]), name=name)


def _next(decimals: str) -> str:
    return f".{int(decimals[1:]) + 1}"


def model_size_changed(setting: Setting) -> Iterator[Change]:
    text = setting.bullet.text
    for match in _SIZE.finditer(text):
        for new in (f"{float(match[1]) + 1:g}B", f"{float(match[1]) * 10:g}B"):
            yield Change(setting.with_text(text[: match.start()] + new + text[match.end() :]), figure=new, was=match[0])


def bits_changed(setting: Setting) -> Iterator[Change]:
    """Quantisations and lengths that name a variant: 4-bit, 256k."""
    text = setting.bullet.text
    for match in re.finditer(r"(?<![\w.])(2|4|8|16|32)(?=-?(?:bit|비트))", text):
        new = {"2": "3", "4": "8", "8": "4", "16": "8", "32": "16"}[match[1]]
        yield Change(setting.with_text(text[: match.start()] + new + text[match.end() :]), figure=new, was=match[1])
    for figure in lengths(text):
        if figure.scale in "kK":
            new = str(int(float(figure.digits.replace(",", "")) * 2))
            yield Change(
                setting.with_text(figure.changed(text, new)),
                figure=f"{new}{figure.scale}",
                was=figure.digits + figure.scale,
            )


NAMES: tuple[Named, ...] = (
    Named("name of another item", "names", name_of_another_item),
    Named("name of another newsletter", "names", name_of_another_day),
    Named("company in Hangul put in", "names", korean_name_put_in),
    Named("handle invented", "names", handle_invented),
    Named("name misspelt", "names", name_misspelt),
    Named("version bumped", "names", version_bumped),
    Named("model size changed", "names", model_size_changed),
    Named("bits or context length changed", "names", bits_changed),
)
