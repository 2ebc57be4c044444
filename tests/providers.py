"""What mail providers do to a newsletter: the links they rewrite, and the bytes of the mails they send."""

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
from urllib.parse import urlsplit

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyX2lkIjo0MjQyfQ.demo"
"""A token that names a subscriber, as Substack and others write it into links."""
SUBSCRIBER = "7f3f2c9e-5d52-4c7a-9a51-0d5b6f6b1a11"
EMAIL_ID = "2b1f5a04-9e8b-4ab0-8d0e-3f0d4be0a9f2"
_HREF = re.compile(r'(<a\b[^>]*?\bhref=")([^"]*)(")')
_OWN = ("buttondown.email", "buttondown.com")


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
