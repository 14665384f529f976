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

# Of a package of tables: the first row names package and table, this one holds the captions.
CAPTIONS_ROW_OF_PACKAGE = 3

# Cells that cannot be read are told one by one up to this many.
FAULTS_MAX = 10_000

# Empty rows that are accepted among the lines; each needs as much room as a line.
EMPTY_ROWS_MAX = 1_000

# A cell holds no longer text.
CELL_CHARACTERS_MAX = 32_767
