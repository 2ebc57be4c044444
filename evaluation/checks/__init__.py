"""How well the checks work: faithful Korean bullets that must pass, and mutants of them that must be caught.

``python -m evaluation.checks`` prints every figure beside its floor and exits with 1 when one is under it.
"""
