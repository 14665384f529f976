"""The layout of our workbooks: what their sheets are called and where their facts begin.

Both sides use it, so that what is written is found again. It is not translated: a workbook that was
written in one language is read in another.

This module must never hold anything that depends on one table.
"""

LINES_SHEET = "Lines"
LISTS_SHEET = "Lists"
INSTRUCTIONS_SHEET = "Instructions"

# The facts are the rows below this one, up to the end of their sheet.
FACTS_HEADING = "About this file"
