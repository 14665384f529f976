"""Posting receipts: whole, partly, and what stops them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scanner_app.code_index import CodeKind, Meaning, index_codes, meanings_of
from scanner_app.inventory.item_ledger import ItemLedgerEntry
from scanner_app.inventory.item_tracking import ItemTrackingLine, numbers_of
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.warehouse.activity import ActionType
from scanner_app.warehouse.bin_balance import BinBalance
from scanner_app.warehouse.post_item_journal import BinMissing
from scanner_app.warehouse.post_receipt import NothingToReceive
from scanner_app.warehouse.receipt import (
    PostedReceipt,
    PostedReceiptLine,
    WarehouseReceipt,
    WarehouseReceiptLine,
)
from scanner_app.warehouse.receipt_parts import TrackingNotComplete
from scanner_app.warehouse.register_activity import DocumentGone
from scanner_app.warehouse.warehouse_ledger import WarehouseEntry, WarehouseEntryType
from tests.builders import Warehouse, another_location, days, lot
from tests.warehouse.documents import Part, add_receipt, lines_of, post_receipt, receive
from tests.warehouse.masters import Goods


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("LOT", "lot", units={"BOX": 6}, use_expiration_dates=True)


def to_receive(white: Warehouse, quantity: int, *handled: int) -> None:
    """Type another quantity to receive, and so much to handle on each tracking line."""

    def change(session: Session) -> None:
        session.execute(update(WarehouseReceiptLine).values(qty_to_receive=Decimal(quantity)))
        for tracking, part in zip(tracking_lines(session), handled, strict=True):
            tracking.qty_to_handle_base = Decimal(part)

    white.write(change)


def tracking_lines(session: Session) -> Sequence[ItemTrackingLine]:
    return session.scalars(select(ItemTrackingLine).order_by(ItemTrackingLine.id)).all()


def test_a_receipt_fills_the_receipt_bin_and_the_item_ledger(
    white: Warehouse, goods: Goods
) -> None:
    receipt = add_receipt(white, Part(goods, 2, lot("L1"), days(5), unit="BOX"))
    index = Meaning("RE0001", CodeKind.RECEIPT, receipt)
    white.write(lambda session: index_codes(session, [index]))
    post_receipt(white, receipt)
    with white.database.read() as session:
        entry = session.scalars(select(ItemLedgerEntry)).one()
        warehouse_entry = session.scalars(select(WarehouseEntry)).one()
        posted = session.scalars(select(PostedReceiptLine)).one()
        assert session.scalars(select(PostedReceipt.no)).all() == ["PR0001"]
        assert session.scalars(select(WarehouseReceipt)).all() == []
        assert session.scalars(select(ItemTrackingLine)).all() == []
        assert meanings_of(session, ["RE0001"]) == []
    assert (entry.entry_type, entry.quantity, entry.source_no) == (EntryType.PURCHASE, 12, "PO1")
    assert (entry.document_no, entry.expiration_date) == ("PR0001", days(5))
    assert warehouse_entry.entry_type is WarehouseEntryType.POSITIVE_ADJUSTMENT
    assert (warehouse_entry.quantity, warehouse_entry.quantity_base) == (2, 12)
    assert (posted.quantity, posted.quantity_base, posted.qty_put_away_base) == (2, 12, 0)
    assert white.in_bins(goods) == {("RECV", lot("L1")): 12}
    white.assert_sound()


def test_dates_that_posting_fills_in_reach_the_bin_and_the_put_away(white: Warehouse) -> None:
    white.change(white.location, require_put_away=True)
    goods = white.add_item(
        "DATED",
        "lot",
        use_expiration_dates=True,
        expiration_calculation="1M",
        warranty_date_formula="1Y",
    )
    put_away = receive(white, Part(goods, 1, lot("L1")), Part(goods, 1, lot("L2"), days(3)))
    with white.database.read() as session:
        entries = session.scalars(select(WarehouseEntry).order_by(WarehouseEntry.id)).all()
        balances = session.scalars(select(BinBalance).order_by(BinBalance.lot_no)).all()
    known = [(lot("L1"), date(2026, 12, 23)), (lot("L2"), days(3))]
    takes = [line for line in lines_of(white, put_away) if line.action_type is ActionType.TAKE]
    for rows in (entries, balances, takes):
        assert [(numbers_of(row), row.expiration_date) for row in rows] == known
        assert {row.warranty_date for row in rows} == {date(2027, 11, 23)}


def test_the_bin_is_that_of_the_line_else_of_the_receipt(white: Warehouse, goods: Goods) -> None:
    first = add_receipt(white, Part(goods, 1, lot("L1")), bin_id=white.bins["B"].id)
    post_receipt(white, first)
    second = add_receipt(white, Part(goods, 1, lot("L2")), bin_id=white.bins["B"].id)
    statement = update(WarehouseReceiptLine).values(bin_id=white.bins["C"].id)
    white.write(lambda session: session.execute(statement))
    post_receipt(white, second)
    assert white.in_bins(goods) == {("B", lot("L1")): 1, ("C", lot("L2")): 1}


def test_a_part_is_received_and_the_rest_keeps_its_numbers(white: Warehouse, goods: Goods) -> None:
    receipt = add_receipt(white, Part(goods, 10, lot("L1"), days(5)))
    to_receive(white, 4, 4)
    post_receipt(white, receipt)
    with white.database.read() as session:
        line = session.scalars(select(WarehouseReceiptLine)).one()
        [tracking] = tracking_lines(session)
    assert (line.qty_received, line.qty_to_receive) == (4, 0)
    assert (tracking.qty_handled_base, tracking.qty_to_handle_base) == (4, 0)
    with pytest.raises(NothingToReceive):
        post_receipt(white, receipt)
    to_receive(white, 6, 6)
    post_receipt(white, receipt)
    assert white.in_ledger(goods) == {lot("L1"): 10}
    with pytest.raises(DocumentGone):
        post_receipt(white, receipt)
    with white.database.read() as session:
        assert list(tracking_lines(session)) == []
    white.assert_sound()


def test_a_number_that_is_not_handled_waits(white: Warehouse, goods: Goods) -> None:
    receipt = add_receipt(white, Part(goods, 10, lot("L1"), to_handle=4))
    with pytest.raises(TrackingNotComplete) as refused:
        post_receipt(white, receipt)
    assert refused.value.parameters == {"item_no": "LOT", "tracked": 4, "quantity": 10}
    to_receive(white, 4, 4)
    post_receipt(white, receipt)
    to_receive(white, 0, 0)
    with pytest.raises(NothingToReceive):
        post_receipt(white, receipt)


def test_untracked_goods_need_no_tracking_lines(white: Warehouse) -> None:
    goods = white.add_item("PLAIN")
    white.change(white.location, require_put_away=True)
    put_away = receive(white, Part(goods, 3), Part(goods, 4))
    assert [line.quantity for line in lines_of(white, put_away)] == [3, 3, 4, 4]
    assert white.in_bins(goods) == {("RECV", lot("")): 7}


def test_a_location_with_bins_needs_one(white: Warehouse, goods: Goods) -> None:
    basic = another_location(white, "BASIC", "SHELF")
    with pytest.raises(BinMissing):
        post_receipt(basic, add_receipt(basic, Part(goods, 1, lot("L1"))))
    blue = another_location(white, "BLUE")
    assert post_receipt(blue, add_receipt(blue, Part(goods, 1, lot("L1")))) is None
    assert white.in_ledger(goods) == {lot("L1"): 1}


def test_a_location_without_bins_has_nothing_to_put_away(white: Warehouse, goods: Goods) -> None:
    blue = another_location(white, "BLUE", require_put_away=True)
    assert post_receipt(blue, add_receipt(blue, Part(goods, 1, lot("L1")))) is None


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE warehouse_receipt_line SET qty_to_receive = quantity + 1", "to_receive_in_range"),
        ("UPDATE warehouse_receipt_line SET qty_to_receive = -1", "to_receive_in_range"),
        ("UPDATE posted_receipt_line SET qty_put_away_base = -1", "put_away_in_range"),
        (
            "UPDATE posted_receipt_line SET qty_put_away_base = quantity_base + 1",
            "put_away_in_range",
        ),
    ],
)
def test_the_database_keeps_received_quantities_in_range(
    white: Warehouse, goods: Goods, statement: str, rule: str
) -> None:
    post_receipt(white, add_receipt(white, Part(goods, 5, lot("L1"))))
    add_receipt(white, Part(goods, 5, lot("L1")))
    with pytest.raises(IntegrityError, match=rule):
        white.write(lambda session: session.execute(text(statement)))
