"""One statement with the values of very many rows, on both databases.

SQLAlchemy writes the statement and its column types convert the values, as ever; but it would
make a dictionary of parameters for each row and look each value up in it. Here the values of a
column are converted together, and the driver gets them as it takes them.

This module must never read a table, nor decide what a statement does.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, Dialect
from sqlalchemy.orm import Session

from scanner_app.errors import InvariantBroken

Rows = Sequence[Mapping[str, Any]]


def send_rows(session: Session, statement: Any, rows: Rows) -> int:  # noqa: ANN401 - of two dialects
    """Send an INSERT or UPDATE for rows with the same columns; returns how many rows it wrote."""
    session.flush()  # what waits in the session goes first, as before a statement of the ORM
    connection = session.connection()
    dialect = connection.dialect
    keys = list(rows[0])
    compiled = statement.compile(dialect=dialect, column_keys=keys, for_executemany=True)
    left_out = {column.key: _default_of(column) for column in compiled.insert_prefetch}
    columns = {
        name: _converted(
            bind,
            [left_out[name]] * len(rows) if name in left_out else [row[name] for row in rows],
            dialect,
        )
        for name, bind in compiled.binds.items()
    }
    if compiled.positional:
        values: list[Any] = list(
            zip(*(columns[name] for name in compiled.positiontup), strict=True)
        )
    else:
        each = zip(*columns.values(), strict=True)
        values = [dict(zip(columns, row, strict=True)) for row in each]
    return connection.exec_driver_sql(compiled.string, values).rowcount


def _converted(bind: BindParameter[Any], values: Iterable[Any], dialect: Dialect) -> Iterable[Any]:
    convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
    return map(convert, values) if convert else values


def _default_of(column: Any) -> Any:  # noqa: ANN401 - of any type
    """What a row says that leaves the column out."""
    if not column.default.is_scalar:
        raise InvariantBroken(f"{column}: each row has to say it")
    return column.default.arg
