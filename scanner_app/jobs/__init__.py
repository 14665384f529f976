"""Jobs: long work in short transactions, that goes on where it stopped.

This room must never hold a rule: each step calls a verb of the rooms below.
"""
