"""Every surface that a newsletter arrives by, made from its Markdown by the rules of newsletter-format.md, section 9.

What a surface says besides the newsletter (``chrome``) and which of its Markdown it carries (``carries``) is told
with it, so that two surfaces can be compared on what both carry.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import html
import quopri
import re
from collections.abc import Callable
from email.header import Header
from email.utils import format_datetime
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from tests import rendering

WELCOME = (
    '<blockquote>\n<p>This is AI News! an MVP of a service that goes thru all AI <a href="https://discord.gg/demoInvite">'
    'discords</a>/<a href="https://twitter.com/demo_ai">Twitters</a>/reddits and summarizes what people are talking about, '
    "so that you can keep up without the fatigue. Signing up <a "
    'href="https://buttondown.email/ainews/">here</a> opts you in to the real thing when we launch it 🔜</p>\n</blockquote>\n<hr/>'
)
UNSUBSCRIBE = "You're receiving this email because you subscribed to AI News. Unsubscribe"
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyX2lkIjo0MjQyfQ.demo"
"""A token that names a subscriber, as Substack and others write it into links."""
SUBSCRIBER = "7f3f2c9e-5d52-4c7a-9a51-0d5b6f6b1a11"
EMAIL_ID = "2b1f5a04-9e8b-4ab0-8d0e-3f0d4be0a9f2"
_FEED_LIMIT = 100_000  # characters of Markdown in news.smol.ai's feed
_HREF = re.compile(r'(<a\b[^>]*?\bhref=")([^"]*)(")')
_OWN = ("buttondown.email", "buttondown.com")


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
        return rendering.python_markdown(self.on_the_web, toc=True)

    @cached_property
    def mail_html(self) -> str:
        if self.mailed == self.on_the_web:
            return self.web_html
        return rendering.python_markdown(self.mailed, toc=True)

    @cached_property
    def mail_text(self) -> str:
        start = self.mail_html.find('<div class="toc">')
        end = self.mail_html.find("</div>", start)
        return rendering.plain_text(self.mail_html if start < 0 else self.mail_html[:start] + self.mail_html[end:])

    @cached_property
    def substack_html(self) -> str:
        body = rendering.commonmark(rendering.without_toc(self.on_the_web))
        return re.sub(r"<h1>(.*?)</h1>", r"<h1><strong>\1</strong></h1>", body)

    @cached_property
    def substack_words(self) -> str:
        body = rendering.plain_text(redirected(self.substack_html), link="{label} [ {url} ]")
        return (
            f"View this post on the web at https://www.latent.space/p/{self.slug}\n\n{body}\n\n"
            f"Unsubscribe https://substack.com/redirect/2/{TOKEN}\n"
        )

    @cached_property
    def kept_by_remark(self) -> str:
        """The stored page: the line that the editor's marker stands on is a comment to CommonMark, HTML is dropped."""
        text = self.markdown
        if rendering.MARKER.match(text):
            text = text.lstrip().partition("\n")[2]
        return rendering.without_raw_html(text)

    # The surfaces

    def stored(self) -> Surface:
        return self._file("stored", ".md", self._front_matter() + self.markdown, rendering.without_toc(self.on_the_web))

    def buttondown_page(self) -> Surface:
        """The archive's page, with utm parameters on every link out."""
        body = with_utm(self.web_html, self.slug)
        page = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>[AINews] {html.escape(self.title)} •
