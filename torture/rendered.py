"""What a blog makes of a post: rendered as CommonMark and as GFM, its front matter read by three readers."""

from __future__ import annotations

import functools
import html
import io
import json
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote

import lxml.etree
import lxml.html
import yaml
from markdown_it import MarkdownIt
from pyromark import Options
from pyromark import html as markdown_html
from ruamel.yaml import YAML

ALLOWED = frozenset(["html", "body", "div", "p", "br", "h2", "h3", "ul", "ol", "li", "blockquote", "strong", "em", "a"])
KEYS = ["title", "description", "date", "update", "tags"]

_BARE = re.compile(r"https?://\S+|\bwww\.\w\S*|[\w.+-]+@[\w-]+\.[\w.-]*\w|\b(?:mailto|xmpp):\S+")
_EXTENSIONS = (
    Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_GFM
    | Options.ENABLE_MATH
)
_GRAY_MATTER = """
const matter = require('gray-matter');
const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(texts.map((text) => { const read = matter(text); return [read.data, read.content]; })));
"""


_LINKING = """
import { createRequire } from 'module';
import { pathToFileURL } from 'url';
const require = createRequire(process.cwd() + '/');
const load = async (name) => await import(pathToFileURL(require.resolve(name)));
const { marked } = await load('marked');
const markdownIt = require('markdown-it')({ html: true, linkify: true });
const [{ unified }, parse, gfm, rehype, stringify] = await Promise.all(
  ['unified', 'remark-parse', 'remark-gfm', 'remark-rehype', 'rehype-stringify'].map(load));
const remark = unified().use(parse.default).use(gfm.default).use(rehype.default, { allowDangerousHtml: true })
  .use(stringify.default, { allowDangerousHtml: true });
let input = '';
for await (const chunk of process.stdin.setEncoding('utf8')) input += chunk;
const bodies = JSON.parse(input);
console.log(JSON.stringify(bodies.map((body) => [
  ['marked', marked.parse(body)], ['markdown-it with linkify', markdownIt.render(body)],
  ['remark with GFM', String(remark.processSync(body))]])));
"""


def renderings(body: str) -> Iterator[tuple[str, str]]:
    """The HTML of each renderer, raw HTML let through as blogs do."""
    yield "CommonMark", _commonmark().render(body)
    yield "GFM", _gfm().render(body)
    yield "GFM of pulldown-cmark", markdown_html(body, options=_EXTENSIONS)


def linking_renderings(bodies: Sequence[str]) -> list[list[tuple[str, str]]]:
    """For each body its HTML of the renderers that make links of bare addresses, raw HTML let through.

    markdown-it-py always; remark with GFM (Gatsby, Astro), marked and markdown-it where node finds them.
    """
    pages = [[("markdown-it-py with linkify", _linkify().render(body))] for body in bodies]
    if _has_modules("marked", "markdown-it", "remark-gfm"):
        command = ["node", "--input-type=module", "-e", _LINKING]
        ran = subprocess.run(command, input=json.dumps(bodies), capture_output=True, text=True, check=True)
        for page, found in zip(pages, json.loads(ran.stdout), strict=True):
            page += [(name, str(rendered)) for name, rendered in found]
    return pages


@functools.cache
def _linkify() -> MarkdownIt:
    return MarkdownIt("gfm-like", {"html": True, "linkify": True})


@functools.cache
def _commonmark() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True})


@functools.cache
def _gfm() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def strange(page: str, addresses: frozenset[str]) -> Iterator[str]:
    """Elements, attributes and targets that our posts never have."""
    for element in lxml.html.document_fromstring(f"<div>{page}</div>").iter():
        if not isinstance(element.tag, str):
            yield f"a comment or an instruction: {lxml.html.tostring(element)[:60]!r}"
            continue
        if element.tag not in ALLOWED:
            yield f"an element <{element.tag}>"
        for name, value in ((str(name), str(value)) for name, value in element.attrib.items()):
            if (element.tag, name) == ("a", "href"):
                if plain(value) not in addresses:
                    yield f"a link to {value[:80]}"
            elif not (name == "id" and element.tag in ("h2", "h3")):
                yield f"an attribute {name} of <{element.tag}>"


def bare(page: str) -> Iterator[str]:
    """Addresses in running text, of which GFM makes links (https://github.github.com/gfm/#autolinks-extension-)."""
    root = lxml.html.document_fromstring(f"<div>{page}</div>")
    lxml.etree.strip_elements(root, "a", with_tail=False)
    for text in root.itertext():
        yield from (f"a bare address {found}" for found in _BARE.findall(str(text)))


def plain(address: str) -> str:
    """An address as it is compared: renderers percent-encode what they like."""
    return unquote(html.unescape(address))


def shown(page: str) -> str:
    """The text of a page with all blanks as one."""
    return " ".join("".join(map(str, lxml.html.document_fromstring(f"<div>{page}</div>").itertext())).split())


def front_matter(text: str) -> tuple[str, str]:
    """The block between the first two lines of three hyphens, and what follows; what is not so raises ValueError."""
    if not text.startswith("---\n"):
        raise ValueError("it does not begin with three hyphens")
    block, mark, body = text[4:].partition("\n---\n")
    if not mark or any(line.rstrip() in ("---", "...", "+++") for line in body.splitlines()):
        raise ValueError("its front matter does not end once")
    return block, body


def read_by_both(block: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """What PyYAML (YAML 1.1) and ruamel (YAML 1.2) read."""
    yield "PyYAML", yaml.safe_load(block)
    yield "ruamel", dict(YAML(typ="safe", pure=True).load(io.StringIO(block)))


def has_gray_matter() -> bool:
    """Whether node finds gray-matter, in NODE_PATH for instance."""
    return _has_modules("gray-matter")


@functools.cache
def _has_modules(*names: str) -> bool:
    if shutil.which("node") is None:
        return False
    asked = ";".join(f"require.resolve('{name}')" for name in names)
    return subprocess.run(["node", "-e", asked], capture_output=True, check=False).returncode == 0


def read_by_gray_matter(texts: Sequence[str]) -> list[tuple[dict[str, Any], str]]:
    """What gray-matter reads of whole posts."""
    command = ["node", "-e", _GRAY_MATTER]
    ran = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True)
    return [(data, content) for data, content in json.loads(ran.stdout)]


def not_blank(text: str) -> str:
    """What of a text can be compared after rendering: letters, figures and marks without blanks and controls."""
    return "".join(char for char in text if not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf", "Cn"))
