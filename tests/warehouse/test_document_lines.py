"""Typing lines of receipts and shipments: docs/domain.md 6.6."""

from decimal import Decimal

import pytest

from scanner_app.access.change_log import CardChanged
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.warehouse.document_kind import RECEIPTS, SHIPMENTS, DocumentKind
from scanner_app.warehouse.document_lines import (
    autofill_qty_to_receive,
    change_document_line,
    delete_document_line,
    delete_qty_to_receive,
)
from scanner_app.warehouse.post_receipt import post_warehouse_receipt
from scanner_app.warehouse.warehouse_documents import release_shipment, reopen_shipment
from tests.builders import Warehouse, lot
from tests.warehouse.documents import pick, post_receipt, register, scan
from tests.warehouse.masters import Goods
from tests.warehouse.overtaking import ON_POSTGRESQL, overtaken
from tests.warehouse.place_cards import refusal_of, work_of
from tests.warehouse.typed_documents import (
    LINE,
    add_line,
    document,
    edit_line,
    line,
    line_card,
    make,
    name,
    named,
    rename,
    uses_documents,
)

BOTH = pytest.mark.parametrize("kind", [RECEIPTS, SHIPMENTS], ids=["receipt", "shipment"])


@pytest.fixture
def white(white: Warehouse) -> Warehouse:
    return uses_documents(white)


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("GOODS", units={"BOX": 6})


def quantities(white: Warehouse, no: str) -> tuple[Decimal, Decimal, Decimal]:
    """Quantity, Qty. to Receive and what was received of the first line."""
    row = line(white, no)
    return row.quantity, row.qty_to_receive, row.qty_received


def receive(white: Warehouse, no: str) -> None:
    post_receipt(white, document(white, RECEIPTS, no).id)


@BOTH
def test_a_line_says_what_was_typed(white: Warehouse, goods: Goods, kind: DocumentKind) -> None:
    white.write(lambda session: session.add(ReasonCode(code="DAMAGED", description="")))
    no = make(white, kind)
    assert add_line(white, no, kind, unit="box", quantity="2", reason_code="damaged") == LINE
    assert add_line(white, no, kind) == 2 * LINE
    card = line_card(white, no, kind)
    assert (card["item_no"], card["quantity"], card["unit"]) == ("GOODS", "2", "BOX")
    assert card["reason_code"] == "DAMAGED"
    row = line(white, no, kind)
    assert row.qty_per_unit_of_measure == 6
    assert row.description == goods.item.description
    if kind is SHIPMENTS:
        assert row.quantity_base == 12
    else:
        assert card["qty_to_receive"] == "2"


@BOTH
@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ({"item_no": ""}, "NameMissing"),
        ({"item_no": "NOTHING"}, "RecordNotFound"),
        ({"variant": "RED"}, "RecordNotFound"),
        ({"unit": "DRUM"}, "RecordNotFound"),
        ({"reason_code": "WHY"}, "RecordNotFound"),
        ({"quantity": "0"}, "QuantityZero"),
        ({"quantity": "-1"}, "QuantityNotReadable"),
        ({"quantity": "lots"}, "QuantityNotReadable"),
        ({"quantity": "0.000001"}, "QuantityNotReadable"),
        ({"quantity": "0.5"}, "QuantityTooFine"),
    ],
)
def test_a_line_that_cannot_be(
    white: Warehouse, goods: Goods, kind: DocumentKind, typed: dict[str, str], refused: str
) -> None:
    white.change(goods.item, qty_rounding_precision=Decimal(1))
    no = make(white, kind)
    refusal_of(lambda: add_line(white, no, kind, **typed), refused)
    add_line(white, no, kind)
    refusal_of(lambda: edit_line(white, no, kind, **typed), refused)


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ({"qty_to_receive": "6"}, "TooMuchToReceive"),
        ({"bin": "A"}, "DocumentBinWrong"),
        ({"bin": "NOWHERE"}, "RecordNotFound"),
    ],
)
def test_a_line_of_a_receipt_that_cannot_be(
    white: Warehouse, goods: Goods, typed: dict[str, str], refused: str
) -> None:
    no = make(white)
    refusal_of(lambda: add_line(white, no, RECEIPTS, **typed), refused)


def test_a_line_may_be_received_in_a_bin_of_its_own(white: Warehouse, goods: Goods) -> None:
    white.add_bin("DOCK2", "RECEIVE")
    no = make(white)
    add_line(white, no, bin="DOCK2")
    receive(white, no)
    assert [bin_code for bin_code, _ in white.in_bins(goods)] == ["DOCK2"]


def test_the_qty_to_receive_follows_the_quantity_unless_it_is_typed(
    white: Warehouse, goods: Goods
) -> None:
    no = make(white)
    add_line(white, no, qty_to_receive="2")
    assert quantities(white, no) == (5, 2, 0)
    edit_line(white, no, quantity="9")
    assert quantities(white, no) == (9, 9, 0)
    edit_line(white, no, quantity="8", qty_to_receive="3")
    assert quantities(white, no) == (8, 3, 0)
    edit_line(white, no, qty_to_receive="")
    assert quantities(white, no) == (8, 8, 0)


