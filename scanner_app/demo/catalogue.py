"""Catalogue: the records of the demo by the codes that its tables use.

This module must never change a record.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.user import User
from scanner_app.demo.stock import Goods
from scanner_app.inventory.date_formula import apply_date_formula
from scanner_app.inventory.item import Item, ItemUnit, ItemVariant, UnitOfMeasure
from scanner_app.inventory.location import Location, work_date_of
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.register_activity import By


@dataclass(frozen=True)
class Catalogue:
    """Every record that the loading of stock and documents points to."""

    now: datetime
    users: dict[str, int]
    locations: dict[str, Location]
    bins: dict[str, Bin]
    items: dict[str, Item]
    variants: dict[tuple[str, str], int]
    units: dict[str, int]
    per_unit: dict[tuple[str, str], Decimal]
    reasons: dict[str, int]

    @property
    def work_date(self) -> date:
        """The day of loading at the directed location."""
        return work_date_of(self.locations["WHITE"], self.now)

    def day(self, formula: str) -> date | None:
        """The date that a formula makes of the work date; none of a blank one."""
        return apply_date_formula(formula, self.work_date) if formula else None

    def by(self, user_name: str, formula: str = "0D") -> By:
        """A user on the day of a formula, at the time of day of loading."""
        day = apply_date_formula(formula, self.work_date)
        return By(
            self.users[user_name], day, self.now - timedelta(days=(self.work_date - day).days)
        )

    def item_fields(self, goods: Goods) -> dict[str, Any]:
        """What every line says of its item: item, variant and unit of measure."""
        return {
            "item_id": self.items[goods.item_no].id,
            "variant_id": self.variants[goods.item_no, goods.variant],
            "unit_of_measure_id": self.units[goods.unit],
            "qty_per_unit_of_measure": self.per_unit[goods.item_no, goods.unit],
        }

    def number_fields(self, goods: Goods) -> dict[str, Any]:
        """The numbers and the expiration date of the goods."""
        return {
            "serial_no": goods.numbers.serial_no,
            "lot_no": goods.numbers.lot_no,
            "package_no": goods.numbers.package_no,
            "expiration_date": self.day(goods.expires),
        }


def read_catalogue(session: Session, now: datetime) -> Catalogue:
    """Read the records of a database that holds nothing but the demo."""
    items = {item.no: item for item in session.scalars(select(Item))}
    no_of = {item.id: no for no, item in items.items()}
    units = {unit.code: unit.id for unit in session.scalars(select(UnitOfMeasure))}
    code_of = {unit_id: code for code, unit_id in units.items()}
    return Catalogue(
        now=now,
        users={user.user_name: user.id for user in session.scalars(select(User))},
        locations={location.code: location for location in session.scalars(select(Location))},
        bins={bin_.code: bin_ for bin_ in session.scalars(select(Bin))},
        items=items,
        variants={(no_of[v.item_id], v.code): v.id for v in session.scalars(select(ItemVariant))},
        units=units,
        per_unit={
            (no_of[unit.item_id], code_of[unit.unit_of_measure_id]): unit.qty_per_unit_of_measure
            for unit in session.scalars(select(ItemUnit))
        },
        reasons={reason.code: reason.id for reason in session.scalars(select(ReasonCode))},
    )
