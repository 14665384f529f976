"""What a count asks before it counts, and what it takes for an answer (docs/domain.md 10.7)."""

from datetime import date

import pytest
from sqlalchemy import select

from scanner_app.warehouse.warehouse_journal import CountEntry
from tests.scanning.floor import Floor, Handheld, spoken
from tests.scanning.test_count_units import counting

COFFEE = "9521234030300"
NEW_LOT = "(01)09521234030300(10)CB03"


@pytest.fixture
def shelf(floor: Floor) -> Handheld:
    """A device that counts W-02-0102, where 12 bags of lot CB01 are booked."""
    return counting(floor, "W-02-0102")


@pytest.fixture
def tubes(floor: Floor) -> Handheld:
    """A device that counts W-02-0202, where two packages of steel tubes are booked."""
    return counting(floor, "W-02-0202")


def test_another_scan_is_refused_until_the_question_is_answered(
    floor: Floor, shelf: Handheld
) -> None:
    shelf.scan("CB01")
    refused = "3030 Lot No. CB01 still waits for its quantity."
    assert spoken(shelf.scan("CB02")).startswith(refused)
    assert spoken(shelf.scan("W-02-0102")).startswith(refused)
    assert spoken(shelf.scan("PKG-000101")).startswith(refused)
    assert shelf.type("12").code == "Counted"
    assert floor.counted("W-02-0102") == [("3030 BAG CB01", 12)]


def test_a_number_that_nothing_asks_for_is_refused(shelf: Handheld) -> None:
    assert shelf.type("12").code == "NotOnDocument"


def test_what_is_no_quantity_is_refused_and_the_question_stays(shelf: Handheld) -> None:
    shelf.scan("CB01")
    assert shelf.type("twelve").code == "QuantityNotReadable"
    assert shelf.type("12").code == "Counted"


def test_a_second_quantity_asks_whether_it_adds_or_replaces(floor: Floor, shelf: Handheld) -> None:
    shelf.scan("CB01")
    shelf.type("7")
    shelf.scan("CB01")
    asked = shelf.type("5")
    assert spoken(asked) == (
        "3030 Lot No. CB01: 7 BAG are counted in this bin already."
        " Choose whether 5 BAG come on top or instead."
    )
    assert floor.counted("W-02-0102") == [("3030 BAG CB01", 7)]
    assert shelf.given.asks == "quantity"


def test_a_quantity_on_top_is_added(floor: Floor, shelf: Handheld) -> None:
    shelf.scan("CB01")
    shelf.type("7")
    shelf.scan("CB01")
    shelf.type("5")
    assert shelf.type("5", "quantity-add").code == "Counted"
    assert floor.counted("W-02-0102") == [("3030 BAG CB01", 7), ("3030 BAG CB01", 5)]
    assert [row.quantity for row in shelf.count_prompt.found] == [12]


def test_a_quantity_instead_takes_the_other_back_by_a_further_entry(
    floor: Floor, shelf: Handheld
) -> None:
    shelf.scan("CB01")
    shelf.type("7")
    shelf.scan("CB01")
    assert shelf.type("5", "quantity-replace").code == "Counted"
    assert floor.counted("W-02-0102") == [("3030 BAG CB01", 7), ("3030 BAG CB01", -2)]
    assert [row.quantity for row in shelf.count_prompt.found] == [5]


def test_an_item_whose_lot_is_missing_asks_for_it(floor: Floor, shelf: Handheld) -> None:
    assert spoken(shelf.scan(COFFEE)) == "3030. Scan or type the Lot No. of what you hold."
    assert spoken(shelf.scan("CB01")).startswith("3030 Lot No. CB01. Type how many BAG")
    shelf.type("12")
    assert floor.counted("W-02-0102") == [("3030 BAG CB01", 12)]


def test_a_typed_number_is_kept_as_numbers_are(floor: Floor, shelf: Handheld) -> None:
    shelf.scan(COFFEE)
    shelf.scan(" cb01 ")
    shelf.type("1")
    assert floor.counted("W-02-0102") == [("3030 BAG CB01", 1)]


def test_an_item_whose_package_is_missing_asks_for_it(floor: Floor, tubes: Handheld) -> None:
    assert (
        spoken(tubes.scan("9521234030409"))
        == "3040. Scan or type the Package No. of what you hold."
    )
    assert tubes.scan("PKG-000777").code == "AskQuantity"
    assert tubes.type("7").code == "CountedUnexpected"
    assert floor.counted("W-02-0202") == [("3040 PCS PKG-000777", 7)]


def test_an_item_whose_serial_no_is_missing_asks_for_it(floor: Floor) -> None:
    handheld = counting(floor, "W-01-0101")
    assert (
        spoken(handheld.scan("9521234020103"))
        == "2010. Scan or type the Serial No. of what you hold."
    )
    assert handheld.scan("DR-1003").code == "Counted"


def test_each_missing_number_is_asked_in_turn(floor: Floor) -> None:
    handheld = counting(floor, "W-01-0101")
    assert handheld.scan("9521234019008").parameters["kind"] == "Serial No."
    assert handheld.scan("1777").parameters["kind"] == "Lot No."
    assert handheld.scan("LOT0009").parameters["kind"] == "Package No."
    assert handheld.scan("PKG-9").code == "CountedUnexpected"
    assert floor.counted("W-01-0101") == [("1900-S PCS 1777 LOT0009 PKG-9", 1)]


