"""Names: `tokens` reads Latin words, `forms` and `versions` match them, `tables` holds ``names.txt``, `check` finds."""
