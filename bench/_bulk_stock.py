"""Bulk stock for the benches: records with the entries, registers and balances they came from.

Each record is received once and then moved to and fro between two bins. Rows are inserted table
by table, as the posting verbs of the product would have left them; `check_ledgers` agrees.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, insert

import scanner_app.all_tables  # noqa: F401 - foreign keys name tables that nothing here imports
from scanner_app.code_index import CodeIndexEntry, CodeKind
from scanner_app.counters import RegisterCounter
from scanner_app.inventory.item_ledger import (
    ItemApplicationEntry,
    ItemBalance,
    ItemLedgerEntry,
    ItemRegister,
    OpenItemLedgerEntry,
)
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.inventory.tracking_information import KnownExpirationDate, NumberKind
from scanner_app.records import Base
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_balance import BinBalance
from scanner_app.warehouse.warehouse_ledger import (
    WarehouseDocument,
    WarehouseEntry,
    WarehouseEntryType,
    WarehouseRegister,
)
from tests.warehouse.masters import DAY, MOMENT, Goods

Row = dict[str, Any]


@dataclass(frozen=True)
class StockRecord:
    """One set of numbers of one item: lies in `home`, or in `other` after an odd move."""

    key: int
    goods: Goods
    serial_no: str
    lot_no: str
    quantity: Decimal
    home: Bin
    other: Bin
    moves: int
    expiration_date: date | None = None

    @property
    def numbers(self) -> Row:
        """The columns of its tracking numbers."""
        return {"serial_no": self.serial_no, "lot_no": self.lot_no, "package_no": ""}

    @property
    def of_item(self) -> Row:
        """The columns of what it is and where."""
        ids = {"item_id": self.goods.id, "variant_id": self.goods.variant_id}
        return {"location_id": self.home.location_id} | ids | self.numbers

    @property
    def in_unit(self) -> Row:
        """The columns of its unit of measure, and until when it is good."""
        unit = {"unit_of_measure_id": self.goods.units["PCS"][0]}
        return unit | {"expiration_date": self.expiration_date}


class BulkLedgers:
    """Inserts stock records with the entries, registers and balances that belong to them."""

    def __init__(self, connection: Connection, user_id: int) -> None:
        self._connection = connection
        self._user_id = user_id
        self._item_registers = 0
        self._warehouse_registers = 0
        self._warehouse_entries = 0

    def insert(self, records: Sequence[StockRecord]) -> None:
        """Receive the records, then move them as often as they say."""
        self._insert_item_ledger(records)
        self._register(
            WarehouseDocument.RECEIPT,
            [self._entry(record, record.home, 1) for record in records],
        )
        for move in range(records[0].moves):
            self._register(
                WarehouseDocument.MOVEMENT,
                [row for record in records for row in self._movement(record, move)],
            )
        self._into(BinBalance, [row for record in records for row in _bin_balances(record)])
        self._into(CodeIndexEntry, _meanings(records))
        if dated := [record for record in records if record.expiration_date]:
            self._into(KnownExpirationDate, [_known_expiration_date(record) for record in dated])

    def insert_counters(self) -> None:
        """The next register goes on where these end."""
        counters = {
            ItemRegister.__tablename__: self._item_registers,
            WarehouseRegister.__tablename__: self._warehouse_registers,
        }
        rows = [{"name": name, "last_number": last} for name, last in counters.items()]
        self._into(RegisterCounter, rows)

    def _insert_item_ledger(self, records: Sequence[StockRecord]) -> None:
        """The id of an item ledger entry is the key of its record plus one."""
        self._item_registers += 1
        register = self._register_row(self._item_registers, records[0].key + 1, records[-1].key + 1)
        self._into(ItemRegister, [register])
        entries = [_item_ledger_entry(record, self._item_registers) for record in records]
        self._into(ItemLedgerEntry, entries)
        applied = [
            {
                "item_ledger_entry_id": record.key + 1,
                "inbound_item_entry_id": record.key + 1,
                "quantity": record.quantity,
                "posting_date": DAY,
            }
            for record in records
        ]
        self._into(ItemApplicationEntry, applied)
        left = [
            record.of_item
            | {
                "item_ledger_entry_id": record.key + 1,
                "posting_date": DAY,
                "remaining_quantity": record.quantity,
            }
            for record in records
        ]
        self._into(OpenItemLedgerEntry, left)
        sums = [
            record.of_item
            | {"serial_specific": record.goods.serial_specific, "quantity": record.quantity}
            for record in records
        ]
        self._into(ItemBalance, sums)

    def _register(self, document: WarehouseDocument, rows: Sequence[Row]) -> None:
        self._warehouse_registers += 1
        first = self._warehouse_entries + 1
        self._warehouse_entries += len(rows)
        number = self._warehouse_registers
        register = self._register_row(number, first, self._warehouse_entries)
        self._into(WarehouseRegister, [register])
        common = {
            "register_id": number,
            "reference_document": document,
            "reference_no": f"B{number:06d}",
            "user_id": self._user_id,
            "registering_date": DAY,
        }
        self._into(WarehouseEntry, [row | common for row in rows])

    def _register_row(self, number: int, first: int, last: int) -> Row:
        return {
            "id": number,
            "no": number,
            "created_at": MOMENT,
            "user_id": self._user_id,
            "source_code": "BENCH",
            "from_entry_no": first,
            "to_entry_no": last,
        }

    def _movement(self, record: StockRecord, move: int) -> Iterator[Row]:
        there, back = (record.home, record.other) if move % 2 == 0 else (record.other, record.home)
        for bin_, sign in ((there, -1), (back, 1)):
            movement = {"entry_type": WarehouseEntryType.MOVEMENT}
            yield self._entry(record, bin_, sign) | movement

    def _entry(self, record: StockRecord, bin_: Bin, sign: int) -> Row:
        return (
            record.of_item
            | record.in_unit
            | {
                "bin_id": bin_.id,
                "zone_id": bin_.zone_id,
                "qty_per_unit_of_measure": Decimal(1),
                "quantity": sign * record.quantity,
                "quantity_base": sign * record.quantity,
                "entry_type": WarehouseEntryType.POSITIVE_ADJUSTMENT,
            }
        )

    def _into(self, table: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
        self._connection.execute(insert(table), list(rows))


def _item_ledger_entry(record: StockRecord, register: int) -> Row:
    return (
        record.of_item
        | record.in_unit
        | {
            "id": record.key + 1,
            "register_id": register,
            "entry_type": EntryType.PURCHASE,
            "posting_date": DAY,
            "document_date": DAY,
            "document_no": f"B{register:06d}",
            "quantity": record.quantity,
            "qty_per_unit_of_measure": Decimal(1),
        }
    )


def _bin_balances(record: StockRecord) -> Iterator[Row]:
    """A balance for each bin it ever was in; the one it left is zero."""
    rests_at = record.other if record.moves % 2 else record.home
    for bin_ in (record.home, record.other) if record.moves else (record.home,):
        moves = record.moves + (bin_ is record.home)
        yield (
            record.of_item
            | record.in_unit
            | {
                "bin_id": bin_.id,
                "serial_specific": record.goods.serial_specific,
                "quantity_base": record.quantity if bin_ is rests_at else Decimal(0),
                "version": moves,
                "unsettled_since": MOMENT if bin_ is rests_at else None,
            }
        )


def _known_expiration_date(record: StockRecord) -> Row:
    """The date of a lot; the benches give none to serial nos."""
    return {
        "item_id": record.goods.id,
        "variant_id": record.goods.variant_id,
        "kind": NumberKind.LOT,
        "number": record.lot_no,
        "expiration_date": record.expiration_date,
        "item_ledger_entry_id": record.key + 1,
    }


def _meanings(records: Sequence[StockRecord]) -> list[Row]:
    """Each number once for its item."""
    found = {
        (code, kind, record.goods.id): None
        for record in records
        for code, kind in ((record.serial_no, CodeKind.SERIAL), (record.lot_no, CodeKind.LOT))
        if code
    }
    return [
        {"code": code, "kind": kind, "target_id": item_id, "item_id": item_id}
        for code, kind, item_id in found
    ]
