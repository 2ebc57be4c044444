"""The form of a post: lengths, tags, a description of its own, nothing a browser would run, nothing empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from pipeline.characters import visible
from pipeline.records.drafts import Draft, LeftOut
from pipeline.records.verdicts import Finding
from pipeline.sentences import sentences
from pipeline.verify.findings import Kind, finding, letters_and_digits
from pipeline.verify.index import Index, Place, PlaceKind

LENGTHS: dict[PlaceKind, tuple[int, int]] = {
    "title": (8, 60),  # search results cut titles at about 60 characters
    "description": (20, 200),
    "topic": (2, 40),  # one bold line
    "bullet": (20, 420),
    "intro": (10, 320),
    "viewpoint": (15, 320),
}
"""Fewest and most characters of each kind of place, as readers of a blog on a phone bear them."""

LONGEST_HEAD = 60
INTRO_SENTENCES = (2, 4)
FEWEST_TAGS, MOST_TAGS = 3, 5
SAME = 90.0
"""Ratio (rapidfuzz) from which a description is the title again: a particle or a final 니다 apart."""

_TAG = re.compile(r"[\w .+#-]{1,20}")
_CODE = re.compile(r"`[^`\n]{1,200}`")
_HTML = re.compile(r"<[/!?]?[A-Za-z][^<>]{0,200}>?|<!--|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_TOKEN = re.compile(r"<[A-Z][A-Z0-9_]{1,30}>")
_ADDRESS = re.compile(
    r"(?i:(?<![a-z])(?:https?|ftp|file|javascript|vbscript|data|blob|about|chrome|tel)):[^\s가-힣]|(?i:mailto:|(?<![\w.])www\.\w"
    r"|(?<![\w.@-])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.(?:com|org|net|io|ai|dev|co|gg|ly|me|app|xyz|kr|be)/[\w~%?#-])"
)


def nothing_is_empty(draft: Draft) -> Iterator[Finding]:
    """Every part has something in it, and no place is blank."""
    opening = draft.opening
    for where, filled in (
        ("intro", opening.intro),
        ("viewpoint", opening.viewpoint),
        ("preview", draft.preview.topics),
        ("overview", draft.overview.topics),
    ):
        if not filled:
            yield finding(Kind.NO_INTRODUCTION if where == "intro" else Kind.EMPTY, where, "", part=where)
    for part_name, part in (("preview", draft.preview), ("overview", draft.overview)):
        for i, topic in enumerate(part.topics):
            if not topic.bullets:
                yield finding(Kind.EMPTY, f"{part_name}/{i}", topic.title, part="topic")


def no_place_is_blank(place: Place, index: Index) -> Iterator[Finding]:
    """Letters or digits stand in every place."""
    if not letters_and_digits(place.text):
        yield finding(Kind.EMPTY, place.where, place.text, part=place.kind)


def lengths_are_right(place: Place, index: Index) -> Iterator[Finding]:
    """Within `LENGTHS`; an Overview bullet has a head, and it is short."""
    fewest, most = LENGTHS[place.kind]
    if not fewest <= len(place.text) <= most and letters_and_digits(place.text):
        count = f"{len(place.text)} characters"
        yield finding(Kind.LENGTH, place.where, place.text, count=count, fewest=fewest, most=most)
    if place.kind == "bullet" and place.part == "overview" and not letters_and_digits(place.head):
        yield finding(Kind.NO_HEAD, place.where, place.text)
    if len(place.head) > LONGEST_HEAD:
        yield finding(Kind.HEAD_LENGTH, place.where, place.head, most=LONGEST_HEAD)


def the_introduction_is_two_to_four_sentences(draft: Draft) -> Iterator[Finding]:
    text = " ".join(bullet.text for bullet in draft.opening.intro)
    count, (fewest, most) = len(sentences(text)), INTRO_SENTENCES
    if count and not fewest <= count <= most:
        yield finding(Kind.LENGTH, "intro", text, count=f"{count} sentences", fewest=fewest, most=most)


def the_description_is_not_the_title(draft: Draft) -> Iterator[Finding]:
    title, description = draft.opening.title.text, draft.opening.description.text
    if fuzz.ratio(letters_and_digits(title), letters_and_digits(description)) >= SAME:
        yield finding(Kind.SAME_AS_TITLE, "description", description)


def tags_are_few_and_plain(draft: Draft) -> Iterator[Finding]:
    """Three to five tags of at most 20 letters, digits, spaces, ``.``, ``+``, ``#`` and ``-``."""
    tags = draft.opening.tags
    for tag in tags:
        if not _TAG.fullmatch(tag) or not letters_and_digits(tag):
            yield finding(Kind.TAG, "tags", tag)
    if len(tags) < FEWEST_TAGS:
        yield finding(Kind.FEW_TAGS, "tags", ", ".join(tags), count=len(tags), fewest=FEWEST_TAGS, most=MOST_TAGS)


def no_html_and_no_address(place: Place, index: Index) -> Iterator[Finding]:
    """No raw HTML, no entity, no URL, no scheme. Tokens (<RET>) and code may be as the items show."""
    cited = " ".join(item.text for item in index.cited(place))
    for piece in place.pieces:
        for match in _HTML.finditer(piece):
            in_code = any(match[0] in code for code in _CODE.findall(piece))
            if not (match[0] in cited and (in_code or _TOKEN.fullmatch(match[0]))):
                yield finding(Kind.HTML, place.where, match[0])
        for match in _ADDRESS.finditer(piece):
            yield finding(Kind.ADDRESS, place.where, piece[match.start() : match.start() + 80])


def no_character_is_invisible(place: Place, index: Index) -> Iterator[Finding]:
    for piece in (*place.pieces, *(ref.label for ref in place.refs)):
        if "".join(visible(piece).split()) != "".join(piece.split()):
            yield finding(Kind.INVISIBLE, place.where, visible(piece))


_UNTAGGED = re.compile(r"(?<=\w)[/'’](?=\w)|[:()]")
"""Marks that a tag cannot carry and does without: Google I/O, Moore's."""


def mend_tags(tags: Sequence[str], in_use: Sequence[str]) -> tuple[tuple[str, ...], tuple[LeftOut, ...]]:
    """Tags as they are already in use (``RAG``, not ``rag`` tomorrow), each once, at most `MOST_TAGS` of them.

    Args:
        in_use: Tags of earlier posts, those used most often or last first: the first variant wins.
    """
    known = {letters_and_digits(tag): tag for tag in reversed(in_use)}
    mended: dict[str, str] = {}
    notes: list[LeftOut] = []
    for tag in tags:
        plain = " ".join(_UNTAGGED.sub("", tag.removeprefix("#")).split())
        folded = letters_and_digits(plain)
        right = known.get(folded, plain)
        if folded in mended or len(mended) == MOST_TAGS:
            why = "it was there already" if folded in mended else f"a post has at most {MOST_TAGS} tags"
            notes.append(LeftOut(what=f"tags: {tag}", why=f"tag left out: {why}"))
            continue
        mended[folded] = right
        if right != tag:
            notes.append(LeftOut(what=f"tags: {tag}", why=f"written as {right}"))
    return tuple(mended.values()), tuple(notes)
