"""Links a newsletter carries about itself: unsubscribe, preferences, view in browser, forward, share.

They are never content, and most of them tell who received the mail: what does is cut out before anything is stored.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple
from urllib.parse import SplitResult, unquote

from pipeline.hosts import host_of
from pipeline.tracking import CODE_HOSTS, X, by_host, rows_on


class Place(NamedTuple):
    """Addresses on ``hosts`` whose path lies under ``path``; ``personal`` where they name the subscriber."""

    hosts: tuple[str, ...]
    path: str
    personal: bool
    reason: str


PLACES: tuple[Place, ...] = (
    Place(("substack.com",), "/action/disable_email", True, "Substack unsubscribe"),
    Place(("buttondown.com", "buttondown.email"), "/unsubscribe", True, "Buttondown unsubscribe"),
    Place(("buttondown.com", "buttondown.email"), "/subscribers/", True, "Buttondown preferences"),
    Place(("list-manage.com",), "/unsubscribe", True, "Mailchimp unsubscribe"),
    Place(("list-manage.com",), "/profile", True, "Mailchimp preferences"),
    Place(("list-manage.com",), "/about", True, "Mailchimp: why did I get this"),
    Place(("forward-to-friend.com", "forward-to-friend2.com"), "/", True, "Mailchimp forward to a friend"),
    Place(("preferences.convertkit-mail.com", "preferences.convertkit-mail2.com"), "/", True, "Kit preferences"),
    Place(("unsubscribe.convertkit-mail.com", "unsubscribe.convertkit-mail2.com"), "/", True, "Kit unsubscribe"),
    Place(("manage.kmail-lists.com",), "/", True, "Klaviyo preferences"),
    Place(("a.tldrnewsletter.com",), "/", True, "TLDR web version and preferences"),
    Place(("sparklp.co",), "/", True, "SparkLoop referral page of one subscriber"),
    Place(("refer.tldr.tech",), "/", True, "TLDR referral page of one subscriber"),
    Place(X, "/intent/", False, "share on X"),
    Place(X, "/share", False, "share on X"),
    Place(("facebook.com",), "/sharer", False, "share on Facebook"),
    Place(("linkedin.com",), "/sharing/", False, "share on LinkedIn"),
    Place(("linkedin.com",), "/shareArticle", False, "share on LinkedIn"),
    Place(("news.ycombinator.com",), "/submitlink", False, "share on Hacker News"),
    Place(("reddit.com",), "/submit", False, "share on Reddit"),
    Place(("t.me", "telegram.me"), "/share/", False, "share on Telegram"),
    Place(("api.whatsapp.com",), "/send", False, "share on WhatsApp"),
)  # fmt: skip

_PLACES_BY_HOST = by_host((place.hosts, place) for place in PLACES)
_CODE_HOSTS = by_host([(CODE_HOSTS, True)])

MERGE_TAG = Place((), "", True, "a merge tag that the sender was to fill in")

_SEGMENT = re.compile(
    r"/(?:un-?subscribe|unsub|opt-?out|preferences?-cent(?:er|re)|disable_email|view-?in-?browser|web-?version|forward-to-(?:a-)?friend"
    r"|(?:e-?mail|manage|update|notification|newsletter|subscription)[-_](?:preferences|subscriptions?)"
    r"|manage-(?:your-)?(?:e-?mail-)?(?:preferences|subscriptions?))(?:[-_](?:me|all|confirm|link|now))?(?:\.[a-z]{2,5})?(?=/|$)",
    re.IGNORECASE,
)
"""A whole segment of a path that says what the page does, whoever sends the newsletter."""

_JOINING = re.compile(r"/(?:subscribe|sign-?up|join|invite|refer(?:ral)?s?)/?\Z", re.IGNORECASE)
_INVITING = ("subscribe", "sign", "join", "invite", "refer", "sparklp")
_CODE = re.compile(
    r"&(?:ref|r|rh_ref|referral|referral_code|ref_code|referrer|invite|code|via)="
    r"(?=[^&]*\d)(?=[^&]*[A-Za-z])[\w-]{6,}(?:&|\Z)",
    re.IGNORECASE,
)
"""A reader's own code, behind a page on which others subscribe."""

_LABEL = re.compile(
    r"(?:please |you can |click here to |to )?"
    r"(?:unsubscribe(?: (?:here|now|instantly|anytime|me|from .{1,40}))?"
    r"|opt[- ]?out(?: here)?"
    r"|(?:manage|update|change|edit)(?: your| my| e-?mail| newsletter| subscription)*"
    r" ?(?:preferences|subscriptions?|settings|profile)"
    r"|(?:e-?mail|subscription) (?:preferences|settings)"
    r"|(?:view|read|open|see)(?: this| the)?(?: e-?mail| post| issue| newsletter| message| it| online)?"
    r" (?:(?:in|on|with) (?:your |a |the |my )?(?:web ?)?(?:browser|web|website)|online)"
    r"|(?:view|read) online|web version|share|forward"
    r"|(?:forward|share|send)(?: this| it)?(?: e-?mail| post| issue| newsletter)?(?: to| with)"
    r" (?:a |your )?(?:friends?|colleagues?)"
    r"|(?:forward|share) this (?:e-?mail|post|issue|newsletter)"
    r"|share on (?:x|twitter|facebook|linkedin|hacker news|reddit|bluesky|whatsapp|telegram)"
    r"|(?:수신 ?거부|친구에게 ?(?:공유|추천|전달)"
    r"|구독 ?(?:해지|취소|설정)|(?:웹|브라우저)(?:에서|으로) ?보기)(?:하기)?)"
    r"[ .!→»>|]*",
    re.IGNORECASE,
)
"""The whole label of such a link; "How to unsubscribe from data collection" is news and does not match."""

