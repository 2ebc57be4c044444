"""What a heading says about what stands under it.

Recognised by its words, never by date (newsletter-format.md, section 1); each row says where it was seen.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, cast

from pipeline.extract import boilerplate
from pipeline.records.issues import TextFlag

Part = Literal["news", "recap", "community", "detail", "toc", "sponsor", "footer", "filler"]
"""What a heading opens. ``recap`` is the Discord recap, which may come once per model; the others are as in Role,
and the four kinds of boilerplate (``boilerplate.py`` has their words)."""

ASIDES: dict[str, TextFlag] = {"toc": "toc", "sponsor": "sponsor", "footer": "footer", "filler": "filler"}
"""Parts that are set aside, and how their sections are flagged."""

# Tried in order on the title in lower case, with every run of other characters than letters and digits as one space.
_TITLES: tuple[tuple[Part, tuple[str, ...]], ...] = (
    ("news", ("(?:part x )?ai (?:twitter|x)(?: recap| summary)?",)),  # "PART X: AI Twitter Recap", "AI Twitter Summary"
    ("news", ("(?:ai )?reddit(?: recap| summary)?", r"reddit r \w+")),  # "AI Reddit Recap", "REDDIT: /r/LocalLlama"
    ("news", ("r .{1,60} recap", ".{0,40} subreddit recap")),  # "/r/LocalLlama + /r/localLLM Recap"
    ("news", ("(?:top|headline) story(?: .*)?",)),  # "Top Story: …", "Headline Story: …"
    ("recap", ("ai discord recap", "part 0(?: .*)?", "summary of summar.*")),  # "PART 0: Summary of Summaries"
    # Seen as "PART 1: High level Discord summaries" and as "Discord: High level Discord summaries".
    ("community", ("part 1 .*(?:discord|summar).*", "(?:discord )?high level discord.*", "ai discords")),
    # Seen as "PART 2: Detailed by-Channel summaries and links"; in the first era "OpenAI Channel Summaries".
    ("detail", ("part 2 .*(?:channel|discord|summar).*", "(?:discord )?detailed by channel.*", ".+ channel summaries")),
)
_PATTERN = re.compile("|".join(f"({'|'.join(forms)})" for _, forms in _TITLES))  # one group a row
_MAX_TITLE = 160

_GUILD = re.compile(r"\bdiscord(?: summary)?\Z")
_MODEL = re.compile(
    r"\b(?:claude|(?:chat)?gpt|gemini|llama|mi[sx]tral|qwen|deepseek|grok|kimi|sonnet|opus|haiku)(?:\b|\d)|\bo[134]\b"
)
_MAX_MODEL = 60
_CHANNEL = "\u25b7"


@lru_cache(maxsize=16)  # one heading is asked several questions in turn
def _words(title: str) -> str:
    return boilerplate.folded(title)


def part_of(title: str) -> Part | None:
    """What a heading of these words opens; None for one that only names its subject."""
    if len(title) > _MAX_TITLE:
        return None
    words = _words(title)
    found = _PATTERN.fullmatch(words)
    if found and found.lastindex:
        return _TITLES[found.lastindex - 1][0]
    return cast("Part | None", boilerplate.named_by(words) or None)


def names_guild(title: str) -> bool:
    """Whether a heading is that of a Discord server's summary."""
    return _GUILD.search(_words(title)) is not None


def names_channel(title: str) -> bool:
    """Whether a heading is that of one Discord channel."""
    return _CHANNEL in title


def names_model(title: str) -> bool:
    """Whether a heading names the language model that wrote what follows (``Claude 3 Opus (8x220B?)``)."""
    return len(title) <= _MAX_MODEL and _MODEL.search(_words(title)) is not None
