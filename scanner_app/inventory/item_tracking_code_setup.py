"""Setting up item tracking codes: what switches what, and what may no longer change.

`follow_edits` lets the fields of a draft follow each other, `check_change` says what stands
against a draft; the card asks both while somebody edits, and the verbs ask them again before
they write (docs/domain.md 2.10). Two editors are told apart by the values that each one read.

This module must never know the web, nor which room keeps the warehouse's entries.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.change_log import CardChanged, log_changes
from scanner_app.access.sign_in import Change
from scanner_app.inventory.date_formula import neutral_formula, read_date_formula
from scanner_app.inventory.description import read_description
from scanner_app.inventory.item_tracking_code import KINDS, ItemTrackingCode
from scanner_app.inventory.item_tracking_code_captions import REQUIRE_DATE, STRICT, USE_DATES
from scanner_app.inventory.item_tracking_code_fields import (
    FIELDS,
    FLOWS_OF_KIND,
    TEXT_FIELDS,
    FieldValue,
    Values,
    blank_values,
    caption_of,
    values_of,
    written,
)
from scanner_app.inventory.item_tracking_code_refusals import (
    DatedEntriesExist,
    ExpirationDatesNeeded,
    ExpirationIsCalculated,
    FlowImplied,
    ItemLedgerEntriesExist,
    ItemTrackingCodeInUse,
    ItemTrackingCodeMissing,
    ItemTrackingCodeNotInAddress,
    ItemTrackingCodeTaken,
    ItemTrackingCodeUnknown,
    WarehouseEntriesExist,
    WarehouseNeedsSpecific,
)
from scanner_app.inventory.item_tracking_code_use import FindItem, UseOfCode
from scanner_app.inventory.set_up_lock import lock_set_up
from scanner_app.records import to_code

TABLE = ItemTrackingCode.__tablename__
CODE_LENGTH = 10


@dataclass(frozen=True)
class AskedChange:
    """What an editor wants a card to say, and what it said when the editor opened it."""

    as_read: Values
    wanted: Values


def create_item_tracking_code(
    session: Session, code: str, description: str, change: Change
) -> ItemTrackingCode:
    """Add a code that asks for nothing yet.

    Raises:
        ItemTrackingCodeMissing: when nothing was typed.
        ItemTrackingCodeNotInAddress: for a code that no address can name.
        ItemTrackingCodeTaken: when there is such a code.
        CodeTooLong, CodeNotReadable: for what is no code.
        DescriptionTooLong, DescriptionNotReadable: for what is no description.
    """
    name = to_code(code, CODE_LENGTH)
    if not name:
        raise ItemTrackingCodeMissing
    if "/" in name or not any(character.isalnum() for character in name):
        raise ItemTrackingCodeNotInAddress(code=name)
    says = read_description(description)
    lock_set_up(session)
    if session.scalar(select(ItemTrackingCode.id).where(ItemTrackingCode.code == name)):
        raise ItemTrackingCodeTaken(code=name)
    made = ItemTrackingCode(code=name, **(blank_values() | {"description": says}))
    session.add(made)
    session.flush()
    _log(session, name, change, {"Code": ("", name), "Description": ("", says)})
    return made


def change_item_tracking_code(
    session: Session,
    code: str,
    asked: AskedChange,
    find_item_in_warehouse: FindItem,
    change: Change,
) -> None:
    """Let the card say what is wanted, unless a rule or another editor stands against it.

    Raises:
        ItemTrackingCodeUnknown: for a code that is not there.
        CardChanged: when somebody changed the card after it was read.
        RuleRefused: as `check_change` raises it.
    """
    lock_set_up(session)
    row = _lock(session, code)
    stored = values_of(row)
    if meanwhile := changed_fields(asked.as_read, stored):
        raise CardChanged(count=len(meanwhile))
    check_change(stored, asked.wanted, UseOfCode(session, row.id, find_item_in_warehouse))
    if changes := changed_fields(stored, asked.wanted):
        for name in changes:
            setattr(row, name, asked.wanted[name])
        row.lock_version += 1
        said = {
            caption_of(name): (written(old), written(new)) for name, (old, new) in changes.items()
        }
        _log(session, row.code, change, said)


def delete_item_tracking_code(
    session: Session, code: str, find_item_in_warehouse: FindItem, change: Change
) -> None:
    """Remove a code that no item uses.

    Raises:
        ItemTrackingCodeUnknown: for a code that is not there.
        ItemTrackingCodeInUse: when an item uses it.
    """
    lock_set_up(session)
    row = _lock(session, code)
    if item_no := UseOfCode(session, row.id, find_item_in_warehouse).item_using_it:
        raise ItemTrackingCodeInUse(code=row.code, item_no=item_no)
    session.delete(row)
    _log(session, row.code, change, {"Code": (row.code, "")})


def follow_edits(draft: Values, edits: Values) -> Values:
    """Return the draft with the edits and with every field that follows from them.

    Raises:
        WarehouseNeedsSpecific: for Warehouse Tracking of a kind that is not specific.
        FlowImplied: for a flow of a kind that is specific.
        DateFormulaNotReadable, DescriptionTooLong, DescriptionNotReadable: for what was typed.
    """
    values = dict(draft)
    for name in FIELDS:
        if name in TEXT_FIELDS and name in edits:
            values[name] = _read_text(name, str(edits[name]))
        elif name in edits and edits[name] not in (draft[name], values[name]):
            values |= _followers(values, name, on=bool(edits[name]))
    return values


def check_change(stored: Values, wanted: Values, use: UseOfCode) -> None:
    """Refuse a draft that a rule or the entries of an item stand against.

    Raises:
        WarehouseNeedsSpecific, FlowImplied, ExpirationDatesNeeded: for switches that contradict.
        ItemLedgerEntriesExist, WarehouseEntriesExist: for tracking that has been posted with.
        DatedEntriesExist, ExpirationIsCalculated: for dates that are in use.
    """
    for kind in KINDS:
        _check_tracking(kind, stored, wanted, use)
    if not wanted[USE_DATES]:
        _check_dates_unused(stored, wanted, use)


def locked_fields(values: Values) -> frozenset[str]:
    """The fields that follow from others now: flows of specific numbers, and warehouse tracking."""
    locked: set[str] = set()
    for kind in KINDS:
        specific = values[f"{kind}_specific_tracking"]
        locked.update(FLOWS_OF_KIND[kind] if specific else [f"{kind}_warehouse_tracking"])
    return frozenset(locked)


def changed_fields(old: Values, new: Values) -> dict[str, tuple[FieldValue, FieldValue]]:
    """The fields that differ, with both values, in the order of the card."""
    return {name: (old[name], new[name]) for name in FIELDS if old[name] != new[name]}


def find_item_tracking_code(session: Session, code: str) -> ItemTrackingCode | None:
    """The code of that name, as an address writes it."""
    name = code.strip().upper()
    if not name or not name.isprintable():
        return None
    return session.scalar(select(ItemTrackingCode).where(ItemTrackingCode.code == name))


def _followers(values: Values, name: str, *, on: bool) -> Values:
    field = FIELDS[name]
    warehouse = f"{field.kind}_warehouse_tracking"
    if name == f"{field.kind}_specific_tracking":
        implied = (warehouse, *FLOWS_OF_KIND[field.kind]) if on else (warehouse,)
        return dict.fromkeys((name, *implied), on)
    if name == warehouse and on and not values[f"{field.kind}_specific_tracking"]:
        raise _needs_specific(field.kind)
    if field.flow and values[f"{field.kind}_specific_tracking"]:
        raise _implied(field.kind, name)
    if name in (REQUIRE_DATE, STRICT) and on:
        return {name: on, USE_DATES: on}
    return {name: on}


def _check_tracking(kind: str, stored: Values, wanted: Values, use: UseOfCode) -> None:
    specific, warehouse = f"{kind}_specific_tracking", f"{kind}_warehouse_tracking"
    if wanted[warehouse] and not wanted[specific]:
        raise _needs_specific(kind)
    for flow in FLOWS_OF_KIND[kind]:
        stood_so = stored[specific] and not stored[flow]
        if wanted[specific] and not wanted[flow] and not stood_so:
            raise _implied(kind, flow)
    for name in (specific, warehouse):
        if stored[name] != wanted[name] and use.item_with_ledger_entries:
            raise ItemLedgerEntriesExist(
                field=caption_of(name), item_no=use.item_with_ledger_entries
            )
    if stored[warehouse] != wanted[warehouse] and use.item_with_warehouse_entries:
        raise WarehouseEntriesExist(
            field=caption_of(warehouse), item_no=use.item_with_warehouse_entries
        )


def _check_dates_unused(stored: Values, wanted: Values, use: UseOfCode) -> None:
    """The order is Business Central's: entries, items, then the two fields beside it."""
    field = caption_of(USE_DATES)
    if stored[USE_DATES] and use.item_with_dated_entries:
        raise DatedEntriesExist(field=field, item_no=use.item_with_dated_entries)
    if stored[USE_DATES] and use.item_that_calculates_dates:
        raise ExpirationIsCalculated(field=field, item_no=use.item_that_calculates_dates)
    for name in (REQUIRE_DATE, STRICT):
        if wanted[name]:
            raise ExpirationDatesNeeded(field=field, other=caption_of(name))


def _needs_specific(kind: str) -> WarehouseNeedsSpecific:
    return WarehouseNeedsSpecific(
        field=caption_of(f"{kind}_warehouse_tracking"),
        other=caption_of(f"{kind}_specific_tracking"),
    )


def _implied(kind: str, flow: str) -> FlowImplied:
    return FlowImplied(field=caption_of(flow), other=caption_of(f"{kind}_specific_tracking"))


def _read_text(name: str, typed: str) -> str:
    if name == "description":
        return read_description(typed)
    read_date_formula(typed)
    return neutral_formula(typed)


def _lock(session: Session, code: str) -> ItemTrackingCode:
    statement = select(ItemTrackingCode).where(ItemTrackingCode.code == code.strip().upper())
    row = session.scalar(statement.with_for_update())
    if row is None:
        raise ItemTrackingCodeUnknown(code=code[:CODE_LENGTH])
    return row


def _log(
    session: Session, record: str, change: Change, changes: dict[str, tuple[str, str]]
) -> None:
    log_changes(
        session,
        changed_at=change.changed_at,
        user_id=change.changed_by,
        table_name=TABLE,
        record_name=record,
        changes=changes,
    )
