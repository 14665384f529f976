"""Select Entries: which numbers on inventory an outbound line may take, and how much.

What other unposted lines of journals and shipments ask for is not available; what is expected
never is (docs/domain.md 12.5).

This module must never take what is not there: posting checks that again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from scanner_app.inventory.item_journal import ItemJournalLine
from scanner_app.inventory.item_ledger import OpenItemLedgerEntry
from scanner_app.inventory.item_tracking import (
    NO_NUMBERS,
    ItemTrackingLine,
    TrackingNumbers,
    TrackingSource,
)
from scanner_app.many_keys import holding_one_of
from scanner_app.quantities import ONE, ZERO
from scanner_app.warehouse.journal_tracking import TrackedLine, TrackedPart
from scanner_app.warehouse.journal_tracking_lines import add_parts
from scanner_app.warehouse.journal_tracking_refusals import (
    EntriesForInboundLine,
    LineHasItsNumbers,
    NothingAvailable,
    NothingSelected,
)
from scanner_app.warehouse.picked_numbers import shipped_numbers
from scanner_app.warehouse.shipment import WarehouseShipment, WarehouseShipmentLine
from scanner_app.warehouse.transfer_order import TransferOrder, TransferOrderLine

KEY = (
    OpenItemLedgerEntry.serial_no,
    OpenItemLedgerEntry.lot_no,
    OpenItemLedgerEntry.package_no,
)


@dataclass(frozen=True)
class Selectable:
    """One set of numbers on inventory at the location of a line; quantities in base units.

    Attributes:
        total: what is on inventory.
        requested: what other unposted lines ask for.
        selected: what this line asks for.
    """

    numbers: TrackingNumbers
    expiration_date: date | None
    total: Decimal
    requested: Decimal
    selected: Decimal

    @property
    def available(self) -> Decimal:
        """What this line may still take; less than 0 where too much is asked for already."""
        return self.total - self.requested - self.selected


def selectable_entries(
    session: Session, tracked: TrackedLine, after: TrackingNumbers, rows_max: int
) -> list[Selectable]:
    """So many sets of numbers in their order, after the one that the part before ended with."""
    rows = session.execute(
        _on_inventory(tracked)
        .where(tuple_(*KEY) > tuple_(*after.as_tuple()))
        .order_by(*KEY)
        .limit(rows_max)
    )
    return _with_requests(session, tracked, rows)


def entries_of(
    session: Session, tracked: TrackedLine, wanted: Collection[TrackingNumbers]
) -> dict[TrackingNumbers, Selectable]:
    """Certain sets of numbers, as far as they are on inventory."""
    keys = [numbers.as_tuple() for numbers in wanted]
    rows = session.execute(holding_one_of(session, _on_inventory(tracked), KEY, keys))
    return {entry.numbers: entry for entry in _with_requests(session, tracked, rows)}


def select_entries(
    session: Session, tracked: TrackedLine, wanted: Sequence[TrackingNumbers]
) -> None:
    """Let an outbound line take what is available of these numbers, until it has its quantity.

    Raises:
        EntriesForInboundLine: for a line that brings stock in.
        NothingSelected, NothingAvailable: for no numbers, and for numbers of which nothing is left.
        LineHasItsNumbers: when nothing of the line is left to be named.
        RuleRefused: as `add_parts` raises it.
    """
    line_no = tracked.line.line_no
    if tracked.comes_in:
        raise EntriesForInboundLine(line_no=line_no)
    if not wanted:
        raise NothingSelected
    entries, parts = entries_of(session, tracked, wanted), []
    left = tracked.tracking.undefined_base
    for numbers in wanted:
        entry = entries.get(numbers)
        available = entry.available if entry else ZERO
        if entry is None or available <= 0:
            raise NothingAvailable(numbers=" ".join(filter(None, numbers.as_tuple())))
        quantity = min(available, left, ONE) if numbers.serial_no else min(available, left)
        if quantity == 0:
            break
        left -= quantity
        new_numbers = numbers if tracked.is_transfer else NO_NUMBERS
        day = entry.expiration_date
        parts.append(TrackedPart(0, numbers, quantity, None, day, new_numbers))
    if not parts:
        raise LineHasItsNumbers(line_no=line_no)
    add_parts(session, tracked, parts)


def _on_inventory(tracked: TrackedLine) -> Select[str, str, str, date | None, Decimal]:
    row = OpenItemLedgerEntry
    remaining = func.sum(row.remaining_quantity, type_=row.remaining_quantity.type)
    return (
        select(*KEY, func.min(row.expiration_date), remaining)
        .where(
            row.item_id == tracked.line.item_id,
            row.variant_id == tracked.line.variant_id,
            row.location_id == tracked.location_id,
            or_(row.serial_no != "", row.lot_no != "", row.package_no != ""),
        )
        .group_by(*KEY)
    )


def _with_requests(session: Session, tracked: TrackedLine, rows: Iterable[Any]) -> list[Selectable]:
    requested = _requested_by_others(session, tracked)
    selected: defaultdict[TrackingNumbers, Decimal] = defaultdict(lambda: ZERO)
    for part in tracked.tracking.parts:
        selected[part.numbers] += part.quantity_base
    entries = []
    for serial_no, lot_no, package_no, day, total in rows:
        numbers = TrackingNumbers(serial_no, lot_no, package_no)
        entries.append(
            Selectable(
                numbers, day, total, requested.get(numbers, ZERO), selected.get(numbers, ZERO)
            )
        )
    return entries


def _requested_by_others(session: Session, tracked: TrackedLine) -> dict[TrackingNumbers, Decimal]:
    """What other lines take of the same stock: of journals, shipments and transfer orders."""
    requested: defaultdict[TrackingNumbers, Decimal] = defaultdict(lambda: ZERO)
    for numbers, quantity in [
        *_requested_by_journals(session, tracked),
        *_requested_by_shipments(session, tracked),
        *_requested_by_transfers(session, tracked),
    ]:
        requested[numbers] += quantity
    return requested


def _requested_by_journals(
    session: Session, tracked: TrackedLine
) -> Iterator[tuple[TrackingNumbers, Decimal]]:
    """What the unposted lines of journals take, wherever their numbers stand."""
    row, part = ItemJournalLine, ItemTrackingLine
    of_others = (
        *_of_same_item(row, tracked),
        row.location_id == tracked.location_id,
        ~row.comes_in,
    )
    own = select(row.serial_no, row.lot_no, row.package_no, row.quantity_base).where(
        *of_others, or_(row.serial_no != "", row.lot_no != "", row.package_no != "")
    )
    of_line = and_(
        part.source_type == TrackingSource.ITEM_JOURNAL_LINE, part.source_line_id == row.id
    )
    on_parts = (
        select(part.serial_no, part.lot_no, part.package_no, part.quantity_base)
        .join(row, of_line)
        .where(*of_others)
    )
    for statement in (own, on_parts):
        for serial_no, lot_no, package_no, quantity in session.execute(statement):
            yield TrackingNumbers(serial_no, lot_no, package_no), abs(quantity)


def _requested_by_shipments(
    session: Session, tracked: TrackedLine
) -> Iterator[tuple[TrackingNumbers, Decimal]]:
    """The numbers that open shipments name, less what of them has left."""
    row, part, header = WarehouseShipmentLine, ItemTrackingLine, WarehouseShipment
    of_line = and_(part.source_type == TrackingSource.SHIPMENT_LINE, part.source_line_id == row.id)
    rows = session.execute(
        select(row.id, part.serial_no, part.lot_no, part.package_no, part.quantity_base)
        .join(row, of_line)
        .join(header, header.id == row.shipment_id)
        .where(*_of_same_item(row, tracked), header.location_id == tracked.location_id)
    )
    named = [
        (line_id, TrackingNumbers(s, lot, p), quantity) for line_id, s, lot, p, quantity in rows
    ]
    shipped: defaultdict[tuple[int, TrackingNumbers], Decimal] = defaultdict(lambda: ZERO)
    for line_id, numbers, quantity in shipped_numbers(session, sorted({id_ for id_, *_ in named})):
        shipped[line_id, numbers] += quantity
    for line_id, numbers, quantity in named:
        yield numbers, max(quantity - shipped[line_id, numbers], ZERO)


def _requested_by_transfers(
    session: Session, tracked: TrackedLine
) -> Iterator[tuple[TrackingNumbers, Decimal]]:
    """The numbers that transfer orders name; what is shipped is not named any more."""
    row, part, order = TransferOrderLine, ItemTrackingLine, TransferOrder
    of_line = and_(part.source_type == TrackingSource.TRANSFER_LINE, part.source_line_id == row.id)
    rows = session.execute(
        select(part.serial_no, part.lot_no, part.package_no, part.quantity_base)
        .join(row, of_line)
        .join(order, order.id == row.transfer_id)
        .where(*_of_same_item(row, tracked), order.transfer_from_id == tracked.location_id)
    )
    for serial_no, lot_no, package_no, quantity in rows:
        yield TrackingNumbers(serial_no, lot_no, package_no), quantity


def _of_same_item(row: Any, tracked: TrackedLine) -> tuple[ColumnElement[bool], ...]:  # noqa: ANN401 - lines of three tables
    """Lines of the item and variant of a line, but not that line itself."""
    line = tracked.line
    same = (row.item_id == line.item_id, row.variant_id == line.variant_id)
    return (*same, row.id != line.id) if isinstance(line, row) else same
