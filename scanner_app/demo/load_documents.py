"""Load the open documents of the demo: put-aways, shipments, picks and a count.

Receipts are posted, shipments released and picks created by the verbs of the product. A
supervisor then sends some goods to another bin than the put-away template suggests.

This module must never choose a number that a worker is to scan.
"""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.demo.catalogue import Catalogue
from scanner_app.demo.documents import (
    COUNT,
    RECEIPTS,
    SHIPMENTS,
    DemoReceipt,
    DemoShipment,
    PlacedIn,
)
from scanner_app.demo.numbers import RECEIPT_SERIES, SHIPMENT_SERIES
from scanner_app.demo.stock import Goods, Stock
from scanner_app.errors import InvariantBroken
from scanner_app.inventory.item_tracking import ItemTrackingLine, TrackingSource
from scanner_app.inventory.number_series import take_number
from scanner_app.quantities import ZERO, to_base
from scanner_app.warehouse.activity import ActionType, WarehouseActivity, WarehouseActivityLine
from scanner_app.warehouse.calculate_inventory import bins_to_count, calculate_inventory
from scanner_app.warehouse.create_pick import create_pick
from scanner_app.warehouse.master_codes import index_batch, index_receipt, index_shipment
from scanner_app.warehouse.post_receipt import post_warehouse_receipt
from scanner_app.warehouse.receipt import WarehouseReceipt, WarehouseReceiptLine
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.shipment import (
    ShipmentStatus,
    WarehouseShipment,
    WarehouseShipmentLine,
)
from scanner_app.warehouse.source_document import SourceDocument
from scanner_app.warehouse.warehouse_journal import WarehouseJournalBatch


def load_documents(session: Session, catalogue: Catalogue) -> None:
    """Make the documents in the order in which a warehouse would."""
    by = catalogue.by("SUPERVISOR")
    for receipt in RECEIPTS:
        put_away = _receive(session, catalogue, receipt, by)
        _place(session, catalogue, put_away, receipt.placed)
    for shipment in SHIPMENTS:
        released = _release(session, catalogue, shipment, by)
        if shipment.picked:
            create_pick(session, released.id, by)
    _start_count(session, catalogue)


def _receive(session: Session, catalogue: Catalogue, row: DemoReceipt, by: By) -> WarehouseActivity:
    """Make a receipt and post the whole of it."""
    white = catalogue.locations["WHITE"]
    receipt = WarehouseReceipt(
        no=take_number(session, RECEIPT_SERIES, by.work_date),
        location_id=white.id,
        bin_id=catalogue.bins[row.bin_code].id,
        source_document=SourceDocument.PURCHASE_ORDER,
        source_no=row.source_no,
        expected_receipt_date=by.work_date,
        created_at=by.at,
    )
    session.add(receipt)
    session.flush()
    index_receipt(session, receipt)
    for place, parts in enumerate(_by_item(row.received), start=1):
        _add_receipt_line(session, catalogue, receipt, place * 10_000, parts)
    put_away = post_warehouse_receipt(session, receipt.id, by)
    if put_away is None:
        raise InvariantBroken("WHITE asks for a put-away of everything that is received")
    return put_away


def _by_item(parts: Sequence[Stock]) -> list[list[Stock]]:
    """The parts of one receipt line each, in their order."""
    lines: dict[tuple[str, str], list[Stock]] = {}
    for part in parts:
        lines.setdefault((part.goods.item_no, part.goods.unit), []).append(part)
    return list(lines.values())