Buttondown</title><meta property="og:title" content="[AINews] {html.escape(self.title)}"><link rel="canonical"
href="{self.address}"></head><body><nav><a href="/ainews">AI News (MOVED TO news.smol.ai!)</a></nav>
<div class="email-body-container"><article class="email-body"><div class="email-metadata">{self.when:%B %d, %Y}</div>
<h1>[AINews] {html.escape(self.title)}</h1>
{WELCOME}
<p></p>{body}
<p class="empty-line" style="height:16px; margin:0px !important;"></p><hr/><hr/></article></div>
<div class="card-container"><form action="/api/subscribe"><p>Don't miss what's next. Subscribe to AI News:</p>
<input type="email"><button>Subscribe</button></form><a href="https://twitter.com/intent/tweet?url=x">Share on Twitter</a>
<h2>Related emails</h2><a href="/ainews/archive/other/">[AINews] Another day</a></div></body></html>"""
        chrome = (f"{self.when:%B %d, %Y}", _text(WELCOME), *_contents(self.web_html))
        carried = rendering.without_toc(self.on_the_web)
        return self._file("buttondown page", ".html", page, carried)._replace(chrome=chrome)

    def buttondown_mail(self, *, clicks: bool = False) -> Surface:
        """The mail in HTML and text, quoted-printable; with ``clicks`` all links go through Buttondown's counter."""
        body = with_clicks(self.mail_html) if clicks else with_utm(self.mail_html, self.slug)
        content = f"""<html><body><div class="email-body">{WELCOME}{body}<p class="empty-line" style="height:16px;
margin:0px !important;"></p><hr/><p>{UNSUBSCRIBE.replace("Unsubscribe", "")}
<a href="https://buttondown.email/unsubscribe/{SUBSCRIBER}">Unsubscribe</a></p></div>
<img src="https://buttondown.com/o/{EMAIL_ID}/{SUBSCRIBER}" width="1" height="1"></body></html>"""
        name = "buttondown mail, clicks counted" if clicks else "buttondown mail"
        mail = self._mail(
            html_part=content, text_part=rendering.plain_text(self.mail_html), sender="ainews@buttondown.email"
        )
        carried = rendering.without_toc(self.mailed)
        return self._letter(name, mail, carried)._replace(
            chrome=(_text(WELCOME), UNSUBSCRIBE, *_contents(self.mail_html))
        )

    def text_mail(self) -> Surface:
        """The text part of a mail alone."""
        text = f"{self.mail_text}\n\nUnsubscribe https://buttondown.email/unsubscribe/{SUBSCRIBER}\n"
        mail = self._mail(text_part=text, sender="news@smol.ai")
        surface = self._letter("text mail", mail, rendering.without_toc(self.mailed))
        return surface._replace(pictures=False, chrome=("Unsubscribe",))

    def substack_mail(self, *, redirects: bool = False) -> Surface:
        """The mail in HTML and text; with ``redirects`` the links of its HTML are opaque as those of its text are."""
        body = redirected(self.substack_html) if redirects else self.substack_html
        address = f"https://www.latent.space/p/{self.slug}"
        title = (
            f"https://open.substack.com/pub/swyx/p/{self.slug}?utm_source=post-email-title&amp;utm_campaign=email-post-title"
            f"&amp;isFreemail=true&amp;r=4k2demo&amp;token={TOKEN}"
        )
        content = f"""<html><head><style>.preheader {{ display: none }}</style></head><body>
<div class="preheader" style="display:none;font-size:1px;max-height:0">{html.escape(self.title)} &#847; &#847;</div>
<table role="presentation"><tbody><tr><td><p><a href="{address}?utm_campaign=email-half-post&amp;r=4k2demo">View in browser</a></p>
<h1 class="post-title"><a href="{title}">{html.escape(self.title)}</a></h1>
<div class="body markup" dir="auto">{body}</div>
<p>© 2026 Latent Space <a href="https://substack.com/redirect/2/{TOKEN}">Unsubscribe</a></p>
</td></tr></tbody></table><img src="https://eotrx.substackcdn.com/open?token={TOKEN}" width="1" height="1"></body></html>"""
        mail = self._mail(html_part=content, text_part=self.substack_words, sender="swyx+ainews@substack.com")
        name = "substack mail, redirected" if redirects else "substack mail"
        return self._letter(name, mail, rendering.without_toc(self.on_the_web))._replace(addresses=not redirects)

    def substack_text(self) -> Surface:
        """The text part of the Substack mail alone; where its links lead only Substack knows."""
        mail = self._mail(text_part=self.substack_words, sender="swyx+ainews@substack.com")
        carried = rendering.without_toc(self.on_the_web)
        chrome = ("View this post on the web at", "Unsubscribe")
        return self._letter("substack text", mail, carried)._replace(pictures=False, addresses=False, chrome=chrome)

    def rss(self) -> Surface:
        """Buttondown's feed: all of the page in the description, as escaped HTML."""
        item = f"<description>{html.escape(with_utm(self.web_html, self.slug))}</description>"
        feed = self._feed("rss", self._rss_item(self.address, item), rendering.without_toc(self.on_the_web))
        return feed._replace(chrome=_contents(self.web_html))

    def atom(self) -> Surface:
        feed = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>AI News</title>
