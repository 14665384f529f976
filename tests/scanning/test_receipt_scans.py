"""Receiving by scanning: what each scan makes, asks or refuses (docs/domain.md 6.9)."""

from decimal import Decimal

import pytest

from scanner_app.inventory.item import ItemUnit
from scanner_app.inventory.location import Location
from scanner_app.warehouse.document_kind import RECEIPTS
from scanner_app.warehouse.document_lines import delete_document_line
from scanner_app.warehouse.warehouse_documents import delete_document
from tests.builders import lot, serial
from tests.scanning.floor import Floor, spoken
from tests.scanning.receipts import ReceiptDevice, announce, expect, receiving

DRILL, PAINT, PAINT_BOX = "(01)09521234020103", "(01)09521234030201", "(01)19521234030208"
COFFEE, LAMP = "(01)09521234030300", "(01)09521234019206"
VEST = "9521234030119"


def expecting(floor: Floor, *lines: str, source: str = "Purchase Order") -> ReceiptDevice:
    return receiving(floor, expect(floor, *lines, source=source))


def test_before_the_first_scan_everything_is_missing(floor: Floor) -> None:
    device = expecting(floor, "2010 3", "3020 2 BOX")
    prompt = device.receipt_prompt
    assert (prompt.question, prompt.done, prompt.total, prompt.has_come) == ("unit", 0, 2, False)
    assert device.missing == [("2010", "0", "3"), ("3020", "0", "2")]


def test_serial_numbers_come_one_after_the_other(floor: Floor) -> None:
    device = expecting(floor, "2010 3")
    assert device.codes("2010", "N-1", "N-2", "N-1") == [
        "AskNumber",
        "SerialReceived",
        "SerialReceived",
        "AlreadyReceived",
    ]
    assert device.receipt_prompt.goes_on
    assert device.scan(f"{DRILL}(21)N-3").code == "SerialReceived"
    assert device.come() == ("3", {serial(f"N-{n}"): "1" for n in (1, 2, 3)})
    prompt = device.receipt_prompt
    assert (prompt.done, prompt.has_come, prompt.open_lines) == (1, True, ())


def test_more_than_is_expected_is_refused_and_not_written(floor: Floor) -> None:
    device = expecting(floor, "2010 1", "3010 5 PCS M")
    device.codes("2010", "N-1")
    refused = device.scan("N-2")
    assert spoken(refused).startswith(
        "1 of 2010 Serial No. N-2 are more than the 0 that are still expected."
    )
    assert device.scan(VEST).code == "AskQuantity"
    assert device.type("6").code == "MoreThanExpected"
    assert device.receipt_prompt.question == "quantity"
    assert device.type("2").code == "Received"
    assert device.codes(VEST) == ["AskQuantity"]
    assert device.type("3").code == "Received"
    assert device.receipt_prompt.question == "complete"


def test_a_label_that_says_everything_asks_nothing(floor: Floor) -> None:
    device = expecting(floor, "3020 9")
    assert device.codes(f"{PAINT}(17)301231(30)6(10)A1", f"{PAINT}(30)3(10)A1") == [
        "Received",
        "Received",
    ]
    assert device.come() == ("9", {lot("A1"): "9"})


def test_the_date_stands_on_the_label_or_is_typed(floor: Floor) -> None:
    """AI 15 is only for people; day 00 is the end of the month."""
    device = expecting(floor, "3020 9", "2020 1")
    assert device.scan(f"{PAINT}(15)301231(30)2(10)A1").code == "AskExpirationDate"
    assert device.type("2030-12-31", "expiration-date").code == "Received"
    assert device.scan(f"{PAINT}(17)310200(30)2(10)A2").code == "Received"
    assert device.scan(f"{PAINT}(17)310227(30)2(10)A2").code == "ExpirationDateDiffers"


def test_a_calculated_date_is_asked_of_nobody(floor: Floor) -> None:
    device = expecting(floor, "3030 5")
    assert device.scan(f"{COFFEE}(30)5(10)NEW").code == "Received"
    assert device.scan(f"{COFFEE}(30)1(10)NEW").code == "MoreThanExpected"


def test_a_number_that_is_expected_is_known_by_itself(floor: Floor) -> None:
    no = expect(floor, "2010 2", "2020 1")
    announce(floor, no, serial_no="N-1")
    announce(floor, no, serial_no="N-2")
    announce(floor, no, 20_000, serial_no="E-1", lot_no="EL", expiration_date="2031-01-01")
    device = receiving(floor, no)
    assert device.codes("n-2", "E-1") == ["SerialReceived", "SerialReceived"]
    assert device.come() == ("1", {serial("N-1"): "0", serial("N-2"): "1"})
    assert device.come(20_000) == ("1", {serial("E-1", "EL"): "1"})
    assert device.scan("N-2").code == "AlreadyReceived"


def test_a_lot_that_is_expected_asks_how_much_has_come(floor: Floor) -> None:
    no = expect(floor, "3020 9")
    announce(floor, no, lot_no="A1", quantity="6", expiration_date="2031-01-01")
    device = receiving(floor, no)
    assert device.scan("A1").code == "AskQuantity"
    assert device.type("7").code == "HandledTooMuch"
    assert device.type("4").code == "Received"
    assert device.scan(f"{PAINT}(30)2(10)A1").code == "Received"
    assert device.come() == ("6", {lot("A1"): "6"})


