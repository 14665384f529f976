"""A device that scans in bursts without looking, and documents for it to scan on."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.barcodes.barcode_settings import BarcodeSettings
from scanner_app.scanning.apply_scan import apply_scan
from scanner_app.scanning.keep_scan import NewScan, ScanSender, device_of
from scanner_app.scanning.outcomes import Outcome
from scanner_app.warehouse.activity import ActionType, ActivityType, WarehouseActivity
from scanner_app.warehouse.activity import WarehouseActivityLine as Line
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.new_activity import NewPair, insert_activity
from tests.builders import Warehouse, lot, serial
from tests.warehouse.masters import Goods


@dataclass
class Hand:
    """A device in a worker's hand: it numbers what it scans."""

    warehouse: Warehouse
    kind: str
    document_no: str
    sequence: int = 0
    seen: int = 0
    scans: list[NewScan] = field(default_factory=list)
    identity: str = field(default_factory=lambda: str(uuid.uuid4()))

    def burst(self, codes: Sequence[tuple[str, str]]) -> list[Outcome]:
        """Scan codes with their steps without looking, then see all the answers."""
        new = [self._capture(raw, step) for raw, step in codes]
        self.scans += new
        outcomes = [self.send(scan) for scan in new]
        self.seen = self.sequence
        return outcomes

    def send(self, new: NewScan) -> Outcome:
        """Apply a scan in a transaction of its own."""
        by = self.warehouse.by

        def work(session: Session) -> Outcome:
            device_id = device_of(session, self.identity, by.at).id
            sender = ScanSender(by.user_id, device_id, self.warehouse.location.id, by.at)
            return apply_scan(session, new, sender, BarcodeSettings()).outcome

        return self.warehouse.write(work)

    def _capture(self, raw: str, step: str) -> NewScan:
        self.sequence += 1
        return NewScan(
            uuid=str(uuid.uuid4()),
            device_seq=self.sequence,
            seen_seq=self.seen,
            raw=raw,
            document_kind=self.kind,
            document_no=self.document_no,
            step=step,
        )


@dataclass(frozen=True)
class Setting:
    """A warehouse with bins that can be scanned, a kind of item with each kind of number."""

    warehouse: Warehouse
    serials: Goods
    lots: Goods
    examples: int


def pairs_scanned(setting: Setting, document_no: str, action: ActionType) -> dict[str, str]:
    """The number of every line with a quantity to handle, and the bin it has."""
    statement = (
        select(Line.serial_no, Line.lot_no, Bin.code)
        .join(WarehouseActivity, WarehouseActivity.id == Line.activity_id)
        .join(Bin, Bin.id == Line.bin_id)
        .where(WarehouseActivity.no == document_no, Line.action_type == action)
        .where(Line.qty_to_handle > Decimal(0))
    )
    with setting.warehouse.database.read() as session:
        return {serial_no or lot_no: code for serial_no, lot_no, code in session.execute(statement)}


def add_activity(setting: Setting, type_: ActivityType, pairs: Sequence[NewPair]) -> str:
    def work(session: Session) -> str:
        header = WarehouseActivity(type=type_, location_id=setting.warehouse.location.id)
        return insert_activity(session, header, pairs, setting.warehouse.by).no

    return setting.warehouse.write(work)


def a_pair(setting: Setting, number: str, take: str, place: str | None) -> NewPair:
    goods = setting.lots if number.startswith("L") else setting.serials
    bins = setting.warehouse.bins
    return NewPair(
        item=goods.item,
        variant_id=goods.variant_id,
        unit_of_measure_id=goods.units["PCS"][0],
        qty_per_unit_of_measure=Decimal(1),
        quantity=Decimal(1),
        numbers=lot(number) if number.startswith("L") else serial(number),
        take_bin_id=bins[take].id,
        place_bin_id=bins[place].id if place else None,
    )


def stock(setting: Setting, numbers: Sequence[tuple[str, str]]) -> None:
    """One of each number in its bin, and one that no document asks for."""
    for number, bin_code in [*numbers, (f"OTHER-{numbers[0][0]}", "RECV")]:
        of_lot = number.startswith("L")
        goods = setting.lots if of_lot else setting.serials
        setting.warehouse.stock(goods, bin_code, 1, lot(number) if of_lot else serial(number))
