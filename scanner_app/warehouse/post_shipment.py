"""Post a warehouse shipment: what is picked leaves the shipment bin and the item ledger.

The numbers are those the picks registered (docs/domain.md 6.5).

This module must never ship what was not picked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scanner_app.code_index import CodeKind, forget_codes
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item_tracking import (
    ItemTrackingLine,
    TrackingNumbers,
    TrackingSource,
)
from scanner_app.inventory.location import Location
from scanner_app.inventory.number_series import take_number
from scanner_app.inventory.posting_line import Posting, PostingLine, TransferTo
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.quantities import from_base
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.create_pick import ShipmentNotReleased, lock_shipment
from scanner_app.warehouse.picked_numbers import picked_and_not_shipped
from scanner_app.warehouse.post_item_journal import JournalPart, post
from scanner_app.warehouse.register_activity import By, items_with_codes
from scanner_app.warehouse.shipment import (
    PostedShipment,
    PostedShipmentLine,
    ShipmentStatus,
    WarehouseShipment,
    WarehouseShipmentLine,
)
from scanner_app.warehouse.source_document import ENTRY_TYPES
from scanner_app.warehouse.transfer_order import TransferDirection, TransferOrder
from scanner_app.warehouse.transfer_progress import lock_order_of_lines, write_down_of_document
from scanner_app.warehouse.warehouse_ledger import WarehouseDocument

SERIES_OF_POSTED = "POSTED-SHP"
SOURCE_CODE = "WHSEPOSTSH"
SHIPPED = TransferDirection.SHIPMENT


class NothingPicked(RuleRefused):
    """No line has a picked quantity that did not leave yet."""

    message = N_("Nothing of shipment {shipment_no} is picked and waiting to leave.")
    way_out = N_("Register the pick first.")
    field = "Qty. to Ship"


@dataclass(frozen=True)
class _Picked:
    """One set of numbers of one shipment line that is picked and not shipped."""

    line: WarehouseShipmentLine
    numbers: TrackingNumbers
    quantity_base: Decimal


def post_warehouse_shipment(session: Session, shipment_id: int, by: By) -> str:
    """Post all that is picked; returns the number of the posted shipment.

    Raises:
        RuleRefused: the first rule that does not hold; nothing is written then.
    """
    hold_set_up(session)
    shipment = lock_shipment(session, shipment_id)
    if shipment.status is not ShipmentStatus.RELEASED:
        raise ShipmentNotReleased(shipment_no=shipment.no)
    picked = _picked(session, shipment)
    if not picked:
        raise NothingPicked(shipment_no=shipment.no)
    no = take_number(session, SERIES_OF_POSTED, by.work_date)
    transfer = lock_order_of_lines(session, {part.line.transfer_line_id for part in picked})
    posting = Posting(by.work_date, by.at, by.user_id, SOURCE_CODE)
    parts = _journal_parts(session, shipment, transfer, picked, no, by)
    posted = post(session, posting, parts, WarehouseDocument.SHIPMENT)
    _write_posted(session, shipment, picked, no, by)
    if transfer is not None:
        line_ids = [part.line.transfer_line_id for part in picked]
        write_down_of_document(session, transfer, SHIPPED, line_ids, posted.arrivals, by)
    for part in picked:
        part.line.qty_shipped_base += part.quantity_base
    session.flush()
    _close(session, shipment)
    return no


def _picked(session: Session, shipment: WarehouseShipment) -> list[_Picked]:
    """Registered picks less earlier shipments, by line and numbers."""
    row = WarehouseShipmentLine
    lines = {
        line.id: line
        for line in session.scalars(
            select(row).where(row.shipment_id == shipment.id).order_by(row.line_no)
        )
    }
    return [
        _Picked(lines[line_id], numbers, quantity)
        for line_id, numbers, quantity in picked_and_not_shipped(session, list(lines))
    ]


def _journal_parts(
    session: Session,
    shipment: WarehouseShipment,
    transfer: TransferOrder | None,
    picked: Sequence[_Picked],
    no: str,
    by: By,
) -> list[JournalPart]:
    in_transit = session.get_one(Location, transfer.in_transit_id) if transfer else None
    location = session.get_one(Location, shipment.location_id)
    bin_ = session.get_one(Bin, shipment.bin_id)
    items = items_with_codes(session, {part.line.item_id for part in picked})
    return [
        JournalPart(
            PostingLine(
                entry_type=ENTRY_TYPES[shipment.source_document],
                posting_date=by.work_date,
                document_no=no,
                document_date=by.work_date,
                item=items[part.line.item_id][0],
                tracking_code=items[part.line.item_id][1],
                variant_id=part.line.variant_id,
                location=location,
                quantity_base=-part.quantity_base,
                unit_of_measure_id=part.line.unit_of_measure_id,
                qty_per_unit_of_measure=part.line.qty_per_unit_of_measure,
                numbers=part.numbers,
                source_no=shipment.source_no,
                reason_code_id=part.line.reason_code_id,
                transfer_to=TransferTo(in_transit, part.numbers) if in_transit else None,
            ),
            bin_,
        )
        for part in picked
    ]


def _write_posted(
    session: Session, shipment: WarehouseShipment, picked: Sequence[_Picked], no: str, by: By
) -> None:
    header = PostedShipment(
        no=no,
        shipment_no=shipment.no,
        location_id=shipment.location_id,
        source_document=shipment.source_document,
        source_no=shipment.source_no,
        posting_date=by.work_date,
        posted_at=by.at,
        user_id=by.user_id,
    )
    session.add(header)
    session.flush()
    session.add_all(
        PostedShipmentLine(
            posted_shipment_id=header.id,
            shipment_line_id=part.line.id,
            line_no=part.line.line_no,
            item_id=part.line.item_id,
            variant_id=part.line.variant_id,
            bin_id=shipment.bin_id,
            unit_of_measure_id=part.line.unit_of_measure_id,
            qty_per_unit_of_measure=part.line.qty_per_unit_of_measure,
            quantity=from_base(part.quantity_base, part.line.qty_per_unit_of_measure),
            quantity_base=part.quantity_base,
            serial_no=part.numbers.serial_no,
            lot_no=part.numbers.lot_no,
            package_no=part.numbers.package_no,
        )
        for part in picked
    )


def _close(session: Session, shipment: WarehouseShipment) -> None:
    """The shipment goes when everything has left."""
    row = WarehouseShipmentLine
    lines = session.scalars(select(row).where(row.shipment_id == shipment.id)).all()
    if any(line.qty_shipped_base < line.quantity_base for line in lines):
        return
    tracking = ItemTrackingLine
    session.execute(
        delete(tracking).where(
            tracking.source_type == TrackingSource.SHIPMENT_LINE,
            tracking.source_line_id.in_([line.id for line in lines]),
        )
    )
    for line in lines:
        session.delete(line)
    session.flush()
    forget_codes(session, CodeKind.SHIPMENT, [shipment.id])
    session.delete(shipment)
    session.flush()
