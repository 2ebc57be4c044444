"""Sentences of each kind that the field shows: what is faithful is refused by no rule."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from pipeline.records.issues import CleanIssue, Item, Link, Section
from pipeline.records.verdicts import Finding
from pipeline.verify import Prepared, place_findings
from pipeline.verify.index import Index, Place
from tests.shared import NEWSLETTERS

CASES = NEWSLETTERS.parent / "cases" / "meaning.toml"
ROWS: dict[str, list[dict[str, str]]] = tomllib.loads(CASES.read_text("utf-8")) if CASES.is_file() else {}

pytestmark = pytest.mark.skipif(not ROWS, reason="the cases are not on this machine")


def errors(row: dict[str, Any]) -> list[Finding]:
    items = [Item(id="s1i1", text=row["item"])] + (
        [Item(id="s1i2", text=row["neighbour"])] if "neighbour" in row else []
    )
    link = Link(
        id="l1", url="https://acme.example/", found="https://acme.example/", text="Acme", item="s1i1", kind="content"
    )
    section = Section(id="s1", role="news", title=row.get("section", "News"), items=tuple(items))
    issue = CleanIssue(
        id="20261101-00000000", made_from="0" * 64, source="s", url="https://news.example/1", title="News",
        published="2026-11-01T00:00:00Z", sections=(section,), links=(link,),
    )  # fmt: skip
    head = row["text"] if row.get("place") == "head" else ""
    text = "자세한 내용은 항목에 있습니다." if head else row["text"]
    place = Place("overview/0/0", "bullet", text, head, ("s1i1",))
    return [one for one in place_findings(place, Prepared(Index(issue))) if one.severity == "error"]


@pytest.mark.parametrize("row", ROWS.get("faithful", ()), ids=lambda row: row["kind"])
def test_no_rule_refuses_a_faithful_sentence(row: dict[str, Any]) -> None:
    assert errors(row) == []
