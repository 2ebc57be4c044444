"""A Markdown post, ours or anybody's: front matter, introduction, Preview, Viewpoint, Overview, each with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from pipeline.audit.blocks import Block, blocks_of
from pipeline.audit.front_matter import FrontMatter, Value, read_front_matter
from pipeline.audit.inline import Marked, PostLink, Run, parts_of, read_run
from pipeline.errors import StageError
from pipeline.sentences import sentences
from pipeline.verify.findings import letters_and_digits

PartOfPost = Literal["intro", "preview", "viewpoint", "overview"]

HEADINGS: dict[str, PartOfPost] = {
    **dict.fromkeys(("todayspreview", "preview", "오늘의미리보기", "미리보기"), "preview"),
    **dict.fromkeys(("aiviewpoint", "viewpoint", "ai의시각", "ai시각", "ai관점"), "viewpoint"),
    **dict.fromkeys(("todaysoverview", "overview", "오늘의개요", "최신인공지능기술과응용분야의종합리포트"), "overview"),
}
"""Headings of a post, at whatever level, as letters and digits in lower case: emoji and apostrophes differ."""

LONGEST_TITLE = 60
"""Characters up to which the words above a nested list are the title of a topic."""

_NUMBERED = re.compile(r"^\s*\d{1,2}\s?[.)]\s*")
_CREDIT = re.compile(r"(?i)^(?:원문|출처|source)\s?[:：]\s*")


class PostText(NamedTuple):
    """A piece of text of the post with its links, and the line on which it begins."""

    text: str
    line: int
    head: str = ""
    links: tuple[PostLink, ...] = ()


@dataclass
class PostTopic:
    """A title and the bullets under it; plain bullets have none."""

    title: PostText | None
    bullets: list[PostText] = field(default_factory=list)


@dataclass
class ReadPost:
    """A post, read.

    Attributes:
        lines: On which line each part begins.
        links: Every link, wherever it stands.
        code: Blocks of code, which no check reads.
    """

    matter: FrontMatter
    intro: list[PostText] = field(default_factory=list)
    viewpoint: list[PostText] = field(default_factory=list)
    topics: dict[str, list[PostTopic]] = field(default_factory=lambda: {"preview": [], "overview": []})
    credits: list[PostText] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    links: list[PostLink] = field(default_factory=list)
    images: list[Marked] = field(default_factory=list)
    html: list[Marked] = field(default_factory=list)
    code: list[Marked] = field(default_factory=list)


def read_post(text: str) -> ReadPost:
    """Read a post.

    Raises:
        StageError: There is no text in it, or it is nested too deeply.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    matter = read_front_matter(lines)
    reader = _Reader(ReadPost(matter))
    for block in blocks_of("\n".join([""] * matter.lines + lines[matter.lines :])):
        reader.block(block)
    post = reader.post
    if post.intro:
        post.lines["intro"] = post.intro[0].line
    if not (post.intro or post.viewpoint or post.topics["preview"] or post.topics["overview"]):
        raise StageError("there is no text of a post in it")
    return post