def _add_receipt_line(
    session: Session,
    catalogue: Catalogue,
    receipt: WarehouseReceipt,
    line_no: int,
    parts: Sequence[Stock],
) -> None:
    goods = parts[0].goods
    fields = catalogue.item_fields(goods)
    quantity = sum((part.quantity for part in parts), ZERO)
    line = WarehouseReceiptLine(
        receipt_id=receipt.id,
        line_no=line_no,
        description=catalogue.items[goods.item_no].description,
        quantity=quantity,
        qty_to_receive=quantity,
        **fields,
    )
    session.add(line)
    session.flush()
    for part in parts:
        base = to_base(part.quantity, fields["qty_per_unit_of_measure"])
        session.add(
            ItemTrackingLine(
                source_type=TrackingSource.RECEIPT_LINE,
                source_line_id=line.id,
                quantity_base=base,
                qty_to_handle_base=base,
                **catalogue.number_fields(part.goods),
            )
        )
    session.flush()


def _place(
    session: Session,
    catalogue: Catalogue,
    put_away: WarehouseActivity,
    wanted: Sequence[PlacedIn],
) -> None:
    """Change the bin of Place lines that the put-away template suggests otherwise."""
    rest = {placed: placed.quantity for placed in wanted}
    row = WarehouseActivityLine
    lines = session.scalars(
        select(row)
        .where(row.activity_id == put_away.id, row.action_type == ActionType.PLACE)
        .order_by(row.line_no)
    ).all()
    for line in lines:
        line.bin_id = catalogue.bins[_bin_of(line, catalogue, rest)].id
    session.flush()


def _bin_of(
    line: WarehouseActivityLine, catalogue: Catalogue, rest: dict[PlacedIn, Decimal]
) -> str:
    """The first bin that is to hold as much more of the line's item; the line takes its share."""
    for placed, quantity in rest.items():
        if catalogue.items[placed.item_no].id == line.item_id and quantity >= line.quantity:
            rest[placed] = quantity - line.quantity
            return placed.bin_code
    raise InvariantBroken("the put-away is split otherwise than the demo says")


def _release(
    session: Session, catalogue: Catalogue, row: DemoShipment, by: By
) -> WarehouseShipment:
    """Make a released shipment; numbers that it names stand on item tracking lines."""
    shipment = WarehouseShipment(
        no=take_number(session, SHIPMENT_SERIES, by.work_date),
        location_id=catalogue.locations["WHITE"].id,
        bin_id=catalogue.bins[row.bin_code].id,
        status=ShipmentStatus.RELEASED,
        source_document=SourceDocument.SALES_ORDER,
        source_no=row.source_no,
        shipment_date=by.work_date,
        created_at=by.at,
    )
    session.add(shipment)
    session.flush()
    index_shipment(session, shipment)
    for place, (goods, quantity) in enumerate(row.shipped, start=1):
        _add_shipment_line(session, catalogue, shipment, place * 10_000, goods, quantity)
    return shipment


def _add_shipment_line(
    session: Session,
    catalogue: Catalogue,
    shipment: WarehouseShipment,
    line_no: int,
    goods: Goods,
    quantity: Decimal,
) -> None:
    fields = catalogue.item_fields(goods)
    base = to_base(quantity, fields["qty_per_unit_of_measure"])
    line = WarehouseShipmentLine(
        shipment_id=shipment.id,
        line_no=line_no,
        description=catalogue.items[goods.item_no].description,
        quantity=quantity,
        quantity_base=base,
        **fields,
    )
    session.add(line)
    session.flush()
    if goods.numbers:
        session.add(
            ItemTrackingLine(
                source_type=TrackingSource.SHIPMENT_LINE,
                source_line_id=line.id,
                quantity_base=base,
                qty_to_handle_base=base,
                **catalogue.number_fields(goods),
            )
        )
        session.flush()


def _start_count(session: Session, catalogue: Catalogue) -> None:
    """A blind count of bins that hold surprises, ready to be counted."""
    batch = WarehouseJournalBatch(
        location_id=catalogue.locations["WHITE"].id,
        name=COUNT.name,
        description=COUNT.description,
    )
    session.add(batch)
    session.flush()
    index_batch(session, batch)
    bins = bins_to_count(session, batch.location_id, codes=COUNT.bins)
    calculate_inventory(session, batch.id, bins)
