"""Draft and CleanIssue → FactCheck: a reader judges every sentence beside its items, and has to quote.

In: a draft, its issue, and a way to ask. Out: one `Reading` a sentence, with quotes that hold, and what became of the
planted sentences. Open `reading.py` first; then `question.py` (what is put), `planted.py` and `quotes.py` (what code
can check of a reader).
"""

from pipeline.factcheck.question import FactCheckAnswer, Reader
from pipeline.factcheck.reading import MOST_READING_CALLS, Memory, fact_check

__all__ = ["MOST_READING_CALLS", "FactCheckAnswer", "Memory", "Reader", "fact_check"]
