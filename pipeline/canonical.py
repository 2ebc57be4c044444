"""One key for the several spellings of one address: for finding duplicates only, never for publishing."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urlsplit

from pipeline.tracking import TEXT_FRAGMENT, YOUTUBE, X, maker_of, on_host, tracking_parameter

SAME_SITE: dict[str, str] = {
    **dict.fromkeys(X, "x.com"),
    "mobile.twitter.com": "x.com",
    "mobile.x.com": "x.com",
    "m.youtube.com": "youtube.com",
    "music.youtube.com": "youtube.com",
    **dict.fromkeys((f"{door}.reddit.com" for door in ("old", "new", "np", "m", "sh")), "reddit.com"),
    "rxddit.com": "reddit.com",
    "vxreddit.com": "reddit.com",
    "hf.co": "huggingface.co",
    "chat.openai.com": "chatgpt.com",
    "export.arxiv.org": "arxiv.org",
    "browse.arxiv.org": "arxiv.org",
    "m.facebook.com": "facebook.com",
    "threads.net": "threads.com",
}  # fmt: skip
"""Hosts that show the same page under the same path."""

_PAPER = r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?"
_ARXIV = re.compile(
    rf"/(?:abs|pdf|html|format|e-print|overview|papers|forum|list|ps|src)/{_PAPER}(?:\.pdf)?", re.IGNORECASE
)
_ARXIV_DOI = re.compile(rf"/10\.48550/arxiv\.{_PAPER}", re.IGNORECASE)
_ARXIV_HOSTS = ("arxiv.org", "alphaxiv.org", "ar5iv.org", "huggingface.co")
_STATUS = re.compile(r"/(?:[^/]+|i/web)/status(?:es)?/(\d+)")
_YOUTUBE_ID = re.compile(r"/(?:shorts|live|embed|v)/([\w-]{6,})", re.ASCII)
_REDDIT_POST = re.compile(r"/(?:(?:r|u|user)/[^/]+/)?comments/([a-z0-9]+)(?:/[^/]*/([a-z0-9]+))?", re.IGNORECASE)
_REDDIT_SHORT = re.compile(r"/([a-z0-9]+)/?$", re.IGNORECASE)
_NOISE = frozenset({("github.com", "tab=readme-ov-file")})
"""Pairs that change nothing on their host (583 links in 701 issues)."""


@lru_cache(maxsize=4096)  # two issues in a row: at most 1,178 links each, a third of them met before
def canonical_key(url: str) -> str:
    """A key that is equal for two addresses of the same page.

    No difference is made by: ``x.com``, ``twitter.com`` and their mirrors (id of the post); arXiv ``abs``, ``pdf``,
    ``html``, ``vN``, alphaXiv, ar5iv and Hugging Face papers; ``youtu.be``, ``watch``, ``shorts`` and ``live``; the
    doors of Reddit; http and https, ``www.``, case of the host, default port, trailing slash, order of parameters,
    tracking parameters.

    Any string gives a key: what is no http address is its own.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return url.strip()
    if parts.scheme not in ("http", "https") or not host:
        return url.strip()
    host = "x.com" if host.startswith("nitter.") else SAME_SITE.get(host, host)
    known = _known(host, parts)
    if known:
        return known
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    return place + _path(host, parts.path) + _query(host, parts.query) + _fragment(parts.fragment)


def _known(host: str, parts: SplitResult) -> str:
    """The key of a post, film, paper or thread that carries an id of its own; empty for all other pages."""
    path = parts.path
    if host == "x.com":
        status = _STATUS.match(path)
        return f"x.com/status/{status[1]}" if status else ""
    if on_host(host, YOUTUBE):
        return _film(host, parts)
    if on_host(host, (*_ARXIV_HOSTS, "doi.org")):
        paper = (_ARXIV_DOI if host == "doi.org" else _ARXIV).fullmatch(path.rstrip("/"))
        return f"arxiv.org/{paper[1].lower()}" if paper else ""
    if host in ("reddit.com", "redd.it"):
        post = (_REDDIT_POST if host == "reddit.com" else _REDDIT_SHORT).match(path)
        return "/".join(["reddit.com/comments", *filter(None, post.groups())]).lower() if post else ""
    return ""


def _film(host: str, parts: SplitResult) -> str:
    if host == "youtu.be":
        film = parts.path.strip("/").partition("/")[0]
    elif parts.path.rstrip("/") == "/watch":
        film = next((pair[2:] for pair in parts.query.replace("&amp;", "&").split("&") if pair.startswith("v=")), "")
    else:
        found = _YOUTUBE_ID.match(parts.path)
        film = found[1] if found else ""
    return f"youtube.com/{film}" if film else ""


def _path(host: str, path: str) -> str:
    plain = unquote(path).rstrip("/") if "%" in path else path.rstrip("/")
    if host == "x.com":
        return plain.lower()
    if host == "github.com":
        owner_and_name = plain.split("/", 3)
        owner_and_name[1:3] = [piece.lower().removesuffix(".git") for piece in owner_and_name[1:3]]
        return "/".join(owner_and_name)
    return plain


def _query(host: str, query: str) -> str:
    maker = maker_of(host, query)
    kept = sorted(
        name + mark + value
        for name, mark, value in (pair.partition("=") for pair in query.replace("&amp;", "&").split("&") if pair)
        if (host, name + mark + value) not in _NOISE and not tracking_parameter(name, maker, value)
    )
    return f"?{'&'.join(kept)}" if kept else ""


def _fragment(fragment: str) -> str:
    """Kept (a line, a comment, a route), but for the words a browser is to highlight."""
    place = fragment.partition(TEXT_FRAGMENT)[0]
    return f"#{place}" if place else ""
