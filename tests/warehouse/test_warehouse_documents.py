"""Typing the headers of receipts and shipments: docs/domain.md 6.6."""

import pytest

from scanner_app.access.change_log import CardChanged
from scanner_app.code_index import meanings_of
from scanner_app.warehouse.delete_pick import delete_pick
from scanner_app.warehouse.document_kind import RECEIPTS, SHIPMENTS, DocumentKind
from scanner_app.warehouse.item_use import open_document
from scanner_app.warehouse.shipment import ShipmentStatus
from scanner_app.warehouse.warehouse_documents import (
    change_document,
    delete_document,
    release_shipment,
    reopen_shipment,
)
from tests.builders import Warehouse, another_location, lot
from tests.warehouse.documents import pick, register, scan, ship
from tests.warehouse.masters import Goods
from tests.warehouse.place_cards import refusal_of, work_of
from tests.warehouse.typed_documents import (
    add_line,
    document,
    edit,
    edit_line,
    header,
    make,
    name,
    uses_documents,
)

BOTH = pytest.mark.parametrize("kind", [RECEIPTS, SHIPMENTS], ids=["receipt", "shipment"])


@pytest.fixture
def white(white: Warehouse) -> Warehouse:
    return uses_documents(white)


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("GOODS", "lot")


def meanings(white: Warehouse, code: str) -> set[str]:
    with white.database.read() as session:
        return {meaning.kind.value for meaning in meanings_of(session, [code])}


def test_a_receipt_stands_in_the_receipt_bin_and_is_found_by_its_number(white: Warehouse) -> None:
    no = make(white, source_no="po-1", expected_receipt_date="2026-12-01")
    assert no == "RC0001"
    assert header(white, RECEIPTS, no) == {
        "source_document": "Purchase Order",
        "source_no": "PO-1",
        "bin": "RECV",
        "expected_receipt_date": "2026-12-01",
    }
    assert meanings(white, no) == {"receipt"}


def test_a_shipment_is_open_and_stands_in_the_shipment_bin(white: Warehouse) -> None:
    no = make(white, SHIPMENTS, source_document="Purchase Return")
    assert document(white, SHIPMENTS, no).status is ShipmentStatus.OPEN
    assert header(white, SHIPMENTS, no)["bin"] == "SHIP"
    assert meanings(white, no) == {"shipment"}


@BOTH
def test_the_source_has_a_number(white: Warehouse, kind: DocumentKind) -> None:
    said = refusal_of(lambda: make(white, kind, source_no=" "), "NameMissing")
    assert said.startswith("The Source No. is empty.")
    assert document(white, kind, f"{kind.series[:1]}C0001") is None


def test_a_receipt_comes_by_no_sales_order(white: Warehouse) -> None:
    refusal_of(lambda: make(white, source_document="Sales Order"), "ChoiceUnknown")


@BOTH
@pytest.mark.parametrize(
    ("bin_code", "refused"),
    [
        ("NOWHERE", "RecordNotFound"),
        ("ADJ", "AdjustmentBinGuarded"),
        ("A", "DocumentBinWrong"),
        ("CLOSED", "BinBlocked"),
    ],
)
def test_bins_that_goods_are_not_received_or_shipped_in(
    white: Warehouse, kind: DocumentKind, bin_code: str, refused: str
) -> None:
    type_ = "RECEIVE" if kind is RECEIPTS else "SHIP"
    white.add_bin("CLOSED", type_, block_movement="All")
    refusal_of(lambda: make(white, kind, bin=bin_code), refused)
    white.add_bin("DOCK2", type_)
    no = make(white, kind, bin="dock2")
    assert header(white, kind, no)["bin"] == "DOCK2"
    refusal_of(lambda: edit(white, kind, no, bin=bin_code), refused)


def test_without_directed_work_any_bin_will_do(white: Warehouse) -> None:
    another_location(white, "SILVER", "S-1", require_receive=True)
    no = make(white, at="SILVER", bin="S-1")
    assert header(white, RECEIPTS, no)["bin"] == "S-1"
    said = refusal_of(lambda: make(white, at="SILVER"), "DocumentBinMissing")
    assert said.startswith("SILVER has no Receipt Bin Code")


def test_a_location_without_bins_receives_without_one(white: Warehouse) -> None:
    another_location(white, "YARD", require_receive=True)
    assert header(white, RECEIPTS, make(white, at="YARD"))["bin"] == ""
    refusal_of(lambda: make(white, at="YARD", bin="A"), "DocumentBinNotUsed")


