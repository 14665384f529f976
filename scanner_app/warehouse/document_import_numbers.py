"""The numbers that rows of a file name for the lines of receipts and shipments.

They are tested as those that are typed, and the dates that are known of all of them are looked up
at once (docs/domain.md 6.7, 6.8).

This module must never write.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from scanner_app.errors import RuleRefused
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.item_tracking_code import ItemTrackingCode
from scanner_app.inventory.posting_refusals import ExpirationDateDiffers
from scanner_app.inventory.text_card import day_of, text_of_day
from scanner_app.inventory.tracking_information import known_expiration_dates
from scanner_app.quantities import to_base
from scanner_app.warehouse.document_import_rows import ImportRow
from scanner_app.warehouse.document_kind import DocumentKind, Line
from scanner_app.warehouse.journal_tracking import (
    LineTracking,
    TakenNumbers,
    TrackedLine,
    TrackedPart,
)
from scanner_app.warehouse.register_activity import items_with_codes
from scanner_app.warehouse.tracked_dates import (
    KnownDates,
    number_with_date,
    uses_expiration_dates,
    with_known_date,
)

ItemsWithCodes = Mapping[int, tuple[Item, ItemTrackingCode | None]]


@dataclass
class DraftedLine:
    """A line as it would be written, and the rows that it is made of.

    Attributes:
        parts: its numbers, once they are tested.
    """

    kind: DocumentKind
    line: Line
    rows: Sequence[ImportRow]
    parts: list[TrackedPart] = field(default_factory=list)


def name_numbers(session: Session, location_id: int, drafts: Sequence[DraftedLine]) -> None:
    """Let lines have the numbers of their rows; what is refused is a fault of its row."""
    tracked_drafts = [draft for draft in drafts if draft.rows[0].is_tracked]
    items = items_with_codes(session, {draft.line.item_id for draft in tracked_drafts})
    lines = [(draft, _tracked(draft, items, location_id)) for draft in tracked_drafts]
    numbers = [
        number
        for draft, tracked in lines
        for row in draft.rows
        if (number := number_with_date(tracked, _numbers_of(row)))
    ]
    known = known_expiration_dates(session, numbers)
    for draft, tracked in lines:
        draft.parts.extend(_take_parts(tracked, draft.rows, known))


def _tracked(draft: DraftedLine, items: ItemsWithCodes, location_id: int) -> TrackedLine:
    kind, line = draft.kind, draft.line
    item, code = items[line.item_id]
    tracking = LineTracking(to_base(line.quantity, line.qty_per_unit_of_measure), ())
    return TrackedLine(kind.source, line, item, code, tracking, location_id, kind.comes_in)


def _take_parts(
    tracked: TrackedLine, rows: Sequence[ImportRow], known: KnownDates
) -> list[TrackedPart]:
    """The parts of a line, one for each row that nothing stands against."""
    taken, days, parts = TakenNumbers(tracked.tracking), _days_of_lots(rows), []
    for row in rows:
        try:
            part = _part_of(tracked, row, days)
            taken.take(part)
            parts.append(with_known_date(tracked, part, known))
        except RuleRefused as fault:
            row.faults.append(fault)
    return parts


def _part_of(tracked: TrackedLine, row: ImportRow, days: Mapping[str, date]) -> TrackedPart:
    """What a row names; the date of a lot is that of its first row that says one.

    Raises:
        ExpirationDateDiffers: for another date than the lot has on this line.
    """
    item, numbers = tracked.item, _numbers_of(row)
    quantity = to_base(row.line.quantity, row.line.qty_per_unit_of_measure)
    given = day_of(row.card["expiration_date"])
    day = days.get(numbers.lot_no, given)
    if uses_expiration_dates(tracked) and given not in (None, day):
        raise ExpirationDateDiffers(
            item_no=item.no,
            number=numbers.lot_no,
            known=text_of_day(day),
            given=text_of_day(given),
        )
    return TrackedPart(0, numbers, quantity, day_of(row.card["warranty_date"]), day)


def _days_of_lots(rows: Sequence[ImportRow]) -> dict[str, date]:
    """The first date that is given for each lot."""
    days: dict[str, date] = {}
    for row in rows:
        day, lot_no = day_of(row.card["expiration_date"]), row.card["lot_no"]
        if day and lot_no:
            days.setdefault(lot_no, day)
    return days


def _numbers_of(row: ImportRow) -> TrackingNumbers:
    card = row.card
    return TrackingNumbers(card["serial_no"], card["lot_no"], card["package_no"])
