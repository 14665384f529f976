"""Tracking numbers: the value, and the checks that ask nothing but the value."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from scanner_app.database import Database
from scanner_app.inventory.item_tracking import (
    NO_NUMBERS,
    ItemTrackingLine,
    NumberMissing,
    SerialQuantityNotOne,
    TrackingNumbers,
    TrackingSource,
    check_numbers_given,
    check_serial_quantity,
    describe,
    numbers_of,
)
from scanner_app.inventory.item_tracking_code import KINDS, NumbersAsked

WORDS = ("Serial No.", "Lot No.", "Package No.")
NUMBERS = st.builds(TrackingNumbers, *([st.sampled_from(["", "A", "B"])] * 3))
ASKED = st.builds(NumbersAsked, *([st.booleans()] * 3))


@given(NUMBERS, ASKED)
def test_the_first_missing_of_serial_lot_and_package_is_refused(
    numbers: TrackingNumbers, asked: NumbersAsked
) -> None:
    wanted = [getattr(asked, kind) for kind in KINDS]
    missing = [
        word
        for word, number, want in zip(WORDS, numbers.as_tuple(), wanted, strict=True)
        if want and not number
    ]
    if not missing:
        check_numbers_given(numbers, asked, "1000")
        return
    with pytest.raises(NumberMissing) as refused:
        check_numbers_given(numbers, asked, "1000")
    assert refused.value.parameters == {"item_no": "1000", "kind": missing[0]}


@given(NUMBERS, ASKED)
def test_only_keeps_the_numbers_asked_for_and_blanks_the_others(
    numbers: TrackingNumbers, asked: NumbersAsked
) -> None:
    kept = numbers.only(asked)
    assert kept.agree_with(numbers)
    check_numbers_given(kept.completed_by(TrackingNumbers("S", "L", "P")), asked, "1000")
    for kind, number in zip(KINDS, kept.as_tuple(), strict=True):
        assert number == (getattr(numbers, f"{kind}_no") if getattr(asked, kind) else "")


@given(NUMBERS, NUMBERS)
def test_numbers_agree_unless_both_name_one_and_differ(
    mine: TrackingNumbers, theirs: TrackingNumbers
) -> None:
    pairs = zip(mine.as_tuple(), theirs.as_tuple(), strict=True)
    assert mine.agree_with(theirs) == all("" in pair or pair[0] == pair[1] for pair in pairs)
    assert mine.agree_with(theirs) == theirs.agree_with(mine)
    completed = mine.completed_by(theirs)
    assert completed.agree_with(mine)
    assert bool(completed) == (bool(mine) or bool(theirs))


def test_numbers_around_a_serial_are_the_same_lot_and_package() -> None:
    assert TrackingNumbers("S", "L", "P").without_serial() == TrackingNumbers("", "L", "P")


@pytest.mark.parametrize("quantity", [-1, 0, 1])
def test_a_serial_is_one_unit_in_or_out_or_none(quantity: int) -> None:
    check_serial_quantity(TrackingNumbers("S"), Decimal(quantity))


@pytest.mark.parametrize("quantity", ["2", "-2", "0.5", "1.00001"])
def test_a_serial_with_any_other_quantity_is_refused(quantity: str) -> None:
    check_serial_quantity(NO_NUMBERS, Decimal(quantity))
    with pytest.raises(SerialQuantityNotOne):
        check_serial_quantity(TrackingNumbers("S"), Decimal(quantity))


def test_item_and_numbers_are_said_in_one_breath() -> None:
    assert describe("2010", NO_NUMBERS) == "2010"
    assert describe("2010", TrackingNumbers("S1", "", "P1")) == "2010 Serial No. S1 Package No. P1"


@pytest.mark.parametrize(
    ("quantity", "to_handle", "handled"), [(10, -1, 0), (10, 0, -1), (10, 6, 5)]
)
def test_the_database_refuses_to_handle_more_than_a_tracking_line_has(
    database: Database, quantity: int, to_handle: int, handled: int
) -> None:
    row = {
        "source_type": TrackingSource.RECEIPT_LINE,
        "source_line_id": 1,
        "quantity_base": Decimal(quantity),
        "qty_to_handle_base": Decimal(to_handle),
        "qty_handled_base": Decimal(handled),
    }
    with pytest.raises(IntegrityError, match="handled_within_quantity"):
        database.write(lambda session: session.execute(insert(ItemTrackingLine).values(**row)))


def test_the_numbers_of_a_row_are_a_value() -> None:
    line = ItemTrackingLine(serial_no="S", lot_no="L", package_no="P")
    assert numbers_of(line) == TrackingNumbers("S", "L", "P")
