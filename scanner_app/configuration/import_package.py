"""Import into a package: the rows of a file wait in it, and nothing of the tables is touched.

A file is read outside of any write, then its rows are kept in one transaction. A row that is there
with the same cells stays as it is, so the same file sent twice changes nothing.

This module must never read what a cell means.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.configuration.configuration_package import (
    LEFT,
    ConfigurationPackage,
    ConfigurationPackageRecord,
    ConfigurationPackageTable,
    PackageTableState,
    key_of,
)
from scanner_app.configuration.export_package import columns_of
from scanner_app.configuration.package_errors import forget_errors
from scanner_app.configuration.package_refusals import (
    PackageHasTooManyRecords,
    PackageRecordTwice,
    SheetOfLedger,
    SheetOfOtherPackage,
    SheetOfUnknownTable,
    SheetTwice,
)
from scanner_app.configuration.package_table import ROWS_MAX, PackageTable
from scanner_app.configuration.package_tables import LEDGERS, TABLES
from scanner_app.configuration.set_up_package import TABLE, lock_package, tables_of
from scanner_app.configuration.tables_of_journals import LineTable
from scanner_app.stored_refusals import refusal_to_json
from scanner_app.warehouse.journal_columns import ERROR
from scanner_app.warehouse.publication_plan import digest_of
from scanner_app.warehouse.record_card import log_card
from scanner_app.workbooks.read import ReadRow, read_rows
from scanner_app.workbooks.read_tables import TableSheet, read_tables

RECORDS_MAX = 100_000
# A database takes so many keys in one statement.
KEYS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One row of a file, ready to be kept."""

    key: str
    row_no: int
    cells: dict[str, str]
    faults: list[dict[str, Any]]
    digest: str


@dataclass(frozen=True)
class ImportedTable:
    """The rows of one sheet."""

    table: PackageTable
    rows: Sequence[ImportedRow]


@dataclass(frozen=True)
class KeptTable:
    """What keeping the rows of a table did."""

    table: PackageTable
    new: int
    changed: int
    unchanged: int
    removed: int


def read_package(content: bytes, file_name: str, code: str) -> list[ImportedTable]:
    """Read a file of a package: every sheet of a workbook, or one table as CSV.

    Raises:
        SheetOfLedger, SheetOfUnknownTable, SheetTwice, SheetOfOtherPackage: for a sheet.
        PackageHasTooManyRecords: for more than 100,000 rows in all.
        RuleRefused: one of `workbooks.refusals`, when nothing can be read.
    """
    words = {"code", *(table.name for table in TABLES.values()), *map(str, TABLES)}
    found: dict[int, ImportedTable] = {}
    count = 0
    for sheet in read_tables(content, file_name, words, ROWS_MAX):
        table = _table_of(sheet, code)
        if table.number in found:
            raise SheetTwice(sheet=sheet.name, table=table.name)
        rows = read_rows(sheet.rows, columns_of(table), (ERROR.caption,), ROWS_MAX, is_ours=False)
        found[table.number] = ImportedTable(table, _with_keys(table, rows))
        count += len(found[table.number].rows)
        if count > RECORDS_MAX:
            raise PackageHasTooManyRecords(maximum=RECORDS_MAX)
    return list(found.values())


def import_package(
    session: Session,
    code: str,
    file_name: str,
    tables: Sequence[ImportedTable],
    change: Change,
    *,
    replace: bool,
) -> list[KeptTable]:
    """Keep the rows of a file in a package; a table that it did not have joins it.

    With `replace`, rows that the file does not hold leave the tables that it holds.

    Raises:
        RecordUnknown, PackageBusy: as `lock_package` raises them.
    """
    package = lock_package(session, code)
    there = {row.table_no: row for row in tables_of(session, package.id)}
    kept = []
    for each in tables:
        row = there.get(each.table.number) or _add_table(session, package, each.table)
        kept.append(_keep_rows(session, row, each, replace=replace))
    changes = [
        (each.table.name, "", f"{file_name}: +{each.new} ~{each.changed} -{each.removed}")
        for each in kept
    ]
    log_card(session, TABLE, package.code, change, changes)
    return kept


def _table_of(sheet: TableSheet, code: str) -> PackageTable:
    number = int(sheet.number) if sheet.number.isascii() and sheet.number.isdecimal() else 0
    if number in LEDGERS:
        raise SheetOfLedger(sheet=sheet.name, table=LEDGERS[number])
    if number not in TABLES:
        raise SheetOfUnknownTable(sheet=sheet.name, number=sheet.number)
    if sheet.package_code.upper() not in ("", code):
        raise SheetOfOtherPackage(sheet=sheet.name, other=sheet.package_code, code=code)
    return TABLES[number]


