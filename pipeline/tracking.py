"""Tracking parameters: which parameters of a query say where a reader came from, host by host, and why.

The same letter means two things on two hosts (``t=`` follows the sharer on x.com and is a moment of the film on
YouTube), so a row names its hosts wherever the name alone does not decide. What no row names is functional and stays.

Sources: "counted" is a count over 701 issues of one newsletter (2023-12 to 2026-08); the others are the makers' own
documentation of their click ids, as Firefox, Brave and AdGuard also read it. Read 2026-08.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, TypeVar
from urllib.parse import unquote

Row = TypeVar("Row")

_MAX_HOST = 253
"""RFC 1035 allows 255 bytes on the wire, which are 253 characters."""


class Parameter(NamedTuple):
    """One row.

    Attributes:
        name: Lower case; a final ``*`` stands for any ending, so that debris such as ``utm_campai`` is met too.
        reason: What the parameter does, or where it was seen.
        hosts: Hosts (and their subdomains) it tracks on; empty for every host. ``nitter.*`` is any host whose first
            label is ``nitter``.
        but: Hosts on which the name is functional.
        personal: True when the value tells one reader or subscriber from all others, so that it may not be stored.
        values: Pattern that the whole value, percent-decoded, has to match for the parameter to track; any when empty.
    """

    name: str
    reason: str
    hosts: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    personal: bool = False
    values: str = ""


X = ("x.com", "twitter.com", "fxtwitter.com", "vxtwitter.com", "fixupx.com", "fixvx.com", "twittpr.com", "xcancel.com")
X_MIRRORS = (*X, "nitter.*")
YOUTUBE = ("youtube.com", "youtu.be", "youtube-nocookie.com")
REDDIT = ("reddit.com", "redd.it", "rxddit.com", "vxreddit.com")
MEDIUM = ("medium.com", "towardsdatascience.com", "gitconnected.com", "plainenglish.io", "betterprogramming.pub")
SUBSTACK = (
    "substack.com", "latent.space", "lennysnewsletter.com", "interconnects.ai", "oneusefulthing.org", "bensbites.com",
    "astralcodexten.com", "newsletter.semianalysis.com", "thealgorithmicbridge.com", "newsletter.pragmaticengineer.com",
)  # fmt: skip
MAILCHIMP = ("list-manage.com", "campaign-archive.com", "mailchi.mp")
CODE_HOSTS = (
    "github.com", "githubusercontent.com", "github.dev", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com",
    "sr.ht", "sourcegraph.com", "gitpod.io", "mybinder.org", "nbviewer.org", "vscode.dev", "gitflic.ru", "gitverse.ru",
    "git.*", "gitlab.*", "gitea.*", "forgejo.*",
)  # fmt: skip

CONDE_NAST = (
    "wired.com", "vogue.com", "newyorker.com", "vanityfair.com", "gq.com", "arstechnica.com", "pitchfork.com",
    "architecturaldigest.com", "bonappetit.com", "cntraveler.com", "allure.com", "glamour.com", "teenvogue.com",
)  # fmt: skip
AMAZON = ("amazon.*",)
GOOGLE = ("google.*",)
NAVER = ("naver.com",)
LINKEDIN = ("linkedin.com",)

REFERRER = (
    r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/.*)?"  # a host, as Ghost and Product Hunt write it
    r"|(?!(?:main|master|trunk|head|heads|dev|develop|stable|latest|next|nightly|release|beta|canary)$)"
    r"(?-i:[A-Za-z]?[a-z]+(?:[-_ .][A-Za-z]?[a-z]+)*)"  # words, as newsletters and people name themselves
    r"|web3|hn|[a-z]+[-_]?20[1-3]\d"
    r"|product ?hunt|hacker ?news|ai ?news|tldr(?:[-_ ]?[a-z]+)?|the ?rundown(?: ?ai)?|ben'?s ?bites|alpha ?signal"
    r"|future ?(?:tools|pedia)|theres ?an ?ai ?for ?that|taaft|beta ?list|indie ?hackers|linked ?in|you ?tube|git ?hub"
    r"|sub ?stack|news ?letter|e-?mail|rss"  # known ones, whose capitals would pass for a code's
)
"""Who sent a reader, as a value of ``ref``: a host or a name. Digits or capitals make a code of an order or a parcel,
without which the page does not find what it was asked for; a branch or version is what the page shows."""

TEXT_FRAGMENT = ":~:"
"""What begins a text fragment, the words that a browser is to highlight: the page is the same without them, so links go
without; counted 155. ``found`` keeps them."""

PARAMETERS: tuple[Parameter, ...] = (
    # Every host: the name alone decides.
    Parameter("utm_*", "Google Analytics campaign tags; counted 1,900, cut-off forms included"),
    Parameter("itm_*", "the same tags for links inside one site"),
    Parameter("mtm_*", "Matomo campaign tags"),
    Parameter("pk_campaign", "Matomo campaign tag, its older name"),
    Parameter("pk_kwd", "Matomo keyword tag, its older name"),
    Parameter("at_medium", "AT Internet (BBC) campaign tag"),
    Parameter("at_campaign", "AT Internet (BBC) campaign tag"),
    Parameter("gclid", "Google Ads click id; counted 22"),
    Parameter("gclsrc", "Google Ads: which product made the click id"),
    Parameter("dclid", "Google Display click id"),
    Parameter("gbraid", "Google Ads click id for apps"),
    Parameter("wbraid", "Google Ads click id for the web on iOS"),
    Parameter("gad_source", "Google Ads: source of the click; counted 18"),
    Parameter("gad_campaignid", "Google Ads: campaign of the click"),
    Parameter("srsltid", "Google Merchant listing id"),
    Parameter("_gl", "Google Analytics, visitor handed over between domains; counted 12"),
    Parameter("_ga", "Google Analytics visitor id"),
    Parameter("fbclid", "Facebook click id; counted 16"),
    Parameter("mibextid", "Facebook app that shared the link"),
    Parameter("msclkid", "Microsoft Ads click id"),
    Parameter("wt.mc_id", "Microsoft campaign tag (Webtrends)"),
    Parameter("twclid", "X Ads click id"),
    Parameter("ttclid", "TikTok Ads click id"),
    Parameter("li_fat_id", "LinkedIn Ads click id"),
    Parameter("rdt_cid", "Reddit Ads click id"),
    Parameter("epik", "Pinterest click id"),
    Parameter("yclid", "Yandex click id"),
    Parameter("ysclid", "Yandex search click id"),
    Parameter("_openstat", "Yandex Openstat tag"),
    Parameter("guccounter", "Yahoo consent page counter; counted 26"),
    Parameter("guce_referrer", "Yahoo consent page referrer"),
    Parameter("guce_referrer_sig", "Yahoo consent page referrer, signature"),
    Parameter("ncid", "campaign id of NVIDIA, Yahoo and AOL; counted 21"),
    Parameter("linkid", "Sprout Social; counted 18. Microsoft finds its fwlink pages by it", but=("microsoft.com",)),
    Parameter("ref_src", "X embed that was clicked; counted 7"),
    Parameter("ref_url", "X embed, the page it stood on"),
    Parameter(
        "ref",
        "referring site (Ghost adds it); counted 128. On code hosts a branch or tag, elsewhere the code of an order",
        but=CODE_HOSTS,
        values=REFERRER,
    ),
    Parameter("attribution_id", "Ghost: post that sent the reader"),
    Parameter("attribution_type", "Ghost: kind of the post that sent the reader"),
    Parameter("spm", "Alibaba position tag; counted 7"),
    Parameter("__hstc", "HubSpot visitor cookie in a link"),
    Parameter("__hssc", "HubSpot session cookie in a link"),
    Parameter("__hsfp", "HubSpot browser fingerprint in a link"),
    Parameter("hsctatracking", "HubSpot button id"),
    Parameter("hss_channel", "HubSpot social channel"),
    Parameter("_hsmi", "HubSpot mail id"),
    Parameter("_hsenc", "HubSpot, the mail's recipient encrypted; counted 3", personal=True),
    Parameter("mc_cid", "Mailchimp campaign id"),
    Parameter("mc_eid", "Mailchimp subscriber id", personal=True),
    Parameter("mkt_tok", "Marketo, campaign and recipient", personal=True),
    Parameter("ck_subscriber_id", "Kit (ConvertKit) subscriber id", personal=True),
    Parameter("ml_subscriber", "MailerLite subscriber id", personal=True),
    Parameter("ml_subscriber_hash", "MailerLite subscriber id, hashed", personal=True),
    Parameter("_bhlid", "beehiiv link id", personal=True),
    Parameter("_kx", "Klaviyo, the recipient encrypted", personal=True),
    Parameter("vero_id", "Vero user id", personal=True),
    Parameter("vero_conv", "Vero conversion id"),
    Parameter("vgo_ee", "ActiveCampaign, the recipient's address encrypted", personal=True),
    Parameter("oly_enc_id", "Omeda, the recipient encrypted", personal=True),
    Parameter("oly_anon_id", "Omeda visitor id", personal=True),
    Parameter("__s", "Drip subscriber id", personal=True),
    Parameter("ss_email_id", "Squarespace campaign mail id", personal=True),
    Parameter("ss_campaign_id", "Squarespace campaign id"),
    Parameter("bxid", "Sailthru (Zephr) profile of the reader", personal=True),
    Parameter("sailthru_hash", "Sailthru, the recipient hashed", personal=True),
    Parameter("lctg", "Listrak and Sailthru list id of one subscriber", personal=True),
    Parameter("bsft_*", "Blueshift: user, mail and click ids", personal=True),
    Parameter("emci", "EveryAction mail id", personal=True),
    Parameter("emdi", "EveryAction id of one delivery", personal=True),
    Parameter("ceid", "EveryAction contact id", personal=True),
    Parameter("nr_email_referer", "Naviga newsletter mark", personal=True),
    Parameter("_bta_tid", "Bronto, the recipient encrypted", personal=True),
    Parameter("_bta_c", "Bronto, the recipient encrypted", personal=True),
    Parameter("rb_clickid", "RedBrick: click of one reader", personal=True),
    Parameter("wickedid", "Wicked Reports: contact id", personal=True),
    Parameter("wickedsource", "Wicked Reports: source of the click"),
    Parameter("dm_i", "dotdigital: account, campaign and contact", personal=True),
    Parameter("dm_t", "dotdigital contact token", personal=True),
    Parameter("trk_contact", "Listrak contact id", personal=True),
    Parameter("trk_msg", "Listrak message id", personal=True),
    Parameter("trk_sid", "Listrak session id", personal=True),
    Parameter("sh_kit", "ShareThis: id of the one who shared", personal=True),
    Parameter("subscriber_id", "id of a subscriber under its plain name", personal=True),
    Parameter("subscriberid", "id of a subscriber under its plain name", personal=True),
    Parameter("elqtrack", "Oracle Eloqua: whether the click is counted"),
    Parameter("elqtrackid", "Oracle Eloqua: the link in the mail", personal=True),
    Parameter("elq", "Oracle Eloqua: the recipient", personal=True, values=r"[0-9a-f]{32}"),
    Parameter("elqaid", "Oracle Eloqua asset"),
    Parameter("elqat", "Oracle Eloqua kind of asset"),
    Parameter("elqcampaignid", "Oracle Eloqua campaign"),
    Parameter("ef_id", "Adobe Advertising click id"),
    Parameter("s_kwcid", "Adobe Advertising keyword"),
    Parameter("sc_campaign", "Sitecore campaign tag"),
    Parameter("matomo_campaign", "Matomo campaign tag, spelt out"),
    Parameter("matomo_kwd", "Matomo keyword tag, spelt out"),
    Parameter("piwik_campaign", "Matomo campaign tag under its first name"),
    Parameter("piwik_kwd", "Matomo keyword tag under its first name"),
    Parameter("cmpid", "Adobe Analytics campaign id, at Bloomberg and others"),
    Parameter("ga_source", "Google Analytics tag of old feeds"),
    Parameter("ga_medium", "Google Analytics tag of old feeds"),
    Parameter("ga_campaign", "Google Analytics tag of old feeds"),
    Parameter("fb_action_ids", "Facebook action that led here"),
    Parameter("fb_action_types", "Facebook action that led here"),
    Parameter("fb_source", "Facebook place that led here"),
    Parameter("__twitter_impression", "X: seen in its app"),
    Parameter("wt_mc", "Mapp (Webtrekk) campaign tag"),
    Parameter("wt_zmc", "Mapp (Webtrekk) campaign tag"),
    Parameter("echobox", "Echobox: when it was posted"),
    # These hosts only: elsewhere the same name is a search term, a moment, a page.
    Parameter("s", "X: the client that shared; counted 7,695. Elsewhere a search term", X_MIRRORS),
    Parameter("t", "X: token of the sharer; counted 2,342. On YouTube a moment of the film", X_MIRRORS),
    Parameter("si", "share id of YouTube and Spotify; counted 1,948", (*YOUTUBE, "spotify.com")),
    Parameter("feature", "YouTube: the button that shared; counted 320", YOUTUBE),
    Parameter("ab_channel", "YouTube: name of the channel, never read; counted 171", YOUTUBE),
    Parameter("pp", "YouTube: the search that led to the film; counted 58", YOUTUBE),
    Parameter("usp", "Google Docs, Drive, Colab: the button that shared; counted 1,274", ("google.com",)),
    Parameter("rdt", "Reddit redirect counter; counted 18", REDDIT),
    Parameter("share_id", "Reddit share id; counted 13", REDDIT),
    Parameter("igsh", "Instagram share id; counted 33", ("instagram.com", "threads.net", "threads.com")),
    Parameter("igshid", "Instagram share id, older name; counted 2", ("instagram.com", "threads.net", "threads.com")),
    Parameter("xmt", "Threads share token; counted 17", ("threads.net", "threads.com")),
    Parameter("rcm", "LinkedIn member who shared; counted 74", LINKEDIN, personal=True),
    Parameter("trk", "LinkedIn and AWS: the place that was clicked; counted 10", (*LINKEDIN, "aws.amazon.com")),
    Parameter("trackingid", "LinkedIn click id", LINKEDIN),
    Parameter("lipi", "LinkedIn page that was left", LINKEDIN),
    Parameter("midtoken", "LinkedIn mail: the member", personal=True),
    Parameter("midsig", "LinkedIn mail: signature for the member", personal=True),
    Parameter("otptoken", "LinkedIn mail: logs the member in", personal=True),
    Parameter("trkemail", "LinkedIn mail: which mail to whom", personal=True),
    Parameter("eid", "LinkedIn mail: the delivery", LINKEDIN, personal=True),
    Parameter("sc_channel", "AWS campaign channel", ("aws.amazon.com",)),
    Parameter("ocid", "Microsoft campaign id", ("microsoft.com", "msn.com")),
    Parameter("mbid", "Conde Nast: the mail or post that led here", CONDE_NAST),
    Parameter("pd_rd_*", "Amazon: where on its pages the link stood", AMAZON),
    Parameter("sca_esv", "Google search: the experiment the searcher was in", GOOGLE),
    Parameter("ei", "Google search: the search before", GOOGLE, personal=True),
    Parameter("ved", "Google search: where on the page the result stood", GOOGLE),
    Parameter("cds", "Naver News: the shelf the reader came from", NAVER),
    Parameter("type", "Naver News: the edition of the shelf", NAVER, values="editn"),
    Parameter("proxyreferer", "Naver Blog: the page before", NAVER),
    Parameter("source", "Medium: the list the story was found in", MEDIUM),
    Parameter("sh", "Forbes share id; counted 16", ("forbes.com",)),
    Parameter("smid", "New York Times share button", ("nytimes.com",)),
    Parameter("reflink", "Wall Street Journal share button", ("wsj.com",)),
    Parameter("r", "Substack: the reader who shared; counted 107", SUBSTACK, personal=True),
    Parameter("j", "Substack: token of the subscriber (a JWT)", SUBSTACK, personal=True),
    Parameter("token", "Substack: token of the subscriber in a link of a mail (a JWT)", SUBSTACK, personal=True),
    Parameter("isfreemail", "Substack: whether the subscriber pays", SUBSTACK),
    Parameter("publication_id", "Substack: the newsletter that sent the mail", SUBSTACK),
    Parameter("post_id", "Substack: the post that sent the mail", SUBSTACK),
    Parameter("triedredirect", "Substack: came by its redirect", SUBSTACK),
    Parameter("e", "Mailchimp: the recipient, in its click and archive links", MAILCHIMP, personal=True),
)  # fmt: skip


KEPT: tuple[Parameter, ...] = (
    Parameter("sk", "Medium friend link: opens the story to whoever has it; counted 18", MEDIUM),
    Parameter("accesstoken", "Bloomberg and others: opens the article to whoever has it", ("bloomberg.com",)),
    Parameter("unlocked_article_code", "New York Times gift link: opens the article", ("nytimes.com",)),
    Parameter("sharetype", "gift link: opens the article", values="gift"),
    Parameter("gift", "gift link: opens the article"),
    Parameter("gaa_at", "Wall Street Journal gift link: opens the article", ("wsj.com",)),
)  # fmt: skip
"""What looks like tracking and opens an article to everybody it is shared with: never taken off, never a secret."""

HELD: tuple[Parameter, ...] = tuple(
    Parameter(name, "may be a page's own key or one reader's: nobody but its maker can tell", personal=True)
    for name in (
        "access_token", "auth", "auth_token", "authtoken", "token", "jwt", "key", "apikey", "api_key", "sig",
        "signature", "session", "sessionid", "sid_token", "uuid", "uid", "user_id", "userid", "member_id", "login",
        "login_token", "magic", "otp", "invite_token", "hash", "email_hash", "recipient", "recipient_id", "contact_id",
        "customer_id",
    )
)  # fmt: skip
"""What a page may need and what may be one reader's: a link with a long value of it is held back, and not stripped."""


