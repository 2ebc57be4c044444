"""The source of a newsletter before it is parsed: what an editor, a template or a slip left in it."""

from __future__ import annotations

import re
from bisect import bisect_left

# Buttondown writes its editor's mode before the first letter of the body, on the same line; CommonMark then takes
# the whole line for an HTML comment (newsletter-format.md, section 8).
_EDITOR_MARKER = re.compile(r"<!-- ?buttondown-editor-mode: ?\w{0,20} ?-->")
_TOC_MARKER = re.compile(r"\[TOC\](?=[ \t]*(?:</p>)?[ \t]*$)", re.MULTILINE)

# Django's two-way template. Its tags stand alone on their line or paragraph; braces elsewhere are content.
_TEMPLATE_TAG = re.compile(
    r"\{%-?[ \t]*(?:(?P<open>if)[ \t]+(?P<test>[^%\n]{1,120}?)|(?P<turn>else)|(?P<close>endif))"
    r"[ \t]*-?%\}[ \t]*(?=$|</p>)",
    re.MULTILINE,
)
_MAX_BLANKS = 200
_MAX_FOOTER_LINE = 300  # characters; a copy of a section on one line has thousands
_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+")
_MEDIUM = re.compile(r"medium[ \t]*==[ \t]*(?:'|\"|&#39;|&#x27;|&quot;|’|‘)(web|email)(?:'|\"|&#39;|&#x27;|&quot;|’)$")

# Lines that no code block and no comment holds: the newsletter's own headings. One that would be swallowed shows
# that the fence or the comment before it was never closed.
# A pattern that begins with a line break is looked for several times as fast as one that begins with "^".
_OWN_HEADING = re.compile(
    r"\n(?:#{1,3} (?:\*\*)?(?:AI (?:Twitter|Reddit|Discord)|PART [0-9X]|Discord: |\[[^\]\n]{1,80}\]\(https://discord)"
    r"|#{1,3} .{0,120}▷ #|\*\*.{1,120}▷ #)",
)
_FENCE = re.compile(r"\n {0,3}(?P<marks>`{3,}|~{3,})(?P<info>[^\n]*)")
_SPANS = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))

# Elements whose content an HTML parser takes as raw text: up to the end tag or, without one, to the end of the file.
_RAW_TEXT = re.compile(
    r"<(/?)(?=[tTxXpPnNsSiI][iImMlLoOcCeEfFtT])"  # what few tags begin with: a quick no
    r"((?i:title|xmp|plaintext|noembed|noframes|script|style|textarea|iframe))(?=[\s>/])"
)
_UNREAD = ("script", "style", "textarea", "iframe")


def without_editor_marks(text: str) -> str:
    """Without the marker glued to the first line and without ``[TOC]``, the place where a table of contents goes."""
    body = text.lstrip()
    marker = _EDITOR_MARKER.match(body)
    text = body[marker.end() :] if marker else text
    return _TOC_MARKER.sub("", text) if "[TOC]" in text else text


def for_the_web(text: str) -> str:
    """The web branch of ``{% if medium == 'web' %} … {% else %} … {% endif %}``.

    The other branch holds the e-mail's copy of the same sections; a closing line with an address of its own
    ("share with a friend") is kept as well. HTML-escaped and unclosed forms are accepted.
    """
    if "{%" not in text or "medium" not in text:
        return text
    kept: list[str] = []
    left: list[tuple[int, str]] = []  # what was left out, and before which piece
    position, inner = 0, 0
    branch: bool | None = None  # None outside of the template; else whether the branch we are in is kept
    for tag in filter(_stands_alone, _TEMPLATE_TAG.finditer(text)):
        medium = _MEDIUM.search(tag["test"]) if tag["open"] else None
        if branch is None and medium is None:
            continue
        if branch is not None and (tag["open"] or inner):
            inner += 1 if tag["open"] else -1 if tag["close"] else 0
            continue
        if branch is not False:
            kept.append(text[position : tag.start()])
        else:
            left.append((len(kept), text[position : tag.start()]))
        position = tag.end()
        branch = medium[1] == "web" if medium else None if tag["close"] else not branch
    kept.append(text[position:] if branch is not False else "")
    known = frozenset(_ADDRESS.findall("".join(kept))) if left else frozenset()
    for place, mail in left:
        kept[place] = _closing_line(mail, known) + kept[place]
    return "".join(kept)


