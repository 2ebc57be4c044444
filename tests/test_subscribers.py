"""Nothing that names the reader of a mail gets into a record: parameters, click trackers, addresses in any encoding."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean import clean, clean_link, clean_url
from pipeline.counted import counted_addresses
from pipeline.extract.links import trimmed
from pipeline.records.issues import Issue, Kind, Link
from pipeline.subscribers import names_somebody, reader_of, scrubbed_link, scrubbed_links
from pipeline.tracking import KEPT, PARAMETERS
from tests.extracted import read
from tests.make import MADE
from tests.make import link as made_link
from tests.shared import NEWSLETTERS, needs_shared

ADDRESS = "jo.reader@mail.example"
READER = reader_of([ADDRESS])
TARGET = "https://a.example/p?b=1#L7"
SECRET = "Wk9xTm3Rb7Qp2Lz8Vc5Jd1Hs6Gf4Xa0Yt9Ku2Bn7Ei3Mo"


def b64(text: str | bytes) -> str:
    return urlsafe_b64encode(text.encode() if isinstance(text, str) else text).decode().rstrip("=")


def jwt(payload: dict[str, object]) -> str:
    return f"{b64(json.dumps({'alg': 'HS256'}))}.{b64(json.dumps(payload))}.{SECRET}"


def link(url: str, text: str = "A story", *, kind: Kind = "content", found: str = "") -> Link:
    return Link(id="l1", url=url, found=found or url, text=text, item="s1i1", kind=kind)


MAILGUN = b64(zlib.compress(urlencode({"h": "ab", "l": TARGET, "r": ADDRESS}).encode()))

DECODED: dict[str, str] = {
    "Stibee": f"https://event.stibee.com/v2/click/MTIzNDU/{b64(TARGET)}",
    "Kit": f"https://click.convertkit-mail2.com/d0umx2v{SECRET[:8]}/p8heh9h/{b64(TARGET)}",
    "Substack": f"https://substack.com/redirect/2/{b64(json.dumps({'e': TARGET}))}.{SECRET}",
    "beehiiv": f"https://flight.beehiiv.net/v2/clicks/{jwt({'url': TARGET, 'postId': '7'})}",
    "HubSpot Sales": f"https://t.sidekickopen.com/s3t/c/5/{SECRET}?te=W3&t={quote(TARGET, safe='')}&pi=1",
    "Mailgun": f"https://email.mg2.substack.com/c/{MAILGUN}",
    "Mailgun of anybody": f"https://email.news.example/c/{MAILGUN}",
    "Drip": f"https://t.dripemail2.com/c/{b64(json.dumps({'account_id': '1', 'url': TARGET}))}",
    "Customer.io": f"https://e.customeriomail.com/e/c/{b64(json.dumps({'email_id': SECRET, 'href': TARGET}))}/{SECRET}",
}

OPAQUE: dict[str, str] = {
    "HubSpot": f"https://d1a2b3.hubspotlinks.com/Ctc/T+113/{SECRET}",
    "HubSpot under a domain of the sender": f"https://hs.acme.example/e3t/Ctc/W+113/{SECRET}{SECRET}",
    "SendGrid": f"https://link.acme.example/ss/c/u001.{SECRET}{SECRET}/4ab/{SECRET}/h1/h001.x",
    "SendGrid, older": f"https://click.acme.example/ls/click?upn=u001.{SECRET}",
    "Mailgun": f"https://email.acme.example/c/eJ{SECRET}{SECRET}",
    "Mailchimp": "https://example.us5.list-manage.com/track/click?u=aa11bb22cc33dd44ee55ff66a&id=1234567890&e=0a1b2c3d4e",
    "Substack": f"https://substack.com/redirect/0f9619ff-8b86-4d01-b42d-00cf4fc964ff?j={jwt({'u': '1'})}",
    "Iterable": "https://links.acme.example/a/click?_t=0123456789abcdef0123&_m=fedcba9876543210&_e=Zz1yY2xz",
    "Ghost": "https://acme.example/r/1a2b3c4d?m=0f9619ff-8b86-4d01-b42d-00cf4fc964ff",
    "Salesforce": "https://click.e.acme.example/?qs=0123456789abcdef0123456789abcdef0123456789abcdef",
    "somebody's": f"https://click.acme.example/u/{SECRET}",
    "Brevo": f"https://r.mail.acme.example/tr/cl/{SECRET}",
}


# Click trackers


@pytest.mark.parametrize("maker", DECODED)
def test_a_tracker_that_carries_its_target_is_opened_and_leaves_no_trace(maker: str) -> None:
    cleaned = clean_link(link(DECODED[maker], found=f"<{DECODED[maker]}>"))
    assert (cleaned.url, cleaned.found) == (TARGET, f"<{TARGET}>")
    assert cleaned.publishable


@pytest.mark.parametrize("maker", OPAQUE)
def test_an_opaque_tracker_is_a_link_of_its_story_that_is_never_published(maker: str) -> None:
    cleaned = clean_link(link(OPAQUE[maker]))
    assert cleaned.kind == "content"
    assert "tracker" in cleaned.flags
    assert not cleaned.publishable
    assert not re.search(
        r"\w{30}|j=|e=|qs=|upn=|_[tme]=|m=", cleaned.model_copy(update={"wrapper": ""}).model_dump_json()
    )


@pytest.mark.parametrize("maker", [maker for maker in OPAQUE if maker not in ("Mailchimp", "Substack")])
def test_the_hash_of_an_opaque_tracker_finds_its_address_again(maker: str) -> None:
    url = OPAQUE[maker]
    assert scrubbed_link(link(url)).wrapper == hashlib.sha256(url.encode()).hexdigest()


NO_TARGETS = (
    *("javascript:alert(1)", "ftp://a.example/p", "https://", "a.example/p", "{}", "https://[x", "[]"),
    *('{"url": 5}', '{"url": "https://[x"}', '{"url": {"e": 1}}', '{"a":' * 5_000, "l=https://[x&r=1"),
)


@pytest.mark.parametrize("target", NO_TARGETS, ids=lambda target: target[:24])
def test_what_a_tracker_carries_is_a_web_address_or_nothing(target: str) -> None:
    cleaned = clean_link(link(f"https://event.stibee.com/v2/click/MTIz/{b64(target)}"))
    assert "tracker" in cleaned.flags
    assert not cleaned.publishable


@pytest.mark.parametrize(
    "url",
    [
        "https://email.acme.example/blog/why-we-rewrote-our-inference-server-in-rust-2026",
        "https://news.acme.example/2026/11/a-very-long-title-about-open-models-and-their-licences-in-2026",
        "https://go.dev/blog/go1.24-and-what-comes-after-it-for-the-runtime",
        "https://t.me/s/channel/1234",
        "https://github.com/a/b/commit/0123456789abcdef0123456789abcdef01234567",
        "https://huggingface.co/a/b-70B-Instruct-GGUF/blob/main/b-70b-instruct.Q4_K_M.gguf",
        "https://docs.google.com/document/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/edit",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PLtBw6njQRU-rwp5__7C0oIVt26ZgjG9NI",
        "https://arxiv.org/abs/2406.99001",
        "https://link.springer.com/article/10.1007/s11263-024-01234-5",
        "https://news.google.com/articles/CBMiXWh0dHBz0",
        "https://mastodon.social/@user@server.example/112233",
        "https://cdn.jsdelivr.net/npm/pkg@1.0.3/dist/pkg.min.js",
        "https://medium.com/@some.name/a-story-with-a-long-name-0123456789ab",
        "https://openreview.net/forum?id=WFYbBOEOtv",
        f"https://news.google.com/rss/articles/CBMi{SECRET}{SECRET}?oc=5",
        "https://s3.amazonaws.com/bucket/0123456789abcdef0123456789abcdef01234567abcdef.pdf",
        "https://colab.research.google.com/drive/1hhdhBa1j_hsymiW9m-WzxQtgqTH_NHqi",
        "https://x.com/i/web/status/1785279012232736991",
        "https://events.example.com/?key=short",
    ],
)
def test_a_page_with_a_long_address_is_no_tracker_and_no_secret(url: str) -> None:
    cleaned = clean_link(link(url))
    assert (cleaned.url, cleaned.kind, cleaned.flags) == (url, "content", ())


# Tokens that are left


@pytest.mark.parametrize("row", KEPT, ids=lambda row: row.name)
def test_what_opens_an_article_to_everybody_is_kept_and_published(row: object) -> None:
    assert isinstance(row, type(KEPT[0]))
    host = row.hosts[0] if row.hosts else "news.example"
    url = f"https://www.{host}/a?{row.name}={row.values or SECRET}"
    cleaned = clean_link(link(url))
    assert (cleaned.url, cleaned.publishable) == (url, True)
    assert len(row.reason) > 10


@pytest.mark.parametrize("name", ["access_token", "signature", "key", "auth", "uuid", "sig", "Token", "jwt"])
def test_what_a_page_may_need_is_held_back_and_its_value_is_not_kept(name: str) -> None:
    cleaned = clean_link(link(f"https://app.example.com/doc/7?{name}={SECRET}&page=2"))
    assert not cleaned.publishable
    assert SECRET not in cleaned.model_dump_json()


ENCODINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "percent": lambda address: quote(address, safe=""),
    "bounce": lambda address: address.replace("@", "="),
    "base64": lambda address: b64encode(address.encode()).decode(),
    "base64 in JSON": lambda address: b64(json.dumps({"to": address, "n": 1})),
    "JWT": lambda address: jwt({"email": address}),
    "hex": lambda address: address.encode().hex(),
    "MD5": lambda address: hashlib.md5(address.encode(), usedforsecurity=False).hexdigest(),
    "SHA-1": lambda address: hashlib.sha1(address.encode(), usedforsecurity=False).hexdigest(),
    "SHA-256": lambda address: hashlib.sha256(address.encode()).hexdigest(),
    "upper case": str.upper,
}
PLACES = ("https://a.example/p?x={}", "https://a.example/p/{}/q", "https://a.example/p#e={}", "https://a.example/p?{}")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_an_address_that_names_the_reader_in_any_encoding_is_not_kept(encoding: str, place: str) -> None:
    secret = ENCODINGS[encoding](ADDRESS)
    kept = scrubbed_link(link(place.format(secret)), READER)
    assert secret.lower() not in kept.model_dump_json().lower()
    assert not kept.publishable


@pytest.mark.parametrize("encoding", ["plain", "percent", "base64", "base64 in JSON", "JWT", "hex"])
def test_an_address_of_somebody_whom_no_header_names_is_held_back_too(encoding: str) -> None:
    assert names_somebody(f"https://a.example/p?x={ENCODINGS[encoding]('mia@home.example')}")


# Whole mails


def mail(body: str, *, headers: str = "") -> bytes:
    return (
        f"From: Acme News <news@acme.example>\r\nTo: Jo <{ADDRESS}>\r\n{headers}Subject: For {ADDRESS}\r\n"
        "Date: Wed, 12 Jun 2024 21:40:12 +0000\r\nMessage-ID: <1@acme.example>\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: text/html; charset="utf-8"\r\n\r\n<html><body><h2>News</h2>{body}</body></html>'
    ).encode()


def issue_of(body: bytes) -> Issue:
    return read(body, "mail.eml")


def test_no_record_of_a_mail_names_its_reader() -> None:
    links = [place.format(encode(ADDRESS)) for place in PLACES for encode in ENCODINGS.values()]
    links += [
        f"https://a.example/p?{row.name.replace('*', 'x')}={SECRET}"
        for row in PARAMETERS
        if row.personal and not (row.hosts or row.values)
    ]
    links += [*OPAQUE.values(), *DECODED.values()]
    stories = "".join(f'<p>Acme released model {n}. <a href="{url}">Read it</a></p>' for n, url in enumerate(links))
    issue = issue_of(mail(f"<p>Hi {ADDRESS},</p>{stories}<p>Sent to {ADDRESS.upper()}.</p>"))
    cleaned = clean(issue, made_from=MADE)
    assert len(issue.links) == len(links)
    for record in (issue, cleaned):
        kept = record.model_dump_json().lower()
        assert SECRET.lower() not in kept
        for encode in ENCODINGS.values():
            assert encode(ADDRESS).lower() not in kept
    assert "Hi [reader]," in kept or "hi [reader]," in kept


@pytest.mark.parametrize("header", ["Delivered-To", "X-Original-To", "Envelope-To", "X-Forwarded-To", "Cc"])
def test_whoever_a_mail_was_delivered_to_is_its_reader(header: str) -> None:
    body = mail("<p>Hi mia@home.example, Acme released a model.</p>", headers=f"{header}: <mia@home.example>\r\n")
    assert "mia@home.example" not in issue_of(body).model_dump_json()


def test_the_sender_of_a_mail_is_no_reader() -> None:
    body = mail(
        "<p>Acme released a model. Write to news@acme.example for access.</p>", headers="Cc: news@acme.example\r\n"
    )
    assert "news@acme.example" in issue_of(body).model_dump_json()


# Whatever the address


_NAMES = st.sampled_from(
    [row.name.rstrip("*") for row in PARAMETERS] + [row.name for row in KEPT] + ["id", "q", "page"]
)
_VALUES = st.text("abcXYZ019-_.~%", max_size=24)
_QUERY = st.lists(st.tuples(_NAMES, _VALUES).map("=".join), max_size=5).map("&".join)
_HOSTS = st.sampled_from(
    ["x.com", "www.linkedin.com", "a.substack.com", "n.news.naver.com", "shop.example", "www.google.com"]
)


@given(_HOSTS, st.text("abc019-_~.*!", max_size=20), _QUERY)
def test_cleaning_takes_off_whole_pairs_only(host: str, path: str, query: str) -> None:
    before = f"https://{host}/{path}?{query}"
    after = clean_url(before)
    assert after.partition("?")[0] == before.partition("?")[0]
    kept = after.partition("?")[2].split("&")
    pairs = iter(query.split("&"))
    assert all(any(pair == one for one in pairs) for pair in kept if pair)


WRAPPERS: dict[str, Callable[[str], str]] = {
    "Stibee": lambda target: f"https://event.stibee.com/v2/click/MTIzNDU/{b64(target)}",
    "Substack": lambda target: f"https://substack.com/redirect/2/{b64(json.dumps({'e': target}))}.{SECRET}",
    "beehiiv": lambda target: f"https://flight.beehiiv.net/v2/clicks/{jwt({'url': target})}",
    "Mailgun": lambda target: (
        f"https://email.mg2.substack.com/c/{b64(zlib.compress(urlencode({'l': target}).encode()))}"
    ),
    "Google": lambda target: f"https://www.google.com/url?q={quote(target, safe='')}&sa=D",
    "Outlook": lambda target: f"https://a.safelinks.protection.outlook.com/?url={quote(target, safe='')}&data={SECRET}",
}


@given(
    st.lists(st.sampled_from(sorted(WRAPPERS)), min_size=1, max_size=3),
    st.text("abc019-_~.*!%/", max_size=30).filter(lambda path: "%" not in path),
    st.lists(st.tuples(st.sampled_from(["id", "q", "v"]), st.text("aZ09-_~.", max_size=9)).map("=".join), max_size=3),
)
def test_a_wrapped_address_comes_out_byte_for_byte(makers: list[str], path: str, pairs: list[str]) -> None:
    target = f"https://a.example/{path}" + ("?" + "&".join(pairs) if pairs else "")
    wrapped = target
    for maker in makers:
        wrapped = WRAPPERS[maker](wrapped)
    assert clean_url(wrapped) == target


@given(st.text("abc019-_~.*!", max_size=20), st.sampled_from(["", ")", ").", "**", ",", '"', ">)", "🎹", "…"]))
def test_only_what_was_glued_to_a_bare_address_is_trimmed(path: str, debris: str) -> None:
    address = f"https://a.example/{path}x"
    assert trimmed(address + debris) == address


@needs_shared
def test_no_address_of_a_real_newsletter_changes_but_by_named_parameters() -> None:
    found = {
        url
        for path in sorted(NEWSLETTERS.glob("*.md"))
        for url in re.findall(r"\]\((https?://[^\s()<>\"\\]+)\)", path.read_text("utf-8"))
        if "google." not in url
    }
    assert len(found) > 3_000
    for url in found:
        after = clean_url(url)
        assert url.startswith(after.partition("?")[0].partition("#")[0])
        pairs = re.split("[?&#;]", url)
        assert [piece for piece in re.split("[?&#;]", after) if piece not in pairs] == []


COUNTER = "https://news.maker.example/go"


def test_links_by_a_counter_of_the_newsletters_own_are_held_back_and_keep_their_hash() -> None:
    links = tuple(
        made_link(f"l{n}", f"{COUNTER}/{page}?rid=00417-J7RD", text=page)
        for n, page in enumerate(("roof", "moss", "heat", "hemp", "figs"))
    )
    found = scrubbed_links(links)
    assert all({"tracker", "subscriber"} <= set(one.flags) for one in found)
    assert not any("J7RD" in one.model_dump_json() for one in found)
    assert len({one.wrapper for one in found}) == len(links)


@pytest.mark.parametrize(
    "urls",
    [
        [f"https://x.com/Teknium1/status/{n}" for n in range(4)] + [f"https://x.com/other{n}" for n in range(9)],
        [f"https://github.com/maker/tool/blob/main/file{n}.py" for n in range(9)],
        [f"https://a{n}.example/page?edition=2024week23" for n in range(9)],
        [f"{COUNTER}/p{n}?rid=00417-J7RD" for n in range(4)],
        [f"https://x.com/a{n}/status/{n}?utm_source=maker&utm_campaign=week24-letter7" for n in range(9)],
    ],
)
def test_what_links_have_in_common_by_chance_or_by_name_holds_none_back(urls: list[str]) -> None:
    assert counted_addresses(urls) == frozenset()
