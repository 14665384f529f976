"""Post a transfer order itself: where its locations need no warehouse shipment or receipt.

The goods leave one location for the in-transit location, and come in from there at the other, each
time under the numbers that are named (docs/domain.md 6.10).

This module must never write a ledger itself: `post_item_journal.post` does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy.orm import Session

from scanner_app.errors import RuleRefused
from scanner_app.inventory.item_tracking import (
    TrackingNumbers,
    TrackingSource,
    describe,
    numbers_of,
    tracking_lines_of,
)
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.inventory.location import Location
from scanner_app.inventory.posting_line import Posting, PostingLine, TransferTo
from scanner_app.quantities import ZERO
from scanner_app.warehouse.bin import bins_by_id
from scanner_app.warehouse.post_item_journal import JournalPart, Posted, post
from scanner_app.warehouse.register_activity import By, items_with_codes
from scanner_app.warehouse.transfer_in_transit import (
    TransferGoods,
    goods_in_transit,
    goods_to_receive,
    goods_to_ship,
    left_to_ship,
)
from scanner_app.warehouse.transfer_kind import TRANSFERS
from scanner_app.warehouse.transfer_order import (
    TransferDirection,
    TransferOrder,
)
from scanner_app.warehouse.transfer_progress import (
    Transferred,
    take_transfer_number,
    write_down,
)
from scanner_app.warehouse.transfer_refusals import (
    MoreThanInTransit,
    MoreThanOrdered,
    NothingInTransit,
    NothingLeftToShip,
    NothingToTransfer,
    ReceivedByReceipt,
    ShippedByShipment,
    TransferNotReleased,
)
from scanner_app.warehouse.warehouse_documents import lock_document
from scanner_app.warehouse.warehouse_ledger import WarehouseDocument

SOURCE_CODE = "TRANSFER"


@dataclass(frozen=True)
class Handled:
    """So many base units of a line under one set of numbers that are to be posted now."""

    line_no: int
    numbers: TrackingNumbers
    quantity_base: Decimal


def lock_released_transfer(session: Session, no: str) -> TransferOrder:
    """Lock an order that may be shipped and received.

    Raises:
        DocumentGone: when it is received or deleted.
        TransferNotReleased: for one that is open.
    """
    order: TransferOrder = lock_document(session, TRANSFERS, no)
    if not order.is_released:
        raise TransferNotReleased(no=order.no)
    return order


def post_transfer_shipment(
    session: Session, no: str, handled: Sequence[Handled] | None, by: By
) -> str:
    """Ship so much of an order, all that is left where nothing is said; returns the number.

    Raises:
        ShippedByShipment: where the location ships by warehouse shipments.
        RuleRefused: the first rule that does not hold; nothing is written then.
    """
    order = lock_released_transfer(session, no)
    ships = session.get_one(Location, order.transfer_from_id)
    if ships.require_shipment:
        raise ShippedByShipment(location=ships.code)
    left = goods_to_ship(session, left_to_ship(session, order))
    if not left:
        raise NothingLeftToShip(no=order.no)
    goods = _chosen(order, left, handled, _more_than_ordered)
    number = _post(session, order, TransferDirection.SHIPMENT, goods, by)
    _forget_numbers(session, goods)
    return number


def post_transfer_receipt(
    session: Session, no: str, handled: Sequence[Handled] | None, by: By
) -> str:
    """Receive so much of what is in transit, all where nothing is said; returns the number.

    Raises:
        ReceivedByReceipt: where the location receives by warehouse receipts.
        RuleRefused: the first rule that does not hold; nothing is written then.
    """
    order = lock_released_transfer(session, no)
    receives = session.get_one(Location, order.transfer_to_id)
    if receives.require_receive:
        raise ReceivedByReceipt(location=receives.code)
    left = goods_to_receive(session, goods_in_transit(session, order))
    if not left:
        raise NothingInTransit(no=order.no)
    goods = _chosen(order, left, handled, _more_than_in_transit)
    return _post(session, order, TransferDirection.RECEIPT, goods, by)


def _chosen(
    order: TransferOrder,
    left: Sequence[TransferGoods],
    handled: Sequence[Handled] | None,
    refusal: Callable[[Handled, Decimal], RuleRefused],
) -> list[TransferGoods]:
    """What is to be posted of what is left."""
    if handled is None:
        return list(left)
    by_numbers = {(each.line.line_no, each.numbers): each for each in left}
    goods: list[TransferGoods] = []
    for each in handled:
        of_numbers = by_numbers.pop((each.line_no, each.numbers), None)
        most = of_numbers.quantity_base if of_numbers else ZERO
        if each.quantity_base > most:
            raise refusal(each, most)
        if of_numbers and each.quantity_base > ZERO:
            goods.append(replace(of_numbers, quantity_base=each.quantity_base))
    if not goods:
        raise NothingToTransfer(no=order.no)
    return goods


def _more_than_ordered(each: Handled, most: Decimal) -> RuleRefused:
    return MoreThanOrdered(line_no=each.line_no, quantity=each.quantity_base, outstanding=most)


def _more_than_in_transit(each: Handled, most: Decimal) -> RuleRefused:
    what = describe(str(each.line_no), each.numbers)
    return MoreThanInTransit(what=what, quantity=each.quantity_base, in_transit=most)


def _post(
    session: Session,
    order: TransferOrder,
    direction: TransferDirection,
    goods: Sequence[TransferGoods],
    by: By,
) -> str:
    """Post goods into the in-transit location, or out of it, and write it down at the order."""
    no = take_transfer_number(session, direction, by)
    ships_now = direction is TransferDirection.SHIPMENT
    document = WarehouseDocument.SHIPMENT if ships_now else WarehouseDocument.RECEIPT
    posting = Posting(by.work_date, by.at, by.user_id, SOURCE_CODE)
    parts = _journal_parts(session, order, direction, goods, no, by)
    posted = post(session, posting, parts, document)
    write_down(session, order, direction, no, _transferred(goods, posted), by)
    return no


def _transferred(goods: Sequence[TransferGoods], posted: Posted) -> list[Transferred]:
    """What a posting moved, with the dates that it came in with."""
    return [
        Transferred(each.line, arrived)
        for each, arrived in zip(goods, posted.arrivals, strict=True)
        if arrived is not None
    ]


def _journal_parts(
    session: Session,
    order: TransferOrder,
    direction: TransferDirection,
    goods: Sequence[TransferGoods],
    no: str,
    by: By,
) -> list[JournalPart]:
    """The goods as they are posted; the in-transit location has no bins."""
    ships_now = direction is TransferDirection.SHIPMENT
    ends = (order.transfer_from_id, order.in_transit_id)
    ends = ends if ships_now else (order.in_transit_id, order.transfer_to_id)
    leaves, arrives = (session.get_one(Location, id_) for id_ in ends)
    items = items_with_codes(session, {each.line.item_id for each in goods})
    column = "transfer_from_bin_id" if ships_now else "transfer_to_bin_id"
    bins = bins_by_id(session, [getattr(each.line, column) for each in goods])
    parts = []
    for each in goods:
        item, code = items[each.line.item_id]
        line = PostingLine(
            entry_type=EntryType.TRANSFER,
            posting_date=by.work_date,
            document_no=no,
            document_date=by.work_date,
            item=item,
            tracking_code=code,
            variant_id=each.line.variant_id,
            location=leaves,
            quantity_base=-each.quantity_base,
            unit_of_measure_id=each.line.unit_of_measure_id,
            qty_per_unit_of_measure=each.line.qty_per_unit_of_measure,
            numbers=each.numbers,
            source_no=order.no,
            reason_code_id=each.line.reason_code_id,
            transfer_to=TransferTo(arrives, each.numbers),
        )
        bin_ = bins.get(getattr(each.line, column) or 0)
        parts.append(JournalPart(line, *((bin_, None) if ships_now else (None, bin_))))
    return parts


def _forget_numbers(session: Session, goods: Sequence[TransferGoods]) -> None:
    """What a line named and has left is not named any more."""
    named = tracking_lines_of(
        session, TrackingSource.TRANSFER_LINE, {each.line.id for each in goods}
    )
    shipped = {(each.line.id, each.numbers): each.quantity_base for each in goods}
    for line_id, parts in named.items():
        for part in parts:
            left = part.quantity_base - shipped.get((line_id, numbers_of(part)), ZERO)
            part.quantity_base, part.qty_to_handle_base = left, left
            if left == ZERO:
                session.delete(part)
    session.flush()
