"""Registering differences: what lies more or less in a bin moves from or to the adjustment bin.

Counts and manual lines come through here. Each difference has the numbers that the warehouse asks
for and, where it comes in, its dates, and is written as two entries, minus before plus: a
misplaced serial no. leaves one bin before it enters the other (docs/domain.md 7.6, 13.3).

This module must never ask where a difference comes from.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_tracking import (
    check_numbers_given,
    check_serial_quantity,
    numbers_of,
)
from scanner_app.inventory.item_tracking_code import ItemTrackingCode, numbers_in_warehouse
from scanner_app.inventory.location import Location
from scanner_app.inventory.posting_refusals import (
    ExpirationDateDiffers,
    ExpirationDateMissing,
    WarrantyDateMissing,
)
from scanner_app.inventory.tracking_information import (
    NumberOfItem,
    dated_number,
    known_expiration_dates,
)
from scanner_app.quantities import ZERO, from_base
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_balance import (
    HAS_STOCK,
    BalanceOwner,
    BinBalance,
    lock_balances,
)
from scanner_app.warehouse.difference import Difference
from scanner_app.warehouse.new_warehouse_entry import NewWarehouseEntry, Registration
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.warehouse_journal import (
    WarehouseJournalBatch,
    WarehouseJournalTemplate,
)
from scanner_app.warehouse.warehouse_ledger import (
    WarehouseDocument,
    WarehouseEntryType,
    WarehouseRegister,
)
from scanner_app.warehouse.warehouse_posting import write_warehouse_entries

SERIES = {
    WarehouseJournalTemplate.PHYSICAL_INVENTORY: "PHYSINV",
    WarehouseJournalTemplate.ITEM: "WHITEM",
    WarehouseJournalTemplate.RECLASSIFICATION: "WHRECLASS",
}
SOURCE_CODES = {
    WarehouseJournalTemplate.PHYSICAL_INVENTORY: "WHPHYSINVT",
    WarehouseJournalTemplate.ITEM: "WHITEM",
    WarehouseJournalTemplate.RECLASSIFICATION: "WHRCLSSJNL",
}
DOCUMENTS = {
    WarehouseJournalTemplate.PHYSICAL_INVENTORY: WarehouseDocument.PHYSICAL_INVENTORY,
    WarehouseJournalTemplate.ITEM: WarehouseDocument.ITEM_JOURNAL,
    WarehouseJournalTemplate.RECLASSIFICATION: WarehouseDocument.ITEM_JOURNAL,
}

KnownDates = dict[NumberOfItem, date | None]


class AdjustmentBinMissing(RuleRefused):
    """The location names no adjustment bin."""

    message = N_("Location {location} has no adjustment bin.")
    way_out = N_("Ask a supervisor to enter one on the location.")
    field = "Adjustment Bin Code"


def adjustment_bin_of(session: Session, location: Location) -> Bin:
    """The bin that takes the other half of every difference.

    Raises:
        AdjustmentBinMissing: when the location names none.
    """
    if location.adjustment_bin_id is None:
        raise AdjustmentBinMissing(location=location.code)
    return session.get_one(Bin, location.adjustment_bin_id)


def lock_bins(session: Session, differences: Sequence[Difference]) -> None:
    """From here on nothing moves in the balances that the differences are about."""
    owners = {
        each.key: BalanceOwner(
            each.bin.location_id, is_adjustment_bin=False, serial_specific=each.serial_specific
        )
        for each in differences
    }
    lock_balances(session, owners)
    lock_dates(session, [(each.item, each.tracking_code) for each in differences])


def lock_dates(session: Session, items: Iterable[tuple[Item, ItemTrackingCode | None]]) -> None:
    """From here on nobody else registers a date of the items that have expiration dates.

    A number may be known to neither ledger yet, so there is no row of its own to keep: one
    registration would bring it in with one date, and another call stock by its name with another.
    """
    ids = {item.id for item, code in items if code and code.use_expiration_dates}
    if ids:
        kept = select(Item.id).where(Item.id.in_(sorted(ids))).order_by(Item.id)
        session.execute(kept.with_for_update(key_share=True))


def known_dates(session: Session, differences: Sequence[Difference], adjustment: Bin) -> KnownDates:
    """What the item ledger knows of the numbers that come in, else what waits for the sync."""
    numbers = {n for each in differences if each.arrives and (n := each.dated_number)}
    if not numbers:
        return {}
    waiting = dates_that_wait(session, adjustment.id, {item_id for item_id, *_ in numbers})
    return waiting | known_expiration_dates(session, numbers)


def dates_that_wait(session: Session, bin_id: int, item_ids: Collection[int]) -> KnownDates:
    """The dates of the numbers of some items that wait for the sync in the adjustment bin."""
    row = BinBalance
    waiting = session.scalars(
        select(row).where(
            row.bin_id == bin_id,
            row.item_id.in_(sorted(item_ids)),
            row.expiration_date.is_not(None),
            HAS_STOCK,
        )
    )
    return {
        number: balance.expiration_date
        for balance in waiting
        if (number := dated_number(balance.item_id, balance.variant_id, numbers_of(balance)))
    }


def check_numbers(difference: Difference) -> None:
    """Each number with warehouse tracking is there, and a serial no. is one unit.

    Raises:
        NumberMissing, SerialQuantityNotOne: when it is not.
    """
    asked = numbers_in_warehouse(difference.tracking_code)
    check_numbers_given(difference.numbers, asked, difference.item.no)
    check_serial_quantity(difference.numbers, difference.quantity_base)


def with_dates(difference: Difference, known: KnownDates) -> Difference:
    """What comes in has the dates its code demands; a date is said to the ones after it.

    Raises:
        WarrantyDateMissing, ExpirationDateMissing: when a date that is demanded is not there.
        ExpirationDateDiffers: when the number is known with another one.
    """
    code, number = difference.tracking_code, difference.dated_number
    if not difference.arrives or code is None:
        return difference
    if code.require_warranty_date_entry and difference.warranty_date is None:
        raise WarrantyDateMissing(item_no=difference.item.no)
    if not code.use_expiration_dates:
        return difference
    given = difference.expiration_date
    if number in known and given not in (None, known[number]):
        raise ExpirationDateDiffers(
            item_no=difference.item.no,
            number=number[3],
            known=str(known[number] or "-"),
            given=str(given),
        )
    expires = given or (known.get(number) if number else None)
    if code.require_expiration_date_entry and expires is None:
        raise ExpirationDateMissing(item_no=difference.item.no)
    if number and expires:
        known[number] = expires
    return replace(difference, expiration_date=expires)


def write_differences(
    session: Session,
    batch: WarehouseJournalBatch,
    differences: Sequence[Difference],
    adjustment: Bin,
    no: str,
    by: By,
) -> WarehouseRegister:
    """Write two entries for each difference, under the number of their registration.

    Raises:
        RuleRefused: as `write_warehouse_entries` raises it.
    """
    entries = [
        entry for each in differences for entry in _pair(each, adjustment, batch.reason_code_id)
    ]
    return write_warehouse_entries(session, registration_of(batch, no, by), entries)


def registration_of(batch: WarehouseJournalBatch, no: str, by: By) -> Registration:
    """Who registers a batch, and under which number."""
    return Registration(
        registering_date=by.work_date,
        registered_at=by.at,
        user_id=by.user_id,
        source_code=SOURCE_CODES[batch.template],
        document=DOCUMENTS[batch.template],
        reference_no=no,
        journal_batch_name=batch.name,
    )


def _pair(
    difference: Difference, adjustment: Bin, reason_code_id: int | None
) -> list[NewWarehouseEntry]:
    """What is missing moves into the adjustment bin, what was found moves out of it."""
    quantity = difference.quantity_base
    counted = entry_of(difference, difference.bin, quantity, reason_code_id)
    balancing = entry_of(difference, adjustment, -quantity, reason_code_id)
    return [counted, balancing] if quantity < 0 else [balancing, counted]


def entry_of(
    difference: Difference,
    bin_: Bin,
    quantity_base: Decimal,
    reason_code_id: int | None = None,
) -> NewWarehouseEntry:
    """One half of a difference: in its bin, or in the adjustment bin."""
    positive = quantity_base > 0 or (quantity_base == ZERO and not bin_.is_adjustment_bin)
    return NewWarehouseEntry(
        bin=bin_,
        item_id=difference.item.id,
        variant_id=difference.variant_id,
        unit_of_measure_id=difference.unit_of_measure_id,
        qty_per_unit_of_measure=difference.qty_per_unit_of_measure,
        quantity=from_base(quantity_base, difference.qty_per_unit_of_measure),
        quantity_base=quantity_base,
        numbers=difference.numbers,
        serial_specific=difference.serial_specific,
        entry_type=(
            WarehouseEntryType.POSITIVE_ADJUSTMENT
            if positive
            else WarehouseEntryType.NEGATIVE_ADJUSTMENT
        ),
        warranty_date=difference.warranty_date,
        expiration_date=difference.expiration_date,
        source_no=difference.source_no,
        reason_code_id=difference.reason_code_id or reason_code_id,
        registering_date=difference.registering_date,
    )
