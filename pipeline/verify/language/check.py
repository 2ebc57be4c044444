"""Korean, in 합니다체, and nothing but the newsletter's matter: no chatter, blanks, debris or foreign sentences."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Collection, Iterator
from importlib.resources import files

from pipeline.patterns import compiled
from pipeline.records.verdicts import Finding
from pipeline.sentences import sentences
from pipeline.verify.findings import Kind, finding
from pipeline.verify.index import Index, Place
from pipeline.verify.language.particles import wrong_particles
from pipeline.verify.names.tables import VOCABULARY

CHATTERS = tuple(
    (compiled(pattern), what)
    for line in files(__package__).joinpath("chatter.txt").read_text("utf-8").splitlines()[1:]
    for what, _, pattern in [line.partition(": ")]
)
"""What a model says of itself or of its task, and what that does, for the finding."""

LEAST_HANGUL = 0.5
"""Share of Hangul among a sentence's letters, names and terms that stand in the cited items aside."""

LEAST_HANGUL_OF_ALL = 0.2
"""Share among all its letters: with less it is the newsletter's English with a Korean ending."""

LEAST_HANGUL_OF_A_TITLE = 2
"""Letters: names alone are no Korean headline, and may be anything that was ordered in capitals."""

LONGEST_LATIN_RUN = 4
"""Words of English in lower case, terms in a list, that a Korean sentence may quote before it is English."""

LONGEST_NAME = 40
"""Characters of a link's text that is still a name; longer ones are sentences (AINews of 2026 links whole clauses)."""

_WORD = re.compile(r"[^\W\d_]+(?:[\w.'’@/-]*\w)?")
_CODE = re.compile(r"`[^`\n]{1,200}`")
_LATIN_RUN = re.compile(r"(?<![A-Za-z'’-])[A-Za-z][A-Za-z'’-]*(?:,? [A-Za-z][A-Za-z'’-]*){3,}")
_TERMS_OF_FOUR = frozenset({"needle in a haystack", "lost in the middle", "out of the box", "human in the loop"})
_NO_TERM = re.compile(
    r"^(?:and|for|from|in|of|on|or|that|the|to|which|with)\b|\b(?:and|at|by|for|from|in|of|on|or|that|the|to|with)$"
    r"|\b(?:that|which|more|most|less|is|are|was|were|has|have|its|their|across|[a-z]{4,}ly)\b"
)
_HANGUL = re.compile(r"[가-힣]+")
_QUOTED = re.compile(r"[\"'“‘「『《〈][^\"'“”‘’「」『』《》〈〉\n]{1,160}[\"'”’」』》〉]")
_LISTED = re.compile(r"(?:니다|니까) ?:(?=\s)")
_POLITE = ("니다", "니까")
_ORDERED = ("십시오", "시오")

_PLACEHOLDER = compiled(
    r"\[(?:이름|제목|링크|날짜|회사|회사명|모델명|모델 이름|내용|요약|출처|숫자|URL|url|name|title|link|date|label)\]"
    r"|\{\{.{0,80}?\}\}|\{%.{0,80}?%\}|\$\{\w{1,40}\}|\{[a-z_]{2,20}\}"
    r"|<(?:[가-힣]{1,6} )?(?:이름|제목|링크|내용|날짜|숫자|name|title|link|placeholder)>"
    r"|\((?:추후|나중에|별도) ?(?:확인|추가|기재|입력)(?:[가-힣]| ){0,6}\)|\((?:확인|출처|검토) ?필요\)"
    r"|(?<![A-Za-z])(?:TBD|TBA|TODO|FIXME|XXX|N/A)(?![A-Za-z])|(?i:lorem ipsum)|○○|OO(?=[가-힣])|_{3,}"
    r"|(?<![A-Za-z0-9])s\d{1,4}i\d{1,4}(?![A-Za-z0-9])"
    r"|[\[(]\d{1,3}[a-z]?(?:, ?\d{1,3}[a-z]?){0,9}\](?!\()|\(\d{1,3}[a-z]\)"
)
_MARKDOWN = compiled(
    r"\*\*|\]\(|\]\[|```|~~|(?<![A-Za-z0-9_])__\w|[가-힣]__|^\s{0,3}(?:#{1,6} |[-*+] |> |\d{1,3}[.)] )|!\[|\n"
)


