"""What an audit finds beside the checks of `pipeline.verify`, and how grave each is."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from pipeline.records.verdicts import Severity

SEVERITY: dict[str, Severity] = {
    # As in pipeline.verify: an error tells the reader something false, stale or unsafe.
    "links.unknown": "error",  # invented, cut short, or another newsletter's
    "links.placeholder": "error",  # leads nowhere
    "links.unsafe": "error",  # scheme, IP address, user's name before the host
    "links.wrapped": "error",  # passes the reader by a counter, which may know the subscriber
    "links.spelling": "warning",  # the same page by another address: slash, www, twitter.com for x.com
    "links.same-label": "warning",  # the reader cannot tell one from the other
    "links.bare": "warning",  # an address instead of a label
    "tracking.parameter": "error",  # tells the site where the reader came from
    "images.hot-linked": "warning",  # another site's picture: it costs them, and may go
    "images.unsafe": "error",  # an address that is not of the web
    "form.characters": "error",  # UTF-8 read as another charset: no reader can make sense of it
    "form.html": "error",  # raw HTML in a post
    "form.comment": "warning",  # hidden from the reader: an editor should look
    "form.code": "warning",  # no check reads it
    "form.front-matter": "error",  # a blog cannot build the post, or puts it on no day
    "form.tags": "warning",  # more than a blog needs, or one twice
    "factcheck.distrusted": "error",  # nobody has compared the meaning
    "support.none": "error",  # text of another newsletter, or of none
    "support.link": "error",  # leads to another story
    "support.neighbour": "warning",  # leads to the item before or behind: the two may have been joined
    "support.credit": "warning",  # credits another newsletter
}
"""How grave each kind of finding is, as ``check.kind``, with the reason."""


class AuditFinding(NamedTuple):
    """A statement about a post that does not hold.

    Attributes:
        kind: ``check.kind``: a key of `SEVERITY`, or a value of `pipeline.verify.findings.Kind`.
        id: Eight hex digits from kind and text (and sentence), never from the message.
        check: Name of the check, e.g. ``numbers`` or ``links``.
        line: Of the post's file, from 1.
        text: The words concerned.
        message: What is wrong, one sentence in English.
        expected: What the newsletter says instead, where that is known.
    """

    kind: str
    id: str
    check: str
    severity: Severity
    line: int
    text: str
    message: str
    expected: str = ""


def found(kind: str, line: int, text: str, message: str, expected: str = "") -> AuditFinding:
    """A finding of ``kind``, a key of `SEVERITY`."""
    return AuditFinding(
        kind=kind,
        id=hashlib.sha256(f"{kind}\0{text}".encode()).hexdigest()[:8],
        check=kind.partition(".")[0],
        severity=SEVERITY[kind],
        line=line,
        text=text,
        message=message,
        expected=expected,
    )