_TEMPLATE = re.compile(r"(?:\{\{|%7B%7B|\*\||%%|\[\[?).{0,4}(?:resend_)?unsub", re.IGNORECASE)
"""A merge tag that the sender was to fill in: ``{{{RESEND_UNSUBSCRIBE_URL}}}``, ``*|UNSUB|*``."""

_ADDRESS_PAIR = re.compile(
    r"(?:^|&)(?:e|email|e_mail|email_address|mail|recipient|subscriber|user_email|user)=[^@&]{1,64}@[^@&.]{1,64}\.",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"eyJ[\w.-]+|.*@.*|(?=.*\d)[\w=~%.+-]{16,}", re.ASCII)
_MAX_CHARS = 80
"""Longer labels are sentences."""


def _lies_under(path: str, beginning: str) -> bool:
    """``/share`` covers ``/share``, ``/share/x`` and ``/share.php``, not the user ``/share_ai``."""
    return path.startswith(beginning) and (beginning.endswith("/") or path[len(beginning) :][:1] in ("", "/", "."))


def _names_one(segment: str, traces: Collection[str]) -> bool:
    lowered = unquote(segment).lower()
    return _TOKEN.fullmatch(segment) is not None or any(trace in lowered for trace in traces)


def footer_place(url: str, label: str) -> Place | None:
    """The row for a link of the newsletter about itself, or None for all others.

    Rows that are not in ``PLACES`` stand for a path that says what the page does, for a label that does, for a merge
    tag, and for an e-mail address in the query.
    """
    parts, host = host_of(url)
    if "unsub" in url.lower() and _TEMPLATE.search(url):
        return MERGE_TAG
    if parts is not None and (place := _place_of(url, parts, host)) is not None:
        return place
    folded = " ".join(label[: 2 * _MAX_CHARS].split())
    if len(folded) <= _MAX_CHARS and _LABEL.fullmatch(folded):
        return Place((host,), "", True, "label")
    return None


def is_referral(url: str) -> bool:
    """Whether an address is one reader's own, to be handed on to others: a page to subscribe on with his code."""
    if not any(map(url.lower().__contains__, _INVITING)):
        return False  # as nearly all are
    parts, host = host_of(url)
    if parts is None:
        return False
    place = next((place for place in rows_on(host, _PLACES_BY_HOST) if _lies_under(parts.path, place.path)), None)
    if place is not None:
        return "referral" in place.reason
    return _JOINING.search(parts.path) is not None and _CODE.search(f"&{parts.query}") is not None


def _place_of(url: str, parts: SplitResult, host: str) -> Place | None:
    """The row for an address by what it says itself."""
    for place in rows_on(host, _PLACES_BY_HOST):
        if _lies_under(parts.path, place.path):
            return place
    if _SEGMENT.search(parts.path) and not rows_on(host, _CODE_HOSTS):
        return Place((host,), parts.path, True, "path")
    if is_referral(url):
        return Place((host,), parts.path, True, "referral page of one subscriber")
    if ("@" in parts.query or "%40" in parts.query) and _ADDRESS_PAIR.search(unquote(parts.query)):
        return Place((host,), parts.path, True, "e-mail address")
    return None


def withhold(url: str, traces: Collection[str] = ()) -> str:
    """The address without what may name a subscriber: query, fragment, and the path from its first token on.

    ``https://host/unsubscribe/eyJ…?x=1`` becomes ``https://host/unsubscribe/``; a merge tag and a plain address stay.

    Args:
        url: The address.
        traces: Words in lower case that name the reader; a segment that holds one is a token.
    """
    parts, _ = host_of(url)
    if parts is None or parts.scheme not in ("http", "https"):
        named = parts is not None and parts.scheme and not _TEMPLATE.search(url)
        return f"{parts.scheme}:" if parts is not None and named else url
    head = url.partition("#")[0].partition("?")[0]
    origin_end = head.find("/", head.find("//") + 2)
    if "@" in parts.netloc:
        return f"{parts.scheme}://"
    if origin_end < 0:
        return head
    origin, segments = head[:origin_end], head[origin_end + 1 :].split("/")
    kept = next((index for index, segment in enumerate(segments) if _names_one(segment, traces)), len(segments))
    path = "/".join(segments[:kept])
    return f"{origin}/{path}/" if 0 < kept < len(segments) else f"{origin}/{path}"
