"""What a person reads on a terminal: records, outcomes, the state of things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.records.base import Made
from pipeline.records.drafts import Draft, Part
from pipeline.records.issues import CleanIssue, Issue
from pipeline.records.sources import RawIssue
from pipeline.records.verdicts import Post, Verdict
from pipeline.runs import Outcome
from pipeline.targets import Tally
from pipeline.tokens import estimate_tokens


def lines_of(record: Made, issue: CleanIssue | None = None) -> Iterator[str]:
    """A record for reading.

    Args:
        issue: Needed for the words that a draft's ids stand for.
    """
    if isinstance(record, RawIssue):
        yield from _raw(record)
    elif isinstance(record, Issue):
        yield from _issue(record)
    elif isinstance(record, Draft):
        yield from _draft(record)
    elif isinstance(record, Verdict):
        yield from _verdict(record, issue)
    elif isinstance(record, Post):
        yield record.text


def _raw(raw: RawIssue) -> Iterator[str]:
    yield f"{raw.id}  {raw.title or '(no title)'}"
    yield f"source {raw.source}, known as {raw.identity}"
    yield f"published {raw.published:%Y-%m-%d %H:%M} UTC, day {raw.day}, {raw.words} words"
    yield f"kept as {raw.capture.file}, {raw.capture.media_type or 'of no labelled type'}, {raw.url or 'no address'}"
    yield from (f"note: {note}" for note in raw.notes)


def _issue(issue: Issue) -> Iterator[str]:
    yield f"{issue.id}  {issue.title or '(no title)'}  {issue.url}"
    yield from (f"note: {note}" for note in issue.notes)
    links = {link.id: link for link in issue.links}
    for section in issue.sections:
        yield ""
        yield f"{section.id} [{section.role}] {section.title or '(no heading)'}{_flags(section.flags)}"
        for item in section.items:
            yield f"  {item.id}{_flags(item.flags)} {_short(item.text)}"
            for link in (links[link_id] for link_id in item.links):
                kind = "" if link.kind == "content" else f" {link.kind}"
                yield f"    {link.id}{kind}{_flags(link.flags)} {_short(link.text, 40)} -> {link.url}"


def _draft(draft: Draft) -> Iterator[str]:
    opening = draft.opening
    yield f"{draft.id}  {opening.title.text}"
    yield opening.description.text
    yield f"tags: {', '.join(opening.tags)}"
    yield from (f"intro/{n} {bullet.text} {list(bullet.items)}" for n, bullet in enumerate(opening.intro))
    yield from _part("preview", draft.preview)
    yield from (f"viewpoint/{n} {cited.text} {list(cited.items)}" for n, cited in enumerate(opening.viewpoint))
    yield from _part("overview", draft.overview)
    for asked in draft.asked:
        tokens = f"{asked.prompt_tokens} + {asked.completion_tokens} tokens"
        yield f"asked {asked.part} ({asked.why}): {asked.model}, {tokens}"
    yield f"left out: {len(draft.left_out)} items" + "".join(f"\n  {left.what}: {left.why}" for left in draft.left_out)


def _part(name: str, part: Part) -> Iterator[str]:
    for t, topic in enumerate(part.topics):
        yield f"{name}/{t} {topic.title}"
        for b, bullet in enumerate(topic.bullets):
            head = f"{bullet.head}: " if bullet.head else ""
            refs = ", ".join(f"{ref.label} ({ref.link})" for ref in bullet.refs)
            yield f"  {name}/{t}/{b} {head}{bullet.text} {list(bullet.items)} {refs}"


def _verdict(verdict: Verdict, issue: CleanIssue | None) -> Iterator[str]:
    yield f"{verdict.id}  {'held' if verdict.held else 'may be published'}"
    yield from (f"held: {reason}" for reason in verdict.held)
    yield from _draft(verdict.draft)
    texts = {item.id: item.text for section in issue.sections for item in section.items} if issue else {}
    for evidence in verdict.evidence:
        matched = ", ".join(evidence.matched) or "no figure or name"
        yield f"{evidence.where} rests on {', '.join(evidence.items)}; matched: {matched}"
        yield from (f"    {item}: {_short(texts[item], 160)}" for item in evidence.items if item in texts)
    for finding in verdict.findings:
        expected = f" (the newsletter: {finding.expected})" if finding.expected else ""
        told = f"{finding.severity} {finding.kind} at {finding.where}: {finding.message}: {finding.text}{expected}"
        yield f"{finding.id} {told}"
    yield from (f"dropped {left.what}: {left.why}" for left in verdict.dropped)
    yield from (f"mended {left.what}: {left.why}" for left in verdict.mended)


def outcome_line(outcome: Outcome) -> str:
    """One line for a log: which issue, what happened, why."""
    if outcome.state == "not recorded":
        tokens = sum(
            estimate_tokens(message.content) for question in outcome.questions for message in question.messages
        )
        calls = len(outcome.questions)
        return f"{outcome.raw.id}: no recorded reply; it would take {calls} calls and about {tokens} tokens of input"
    reason = outcome.reason.removeprefix(f"{outcome.raw.id}: ")
    return f"{outcome.raw.id}: {outcome.state}" + (
        f" at {outcome.stage}: {reason}" if reason else f" {outcome.post}".rstrip()
    )


def wrapped_line(issues: Iterable[CleanIssue], *, resolve: bool, least: float = 0.0) -> str:
    """How many links of some issues pass by a click tracker that no rule decodes; empty where too few do.

    Args:
        issues: The issues.
        resolve: Whether trackers are followed: then these lead to no page that a post may give, or wait.
        least: The share from which on it is worth a line.
    """
    links = [link for issue in issues for link in issue.links if link.kind == "content"]
    wrapped = sum("tracker" in link.flags for link in links)
    if not wrapped or wrapped < least * len(links):
        return ""
    told = (
        f"{wrapped} of {len(links)} links ({wrapped / len(links):.0%}) pass by a click tracker that cannot be decoded "
        "and are left out of posts"
    )
    return told if resolve else f"{told}; [clean] resolve = true would follow them"


def targets_line(tally: Tally, *, followed: int | None = None) -> str:
    """What is known of click trackers; empty where there is nothing to tell.

    Args:
        tally: Of all issues.
        followed: How many one run followed; None where it is not about a run.
    """
    counts = f"{tally.remembered} remembered ({tally.leading} lead to a page), {tally.waiting} wait"
    if followed is None:
        return f"click trackers: {counts}" if tally.remembered or tally.waiting else ""
    return f"click trackers: {followed} followed, {counts}" if followed or tally.waiting else ""


def print_table(outcomes: Sequence[Outcome]) -> None:
    """The table at the end of a run on a terminal."""
    from rich.console import Console
    from rich.table import Table

    table = Table("issue", "title", "state", "post or reason")
    for outcome in outcomes:
        table.add_row(
            outcome.raw.id, _short(outcome.raw.title, 40), outcome.state, outcome.post or _short(outcome.reason, 80)
        )
    Console().print(table)


def _flags(flags: Sequence[str]) -> str:
    return f" ({', '.join(flags)})" if flags else ""


def _short(text: str, width: int = 110) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