<id>https://buttondown.email/ainews</id><updated>{self.when.isoformat()}</updated><entry><title>{html.escape(self.title)}</title>
<link href="{self.address}"/><id>{self.address}</id><updated>{self.when.isoformat()}</updated>
<content type="html">{html.escape(self.web_html)}</content></entry></feed>"""
        atom = self._feed("atom", feed, rendering.without_toc(self.on_the_web), whole=True)
        return atom._replace(chrome=_contents(self.web_html))

    def site_feed(self) -> Surface:
        """news.smol.ai's feed: cut at PART 1 and at 100,000 characters of Markdown, rendered by remark, escaped twice."""
        written = rendering.branch(self.written, "web")
        text = rendering.without_raw_html(written).partition("# PART 1: High level Discord summaries")[0]
        if len(text) > _FEED_LIMIT:
            text = text[:_FEED_LIMIT] + "..."
        address = f"https://news.smol.ai/issues/{self.slug}/"
        rendered = rendering.remark(text).replace("&amp;", "&#x26;").replace("&quot;", "&#x22;")
        item = (
            f"<description>{html.escape('**Someone** released **something**, says a model.')}</description>"
            f"<content:encoded>{html.escape(rendered)}</content:encoded><category>openai</category><category>openai</category>"
        )
        return self._feed("site feed", self._rss_item(address, item), rendering.without_toc(text))

    def stored_page(self) -> Surface:
        """The site's stored page: remark's rendering, template and ``[TOC]`` standing in it as text."""
        page = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(self.title)}</title>
<meta property="og:title" content="{html.escape(self.title)}"><meta name="description" content="Somebody released something.">
</head><body><header class="site-header"><a href="/">AINews</a></header><main class="page"><div class="container">
<a class="archive-back" href="/issues">Back</a><section class="issue-shell"><header class="issue-hero">
<div class="eyebrow">{self.when:%b %d}</div><h1>{html.escape(self.title)}</h1><p class="archive-note">Static archive snapshot</p>
<div class="archive-tags"><div class="tag-group"><h2>Companies</h2><a href="/tags/openai">openai</a></div></div></header>
<div class="content-wrap"><article>{rendering.remark(self.markdown)}</article></div></section></div></main>
<footer class="site-footer">© 2026 • AINews <a href="/rss.xml">rss</a></footer></body></html>"""
        carried = rendering.without_toc(rendering.branch(self.kept_by_remark, "web"))
        return self._file("stored page", ".html", page, carried)

    def site_page(self) -> Surface:
        """The site's page since 2026, made by Astro."""
        page = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(self.title)} | AINews</title>
<link rel="canonical" href="https://news.smol.ai/issues/{self.slug}/"></head><body>
<a href="#main-content">Skip to main content</a><header><nav><a href="/">AINews</a></nav></header>
<main id="main-content"><h1>{html.escape(self.title)}</h1><aside role="complementary"><ul><li><a href="#ai-twitter-recap">
AI Twitter Recap</a></li></ul></aside><article class="content-area"><section id="metadata-section"><h2>Companies</h2>
<a href="/tags/openai">openai</a></section>{rendering.astro(self.on_the_web)}
<nav aria-label="Issue navigation"><a href="/issues/before">Before</a></nav><section aria-label="Comments"><p>Giscus</p>
</section></article></main><footer>© 2026 AINews</footer></body></html>"""
        return self._file("site page", ".html", page, rendering.without_toc(self.on_the_web))

    def all(self) -> list[Surface]:
        mails = [self.buttondown_mail(), self.buttondown_mail(clicks=True), self.text_mail()]
        mails += [self.substack_mail(), self.substack_mail(redirects=True), self.substack_text()]
        feeds = [self.rss(), self.atom(), self.site_feed()]
        return [self.stored(), self.buttondown_page(), *mails, *feeds, self.stored_page(), self.site_page()]

    # Pieces

    def _front_matter(self) -> str:
        return f"---\nid: MjAyNS0x\ntitle: {self.title!r}\ndate: '{self.when:%Y-%m-%dT%H:%M:%S}.000000Z'\n---\n\n\n"

    def _file(self, name: str, suffix: str, text: str, carries: str) -> Surface:
        media_type = {".md": "text/markdown", ".html": "text/html"}[suffix]
        return Surface(name, f"{self.slug}{suffix}", media_type, text.encode(), carries)

    def _letter(self, name: str, mail: bytes, carries: str) -> Surface:
        return Surface(name, f"{self.slug}.eml", "message/rfc822", mail, carries)

    def _rss_item(self, address: str, inside: str) -> str:
        return (
            f"<item><title>{html.escape(self.title)}</title><link>{address}</link><guid>{address}</guid>"
            f"<pubDate>{format_datetime(self.when)}</pubDate>{inside}</item>"
        )

    def _feed(self, name: str, inside: str, carries: str, *, whole: bool = False) -> Surface:
        feed = (
            inside
            if whole
            else '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
            f"<channel><title>AINews</title>{inside}</channel></rss>"
        )
        guid = re.search(r"<(?:guid|id)>(https://[^<]*/(?:archive|issues)/[^<]*)<", feed)
        assert guid is not None
        return Surface(name, f"{self.slug}.xml", "application/rss+xml", feed.encode(), carries, guid[1])

    def _mail(self, *, sender: str, text_part: str = "", html_part: str = "") -> bytes:
        return mail(
            subject=f"[AINews] {self.title}", sender=sender, when=self.when, slug=self.slug,
            parts=[(kind, part) for kind, part in (("plain", text_part), ("html", html_part)) if part],
        )  # fmt: skip


def _text(fragment: str) -> str:
    return " ".join(BeautifulSoup(fragment, "lxml").get_text().split())


def _contents(rendered: str) -> tuple[str, ...]:
    """The lines of the table of contents that Python-Markdown put into a page."""
    start, end = rendered.find('<div class="toc">'), rendered.find("</div>", rendered.find('<div class="toc">'))
    found = BeautifulSoup(rendered[start:end], "lxml").select("a") if start >= 0 else ()
    return tuple(" ".join(entry.get_text().split()) for entry in found)


# Links as a provider rewrites them


def _rewritten(body: str, change: Callable[[str], str]) -> str:
    def replace(found: re.Match[str]) -> str:
        url = html.unescape(found[2])
        return found[1] + (html.escape(change(url)) if url.startswith(("https://", "http://")) else found[2]) + found[3]

    return _HREF.sub(replace, body)


def with_utm(body: str, campaign: str) -> str:
    """On every link out, behind an existing query and before a fragment."""

    def tagged(url: str) -> str:
        if any(own in url for own in _OWN):
            return url
        before, mark, fragment = url.partition("#")
        joint = "&" if "?" in before else "?"
        return f"{before}{joint}utm_source=ainews&utm_medium=email&utm_campaign={campaign}{mark}{fragment}"

    return _rewritten(body, tagged)


def with_clicks(body: str) -> str:
    """Through Buttondown's counter, which has the target in clear at its end."""
    return _rewritten(body, lambda url: f"https://buttondown.com/c/{EMAIL_ID}/{SUBSCRIBER}/{url}")


