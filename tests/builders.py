"""Builders: a directed location, items of every kind, and stock, in a few words.

`build_warehouse` makes the location WHITE with its bins, number series and a worker; a test adds
the items and bins that it speaks of. Every method is a transaction of its own and goes through
the verbs of the product, so that what a test starts from could have happened.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from sqlalchemy import select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from scanner_app.database import Database
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_ledger import ItemLedgerEntry
from scanner_app.inventory.item_tracking import NO_NUMBERS, TrackingNumbers, numbers_of
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.inventory.location import Location
from scanner_app.inventory.posting_line import Posting, PostingLine
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.records import Base
from scanner_app.warehouse.bin import Bin, BinType
from scanner_app.warehouse.bin_balance import BinBalance
from scanner_app.warehouse.ledger_check import check_ledgers
from scanner_app.warehouse.post_item_journal import JournalPart, Posted, post
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.warehouse_ledger import WarehouseDocument
from tests.warehouse import masters
from tests.warehouse.masters import DAY, Goods

T = TypeVar("T")


def serial(number: str, lot: str = "", package: str = "") -> TrackingNumbers:
    return TrackingNumbers(number, lot, package)


def lot(number: str, package: str = "") -> TrackingNumbers:
    return TrackingNumbers("", number, package)


def days(count: int) -> date:
    """So many days after the work date of the tests; negative is before it."""
    return DAY + timedelta(days=count)


@dataclass(frozen=True)
class Warehouse:
    """One location, who works there, and the bins by code."""

    database: Database
    location: Location
    by: By
    bins: dict[str, Bin] = field(default_factory=dict)

    def write(self, work: Callable[[Session], T]) -> T:
        return self.database.write(work)

    def add_item(
        self, no: str, *kinds: str, units: Mapping[str, int] | None = None, **fields: object
    ) -> Goods:
        """An item with warehouse tracking of `kinds`; fields of its code and its own are mixed."""
        own = {name: fields.pop(name) for name in list(fields) if name in Item.__table__.columns}
        return self.write(
            lambda session: masters.add_item(session, no, kinds, units or {}, own, fields)
        )

    def add_bin(self, code: str, bin_type: str = "PUTPICK", **fields: object) -> Bin:
        self.bins[code] = self.write(
            lambda session: masters.add_bin(session, self.location.id, code, bin_type, **fields)
        )
        return self.bins[code]

    def add_user(self, name: str) -> By:
        """Another worker of the location."""
        return self.write(
            lambda session: masters.add_worker(session, name, self.location, is_default=False)
        )

    def change(self, record: Base, **fields: object) -> None:
        """Change a record of the set-up, and the test's copy of it."""
        table = type(record)
        key = record.id  # type: ignore[attr-defined]
        statement = update(table).where(table.id == key).values(**fields)  # type: ignore[attr-defined]
        self.write(lambda session: session.execute(statement))
        for name, value in fields.items():
            set_committed_value(record, name, value)

    def line(
        self,
        goods: Goods,
        quantity: Decimal | int,
        numbers: TrackingNumbers = NO_NUMBERS,
        *,
        entry_type: EntryType = EntryType.PURCHASE,
        unit: str = "PCS",
        **fields: object,
    ) -> PostingLine:
        """A line to be posted: so many of the unit, minus takes out."""
        unit_id, factor = goods.units[unit]
        today = self.by.work_date
        usual = {"document_no": "DOC", "document_date": today, "posting_date": today}
        return PostingLine(
            entry_type=entry_type,
            item=goods.item,
            tracking_code=goods.tracking_code,
            variant_id=goods.variant_id,
            location=self.location,
            quantity_base=quantity * factor,
            unit_of_measure_id=unit_id,
            qty_per_unit_of_measure=factor,
            numbers=numbers,
            **(usual | fields),  # type: ignore[arg-type]
        )

    def post(
        self,
        *lines: PostingLine,
        bin_code: str | None = "A",
        document: WarehouseDocument = WarehouseDocument.RECEIPT,
        on: date | None = None,
    ) -> Posted:
        """Post lines to one bin, as a receipt does."""
        posting = Posting(self.by.work_date, self.by.at, self.by.user_id, "TEST")
        bin_ = self.bins[bin_code] if bin_code else None
        parts = [
            JournalPart(replace(line, posting_date=on or line.posting_date), bin_) for line in lines
        ]

        def work(session: Session) -> Posted:
            hold_set_up(session)
            return post(session, posting, parts, document)

        return self.write(work)

    def stock(
        self,
        goods: Goods,
        bin_code: str,
        quantity: Decimal | int = 1,
        numbers: TrackingNumbers = NO_NUMBERS,
        **fields: object,
    ) -> None:
        """Receive stock straight into a bin."""
        self.post(self.line(goods, quantity, numbers, **fields), bin_code=bin_code)  # type: ignore[arg-type]

    def in_bins(self, goods: Goods) -> dict[tuple[str, TrackingNumbers], Decimal]:
        """What the bins hold of an item, by bin and numbers, in base units."""
        row = BinBalance
        found: dict[tuple[str, TrackingNumbers], Decimal] = {}
        with self.database.read() as session:
            rows = session.execute(
                select(Bin.code, row).join(Bin, Bin.id == row.bin_id).where(row.item_id == goods.id)
            )
            for code, balance in rows:
                key = (code, numbers_of(balance))
                found[key] = found.get(key, Decimal(0)) + balance.quantity_base
        return {key: quantity for key, quantity in found.items() if quantity}

    def in_ledger(self, goods: Goods) -> dict[TrackingNumbers, Decimal]:
        """What the item ledger holds of an item, by numbers, as the sum of its entries."""
        found: dict[TrackingNumbers, Decimal] = {}
        with self.database.read() as session:
            entries = session.scalars(
                select(ItemLedgerEntry).where(ItemLedgerEntry.item_id == goods.id)
            )
            for entry in entries:
                key = numbers_of(entry)
                found[key] = found.get(key, Decimal(0)) + entry.quantity
        return {key: quantity for key, quantity in found.items() if quantity}

    def assert_sound(self) -> None:
        """Every invariant of the ledgers holds."""
        with self.database.read() as session:
            assert check_ledgers(session) == []


