"""All goals, in the order in which they are pursued."""

from __future__ import annotations

from torture import crashes, damage, hostile_letters, hostile_text, model_server, plants
from torture.goals import Goal

GOALS = (
    Goal(
        "kill",
        "SIGKILL at every file operation of a run of two issues",
        crashes.kill_cases,
        plants.naive_writer,
        "a writer that writes into place",
        500,
    ),
    Goal(
        "disk",
        "ENOSPC, EIO, EROFS, EMFILE at every file operation",
        crashes.disk_cases,
        plants.naive_writer,
        "a writer that writes into place",
        2_000,
    ),
    Goal(
        "damage",
        "files under data/ cut, flipped, replaced",
        damage.damage_cases,
        plants.trusting_reader,
        "a reader that trusts what it reads",
        2_000,
    ),
    Goal(
        "llm",
        "every fault of a model's server, at three calls, once and always",
        model_server.fault_cases,
        plants.parsed_by_the_sdk,
        "the SDK's own .parse()",
        400,
    ),
    Goal(
        "text",
        "HTML, Markdown, YAML, templates in all that a model fills",
        hostile_text.text_cases,
        plants.raw_text,
        "raw text, and safe_dump",
        2_000,
    ),
    Goal(
        "newsletters",
        "instructions in newsletters, to models that obey or echo",
        hostile_letters.letter_cases,
        plants.drawn_as_written,
        "all that a page holds, and all that is said about it",
        1_200,
    ),
)
