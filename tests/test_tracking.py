"""The table of tracking parameters: its own invariants, a case for each row, and what must stay."""

from __future__ import annotations

import pytest

from pipeline.canonical import canonical_key
from pipeline.clean import clean_url
from pipeline.tracking import CODE_HOSTS, PARAMETERS, Parameter, by_host, on_host, rows_on, tracking_parameter

PAGE = "https://news.example.org/a"

CASES: dict[str, tuple[str, str]] = {
    "utm_*": (f"{PAGE}?utm_source=ainews&utm_medium=email&x=1", f"{PAGE}?x=1"),
    "itm_*": (f"{PAGE}?itm_source=menu", PAGE),
    "mtm_*": (f"{PAGE}?mtm_campaign=spring", PAGE),
    "pk_campaign": (f"{PAGE}?pk_campaign=spring", PAGE),
    "pk_kwd": (f"{PAGE}?x=1&pk_kwd=word", f"{PAGE}?x=1"),
    "at_medium": (f"{PAGE}?at_medium=RSS", PAGE),
    "at_campaign": (f"{PAGE}?at_campaign=KARANGA", PAGE),
    "gclid": (f"{PAGE}?gclid=Cj0KCQ", PAGE),
    "gclsrc": (f"{PAGE}?gclsrc=aw.ds", PAGE),
    "dclid": (f"{PAGE}?dclid=CO7", PAGE),
    "gbraid": (f"{PAGE}?gbraid=0AAA", PAGE),
    "wbraid": (f"{PAGE}?wbraid=Cj8K", PAGE),
    "gad_source": (f"{PAGE}?gad_source=1", PAGE),
    "gad_campaignid": (f"{PAGE}?gad_campaignid=217", PAGE),
    "srsltid": (f"{PAGE}?srsltid=AfmB", PAGE),
    "_gl": (f"{PAGE}?_gl=1*1abc*_ga*MTc", PAGE),
    "_ga": (f"{PAGE}?_ga=2.17.1", PAGE),
    "fbclid": (f"{PAGE}?fbclid=IwAR0", PAGE),
    "mibextid": ("https://www.facebook.com/p/1?mibextid=ZbWKwL", "https://www.facebook.com/p/1"),
    "msclkid": (f"{PAGE}?msclkid=abc", PAGE),
    "wt.mc_id": ("https://learn.microsoft.com/x?WT.mc_id=academic-1", "https://learn.microsoft.com/x"),
    "twclid": (f"{PAGE}?twclid=23x", PAGE),
    "ttclid": (f"{PAGE}?ttclid=E.C.P", PAGE),
    "li_fat_id": (f"{PAGE}?li_fat_id=ab", PAGE),
    "rdt_cid": (f"{PAGE}?rdt_cid=5", PAGE),
    "epik": (f"{PAGE}?epik=dj0y", PAGE),
    "yclid": (f"{PAGE}?yclid=12", PAGE),
    "ysclid": (f"{PAGE}?ysclid=l9", PAGE),
    "_openstat": (f"{PAGE}?_openstat=dGVz", PAGE),
    "guccounter": (f"{PAGE}?guccounter=1", PAGE),
    "guce_referrer": (f"{PAGE}?guce_referrer=aHR0", PAGE),
    "guce_referrer_sig": (f"{PAGE}?guce_referrer_sig=AQAA", PAGE),
    "ncid": ("https://www.nvidia.com/gtc/?ncid=so-twit-1", "https://www.nvidia.com/gtc/"),
    "linkid": (f"{PAGE}?linkId=100000", PAGE),
    "ref_src": ("https://twitter.com/a?ref_src=twsrc%5Etfw", "https://twitter.com/a"),
    "ref_url": ("https://twitter.com/a?ref_url=https%3A%2F%2Fb.example", "https://twitter.com/a"),
    "ref": ("https://web.school.example/class/?ref=blog.example", "https://web.school.example/class/"),
    "attribution_id": (f"{PAGE}?attribution_id=65&attribution_type=post", PAGE),
    "attribution_type": (f"{PAGE}?attribution_type=post", PAGE),
    "spm": ("https://www.aliexpress.com/item/1.html?spm=a2g0o.1", "https://www.aliexpress.com/item/1.html"),
    "__hstc": (f"{PAGE}?__hstc=1.2.3", PAGE),
    "__hssc": (f"{PAGE}?__hssc=1.2", PAGE),
    "__hsfp": (f"{PAGE}?__hsfp=77", PAGE),
    "hsctatracking": (f"{PAGE}?hsCtaTracking=ab%7Ccd", PAGE),
    "hss_channel": (f"{PAGE}?hss_channel=lcp-7", PAGE),
    "_hsmi": (f"{PAGE}?_hsmi=25", PAGE),
    "_hsenc": (f"{PAGE}?_hsenc=p2ANqtz", PAGE),
    "mc_cid": (f"{PAGE}?mc_cid=ab12", PAGE),
    "mc_eid": (f"{PAGE}?mc_eid=cd34&x=1", f"{PAGE}?x=1"),
    "mkt_tok": (f"{PAGE}?mkt_tok=NTg", PAGE),
    "ck_subscriber_id": (f"{PAGE}?ck_subscriber_id=998", PAGE),
    "ml_subscriber": (f"{PAGE}?ml_subscriber=15", PAGE),
    "ml_subscriber_hash": (f"{PAGE}?ml_subscriber_hash=k2", PAGE),
    "_bhlid": (f"{PAGE}?_bhlid=9f", PAGE),
    "_kx": (f"{PAGE}?_kx=abc.def", PAGE),
    "vero_id": (f"{PAGE}?vero_id=7", PAGE),
    "vero_conv": (f"{PAGE}?vero_conv=x", PAGE),
    "vgo_ee": (f"{PAGE}?vgo_ee=q%3D%3D", PAGE),
    "oly_enc_id": (f"{PAGE}?oly_enc_id=1A", PAGE),
    "oly_anon_id": (f"{PAGE}?oly_anon_id=2B", PAGE),
    "__s": (f"{PAGE}?__s=zz", PAGE),
    "s": ("https://x.com/a/status/1?s=46", "https://x.com/a/status/1"),
    "t": ("https://nitter.poast.org/a/status/1?t=REnU&s=19", "https://nitter.poast.org/a/status/1"),
    "si": ("https://youtu.be/dQw4?si=bV9w&t=807", "https://youtu.be/dQw4?t=807"),
    "feature": ("https://www.youtube.com/watch?v=dQw4&feature=youtu.be", "https://www.youtube.com/watch?v=dQw4"),
    "ab_channel": ("https://www.youtube.com/watch?v=dQw4&ab_channel=Name", "https://www.youtube.com/watch?v=dQw4"),
    "pp": ("https://m.youtube.com/watch?v=dQw4&t=4s&pp=ygU", "https://m.youtube.com/watch?v=dQw4&t=4s"),
    "usp": ("https://colab.research.google.com/drive/1?usp=sharing#scrollTo=Z", "https://colab.research.google.com/drive/1#scrollTo=Z"),
    "rdt": ("https://www.reddit.com/r/a/comments/1/b/?rdt=35&context=3", "https://www.reddit.com/r/a/comments/1/b/?context=3"),
    "share_id": ("https://www.reddit.com/r/a/comments/1/b/?share_id=d6", "https://www.reddit.com/r/a/comments/1/b/"),
    "igsh": ("https://www.instagram.com/reel/C8/?igsh=MTh==", "https://www.instagram.com/reel/C8/"),
    "igshid": ("https://www.instagram.com/p/C8/?igshid=Nj", "https://www.instagram.com/p/C8/"),
    "xmt": ("https://www.threads.net/@a/post/C?xmt=AQG", "https://www.threads.net/@a/post/C"),
    "rcm": ("https://www.linkedin.com/posts/a-1?rcm=ACoA", "https://www.linkedin.com/posts/a-1"),
    "trk": ("https://www.linkedin.com/pulse/a?trk=public_post", "https://www.linkedin.com/pulse/a"),
    "trackingid": ("https://www.linkedin.com/pulse/a?trackingId=Q%3D", "https://www.linkedin.com/pulse/a"),
    "lipi": ("https://www.linkedin.com/pulse/a?lipi=urn%3Ali", "https://www.linkedin.com/pulse/a"),
    "sc_channel": ("https://aws.amazon.com/blogs/x/?sc_channel=sm", "https://aws.amazon.com/blogs/x/"),
    "ocid": ("https://www.microsoft.com/a?ocid=x_twit&id=3", "https://www.microsoft.com/a?id=3"),
    "source": ("https://a.medium.com/b-1?source=social.tw", "https://a.medium.com/b-1"),
    "sh": ("https://www.forbes.com/sites/a/b/?sh=5f4d", "https://www.forbes.com/sites/a/b/"),
    "smid": ("https://www.nytimes.com/a.html?smid=tw-share", "https://www.nytimes.com/a.html"),
    "reflink": ("https://www.wsj.com/a?st=x1&reflink=desktop", "https://www.wsj.com/a?st=x1"),
    "r": ("https://open.substack.com/pub/a/p/b?r=1h4isl", "https://open.substack.com/pub/a/p/b"),
    "j": ("https://substack.com/redirect/6f96-11?j=eyJ1IjoiIn0.x", "https://substack.com/redirect/6f96-11"),
    "token": ("https://a.substack.com/p/b?token=eyJ1.x", "https://a.substack.com/p/b"),
    "isfreemail": ("https://www.latent.space/p/b?isFreemail=true", "https://www.latent.space/p/b"),
    "e": ("https://a.us1.list-manage.com/track/click?u=1&id=2&e=3", "https://a.us1.list-manage.com/track/click?u=1&id=2"),
    "ss_email_id": (f"{PAGE}?ss_email_id=2&x=1", f"{PAGE}?x=1"),
    "ss_campaign_id": (f"{PAGE}?ss_campaign_id=64a&x=1", f"{PAGE}?x=1"),
    "bxid": (f"{PAGE}?bxid=5be9&x=1", f"{PAGE}?x=1"),
    "sailthru_hash": (f"{PAGE}?sailthru_hash=ab12&x=1", f"{PAGE}?x=1"),
    "lctg": (f"{PAGE}?lctg=547&x=1", f"{PAGE}?x=1"),
    "emci": (f"{PAGE}?emci=a1&x=1", f"{PAGE}?x=1"),
    "emdi": (f"{PAGE}?emdi=b2&x=1", f"{PAGE}?x=1"),
    "ceid": (f"{PAGE}?ceid=77&x=1", f"{PAGE}?x=1"),
    "nr_email_referer": (f"{PAGE}?nr_email_referer=1&x=1", f"{PAGE}?x=1"),
    "_bta_tid": (f"{PAGE}?_bta_tid=3.x&x=1", f"{PAGE}?x=1"),
    "_bta_c": (f"{PAGE}?_bta_c=ab&x=1", f"{PAGE}?x=1"),
    "rb_clickid": (f"{PAGE}?rb_clickid=9&x=1", f"{PAGE}?x=1"),
    "wickedid": (f"{PAGE}?wickedid=c1&x=1", f"{PAGE}?x=1"),
    "wickedsource": (f"{PAGE}?wickedsource=mail&x=1", f"{PAGE}?x=1"),
    "dm_i": (f"{PAGE}?dm_i=21A8,1&x=1", f"{PAGE}?x=1"),
    "dm_t": (f"{PAGE}?dm_t=0,0&x=1", f"{PAGE}?x=1"),
    "trk_contact": (f"{PAGE}?trk_contact=K1&x=1", f"{PAGE}?x=1"),
    "trk_msg": (f"{PAGE}?trk_msg=M1&x=1", f"{PAGE}?x=1"),
    "trk_sid": (f"{PAGE}?trk_sid=S1&x=1", f"{PAGE}?x=1"),
    "sh_kit": (f"{PAGE}?sh_kit=1&x=1", f"{PAGE}?x=1"),
    "subscriber_id": (f"{PAGE}?subscriber_id=7&x=1", f"{PAGE}?x=1"),
    "subscriberid": (f"{PAGE}?subscriberid=7&x=1", f"{PAGE}?x=1"),
    "elqtrack": (f"{PAGE}?elqtrack=true&x=1", f"{PAGE}?x=1"),
    "elqtrackid": (f"{PAGE}?elqtrackid=ab&x=1", f"{PAGE}?x=1"),
    "elq": (f"{PAGE}?elq=00000000000000000000000000000000&x=1", f"{PAGE}?x=1"),
    "elqaid": (f"{PAGE}?elqaid=5&x=1", f"{PAGE}?x=1"),
    "elqat": (f"{PAGE}?elqat=1&x=1", f"{PAGE}?x=1"),
    "elqcampaignid": (f"{PAGE}?elqcampaignid=9&x=1", f"{PAGE}?x=1"),
    "ef_id": (f"{PAGE}?ef_id=Cj0:G:s&x=1", f"{PAGE}?x=1"),
    "s_kwcid": (f"{PAGE}?s_kwcid=AL!1&x=1", f"{PAGE}?x=1"),
    "sc_campaign": (f"{PAGE}?sc_campaign=C1&x=1", f"{PAGE}?x=1"),
    "matomo_campaign": (f"{PAGE}?matomo_campaign=x&x=1", f"{PAGE}?x=1"),
    "matomo_kwd": (f"{PAGE}?matomo_kwd=y&x=1", f"{PAGE}?x=1"),
    "piwik_campaign": (f"{PAGE}?piwik_campaign=x&x=1", f"{PAGE}?x=1"),
    "piwik_kwd": (f"{PAGE}?piwik_kwd=y&x=1", f"{PAGE}?x=1"),
    "cmpid": (f"{PAGE}?cmpid=BBD1&x=1", f"{PAGE}?x=1"),
    "ga_source": (f"{PAGE}?ga_source=x&x=1", f"{PAGE}?x=1"),
    "ga_medium": (f"{PAGE}?ga_medium=y&x=1", f"{PAGE}?x=1"),
    "ga_campaign": (f"{PAGE}?ga_campaign=z&x=1", f"{PAGE}?x=1"),
    "fb_action_ids": (f"{PAGE}?fb_action_ids=1&x=1", f"{PAGE}?x=1"),
    "fb_action_types": (f"{PAGE}?fb_action_types=og&x=1", f"{PAGE}?x=1"),
    "fb_source": (f"{PAGE}?fb_source=feed&x=1", f"{PAGE}?x=1"),
    "__twitter_impression": (f"{PAGE}?__twitter_impression=true&x=1", f"{PAGE}?x=1"),
    "wt_mc": (f"{PAGE}?wt_mc=a.b&x=1", f"{PAGE}?x=1"),
    "wt_zmc": (f"{PAGE}?wt_zmc=c.d&x=1", f"{PAGE}?x=1"),
    "echobox": (f"{PAGE}?echobox=1717&x=1", f"{PAGE}?x=1"),
    "bsft_*": (f"{PAGE}?bsft_eid=1&bsft_uid=2&bsft_clkid=3", PAGE),
    "midtoken": ("https://www.linkedin.com/comm/pulse/x-1?trk=eml&midToken=AQ&otpToken=MT", "https://www.linkedin.com/comm/pulse/x-1"),
    "midsig": ("https://www.linkedin.com/comm/p/1?midSig=0x", "https://www.linkedin.com/comm/p/1"),
    "otptoken": ("https://www.linkedin.com/comm/p/1?otpToken=MT", "https://www.linkedin.com/comm/p/1"),
    "trkemail": ("https://www.linkedin.com/comm/p/1?trkEmail=eml-null-1", "https://www.linkedin.com/comm/p/1"),
    "eid": ("https://www.linkedin.com/comm/p/1?eid=a-b", "https://www.linkedin.com/comm/p/1"),
    "mbid": ("https://www.wired.com/story/a/?mbid=nl_1", "https://www.wired.com/story/a/"),
    "pd_rd_*": ("https://www.amazon.com/dp/B0?pd_rd_w=a&pd_rd_i=B0&th=1", "https://www.amazon.com/dp/B0?th=1"),
    "sca_esv": ("https://www.google.com/search?q=a&sca_esv=1", "https://www.google.com/search?q=a"),
    "ei": ("https://www.google.com/search?q=a&ei=Z1", "https://www.google.com/search?q=a"),
    "ved": ("https://www.google.com/search?q=a&ved=0ah", "https://www.google.com/search?q=a"),
    "cds": ("https://n.news.naver.com/article/001/1?sid=105&cds=news_media_pc&type=editn", "https://n.news.naver.com/article/001/1?sid=105"),
    "type": ("https://n.news.naver.com/article/001/1?type=editn", "https://n.news.naver.com/article/001/1"),
    "proxyreferer": ("https://blog.naver.com/a/1?proxyReferer=https:%2F%2Fm.example", "https://blog.naver.com/a/1"),
    "publication_id": ("https://a.substack.com/p/b?publication_id=1&post_id=2&triedRedirect=true", "https://a.substack.com/p/b"),
    "post_id": ("https://a.substack.com/p/b?post_id=2", "https://a.substack.com/p/b"),
    "triedredirect": ("https://a.substack.com/p/b?triedRedirect=true", "https://a.substack.com/p/b"),
}  # fmt: skip

