"""Labels of links as data: those that say nothing, and those that say what kind of page a link leads to."""

from __future__ import annotations

import re

from pipeline.verify.checks import letters_and_digits


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
