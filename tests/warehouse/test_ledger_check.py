"""The check finds each forged row and names it."""

# ruff: noqa: S608 - what a person could type by hand is what is tested

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from scanner_app.quantities import SCALE
from scanner_app.warehouse.ledger_check import INVARIANTS, Broken, check_ledgers, verify_ledgers
from tests.builders import Warehouse, days, lot, serial
from tests.warehouse.documents import Part, move
from tests.warehouse.warehouse_journals import RECLASSIFICATION, Journal

APPEND_ONLY = (
    "warehouse_entry",
    "warehouse_register",
    "item_ledger_entry",
    "item_application_entry",
    "item_register",
)
UNIQUE = ("uq_bin_balance_serial", "uq_item_balance_serial")
COPIED_BALANCE = (
    "INSERT INTO bin_balance (location_id, bin_id, item_id, variant_id, unit_of_measure_id,"
    " serial_no, lot_no, package_no, is_adjustment_bin, serial_specific, quantity_base, version,"
    " settled_entry_id) SELECT location_id, 4, item_id, variant_id, unit_of_measure_id, serial_no,"
    " 'OTHER', package_no, is_adjustment_bin, serial_specific, quantity_base, version,"
    " settled_entry_id FROM bin_balance WHERE serial_no = 'S1' AND quantity_base > 0"
)


def stock(white: Warehouse) -> None:
    """Three warehouse registers, two item registers: what the tests below forge."""
    goods = white.add_item("LOT", "lot")
    white.stock(goods, "A", 5, lot("L1"))
    white.stock(white.add_item("SN", "serial"), "A", 1, serial("S1"))
    move(white, "A", "B", Part(goods, 2, lot("L1")))


def forge(white: Warehouse, statement: str) -> list[Broken]:
    """Take the guards away, as a person with the file could, forge, and check."""

    def work(session: Session) -> None:
        if white.database.dialect == "sqlite":
            for table in APPEND_ONLY:
                session.execute(text(f"DROP TRIGGER {table}_no_update"))
                session.execute(text(f"DROP TRIGGER {table}_no_delete"))
            session.execute(text("PRAGMA defer_foreign_keys=ON"))
            session.execute(text("PRAGMA ignore_check_constraints=ON"))
        else:
            session.execute(text("SET session_replication_role = replica"))
        for index in UNIQUE:
            session.execute(text(f"DROP INDEX {index}"))
        session.execute(text(statement))
        if white.database.dialect == "sqlite":
            session.execute(text("PRAGMA ignore_check_constraints=OFF"))
        else:
            session.execute(text("SET session_replication_role = DEFAULT"))

    white.write(work)
    with white.database.read() as session:
        return check_ledgers(session)


