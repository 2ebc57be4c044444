"""Reading feeds: what each dialect calls the full text, ids that repeat, and feeds made to exhaust a parser."""

from __future__ import annotations

import contextlib
import datetime as dt
import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import FetchError
from pipeline.feeds import parse_feed

LONG = "<h1>AI Recap</h1>" + "<p>Ten words of news stand in each of these paragraphs.</p>" * 40


def rss(items: str, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> bytes:
    return (
        f'{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Daily &amp;amp; News</title>{items}</channel></rss>"
    ).encode()


def item(number: int = 1, *, guid: str = "", title: str = "A title", more: str = "") -> str:
    guid = f'<guid isPermaLink="false">{guid}</guid>' if guid else ""
    return f"<item><title>{title}</title><link>https://news.example/issues/{number}/</link>{guid}{more}</item>"


def test_full_text_of_rss_is_content_encoded_and_the_description_its_summary() -> None:
    more = f"<description>A teaser.</description><content:encoded>{html.escape(LONG)}</content:encoded>"
    feed = parse_feed(rss(item(guid="g1", more=more + "<pubDate>Fri, 03 May 2024 22:09:28 KST</pubDate>")))
    (entry,) = feed.entries
    assert feed.title == "Daily & News"
    assert (entry.id, entry.url, entry.title) == ("g1", "https://news.example/issues/1/", "A title")
    assert (entry.html, entry.summary) == (LONG, "A teaser.")
    assert entry.published == dt.datetime(2024, 5, 3, 13, 9, 28, tzinfo=dt.UTC)


def test_cdata_and_escaping_give_the_same_text() -> None:
    escaped = parse_feed(rss(item(more=f"<content:encoded>{html.escape(LONG)}</content:encoded>")))
    cdata = parse_feed(rss(item(more=f"<content:encoded><![CDATA[{LONG}]]></content:encoded>")))
    assert escaped == cdata


def test_entities_are_decoded_once_for_each_layer() -> None:
    twice = "&lt;p&gt;A &amp;amp;#x26; B &amp;lt;code&amp;gt;&lt;/p&gt;"
    (entry,) = parse_feed(rss(item(title="AT&amp;amp;T", more=f"<content:encoded>{twice}</content:encoded>"))).entries
    assert entry.html == "<p>A &amp;#x26; B &lt;code&gt;</p>"
    assert entry.title == "AT&T"


def test_a_description_with_the_whole_newsletter_is_the_full_text() -> None:
    (entry,) = parse_feed(rss(item(more=f"<description>{html.escape(LONG)}</description>"))).entries
    assert (entry.html, entry.summary) == (LONG, "")


@pytest.mark.parametrize("teaser", ["**Bold** Markdown of a model. " * 40, "<p>Fifty words of a blog. Read more</p>"])
def test_a_teaser_is_not_the_full_text(teaser: str) -> None:
    (entry,) = parse_feed(rss(item(more=f"<description>{html.escape(teaser)}</description>"))).entries
    assert entry.html == ""
    assert entry.summary == teaser.strip()


def test_atom_is_read_in_all_its_types_of_content() -> None:
    def atom(content: str) -> str:
        body = (
            '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><id>tag:1</id><title type="html">'
            f'A &amp;amp; B</title><link href="/rel"/><updated>2024-05-03T22:09:28Z</updated>{content}</entry></feed>'
        )
        (entry,) = parse_feed(body.encode()).entries
        assert (entry.id, entry.url, entry.title) == ("tag:1", "/rel", "A & B")
        assert entry.published == dt.datetime(2024, 5, 3, 22, 9, 28, tzinfo=dt.UTC)
        return entry.html

    assert atom('<content type="html">&lt;p&gt;hi&lt;/p&gt;</content>') == "<p>hi</p>"
    xhtml = '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>hi</p></div></content>'
    assert "<p>hi</p>" in atom(xhtml)
    assert atom('<content type="text">1 &lt; 2\n\nnext</content>') == "<p>1 &lt; 2</p><p>next</p>"
    assert atom("<summary>only this</summary>") == ""


def test_relative_addresses_and_active_markup_stay_as_they_are() -> None:
    content = '<p><a href="/a?b=1&amp;c=2" style="x" onclick="y">z</a></p>'
    (entry,) = parse_feed(rss(item(more=f"<content:encoded>{html.escape(content)}</content:encoded>"))).entries
    assert entry.html == content


def test_guids_that_repeat_give_way_to_the_link() -> None:
    feed = parse_feed(rss(item(1, guid="same") + item(2, guid="same") + item(3, guid="own")))
    assert [entry.id for entry in feed.entries] == [
        "https://news.example/issues/1/",
        "https://news.example/issues/2/",
        "own",
    ]


def test_entries_that_share_guid_and_link_are_told_apart_by_title_and_twins_are_one() -> None:
    feed = parse_feed(rss(item(guid="g", title="a") + item(guid="g", title="b") + item(guid="g", title="b")))
    assert [entry.title for entry in feed.entries] == ["a", "b"]
    assert len({entry.id for entry in feed.entries}) == 2


@pytest.mark.parametrize(
    "published", ["", "<pubDate>30 Feb 2024</pubDate>", "<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>"]
)
def test_an_entry_without_a_usable_date_has_none(published: str) -> None:
    assert parse_feed(rss(item(more=published))).entries[0].published is None


def test_bare_ampersands_and_html_entities_are_mended_outside_cdata() -> None:
    more = (
        "<description>Q&A &nbsp;&hellip;</description><content:encoded><![CDATA[<p>R&D &nbsp;</p>]]></content:encoded>"
    )
    (entry,) = parse_feed(rss(item(title="Q&A &copy; R&D", more=more))).entries
    assert entry.title == "Q&A © R&D"
    assert entry.html == "<p>R&D &nbsp;</p>"


def test_a_feed_cut_in_the_middle_gives_its_whole_entries() -> None:
    whole = rss("".join(item(number, guid=str(number)) for number in range(5)))
    entries = parse_feed(whole[: whole.index(b">3</guid>")]).entries
    assert [entry.id for entry in entries][:3] == ["0", "1", "2"]


def test_prefixes_nobody_declared_do_not_stop_a_feed() -> None:
    assert parse_feed(rss("<media:rating>all</media:rating>" + item())).entries[0].title == "A title"


@pytest.mark.parametrize(
    ("declared", "encoded"), [("utf-16", "utf-16"), ("utf-8", "cp949"), ("euc-kr", "utf-8"), ("euc-kr", "cp949")]
)
def test_the_bytes_overrule_a_wrong_declaration(declared: str, encoded: str) -> None:
    title = "오늘의 인공지능 소식 모음"
    text = rss(item(title=title), head=f'<?xml version="1.0" encoding="{declared}"?>').decode()
    assert parse_feed(text.encode(encoded)).entries[0].title == title


def test_a_feed_without_entries_is_a_feed() -> None:
    assert parse_feed(rss("")).entries == ()


ENTITIES = '<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (b"", "the feed is empty"),
        (b" \n ", "the feed is empty"),
        (b"<!doctype html><html><head><title>Log in</title></head><body><p>Log in", "web page"),
        (b"<html><body><p>hi</p></body></html>", "web page"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "no feed"),
        (b"hello, this is text", "no feed"),
        (b'{"version": "https://jsonfeed.org/version/1"}', "no feed"),
        (b"%PDF-1.7 and so on", "PDF"),
        (b"<" * 200_000, "no feed"),
        (rss("<x>&b;</x>", head=f'<?xml version="1.0"?><!DOCTYPE rss [{ENTITIES}]>'), "entities of its own"),
        (rss("<x>&f;</x>", head='<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>'), "entities of its own"),
        (rss("<item><title>a</title></item>" * 20_001), "20001 entries"),
        (b" " * 15_000_000 + rss(""), "larger than 15 MB"),
    ],
)
def test_what_is_no_feed_is_refused_with_one_line(body: bytes, line: str) -> None:
    with pytest.raises(FetchError, match=line) as caught:
        parse_feed(body)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "items",
    [
        "<!--" * 60_000,
        item(more=f"<description>{'<!--' * 60_000}</description>"),
        item(more=f"<content:encoded><![CDATA[{'<!--' * 60_000}]]></content:encoded>"),
        item(title="a &nbsp; b", more=f"<content:encoded><![CDATA[{'<!--' * 60_000}]]></content:encoded>"),
        "<![CDATA[" * 60_000,
        "<div>" * 200_000,
        "&lt;div&gt;" * 200_000,
        "&" * 500_000,
        "<?x " * 60_000,
        "<!DOCTYPE " * 60_000,
        f'<item a="{"x" * 4_000_000}"/>',
        item(title="x" * 1_000_000),
        "</p>" * 100_000,
    ],
)
def test_feeds_made_to_exhaust_a_parser_are_read_or_refused(items: str) -> None:
    with contextlib.suppress(FetchError):
        parse_feed(rss(items))


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=20),
            st.sampled_from(
                [
                    b"<rss>",
                    b"<channel>",
                    b"<item>",
                    b"<title>",
                    b"</title>",
                    b"<![CDATA[",
                    b"]]>",
                    b"<!--",
                    b"&nbsp;",
                    b"<guid>",
                    b"<feed xmlns='http://www.w3.org/2005/Atom'>",
                    b"<entry>",
                    b"<content type='xhtml'>",
                    b"</item>",
                    b"<pubDate>",
                    b"<br>",
                ]
            ),
        ),
        max_size=25,
    )
)
def test_any_bytes_give_a_feed_or_a_fetch_error(pieces: list[bytes]) -> None:
    with contextlib.suppress(FetchError):
        parse_feed(b"".join(pieces)).model_dump_json()