def _by_name(rows: Iterable[Parameter]) -> MappingProxyType[str, Parameter]:
    return MappingProxyType({row.name: row for row in rows})


_KEPT = _by_name(KEPT)
_HELD = _by_name(HELD)
_EXACT = _by_name(row for row in PARAMETERS if not row.name.endswith("*"))
_BY_PREFIX = {row.name[:-1]: row for row in PARAMETERS if row.name.endswith("*")}
_PREFIXES = tuple(_BY_PREFIX)


def on_host(host: str, hosts: Iterable[str]) -> bool:
    """Whether ``host`` (lower case) is one of ``hosts`` or a subdomain of one; ``nitter.*`` as in `Parameter`."""
    for name in hosts:
        if name.endswith(".*"):
            if host.removeprefix("www.").startswith(name[:-1]):
                return True
        elif host == name or host.endswith(f".{name}"):
            return True
    return False


def by_host(rows: Iterable[tuple[Iterable[str], Row]]) -> dict[str, tuple[Row, ...]]:
    """An index of the rows of a table under each of their hosts, for `rows_on`."""
    index: dict[str, tuple[Row, ...]] = {}
    for hosts, row in rows:
        for host in hosts:
            index[host] = (*index.get(host, ()), row)
    return index


def rows_on(host: str, index: dict[str, tuple[Row, ...]]) -> tuple[Row, ...]:
    """The rows for ``host`` (lower case) or the nearest domain above it; none for a host longer than DNS allows."""
    for domain in _domains(host):
        if domain in index:
            return index[domain]
    return ()


