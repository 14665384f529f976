"""Bin balances: what the database refuses by itself, and how they are read."""

# ruff: noqa: S608 - what a person could type by hand is what is tested

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scanner_app.quantities import SCALE
from scanner_app.warehouse.bin_balance import (
    BalanceKey,
    BalanceOwner,
    balances_of,
    key_of,
    lock_balances,
    stock_in_bins,
)
from tests.builders import Warehouse, lot, serial

COLUMNS = (
    "location_id, bin_id, item_id, variant_id, unit_of_measure_id, serial_no, lot_no, package_no,"
    " is_adjustment_bin, serial_specific, quantity_base, version, settled_entry_id"
)


def copied(**changed: str) -> str:
    chosen = ", ".join(changed.get(name, name) for name in COLUMNS.split(", "))
    return (
        f"INSERT INTO bin_balance ({COLUMNS}) SELECT {chosen} FROM bin_balance"
        " WHERE serial_no = 'S1'"
    )


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE bin_balance SET quantity_base = -1 WHERE lot_no = 'L1'", "bin_not_negative"),
        (
            f"UPDATE bin_balance SET quantity_base = {2 * SCALE} WHERE serial_no = 'S1'",
            "serial_is_one_unit",
        ),
        (
            "UPDATE bin_balance SET is_adjustment_bin = true,"
            f" quantity_base = {-2 * SCALE} WHERE serial_no = 'S1'",
            "serial_is_one_unit",
        ),
        (
            f"UPDATE bin_balance SET quantity_base = {SCALE // 2} WHERE serial_no = 'S1'",
            "serial_is_one_unit",
        ),
        (copied(), "(?i)unique"),
        (copied(bin_id="5"), "(?i)unique"),
        (copied(lot_no="'L9'"), "(?i)unique"),
        (copied(bin_id="5", package_no="'P9'"), "(?i)unique"),
    ],
)
def test_a_statement_typed_by_hand_meets_the_same_refusal(
    white: Warehouse, statement: str, rule: str
) -> None:
    white.stock(white.add_item("LOT", "lot"), "A", 5, lot("L1"))
    white.stock(white.add_item("SN", "serial"), "A", 1, serial("S1"))
    with pytest.raises(IntegrityError, match=rule):
        white.write(lambda session: session.execute(text(statement)))


def test_the_database_lets_the_adjustment_bin_owe(white: Warehouse) -> None:
    white.stock(white.add_item("SN", "serial"), "A", 1, serial("S1"))
    allowed = copied(
        bin_id=str(white.bins["ADJ"].id), is_adjustment_bin="true", quantity_base=str(-SCALE)
    )
    white.write(lambda session: session.execute(text(allowed)))


def test_no_key_asks_nothing(white: Warehouse) -> None:
    def work(session: object) -> None:
        assert lock_balances(session, {}) == {}  # type: ignore[arg-type]
        assert balances_of(session, []) == {}  # type: ignore[arg-type]

    white.write(work)


def test_a_balance_that_was_read_before_it_was_locked_is_read_anew(white: Warehouse) -> None:
    goods = white.add_item("LOT", "lot")
    white.stock(goods, "A", 5, lot("L1"))

    def work(session: Session) -> None:
        [read] = stock_in_bins(session, [white.bins["A"].id])
        owner = BalanceOwner(read.location_id, is_adjustment_bin=False, serial_specific=False)
        session.execute(text("UPDATE bin_balance SET version = 7 WHERE lot_no = 'L1'"))
        [locked] = lock_balances(session, {key_of(read): owner}).values()
        assert (read.version, locked.version) == (7, 7)

    white.write(work)


def test_stock_is_read_in_key_order_and_without_empty_balances(white: Warehouse) -> None:
    goods = white.add_item("LOT", "lot")
    other = white.add_item("OTHER")
    for number in ("L2", "L1"):
        white.stock(goods, "A", 5, lot(number))
    white.stock(other, "B", 5)
    white.post(white.line(goods, -5, lot("L2")))
    bins = [white.bins[code].id for code in ("B", "A")]
    with white.database.read() as session:
        found = [key_of(balance) for balance in stock_in_bins(session, bins)]
        assert [key.lot_no for key in found] == ["L1", ""]
        assert stock_in_bins(session, bins, item_id=other.id)[0].item_id == other.id
        assert balances_of(session, found).keys() == set(found)
        assert found[0].numbers == lot("L1")
        missing = BalanceKey(bins[0], goods.id, goods.variant_id, 1, "NONE")
        assert balances_of(session, [missing]) == {}
