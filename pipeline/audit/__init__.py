"""A Markdown post, whoever wrote it, held against a newsletter: every link, figure, name and sentence. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from pipeline.audit.addresses import addresses_stand_in_the_newsletter, images_are_our_own
from pipeline.audit.drafting import Drafted, drafted
from pipeline.audit.found_items import Newsletter, with_title_above_lead
from pipeline.audit.reading import PostText, ReadPost, read_post
from pipeline.audit.severity import AuditFinding, found
from pipeline.canonical import canonical_key
from pipeline.records.drafts import Draft
from pipeline.records.issues import CleanIssue
from pipeline.records.verdicts import Finding
from pipeline.sentences import sentences
from pipeline.verify import EarlierPost, Kind, find
from pipeline.verify.figures.check import check_figures
from pipeline.verify.findings import letters_and_digits
from pipeline.verify.form import MOST_TAGS
from pipeline.verify.index import Index, places
from pipeline.verify.language.check import particles_fit_the_sound
from pipeline.verify.language.spacing import Analyse, spacing_is_right
from pipeline.verify.names.check import check_names

__all__ = ["AuditFinding", "audit", "earlier_post"]


def audit(
    text: str,
    issue: CleanIssue,
    *,
    clean_url: Callable[[str], str],
    earlier: Sequence[EarlierPost] = (),
    examples: Sequence[str] = (),
    accepted: Collection[str] = (),
    cited: Mapping[str, tuple[str, ...]] = {},
    analyse: Analyse | None = None,
    read: Callable[[Draft, CleanIssue], Draft] | None = None,
) -> tuple[AuditFinding, ...]:
    """All that is wrong with a post, in order of line.

    The items that each text rests on are found first, by its links and else by its words.

    Args:
        text: The whole file.
        issue: The newsletter it should tell.
        clean_url: What cleaned the issue's links, for the post's.
        earlier: Posts of the days before, for freshness.
        examples: Korean sentences of the prompts, which must not turn up in a post.
        accepted: Ids of findings that an editor accepted for this issue.
        cited: Items by text, where they are known because the post was made here.
        analyse: Korean text → morphemes, for warnings on spacing; None: nothing is said of it.
        read: Adds to a draft what a reader says of its meaning; None: nobody is asked.

    Raises:
        StageError: The post cannot be read.
    """
    post = read_post(text)
    newsletter = Newsletter(Index(with_title_above_lead(issue)), clean_url=clean_url)
    made = drafted(post, newsletter, cited)
    if read is not None:
        made = made._replace(draft=read(made.draft, made.prepared.index.issue))
    findings = [
        *_distrusted(made.draft),
        *_front_matter(post),
        *_of_draft(made, post, earlier=earlier, examples=examples, accepted=accepted, analyse=analyse),
        *_without_items(made, newsletter),
        *_crossed(made, newsletter),
        *addresses_stand_in_the_newsletter(post, newsletter),
        *images_are_our_own(post.images),
        *_markup(post),
        *_credits(post, issue),
    ]
    return tuple(sorted(dict.fromkeys(findings), key=lambda one: (one.line, one.severity)))


def earlier_post(name: str, text: str, day: dt.date) -> EarlierPost:
    """A post as freshness compares with it.

    Raises:
        StageError: The post cannot be read.
    """
    post = read_post(text)
    topics = [topic for part in post.topics.values() for topic in part]
    texts = [*post.intro, *post.viewpoint, *(text for topic in topics for text in topic.bullets)]
    pieces = [piece for text in texts for piece in (text.head, text.text)]
    return EarlierPost(file=name, day=day, sentences=tuple(said for piece in pieces for said in sentences(piece)))


def _of_draft(
    made: Drafted,
    post: ReadPost,
    *,
    earlier: Sequence[EarlierPost],
    examples: Sequence[str],
    accepted: Collection[str],
    analyse: Analyse | None,
) -> Iterator[AuditFinding]:
    """What the checks of a draft say. Particles are judged as they stand, because nobody mends a post."""
    unsupported = _unsupported(made)
    by_rule = [one for place in places(made.draft) for one in particles_fit_the_sound(place, made.prepared.index)]
    if analyse:
        by_rule += [one for place in places(made.draft) for one in spacing_is_right(place, analyse)]
    checked = find(made.draft, made.prepared, earlier=earlier, examples=examples, accepted=accepted)
    for one in (*by_rule, *(one for one in checked if one.check != "particles")):
        line, text = _line(one, made, post), made.texts.get(one.where)
        if not line or one.id in accepted or _is_told_otherwise(one, text, one.where in unsupported):
            continue
        # A bullet that was copied is one finding, not one a sentence.
        is_copy = one.check == "freshness" and text is not None
        yield _at(one.model_copy(update={"text": text.text, "sentence": ""}) if is_copy and text else one, line)


def _is_told_otherwise(one: Finding, text: PostText | None, unsupported: bool) -> bool:
    """What goes without saying where no item was found, or where the links that are given are told by address."""
    if unsupported and (one.check == "references" or _is_korean_after_all(one)):
        return True
    return one.check == "references" and one.severity == "warning" and text is not None and bool(text.links)


def _is_korean_after_all(one: Finding) -> bool:
    """A sentence that ends in Korean: how much of it is names, only items could tell, and there are none."""
    return one.check == "language" and one.text.rstrip(".!?").endswith("니다")


def _line(one: Finding, made: Drafted, post: ReadPost) -> int:
    """The line of a finding; 0 when the place is not in the post (the title of plain bullets has none)."""
    text = made.texts.get(one.where)
    if text is not None:
        return text.line
    if one.where == "tags":
        tags = [tag.line for tag in post.matter.tags if tag.text == one.text] or [t.line for t in post.matter.tags]
        return tags[0] if tags else 1
    return 0 if "/" in one.where or one.where in ("title", "description") else post.lines.get(one.where, 1)


def _at(one: Finding, line: int) -> AuditFinding:
    # A draft of ours must have every part; a post of others that lacks one tells nothing false.
    is_whole_part = one.check == "form" and one.where in ("preview", "overview", "viewpoint")
    return AuditFinding(
        kind=one.kind,
        id=one.id,
        check=one.check,
        severity="warning" if is_whole_part else one.severity,
        line=line,
        text=one.text,
        message=one.message,
        expected=one.expected,
    )


def _unsupported(made: Drafted) -> dict[str, PostText]:
    """The bullets and sentences of the post for which no item was found."""
    here = (place for place in places(made.draft) if place.kind in ("intro", "bullet") and not place.items)
    return {place.where: made.texts[place.where] for place in here}


def _without_items(made: Drafted, newsletter: Newsletter) -> Iterator[AuditFinding]:
    """Text that no item fits, with those of its figures and names that the newsletter has nowhere."""
    read = newsletter.read
    for where, text in _unsupported(made).items():
        yield found("support.none", text.line, text.text, "nothing in the newsletter says this")
        for piece in (text.head, text.text):
            named = newsletter.sharing_words(piece)
            for one in (
                *check_figures(piece, (), where=where, others=newsletter.index.reportable, read=read),
                *check_names(piece, (), where=where, others=named, read=read),
            ):
                if one.kind not in (Kind.FIGURE_ELSEWHERE, Kind.NAME_ELSEWHERE):
                    yield _at(one, text.line)


def _crossed(made: Drafted, newsletter: Newsletter) -> Iterator[AuditFinding]:
    """Links given for a text that another item tells."""
    for where, crossed in made.crossed.items():
        text, told = made.texts[where], crossed.support.item
        kind = "support.neighbour" if newsletter.is_beside(told, crossed.held) else "support.link"
        message = f"the text tells item {told}, in which its links do not stand"
        expected = newsletter.index.items[told].text[:160]
        yield found(kind, text.line, text.text, message, expected)


def _distrusted(draft: Draft) -> Iterator[AuditFinding]:
    """A reader that does not read says nothing about the post."""
    if draft.factcheck is not None and draft.factcheck.distrusted:
        yield found("factcheck.distrusted", 1, "", f"{draft.factcheck.distrusted}; its answers count for nothing")


def _front_matter(post: ReadPost) -> Iterator[AuditFinding]:
    for fault in post.matter.faults:
        yield found("form.front-matter", fault.line, "", fault.text)
    seen: set[str] = set()
    for number, tag in enumerate(post.matter.tags):
        folded = letters_and_digits(tag.text)
        if number >= MOST_TAGS or folded in seen:
            why = "the tag stands twice" if folded in seen else f"a post has at most {MOST_TAGS} tags"
            yield found("form.tags", tag.line, tag.text, why)
        seen.add(folded)


def _markup(post: ReadPost) -> Iterator[AuditFinding]:
    for html in post.html:
        if html.text.startswith("<!--"):
            yield found("form.comment", html.line, html.text, "a comment hides text from the reader")
        else:
            yield found("form.html", html.line, html.text, "raw HTML stands in the post")
    for code in post.code:
        yield found(
            "form.code", code.line, code.text, "a block of code stands in the post; nothing checks what it says"
        )


def _credits(post: ReadPost, issue: CleanIssue) -> Iterator[AuditFinding]:
    """The last line names this newsletter, by its title or its address."""
    for credit in post.credits:
        own = bool(issue.url) and any(canonical_key(link.url) == canonical_key(issue.url) for link in credit.links)
        if not own and letters_and_digits(issue.title) not in letters_and_digits(credit.text):
            yield found("support.credit", credit.line, credit.text, "the credit is not to this newsletter", issue.title)
