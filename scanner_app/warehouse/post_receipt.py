"""Post a warehouse receipt: stock in the receipt bin, item ledger entries, and a put-away.

The numbers and dates of a line stand on its item tracking lines; together they must name the
whole quantity to receive (docs/domain.md 6.1).

This module must never write a ledger itself: `post_item_journal.post` does.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.code_index import CodeKind, forget_codes
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.location import Location
from scanner_app.inventory.number_series import take_number
from scanner_app.inventory.posting_line import Posting, PostingLine
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.quantities import ONE, ZERO, to_base
from scanner_app.warehouse.activity import WarehouseActivity
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.create_put_away import create_put_away
from scanner_app.warehouse.new_activity import NewPair
from scanner_app.warehouse.post_item_journal import post
from scanner_app.warehouse.receipt import (
    PostedReceipt,
    PostedReceiptLine,
    WarehouseReceipt,
    WarehouseReceiptLine,
)
from scanner_app.warehouse.receipt_parts import (
    ReceivedPart,
    bins_of_receipt,
    incomplete_receipt_lines,
    journal_parts,
    read_receipt_parts,
)
from scanner_app.warehouse.register_activity import By, DocumentGone
from scanner_app.warehouse.transfer_order import TransferDirection
from scanner_app.warehouse.transfer_progress import lock_order_of_lines, write_down_of_document
from scanner_app.warehouse.warehouse_ledger import WarehouseDocument

SERIES_OF_POSTED = "POSTED-REC"
SOURCE_CODE = "WHSEPOSTRC"
RECEIVED = TransferDirection.RECEIPT


class NothingToReceive(RuleRefused):
    """No line has a quantity to receive."""

    message = N_("Receipt {receipt_no} has nothing to receive.")
    way_out = N_("Enter a quantity to receive on at least one line.")
    field = "Qty. to Receive"


def post_warehouse_receipt(session: Session, receipt_id: int, by: By) -> WarehouseActivity | None:
    """Post what is to be received; returns the put-away where the location asks for one.

    Raises:
        RuleRefused: the first rule that does not hold; nothing is written then.
    """
    hold_set_up(session)
    receipt = _lock(session, receipt_id)
    location = session.get_one(Location, receipt.location_id)
    parts = _complete_parts(session, receipt)
    no = take_number(session, SERIES_OF_POSTED, by.work_date)
    transfer = lock_order_of_lines(session, {part.line.transfer_line_id for part in parts})
    posting = Posting(by.work_date, by.at, by.user_id, SOURCE_CODE)
    bins = bins_of_receipt(session, receipt, location, parts)
    posted_parts = journal_parts(session, receipt, parts, no, by)
    posted = post(session, posting, posted_parts, WarehouseDocument.RECEIPT)
    posted_lines = _write_posted(session, receipt, parts, no, bins, by)
    line_ids = [part.line.transfer_line_id for part in parts]
    _reduce(session, receipt, parts)
    if transfer is not None:
        write_down_of_document(session, transfer, RECEIVED, line_ids, posted.arrivals, by)
    if not location.puts_away:
        return None
    received = [
        _pair(part, arrival or line, posted_lines[part.line.id])
        for part, line, arrival in zip(parts, posted.lines, posted.arrivals, strict=True)
    ]
    return create_put_away(session, location, no, received, by)


def _lock(session: Session, receipt_id: int) -> WarehouseReceipt:
    statement = select(WarehouseReceipt).where(WarehouseReceipt.id == receipt_id)
    locked = statement.with_for_update().execution_options(populate_existing=True)
    receipt = session.scalars(locked).one_or_none()
    if receipt is None:
        raise DocumentGone(document=str(receipt_id))
    return receipt


def _complete_parts(session: Session, receipt: WarehouseReceipt) -> list[ReceivedPart]:
    parts = read_receipt_parts(session, receipt)
    for refusal in incomplete_receipt_lines(parts).values():
        raise refusal
    parts = [part for part in parts if part.quantity_base > 0]
    if not parts:
        raise NothingToReceive(receipt_no=receipt.no)
    return parts


def _write_posted(
    session: Session,
    receipt: WarehouseReceipt,
    parts: Sequence[ReceivedPart],
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


def _pair(part: ReceivedPart, received: PostingLine, posted: PostedReceiptLine) -> NewPair:
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


def _reduce(session: Session, receipt: WarehouseReceipt, parts: Sequence[ReceivedPart]) -> None:
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