@pytest.mark.parametrize("missing", ["bin_mandatory", "require_shipment", "require_pick"])
def test_what_leaves_is_picked_from_bins(white: Warehouse, missing: str) -> None:
    flags = {"bin_mandatory": True, "require_shipment": True, "require_pick": True}
    another_location(white, "SILVER", "S-1", **(flags | {missing: False}))
    refusal_of(lambda: make(white, SHIPMENTS, at="SILVER", bin="S-1"), "ShipmentsNotUsed")


def test_a_location_that_requires_no_receipt_has_none(white: Warehouse) -> None:
    another_location(white, "SILVER", "S-1")
    refusal_of(lambda: make(white, at="SILVER", bin="S-1"), "ReceiptsNotUsed")


def test_a_header_changes_and_two_editors_are_told_of_each_other(white: Warehouse) -> None:
    no = make(white)
    read = header(white, RECEIPTS, no)
    edit(white, RECEIPTS, no, source_document="Sales Return Order", source_no="SR-1")
    assert header(white, RECEIPTS, no)["source_no"] == "SR-1"
    late = work_of(white, lambda s: change_document(s, RECEIPTS, no, read, read | {"bin": ""}))
    with pytest.raises(CardChanged):
        late()


@BOTH
def test_what_is_deleted_goes_with_its_lines_and_numbers(
    white: Warehouse, kind: DocumentKind, goods: Goods
) -> None:
    no = make(white, kind)
    add_line(white, no, kind)
    name(white, no, kind, lot_no="L1")
    white.write(lambda session: delete_document(session, kind, no))
    assert document(white, kind, no) is None
    assert meanings(white, no) == set()
    for verb in (
        lambda s: delete_document(s, kind, no),
        lambda s: change_document(s, kind, no, {}, {}),
    ):
        refusal_of(work_of(white, verb), "DocumentGone")
    assert white.write(lambda session: open_document(session, goods.id)) == ""


def test_a_number_that_nobody_could_have_is_no_document(white: Warehouse) -> None:
    gone = work_of(white, lambda s: delete_document(s, RECEIPTS, "\x00" * 30))
    refusal_of(gone, "DocumentGone")


def test_a_shipment_is_released_with_lines_only_and_then_stays(
    white: Warehouse, goods: Goods
) -> None:
    no = make(white, SHIPMENTS)
    release = work_of(white, lambda s: release_shipment(s, no))
    refusal_of(release, "ShipmentEmpty")
    add_line(white, no, SHIPMENTS)
    release()
    refusal_of(release, "ShipmentNotOpen")
    for change in (
        lambda: edit(white, SHIPMENTS, no, source_no="SO-9"),
        lambda: add_line(white, no, SHIPMENTS),
        lambda: edit_line(white, no, SHIPMENTS, quantity="7"),
        lambda: name(white, no, SHIPMENTS, lot_no="L1"),
        work_of(white, lambda s: delete_document(s, SHIPMENTS, no)),
    ):
        refusal_of(change, "ShipmentReleased")
    reopen = work_of(white, lambda s: reopen_shipment(s, no))
    reopen()
    reopen()
    edit_line(white, no, SHIPMENTS, quantity="7")


def test_what_is_being_picked_is_not_reopened_and_what_is_picked_leaves(
    white: Warehouse, goods: Goods
) -> None:
    white.stock(goods, "A", 3, lot("L1"))
    no = make(white, SHIPMENTS)
    add_line(white, no, SHIPMENTS)
    white.write(lambda s: release_shipment(s, no))
    shipment_id = document(white, SHIPMENTS, no).id
    pick_id = pick(white, shipment_id)
    reopen = work_of(white, lambda s: reopen_shipment(s, no))
    said = refusal_of(reopen, "ShipmentOnPick")
    assert said.startswith(f"Pick PI0001 is open for shipment {no}.")
    shipment = document(white, SHIPMENTS, no)
    remove_pick = work_of(white, lambda s: delete_pick(s, shipment))
    assert remove_pick() == "PI0001"
    assert meanings(white, "PI0001") == set()
    refusal_of(remove_pick, "DocumentGone")
    pick_id = pick(white, shipment_id)
    scan(white, pick_id)
    refusal_of(remove_pick, "PickHasScans")
    register(white, pick_id)
    reopen()
    refusal_of(work_of(white, lambda s: delete_document(s, SHIPMENTS, no)), "PickedNotShipped")
    refusal_of(lambda: ship(white, shipment_id), "ShipmentNotReleased")
    white.write(lambda s: release_shipment(s, no))
    ship(white, shipment_id)
    reopen()
    white.write(lambda s: delete_document(s, SHIPMENTS, no))
    white.assert_sound()
