"""Finding by how a code begins, by an index, on both databases.

LIKE would have to escape what was typed, and uses an index on neither database as ours are made;
a range of codes does, because code columns are sorted byte by byte.

This module must never be asked of a column that is no code.
"""

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import InstrumentedAttribute

LAST_CHARACTER = "\U0010ffff"


def begins_with(column: InstrumentedAttribute[str], text: str) -> ColumnElement[bool]:
    """Whether a code begins with the text, which holds no controls."""
    return and_(column >= text, column < text + LAST_CHARACTER)
