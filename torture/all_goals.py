"""All goals, in the order in which they are pursued."""

from __future__ import annotations

from torture import crashes, plants
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
)