def test_a_package_that_is_expected_comes_whole(floor: Floor) -> None:
    no = expect(floor, "1910-S 3", "1920-S 6")
    announce(floor, no, lot_no="T1", package_no="P-1")
    announce(floor, no, 20_000, lot_no="L1", package_no="P-1", quantity="4")
    device = receiving(floor, no)
    assert spoken(device.scan("P-1")) == "Package P-1 has come whole: 2 numbers."
    assert device.come() == ("3", {lot("T1", "P-1"): "3"})
    assert device.missing == [("1920-S", "4", "6")]
    assert device.scan("P-1").code == "AlreadyReceived"


def test_boxes_come_on_a_line_of_boxes_and_pieces_on_one_of_pieces(floor: Floor) -> None:
    device = expecting(floor, "3020 2 BOX", "3020 4")
    device.scan(f"{PAINT}(17)301231(30)4(10)A1")
    assert device.missing == [("3020", "0", "2")]
    device.scan(f"{PAINT_BOX}(17)301231(30)2(10)A2")
    assert device.receipt_prompt.question == "complete"


def test_a_part_of_a_box_is_refused_where_boxes_are_expected(floor: Floor) -> None:
    box = ItemUnit(
        item_id=floor.item_id("3010"),
        unit_of_measure_id=floor.catalogue.units["BOX"],
        qty_per_unit_of_measure=Decimal(3),
    )
    floor.write(lambda session: session.add(box))
    device = expecting(floor, "3010 2 BOX M")
    assert device.scan(VEST).code == "AskQuantity"
    assert device.type("1").code == "NotWholeUnits"
    assert device.type("3").code == "Received"
    assert device.missing == [("3010", "1", "2")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("W-01-0101", "NotOnDocument"),
        ("2030", "NotOnDocument"),
        ("CONTAINER010", "NotOnDocument"),
        ("NOBODY", "UnknownCode"),
        ("PA-00001", "OpenDocument"),
    ],
)
def test_what_is_not_expected(floor: Floor, text: str, code: str) -> None:
    device = expecting(floor, "2010 3")
    assert device.scan(text).code == code
    assert device.come() == ("3", {})


def test_what_waits_for_an_answer_is_answered_or_put_back(floor: Floor) -> None:
    device = expecting(floor, "2010 3", "3010 5 PCS M")
    device.scan(VEST)
    assert device.scan("2010").code == "AnswerFirst"
    assert device.type("-", "put-back").code == "PutBack"
    assert device.type("-", "put-back").code == "NotOnDocument"
    assert device.type("5").code == "QuantityNotAsked"


def test_scans_after_a_refused_one_do_not_go_on_from_it(floor: Floor) -> None:
    device = expecting(floor, "2010 3", "2030 2")
    device.codes("2010", "N-1")
    assert device.scan("W-01-0101").code == "NotOnDocument"
    assert not device.receipt_prompt.goes_on
    assert device.scan("N-2", seen_seq=2).code == "EarlierScanRefused"


def test_a_sold_radio_comes_back_without_a_number_where_none_is_asked(floor: Floor) -> None:
    device = expecting(floor, "2050 1", source="Sales Return Order")
    assert device.scan("2050").code == "AskQuantity"
    assert device.type("1").code == "Received"


def test_a_receipt_that_is_gone_or_elsewhere_takes_no_scan(floor: Floor) -> None:
    device = expecting(floor, "2010 3")
    assert device.scan("2010").code == "AskNumber"
    floor.write(lambda session: delete_document_line(session, RECEIPTS, device.no, 10_000))
    assert device.scan("N-1").code == "MoreThanExpected"
    floor.write(lambda session: delete_document(session, RECEIPTS, device.no))
    assert device.scan("2010").code == "DocumentGone"
    silver = floor.catalogue.locations["SILVER"]
    floor.change(Location, silver.id, require_receive=True)
    no = expect(floor, "2010 3", location="SILVER", bin_code="S-01-0001")
    assert receiving(floor, no).scan("2010").code == "NotWarehouseEmployee"


def test_the_lot_of_serial_numbers_asks_which_of_them(floor: Floor) -> None:
    device = expecting(floor, "2030 3")
    device.codes("2030", "C-1", "CL-1")
    assert device.scan("CL-1").code == "AskNumber"
    assert device.scan("C-2").code == "SerialReceived"
    assert device.come() == ("2", {serial("C-1", "CL-1"): "1", serial("C-2", "CL-1"): "1"})


def test_a_lot_number_of_two_items_needs_its_item(floor: Floor) -> None:
    no = expect(floor, "3020 9", "3050 5")
    announce(floor, no, lot_no="SAME", expiration_date="2031-01-01")
    announce(floor, no, 20_000, lot_no="SAME")
    device = receiving(floor, no)
    assert device.scan("SAME").code == "UnknownCode"
    assert device.scan(f"{PAINT}(30)9(10)SAME").code == "Received"


def test_a_lot_that_is_in_stock_keeps_its_date(floor: Floor) -> None:
    """CB01 is known; the calculation is for numbers that nobody knows."""
    device = expecting(floor, "3030 5")
    assert device.scan(f"{COFFEE}(30)5(10)CB01").code == "Received"
    assert device.come() == ("5", {lot("CB01"): "5"})


def test_more_of_a_lot_than_was_announced_is_refused_while_others_are_expected(
    floor: Floor,
) -> None:
    no = expect(floor, "3020 9")
    for number, quantity in (("A1", "6"), ("A2", "3")):
        announce(floor, no, lot_no=number, quantity=quantity, expiration_date="2031-01-01")
    device = receiving(floor, no)
    assert device.scan(f"{PAINT}(30)6(10)A1").code == "Received"
    assert device.scan(f"{PAINT}(30)1(10)A1").code == "TrackedTooMuch"
