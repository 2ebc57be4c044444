"""Links are known, cited, content and safe; labels say where they lead."""

from __future__ import annotations

import pytest

from pipeline.records.drafts import Reference
from pipeline.records.issues import Link
from pipeline.verify import references
from pipeline.verify.index import Index, Place, places
from tests.verify_cases import COSTS, DRAFT, INDEX, ISSUE, LEAD, LINKS, MEMORY, RELEASE, ROBOT, errors, place

TEXT = "devon_ash는 Quill로 서빙하면 vLLM보다 40% 저렴하다고 측정했습니다."


def ref(label: str, link: str) -> tuple[Reference, ...]:
    return (Reference(label=label, link=LINKS.get(link, link)),)


def found(made: Place, index: Index = INDEX) -> list[tuple[str, str]]:
    checks = (
        references.check_items,
        references.check_references,
        references.check_labels,
        references.check_label_places,
    )
    return [(one.severity, one.message) for check in checks for one in check(made, index)]


def test_faithful_references_pass() -> None:
    assert [one for made in places(DRAFT) for one in found(made)] == []


def test_an_unknown_link_is_found() -> None:
    assert found(place(TEXT, COSTS, refs=ref("devon_ash", "l99")))[0] == ("error", "link l99 is not in the newsletter")


def test_an_unknown_item_and_no_item_are_found() -> None:
    assert ("error", "item s9i9 is not in the newsletter") in found(place(TEXT, "s9i9"))
    assert ("error", "no item of the newsletter is cited") in found(place(TEXT))
    assert found(place("의견입니다.", kind="viewpoint", where="viewpoint/0")) == []


def test_the_link_of_a_neighbour_item_is_found() -> None:
    (one,) = errors(references.check_references(place(TEXT, COSTS, refs=ref("devon_ash", "demo video")), INDEX))
    assert "which is not cited" in one.message


def test_the_same_address_in_a_cited_item_is_enough() -> None:
    twin = Link(id="l90", url="https://quill.example/docs", found="x", text="Quill docs", item=MEMORY, kind="content")
    index = Index(ISSUE.model_copy(update={"links": (*ISSUE.links, twin)}))
    assert not errors(references.check_references(place(TEXT, COSTS, refs=ref("Quill", "l90")), index))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "image"}, "image, not content"),
        ({"kind": "navigation"}, "navigation, not content"),
        ({"kind": "footer"}, "footer, not content"),
        ({"flags": ("subscriber",)}, "subscriber"),
        ({"flags": ("placeholder",)}, "placeholder"),
        ({"url": "javascript:alert(1)"}, "scheme"),
        ({"url": "mailto:a@example.org"}, "scheme"),
        ({"url": "https://"}, "scheme"),
        ({"url": "http://[broken"}, "scheme"),
    ],
)
def test_links_that_are_not_content_or_not_safe_are_found(change: dict[str, object], message: str) -> None:
    id_ = LINKS["@devon_ash"]
    links = tuple(link.model_copy(update=change) if link.id == id_ else link for link in ISSUE.links)
    index = Index(ISSUE.model_copy(update={"links": links}))
    made = place(TEXT, COSTS, refs=ref("devon_ash", id_))
    assert any(message in one.message for one in errors(references.check_references(made, index)))


@pytest.mark.parametrize("label", ["여기", "이곳", "더 알아보기", "자세히 보기", "링크", "here", "Link", " 여기 "])
def test_generic_labels_are_found_and_asked_again(label: str) -> None:
    from pipeline.verify import is_asked_again

    (one,) = references.check_labels(place(TEXT, COSTS, refs=ref(label, "@devon_ash")), INDEX)
    assert one.severity == "warning"
    assert is_asked_again(one)


def test_an_empty_label_is_an_error() -> None:
    assert errors(references.check_labels(place(TEXT, COSTS, refs=ref(" ", "@devon_ash")), INDEX))


def test_swapped_labels_are_errors() -> None:
    for label, link in (("devon_ash", "Quill docs"), ("Quill docs", "@devon_ash")):
        (one,) = references.check_labels(place(TEXT, COSTS, refs=ref(label, link)), INDEX)
        assert (one.severity, one.expected) == ("error", link)