FUNCTIONAL = (
    "https://medium.com/p/1?sk=v2%2F77ab12cd-90",
    "https://www.nytimes.com/2026/a.html?unlocked_article_code=1.aE4.Xy-_z&smtyp=cur",
    "https://news.example/a?shareType=gift",
    "https://track.shop.example/tracking?ref=VD23",
    "https://shop.example/order?ref=A-12",
    "https://n.news.naver.com/article/001/1?type=series",
    "https://www.youtube.com/watch?v=ErnWZxJovaM&list=PLtB&index=2&t=807",
    "https://youtu.be/aircAruvnKk?t=2s",
    "https://news.ycombinator.com/item?id=40000000",
    "https://openreview.net/forum?id=WFYbBOEOtv&noteId=a",
    "https://github.com/search?q=repo%3Aa%2Fb+%22None%22&type=code&p=0",
    "https://github.com/a/b?tab=readme-ov-file#install",
    "https://github.com/a/b/blob/main/c.py?plain=1#L123-L140",
    "https://api.github.com/repos/a/b/contents/c?ref=v1.2",
    "https://gitlab.example.com/a/b/-/blob/main/c?ref=topic",
    "https://docs.google.com/spreadsheets/d/1/edit?gid=7#gid=7",
    "https://school.zoom.us/j/999?pwd=dW5CcUtVYg==",
    "https://www.dropbox.com/scl/fi/1/a.pdf?rlkey=ab&st=cd&dl=0",
    "https://civitai.com/models/293448?modelVersionId=1007485",
    "https://marketplace.visualstudio.com/items?itemName=a.b",
    "https://phorm.ai/query?projectId=1e8c&threadId=c426",
    "https://arxiv.org/search/cs?query=Lee,+K&searchtype=author",
    "https://www.reddit.com/r/a/comments/1/b/c/?context=3",
    "https://www.bloomberg.com/news/articles/a?accessToken=eyJhbGci.x",
    "https://discord.gg/abc?event=1234913780048203856",
    "https://arena.ai/c/new?chat-modality=chat",
    "https://cdn.discordapp.com/attachments/1/2/image.png?ex=67f51adf&is=67f3c95f&hm=eef6&",
    "https://www.perplexity.ai/search/a?s=m",
    "http://wordnet.example.edu/perl/webwn?c=8&sub=Change&o2=&o0=1&s=giraffe",
    "https://go.microsoft.com/fwlink/?LinkId=248681",
    "https://search.brave.com/search?q=a&source=desktop",
    "https://app.example.com/page?r=1&j=2&e=3&token=4&sk=5&sh=6&t=7&trk=8",
    "https://google.github.io/A2A/#/documentation?id=task",
    "https://www.nature.com/a.epdf?sharing_token=woyH",
    "https://media.example.com/a?q=utm_source&b=?x",
)


