"""Looking many keys up at once, each by the index, on both databases.

SQLite takes no index for several tuples in one IN and reads the whole table instead; as rows of
a JSON array it looks the keys up one by one.

This module must never be asked for rows without an index over the columns of the key.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any, TypeVarTuple

from sqlalchemy import Select, and_, func, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

Columns = TypeVarTuple("Columns")


def holding_one_of(
    session: Session,
    statement: Select[*Columns],
    columns: Sequence[InstrumentedAttribute[Any]],
    keys: Iterable[tuple[int | str, ...]],
) -> Select[*Columns]:
    """Narrow a statement to the rows whose columns hold one of the keys."""
    wanted_keys = sorted(set(keys))
    if session.get_bind().dialect.name != "sqlite":
        return statement.where(tuple_(*columns).in_(wanted_keys))
    wanted = func.json_each(json.dumps(wanted_keys)).table_valued("value", name="wanted")
    held = (
        column == func.json_extract(wanted.c.value, f"$[{place}]")
        for place, column in enumerate(columns)
    )
    return statement.join(wanted, and_(*held))
