"""Entering item tracking lines: the numbers of a line, one by one or many at once.

The first number that is entered takes along what stands on a journal line itself, so that the
numbers of a line always stand in one place. Who enters numbers has the batch or document alone for
that moment: the verbs are handed a line that is locked. They never commit.

This module must never post, nor change what a line says besides its numbers.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.inventory.assign_numbers import (
    Asked,
    assign_lot_no,
    assign_package_no,
    assign_serial_nos,
)
from scanner_app.inventory.assigned_number import numbers_of_batch
from scanner_app.inventory.item import ItemVariant
from scanner_app.inventory.item_journal import ItemJournalLine
from scanner_app.inventory.item_tracking import (
    ItemTrackingLine,
    TrackingNumbers,
    TrackingSource,
)
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.inventory.text_card import TextCard, check_unchanged, day_of, text_of_day
from scanner_app.inventory.tracking_information import NumberKind
from scanner_app.quantities import ONE, check_rounding_precision, parse_quantity
from scanner_app.warehouse.document_tracking import receive_what_is_named
from scanner_app.warehouse.documents_of_transfers import (
    check_shipped_numbers_stay,
    check_takes_numbers,
)
from scanner_app.warehouse.item_journal_lines import lock_item_journal_line
from scanner_app.warehouse.journal_fields import (
    RECEIPT_TRACKING_LINE_FIELDS,
    TRACKING_LINE_FIELDS,
    TRANSFER_TRACKING_LINE_FIELDS,
)
from scanner_app.warehouse.journal_tracking import (
    LineTracking,
    TrackedLine,
    TrackedPart,
    check_parts,
    own_parts,
    tracked_line,
)
from scanner_app.warehouse.journal_tracking_refusals import TrackingLineGone
from scanner_app.warehouse.record_card import Fields, read_card
from scanner_app.warehouse.tracked_dates import with_known_dates

FIELD_OF_KIND = {
    NumberKind.SERIAL: "serial_no",
    NumberKind.LOT: "lot_no",
    NumberKind.PACKAGE: "package_no",
}


def tracking_fields(tracked: TrackedLine) -> Fields:
    """The fields of an item tracking line.

    A transfer also says how it comes in, a line of a receipt how much of it came.
    """
    if tracked.is_transfer:
        return TRANSFER_TRACKING_LINE_FIELDS
    if tracked.source is TrackingSource.RECEIPT_LINE:
        return RECEIPT_TRACKING_LINE_FIELDS
    return TRACKING_LINE_FIELDS


def card_of_part(part: TrackedPart, fields: Fields = TRACKING_LINE_FIELDS) -> TextCard:
    """What an item tracking line says, in the fields of its line."""
    quantities = {"quantity": part.quantity_base, "qty_to_handle": part.next_base}
    says = _columns(part) | {name: f"{quantity:f}" for name, quantity in quantities.items()}
    days = {name: text_of_day(day) for name, day in says.items() if name.endswith("_date")}
    card = says | days
    return {field.name: card[field.name] for field in fields}


def add_tracking_line(session: Session, tracked: TrackedLine, typed: TextCard) -> None:
    """Add one set of numbers; without a quantity a serial no. is 1, others take what is left.

    Raises:
        RuleRefused: as `read_card`, `check_parts` and `with_known_dates` raise it.
    """
    add_parts(session, tracked, [_read_part(tracked, typed, 0)])


def assign_tracking_numbers(
    session: Session,
    tracked: TrackedLine,
    kind: NumberKind,
    typed: TextCard,
    on_date: date,
    change: Change,
) -> None:
    """Add numbers of the item's series: so many serial numbers, or one lot or package number.

    A transfer gets one New number for those that were typed.

    Raises:
        RuleRefused: as the verbs that assign numbers and `add_tracking_line` raise it.
    """
    variant = session.get_one(ItemVariant, tracked.line.variant_id)
    asked = Asked(tracked.item.no, variant.code)
    if kind is NumberKind.SERIAL:
        left = typed["quantity"] or f"{tracked.tracking.undefined_base:f}"
        wanted = "1" if tracked.is_transfer else left
        batch = assign_serial_nos(session, asked, wanted, on_date, change)
        typed = typed if tracked.is_transfer else typed | {"quantity": "1"}
    else:
        assign = assign_lot_no if kind is NumberKind.LOT else assign_package_no
        batch = assign(session, asked, on_date, change)
    field = f"new_{FIELD_OF_KIND[kind]}" if tracked.is_transfer else FIELD_OF_KIND[kind]
    add_parts(
        session,
        tracked,
        [
            _read_part(tracked, typed | {field: number}, 0)
            for number in numbers_of_batch(session, batch)
        ],
    )


def change_tracking_line(
    session: Session, tracked: TrackedLine, part_id: int, as_read: TextCard, typed: TextCard
) -> None:
    """Let one set of numbers say what was typed.

    Raises:
        TrackingLineGone: when it is not there.
        CardChanged: when somebody changed it after it was read.
        ShippedNumbersStay: for other numbers, dates or quantities of what was shipped.
        RuleRefused: as `add_tracking_line` raises it.
    """
    stored = find_part(tracked.tracking, part_id)
    check_unchanged(as_read, card_of_part(stored, tracking_fields(tracked)))
    part = replace(_read_part(tracked, typed, part_id), handled_base=stored.handled_base)
    fields = tracking_fields(tracked)
    check_shipped_numbers_stay(tracked, card_of_part(stored, fields), card_of_part(part, fields))
    check_parts(tracked.tracking.but(part_id), [part])
    [part] = with_known_dates(session, tracked, [part])
    row = ItemTrackingLine
    session.execute(update(row).where(row.id == part_id).values(_columns(part)))
    _date_the_lot(session, tracked, part)
    receive_what_is_named(session, tracked)


def delete_tracking_line(session: Session, tracked: TrackedLine, part_id: int) -> None:
    """Take one set of numbers off a line.

    Raises:
        TrackingLineGone: when it is not there.
        ShippedNumbersStay: for what a transfer was shipped under.
    """
    part = find_part(tracked.tracking, part_id)
    check_shipped_numbers_stay(tracked, card_of_part(part))
    session.execute(delete(ItemTrackingLine).where(ItemTrackingLine.id == part.id))


def find_part(tracking: LineTracking, part_id: int) -> TrackedPart:
    """One set of numbers of a line.

    Raises:
        TrackingLineGone: when it is not there.
    """
    for part in tracking.parts:
        if part.id == part_id:
            return part
    raise TrackingLineGone


def transfer_numbers(session: Session, lines: Sequence[ItemJournalLine]) -> None:
    """Let the numbers of lines stand on item tracking lines; the caller holds their batch."""
    source = TrackingSource.ITEM_JOURNAL_LINE
    rows = [row_of_part(source, line.id, part) for line in lines for part in own_parts(line)]
    if not rows:
        return
    session.execute(insert(ItemTrackingLine), rows)
    for line in lines:
        line.serial_no = line.lot_no = line.package_no = ""
        line.new_serial_no = line.new_lot_no = line.new_package_no = ""
        line.warranty_date = line.expiration_date = line.new_expiration_date = None
    session.flush()


def lock_tracked_line(session: Session, name: str, line_no: int) -> TrackedLine:
    """A journal line with its numbers on item tracking lines, held for this transaction.

    Raises:
        RecordUnknown, JournalLineGone: for what is not there.
    """
    hold_set_up(session)
    _, line = lock_item_journal_line(session, name, line_no)
    tracked = tracked_line(session, line)
    if any(part.id == 0 for part in tracked.tracking.parts):
        transfer_numbers(session, [line])
        return tracked_line(session, line)
    return tracked


def _read_part(tracked: TrackedLine, typed: TextCard, part_id: int) -> TrackedPart:
    """What was typed, with what is left out filled in from the line and its other numbers."""
    card = read_card(tracking_fields(tracked), typed)
    others = tracked.tracking.but(part_id)
    numbers = TrackingNumbers(card["serial_no"], card["lot_no"], card["package_no"])
    quantity = others.undefined_base
    if card["quantity"]:
        quantity = parse_quantity(card["quantity"])
    elif numbers.serial_no:
        quantity = ONE
    item = tracked.item
    check_rounding_precision(quantity, item.qty_rounding_precision, item.no)
    if tracked.is_transfer:
        return _with_new_numbers(TrackedPart(part_id, numbers, quantity), others, card)
    of_lot = [part for part in others.parts if part.numbers.lot_no == numbers.lot_no != ""]
    day = day_of(card["expiration_date"]) or next((part.expiration_date for part in of_lot), None)
    part = TrackedPart(part_id, numbers, quantity, day_of(card["warranty_date"]), day)
    to_handle = card.get("qty_to_handle", "")
    return replace(part, to_handle_base=parse_quantity(to_handle)) if to_handle else part


def _with_new_numbers(part: TrackedPart, others: LineTracking, card: TextCard) -> TrackedPart:
    """How a transfer comes in: an empty New number of a new part is the number itself."""
    new = TrackingNumbers(card["new_serial_no"], card["new_lot_no"], card["new_package_no"])
    if part.id == 0:
        new = new.completed_by(part.numbers)
    of_lot = [each for each in others.parts if each.new_numbers.lot_no == new.lot_no != ""]
    day = day_of(card["new_expiration_date"])
    day = day or next((each.new_expiration_date for each in of_lot), None)
    return replace(part, new_numbers=new, new_expiration_date=day)


def add_parts(session: Session, tracked: TrackedLine, parts: Sequence[TrackedPart]) -> None:
    """Write new sets of numbers.

    Raises:
        NumberNotShipped: for what comes in by a transfer, whose numbers are there.
        RuleRefused: as `check_parts` and `with_known_dates` raise it.
    """
    check_takes_numbers(tracked, parts)
    check_parts(tracked.tracking, parts)
    dated = with_known_dates(session, tracked, parts)
    rows = [row_of_part(tracked.source, tracked.line.id, part) for part in dated]
    session.execute(insert(ItemTrackingLine), rows)
    _date_the_lot(session, tracked, dated[-1])
    receive_what_is_named(session, tracked)


def _date_the_lot(session: Session, tracked: TrackedLine, part: TrackedPart) -> None:
    """A lot has one date: what was given for a part of it holds for the others."""
    if not part.numbers.lot_no:
        return
    row = ItemTrackingLine
    session.execute(
        update(row)
        .where(
            row.source_type == tracked.source,
            row.source_line_id == tracked.line.id,
            row.lot_no == part.numbers.lot_no,
            row.expiration_date.is_distinct_from(part.expiration_date),
        )
        .values(expiration_date=part.expiration_date)
    )
    of_new_lot = update(row).where(
        row.source_type == tracked.source,
        row.source_line_id == tracked.line.id,
        row.new_lot_no == part.new_numbers.lot_no,
        row.new_lot_no != "",
    )
    session.execute(of_new_lot.values(new_expiration_date=part.new_expiration_date))


def row_of_part(source: TrackingSource, line_id: int, part: TrackedPart) -> dict[str, Any]:
    """The item tracking line of a part, as the table keeps it."""
    return {"source_type": source, "source_line_id": line_id} | _columns(part)


def _columns(part: TrackedPart) -> dict[str, Any]:
    return {
        "serial_no": part.numbers.serial_no,
        "lot_no": part.numbers.lot_no,
        "package_no": part.numbers.package_no,
        "warranty_date": part.warranty_date,
        "expiration_date": part.expiration_date,
        "new_serial_no": part.new_numbers.serial_no,
        "new_lot_no": part.new_numbers.lot_no,
        "new_package_no": part.new_numbers.package_no,
        "new_expiration_date": part.new_expiration_date,
        "quantity_base": part.handled_base + part.quantity_base,
        "qty_to_handle_base": part.next_base,
    }
