"""Receipts, shipments, put-aways, picks and movements, as tests speak of them.

A handheld sets quantities, numbers and bins by scans; here they are set directly, and the verbs
of the product do the rest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import (
    NO_NUMBERS,
    ItemTrackingLine,
    TrackingNumbers,
    TrackingSource,
)
from scanner_app.warehouse.activity import (
    ActionType,
    ActivityType,
    WarehouseActivity,
    WarehouseActivityLine,
    set_qty_missing,
    set_qty_to_handle,
)
from scanner_app.warehouse.create_pick import create_pick
from scanner_app.warehouse.new_activity import NewPair, insert_activity
from scanner_app.warehouse.post_receipt import post_warehouse_receipt
from scanner_app.warehouse.post_shipment import post_warehouse_shipment
from scanner_app.warehouse.receipt import WarehouseReceipt, WarehouseReceiptLine
from scanner_app.warehouse.register_activity import (
    RegisteredResult,
    register_warehouse_activity,
)
from scanner_app.warehouse.shipment import (
    ShipmentStatus,
    WarehouseShipment,
    WarehouseShipmentLine,
)
from scanner_app.warehouse.source_document import SourceDocument
from tests.builders import Warehouse
from tests.warehouse.masters import Goods


@dataclass(frozen=True)
class Part:
    """So many of an item, with their numbers and date; `unit` is what the quantity counts."""

    goods: Goods
    quantity: Decimal | int
    numbers: TrackingNumbers = NO_NUMBERS
    expiration_date: date | None = None
    unit: str = "PCS"
    to_handle: Decimal | int | None = None

    @property
    def base(self) -> Decimal:
        return self.quantity * self.goods.units[self.unit][1]


def add_receipt(warehouse: Warehouse, *parts: Part, **fields: object) -> int:
    """A receipt with a line for each part, all of it to be received."""

    def work(session: Session) -> int:
        receipt = WarehouseReceipt(
            no=f"RE{last_id(session, WarehouseReceipt.id) + 1:04d}",
            location_id=warehouse.location.id,
            source_document=SourceDocument.PURCHASE_ORDER,
            source_no="PO1",
            created_at=warehouse.by.at,
            **fields,
        )
        session.add(receipt)
        session.flush()
        for line_no, part in enumerate(parts, start=1):
            line = WarehouseReceiptLine(
                receipt_id=receipt.id,
                line_no=line_no * 10_000,
                quantity=part.quantity,
                qty_to_receive=part.quantity,
                **_item_of(part),
            )
            session.add(line)
            session.flush()
            if part.numbers:
                add_tracking(session, TrackingSource.RECEIPT_LINE, line.id, part)
        return receipt.id

    return warehouse.write(work)


def add_tracking(
    session: Session, source: TrackingSource, line_id: int, part: Part
) -> ItemTrackingLine:
    """Name numbers on a line that exists."""
    to_handle = part.quantity if part.to_handle is None else part.to_handle
    tracking = ItemTrackingLine(
        source_type=source,
        source_line_id=line_id,
        **_numbers(part.numbers),
        expiration_date=part.expiration_date,
        quantity_base=part.base,
        qty_to_handle_base=to_handle * part.goods.units[part.unit][1],
    )
    session.add(tracking)
    session.flush()
    return tracking


def post_receipt(warehouse: Warehouse, receipt_id: int) -> int | None:
    """Post a receipt; returns the put-away."""

    def work(session: Session) -> int | None:
        put_away = post_warehouse_receipt(session, receipt_id, warehouse.by)
        return put_away.id if put_away else None

    return warehouse.write(work)


def receive(warehouse: Warehouse, *parts: Part) -> int:
    """Receive parts at a location that requires put-aways; returns the put-away."""
    put_away = post_receipt(warehouse, add_receipt(warehouse, *parts))
    assert put_away is not None
    return put_away


def add_shipment(warehouse: Warehouse, *parts: Part, **fields: object) -> int:
    """A released shipment with a line for each part; its numbers are named, where it has any."""

    def work(session: Session) -> int:
        usual = {"bin_id": warehouse.bins["SHIP"].id, "status": ShipmentStatus.RELEASED}
        shipment = WarehouseShipment(
            no=f"SH{last_id(session, WarehouseShipment.id) + 1:04d}",
            location_id=warehouse.location.id,
            source_document=SourceDocument.SALES_ORDER,
            source_no="SO1",
            created_at=warehouse.by.at,
            **(usual | fields),
        )
        session.add(shipment)
        session.flush()
        for line_no, part in enumerate(parts, start=1):
            line = WarehouseShipmentLine(
                shipment_id=shipment.id,
                line_no=line_no * 10_000,
                quantity=part.quantity,
                quantity_base=part.base,
                **_item_of(part),
            )
            session.add(line)
            session.flush()
            if part.numbers:
                add_tracking(session, TrackingSource.SHIPMENT_LINE, line.id, part)
        return shipment.id

    return warehouse.write(work)


def pick(warehouse: Warehouse, shipment_id: int) -> int:
    """Create the pick of a shipment."""
    return warehouse.write(lambda session: create_pick(session, shipment_id, warehouse.by).id)


def ship(warehouse: Warehouse, shipment_id: int) -> str:
    """Post a shipment."""
    return warehouse.write(
        lambda session: post_warehouse_shipment(session, shipment_id, warehouse.by)
    )


def lines_of(warehouse: Warehouse, activity_id: int) -> Sequence[WarehouseActivityLine]:
    """The lines of an activity that are still there, in order."""
    row = WarehouseActivityLine
    with warehouse.database.read() as session:
        return session.scalars(
            select(row).where(row.activity_id == activity_id).order_by(row.line_no)
        ).all()


def scan(
    warehouse: Warehouse,
    activity_id: int,
    *,
    quantity: Decimal | int | None = None,
    bin_code: str = "",
    numbers: TrackingNumbers = NO_NUMBERS,
    pairs: Iterable[int] | None = None,
    action: ActionType | None = None,
) -> None:
    """Scan lines whole, or so many of each; fill in numbers and bins that are left open."""

    def work(session: Session) -> None:
        row = WarehouseActivityLine
        for line in session.scalars(select(row).where(row.activity_id == activity_id)):
            if pairs is not None and line.pair_no not in pairs:
                continue
            if action is not None and line.action_type is not action:
                continue
            line.serial_no = line.serial_no or numbers.serial_no
            line.lot_no = line.lot_no or numbers.lot_no
            line.package_no = line.package_no or numbers.package_no
            if line.bin_id is None and bin_code:
                line.bin_id = warehouse.bins[bin_code].id
            wanted = line.qty_outstanding if quantity is None else Decimal(quantity)
            set_qty_to_handle(line, wanted, "PCS")

    warehouse.write(work)


def miss(warehouse: Warehouse, activity_id: int, quantity: int) -> None:
    """Note so many of the first pair as missing."""

    def work(session: Session) -> None:
        row = WarehouseActivityLine
        of_pair = select(row).where(row.activity_id == activity_id, row.pair_no == 1)
        for line in session.scalars(of_pair):
            set_qty_missing(line, Decimal(quantity))

    warehouse.write(work)


def register(warehouse: Warehouse, activity_id: int) -> RegisteredResult:
    """Register what is scanned."""
    return warehouse.write(
        lambda session: register_warehouse_activity(session, activity_id, warehouse.by)
    )


def add_movement(warehouse: Warehouse, from_bin: str, to_bin: str, *parts: Part) -> int:
    """A movement with a pair for each part, nothing scanned yet."""

    def work(session: Session) -> int:
        header = WarehouseActivity(type=ActivityType.MOVEMENT, location_id=warehouse.location.id)
        pairs = [
            NewPair(
                item=part.goods.item,
                variant_id=part.goods.variant_id,
                unit_of_measure_id=part.goods.units[part.unit][0],
                qty_per_unit_of_measure=part.goods.units[part.unit][1],
                quantity=Decimal(part.quantity),
                numbers=part.numbers,
                take_bin_id=warehouse.bins[from_bin].id,
                place_bin_id=warehouse.bins[to_bin].id,
            )
            for part in parts
        ]
        return insert_activity(session, header, pairs, warehouse.by).id

    return warehouse.write(work)


def move(warehouse: Warehouse, from_bin: str, to_bin: str, *parts: Part) -> RegisteredResult:
    """Move parts and register it."""
    movement = add_movement(warehouse, from_bin, to_bin, *parts)
    scan(warehouse, movement)
    return register(warehouse, movement)


def last_id(session: Session, column: object) -> int:
    return session.scalar(select(func.coalesce(func.max(column), 0))) or 0


def _item_of(part: Part) -> dict[str, object]:
    unit_id, factor = part.goods.units[part.unit]
    return {
        "item_id": part.goods.id,
        "variant_id": part.goods.variant_id,
        "unit_of_measure_id": unit_id,
        "qty_per_unit_of_measure": factor,
    }


def _numbers(numbers: TrackingNumbers) -> dict[str, str]:
    serial_no, lot_no, package_no = numbers.as_tuple()
    return {"serial_no": serial_no, "lot_no": lot_no, "package_no": package_no}
