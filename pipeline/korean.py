"""The morphological analyser of the extra ``[ko]``, where it is installed: what stages are given to look at spacing."""

from __future__ import annotations

import functools
import importlib.metadata
import importlib.util
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple


class Analyser(NamedTuple):
    """An analyser and its version, of which a verdict made with it depends.

    Attributes:
        analyse: Text → morphemes with ``form``, ``tag``, ``start`` and ``len``. The first call loads the model, which
            takes five seconds and 105 MB on disk.
    """

    version: str
    analyse: Callable[[str], Sequence[Any]]


def find_analyser() -> Analyser | None:
    """kiwipiepy, or None where it is not installed. Nothing is loaded yet."""
    if importlib.util.find_spec("kiwipiepy") is None:
        return None
    return Analyser(f"kiwipiepy {importlib.metadata.version('kiwipiepy')}", _analyse)


def _analyse(text: str) -> Sequence[Any]:
    return list(_kiwi().tokenize(text))


@functools.cache
def _kiwi() -> Any:
    from kiwipiepy import Kiwi

    return Kiwi()
