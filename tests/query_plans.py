"""How a database finds what is asked, as its own words."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from scanner_app.database import Database


def explain(database: Database, asked: Sequence[tuple[str, Any]]) -> list[list[str]]:
    """The plan of each statement, line by line; one that is sent with many values has one plan."""
    word = "EXPLAIN QUERY PLAN" if database.dialect == "sqlite" else "EXPLAIN"

    def work(session: Session) -> list[list[str]]:
        connection = session.connection()
        if database.dialect == "postgresql":
            # The tables of a test are so small that reading them whole costs less.
            session.execute(text("SET LOCAL enable_seqscan = off"))
        return [
            [
                str(row[-1])
                for row in connection.exec_driver_sql(f"{word} {statement}", _one(values))
            ]
            for statement, values in asked
        ]

    return database.write(work)


def _one(values: Any) -> Any:  # noqa: ANN401 - what a driver takes
    return values[0] if isinstance(values, list) else values
