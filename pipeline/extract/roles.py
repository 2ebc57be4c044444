"""What the headings and sentences of a newsletter say about what stands under or in them.

Recognised by words and structure, never by date (newsletter-format.md, section 1); each row says where it was seen.
"""

from __future__ import annotations

import re
from typing import Literal

Part = Literal["news", "recap", "community", "detail", "toc", "sponsor", "footer"]
"""What a heading opens. ``recap`` is the Discord recap, which may come once per model; the others are roles."""

# Tried in order on the heading in lower case, without emoji and punctuation.
_PARTS: tuple[tuple[Part, re.Pattern[str]], ...] = tuple(
    (part, re.compile(pattern))
    for part, pattern in (
        # AINews: "AI Twitter Recap", "PART X: AI Twitter Recap", "AI Twitter Summary", "AI Twitter"
        ("news", r"(?:part x )?ai (?:twitter|x)(?: recap| summary)?\Z"),
        # "AI Reddit Recap", "REDDIT", "REDDIT: /r/LocalLlama", "/r/LocalLlama + /r/localLLM Recap"
        ("news", r"(?:ai )?reddit(?: recap| summary)?\Z|reddit r \w+\Z|r \w.{0,60} recap\Z|.{0,40} subreddit recap\Z"),
        ("news", r"(?:top|headline) story\b"),
        # "AI Discord Recap", "PART 0: Summary of Summaries of Summaries"
        ("recap", r"ai discord recap\Z|part 0\b|summary of summar"),
        # "PART 1: High level Discord summaries", "Discord: High level Discord summaries", "AI Discords"
        ("community", r"part 1\b.{0,40}(?:discord|summar)|(?:discord )?high level discord|ai discords\Z"),
        # "PART 2: Detailed by-Channel summaries and links"
        ("detail", r"part 2\b.{0,40}(?:channel|discord|summar)|(?:discord )?detailed by channel|.{1,60} channel summaries\Z"),
        ("toc", r"(?:table of )?contents\Z|toc\Z|in (?:this|today s) (?:issue|e ?mail|edition|newsletter)\Z"),
        ("sponsor", r"(?:(?:a word from|from|thanks to|our|today s) )*(?:our )?(?:sponsors?|sponsored|advertisement|ad)(?: .{0,40})?\Z"),
        ("sponsor", r"(?:together with|brought to you by|presented by|in partnership with)\b"),
        ("footer", r"(?:un)?subscribe\b.{0,40}\Z|about (?:this|the) newsletter\Z|manage (?:your )?(?:subscription|preferences)"),
        ("footer", r"(?:share|forward) this (?:newsletter|e ?mail|issue|post).{0,20}\Z|follow us\b.{0,20}\Z"),
    )
)
_NOT_WORDS = re.compile(r"[^\w]+")
_MAX_TITLE = 160

_GUILD = re.compile(r"discord(?: summary)?\s*\Z", re.IGNORECASE)
_MODEL = re.compile(
    r"\b(?:claude|(?:chat)?gpt|gemini|llama|mi[sx]tral|qwen|deepseek|grok|kimi|sonnet|opus|haiku|o[134])\b", re.IGNORECASE
)
_MODEL_GLUED = re.compile(r"(?:chat)?gpt-?\d|\bo\d-", re.IGNORECASE)
_CHANNEL = "\u25b7"

