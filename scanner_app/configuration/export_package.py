"""Export a package: the records of its tables, or the captions alone, as sheets of one workbook.

The records are read table by table, a part at a time, in so many look-ups whatever their number.

This module must never write, nor put words into a language.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.configuration.configuration_package import (
    LEFT,
    ConfigurationPackage,
    ConfigurationPackageRecord,
)
from scanner_app.configuration.package_errors import records_and_errors
from scanner_app.configuration.package_refusals import PackageWithoutTables
from scanner_app.configuration.package_table import (
    ROWS_MAX,
    Named,
    PackageField,
    PackageTable,
)
from scanner_app.configuration.package_tables import TABLES
from scanner_app.configuration.set_up_package import tables_of
from scanner_app.errors import RuleRefused
from scanner_app.inventory.text_card import ROWS_AT_ONCE
from scanner_app.warehouse.journal_columns import ERROR
from scanner_app.workbooks.column import Column, ColumnOfSheet
from scanner_app.workbooks.layout import CELL_CHARACTERS_MAX
from scanner_app.workbooks.write_tables import TableToWrite

WordsOf = Callable[[Sequence[RuleRefused]], str]


def columns_of(table: PackageTable) -> tuple[Column, ...]:
    """The columns of a table, the key first."""
    return tuple(field.column for field in table.fields)


def tables_to_export(
    session: Session, package: ConfigurationPackage, *, with_records: bool
) -> list[TableToWrite]:
    """The sheets of a package as the tables are now, or empty ones to be filled in.

    Raises:
        PackageWithoutTables: when there is nothing to write.
    """
    tables = [TABLES[row.table_no] for row in tables_of(session, package.id)]
    chosen = {table.number for table in tables}
    if not tables:
        raise PackageWithoutTables(code=package.code)
    return [
        TableToWrite(
            package.code,
            table.name,
            table.number,
            tuple(_with_list(field, chosen) for field in table.fields),
            _Cards(session, table) if with_records else (),
            ROWS_MAX,
        )
        for table in tables
    ]


def table_of_errors(
    session: Session,
    package: ConfigurationPackage,
    package_table_id: int,
    table_no: int,
    words: WordsOf,
) -> TableToWrite:
    """The records of a table as they were sent, each with what is wrong.

    All are there, so that the mended file takes the place of the one before. Only the columns that
    were sent are: an empty one would empty the field.
    """
    table = TABLES[table_no]
    sent = _names_sent(session, package_table_id)
    columns = [column for column in columns_of(table) if column.name in sent]
    rows = _error_rows(session, package_table_id, [column.name for column in columns], words)
    columns.append(ERROR)
    return TableToWrite(package.code, table.name, table.number, columns, rows, ROWS_MAX)


def _with_list(field: PackageField, chosen: Collection[int]) -> Column:
    """The column of a field, which offers what the sheet holds of the table that it names."""
    return replace(field.column, choices_on=_list_on(field.names, chosen))


def _list_on(names: Named | None, chosen: Collection[int]) -> ColumnOfSheet | None:
    """Where the package holds what may be named.

    A code that itself names a record stands there once: the unit of an item is a unit of measure.
    """
    if names is None or names[0] not in chosen:
        return None
    table, key_fields = TABLES[names[0]], names[1]
    key = table.keys[len(key_fields) - 1]
    on_sheet = ColumnOfSheet(table.name, table.fields.index(key) + 1)
    return _list_on(key.names, chosen) or on_sheet


class _Cards:
    """The cards of a table, read when its sheet is written."""

    def __init__(self, session: Session, table: PackageTable) -> None:
        self._session = session
        self._table = table

    def __iter__(self) -> Iterator[Mapping[str, str]]:
        return self._table.list_cards(self._session)


def _names_sent(session: Session, package_table_id: int) -> set[str]:
    row = ConfigurationPackageRecord
    cells = session.scalars(
        select(row.cells)
        .where(row.package_table_id == package_table_id, row.row_no != LEFT)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    return {name for each in cells for name in each}


def _error_rows(
    session: Session, package_table_id: int, names: Sequence[str], words: WordsOf
) -> Iterator[dict[str, str]]:
    for record, faults in records_and_errors(session, package_table_id):
        cells = {name: record.cells.get(name, "")[:CELL_CHARACTERS_MAX] for name in names}
        yield cells | {ERROR.name: words(faults)[:CELL_CHARACTERS_MAX]}
