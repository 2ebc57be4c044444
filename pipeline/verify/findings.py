"""Kinds of findings, each with its severity, the reason for it and its message, and how a finding is made.

A kind is an error only where a rule is certain: it would tell the reader something false, foreign, stale, unsafe or in
the wrong language. What a sentence means is judged by a reader (the fact check), never by a rule.
"""

# ruff: noqa: E501 - one kind a line reads as a table
from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple, Self

from pipeline.records.verdicts import Finding, Severity
from pipeline.verify.index import Index, Place


class FindingKind(StrEnum):
    """What may be found: ``check.kind``, its severity, why it is so grave, and the message with named slots."""

    severity: Severity
    reason: str
    template: str

    def __new__(cls, value: str, severity: Severity, reason: str, template: str) -> Self:
        kind = str.__new__(cls, value)
        kind._value_ = value
        kind.severity, kind.reason, kind.template = severity, reason, template
        return kind


# fmt: off
class Kind(FindingKind):
    """Every kind of finding on a draft."""

    UNKNOWN_ITEM = "references.unknown-item", "error", "rests on nothing", "item {item} is not in the newsletter"
    NO_ITEM = "references.no-item", "error", "rests on nothing", "no item of the newsletter is cited"
    UNKNOWN_LINK = "references.unknown", "error", "an invented link", "link {link} is not in the newsletter"
    UNCITED_LINK = "references.uncited", "error", "a link of another story", "link {link} belongs to item {item}, which is not cited"
    NO_LINK = "references.none", "warning", "nothing false is said; the reader misses a link", "its items have links, and none is given"
    LINK_KIND = "references.kind", "error", "leads nowhere the sentence speaks of", "link {link} is {kind}, not content"
    UNSAFE_LINK = "references.unsafe", "error", "scheme, subscriber token, placeholder", "link {link} may not be published: {why}"
    OWN_LINK = "references.own", "error", "the newsletter is no source of its own news", "link {link} leads to the newsletter's own site"
    LABEL_EMPTY = "labels.empty", "error", "a link that nobody can click", "the label of link {link} is empty"
    LABEL_GENERIC = "labels.generic", "warning", "says nothing, but nothing false; asked again", "the label does not say where the link leads"
    LABEL_OTHER = "labels.other", "error", "names one thing and leads to another", "the label names link {other} ({name}), not link {link}"
    LABEL_SWAPPED = "labels.swapped", "error", "names one thing and leads to another", "the labels of links {link} and {other} are swapped"
    LABEL_PAGE = "labels.page", "error", "names one thing and leads to another", "the label names another kind of page than link {link} ({name})"
    LABEL_ABSENT = "labels.absent", "error", "names what the cited items do not hold", "the label's name is not in the items it rests on: {names}"
    LABEL_DISTANT = "labels.distant", "warning", "the name is in the item, but not near the link: unsure", "the label's name is not near link {link} ({name})"
    LABEL_OUTSIDE = "labels.outside", "warning", "after asking again it becomes a trailing reference", "the label is not a piece of the text"
    FIGURE_ROUNDED = "numbers.rounded", "warning", "the newsletter is more exact", "rounded; the newsletter is more exact"
    FIGURE_CURRENCY = "numbers.currency", "error", "another amount of money", "wrong currency"
    FIGURE_UNIT = "numbers.unit", "error", "another quantity", "wrong unit"
    FIGURE_SCALE = "numbers.scale", "error", "wrong by powers of ten", "wrong scale"
    FIGURE_RATE = "numbers.rate", "error", "per second is not per minute", "the newsletter divides by something else"
    FIGURE_ABSENT = "numbers.absent", "error", "an invented figure", "figure not in the items it rests on"
    FIGURE_ELSEWHERE = "numbers.elsewhere", "error", "the figure of another story", "figure of another item, which is not cited"
    FIGURE_METADATA = "numbers.metadata", "warning", "true of the newsletter, but no fact to report", "only in the newsletter's metadata (messages, scores, sources checked): not a fact to report"
    FIGURE_COUNT = "numbers.count", "warning", "the text may count what it lists itself", "a small count that its items do not hold"
    FIGURE_YEAR = "numbers.year", "warning", "often known from the day of the issue", "its items have no year"
    FIGURE_MALFORMED = "numbers.malformed", "error", "10백만 is not how Korean writes a number", "not how Korean writes a number: digits before 백만 or 십억"
    NAME_ABSENT = "names.absent", "error", "an invented name", "name not in the items it rests on"
    NAME_ELSEWHERE = "names.elsewhere", "error", "the name of another story", "name of another item, which is not cited"
    NAME_VERSION = "names.version", "error", "GPT-5 for GPT-4", "version not in the items it rests on"
    NAME_TIER = "names.tier", "error", "Flash for Pro", "member of the family not in the items it rests on"
    NAME_HANDLE = "names.handle", "error", "an invented person", "handle not in the newsletter"
    NAME_WORD = "names.word", "warning", "lower case: perhaps no name", "word not in the cited items; perhaps a name"
    NAME_PLACE = "names.place", "warning", "중국의 DeepSeek is often added from knowledge: unsure", "place not in the items it rests on"
    UNFOUNDED = "support.unfounded", "error", "made up, or ordered by the newsletter's text", "no name or figure of it is in the items it rests on"
    FACTCHECK_CONTRADICTED = "factcheck.contradicted", "error", "a reader found the items to say otherwise", "the newsletter says otherwise"
    FACTCHECK_NOT_FOUND = "factcheck.not-found", "error", "a reader did not find it in the items", "the newsletter does not say this"
    FACTCHECK_UNPROVEN = "factcheck.unproven", "error", "called supported twice, without a quote that holds", "not proved by a quote: {problem}"
    FACTCHECK_UNREAD = "factcheck.unread", "error", "no reader has seen it", "the fact check did not read this sentence"
    NOT_KOREAN = "language.share", "error", "not Korean", "the sentence is not Korean: {hangul} of {letters} letters are Hangul"
    ENGLISH_LEFT = "language.english", "error", "words left in English", "words are left in English"
    FOREIGN_SCRIPT = "language.foreign", "error", "words left in another script", "words in a script that its items do not have"
    REGISTER = "language.register", "error", "not 합니다체", "the sentence does not end in 합니다체: …{end}"
    FRAGMENT = "language.fragment", "warning", "a description may be a noun phrase; an editor should look", "the description is not a sentence: …{end}"
    CHATTER = "language.chatter", "error", "the model speaks of itself or of its task", "the text {what} instead of telling news: {words}"
    PLACEHOLDER = "language.placeholder", "error", "a blank that nobody filled", "a placeholder or an id was left in the text"
    MARKDOWN = "language.markdown", "error", "debris that a blog shows or swallows", "Markdown is left in the text: {words}"
    BACKTICK = "language.backtick", "error", "debris that a blog shows or swallows", "a backtick is not closed"
    PARTICLE_WRONG = "particles.wrong", "error", "mended by rule before it is asked again", "the particle does not fit the sound before it"
    PARTICLE_BOTH = "particles.both", "error", "reads as a form", "both particles are written out"
    PARTICLE_UNSURE = "particles.unsure", "warning", "a noun that happens to end like a particle", "the particle may not fit the sound before it"
    SPACE_MISSING = "spacing.joined", "warning", "ugly, but nothing false; only where the extra [ko] is installed", "a space is missing between these words"
    SPACE_EXTRA = "spacing.apart", "warning", "ugly, but nothing false", "a particle is set apart from its noun"
    TWO_PARTICLES = "spacing.particles", "warning", "ugly, but nothing false", "two case particles follow one another"
    TOLD_EARLIER = "freshness.earlier", "error", "yesterday's news as today's", "the sentence was in {post}"
    TOLD_WITH_CHANGES = "freshness.changed", "warning", "yesterday's sentence with other figures may be what is new", "the sentence was in {post} with other figures"
    EXAMPLE = "freshness.example", "error", "text of the prompt, not of the newsletter", "the sentence is an example of the prompt"
    UNREPORTABLE = "freshness.unreportable", "error", "stale, sponsored, filler, or a part that is not news", "item {item} is not news: {why}"
    TOLD_TWICE = "coverage.twice", "error", "the same bullet twice: the second goes", "{other} says the same"
    REFRAIN = "coverage.refrain", "error", "no editor repeats a sentence so, an ordered model does", "the sentence is in {others} too"
    SAME_ITEMS = "coverage.same-items", "warning", "one story in two bullets may be two aspects of it", "{other} rests on the same items"
    SAME_TITLE = "coverage.same-title", "warning", "two topics of one name", "{other} has the same title"
    REPEATS_INTRODUCTION = "coverage.repeats-introduction", "warning", "true, but read twice on the first screen; asked again once", "{other} has this fact in the same words"
    LEAD_UNTOLD = "coverage.lead", "warning", "true, but the reader misses the main thing", "the newsletter's lead is not told; {count}"
    UNTOLD = "coverage.untold", "warning", "true, but the reader misses the main things", "{count}"
    EMPTY = "form.empty", "error", "a part of the post would be missing", "the {part} is empty"
    NO_INTRODUCTION = "form.no-intro", "warning", "the post does without it", "the introduction is empty"
    LENGTH = "form.length", "warning", "reads badly, says nothing false", "{count}, where {fewest} to {most} read well"
    HEAD_LENGTH = "form.head-length", "warning", "reads badly, says nothing false", "the head has more than {most} characters"
    NO_HEAD = "form.head", "warning", "an Overview bullet without its bold head", "the bullet has no head to print in bold"
    SAME_AS_TITLE = "form.same", "warning", "the reader learns nothing from it", "the description is the title again"
    FEW_TAGS = "form.tags", "warning", "fewer than a blog needs", "{count} tags, where {fewest} to {most} are usual"
    TAG = "form.tag", "error", "front matter or a URL cannot carry it", "a tag has 1 to 20 letters, digits, spaces, '.', '+', '#' or '-'"
    HTML = "form.html", "error", "a browser would run it", "the text contains raw HTML"
    ADDRESS = "form.url", "error", "the model never writes an address", "the text contains an address"
    INVISIBLE = "form.invisible", "error", "characters that a reader cannot see", "the text contains invisible characters"
