"""The command line: ``python -m torture [--short] [--planted] [--goal NAME] [--case NAME] [--seed N]``."""

from __future__ import annotations

import sys
import time

import click

from torture.all_goals import GOALS
from torture.forks import forked
from torture.goals import Form, Goal, is_well, lines_of, pursue
from torture.rooms import warm_up

NAMES = [goal.name for goal in GOALS]


@click.command()
@click.option("--short", is_flag=True, help="A sample of each goal: what the tests run.")
@click.option("--planted", is_flag=True, help="A naive piece in the program's place; every goal must fail.")
@click.option("--goal", "names", multiple=True, type=click.Choice(NAMES), help="Only this goal.")
@click.option("--case", default="", help="Only this case of the goal.")
@click.option("--seed", default=1, help="For what is chosen at random.", show_default=True)
def torture(short: bool, planted: bool, names: tuple[str, ...], case: str, seed: int) -> None:
    """Break whatever can break, and look whether all is still well. Exit status 1 when something is not."""
    started = time.monotonic()
    form = Form(short=short, planted=planted, seed=seed, only=case)
    wanted = [goal for goal in GOALS if not names or goal.name in names]
    warm_up()
    well = [_apart(goal, form) if planted else _pursued(goal, form) for goal in wanted]
    click.echo(f"{sum(well)} of {len(well)} goals held, {time.monotonic() - started:.0f} s")
    sys.exit(0 if all(well) else 1)


def _apart(goal: Goal, form: Form) -> bool:
    """In a process of its own, for what is planted cannot be taken out again."""
    ended = forked(lambda: 0 if _pursued(goal, form) else 1, timeout_s=600)
    click.echo(ended.said, nl=False)
    return ended.status == 0


def _pursued(goal: Goal, form: Form) -> bool:
    tally = pursue(goal, form)
    for line in lines_of(goal, form, tally):
        click.echo(line)
    return is_well(goal, form, tally)


if __name__ == "__main__":
    torture()
