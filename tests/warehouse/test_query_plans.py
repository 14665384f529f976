"""What a scan asks for is found by an index, on both databases."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from scanner_app.code_index import meanings_of
from scanner_app.inventory.item_journal import ItemJournalBatch
from scanner_app.inventory.location import Location
from scanner_app.inventory.posting_state import open_entries_of_numbers
from scanner_app.inventory.tracking_information import NumberKind, known_expiration_dates
from scanner_app.scanning.floor_view import lines_per_hour
from scanner_app.warehouse.activity import ActivityType, RegisteredActivity
from scanner_app.warehouse.bin_balance import BalanceKey, balances_of, stock_in_bins
from scanner_app.warehouse.create_pick import plan_pick
from scanner_app.warehouse.frozen_item_journal import count_lines
from scanner_app.warehouse.item_journal_list import list_item_journal_lines, newest_lines, totals_of
from scanner_app.warehouse.register_differences import dates_that_wait
from scanner_app.warehouse.registered_documents import (
    WantedDocuments,
    list_registered,
    pairs_of_registered,
)
from scanner_app.warehouse.scanned_journal_line import is_serial_on_journal
from scanner_app.warehouse.shipment import WarehouseShipment
from tests.builders import Warehouse, days, lot
from tests.query_plans import explain
from tests.sent_statements import statements_sent
from tests.warehouse.documents import Part, add_shipment
from tests.warehouse.masters import DAY, MOMENT

WHITE = Location(id=1, time_zone="UTC")


def plans_of(white: Warehouse, ask: Callable[[Session], object]) -> str:
    """How the database finds what is asked, as its own words."""
    with statements_sent(white.database.engine) as asked:
        white.write(ask)
    plans = explain(white.database, asked)
    return "\n".join(line for plan in plans for line in plan)


@pytest.mark.parametrize(
    ("ask", "table"),
    [
        (lambda session: meanings_of(session, ["L1", "L2"]), "code_index"),
        (
            lambda session: balances_of(session, [BalanceKey(4, 1, 1, 1, "", "L1")]),
            "bin_balance",
        ),
        (lambda session: stock_in_bins(session, [4, 5]), "bin_balance"),
        (lambda session: dates_that_wait(session, 3, [1]), "bin_balance"),
        (
            lambda session: list_item_journal_lines(session, ItemJournalBatch(id=7), 40, 51),
            "item_journal_line",
        ),
        (lambda session: count_lines(session, ItemJournalBatch(id=7)), "item_journal_line"),
        (lambda session: totals_of(session, ItemJournalBatch(id=7)), "item_journal_line"),
        (
            lambda session: is_serial_on_journal(session, ItemJournalBatch(id=7), 1, 1, "S1"),
            "item_tracking_line",
        ),
        (
            lambda session: list_registered(session, WHITE, WantedDocuments(), 50),
            "registered_activity",
        ),
        (
            lambda session: list_registered(
                session, WHITE, WantedDocuments(ActivityType.PICK, "L1", 40), 50
            ),
            "registered_activity",
        ),
        (
            lambda session: list_registered(session, WHITE, WantedDocuments(query="L1"), 50),
            "warehouse_entry",
        ),
        (
            lambda session: pairs_of_registered(session, RegisteredActivity(id=1), rows_max=50),
            "registered_activity_line",
        ),
        (
            lambda session: lines_per_hour(session, WHITE, MOMENT),
            "registered_activity",
        ),
        (lambda session: newest_lines(session, ItemJournalBatch(id=7), 20), "item_journal_line"),
        (
            lambda session: known_expiration_dates(session, [(1, 1, NumberKind.LOT, "L1")]),
            "known_expiration_date",
        ),
    ],
)
def test_a_look_up_uses_its_index(
    white: Warehouse, ask: Callable[[Session], object], table: str
) -> None:
    goods = white.add_item("LOT", "lot", use_expiration_dates=True)
    for number in ("L1", "L2"):
        white.stock(goods, "A", 5, lot(number), expiration_date=days(9))
    plan = plans_of(white, ask)
    used = r"USING (COVERING )?INDEX" if white.database.dialect == "sqlite" else "Index"
    assert re.search(used, plan)
    assert f"SCAN {table}" not in plan
    assert "Seq Scan" not in plan


@pytest.mark.parametrize("kind", list(NumberKind))
def test_what_is_open_of_a_number_is_not_read_through_all_stock_of_its_item(
    white: Warehouse, kind: NumberKind
) -> None:
    plan = plans_of(white, lambda session: open_entries_of_numbers(session, {(1, 1, kind, "L1")}))
    assert f"ix_open_item_ledger_entry_{kind.value.lower()}" in plan


def test_a_pick_is_planned_by_indexes_alone(white: Warehouse) -> None:
    goods = white.add_item("LOT", "lot")
    white.stock(goods, "A", 5, lot("L1"))
    shipment_id = add_shipment(white, Part(goods, 1, lot("L1")), Part(goods, 2))

    def plan_it(session: Session) -> object:
        return plan_pick(session, session.get_one(WarehouseShipment, shipment_id), DAY)

    plan = plans_of(white, plan_it)
    for table in ("bin_balance", "warehouse_activity_line", "lot_no_information"):
        assert f"SCAN {table}" not in plan
    assert "Seq Scan" not in plan


@pytest.mark.parametrize(
    ("fefo", "index"),
    [(True, "ix_bin_balance_expiration"), (False, "ix_bin_ranking")],
    ids=["by date", "by bin"],
)
def test_what_a_pick_takes_first_is_found_in_its_order(
    white: Warehouse, index: str, *, fefo: bool
) -> None:
    white.change(white.location, pick_according_to_fefo=fefo)
    goods = white.add_item("LOT", "lot", use_expiration_dates=True)
    for number in range(9):
        white.stock(goods, "ABC"[number % 3], 5, lot(f"L{number}"), expiration_date=days(number))
    shipment_id = add_shipment(white, Part(goods, 2))

    def plan_it(session: Session) -> object:
        return plan_pick(session, session.get_one(WarehouseShipment, shipment_id), DAY)

    plan = plans_of(white, plan_it)
    # PostgreSQL knows how few rows there are here, and need not use the order of an index.
    assert index in plan or white.database.dialect == "postgresql"
    assert "SCAN bin_balance" not in plan
    assert "Seq Scan on bin_balance" not in plan


def test_a_look_up_without_an_index_would_be_seen(white: Warehouse) -> None:
    plan = plans_of(white, lambda session: session.execute(text("SELECT * FROM reason_code")))
    assert "SCAN " in plan or "Seq Scan" in plan
