"""The same edition by two sources, such as the feed and the mail, is one issue."""

from __future__ import annotations

import re

from pipeline.canonical import canonical_key
from pipeline.records.issues import CleanIssue

SAME_LINKS = 0.9
"""Share of content links that two surfaces of one edition have in common; two editions of a day share far less."""
FEWEST_LINKS = 5
"""With fewer links a share says nothing."""

_PREFIX = re.compile(r"^\s*\[[^\]]{1,40}\]\s*")
_NOT_WORD = re.compile(r"[\W_]+")


def bare_title(title: str) -> str:
    """A title without the newsletter's name in brackets before it, case and punctuation."""
    return _NOT_WORD.sub(" ", _PREFIX.sub("", title)).strip().casefold()


def are_twins(one: CleanIssue, other: CleanIssue) -> bool:
    """Whether two issues of one day and title are the same edition, by their content links."""
    links = [
        {
            canonical_key(link.url)
            for link in issue.links
            if link.kind == "content" and "tracker" not in link.flags  # all of a maker's lead to its host
        }
        for issue in (one, other)
    ]
    fewer = min(len(keys) for keys in links)
    return fewer >= FEWEST_LINKS and len(links[0] & links[1]) >= SAME_LINKS * fewer
