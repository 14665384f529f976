"""Warehouse employees in a package: where users work, and never the users themselves."""

import pytest
from sqlalchemy import select

from scanner_app.access.user import User
from scanner_app.database import Database
from scanner_app.warehouse.employee import locations_of
from tests.configuration.go_live import EMPLOYEES, LOCATIONS
from tests.configuration.packages import (
    Rows,
    Told,
    add_package,
    add_user,
    book,
    counts,
    errors,
    export,
    run,
    send,
    validate,
)
from tests.spreadsheet import Cell, Spreadsheet

NAME = "Warehouse Employee"
CAPTIONS: list[Cell] = ["User ID", "Location Code", "Default"]
HALLS: Rows = [["Code"], ["EAST"], ["WEST"], ["YARD"]]


@pytest.fixture
def sue(database: Database, admin: int) -> int:
    """Somebody who works nowhere yet, where there are three locations."""
    send(database, book({LOCATIONS: HALLS}))
    run(database, admin)
    add_package(database, EMPLOYEES, code="PEOPLE")
    return add_user(database, "SUE")


def rows(*sent: list[Cell], captions: list[Cell] = CAPTIONS) -> dict[int, Rows]:
    return {EMPLOYEES: [captions, *sent]}


def apply(database: Database, admin: int, *sent: list[Cell]) -> dict[str, int]:
    send(database, book(rows(*sent)))
    return counts(run(database, admin)).get(NAME, {})


def employees(database: Database) -> list[list[Cell]]:
    return [row[:3] for row in Spreadsheet(export(database, "PEOPLE")).sheets[NAME][3:]]


def test_users_work_where_the_package_says(database: Database, admin: int, sue: int) -> None:
    sent: list[list[Cell]] = [["SUE", "EAST", "No"], ["sue ", "WEST", "Yes"]]
    assert apply(database, admin, *sent) == {"created": 2}
    with database.read() as session:
        assert [place.code for place in locations_of(session, sue)] == ["WEST", "EAST"]
    assert employees(database) == [["SUE", "EAST", "No"], ["SUE", "WEST", "Yes"]]
    assert apply(database, admin, *sent) == {"unchanged": 2}


def test_the_default_location_moves_and_is_taken_away(
    database: Database, admin: int, sue: int
) -> None:
    apply(database, admin, ["SUE", "EAST", "Yes"], ["SUE", "WEST", "No"])
    assert apply(database, admin, ["SUE", "WEST", "Yes"]) == {"changed": 1}
    assert employees(database) == [["SUE", "EAST", "No"], ["SUE", "WEST", "Yes"]]
    assert apply(database, admin, ["SUE", "WEST", ""]) == {"changed": 1}
    assert employees(database) == [["SUE", "EAST", "No"], ["SUE", "WEST", "No"]]
    assert sue


def test_without_the_column_the_first_location_is_the_default_as_on_the_page(
    database: Database, admin: int, sue: int
) -> None:
    sent = rows(["SUE", "WEST"], ["SUE", "EAST"], captions=CAPTIONS[:2])
    for became in ("created", "unchanged"):
        send(database, book(sent))
        assert counts(run(database, admin))[NAME] == {became: 2}
        assert employees(database) == [["SUE", "EAST", "No"], ["SUE", "WEST", "Yes"]]
    assert sue


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["JIM", "EAST", "Yes"], ("User ID", "JIM", "EmployeeWithoutUser")),
        (["J\x01M", "EAST", "Yes"], ("User ID", "J\x01M", "EmployeeWithoutUser")),
        (["x" * 51, "EAST", "Yes"], ("User ID", "x" * 51, "EmployeeWithoutUser")),
        (["", "EAST", "Yes"], ("User ID", "", "NameMissing")),
        (["SUE", "MOON", "Yes"], ("Location Code", "MOON", "LocationUnknown")),
        (["SUE", "", "Yes"], ("Location Code", "", "LocationUnknown")),
        (["SUE", "EAST", "often"], ("Default", "often", "SwitchNotReadable")),
    ],
)
def test_a_row_that_assigns_nobody_or_nothing_is_told(
    database: Database, admin: int, sue: int, row: list[Cell], expected: Told
) -> None:
    assert validate(database, admin, rows(row)) == [expected]
    assert all(str(error.refusal) for _, error in errors(database))
    assert sue


def test_an_unknown_user_is_never_made(database: Database, admin: int, sue: int) -> None:
    send(database, book(rows(["JIM", "EAST", "Yes"], ["SUE", "EAST", "Yes"])))
    assert counts(run(database, admin, leave_out=True))[NAME] == {"created": 1, "refused": 1}
    [(_, error)] = errors(database)
    assert str(error.refusal) == (
        "User ID: there is no user JIM."
        " Add the user on the page Warehouse Employees: a package brings no users."
    )
    with database.read() as session:
        assert set(session.scalars(select(User.id))) == {admin, sue}


def test_two_default_locations_of_a_user_are_told_at_the_second(
    database: Database, admin: int, sue: int
) -> None:
    sent = rows(
        ["SUE", "EAST", "Yes"],
        ["ADMIN", "EAST", "Yes"],
        ["sue", "WEST", "true"],
        ["SUE", "YARD", "No"],
    )
    assert validate(database, admin, sent) == [("Default", "true", "DefaultLocationTwice")]
    [(_, error)] = errors(database)
    assert error.refusal.parameters == {"user_name": "SUE", "location": "EAST"}
    assert sue