# fmt: on


class EarlierPost(NamedTuple):
    """A post of an earlier day, as freshness needs it.

    Attributes:
        file: Name of the post's file.
        sentences: Its sentences as plain text.
    """

    file: str
    day: dt.date
    sentences: tuple[str, ...]


class Minimum(NamedTuple):
    """How many bullets must remain for a post to be written, besides a title, a description and a Viewpoint."""

    preview: int = 3
    overview: int = 3


def finding(
    kind: FindingKind, where: str, text: str, /, *, expected: str = "", sentence: str = "", **slots: object
) -> Finding:
    """Make a finding of ``kind``, its message filled with ``slots``.

    Args:
        where: Passage of the draft.
        text: The words concerned.
        expected: What the newsletter says instead.
        sentence: The sentence of the passage that is concerned; empty for all of it.
    """
    return Finding(
        kind=kind.value,
        severity=kind.severity,
        where=where,
        sentence=sentence,
        text=text,
        message=kind.template.format_map(slots),
        expected=expected,
    )


def finding_id(found: Finding) -> str:
    """Return the id that ``maeil accept`` takes."""
    return found.id


def is_asked_again(found: Finding) -> bool:
    """Tell whether a finding is worth another question: errors, labels, the form of title and description, repetition.

    A label outside its text does not lead to a drop: it becomes a trailing reference when asking was in vain.
    """
    if found.kind == Kind.LABEL_DISTANT:
        return False  # nearly always right: a name that a newsletter gives a sentence before its link
    if found.severity == "error" or found.check == "labels" or found.kind == Kind.REPEATS_INTRODUCTION:
        return True
    return found.check == "form" and found.where in ("title", "description")


_WORD = re.compile(r"[^\W_]+")


@functools.lru_cache(maxsize=1024)  # several checks ask it of one text
def letters_and_digits(text: str) -> str:
    """Fold a text for near-identity: letters and digits only, lower case."""
    return "".join(_WORD.findall(text)).casefold()


Check = Callable[[Place, Index], Iterable[Finding]]
"""A check of one place. Checks of the whole draft have signatures of their own."""
