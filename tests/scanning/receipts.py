"""A receipt of the demo warehouse that is received by scanning on a device."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.scanning.given import Given
from scanner_app.scanning.open_receipt import RECEIPT, ReceiptOnDevice, receipt_on_device
from scanner_app.scanning.receipt_prompts import ReceiptPrompt, receipt_prompt
from scanner_app.warehouse.document_kind import RECEIPTS
from scanner_app.warehouse.document_line_card import blank_line_card
from scanner_app.warehouse.document_lines import add_document_line, find_document_line
from scanner_app.warehouse.document_tracking import (
    lock_tracked_document_line,
    tracked_document_line,
)
from scanner_app.warehouse.journal_fields import RECEIPT_TRACKING_LINE_FIELDS
from scanner_app.warehouse.journal_tracking_lines import add_tracking_line
from scanner_app.warehouse.record_card import blank_card
from scanner_app.warehouse.warehouse_documents import (
    blank_document_card,
    create_document,
    find_warehouse_document,
)
from tests.scanning.floor import Floor, Handheld


@dataclass
class ReceiptDevice(Handheld):
    """A device on which a receipt is open."""

    @property
    def given(self) -> Given:
        return self.floor.read(lambda session: self._receipt(session).given)

    @property
    def receipt_prompt(self) -> ReceiptPrompt:
        """What the page of the receipt asks next."""
        return self.floor.read(lambda session: receipt_prompt(session, self._receipt(session)))

    @property
    def missing(self) -> list[tuple[str, str, str]]:
        """The lines that something is missing of: item, what has come and what is expected."""
        lines = self.receipt_prompt.open_lines
        return [(line.item_no, f"{line.come}", f"{line.outstanding}") for line in lines]

    def come(self, line_no: int = 10_000) -> tuple[str, dict[TrackingNumbers, str]]:
        """What the next posting takes of a line, and of each of its numbers."""

        def read(session: Session) -> tuple[str, dict[TrackingNumbers, str]]:
            receipt = find_warehouse_document(session, RECEIPTS, self.no)
            line = find_document_line(session, RECEIPTS, receipt.id, line_no)
            tracked = tracked_document_line(session, RECEIPTS, line, receipt.location_id)
            parts = {part.numbers: f"{part.next_base}" for part in tracked.tracking.parts}
            return f"{line.qty_to_receive}", parts

        return self.floor.read(read)

    def _receipt(self, session: Session) -> ReceiptOnDevice:
        receipt = find_warehouse_document(session, RECEIPTS, self.no)
        return receipt_on_device(session, receipt, self.identity)


def receiving(floor: Floor, no: str, user_name: str = "WORKER1") -> ReceiptDevice:
    """A new device on which the receipt is open."""
    device = floor.handheld(user_name)
    return ReceiptDevice(floor, device.sender, device.identity, RECEIPT, no)


def expect(
    floor: Floor,
    *lines: str,
    source: str = "Purchase Order",
    location: str = "WHITE",
    bin_code: str = "",
) -> str:
    """A receipt with lines of “item quantity”, “… unit” or “… unit variant”."""
    by = floor.by("SUPERVISOR")

    def work(session: Session) -> str:
        says = {"source_document": source, "source_no": "PO-1", "bin": bin_code}
        no = create_document(session, RECEIPTS, location, blank_document_card(RECEIPTS) | says, by)
        for line in lines:
            item_no, quantity, unit, variant, *_ = [*line.split(), "", ""]
            card = {"item_no": item_no, "quantity": quantity, "unit": unit, "variant": variant}
            add_document_line(session, RECEIPTS, no, blank_line_card(RECEIPTS) | card)
        return no

    return floor.write(work)


def announce(floor: Floor, no: str, line_no: int = 10_000, **fields: str) -> None:
    """Name numbers on a line before they come."""
    card = blank_card(RECEIPT_TRACKING_LINE_FIELDS) | fields
    floor.write(
        lambda session: add_tracking_line(
            session, lock_tracked_document_line(session, RECEIPTS, no, line_no), card
        )
    )
