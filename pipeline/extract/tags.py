"""The elements of HTML, by what they do to the text in them (https://html.spec.whatwg.org/#rendering)."""

from __future__ import annotations

HEADINGS = {f"h{level}": level for level in range(1, 7)}
# fmt: off
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "legend", "li", "main",
    "menu", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul", *HEADINGS,
})
# Never drawn, or drawn as something else than text: the buttons and fields of a page belong to no newsletter.
UNREAD = frozenset({
    "annotation", "annotation-xml", "audio", "button", "canvas", "datalist", "embed", "head", "iframe", "input", "nav",
    "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "video",
})
# fmt: on
TABLE_PARTS = frozenset({"tr", "tbody", "thead", "tfoot", "caption"})
CELLS = frozenset({"td", "th"})
BOXES = CELLS | {"article", "aside", "center", "div", "section", "table"}
"""What holds the lines of an advert or of a footer together, and what a line is drawn with."""
BOLD = frozenset({"b", "strong"})
CODE = frozenset({"code", "samp", "tt"})
