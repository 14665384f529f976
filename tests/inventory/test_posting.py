"""What a posting writes: entries, applications, open rows, balances, dates and codes."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.code_index import CodeKind, meanings_of
from scanner_app.inventory.item_ledger import (
    ItemApplicationEntry,
    ItemBalance,
    ItemLedgerEntry,
    ItemRegister,
    OpenItemLedgerEntry,
)
from scanner_app.inventory.item_tracking import TrackingNumbers, numbers_of
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.inventory.posting_line import Posting
from scanner_app.inventory.posting_refusals import InventoryInsufficient
from scanner_app.inventory.tracking_information import KnownExpirationDate
from scanner_app.warehouse.post_item_journal import JournalPart, NothingToPost, post
from scanner_app.warehouse.warehouse_ledger import WarehouseDocument, WarehouseEntry
from tests.builders import Warehouse, another_location, days, lot, serial
from tests.warehouse.masters import DAY, Goods


def applications(white: Warehouse) -> list[tuple[int, int, int | None, Decimal]]:
    row = ItemApplicationEntry
    with white.database.read() as session:
        return [
            (a.item_ledger_entry_id, a.inbound_item_entry_id, a.outbound_item_entry_id, a.quantity)
            for a in session.scalars(select(row).order_by(row.id))
        ]


def open_rows(white: Warehouse) -> dict[int, Decimal]:
    with white.database.read() as session:
        return {
            row.item_ledger_entry_id: row.remaining_quantity
            for row in session.scalars(select(OpenItemLedgerEntry))
        }


def sell(white: Warehouse, goods: Goods, quantity: int, *numbers: TrackingNumbers) -> None:
    lines = [
        white.line(goods, -quantity, one, entry_type=EntryType.SALE)
        for one in numbers or (TrackingNumbers(),)
    ]
    white.post(*lines)


def test_the_oldest_posting_date_is_applied_first(white: Warehouse) -> None:
    goods = white.add_item("PLAIN")
    white.post(white.line(goods, 5), on=days(2))
    white.post(white.line(goods, 5), on=days(1))
    white.post(white.line(goods, 5), on=days(1))
    sell(white, goods, 7)
    fresh = [(entry, entry, None, 5) for entry in (1, 2, 3)]
    assert applications(white) == [*fresh, (4, 2, 4, -5), (4, 3, 4, -2)]
    assert open_rows(white) == {1: 5, 3: 3}
    sell(white, goods, 8)
    assert open_rows(white) == {}
    white.assert_sound()


def test_a_specific_number_is_applied_to_its_own_stock_only(white: Warehouse) -> None:
    goods = white.add_item("LOTPKG", "lot", package_purchase_inbound_tracking=True)
    white.stock(goods, "A", 5, lot("OLD", "P1"))
    white.stock(goods, "A", 5, lot("NEW", "P1"))
    white.stock(goods, "A", 5, lot("NEW", "P2"))
    sell(white, goods, 6, lot("NEW"))
    assert open_rows(white) == {1: 5, 3: 4}
    white.assert_sound()


def test_lines_of_one_posting_see_what_the_ones_before_them_take(white: Warehouse) -> None:
    goods = white.add_item("LOT", "lot")
    for quantity in (3, 3, 3):
        white.stock(goods, "A", quantity, lot("L1"))
    sell(white, goods, 2, lot("L1"), lot("L1"), lot("L1"))
    assert open_rows(white) == {3: 3}
    with pytest.raises(InventoryInsufficient) as refused:
        sell(white, goods, 2, lot("L1"), lot("L1"))
    assert refused.value.parameters["available"] == 1
    assert open_rows(white) == {3: 3}


def test_two_postings_of_one_session_see_each_other(white: Warehouse) -> None:
    goods = white.add_item("LOT", "lot")
    white.stock(goods, "A", 5, lot("L1"))
    posting = Posting(DAY, white.by.at, white.by.user_id, "TEST")
    line = white.line(goods, -2, lot("L1"), entry_type=EntryType.SALE)

    def post_twice(session: Session) -> int:
        held = session.scalars(select(OpenItemLedgerEntry)).all()
        for _ in range(2):
            post(session, posting, [JournalPart(line, white.bins["A"])], WarehouseDocument.RECEIPT)
        return len(held)

    assert white.write(post_twice) == 1
    assert open_rows(white) == {1: 1}
    white.assert_sound()


def test_every_line_of_a_posting_stands_on_its_own_day_in_both_ledgers(white: Warehouse) -> None:
    goods = white.add_item("PLAIN")
    white.post(white.line(goods, 5, posting_date=days(-3)), white.line(goods, 2))
    with white.database.read() as session:
        posted = session.execute(select(ItemLedgerEntry.quantity, ItemLedgerEntry.posting_date))
        registered = session.execute(
            select(WarehouseEntry.quantity, WarehouseEntry.registering_date)
        )
        expected = {(5, days(-3)), (2, DAY)}
        assert {tuple(row) for row in posted} == {tuple(row) for row in registered} == expected
    white.assert_sound()


def test_one_posting_writes_one_register_without_gaps(white: Warehouse) -> None:
    goods = white.add_item("LOT", "lot")
    white.post(white.line(goods, 1, lot("L1")), white.line(goods, 2, lot("L2")))
    with pytest.raises(InventoryInsufficient):
        sell(white, goods, 5, lot("L1"))
    posted = white.post(white.line(goods, 3, lot("L3")))
    assert posted.warehouse_register is not None
    with white.database.read() as session:
        registers = session.scalars(select(ItemRegister).order_by(ItemRegister.id)).all()
        entries = session.scalars(select(ItemLedgerEntry).order_by(ItemLedgerEntry.id)).all()
    assert [register.no for register in registers] == [1, 2]
    assert [entry.register_id for entry in entries] == [1, 1, 2]
    assert posted.item_register.from_entry_no == posted.item_register.to_entry_no == entries[2].id
    assert {entry.posting_date for entry in entries} == {DAY}


def test_an_entry_keeps_base_units_and_says_in_which_unit_it_came(white: Warehouse) -> None:
    goods = white.add_item("PLAIN", units={"BOX": 6})
    white.stock(goods, "A", 2, unit="BOX")
    with white.database.read() as session:
        entry = session.scalars(select(ItemLedgerEntry)).one()
    assert (entry.quantity, entry.qty_per_unit_of_measure) == (12, 6)
    assert entry.unit_of_measure_id == goods.units["BOX"][0]


def test_a_balance_counts_only_specific_numbers(white: Warehouse) -> None:
    goods = white.add_item("LOT", "lot", package_purchase_inbound_tracking=True)
    blue = another_location(white, "BLUE")
    white.stock(goods, "A", 5, lot("L1", "P1"))
    white.stock(goods, "A", 5, lot("L1", "P2"))
    blue.post(blue.line(goods, 3, lot("L1", "P1")), bin_code=None)
    sell(white, goods, 4, lot("L1"))
    with white.database.read() as session:
        balances = session.scalars(select(ItemBalance).order_by(ItemBalance.id)).all()
    assert [(numbers_of(b), b.quantity, b.location_id) for b in balances] == [
        (lot("L1"), 6, white.location.id),
        (lot("L1"), 3, blue.location.id),
    ]


def test_the_last_inbound_entry_says_the_date_of_a_number(white: Warehouse) -> None:
    goods = white.add_item("SNLOT", "serial", "lot", use_expiration_dates=True)
    white.post(
        white.line(goods, 1, serial("S1", "L1"), expiration_date=days(5)),
        white.line(goods, 1, serial("S2", "L1"), expiration_date=days(5)),
    )
    sell(white, goods, 1, serial("S1", "L1"))
    with white.database.read() as session:
        [known] = session.scalars(select(KnownExpirationDate)).all()
    assert (known.number, known.expiration_date, known.item_ledger_entry_id) == ("L1", days(5), 2)


def test_an_outbound_entry_carries_the_date_of_its_stock_unless_it_has_one(
    white: Warehouse,
) -> None:
    goods = white.add_item("LOT", "lot", use_expiration_dates=True)
    white.stock(goods, "A", 5, lot("L1"), expiration_date=days(5))
    sell(white, goods, 1, lot("L1"))
    sale = {"entry_type": EntryType.SALE, "expiration_date": date(2030, 1, 1)}
    white.post(white.line(goods, -1, lot("L1"), **sale))  # type: ignore[arg-type]
    with white.database.read() as session:
        row = ItemLedgerEntry
        found = session.scalars(select(row.expiration_date).order_by(row.id)).all()
    assert found == [days(5), days(5), date(2030, 1, 1)]


def test_a_number_that_came_in_can_be_scanned(white: Warehouse) -> None:
    goods = white.add_item("ALL", "serial", "lot", "package")
    white.stock(goods, "A", 1, TrackingNumbers("S1", "L1", "P1"))
    white.stock(goods, "A", 1, TrackingNumbers("S2", "L1", "P1"))
    with white.database.read() as session:
        found = meanings_of(session, ["S1", "S2", "L1", "P1"])
    assert sorted((entry.code, entry.kind, entry.item_id) for entry in found) == [
        ("L1", CodeKind.LOT, goods.id),
        ("P1", CodeKind.PACKAGE, goods.id),
        ("S1", CodeKind.SERIAL, goods.id),
        ("S2", CodeKind.SERIAL, goods.id),
    ]


def test_nothing_to_post_is_refused(white: Warehouse) -> None:
    with pytest.raises(NothingToPost):
        white.post()


def test_a_location_without_bins_gets_no_warehouse_entries(white: Warehouse) -> None:
    goods = white.add_item("PLAIN")
    blue = another_location(white, "BLUE")
    assert blue.post(blue.line(goods, 5), bin_code=None).warehouse_register is None
    white.assert_sound()
