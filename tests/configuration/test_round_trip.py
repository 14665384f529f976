"""A whole warehouse goes into a file and out of it, into a database without anything."""

from scanner_app.configuration.package_tables import TABLES
from scanner_app.database import Database
from scanner_app.jobs.job import JobState
from tests.configuration.packages import (
    add_package,
    add_user,
    counts,
    errors,
    export,
    run,
    send,
)
from tests.demo_copies import DemoCopy
from tests.spreadsheet import Spreadsheet


def test_the_demo_goes_into_a_file_and_comes_out_of_it_elsewhere(
    demo_copy: DemoCopy, database: Database
) -> None:
    add_package(demo_copy.database, *TABLES)
    sent = export(demo_copy.database)
    admin = add_user(database)
    add_package(database, *TABLES)
    send(database, sent)
    checked = run(database, admin, apply=False)
    assert [
        (name, e.row_no, e.caption, e.value, str(e.refusal)) for name, e in errors(database)
    ] == []
    assert checked.state is JobState.DONE
    applied = run(database, admin)
    assert applied.state is JobState.DONE
    assert Spreadsheet(export(database)).sheets == Spreadsheet(sent).sheets
    again = run(database, admin)
    assert all(set(told) == {"unchanged"} for told in counts(again).values())
