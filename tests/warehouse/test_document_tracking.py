"""Item tracking of receipts and shipments: docs/domain.md 6.1, 6.5, 6.7."""

import pytest

from scanner_app.barcodes.barcode_settings import BarcodeSettings
from scanner_app.barcodes.parser import parse_barcode
from scanner_app.barcodes.scanned_code import ScannedCode
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.tracking_information import NumberKind
from scanner_app.warehouse.document_kind import RECEIPTS, SHIPMENTS, DocumentKind
from scanner_app.warehouse.document_lines import autofill_qty_to_receive, delete_qty_to_receive
from scanner_app.warehouse.document_tracking import lock_tracked_document_line
from scanner_app.warehouse.journal_tracking_lines import assign_tracking_numbers
from scanner_app.warehouse.receipt_parts import receipt_problems
from scanner_app.warehouse.scan_tracking_line import scan_tracking_line
from scanner_app.warehouse.select_entries import Selectable, select_entries, selectable_entries
from scanner_app.warehouse.warehouse_documents import release_shipment
from tests.builders import Warehouse, days, lot, serial
from tests.inventory.assigning import tracked as with_series
from tests.warehouse.documents import pick, post_receipt, register, scan, ship
from tests.warehouse.item_cards import change_by
from tests.warehouse.masters import DAY, Goods
from tests.warehouse.place_cards import refusal_of, work_of
from tests.warehouse.typed_documents import (
    BLANK_NUMBERS,
    LINE,
    add_line,
    document,
    edit_line,
    line,
    make,
    name,
    named,
    tracked,
    uses_documents,
)


@pytest.fixture
def white(white: Warehouse) -> Warehouse:
    return uses_documents(white)


@pytest.fixture
def serials(white: Warehouse) -> Goods:
    return white.add_item("GOODS", "serial")


def typed_receipt(white: Warehouse, **fields: str) -> str:
    no = make(white)
    add_line(white, no, RECEIPTS, **fields)
    return no


def to_receive(white: Warehouse, no: str) -> int:
    return int(line(white, no).qty_to_receive)


def scan_label(white: Warehouse, no: str, text: str, kind: DocumentKind = RECEIPTS) -> None:
    label = parse_barcode(ScannedCode(text), DAY, BarcodeSettings())
    white.write(
        lambda s: scan_tracking_line(s, lock_tracked_document_line(s, kind, no, LINE), label)
    )


def receive(white: Warehouse, no: str) -> None:
    post_receipt(white, document(white, RECEIPTS, no).id)


def problems(white: Warehouse, no: str) -> dict[int, str]:
    with white.database.read() as session:
        found = receipt_problems(session, document(white, RECEIPTS, no), white.by)
        return {line_no: refusal.code for line_no, refusal in found.items()}


def select(white: Warehouse, no: str, *wanted: TrackingNumbers) -> None:
    white.write(
        lambda s: select_entries(
            s, lock_tracked_document_line(s, SHIPMENTS, no, LINE), list(wanted)
        )
    )


def selectable(white: Warehouse, no: str) -> list[Selectable]:
    with white.database.read() as session:
        found = tracked(white, no, SHIPMENTS)
        return selectable_entries(session, found, TrackingNumbers(), 50)


def test_what_is_scanned_is_received_and_the_rest_is_not(white: Warehouse, serials: Goods) -> None:
    no = typed_receipt(white)
    white.write(lambda s: delete_qty_to_receive(s, no))
    for number in ("S1", "S2"):
        scan_label(white, no, number)
    assert to_receive(white, no) == 2
    receive(white, no)
    assert white.in_ledger(serials) == {serial("S1"): 1, serial("S2"): 1}
    assert (tracked(white, no).tracking.source_base, named(white, no)) == (3, {})


