"""Each flag of a newsletter's items, sections and links is set by one stage, and read where it is said to be."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from pipeline.records.issues import (
    UNPUBLISHABLE,
    UNREPORTABLE,
    Item,
    Link,
    LinkFlag,
    Role,
    Section,
    TextFlag,
)

PACKAGE = Path(__file__).resolve().parents[1] / "pipeline"

# Flag → the files that set it, and who reads it (records: the two rules there).
TEXT: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "stale": (("stale.py",), ("records",)),
    "sponsor": (("extract/notes.py", "extract/titles.py", "extract/judged.py"), ("records",)),
    "filler": (("extract/notes.py", "extract/judged.py"), ("records",)),
    "outage": (("extract/judged.py",), ("records",)),
    "metadata": (("extract/notes.py",), ("records", "verify/source_items.py")),
    "footer": (("extract/notes.py", "extract/titles.py", "extract/judged.py"), ("records",)),
    "toc": (("extract/titles.py",), ("records", "extract/__init__.py")),
    "byline": (("extract/sections.py",), ()),
    "duplicate": (("extract/sections.py",), ("records",)),
}
LINK: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "code": (("extract/links.py",), ()),
    "bare": (("extract/links.py",), ()),
    "unclosed": (("extract/links.py",), ("records",)),
    "placeholder": (("extract/links.py", "clean.py"), ("records",)),
    "relative": (("extract/links.py",), ("records",)),
    "subscriber": (("subscribers.py",), ("records",)),
    "unsafe": (("clean.py",), ("records",)),
    "shortener": (("clean.py",), ()),
    "misattributed": (("extract/links.py",), ("records",)),
    "tracker": (("clean.py",), ("records",)),
}


def test_every_flag_has_its_row() -> None:
    assert set(TEXT) == set(get_args(TextFlag))
    assert set(LINK) == set(get_args(LinkFlag))


@pytest.mark.parametrize(("flag", "row"), [*TEXT.items(), *LINK.items()])
def test_a_flag_is_set_where_the_table_says(flag: str, row: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    producers, consumers = row
    for file in producers + tuple(name for name in consumers if name != "records"):
        assert f'"{flag}"' in (PACKAGE / file).read_text("utf-8"), file
    rules: set[str] = {*UNREPORTABLE, *UNPUBLISHABLE, "duplicate"}
    assert (flag in rules) == ("records" in consumers)


def test_no_other_module_has_a_set_of_flags() -> None:
    """One rule for what may be reported and one for what may be linked: nobody else counts flags up."""
    flags = [f'"{flag}"' for flag in (*UNREPORTABLE, *UNPUBLISHABLE)]
    found = [
        f"{file.relative_to(PACKAGE)}: {line.strip()}"
        for file in PACKAGE.rglob("*.py")
        if file.parent.name != "records"
        for line in file.read_text("utf-8").splitlines()
        if "frozenset" in line and sum(flag in line for flag in flags) > 3  # three set a part of the newsletter aside
    ]
    assert found == []


@pytest.mark.parametrize("flag", get_args(TextFlag))
def test_what_may_be_reported_is_one_rule(flag: TextFlag) -> None:
    item = Item(id="s1i1", text="Kestrel is out.", flags=(flag,))
    section = Section(id="s1", role="news", title="News", items=(item,), flags=(flag,))
    assert item.reportable == section.reportable == (flag not in UNREPORTABLE)


@pytest.mark.parametrize(
    ("role", "is_reportable"),
    [("intro", True), ("news", True), ("community", True), ("detail", False), ("boilerplate", False)],
)
def test_a_second_recap_of_the_day_may_be_reported_whatever_its_role(role: Role, is_reportable: bool) -> None:
    section = Section(id="s1", role=role, title="Recap", items=())
    assert section.reportable == is_reportable
    assert section.model_copy(update={"flags": ("duplicate",)}).reportable
    assert not section.model_copy(update={"flags": ("duplicate", "stale")}).reportable


@pytest.mark.parametrize("flag", get_args(LinkFlag))
def test_what_may_be_linked_is_one_rule(flag: LinkFlag) -> None:
    link = Link(id="l1", url="https://a.example/", found="x", text="x", item="s1i1", kind="content", flags=(flag,))
    assert link.publishable == (flag not in UNPUBLISHABLE)
    assert not link.model_copy(update={"flags": (), "kind": "footer"}).publishable
    assert not link.model_copy(update={"flags": (), "url": "ftp://a.example/"}).publishable
