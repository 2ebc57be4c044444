"""What stands in a newsletter, counted without the pipeline: a scan for addresses, and another Markdown parser.

Nothing here shares code with ``pipeline``; where the two disagree, one of them is wrong.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import Any, NamedTuple

import markdown
from lxml import etree
from lxml import html as lxml_html

from tests import rendering


class Counted(NamedTuple):
    """Addresses (http and https) and words of a newsletter, each as often as it stands there."""

    addresses: Counter[str]
    words: Counter[str]


_HTTP = re.compile(r"https?://", re.IGNORECASE)
_IN_ATTRIBUTE = re.compile(r"\b(?:href|src)\s*=\s*([\"'])\s*<?\Z", re.IGNORECASE)
_BARE_END = re.compile(r"[\s<>\"“”`\\（）]|\]\(")
_LABEL_END = re.compile(r"[^\[\]\n]{0,300}\]\(")
_NOT_GLUED = "/=?&%#:+@|"
_DEBRIS = re.compile(
    r"(?:[.,;:!?)\]}>*_'\"`~…|\\’”$]|%3E|%60|%22|[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])+\Z", re.IGNORECASE
)
_READER = re.compile(r"(?<=[?&])(?:r=\w{4,}|(?:rcm|_hsenc|mc_eid)=[^&#]*)(?:&|(?=#)|\Z)|(?<=/unsubscribe\?)[^#]*")
"""Parameters that name a reader, in the newsletters at hand: no record keeps them."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)")
_BLOCK_TAG = re.compile(r"</?(?:li|[uo]l|div|p|h[1-6]|br|hr)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:a|strong|em|b|i|code|span)\b[^<>]*>", re.IGNORECASE)
_TEMPLATE_TAG = re.compile(r"\{%[^%]*%\}")
_WORD = re.compile(r"\w+")
_LIST_NUMBER = re.compile(r"^[ \t>]*(?:[-*+] |#{1,6} )*\d{1,3}[.)] ", re.MULTILINE)
_WHOLE_URL = re.compile(r"https?://[^\s\u2018\u2019\u2014]+", re.IGNORECASE)


def key(address: str) -> str:
    """An address for comparison: entities decoded, escapes and debris at its end gone."""
    address = _UNSEEN.sub("", address)
    plain = _ESCAPE.sub(r"\1", html.unescape(html.unescape(address)))
    plain = "".join(re.split(r"[<>\"“”`]", "".join(plain.split()))[:1])
    before = None
    while before != plain:
        before, plain = plain, _DEBRIS.sub("", plain)
    return _READER.sub("", plain).casefold().removesuffix("/").removesuffix("?")


def words_of(text: str) -> list[str]:
    """Words without addresses, which text mails show, and without the numbers of lists, which pages draw."""
    return _WORD.findall(_WHOLE_URL.sub(" ", _LIST_NUMBER.sub(" ", text)).casefold())


def of_markdown(body: str) -> Counted:
    """A stored newsletter without its front matter: what its template shows on the web, and the mail's own footer."""
    text = rendering.without_toc(_shown_anywhere(rendering.MARKER.sub("", body)))
    if "](http" not in text and "<p>" not in text:  # the text part of a mail
        return Counted(Counter(map(key, _addresses(text))), Counter(words_of(text)))
    rendered = markdown.markdown(text, extensions=["tables", "fenced_code"], tab_length=2)
    return Counted(Counter(map(key, _addresses(_COMMENT.sub("", text)))), Counter(words_of(_shown(_parsed(rendered)))))


def _shown_anywhere(text: str) -> str:
    """The web's branch of a template, and the last line of the mail's that leads where nothing on the web does."""
    web = rendering.branch(text, "web")
    known = set(map(key, _addresses(web)))
    lines = rendering.branch(text, "email").splitlines()
    own = [line for line in lines if (led := set(map(key, _addresses(line)))) and not led & known]
    return "\n\n".join([web, *own[-1:]])


def of_line(line: str) -> list[str]:
    """The words of one line of Markdown that a reader sees, as far as a line alone tells."""
    text = _IMAGE.sub(" ", _TEMPLATE_TAG.sub(" ", rendering.without_toc(rendering.MARKER.sub("", line))))
    before = None
    while before != text:
        before, text = text, _LINK.sub(r"\1", text)
    return words_of(html.unescape(_TAG.sub("", _BLOCK_TAG.sub(" ", _ESCAPE.sub(r"\1", text)))).replace("**", ""))


def of_page(page: str) -> Counted:
    """A stored page: its one ``<article>``."""
    start, end = page.find("<article"), page.rfind("</article>")
    text = rendering.without_toc(_shown_anywhere(page[page.find(">", start) + 1 : end]))
    return Counted(Counter(map(key, _addresses(text))), Counter(words_of(_shown(_parsed(text)))))


# fmt: off
_INLINE = frozenset({
    "a", "abbr", "b", "big", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "tt", "u", "var",
})
# fmt: on


def _shown(node: Any) -> str:
    """The text of all elements; blocks set their words apart, inline elements do not."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(node, events=("start", "end", "comment")):
        apart = "" if element.tag in _INLINE else " "
        if event == "start":
            pieces += [apart, element.text or ""]
        else:  # a comment has an end only
            pieces += [apart if event == "end" else "", element.tail or ""]
    return "".join(pieces)


def _parsed(source: str) -> Any:
    return lxml_html.fromstring(f"<div>{source}</div>", parser=lxml_html.HTMLParser(huge_tree=True))


def _addresses(text: str) -> list[str]:
    """Every address of a text once: as a target, in an attribute, or bare; not where it is the label of another."""
    found: list[str] = []
    covered, quoted = 0, False
    for http in _HTTP.finditer(text):
        start = http.start()
        before = text[max(0, start - 60) : start]
        attribute = _IN_ATTRIBUTE.search(before)
        is_target = before.endswith(("](", "](<", "]( "))
        if start < covered and (quoted or not (is_target or attribute)):
            continue
        if attribute is not None:
            end = text.find(attribute[1], start)
        elif is_target:
            end = _closing(text, start)
        else:
            end = _bare_end(text, start)
            if _in_anchor(text, start) or (_LABEL_END.match(text, end) and _opens_label(text, start)):
                covered = end
                continue
        covered, quoted = max(covered, end), attribute is not None
        if end > http.end() or attribute is not None:
            found.append(text[start:end])
    return found


def _bare_end(text: str, start: int) -> int:
    boundary = _BARE_END.search(text, start)
    end = boundary.start() if boundary else len(text)
    glued = next(
        (h.start() for h in _HTTP.finditer(text, start + 8, end) if text[h.start() - 1] not in _NOT_GLUED), end
    )
    return min(end, glued)


def _closing(text: str, start: int) -> int:
    depth = 0
    for place in range(start, min(len(text), start + 2_000)):
        character = text[place]
        if character == "(":
            depth += 1
        elif character == ")":
            if depth == 0:
                return place
            depth -= 1
        elif text.startswith(("\n\n", "\n#", "\n-", "]("), place):
            return place
    return _bare_end(text, start)


def _opens_label(text: str, start: int) -> bool:
    line = text[max(text.rfind("\n", 0, start) + 1, start - 300) : start]
    return line.count("[") > line.count("]")


def _in_anchor(text: str, start: int) -> bool:
    opened = text.rfind("<a ", max(0, start - 3_000), start)
    return opened >= 0 and text.find("</a", opened, start) < 0 and text.find(">", opened, start) >= 0