@pytest.mark.parametrize(
    ("statement", "invariant", "row_id"),
    [
        (
            f"UPDATE bin_balance SET quantity_base = {4 * SCALE} WHERE id = 1",
            "bin balance is the sum of its warehouse entries",
            "1",
        ),
        (
            f"UPDATE warehouse_entry SET quantity_base = {6 * SCALE} WHERE id = 1",
            "bin balance is the sum of its warehouse entries",
            "1",
        ),
        ("DELETE FROM bin_balance WHERE id = 2", "every warehouse entry has a bin balance", "2"),
        (
            f"UPDATE item_balance SET quantity = {4 * SCALE} WHERE id = 1",
            "item balance is the sum of its item ledger entries",
            "1  L1 ",
        ),
        (
            "DELETE FROM item_balance WHERE id = 1",
            "item balance is the sum of its item ledger entries",
            "1  L1 ",
        ),
        (
            f"UPDATE open_item_ledger_entry SET remaining_quantity = {9 * SCALE}"
            " WHERE item_ledger_entry_id = 1",
            "what is open of an inbound entry is what was not applied",
            "1",
        ),
        (
            "DELETE FROM open_item_ledger_entry WHERE item_ledger_entry_id = 2",
            "what is open of an inbound entry is what was not applied",
            "2",
        ),
        (
            f"UPDATE item_application_entry SET quantity = {4 * SCALE} WHERE id = 1",
            "an entry is applied whole",
            "1",
        ),
        (
            f"UPDATE item_ledger_entry SET quantity = {4 * SCALE} WHERE id = 1",
            "I1: all bins together are the item ledger",
            "1  L1 ",
        ),
        (
            "UPDATE item_ledger_entry SET lot_no = 'L2' WHERE id = 1",
            "I1: all bins together are the item ledger",
            "1  L2 ",
        ),
        (
            f"UPDATE warehouse_entry SET quantity_base = {3 * SCALE} WHERE id = 4",
            "a movement or count leaves the sum of all bins as it was",
            "3",
        ),
        (COPIED_BALANCE, "a serial no. stands in one bin", "S1"),
        (
            "UPDATE location SET adjustment_bin_id = NULL",
            "a directed location has its adjustment bin",
            "WHITE",
        ),
        (
            "UPDATE bin SET is_adjustment_bin = false WHERE code = 'ADJ'",
            "a directed location has its adjustment bin",
            "WHITE",
        ),
        (
            "UPDATE warehouse_register SET no = 9 WHERE no = 3",
            "warehouse registers have no gap",
            "all",
        ),
        ("UPDATE item_register SET no = 9 WHERE no = 2", "item registers have no gap", "all"),
        (
            "UPDATE warehouse_register SET to_entry_no = 3 WHERE no = 3",
            "warehouse entries lie within their register",
            "4",
        ),
        (
            "UPDATE item_register SET from_entry_no = 9 WHERE no = 2",
            "item ledger entries lie within their register",
            "2",
        ),
    ],
)
def test_a_forged_row_is_named(
    white: Warehouse, statement: str, invariant: str, row_id: str
) -> None:
    stock(white)
    white.assert_sound()
    found = forge(white, statement)
    assert (invariant, row_id) in {(broken.invariant, broken.row_id) for broken in found}


@pytest.mark.parametrize(
    "forged",
    ["expiration_date = '2031-01-01'", "expiration_date = NULL", "item_ledger_entry_id = 1"],
)
def test_a_known_date_that_its_entry_does_not_say_is_named(white: Warehouse, forged: str) -> None:
    stock(white)
    dated = white.add_item("DATED", "lot", use_expiration_dates=True)
    white.stock(dated, "A", 5, lot("D1"), expiration_date=days(30))
    white.assert_sound()
    [broken] = forge(white, f"UPDATE known_expiration_date SET {forged}")
    assert broken.invariant == "a known expiration date is that of its entry"
    assert broken.table == "known_expiration_date"


def test_a_reclassification_that_makes_stock_is_named(white: Warehouse) -> None:
    white.stock(white.add_item("GOODS", "lot"), "A", 5, lot("L1"))
    journal = Journal(white, RECLASSIFICATION)
    journal.add_batch()
    journal.add_line(lot_no="L1", new_lot_no="L2")
    journal.register()
    found = forge(white, f"UPDATE warehouse_entry SET quantity_base = {2 * SCALE} WHERE id = 3")
    name = "a reclassification leaves the sum of an item as it was"
    assert (name, "2") in {(broken.invariant, broken.row_id) for broken in found}


def test_a_broken_row_says_what_was_expected_and_found(white: Warehouse) -> None:
    stock(white)
    statement = f"UPDATE bin_balance SET quantity_base = {4 * SCALE} WHERE id = 1"
    [broken] = forge(white, statement)
    assert broken == Broken(INVARIANTS[0].name, "bin_balance", "1", "3", "4")


def test_every_invariant_is_verified_and_counts_its_rows(white: Warehouse) -> None:
    stock(white)
    with white.database.read() as session:
        verified = list(verify_ledgers(session))
    assert [v.invariant for v in verified] == [invariant.name for invariant in INVARIANTS]
    assert {v.invariant: v.rows for v in verified}[INVARIANTS[0].name] == 3
    assert all(not v.broken for v in verified)
