"""Staged records: what waits in a package, found by key, and what a record needs before itself.

This module must never write.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.configuration.configuration_package import (
    ConfigurationPackageRecord,
    digest_of_key,
)
from scanner_app.configuration.package_errors import has_errors
from scanner_app.configuration.package_table import PackageTable, RecordTable
from scanner_app.configuration.package_tables import PASSES, TABLES, Pass
from scanner_app.configuration.set_up_package import tables_of

Wanted = dict[int, set[str]]
Staged = tuple[Pass, RecordTable, ConfigurationPackageRecord]


class StagedRecords:
    """The records of one package."""

    def __init__(self, session: Session, package_id: int) -> None:
        self._session = session
        self._tables = {row.table_no: row for row in tables_of(session, package_id)}

    def by_keys(
        self, table_no: int, keys: Iterable[str], *, sound: bool = False
    ) -> Sequence[ConfigurationPackageRecord]:
        """The records of a table that have one of the keys; `sound` ones have no errors."""
        wanted, table = sorted(set(keys)), self._tables.get(table_no)
        if table is None or not wanted:
            return ()
        row = ConfigurationPackageRecord
        of_table = select(row).where(row.package_table_id == table.id, row.key.in_(wanted))
        if sound:
            of_table = of_table.where(~has_errors())
        return self._session.scalars(of_table.order_by(row.id)).all()

    def all_of(self, table_no: int) -> Sequence[ConfigurationPackageRecord]:
        """Every record of a table."""
        table = self._tables.get(table_no)
        if table is None:
            return ()
        row = ConfigurationPackageRecord
        of_table = select(row).where(row.package_table_id == table.id)
        return self._session.scalars(of_table.order_by(row.id)).all()

    def needed_by(self, go: Pass, records: Iterable[ConfigurationPackageRecord]) -> list[Staged]:
        """What has to be there before the records, in the order in which it is applied.

        What a record names is needed, and what that names, as far as the package brings it and its
        cells could be read.
        """
        before = PASSES[: PASSES.index(go)]
        whole = {each.table.number: each.table for each in (*before, go) if each.completes}
        found: dict[int, dict[int, ConfigurationPackageRecord]] = {no: {} for no in TABLES}
        new: dict[int, Sequence[ConfigurationPackageRecord]] = {go.table.number: list(records)}
        while new:
            wanted = _together(_named_by(TABLES[table_no], rows) for table_no, rows in new.items())
            for table_no in [number for number in whole if new.get(number)]:
                for number in _completed_after(whole[table_no]):
                    wanted.setdefault(number, set()).update(row.key for row in self.all_of(number))
            new = {}
            for table_no, keys in wanted.items():
                rows = [
                    row
                    for row in self.by_keys(table_no, keys)
                    if row.id not in found[table_no] and not row.faults
                ]
                found[table_no] |= {row.id: row for row in rows}
                new |= {table_no: rows} if rows else {}
        return [
            (each, each.table, record)
            for each in before
            for _, record in sorted(found[each.table.number].items())
            if isinstance(each.table, RecordTable)  # no record needs a line
        ]


def _completed_after(table: PackageTable) -> tuple[int, ...]:
    return table.completed_after if isinstance(table, RecordTable) else ()


def _named_by(table: PackageTable, records: Iterable[ConfigurationPackageRecord]) -> Wanted:
    """The keys of what records name, by table; what says nothing names nothing."""
    wanted: Wanted = {}
    naming = [field.names for field in table.fields if field.names is not None]
    for record in records:
        for table_no, names in naming:
            said = [record.cells.get(name, "").strip() or table.blank[name] for name in names]
            if said[-1]:
                wanted.setdefault(table_no, set()).add(digest_of_key(said))
    return wanted


def _together(parts: Iterable[Wanted]) -> Wanted:
    wanted: Wanted = {}
    for part in parts:
        for table_no, keys in part.items():
            wanted.setdefault(table_no, set()).update(keys)
    return wanted
