"""What is found in the open bin: serial numbers, packages, lots (docs/domain.md 7.4, 10.7)."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from scanner_app.scanning.scan import Scan
from scanner_app.warehouse.calculate_inventory import calculate_inventory
from scanner_app.warehouse.warehouse_journal import CountEntry
from tests.scanning.floor import Floor, Handheld, spoken

CHAIRS = "395212340000000014"


def counting(floor: Floor, bin_code: str) -> Handheld:
    """A device on which a bin of COUNT-01 is open; other bins are added to the count."""
    handheld = floor.opened("count", "COUNT-01")
    if handheld.scan(bin_code).code == "BinNotOnCount":
        bins = [floor.catalogue.bins[bin_code]]
        floor.write(lambda s: calculate_inventory(s, floor.batch(s).id, bins))
        assert handheld.scan(bin_code).code == "BinOpened"
    return handheld


def test_a_serial_no_counts_one_without_a_question(floor: Floor) -> None:
    handheld = counting(floor, "W-01-0101")
    assert spoken(handheld.scan("DR-1003")) == "1 PCS of 2010 Serial No. DR-1003 counted."
    assert floor.counted("W-01-0101") == [("2010 PCS DR-1003", 1)]


def test_a_bare_number_of_two_items_is_the_one_booked_in_the_open_bin(floor: Floor) -> None:
    assert spoken(counting(floor, "W-01-0101").scan("1001")).startswith("1 PCS of 2010")


def test_a_bare_number_of_two_items_that_is_booked_elsewhere_leaves_the_choice(
    floor: Floor,
) -> None:
    handheld = counting(floor, "W-03-0401")
    chooser = handheld.scan("1001")
    assert chooser.code == "Choose"
    drill = next(choice for choice in chooser.choices if "2010" in choice.words)
    assert handheld.scan("1001", choice=drill.key).code == "CountedElsewhere"
    assert floor.counted("W-03-0401") == [("2010 PCS 1001", 1)]


def test_a_serial_no_counts_once_in_a_batch(floor: Floor) -> None:
    handheld = counting(floor, "W-01-0101")
    handheld.scan("DR-1003")
    assert spoken(handheld.scan("DR-1003")).startswith(
        "Serial No. DR-1003 was already counted in bin W-01-0101 by WORKER1."
    )
    handheld.scan("W-01-0101")
    handheld.scan("W-01-0102")
    assert handheld.scan("DR-1003").code == "SerialAlreadyCounted"
    assert floor.counted("W-01-0102") == []


def test_a_serial_no_that_is_booked_elsewhere_names_that_bin(floor: Floor) -> None:
    handheld = counting(floor, "W-01-0101")
    assert spoken(handheld.scan("DR-1004")) == (
        "2010 Serial No. DR-1004 counted; it is booked in bin W-01-0102."
        " Leave it here if this is where it lies. Count bin W-01-0102 too."
    )
    assert floor.counted("W-01-0101") == [("2010 PCS DR-1004", 1)]


def test_a_serial_no_that_is_booked_nowhere_is_unexpected(floor: Floor) -> None:
    handheld = counting(floor, "W-01-0101")
    assert spoken(handheld.scan("DR-1010")).startswith(
        "2010 Serial No. DR-1010 counted; it is not booked in this bin."
    )


def test_a_serial_no_knows_its_lot_and_package_also_in_another_bin(floor: Floor) -> None:
    handheld = counting(floor, "W-03-0401")
    handheld.scan("1005")
    assert floor.counted("W-03-0401") == [(f"1900-S PCS 1005 LOT0002 {CHAIRS}", 1)]


def test_a_scan_that_counted_keeps_which_entry_it_made(floor: Floor) -> None:
    counting(floor, "W-01-0101").scan("DR-1003")
    scan = floor.read(lambda s: s.scalars(select(Scan).where(Scan.raw == "DR-1003")).one())
    entry = floor.read(
        lambda s: s.scalars(select(CountEntry).where(CountEntry.scan_id == scan.id)).one()
    )
    assert scan.effect is not None
    assert scan.effect["changes"] == [{"count_entry": entry.id}]


def test_a_lot_asks_how_many_lie_here(floor: Floor) -> None:
    handheld = counting(floor, "W-02-0102")
    assert spoken(handheld.scan("CB01")) == "3030 Lot No. CB01. Type how many BAG there are."
    assert floor.counted("W-02-0102") == []
    assert spoken(handheld.type("12")) == "12 BAG of 3030 Lot No. CB01 counted."
    assert floor.counted("W-02-0102") == [("3030 BAG CB01", 12)]


def test_a_lot_of_another_bin_is_unexpected_and_its_bin_is_not_told(floor: Floor) -> None:
    handheld = counting(floor, "W-02-0102")
    handheld.scan("CB02")
    answered = handheld.type("3")
    assert (answered.code, "W-02-0201" in spoken(answered)) == ("CountedUnexpected", False)


def test_an_item_without_numbers_asks_how_many_lie_here(floor: Floor) -> None:
    handheld = counting(floor, "W-01-0402")
    assert spoken(handheld.scan("9521234030119")) == "3010. Type how many PCS there are."
    assert handheld.type("20").code == "Counted"
    assert handheld.scan("9521234030126").code == "AskQuantity"
    assert handheld.type("14").code == "Counted"
    assert floor.counted("W-01-0402") == [("3010 PCS", 20), ("3010 PCS", 14)]


def test_an_item_number_without_a_variant_counts_the_blank_variant(floor: Floor) -> None:
    handheld = counting(floor, "W-01-0402")
    handheld.scan("3010")
    assert handheld.type("1").code == "CountedUnexpected"


def test_a_quantity_is_counted_as_finely_as_the_item_is_measured(floor: Floor) -> None:
    handheld = counting(floor, "W-01-0401")
    handheld.scan("LOT0100")
    refused = handheld.type("37.505")
    assert spoken(refused).startswith("37.505 is finer than item 3050 is measured: steps of 0.01.")
    assert handheld.type("37.5").code == "Counted"
    assert floor.counted("W-01-0401") == [("3050 M LOT0100", Decimal("37.5"))]


def test_a_lot_is_counted_in_the_unit_in_which_the_bin_books_it(floor: Floor) -> None:
    handheld = counting(floor, "W-03-0201")
    assert spoken(handheld.scan("P2403")).endswith("Type how many BOX there are.")
    assert handheld.type("6").code == "Counted"


def test_boxes_and_cans_of_one_lot_are_two_lines(floor: Floor) -> None:
    handheld = counting(floor, "W-03-0201")
    handheld.scan("(01)19521234030208(10)P2403")
    assert handheld.type("5").code == "Counted"
    assert spoken(handheld.scan("(01)09521234030201(10)P2403")).endswith("many CAN there are.")
    assert handheld.type("4").code == "CountedUnexpected"
    assert floor.counted("W-03-0201") == [("3020 BOX P2403", 5), ("3020 CAN P2403", 4)]


def test_a_drum_is_measured_as_finely_as_its_metres(floor: Floor) -> None:
    handheld = counting(floor, "W-03-0202")
    handheld.scan("CA-77")
    assert handheld.type("2.0001").code == "Counted"
    handheld.scan("CA-77")
    assert handheld.type("2.00001", "quantity-replace").code == "QuantityTooFine"


def test_a_package_that_is_the_only_number_of_its_item_asks_how_many(floor: Floor) -> None:
    handheld = counting(floor, "W-02-0202")
    asked = handheld.scan("PKG-000101")
    assert spoken(asked) == "3040 Package No. PKG-000101. Type how many PCS there are."
    handheld.type("5")
    assert floor.counted("W-02-0202") == [("3040 PCS PKG-000101", 5)]


def test_a_sealed_package_counts_with_all_that_is_booked_in_it_here(floor: Floor) -> None:
    handheld = counting(floor, "W-01-0501")
    assert spoken(handheld.scan(CHAIRS)) == f"Package {CHAIRS} counted whole: 3 lines."
    assert floor.counted("W-01-0501") == [
        (f"1900-S PCS 1005 LOT0002 {CHAIRS}", 1),
        (f"1900-S PCS 1006 LOT0002 {CHAIRS}", 1),
        (f"1920-S PCS LOT201 {CHAIRS}", 5),
    ]
    assert spoken(handheld.scan("W-01-0501")).endswith("3 found.")


def test_a_sealed_package_twice_counts_once(floor: Floor) -> None:
    handheld = counting(floor, "W-01-0501")
    handheld.scan("1006")
    assert handheld.codes(CHAIRS, CHAIRS) == ["PackageCounted", "PackageCounted"]
    assert len(floor.counted("W-01-0501")) == 3


def test_a_package_with_one_serial_no_in_it_counts_whole(floor: Floor) -> None:
    handheld = counting(floor, "W-01-0302")
    assert handheld.scan("395212340000000021").code == "PackageCounted"
    assert len(floor.counted("W-01-0302")) == 2


def test_a_package_that_counted_keeps_which_entries_it_made(floor: Floor) -> None:
    counting(floor, "W-01-0501").scan(CHAIRS)
    scan = floor.read(lambda s: s.scalars(select(Scan).where(Scan.raw == CHAIRS)).one())
    assert scan.effect is not None
    kept = [change["count_entry"] for change in scan.effect["changes"]]
    entries = floor.read(
        lambda s: s.scalars(select(CountEntry).where(CountEntry.id.in_(kept))).all()
    )
    assert [entry.quantity for entry in entries] == [1, 1, 5]


def test_a_package_of_which_nothing_is_booked_here_is_refused(floor: Floor) -> None:
    handheld = counting(floor, "W-01-0101")
    assert spoken(handheld.scan(CHAIRS)) == (
        f"Package {CHAIRS} is not booked in bin W-01-0101. Scan each unit that is in it."
    )


def test_the_label_of_a_pallet_that_is_not_booked_counts_nothing(floor: Floor) -> None:
    handheld = counting(floor, "W-01-0501")
    pallet = "(00)395212340000000038(02)09521234019206(37)12(10)LOT201"
    assert handheld.scan(pallet).code == "UnknownCode"
    assert handheld.given.units == ()


def test_a_lot_no_that_the_maker_prints_is_no_number_of_a_serial_tracked_item(
    floor: Floor,
) -> None:
    handheld = counting(floor, "W-01-0101")
    counted = handheld.scan("(01)09521234020103(10)MAKER-LOT(21)DR-1003")
    assert spoken(counted) == "1 PCS of 2010 Serial No. DR-1003 counted."


def test_a_label_that_contradicts_the_known_date_is_refused(floor: Floor) -> None:
    handheld = counting(floor, "W-02-0102")
    refused = handheld.scan("(01)09521234030300(17)280101(10)CB01")
    assert spoken(refused).startswith("CB01 of item 3030 expires on 2026-11-19, not on 2028-01-01.")
    assert handheld.scan("(01)09521234030300(17)261119(10)CB01").code == "AskQuantity"


@pytest.mark.parametrize("raw", ["HELLO-42", "OLD-3010", "9521234020104"])
def test_what_is_not_known_is_refused_and_counting_goes_on(floor: Floor, raw: str) -> None:
    handheld = counting(floor, "W-01-0101")
    assert handheld.scan(raw).said.message
    assert handheld.scan("DR-1003").code == "Counted"


def test_a_package_of_a_lot_that_is_in_this_bin_alone_need_not_be_scanned(floor: Floor) -> None:
    handheld = counting(floor, "W-01-0501")
    handheld.scan("LOT201")
    handheld.type("5")
    assert floor.counted("W-01-0501") == [(f"1920-S PCS LOT201 {CHAIRS}", 5)]
