"""What the checks share: how grave each finding is, what posts are held against, and how a finding is made."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from pipeline.records.verdicts import Finding, Severity
from pipeline.verify.index import Index, Place

SEVERITY: dict[str, Severity] = {
    # An error would tell the reader something false, foreign, stale, unsafe or in the wrong language.
    "references.unknown": "error",  # a link or an item that the newsletter does not have
    "references.uncited": "error",  # a link of another story
    "references.none": "warning",  # nothing false is said; the reader misses a link
    "references.kind": "error",  # navigation, image or footer: leads nowhere the sentence speaks of
    "references.unsafe": "error",  # scheme, subscriber token, placeholder
    "labels.empty": "error",  # a link that nobody can click
    "labels.generic": "warning",  # says nothing, but nothing false; asked again
    "labels.other": "error",  # names one thing and leads to another
    "labels.absent": "error",  # names what the cited items do not hold
    "labels.far": "warning",  # the name stands in the item, but not near the link: unsure
    "labels.outside": "warning",  # not a piece of the text; after asking again it becomes a trailing reference
    "numbers.rounded": "warning",  # the newsletter is more exact
    "numbers.lost-about": "warning",  # true but for the exactness
    "numbers.lost-bound": "error",  # "up to 128K" is not 128K
    "numbers.turned-bound": "error",  # "up to" became "at least"
    "numbers.added-bound": "error",  # "at least 58%" for 58%
    "numbers.lost-rate": "error",  # "$5 per 1M tokens" is not $5
    "numbers.wrong-rate": "error",  # "per token" for "per 1M tokens"
    "numbers.added-rate": "error",  # a price for all told as a price for each
    "numbers.currency": "error",
    "numbers.unit": "error",
    "numbers.scale": "error",
    "numbers.absent": "error",  # a figure that the cited items do not hold
    "numbers.elsewhere": "error",  # the figure of another story
    "numbers.metadata": "warning",  # true of the newsletter, but no fact to report
    "numbers.count": "warning",  # the text may count what it lists itself
    "numbers.contradicted": "error",  # the items count the same things otherwise
    "numbers.year": "warning",  # the items tell none: often known from the day of the issue
    "numbers.malformed": "error",  # 10백만: not how Korean writes a number
    "numbers.swapped": "error",  # each figure given to the other's subject
    "numbers.direction": "error",  # "40% less" told as 40% more
    "numbers.twice": "error",  # one figure told for two things
    "names.absent": "error",  # a name that the cited items do not hold
    "names.elsewhere": "error",  # the name of another story
    "names.version": "error",  # GPT-5 for GPT-4
    "names.tier": "error",  # Flash for Pro
    "names.handle": "error",  # an invented person
    "names.word": "warning",  # lower case: perhaps no name
    "names.place": "warning",  # "중국의 DeepSeek" is often added from knowledge: unsure
    "support.cross-wired": "error",  # the text of one story on the items of another
    "support.thin": "error",  # shares nothing with its items
    "support.unfounded": "error",  # rests on nothing: made up, or ordered by the newsletter's text
    "support.weak": "warning",  # shares little: unsure
    "support.negation": "error",  # says no where the newsletter says yes, or the reverse
    "support.comparison": "error",  # winner and loser changed places, or more became less
    "language.share": "error",  # not Korean
    "language.foreign": "error",  # words left in another language
    "language.register": "error",  # not 합니다체
    "language.fragment": "warning",  # a description may be a noun phrase; an editor should look
    "language.chatter": "error",  # the model speaks of itself or of its task
    "language.placeholder": "error",  # a blank that nobody filled
    "language.markdown": "error",  # debris that a blog shows or swallows
    "particles.wrong": "error",  # mended by rule before it is asked again
    "particles.unsure": "warning",  # a noun that happens to end like a particle
    "spacing.joined": "warning",  # ugly, but nothing false; only where the extra [ko] is installed
    "spacing.apart": "warning",
    "spacing.particles": "warning",
    "freshness.earlier": "error",  # yesterday's news as today's
    "freshness.changed": "warning",  # yesterday's sentence with other figures may be what is new
    "freshness.example": "error",  # text of the prompt, not of the newsletter
    "freshness.unreportable": "error",  # stale, sponsored, filler, or a part that is not news
    "coverage.twice": "error",  # the same bullet twice: the second goes
    "coverage.refrain": "error",  # one sentence in several bullets: no editor writes so, an ordered model does
    "coverage.same-items": "warning",  # one story in two bullets may be two aspects of it
    "coverage.same-title": "warning",  # two topics of one name
    "coverage.untold": "warning",  # true, but the reader misses the main thing
    "form.empty": "error",  # a part of the post would be missing
    "form.no-intro": "warning",  # the post stands without it
    "form.length": "warning",  # reads badly, says nothing false
    "form.same": "warning",  # description repeats the title
    "form.tags": "warning",  # fewer than a blog needs
    "form.tag": "error",  # a tag that front matter or a URL cannot carry
    "form.head": "warning",  # an Overview bullet without its bold head
    "form.html": "error",  # raw HTML in a post
    "form.url": "error",  # the model never writes an address
    "form.invisible": "error",  # characters that a reader cannot see
}
"""How grave each kind of finding is, as ``check.kind``, with the reason."""


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


def finding(kind: str, where: str, text: str, message: str, expected: str = "") -> Finding:
    """A finding of ``kind`` (a key of `SEVERITY`), its check named by what stands before the dot."""
    check = kind.partition(".")[0]
    return Finding(check=check, severity=SEVERITY[kind], where=where, text=text, message=message, expected=expected)


def finding_id(found: Finding) -> str:
    """Eight hex digits that name a finding for ``maeil accept``, wherever in the draft it stands."""
    named = "\0".join((found.check, found.text, found.message))
    return hashlib.sha256(named.encode()).hexdigest()[:8]


def is_asked_again(found: Finding) -> bool:
    """True for findings worth another question: errors, labels, and the form of title and description.

    A label outside its text does not lead to a drop: it becomes a trailing reference when asking was in vain.
    """
    if found.severity == "error" or found.check == "labels":
        return True
    return found.check == "form" and found.where in ("title", "description")


_WORD = re.compile(r"[^\W_]+")


@functools.lru_cache(maxsize=1024)  # several checks ask it of one text
def letters_and_digits(text: str) -> str:
    """Text folded for near-identity: letters and digits only, lower case."""
    return "".join(_WORD.findall(text)).casefold()


Check = Callable[[Place, Index], Iterable[Finding]]
"""A check of one place. Checks of the whole draft have signatures of their own."""
