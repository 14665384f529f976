"""A put-away is scanned by unit and bin, in either order (docs/domain.md 5.2, 10.4, 10.5)."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from scanner_app.barcodes.barcode_settings import BarcodeSettings
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.scanning.scan import Scan
from scanner_app.warehouse.activity import ActivityType, WarehouseActivityLine
from scanner_app.warehouse.bin import Bin, BlockMovement
from scanner_app.warehouse.ledger_check import check_ledgers
from scanner_app.warehouse.register_activity import register_warehouse_activity
from tests.scanning.floor import Floor, Handheld, spoken

PAINT = TrackingNumbers("", "P2404")
CHAIR = TrackingNumbers("1001", "LOT0001", "CONTAINER010")


def open_at(floor: Floor, no: str = "PA-00002", user_name: str = "WORKER1") -> Handheld:
    return floor.opened("put-away", no, user_name)


def tubes_without_a_bin(floor: Floor) -> Handheld:
    """A put-away of 7 steel tubes of a package, for which no bin was found."""
    numbers = TrackingNumbers("", "", "PKG-000102")
    pair = floor.pair("3040 PCS", "7", "W-08-0001", "", numbers)
    return open_at(floor, floor.add_activity(ActivityType.PUT_AWAY, pair))


def test_a_unit_waits_for_its_bin_and_the_bin_applies_it(floor: Floor) -> None:
    handheld = open_at(floor)
    given = handheld.scan("FX-5101")
    assert spoken(given) == "2020 Serial No. FX-5101 is in your hand. Scan the bin W-01-0601."
    assert floor.scanned("PA-00002") == []
    placed = handheld.scan("W-01-0601")
    assert spoken(placed) == "1 PCS of 2020 Serial No. FX-5101 Lot No. FX26A placed in W-01-0601."
    assert floor.scanned("PA-00002") == [("2020 PCS FX-5101 FX26A", 1, "W-01-0601")]
    assert handheld.given.units == ()


def test_a_bin_waits_for_its_unit_and_the_unit_applies_it(floor: Floor) -> None:
    handheld = open_at(floor)
    assert spoken(handheld.scan("W-01-0601")) == "Bin W-01-0601. Scan what you put or take here."
    assert handheld.scan("FX-5102").code == "Placed"
    assert floor.scanned("PA-00002") == [("2020 PCS FX-5102 FX26A", 1, "W-01-0601")]
    assert handheld.given.bin_id == 0


def test_several_units_in_the_hand_go_into_one_bin_together(floor: Floor) -> None:
    handheld = open_at(floor)
    assert handheld.codes("FX-5101", "FX-5102", "FX-5103") == ["UnitGiven"] * 3
    placed = handheld.scan("W-01-0601")
    assert spoken(placed) == "3 lines placed in W-01-0601."
    assert [words for words, _, _ in floor.scanned("PA-00002")] == [
        "2020 PCS FX-5101 FX26A",
        "2020 PCS FX-5102 FX26A",
        "2020 PCS FX-5103 FX26A",
    ]


def test_units_of_different_bins_wait_until_each_of_their_bins_was_scanned(floor: Floor) -> None:
    handheld = open_at(floor)
    handheld.codes("FX-5101", "P2404")
    assert handheld.scan("W-03-0201").code == "Placed"
    assert [unit.serial_no for unit in handheld.given.units] == ["FX-5101"]
    assert handheld.scan("W-01-0601").code == "Placed"
    assert floor.scanned("PA-00002") == [
        ("2020 PCS FX-5101 FX26A", 1, "W-01-0601"),
        ("3020 BOX P2404", 2, "W-03-0201"),
    ]


def test_a_serial_no_twice_in_the_hand_is_one_unit(floor: Floor) -> None:
    handheld = open_at(floor)
    assert handheld.codes("FX-5101", "FX-5101", "W-01-0601") == ["UnitGiven", "UnitGiven", "Placed"]
    assert floor.scanned("PA-00002") == [("2020 PCS FX-5101 FX26A", 1, "W-01-0601")]


def test_a_package_stands_for_all_its_lines(floor: Floor) -> None:
    handheld = open_at(floor, "PA-00001")
    given = handheld.scan("CONTAINER010")
    assert spoken(given) == "Package CONTAINER010: 6 lines. Scan the bin W-02-0401."
    assert spoken(handheld.scan("W-02-0401")) == "6 lines placed in W-02-0401."
    assert floor.scanned("PA-00001") == [
        ("1900-S PCS 1001 LOT0001 CONTAINER010", 1, "W-02-0401"),
        ("1900-S PCS 1002 LOT0001 CONTAINER010", 1, "W-02-0401"),
        ("1900-S PCS 1003 LOT0001 CONTAINER010", 1, "W-02-0401"),
        ("1900-S PCS 1004 LOT0001 CONTAINER010", 1, "W-02-0401"),
        ("1910-S PCS LOT0100 CONTAINER010", 6, "W-02-0401"),
        ("1920-S PCS LOT200 CONTAINER010", 12, "W-02-0401"),
    ]
    assert handheld.scan("CONTAINER010").code == "AlreadyTaken"


def test_a_bin_scanned_first_takes_the_whole_package(floor: Floor) -> None:
    handheld = open_at(floor, "PA-00001")
    assert handheld.codes("W-02-0401", "CONTAINER010") == ["BinGiven", "LinesPlaced"]
    assert len(floor.scanned("PA-00001")) == 6


def test_a_package_leaves_what_is_not_in_it_although_it_goes_into_the_same_bin(
    floor: Floor,
) -> None:
    chair = floor.pair("1900-S PCS", "1", "W-08-0001", "W-02-0401", CHAIR)
    drill = floor.pair("2010 PCS", "1", "W-08-0001", "W-02-0401", TrackingNumbers("DR-7"))
    vests = floor.pair("3010 PCS M", "3", "W-08-0001", "W-02-0401")
    handheld = open_at(floor, floor.add_activity(ActivityType.PUT_AWAY, chair, drill, vests))
    handheld.scan("CONTAINER010")
    assert handheld.prompt.package_lines == 1
    assert handheld.scan("W-02-0401").code == "Placed"
    assert len(floor.scanned(handheld.no)) == 1


def test_the_bins_of_one_lot_each_get_their_share(floor: Floor) -> None:
    handheld = open_at(floor)
    handheld.codes("P2404", "W-03-0302", "P2404", "W-03-0201")
    assert floor.scanned("PA-00002") == [
        ("3020 BOX P2404", 2, "W-03-0201"),
        ("3020 BOX P2404", 1, "W-03-0302"),
    ]


def test_a_wrong_bin_is_refused_with_both_codes_and_empties_the_hand(floor: Floor) -> None:
    handheld = open_at(floor)
    handheld.scan("FX-5101")
    refused = handheld.scan("W-03-0201")
    assert spoken(refused).startswith(
        "2020 Serial No. FX-5101 Lot No. FX26A asks for bin W-01-0601, not W-03-0201."
    )
    assert handheld.given.units == ()
    assert floor.scanned("PA-00002") == []


def test_a_unit_for_another_bin_than_the_one_scanned_before_is_refused(floor: Floor) -> None:
    handheld = open_at(floor)
    assert handheld.codes("W-03-0201", "FX-5101") == ["BinGiven", "BinDiffers"]
    assert handheld.given.bin_id == 0
    assert handheld.scan("FX-5101").code == "UnitGiven"


def test_a_bin_that_nothing_waits_for_is_refused(floor: Floor) -> None:
    handheld = open_at(floor)
    assert handheld.scan("W-04-0101").code == "BinNotOnDocument"
    handheld.codes("FX-5101", "FX-5102", "FX-5103", "W-01-0601")
    assert handheld.scan("W-01-0601").code == "BinNotOnDocument"


def test_a_line_without_a_bin_takes_any_bin(floor: Floor) -> None:
    handheld = tubes_without_a_bin(floor)
    given = handheld.scan("PKG-000102")
    assert given.code == "PackageGiven"
    assert handheld.scan("W-04-0101").code == "Placed"
    assert floor.scanned(handheld.no) == [("3040 PCS PKG-000102", 7, "W-04-0101")]


def test_a_unit_without_a_bin_asks_for_any_bin(floor: Floor) -> None:
    pair = floor.pair("3020 BOX", "3", "W-08-0002", "", PAINT)
    handheld = open_at(floor, floor.add_activity(ActivityType.PUT_AWAY, pair))
    assert spoken(handheld.scan("P2404")) == "3020 Lot No. P2404 is in your hand. Scan a bin."
    assert handheld.prompt.question == "any-bin"
    handheld.scan("W-03-0101")
    assert floor.scanned(handheld.no) == [("3020 BOX P2404", 3, "W-03-0101")]


@pytest.mark.parametrize(
    ("bin_code", "code"),
    [("W-11-0001", "BinDiffers"), ("W-08-0001", "BinDiffers"), ("W-04-0602", "BinBlocked")],
)
def test_any_bin_is_not_the_adjustment_bin_the_bin_of_the_goods_or_a_closed_one(
    floor: Floor, bin_code: str, code: str
) -> None:
    floor.change(Bin, floor.catalogue.bins["W-11-0001"].id, block_movement=BlockMovement.BLANK)
    handheld = tubes_without_a_bin(floor)
    handheld.scan("PKG-000102")
    assert handheld.scan(bin_code).code == code
    assert floor.scanned(handheld.no) == []


def test_only_the_line_that_is_placed_gets_the_bin(floor: Floor) -> None:
    pairs = [floor.pair("3020 BOX", q, "W-08-0002", b, PAINT) for q, b in (("2", ""), ("1", ""))]
    handheld = open_at(floor, floor.add_activity(ActivityType.PUT_AWAY, *pairs))
    handheld.codes("P2404", "W-03-0101", "P2404", "W-03-0102")
    assert floor.scanned(handheld.no) == [
        ("3020 BOX P2404", 2, "W-03-0101"),
        ("3020 BOX P2404", 1, "W-03-0102"),
    ]


def test_the_effect_of_a_scan_tells_that_the_line_had_no_bin(floor: Floor) -> None:
    handheld = tubes_without_a_bin(floor)
    handheld.codes("PKG-000102", "W-04-0101")
    scan = floor.read(lambda s: s.scalars(select(Scan).where(Scan.raw == "W-04-0101")).one())
    assert scan.effect is not None
    assert scan.effect["lines"][0]["before"]["place_bin_id"] is None


def test_a_line_takes_the_bin_it_names_before_one_that_any_bin_may_fill(floor: Floor) -> None:
    free = floor.pair("3020 BOX", "2", "W-08-0002", "", PAINT)
    named = floor.pair("3020 BOX", "1", "W-08-0002", "W-03-0201", PAINT)
    handheld = open_at(floor, floor.add_activity(ActivityType.PUT_AWAY, free, named))
    handheld.codes("P2404", "W-03-0201")
    assert floor.scanned(handheld.no) == [("3020 BOX P2404", 1, "W-03-0201")]


def test_a_number_typed_before_the_bin_replaces_the_proposal(floor: Floor) -> None:
    handheld = open_at(floor)
    handheld.scan("P2404")
    assert spoken(handheld.type("1")) == "1 BOX of 3020 Lot No. P2404."
    handheld.scan("W-03-0201")
    assert floor.scanned("PA-00002") == [("3020 BOX P2404", 1, "W-03-0201")]


def test_a_number_typed_after_the_bin_replaces_the_quantity_of_the_line(floor: Floor) -> None:
    handheld = open_at(floor)
    handheld.codes("P2404", "W-03-0201")
    assert handheld.type("1").code == "QuantityGiven"
    assert floor.scanned("PA-00002") == [("3020 BOX P2404", 1, "W-03-0201")]
    assert handheld.type("1,5").code == "QuantityGiven"
    assert floor.scanned("PA-00002") == [("3020 BOX P2404", Decimal("1.5"), "W-03-0201")]


def test_a_number_above_what_is_outstanding_is_refused_before_and_after_the_bin(
    floor: Floor,
) -> None:
    handheld = open_at(floor)
    handheld.scan("P2404")
    assert spoken(handheld.type("4")).startswith("4 is more than the 3 BOX still to be handled.")
    handheld.codes("P2404", "W-03-0201")
    assert spoken(handheld.type("3")).startswith("3 is more than the 2 BOX")
    assert floor.scanned("PA-00002") == [("3020 BOX P2404", 2, "W-03-0201")]


def test_a_number_above_what_its_bin_asks_for_is_refused_at_the_bin(floor: Floor) -> None:
    handheld = open_at(floor)
    handheld.scan("P2404")
    assert handheld.type("3").code == "QuantityGiven"
    assert handheld.scan("W-03-0201").code == "QuantityAboveOutstanding"
    assert floor.scanned("PA-00002") == []


@pytest.mark.parametrize("scans", [(), ("FX-5101",), ("FX-5101", "W-01-0601"), ("W-03-0201",)])
def test_a_number_that_nothing_asks_for_is_refused(floor: Floor, scans: tuple[str, ...]) -> None:
    handheld = open_at(floor)
    handheld.codes(*scans)
    assert handheld.type("1").code == "QuantityNotAsked"


def test_a_number_for_a_whole_package_is_refused(floor: Floor) -> None:
    handheld = open_at(floor, "PA-00001")
    handheld.scan("CONTAINER010")
    assert handheld.type("1").code == "QuantityNotAsked"


def test_a_number_for_a_line_that_was_registered_meanwhile_is_refused(floor: Floor) -> None:
    handheld = open_at(floor)
    handheld.codes("P2404", "W-03-0201")
    by = floor.by("WORKER1")
    floor.write(lambda s: register_warehouse_activity(s, floor.activity(s, "PA-00002").id, by))
    assert handheld.type("1").code == "QuantityNotAsked"


@pytest.mark.parametrize("typed", ["-1", "1e3", "a", "1.234567"])
def test_what_is_no_number_is_refused(floor: Floor, typed: str) -> None:
    handheld = open_at(floor)
    handheld.scan("P2404")
    assert handheld.type(typed).code == "QuantityNotReadable"


def test_an_answer_of_a_count_is_nothing_for_a_put_away(floor: Floor) -> None:
    assert open_at(floor).type("2027-01-01", "expiration-date").code == "NotOnDocument"


def test_the_same_lot_again_changes_nothing(floor: Floor) -> None:
    pair = floor.pair("3020 BOX", "3", "W-08-0002", "W-03-0201", PAINT)
    handheld = open_at(floor, floor.add_activity(ActivityType.PUT_AWAY, pair))
    handheld.codes("P2404", "W-03-0201")
    again = handheld.scan("P2404")
    assert spoken(again).startswith("3020 Lot No. P2404 is already scanned.")
    assert floor.scanned(handheld.no) == [("3020 BOX P2404", 3, "W-03-0201")]


def test_the_quantity_on_a_label_is_proposed(floor: Floor) -> None:
    handheld = open_at(floor)
    handheld.codes("(01)19521234030208(10)P2404(30)1", "W-03-0201")
    assert floor.scanned("PA-00002") == [("3020 BOX P2404", 1, "W-03-0201")]


def test_the_quantity_on_a_label_counts_in_the_unit_of_the_label(floor: Floor) -> None:
    handheld = open_at(floor)
    handheld.codes("(01)09521234030201(10)P2404(30)4", "W-03-0201")
    assert floor.scanned("PA-00002") == [("3020 BOX P2404", 1, "W-03-0201")]


def test_the_bar_code_of_a_box_fits_a_line_of_boxes(floor: Floor) -> None:
    handheld = open_at(floor)
    assert handheld.codes("(01)19521234030208(10)P2404", "W-03-0201") == ["UnitGiven", "Placed"]
    assert floor.scanned("PA-00002") == [("3020 BOX P2404", 2, "W-03-0201")]


def test_a_unit_that_is_placed_already_empties_the_hand(floor: Floor) -> None:
    handheld = open_at(floor)
    handheld.codes("FX-5101", "W-01-0601", "FX-5102")
    assert handheld.scan("FX-5101").code == "AlreadyTaken"
    assert handheld.given.units == ()
    assert floor.scanned("PA-00002") == [("2020 PCS FX-5101 FX26A", 1, "W-01-0601")]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("DR-1003", "2010 Serial No. DR-1003 is not on PA-00002."),
        ("PKG-000101", "PKG-000101 is not on PA-00002."),
        ("FX-5001", "PA-00002 asks for 2020 Serial No. FX-5101 Lot No. FX26A, not 2020"),
        ("9521234030201", "Item 3020 needs a Lot No."),
        ("9521234020202", "Item 2020 needs a Serial No."),
        ("HELLO-42", "“HELLO-42” is unknown here."),
    ],
)
def test_what_the_document_does_not_ask_for_is_refused_by_name(
    floor: Floor, raw: str, words: str
) -> None:
    handheld = open_at(floor)
    assert spoken(handheld.scan(raw)).startswith(words)
    assert handheld.given.units == ()


def test_the_gtin_of_an_item_in_packages_asks_for_its_package(floor: Floor) -> None:
    handheld = tubes_without_a_bin(floor)
    assert spoken(handheld.scan("9521234030409")).startswith("Item 3040 needs a Package No.")


def test_a_lot_no_does_not_decide_which_serial_no_it_is(floor: Floor) -> None:
    handheld = open_at(floor)
    assert spoken(handheld.scan("FX26A")).startswith("Item 2020 needs a Serial No.")


def test_a_lot_no_that_the_maker_prints_on_a_serial_tracked_item_is_not_kept(
    floor: Floor,
) -> None:
    numbers = TrackingNumbers("DR-1003")
    pair = floor.pair("2010 PCS", "1", "W-01-0101", "W-01-0102", numbers)
    handheld = open_at(floor, floor.add_activity(ActivityType.PUT_AWAY, pair))
    handheld.codes("(01)09521234020103(10)MAKER-LOT(21)DR-1003", "W-01-0102")
    assert floor.scanned(handheld.no) == [("2010 PCS DR-1003", 1, "W-01-0102")]


def test_an_item_without_numbers_is_enough_by_itself(floor: Floor) -> None:
    pair = floor.pair("3010 PCS M", "5", "W-08-0001", "W-01-0402")
    handheld = open_at(floor, floor.add_activity(ActivityType.PUT_AWAY, pair))
    assert handheld.codes("3010", "W-01-0402") == ["UnitGiven", "Placed"]
    assert floor.scanned(handheld.no) == [("3010 PCS", 5, "W-01-0402")]


def test_an_item_with_two_variants_on_the_document_needs_the_variant(floor: Floor) -> None:
    pairs = [floor.pair(f"3010 PCS {v}", "5", "W-08-0001", "W-01-0402") for v in ("M", "L")]
    handheld = open_at(floor, floor.add_activity(ActivityType.PUT_AWAY, *pairs))
    assert handheld.scan("3010").code == "NumberDiffers"
    assert handheld.codes("9521234030126", "W-01-0402") == ["UnitGiven", "Placed"]
    variant_id = floor.read(
        lambda s: s.scalars(
            select(WarehouseActivityLine.variant_id).where(WarehouseActivityLine.qty_to_handle > 0)
        ).first()
    )
    assert variant_id == floor.catalogue.variants["3010", "L"]


def test_the_label_of_another_document_opens_it(floor: Floor) -> None:
    handheld = open_at(floor)
    opened = handheld.scan("PI-00001")
    assert (opened.code, opened.goto) == ("OpenDocument", "pick/PI-00001")


def test_a_code_of_several_things_is_decided_by_the_document_or_by_a_tap(floor: Floor) -> None:
    chairs = open_at(floor, "PA-00001")
    assert spoken(chairs.scan("1001")).startswith("1900-S Serial No. 1001 is in your hand.")
    handheld = open_at(floor)
    chooser = handheld.scan("1001")
    assert spoken(chooser) == "1001 can mean several things. Tap what you hold."
    assert len(chooser.choices) == 2
    drill = next(choice for choice in chooser.choices if "2010" in choice.words)
    tapped = handheld.scan("1001", choice=drill.key)
    assert spoken(tapped).startswith("2010 Serial No. 1001 is not on PA-00002.")


def test_an_unassigned_document_becomes_that_of_the_first_worker(floor: Floor) -> None:
    open_at(floor).scan("FX-5101")
    activity = floor.read(lambda s: floor.activity(s, "PA-00002"))
    assert activity.assigned_user_id == floor.catalogue.users["WORKER1"]
    assert activity.assigned_at is not None


def test_a_refused_scan_does_not_take_the_document(floor: Floor) -> None:
    open_at(floor).scan("HELLO-42")
    assert floor.read(lambda s: floor.activity(s, "PA-00002")).assigned_user_id is None


def test_a_document_of_somebody_else_is_refused_with_the_name(floor: Floor) -> None:
    open_at(floor, user_name="WORKER2").scan("FX-5101")
    refused = open_at(floor).scan("FX-5102")
    assert spoken(refused).startswith("PA-00002 is assigned to WORKER2.")


@pytest.mark.parametrize("no", ["PA-09999", "PI-00001", ""])
def test_a_document_that_is_gone_is_refused(floor: Floor, no: str) -> None:
    assert floor.opened("put-away", no).scan("FX-5101").code == "DocumentGone"


def test_a_document_of_a_location_where_one_does_not_work_is_refused(floor: Floor) -> None:
    pair = floor.pair("3010 PCS M", "5", "S-01-0001", "S-01-0002")
    no = floor.add_activity(ActivityType.PUT_AWAY, pair, location="SILVER")
    assert open_at(floor, no).scan("3010").code == "NotWarehouseEmployee"
    assert open_at(floor, no, "WORKER2").scan("3010").code == "UnitGiven"


def test_what_was_scanned_can_be_registered_and_the_ledgers_agree(floor: Floor) -> None:
    handheld = open_at(floor)
    handheld.codes("FX-5101", "FX-5102", "FX-5103", "W-01-0601")
    handheld.codes("P2404", "W-03-0201", "P2404", "W-03-0302")
    by = floor.by("WORKER1")
    result = floor.write(
        lambda s: register_warehouse_activity(s, floor.activity(s, "PA-00002").id, by)
    )
    assert (result.lines, result.outstanding_lines) == (10, 0)
    assert floor.read(check_ledgers) == []
    assert handheld.scan("FX-5101").code == "DocumentGone"


def test_the_labels_of_the_house_work_in_a_document_too(floor: Floor) -> None:
    handheld = open_at(floor)
    handheld.settings = BarcodeSettings(house_prefixes={"U-": "serial"})
    assert handheld.codes("U-FX-5101", "W-01-0601") == ["UnitGiven", "Placed"]
