"""Packages as tests make, send and apply them, without any page."""

import io
from collections.abc import Callable, Sequence
from datetime import datetime

import xlsxwriter
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.passwords import hash_password
from scanner_app.access.sign_in import Change, create_user
from scanner_app.access.user import Role
from scanner_app.configuration.configuration_package import ConfigurationPackage
from scanner_app.configuration.export_package import tables_to_export
from scanner_app.configuration.import_package import KeptTable, import_package, read_package
from scanner_app.configuration.package_errors import PackageError, list_errors
from scanner_app.configuration.package_tables import TABLES
from scanner_app.configuration.set_up_package import (
    FIELDS,
    create_package,
    find_package,
    tables_of,
)
from scanner_app.database import Database
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_journal import ItemJournalLine
from scanner_app.inventory.text_card import YES
from scanner_app.jobs.apply_package_job import request_package_job
from scanner_app.jobs.job import Job
from scanner_app.jobs.work import work_on_jobs
from scanner_app.warehouse.record_card import blank_card
from scanner_app.warehouse.register_activity import By
from scanner_app.workbooks.write_tables import write_tables
from tests.passwords import PASSWORD
from tests.spreadsheet import Cell
from tests.warehouse.masters import DAY, MOMENT
from tests.warehouse.place_cards import BY

CODE = "GO-LIVE"
Rows = Sequence[Sequence[Cell]]
Counts = dict[str, dict[str, int]]
Told = tuple[str, str, str]


def add_user(database: Database, user_name: str = "ADMIN") -> int:
    """Somebody who sets up, in a database without anything."""

    def work(session: Session) -> int:
        user = create_user(
            session,
            user_name=user_name,
            full_name="",
            role=Role.SUPERVISOR,
            password_hash=hash_password(PASSWORD),
            change=Change(MOMENT, None),
        )
        return user.id

    return database.write(work)


def add_package(database: Database, *table_nos: int, code: str = CODE) -> None:
    chosen = dict.fromkeys((f"table_{number}" for number in table_nos), YES)
    typed = blank_card(FIELDS) | {"code": code} | chosen
    database.write(lambda session: create_package(session, typed, BY).id)


def export(database: Database, code: str = CODE, *, with_records: bool = True) -> bytes:
    stream = io.BytesIO()
    with database.read() as session:
        package = find_package(session, code)
        assert package is not None
        write_tables(stream, tables_to_export(session, package, with_records=with_records))
    return stream.getvalue()


def book(sheets: dict[int, Rows], code: str = CODE) -> bytes:
    """A workbook as somebody fills it in: for each table its captions and rows."""
    stream = io.BytesIO()
    plain = {"strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(stream, plain) as workbook:
        for number, rows in sheets.items():
            name = TABLES[number].name if number in TABLES else f"Table {number}"
            sheet = workbook.add_worksheet(name)
            sheet.write_row(0, 0, [code, name, number])
            for row_no, cells in enumerate(rows, start=2):
                sheet.write_row(row_no, 0, cells)
    return stream.getvalue()


def send(
    database: Database, content: bytes, code: str = CODE, *, replace: bool = True
) -> dict[str, tuple[int, int, int, int]]:
    """Import a file; returns new, changed, unchanged and removed of each table."""
    tables = read_package(content, "book.xlsx", code)
    kept: list[KeptTable] = database.write(
        lambda session: import_package(session, code, "book.xlsx", tables, BY, replace=replace)
    )
    return {
        each.table.name: (each.new, each.changed, each.unchanged, each.removed) for each in kept
    }


def request(
    database: Database,
    user_id: int,
    code: str = CODE,
    *,
    apply: bool = True,
    leave_out: bool = False,
) -> int:
    by = By(user_id, DAY, MOMENT)
    return database.write(
        lambda session: request_package_job(session, code, by, apply=apply, leave_out=leave_out).id
    )


def work(
    database: Database, at: datetime = MOMENT, stop: Callable[[], bool] = lambda: False
) -> None:
    work_on_jobs(database, lambda: at, stop)


def run(database: Database, user_id: int, *, apply: bool = True, leave_out: bool = False) -> Job:
    """Validate or apply, and work until it has ended."""
    job_id = request(database, user_id, apply=apply, leave_out=leave_out)
    work(database)
    return job_of(database, job_id)


def job_of(database: Database, job_id: int) -> Job:
    with database.read() as session:
        return session.get_one(Job, job_id)


def counts(job: Job) -> Counts:
    """What became of the records, by the name of their table."""
    return {TABLES[int(no)].name: told for no, told in job.checkpoint["tables"].items()}


def errors(database: Database, code: str = CODE) -> list[tuple[str, PackageError]]:
    """Every error of a package, with the name of its table."""
    with database.read() as session:
        package = session.scalars(
            select(ConfigurationPackage).where(ConfigurationPackage.code == code)
        ).one()
        return [
            (TABLES[table.table_no].name, error)
            for table in tables_of(session, package.id)
            for error in list_errors(session, TABLES[table.table_no], table.id, 0, 100_000)
        ]


def told(database: Database, code: str = CODE) -> list[tuple[str, int, str, str, str]]:
    """Every error as table, row, field, value and refusal."""
    return [
        (name, each.row_no, each.caption, each.value, each.refusal.code)
        for name, each in errors(database, code)
    ]


def validate(database: Database, admin: int, sheets: dict[int, Rows]) -> list[Told]:
    """Import and validate; returns field, value and refusal of each error."""
    send(database, book(sheets))
    before = export(database)
    run(database, admin, apply=False)
    assert export(database) == before
    return [error[2:] for error in told(database)]


def lines(database: Database) -> list[tuple[str, int, int, str]]:
    """Item, number, quantity and document of each line of an item journal."""
    row = ItemJournalLine
    with database.read() as session:
        found = session.execute(
            select(Item.no, row.line_no, row.quantity, row.document_no)
            .join(Item, Item.id == row.item_id)
            .order_by(row.line_no)
        )
        return [(no, line_no, int(quantity), doc) for no, line_no, quantity, doc in found]
