"""What ``make audit`` says of pip-audit's answer."""

from __future__ import annotations

from torture.packages import told

KNOWN = {"name": "one", "version": "1.0", "vulns": []}
BAD = {"name": "two", "version": "2.0", "vulns": [{"id": "CVE-2026-1", "fix_versions": ["2.1", "3.0"]}]}
UNKNOWN = {"name": "three", "skip_reason": "Dependency not found on PyPI and could not be audited: three (3.0)"}


def test_all_looked_up_and_none_vulnerable_is_a_pass() -> None:
    assert told([KNOWN, KNOWN]) == (0, ["2 packages, none with a known vulnerability"])


def test_a_vulnerability_is_named_with_the_version_that_mends_it() -> None:
    assert told([KNOWN, BAD]) == (1, ["two 2.0: CVE-2026-1, mended in 2.1, 3.0"])


def test_what_could_not_be_looked_up_is_never_called_sound() -> None:
    assert told([KNOWN, UNKNOWN]) == (2, ["1 of 2 packages could not be looked up here: three"])
    assert told([UNKNOWN]) == (2, ["1 of 1 packages could not be looked up here: the lists cannot be reached"])
    assert told([])[0] == 2


def test_a_vulnerability_counts_more_than_what_could_not_be_looked_up() -> None:
    assert told([BAD, UNKNOWN])[0] == 1
