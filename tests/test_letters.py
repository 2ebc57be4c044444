"""Reading mails: subjects, bodies and dates as mailers really write them, and mails made to exhaust a reader."""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import quopri
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import FetchError
from pipeline.instants import read_instant
from pipeline.letters import date_of_forwarded, read_letter, read_letter_head

HANGUL = "오늘의 인공지능 소식"


def mail(headers: str, body: bytes = b"hello there") -> bytes:
    return headers.strip().encode("utf-8", "surrogateescape").replace(b"\n", b"\r\n") + b"\r\n\r\n" + body


def encoded_word(text: str, label: str, codec: str) -> str:
    return f"=?{label}?B?{base64.b64encode(text.encode(codec)).decode()}?="


@pytest.mark.parametrize(
    ("label", "codec"),
    [("utf-8", "utf-8"), ("ISO-2022-KR", "iso2022_kr"), ("ks_c_5601-1987", "cp949"), ("euc-kr", "euc_kr")],
)
def test_subjects_in_korean_charsets_are_decoded(label: str, codec: str) -> None:
    letter = read_letter(mail(f"Subject: {encoded_word(HANGUL, label, codec)}"))
    assert letter.subject == HANGUL


def test_cp949_syllables_beyond_euc_kr_are_decoded_under_the_euc_kr_label() -> None:
    assert (
        read_letter(mail(f"Subject: {encoded_word('똠방각하 뷁', 'ks_c_5601-1987', 'cp949')}")).subject == "똠방각하 뷁"
    )


def test_a_character_cut_between_two_encoded_words_is_joined_again() -> None:
    raw = HANGUL.encode()
    words = [f"=?utf-8?B?{base64.b64encode(part).decode()}?=" for part in (raw[:7], raw[7:])]
    assert read_letter(mail(f"Subject: {words[0]}\n {words[1]}")).subject == HANGUL


def test_subjects_sent_as_bare_bytes_are_decoded() -> None:
    body = b"Subject: " + "인공지능 뉴스 요약입니다".encode("cp949") + b"\r\n\r\nhello"
    assert read_letter(body).subject == "인공지능 뉴스 요약입니다"
    assert read_letter(b"Subject: [AINews] " + HANGUL.encode() + b"\r\n\r\nhi").subject == f"[AINews] {HANGUL}"


def test_folded_subjects_are_one_line_without_invisible_characters() -> None:
    assert (
        read_letter(mail("Subject: [AINews] quiet\n day,\u200b really\n\tquiet")).subject
        == "[AINews] quiet day, really quiet"
    )


def test_broken_encoded_words_do_not_stop_the_mail() -> None:
    assert read_letter(mail("Subject: =?utf-8?B?a?= end")).subject.endswith("end")
    assert read_letter(mail("Subject: =?no-such-charset?Q?caf=C3=A9?=")).subject == "café"


def test_sender_and_message_id_are_bare() -> None:
    letter = read_letter(mail('From: "AI News" <News@Example.COM>\nMessage-ID:  <abc.1@example.com> '))
    assert (letter.sender, letter.message_id) == ("news@example.com", "abc.1@example.com")


def test_both_alternatives_are_read_and_attachments_are_not() -> None:
    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content(f"text {HANGUL}", cte="base64")
    message.add_alternative(f"<p>html {HANGUL}</p>", subtype="html", cte="quoted-printable")
    message.add_attachment("<p>attached</p>", subtype="html", filename="a.html")
    letter = read_letter(message.as_bytes())
    assert letter.text == f"text {HANGUL}\n"
    assert letter.html == f"<p>html {HANGUL}</p>\n"


def test_wrong_charset_labels_are_overruled_by_the_bytes() -> None:
    body = quopri.encodestring(f"<p>{HANGUL}</p>".encode())
    headers = "Content-Type: text/html; charset=us-ascii\nContent-Transfer-Encoding: quoted-printable"
    assert read_letter(mail(headers, body)).html == f"<p>{HANGUL}</p>"
    cp949 = ("<p>" + HANGUL * 5 + "</p>").encode("cp949")
    assert read_letter(mail("Content-Type: text/html; charset=utf-8", cp949)).html == f"<p>{HANGUL * 5}</p>"


