"""``make bench``: speed and memory, each figure a median beside its limit. Exit status 1 when a limit is passed.

CPU seconds, not wall-clock seconds, wherever a limit speaks of CPU: a busy machine does not change them much.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pipeline.korean import find_analyser

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "newsletters"
DEMO = ROOT / "data" / "raw" / "demo"
NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
WHOLE_BYTES = 280_000


class Figure(NamedTuple):
    what: str
    value: float
    limit: float | None
    unit: str

    def line(self) -> str:
        limit = "" if self.limit is None else f"limit {self.limit:g} {self.unit}"
        verdict = "" if self.limit is None else ("ok" if self.value <= self.limit else "OVER")
        return f"{self.what:66} {self.value:9.3f} {self.unit:5} {limit:16} {verdict}".rstrip()


def cpu_s(call: Callable[[], object], runs: int = 9, *, warm: bool = True) -> float:
    """Median CPU seconds of a call in this process, after one that warms up."""
    if warm:
        call()
    taken = []
    for _ in range(runs):
        start = time.process_time()
        call()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def times_as_much(small: Callable[[], object], large: Callable[[], object], runs: int = 5) -> float:
    """How many times the CPU of the small call the large one takes: median of pairs, made in turn, for speed drifts."""
    small()
    return statistics.median(cpu_s(large, runs=1, warm=False) / cpu_s(small, runs=3, warm=False) for _ in range(runs))


def process_cpu_s(command: list[str], runs: int = 7) -> float:
    """Median CPU seconds of a whole process, after one run that warms up."""
    taken = []
    for _ in range(runs + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(taken[1:])


def whole(size: int, source: Path) -> bytes:
    """A newsletter of about ``size`` bytes: the channel part of a bundled one, again and again under other names."""
    text = source.read_text("utf-8")
    head, mark, detail = text.partition("# PART 2")
    body = [head + mark]
    length = len(body[0].encode())
    number = 0
    while length < size:
        number += 1
        more = detail.replace("https://", f"https://n{number}.").replace("**", f"**{number} ", 1)
        body.append(more)
        length += len(more.encode())
    return "".join(body).encode()


def reader(name: str, body: bytes) -> Callable[[], object]:
    """Extract and clean one newsletter."""
    import pipeline.__main__  # noqa: F401, as the command starts: it seldom searches for garbage
    from pipeline.clean import clean
    from pipeline.extract import extract
    from pipeline.fetch import issue_of_file

    raw = issue_of_file(name, body, source="bench", now=NOW, zone=ZoneInfo("Asia/Seoul"))
    return lambda: clean(extract(raw, body, made_from=raw.made_from), made_from=raw.made_from)


def rendered(markdown: bytes) -> bytes:
    """The same newsletter as a page."""
    from markdown_it import MarkdownIt

    text = markdown.decode().split("\n---\n", 1)[-1]
    html = MarkdownIt("commonmark").enable("table").render(text)
    return f"<!doctype html><html><head><title>x</title></head><body><article>{html}</article></body></html>".encode()


def of_commands() -> Iterator[Figure]:
    yield Figure("maeil --help, CPU", process_cpu_s([sys.executable, "-m", "pipeline", "--help"]), 0.25, "s")
    code = "import sys, pipeline.cli; print(sum(name in sys.modules for name in ('openai', 'bs4', 'lxml', 'httpx')))"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    yield Figure("of openai, bs4, lxml, httpx imported for it", float(loaded.stdout), 0, "")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("data/raw/demo", "data/replies", "prompts"):
            shutil.copytree(ROOT / name, root / name)
        shutil.copy(ROOT / "maeil.toml", root)
        command = [sys.executable, "-m", "pipeline", "run", "--dry-run", "--source", "demo", "--root", folder]
        taken = []
        for _ in range(3):
            shutil.rmtree(root / "build", ignore_errors=True)
            start = time.monotonic()
            environment = {**os.environ, "MAEIL_MODEL__NAME": "demo"}
            subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env=environment)
            taken.append(time.monotonic() - start)
        yield Figure("dry run of the bundled newsletters, wall clock", statistics.median(taken), 5, "s")


def of_reading() -> Iterator[Figure]:
    from bs4 import BeautifulSoup
    from lxml import html as lxml_html
    from pyromark import html as markdown_html

    source = sorted(DEMO.glob("24-*.md"))[0]
    real = next(SHARED.glob("24-05-03*.md"), None)
    markdown = real.read_bytes() if real else whole(WHOLE_BYTES, source)
    page = real.with_suffix(".html").read_bytes() if real else rendered(markdown)
    text = markdown.decode()
    yield Figure("parse alone: pyromark, 280 KB of Markdown, CPU", cpu_s(lambda: markdown_html(text)), None, "s")
    yield Figure(
        "parse alone: beautifulsoup4 on lxml, its page, CPU", cpu_s(lambda: BeautifulSoup(page, "lxml")), None, "s"
    )
    yield Figure("parse alone: lxml, its page, CPU", cpu_s(lambda: lxml_html.fromstring(page)), None, "s")
    once = cpu_s(reader("24-06-11-bench.md", markdown))
    yield Figure("extract and clean, 280 KB of Markdown, CPU", once, 0.25, "s")
    yield Figure("extract and clean, its page, CPU", cpu_s(reader("24-06-11-bench.html", page)), 0.1, "s")
    one, ten = (reader("24-06-11-bench.md", whole(n * WHOLE_BYTES, source)) for n in (1, 10))
    yield Figure("ten times the bytes cost times as much", times_as_much(one, ten), 13, "x")
    few, many = (reader("24-06-11-links.md", links(count)) for count in (1_000, 100_000))
    yield Figure("a link among 100,000 costs times one among 1,000", times_as_much(few, many) / 100, 1.3, "x")


def links(count: int) -> bytes:
    """A list of so many links; a hundred thousand of them stay below the size limit of a newsletter."""
    return ("# News\n\n" + "".join(f"- [l {n}](https://e.org/{n}?utm_id=x&id={n}) a\n" for n in range(count))).encode()


def of_checking() -> Iterator[Figure]:
    """An audit of the post of a bundled newsletter, with start-up, against a newsletter of 400 KB."""
    source = sorted(DEMO.glob("24-*.md"))[0]
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / source.name
        large.write_bytes(whole(400_000, source))
        post = ROOT / "docs" / "daily-20240612.md"
        command = [sys.executable, "-m", "pipeline", "check", str(post), "--against", str(large)]
        limit = None if find_analyser() else 1.5  # the analyser of the extra [ko] takes five seconds to load
        yield Figure("maeil check against 400 KB, with start-up, CPU", process_cpu_s(command), limit, "s")


def of_the_twelve() -> Iterator[Figure]:
    if not SHARED.is_dir():
        return
    files = sorted(SHARED.glob("*.md"))
    code = "import sys; from benchmarks.__main__ import read_in_a_row; read_in_a_row(sys.argv[1:])"
    command = [sys.executable, "-c", code, *map(str, files)]
    runs = [subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.split() for _ in range(3)]
    cpu, peak = (statistics.median(map(float, told)) for told in zip(*runs, strict=True))
    yield Figure(f"{len(files)} real newsletters in a row, CPU", cpu, 3, "s")
    yield Figure(f"{len(files)} real newsletters in a row, peak memory of the process", peak, 200, "MB")


def read_in_a_row(paths: list[str]) -> None:
    """Extracts and cleans newsletters one after the other; prints the CPU seconds and the process's peak in MB."""
    start = time.process_time()
    for path in map(Path, paths):
        reader(path.name, path.read_bytes())()
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(time.process_time() - start, peak_mb)


