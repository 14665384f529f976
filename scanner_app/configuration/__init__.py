"""Configuration packages: tables of the set-up and of journals, taken out and brought in as a file.

Each table is described once, and everything else works by the descriptions. What a record may say
is decided by the verb of its page alone.

This room must never write to a ledger, nor hold a rule of a record.
"""