def every_sentence_is_korean(place: Place, index: Index) -> Iterator[Finding]:
    """At least half of a sentence's letters are Hangul, names and quotations of the cited items aside."""
    names = _names(place, index)
    cited = " ".join(item.text for item in index.cited(place)).casefold()
    for piece in place.pieces:
        for sentence in sentences(piece):
            bare = _QUOTED.sub(lambda quoted: " " if quoted[0][1:-1].casefold() in cited else quoted[0], sentence)
            is_title = not place.is_prose or piece is not place.text
            hangul, other, named = _letters(_CODE.sub(" ", bare), names, is_title)
            least = 0.0 if is_title else LEAST_HANGUL_OF_ALL * (hangul + other + named)
            headline = LEAST_HANGUL_OF_A_TITLE if place.kind == "title" else 0
            if hangul < LEAST_HANGUL * (hangul + other) or hangul < max(least, headline):
                letters = hangul + other + named
                yield finding(Kind.NOT_KOREAN, place.where, sentence, sentence=sentence, hangul=hangul, letters=letters)


def no_words_are_left_in_another_language(place: Place, index: Index) -> Iterator[Finding]:
    """No running English, and no Chinese, Japanese or other script that the cited items do not have."""
    cited = " ".join(item.text for item in index.cited(place))
    for piece in place.pieces:
        bare = _QUOTED.sub(" ", _CODE.sub(" ", piece))
        for run in _LATIN_RUN.finditer(bare):
            words = run[0].split()
            lower = sum(word[0].islower() for word in words)
            if lower >= 0.6 * len(words) and (len(words) > LONGEST_LATIN_RUN or _is_phrase(run[0])):
                yield finding(Kind.ENGLISH_LEFT, place.where, run[0])
        for letters in _foreign_runs(piece):
            if letters not in cited:
                yield finding(Kind.FOREIGN_SCRIPT, place.where, letters)


def _is_phrase(run: str) -> bool:
    """Four words that are neither a list nor a term, as ``needle in a haystack`` is."""
    if not run.islower() or run in _TERMS_OF_FOUR:
        return False
    if _NO_TERM.search(run):
        return True
    return "," not in run and sum(word not in VOCABULARY for word in run.split()) > 1


def sentences_end_in_hamnida(place: Place, index: Index) -> Iterator[Finding]:
    """합니다체 throughout; titles, heads and labels are noun phrases and exempt. A description may be one too."""
    if not place.is_prose:
        return
    labels = {_ending(ref.label) for ref in place.refs}
    for sentence in sentences(place.text):
        if _is_polite(sentence) or _ending(sentence) in labels:
            continue
        end = _ending(sentence)[-12:]
        if place.kind == "description" and not end.endswith(("다", "요")):
            yield finding(Kind.FRAGMENT, place.where, sentence, sentence=sentence, end=end)
        else:
            yield finding(Kind.REGISTER, place.where, sentence, sentence=sentence, end=end)


def nothing_speaks_of_the_task(place: Place, index: Index) -> Iterator[Finding]:
    """No model chatter, no echo of an instruction."""
    for piece in place.pieces:
        for sentence in sentences(piece):
            for pattern, what in CHATTERS:
                match = pattern.search(_QUOTED.sub(" ", sentence))
                if match:
                    yield finding(Kind.CHATTER, place.where, sentence, sentence=sentence, what=what, words=match[0])
                    break


def nothing_is_left_to_fill_in(place: Place, index: Index) -> Iterator[Finding]:
    """No blanks (``[이름]``, TBD, ``{{…}}``) and no ids of the question; code that stands in the items is quoted."""
    cited = " ".join(item.text for item in index.cited(place))
    for piece in place.pieces:
        for match in _PLACEHOLDER.finditer(_CODE.sub(" ", piece)):
            if match[0] not in cited:
                yield finding(Kind.PLACEHOLDER, place.where, match[0])


def no_markdown_is_left(place: Place, index: Index) -> Iterator[Finding]:
    """Plain text: no emphasis, headings, lists, links or line breaks, and backticks in pairs."""
    for piece in place.pieces:
        match = _MARKDOWN.search(_CODE.sub(" ", piece.strip()))
        if match:
            yield finding(Kind.MARKDOWN, place.where, piece, words=repr(match[0]))
        elif piece.count("`") % 2:
            yield finding(Kind.BACKTICK, place.where, piece)