def test_a_label_with_the_name_of_another_is_an_error() -> None:
    assert errors(references.check_labels(place(TEXT, COSTS, refs=ref("mira_kwon", "@devon_ash")), INDEX))
    assert errors(references.check_labels(place(TEXT, COSTS, refs=ref("GroqInc", "Quill docs")), INDEX))


@pytest.mark.parametrize(
    ("label", "link", "item"),
    [
        ("devon_ash", "@devon_ash", COSTS),
        ("Quill 문서", "Quill docs", COSTS),
        ("vLLM보다 40% 저렴", "@devon_ash", COSTS),
        ("TernHand", "demo video", ROBOT),
        ("GitHub 저장소", "pull request", "s3i1"),
        ("Hugging Face 가중치", "Hugging Face", RELEASE),
        ("X 게시물의 AI 데모 PDF", "demo video", ROBOT),
        ("Larch-2", "Larch-2", LEAD),
        ("시연 영상", "demo video", ROBOT),
    ],
)
def test_fitting_labels_pass(label: str, link: str, item: str) -> None:
    assert not list(references.check_labels(place(label, item, refs=ref(label, link)), INDEX))


def _with_a_paper_below(head: str) -> Index:
    """The costs name Long Runs with a link of its own; the memory item has a "paper" under ``head``."""
    links = (
        Link(id="l90", url="https://a.example/", found="x", text="Long Runs", item=COSTS, kind="content"),
        Link(id="l91", url="https://b.example/", found="x", text="paper", item=MEMORY, kind="content"),
    )
    text = f"{head}: " + "agents forget their first instructions. " * 12 + "(paper)"
    memory = INDEX.items[MEMORY].model_copy(update={"head": head, "text": text, "links": ("l91",)})
    costs = INDEX.items[COSTS].model_copy(update={"links": ("l90",)})
    changed = {MEMORY: memory, COSTS: costs}
    sections = tuple(
        section.model_copy(update={"items": tuple(changed.get(item.id, item) for item in section.items)})
        for section in ISSUE.sections
    )
    return Index(ISSUE.model_copy(update={"sections": sections, "links": (*ISSUE.links, *links)}))


def test_a_paper_is_whose_its_item_says() -> None:
    made = place("Long Runs의 저자들", COSTS, MEMORY, refs=ref("Long Runs", "l91"))
    assert not list(references.check_labels(made, _with_a_paper_below("Long Runs")))
    (one,) = references.check_labels(made, _with_a_paper_below("Short Memories"))
    assert (one.severity, one.expected) == ("error", "paper")


def test_a_name_far_from_its_link_is_a_warning() -> None:
    items = INDEX.items[COSTS]
    far = items.model_copy(update={"text": items.text + " filler" * 60 + " Heron"})
    section = ISSUE.sections[1]
    changed = section.model_copy(update={"items": tuple(far if item.id == COSTS else item for item in section.items)})
    index = Index(ISSUE.model_copy(update={"sections": (ISSUE.sections[0], changed, *ISSUE.sections[2:])}))
    (one,) = references.check_labels(place("Heron", COSTS, refs=ref("Heron", "@devon_ash")), index)
    assert one.severity == "warning"


def test_a_label_outside_the_text_is_asked_again_and_no_error() -> None:
    made = place(TEXT, COSTS, refs=ref("Devon Ash", "@devon_ash"))
    assert [one.severity for one in references.check_label_places(made, INDEX)] == ["warning"]
    assert not list(references.check_label_places(made._replace(where="overview/0/0"), INDEX))


def test_two_labels_need_two_places_in_the_text() -> None:
    twice = (*ref("devon_ash", "@devon_ash"), *ref("devon_ash", "Quill docs"))
    assert len(list(references.check_label_places(place(TEXT, COSTS, refs=twice), INDEX))) == 1


def test_a_bullet_without_a_link_is_a_warning_where_there_are_links() -> None:
    assert ("warning", "its items have links, and none is given") in found(place(TEXT, COSTS))
