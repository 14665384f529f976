"""Post: the one verb that writes item ledger entries and their warehouse entries.

Journals, receipts, shipments and the sync all come through `post`. It checks the warehouse side,
lets `inventory.posting` check and write the item ledger, and writes the warehouse entries, all in
the caller's transaction (docs/domain.md 8.4, 9.5, 9.6).

A movement moves goods between bins by itself. Where it also changes their numbers or dates, it
posts that under the document Movement, with parts that name no bin: the item ledger alone is
written here, and the movement writes its warehouse entries in the same transaction.

This module must never post a line of a directed location that was typed by hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item_ledger import ItemRegister
from scanner_app.inventory.item_tracking import describe
from scanner_app.inventory.posting import post_item_ledger_entries
from scanner_app.inventory.posting_line import Posting, PostingLine
from scanner_app.quantities import ONE, from_base
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_balance import (
    BalanceKey,
    BalanceOwner,
    BinBalance,
    LockedBalance,
    lock_balances,
)
from scanner_app.warehouse.new_warehouse_entry import NewWarehouseEntry, Registration
from scanner_app.warehouse.transfer_checks import (
    check_no_directed_location,
    check_stays_at_location,
)
from scanner_app.warehouse.warehouse_ledger import (
    WarehouseDocument,
    WarehouseEntryType,
    WarehouseRegister,
)
from scanner_app.warehouse.warehouse_posting import write_warehouse_entries


class NothingToPost(RuleRefused):
    """No line was given."""

    message = N_("There is nothing to post.")
    way_out = N_("Choose at least one line.")


class BinMissing(RuleRefused):
    """The location keeps its stock in bins, and the line names none."""

    message = N_("Location {location} has bins; the line of item {item_no} names none.")
    way_out = N_("Enter the bin.")
    field = "Bin Code"


class DirectedLocation(RuleRefused):
    """Adjustments of a directed location begin in the warehouse."""

    message = N_("Stock at {location} is adjusted in its bins first.")
    way_out = N_("Count the bin or fill in a warehouse journal, register, and sync the difference.")
    field = "Location Code"


class AdjustmentChanged(RuleRefused):
    """The adjustment bin no longer holds what the line was calculated from."""

    message = N_("{what} changed in the adjustment bin since it was calculated.")
    way_out = N_("Calculate again, look at the new difference, then post.")
    field = "Quantity"


@dataclass(frozen=True)
class JournalPart:
    """One quantity to be posted, and the bin its warehouse entry is written to.

    A transfer leaves the bin and comes into `new_bin`, which may be the same.
    """

    line: PostingLine
    bin: Bin | None
    new_bin: Bin | None = None


@dataclass(frozen=True)
class Posted:
    """The registers of one posting, and its lines in the order given, with their final dates.

    Attributes:
        arrivals: for each line, the half that came in if it is a transfer.
    """

    item_register: ItemRegister
    warehouse_register: WarehouseRegister | None
    lines: tuple[PostingLine, ...]
    arrivals: tuple[PostingLine | None, ...]


def post(
    session: Session, posting: Posting, parts: Sequence[JournalPart], document: WarehouseDocument
) -> Posted:
    """Post all parts, or none.

    Raises:
        RuleRefused: the first rule that does not hold, of either side.
    """
    if not parts:
        raise NothingToPost
    for part in parts:
        check_location(part, document)
    balances = lock_balances(session, adjusted_balances(parts))
    for part in parts:
        check_adjustment_unchanged(part, balances)
    posted = post_item_ledger_entries(session, posting, [part.line for part in parts])
    entries: list[NewWarehouseEntry] = []
    for part, line, arrival in zip(parts, posted.lines, posted.arrivals, strict=True):
        entries += _warehouse_entries(part, line, arrival)
    if not entries:
        return Posted(posted.register, None, posted.lines, posted.arrivals)
    registration = Registration(
        registering_date=posting.work_date,
        registered_at=posting.posted_at,
        user_id=posting.user_id,
        source_code=posting.source_code,
        document=document,
        reference_no=parts[0].line.document_no,
        journal_batch_name=posting.journal_batch_name,
    )
    warehouse_register = write_warehouse_entries(session, registration, entries)
    return Posted(posted.register, warehouse_register, posted.lines, posted.arrivals)


def check_location(part: JournalPart, document: WarehouseDocument) -> None:
    """A line names a bin where there are bins, and directed stock is adjusted in its bins.

    Raises:
        BinMissing, DirectedLocation: when it does not.
        ReclassifiedInItsBins, TransferOrderNeeded: for a transfer of a journal at a directed
            location.
    """
    location, line = part.line.location, part.line
    if document is WarehouseDocument.MOVEMENT:
        check_stays_at_location(line)
        return
    places = [(location, part.bin)]
    if line.transfer_to is not None:
        if document is WarehouseDocument.ITEM_JOURNAL:
            check_no_directed_location(location, line.transfer_to.location)
        places.append((line.transfer_to.location, part.new_bin))
    for place, bin_ in places:
        if place.bin_mandatory and bin_ is None:
            raise BinMissing(location=place.code, item_no=line.item.no)
    by_hand = document is WarehouseDocument.ITEM_JOURNAL and not line.warehouse_adjustment
    if location.directed_put_away_and_pick and by_hand:
        raise DirectedLocation(location=location.code)


def adjusted_balances(parts: Sequence[JournalPart]) -> dict[BalanceKey, BalanceOwner]:
    """The balances of the adjustment bin that synced parts were calculated from."""
    entries = [
        _warehouse_entry(part.line, part.bin)
        for part in parts
        if part.line.warehouse_adjustment and part.bin is not None
    ]
    return {
        entry.key: BalanceOwner(
            entry.bin.location_id, is_adjustment_bin=True, serial_specific=entry.serial_specific
        )
        for entry in entries
    }


def check_adjustment_unchanged(
    part: JournalPart, balances: Mapping[BalanceKey, BinBalance | LockedBalance]
) -> None:
    """A synced part clears its number from the adjustment bin, exactly (docs/domain.md 8.3).

    Raises:
        AdjustmentChanged: when the bin holds or owes something else.
    """
    if not part.line.warehouse_adjustment or part.bin is None:
        return
    entry = _warehouse_entry(part.line, part.bin)
    if balances[entry.key].quantity_base + entry.quantity_base != 0:
        raise AdjustmentChanged(what=describe(part.line.item.no, part.line.numbers))


def _warehouse_entries(
    part: JournalPart, line: PostingLine, arrival: PostingLine | None
) -> list[NewWarehouseEntry]:
    """One entry for each half of the part that has a bin; within one location it is a movement."""
    entries = [_warehouse_entry(line, part.bin)] if part.bin is not None else []
    if arrival is not None and part.new_bin is not None:
        entries.append(_warehouse_entry(arrival, part.new_bin))
    if arrival is None or arrival.location.id != line.location.id:
        return entries
    return [replace(entry, entry_type=WarehouseEntryType.MOVEMENT) for entry in entries]


def _warehouse_entry(line: PostingLine, bin_: Bin) -> NewWarehouseEntry:
    """The same sign as the item ledger entry; only directed locations keep units of measure."""
    keeps_units = line.location.directed_put_away_and_pick
    per_unit = line.qty_per_unit_of_measure if keeps_units else ONE
    code = line.tracking_code
    return NewWarehouseEntry(
        bin=bin_,
        item_id=line.item.id,
        variant_id=line.variant_id,
        unit_of_measure_id=(
            line.unit_of_measure_id if keeps_units else line.item.base_unit_of_measure_id
        ),
        qty_per_unit_of_measure=per_unit,
        quantity=from_base(line.quantity_base, per_unit),
        quantity_base=line.quantity_base,
        numbers=line.warehouse_numbers,
        serial_specific=code is not None and code.serial_specific_tracking,
        registering_date=line.posting_date,
        entry_type=(
            WarehouseEntryType.POSITIVE_ADJUSTMENT
            if line.inbound
            else WarehouseEntryType.NEGATIVE_ADJUSTMENT
        ),
        warranty_date=line.warranty_date,
        expiration_date=line.expiration_date,
        source_no=line.source_no,
        reason_code_id=line.reason_code_id,
    )
