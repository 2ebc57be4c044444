"""Puts a post in its place, unless the file there is not this program's to change."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable

from pipeline.errors import RejectedError
from pipeline.posts import post_name, update_of
from pipeline.records.sources import RawIssue
from pipeline.records.verdicts import Post
from pipeline.store.library import Ledger, Library


def name_of_post(library: Library, raw: RawIssue) -> str:
    """The name of an issue's post: the one it has, else the first of its day that no other issue has."""
    own = library.ledger(raw.id).post
    if own:
        return own
    taken = {ledger.post for ledger in library.ledgers()}
    return next(name for number in range(1, 10_000) if (name := post_name(raw.day, number)) not in taken)


def put_in_place(
    library: Library, raw: RawIssue, compose: Callable[[dt.date], Post], *, today: dt.date, force: bool
) -> Post:
    """Write a post unless it is there, and enter it in the ledger.

    Args:
        compose: Makes the post, given the day of its last change.
        today: The day of a change, when there is one.
        force: Overwrite a post that was edited by hand.

    Raises:
        RejectedError: The file in its place was there before, or was edited by hand.
        StoreError: It cannot be written.
    """
    ledger = library.ledger(raw.id)
    post = compose(ledger.update or raw.day)
    there = library.post(post.file)
    if there is not None and there != post.text.encode():
        unfinished = _unfinished(ledger, there, post, compose)
        if unfinished is None:
            _refuse_foreign(raw, ledger, there, post, force=force)
        post = unfinished or compose(max(today, raw.day))
    if there != post.text.encode():
        library.keep_post(post.file, post.text.encode())
    library.keep_ledger(_entered(ledger, post))
    return post


def _unfinished(ledger: Ledger, there: bytes, post: Post, compose: Callable[[dt.date], Post]) -> Post | None:
    """The post as a run left it that ended before it entered it in the ledger; None when the file is something else.

    Once the ledger has this very post, another day of its last change is an edit like any other.
    """
    day = update_of(there)
    if day is None or _digest(post.text.encode()) == ledger.sha256:
        return None
    left = compose(day)
    return left if left.text.encode() == there else None


def _refuse_foreign(raw: RawIssue, ledger: Ledger, there: bytes, post: Post, *, force: bool) -> None:
    """Raise when the file in the post's place is someone else's, or was edited by hand."""
    if not ledger.sha256:
        raise RejectedError(
            f"{post.file} was there before and is not touched", subject=raw.id, hint="move it away to have it written"
        )
    if _digest(there) != ledger.sha256 and not force:
        raise RejectedError(
            f"{post.file} was edited by hand and is left as it is", subject=raw.id, hint="--force overwrites it"
        )


def _entered(ledger: Ledger, post: Post) -> Ledger:
    return ledger.model_copy(
        update={
            "post": post.file,
            "sha256": _digest(post.text.encode()),
            "title": post.title,
            "date": post.day,
            "update": post.update,
            "tags": post.tags,
            "held": None,
        }
    )


def _digest(post: bytes) -> str:
    return hashlib.sha256(post).hexdigest()
