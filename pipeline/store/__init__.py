"""Records on disk: atomic, locked, checked when they are read back."""