@lru_cache(maxsize=1024)  # a newsletter's links lead to a few hundred hosts, and each is looked up in five tables
def _domains(host: str) -> tuple[str, ...]:
    """A host and the domains above it."""
    labels = host.split(".") if host and len(host) <= _MAX_HOST else []
    return tuple(".".join(labels[start:]) for start in range(len(labels)))


def tracking_parameter(name: str, host: str, value: str = "") -> Parameter | None:
    """The row that makes the parameter ``name`` a tracking one on ``host``, or None where it is functional.

    Args:
        name: As it stands in the query: any case, percent-encoding and a leading ``amp;`` are seen through.
        host: Lower case; empty where it is not known, and then only rows for every host are met.
        value: As it stands in the query, for rows whose values decide.
    """
    bare = bare_name(name)
    row = _EXACT.get(bare)
    if row is None and bare.startswith(_PREFIXES):
        row = next(row for prefix, row in _BY_PREFIX.items() if bare.startswith(prefix))
    if row is None:
        return None
    return row if _holds(row, host, value) else None


def maker_of(host: str, query: str) -> str:
    """The host by whose rows a query is read: ``substack.com`` for a Substack under a domain of its own.

    Its mails add the newsletter's and the post's numbers to every link of their own.
    """
    return "substack.com" if _OF_SUBSTACK.search(query) else host


_OF_SUBSTACK = re.compile(
    r"(?:^|&)(?:amp;)?(?:isFreemail=(?:true|false)|publication_id=\d+&(?:amp;)?post_id=\d+)(?:&|$)"
)


def held_parameter(name: str, host: str) -> Parameter | None:
    """The row of a parameter that a page may need and that may be one reader's; None for all others."""
    bare = bare_name(name)
    row = _KEPT.get(bare)
    return None if row is not None and _holds(row, host, "") else _HELD.get(bare)


def bare_name(name: str) -> str:
    """A parameter's name as the table has it: lower case, decoded, without a leading ``amp;``."""
    bare = (unquote(name) if "%" in name else name).strip().lower()
    while bare.startswith("amp;"):
        bare = bare[4:]
    return bare


def _holds(row: Parameter, host: str, value: str) -> bool:
    if (row.hosts and not on_host(host, row.hosts)) or on_host(host, row.but):
        return False
    return not row.values or re.fullmatch(row.values, unquote(value), re.IGNORECASE) is not None
