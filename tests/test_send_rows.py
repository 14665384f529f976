"""Rows sent by one statement are kept as SQLAlchemy itself would keep them, row by row."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from scanner_app.database import Database
from scanner_app.errors import InvariantBroken
from scanner_app.insert_rows import insert_in_order, insert_rows
from scanner_app.inventory.item import Item, UnitOfMeasure
from scanner_app.jobs.job import Job, JobKind, JobState
from tests.configuration.packages import add_user

AT = datetime(2026, 11, 22, 13, 30, 0, 123456, tzinfo=UTC)


def job(user_id: int, **said: object) -> dict[str, object]:
    return {
        "kind": JobKind.APPLY_PACKAGE,
        "parameters": {"of": "Ä", "parts": [1, 2]},
        "checkpoint": {},
        "total": 3,
        "fault": None,
        "requested_by_id": user_id,
        "requested_at": AT,
        **said,
    }


def kept(session: Session, table: str) -> list[tuple[Any, ...]]:
    """The rows as the driver gives them, without their ids."""
    found = session.execute(text(f"SELECT * FROM {table} ORDER BY id"))  # noqa: S608 - names of ours
    return [tuple(row)[1:] for row in found]


def test_every_type_is_kept_as_sqlalchemy_keeps_it(database: Database) -> None:
    user_id = add_user(database)
    rows = [job(user_id), job(user_id, finished_at=AT)]
    rows = [{"finished_at": None} | row for row in rows]

    def work(session: Session) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        session.execute(insert(Job), rows)
        of_alchemy = kept(session, "job")
        insert_rows(session, Job, rows)
        return of_alchemy, kept(session, "job")[2:]

    of_alchemy, ours = database.write(work)
    assert ours == of_alchemy
    assert JobState.WAITING.value in {str(value) for value in ours[0]}


def test_what_a_row_leaves_out_has_its_default_and_quantities_are_exact(
    database: Database,
) -> None:
    def work(session: Session) -> list[tuple[str, Decimal, int]]:
        [unit_id] = insert_in_order(session, UnitOfMeasure, [{"code": "PCS"}])
        rows = [
            {"no": no, "base_unit_of_measure_id": unit_id, "qty_rounding_precision": step}
            for no, step in (("A", Decimal("0.00001")), ("B", Decimal("0.5")))
        ]
        ids = insert_in_order(session, Item, rows)
        items = [session.get_one(Item, item_id) for item_id in ids]
        return [(item.no, item.qty_rounding_precision, item.lock_version) for item in items]

    assert database.write(work) == [("A", Decimal("0.00001"), 1), ("B", Decimal("0.5"), 1)]


def test_a_row_has_to_say_what_is_made_anew_for_each(database: Database) -> None:
    row = job(add_user(database))
    del row["checkpoint"]
    with pytest.raises(InvariantBroken, match=r"job\.checkpoint: each row has to say it"):
        database.write(lambda session: insert_rows(session, Job, [row]))


def test_a_float_is_no_quantity(database: Database) -> None:
    row = {"no": "A", "base_unit_of_measure_id": 1, "qty_rounding_precision": 0.5}
    with pytest.raises(InvariantBroken, match="a float is no quantity"):
        database.write(lambda session: insert_rows(session, Item, [row]))


def test_rows_come_in_their_order_after_others_are_gone(database: Database) -> None:
    """An id is never given twice, so what was deleted at the end leaves a gap."""

    def work(session: Session) -> list[str]:
        rows = [{"code": f"U{number}"} for number in range(3)]
        ids = insert_in_order(session, UnitOfMeasure, rows)
        session.delete(session.get_one(UnitOfMeasure, ids[-1]))
        session.flush()
        more = insert_in_order(session, UnitOfMeasure, [{"code": "B"}, {"code": "A"}])
        assert min(more) > max(ids)
        return [session.get_one(UnitOfMeasure, unit_id).code for unit_id in more]

    assert database.write(work) == ["B", "A"]
