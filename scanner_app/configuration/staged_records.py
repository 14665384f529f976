"""Staged records: what waits in a package, found by key, and what a record needs before itself.

This module must never write.
"""

from collections.abc import Iterable, Iterator, Sequence

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
from scanner_app.many_keys import holding_one_of

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
        wanted, table = set(keys), self._tables.get(table_no)
        if table is None or not wanted:
            return ()
        row = ConfigurationPackageRecord
        keys_of_table = ((table.id, key) for key in wanted)
        of_keys = holding_one_of(
            self._session, select(row), (row.package_table_id, row.key), keys_of_table
        )
        if sound:
            of_keys = of_keys.where(~has_errors())
        # Asked for in an order, SQLite would read the whole table in it.
        return sorted(self._session.scalars(of_keys), key=lambda record: record.id)

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
        cells could be read; to complete a record, all that name it of the tables that this takes.
        """
        before = PASSES[: PASSES.index(go)]
        whole = {each.table.number: each.table for each in (*before, go) if each.completes}
        found: dict[int, dict[int, ConfigurationPackageRecord]] = {no: {} for no in TABLES}
        new: dict[int, Sequence[ConfigurationPackageRecord]] = {go.table.number: list(records)}
        while new:
            wanted = _together(_named_by(TABLES[table_no], rows) for table_no, rows in new.items())
            for table_no in [number for number in whole if new.get(number)]:
                for number in _completed_after(whole[table_no]):
                    naming = self._keys_naming(number, table_no, new[table_no])
                    wanted.setdefault(number, set()).update(naming)
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

    def _keys_naming(
        self, table_no: int, named_no: int, named: Iterable[ConfigurationPackageRecord]
    ) -> Iterator[str]:
        """The keys of the records of a table that name one of some records of another."""
        keys = {row.key for row in named}
        for row in self.all_of(table_no):
            if keys & _named_by(TABLES[table_no], [row]).get(named_no, set()):
                yield row.key


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
