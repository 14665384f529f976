"""The demo warehouse, loaded, and its records by the codes that people use."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.database import Database
from scanner_app.demo.catalogue import Catalogue, read_catalogue
from scanner_app.inventory.date_formula import apply_date_formula
from scanner_app.inventory.item_tracking import numbers_of
from scanner_app.warehouse.activity import WarehouseActivity, WarehouseActivityLine
from scanner_app.warehouse.bin_balance import HAS_STOCK, BinBalance
from scanner_app.warehouse.ledger_check import check_ledgers
from tests.demo_copies import LOADED, DemoCopy

T = TypeVar("T")

NOW = LOADED
DAY = NOW.date()


def day(text: str) -> date | None:
    """A date as the page of the demo warehouse writes it: W+14M+CM, or nothing."""
    formula = text.removeprefix("W").removeprefix("+")
    return apply_date_formula(formula or "0D", DAY) if text else None


@dataclass(frozen=True)
class Demo:
    database: Database
    catalogue: Catalogue
    passwords: dict[str, str]

    def write(self, work: Callable[[Session], T]) -> T:
        return self.database.write(work)

    def read(self, work: Callable[[Session], T]) -> T:
        with self.database.read() as session:
            return work(session)

    def assert_sound(self) -> None:
        assert self.read(check_ledgers) == []

    def in_adjustment_bin(self) -> dict[tuple[str, str], str]:
        """What waits for the sync, by item and by its first number."""
        white = self.catalogue.locations["WHITE"]
        no_of = {item.id: no for no, item in self.catalogue.items.items()}

        def work(session: Session) -> dict[tuple[str, str], str]:
            row = BinBalance
            balances = session.scalars(
                select(row).where(row.bin_id == white.adjustment_bin_id, HAS_STOCK)
            )
            return {
                (
                    no_of[b.item_id],
                    next(filter(None, numbers_of(b).as_tuple())),
                ): f"{b.quantity_base:+}"
                for b in balances
            }

        return self.read(work)

    def lines_of(self, document_no: str) -> list[str]:
        """The lines of an activity, one sentence each: pair, what, where."""
        code_of = {bin_.id: code for code, bin_ in self.catalogue.bins.items()}
        no_of = {item.id: no for no, item in self.catalogue.items.items()}
        unit_of = {unit_id: code for code, unit_id in self.catalogue.units.items()}
        variant_of = {row_id: code for (_, code), row_id in self.catalogue.variants.items()}

        def words(line: WarehouseActivityLine) -> str:
            numbers = [number for number in numbers_of(line).as_tuple() if number]
            item = f"{no_of[line.item_id]} {variant_of[line.variant_id]}".strip()
            what = f"{line.quantity} {unit_of[line.unit_of_measure_id]} {item}"
            place = f"{line.action_type} {code_of[line.bin_id or 0]}"
            return " ".join([f"{line.pair_no} {place}: {what}", *numbers])

        def work(session: Session) -> list[str]:
            row = WarehouseActivityLine
            lines = session.scalars(
                select(row)
                .join(WarehouseActivity, WarehouseActivity.id == row.activity_id)
                .where(WarehouseActivity.no == document_no)
                .order_by(row.line_no)
            )
            return [words(line) for line in lines]

        return self.read(work)


@pytest.fixture
def demo(demo_copy: DemoCopy) -> Demo:
    with demo_copy.database.read() as session:
        catalogue = read_catalogue(session, NOW)
    return Demo(demo_copy.database, catalogue, demo_copy.passwords)