def test_a_number_that_is_expected_has_come_when_it_is_scanned(
    white: Warehouse, serials: Goods
) -> None:
    no = typed_receipt(white)
    for number in ("S1", "S2", "S3"):
        name(white, no, serial_no=number)
    white.write(lambda s: delete_qty_to_receive(s, no))
    scan_label(white, no, "S2")
    assert named(white, no) == {serial("S1"): (1, 0), serial("S2"): (1, 1), serial("S3"): (1, 0)}
    assert to_receive(white, no) == 1
    refusal_of(lambda: scan_label(white, no, "S2"), "SerialTwiceOnLine")
    receive(white, no)
    assert white.in_ledger(serials) == {serial("S2"): 1}
    assert named(white, no) == {serial("S1"): (1, 0), serial("S3"): (1, 0)}
    white.write(lambda s: autofill_qty_to_receive(s, no))
    refusal_of(lambda: receive(white, no), "TrackingNotComplete")


def test_a_lot_that_is_expected_comes_in_parts(white: Warehouse) -> None:
    goods = white.add_item("GOODS", "lot", "package")
    no = typed_receipt(white, quantity="9")
    name(white, no, lot_no="L1", package_no="P1", quantity="4")
    name(white, no, lot_no="L2", package_no="P2", quantity="5")
    white.write(lambda s: delete_qty_to_receive(s, no))
    label = "]C110L1\x1d30{}"
    scan_label(white, no, label.format(3))
    assert named(white, no)[lot("L1", "P1")] == (4, 3)
    refusal_of(lambda: scan_label(white, no, label.format(2)), "HandledTooMuch")
    receive(white, no)
    assert white.in_ledger(goods) == {lot("L1", "P1"): 3}
    assert named(white, no) == {lot("L1", "P1"): (1, 0), lot("L2", "P2"): (5, 0)}
    white.write(lambda s: autofill_qty_to_receive(s, no))
    receive(white, no)
    assert white.in_ledger(goods) == {lot("L1", "P1"): 4, lot("L2", "P2"): 5}
    assert document(white, RECEIPTS, no) is None
    white.assert_sound()


def test_a_box_that_came_in_part_does_not_say_so_in_boxes(white: Warehouse) -> None:
    white.add_item("GOODS", "lot", units={"BOX": 3})
    no = typed_receipt(white, unit="BOX", quantity="2")
    white.write(lambda s: delete_qty_to_receive(s, no))
    name(white, no, lot_no="L1", quantity="1")
    assert to_receive(white, no) == 0
    name(white, no, lot_no="L2", quantity="2")
    assert to_receive(white, no) == 1


def test_every_line_says_what_stands_against_it(white: Warehouse, serials: Goods) -> None:
    white.add_item("DATED", "lot", use_expiration_dates=True, require_expiration_date_entry=True)
    no = typed_receipt(white, quantity="2")
    add_line(white, no, item_no="DATED")
    add_line(white, no)
    add_line(white, no, qty_to_receive="0")
    name(white, no, serial_no="S1")
    assert problems(white, no) == {
        LINE: "TrackingNotComplete",
        2 * LINE: "ExpirationDateMissing",
        3 * LINE: "NumberMissing",
    }
    white.stock(serials, "A", 1, serial("S1"))
    edit_line(white, no, quantity="1")
    assert problems(white, no)[LINE] == "SerialAlreadyOnInventory"


def test_a_serial_number_that_was_sold_comes_back(white: Warehouse) -> None:
    """What a sale asks for is asked of what comes back by one."""
    sold = white.add_item("GOODS", serial_sales_inbound_tracking=True)
    no = make(white, source_document="Sales Return Order")
    add_line(white, no, quantity="1")
    refusal_of(lambda: receive(white, no), "NumberMissing")
    by_purchase = typed_receipt(white, quantity="1")
    receive(white, by_purchase)
    name(white, no, serial_no="S1")
    receive(white, no)
    assert sum(white.in_ledger(sold).values()) == 2


