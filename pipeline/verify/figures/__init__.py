"""Figures of Korean and English text: `parse` reads, `compare` tells how two differ, `check` finds what is wrong."""
