from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.charset import decode
from pipeline.errors import ExtractError
from tests.shared import SHARED, needs_shared

KOREAN = "안녕하세요. 오늘의 인공지능 소식입니다. 새 모델이 나왔습니다."
FRENCH = "Le modèle a été publié à Zürich — “déjà”"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp949", "iso2022_kr"])
@pytest.mark.parametrize("label", [None, "utf-8", "euc-kr", "iso-8859-1", "ks_c_5601-1987", "no-such-charset", "zip"])
def test_korean_is_read_whatever_the_label_says(codec: str, label: str | None) -> None:
    assert decode(KOREAN.encode(codec), label=label) == KOREAN


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        (FRENCH, "cp1252", "utf-8"),
        (FRENCH, "cp1252", "iso-8859-1"),
        (FRENCH, "cp1252", None),
        (FRENCH, "utf-8", "iso-8859-1"),
        ("今日のニュースです。新しいモデルが出ました。", "cp932", None),
        ("今日のニュースです。新しいモデルが出ました。", "iso2022_jp", None),
        ("今天的新闻，新的模型发布了。", "gb18030", None),
        ("Новости дня", "cp1251", "windows-1251"),
        ("plain", "ascii", "utf-16"),
    ],
)
def test_other_languages_are_read(text: str, codec: str, label: str | None) -> None:
    assert decode(text.encode(codec), label=label) == text


def test_the_label_in_the_page_counts_where_no_header_has_one() -> None:
    page = '<html><head><meta charset="windows-1251"></head><body>Новости</body></html>'
    assert decode(page.encode("cp1251")) == page


def test_one_bad_byte_does_not_change_the_charset() -> None:
    assert decode((KOREAN * 20).encode() + b"\xf0\x9f") == KOREAN * 20 + "\ufffd"
    assert decode(b"\xff" + (KOREAN * 20).encode("cp949"), label="euc-kr").endswith(KOREAN)


def test_lossless_mojibake_is_repaired_and_nothing_else_is_changed() -> None:
    broken = KOREAN.encode().decode("latin-1")
    assert decode(f"“curly” １２３ ﬁ …\n{broken}\nl’été".encode()) == f"“curly” １２３ ﬁ …\n{KOREAN}\nl’été"
    assert decode("don’t".encode().decode("sloppy-windows-1252").encode()) == "don’t"


def test_lossy_mojibake_is_refused_with_the_reason() -> None:
    lost = (KOREAN * 5).encode().decode("cp1252", "ignore")
    with pytest.raises(ExtractError, match="decoded wrongly somewhere before") as error:
        decode(lost.encode())
    assert "cannot be repaired" in str(error.value)
    with pytest.raises(ExtractError, match="decoded wrongly"):
        decode(KOREAN.encode("cp949").decode("utf-8", "replace").encode())


def test_a_few_slips_in_a_long_text_are_tolerated() -> None:
    text = "A sentence of the newsletter.\n" * 5000
    slips = text + "you\xe2\x80\x99re\n" + "cut emoji \ufffd\n" * 20
    assert decode(slips.encode()).count("you’re") == 1


@needs_shared
def test_the_broken_seed_is_refused_and_the_good_one_is_read() -> None:
    good, broken = sorted((SHARED / "seeds").glob("*.txt"))
    assert decode(good.read_bytes()) == good.read_text(encoding="utf-8")
    with pytest.raises(ExtractError, match="cannot be repaired"):
        decode(broken.read_bytes())


@pytest.mark.parametrize(
    ("body", "media_type", "name"),
    [
        (b"%PDF-1.7\n...", "", "a PDF"),
        (b"\x89PNG\r\n\x1a\n....", "text/html", "a PNG image"),
        (b"\xff\xd8\xff\xe0....", "", "a JPEG image"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "", "a WebP image"),
        (b"PK\x03\x04....", "", "a ZIP archive"),
        (b"\x1f\x8b\x08....", "", "a gzip archive"),
        (b"....", "image/heic", "labelled image/heic"),
        (bytes(range(256)) * 8, "", "binary data"),
    ],
)
def test_what_is_no_text_is_refused_by_its_name(body: bytes, media_type: str, name: str) -> None:
    with pytest.raises(ExtractError, match=name):
        decode(body, media_type=media_type)


@pytest.mark.parametrize("body", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\x00\x00"])
def test_an_empty_file_is_refused(body: bytes) -> None:
    with pytest.raises(ExtractError, match="the file is empty"):
        decode(body)


@given(
    st.binary(), st.sampled_from([None, "utf-8", "utf-16", "euc-kr", "iso-2022-jp", "punycode", "idna", "hex", "\x00"])
)
def test_any_bytes_are_text_or_a_reason(body: bytes, label: str | None) -> None:
    with contextlib.suppress(ExtractError):
        decode(body, label=label).encode("utf-8", "surrogatepass")
