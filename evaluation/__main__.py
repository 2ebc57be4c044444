"""``make eval``: how much of each newsletter arrives, beside its floor. Exit status 1 when one is below.

Floors are pinned in ``floors.toml``: ``--pin`` raises them to what is measured, and lowers one only with
``--allow-lower``.
"""

from __future__ import annotations

import argparse
import math
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from evaluation import share
from evaluation.independent import Counted, of_markdown, of_page
from evaluation.measure import Measured, compared, expectations, measured, role_accuracy
from evaluation.surfaces import Reading, readings
from pipeline.extract import extract
from pipeline.records.issues import Issue
from pipeline.records.sources import Capture, RawIssue
from tests.make import ID, MADE, NOW
from tests.readings import Said, edition_of, said
from tests.rooms import DEMO
from tests.shared import NEWSLETTERS

HERE = Path(__file__).parent
FLOORS = HERE / "floors.toml"
SURFACES_OF = (
    "24-06-11-ainews-small-models-long-shadows.md",
    "26-07-14-quiet-harbour.md",
    "23-12-20-ainews-12192023-everybody-loves-openrouter.md",
    "26-04-16-opus-47.md",
)
EMPTY = "24-06-19-ainews-theres-ilya.html"
"""Its article is empty: the page was made of Markdown that is HTML throughout, which was dropped."""

Floors = dict[str, dict[str, float]]


def newsletters() -> list[Path]:
    """The bundled newsletters, and the real ones where they are at hand."""
    real = [path for path in sorted(NEWSLETTERS.glob("*")) if path.suffix in {".md", ".html"}]
    return [*sorted(DEMO.glob("*.md")), *(path for path in real if path.name != EMPTY)]


def issue_of(path: Path) -> Issue:
    media_type = {".md": "text/markdown", ".html": "text/html"}[path.suffix]
    capture = Capture(sha256=MADE, file=path.name, media_type=media_type, fetched_at=NOW)
    raw = RawIssue(
        id=ID, made_from=MADE, source="eval", identity=path.name, published=NOW, day=NOW.date(), capture=capture
    )
    return extract(raw, path.read_bytes(), made_from=MADE)


def of_newsletter(path: Path, complaints: list[str]) -> Measured:
    """A stored newsletter against the independent count, and against the roles a person gave its lines."""
    text, issue = path.read_text("utf-8"), issue_of(path)
    counted = of_page(text) if path.suffix == ".html" else of_markdown(text.split("\n---\n", 1)[1])
    found = measured(issue, counted)
    expected = HERE / "expected" / f"{path.stem}.toml"
    if path.suffix != ".md" or not expected.is_file():
        return found
    share, wrong = role_accuracy(issue, text.split("\n"), expectations(expected))
    complaints += [f"{path.name}: {line}" for line in wrong]
    return found._replace(roles=share)


def of_surfaces(path: Path) -> Iterator[tuple[str, Measured]]:
    """Each generated surface of a newsletter against the stored Markdown, on the parts that both carry."""
    stored, *others = edition_of(path).all()
    base = said(stored)
    for surface in others:
        here = said(surface)
        shared = [part for part in base if part in here]
        expected, got = (_together([of[part] for part in shared], pictures=surface.pictures) for of in (base, here))
        if not surface.addresses:  # its links lead where only their owner knows
            got = got._replace(addresses=expected.addresses)
        yield f"{path.name} as {surface.name}", compared(got.addresses, got.words, expected)


def _together(parts: list[Said], *, pictures: bool) -> Counted:
    addresses: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for part in parts:
        addresses.update(part.pages)
        addresses.update(part.pictures if pictures else ())
        words.update(part.words)
    return Counted(addresses, words)


def measurements(complaints: list[str]) -> Iterator[tuple[str, Measured]]:
    paths = newsletters()
    for path in paths:
        yield path.name, of_newsletter(path, complaints)
    for path in paths:
        if path.name in SURFACES_OF:
            yield from of_surfaces(path)


def shortfalls(name: str, found: Measured | Reading, floors: Floors) -> list[str]:
    """In what a measurement is below its floor; one without a floor is below it."""
    if name not in floors:
        return [f"{name}: no floor is pinned; run: python -m evaluation --pin"]
    figures = found._asdict()
    below = ((what, floor) for what, floor in floors[name].items() if figures[what] is None or figures[what] < floor)
    return [f"{name}: {what} {figures[what] or 0:.3f} % is below its floor of {floor} %" for what, floor in below]


def pinned(name: str, found: Measured | Reading, floors: Floors, *, allow_lower: bool) -> dict[str, float]:
    """The floors of a measurement, rounded down; an old floor is lowered only where that is allowed."""
    old = {} if allow_lower else floors.get(name, {})
    new = {what: math.floor(share * 100) / 100 for what, share in found._asdict().items() if share is not None}
    return {what: max(floor, old.get(what, 0.0)) for what, floor in new.items()}


def written(floors: Floors) -> str:
    lines = ["# Floors of `make eval`, in percent. Written by `python -m evaluation --pin`; see its help.\n"]
    for name in sorted(floors):
        lines.append(f'\n["{name}"]\n' + "".join(f"{what} = {floor}\n" for what, floor in floors[name].items()))
    return "".join(lines)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evaluation", description="How much of each newsletter arrives.")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what is measured")
    parser.add_argument("--allow-lower", action="store_true", help="with --pin: lower floors too")
    wishes = parser.parse_args(arguments)
    floors: Floors = tomllib.loads(FLOORS.read_text("utf-8")) if FLOORS.is_file() else {}
    complaints: list[str] = []
    failures: list[str] = []
    print(f"{'':72}{'links':>8}{'made up':>9}{'words':>8}{'once':>8}{'roles':>8}")
    for name, found in measurements(complaints):
        if wishes.pin:
            floors[name] = pinned(name, found, floors, allow_lower=wishes.allow_lower)
        failures += shortfalls(name, found, floors)
        roles = "" if found.roles is None else f"{found.roles:8.2f}"
        print(
            f"{name[:71]:72}{found.link_recall:8.2f}{100 - found.link_precision:9.2f}{found.text_recall:8.2f}"
            f"{found.text_once:8.2f}{roles}",
            flush=True,
        )
    print(f"{'':72}{'links':>8}{'heads':>9}{'news':>8}{'boiler':>8}{'private':>8}")
    for name, reading in readings(complaints):
        if wishes.pin:
            floors[name] = pinned(name, reading, floors, allow_lower=wishes.allow_lower)
        failures += shortfalls(name, reading, floors)
        print(f"{name[:71]:72}" + "".join(f"{share:8.2f}" for share in reading))
    print(f"{'':72}{'sent':>8}{'main items':>14}")
    shares = []
    for path in newsletters():
        one = share.sent(issue_of(path), path.stem, len(path.read_text("utf-8")))
        if path.suffix == ".html":  # the same newsletter once more
            one = one._replace(main=0, listed=0)
        shares.append(one)
        main_items = f"{one.main} of {one.listed}" if one.listed else ""
        print(f"{path.name[:71]:72}{one.share:8.2f}{main_items:>14}")
    failures += share.failures(shares)
    if wishes.pin:
        FLOORS.write_text(written(floors), "utf-8")
    for line in complaints:
        print(line)
    for line in failures:
        print(line, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
