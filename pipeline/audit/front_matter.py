"""The front matter of a post, with the line on which each value stands."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import yaml

from pipeline import matter

FENCE = "---"


class Value(NamedTuple):
    """A piece of text and its line in the file, from 1."""

    text: str
    line: int


class FrontMatter(NamedTuple):
    """What stands between the first two lines of ``---``.

    Attributes:
        title, description: None when there is none.
        faults: What is wrong with it, each with its line.
        lines: How many lines it takes, its fences included; 0 when there is none.
    """

    title: Value | None = None
    description: Value | None = None
    tags: tuple[Value, ...] = ()
    faults: tuple[Value, ...] = ()
    lines: int = 0


def read_front_matter(lines: list[str]) -> FrontMatter:
    """The front matter at the beginning of a post's lines."""
    if not lines or lines[0].rstrip() != FENCE:
        return FrontMatter(faults=(Value("there is no front matter", 1),))
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() in (FENCE, "...")), None)
    if end is None:
        return FrontMatter(faults=(Value("the front matter is not closed", 1),))
    text = "\n".join(lines[1:end])
    try:
        matter.check(text)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except matter.MatterError as error:
        return FrontMatter(faults=(Value(f"the front matter cannot be read: {error}", error.line + 1),), lines=end + 1)
    if not isinstance(root, yaml.MappingNode):
        return FrontMatter(faults=(Value("the front matter holds no names and values", 1),), lines=end + 1)
    return _read(root)._replace(lines=end + 1)


def _read(root: yaml.MappingNode) -> FrontMatter:
    nodes = {key.value: node for key, node in root.value if isinstance(key, yaml.ScalarNode)}
    faults = []
    for name in ("title", "description"):
        if name in nodes and not isinstance(nodes[name], yaml.ScalarNode):
            faults.append(Value(f"{name} is not text", _line(nodes[name])))
    if "date" not in nodes:
        faults.append(Value("there is no date", 1))
    elif not _is_date(nodes["date"]):
        faults.append(Value("date is not a day as YYYY-MM-DD", _line(nodes["date"])))
    return FrontMatter(
        title=_text(nodes.get("title")),
        description=_text(nodes.get("description")),
        tags=_tags(nodes.get("tags")),
        faults=tuple(faults),
    )


def _text(node: yaml.Node | None) -> Value | None:
    return Value(" ".join(node.value.split()), _line(node)) if isinstance(node, yaml.ScalarNode) else None


def _tags(node: yaml.Node | None) -> tuple[Value, ...]:
    entries = node.value if isinstance(node, yaml.SequenceNode) else [node]
    return tuple(value for entry in entries if (value := _text(entry)) is not None)


def _is_date(node: yaml.Node) -> bool:
    try:
        dt.date.fromisoformat(node.value[:10] if isinstance(node, yaml.ScalarNode) else "")
    except ValueError:
        return False
    return True


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 2  # marks count from 0, and the fence stands before
