"""What the database refuses about the item ledger by itself, without the Python rules."""

# ruff: noqa: S608 - what a person could type by hand is what is tested

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from scanner_app.quantities import SCALE
from tests.builders import Warehouse, another_location, lot, serial


def execute(white: Warehouse, statement: str) -> None:
    white.write(lambda session: session.execute(text(statement)))


@pytest.fixture
def stocked(white: Warehouse) -> Warehouse:
    white.stock(white.add_item("LOT", "lot"), "A", 5, lot("L1"))
    white.stock(white.add_item("SN", "serial"), "A", 1, serial("S1"))
    another_location(white, "BLUE")
    return white


COPY = (
    "INSERT INTO item_balance (item_id, variant_id, location_id, serial_no, lot_no, package_no,"
    " serial_specific, quantity) SELECT item_id, variant_id, {location}, serial_no, lot_no,"
    " '{package}', serial_specific, quantity FROM item_balance WHERE serial_no = 'S1'"
)


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE item_balance SET quantity = -1 WHERE lot_no = 'L1'", "quantity_not_negative"),
        (
            f"UPDATE item_balance SET quantity = {2 * SCALE} WHERE serial_no = 'S1'",
            "serial_is_one_unit",
        ),
        (
            f"UPDATE item_balance SET quantity = {SCALE // 2} WHERE serial_no = 'S1'",
            "serial_is_one_unit",
        ),
        (COPY.format(location="location_id", package=""), "(?i)unique"),
        (COPY.format(location="location_id", package="P"), "(?i)unique"),
        (COPY.format(location=2, package=""), "(?i)unique"),
        (
            "UPDATE open_item_ledger_entry SET remaining_quantity = 0",
            "remaining_quantity_positive",
        ),
        (
            "INSERT INTO item_application_entry (item_ledger_entry_id, inbound_item_entry_id,"
            " quantity, posting_date) VALUES (1, 1, -1, '2026-01-01')",
            "sign_follows_direction",
        ),
        (
            "INSERT INTO item_application_entry (item_ledger_entry_id, inbound_item_entry_id,"
            " outbound_item_entry_id, quantity, posting_date) VALUES (1, 1, 1, 1, '2026-01-01')",
            "sign_follows_direction",
        ),
        (
            "INSERT INTO item_register (no, created_at, user_id, source_code, journal_batch_name,"
            " from_entry_no, to_entry_no) VALUES (1, '2026-01-01', 1, '', '', 1, 1)",
            "(?i)unique",
        ),
    ],
)
def test_a_statement_typed_by_hand_meets_the_same_refusal(
    stocked: Warehouse, statement: str, rule: str
) -> None:
    with pytest.raises(IntegrityError, match=rule):
        execute(stocked, statement)
    stocked.assert_sound()


@pytest.mark.parametrize("table", ["item_register", "item_ledger_entry", "item_application_entry"])
def test_the_item_ledger_is_append_only(stocked: Warehouse, table: str) -> None:
    statements = [f"UPDATE {table} SET id = id", f"DELETE FROM {table}"]
    if stocked.database.dialect == "postgresql":
        statements.append(f"TRUNCATE {table} CASCADE")
    else:
        statements.append(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    for statement in statements:
        with pytest.raises(DBAPIError, match="append-only"):
            execute(stocked, statement)
    stocked.assert_sound()


def test_an_entry_cannot_name_a_register_that_never_comes(stocked: Warehouse) -> None:
    columns = (
        "entry_type, posting_date, document_date, document_no, source_no, item_id, variant_id,"
        " location_id, description, quantity, unit_of_measure_id, qty_per_unit_of_measure,"
        " serial_no, lot_no, package_no, warehouse_adjustment"
    )
    with pytest.raises(IntegrityError, match=r"(?i)foreign"):
        execute(
            stocked,
            f"INSERT INTO item_ledger_entry (register_id, {columns})"
            f" SELECT 99, {columns} FROM item_ledger_entry WHERE id = 1",
        )