def particles_fit_the_sound(place: Place, index: Index) -> Iterator[Finding]:
    """은/는, 이/가, 을/를 and the others by pronunciation."""
    for piece in place.pieces:
        for wrong in wrong_particles(piece):
            sure = Kind.PARTICLE_WRONG if wrong.right else Kind.PARTICLE_BOTH
            kind = sure if wrong.certain else Kind.PARTICLE_UNSURE
            expected = wrong.word + wrong.right if wrong.right else ""
            yield finding(kind, place.where, wrong.word + wrong.found, expected=expected)


def _is_polite(sentence: str) -> bool:
    """ㅂ니다, ㅂ니까 or 십시오 at the end, or before a colon that opens a list. 아니다 and 지니다 are plain."""
    if any(_has_final_bieup(sentence[: match.start()]) for match in _LISTED.finditer(sentence)):
        return True
    end = _ending(sentence)
    if end.endswith(_POLITE):
        return _has_final_bieup(end[:-2])
    return end.endswith(_ORDERED)


def _ending(sentence: str) -> str:
    """The sentence up to its last word: closing marks, emoji and references in parentheses are not part of it."""
    end = len(sentence)
    while end and not sentence[end - 1].isalnum():
        opening = sentence.rfind("(", 0, end) if sentence[end - 1] == ")" else -1
        end = opening if opening >= 0 else end - 1
    return sentence[:end]


def _has_final_bieup(text: str) -> bool:
    """Final consonants are counted in 28s from 가; the 17th is ㅂ."""
    last = text[-1:]
    return "가" <= last <= "힣" and (ord(last) - ord("가")) % 28 == 17


def _names(place: Place, index: Index) -> Collection[str]:
    """Words of the cited items, links and labels, lower case."""
    cited = index.cited(place)
    links = (index.links[id_] for item in cited for id_ in item.links if id_ in index.links)
    labels = {word.casefold() for ref in place.refs for word in _WORD.findall(ref.label) if word.isascii()}
    return labels.union(
        *(_words(f"{item.head} {item.text}") for item in cited),
        *(_words(link.text) for link in links if len(link.text) < LONGEST_NAME),
    )


@functools.lru_cache(maxsize=1024)  # the title and the Viewpoint cite what the bullets cite, one by one
def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))


def _letters(sentence: str, names: Collection[str], is_title: bool) -> tuple[int, int, int]:
    """How many Hangul letters, other letters, and letters of names and acronyms a sentence has.

    A title may hold little but names, so there every word with a capital is taken for one.
    """
    hangul = other = named = 0
    for word in _WORD.findall(sentence):
        if _HANGUL.fullmatch(word):
            hangul += len(word)
            continue
        in_word = sum("가" <= letter <= "힣" for letter in word)
        foreign = word[: _end_of_latin(word)]
        letters = sum(letter.isalpha() for letter in word) - in_word
        hangul += in_word
        is_name = foreign.casefold() in names or foreign.isupper() or any(letter.isdigit() for letter in foreign)
        if is_name or (is_title and not foreign.islower()):
            named += letters
        else:
            other += letters
    return hangul, other, named


def _end_of_latin(word: str) -> int:
    """Where Hangul follows a Latin letter or a digit; the end of the word where it does not."""
    starts = (run.start() for run in _HANGUL.finditer(word))
    return next((at for at in starts if word[at - 1 : at].isascii() and word[at - 1 : at].isalnum()), len(word))


def _foreign_runs(text: str) -> Iterator[str]:
    """Runs of letters that are neither Hangul nor Latin nor Greek; one Chinese character alone is newspaper style."""
    run = ""
    for letter in (*text, " "):
        plain = letter <= "\u02ff" or "가" <= letter <= "힣" or not letter.isalpha()
        script = "" if plain else unicodedata.name(letter, "").partition(" ")[0]
        if script and script not in ("HANGUL", "LATIN", "GREEK", "FULLWIDTH", "MATHEMATICAL", "MICRO", "OHM", "KELVIN"):
            run += letter
            continue
        if len(run) > 1 or (run and not run.startswith(tuple("美中日英獨佛韓北前新對無"))):
            yield run
        run = ""
