"""What a put-away takes for its own, and who may scan on it (docs/domain.md 5.2, 10.3)."""

import pytest
from sqlalchemy import select

from scanner_app.barcodes.barcode_settings import BarcodeSettings
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.warehouse.activity import ActivityType, WarehouseActivityLine
from tests.scanning.floor import Floor, spoken
from tests.scanning.put_aways import open_at, tubes_without_a_bin


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


def test_the_labels_of_the_house_work_in_a_document_too(floor: Floor) -> None:
    handheld = open_at(floor)
    handheld.settings = BarcodeSettings(house_prefixes={"U-": "serial"})
    assert handheld.codes("U-FX-5101", "W-01-0601") == ["UnitGiven", "Placed"]