NO_FEEDS = [
    b"<x:y/>",
    b"<soap:Envelope/>",
    b'<!----><d n="" xmlns="&#xD800;"',
    b'<a xmlns="&#55296;"/>',
    b'<x:y x:y="" xmlns:x=""/>',
    b"<rss:/>",
    b"<:rss/>",
]


@pytest.mark.parametrize("body", NO_FEEDS)
def test_names_and_namespaces_that_xml_does_not_have_make_no_feed(body: bytes) -> None:
    with pytest.raises(FetchError, match="this is no feed, where RSS or Atom was expected"):
        parse_feed(body)


@pytest.mark.parametrize("number", ["#xD800", "#xdfff", "#55296", "#xFFFE", "#65535", "#x110000", "#9999999999", "#0"])
def test_a_character_that_xml_does_not_have_costs_a_feed_nothing_else(number: str) -> None:
    (entry,) = parse_feed(rss(item(title=f"a&{number};b &lt; &#x41;"))).entries
    assert entry.title == "a b < A"


@pytest.mark.parametrize(("others", "url"), [(99, "/x"), (100, "")])
def test_an_element_of_more_than_a_hundred_attributes_loses_them_and_nothing_else(others: int, url: str) -> None:
    many = " ".join(f'a{number}="b"' for number in range(others))
    entry = f'<entry><id>t</id><title>A</title><link href="/x" {many}/></entry>'
    (found,) = parse_feed(f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'.encode()).entries
    assert (found.title, found.url) == ("A", url)


def test_feedparser_is_never_given_many_attributes_nor_many_namespaces(monkeypatch: pytest.MonkeyPatch) -> None:
    import feedparser

    given: list[bytes] = []
    real = feedparser.parse
    monkeypatch.setattr(feedparser, "parse", lambda file, **more: given.append(file.getvalue()) or real(file, **more))
    attributes = " ".join(f'a{number}="b"' for number in range(16_000))
    parse_feed(f"<rss {attributes}><channel>{item()}</channel></rss>".encode())
    unused = " ".join(f'xmlns:p{number}="urn:{number}"' for number in range(16_000))
    parse_feed(f"<rss {unused}><channel>{item()}</channel></rss>".encode())
    assert [len(body) < 300 for body in given] == [True, True]
    used = "".join(f'<p:x xmlns:p="urn:{number}"/>' for number in range(300))
    with pytest.raises(FetchError, match="more than 200 namespaces"):
        parse_feed(f"<rss><channel>{used}</channel></rss>".encode())
    assert len(given) == 2
