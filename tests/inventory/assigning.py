"""Numbers that a test assigns, as a supervisor does on the page of an item."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from scanner_app.access.sign_in import Change
from scanner_app.errors import RuleRefused
from scanner_app.inventory.assign_numbers import (
    Asked,
    TypedNumbers,
    assign_lot_no,
    assign_package_no,
    assign_serial_nos,
    create_customized_serial_nos,
)
from scanner_app.inventory.assigned_number import (
    AssignedNumber,
    AssignedNumberBatch,
    numbers_of_batch,
)
from scanner_app.inventory.inventory_setup import change_inventory_setup, setup_card
from scanner_app.inventory.number_series import NumberSeries, NumberSeriesLine
from tests.builders import Warehouse
from tests.warehouse.masters import DAY, MOMENT, Goods, add_series


def by(white: Warehouse) -> Change:
    return Change(MOMENT, white.by.user_id)


def add_series_of(white: Warehouse, code: str, starting_no: str, **fields: object) -> int:
    return white.write(lambda s: add_series(s, code, starting_no, **fields).number_series_id)


def choose_package_nos(white: Warehouse, code: str) -> None:
    typed = {"package_nos": code}
    white.write(lambda s: change_inventory_setup(s, setup_card(s), typed, by(white)))


def tracked(white: Warehouse, no: str, *kinds: str, **fields: object) -> Goods:
    """An item that takes serial numbers from SN and lot numbers from LOT."""
    serial_nos = add_series_of(white, f"{no}-SN", "S-001")
    lot_nos = add_series_of(white, f"{no}-LOT", "L-001")
    own = {"serial_nos_id": serial_nos, "lot_nos_id": lot_nos}
    return white.add_item(no, *kinds, **(own | fields))  # type: ignore[arg-type] # fields of an item


def assign(white: Warehouse, asked: Asked, quantity: str = "1") -> list[str]:
    """Assign Serial No., and return the numbers."""
    return white.write(
        lambda s: numbers_of_batch(s, assign_serial_nos(s, asked, quantity, DAY, by(white)))
    )


def assign_lot(white: Warehouse, asked: Asked) -> list[str]:
    return white.write(lambda s: numbers_of_batch(s, assign_lot_no(s, asked, DAY, by(white))))


def assign_package(white: Warehouse, asked: Asked) -> list[str]:
    return white.write(lambda s: numbers_of_batch(s, assign_package_no(s, asked, DAY, by(white))))


def customize(
    white: Warehouse, asked: Asked, start: str, increment: str = "1", quantity: str = "1"
) -> list[str]:
    """Create Customized SN, and return the numbers."""
    typed = TypedNumbers(start, increment, quantity)
    return white.write(
        lambda s: numbers_of_batch(s, create_customized_serial_nos(s, asked, typed, DAY, by(white)))
    )


def refuses(white: Warehouse, name: str, work: Callable[[], object]) -> RuleRefused:
    """The refusal of a work that changes nothing; no number may be used up."""
    before = used(white)
    with pytest.raises(RuleRefused) as refusal:
        work()
    assert refusal.value.code == name, str(refusal.value)
    assert used(white) == before
    return refusal.value


def used(white: Warehouse) -> list[object]:
    """How far every series is, and every number that was assigned."""
    with white.database.read() as session:
        lines = session.execute(
            select(NumberSeries.code, NumberSeriesLine.last_no_used)
            .join(NumberSeriesLine)
            .order_by(NumberSeries.code)
        )
        numbers = session.execute(
            select(AssignedNumber.kind, AssignedNumber.number).order_by(AssignedNumber.id)
        )
        batches = session.scalars(select(AssignedNumberBatch.quantity))
        return [*map(tuple, lines), *map(tuple, numbers), *batches]
