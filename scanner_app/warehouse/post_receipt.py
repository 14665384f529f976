"""Post a warehouse receipt: stock in the receipt bin, item ledger entries, and a put-away.

The numbers and dates of a line stand on its item tracking lines; together they must name the
whole quantity to receive (docs/domain.md 6.1).

This module must never write a ledger itself: `post_item_journal.post` does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.code_index import CodeKind, forget_codes
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_tracking import (
    NO_NUMBERS,
    ItemTrackingLine,
    TrackingSource,
    numbers_of,
)
from scanner_app.inventory.item_tracking_code import EntryType, ItemTrackingCode
from scanner_app.inventory.location import Location
from scanner_app.inventory.number_series import take_number
from scanner_app.inventory.posting_line import Posting, PostingLine
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.quantities import ONE, ZERO, from_base, to_base
from scanner_app.warehouse.activity import WarehouseActivity
from scanner_app.warehouse.bin import Bin, bins_by_id
from scanner_app.warehouse.create_put_away import create_put_away
from scanner_app.warehouse.new_activity import NewPair
from scanner_app.warehouse.post_item_journal import JournalPart, post
from scanner_app.warehouse.receipt import (
    PostedReceipt,
    PostedReceiptLine,
    WarehouseReceipt,
    WarehouseReceiptLine,
)
from scanner_app.warehouse.register_activity import By, DocumentGone, items_with_codes
from scanner_app.warehouse.warehouse_ledger import WarehouseDocument

SERIES_OF_POSTED = "POSTED-REC"
SOURCE_CODE = "WHSEPOSTRC"


class NothingToReceive(RuleRefused):
    """No line has a quantity to receive."""

    message = N_("Receipt {receipt_no} has nothing to receive.")
    way_out = N_("Enter a quantity to receive on at least one line.")
    field = "Qty. to Receive"


class TrackingNotComplete(RuleRefused):
    """The item tracking lines do not name the whole quantity."""

    message = N_("Item {item_no}: {tracked} of {quantity} have their numbers.")
    way_out = N_("Enter the numbers of the rest, or less quantity.")
    field = "Quantity"


@dataclass(frozen=True)
class _ReceivedPart:
    """One set of numbers of one receipt line."""

    line: WarehouseReceiptLine
    item: Item
    tracking_code: ItemTrackingCode | None
    quantity_base: Decimal
    tracking: ItemTrackingLine | None

    @property
    def quantity(self) -> Decimal:
        return from_base(self.quantity_base, self.line.qty_per_unit_of_measure)


def post_warehouse_receipt(session: Session, receipt_id: int, by: By) -> WarehouseActivity | None:
    """Post what is to be received; returns the put-away where the location asks for one.

    Raises:
        RuleRefused: the first rule that does not hold; nothing is written then.
    """
    hold_set_up(session)
    receipt = _lock(session, receipt_id)
    location = session.get_one(Location, receipt.location_id)
    parts = _parts(session, receipt)
    if not parts:
        raise NothingToReceive(receipt_no=receipt.no)
    no = take_number(session, SERIES_OF_POSTED, by.work_date)
    posting = Posting(by.work_date, by.at, by.user_id, SOURCE_CODE)
    bins = _bins(session, receipt, location, parts)
    posted_parts = [
        JournalPart(_posting_line(receipt, location, part, no, by), bins[part.line.id])
        for part in parts
    ]
    posted = post(session, posting, posted_parts, WarehouseDocument.RECEIPT)
    posted_lines = _write_posted(session, receipt, parts, no, bins, by)
    _reduce(session, receipt, parts)
    if not (location.require_put_away and location.bin_mandatory):
        return None
    received = [
        _pair(part, line, posted_lines[part.line.id])
        for part, line in zip(parts, posted.lines, strict=True)
    ]
    return create_put_away(session, location, no, received, by)


def _lock(session: Session, receipt_id: int) -> WarehouseReceipt:
    statement = select(WarehouseReceipt).where(WarehouseReceipt.id == receipt_id)
    receipt = session.scalars(statement.with_for_update()).one_or_none()
    if receipt is None:
        raise DocumentGone(document=str(receipt_id))
    return receipt


def _parts(session: Session, receipt: WarehouseReceipt) -> list[_ReceivedPart]:
    row = WarehouseReceiptLine
    lines = session.scalars(
        select(row)
        .where(row.receipt_id == receipt.id, row.qty_to_receive > ZERO)
        .order_by(row.line_no)
    ).all()
    tracking = tracking_lines_of(session, TrackingSource.RECEIPT_LINE, [line.id for line in lines])
    items = items_with_codes(session, {line.item_id for line in lines})
    parts: list[_ReceivedPart] = []
    for line in lines:
        item, code = items[line.item_id]
        whole = to_base(line.qty_to_receive, line.qty_per_unit_of_measure)
        named = tracking.get(line.id, [])
        if not named:
            parts.append(_ReceivedPart(line, item, code, whole, None))
            continue
        total = sum((t.qty_to_handle_base for t in named), ZERO)
        if total != whole:
            raise TrackingNotComplete(item_no=item.no, tracked=total, quantity=whole)
        parts.extend(
            _ReceivedPart(line, item, code, t.qty_to_handle_base, t)
            for t in named
            if t.qty_to_handle_base > 0
        )
    return parts


def tracking_lines_of(
    session: Session, source: TrackingSource, line_ids: Sequence[int]
) -> dict[int, list[ItemTrackingLine]]:
    """The item tracking lines of many source lines, by source line, in one look-up."""
    row = ItemTrackingLine
    statement = (
        select(row)
        .where(row.source_type == source, row.source_line_id.in_(line_ids))
        .order_by(row.id)
    )
    found: dict[int, list[ItemTrackingLine]] = {}
    for tracking in session.scalars(statement):
        found.setdefault(tracking.source_line_id, []).append(tracking)
    return found


def _bins(
    session: Session, receipt: WarehouseReceipt, location: Location, parts: list[_ReceivedPart]
) -> dict[int, Bin | None]:
    """The line's bin, else the receipt's, else the receipt bin of the location."""
    wanted = {
        part.line.id: part.line.bin_id or receipt.bin_id or location.receipt_bin_id
        for part in parts
    }
    bins = bins_by_id(session, wanted.values())
    return {line_id: bins.get(bin_id or 0) for line_id, bin_id in wanted.items()}


def _posting_line(
    receipt: WarehouseReceipt, location: Location, part: _ReceivedPart, no: str, by: By
) -> PostingLine:
    tracking = part.tracking
    return PostingLine(
        entry_type=EntryType.PURCHASE,
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
    )


def _write_posted(
    session: Session,
    receipt: WarehouseReceipt,
    parts: Sequence[_ReceivedPart],
    no: str,
    bins: dict[int, Bin | None],
    by: By,
) -> dict[int, PostedReceiptLine]:
    header = PostedReceipt(
        no=no,
        receipt_no=receipt.no,
        location_id=receipt.location_id,
        source_document=receipt.source_document,
        source_no=receipt.source_no,
        posting_date=by.work_date,
        posted_at=by.at,
        user_id=by.user_id,
    )
    session.add(header)
    session.flush()
    posted: dict[int, PostedReceiptLine] = {}
    for line in {part.line.id: part.line for part in parts}.values():
        bin_ = bins[line.id]
        if bin_ is None:
            continue
        posted[line.id] = PostedReceiptLine(
            posted_receipt_id=header.id,
            line_no=line.line_no,
            item_id=line.item_id,
            variant_id=line.variant_id,
            bin_id=bin_.id,
            unit_of_measure_id=line.unit_of_measure_id,
            qty_per_unit_of_measure=line.qty_per_unit_of_measure,
            quantity=line.qty_to_receive,
            quantity_base=to_base(line.qty_to_receive, line.qty_per_unit_of_measure),
        )
    session.add_all(posted.values())
    session.flush()
    return posted


def _pair(part: _ReceivedPart, received: PostingLine, posted: PostedReceiptLine) -> NewPair:
    """What is to be put away, with its dates, in the unit of measure in which the bins hold it."""
    line = part.line
    keeps_units = received.location.directed_put_away_and_pick
    return NewPair(
        item=part.item,
        variant_id=line.variant_id,
        unit_of_measure_id=(
            line.unit_of_measure_id if keeps_units else part.item.base_unit_of_measure_id
        ),
        qty_per_unit_of_measure=line.qty_per_unit_of_measure if keeps_units else ONE,
        quantity=part.quantity if keeps_units else part.quantity_base,
        numbers=received.numbers,
        take_bin_id=posted.bin_id,
        place_bin_id=None,
        warranty_date=received.warranty_date,
        expiration_date=received.expiration_date,
        source_document_line_id=posted.id,
    )


def _reduce(session: Session, receipt: WarehouseReceipt, parts: Sequence[_ReceivedPart]) -> None:
    """Received quantities leave the receipt; it goes when nothing is outstanding."""
    for tracking in (part.tracking for part in parts if part.tracking is not None):
        tracking.qty_handled_base += tracking.qty_to_handle_base
        tracking.qty_to_handle_base = ZERO
        if tracking.qty_handled_base == tracking.quantity_base:
            session.delete(tracking)
    for line in {part.line.id: part.line for part in parts}.values():
        line.qty_received += line.qty_to_receive
        line.qty_to_receive = ZERO
    session.flush()
    row = WarehouseReceiptLine
    lines = session.scalars(select(row).where(row.receipt_id == receipt.id)).all()
    if all(line.qty_received == line.quantity for line in lines):
        for line in lines:
            session.delete(line)
        session.flush()
        forget_codes(session, CodeKind.RECEIPT, [receipt.id])
        session.delete(receipt)
    session.flush()
