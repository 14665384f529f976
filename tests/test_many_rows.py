"""Many rows at once: inserted in order, set to values of their own, and never fewer than asked."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.database import Database
from scanner_app.errors import InvariantBroken
from scanner_app.insert_rows import insert_in_order, insert_rows
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.update_rows import update_rows


def descriptions(session: Session) -> list[tuple[str, str]]:
    row = ReasonCode
    return [(code, says) for code, says in session.execute(select(row.code, row.description))]


def test_each_row_gets_its_own_values(database: Database) -> None:
    def work(session: Session) -> list[tuple[str, str]]:
        rows = [{"code": code, "description": ""} for code in ("B", "A")]
        first, second = insert_in_order(session, ReasonCode, rows)
        changes = [(second, {"description": "of A"}), (first, {"description": "of B"})]
        update_rows(session, ReasonCode, changes)
        return sorted(descriptions(session))

    assert database.write(work) == [("A", "of A"), ("B", "of B")]


def test_a_row_that_is_not_there_is_a_fault(database: Database) -> None:
    def work(session: Session) -> None:
        insert_rows(session, ReasonCode, [{"code": "A", "description": ""}])
        known = session.scalars(select(ReasonCode.id)).one()
        says = {"description": "gone"}
        update_rows(session, ReasonCode, [(known, says), (known + 1, says)])

    with pytest.raises(InvariantBroken, match="reason_code: 1 of 2 rows"):
        database.write(work)
    with database.read() as session:
        assert descriptions(session) == []


def test_what_waits_in_the_session_goes_first(database: Database) -> None:
    def work(session: Session) -> list[int]:
        waiting = ReasonCode(code="A")
        session.add(waiting)
        insert_rows(session, ReasonCode, [{"code": "B", "description": ""}])
        waiting.description = "said later"
        changes = [(waiting.id, {"description": "said last"})]
        update_rows(session, ReasonCode, changes)
        return [row.id for row in session.scalars(select(ReasonCode).order_by(ReasonCode.code))]

    first, second = database.write(work)
    assert first < second
    with database.read() as session:
        assert sorted(descriptions(session)) == [("A", "said last"), ("B", "")]


def test_no_row_asks_nothing() -> None:
    nobody: Session = None  # type: ignore[assignment]
    assert insert_in_order(nobody, ReasonCode, []) == []
    insert_rows(nobody, ReasonCode, [])
    update_rows(nobody, ReasonCode, [])
