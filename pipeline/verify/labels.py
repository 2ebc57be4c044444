"""Labels of links: whether the name on one belongs to its link, and the kind of page that it promises."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pipeline.records.issues import Item, Link
from pipeline.verify.findings import letters_and_digits
from pipeline.verify.index import Index
from pipeline.verify.names.tables import VOCABULARY

MARGIN = 0.5
"""By how much two labels must fit each other's link better, where one name in the link's own words counts 1."""

_SHORTEST_OF_HANDLE = 4
_TOKEN = re.compile(r"[A-Za-z0-9]+(?:[._'’-][A-Za-z0-9]+)*")
_NAME = re.compile(r"(?:@\w|\b[A-Z])[\w.'’-]*(?: [A-Z0-9][\w.'’-]*)*")
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n")
_STATUS = re.compile(r"^/([A-Za-z0-9_]{1,30})(?:/|$)")
_SOCIAL = ("twitter.com", "x.com", "bsky.app", "threads.net", "fxtwitter.com", "xcancel.com")
_AROUND = 80  # characters of the item on each side of the link
_ITSELF, _KIND, _NO_KIND, _NAMED, _NAMED_NEAR = 1.5, 1.5, -1.0, 1.0, 0.3


def names_on(label: str) -> tuple[str, ...]:
    """Return the Latin words and figures of a label, folded, without words of the field."""
    folded = (letters_and_digits(token) for token in _TOKEN.findall(label))
    return tuple(name for name in folded if len(name) > 1 and name not in VOCABULARY)


def promised(label: str) -> frozenset[str]:
    """Return the kinds of page that a label names: 저장소, 논문, Reddit."""
    return frozenset(kind for kind, said, _ in PAGES if said.search(label))


def page_kinds(link: Link) -> frozenset[str]:
    """Return the kinds of page that a link may lead to, by its address and text; none where neither says."""
    page = f"{link.url.lower()} {link.text.lower()}"
    return frozenset(kind for kind, _, pages in PAGES if pages.search(page))


def fits_kind(wanted: frozenset[str], own: frozenset[str]) -> bool:
    """Tell whether a link may be what a label promises; a label that only says "page" promises nothing more."""
    return bool(wanted & own) or wanted == {"site"}


def label_fit(label: str, link: Link, index: Index) -> float:
    """Measure how well ``label`` fits ``link``; larger is better, and only differences mean something."""
    here, there = promised(label), page_kinds(link)
    total = (_KIND if here & there else 0.0 if fits_kind(here, there) else _NO_KIND) if here and there else 0.0
    total += _ITSELF if letters_and_digits(label) == letters_and_digits(link.text) else 0.0
    own = letters_and_digits(" ".join((link.url, *sorted(index.link_texts.get(link.url, ())))))
    near = letters_and_digits(_around(link, index.items.get(link.item)))
    for name in names_on(label):
        total += _NAMED if name in own else _NAMED_NEAR if name in near else 0.0
    return total


def is_beside(name: str, link: Link, item: Item | None) -> bool:
    """Tell whether a folded name belongs to a link by where it stands in the link's item.

    In an item with one link that is anywhere; with several it is the link's sentence, or the last name before it.
    A link that only says what kind of page it is ("paper"), or whose text is not found, may be of any name.
    """
    if item is None:
        return False
    at = item.text.find(link.text) if link.text else -1
    if at < 0 or len(item.links) == 1 or letters_and_digits(link.text) in KINDS_OF_PAGE:
        return name in letters_and_digits(f"{item.head} {item.text}")
    begin = max((end.end() for end in _SENTENCE_END.finditer(item.text, 0, at)), default=0)
    end = _SENTENCE_END.search(item.text, at + len(link.text))
    if name in letters_and_digits(f"{item.head} {item.text[begin : end.end() if end else len(item.text)]}"):
        return True
    before = _NAME.findall(item.text[:at])
    return bool(before) and name in letters_and_digits(before[-1])


def handle_of(link: Link) -> str:
    """Return the account of a link to a status or profile, folded; empty for other links."""
    try:
        parts = urlsplit(link.url)
        host, path = parts.hostname or "", parts.path
    except ValueError:
        return ""
    match = _STATUS.match(path) if host.removeprefix("www.") in _SOCIAL else None
    return letters_and_digits(match[1]) if match and match[1] != "i" else ""


def is_named(link: Link) -> bool:
    """Tell whether the link's own text or handle says whom or what it leads to."""
    return bool(handle_of(link)) or (bool(_TOKEN.search(link.text)) and letters_and_digits(link.text) not in GENERIC)