def of_rounds() -> Iterator[Figure]:
    """How long one issue takes beyond the program's own CPU, in latencies of the model's server."""
    from tests.small import NEWSLETTER

    newsletter = NEWSLETTER.encode()
    for what, faulty, limit in (
        ("one issue, clean draft, no fact check: waiting in latencies", False, 1.2),
        ("one issue, one round of mending, no fact check: the same", True, 2.2),
    ):
        taken = [_waiting(newsletter, faulty=faulty) for _ in range(3)]
        yield Figure(what, statistics.median(taken), limit, "L")


LATENCY_S = 3.0


def _waiting(newsletter: bytes, *, faulty: bool) -> float:
    """Wall clock of a run less its CPU, over the latency."""
    from tests.faulty_model import FaultyModel
    from tests.obedient_model import Obedient, question_of
    from tests.rooms import new_root

    careful = Obedient()

    def answer(body: dict[str, object]) -> str:
        said = json.loads(careful(body))
        part = question_of(body).part
        if faulty and part == "front":
            said["topics"][0]["bullets"][0]["text"] = said["topics"][0]["bullets"][0]["text"].replace("2", "3")
        if part == "again":
            for piece in said["pieces"]:
                piece["text"] = piece["text"].replace("3", "2")
        return json.dumps(said, ensure_ascii=False)

    with tempfile.TemporaryDirectory() as folder, FaultyModel(answer=answer, latency_s=LATENCY_S) as server:
        root = new_root(Path(folder) / "root", '[model]\nname = "m"\n')
        file = Path(folder) / "24-06-12-small.md"
        file.write_bytes(newsletter)
        command = [sys.executable, "-m", "pipeline", "run", "--input", str(file), "--root", str(root)]
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        env = os.environ | {"OPENAI_BASE_URL": server.base_url}
        subprocess.run(command, cwd=ROOT, env=env, check=False, capture_output=True)
        wall, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
        if faulty:
            assert any(question_of(asked.body).part == "again" for asked in server.asked), "nothing was asked again"
    return (wall - (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)) / LATENCY_S


def main() -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a command is compiled once, not each time it starts
    figures = []
    for group in (of_commands, of_the_twelve, of_reading, of_checking, of_rounds):
        for figure in group():
            figures.append(figure)
            print(figure.line(), flush=True)
    sys.exit(any(figure.limit is not None and figure.value > figure.limit for figure in figures))


if __name__ == "__main__":
    main()
