"""Labels are not exchanged, and none promises a kind of page that another link of the items is."""

from __future__ import annotations

import pytest

from pipeline.records.drafts import Reference
from pipeline.verify.index import Index
from pipeline.verify.labels import label_fit, page_kinds, promised
from pipeline.verify.references import check_labels, check_swapped_labels
from tests.make import issue, item, link, section
from tests.verify_cases import errors, place

TEXT = (
    "Heron 2 is out: a Reddit discussion and a research paper follow it, with code on GitHub, weights on Hugging Face, "
    "a Colab notebook and tuning guides; Kite Labs tells more in a blog post, a project page and this graph "
    "[@kite_labs, @osprey]."
)
PAGES = {
    "reddit": ("https://www.reddit.com/r/birds/comments/1/heron_2", "Reddit discussion"),
    "paper": ("https://arxiv.org/abs/2404.00001", "research paper"),
    "code": ("https://github.com/kite/heron", "GitHub"),
    "weights": ("https://huggingface.co/kite/heron-2", "Hugging Face"),
    "notebook": ("https://colab.research.google.com/drive/1", "Colab notebook"),
    "guides": ("https://github.com/kite/heron/wiki", "tuning guides"),
    "blog": ("https://kite.example/blog/heron-2", "blog post"),
    "page": ("https://kite.example/heron", "project page"),
    "graph": ("https://kite.example/heron.png", "this graph"),
    "kite": ("https://x.com/kite_labs/status/1", "@kite_labs"),
    "osprey": ("https://x.com/osprey/status/2", "@osprey"),
}
INDEX = Index(
    issue(
        section("s1", "news", "Models", item("s1i1", TEXT, *PAGES)),
        links=tuple(link(name, url, text=text) for name, (url, text) in PAGES.items()),
    )
)
PAIRS = (
    ("Reddit 토론", "reddit", "Heron 2 논문", "paper"),
    ("Heron 2 코드", "code", "Heron 2 가중치", "weights"),
    ("Heron 저장소", "code", "Heron 2 모델", "weights"),
    ("Colab 노트북", "notebook", "미세 조정 안내서", "guides"),
    ("Kite 블로그 글", "blog", "속도 그래프", "graph"),
    ("Kite", "kite", "osprey", "osprey"),
)


def _exchanged(*refs: tuple[str, str]) -> bool:
    return bool(errors(check_swapped_labels(place("Heron 2가 나왔습니다.", "s1i1", refs=_references(*refs)), INDEX)))


def _references(*refs: tuple[str, str]) -> tuple[Reference, ...]:
    return tuple(Reference(label=label, link=name) for label, name in refs)


@pytest.mark.parametrize(("one", "its", "other", "others"), PAIRS)
def test_labels_with_each_others_link_are_errors(one: str, its: str, other: str, others: str) -> None:
    assert not _exchanged((one, its), (other, others))
    assert _exchanged((one, others), (other, its))


@pytest.mark.parametrize(("label", "right", "wrong"), [("Heron 2 논문", "paper", "reddit"), ("GitHub", "code", "blog")])
def test_a_label_that_promises_another_kind_of_page_is_an_error(label: str, right: str, wrong: str) -> None:
    assert not _exchanged((label, right))
    assert _exchanged((label, wrong))


def test_a_kind_that_no_link_has_is_no_error() -> None:
    assert not _exchanged(("데이터셋 소식", "blog"))


def test_a_label_that_only_says_page_promises_no_kind() -> None:
    assert not _exchanged(("Kite 소식 페이지", "blog"))


def test_a_name_with_the_status_of_another_is_an_error() -> None:
    for label, right, wrong in (("Kite", "kite", "osprey"), ("Osprey", "osprey", "kite")):
        for name, is_wrong in ((right, False), (wrong, True)):
            made = place("Heron 2가 나왔습니다.", "s1i1", refs=_references((label, name)))
            assert bool(errors(check_labels(made, INDEX))) == is_wrong, (label, name)


def test_kinds_are_told_by_address_and_text() -> None:
    assert promised("Heron 논문") == {"paper"}
    assert promised("Heron") == frozenset()
    assert page_kinds(INDEX.links["paper"]) >= {"paper"}
    assert page_kinds(link("l", "https://kite.example/", text="Kite")) == frozenset()


def test_the_name_in_the_address_fits_better() -> None:
    assert label_fit("heron-2 모델", INDEX.links["weights"], INDEX) > label_fit(
        "heron-2 모델", INDEX.links["graph"], INDEX
    )