def test_a_blank_alternative_is_none() -> None:
    message = EmailMessage()
    message.set_content("  \n")
    message.add_alternative("<p>here</p>", subtype="html")
    letter = read_letter(message.as_bytes())
    assert letter.text is None
    assert letter.html is not None


UTC_2209 = dt.datetime(2024, 5, 3, 22, 9, 28, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "date",
    [
        "Fri, 03 May 2024 22:09:28 +0000",
        "Fri, 03 May 2024 22:09:28 -0000",
        "Fri, 03 May 2024 22:09:28 GMT",
        "3 May 2024 22:09:28 +0000",
        "Fri, 3 May 24 22:09:28 GMT",
        "Sat, 04 May 2024 07:09:28 KST",
        "Sat, 04 May 2024 07:09:28 +0900 (KST)",
        "Fri, 03 May 2024 17:09:28 EST",
        "Fri, 03 May 2024 15:09:28 PDT",
        "Fri, 03 May 2024 22:09:28",
        "2024-05-03T22:09:28Z",
        "2024-05-04T07:09:28+09:00",
    ],
)
def test_dates_are_read_as_mailers_write_them(date: str) -> None:
    assert read_letter(mail(f"Date: {date}")).date == UTC_2209


@pytest.mark.parametrize(
    "date",
    [
        "",
        "soon",
        "Fri, 30 Feb 2024 10:00:00 +0000",
        "Thu, 01 Jan 1970 00:00:00 +0000",
        "Fri, 03 May 2024 25:61:00",
        "9" * 500,
    ],
)
def test_impossible_dates_are_none(date: str) -> None:
    assert read_letter(mail(f"Subject: x\nDate: {date}")).date is None


def test_a_day_without_a_time_is_its_noon() -> None:
    assert read_instant("2024-05-03") == dt.datetime(2024, 5, 3, 12, tzinfo=dt.UTC)
    assert read_instant("2024-05-03 00:00") == dt.datetime(2024, 5, 3, tzinfo=dt.UTC)


def test_the_head_is_read_alone() -> None:
    head = read_letter_head(
        mail("Subject: one\nDate: Fri, 03 May 2024 22:09:28 GMT\nMessage-ID: <m@x>", b"Subject: two")
    )
    assert (head.subject, head.message_id, head.date, head.html, head.text) == ("one", "m@x", UTC_2209, None, None)


def nested(depth: int) -> bytes:
    opened = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return f"Subject: x\n{opened}Content-Type: text/plain\n\nhello\n".encode()


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (b"", "the mail is empty"),
        (b" \n\n ", "the mail is empty"),
        (b"Subject: only a head\n\n", "the mail has no body"),
        (nested(1_000), "MIME parts nested too deep"),
        (b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nhello\n" * 10_000, "too many lines or parts"),
        (b"Subject: x\n\n" + b"\n" * 2_000_000, "too many lines or parts"),
        (b"Subject: x\n\n" + b"x" * 15_000_000, "larger than 15 MB"),
    ],
)
def test_bad_mails_are_refused_with_one_line(body: bytes, line: str) -> None:
    with pytest.raises(FetchError, match=line):
        read_letter(body)


def test_parts_a_little_nested_are_read() -> None:
    assert (read_letter(nested(8)).text or "").strip() == "hello"


@pytest.mark.parametrize(
    "header", ["Subject", "From", "Date", "Message-ID", "Content-Type", "Content-Transfer-Encoding"]
)
@pytest.mark.parametrize(
    "value", ["x " * 500_000, "=?utf-8?q?x?= " * 70_000, "(" * 1_000_000, "<a@b>," * 200_000, ";b=c" * 250_000]
)
def test_a_megabyte_of_header_is_read_or_refused(header: str, value: str) -> None:
    with contextlib.suppress(FetchError):
        read_letter(f"{header}: {value}\nX-Other: y\n\nhello".encode())


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=30),
            st.sampled_from(
                [
                    b"Subject: ",
                    b"Content-Type: ",
                    b"multipart/mixed; boundary=b",
                    b"\n\n--b\n",
                    b"--b--",
                    b"From: (",
                    b"\n",
                    b"=?utf-8?B?",
                    b"?=",
                    b"message/rfc822\n\n",
                    b"; charset=",
                    b"Content-Transfer-Encoding: base64\n",
                    b'"<[',
                ]
            ),
        ),
        max_size=25,
    )
)
def test_any_bytes_give_a_letter_or_a_fetch_error(pieces: list[bytes]) -> None:
    with contextlib.suppress(FetchError):
        letter = read_letter(b"".join(pieces))
        assert letter.html is not None or letter.text is not None
        letter.model_dump_json()