def _name(row: Parameter) -> str:
    return row.name


def test_each_row_has_a_case_and_each_case_a_row() -> None:
    assert set(CASES) == {row.name for row in PARAMETERS}


def test_no_row_stands_twice() -> None:
    names = [row.name for row in PARAMETERS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("row", PARAMETERS, ids=_name)
def test_a_row_can_match_and_says_why(row: Parameter) -> None:
    assert row.name == row.name.strip().lower()
    assert "*" not in row.name[:-1]
    assert len(row.reason) > 10
    assert not (row.hosts and row.but)
    for host in (*row.hosts, *row.but):
        assert host == host.lower()
        assert not host.startswith(("www.", "http", ".", "*"))
    assert len(set(row.hosts)) == len(row.hosts)


def test_no_row_hides_behind_a_prefix() -> None:
    prefixes = tuple(row.name[:-1] for row in PARAMETERS if row.name.endswith("*"))
    assert not [row.name for row in PARAMETERS if not row.name.endswith("*") and row.name.startswith(prefixes)]


@pytest.mark.parametrize("name", CASES)
def test_a_tracking_parameter_goes(name: str) -> None:
    found, clean = CASES[name]
    assert clean_url(found) == clean


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("utm_source=post-email-title&publication_id=8&post_id=9&isFreemail=true&r=1a2b3c&triedRedirect=true", ""),
        ("publication_id=8&amp;post_id=9&amp;r=1a2b3c", ""),
        ("r=1a2b3c&isFreemail=false&comments=true", "?comments=true"),
        ("post_id=9&r=3", "?post_id=9&r=3"),
        ("publication_id=8", "?publication_id=8"),
    ],
)
def test_a_substack_under_a_domain_of_its_own_is_known_by_what_its_mails_add(query: str, left: str) -> None:
    assert clean_url(f"https://www.letter.example/p/a-story?{query}") == f"https://www.letter.example/p/a-story{left}"


