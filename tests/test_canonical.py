"""One page, one key; two pages, two keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.canonical import SAME_SITE, canonical_key

SAME: dict[str, tuple[str, ...]] = {
    "a post on X": (
        "https://x.com/karpathy/status/1765424847705047247",
        "https://twitter.com/karpathy/status/1765424847705047247",
        "https://twitter.com/Karpathy/status/1765424847705047247?s=20",
        "http://www.fxtwitter.com/karpathy/status/1765424847705047247/",
        "https://vxtwitter.com/karpathy/status/1765424847705047247",
        "https://fixupx.com/karpathy/status/1765424847705047247",
        "https://xcancel.com/karpathy/status/1765424847705047247#m",
        "https://nitter.poast.org/karpathy/status/1765424847705047247#m",
        "https://mobile.twitter.com/karpathy/status/1765424847705047247/photo/1",
        "https://x.com/i/status/1765424847705047247",
        "https://x.com/i/web/status/1765424847705047247",
        "https://twitter.com/karpathy/statuses/1765424847705047247",
    ),
    "a paper": (
        "https://arxiv.org/abs/2404.18796",
        "http://arxiv.org/abs/2404.18796v2",
        "https://www.arxiv.org/pdf/2404.18796",
        "https://arxiv.org/pdf/2404.18796v1.pdf#page=12",
        "https://arxiv.org/html/2404.18796v1",
        "https://export.arxiv.org/abs/2404.18796",
        "https://huggingface.co/papers/2404.18796",
        "https://hf.co/papers/2404.18796/",
        "https://www.alphaxiv.org/abs/2404.18796v2",
        "https://alphaxiv.org/overview/2404.18796",
        "https://ar5iv.labs.arxiv.org/html/2404.18796",
        "https://ar5iv.org/abs/2404.18796",
        "https://doi.org/10.48550/arXiv.2404.18796",
    ),
    "an old paper": ("https://arxiv.org/abs/cs/0112017", "https://arxiv.org/pdf/cs/0112017v1.pdf"),
    "a film": (
        "https://www.youtube.com/watch?v=ErnWZxJovaM",
        "https://youtube.com/watch?list=PL1&v=ErnWZxJovaM&t=3s",
        "https://youtu.be/ErnWZxJovaM?si=abc",
        "https://m.youtube.com/watch?v=ErnWZxJovaM",
        "https://www.youtube.com/shorts/ErnWZxJovaM",
        "https://www.youtube.com/live/ErnWZxJovaM?feature=share",
        "https://www.youtube-nocookie.com/embed/ErnWZxJovaM",
    ),
    "a thread on Reddit": (
        "https://www.reddit.com/r/LocalLLaMA/comments/1joy1g9/you_can_now/",
        "https://old.reddit.com/r/LocalLLaMA/comments/1joy1g9/",
        "https://reddit.com/comments/1joy1g9",
        "https://redd.it/1joy1g9",
        "https://www.rxddit.com/r/LocalLLaMA/comments/1joy1g9/x/?rdt=1",
    ),
    "a repository": (
        "https://github.com/Karpathy/llm.c",
        "http://www.github.com/karpathy/LLM.c/?tab=readme-ov-file",
        "https://github.com/karpathy/llm.c.git",
    ),
    "any page": (
        "https://Example.ORG/a/b?x=1&y=2",
        "http://www.example.org:80/a/b/?y=2&x=1&utm_source=z",
        "https://example.org:443/a/b?x=1&amp;y=2#:~:text=words",
        " https://example.org/a/%62?x=1&y=2 ",
    ),
}

DIFFERENT: tuple[tuple[str, str], ...] = (
    ("https://x.com/a/status/1", "https://x.com/a/status/2"),
    ("https://x.com/a", "https://x.com/b"),
    ("https://arxiv.org/abs/2404.18796", "https://arxiv.org/abs/2404.18797"),
    ("https://huggingface.co/papers/2404.18796", "https://huggingface.co/datasets/2404.18796"),
    ("https://youtu.be/ErnWZxJovaM", "https://youtu.be/ErnWZxJovam"),
    ("https://www.youtube.com/@a", "https://www.youtube.com/@b"),
    ("https://www.youtube.com/playlist?list=PL1", "https://www.youtube.com/playlist?list=PL2"),
    ("https://reddit.com/r/a/comments/1joy1g9/b/", "https://reddit.com/r/a/comments/1joy1g9/b/mkx1/"),
    ("https://reddit.com/r/a", "https://reddit.com/r/b"),
    ("https://github.com/a/b/blob/main/c.py#L1", "https://github.com/a/b/blob/main/c.py#L2"),
    ("https://github.com/a/b/blob/main/C.py", "https://github.com/a/b/blob/main/c.py"),
    ("https://news.ycombinator.com/item?id=1", "https://news.ycombinator.com/item?id=2"),
    ("https://example.org/A", "https://example.org/a"),
    ("https://example.org/a", "https://example.org:8080/a"),
    ("https://example.org/a", "https://m.example.org/a"),
    ("https://example.org/a", "ftp://example.org/a"),
    ("https://evil.example/x.com/a/status/1", "https://x.com/a/status/1"),
    ("https://notarxiv.org/abs/2404.18796", "https://arxiv.org/abs/2404.18796"),
)


@pytest.mark.parametrize("page", SAME)
def test_spellings_of_one_page_share_a_key(page: str) -> None:
    assert len({canonical_key(url) for url in SAME[page]}) == 1


def test_different_pages_have_different_keys() -> None:
    for one, other in DIFFERENT:
        assert canonical_key(one) != canonical_key(other)
    keys = [canonical_key(urls[0]) for urls in SAME.values()]
    assert len(set(keys)) == len(keys)


def test_the_table_of_same_sites_ends_in_itself() -> None:
    assert not set(SAME_SITE.values()) & (set(SAME_SITE) - {"x.com"})
    assert all(host == host.lower() and not host.startswith("www.") for host in SAME_SITE)


@given(st.text(max_size=60) | st.from_regex(r"https?://[a-z.:\[\]%@]{0,20}[/?#&=;%a-z0-9]{0,30}", fullmatch=True))
def test_any_string_has_a_key(url: str) -> None:
    assert isinstance(canonical_key(url), str)
