"""Words that name boilerplate, by what they mean: one table for headings, which rule their section, and for items.

A row was taken from what the services write into every mail they send (the footers and blocks of beehiiv, Substack,
Mailchimp, Kit, Buttondown, Ghost, HubSpot, Cooper Press and Stibee) and from newsletter-format.md, sections 1 and 9.
A form names the whole of what it means: "sponsored" within a sentence is news.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from pipeline.records.issues import TextFlag

Meaning = Literal[
    "sponsor", "contents", "referral", "share", "poll", "greeting", "signature", "feedback", "app", "plan", "address",
    "jobs", "forwarded", "byline", "counts", "legal", "subscription",
]  # fmt: skip


class Row(NamedTuple):
    """Words of one meaning.

    Attributes:
        flag: What an item of them is flagged as, and the section under such a heading.
        headings: Whole headings, in lower case, every run of other characters than letters and digits one space.
        longest: Of an item, in characters; a longer text tells more than that.
        items: How such an item begins (``^``) or what stands in it, in lower case.
    """

    meaning: Meaning
    flag: TextFlag
    headings: tuple[str, ...]
    longest: int
    items: tuple[str, ...]


_US = r"(?:us|me|our|the team)"
_THIS = (
    r"(?:this|today.s|the|our|my|last week.s) (?:\w+ )?(?:e-?mail|newsletter|issue|edition|post|digest|letter|briefing)"
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_NETWORK = r"(?:twitter|x|linkedin|facebook|instagram|youtube|tiktok|mastodon|bluesky|threads|telegram|whatsapp|slack)"

ROWS: tuple[Row, ...] = (
    Row("sponsor", "sponsor",
        ("(?:a (?:quick )?(?:word|message|note) from |from |thanks to |meet )?(?:our |today s |this week s )?"
         "(?:presenting |featured )?(?:sponsors?|partners?)(?: spotlight| message| content| of the (?:day|week))?",
         "sponsored(?: (?:by|content|post|message|link|links|resource|resources|story|stories|section)(?: .*)?)?",
         "(?:together with|brought to you by|presented by|powered by|supported by|in partnership with) .+",
         "advertisement", "advertorial", "ads?", "promoted(?: content)?", "paid (?:post|partnership|placement)",
         "(?:this|today s) (?:\\w+ )?(?:issue|edition|e ?mail|newsletter) is (?:brought to you|sponsored|presented"
         "|powered|supported) by .*", "classifieds?(?: ads?)?", "광고", "스폰서", "협찬"),
        300,
        (r"^\W{0,6}(?:supported by|our sponsors?|from our (?:sponsors?|partners?)|ad|ads|promoted|광고|협찬)\W{0,6}\Z",
         r"^\W{0,6}(?:a (?:quick )?(?:word|message) from (?:our|today.s) (?:sponsor|partner))",
         r"(?:\A|\n)[^\n.]{1,40} sponsor\W{0,3}\Z", r"^\[?(?:광고|협찬)\]? ?[|:]",
         r"^\W{0,6}this (?:section|story|post|link) is sponsored\b", r"\(sponsor(?:ed)?\)\W{0,3}\Z")),
    Row("contents", "toc",
        ("(?:table of )?contents", "toc", "in (?:this|today s) (?:issue|e ?mail|edition|newsletter)",
         "here s what (?:we re|we have|you ll|is|s) .{0,30}(?:today|inside|for you|this week|find)",
         "(?:here s )?what s (?:inside|in (?:today s|this) (?:issue|edition|newsletter|e ?mail))(?: today)?",
         "in this week s (?:issue|edition|newsletter)", "on the menu(?: today)?", "quick links to sections", "목차"),
        0, ()),
    Row("referral", "filler",
        ("(?:our |the )?referral program(?:me)?", "refer (?:a friend|friends|your friends).*",
         "share .{1,60} (?:and|to) (?:earn|win|get) .*", "earn (?:free )?(?:swag|rewards)", "추천인.*"),
        400,
        (r"\byou (?:currently |only )?have \W{0,3}\d+\W{0,3} referrals?\b", r"\bcopy (?:and|&|\+) paste (?:this|your) ",
         r"\b(?:your|unique|personal) (?:unique |personal )?referral (?:link|code|hub|count|url)\b",
         r"^\W*(?:refer|invite) (?:a|your|\d+|some) (?:friends?|colleagues?)\b",
         r"^\W*share your (?:unique |personal |referral )?link\b", r"^\W*click to share\W*\Z",
         r"\b\d+ referrals?\W{1,4}(?:to|away|left|until|=|:)")),
    Row("share", "filler",
        ("share(?: (?:it|the love|the newsletter))?(?: with .*)?", "spread the word", "follow me(?: .*)?",
         "connect with (?:us|me)", "stay connected", "let s connect", "공유하기"),
        260,
        (r"^\W*(?:p\.?s\W+)?(?:please )?(?:do )?(?:share|forward|send) (?:this|it|the (?:newsletter|post|issue))\b.{0,80}"
         r"(?:friend|colleague|network|someone|social|team|newsletter|e-?mail|issue|post|\Z)",
         r"^\W*share\W*\Z", r"^\W*share .{1,40}\n?\Z(?<=newsletter)", r"^\W*(?:like|comment|restack|tweet|post)\W*\Z",
         rf"^\W*(?:share|tweet|post)(?: this| it)? (?:on|to|via) {_NETWORK}\b", r"^\W*spread the word\b",
         rf"^\W*(?:and |be sure to |don.t forget to )?(?:follow|find|join|connect with) {_US} (?:\w+ )?"
         rf"(?:on|at|in) (?:{_NETWORK}|social)", rf"\bfollow our {_NETWORK}\b", r"^\W*follow us(?: on)?\W*\Z",
         r"^\W*know (?:someone|anyone|somebody) who\b", r"^\W*(?:enjoy(?:ed|ing)?|lik(?:ed|ing)|love) (?:this|what)\b"
         r".{0,80}(?:share|forward|subscri|friend)", rf"^\W*{_NETWORK}(?:\W+{_NETWORK}){{1,8}}\W*\Z",
         r"(?:친구|동료)에게 ?(?:공유|추천|전달)", r"^\W*공유하기\W*\Z")),
    Row("poll", "filler",
        ("(?:\\w+ )?(?:poll|quick poll|reader poll|survey)(?: of the (?:day|week))?(?: results)?", "vote",
         "(?:what|how)(?: did| d) you (?:think|like|find) .*", "how (?:did we do|was (?:today s|this) .*)",
         "how would you rate .*", "rate (?:this|today s) .*", "오늘.{0,12}어(?:떠|땠)셨.*"),
        260,
        (r"^\W*(?:reader |quick |today.s )?poll\b\W", rf"\b(?:what|how) did you (?:think (?:of|about)|like|find) {_THIS}",
         r"\bhow (?:did we do|are we doing)\b", rf"\bhow (?:was|would you rate|do you rate) {_THIS}",
         rf"^\W*rate {_THIS}", r"\b(?:cast your vote|take (?:the|our|this) (?:\w+ )?(?:poll|survey))\b",
         r"\blog ?in or subscribe to participate\b", r"^\W*(?:vote|click) (?:below|here|now)\b",
         r"^([^\w\s#*+=~_.-])\1\1", r"^\W*(?:loved it|it was ok(?:ay)?|not (?:great|good|for me)|meh)\W*\Z",
         r"뉴스레터.{0,10}어(?:떠|땠)셨", r"^\W*(?:좋았어요|아쉬웠어요|아쉬워요|별로예요)")),
    Row("greeting", "filler", (), 90,
        (r"^\W*(?:hi|hey|hello|hiya|dear|gm|good (?:morning|afternoon|evening|day)|greetings|howdy|happy (?:"
         rf"{_DAY}|new year|holidays|thanksgiving))(?:,? (?!world\b)[\w'\u2019&-]+){{0,4}}\W{{0,6}}\Z",
         rf"^\W*(?:hi|hey|hello|dear|good (?:morning|afternoon|evening)|happy {_DAY})(?: [\w'\u2019&-]+){{0,3}}[,!.:\u2014-]+ "
         r"(?:and )?(?:welcome|here.s|here is|this is|it.s|i.m|we.re|hope|happy)\b",
         r"^\W*welcome (?:back )?to (?:the |another |this |issue|edition|your |our )",
         r"^\W*(?:i )?hope (?:you.re|you are|this (?:e-?mail|finds)|you had|everyone)\b", r"안녕하세요.{0,60}\Z")),
    Row("greeting", "filler", (), 300,
        (r"^\W*(?:gm|hi|hey|hello|good morning|welcome)\b.{0,60}\b(?:the |your )(?:\w+ ){0,2}newsletter (?:that|for|about|where)\b",
         r"^\W*welcome to (?:\w+ )?(?:issue|edition) #?\d", r"^\W*welcome (?:back )?to .{1,60}, (?:the|your|a) (?:\w+ ){0,3}"
         r"(?:newsletter|digest|round-?up|briefing|update)\b")),
    Row("signature", "filler", ("until next time", "that s (?:it|all|a wrap).*", "thanks for reading.*", "마치며"), 200,
        (r"^\W*(?:and )?that.s (?:it|all|a wrap)(?: for (?:this|today|now)|\W|\Z)",
         r"^\W*(?:we.ll |i.ll )?(?:see|catch|talk to|speak to) (?:you|ya|y.all) (?:next|tomorrow|soon|again|later|in your"
         rf"|then|on {_DAY})\b", r"^\W*until (?:next (?:time|week|month)|tomorrow|then)\W",
         r"^\W*(?:i|we) look forward to (?:seeing you|hearing)\b", r"^\W*thanks? (?:you )?(?:so much )?for (?:reading|subscribing"
         r"|being (?:a|here))\b", r"^\W*(?:cheers|best(?: regards| wishes)?|warmly|sincerely|yours(?: truly)?|regards|"
         r"kind regards|take care|love|ciao|onwards?|xoxo)\W{0,3}(?:\Z|[,!\n\u2014-])",
         r"^\W*(?:happy (?:reading|coding|hacking|building|weekend)|have a (?:great|good|nice|lovely|wonderful|fantastic)"
         rf" (?:day|week|weekend|{_DAY})|stay (?:curious|thirsty|hungry|tuned|safe|classy))\b",
         r"^[-\u2013\u2014~] ?(?:the )?[\w.'\u2019&]+(?: [\w.'\u2019&]+){0,4}\W{0,6}\Z", r"^\W*(?:your (?:editors?|host|author)|the .{1,40} team)\W*\Z",
         r"^\W*(?:다음 (?:주|호|시간)에 (?:또 )?(?:만나|뵙|봬|찾아)|읽어 ?주셔서 감사|오늘도 읽어)")),
    Row("feedback", "filler",
        ("feedback", "(?:got |have |any )?(?:feedback|suggestions|questions?|a tip|a story)", "get in touch",
         "contact(?: us)?", "write (?:to )?us", "tell us what you think", "advertise(?: with us)?", "피드백"),
        300,
        (r"^\W*(?:just |simply |you can )?(?:hit |press )?reply (?:to (?:this|let|tell|say)|and (?:let|tell)|with)\b",
         r"^\W*got an? (?:\w+ )?(?:link|tip|story|question|idea|suggestion|project|job|comment)s? (?:for us|to share|for me|you)\b",
         r"\b(?:we|i).?d love (?:to (?:hear|know)|your (?:feedback|thoughts))\b",
         r"^\W*(?:have |got |any |send (?:us |me )?(?:your )?)?(?:feedback|suggestions|questions|comments|tips)\b.{0,60}"
         r"(?:\?|reply|e-?mail|let us|us know|here)", r"^\W*(?:want to|interested in|would you like to) (?:advertis|sponsor|"
         r"partner|reach|get your (?:brand|product))", r"^\W*(?:advertise|sponsor|partner|work) with us\b",
         r"^\W*(?:become a sponsor|sponsorship\W|to advertise\b)", r"^\W*(?:e-?mail|contact|write to) us(?: at| with)?\b",
         r"^\W*let (?:us|me) know what you\b", r"^\W*(?:피드백|의견|문의)(?:을|를|은|는)? ?(?:남기|보내|주|하기|:|\Z)")),
    Row("app", "filler", ("(?:get|download) (?:the|our) (?:\\w+ ){0,3}app",), 240,
        (r"^\W*(?:download|get|try|install|read .{0,40} in|listen .{0,30}in) (?:the|our) (?:[\w.'\u2019]+ ){0,4}apps?\b",
         r"^\W*read (?:this |it )?in (?:the )?app\b", r"\b(?:app store|google play)\b\W{0,3}(?:\Z|\W.{0,60}\b(?:app store|google play)\b)",
         r"^\W*(?:get|available|download it) (?:it )?(?:on|from|in) (?:the )?(?:app store|google play)\b",
         r"^\W*available (?:for|on) (?:ios|android)\b.{0,30}\Z", r"^\W*open in (?:the )?app\b")),
    Row("plan", "filler",
        ("(?:become|upgrade to) an? (?:paid |premium |paying |free )?(?:subscriber|member)(?: .*)?", "upgrade(?: to paid)?(?: .*)?",
         "support (?:us|our work|my work|this newsletter)", "join (?:pro|premium|the membership)", "구독하기"),
        400,
        (r"\byou.re (?:currently |on |getting |receiving |reading )*(?:a |the )?free (?:subscriber|version|plan|list|edition|preview|tier)\b",
         r"\byou are (?:currently |on |getting |receiving |reading )*(?:a |the )?free (?:subscriber|version|plan|list|edition|preview|tier)\b",
         r"^\W*(?:please )?(?:consider )?(?:upgrad(?:e|ing) (?:to|your|now|here)|becom(?:e|ing) an? (?:paid |paying |premium |free )*(?:subscriber|member"
         r"|supporter))", r"^\W*upgrade\W*\Z", r"\bthis (?:post|issue|newsletter|edition) is (?:free|public|for (?:paid|paying))\b",
         r"^\W*(?:subscribe|sign up|join)(?: (?:now|here|today|for free|free|to (?:our|the|this|get)\b.{0,60}))?\W*\Z",
         r"\b(?:claim|start|get) (?:a|your|my) (?:\S+ )?free trial\b", r"^\W*(?:one|\d+|a)\W(?:day|week|month) free trial\W*\Z",
         r"\bto receive new posts and support (?:my|our) work\b", r"\bis a reader-supported (?:publication|newsletter)\b",
         r"\bbecome a member to (?:access|get|read|listen|unlock)\b", r"^\W*구독(?:하기|해 ?주)")),
    Row("address", "footer", ("(?:our )?(?:mailing )?address",), 220,
        (r"\bour (?:mailing |postal )?address is\b", r"^[^.!?\n]{0,90}\b(?:po|p\.o\.) box \d+",
         r"^[^!?\n]{4,120}(?:,|\s) ?[a-z]{2,14}\.? \d{5}(?:-\d{4})?(?:,? (?:usa|us|united states))?\W{0,4}\Z",
         r"^[^!?\n]{4,120}\b[a-z]{1,2}\d[a-z\d]? \d[a-z]{2}(?:,? [a-z ]{2,20})?\W{0,3}\Z",
         r"^\d{1,5}[\w ]{0,4} (?:[\w.']+ ){1,4}(?:street|st\.?|avenue|ave\.?|road|rd\.?|boulevard|blvd\.?|drive|lane|square|place)\b"
         r"[^!?\n]{0,80}\Z", r"^[^!?\n]{0,30}[가-힣]{1,8}(?:시|도) [가-힣]{1,6}(?:구|시|군) [^!?\n]{0,60}(?:로|길) ?\d+",
         r"^\W*(?:published|made|sent|written) (?:with .{0,12} )?by .{1,80}(?:ltd|inc|llc|gmbh|limited)\b",
         r"^\W*add \S+@\S+ to your (?:address book|contacts)\b", r"^\W*(?:©|\(c\)|copyright) ?.{1,60}\Z",
         r"^\W*(?:publish(?:ed)? on|powered by|built with|sent (?:with|via|by|using)|made with|created with) (?:beehiiv|substack|"
         r"mailchimp|intuit|convertkit|kit|buttondown|ghost|hubspot|stibee|스티비|revue|mailerlite|brevo)\b",
         r"^\W*start writing\W*\Z", r"^\W*substack is the home for\b", r"^\W*(?:privacy policy|terms)(?:\W+(?:terms.{0,20}"
         r"|privacy policy|contact(?: us)?|cookies?))*\W*\Z", r"^\W*(?:본 메일|이 메일)은 ")),
    Row("subscription", "footer",
        ("manage (?:your )?(?:subscription|preferences)", "about (?:this|the) newsletter", "(?:un)?subscribe(?: .*)?",
         "follow us(?: .*)?", "(?:share|forward) this .*"), 300,
        (r"\b(?:cancel|change|update|manage) your (?:e-?mail )?(?:subscription|address|settings|preferences)\b",
         r"\breport this e-?mail\b", r"^\W*(?:no longer|don.t|do not) want (?:to (?:receive|get)|these)\b",
         r"^\W*(?:this e-?mail|it) was sent to\b", r"^\W*you.re (?:getting|subscribed)\b.{0,60}\b(?:because|to this|as|list)\b",
         r"^\W*you (?:are subscribed|signed up|subscribed)\b", r"^\W*(?:having )?trouble (?:reading|viewing|seeing)\b",
         r"^\W*(?:if|is) (?:this|the) e-?mail .{0,60}(?:display|browser|correctly)", r"^\W*(?:view|read|open|see)\b.{0,24}\b(?:online"
         r"|in (?:your |a |the )?browser|on (?:the )?web(?:site)?)\W*\Z", r"^\W*(?:past issues|archives?|all issues)(?:\W+(?:subscribe|view"
         r"|unsubscribe).{0,40})?\W*\Z", r"^.{0,60}\|\W*read online\W*\Z", r"수신 ?거부", r"^\W*(?:지난 ?호|지난 뉴스레터)\b")),
    Row("jobs", "sponsor",
        ("jobs?(?: board| of the week| listings?)?", "(?:featured|open|remote|latest|new) (?:jobs?|roles|positions)",
         "(?:we re|who s|now) hiring", "job (?:ads?|openings?|opportunities)", "find a job.*", "채용(?: ?공고)?"), 0, ()),
    Row("forwarded", "footer", (), 900,
        (r"^[-\s]{4,}\s?(?:forwarded|original) message\b", r"^\W*begin forwarded message\b",
         r"^from:? .{1,160}\b(?:sent|date|on):? .{1,200}\bsubject:? ", r"^on .{6,80}\bwrote:\W*\Z",
         r"^\W*(?:보낸 ?사람|발신):.{1,200}(?:제목|받는 ?사람):", r"^-+ ?(?:전달된 메시지|원본 메일)", r"^\W*fyi\W*\Z",
         r"^sent from my \w+")),
    Row("byline", "metadata", (), 80,
        (r"^\W*(?:written |edited |curated |compiled |words |story )?by (?!the\b|now\b|\d|far\b|then\b|law\b)(?:[\w.'\u2019-]+ ?){1,4}"
         r"(?:(?:,| and|&) (?:[\w.'\u2019-]+ ?){1,4}){0,3}\W{0,3}\Z",
         rf"^\W*(?:{_DAY},? )?(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH})(?:,? \d{{4}})?"
         r"(?:,? (?:at )?\d{1,2}:\d{2}.{0,12})?(?:\W+(?:read online|issue.{0,12}|\d+ min(?:ute)?s?(?: read)?))?\W*\Z",
         rf"^\W*(?:issue|edition|vol(?:ume)?\.?|no\.?|number|#) ?#?\d+\b(?:\W+(?:{_DAY}|{_MONTH}|\d{{1,4}}(?:st|nd|rd|th)?|of))*\W*\Z",
         r"^\W*\d{1,3} ?min(?:ute)?s?(?: read)?\W*\Z", r"^\d{4}[./년-] ?\d{1,2}[./월-] ?\d{1,2}일?\W*(?:\(?[월화수목금토일]\)?(?:요일)?)?\W*\Z",
         r"^\W*제? ?\d+호\W*\Z")),
    Row("counts", "metadata", (), 80,
        (r"^\W*[\d.,]+[km]?\W{0,2}(?:re-?tweets?|likes?|replies|comments?|reposts?|shares?|views?)(?:\W{0,3}[\d.,]+[km]?\W{0,2}"
         r"(?:re-?tweets?|likes?|replies|comments?|reposts?|shares?|views?))*\W*\Z", r"^\W*\d{1,3}\W*\Z", r"^\W{1,40}\Z")),
    Row("legal", "filler", ("disclaimers?", "legal(?: notice)?", "disclosures?"), 700,
        (r"^\W*(?:disclaimer|disclosure)\W", r"\b(?:is|as) not? (?:any )?(?:financial|investment|legal) advice\b",
         r"\bnone of this is (?:financial|investment|legal) advice\b", r"\bmay (?:earn|receive) (?:an? )?(?:affiliate )?commission\b")),
)  # fmt: skip

_WORD = re.compile(r"[^\W_]+")
_LONGEST = max(row.longest for row in ROWS)
_ITEMS = tuple(
    (row.flag, row.longest, re.compile("|".join(f"(?:{form})" for form in row.items))) for row in ROWS if row.items
)
_HEADINGS = re.compile(
    "|".join(f"(?P<h{number}>{'|'.join(row.headings)})" for number, row in enumerate(ROWS) if row.headings)
)
_CLOSING = re.compile(r"(?:\A|\n)[^\n.]{1,40} sponsor\W{0,3}\Z|\(sponsor(?:ed)?\)\W{0,3}\Z", re.IGNORECASE)
_TAIL = re.compile(
    r"\W*(?:(?:read|learn|find out|see|view|show|discover) (?:more|on)(?: .{0,40})?|(?:continue|keep) reading"
    r"|(?:read|view|see|open|watch|get)(?: the)? (?:full |whole |complete )?(?:story|article|post|details|video|paper|report|thread)"
    r"(?: .{0,24})?|자세히 ?(?:보기|읽기)|더 ?(?:보기|읽기)|기사 ?(?:보기|읽기)|원문 ?(?:보기|읽기))\W*",
    re.IGNORECASE,
)


def folded(title: str) -> str:
    """A heading's words, in lower case and one blank apart."""
    return " ".join(_WORD.findall(title.lower()))


def named_by(words: str) -> TextFlag | Literal[""]:
    """The flag of the section under a heading of these words (`folded`); empty where it names no boilerplate."""
    found = _HEADINGS.fullmatch(words)
    return ROWS[int(found.lastgroup[1:])].flag if found and found.lastgroup else ""


def flag_of(text: str) -> TextFlag | Literal[""]:
    """What a whole item of this text is, by its words; empty where it may be news."""
    if len(text) > _LONGEST:
        return ""
    lowered = text.lower()
    return next((flag for flag, longest, form in _ITEMS if len(text) <= longest and form.search(lowered)), "")


def closes_advert(text: str) -> bool:
    """Whether a sponsor's mark is the last line of its advert ("Ballast sponsor"), so that nothing after it is one."""
    return _CLOSING.search(text) is not None


def is_tail(text: str) -> bool:
    """Whether a line only leads to more of the story before it ("Read more")."""
    return len(text) <= 80 and _TAIL.fullmatch(text) is not None
