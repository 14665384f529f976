"""An item as a device that scans meets it: what must be known of each unit of it.

This module must never say what is booked, only what the item and its label are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item, ItemUnit, ItemVariant, UnitOfMeasure
from scanner_app.inventory.item_picture import ItemPicture
from scanner_app.inventory.item_tracking import describe
from scanner_app.inventory.item_tracking_code import ItemTrackingCode, NumbersAsked
from scanner_app.scanning.given import GivenUnit
from scanner_app.warehouse.warehouse_journal import WarehouseJournalLine

NO_COUNT = 0
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


@dataclass(frozen=True)
class AskedItem:
    """An item and its code, in the unit of measure that is meant.

    Attributes:
        asked: the numbers that every unit of it must have.
        picture: the digest of the item's picture, '' where it has none.
    """

    item: Item
    tracking_code: ItemTrackingCode | None
    asked: NumbersAsked
    variant_id: int
    unit_of_measure_id: int
    qty_per_unit_of_measure: Decimal
    unit: str
    picture: str

    def missing(self, unit: GivenUnit) -> str:
        """The first number that is asked for and not given, or nothing."""
        wanted = (
            ("serial", self.asked.serial, unit.serial_no),
            ("lot", self.asked.lot, unit.lot_no),
            ("package", self.asked.package, unit.package_no),
        )
        return next((kind for kind, is_asked, given in wanted if is_asked and not given), "")

    def words(self, unit: GivenUnit) -> str:
        """Item and numbers in one breath."""
        return describe(self.item.no, unit.numbers.only(self.asked))


def asked_item(
    session: Session,
    unit: GivenUnit,
    asked_of: Callable[[ItemTrackingCode | None], NumbersAsked],
    bin_count_id: int = NO_COUNT,
) -> AskedItem:
    """The item of a unit in the unit of measure that is meant.

    That is the one the label names, else the one in which a counted bin books it, else the base
    unit. A unit or variant that a supervisor removed meanwhile is named no more.
    """
    wanted = {
        "item_id": unit.item_id,
        "variant_id": unit.variant_id,
        "bin_count_id": bin_count_id,
    }
    rows = session.execute(UNITS_OF_ITEM, wanted).all()
    item, code, *_, variant_id, picture = rows[0]
    booked = [unit_id for _, _, unit_id, _, _, is_booked, *_ in rows if is_booked]
    alone = booked[0] if len(booked) == 1 else item.base_unit_of_measure_id
    units = {row[2]: row[3:5] for row in rows}
    unit_id = unit.unit_of_measure_id if unit.unit_of_measure_id in units else alone
    factor, unit_code = units[unit_id]
    asked = asked_of(code)
    return AskedItem(item, code, asked, variant_id, unit_id, factor, unit_code, picture or "")
