"""A Draft becomes a Verdict: mended by rule, checked, dropped where it is wrong, held when too little is left."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.records.drafts import Bullet, Cited, Draft, Part, Reference
from pipeline.records.issues import CleanIssue, Item, Section
from pipeline.records.verdicts import Finding, Verdict
from pipeline.verify import EarlierPost, Minimum, Prepared, find, finding_id, is_asked_again, verify
from pipeline.verify.findings import Kind, finding
from pipeline.verify.index import Index, places
from tests.verify_cases import (
    COSTS,
    DRAFT,
    ISSUE,
    KERNEL,
    LEAD,
    LINKS,
    SPONSOR,
    bullet,
    with_bullet,
    with_opening,
)

GOOD = DRAFT.preview.topics[0].bullets[1]
KERNEL_TEXT = DRAFT.overview.topics[0].bullets[0].text
PREPARED = Prepared(Index(ISSUE))
EARLIER = (EarlierPost(file="daily-20260309.md", day=dt.date(2026, 3, 9), sentences=(KERNEL_TEXT,)),)


def verdict(draft: Draft, **more: Any) -> Verdict:
    return verify(draft, ISSUE, made_from="b" * 64, **more)


def test_a_faithful_draft_passes_whole() -> None:
    made = verdict(DRAFT)
    assert (made.findings, made.dropped, made.mended, made.held) == ((), (), (), ())
    assert made.draft == DRAFT
    assert (made.id, made.made_from) == (DRAFT.id, "b" * 64)


def test_every_place_has_its_evidence() -> None:
    evidence = {one.where: one for one in verdict(DRAFT).evidence}
    assert set(evidence) == {made.where for made in places(DRAFT)}
    assert evidence["preview/0/1"].items == (COSTS,)
    assert {"40%", "Quill", "vLLM"} <= set(evidence["preview/0/1"].matched)


def test_places_are_walked_once_in_the_order_of_the_post() -> None:
    walked = [made.where for made in places(DRAFT)]
    assert len(walked) == len(set(walked))
    assert walked[:4] == ["title", "description", "intro/0", "intro/1"]
    assert walked.index("preview/1/1") < walked.index("viewpoint/0") < walked.index("overview/0")


MUTANTS: dict[str, Bullet] = {
    "figure changed": GOOD.model_copy(update={"text": GOOD.text.replace("40%", "45%")}),
    "name changed": GOOD.model_copy(update={"text": GOOD.text.replace("vLLM", "TensorRT")}),
    "items of another": GOOD.model_copy(update={"items": (KERNEL,), "refs": ()}),
    "text of another": bullet("유럽 의회는 합성 이미지의 라벨 표시 규정을 8월까지 미루기로 표결했습니다.", COSTS),
    "English": GOOD.model_copy(update={"text": "Serving with Quill is 40% cheaper than vLLM.", "refs": ()}),
    "plain style": GOOD.model_copy(update={"text": GOOD.text.replace("측정했습니다", "측정했다")}),
    "placeholder": GOOD.model_copy(update={"text": GOOD.text.replace("devon_ash", "[이름]"), "refs": ()}),
    "Markdown": GOOD.model_copy(update={"text": GOOD.text.replace("Quill", "**Quill**")}),
    "HTML": GOOD.model_copy(update={"text": GOOD.text.replace("Quill", "<b>Quill</b>")}),
    "sponsor": bullet("CloudCove 크레딧으로 학습을 더 빠르게 할 수 있다고 알렸습니다.", SPONSOR),
    "yesterday": bullet(KERNEL_TEXT, KERNEL),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_what_is_wrong_is_found_and_dropped(name: str) -> None:
    draft = with_bullet(MUTANTS[name], number=1)
    made = verdict(draft, earlier=EARLIER if name == "yesterday" else ())
    assert any(one.severity == "error" and one.where == "preview/0/1" for one in made.findings)
    assert any(left.what.startswith("preview/0/1: ") and left.why for left in made.dropped)
    assert made.draft.preview.topics[0].bullets == DRAFT.preview.topics[0].bullets[:1]


WRONG_REFERENCES = {
    "unknown link": ("devon_ash", "l99"),
    "link of a neighbour": ("devon_ash", LINKS["demo video"]),
    "label of another link": ("devon_ash", LINKS["Quill docs"]),
    "empty label": ("", LINKS["Quill docs"]),
}


@pytest.mark.parametrize("name", WRONG_REFERENCES)
def test_a_wrong_reference_costs_the_reference_and_not_the_story(name: str) -> None:
    label, link = WRONG_REFERENCES[name]
    made = verdict(with_bullet(GOOD.model_copy(update={"refs": (Reference(label=label, link=link),)}), number=1))
    kept = made.draft.preview.topics[0].bullets[1]
    assert any(one.severity == "error" and one.where == "preview/0/1" for one in made.findings)
    assert kept.text == GOOD.text
    assert kept.refs == (Reference(label="x.com", link=LINKS["@devon_ash"]),)
    assert any(left.what == f"preview/0/1: [{label}]" for left in made.dropped)


FIRST = "Quill 문서가 함께 나왔습니다."
LIE = "Zenith Corp도 90% 저렴해졌습니다."


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"{GOOD.text} {LIE}", GOOD.text),
        (f"{LIE} {GOOD.text}", GOOD.text),  # the next names its subject
        (f"{LIE} 이 결과는 비용에 관한 것입니다.", None),
        (f"{LIE} 처리량은 그대로입니다.", None),
        (f"{GOOD.text} {LIE} 이는 비용에 관한 것입니다.", GOOD.text),
        (f"다음은 요약입니다. {GOOD.text}", GOOD.text),
        (f"{GOOD.text} https://quill.example/docs 에서 봅니다.", GOOD.text),
    ],
)
def test_only_the_sentence_with_the_finding_falls(text: str, left: str | None) -> None:
    made = verdict(with_bullet(GOOD.model_copy(update={"text": text, "refs": ()}), number=1))
    bullets = made.draft.preview.topics[0].bullets
    assert [one.text for one in bullets[1:]] == ([left] if left else [])
    assert any(one.where == "preview/0/1" and one.sentence in text for one in made.findings)
    assert made.dropped


def test_a_bullet_falls_with_the_sentence_that_has_its_only_source() -> None:
    text = f"{FIRST} devon_ash는 Zenith보다 90% 저렴하다고 했습니다."
    made = verdict(with_bullet(bullet(text, COSTS, devon_ash="@devon_ash"), number=1))
    assert len(made.draft.preview.topics[0].bullets) == 1


def test_a_topics_title_is_made_from_its_first_bullet() -> None:
    topics = DRAFT.preview.topics
    wrong = topics[0].model_copy(update={"title": "Zenith Corp 인수"})
    made = verdict(DRAFT.model_copy(update={"preview": Part(topics=(wrong, *topics[1:]))}))
    assert [topic.title for topic in made.draft.preview.topics] == ["Larch-2", topics[1].title]
    assert made.draft.preview.topics[0].bullets == topics[0].bullets


def test_particles_and_tags_are_mended_and_told() -> None:
    wrong = GOOD.model_copy(update={"text": GOOD.text.replace("vLLM보다", "vLLM를 쓸 때보다")})
    draft = with_bullet(wrong, number=1)
    draft = draft.model_copy(
        update={"opening": draft.opening.model_copy(update={"tags": ("오픈 소스", "추론 모델", "llm")})}
    )
    made = verdict(draft, tags_in_use=("LLM", "오픈소스"))
    assert "vLLM을 쓸 때보다" in made.draft.preview.topics[0].bullets[1].text
    assert made.draft.opening.tags == ("오픈소스", "추론 모델", "LLM")
    assert len(made.mended) == 3
    assert not any(one.check == "particles" for one in made.findings)


def test_a_label_is_mended_with_its_text() -> None:
    text = "devon_ash는 Quill를 쓰면 vLLM보다 40% 저렴하다고 측정했습니다."
    draft = with_bullet(bullet(text, COSTS, **{"Quill를 쓰면": "Quill docs"}), number=1)
    (ref,) = verdict(draft).draft.preview.topics[0].bullets[1].refs
    assert ref.label == "Quill을 쓰면"


def test_a_topic_without_bullets_goes() -> None:
    draft = with_bullet(MUTANTS["English"], topic=1, number=0)
    topics = draft.preview.topics
    only = topics[1].model_copy(update={"bullets": topics[1].bullets[:1]})
    draft = draft.model_copy(update={"preview": draft.preview.model_copy(update={"topics": (topics[0], only)})})
    made = verdict(draft)
    assert [topic.title for topic in made.draft.preview.topics] == ["모델 공개와 비용"]
    assert any("no bullet of the topic is left" in left.why for left in made.dropped)
    assert made.held == ("preview: 2 bullets are left, at least 3 are needed",)


def test_the_minimum_is_a_setting() -> None:
    draft = with_bullet(MUTANTS["English"], part="overview")
    assert verdict(draft).held == ("overview: 2 bullets are left, at least 3 are needed",)
    assert verdict(draft, minimum=Minimum(overview=2)).held == ()


def test_a_wrong_title_or_description_is_made_from_the_topics() -> None:
    titles = [topic.title for topic in DRAFT.preview.topics]
    right = {"title": titles[0], "description": f"{', '.join(titles)} 소식을 전합니다."}
    for name, text in right.items():
        draft = with_opening(**{name: Cited(text="Zenith Corp가 9000억 달러에 인수됐습니다.", items=(LEAD,))})
        made = verdict(draft)
        assert made.held == ()
        assert getattr(made.draft.opening, name).text == text
        assert any(text in one.why for one in made.mended)
        assert [one for one in verdict(made.draft).findings if one.severity == "error"] == []


def test_viewpoint_sentences_are_dropped_and_none_left_holds_the_post() -> None:
    wrong = Cited(text="Zenith X9이 가장 중요합니다.", items=(LEAD,))
    first = DRAFT.opening.viewpoint[0]
    made = verdict(with_opening(viewpoint=(first, wrong)))
    assert made.draft.opening.viewpoint == (first,)
    assert made.held == ()
    assert "viewpoint: no sentence is left" in verdict(with_opening(viewpoint=(wrong,))).held


def test_an_introduction_sentence_is_dropped_alone() -> None:
    wrong = bullet("Northwind Labs가 Larch-3를 공개했습니다.", LEAD)
    made = verdict(with_opening(intro=(*DRAFT.opening.intro, wrong)))
    assert made.draft.opening.intro == DRAFT.opening.intro
    assert made.held == ()


def test_a_bad_tag_is_dropped_alone() -> None:
    made = verdict(with_opening(tags=("LLM", "<script>", "추론 모델", "오픈소스")))
    assert made.draft.opening.tags == ("LLM", "추론 모델", "오픈소스")
    assert made.held == ()


def test_a_tag_may_not_name_what_the_newsletter_does_not() -> None:
    made = verdict(with_opening(tags=("LLM", "GPT-9", "추론 모델", "오픈소스")))
    assert "GPT-9" not in made.draft.opening.tags
    assert "Larch-2" in verdict(with_opening(tags=("LLM", "Larch-2", "추론 모델"))).draft.opening.tags


def test_an_accepted_finding_is_told_and_drops_nothing() -> None:
    draft = with_bullet(MUTANTS["figure changed"], number=1)
    wrong = [one for one in verdict(draft).findings if one.severity == "error"]
    accepted = {finding_id(one) for one in wrong}
    made = verdict(draft, accepted=accepted)
    assert [one for one in made.findings if one.severity == "error"] == wrong
    assert made.dropped == ()
    assert not set(wrong) & set(find(draft, PREPARED, accepted=accepted))


def test_find_finds_what_verify_finds_and_not_what_is_mended() -> None:
    draft = with_bullet(MUTANTS["figure changed"])
    assert find(draft, PREPARED) == verdict(draft).findings
    wrong = GOOD.model_copy(update={"text": GOOD.text.replace("vLLM보다", "vLLM를 쓸 때보다")})
    assert find(with_bullet(wrong, number=1), PREPARED) == ()


def test_examples_of_the_prompts_do_not_pass() -> None:
    found = find(DRAFT, PREPARED, examples=(KERNEL_TEXT,))
    assert [(one.check, one.where) for one in found] == [("freshness", "overview/0/0")]


def test_a_label_outside_its_text_is_asked_again_and_kept() -> None:
    draft = with_bullet(
        GOOD.model_copy(update={"refs": (Reference(label="Quill 문서", link=LINKS["Quill docs"]),)}), number=1
    )
    made = verdict(draft)
    (one,) = made.findings
    assert is_asked_again(one)
    assert made.dropped == ()


def test_warnings_of_title_and_description_are_asked_again() -> None:
    assert is_asked_again(finding(Kind.SAME_AS_TITLE, "description", "x"))
    assert not is_asked_again(finding(Kind.NO_HEAD, "preview/0/0", "x"))
    assert all(is_asked_again(made_of(kind)) for kind in Kind if kind.severity == "error")


class AnyWord(dict[str, str]):
    def __missing__(self, slot: str) -> str:
        return f"<{slot}>"


def made_of(kind: Kind, where: str = "preview/0/0", text: str = "45%", sentence: str = "45%입니다.") -> Finding:
    message = kind.template.format_map(AnyWord())
    return Finding(kind=kind, severity=kind.severity, where=where, sentence=sentence, text=text, message=message)


def test_an_id_is_of_kind_place_and_text() -> None:
    one = made_of(Kind.FIGURE_ABSENT)
    others = (
        made_of(Kind.FIGURE_UNIT),
        made_of(Kind.FIGURE_ABSENT, where="intro/0"),
        made_of(Kind.FIGURE_ABSENT, text="46%"),
        made_of(Kind.FIGURE_ABSENT, sentence="다른 문장에서도 45%입니다."),
    )
    assert len({one.id, *(other.id for other in others)}) == 5
    assert len(one.id) == 8
    assert one.id == made_of(Kind.FIGURE_ABSENT, where="preview/0/4").id  # a bullet before it was dropped


def test_no_accepted_id_changes_when_every_message_is_reworded(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = with_bullet(MUTANTS["figure changed"], number=1)
    before = verdict(draft, earlier=EARLIER).findings
    for kind in Kind:
        monkeypatch.setattr(kind, "template", f"reworded: {kind}")
    after = verdict(draft, earlier=EARLIER).findings
    assert [one.id for one in after] == [one.id for one in before]
    assert {one.message for one in after}.isdisjoint(one.message for one in before)


def test_every_kind_has_a_check_a_reason_and_a_template_of_its_own() -> None:
    assert len({kind.value for kind in Kind}) == len(Kind)
    assert all(kind.partition(".")[2] and kind.reason and kind.template for kind in Kind)


def test_no_code_looks_into_a_message() -> None:
    looks = re.compile(r"\.message(?:\.\w+\(| in | ==)|\bin \w+\.message\b")
    package = Path(__file__).resolve().parents[1] / "pipeline"
    found = [
        f"{file.name}: {line.strip()}"
        for room in ("verify", "audit", "summarize")
        for file in (package / room).rglob("*.py")
        for line in file.read_text("utf-8").splitlines()
        if looks.search(line)
    ]
    assert found == []


def test_verifying_the_verdicts_draft_drops_nothing_more() -> None:
    once = verdict(with_bullet(MUTANTS["English"]))
    again = verdict(once.draft)
    assert again.draft == once.draft
    assert again.dropped == ()


def _issue_of(*sections: tuple[str, tuple[str, ...]]) -> CleanIssue:
    """An issue of news sections, each a title and the texts of its items."""
    made = tuple(
        Section(
            id=f"s{s}",
            role="news",
            title=title,
            items=tuple(Item(id=f"s{s}i{i}", text=text) for i, text in enumerate(texts, 1)),
        )
        for s, (title, texts) in enumerate(sections, 1)
    )
    return ISSUE.model_copy(update={"sections": made, "links": ()})


def test_the_sections_of_a_story_stand_under_its_heading() -> None:
    index = Index(
        _issue_of(
            ("Top Story: Stillwater 1", ()),
            ("Benchmarks", ("PolyTool fell to 55.6%.",)),
            ("AI Twitter Recap", ("Kestrel is out.",)),
            ("AI Reddit Recap", ()),
            ("/r/LocalLlama", ("Juniper is slow.",)),
        )
    )
    heads = {id_: item.head for id_, item in index.items.items()}
    assert heads["s2i1"] == "Top Story: Stillwater 1 / Benchmarks"
    assert (heads["s3i1"], heads["s5i1"]) == ("AI Twitter Recap", "/r/LocalLlama")


def test_the_viewpoint_and_the_title_may_name_the_lead() -> None:
    def names(opening: dict[str, Any]) -> list[str]:
        return [one.text for one in verdict(with_opening(**opening)).findings if one.check == "names"]

    sentence = Cited(text="Larch-2를 쓰기 전에 Quill의 비용부터 살펴보기를 권합니다.", items=(COSTS,))
    assert names({"viewpoint": (sentence,)}) == []
    assert names({"title": Cited(text="Larch-2를 서빙하는 Quill의 비용", items=(COSTS,))}) == []
    assert names({"description": Cited(text="Larch-2를 Triton으로 서빙하는 비용입니다.", items=(KERNEL,))}) != []
    stranger = sentence.model_copy(update={"text": sentence.text.replace("Larch-2", "Triton")})
    assert names({"viewpoint": (stranger,)}) == ["Triton"]
    bullet_of_it = with_bullet(GOOD.model_copy(update={"text": GOOD.text.replace("Quill", "Triton")}))
    assert [one.text for one in verdict(bullet_of_it).findings if one.check == "names"] == ["Triton"]


def test_a_description_that_promises_what_was_dropped_is_made_from_what_is_told() -> None:
    topics = DRAFT.preview.topics
    (number, index, told), *_ = [
        (number, index, bullet)
        for number, topic in enumerate(topics)
        for index, bullet in enumerate(topic.bullets)
        if "TernHand" in bullet.text
    ]
    wrong = told.model_copy(update={"text": told.text.replace("200", "900")})
    bullets = tuple(wrong if at_ == index else bullet for at_, bullet in enumerate(topics[number].bullets))
    changed = (*topics[:number], topics[number].model_copy(update={"bullets": bullets}), *topics[number + 1 :])
    promise = Cited(text="TernHand는 영상을 보고 셔츠 개기를 배웁니다.", items=told.items)
    kept = with_opening(description=promise)
    draft = kept.model_copy(update={"preview": DRAFT.preview.model_copy(update={"topics": changed})})
    assert verdict(kept).draft.opening.description == promise
    made = verdict(draft, minimum=Minimum(preview=1))
    assert "TernHand" not in made.draft.opening.description.text
    assert any("names what is no longer told" in one.why for one in made.mended)
