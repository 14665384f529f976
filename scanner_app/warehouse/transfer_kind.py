"""Transfer orders as people type them: what tells them apart from receipts and shipments.

An order is changed while it is open, because shipments and receipts are made of what a released
one says (docs/domain.md 6.10).

This module must never write an order: `transfer_orders` and `document_lines` do.
"""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import TrackingSource
from scanner_app.inventory.location import Location
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.bin import Bin, check_open_inbound
from scanner_app.warehouse.document_kind import DocumentKind
from scanner_app.warehouse.place_refusals import AdjustmentBinGuarded
from scanner_app.warehouse.record_card import CardField
from scanner_app.warehouse.record_refusals import RecordNotFound
from scanner_app.warehouse.set_up_bin import find_bin
from scanner_app.warehouse.transfer_fields import (
    TRANSFER_FIELDS,
    TRANSFER_FROM_BIN,
    TRANSFER_LINE_FIELDS,
    TRANSFER_TO_BIN,
)
from scanner_app.warehouse.transfer_order import (
    TransferOrder,
    TransferOrderLine,
    TransferStatus,
)
from scanner_app.warehouse.transfer_refusals import (
    LocationInTransit,
    TransferBinNotUsed,
    TransferInTransit,
    TransferReleased,
)


class Transfers(DocumentKind):
    """Transfer orders: what leaves one location and comes to another."""

    name = "transfer"
    header, line = TransferOrder, TransferOrderLine
    fields, line_fields = TRANSFER_FIELDS, TRANSFER_LINE_FIELDS
    series = "TRANSFER"
    source = TrackingSource.TRANSFER_LINE
    comes_in = False

    def places_of(self, document: TransferOrder) -> tuple[int, ...]:
        """Both ends work on it."""
        return (document.transfer_from_id, document.transfer_to_id)

    def check_location(self, location: Location) -> None:
        """Every location ships and receives, one way or another, but for those in between."""
        if location.use_as_in_transit:
            raise LocationInTransit(location=location.code)

    def check_changeable(self, document: TransferOrder) -> None:
        """No shipment or receipt is open while the order is: it is not reopened before."""
        if document.status is not TransferStatus.OPEN:
            raise TransferReleased(no=document.no)

    def check_may_go(self, lines: Sequence[TransferOrderLine]) -> None:
        """What is in transit comes by its order."""
        for line in lines:
            if line.in_transit_base > 0:
                raise TransferInTransit(line_no=line.line_no, quantity=line.in_transit_base)

    def begun_base(self, line: TransferOrderLine) -> Decimal:
        """What has left."""
        return line.qty_shipped_base

    def nameable_base(self, line: TransferOrderLine) -> Decimal:
        """The numbers of what has left are posted: what is not shipped is left."""
        return line.quantity_base - line.qty_shipped_base

    def card_of_bins(self, session: Session, line: TransferOrderLine) -> TextCard:
        """The bins that a line names."""
        bins = {"transfer_from_bin": line.transfer_from_bin_id}
        bins |= {"transfer_to_bin": line.transfer_to_bin_id}
        return {name: session.get_one(Bin, id_).code if id_ else "" for name, id_ in bins.items()}

    def write_bins(self, session: Session, line: TransferOrderLine, card: TextCard) -> None:
        """Let a line name the bins of its card, where its order is shipped or received itself.

        Raises:
            TransferBinNotUsed, RecordNotFound, AdjustmentBinGuarded, BinBlocked.
        """
        order = session.get_one(TransferOrder, line.transfer_id)
        ships = session.get_one(Location, order.transfer_from_id)
        receives = session.get_one(Location, order.transfer_to_id)
        from_bin = _find_bin(
            session, ships, TRANSFER_FROM_BIN, card, is_used=not ships.require_shipment
        )
        to_bin = _find_bin(
            session, receives, TRANSFER_TO_BIN, card, is_used=not receives.require_receive
        )
        if to_bin is not None:
            check_open_inbound(to_bin)
        line.transfer_from_bin_id = from_bin.id if from_bin else None
        line.transfer_to_bin_id = to_bin.id if to_bin else None


def _find_bin(
    session: Session, location: Location, field: CardField, card: TextCard, *, is_used: bool
) -> Bin | None:
    code = card[field.name]
    if not code:
        return None
    if not (is_used and location.bin_mandatory):
        raise TransferBinNotUsed(location=location.code, field=field.caption)
    bin_ = find_bin(session, location.id, code)
    if bin_ is None:
        raise RecordNotFound(field=field.caption, code=code)
    if bin_.is_adjustment_bin:
        raise AdjustmentBinGuarded(bin_code=bin_.code, field=field.caption)
    return bin_


TRANSFERS = Transfers()
