"""Sentences that are no news: what the newsletter says about itself, its sponsors and its readers."""

from __future__ import annotations

import re

from pipeline.records.issues import TextFlag

_MAX_NOTE = 600  # such a sentence stands at the beginning of its item, and a footer is short

# Flag -> words of which one stands in every such sentence, and the forms of the sentence in lower case (seen in
# newsletter-format.md, sections 1 and 9, and in the footers of Buttondown, Resend, Substack, beehiiv and Mailchimp).
_NOTES: tuple[tuple[TextFlag, str, tuple[str, ...]], ...] = (
    ("filler", "no new messages", (r"the .{1,80} discord has no new messages\b", "has no new messages. if this guild")),
    (
        "sponsor",
        "sponsor, brought to you by, presented by, together with, partnership with, advertisement",
        (
            r"^\W{0,6}sponsored(?: by\b| (?:post|content|link)?\W{0,6}(?:\Z|[:|])|\W{0,3}(?:\Z|[:|\n]))",
            r"^\W{0,6}(?:brought to you by|presented by|together with|in partnership with)\b",
            r"^\W{0,6}(?:this|today.s) (?:issue|edition|newsletter|episode)(?: is| was)?(?: also)? (?:brought|spons)",
            r"^\W{0,6}a (?:message|word) from (?:our|today.s) sponsors?\b",
            r"^\W{0,6}(?:advertisement|sponsor)\W{0,6}\Z",
        ),
    ),
    (
        "footer",
        "receiv, unsubscribe, brows, online, web, preferences, subscription, forwarded to, truncated for, "
        "with a friend, opts you in, ©, (c), copyright, rights reserved",
        (
            r"you(?:.re| are) receiving this e-?mail\b",
            r"want to change how you receive these e-?mails\b",
            r"unsubscribe\b.{0,80}\Z",
            r"^\W{0,4}(?:view|read)(?: this| it)?(?: e-?mail| post| issue| newsletter)? (?:in|on) "
            r"(?:your |the )?(?:web ?)?(?:browser|web|site)\b",
            r"^\W{0,4}(?:view|read)(?: this| it)?(?: e-?mail| post| issue| newsletter)? online\b",
            r"manage (?:your )?(?:e-?mail )?(?:preferences|subscriptions?)\b",
            r"was this (?:e-?mail|newsletter) forwarded to you\b",
            r"channel breakdowns have been truncated for e-?mail\b",
            r"please share with a friend\b",
            r"\b(?:in|on|to) the web version of this e-?mail\b",
            r"opts you in to the real thing\b",
            r"^\W{0,4}(?:©|\(c\)|copyright) ?\W? ?\d{4}\b",
            r"all rights reserved\b",
        ),
    ),
    (
        "metadata",
        "we checked, recaps done by, summary of summar, reading time saved",
        (
            r"we checked \W{0,6}\d",
            r"^all recaps done by\b",
            r"^\W{0,3}a summary of summaries\b",
            "reading time saved",
        ),
    ),
)
# Forms that open the text apart from those that stand anywhere: a search for both at once is five times slower.
_PATTERNS = tuple(
    (
        flag,
        tuple(words.split(", ")),
        re.compile("|".join(form for form in forms if form.startswith("^")) or r"\A\Z"),
        re.compile("|".join(form for form in forms if not form.startswith("^")) or r"\A\Z"),
    )
    for flag, words, forms in _NOTES
)
# As Latin-1, the fastest text to search: lower-casing a text with one letter beyond ASCII takes ten times as long as
# lower-casing its bytes, and a search in bytes twice as long as in text.
_WORDS = tuple(word.encode().decode("latin-1") for _, words, _, _ in _PATTERNS for word in words)

_OUTAGE = re.compile(
    r"\bto be completed\b|\bpipelines? (?:(?:is|are|was|were|went) )?(?:still |currently )?(?:down|broken)\b"
    r"|\bshut ?down our access\b|\baccess to (?:twitter|reddit|discord) (?:was|has been|is) (?:shut|cut)\b"
    r"|\b(?:is|are|was|were) down (?:today|right now|for)\b|\boutage\b"
    r"|\bno (?:twitter|reddit|discord)s? (?:recap|summar(?:y|ies)|data) (?:for )?today\b"
)


def flags_of(text: str) -> tuple[TextFlag, ...]:
    """What an item's text says that it is: ``filler``, ``sponsor``, ``footer`` or ``metadata``."""
    if not any(map(text[:_MAX_NOTE].encode().lower().decode("latin-1").__contains__, _WORDS)):
        return ()
    note = text[:_MAX_NOTE].lower()
    for flag, words, opening, anywhere in _PATTERNS:
        if any(map(note.__contains__, words)) and (opening.match(note) or anywhere.search(note)):
            return () if flag == "footer" and len(text) > _MAX_NOTE else (flag,)
    return ()


def tells_outage(text: str) -> bool:
    """Whether a section of these few words only says that there is nothing today."""
    return len(text) <= _MAX_NOTE and _OUTAGE.search(text.lower()) is not None
