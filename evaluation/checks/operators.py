"""All mutation operators."""

from __future__ import annotations

from evaluation.checks.form import FORM
from evaluation.checks.language import LANGUAGE
from evaluation.checks.links import LINKS
from evaluation.checks.mutation import Named
from evaluation.checks.names import NAMES
from evaluation.checks.numbers import NUMBERS
from evaluation.checks.stories import STORIES
from evaluation.checks.units import UNITS

OPERATORS: tuple[Named, ...] = (*NUMBERS, *UNITS, *LINKS, *NAMES, *STORIES, *LANGUAGE, *FORM)