@pytest.mark.parametrize(
    ("head", "instant"),
    [
        (
            "-- Forwarded message --<br>From: Ida<br>Date: Fri, Feb 18, 2022 at 11:57 PM<br>",
            (2022, 2, 18, 23, 57),
        ),
        ("From: Ida\nSent: Tuesday, March 3, 2026 9:05 AM\nTo: Bo\nSubject: Tides", (2026, 3, 3, 9, 5)),
        ("Begin forwarded message:\nFrom: Ida\nDate: 3 March 2026 at 12:00:11 GMT\n", (2026, 3, 3, 12, 0)),
        ("From: Ida\nDate: February 31, 2026", None),
        ("Ida wrote on Date: March 3, 2026", None),
    ],
)
def test_a_forwarded_mail_states_its_own_date(head: str, instant: tuple[int, ...] | None) -> None:
    expected = None if instant is None else dt.datetime(*instant, tzinfo=dt.UTC)  # type: ignore[arg-type]
    assert date_of_forwarded(head) == expected


STORY = f"<p>{HANGUL}: one story of the day</p>"
INNER_HEAD = "Subject: inner\nDate: Fri, 03 May 2024 22:09:28 GMT\n"
INNER = f"{INNER_HEAD}Content-Type: text/html; charset=utf-8\n\n{STORY}\n"
PLAIN_PART = "Content-Type: text/plain\n\nthe other alternative\n"
HTML_PART = f"Content-Type: text/html; charset=utf-8\n\n{STORY}\n"


def parts(kind: str, *those: str, boundary: str = "b", more: str | None = None) -> bytes:
    head = f"Subject: outer\nContent-Type: {kind}{f'; boundary={boundary}' if more is None else more}\n\n"
    return (head + "".join(f"--{boundary}\n{part}\n" for part in those) + f"--{boundary}--\n").encode()


@pytest.mark.parametrize(
    "body",
    [
        b"Subject: outer\nContent-Type: message/rfc822\n\n" + INNER.encode(),
        parts("multipart/mixed", "Content-Type: text/plain\n\nFYI\n", f"Content-Type: message/rfc822\n\n{INNER}"),
        parts(
            "multipart/mixed",
            PLAIN_PART,
            "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
            + base64.encodebytes(INNER.encode()).decode(),
        ),
        parts(
            "multipart/mixed",
            PLAIN_PART,
            "Content-Type: message/rfc822\nContent-Disposition: attachment\n\n"
            + parts("multipart/alternative", PLAIN_PART, HTML_PART, boundary="c")
            .decode()
            .replace("Subject: outer", "Subject: inner\nDate: Fri, 03 May 2024 22:09:28 GMT"),
        ),
    ],
    ids=["alone", "beside a note", "encoded", "with alternatives"],
)
def test_of_a_forwarded_mail_the_mail_that_was_forwarded_is_read(body: bytes) -> None:
    letter = read_letter(body)
    assert (letter.subject, letter.date) == ("inner", UTC_2209)
    assert letter.html is not None
    assert STORY in letter.html


def test_a_forwarded_mail_has_the_readers_of_both_mails_and_its_own_sender() -> None:
    inner = f"To: jo@one.example\nFrom: news@news.example\n{INNER}"
    outer = b"Subject: Fwd\nTo: me@two.example\nFrom: jo@one.example\nContent-Type: message/rfc822\n\n"
    letter = read_letter(outer + inner.encode())
    assert letter.sender == "news@news.example"
    assert set(letter.readers) >= {"jo@one.example", "me@two.example"}


def test_a_bomb_inside_an_encoded_mail_is_refused() -> None:
    packed = base64.encodebytes(nested(1_000))
    head = b"Subject: x\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
    with pytest.raises(FetchError, match="nested too deep"):
        read_letter(head + packed)


