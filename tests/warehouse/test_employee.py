"""Warehouse employees: a user works where assigned, and nowhere else."""

# ruff: noqa: S608 - what a person could type by hand is what is tested

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from scanner_app.access.change_log import ChangeLogEntry
from scanner_app.access.sign_in import Change
from scanner_app.warehouse.employee import (
    LocationUnknown,
    NotWarehouseEmployee,
    WarehouseEmployee,
    check_works_at,
    clear_default_location,
    locations_of,
    remove_location,
    set_default_location,
)
from tests.builders import Warehouse, another_location
from tests.warehouse.masters import MOMENT


def test_the_default_location_comes_first_and_the_others_by_code(white: Warehouse) -> None:
    for code in ("SILVER", "BLUE"):
        place = another_location(white, code)
        row = WarehouseEmployee(
            user_id=white.by.user_id, location_id=place.location.id, is_default=False
        )
        white.write(lambda session, row=row: session.add(row))  # type: ignore[misc]
    with white.database.read() as session:
        found = [location.code for location in locations_of(session, white.by.user_id)]
    assert found == ["WHITE", "BLUE", "SILVER"]


def test_a_user_works_only_where_assigned(white: Warehouse) -> None:
    blue = another_location(white, "BLUE")
    with white.database.read() as session:
        check_works_at(session, white.by.user_id, white.location)
        with pytest.raises(NotWarehouseEmployee) as refused:
            check_works_at(session, white.by.user_id, blue.location)
    assert refused.value.parameters == {"location": "BLUE"}


@pytest.mark.parametrize("changed", ["location_id, false", "2, true"])
def test_the_database_refuses_a_second_default_and_a_second_assignment(
    white: Warehouse, changed: str
) -> None:
    another_location(white, "BLUE")
    statement = (
        "INSERT INTO warehouse_employee (user_id, location_id, is_default)"
        f" SELECT user_id, {changed} FROM warehouse_employee"
    )
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        white.write(lambda session: session.execute(text(statement)))


def test_a_location_that_is_not_assigned_is_neither_removed_nor_made_the_default(
    white: Warehouse,
) -> None:
    another_location(white, "BLUE")
    change = Change(MOMENT, white.by.user_id)
    white.write(lambda session: remove_location(session, white.by.user_id, "BLUE", change))
    with pytest.raises(LocationUnknown):
        white.write(lambda s: set_default_location(s, white.by.user_id, "BLUE", change))
    with white.database.read() as session:
        found = [location.code for location in locations_of(session, white.by.user_id)]
    assert found == ["WHITE"]


def test_a_default_location_that_is_taken_away_leaves_the_assignment(white: Warehouse) -> None:
    another_location(white, "BLUE")
    change = Change(MOMENT, white.by.user_id)
    for code in ("BLUE", "WHITE", "WHITE"):
        white.write(
            lambda session, code=code: clear_default_location(  # type: ignore[misc]
                session, white.by.user_id, code, change
            )
        )
    with white.database.read() as session:
        rows = session.scalars(select(WarehouseEmployee)).all()
        said = [
            (entry.field_name, entry.old_value, entry.new_value)
            for entry in session.scalars(select(ChangeLogEntry))
        ]
    assert [row.is_default for row in rows] == [False]
    assert said == [("default_location", "WHITE", "")]
