"""The state of a line: handled, outstanding and to handle, in the unit and in base units."""

# ruff: noqa: S608 - what a person could type by hand is what is tested

from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from scanner_app.warehouse.activity import (
    QuantityAboveOutstanding,
    WarehouseActivityLine,
    set_qty_missing,
    set_qty_to_handle,
)
from tests.builders import Warehouse
from tests.warehouse.documents import Part, add_movement


def line(outstanding: str, base: str, factor: str) -> WarehouseActivityLine:
    return WarehouseActivityLine(
        qty_outstanding=Decimal(outstanding),
        qty_outstanding_base=Decimal(base),
        qty_per_unit_of_measure=Decimal(factor),
        qty_to_handle=Decimal(0),
        qty_to_handle_base=Decimal(0),
        qty_missing=Decimal(0),
    )


def test_a_part_is_converted_and_the_whole_is_taken_whole() -> None:
    third = line("3", "1", "0.33333")
    set_qty_to_handle(third, Decimal(2), "CAN")
    assert third.qty_to_handle_base == Decimal("0.66666")
    set_qty_to_handle(third, Decimal(3), "CAN")
    assert third.qty_to_handle_base == 1
    set_qty_to_handle(third, Decimal(0), "CAN")
    assert (third.qty_to_handle, third.qty_to_handle_base) == (0, 0)


def test_what_is_missing_of_a_line_leaves_nothing_over_in_base_units() -> None:
    third = line("3", "1", "0.33333")
    set_qty_to_handle(third, Decimal(1), "CAN")
    set_qty_missing(third, Decimal(2))
    assert third.qty_missing_base == Decimal("0.66667")
    set_qty_to_handle(third, Decimal(2), "CAN")
    assert (third.qty_missing, third.qty_missing_base) == (1, Decimal("0.33334"))
    set_qty_to_handle(third, Decimal(3), "CAN")
    assert (third.qty_missing, third.qty_missing_base) == (0, 0)


def test_more_than_is_outstanding_is_refused() -> None:
    box = line("3", "18", "6")
    with pytest.raises(QuantityAboveOutstanding) as refused:
        set_qty_to_handle(box, Decimal("3.5"), "BOX")
    assert refused.value.parameters == {"quantity": Decimal("3.5"), "outstanding": 3, "unit": "BOX"}


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("qty_to_handle = -1", "to_handle_in_range"),
        ("qty_to_handle = qty_outstanding + 1", "to_handle_in_range"),
        ("qty_handled = 1", "handled_plus_outstanding"),
        ("qty_handled_base = 1", "handled_plus_outstanding"),
        (
            "qty_outstanding = 0, qty_handled = quantity, qty_to_handle = 0",
            "base_agrees_with_unit",
        ),
    ],
)
def test_the_database_keeps_the_state_of_a_line(white: Warehouse, change: str, rule: str) -> None:
    add_movement(white, "A", "B", Part(white.add_item("PLAIN"), 5))
    with pytest.raises(IntegrityError, match=rule):
        white.write(
            lambda session: session.execute(text(f"UPDATE warehouse_activity_line SET {change}"))
        )