@pytest.mark.parametrize("value", ["blog.example", "tenlinks", "ProductHunt", "TLDR", "the-rundown", "Hacker%20News"])
def test_who_sent_the_reader_goes(value: str) -> None:
    assert clean_url(f"{PAGE}?ref={value}") == PAGE


@pytest.mark.parametrize("value", ["VD23", "A-12", "main", "stable", "XKQJ", "abcDEF", "7f3a9c", ""])
def test_a_code_a_branch_or_a_version_stays(value: str) -> None:
    assert clean_url(f"{PAGE}?ref={value}") == f"{PAGE}?ref={value}"
    assert canonical_key(f"{PAGE}?ref={value}") != canonical_key(f"{PAGE}?ref=B-77")


@pytest.mark.parametrize("row", [row for row in PARAMETERS if not row.name.endswith("*")], ids=_name)
def test_a_row_holds_on_its_hosts_only(row: Parameter) -> None:
    pairs = dict(pair.partition("=")[::2] for pair in CASES[row.name][0].partition("?")[2].split("&"))
    value = next(value for name, value in pairs.items() if name.lower() == row.name)
    for host in row.hosts:
        sample = host.replace(".*", ".example.net")
        assert tracking_parameter(row.name.upper(), sample, value) is row
        assert tracking_parameter(row.name, f"sub.{sample}", value) is row or host.endswith(".*")
        assert tracking_parameter(row.name, f"not{sample}", value) is None
    for host in row.but:
        assert tracking_parameter(row.name, host.replace(".*", ".example.net"), value) is None
    elsewhere = tracking_parameter(row.name, "unknown.example", value)
    assert elsewhere is (None if row.hosts else row)