def test_what_goes_back_to_a_vendor_leaves_as_a_purchase(white: Warehouse) -> None:
    goods = white.add_item("GOODS", serial_purchase_outbound_tracking=True)
    white.stock(goods, "A", 1)
    no = make(white, SHIPMENTS, source_document="Purchase Return")
    add_line(white, no, SHIPMENTS, quantity="1")
    white.write(lambda s: release_shipment(s, no))
    shipment_id = document(white, SHIPMENTS, no).id
    pick_id = pick(white, shipment_id)
    scan(white, pick_id)
    register(white, pick_id)
    refusal_of(lambda: ship(white, shipment_id), "NumberMissing")


def test_numbers_are_assigned_to_what_comes(white: Warehouse) -> None:
    with_series(white, "GOODS", "serial")
    no = typed_receipt(white, quantity="2")
    change = change_by(white)
    white.write(
        lambda s: assign_tracking_numbers(
            s,
            lock_tracked_document_line(s, RECEIPTS, no, LINE),
            NumberKind.SERIAL,
            BLANK_NUMBERS,
            DAY,
            change,
        )
    )
    assert len(named(white, no)) == 2


def test_a_known_date_is_filled_in_and_no_other_is_taken(white: Warehouse) -> None:
    goods = white.add_item("GOODS", "lot", use_expiration_dates=True)
    white.stock(goods, "A", 1, lot("L1"), expiration_date=days(30))
    no = typed_receipt(white)
    name(white, no, lot_no="L1", quantity="1")
    [part] = tracked(white, no).tracking.parts
    assert part.expiration_date == days(30)
    other = typed_receipt(white)
    refusal_of(
        lambda: name(white, other, lot_no="L1", expiration_date="2099-01-01"),
        "ExpirationDateDiffers",
    )


def test_what_a_shipment_names_others_cannot_select(white: Warehouse) -> None:
    goods = white.add_item("GOODS", "lot")
    white.stock(goods, "A", 5, lot("L1"))
    no = make(white, SHIPMENTS)
    other = make(white, SHIPMENTS)
    for each in (no, other):
        add_line(white, each, SHIPMENTS, quantity="3")
    select(white, no, lot("L1"))
    assert named(white, no, SHIPMENTS) == {lot("L1"): (3, 3)}
    [entry] = selectable(white, other)
    assert (entry.total, entry.requested, entry.available) == (5, 3, 2)
    refusal_of(lambda: select(white, other, lot("L2")), "NothingAvailable")


def test_what_has_left_is_not_asked_for_any_more(white: Warehouse) -> None:
    goods = white.add_item("GOODS", "lot")
    white.stock(goods, "A", 3, lot("L1"))
    no = make(white, SHIPMENTS)
    add_line(white, no, SHIPMENTS)
    name(white, no, SHIPMENTS, lot_no="L1")
    white.write(lambda s: release_shipment(s, no))
    shipment_id = document(white, SHIPMENTS, no).id
    pick_id = pick(white, shipment_id)
    scan(white, pick_id)
    register(white, pick_id)
    ship(white, shipment_id)
    white.stock(goods, "A", 4, lot("L1"))
    other = make(white, SHIPMENTS)
    add_line(white, other, SHIPMENTS)
    [entry] = selectable(white, other)
    assert (entry.total, entry.requested) == (4, 2)


@pytest.mark.parametrize("kind", [RECEIPTS, SHIPMENTS], ids=["receipt", "shipment"])
def test_a_line_that_is_not_there_has_no_numbers(white: Warehouse, kind: DocumentKind) -> None:
    no = make(white, kind)
    lock = work_of(white, lambda s: lock_tracked_document_line(s, kind, no, LINE))
    refusal_of(lock, "DocumentLineGone")


def test_what_is_to_leave_may_be_scanned(white: Warehouse) -> None:
    white.add_item("GOODS", "serial")
    no = make(white, SHIPMENTS)
    add_line(white, no, SHIPMENTS)
    scan_label(white, no, "S1", SHIPMENTS)
    assert named(white, no, SHIPMENTS) == {serial("S1"): (1, 1)}
