"""What every record is, and the words that several of them share."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

IssueId = Annotated[str, Field(pattern=r"^\d{8}-[0-9a-f]{8}$")]
"""An issue's day and eight hex digits of the SHA-256 of its identity: ``20240504-3f9a1c2e``."""

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

PartName = Literal["front", "overview", "again", "factcheck"]
"""What a question asks for: Preview and opening, Overview, pieces whose checks failed, readings of the fact check."""


class Record(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Made(Record):
    """A record of one issue that says what it was made from.

    Attributes:
        id: The issue.
        made_from: SHA-256 of the input record, the settings, the prompts and the code that made this one. A record
            is up to date when making it again would start from the same.
    """

    id: IssueId
    made_from: Sha256
