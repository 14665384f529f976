"""One scan on one count: what it works with, and what lies or is asked in the open bin.

This module must never show what is booked: a blind count stays blind.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import Session

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item import Item, ItemUnit, ItemVariant, UnitOfMeasure
from scanner_app.inventory.item_picture import ItemPicture
from scanner_app.inventory.item_tracking import describe
from scanner_app.inventory.item_tracking_code import ItemTrackingCode, numbers_in_warehouse
from scanner_app.inventory.location import Location
from scanner_app.scanning.document_work import Scanned
from scanner_app.scanning.given import Given, GivenUnit
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.physical_inventory import SeenUnit, count_units
from scanner_app.warehouse.warehouse_journal import (
    BinCount,
    BinCountState,
    WarehouseJournalBatch,
    WarehouseJournalLine,
)

VARIANT_OF_ITEM = select(ItemVariant.id).where(ItemVariant.item_id == Item.id).correlate(Item)
UNITS_OF_ITEM = (
    select(
        Item,
        ItemTrackingCode,
        ItemUnit.unit_of_measure_id,
        ItemUnit.qty_per_unit_of_measure,
        UnitOfMeasure.code,
        exists()
        .where(
            WarehouseJournalLine.bin_count_id == bindparam("bin_count_id"),
            WarehouseJournalLine.item_id == Item.id,
            WarehouseJournalLine.unit_of_measure_id == ItemUnit.unit_of_measure_id,
        )
        .correlate(Item, ItemUnit),
        func.coalesce(
            VARIANT_OF_ITEM.where(ItemVariant.id == bindparam("variant_id")).scalar_subquery(),
            VARIANT_OF_ITEM.where(ItemVariant.code == "").scalar_subquery(),
        ),
        ItemPicture.sha256,
    )
    .join(ItemUnit, ItemUnit.item_id == Item.id)
    .join(UnitOfMeasure, UnitOfMeasure.id == ItemUnit.unit_of_measure_id)
    .outerjoin(ItemPicture, ItemPicture.item_id == Item.id)
    .outerjoin(ItemTrackingCode, ItemTrackingCode.id == Item.item_tracking_code_id)
    .where(Item.id == bindparam("item_id"))
)


class ScanBinFirst(RuleRefused):
    """Nothing is counted before its bin is known."""

    message = N_("No bin is open for counting.")
    way_out = N_("Scan the label of the bin first.")
    field = "Bin Code"


class AnswerFirst(RuleRefused):
    """Something scanned before still waits for an answer."""

    message = N_("{what} still waits for its {asked}.")
    way_out = N_("Answer that first; this scan was not counted.")


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
        self.effects += [
            {"count_entry": entry_id, "quantity": str(unit.quantity)}
            for entry_id, unit in zip(ids, units, strict=True)
        ]


@dataclass(frozen=True)
class CountedItem:
    """An item as a count sees it: what must be known of each unit of it.

    Attributes:
        picture: the digest of the item's picture, '' where it has none.
    """

    item: Item
    tracking_code: ItemTrackingCode | None
    variant_id: int
    unit_of_measure_id: int
    qty_per_unit_of_measure: Decimal
    unit: str
    picture: str

    def missing(self, unit: GivenUnit) -> str:
        """The first number or date that is asked for and not given, or nothing."""
        asked = numbers_in_warehouse(self.tracking_code)
        wanted = (
            ("serial", asked.serial, unit.serial_no),
            ("lot", asked.lot, unit.lot_no),
            ("package", asked.package, unit.package_no),
        )
        return next((kind for kind, is_asked, given in wanted if is_asked and not given), "")

    def words(self, unit: GivenUnit) -> str:
        """Item and numbers in one breath."""
        return describe(self.item.no, unit.numbers.only(numbers_in_warehouse(self.tracking_code)))

    def seen(self, unit: GivenUnit, quantity: Decimal) -> SeenUnit:
        """What is written down as seen."""
        return SeenUnit(
            item_id=self.item.id,
            variant_id=self.variant_id,
            unit_of_measure_id=self.unit_of_measure_id,
            qty_per_unit_of_measure=self.qty_per_unit_of_measure,
            numbers=unit.numbers.only(numbers_in_warehouse(self.tracking_code)),
            quantity=quantity,
            expiration_date=unit.expires,
            warranty_date=unit.warranty,
        )


def counted_item(session: Session, unit: GivenUnit, count: BinCount) -> CountedItem:
    """The item of a unit in the unit of measure in which it is counted.

    That is the one the label names, else the one in which the bin books it, else the base unit.
    A unit or variant that a supervisor removed meanwhile is named no more.
    """
    wanted = {
        "item_id": unit.item_id,
        "variant_id": unit.variant_id,
        "bin_count_id": count.id,
    }
    rows = session.execute(UNITS_OF_ITEM, wanted).all()
    item, code, *_, variant_id, picture = rows[0]
    booked = [unit_id for _, _, unit_id, _, _, is_booked, *_ in rows if is_booked]
    alone = booked[0] if len(booked) == 1 else item.base_unit_of_measure_id
    units = {row[2]: row[3:5] for row in rows}
    unit_id = unit.unit_of_measure_id if unit.unit_of_measure_id in units else alone
    factor, unit_code = units[unit_id]
    return CountedItem(item, code, variant_id, unit_id, factor, unit_code, picture or "")


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
