"""Newsletters of our own, as feeds, pages and mails, for the tests of fetching."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterable
from email.message import EmailMessage
from email.utils import format_datetime


def newsletter(day: str = "5/3/2024", *, paragraphs: int = 30) -> str:
    """A newsletter in HTML."""
    body = "".join(f"<p>Paragraph {number} tells what a laboratory shipped.</p>" for number in range(paragraphs))
    return f"<blockquote>AI News for {day}. We checked.</blockquote><h1>AI Recap</h1>{body}"


def page(body: str, *, head: str = "") -> bytes:
    """A web page round a newsletter."""
    return (
        f"<!doctype html><html><head><meta charset='utf-8'><title>A page</title>{head}</head>"
        f"<body><nav>menu</nav><article>{body}</article></body></html>"
    ).encode()


def entry(url: str, *, when: dt.datetime | None, title: str = "", full: str = "", teaser: str = "A teaser.") -> str:
    """An item of an RSS feed."""
    published = f"<pubDate>{format_datetime(when)}</pubDate>" if when else ""
    encoded = f"<content:encoded>{html.escape(full)}</content:encoded>" if full else ""
    return (
        f"<item><title>{html.escape(title or url)}</title><link>{html.escape(url)}</link>"
        f"<guid>{html.escape(url)}</guid><description>{teaser}</description>{published}{encoded}</item>"
    )


def rss(entries: Iterable[str]) -> bytes:
    """An RSS feed."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>Daily</title>{''.join(entries)}</channel></rss>"
    ).encode()


def letter(
    number: int, *, when: dt.datetime, sender: str = "news@example.com", subject: str = "", body: str = ""
) -> bytes:
    """A mail with a newsletter."""
    message = EmailMessage()
    message["Subject"] = subject or f"[Daily] Issue {number}"
    message["From"] = f"Daily <{sender}>"
    message["Message-ID"] = f"<{number}@example.com>"
    message["Date"] = format_datetime(when)
    message.set_content("plain")
    message.add_alternative(body or newsletter(), subtype="html")
    return message.as_bytes()
