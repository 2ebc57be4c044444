"""Operators on language: English or Chinese left, the wrong register, particles that do not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evaluation.checks.mutation import Change, Named, Setting

_CHINESE = (
    "该模型在多项基准测试中表现优异。",
    "据报道，该公司已经完成新一轮融资。",
    "开发者可以在本地运行这个模型。",
    "研究人员认为这一结果仍需要验证。",
    "这是目前最强的开源模型之一。",
)
_CHINESE_WORDS = (
    ("공개", "发布"),
    ("모델", "模型"),
    ("학습", "训练"),
    ("성능", "性能"),
    ("사용자", "用户"),
    ("추론", "推理"),
    ("데이터", "数据"),
    ("벤치마크", "基准测试"),
    ("가격", "价格"),
    ("이용자", "用户"),
)
_JAPANESE = ("このモデルは無料で使えます。", "詳細はまだ発表されていません。")
_AFTER_LATIN = re.compile(r"(?<=[A-Za-z0-9%])(은|는|이|가|을|를|과|와|으로|로)(?=[ ,.])")
_AFTER_HANGUL = re.compile(r"(?<=[가-힣])(을|를|과|와)(?=[ ,.])")
_OTHER = {
    "은": "는",
    "는": "은",
    "이": "가",
    "가": "이",
    "을": "를",
    "를": "을",
    "과": "와",
    "와": "과",
    "으로": "로",
    "로": "으로",
}
_TWO_READINGS = re.compile(r"[A-Za-z][A-Za-z'’]*[ \-]?[\d.]*[03689]$|[a-z][bcdgkpqt]$|[AEIOU][BCDGKPT]$")
_ENDING = re.compile(r"([가-힣])(습)?니다(?=\.)")
_OF_STEM: dict[str, tuple[str, ...]] = {
    "입": ("이에요", "이다", "임"),
    "합": ("해요", "한다", "함"),
    "됩": ("돼요", "된다", "됨"),
}


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=다\.) ", text)


def _english(setting: Setting, least: int, most: int) -> str:
    """So many plain words in a row of a cited item."""
    runs = [
        run
        for item in setting.items
        for run in re.findall(
            rf"(?:[A-Za-z][A-Za-z'’\-]*,? ){{{least - 1},{most - 1}}}[A-Za-z][A-Za-z'’\-]*", item.text
        )
    ]
    return max(runs, key=len, default="")


def english_sentence_left(setting: Setting) -> Iterator[Change]:
    """A run of words of the item in place of the last sentence, and appended."""
    run = _english(setting, 6, 24)
    if run:
        own = _sentences(setting.bullet.text)
        sentence = run[0].upper() + run[1:] + "."
        yield Change(setting.with_text(" ".join((*own, sentence))))
        yield Change(setting.with_text(" ".join((*own[:-1], sentence))))


def english_words_left(setting: Setting) -> Iterator[Change]:
    """Four to six plain words of the item in the middle of a sentence."""
    text = setting.bullet.text
    spaces = [match.start() for match in re.finditer(r"(?<=[가-힣]) (?=[가-힣])", text)]
    run = re.sub(r"^(?:[A-Z]\S* )+", "", _english(setting, 4, 6))
    if spaces and len(run.split()) >= 4 and run.islower():
        at = setting.random.choice(spaces)
        yield Change(setting.with_text(f"{text[:at]} {run}{text[at:]}"))


def chinese_left(setting: Setting) -> Iterator[Change]:
    """A sentence, or a word in the middle of one."""
    text = setting.bullet.text
    yield Change(setting.with_text(f"{text} {setting.random.choice((*_CHINESE, *_JAPANESE))}"))
    for korean, chinese in _CHINESE_WORDS:
        if korean in text:
            yield Change(setting.with_text(text.replace(korean, chinese, 1)))


def particle_broken(setting: Setting) -> Iterator[Change]:
    """The other form of a particle; a word that is read in two ways (``Llama 3``, ``edit``, ``QAT``) takes either."""
    text = setting.bullet.text
    for match in (*_AFTER_LATIN.finditer(text), *_AFTER_HANGUL.finditer(text)):
        if not _TWO_READINGS.search(text[: match.start()]):
            yield Change(setting.with_text(text[: match.start()] + _OTHER[match[0]] + text[match.end() :]))


def register_changed(setting: Setting) -> Iterator[Change]:
    """해요체, 한다체 and 음슴체 at the end of a sentence."""
    text = setting.bullet.text
    for match in _ENDING.finditer(text):
        stem, past = match[1], match[2]
        endings: tuple[str, ...]
        if past:
            endings = (f"{stem}어요", f"{stem}다", f"{stem}음")
        elif (ord(stem) - 0xAC00) % 28 == 17:  # ends in ㅂ: 합, 됩, 냅; ㄴ is 13 before it, no final 17
            endings = _OF_STEM.get(stem, (f"{chr(ord(stem) - 13)}다", f"{chr(ord(stem) - 17)}요"))
        else:
            continue
        for ending in endings:
            yield Change(setting.with_text(text[: match.start()] + ending + text[match.end() :]))


LANGUAGE: tuple[Named, ...] = (
    Named("English sentence left", "language", english_sentence_left),
    Named("English words left", "language", english_words_left),
    Named("Chinese or Japanese left", "language", chinese_left),
    Named("particle broken", "language", particle_broken, mended=True),
    Named("register changed", "language", register_changed),
)
