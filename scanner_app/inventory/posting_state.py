"""What the item ledger says now about the lines of one posting (docs/domain.md 9.4).

Each question is one look-up for all lines together.

This module must never check or write.
"""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import ItemVariant
from scanner_app.inventory.item_ledger import (
    ItemBalance,
    ItemLedgerEntry,
    OpenItemLedgerEntry,
)
from scanner_app.inventory.item_tracking import TrackingNumbers, numbers_of
from scanner_app.inventory.posting_line import PostingLine
from scanner_app.inventory.tracking_information import CARD_TABLES, NumberOfItem, dated_number
from scanner_app.many_keys import holding_one_of
from scanner_app.quantities import ZERO

StockKey = tuple[int, int, int, str, str, str]


def stock_key(line: PostingLine) -> StockKey:
    """Item, variant, location and specific numbers: what an outbound line may draw on."""
    numbers = line.specific_numbers.as_tuple()
    return (line.item.id, line.variant_id, line.location.id, *numbers)


def open_entries_for(
    session: Session, lines: Sequence[PostingLine]
) -> dict[StockKey, list[OpenItemLedgerEntry]]:
    """The open entries that outbound lines may apply to: one look-up for each kind of key.

    They need no lock of their own: who posts has locked the item balances they belong to.
    """
    found: dict[StockKey, list[OpenItemLedgerEntry]] = {}
    row = OpenItemLedgerEntry
    columns = (row.serial_no, row.lot_no, row.package_no)
    by_shape: dict[tuple[bool, ...], set[StockKey]] = {}
    for line in lines:
        stock_of_line = stock_key(line)
        shape_of_line = tuple(bool(number) for number in stock_of_line[3:])
        by_shape.setdefault(shape_of_line, set()).add(stock_of_line)
    for shape, keys in by_shape.items():
        asked = [column for column, given in zip(columns, shape, strict=True) if given]
        wanted = [key[:3] + tuple(number for number in key[3:] if number) for key in sorted(keys)]
        of_stock = (row.item_id, row.variant_id, row.location_id, *asked)
        statement = (
            holding_one_of(session, select(row), of_stock, wanted)
            .order_by(row.posting_date, row.item_ledger_entry_id)
            .execution_options(populate_existing=True)
        )
        for entry in session.scalars(statement):
            numbers = numbers_of(entry).as_tuple()
            given = (n if wanted else "" for n, wanted in zip(numbers, shape, strict=True))
            stock = (entry.item_id, entry.variant_id, entry.location_id)
            key: StockKey = (*stock, *TrackingNumbers(*given).as_tuple())
            found.setdefault(key, []).append(entry)
    return found


def open_entries_of_numbers(
    session: Session, numbers: Collection[NumberOfItem]
) -> dict[NumberOfItem, list[OpenItemLedgerEntry]]:
    """What is open at any location of numbers that have a date: one look-up for each kind.

    Left out is what has the number and the date of another one: of its lot above all.
    """
    found: dict[NumberOfItem, list[OpenItemLedgerEntry]] = {number: [] for number in numbers}
    row = OpenItemLedgerEntry
    for kind, (_, field) in CARD_TABLES.items():
        wanted = [(item, variant, number) for item, variant, k, number in numbers if k is kind]
        if not wanted:
            continue
        column = getattr(row, field)
        # Written as a literal, because SQLite uses a partial index only for its very condition.
        given = select(row).where(column != literal_column("''"))
        key = (row.item_id, row.variant_id, column)
        statement = holding_one_of(session, given, key, wanted)
        for entry in session.scalars(statement.execution_options(populate_existing=True)):
            number = dated_number(entry.item_id, entry.variant_id, numbers_of(entry))
            if number in found:
                found[number].append(entry)
    return found


def warranty_dates(session: Session, entry_ids: Collection[int]) -> dict[int, date | None]:
    """The warranty date of each of these entries, by its number."""
    row = ItemLedgerEntry
    if not entry_ids:
        return {}
    keys = [(entry_id,) for entry_id in entry_ids]
    statement = holding_one_of(session, select(row.id, row.warranty_date), (row.id,), keys)
    return {entry_id: day for entry_id, day in session.execute(statement)}


def serials_on_inventory(
    session: Session, lines: Sequence[PostingLine]
) -> dict[tuple[int, int, str], int]:
    """Where the serial nos. of the lines are on inventory now, at any location."""
    serials = {
        (line.item.id, line.variant_id, line.specific_numbers.serial_no)
        for line in lines
        if line.specific_numbers.serial_no
    }
    if not serials:
        return {}
    row = ItemBalance
    of_serial = (row.item_id, row.variant_id, row.serial_no)
    statement = select(*of_serial, row.location_id).where(row.quantity > ZERO)
    found = session.execute(holding_one_of(session, statement, of_serial, serials))
    return {(item, variant, serial): place for item, variant, serial, place in found}


def blocked_variants(session: Session, variant_ids: Collection[int]) -> dict[int, str]:
    """The codes of those of the variants that are blocked."""
    row = ItemVariant
    of_ids = row.id.in_(sorted(variant_ids))
    found = session.execute(select(row.id, row.code).where(of_ids, row.blocked))
    return {variant_id: code for variant_id, code in found}
