"""What is asked of packages is found by an index, from Import to Delete."""

import re

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from scanner_app.configuration.configuration_package import ConfigurationPackageRecord
from scanner_app.configuration.export_package import table_of_errors
from scanner_app.configuration.package_errors import count_errors
from scanner_app.configuration.set_up_package import delete_package, find_package, tables_of
from scanner_app.configuration.staged_records import StagedRecords
from scanner_app.database import Database
from scanner_app.web.package_runs import run_of
from tests.configuration.go_live import BATCHES, GO_LIVE, LINES, UNITS, with_rows, without
from tests.configuration.packages import CODE, Rows, book, export, run, send, told
from tests.query_plans import explain
from tests.sent_statements import Sent, statements_sent
from tests.spreadsheet import Cell
from tests.warehouse.place_cards import BY

# Once PostgreSQL has counted the rows of a test's table, it reads a handful of them whole, and
# rightly so. SQLite never counts; both have the same indexes (tests/migrations).
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
OF_PACKAGES = "configuration_package"
UNITS_SENT: Rows = [["Code"], *([f"U{number:03}"] for number in range(300))]


def faults_of(database: Database, asked: Sent) -> list[str]:
    """The statements for which a table of packages is read from its beginning to its end."""
    sent = {statement: values for statement, values in asked if OF_PACKAGES in statement}
    looked_up = [each for each in sent.items() if not each[0].startswith("INSERT")]
    plans = explain(database, looked_up)
    return [
        f"{statement}\n{lines}"
        for (statement, _), lines in zip(looked_up, plans, strict=True)
        if re.search(rf"\bSCAN {OF_PACKAGES}", " ".join(lines))
    ]


def live_through(database: Database, admin: int) -> None:
    """All that is done with a package, with errors and without, and with rows that leave it."""
    send(database, book(GO_LIVE))
    run(database, admin)
    wrong: list[Cell] = [5, "NONE", "OPENING", "EAST", "E-1", "", "", ""]
    send(database, book({LINES: with_rows(LINES, wrong, wrong)[LINES], UNITS: UNITS_SENT}))
    run(database, admin, apply=False)
    assert len(told(database)) == 2
    run(database, admin, leave_out=True)
    with database.read() as session:
        package = find_package(session, CODE)
        assert package is not None
        run_of(session, package)
        for table in tables_of(session, package.id):
            count_errors(session, table.id)
            list(table_of_errors(session, package, table.id, table.table_no, str).rows)
    send(database, book({LINES: GO_LIVE[LINES], BATCHES: GO_LIVE[BATCHES]}))
    export(database)
    database.write(lambda session: delete_package(session, CODE, BY))


@ON_SQLITE
def test_every_look_up_of_a_package_uses_an_index(database: Database, admin: int) -> None:
    with statements_sent(Engine) as asked:
        live_through(database, admin)
    tables = (OF_PACKAGES, *(f"{OF_PACKAGES}_{name}" for name in ("table", "record", "error")))
    looked_up = " ".join(statement for statement, _ in asked)
    assert all(f"FROM {table} " in looked_up.replace("\n", " ") for table in tables)
    assert faults_of(database, asked) == []


@ON_SQLITE
def test_a_look_up_without_an_index_would_be_seen(database: Database, admin: int) -> None:
    row = ConfigurationPackageRecord
    with statements_sent(database.engine) as asked:
        database.write(lambda session: session.scalars(select(row).where(row.digest == "A")).all())
    assert len(faults_of(database, asked)) == 1
    assert admin


@pytest.mark.parametrize("sound", [False, True])
@pytest.mark.parametrize("number", [1, 2, 100])
def test_a_record_is_found_by_its_key_among_all_of_its_table(
    database: Database, admin: int, number: int, *, sound: bool
) -> None:
    """Whatever number of them is looked for: a part asks for as many as its lines name."""
    send(database, book(without(LINES) | {UNITS: UNITS_SENT}))
    if database.dialect == "postgresql":
        # It counts the rows by itself before long; SQLite never does unless it is told.
        database.write(lambda session: session.execute(text("ANALYZE")))

    def look_up(session: Session) -> int:
        package = find_package(session, CODE)
        assert package is not None
        staged = StagedRecords(session, package.id)
        keys = [record.key for record in staged.all_of(UNITS)][:number]
        with statements_sent(database.engine) as asked:
            found = staged.by_keys(UNITS, reversed(keys), sound=sound)
        assert [record.key for record in found] == keys
        sent.extend(asked)
        return len(found)

    sent: Sent = []
    assert database.write(look_up) == number
    [plan] = explain(database, sent)
    by_key = r"\(package_table_id=\? AND key=\?\)|Index Cond: .*package_table_id.* AND .*key"
    assert re.search(by_key, " ".join(plan)), plan
    assert admin
