"""Warnings on spacing from a morphological analyser, where one is installed; nothing without it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pytest

from pipeline.korean import find_analyser
from pipeline.verify import verify
from pipeline.verify.language.spacing import spacing_is_right
from tests.test_audit import POST, audited, line_of
from tests.verify_cases import DRAFT, ISSUE, LEAD, MADE_FROM, place


class Piece(NamedTuple):
    """A morpheme as an analyser gives it."""

    form: str
    tag: str
    start: int
    len: int


def analyse(text: str) -> Sequence[Piece]:
    """A stand-in that knows a few words; all else is a noun of its own."""
    known = {"을": "JKO", "를": "JKO", "가": "JKS", "할": "ETM", "수": "NNB", "공개": "NNG", "에서": "JKB"}
    found, at = [], 0
    while at < len(text):
        form = next((one for one in sorted(known, key=len, reverse=True) if text.startswith(one, at)), text[at])
        if form != " ":
            found.append(Piece(form, known.get(form, "NNG"), at, len(form)))
        at += len(form)
    return found


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("할수 있습니다", "space is missing"),
        ("모델을공개", "space is missing"),
        ("모델 을 공개", "set apart"),
        ("모델가를 공개", "two case particles"),
    ],
)
def test_a_space_lost_or_put_in_is_a_warning(text: str, message: str) -> None:
    (found,) = spacing_is_right(place(text, LEAD), analyse)
    assert (found.check, found.severity) == ("spacing", "warning")
    assert message in found.message


@pytest.mark.parametrize("text", ["할 수 있습니다", "모델을 공개", "Larch-2 를 공개", "데이터셋에서 공개"])
def test_right_spacing_passes(text: str) -> None:
    assert not list(spacing_is_right(place(text, LEAD), analyse))


def test_without_an_analyser_nothing_is_said_of_spacing() -> None:
    assert all(one.check != "spacing" for one in verify(DRAFT, ISSUE, made_from=MADE_FROM).findings)


def test_a_warning_on_spacing_drops_nothing() -> None:
    opening = DRAFT.opening.model_copy(
        update={"title": DRAFT.opening.title.model_copy(update={"text": DRAFT.opening.title.text + " 할수"})}
    )
    draft = DRAFT.model_copy(update={"opening": opening})
    verdict = verify(draft, ISSUE, made_from=MADE_FROM, analyse=analyse)
    assert "spacing" in {one.check for one in verdict.findings if one.where == "title"}
    assert all(one.severity == "warning" for one in verdict.findings if one.check == "spacing")
    assert all("spac" not in left.why for left in verdict.dropped)


def test_the_analyser_of_the_extra_sees_a_lost_space() -> None:
    pytest.importorskip("kiwipiepy")
    analyser = find_analyser()
    assert analyser is not None
    assert list(spacing_is_right(place("연구실은 모델을공개했고 누구나 쓸수 있습니다.", LEAD), analyser.analyse))
    assert not list(
        spacing_is_right(place("연구실은 새 데이터셋을 공개했고 누구나 쓸 수 있습니다.", LEAD), analyser.analyse)
    )


def test_an_audit_says_on_which_line_a_space_is_lost() -> None:
    post = POST.replace("따져야 합니다.", "평가할수 있습니다.")
    found = [one for one in audited(post, analyse=analyse) if one.check == "spacing"]
    assert [(one.line, one.severity) for one in found] == [(line_of("AI Viewpoint") + 1, "warning")]
    assert not [one for one in audited(post) if one.check == "spacing"]
