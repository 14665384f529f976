"""Raw rows for the benches: what the product wrote, written again by the driver alone.

This is the floor that a bench compares with: the same rows into the same tables of an empty
database, under the same promises to the disk.
"""

import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from scanner_app.database import Database
from scanner_app.migrations.upgrade import upgrade

Rows = Mapping[str, tuple[str, list[tuple[object, ...]]]]


def last_ids(path: Path, tables: Sequence[str]) -> dict[str, int]:
    """The last id of each table."""
    with sqlite3.connect(path) as connection:
        return {
            table: connection.execute(f"SELECT COALESCE(MAX(rowid), 0) FROM {table}").fetchone()[0]  # noqa: S608 - names of ours
            for table in tables
        }


def rows_after(path: Path, ids: Mapping[str, int]) -> Rows:
    """The rows of tables behind an id of each, with the statement that inserts them."""
    found = {}
    with sqlite3.connect(path) as connection:
        for table, last_id in ids.items():
            asked = f"SELECT * FROM {table} WHERE rowid > ? ORDER BY rowid"  # noqa: S608 - names of ours
            rows = connection.execute(asked, (last_id,)).fetchall()
            places = ", ".join("?" * len(rows[0]))
            found[table] = (f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608 - names of ours
    return found


def insert_raw(
    path: Path, tables: Rows, parts: int = 1, clock: Callable[[], float] = time.perf_counter
) -> float:
    """Seconds of the driver alone, a transaction for each part, on an empty database."""
    database = Database(f"sqlite:///{path}")
    upgrade(database)
    database.close()
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-8000"):
        connection.execute(f"PRAGMA {pragma}")
    began = clock()
    for number in range(parts):
        connection.execute("BEGIN IMMEDIATE")
        for statement, rows in tables.values():
            share = -(-len(rows) // parts)
            connection.executemany(statement, rows[number * share : (number + 1) * share])
        connection.execute("COMMIT")
    seconds = clock() - began
    connection.close()
    return seconds