def test_what_was_received_stays_and_the_rest_is_expected(white: Warehouse, goods: Goods) -> None:
    no = make(white)
    add_line(white, no, qty_to_receive="2")
    receive(white, no)
    assert quantities(white, no) == (5, 0, 2)
    said = refusal_of(lambda: edit_line(white, no, quantity="1"), "QuantityBelowBegun")
    assert said.startswith("2 of line 10000 are received, picked or shipped")
    refusal_of(lambda: edit_line(white, no, qty_to_receive="4"), "TooMuchToReceive")
    refusal_of(lambda: edit_line(white, no, unit="BOX"), "LineBegun")
    edit_line(white, no, quantity="4")
    assert quantities(white, no) == (4, 2, 2)
    white.write(lambda session: delete_document_line(session, RECEIPTS, no, LINE))
    assert line(white, no) is None
    white.assert_sound()


def test_all_that_is_outstanding_or_nothing_is_received(white: Warehouse) -> None:
    white.add_item("GOODS", "lot")
    no = make(white)
    add_line(white, no)
    name(white, no, lot_no="L1", quantity="3")
    white.write(lambda session: delete_qty_to_receive(session, no))
    assert quantities(white, no)[1] == 0
    assert named(white, no) == {lot("L1"): (3, 0)}
    white.write(lambda session: autofill_qty_to_receive(session, no))
    assert quantities(white, no)[1] == 5
    assert named(white, no) == {lot("L1"): (3, 3)}


def test_no_less_is_shipped_than_is_picked(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 3)
    no = make(white, SHIPMENTS)
    add_line(white, no, SHIPMENTS)
    white.write(lambda session: release_shipment(session, no))
    pick_id = pick(white, document(white, SHIPMENTS, no).id)
    scan(white, pick_id)
    register(white, pick_id)
    white.write(lambda session: reopen_shipment(session, no))
    refusal_of(lambda: edit_line(white, no, SHIPMENTS, quantity="2"), "QuantityBelowBegun")
    edit_line(white, no, SHIPMENTS, quantity="3")
    gone = work_of(white, lambda s: delete_document_line(s, SHIPMENTS, no, LINE))
    said = refusal_of(gone, "PickedNotShipped")
    assert said.startswith("3 of line 10000 are picked")


@BOTH
def test_numbers_that_are_named_hold_the_line(white: Warehouse, kind: DocumentKind) -> None:
    white.add_item("GOODS", "lot")
    white.add_item("OTHER", "lot")
    no = make(white, kind)
    add_line(white, no, kind)
    name(white, no, kind, lot_no="L1", quantity="4")
    refusal_of(lambda: edit_line(white, no, kind, quantity="3"), "TrackedQuantityLower")
    refusal_of(lambda: edit_line(white, no, kind, item_no="OTHER"), "TrackedLineChanged")
    edit_line(white, no, kind, quantity="4")
    white.write(lambda session: delete_document_line(session, kind, no, LINE))
    gone = work_of(white, lambda s: delete_document_line(s, kind, no, LINE))
    refusal_of(gone, "DocumentLineGone")


@BOTH
def test_two_editors_of_a_line_are_told_of_each_other(
    white: Warehouse, goods: Goods, kind: DocumentKind
) -> None:
    no = make(white, kind)
    add_line(white, no, kind)
    read = line_card(white, no, kind)
    edit_line(white, no, kind, quantity="4")
    late = work_of(
        white,
        lambda s: change_document_line(
            s, kind, no, LINE, as_read=read, typed=read | {"quantity": "6"}
        ),
    )
    with pytest.raises(CardChanged):
        late()


@ON_POSTGRESQL
def test_no_line_changes_while_its_receipt_is_posted(white: Warehouse, goods: Goods) -> None:
    no = make(white)
    add_line(white, no)
    receipt_id = document(white, RECEIPTS, no).id

    refused = overtaken(
        white,
        lambda s: post_warehouse_receipt(s, receipt_id, white.by),
        lambda s: delete_document_line(s, RECEIPTS, no, LINE),
    )
    assert refused is not None
    assert refused.code == "DocumentGone"


def test_what_is_renamed_to_more_than_came_is_refused(white: Warehouse) -> None:
    white.add_item("GOODS", "lot")
    no = make(white)
    add_line(white, no)
    name(white, no, lot_no="L1", quantity="3", qty_to_handle="1")
    assert named(white, no) == {lot("L1"): (3, 1)}
    refusal_of(lambda: rename(white, no, 0, qty_to_handle="4"), "HandledTooMuch")
    rename(white, no, 0, qty_to_handle="")
    assert named(white, no) == {lot("L1"): (3, 3)}
