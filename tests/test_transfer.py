"""A declared transfer encoding is believed only where the body keeps its rules."""

from __future__ import annotations

import quopri
from base64 import b64encode, encodebytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.transfer import decoded_body
from tests.extracted import read

HTML = (
    '<html><body><h2>News</h2><p>Acme shipped <a href="https://acme.example/p?id=42&v=beta">beta</a>.</p></body></html>'
)


def mail(body: str, encoding: str) -> bytes:
    head = f'Subject: News\r\nContent-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'
    return (head + body).encode()


def link_of(body: bytes) -> str:
    (link,) = read(body, "mail.eml").links
    return link.url


def test_a_body_that_declares_quoted_printable_and_is_not_keeps_its_links() -> None:
    assert link_of(mail(HTML, "quoted-printable")) == "https://acme.example/p?id=42&v=beta"


def test_a_body_that_declares_base64_and_is_not_is_read_as_it_is() -> None:
    assert link_of(mail(HTML, "base64")) == "https://acme.example/p?id=42&v=beta"


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_an_encoded_body_is_decoded(encoding: str) -> None:
    text = HTML.encode() + "한국어".encode() * 40
    body = quopri.encodestring(text) if encoding == "quoted-printable" else encodebytes(text)
    assert decoded_body(body, encoding, charset="utf-8") == (text, "")
    assert link_of(mail(body.decode(), encoding.upper())) == "https://acme.example/p?id=42&v=beta"


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_a_body_that_is_encoded_twice_is_decoded_twice_and_the_record_says_so(encoding: str) -> None:
    text = HTML + "소식입니다. " * 40
    encode = quopri.encodestring if encoding == "quoted-printable" else encodebytes
    issue = read(mail(encode(encode(text.encode())).decode(), encoding), "mail.eml")
    assert issue.links[0].url == "https://acme.example/p?id=42&v=beta"
    assert issue.notes == ("html part: was encoded twice",)


def test_the_record_says_what_was_declared_and_not_kept() -> None:
    assert read(mail(HTML, "quoted-printable"), "mail.eml").notes == (
        "html part: declared quoted-printable and is not",
    )


@pytest.mark.parametrize("text", ["See https://acme.example/?a=1&b=be for more", f"{'x' * 90} a=42 b", "a=\u00e9"])
def test_plain_text_with_equals_signs_is_no_quoted_printable(text: str) -> None:
    assert decoded_body(text.encode(), "quoted-printable", charset="utf-8")[0] == text.encode()


@given(st.binary(max_size=300), st.sampled_from(["quoted-printable", "base64", "7bit", "x-unknown", ""]))
def test_any_bytes_give_bytes(raw: bytes, encoding: str) -> None:
    assert isinstance(decoded_body(raw, encoding, charset="utf-8")[0], bytes)


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=200))
def test_what_an_encoder_wrote_comes_back(text: str) -> None:
    raw = text.encode()
    assert decoded_body(b64encode(raw), "base64", charset="utf-8")[0] == raw
    quoted = quopri.encodestring(raw)
    assert decoded_body(quoted, "quoted-printable", charset="utf-8")[0] == quopri.decodestring(quoted)
