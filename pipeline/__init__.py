"""maeil: raw AI newsletters in, Korean posts out, every sentence checked against its source."""
