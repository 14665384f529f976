"""Values that are asked for as rows, on both databases."""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Date, String, select
from sqlalchemy.types import TypeEngine

from scanner_app.database import Database
from scanner_app.many_keys import rows_of_values


def test_values_come_back_as_rows_of_their_types(database: Database) -> None:
    values = [(number, f"it's {number}", "2026-11-23") for number in range(70_000)]
    columns: dict[str, TypeEngine[Any]] = {"number": BigInteger(), "word": String(), "day": Date()}
    with database.read() as session:
        rows = rows_of_values(session, "asked", values, columns)
        late = select(rows).where(rows.c.number >= 69_998).order_by(rows.c.number)
        found = [tuple(row) for row in session.execute(late)]
    day = date(2026, 11, 23)
    assert found == [(69_998, "it's 69998", day), (69_999, "it's 69999", day)]
