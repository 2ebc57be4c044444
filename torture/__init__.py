"""``make torture``: whatever breaks, finished work stays, nothing false is published, and the next run goes on.

Each goal is a set of cases; each case is a process of its own in a folder of its own, forked after all is imported.
``--planted`` puts a naive piece in the program's place, for each goal another, and every goal must then fail.
``python -m torture.strace`` kills from outside what the goal ``kill`` kills from within.
"""
