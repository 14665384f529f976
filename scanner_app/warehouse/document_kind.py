"""Receipts and shipments as people type them: what is alike, and what tells them apart.

A receipt is changed until it is posted; a shipment while it is open, because picks are made of
what a released one says (docs/domain.md 6.6).

This module must never write a document: `warehouse_documents` and `document_lines` do.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.code_index import CodeKind
from scanner_app.errors import N_
from scanner_app.inventory.item_tracking import TrackingSource
from scanner_app.inventory.location import Location
from scanner_app.quantities import to_base
from scanner_app.warehouse.document_fields import (
    RECEIPT_FIELDS,
    RECEIPT_LINE_FIELDS,
    SHIPMENT_FIELDS,
    SHIPMENT_LINE_FIELDS,
)
from scanner_app.warehouse.document_refusals import (
    PickedNotShipped,
    ReceiptsNotUsed,
    ShipmentReleased,
    ShipmentsNotUsed,
)
from scanner_app.warehouse.receipt import PostedReceipt, WarehouseReceipt, WarehouseReceiptLine
from scanner_app.warehouse.record_card import Fields
from scanner_app.warehouse.shipment import (
    PostedShipment,
    ShipmentStatus,
    WarehouseShipment,
    WarehouseShipmentLine,
)

# One of two tables, as the kind says.
Document = Any
Line = Any
Column = Any


class DocumentKind(ABC):
    """What tells receipts and shipments apart for who types them.

    Attributes:
        name: what an address and the key of its lines call a document.
        posted: the header of what was posted of them.
        series: the number series of the documents.
        bin_of_location: the bin that is used where none is named, as column and caption.
        use_of_bin: what the type of their bins says at a directed location, in the same way.
        comes_in: whether the goods come in.
    """

    name: str
    header: Document
    line: Line
    posted: Document
    fields: Fields
    line_fields: Fields
    series: str
    code_kind: CodeKind
    source: TrackingSource
    bin_of_location: tuple[str, str]
    use_of_bin: tuple[str, str]
    comes_in: bool

    @property
    def key(self) -> Column:
        """The column of a line that names its document."""
        return getattr(self.line, f"{self.name}_id")

    @property
    def day_field(self) -> str:
        """The field of the header with the day of the document."""
        return next(field.name for field in self.fields if field.is_day)

    def places_of(self, document: Document) -> tuple[int, ...]:
        """The locations whose people work on a document."""
        return (document.location_id,)

    def lines_of(self, session: Session, document: Document) -> list[Line]:
        """The lines of a document in their order."""
        of_document = select(self.line).where(self.key == document.id)
        return list(session.scalars(of_document.order_by(self.line.line_no)))

    @abstractmethod
    def check_location(self, location: Location) -> None:
        """Refuse a location that does not work with such documents."""

    @abstractmethod
    def check_changeable(self, document: Document) -> None:
        """Refuse to change what work is made of."""

    @abstractmethod
    def check_may_go(self, lines: Sequence[Line]) -> None:
        """Refuse to delete lines whose goods are under way."""

    @abstractmethod
    def begun_base(self, line: Line) -> Decimal:
        """How much of a line has come, or is picked."""

    @abstractmethod
    def nameable_base(self, line: Line) -> Decimal:
        """How much of a line its item tracking lines name."""


class Receipts(DocumentKind):
    """Warehouse receipts: what is expected, from its first line to its last posting."""

    name = "receipt"
    header, line, posted = WarehouseReceipt, WarehouseReceiptLine, PostedReceipt
    fields, line_fields = RECEIPT_FIELDS, RECEIPT_LINE_FIELDS
    series, code_kind = "RECEIPT", CodeKind.RECEIPT
    source = TrackingSource.RECEIPT_LINE
    bin_of_location = ("receipt_bin_id", N_("Receipt Bin Code"))
    use_of_bin = ("receive", N_("Receive"))
    comes_in = True

    def check_location(self, location: Location) -> None:
        """The location says Require Receive."""
        if not location.require_receive:
            raise ReceiptsNotUsed(location=location.code)

    def check_changeable(self, document: WarehouseReceipt) -> None:
        """Nobody works on a receipt before it is posted."""

    def check_may_go(self, lines: Sequence[WarehouseReceiptLine]) -> None:
        """What came is posted; only the rest is not expected any more."""

    def begun_base(self, line: WarehouseReceiptLine) -> Decimal:
        """What has come."""
        return to_base(line.qty_received, line.qty_per_unit_of_measure)

    def nameable_base(self, line: WarehouseReceiptLine) -> Decimal:
        """The numbers of what has come are posted: what is outstanding is left."""
        return to_base(line.outstanding, line.qty_per_unit_of_measure)


class Shipments(DocumentKind):
    """Warehouse shipments: what is to leave, picked before it does."""

    name = "shipment"
    header, line, posted = WarehouseShipment, WarehouseShipmentLine, PostedShipment
    fields, line_fields = SHIPMENT_FIELDS, SHIPMENT_LINE_FIELDS
    series, code_kind = "SHIPMENT", CodeKind.SHIPMENT
    source = TrackingSource.SHIPMENT_LINE
    bin_of_location = ("shipment_bin_id", N_("Shipment Bin Code"))
    use_of_bin = ("ship", N_("Ship"))
    comes_in = False

    def check_location(self, location: Location) -> None:
        """What leaves is picked from bins."""
        if not (location.bin_mandatory and location.require_shipment and location.require_pick):
            raise ShipmentsNotUsed(location=location.code)

    def check_changeable(self, document: WarehouseShipment) -> None:
        """No pick is open while the shipment is: it is not reopened before."""
        if document.status is not ShipmentStatus.OPEN:
            raise ShipmentReleased(no=document.no)

    def check_may_go(self, lines: Sequence[WarehouseShipmentLine]) -> None:
        """What is picked stands in the shipment bin until it leaves."""
        for line in lines:
            waiting = line.qty_picked_base - line.qty_shipped_base
            if waiting > 0:
                raise PickedNotShipped(line_no=line.line_no, picked=waiting)

    def begun_base(self, line: WarehouseShipmentLine) -> Decimal:
        """What is picked, whether it has left or not."""
        return line.qty_picked_base

    def nameable_base(self, line: WarehouseShipmentLine) -> Decimal:
        """Its numbers stay until all of it has left."""
        return line.quantity_base


RECEIPTS, SHIPMENTS = Receipts(), Shipments()