def test_a_report_of_failed_delivery_is_not_the_mail_that_it_quotes() -> None:
    body = parts("multipart/report", PLAIN_PART, f"Content-Type: message/rfc822\n\n{INNER}")
    assert read_letter(body).subject == "outer"


def test_every_mail_of_a_digest_stands_under_its_subject() -> None:
    second = INNER.replace("inner", "second").replace("<p>", "<html><head><title>t</title></head><body><p>2: ", 1)
    letter = read_letter(parts("multipart/digest", f"\n{INNER}", f"\n{second}"))
    assert letter.subject == "outer"
    assert letter.html is not None
    assert letter.html.index("<h2>inner</h2>") < letter.html.index(STORY) < letter.html.index("<h2>second</h2>")
    assert f"<p>2: {HANGUL}" in letter.html
    assert "<body>" not in letter.html


@pytest.mark.parametrize(
    "body",
    [
        parts("multipart/alternative", PLAIN_PART, HTML_PART, boundary="----=_b=1"),
        parts("multipart/alternative", PLAIN_PART, HTML_PART, boundary="----=_b", more=""),
        parts("multipart/alternative", PLAIN_PART, HTML_PART, boundary="real", more="; boundary=wrong"),
        b"\n" + parts("multipart/alternative", PLAIN_PART, HTML_PART),
        b"\r\n\r\n" + parts("multipart/alternative", PLAIN_PART, HTML_PART).replace(b"\n", b"\r\n"),
        parts("multipart/mixed", HTML_PART.replace("\n\n", "\nContent-Disposition: attachment\n\n", 1)),
        b"Subject: outer\nContent-Disposition: attachment\n" + HTML_PART.encode(),
        parts("multipart/alternative", PLAIN_PART, HTML_PART.replace("text/html", "application/xhtml+xml")),
        b"Subject: outer\n" + HTML_PART.replace("text/html", "application/xhtml+xml").encode(),
    ],
    ids=[
        "a boundary with = and no quotes",
        "no boundary",
        "a wrong boundary",
        "a blank line before the headers",
        "two of them",
        "an attachment alone",
        "a body as attachment",
        "XHTML beside text",
        "XHTML alone",
    ],
)
def test_bodies_of_unusual_structure_are_read(body: bytes) -> None:
    letter = read_letter(body)
    assert letter.subject == "outer"
    assert letter.html is not None
    assert letter.html.strip() == STORY


LINK = '<a href="https://acme.example/p?id=42&v=beta">one</a>'


def encoded_part(encoding: str, body: bytes) -> bytes:
    return mail(f"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: {encoding}", body)


@pytest.mark.parametrize(
    ("encoding", "body", "html", "notes"),
    [
        ("quoted-printable", LINK.encode(), LINK, 1),
        ("quoted-printable", b"https://acme.example/?id=42&v=BE", "https://acme.example/?id=42&v=BE", 1),
        ("quoted-printable", (b"word " * 30) + b"?id=42", "word " * 30 + "?id=42", 1),
        ("Quoted-Printable", quopri.encodestring(f"{LINK}{STORY}".encode()), LINK + STORY, 0),
        ("quoted-printable", b"<p>" + b"plain words " * 30 + b"</p>", "<p>" + "plain words " * 30 + "</p>", 0),
        ("quoted-printable", quopri.encodestring(quopri.encodestring(LINK.encode())), LINK, 1),
        ("base64", LINK.encode(), LINK, 1),
        ("base64", b"hello there", "hello there", 1),
        ("base64", base64.encodebytes(f"{LINK}{STORY}".encode()), LINK + STORY, 0),
        ("base64", base64.encodebytes(base64.encodebytes(f"{LINK}{STORY}".encode())), LINK + STORY, 1),
        ("base64", base64.b64encode(b"x" * 90).rstrip(b"=")[:-3], "x" * 87, 0),
        ("8bit", b"id=3D42", "id=3D42", 0),
    ],
)
def test_a_declared_encoding_is_believed_only_where_the_body_keeps_its_rules(
    encoding: str, body: bytes, html: str, notes: int
) -> None:
    letter = read_letter(encoded_part(encoding, body))
    assert (letter.html or "").rstrip("\n") == html.rstrip("\n")
    assert len(letter.notes) == notes