def build_warehouse(database: Database, **fields: object) -> Warehouse:
    """The directed location WHITE: bins RECV, SHIP, ADJ, and A, B, C by falling ranking."""

    def build(session: Session) -> Warehouse:
        for code, starting_no in masters.SERIES:
            masters.add_series(session, code, starting_no)
        for code, switches in masters.BIN_TYPES.items():
            session.add(BinType(code=code, **switches))
        directed = {"bin_mandatory": True, "directed_put_away_and_pick": True}
        location = masters.add_location(session, "WHITE", **(directed | fields))
        bins = {
            "RECV": masters.add_bin(session, location.id, "RECV", "RECEIVE"),
            "SHIP": masters.add_bin(session, location.id, "SHIP", "SHIP"),
            "ADJ": masters.add_bin(session, location.id, "ADJ", "", is_adjustment_bin=True),
        } | {
            code: masters.add_bin(session, location.id, code, "PUTPICK", bin_ranking=ranking)
            for code, ranking in (("A", 30), ("B", 20), ("C", 10))
        }
        location.receipt_bin_id = bins["RECV"].id
        location.shipment_bin_id = bins["SHIP"].id
        location.adjustment_bin_id = bins["ADJ"].id
        by = masters.add_worker(session, "WORKER", location, is_default=True)
        return Warehouse(database, location, by, bins)

    return database.write(build)


def another_location(warehouse: Warehouse, code: str, *bins: str, **fields: object) -> Warehouse:
    """A location beside WHITE: without bins, or with bins of no type and not directed."""

    def build(session: Session) -> Warehouse:
        location = masters.add_location(session, code, **({"bin_mandatory": bool(bins)} | fields))
        made = {name: masters.add_bin(session, location.id, name, "") for name in bins}
        return Warehouse(warehouse.database, location, warehouse.by, made)

    return warehouse.write(build)
