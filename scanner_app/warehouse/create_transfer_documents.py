"""Create Warehouse Shipment and Create Warehouse Receipt of a transfer order.

A shipment has what is neither shipped nor on a shipment yet, with the numbers that lines name; a
receipt has what is in transit and on no receipt yet, with the numbers it was shipped under. Both
are worked as every other (docs/domain.md 6.10).

This module must never post, release or pick.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import case, insert, update
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item
from scanner_app.inventory.item_tracking import ItemTrackingLine, TrackingSource
from scanner_app.inventory.location import Location
from scanner_app.inventory.text_card import TextCard, text_of_day
from scanner_app.quantities import ONE, ZERO, from_base, to_base
from scanner_app.warehouse.document_bins import NO_BINS
from scanner_app.warehouse.document_kind import RECEIPTS, SHIPMENTS
from scanner_app.warehouse.item_journal_lines import STEP
from scanner_app.warehouse.journal_tracking import TrackedPart
from scanner_app.warehouse.journal_tracking_lines import row_of_part
from scanner_app.warehouse.post_transfer import lock_released_transfer
from scanner_app.warehouse.receipt import WarehouseReceipt, WarehouseReceiptLine
from scanner_app.warehouse.register_activity import By, items_with_codes
from scanner_app.warehouse.set_up_location import lock_location
from scanner_app.warehouse.shipment import WarehouseShipment, WarehouseShipmentLine
from scanner_app.warehouse.source_document import SourceDocument
from scanner_app.warehouse.transfer_in_transit import (
    TransferGoods,
    goods_in_transit,
    goods_to_receive,
    left_to_ship,
)
from scanner_app.warehouse.transfer_order import TransferOrder, TransferOrderLine
from scanner_app.warehouse.transfer_refusals import NothingInTransit, NothingLeftToShip
from scanner_app.warehouse.warehouse_documents import add_documents, document_of_card


def create_transfer_shipment(session: Session, no: str, by: By) -> str:
    """Make an open warehouse shipment of what is left to ship; returns its number.

    Raises:
        DocumentGone, TransferNotReleased: for the order.
        ShipmentsNotUsed: where the location does not work with shipments.
        NothingLeftToShip: when everything is shipped or on a shipment.
        RuleRefused: as `document_of_card` and `add_documents` raise it.
    """
    order = lock_released_transfer(session, no)
    location = lock_location(session, session.get_one(Location, order.transfer_from_id).code)
    SHIPMENTS.check_location(location)
    left = left_to_ship(session, order)
    if not left:
        raise NothingLeftToShip(no=order.no)
    card = _card(order, SourceDocument.OUTBOUND_TRANSFER)
    card |= {"shipment_date": text_of_day(order.shipment_date)}
    shipment: WarehouseShipment = document_of_card(SHIPMENTS, location, card, NO_BINS, by)
    add_documents(session, SHIPMENTS, [shipment], by)
    items = items_with_codes(session, {line.item_id for line, _ in left})
    lines = [
        WarehouseShipmentLine(
            shipment_id=shipment.id,
            line_no=place * STEP,
            quantity_base=quantity_base,
            **_columns(items[line.item_id][0], line, quantity_base),
        )
        for place, (line, quantity_base) in enumerate(left, start=1)
    ]
    session.add_all(lines)
    session.flush()
    _take_numbers_along(session, lines)
    return shipment.no


def create_transfer_receipt(session: Session, no: str, by: By) -> str:
    """Make a warehouse receipt of what is in transit; returns its number.

    Raises:
        DocumentGone, TransferNotReleased: for the order.
        ReceiptsNotUsed: where the location does not work with receipts.
        NothingInTransit: when nothing is in transit that is on no receipt.
        RuleRefused: as `document_of_card` and `add_documents` raise it.
    """
    order = lock_released_transfer(session, no)
    location = lock_location(session, session.get_one(Location, order.transfer_to_id).code)
    RECEIPTS.check_location(location)
    goods = goods_to_receive(session, goods_in_transit(session, order))
    if not goods:
        raise NothingInTransit(no=order.no)
    card = _card(order, SourceDocument.INBOUND_TRANSFER)
    card |= {"expected_receipt_date": text_of_day(order.receipt_date)}
    receipt: WarehouseReceipt = document_of_card(RECEIPTS, location, card, NO_BINS, by)
    add_documents(session, RECEIPTS, [receipt], by)
    _add_receipt_lines(session, receipt, goods)
    return receipt.no


def _card(order: TransferOrder, source: SourceDocument) -> TextCard:
    return {"source_document": source.value, "source_no": order.no, "bin": ""}


def _columns(item: Item, line: TransferOrderLine, quantity_base: Decimal) -> dict[str, Any]:
    """A line of a document as its order says it; a part of a unit is counted in base units."""
    unit_id, per_unit = line.unit_of_measure_id, line.qty_per_unit_of_measure
    quantity = from_base(quantity_base, per_unit)
    if to_base(quantity, per_unit) != quantity_base:
        unit_id, per_unit = item.base_unit_of_measure_id, ONE
        quantity = quantity_base
    return {
        "item_id": line.item_id,
        "variant_id": line.variant_id,
        "description": line.description,
        "unit_of_measure_id": unit_id,
        "qty_per_unit_of_measure": per_unit,
        "quantity": quantity,
        "reason_code_id": line.reason_code_id,
        "transfer_line_id": line.id,
    }


def _take_numbers_along(session: Session, lines: Sequence[WarehouseShipmentLine]) -> None:
    """The numbers that lines of the order name stand on the lines of the shipment from now on."""
    of_lines = {line.transfer_line_id: line.id for line in lines}
    row = ItemTrackingLine
    session.execute(
        update(row)
        .where(row.source_type == TrackingSource.TRANSFER_LINE, row.source_line_id.in_(of_lines))
        .values(
            source_type=TrackingSource.SHIPMENT_LINE,
            source_line_id=case(of_lines, value=row.source_line_id),
        ),
        execution_options={"synchronize_session": False},
    )


def _add_receipt_lines(
    session: Session, receipt: WarehouseReceipt, goods: Sequence[TransferGoods]
) -> None:
    """A line for each line of the order; what has no numbers stands apart from what has some."""
    by_line: dict[tuple[int, bool], list[TransferGoods]] = {}
    for each in goods:
        by_line.setdefault((each.line.line_no, bool(each.numbers)), []).append(each)
    items = items_with_codes(session, {each.line.item_id for each in goods})
    made: list[tuple[WarehouseReceiptLine, list[TransferGoods]]] = []
    for place, parts in enumerate((by_line[key] for key in sorted(by_line)), start=1):
        item, _ = items[parts[0].line.item_id]
        columns = _columns(item, parts[0].line, sum((p.quantity_base for p in parts), ZERO))
        line = WarehouseReceiptLine(
            receipt_id=receipt.id,
            line_no=place * STEP,
            qty_to_receive=columns["quantity"],
            **columns,
        )
        made.append((line, parts))
    session.add_all(line for line, _ in made)
    session.flush()
    named = [
        row_of_part(
            TrackingSource.RECEIPT_LINE,
            line.id,
            TrackedPart(
                0, each.numbers, each.quantity_base, each.warranty_date, each.expiration_date
            ),
        )
        for line, parts in made
        for each in parts
        if each.numbers
    ]
    if named:
        session.execute(insert(ItemTrackingLine), named)
