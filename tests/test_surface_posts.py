"""The same post from the same newsletter, whether it came as a file or as a mail: the same questions, one reply."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.gather import read_input
from pipeline.records.questions import Question
from tests.readings import edition_of
from tests.rooms import DEMO, ROOT, maeil, new_root
from tests.small import NEWSLETTER
from tests.surfaces import Edition, Surface
from tests.test_runs import NOW, Desk

WRITTEN = (
    NEWSLETTER.replace("says Lumen-2 was trained", '"it\'s here" -- says Lumen-2 was trained')
    .replace("released Kestrel v0.9, which", "released Kestrel v0.9 --- at last... --- which")
    .replace("- **Silt**", "- **Silt's 'small' step**")
    .replace("# AI Discord Recap\n", "---\n\n# AI Discord Recap\n\n> A summary of Summaries of Summaries\n")
)
"""With quotation marks, dashes and dots, which every provider sets in its own way."""


def edition() -> Edition:
    body = WRITTEN.split("\n---\n", 1)[1].lstrip("\n")
    when = dt.datetime(2024, 6, 12, 21, 40, 12, tzinfo=dt.UTC)
    return Edition(slug="24-06-12-small", title="Small models, small bills", when=when, markdown=body)


def run(folder: Path, name: str, body: bytes) -> tuple[dict[str, Question], str]:
    """The questions by part, and the post."""
    folder.mkdir()
    desk = Desk(folder)
    (folder / name).write_bytes(body)
    session = desk.session()
    raw, read = read_input(folder / name, now=NOW, zone=session.settings.zone, day=None)
    session.library.keep_raw(raw, read)
    outcomes = desk.run()
    assert [(outcome.state, outcome.reason) for outcome in outcomes] == [("done", "")]
    (post,) = (desk.root / "data" / "posts").glob("*.md")
    return {question.part: question for question in desk.model.asked}, post.read_text("utf-8")


def from_markdown(folder: Path) -> tuple[dict[str, Question], str]:
    return run(folder, "24-06-12-small.md", WRITTEN.encode())


SURFACES: dict[str, Callable[[Edition], Surface]] = {
    "buttondown-mail": lambda edition: edition.buttondown_mail(),
    "buttondown-mail-clicks-counted": lambda edition: edition.buttondown_mail(clicks=True),
    "buttondown-page": lambda edition: edition.buttondown_page(),
    "substack-mail": lambda edition: edition.substack_mail(),
    "stored-page": lambda edition: edition.stored_page(),
    "site-page": lambda edition: edition.site_page(),
}


@pytest.mark.parametrize("name", SURFACES)
def test_the_same_newsletter_by_another_way_makes_the_same_questions_and_the_same_post(
    name: str, tmp_path: Path
) -> None:
    surface = SURFACES[name](edition())
    asked, post = from_markdown(tmp_path / "markdown")
    asked_there, post_there = run(tmp_path / "other", f"24-06-12-small{Path(surface.file).suffix}", surface.body)
    for part in ("front", "overview"):
        assert asked_there[part].messages[1].content == asked[part].messages[1].content
        assert asked_there[part].hash == asked[part].hash
    assert _parts(post_there) == _parts(post)


@pytest.mark.parametrize("surface", ["buttondown_mail", "substack_mail"])
def test_a_bundled_newsletter_that_comes_as_a_mail_makes_the_same_post_from_the_same_replies(
    surface: str, tmp_path: Path
) -> None:
    file = DEMO / "24-06-11-ainews-small-models-long-shadows.md"
    mail = tmp_path / "letter.eml"
    mail.write_bytes(getattr(edition_of(file), surface)().body)
    root = new_root(tmp_path / "root")
    shutil.copytree(ROOT / "data" / "replies", root / "data" / "replies")
    result = maeil(root, "run", "--dry-run", "--input", str(mail))
    assert result.exit_code == 0, result.output
    (post,) = root.rglob("daily-*.md")
    assert _parts(post.read_text("utf-8")) == _parts((ROOT / "docs" / "daily-20240612.md").read_text("utf-8"))


def _parts(post: str) -> str:
    """From Preview on; the last line names the newsletter's address, which a mail does not have."""
    return post[post.index("Preview") :].partition("원문: ")[0]
