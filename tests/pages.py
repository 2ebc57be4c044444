"""The pages and mails that sites and providers put around a newsletter (newsletter-format.md, sections 8 and 9).

``{title}`` and the like are filled by ``filled``; the texts are our own, the shapes are theirs.
"""

from __future__ import annotations

import html

WELCOME = """<blockquote>
<p>Welcome to AI News, which reads <a href="https://discord.gg/demoInvite">servers</a>,
<a href="https://twitter.com/demo_ai">posts</a> and forums for you every day. This is a trial: subscribing
<a href="https://buttondown.email/ainews/">here</a> opts you in to the real thing 🔜</p>
</blockquote>
<hr/>"""
UNSUBSCRIBE = "You're receiving this email because you subscribed to AI News. Unsubscribe"

BUTTONDOWN_PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>[AINews] {title} • Buttondown</title><meta property="og:title" content="[AINews] {title}">
<link rel="canonical" href="{address}"></head><body>
<nav><a href="/ainews">AI News (MOVED TO news.smol.ai!)</a></nav>
<div class="email-body-container"><article class="email-body"><div class="email-metadata">{date}</div>
<h1>[AINews] {title}</h1>
{welcome}
<p></p>{body}
<p class="empty-line" style="height:16px; margin:0px !important;"></p><hr/><hr/></article></div>
<div class="card-container"><form action="/api/subscribe"><p>Don't miss what's next. Subscribe to AI News:</p>
<input type="email"><button>Subscribe</button></form>
<a href="https://twitter.com/intent/tweet?url=x">Share on Twitter</a>
<h2>Related emails</h2><a href="/ainews/archive/other/">[AINews] Another day</a></div></body></html>"""

BUTTONDOWN_MAIL = """<html><body><div class="email-body">{welcome}{body}
<p class="empty-line" style="height:16px; margin:0px !important;"></p><hr/>
<p>You're receiving this email because you subscribed to AI News.
<a href="https://buttondown.email/unsubscribe/{subscriber}">Unsubscribe</a></p></div>
<img src="https://buttondown.com/o/{email}/{subscriber}" width="1" height="1"></body></html>"""

SUBSTACK_MAIL = """<html><head><style>.preheader {{ display: none }}</style></head><body>
<div class="preheader" style="display:none;font-size:1px;max-height:0">{title} &#847; &#847;</div>
<table role="presentation"><tbody><tr><td>
<p><a href="{address}?utm_campaign=email-half-post&amp;r=4k2demo">View in browser</a></p>
<h1 class="post-title"><a href="https://open.substack.com/pub/swyx/p/{slug}?utm_source=post-email-title&amp;\
utm_campaign=email-post-title&amp;isFreemail=true&amp;r=4k2demo&amp;token={token}">{title}</a></h1>
<div class="body markup" dir="auto">{body}</div>
<p>© 2026 Latent Space <a href="https://substack.com/redirect/2/{token}">Unsubscribe</a></p>
</td></tr></tbody></table>
<img src="https://eotrx.substackcdn.com/open?token={token}" width="1" height="1"></body></html>"""

SUBSTACK_TEXT = """View this post on the web at {address}

{body}

Unsubscribe https://substack.com/redirect/2/{token}
"""

STORED_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:title" content="{title}"><meta name="description" content="Somebody released something.">
</head><body><header class="site-header"><a href="/">AINews</a></header><main class="page"><div class="container">
<a class="archive-back" href="/issues">Back</a><section class="issue-shell"><header class="issue-hero">
<div class="eyebrow">{date}</div><h1>{title}</h1><p class="archive-note">Static archive snapshot</p>
<div class="archive-tags"><div class="tag-group"><h2>Companies</h2><a href="/tags/openai">openai</a></div></div>
</header><div class="content-wrap"><article>{body}</article></div></section></div></main>
<footer class="site-footer">© 2026 • AINews <a href="/rss.xml">rss</a></footer></body></html>"""

SITE_PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | AINews</title>
<link rel="canonical" href="{address}"></head><body>
<a href="#main-content">Skip to main content</a><header><nav><a href="/">AINews</a></nav></header>
<main id="main-content"><h1>{title}</h1><aside role="complementary"><ul><li>
<a href="#ai-twitter-recap">AI Twitter Recap</a></li></ul></aside>
<article class="content-area"><section id="metadata-section"><h2>Companies</h2>
<a href="/tags/openai">openai</a></section>{body}
<nav aria-label="Issue navigation"><a href="/issues/before">Before</a></nav>
<section aria-label="Comments"><p>Giscus</p></section></article></main><footer>© 2026 AINews</footer></body></html>"""

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>AINews</title>
<item><title>{title}</title><link>{address}</link><guid>{address}</guid><pubDate>{date}</pubDate>{inside}</item>
</channel></rss>"""

ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>AI News</title>
<id>https://buttondown.email/ainews</id><updated>{date}</updated><entry><title>{title}</title>
<link href="{address}"/><id>{address}</id><updated>{date}</updated>{inside}</entry></feed>"""


def filled(template: str, *, title: str, **values: str) -> str:
    """A template with its values; only the title is escaped here."""
    return template.format(title=html.escape(title), **values)