def names_link(folded: str, link: Link) -> bool:
    """Tell whether a label is a link's text or handle, or what a handle begins with: Cursor for @cursor_ai."""
    handle = handle_of(link)
    begins = len(folded) >= _SHORTEST_OF_HANDLE and handle.startswith(folded)
    return begins or folded in (letters_and_digits(link.text), handle)


def is_of_its_item(name: str, link: Link, item: Item | None) -> bool:
    """Tell whether a link says only what kind of page it is, in an item that has the name."""
    only_kind = letters_and_digits(link.text) in KINDS_OF_PAGE
    return item is not None and only_kind and name in letters_and_digits(item.head + item.text)


def _around(link: Link, item: Item | None) -> str:
    at = item.text.find(link.text) if item and link.text else -1
    return item.text[max(0, at - _AROUND) : at + len(link.text) + _AROUND] if item and at >= 0 else ""


def _folded(labels: str) -> frozenset[str]:
    """Labels as they are compared; a slash stands between two."""
    return frozenset(letters_and_digits(label) for label in labels.split("/"))


GENERIC = _folded(
    "여기/이곳/저기/여기서/여기에서/이곳에서/링크/바로가기/자세히/자세히 보기/더 보기/더보기/더 알아보기"
    "/더 읽기/알아보기/확인하기/참고/참조/출처/원문/원문 보기/전문/관련 링크/관련 글/게시물/트윗/포스트"
    "/기사/글/이 글/이 게시물/이 트윗/해당 링크/해당 게시물/소스"
    "/source/here/this/link/links/more/read more/learn more/see more/click here/tweet/post/url"
)
"""Labels that say nothing of where they lead. A link's own words (``the paper``) in Korean do."""

KINDS_OF_PAGE = _folded(
    "paper/code/repo/repository/report/post/blog/blog post/article/thread/tweet/demo/model/weights/dataset/docs/link"
    "/documentation/announcement/details/video/write-up"
)
"""Texts of links that say what kind of page it is, and leave it to the item to say whose."""

PAGES: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (kind, re.compile(said, re.IGNORECASE), re.compile(pages))
    for kind, said, pages in (
        ("repository", r"저장소|깃허브|github|gitlab|코드$|리포", r"//(?:www\.)?git(?:hub|lab)\.com/|\brepo"),
        (
            "paper",
            r"논문|arxiv|paper",
            r"arxiv\.org|openreview\.net|aclanthology|/papers/|\.pdf\b|\bpaper\b|\bstudy\b|\barxiv\b",
        ),
        (
            "model",
            r"가중치|hugging ?face|허깅 ?페이스|모델$|모델 페이지",
            r"huggingface\.co/(?!papers|blog|spaces|datasets|docs)|ollama\.com/library",
        ),
        ("dataset", r"데이터셋|데이터세트", r"huggingface\.co/datasets/|\bdataset"),
        ("demo", r"데모|스페이스", r"huggingface\.co/spaces/|\bdemo\b|gradio"),
        ("notebook", r"노트북|colab", r"colab\.research|\.ipynb|\bnotebook"),
        ("reddit", r"reddit|레딧", r"reddit\.com/|redd\.it/"),
        ("video", r"영상|유튜브|youtube|비디오$", r"youtube\.com/|youtu\.be/|vimeo\.com/|\bvideo\b"),
        ("tweet", r"트윗|트위터|twitter|\bX 글|\bX 게시", r"//(?:www\.)?(?:x|twitter)\.com/"),
        ("blog", r"블로그|blog", r"blog|substack\.com|medium\.com"),
        (
            "documentation",
            r"안내서|가이드|설명서|문서$|docs$",
            r"/docs?/|//docs\.|/wiki|readthedocs|documentation|\bguide",
        ),
        ("site", r"페이지|사이트", r"github\.io|\bproject\b|\bsite\b|\bpage\b"),
        ("graph", r"그래프|도표|차트$", r"\bgraph\b|\bchart\b|\.(?:png|jpe?g|webp)\b"),
    )
)
"""Kinds of page: what a label says of it, and its address or the text of a link to it."""