@pytest.mark.parametrize("url", FUNCTIONAL)
def test_functional_parameters_stay_byte_for_byte(url: str) -> None:
    assert clean_url(url) == url


@pytest.mark.parametrize("host", ["x.com", "fxtwitter.com", "vxtwitter.com", "fixupx.com", "xcancel.com", "nitter.net"])
def test_mirrors_of_x_are_cleaned_as_x_is(host: str) -> None:
    assert clean_url(f"https://{host}/a/status/1?t=U4_F&s=19") == f"https://{host}/a/status/1"


@pytest.mark.parametrize("host", CODE_HOSTS)
def test_ref_is_a_branch_on_code_hosts(host: str) -> None:
    url = f"https://{host.replace('.*', '.example.net')}/a/b?ref=main"
    assert clean_url(url) == url


@pytest.mark.parametrize("name", ["utm_campai", "utm_sour", "UTM_Source", "utm%5Fsource", "amp;utm_term", " utm_id"])
def test_debris_of_a_campaign_tag_is_one(name: str) -> None:
    assert tracking_parameter(name, "") is not None


@pytest.mark.parametrize("name", ["", "utm", "xutm_source", "amp;", "v", "id", "%", "sutm_"])
def test_what_no_row_names_is_functional(name: str) -> None:
    assert tracking_parameter(name, "www.youtube.com") is None


def test_a_parent_domain_answers_for_its_subdomains_only() -> None:
    index = by_host([(("a.example", "b.a.example"), 1), (("a.example",), 2)])
    assert rows_on("a.example", index) == (1, 2)
    assert rows_on("x.a.example", index) == (1, 2)
    assert rows_on("b.a.example", index) == (1,)
    assert rows_on("xa.example", index) == rows_on("", index) == rows_on("x." * 200 + "a.example", index) == ()
    assert on_host("x.a.example", ["a.example"])
    assert not on_host("xa.example", ["a.example"])