def _closing_line(mail: str, known: frozenset[str]) -> str:
    """The last line with an address in a mail's branch, unless one of its addresses is known from the web's."""
    line = next((line for line in reversed(mail.splitlines()) if _ADDRESS.search(line)), "")
    is_new = bool(line) and len(line) <= _MAX_FOOTER_LINE and known.isdisjoint(_ADDRESS.findall(line))
    return f"\n{line}\n" if is_new else ""


def _stands_alone(tag: re.Match[str]) -> bool:
    """Whether nothing but blanks stands before a tag of the template in its line or paragraph."""
    before = tag.string[max(0, tag.start() - _MAX_BLANKS) : tag.start()]
    before = before[before.rfind("\n") + 1 :].strip(" \t")
    return not before or before.endswith("<p>")


def with_open_ends_closed(text: str) -> str:
    """Markdown whose unclosed fences and comments are plain characters, so that they swallow nothing."""
    text = "\n" + text  # so that the first line begins as all others do
    if "```" in text or "~~~" in text:
        text = _without_stray_fences(text, _own_headings(text))
    for opening, closing in _SPANS:
        if opening in text:
            text = _without_stray_spans(text, opening, closing)
    return text[1:]


def _own_headings(text: str) -> list[int]:
    return [heading.start() for heading in _OWN_HEADING.finditer(text)]


def _swallows(headings: list[int], start: int, end: int) -> bool:
    place = bisect_left(headings, start)
    return place < len(headings) and headings[place] < end


def _without_stray_fences(text: str, headings: list[int]) -> str:
    fences = list(_FENCE.finditer(text))
    stray: list[re.Match[str]] = []
    unclosed: dict[str, int] = {}  # length from which on no closing fence of this character follows
    number = 0
    while number < len(fences):
        fence = fences[number]
        mark, length = fence["marks"][0], len(fence["marks"])
        closing = None
        if length < unclosed.get(mark, len(text) + 1):
            closing = next((n for n in range(number + 1, len(fences)) if _closes(fences[n], fence)), None)
            if closing is None:
                unclosed[mark] = length
        if closing is None or _swallows(headings, fence.end(), fences[closing].start()):
            stray.append(fence)
            number += 1
        else:
            number = closing + 1
    return _rewritten(text, [(f.start("marks"), f.end("marks"), "\\" + "\\".join(f["marks"])) for f in stray])


def _closes(fence: re.Match[str], opening: re.Match[str]) -> bool:
    return fence["marks"].startswith(opening["marks"]) and not fence["info"].strip()


def _without_stray_spans(text: str, opening: str, closing: str) -> str:
    headings = _own_headings(text)
    changes: list[tuple[int, int, str]] = []
    start = text.find(opening)
    last_closing = text.rfind(closing)
    while start >= 0:
        end = text.find(closing, start + len(opening)) if start < last_closing else -1
        if end < 0 or _swallows(headings, start, end):
            changes.append((start, start + 1, "&lt;"))
            end = start
        start = text.find(opening, end + 1)
    return _rewritten(text, changes)


def _rewritten(text: str, changes: list[tuple[int, int, str]]) -> str:
    """``text`` with each ``(start, end, replacement)`` made, in order."""
    pieces, position = [], 0
    for start, end, replacement in changes:
        pieces += [text[position:start], replacement]
        position = end
    return "".join(pieces) + text[position:] if changes else text


def with_raw_text_opened(html: str) -> str:
    """HTML whose ``<title>`` and kin in the body are ordinary elements, and whose unclosed ``<script>`` is none.

    An HTML parser would take the rest of the newsletter for their content, links and all.
    """
    last: dict[str, int] = {}

    def opened(tag: re.Match[str]) -> str:
        name = tag[2].lower()
        if name in _UNREAD:
            if not last:
                lowered = html.lower()
                last.update({unread: lowered.rfind(f"</{unread}") for unread in _UNREAD})
            if tag.start() <= last[name]:
                return tag[0]
        return f"<{tag[1]}raw-{name}"

    return _RAW_TEXT.sub(opened, html)
