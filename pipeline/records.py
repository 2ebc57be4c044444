"""The nouns, in walking order: each stage turns one of these records into the next.

Source ─fetch→ RawIssue ─extract→ Issue ─clean→ CleanIssue ─summarize→ Draft ─verify→ Verdict ─emit→ Post

All are frozen. Instants are aware datetimes in UTC, days are calendar days in the time zone of the settings.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

IssueId = Annotated[str, Field(pattern=r"^\d{8}-[0-9a-f]{8}$")]
"""An issue's day and eight hex digits of the SHA-256 of its identity: ``20240504-3f9a1c2e``."""

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

Role = Literal["intro", "news", "community", "detail", "boilerplate"]
"""What a section is for.

``intro``: the editor's lead. ``news``: recaps, or any section of an ordinary newsletter. ``community``: Discord
summaries. ``detail``: the channel-by-channel part, kept and never sent to a model. ``boilerplate``: table of
contents, sponsors, footers, outage notes, filler.
"""

Kind = Literal["content", "navigation", "image", "footer"]
Severity = Literal["error", "warning"]
PartName = Literal["opening", "preview", "overview", "again"]
"""What a question asks for; ``again`` asks for pieces of the other three whose checks failed."""


class Record(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Made(Record):
    """A record of one issue that says what it was made from.

    Attributes:
        id: The issue.
        made_from: SHA-256 of the input record, the settings, the prompts and the code that made this one. A record
            is up to date when making it again would start from the same.
    """

    id: IssueId
    made_from: Sha256


class Source(Record):
    """A place newsletters come from, as ``maeil.toml`` names it.

    Attributes:
        name: Lower-case word; also the folder under ``data/raw/``.
        kind: ``feed`` and ``page`` have a ``url``; ``folder`` (files, .eml included), ``mailbox`` (Maildir or mbox)
            have a ``path``; ``imap`` has ``host``, ``user`` and ``mailbox``, its password comes from the environment.
        backlog: How many of the newest issues are taken when the source is met for the first time.
        newsletter: Its name as the post's last line credits it.
        title_starts: Only entries or mails whose title starts so are taken; empty for all.
        sender: Only mails from this address are taken; empty for all.
        expect_days: Days of the week on which the source publishes (``mon`` …); empty when not known.
    """

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")
    kind: Literal["feed", "page", "folder", "mailbox", "imap"]
    url: str = ""
    path: str = ""
    host: str = ""
    user: str = ""
    mailbox: str = "INBOX"
    backlog: int = Field(default=1, ge=1)
    newsletter: str = ""
    title_starts: str = ""
    sender: str = ""
    expect_days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = ()


class Response(Record):
    """What a page or feed answered. ``status`` 304 has an empty ``body``.

    Attributes:
        media_type: Lower case, without parameters.
        charset: The ``charset`` parameter of Content-Type, or None.
        body: After decompression.
    """

    url: str
    final_url: str
    status: int
    media_type: str = ""
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body: bytes


class Capture(Record):
    """One response, file or mail as it came, described; its bytes lie beside it in ``data/raw/``.

    Attributes:
        sha256: Of the bytes.
        file: Name of the file with the bytes, in the source's folder.
        url: What was asked for; empty for a file.
        final_url: What answered, after redirects.
        status: HTTP status; None for a file or a mail.
        media_type: As labelled, lower case, without parameters; guessed from the name for a file.
        charset: As labelled, or None.
        fetched_at: The instant of the run that brought it.
    """

    sha256: Sha256
    file: str
    url: str = ""
    final_url: str = ""
    status: int | None = None
    media_type: str = ""
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    fetched_at: AwareDatetime


class RawIssue(Made):
    """One edition of a newsletter, found in a capture.

    Attributes:
        source: Name of the source in the settings; ``input`` for files given on the command line.
        identity: File name, path of the URL, or Message-ID: what makes this edition the same one tomorrow.
        title: As the source gives it (feed entry, Subject, front matter); may be empty.
        url: Address of this edition on the web; may be empty.
        published: The edition's instant, UTC.
        day: That instant's day in the time zone of the settings.
        notes: Disagreements found on the way (header's day, file's day, date), one sentence each.
        entry: Id of the feed entry inside the capture; None when the capture is the edition.
        words: How many words the edition has; a poorer later version never replaces a richer one.
    """

    source: str
    identity: str
    title: str = ""
    url: str = ""
    published: AwareDatetime
    day: dt.date
    notes: tuple[str, ...] = ()
    entry: str | None = None
    words: int = 0
    capture: Capture


class Skipped(Record):
    """An edition that a source offers and that was not taken (older than the backlog)."""

    identity: str
    title: str
    day: dt.date


class SourceState(Record):
    """What is remembered of a source between two runs.

    Attributes:
        etag, last_modified: Of the last response that was stored, for the next conditional request.
        fetched_at: Instant of the last run that reached the source.
        brought: How many editions that run brought.
        skipped: Editions offered and never taken.
        problem: Why the last attempt failed; empty when it did not.
        quiet: Whether it was already told that the source has brought nothing on days on which it publishes.
    """

    etag: str | None = None
    last_modified: str | None = None
    fetched_at: AwareDatetime | None = None
    brought: int = 0
    skipped: tuple[Skipped, ...] = ()
    problem: str = ""
    quiet: bool = False


class Link(Record):
    """One link of an item.

    Attributes:
        id: ``l1``, ``l2``, … in the order of the document.
        url: What is published: in an Issue the address as the newsletter has it, with debris at its end trimmed; in
            a CleanIssue without tracking parameters and wrappers.
        found: As it stood in the newsletter, debris included.
        text: The label, visible text only.
        item: Id of the item it stands in.
        flags: Words such as ``code``, ``bare``, ``unclosed``, ``placeholder``, ``shortener``, ``subscriber``,
            ``tracker``, ``relative``.
    """

    id: str
    url: str
    found: str
    text: str
    item: str
    kind: Kind
    flags: tuple[str, ...] = ()


class Item(Record):
    """One bullet, paragraph or post of a section.

    Attributes:
        id: ``s2i5``: fifth item of the second section.
        head: The bold head or label the item opens with, or the heading above it; may be empty.
        text: All of the item's visible text, the head included, as plain text without markup.
        links: Ids of its links, in order.
        flags: Words such as ``stale``, ``sponsor``, ``filler``, ``outage``.
    """

    id: str
    head: str = ""
    text: str
    links: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


class Section(Record):
    """A heading of the newsletter and what stands under it.

    Attributes:
        id: ``s1``, ``s2``, … in the order of the document.
        title: Visible text of the heading; empty for what stands before the first one.
    """

    id: str
    role: Role
    title: str
    items: tuple[Item, ...]
    flags: tuple[str, ...] = ()


class Issue(Made):
    """One edition, read: sections, items and links, each with a stable id."""

    source: str
    url: str
    title: str
    published: AwareDatetime
    sections: tuple[Section, ...]
    links: tuple[Link, ...]
    notes: tuple[str, ...] = ()


class CleanIssue(Issue):
    """An Issue whose links carry no tracking parameters and no wrappers."""


class Reference(Record):
    """A link that a sentence makes: ``label`` is what a reader clicks, ``link`` the id of a link of the issue."""

    label: str
    link: str


class Cited(Record):
    """A piece of Korean text and the ids of the items it rests on."""

    text: str
    items: tuple[str, ...]


class Bullet(Cited):
    """A Cited with references. ``head`` is set in the Overview only, where the bullet opens with it in bold."""

    head: str = ""
    refs: tuple[Reference, ...] = ()


class Topic(Record):
    """A bold line and its bullets."""

    title: str
    bullets: tuple[Bullet, ...]


class Part(Record):
    """Preview or Overview."""

    topics: tuple[Topic, ...]


class Opening(Record):
    """What stands above the Preview, and the Viewpoint below it."""

    title: Cited
    description: Cited
    intro: tuple[Bullet, ...]
    viewpoint: tuple[Cited, ...]
    tags: tuple[str, ...]


class Prompt(Record):
    """A file of ``prompts/``: checked data, not a string in code.

    Attributes:
        name: Its file's stem.
        answers: The part whose schema the reply must fit; None for the text that opens every question.
        parameters: Sent with the question, over those of the settings.
        examples: Korean sentences that stand in the text to show a form; one that turns up in a post has leaked.
        text: A Jinja template; newsletter text only ever enters it as the value of a variable.
    """

    name: str
    answers: PartName | None = None
    parameters: dict[str, Any] = {}
    examples: tuple[str, ...] = ()
    text: str


class Budget(Record):
    """How many tokens of newsletter each question may carry, estimated on the safe side."""

    preview_tokens: int = Field(default=16_000, ge=500)
    overview_tokens: int = Field(default=16_000, ge=500)
    opening_tokens: int = Field(default=6_000, ge=500)


class Price(Record):
    """What a model costs, in US dollars per million tokens."""

    input: float = Field(ge=0)
    output: float = Field(ge=0)


class Message(Record):
    """One message of a question."""

    role: Literal["system", "user", "assistant"]
    content: str


class Question(Record):
    """What is put to a model. Its hash names the reply; the server's address is not part of it.

    Attributes:
        answer_schema: JSON schema that the answer must fit.
        parameters: Only these are sent besides model, messages and schema.
    """

    part: PartName
    model: str
    messages: tuple[Message, ...]
    answer_schema: dict[str, Any]
    parameters: dict[str, Any] = {}

    @property
    def hash(self) -> str:
        """SHA-256 over model, messages, schema and parameters in canonical JSON."""
        asked = self.model_dump(exclude={"part"})
        return hashlib.sha256(json.dumps(asked, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


class Reply(Record):
    """What a model answered.

    Attributes:
        question: Hash of the question.
        content: The assistant's text, as it came.
        model: As the server names it.
        refused: Why the model, or a filter before it, declined to answer; empty when it answered.
        unusable: Why the content could not be read; empty when it could.
    """

    question: Sha256
    content: str
    model: str
    finish_reason: str | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    refused: str = ""
    unusable: str = ""


class Asked(Record):
    """One question that was put to the model, or answered from a recorded reply.

    Attributes:
        part: What it asked for.
        why: ``planned``, ``unreadable`` (the reply before did not fit) or ``findings`` (checks failed).
        question: Hash of the question, under which the reply is kept.
        model: The model that answered, as its server names it.
        prompt_tokens, completion_tokens: As the server counted; None when it did not.
    """

    part: PartName
    why: Literal["planned", "unreadable", "findings"]
    question: Sha256
    model: str
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class LeftOut(Record):
    """An item or a part of the draft that is not in the post, and why (budget, stale, outage, a finding …)."""

    what: str
    why: str


class Draft(Made):
    """What the model wrote, its ids translated to those of the issue.

    Attributes:
        numbers: For each part the ids used in its question (``7``, ``7a``) and the issue's ids they stood for.
        asked: Every question, in order.
        left_out: What was not sent, and why.
    """

    opening: Opening
    preview: Part
    overview: Part
    numbers: dict[PartName, dict[str, str]]
    asked: tuple[Asked, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


class Finding(Record):
    """A statement about the draft that does not hold.

    Attributes:
        check: Name of the check, e.g. ``numbers``.
        where: Place in the draft: ``title``, ``description``, ``tags``, ``intro/0``, ``viewpoint/1``,
            ``preview/0/2`` (first topic, third bullet), ``preview/0`` (that topic's title), ``overview/1/0``.
        text: The words concerned.
        message: What is wrong, one sentence in English.
        expected: What the newsletter says instead, where that is known.
    """

    check: str
    severity: Severity
    where: str
    text: str
    message: str
    expected: str = ""


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
