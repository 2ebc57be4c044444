"""``maeil accept``: an editor's word that a finding may stand."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.errors import StageError
from pipeline.records.verdicts import Verdict
from pipeline.runs import pick
from pipeline.session import open_session
from pipeline.store.files import locked


def accept(root: Path, issue: str, finding: str) -> int:
    """Keep that a finding of an issue is accepted; the next run judges the issue with it.

    Raises:
        StageError: The issue has no verdict, or no such finding.
    """
    session = open_session(root)
    with locked(session.lock):
        raw = pick(session.library.issues(), wanted=[issue])[0]
        verdict = session.library.work(raw.id, Verdict)
        found = {one.id: one for one in verdict.findings} if verdict else {}
        if finding not in found:
            raise StageError(
                f"has no finding {finding}", subject=raw.id, hint=f"see: maeil show {raw.id} --stage verify"
            )
        ledger = session.library.ledger(raw.id)
        accepted = tuple(dict.fromkeys((*ledger.accepted, finding)))
        session.library.keep_ledger(ledger.model_copy(update={"accepted": accepted}))
    click.echo(f"{raw.id}: accepted {finding} ({found[finding].message}); run: maeil run {raw.id}")
    return 0