def redirected(body: str) -> str:
    """Through Substack's, which has not."""

    def opaque(url: str) -> str:
        digest = hashlib.sha256(url.encode()).hexdigest()
        name = f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"
        return f"https://substack.com/redirect/{name}?j={TOKEN}"

    return _rewritten(body, opaque)


# Mails, byte by byte


def mail(
    *,
    subject: str,
    sender: str,
    when: dt.datetime,
    slug: str,
    parts: list[tuple[str, str]],
    encoding: str = "quoted-printable",
    charset: str = "utf-8",
    subject_charset: str = "utf-8",
) -> bytes:
    """A mail with these parts (subtype and text), the alternatives of one multipart where there are two."""
    head = [
        f"From: AI News <{sender}>",
        "To: reader@example.com",
        f"Subject: {encoded_subject(subject, subject_charset)}",
        f"Date: {format_datetime(when)}",
        f"Message-ID: <{slug}@{urlsplit('//' + sender.partition('@')[2]).hostname}>",
        "MIME-Version: 1.0",
    ]
    written = [_part(kind, text, encoding, charset) for kind, text in parts]
    if len(written) == 1:
        return "\r\n".join(head).encode() + b"\r\n" + written[0]
    boundary = "=_alternative_0123456789"
    head.append(f'Content-Type: multipart/alternative; boundary="{boundary}"')
    pieces = ["\r\n".join(head).encode() + b"\r\n"]
    pieces += [f"\r\n--{boundary}\r\n".encode() + part for part in written]
    return b"".join([*pieces, f"\r\n--{boundary}--\r\n".encode()])


def encoded_subject(subject: str, charset: str) -> str:
    if charset == "utf-8":
        return Header(subject, "utf-8", maxlinelen=900).encode()
    codec, label = {"iso-2022-kr": ("iso2022_kr", "ISO-2022-KR"), "cp949": ("cp949", "ks_c_5601-1987")}[charset]
    return f"=?{label}?B?{base64.b64encode(subject.encode(codec)).decode()}?="


def _part(kind: str, text: str, encoding: str, charset: str) -> bytes:
    raw = text.replace("\r\n", "\n").encode(charset, "xmlcharrefreplace").replace(b"\n", b"\r\n")
    if encoding == "base64":
        body = base64.encodebytes(raw).replace(b"\n", b"\r\n")
    elif encoding == "quoted-printable":
        body = quopri.encodestring(raw.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    else:
        body = raw
    head = f'Content-Type: text/{kind}; charset="{charset}"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'
    return head.encode() + body
