"""Operators on meaning: yes for no, less for more, the loser for the winner."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evaluation.checks.mutation import Change, Named, Setting, swaps

_NEGATION_DROPPED = (
    (r"([가-힣])지(?:는|도)? 않습니다", r"\1ㅂ니다"),
    (r"하지 않았습니다", "했습니다"),
    (r"되지(?:는)? 않았습니다", "됐습니다"),
    (r"되지는? 않는", "되는"),
    (r"맞지 않는", "맞는"),
    (r"남지 않는", "남는"),
    (r"따르지 않고", "따르고"),
    (r"내지 않고", "내고"),
    (r"쓰지 않고", "쓰고"),
    (r"손대지 않은", "손댄"),
    (r"겪지 않은", "겪은"),
    (r"복잡하지 않은", "복잡한"),
    (r"있지는 않다고", "있다고"),
    (r"쓰지 못하(도록|게)", r"쓸 수 있\1"),
    (r"풀지 못한", "푼"),
    (r"알지 못해도", "알아야"),
    (r"보장하지 못했으며", "보장했으며"),
    (r"반영하지 못한다고", "반영한다고"),
    (r"넘지 못할", "넘을"),
    (r"없습니다", "있습니다"),
    (r"없던", "있던"),
    (r"(?<!가차) 없이도?(?= )", "을 써서"),
    (r"이 아니라 ", "인 동시에 "),
    (r"이 아니라고", "이라고"),
    (r"‘가치 없다’", "‘가치 있다’"),
    (r"학습하지 않고도", "학습해서"),
    (r"주지 않지만", "주지만"),
    (r"낮을|낮은 것(?=으)", "높을"),
)
_NEGATION_ADDED = (
    (r"했습니다\.", "하지 않았습니다."),
    (r"앞섰습니다\.", "앞서지 못했습니다."),
    (r"내놓았습니다\.", "내놓지 않았습니다."),
    (r"나왔습니다\.", "나오지 않았습니다."),
    (r"올랐습니다\.", "오르지 않았습니다."),
    (r"밝혔습니다\.", "밝히지 않았습니다."),
    (r"합니다\.", "하지 않습니다."),
    (r"됩니다\.", "되지 않습니다."),
    (r"있습니다\.", "없습니다."),
    (r"([가-힣])었습니다\.", r"\1지 않았습니다."),
)
_COMPARISON = (
    (r"앞섰", "뒤졌"),
    (r"앞선", "뒤진"),
    (r"앞섭", "뒤집"),
    (r"앞서(?=며|고|는)|(?<=[을를] )앞서(?= )", "뒤지"),
    (r"넘어선", "못 미친"),
    (r"넘어 1위", "못 넘어 2위"),
    (r"더 높", "더 낮"),
    (r"높아졌", "낮아졌"),
    (r"(?<!더 )높(?=은|습|았)", "낮"),
    (r"더 낮은데도", "더 높은데도"),
    (r"빨라졌", "느려졌"),
    (r"느려졌", "빨라졌"),
    (r"빠르게", "느리게"),
    (r"늘었", "줄었"),
    (r"줄었", "늘었"),
    (r"줄여", "늘려"),
    (r"(?<!도마에 )올랐", "떨어졌"),
    (r"떨어졌", "올랐"),
    (r"떨어지는", "오르는"),
    (r"(?<=[ ])덜(?= )", "더"),
    (r"더(?= (?:풀|빠르|짧|자세|저렴|나))", "덜"),
    (r"저렴한", "비싼"),
    (r"저렴(?=하)", "비싸다고 "),
    (r"나아졌", "나빠졌"),
    (r"나빠 보", "좋아 보"),
    (r"절반", "두 배"),
    (r"적고", "많고"),
    (r"뛰었", "떨어졌"),
    (r"크게 앞", "크게 뒤"),
)
_LATIN = r"[A-Za-z][A-Za-z0-9_.\-]*(?: [A-Z0-9][A-Za-z0-9_.\-]*){0,3}"
_WINNER = re.compile(rf"({_LATIN})(이|가|은|는) ((?:[가-힣]+에서 )?)({_LATIN})(을|를|보다) ([^.]*?(?:앞|넘|빠르|낫))")


def negation_dropped(setting: Setting) -> Iterator[Change]:
    for change in swaps(setting, _NEGATION_DROPPED):
        text = re.sub(r"([가-힣])ㅂ니다", lambda m: chr(ord(m[1]) + 17) + "니다", change.bullet.text)
        yield change._replace(bullet=setting.with_text(text))


def negation_added(setting: Setting) -> Iterator[Change]:
    yield from swaps(setting, _NEGATION_ADDED)


def comparison_turned(setting: Setting) -> Iterator[Change]:
    """More for less, and who beats whom exchanged."""
    yield from swaps(setting, _COMPARISON)
    text = setting.bullet.text
    for match in _WINNER.finditer(text):
        one, first, between, other, second, rest = match.groups()
        wrong = f"{other}{first} {between}{one}{second} {rest}"
        yield Change(setting.with_text(text[: match.start()] + wrong + text[match.end() :]))


POLARITY: tuple[Named, ...] = (
    Named("negation dropped", "polarity", negation_dropped, hard=True),
    Named("negation added", "polarity", negation_added, hard=True),
    Named("comparison turned", "polarity", comparison_turned, hard=True),
)
