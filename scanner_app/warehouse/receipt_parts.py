"""The parts of a receipt: each set of numbers of each line that is to be received.

The same reading serves the posting and the check of all lines, which writes nothing
(docs/domain.md 6.1).

This module must never write.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_tracking import (
    NO_NUMBERS,
    ItemTrackingLine,
    TrackingSource,
    numbers_of,
    tracking_lines_of,
)
from scanner_app.inventory.item_tracking_code import ItemTrackingCode
from scanner_app.inventory.location import Location
from scanner_app.inventory.posting_checks import PostingChecks
from scanner_app.inventory.posting_line import PostingLine, TransferTo
from scanner_app.quantities import ZERO, from_base, to_base
from scanner_app.warehouse.bin import Bin, bins_by_id
from scanner_app.warehouse.post_item_journal import JournalPart, check_location
from scanner_app.warehouse.receipt import WarehouseReceipt, WarehouseReceiptLine
from scanner_app.warehouse.register_activity import By, items_with_codes
from scanner_app.warehouse.source_document import ENTRY_TYPES
from scanner_app.warehouse.transfer_order import TransferOrder, TransferOrderLine
from scanner_app.warehouse.warehouse_ledger import WarehouseDocument


class TrackingNotComplete(RuleRefused):
    """The item tracking lines do not name the whole quantity."""

    message = N_("Item {item_no}: {tracked} of {quantity} have their numbers.")
    way_out = N_("Enter the numbers of the rest, or less quantity.")
    field = "Quantity"


@dataclass(frozen=True)
class ReceivedPart:
    """One set of numbers of one receipt line."""

    line: WarehouseReceiptLine
    item: Item
    tracking_code: ItemTrackingCode | None
    quantity_base: Decimal
    tracking: ItemTrackingLine | None

    @property
    def quantity(self) -> Decimal:
        """How much it is in the unit of the line."""
        return from_base(self.quantity_base, self.line.qty_per_unit_of_measure)


def read_receipt_parts(session: Session, receipt: WarehouseReceipt) -> list[ReceivedPart]:
    """Every set of numbers of the lines that have a Qty. to Receive, in line order."""
    row = WarehouseReceiptLine
    lines = session.scalars(
        select(row)
        .where(row.receipt_id == receipt.id, row.qty_to_receive > ZERO)
        .order_by(row.line_no)
    ).all()
    tracking = tracking_lines_of(session, TrackingSource.RECEIPT_LINE, [line.id for line in lines])
    items = items_with_codes(session, {line.item_id for line in lines})
    parts: list[ReceivedPart] = []
    for line in lines:
        item, code = items[line.item_id]
        named = tracking.get(line.id, [])
        if not named:
            whole = to_base(line.qty_to_receive, line.qty_per_unit_of_measure)
            parts.append(ReceivedPart(line, item, code, whole, None))
        parts += [ReceivedPart(line, item, code, t.qty_to_handle_base, t) for t in named]
    return parts


def incomplete_receipt_lines(parts: Sequence[ReceivedPart]) -> dict[int, TrackingNotComplete]:
    """The lines whose item tracking lines do not name what is to be received, by line number."""
    tracked: dict[int, Decimal] = {}
    for part in parts:
        tracked[part.line.line_no] = tracked.get(part.line.line_no, ZERO) + part.quantity_base
    refusals = {}
    for part in parts:
        line = part.line
        whole = to_base(line.qty_to_receive, line.qty_per_unit_of_measure)
        if tracked[line.line_no] != whole:
            refusals[line.line_no] = TrackingNotComplete(
                item_no=part.item.no, tracked=tracked[line.line_no], quantity=whole
            )
    return refusals


def journal_parts(
    session: Session, receipt: WarehouseReceipt, parts: Sequence[ReceivedPart], no: str, by: By
) -> list[JournalPart]:
    """The parts as they are posted under a document number, each with its bin."""
    location = session.get_one(Location, receipt.location_id)
    bins = bins_of_receipt(session, receipt, location, parts)
    in_transit = _in_transit_of(session, parts)
    posted = []
    for part in parts:
        line, bin_ = _posting_line(receipt, location, part, no, by), bins[part.line.id]
        if in_transit is not None:
            posted.append(JournalPart(_transferred(line, in_transit), None, bin_))
        else:
            posted.append(JournalPart(line, bin_))
    return posted


def receipt_problems(session: Session, receipt: WarehouseReceipt, by: By) -> dict[int, RuleRefused]:
    """What posting would say to each line that is refused, by its number."""
    problems: dict[int, RuleRefused] = {
        **incomplete_receipt_lines(read_receipt_parts(session, receipt))
    }
    for (line_no, _), refusal in refused_numbers(session, receipt, by).items():
        problems.setdefault(line_no, refusal)
    return dict(sorted(problems.items()))


def refused_numbers(
    session: Session, receipt: WarehouseReceipt, by: By
) -> dict[tuple[int, int], RuleRefused]:
    """What posting would say to each set of numbers that is refused; nothing is written.

    They are named by line number and the id of their item tracking line, 0 for none.
    """
    parts = [part for part in read_receipt_parts(session, receipt) if part.quantity_base > 0]
    posted = journal_parts(session, receipt, parts, "", by)
    checks, refused = PostingChecks(session, [part.line for part in posted]), {}
    for part, journal_part in zip(parts, posted, strict=True):
        try:
            check_location(journal_part, WarehouseDocument.RECEIPT)
            checked = checks.check(journal_part.line)
            if journal_part.line.transfer_to is not None:
                checks.check_arrival(checked)
        except RuleRefused as fault:
            refused[part.line.line_no, part.tracking.id if part.tracking else 0] = fault
    return refused


def bins_of_receipt(
    session: Session,
    receipt: WarehouseReceipt,
    location: Location,
    parts: Sequence[ReceivedPart],
) -> dict[int, Bin | None]:
    """The line's bin, else the receipt's, else the receipt bin of the location."""
    wanted = {
        part.line.id: part.line.bin_id or receipt.bin_id or location.receipt_bin_id
        for part in parts
    }
    bins = bins_by_id(session, wanted.values())
    return {line_id: bins.get(bin_id or 0) for line_id, bin_id in wanted.items()}


def _in_transit_of(session: Session, parts: Sequence[ReceivedPart]) -> Location | None:
    """Where the goods of a transfer come from; None for what comes by another order."""
    line_ids = [part.line.transfer_line_id for part in parts if part.line.transfer_line_id]
    return session.scalar(
        select(Location)
        .join(TransferOrder, TransferOrder.in_transit_id == Location.id)
        .join(TransferOrderLine, TransferOrderLine.transfer_id == TransferOrder.id)
        .where(TransferOrderLine.id.in_(line_ids))
        .limit(1)
    )


def _transferred(line: PostingLine, in_transit: Location) -> PostingLine:
    """What comes in by a transfer leaves the in-transit location, with the dates of its stock."""
    return replace(
        line,
        location=in_transit,
        quantity_base=-line.quantity_base,
        warranty_date=None,
        expiration_date=None,
        transfer_to=TransferTo(line.location, line.numbers),
    )


def _posting_line(
    receipt: WarehouseReceipt, location: Location, part: ReceivedPart, no: str, by: By
) -> PostingLine:
    tracking = part.tracking
    return PostingLine(
        entry_type=ENTRY_TYPES[receipt.source_document],
        posting_date=by.work_date,
        document_no=no,
        document_date=by.work_date,
        item=part.item,
        tracking_code=part.tracking_code,
        variant_id=part.line.variant_id,
        location=location,
        quantity_base=part.quantity_base,
        unit_of_measure_id=part.line.unit_of_measure_id,
        qty_per_unit_of_measure=part.line.qty_per_unit_of_measure,
        numbers=numbers_of(tracking) if tracking else NO_NUMBERS,
        warranty_date=tracking.warranty_date if tracking else None,
        expiration_date=tracking.expiration_date if tracking else None,
        source_no=receipt.source_no,
        reason_code_id=part.line.reason_code_id,
    )
