"""verify and emit: Draft → Verdict → Post. What was found, and what is published."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Literal

from pipeline.records.base import Made, Record
from pipeline.records.drafts import Draft, LeftOut

Severity = Literal["error", "warning"]


class Finding(Record):
    """A statement about the draft that does not hold.

    Attributes:
        kind: ``check.kind``, e.g. ``numbers.absent``: a value of `pipeline.verify.findings.Kind`.
        where: Place in the draft: ``title``, ``description``, ``tags``, ``intro/0``, ``viewpoint/1``,
            ``preview/0/2`` (first topic, third bullet), ``preview/0`` (that topic's title), ``overview/1/0``.
        sentence: The sentence of that place which is concerned; empty for all of it.
        text: The words concerned.
        message: What is wrong, one sentence in English, for people only.
        expected: What the newsletter says instead, where that is known.
    """

    kind: str
    severity: Severity
    where: str
    sentence: str = ""
    text: str
    message: str
    expected: str = ""

    @property
    def check(self) -> str:
        """Name of the check, e.g. ``numbers``."""
        return self.kind.partition(".")[0]

    @property
    def id(self) -> str:
        """Eight hex digits from kind, place and text, for ``maeil accept``; no message goes into them.

        The place is the part of the post and the sentence: a bullet before it that is dropped moves the number of a
        place, and changes nothing of what was accepted.
        """
        part = self.where.partition("/")[0]
        named = "\0".join((self.kind, part, self.sentence, self.text))
        return hashlib.sha256(named.encode()).hexdigest()[:8]


class Evidence(Record):
    """A place of the draft, the items it rests on, and the words of it that were matched in them."""

    where: str
    items: tuple[str, ...]
    matched: tuple[str, ...] = ()


class Verdict(Made):
    """What the checks say, and what of the draft may be published.

    Attributes:
        draft: The draft without what was dropped, and with what was mended by rule.
        findings: All findings, those that led to a drop included.
        dropped: What was taken out of the draft, each with its reason.
        mended: What was changed by rule, each with its reason.
        held: Why no post may be written; empty when one may.
    """

    draft: Draft
    findings: tuple[Finding, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    dropped: tuple[LeftOut, ...] = ()
    mended: tuple[LeftOut, ...] = ()
    held: tuple[str, ...] = ()


class Post(Made):
    """A published post: ``text`` is the whole file, ``file`` its name in the folder of posts.

    Attributes:
        day: The newsletter's, in the time zone of the settings.
        update: On which the post last changed.
    """

    file: str
    text: str
    title: str
    tags: tuple[str, ...]
    day: dt.date
    update: dt.date
