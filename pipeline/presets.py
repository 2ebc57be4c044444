"""Sources that need no looking up: a source with ``preset = "…"`` in ``maeil.toml`` starts from one of these.

Facts of newsletter-format.md, section 9, as of 2026-08: the feed lists all issues and holds the ten newest whole; the
Substack mixes podcasts with the newsletter, whose titles and subjects begin with ``[AINews]``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_TITLE = "[AINews]"

PRESETS: Mapping[str, Mapping[str, object]] = MappingProxyType(
    {
        "ainews-feed": {
            "name": "ainews",
            "kind": "feed",
            "url": "https://news.smol.ai/rss.xml",
            "newsletter": "AINews",
            "expect_days": ("tue", "wed", "thu", "fri", "sat"),  # in Korea; at home Monday to Friday
        },
        "ainews-page": {"name": "ainews-page", "kind": "page", "newsletter": "AINews"},  # of one issue: its url
        "ainews-mail": {"name": "ainews-mail", "kind": "imap", "title_starts": _TITLE, "newsletter": "AINews"},
        "ainews-substack": {
            "name": "ainews-substack",
            "kind": "feed",
            "url": "https://www.latent.space/feed",
            "title_starts": _TITLE,
            "newsletter": "AINews",
        },
    }
)


def with_preset(source: Mapping[str, object]) -> dict[str, object]:
    """The settings of a source on top of those of its preset.

    Raises:
        ValueError: There is no such preset.
    """
    own = dict(source)
    name = own.pop("preset", None)
    if name is None:
        return own
    if name not in PRESETS:
        raise ValueError(f"there is no preset {name!r}; there are {', '.join(PRESETS)}")
    return dict(PRESETS[str(name)]) | own
