"""What stands against changing an item: entries of both ledgers and open documents."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from scanner_app.warehouse.item_use import (
    has_ledger_entries,
    has_warehouse_entries,
    open_document,
    open_document_with_numbers,
)
from scanner_app.warehouse.physical_inventory import count_of_bin, count_units, open_bin
from scanner_app.warehouse.warehouse_journal import WarehouseJournalBatch
from tests.builders import Warehouse, lot
from tests.warehouse.counting import add_count, calculate, count, count_bin, register_count, seen
from tests.warehouse.documents import (
    Part,
    add_movement,
    add_receipt,
    add_shipment,
    register,
    scan,
)
from tests.warehouse.item_cards import add_lot_code, refused
from tests.warehouse.masters import Goods
from tests.warehouse.test_query_plans import plans_of


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("GOODS", "lot")


def named(white: Warehouse, goods: Goods) -> tuple[str, str]:
    """The open document with numbers of the item, and the one with a line of it."""
    return white.write(
        lambda session: (
            open_document_with_numbers(session, goods.id),
            open_document(session, goods.id),
        )
    )


def test_a_receipt_carries_numbers_once_they_are_named(white: Warehouse, goods: Goods) -> None:
    add_receipt(white, Part(goods, 2))
    assert named(white, goods) == ("", "RE0001")
    add_receipt(white, Part(goods, 2, lot("L1")))
    assert named(white, goods)[0] == "RE0002"
    add_lot_code(white, "LOTS")
    said = refused(white, "GOODS", "TrackingFixedByDocument", item_tracking_code="LOTS")
    assert "RE0002 is open" in said


def test_a_receipt_keeps_the_base_unit(white: Warehouse, goods: Goods) -> None:
    white.add_item("SEED", units={"BOX": 6})
    add_receipt(white, Part(goods, 2))
    said = refused(white, "GOODS", "BaseUnitFixed", base_unit_of_measure="BOX")
    assert "RE0001" in said


def test_the_base_unit_stays_while_only_the_warehouse_ledger_knows_the_item(
    white: Warehouse, goods: Goods
) -> None:
    white.add_item("SEED", units={"BOX": 6})
    count(white, {"A": [Part(goods, 2, lot("L1"))]})
    said = refused(white, "GOODS", "BaseUnitFixed", base_unit_of_measure="BOX")
    assert "warehouse entries" in said


def test_a_shipment_carries_the_numbers_that_it_names(white: Warehouse, goods: Goods) -> None:
    add_shipment(white, Part(goods, 2, lot("L1")))
    assert named(white, goods) == ("SH0001", "SH0001")


def test_a_movement_carries_numbers_until_it_is_registered(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    movement = add_movement(white, "A", "B", Part(goods, 2, lot("L1")))
    assert named(white, goods) == ("MV0001", "MV0001")
    scan(white, movement)
    register(white, movement)
    assert named(white, goods) == ("", "")


def test_a_count_carries_what_was_seen_until_it_is_registered(
    white: Warehouse, goods: Goods
) -> None:
    batch_id = add_count(white, "A", name="COUNT")
    assert named(white, goods) == ("", "")

    def see(session: Session) -> None:
        batch, bin_ = session.get_one(WarehouseJournalBatch, batch_id), white.bins["A"]
        opened = count_of_bin(session, batch, bin_)
        open_bin(session, opened, bin_, white.by)
        count_units(session, opened, [seen(Part(goods, 2, lot("L1")))], white.by, None)

    white.write(see)
    assert named(white, goods)[0] == "COUNT"


def test_a_closed_count_carries_numbers_and_then_the_sync_does(
    white: Warehouse, goods: Goods
) -> None:
    batch_id = add_count(white, "A", name="COUNT")
    count_bin(white, batch_id, "A", Part(goods, 2, lot("L1")))
    assert named(white, goods)[0] == "COUNT"
    register_count(white, batch_id)
    assert named(white, goods) == ("", "")
    calculate(white)
    assert named(white, goods) == ("SYNC", "SYNC")


def test_entries_of_each_ledger_are_seen_for_good(white: Warehouse, goods: Goods) -> None:
    def known() -> tuple[bool, bool]:
        return white.write(
            lambda session: (
                has_ledger_entries(session, goods.id),
                has_warehouse_entries(session, goods.id),
            )
        )

    assert known() == (False, False)
    white.stock(goods, "A", 5, lot("L1"))
    white.stock(goods, "A", -5, lot("L1"))
    assert known() == (True, True)


@pytest.mark.parametrize("ask", [has_ledger_entries, has_warehouse_entries])
def test_entries_are_found_by_an_index(
    white: Warehouse, goods: Goods, ask: Callable[[Session, int], bool]
) -> None:
    plan = plans_of(white, lambda session: ask(session, goods.id))
    assert "SCAN item_ledger_entry" not in plan
    assert "SCAN bin_balance" not in plan
    assert "Seq Scan" not in plan