@pytest.mark.parametrize(("raw", "kind"), [("W-02-0102", "bin"), ("3030", "item")])
def test_a_label_that_is_no_number_is_refused_where_one_is_asked(
    shelf: Handheld, raw: str, kind: str
) -> None:
    shelf.scan(COFFEE)
    refused = shelf.scan(raw)
    assert spoken(refused).startswith(f"{raw} ({kind}) is not the Lot No. asked for.")
    assert shelf.scan("CB01").code == "AskQuantity"


def test_the_bin_of_another_location_may_be_a_number_here(shelf: Handheld) -> None:
    shelf.scan(COFFEE)
    assert shelf.scan("S-01-0001").parameters["what"] == "3030 Lot No. S-01-0001"


def test_a_quantity_where_a_number_is_asked_is_refused(shelf: Handheld) -> None:
    shelf.scan(COFFEE)
    assert shelf.type("12").code == "NotOnDocument"
    assert shelf.given.asks == "lot"


def test_a_label_of_the_item_answers_with_all_that_it_says(floor: Floor, shelf: Handheld) -> None:
    shelf.scan(COFFEE)
    assert shelf.scan("(01)09521234030300(17)270422(10)CB03").code == "AskQuantity"
    shelf.type("5")
    [entry] = floor.read(
        lambda s: s.scalars(select(CountEntry).where(CountEntry.lot_no == "CB03")).all()
    )
    assert entry.expiration_date == date(2027, 4, 22)


def test_a_label_of_another_item_is_no_answer(shelf: Handheld) -> None:
    shelf.scan(COFFEE)
    refused = shelf.scan("(01)09521234030201(10)P2403")
    assert spoken(refused).startswith("3030 still waits for its lot.")
    assert shelf.given.asks == "lot"


def test_an_answer_that_contradicts_the_known_date_is_refused(shelf: Handheld) -> None:
    shelf.scan("(01)09521234030300(17)280101")
    assert shelf.scan("CB01").code == "ExpirationDateDiffers"


def test_a_new_lot_asks_its_date_before_its_quantity(floor: Floor, shelf: Handheld) -> None:
    asked = shelf.scan(NEW_LOT)
    assert spoken(asked) == "3030 Lot No. CB03 is new. Enter its expiration date."
    assert shelf.type("2027-04-22", "expiration-date").code == "AskQuantity"
    assert shelf.type("5").code == "CountedUnexpected"
    [entry] = floor.read(
        lambda s: s.scalars(select(CountEntry).where(CountEntry.lot_no == "CB03")).all()
    )
    assert (entry.quantity, entry.expiration_date) == (5, date(2027, 4, 22))


def test_a_new_lot_whose_label_says_its_date_does_not_ask_for_it(shelf: Handheld) -> None:
    assert shelf.scan("(01)09521234030300(17)270422(10)CB03").code == "AskQuantity"


def test_a_known_lot_does_not_ask_its_date(shelf: Handheld) -> None:
    assert shelf.scan("CB02").code == "AskQuantity"


def test_a_new_lot_of_an_item_without_dates_does_not_ask_for_one(floor: Floor) -> None:
    handheld = counting(floor, "W-01-0401")
    assert handheld.scan("(01)09521234030508(10)LOT7").code == "AskQuantity"


@pytest.mark.parametrize("typed", ["22.04.2027", "2027-02-30", "soon"])
def test_a_date_that_is_none_is_refused_and_the_question_stays(shelf: Handheld, typed: str) -> None:
    shelf.scan(NEW_LOT)
    assert spoken(shelf.type(typed, "expiration-date")).startswith(
        f"Expiration Date: “{typed}” is not a date."
    )
    assert shelf.given.asks == "date"


def test_a_scan_where_a_date_is_asked_is_refused(shelf: Handheld) -> None:
    shelf.scan(NEW_LOT)
    assert spoken(shelf.scan("CB01")).startswith("3030 Lot No. CB03 still waits for its date.")


def test_a_new_serial_no_with_a_date_of_its_lot_counts_when_all_is_given(floor: Floor) -> None:
    handheld = counting(floor, "W-01-0601")
    assert handheld.scan("(01)09521234020202(21)FX-7001").parameters["kind"] == "Lot No."
    assert handheld.scan("FX99").code == "AskExpirationDate"
    assert handheld.type("2029-01-31", "expiration-date").code == "CountedUnexpected"
    assert floor.counted("W-01-0601") == [("2020 PCS FX-7001 FX99", 1)]


def test_a_serial_no_that_is_booked_nowhere_asks_its_warranty_date_where_the_code_does(
    floor: Floor,
) -> None:
    handheld = counting(floor, "W-01-0302")
    assert handheld.scan("(01)09521234020400(21)MO-7777").parameters["kind"] == "Package No."
    assert handheld.scan("PKG-7").code == "AskWarrantyDate"
    assert handheld.type("2028-01-01").code == "NotOnDocument"
    assert handheld.type("2028-01-01", "warranty-date").code == "CountedUnexpected"
    [entry] = floor.read(
        lambda s: s.scalars(select(CountEntry).where(CountEntry.serial_no == "MO-7777")).all()
    )
    assert entry.warranty_date == date(2028, 1, 1)


def test_a_serial_no_that_is_booked_does_not_ask_its_warranty_date(floor: Floor) -> None:
    assert counting(floor, "W-01-0302").scan("MO-9001").code == "Counted"


def test_a_label_that_says_no_number_is_no_answer_where_one_is_asked(shelf: Handheld) -> None:
    shelf.scan(COFFEE)
    assert shelf.scan("(01)09521234030300(17)270422").code == "AnswerFirst"
    assert shelf.scan("LOC:W-02-0201").code == "AnswerFirst"
    assert shelf.given.asks == "lot"
