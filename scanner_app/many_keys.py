"""Looking many keys up at once, each by the index, on both databases.

SQLite takes no index for several tuples in one IN and reads the whole table instead; as rows of
a JSON array it looks the keys up one by one.

This module must never be asked for rows without an index over the columns of the key.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVarTuple

from sqlalchemy import JSON, Select, Subquery, and_, cast, column, func, select, tuple_, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.types import TypeEngine

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


def rows_of_values(
    session: Session,
    name: str,
    values: Sequence[tuple[int | str, ...]],
    columns: Mapping[str, TypeEngine[Any]],
) -> Subquery:
    """Values as the rows of a table: sent as one value, so that there may be any number of rows."""
    if session.get_bind().dialect.name == "sqlite":
        each = func.json_each(json.dumps(values)).table_valued("value", name="each")
        cells = [
            type_coerce(func.json_extract(each.c.value, f"$[{place}]"), type_).label(column_name)
            for place, (column_name, type_) in enumerate(columns.items())
        ]
    else:
        rows = func.json_array_elements(cast(values, JSON))
        each = rows.table_valued(column("value", JSON), name="each")
        cells = [
            cast(func.json_extract_path_text(each.c.value, str(place)), type_).label(column_name)
            for place, (column_name, type_) in enumerate(columns.items())
        ]
    return select(*cells).subquery(name)
