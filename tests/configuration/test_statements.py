"""How much is asked of the database: the same for few records and for many."""

import io

from scanner_app.configuration.export_package import tables_to_export
from scanner_app.configuration.import_package import import_package, read_package
from scanner_app.configuration.set_up_package import find_package
from scanner_app.database import Database
from scanner_app.jobs import apply_package_job
from scanner_app.workbooks.write_tables import write_tables
from tests.configuration.go_live import GO_LIVE, ITEMS, LINES, REFERENCES, VARIANTS
from tests.configuration.packages import CODE, Rows, book, run, send, told
from tests.sent_statements import statements_sent
from tests.warehouse.place_cards import BY


def sheets(number: int) -> dict[int, Rows]:
    """The warehouse with so many items more, each with a variant, a reference and a line."""
    nos = [f"I{each:03}" for each in range(number)]
    more: dict[int, Rows] = {
        ITEMS: [[no, no, "PCS", "", ""] for no in nos],
        VARIANTS: [[no, "RED", ""] for no in nos],
        REFERENCES: [[no, "RED", "PCS", "Bar Code", f"R{no}"] for no in nos],
        LINES: [[1, no, "OPENING", "EAST", "E-1", "", "RED", ""] for no in nos],
    }
    return {table: [*rows, *more.get(table, [])] for table, rows in GO_LIVE.items()}


def statements_of_export(database: Database) -> int:
    with statements_sent(database._reader) as sent, database.read() as session:  # noqa: SLF001 - the engine that reads
        package = find_package(session, CODE)
        assert package is not None
        write_tables(io.BytesIO(), tables_to_export(session, package, with_records=True))
    return len(sent)


def statements_of_import(database: Database, number: int) -> int:
    tables = read_package(book(sheets(number)), "book.xlsx", CODE)
    with statements_sent(database.engine) as sent:
        database.write(
            lambda session: import_package(session, CODE, "book.xlsx", tables, BY, replace=True)
        )
    return len(sent)


def test_exporting_asks_as_much_for_many_records_as_for_few(database: Database, admin: int) -> None:
    send(database, book(sheets(2)))
    run(database, admin)
    few = statements_of_export(database)
    send(database, book(sheets(30)))
    run(database, admin)
    assert told(database) == []
    assert statements_of_export(database) == few


def test_keeping_rows_asks_as_much_for_many_as_for_few(database: Database, admin: int) -> None:
    statements_of_import(database, 1)
    few = statements_of_import(database, 3)
    assert statements_of_import(database, 80) == few
    assert statements_of_import(database, 80) < few
    assert admin


def test_lines_are_tested_and_written_many_at_once(database: Database, admin: int) -> None:
    """A part of the lines asks as much for thirty of them as for three."""

    def statements(number: int) -> int:
        send(database, book({LINES: sheets(number)[LINES]}))
        with statements_sent(database.engine) as sent:
            run(database, admin)
        asked = (text for text, _ in sent if text.startswith("SELECT"))
        return len([text for text in asked if "item_journal_line" in text])

    send(database, book({number: sheets(60)[number] for number in GO_LIVE if number != LINES}))
    run(database, admin)
    assert apply_package_job.LINES_PER_STEP > 100
    statements(1)
    few = statements(3)
    assert statements(60) == few
