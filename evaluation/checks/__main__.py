"""``python -m evaluation.checks``: mutants caught and faithful bullets passed, each share beside what is asked of it.

Exit status 1 when a share is under its floor: no figure may fall by itself. One that is not yet what is asked of it is
marked short. ``--pin`` raises the floors to what is measured, and lowers one only with ``--allow-lower``. ``--missed``
shows what was not caught.
"""

from __future__ import annotations

import argparse
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

from evaluation.checks import report
from evaluation.checks.faithful import faithful
from evaluation.checks.judging import Judged, judge
from evaluation.checks.operators import OPERATORS
from pipeline.config import read_prompts
from tests.rooms import ROOT
from tests.shared import NEWSLETTERS

FLOORS = Path(__file__).parent / "floors.toml"
SEED = 20240504
LONGEST_S = 60.0


def measured(seed: int = SEED) -> Judged:
    """The whole set with all operators, against the stored newsletters."""
    examples = [example for prompt in read_prompts(ROOT / "prompts").values() for example in prompt.examples]
    return judge(tuple(faithful(NEWSLETTERS)), OPERATORS, examples=examples, seed=seed)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evaluation.checks", description="How well the checks work.")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what is measured")
    parser.add_argument("--allow-lower", action="store_true", help="with --pin: lower floors too")
    parser.add_argument("--missed", action="store_true", help="show every mutant that was not caught")
    parser.add_argument("--seed", type=int, default=SEED, help="another draw of mutants (floors are pinned for one)")
    wishes = parser.parse_args(arguments)
    if not NEWSLETTERS.is_dir():
        print(f"{NEWSLETTERS}: the newsletters are not on this machine, nothing was measured", file=sys.stderr)
        return 0
    start = time.process_time()
    judged = measured(wishes.seed)
    taken = time.process_time() - start
    totals, each = report.totals(judged), report.of_operators(judged, OPERATORS)
    floors = tomllib.loads(FLOORS.read_text("utf-8")) if FLOORS.is_file() else {}
    if wishes.pin:
        floors = report.pinned((*totals, *each), floors, allow_lower=wishes.allow_lower)
        FLOORS.write_text(report.written(floors), "utf-8")
    for line in lines(judged, totals, each, floors):
        print(line)
    print(f"\nCPU {taken:.1f} s, limit {LONGEST_S:g} s")
    if wishes.missed:
        for line in missed(judged):
            print(line)
    failures = [line for share in (*totals, *each) for line in share.fallen(floors)]
    failures += report.too_few(each)
    failures += [f"{taken:.1f} s of CPU, limit {LONGEST_S:g} s"] if taken > LONGEST_S else []
    for line in failures:
        print(line, file=sys.stderr)
    return 1 if failures else 0


def lines(
    judged: Judged, totals: tuple[report.Share, ...], each: tuple[report.Share, ...], floors: report.Floors
) -> Iterator[str]:
    yield f"{'operator':42}{'count':>6}{'right':>6}{'percent':>9}{'asked':>8}{'floor':>8}"
    yield from (share.line(floors) for share in each)
    yield f"\n{'check':42}{'caught':>6}{'alone':>6}{'percent':>9}{'false':>8}"
    yield from report.of_checks(judged)
    yield "\nnot counted, still true:"
    yield from (f"  {count:5} {rule}" for rule, count in judged.still_true.most_common())
    yield "\nerrors on faithful bullets:"
    for name, found in judged.false_errors.items():
        yield from (
            f"  {name}: {one.check}: {one.text[:60]}: {one.message[:90]} ({one.expected[:40]})" for one in found
        )
    yield ""
    yield from (share.line(floors) for share in totals)


def missed(judged: Judged) -> Iterator[str]:
    """What differs in each mutant that was not caught."""
    for one in judged.outcomes:
        if not one.is_caught:
            yield f"{one.operator.group}: {one.operator.name}: {one.of.name}: {one.difference}"


if __name__ == "__main__":
    sys.exit(main())
