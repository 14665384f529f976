"""One scan on one count: what it works with, and what lies or is asked in the open bin.

This module must never show what is booked: a blind count stays blind.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item_tracking_code import numbers_in_warehouse
from scanner_app.inventory.location import Location
from scanner_app.scanning.asked_item import AskedItem, asked_item
from scanner_app.scanning.document_work import Scanned
from scanner_app.scanning.given import Given, GivenUnit
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.physical_inventory import SeenUnit, count_units
from scanner_app.warehouse.warehouse_journal import (
    BinCount,
    BinCountState,
    WarehouseJournalBatch,
)


class ScanBinFirst(RuleRefused):
    """Nothing is counted before its bin is known."""

    message = N_("No bin is open for counting.")
    way_out = N_("Scan the label of the bin first.")
    field = "Bin Code"


@dataclass
class CountWork:
    """One scan on one count, with what is half given before and after it."""

    session: Session
    batch: WarehouseJournalBatch
    location: Location
    scanned: Scanned
    given: Given
    effects: list[dict[str, Any]] = field(default_factory=list)

    def keep(self, units: Sequence[SeenUnit], count: BinCount) -> None:
        """Write down what was seen, and remember it as the effect of this scan."""
        by, scan_id = self.scanned.by, self.scanned.scan_id
        ids = count_units(self.session, count, units, by, scan_id)
        self.effects += [{"count_entry": entry_id} for entry_id in ids]

    def bin_changed(self, count: BinCount, before: BinCountState) -> None:
        """Remember that this scan opened or closed a bin."""
        if count.state is not before:
            change = {"bin_count": count.id, "before": before.value, "after": count.state.value}
            self.effects.append(change)


def counted_item(session: Session, unit: GivenUnit, count: BinCount) -> AskedItem:
    """The item of a unit, in the unit of measure in which it is counted."""
    return asked_item(session, unit, numbers_in_warehouse, count.id)


def seen_unit(item: AskedItem, unit: GivenUnit, quantity: Decimal) -> SeenUnit:
    """What is written down as seen."""
    return SeenUnit(
        item_id=item.item.id,
        variant_id=item.variant_id,
        unit_of_measure_id=item.unit_of_measure_id,
        qty_per_unit_of_measure=item.qty_per_unit_of_measure,
        numbers=unit.numbers.only(item.asked),
        quantity=quantity,
        expiration_date=unit.expires,
        warranty_date=unit.warranty,
    )


def open_bin_of(work: CountWork) -> tuple[BinCount, Bin]:
    """The bin that is open on this device.

    Raises:
        ScanBinFirst: when there is none.
    """
    if not work.given.bin_id:
        raise ScanBinFirst
    statement = (
        select(BinCount, Bin)
        .join(Bin, Bin.id == BinCount.bin_id)
        .where(
            BinCount.batch_id == work.batch.id,
            BinCount.bin_id == work.given.bin_id,
            BinCount.state == BinCountState.OPEN,
            BinCount.opened_by_id == work.scanned.by.user_id,
        )
        .with_for_update(of=BinCount)
        .execution_options(populate_existing=True)
    )
    row = work.session.execute(statement).one_or_none()
    if row is None:
        raise ScanBinFirst
    count, bin_ = row
    return count, bin_
