"""Workbooks: rows of a table, written as .xlsx for people to fill in and read back from a file.

Nothing here knows what a column is for: a column has a caption and a kind, a cell is text.

This room must never know a record or a rule of the warehouse, and never guess what a cell meant.
"""
