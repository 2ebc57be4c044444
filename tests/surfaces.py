"""Every surface that a newsletter arrives by, made from its Markdown by the rules of newsletter-format.md, section 9.

What a surface says besides the newsletter (``chrome``) and which of its Markdown it carries (``carries``) is told
with it, so that two surfaces can be compared on what both carry.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from email.utils import format_datetime
from functools import cached_property
from typing import NamedTuple

from bs4 import BeautifulSoup

from tests import pages, rendering
from tests.providers import EMAIL_ID, SUBSCRIBER, TOKEN, mail, redirected, with_clicks, with_utm

_FEED_LIMIT = 100_000  # characters of Markdown in news.smol.ai's feed


class Surface(NamedTuple):
    """One edition as one surface shows it.

    Attributes:
        file: A name for the capture, whose suffix tells what it is.
        carries: The Markdown that is in it.
        entry: The entry of a feed.
        pictures: Whether it shows images.
        addresses: Whether its links say where they lead.
        chrome: What it says besides, line by line.
    """

    name: str
    file: str
    media_type: str
    body: bytes
    carries: str
    entry: str | None = None
    pictures: bool = True
    addresses: bool = True
    chrome: tuple[str, ...] = ()


class Edition:
    """A newsletter as it was written, and everything that is made of it."""

    def __init__(self, *, slug: str, title: str, when: dt.datetime, markdown: str) -> None:
        """``markdown`` is its body without front matter, with the editor's marker and both template branches."""
        self.slug, self.title, self.when, self.markdown = slug, title, when, markdown
        self.address = f"https://buttondown.email/ainews/archive/{slug}/"
        self.site_address = f"https://news.smol.ai/issues/{slug}/"
        self.substack_address = f"https://www.latent.space/p/{slug}"

    # What each dialect makes of it

    @cached_property
    def written(self) -> str:
        return rendering.MARKER.sub("", self.markdown)

    @cached_property
    def on_the_web(self) -> str:
        return rendering.branch(self.written, "web")

    @cached_property
    def mailed(self) -> str:
        text = rendering.branch(self.written, "email")
        return text.replace("{{ email.subject }}", f"[AINews] {self.title}").replace("{{ email_url }}", self.address)

    @cached_property
    def web_html(self) -> str:
        return rendering.python_markdown(self.on_the_web)

    @cached_property
    def mail_html(self) -> str:
        return self.web_html if self.mailed == self.on_the_web else rendering.python_markdown(self.mailed)

    @cached_property
    def mail_text(self) -> str:
        return rendering.plain_text(_CONTENTS.sub("", self.mail_html))

    @cached_property
    def substack_html(self) -> str:
        body = rendering.commonmark(rendering.without_toc(self.on_the_web))
        return re.sub(r"<h1>(.*?)</h1>", r"<h1><strong>\1</strong></h1>", body)

    @cached_property
    def substack_words(self) -> str:
        body = rendering.plain_text(redirected(self.substack_html), link="{label} [ {url} ]")
        return self._filled(pages.SUBSTACK_TEXT, body, self.substack_address)

    @cached_property
    def kept_by_remark(self) -> str:
        """The stored page: the line that the editor's marker stands on is a comment to CommonMark, HTML is dropped."""
        text = self.markdown
        if rendering.MARKER.match(text):
            text = text.lstrip().partition("\n")[2]
        return rendering.without_raw_html(text)

    # The surfaces

    def all(self) -> list[Surface]:
        mails = [self.buttondown_mail(), self.buttondown_mail(clicks=True), self.text_mail()]
        mails += [self.substack_mail(), self.substack_mail(redirects=True), self.substack_text()]
        feeds = [self.rss(), self.atom(), self.site_feed()]
        return [self.stored(), self.buttondown_page(), *mails, *feeds, self.stored_page(), self.site_page()]

    def stored(self) -> Surface:
        head = f"---\nid: MjAyNS0x\ntitle: {self.title!r}\ndate: '{self.when:%Y-%m-%dT%H:%M:%S}.000000Z'\n---\n\n\n"
        return self._surface("stored", ".md", head + self.markdown, self.on_the_web)._replace(chrome=self._closing())

    def buttondown_page(self) -> Surface:
        """The archive's page, with utm parameters on every link out."""
        page = self._filled(pages.BUTTONDOWN_PAGE, with_utm(self.web_html, self.slug), self.address)
        chrome = (self._date(), _text(pages.WELCOME), *_contents(self.web_html))
        return self._surface("buttondown page", ".html", page, self.on_the_web)._replace(chrome=chrome)

    def buttondown_mail(self, *, clicks: bool = False) -> Surface:
        """The mail in HTML and text, quoted-printable; with ``clicks`` all links go through Buttondown's counter."""
        body = with_clicks(self.mail_html) if clicks else with_utm(self.mail_html, self.slug)
        letter = self._mail("ainews@buttondown.email", self.mail_text, self._filled(pages.BUTTONDOWN_MAIL, body, ""))
        chrome = (_text(pages.WELCOME), pages.UNSUBSCRIBE, *_contents(self.mail_html))
        name = "buttondown mail, clicks counted" if clicks else "buttondown mail"
        return self._surface(name, ".eml", letter, self.mailed)._replace(chrome=chrome)

    def text_mail(self) -> Surface:
        """The text part of a mail alone."""
        text = f"{self.mail_text}\n\nUnsubscribe https://buttondown.email/unsubscribe/{SUBSCRIBER}\n"
        surface = self._surface("text mail", ".eml", self._mail("news@smol.ai", text), self.mailed)
        return surface._replace(pictures=False, chrome=("Unsubscribe",))

    def substack_mail(self, *, redirects: bool = False) -> Surface:
        """The mail in HTML and text; with ``redirects`` the links of its HTML are opaque as those of its text are."""
        body = redirected(self.substack_html) if redirects else self.substack_html
        page = self._filled(pages.SUBSTACK_MAIL, body, self.substack_address)
        letter = self._mail("swyx+ainews@substack.com", self.substack_words, page)
        name = "substack mail, redirected" if redirects else "substack mail"
        return self._surface(name, ".eml", letter, self.on_the_web)._replace(addresses=not redirects)

    def substack_text(self) -> Surface:
        """The text part of the Substack mail alone; where its links lead only Substack knows."""
        letter = self._mail("swyx+ainews@substack.com", self.substack_words)
        surface = self._surface("substack text", ".eml", letter, self.on_the_web)
        chrome = ("View this post on the web at", "Unsubscribe")
        return surface._replace(pictures=False, addresses=False, chrome=chrome)

    def rss(self) -> Surface:
        """Buttondown's feed: all of the page in the description, as escaped HTML."""
        inside = f"<description>{html.escape(with_utm(self.web_html, self.slug))}</description>"
        feed = pages.filled(
            pages.RSS, title=self.title, address=self.address, date=format_datetime(self.when), inside=inside
        )
        return self._feed("rss", feed, self.address, self.on_the_web)._replace(chrome=_contents(self.web_html))

    def atom(self) -> Surface:
        inside = f'<content type="html">{html.escape(self.web_html)}</content>'
        feed = pages.filled(
            pages.ATOM, title=self.title, address=self.address, date=self.when.isoformat(), inside=inside
        )
        return self._feed("atom", feed, self.address, self.on_the_web)._replace(chrome=_contents(self.web_html))

    def site_feed(self) -> Surface:
        """news.smol.ai's: cut at PART 1 and at 100,000 characters of Markdown, rendered by remark, escaped twice."""
        text = rendering.without_raw_html(self.on_the_web).partition("# PART 1: High level Discord summaries")[0]
        text = text if len(text) <= _FEED_LIMIT else text[:_FEED_LIMIT] + "..."
        rendered = rendering.remark(text).replace("&amp;", "&#x26;").replace("&quot;", "&#x22;")
        inside = (
            "<description>**Someone** released **something**, says a model.</description>"
            f"<content:encoded>{html.escape(rendered)}</content:encoded>"
            "<category>openai</category><category>openai</category>"
        )
        date = format_datetime(self.when)
        feed = pages.filled(pages.RSS, title=self.title, address=self.site_address, date=date, inside=inside)
        return self._feed("site feed", feed, self.site_address, text)

    def stored_page(self) -> Surface:
        """The site's stored page: remark's rendering, template and ``[TOC]`` standing in it as text."""
        page = self._filled(pages.STORED_PAGE, rendering.remark(self.markdown), self.site_address)
        surface = self._surface("stored page", ".html", page, rendering.branch(self.kept_by_remark, "web"))
        return surface._replace(chrome=self._closing())

    def site_page(self) -> Surface:
        """The site's page since 2026, made by Astro."""
        page = self._filled(pages.SITE_PAGE, rendering.astro(self.on_the_web), self.site_address)
        return self._surface("site page", ".html", page, self.on_the_web)

    # Pieces

    def _closing(self) -> tuple[str, ...]:
        """The line that ends the mail's branch of the template ("share with a friend"), which no page shows."""
        lines = [line for line in self.mailed.splitlines() if "http" in line]
        own = lines[-1:] if lines and lines[-1] not in self.on_the_web else []
        return tuple(_text(rendering.commonmark(line.lstrip("> "))) for line in own)

    def _date(self) -> str:
        return f"{self.when:%B %d, %Y}"

    def _filled(self, template: str, body: str, address: str) -> str:
        return pages.filled(
            template, title=self.title, body=body, address=address, date=self._date(), slug=self.slug, token=TOKEN,
            subscriber=SUBSCRIBER, email=EMAIL_ID, welcome=pages.WELCOME,
        )  # fmt: skip

    def _surface(self, name: str, suffix: str, content: str | bytes, carries: str) -> Surface:
        body = content.encode() if isinstance(content, str) else content
        return Surface(name, self.slug + suffix, _MEDIA_TYPES[suffix], body, rendering.without_toc(carries))

    def _feed(self, name: str, feed: str, entry: str, carries: str) -> Surface:
        return self._surface(name, ".xml", feed, carries)._replace(entry=entry)

    def _mail(self, sender: str, text: str, page: str = "") -> bytes:
        parts = [(kind, part) for kind, part in (("plain", text), ("html", page)) if part]
        return mail(subject=f"[AINews] {self.title}", sender=sender, when=self.when, slug=self.slug, parts=parts)


_MEDIA_TYPES = {
    ".md": "text/markdown",
    ".html": "text/html",
    ".eml": "message/rfc822",
    ".xml": "application/rss+xml",
}
_CONTENTS = re.compile(r'<div class="toc">.*?</div>', re.DOTALL)


def _text(fragment: str) -> str:
    return " ".join(BeautifulSoup(fragment, "lxml").get_text().split())


def _contents(rendered: str) -> tuple[str, ...]:
    """The lines of the table of contents that Python-Markdown put into a page."""
    found = _CONTENTS.search(rendered)
    entries = BeautifulSoup(found[0], "lxml").select("a") if found else ()
    return tuple(" ".join(entry.get_text().split()) for entry in entries)