class _Reader:
    """Walks over the blocks of a post and puts what they say into its parts."""

    def __init__(self, post: ReadPost) -> None:
        self.post = post
        self.part: PartOfPost = "intro"

    def block(self, block: Block) -> None:
        if block.name == "Heading":
            self.heading(self.run(block))
        elif block.name == "Paragraph":
            self.paragraph(self.run(block))
        elif block.name == "Item":
            self.item(block)
        elif block.name == "TableCell":
            self.bullet(self.run(block))
        elif block.name == "HtmlBlock":
            self.post.html.append(Marked(block.content.strip(), block.line))
        elif block.name == "CodeBlock":
            self.post.code.append(Marked(block.content.strip(), block.line))
        else:
            for inner in block.blocks:
                self.block(inner)

    def run(self, block: Block) -> Run:
        """The text of a block that has one; what it holds beside text is noted."""
        run = read_run(block.pieces, block.line)
        self.post.links += run.links
        self.post.images += run.images
        self.post.html += run.html
        return run

    def heading(self, run: Run) -> None:
        part = HEADINGS.get(letters_and_digits(run.text))
        if part:
            self.part = part
            self.post.lines.setdefault(part, run.line)
        elif letters_and_digits(run.text) and not self.is_title_of_post(run):
            self.topic(run)

    def is_title_of_post(self, run: Run) -> bool:
        """The title that some posts repeat, or have only, above their text."""
        title = self.post.matter.title
        if title is None and self.part == "intro" and not self.post.intro:
            self.post.matter = self.post.matter._replace(title=Value(run.text.strip(), run.line))
            return True
        return title is not None and letters_and_digits(title.text) == letters_and_digits(run.text)

    def topic(self, run: Run) -> None:
        """A title under which bullets follow; outside Preview and Overview it opens the Overview."""
        if self.part not in self.post.topics:
            self.part = "overview"
            self.post.lines.setdefault("overview", run.line)
        title = PostText(_NUMBERED.sub("", run.text).strip(), run.line, links=run.links)
        self.post.topics[self.part].append(PostTopic(title))

    def paragraph(self, run: Run) -> None:
        if run.is_bold and HEADINGS.get(letters_and_digits(run.text)):
            self.heading(run)
        elif _is_credit(run):
            self.post.credits.append(PostText(run.text.strip(), run.line, links=run.links))
        elif self.part in ("intro", "viewpoint"):
            self.sentences(run)
        elif run.is_bold and not run.text.rstrip().endswith("."):
            self.topic(run)
        else:
            self.bullet(run)

    def item(self, item: Block) -> None:
        first, rest = item.blocks[:1], item.blocks[1:]
        if first and first[0].name == "Paragraph":
            run = self.run(first[0])
            has_list = any(inner.name == "List" for inner in rest)
            if self.part in self.post.topics and has_list and _is_title(run):
                self.topic(run)
            else:
                self.bullet(run)
            first = []
        for inner in (*first, *rest):
            self.block(inner)

    def bullet(self, run: Run) -> None:
        """A bullet is one text in whatever part; only the Viewpoint is taken by sentences."""
        parts = parts_of(run)
        if not letters_and_digits(parts.text + parts.head) and not parts.links:
            return
        text = PostText(parts.text, run.line_at(parts.start), parts.head, parts.links)
        if self.part == "intro":
            self.post.intro.append(text)
        elif self.part == "viewpoint":
            self.sentences(run)
        else:
            topics = self.post.topics[self.part]
            if not topics:
                topics.append(PostTopic(None))
            topics[-1].bullets.append(text)

    def sentences(self, run: Run) -> None:
        """The sentences of a paragraph, each with the links that stand in it; those behind the text go to the last."""
        parts, found = parts_of(run), []
        end = 0
        for sentence in sentences(parts.text):
            start = parts.text.index(sentence, end)
            end = start + len(sentence)
            inside = (link for link in parts.links if start <= link.start < end)
            links = tuple(link._replace(start=link.start - start) for link in inside)
            found.append(PostText(sentence, run.line_at(parts.start + start), links=links))
        behind = tuple(link for link in parts.links if link.start < 0)
        if found and behind:
            found[-1] = found[-1]._replace(links=(*found[-1].links, *behind))
        target = self.post.viewpoint if self.part == "viewpoint" else self.post.intro
        target += found


def _is_title(run: Run) -> bool:
    """Words above a nested list: bold, or short and no sentence."""
    text = run.text.strip()
    return run.is_bold or (not run.links and len(text) <= LONGEST_TITLE and not text.endswith((".", "!", "?")))


def _is_credit(run: Run) -> bool:
    """``원문: [name](url)`` and nothing else, or without an address."""
    said = _CREDIT.match(run.text)
    rest = run.text[said.end() :] if said else ""
    for link in run.links:
        rest = rest.replace(link.label, "", 1)
    return said is not None and not (run.links and letters_and_digits(rest))