def _with_keys(table: PackageTable, rows: Iterable[ReadRow]) -> list[ImportedRow]:
    """Each row with its key; one that says which record it is like a row before it is at fault."""
    first: dict[str, int] = {}
    said: Counter[str] = Counter()
    found = []
    for row in rows:
        faults = [refusal_to_json(fault) for fault in row.faults]
        digest = digest_of([sorted(row.values.items()), faults])
        key = _key(table, row.values)
        if not key:
            # A new line is known by all that it says, and by how many say the same before it.
            said[digest] += 1
            key = digest_of([digest, said[digest]])
        elif first.setdefault(key, row.row_no) != row.row_no:
            twice = PackageRecordTwice(row_no=row.row_no, other_row_no=first[key])
            faults.append(refusal_to_json(twice))
            key = digest_of([key, row.row_no])
        found.append(ImportedRow(key, row.row_no, row.values, faults, digest))
    return found


def _key(table: PackageTable, cells: Mapping[str, str]) -> str:
    """What tells the record of a row; '' for a new line, and where a part of the key is missing."""
    needed = [field.name for field in table.keys if not field.may_miss]
    needed += ["line_no"] if isinstance(table, LineTable) else []
    is_told = all(cells.get(name, "").strip() for name in needed)
    return key_of(table, cells) if is_told else ""


def _add_table(
    session: Session, package: ConfigurationPackage, table: PackageTable
) -> ConfigurationPackageTable:
    row = ConfigurationPackageTable(
        package_id=package.id,
        table_no=table.number,
        state=PackageTableState.EMPTY,
        records=0,
        errors=0,
    )
    session.add(row)
    session.flush()
    return row


def _keep_rows(
    session: Session,
    package_table: ConfigurationPackageTable,
    sent: ImportedTable,
    *,
    replace: bool,
) -> KeptTable:
    there = _rows_there(session, package_table)
    new = [row for row in sent.rows if row.key not in there]
    kept = [(there[row.key], row) for row in sent.rows if row.key in there]
    back = [old for old, _ in kept if not old.row_no]
    changed = [(old, row) for old, row in kept if old.row_no and old.digest != row.digest]
    to_write = [
        (old, row) for old, row in kept if (old.digest, old.row_no) != (row.digest, row.row_no)
    ]
    held = {key: old for key, old in there.items() if old.row_no}
    gone = [held[key] for key in held.keys() - {row.key for row in sent.rows}] if replace else []
    if new or back or changed or gone:
        forget_errors(session, package_table)
        package_table.state = PackageTableState.IMPORTED
    _write(session, package_table, new, to_write)
    _remove(session, gone)
    added = len(new) + len(back)
    package_table.records += added - len(gone)
    unchanged = len(kept) - len(back) - len(changed)
    return KeptTable(sent.table, added, len(changed), unchanged, len(gone))


@dataclass(frozen=True, slots=True)
class _RowThere:
    """A row that is in the package; without a row number it has left, and its line is known."""

    id: int
    digest: str
    row_no: int
    is_applied: bool


def _rows_there(session: Session, package_table: ConfigurationPackageTable) -> dict[str, _RowThere]:
    row = ConfigurationPackageRecord
    rows = session.execute(
        select(row.key, row.id, row.digest, row.row_no, row.line_id).where(
            row.package_table_id == package_table.id
        )
    )
    return {
        key: _RowThere(id_, digest, row_no, line_id is not None)
        for key, id_, digest, row_no, line_id in rows
    }


def _write(
    session: Session,
    package_table: ConfigurationPackageTable,
    new: Sequence[ImportedRow],
    to_write: Sequence[tuple[_RowThere, ImportedRow]],
) -> None:
    of_table = {"package_table_id": package_table.id}
    if values := [_values(row) | of_table | {"key": row.key} for row in new]:
        session.execute(insert(ConfigurationPackageRecord), values)
    if values := [_values(row) | {"id": old.id} for old, row in to_write]:
        session.execute(update(ConfigurationPackageRecord), values)


def _values(row: ImportedRow) -> dict[str, Any]:
    return {"row_no": row.row_no, "cells": row.cells, "faults": row.faults, "digest": row.digest}


def _remove(session: Session, rows: Sequence[_RowThere]) -> None:
    """Let rows go; one whose line is known leaves that behind, so that it does not come twice."""
    record = ConfigurationPackageRecord
    if values := [{"id": row.id, "row_no": LEFT} for row in rows if row.is_applied]:
        session.execute(update(record), values)
    ids = [row.id for row in rows if not row.is_applied]
    for place in range(0, len(ids), KEYS_AT_ONCE):
        some = ids[place : place + KEYS_AT_ONCE]
        session.execute(delete(record).where(record.id.in_(some)))
