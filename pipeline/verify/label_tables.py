"""Labels of links as data: those that say nothing, and those that say what kind of page a link leads to."""

from __future__ import annotations

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