_FILLER = re.compile(r"The .{1,80} Discord has no new messages\.|has no new messages\. If this guild has been quiet", re.IGNORECASE)
_METADATA = re.compile(
    r"we checked \W*\d+|\Aall recaps done by\b|\Aa summary of summaries\b|reading time saved\b", re.IGNORECASE
)
_OUTAGE = re.compile(
    r"\bto be completed\b|\bpipelines? (?:is|are|was|were|went|being) (?:still |currently )?(?:down|broken)\b|\bpipelines? down\b"
    r"|\bshut ?down our access\b|\b(?:is|are|was|were) down (?:today|right now|for)\b|\boutage\b|\bsorry for the (?:missing|lack)\b"
    r"|\bno (?:twitter|reddit|discord)s? (?:recap|summar\w+|data) (?:today|for today)\b",
    re.IGNORECASE,
)
_SPONSOR = re.compile(
    r"^\W{0,6}(?:sponsored(?: by| post)?\b|brought to you by\b|this (?:issue|edition|newsletter|episode) (?:is|was)? ?(?:also )?"
    r"(?:brought to you by|sponsored by|presented by)\b|presented by\b|together with\b|in partnership with\b|a (?:message|word) from our sponsors?\b"
    r"|today.s (?:issue|newsletter|sponsor)\b.{0,40}\bsponsor|advertisement\b|\(?sponsor(?:ed)?\)?\W*$)",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"\byou(?:.re| are) receiving this e-?mail\b|\bwant to change how you receive these e-?mails\b|\bunsubscribe\b.{0,80}\Z"
    r"|^\W{0,4}(?:view|read) (?:this |it )?(?:e-?mail |post |issue |newsletter )?(?:in|on) (?:your |the )?(?:web )?(?:browser|web)\b|^\W{0,4}(?:view|read) online\b"
    r"|\bmanage (?:your )?(?:e-?mail )?(?:preferences|subscriptions?)\b|\bwas this (?:e-?mail|newsletter) forwarded to you\b"
    r"|\b(?:full )?channel by channel breakdowns have been truncated for e-?mail\b|\bplease share with a friend\b"
    r"|\bhave been moved to the web version of this e-?mail\b|\bopts you in to the real thing\b"
    r"|^\W{0,4}(?:\u00a9|\(c\)|copyright)\s?\W?\s?\d{4}|\ball rights reserved\b",
    re.IGNORECASE,
)
_MAX_NOTE = 600
# One of these stands in whatever the pattern finds: looking for a word is thirty times faster than for the pattern.
_FOOTER_WORDS = ("receiv", "unsubscribe", "brows", "online", "web", "preferences", "subscription", "forwarded to")
_FOOTER_WORDS += ("truncated for", "share with a friend", "opts you in", "\u00a9", "(c)", "copyright", "rights reserved")


def part_of(title: str) -> Part | None:
    """What a heading of these words opens; None for a heading that only names its subject."""
    if len(title) > _MAX_TITLE:
        return None
    words = _NOT_WORDS.sub(" ", title.lower().replace("_", " ")).strip()
    return next((part for part, pattern in _PARTS if pattern.match(words)), None)


def names_guild(title: str) -> bool:
    """Whether a heading is that of a Discord server's summary."""
    return _GUILD.search(title) is not None


def names_channel(title: str) -> bool:
    """Whether a heading is that of one Discord channel."""
    return _CHANNEL in title


def names_model(title: str) -> bool:
    """Whether a heading names the language model that wrote what follows (``Claude 3 Opus (8x220B?)``)."""
    return len(title) <= 60 and (_MODEL.search(title) is not None or _MODEL_GLUED.search(title) is not None)


def flags_of(text: str) -> tuple[str, ...]:
    """What an item's text says that it is: ``filler``, ``metadata``, ``sponsor``, ``footer``."""
    note = text[:_MAX_NOTE].lower()
    if "no new messages" in note and _FILLER.search(note):
        return ("filler",)
    if _SPONSOR.match(note):
        return ("sponsor",)
    if len(text) <= _MAX_NOTE and any(word in note for word in _FOOTER_WORDS) and _FOOTER.search(note):
        return ("footer",)
    return ("metadata",) if _METADATA.search(note) else ()


def tells_outage(text: str) -> bool:
    """Whether a section of these few words only says that there is nothing today."""
    return len(text) <= _MAX_NOTE and _OUTAGE.search(text) is not None
