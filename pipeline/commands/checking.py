"""``maeil check``: posts against the newsletters they should tell. Writes nothing, opens no connection."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import click

from pipeline.audit import AuditFinding, audit, earlier_post
from pipeline.clean import clean, clean_url
from pipeline.errors import ConfigError, FetchError, MaeilError, StageError
from pipeline.extract import extract
from pipeline.fetch import issue_of_file
from pipeline.folder import read_file
from pipeline.posts import day_and_number
from pipeline.records import CleanIssue
from pipeline.verify import EarlierPost

SHOWN = 100
"""Characters of a finding's words that a line for people shows."""


class Wishes(NamedTuple):
    """The options of ``maeil check``, as its help tells them."""

    post: Path | None = None
    against: str | None = None
    earlier: Sequence[Path] = ()
    check_all: bool = False
    as_json: bool = False


def check(root: Path, now: dt.datetime, wishes: Wishes) -> int:
    raise NotImplementedError
