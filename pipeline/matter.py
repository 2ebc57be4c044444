"""YAML front matter of anybody's file: names with plain values, read without aliases and within limits.

An alias can make nine lines stand for a billion values ("billion laughs"), and tags and nesting can cost a stack; no
front matter of a newsletter, a post or a prompt needs any of them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import yaml

FENCE = "---"
MAX_CHARACTERS = 64_000
MAX_BITS = 1_000
"""Of a number: from 4,300 digits on Python refuses to write one out, and hexadecimal ones can be read that long."""
MAX_DEPTH = 40
"""A prompt's parameters nest three deep; every level is a call of the parser."""

Scalar = str | int | float | bool | dt.date | dt.datetime | None


class MatterError(ValueError):
    """What is between the fences is no front matter; the message says why, in words for a person.

    Args:
        message: Why.
        line: Of the text, from 1, where it is known.
    """

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


def split(text: str) -> tuple[str | None, str]:
    """The text between the first two fences, and what follows them; None where there are none."""
    if not text.startswith((f"{FENCE}\n", f"{FENCE} ", f"{FENCE}\r\n")):
        return None, text
    end = text.find(f"\n{FENCE}", len(FENCE) - 1)
    if end < 0:
        return None, text
    return text[text.index("\n") + 1 : end + 1], text[end + 1 :].partition("\n")[2]


def read(text: str) -> dict[str, Any]:
    """The names and values of front matter, without its fences.

    Raises:
        MatterError: It is no YAML, uses aliases, nests too deep, is too long, or holds no names and values.
    """
    if len(text) > MAX_CHARACTERS:
        raise MatterError(f"it has more than {MAX_CHARACTERS:,} characters")
    check(text)
    try:
        fields = yaml.load(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise _not_yaml(error) from error
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        raise MatterError("it holds no names and values")
    return {str(name): value for name, value in fields.items()}


def scalars(text: str) -> dict[str, Scalar]:
    """As `read`, only the plain values: strings, numbers and dates."""
    plain = (str, int, float, bool, dt.date, type(None))
    return {
        name: value
        for name, value in read(text).items()
        if isinstance(value, plain) and not (isinstance(value, int) and value.bit_length() > MAX_BITS)
    }


def check(text: str) -> None:
    """Refuse aliases and depth while they are still events: nothing has been built yet.

    Raises:
        MatterError: As `read`.
    """
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
                raise MatterError("it uses anchors and aliases (& and *), which are not read")
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise MatterError("it nests too deep")
    # OverflowError for "\\UFFFFFFFF", which PyYAML hands to `chr`.
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        raise _not_yaml(error) from error


def _not_yaml(error: Exception) -> MatterError:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return MatterError(f"it is not YAML: {error.problem}", error.problem_mark.line + 1)
    return MatterError("it is not YAML")
