"""A whole warehouse goes into a file and out of it, into an empty database of the other kind."""

from datetime import date

import pytest
from sqlalchemy import select

from scanner_app.access.user import User
from scanner_app.configuration.package_tables import TABLES
from scanner_app.database import Database
from scanner_app.jobs.job import JobState
from tests.configuration.go_live import BATCHES, LINES, WHSE_BATCHES, WHSE_LINES
from tests.configuration.packages import (
    Rows,
    add_package,
    add_user,
    book,
    counts,
    export,
    run,
    send,
    told,
)
from tests.demo_copies import DemoCopy
from tests.spreadsheet import Spreadsheet

# The demo has posted all its lines; these wait in its journals.
WAITING: dict[int, Rows] = {
    BATCHES: [["Name", "Item Tracking on Lines"], ["OPENING", "Yes"]],
    LINES: [
        [
            "Journal Batch Name",
            "Document No.",
            "Posting Date",
            "Item No.",
            "Location Code",
            "Bin Code",
            "Quantity",
            "Lot No.",
            "Expiration Date",
        ],
        [
            "OPENING",
            "D1",
            date(2026, 11, 1),
            "3020",
            "SILVER",
            "S-01-0001",
            2.5,
            "0012",
            date(2030, 12, 31),
        ],
        ["OPENING", "", "", "3020", "SILVER", "S-01-0001", -1, "", ""],
    ],
    WHSE_BATCHES: [["Journal Template Name", "Location Code", "Name"], ["Item", "WHITE", "FOUND"]],
    WHSE_LINES: [
        [
            "Journal Template Name",
            "Journal Batch Name",
            "Location Code",
            "Item No.",
            "Bin Code",
            "Quantity",
        ],
        ["Item", "FOUND", "WHITE", "3030", "W-01-0601", 4],
    ],
}


@pytest.mark.parametrize(
    ("demo_copy", "database_url"),
    [("sqlite", "postgresql"), ("postgresql", "sqlite")],
    indirect=True,
)
@pytest.mark.postgresql
def test_the_demo_goes_into_a_file_and_comes_out_of_it_elsewhere(
    demo_copy: DemoCopy, database: Database
) -> None:
    demo = demo_copy.database
    with demo.read() as session:
        users = {user.user_name: user.id for user in session.scalars(select(User))}
    add_package(demo, *TABLES)
    send(demo, book(WAITING))
    assert counts(run(demo, users["SUPERVISOR"]))["Item Journal Line"] == {"created": 2}
    sent = export(demo)

    admin = add_user(database)
    # Users come in no package: whoever works there is made before.
    for user_name in users:
        add_user(database, user_name)
    add_package(database, *TABLES)
    send(database, sent)
    checked = run(database, admin, apply=False)
    assert told(database) == []
    assert checked.state is JobState.DONE
    applied = run(database, admin)
    assert applied.state is JobState.DONE
    assert Spreadsheet(export(database)).sheets == Spreadsheet(sent).sheets
    again = run(database, admin)
    assert all(set(became) == {"unchanged"} for became in counts(again).values())
