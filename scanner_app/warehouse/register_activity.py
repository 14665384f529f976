"""Register a put-away, pick or movement: take and place become warehouse entries.

Only the quantities to handle are registered; the rest stays outstanding. Each run makes one
registered document. No item ledger entry is written (docs/domain.md 5.3, 5.4).

This module must never change a quantity that was not scanned or typed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from scanner_app.code_index import CodeKind, forget_codes
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_tracking import numbers_of
from scanner_app.inventory.item_tracking_code import ItemTrackingCode
from scanner_app.inventory.number_series import take_number
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.quantities import ZERO
from scanner_app.warehouse.activity import (
    TO_REGISTER,
    ActionType,
    ActivityType,
    RegisteredActivity,
    RegisteredActivityLine,
    WarehouseActivity,
    WarehouseActivityLine,
)
from scanner_app.warehouse.activity_checks import check_activity
from scanner_app.warehouse.bin import Bin, bins_by_id
from scanner_app.warehouse.new_warehouse_entry import NewWarehouseEntry, Registration
from scanner_app.warehouse.short_pick import keep_short_picks
from scanner_app.warehouse.source_of_activity import tell_source
from scanner_app.warehouse.warehouse_ledger import WarehouseDocument, WarehouseEntryType
from scanner_app.warehouse.warehouse_posting import write_warehouse_entries

SERIES_OF_REGISTERED = {
    ActivityType.PUT_AWAY: "REG-PUTAWAY",
    ActivityType.PICK: "REG-PICK",
    ActivityType.MOVEMENT: "REG-MOVE",
}
KIND_OF_CODE = {
    ActivityType.PUT_AWAY: CodeKind.PUT_AWAY,
    ActivityType.PICK: CodeKind.PICK,
    ActivityType.MOVEMENT: CodeKind.MOVEMENT,
}
SOURCE_CODE = {
    ActivityType.PUT_AWAY: "WHSEPUTAWY",
    ActivityType.PICK: "WHSEPICK",
    ActivityType.MOVEMENT: "WHSEMOVE",
}


class DocumentGone(RuleRefused):
    """The document was registered completely by somebody else."""

    message = N_("{document} is not open any more.")
    way_out = N_("Go back to the list: it may be registered already.")


@dataclass(frozen=True)
class RegisteredResult:
    """What a registration did: the new document's number, its lines, and whether more is left.

    Attributes:
        no: '' where nothing was taken, only noted as missing; then there is no register either.
        short_lines: on how many lines of a pick something was missing.
    """

    no: str
    register_no: int
    lines: int
    outstanding_lines: int
    short_lines: int = 0


@dataclass(frozen=True)
class By:
    """Who does it, and when: the work date of the location and the moment."""

    user_id: int
    work_date: date
    at: datetime


def lock_activity(session: Session, activity_id: int) -> WarehouseActivity:
    """Lock the header, so that scans and registrations of one document take turns.

    Raises:
        DocumentGone: when it is not there any more.
    """
    activity = session.scalars(
        select(WarehouseActivity)
        .where(WarehouseActivity.id == activity_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if activity is None:
        raise DocumentGone(document=str(activity_id))
    return activity


def register_warehouse_activity(session: Session, activity_id: int, by: By) -> RegisteredResult:
    """Register what is to be handled, whole or partly.

    Raises:
        RuleRefused: the first check that does not hold; nothing is written then.
    """
    hold_set_up(session)
    activity = lock_activity(session, activity_id)
    lines = _lines_to_register(session, activity)
    handled = [line for line in lines if line.qty_to_handle > ZERO]
    # A worker who found nothing at all registers that, and no stock moves.
    no, register_no = _register(session, activity, handled, by) if handled or not lines else ("", 0)
    short = keep_short_picks(session, activity, lines, no, user_id=by.user_id, at=by.at)
    left = _reduce_lines(session, activity, lines, no)
    return RegisteredResult(no, register_no, len(handled), left, short)


def _register(
    session: Session, activity: WarehouseActivity, lines: Sequence[WarehouseActivityLine], by: By
) -> tuple[str, int]:
    """Check and write what was handled; returns the numbers of the document and its register."""
    items = items_with_codes(session, {line.item_id for line in lines})
    check_activity(session, activity, lines, items)
    bins = bins_by_id(session, (line.bin_id for line in lines))
    no = take_number(session, SERIES_OF_REGISTERED[activity.type], by.work_date)
    registration = Registration(
        registering_date=by.work_date,
        registered_at=by.at,
        user_id=by.user_id,
        source_code=SOURCE_CODE[activity.type],
        document=WarehouseDocument(activity.type.value),
        reference_no=no,
    )
    entries = [_entry(activity, line, items, bins) for line in lines]
    register = write_warehouse_entries(session, registration, entries)
    _insert_registered(session, activity, lines, no, register.id, by)
    tell_source(session, activity, lines)
    return no, register.no


def items_with_codes(
    session: Session, item_ids: set[int]
) -> dict[int, tuple[Item, ItemTrackingCode | None]]:
    """Items with their tracking codes, in one look-up."""
    rows = session.execute(
        select(Item, ItemTrackingCode)
        .outerjoin(ItemTrackingCode, ItemTrackingCode.id == Item.item_tracking_code_id)
        .where(Item.id.in_(sorted(item_ids)))
    )
    return {item.id: (item, code) for item, code in rows}


def _lines_to_register(
    session: Session, activity: WarehouseActivity
) -> Sequence[WarehouseActivityLine]:
    """The lines of which something was handled, or noted as missing."""
    line = WarehouseActivityLine
    statement = select(line).where(line.activity_id == activity.id, TO_REGISTER)
    return session.scalars(statement.order_by(line.line_no)).all()


def _entry(
    activity: WarehouseActivity,
    line: WarehouseActivityLine,
    items: dict[int, tuple[Item, ItemTrackingCode | None]],
    bins: dict[int, Bin],
) -> NewWarehouseEntry:
    """Take is minus, Place is plus, both of type Movement."""
    sign = -1 if line.action_type is ActionType.TAKE else 1
    code = items[line.item_id][1]
    return NewWarehouseEntry(
        bin=bins[line.bin_id or 0],
        item_id=line.item_id,
        variant_id=line.variant_id,
        unit_of_measure_id=line.unit_of_measure_id,
        qty_per_unit_of_measure=line.qty_per_unit_of_measure,
        quantity=sign * line.qty_to_handle,
        quantity_base=sign * line.qty_to_handle_base,
        numbers=numbers_of(line),
        serial_specific=code is not None and code.serial_specific_tracking,
        entry_type=WarehouseEntryType.MOVEMENT,
        warranty_date=line.warranty_date,
        expiration_date=line.expiration_date,
        source_no=activity.source_no,
        reason_code_id=line.reason_code_id,
    )


COPIED = (
    "line_no",
    "action_type",
    "item_id",
    "variant_id",
    "bin_id",
    "unit_of_measure_id",
    "qty_per_unit_of_measure",
    "serial_no",
    "lot_no",
    "package_no",
    "warranty_date",
    "expiration_date",
    "source_document_line_id",
    "reason_code_id",
)


def _insert_registered(
    session: Session,
    activity: WarehouseActivity,
    lines: Sequence[WarehouseActivityLine],
    no: str,
    register_id: int,
    by: By,
) -> None:
    header = RegisteredActivity(
        type=activity.type,
        no=no,
        activity_no=activity.no,
        location_id=activity.location_id,
        source_no=activity.source_no,
        registering_date=by.work_date,
        registered_at=by.at,
        user_id=by.user_id,
        register_id=register_id,
    )
    session.add(header)
    session.flush()
    rows: list[dict[str, Any]] = [
        {column: getattr(line, column) for column in COPIED}
        | {
            "registered_activity_id": header.id,
            "quantity": line.qty_to_handle,
            "quantity_base": line.qty_to_handle_base,
        }
        for line in lines
    ]
    session.execute(insert(RegisteredActivityLine), rows)


def _reduce_lines(
    session: Session,
    activity: WarehouseActivity,
    lines: Sequence[WarehouseActivityLine],
    no: str,
) -> int:
    """Delete what is done, reduce what is not, and the header with its last line.

    What is missing leaves the document, so that it can be picked from elsewhere.
    """
    done_ids = [line.id for line in lines if not _left_of(line)]
    reduced = [
        {
            "id": line.id,
            "qty_handled": line.qty_handled + line.qty_to_handle,
            "qty_handled_base": line.qty_handled_base + line.qty_to_handle_base,
            "quantity": line.quantity - line.qty_missing,
            "quantity_base": line.quantity_base - line.qty_missing_base,
            "qty_outstanding": _left_of(line),
            "qty_outstanding_base": line.qty_outstanding_base
            - line.qty_to_handle_base
            - line.qty_missing_base,
            "qty_to_handle": ZERO,
            "qty_to_handle_base": ZERO,
            "qty_missing": ZERO,
            "qty_missing_base": ZERO,
            "missing_reason_id": None,
        }
        for line in lines
        if _left_of(line)
    ]
    for line in lines:
        session.expunge(line)
    session.execute(delete(WarehouseActivityLine).where(WarehouseActivityLine.id.in_(done_ids)))
    if reduced:
        session.execute(update(WarehouseActivityLine), reduced)
    left = select(WarehouseActivityLine.id).where(WarehouseActivityLine.activity_id == activity.id)
    outstanding = len(session.scalars(left).all())
    if outstanding:
        activity.last_registering_no = no or activity.last_registering_no
        activity.lock_version += 1
    else:
        forget_codes(session, KIND_OF_CODE[activity.type], [activity.id])
        session.delete(activity)
    session.flush()
    return outstanding


def _left_of(line: WarehouseActivityLine) -> Decimal:
    return line.qty_outstanding - line.qty_to_handle - line.qty_missing
