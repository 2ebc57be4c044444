"""Arguments, and the exit status: 0 done or nothing to do, 1 an issue was held or failed, 2 settings or usage.

Nothing heavy is imported before a command runs, so that ``maeil --help`` answers at once.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import click

from pipeline.errors import ConfigError, MaeilError

STAGE_NAMES = ("fetch", "extract", "clean", "summarize", "verify", "emit")

ROOT = click.option(
    "--root",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Folder with maeil.toml, prompts/ and data/. [default: this one]",
)
VERBOSE = click.option(
    "-v", "--verbose", "--debug", "verbose", is_flag=True, help="Say more; show the whole of what nobody foresaw."
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
DAY = click.DateTime(["%Y-%m-%d"])


class Group(click.Group):
    """Turns every error of ours into one line on stderr and its exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            _fail(error, 2)
        except MaeilError as error:
            _fail(error, 1)


def _fail(error: MaeilError, status: int) -> None:
    click.echo(f"maeil: {error}", err=True)
    sys.exit(status)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="maeil")
def main() -> None:
    """Raw AI newsletters in, Korean posts out, every sentence checked against its source."""


@main.command("run")
@click.argument("issues", nargs=-1)
@click.option(
    "--input", "inputs", multiple=True, type=click.Path(path_type=Path), help="A .md, .html, .txt or .eml file."
)
@click.option("--date", "day", type=DAY, help="Only issues of this day; with --input, the day of the file.")
@click.option("--since", type=DAY, help="All issues from this day on, also those older than the backlog.")
@click.option("--source", "sources", multiple=True, help="Only issues of this source.")
@click.option("--from", "first", type=click.Choice(STAGE_NAMES), help="Do this stage and those after it again.")
@click.option("--until", "last", type=click.Choice(STAGE_NAMES), default="emit", help="Stop after this stage.")
@click.option(
    "--ask-again",
    type=click.Choice(["failed", "all"]),
    is_flag=False,
    flag_value="failed",
    help="Put anew what has no usable answer; --ask-again=all: everything, recorded replies or not.",
)
@click.option("--force", is_flag=True, help="Overwrite a post that was edited by hand.")
@click.option("--dry-run", is_flag=True, help="Open no connection; recorded replies only; write under build/dry-run/.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Questions under way at once.")
@click.option("--now", type=click.DateTime(["%Y-%m-%dT%H:%M:%SZ"]), hidden=True)
@ROOT
@VERBOSE
def run_(**options: Any) -> None:
    """Fetch what is new and take every issue as far as a post.

    Without ISSUES: all sources of maeil.toml. An ISSUE is any unambiguous beginning of an id, such as 20240504.
    """
    from pipeline.commands.running import Wishes, run

    root, now = options.pop("root"), options.pop("now")
    for name in ("day", "since"):
        options[name] = options[name].date() if options[name] else None
    now = now.replace(tzinfo=dt.UTC) if now else _now()
    sys.exit(run(root, now, Wishes(**options)))


def _now() -> dt.datetime:
    """The one clock read of a run."""
    return dt.datetime.now(dt.UTC)


def _stage_command(stage: str, text: str) -> None:
    @main.command(stage, help=text)
    @click.argument("issues", nargs=-1)
    @ROOT
    @VERBOSE
    def one_stage(issues: tuple[str, ...], root: Path, verbose: bool) -> None:
        from pipeline.commands.running import run_stage

        sys.exit(run_stage(stage, root, _now(), issues, verbose=verbose))


_stage_command("fetch", "Ask the sources for new issues; with ISSUES, ask again for the sources of those.")
_stage_command("extract", "Read raw issues again: sections, items, links.")
_stage_command("clean", "Clean the links again.")
_stage_command("summarize", "Write the drafts again; only what has no recorded reply is asked.")
_stage_command("verify", "Check the drafts again. Never opens a connection.")
_stage_command("emit", "Write the posts again.")


@main.command("show")
@click.argument("target")
@click.option(
    "--stage", type=click.Choice(STAGE_NAMES), help="Which record. [default: the last there is; clean for a file]"
)
@AS_JSON
@ROOT
def show_(target: str, stage: str | None, as_json: bool, root: Path) -> None:
    """Print a record of TARGET, an issue id or a file. Writes nothing."""
    from pipeline.commands.showing import show

    sys.exit(show(root, _now(), target, stage, as_json=as_json))


@main.command("clean-url")
@click.argument("urls", nargs=-1)
def clean_url(urls: tuple[str, ...]) -> None:
    """Clean URLS, or the lines of standard input: one out for each in."""
    from pipeline.clean import clean_url as cleaned

    for url in urls or (line.rstrip("\r\n") for line in sys.stdin):
        click.echo(cleaned(url))


@main.command("status")
@AS_JSON
@click.option("--verify", is_flag=True, help="Read all captures, replies and ledgers instead; 1 if one is damaged.")
@ROOT
def status_(as_json: bool, verify: bool, root: Path) -> None:
    """Every issue: how far it is, and what held it."""
    from pipeline.commands.showing import status, tell_damage

    sys.exit(tell_damage(root) if verify else status(root, as_json=as_json))


@main.group("sources", invoke_without_command=True)
@ROOT
@click.pass_context
def sources_(context: click.Context, root: Path) -> None:
    """The sources, with the last fetch and what it brought."""
    if context.invoked_subcommand is None:
        from pipeline.commands.sources import list_sources

        sys.exit(list_sources(root))


@sources_.command("check")
@ROOT
def sources_check(root: Path) -> None:
    """Try each source and say what is wrong; nothing is kept."""
    from pipeline.commands.sources import check_sources

    sys.exit(check_sources(root, _now()))


@main.command("check")
@click.argument("post", required=False, type=click.Path(path_type=Path))
@click.option("--against", help="The newsletter: a file, or the id of an issue.")
@click.option(
    "--earlier", multiple=True, type=click.Path(path_type=Path), help="A post of a day before, for what is repeated."
)
@click.option("--all", "every", is_flag=True, help="Every post that was made here, each against its issue.")
@click.option("--ask", is_flag=True, help="Have the reader of the fact check judge every sentence too; costs calls.")
@AS_JSON
@ROOT
def check_(*, post: Path | None, against: str | None, earlier: tuple[Path, ...], every: bool, **options: Any) -> None:
    """Hold POST, whoever wrote it, against a newsletter: links, figures, names, language, repetition.

    Exit status 1 when there is an error, 0 when there are none or only warnings. Writes nothing, but what the reader
    answers with --ask.
    """
    if every and (post or against or earlier or options["ask"]):
        raise click.UsageError("--all takes neither POST nor --against nor --earlier nor --ask")
    if every:
        from pipeline.commands.checking import check_all

        sys.exit(check_all(options["root"], _now(), as_json=options["as_json"]))
    if post is None or against is None:
        raise click.UsageError("name a POST and --against what, or --all")
    from pipeline.commands.checking import check

    sys.exit(check(options["root"], _now(), post, against, earlier, as_json=options["as_json"], ask=options["ask"]))


@main.command("accept")
@click.argument("issue")
@click.argument("finding")
@ROOT
def accept_(issue: str, finding: str, root: Path) -> None:
    """Accept FINDING (its id, as `maeil show ISSUE --stage verify` tells it) for ISSUE."""
    from pipeline.commands.accepting import accept

    sys.exit(accept(root, issue, finding))
