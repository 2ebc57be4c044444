"""Asking again for the pieces of a draft that the checks find fault with."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise

from pipeline.places import at, replaced
from pipeline.records.drafts import Bullet, Draft
from pipeline.records.issues import CleanIssue
from pipeline.records.verdicts import Finding
from pipeline.sentences import sentences
from pipeline.summarize.answers import AgainAnswer, bullet_of
from pipeline.summarize.asking import Desk
from pipeline.summarize.choose import Group, without_unfit
from pipeline.summarize.questions import as_data, numbered, question

MOST_ELSEWHERE = 2
"""Items that are offered for words of another story."""

_ISSUE_ID = re.compile(r"\bs\d+i\d+\b|\bl\d+\b")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_PLACE = re.compile(r"\b(?:title|description|(?:intro|viewpoint)/\d+|(?:preview|overview)/\d+(?:/\d+)?)(?![\w/])")


def write_again(desk: Desk, draft: Draft, findings: Sequence[Finding]) -> Draft:
    """Ask once more for the pieces that findings name, with the findings and the items that may mend them.

    These are the items that a piece cites, those beside them in their section, and those that the checks found.

    Raises:
        ReplyError, EndpointError, ConfigError: As `pipeline.summarize.write`.
    """
    known = {item.id for section in desk.issue.sections for item in section.items}
    pieces = {finding.where: at(draft, finding.where) for finding in findings}
    concerned = {
        place: piece
        for place, piece in pieces.items()
        if piece is not None and any(item in known for item in piece.items)
    }
    if not concerned:
        return draft
    wrong = {place: [one for one in findings if one.where == place] for place in concerned}
    elsewhere = {finding: _holding(desk.issue, finding.text) for finding in findings if _is_elsewhere(finding)}
    ids = numbered(_offered(desk.issue, concerned.values(), findings, elsewhere), desk.issue)
    names = {issue_id: name for name, issue_id in ids.numbers.items()}
    data = [
        _piece(place, piece, names, [_told(one, names, draft, elsewhere.get(one, ())) for one in wrong[place]])
        for place, piece in concerned.items()
    ]
    answer, asked = desk.asker.ask(question("again", desk.voice, ids, pieces=_lines(data)), AgainAnswer, "findings")
    changes: dict[str, Bullet | None] = {}
    for answered in answer.pieces:
        before = concerned.get(answered.place)
        if before is None:
            continue
        bullet = bullet_of(answered, ids.numbers)
        head = bullet.head if answered.place.startswith("overview/") else ""
        text = _with_what_was_right(before.text, bullet.text, wrong[answered.place])
        changes[answered.place] = bullet.model_copy(update={"head": head, "text": text}) if bullet.text else None
    return replaced(draft, changes).model_copy(update={"asked": (*draft.asked, *asked)})


def _is_elsewhere(finding: Finding) -> bool:
    return finding.kind.endswith(".elsewhere")


def _holding(issue: CleanIssue, words: str) -> tuple[str, ...]:
    """Items that may be told and have these words: a name as it is, of a figure its digits."""
    digits = _DIGITS.findall(words)
    sought = [re.compile(rf"(?<![\w.]){re.escape(word)}(?![\w.])", re.IGNORECASE) for word in digits or [words]]
    held = (
        item.id
        for section in issue.sections
        if section.reportable
        for item in without_unfit(section.items)
        if all(pattern.search(f"{item.head} {item.text}") for pattern in sought)
    )
    return tuple(islice(held, MOST_ELSEWHERE))


def _offered(
    issue: CleanIssue,
    pieces: Iterable[Bullet],
    findings: Sequence[Finding],
    elsewhere: Mapping[Finding, Sequence[str]],
) -> tuple[Group, ...]:
    """The items that the pieces cite, their neighbours, and those that the checks found."""
    cited = {item for piece in pieces for item in piece.items}
    of_links = {link.id: link.item for link in issue.links}
    named = {id_ for finding in findings for id_ in _ISSUE_ID.findall(f"{finding.message} {finding.expected}")}
    found = {of_links.get(id_, id_) for id_ in named} | {id_ for ids in elsewhere.values() for id_ in ids}
    beside = {id_ for section in issue.sections for id_ in _beside([item.id for item in section.items], cited)}
    groups = []
    for section in issue.sections:
        mine = tuple(item for item in section.items if item.id in cited | found | beside)
        told = {item.id for item in without_unfit(mine)} if section.reportable else set()
        groups.append(Group(section.title, tuple(item for item in mine if item.id in cited | told)))
    return tuple(group for group in groups if group.items)


def _beside(ids: Sequence[str], cited: Collection[str]) -> Iterator[str]:
    """The ids just before and just after one that is cited."""
    for one, following in pairwise(ids):
        if one in cited or following in cited:
            yield from (one, following)


def _with_what_was_right(before: str, after: str, findings: Sequence[Finding]) -> str:
    """The mended text with the sentences in which nothing was wrong as they were.

    Only where it is certain which is which: every finding names its sentence, and as many sentences came back as were
    asked, or as many as were right.
    """
    old, new = sentences(before), sentences(after)
    wrong = {finding.sentence for finding in findings}
    if "" in wrong or len(old) < 2 or not after:
        return after
    right = [sentence for sentence in old if sentence not in wrong]
    if len(new) == len(right) < len(old):
        return " ".join(right)
    if len(new) != len(old):
        return after
    return " ".join(mended if sentence in wrong else sentence for sentence, mended in zip(old, new, strict=True))


def _piece(
    place: str, piece: Bullet, names: Mapping[str, str], findings: Sequence[dict[str, object]]
) -> dict[str, object]:
    return {
        "place": place,
        "head": piece.head,
        "text": piece.text,
        "refs": [{"label": ref.label, "link": names[ref.link]} for ref in piece.refs if ref.link in names],
        "items": [names[item] for item in piece.items if item in names],
        "findings": findings,
    }


def _told(finding: Finding, names: Mapping[str, str], draft: Draft, elsewhere: Sequence[str]) -> dict[str, object]:
    """A finding in the question's own ids, with the words of another place that it names and the items it is in."""
    told: dict[str, object] = {
        "words": finding.text,
        "problem": _renamed(finding.message, names),
        "newsletter": finding.expected,
    }
    if finding.sentence and finding.sentence != finding.text:
        told["sentence"] = finding.sentence
    if beside := " ".join(_texts_of(_PLACE.findall(finding.message), draft)):
        told["there"] = beside
    if items := [names[id_] for id_ in elsewhere if id_ in names]:
        told["found in"] = items
    return told


def _texts_of(places: Iterable[str], draft: Draft) -> Iterator[str]:
    yield from (piece.text for place in places if (piece := at(draft, place)) is not None)


def _renamed(message: str, names: Mapping[str, str]) -> str:
    """The message with the ids of the question; what the question does not list is said to be so."""
    return _ISSUE_ID.sub(lambda found: names.get(found[0], "(not listed)"), message)


def _lines(values: Sequence[object]) -> str:
    return "[\n" + ",\n".join(as_data(value) for value in values) + "\n]"
