"""``make audit``: the packages of the lock against the published lists of vulnerabilities, by pip-audit.

Where the lists cannot be reached pip-audit still says that it found nothing, so it is asked for each package. Exit
status 0 when every package was looked up and none is known to be vulnerable, 1 when one is, 2 when some could not be
looked up.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

LOCK = Path(__file__).resolve().parents[1] / "requirements.lock"
_COMMAND = ("-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner=off", "--format=json")
_TIMEOUT_S = 300


def main() -> int:
    """Runs pip-audit over the lock, prints what it found, and returns the exit status."""
    try:
        asked = subprocess.run(
            [sys.executable, *_COMMAND, f"--requirement={LOCK}"],
            check=False,
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_S,
        )
    except subprocess.TimeoutExpired:
        click.echo(f"nothing was looked up: no answer within {_TIMEOUT_S} s")
        return 2
    try:
        found = json.loads(asked.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        reason = (asked.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1]
        click.echo(f"nothing was looked up: {reason}")
        return 2
    status, lines = told(found)
    click.echo("\n".join(lines))
    return status


def told(packages: list[dict[str, Any]]) -> tuple[int, list[str]]:
    """The exit status, and the lines for people, of pip-audit's list of packages."""
    lines = list(_vulnerable(packages))
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    if unknown:
        whose = "the lists cannot be reached" if len(unknown) == len(packages) else ", ".join(unknown)
        lines.append(f"{len(unknown)} of {len(packages)} packages could not be looked up here: {whose}")
    if not lines:
        lines.append(f"{len(packages)} packages, none with a known vulnerability")
    vulnerable = any(package.get("vulns") for package in packages)
    return (1 if vulnerable else 2 if unknown or not packages else 0), lines


def _vulnerable(packages: list[dict[str, Any]]) -> Iterator[str]:
    for package in packages:
        for vulnerability in package.get("vulns", ()):
            mended = ", ".join(vulnerability.get("fix_versions", ())) or "no version yet"
            yield f"{package['name']} {package['version']}: {vulnerability['id']}, mended in {mended}"


if __name__ == "__main__":
    sys.exit(main())
