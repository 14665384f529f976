"""Goods that are put into another bin than their line names (docs/domain.md 10.4)."""

import pytest

from scanner_app.inventory.item import Item
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.location import Location, OtherBinPolicy
from scanner_app.warehouse.activity import ActivityType
from scanner_app.warehouse.bin import Bin, BinType, BlockMovement
from scanner_app.warehouse.ledger_check import check_ledgers
from scanner_app.warehouse.register_activity import register_warehouse_activity
from tests.scanning.floor import Floor, Handheld, spoken
from tests.scanning.other_bins import prohibit_other_bins, set_other_bins
from tests.scanning.picks import Pick
from tests.scanning.put_aways import PAINT, open_at
from tests.scanning.test_undo_activity_scans import lines
from tests.scanning.undoing import undo

OTHER = "W-04-0101"


def paint(floor: Floor, quantity: str = "5") -> Handheld:
    """A put-away of some boxes of one lot into W-03-0101."""
    pair = floor.pair("3020 BOX", quantity, "W-08-0002", "W-03-0101", PAINT)
    return open_at(floor, floor.add_activity(ActivityType.PUT_AWAY, pair))


def test_a_second_scan_of_another_bin_puts_it_there(floor: Floor) -> None:
    handheld = open_at(floor)
    handheld.scan("FX-5101")
    warned = handheld.scan(OTHER)
    assert spoken(warned) == (
        "2020 Serial No. FX-5101 Lot No. FX26A belongs in bin W-01-0601, not W-04-0101."
        " Bring it to W-01-0601. If it stays here, scan W-04-0101 again."
    )
    assert (warned.tone, floor.scanned("PA-00002")) == ("warn", [])
    placed = handheld.scan(OTHER)
    assert spoken(placed).endswith("placed in W-04-0101.")
    assert floor.scanned("PA-00002") == [("2020 PCS FX-5101 FX26A", 1, OTHER)]


def test_the_bin_of_the_line_still_takes_it(floor: Floor) -> None:
    handheld = open_at(floor)
    assert handheld.codes("FX-5101", OTHER, "W-01-0601")[-1] == "Placed"
    assert floor.scanned("PA-00002") == [("2020 PCS FX-5101 FX26A", 1, "W-01-0601")]


def test_each_other_bin_is_scanned_twice(floor: Floor) -> None:
    handheld = open_at(floor)
    codes = handheld.codes("FX-5101", OTHER, "W-04-0102", OTHER, OTHER)
    assert codes == ["UnitGiven", "OtherBin", "OtherBin", "OtherBin", "Placed"]


def test_what_is_taken_into_the_hand_meanwhile_asks_anew(floor: Floor) -> None:
    handheld = open_at(floor)
    codes = handheld.codes("FX-5101", OTHER, "FX-5102", OTHER, OTHER)
    assert codes == ["UnitGiven", "OtherBin", "UnitGiven", "OtherBin", "LinesPlaced"]
    assert {place for _, _, place in floor.scanned("PA-00002")} == {OTHER}


def test_what_fits_goes_in_and_the_rest_stays_in_the_hand(floor: Floor) -> None:
    handheld = open_at(floor)
    handheld.codes("FX-5101", "P2404")
    assert handheld.scan("W-03-0201").code == "Placed"
    assert [unit.serial_no for unit in handheld.given.units] == ["FX-5101"]


def test_a_part_in_another_bin_leaves_the_rest_to_its_own(floor: Floor) -> None:
    handheld = paint(floor)
    before = lines(floor, handheld.no)
    handheld.scan("P2404")
    handheld.type("2")
    handheld.codes(OTHER, OTHER)
    assert floor.scanned(handheld.no) == [("3020 BOX P2404", 2, OTHER)]
    handheld.codes("P2404", "W-03-0101")
    assert sorted(floor.scanned(handheld.no)) == [
        ("3020 BOX P2404", 2, OTHER),
        ("3020 BOX P2404", 3, "W-03-0101"),
    ]
    for _ in range(5):
        assert undo(handheld).code == "Undone"
    assert lines(floor, handheld.no) == before


def test_what_is_left_goes_to_another_bin_than_the_part_that_fitted(floor: Floor) -> None:
    handheld = paint(floor, "3")
    handheld.scan("P2404")
    handheld.type("2")
    handheld.codes("W-03-0101", "P2404", OTHER, OTHER)
    assert sorted(floor.scanned(handheld.no)) == [
        ("3020 BOX P2404", 1, OTHER),
        ("3020 BOX P2404", 2, "W-03-0101"),
    ]
    by = floor.by("WORKER1")
    floor.write(lambda s: register_warehouse_activity(s, floor.activity(s, handheld.no).id, by))
    assert floor.read(check_ledgers) == []


def test_a_package_goes_whole_into_another_bin(floor: Floor) -> None:
    handheld = open_at(floor, "PA-00001")
    handheld.scan("CONTAINER010")
    warned = handheld.scan(OTHER)
    assert spoken(warned).startswith("CONTAINER010 belongs in bin W-02-0401, not W-04-0101.")
    assert handheld.scan(OTHER).code == "LinesPlaced"
    assert {place for _, _, place in floor.scanned("PA-00001")} == {OTHER}


def test_where_the_location_prohibits_it_the_bin_is_refused_with_both_codes(floor: Floor) -> None:
    handheld = open_at(floor)
    prohibit_other_bins(floor)
    handheld.scan("FX-5101")
    refused = handheld.scan("W-03-0201")
    assert spoken(refused).startswith(
        "2020 Serial No. FX-5101 Lot No. FX26A asks for bin W-01-0601, not W-03-0201."
    )
    assert handheld.given.units == ()
    assert floor.scanned("PA-00002") == []


def test_where_the_location_allows_it_one_scan_is_enough(floor: Floor) -> None:
    set_other_bins(floor, OtherBinPolicy.ALLOW)
    assert open_at(floor).codes("FX-5101", OTHER) == ["UnitGiven", "Placed"]
    assert floor.scanned("PA-00002") == [("2020 PCS FX-5101 FX26A", 1, OTHER)]


@pytest.mark.parametrize(
    ("bin_code", "code"),
    [
        ("W-11-0001", "BinDiffers"),
        ("W-08-0001", "BinDiffers"),
        ("W-08-0002", "BinDiffers"),
        ("W-09-0001", "BinDiffers"),
        ("W-04-0602", "BinBlocked"),
    ],
)
def test_no_dock_no_adjustment_bin_and_no_closed_one(
    floor: Floor, bin_code: str, code: str
) -> None:
    floor.change(Bin, floor.catalogue.bins["W-11-0001"].id, block_movement=BlockMovement.BLANK)
    handheld = open_at(floor)
    handheld.scan("FX-5101")
    assert handheld.scan(bin_code).code == code


def test_no_bin_whose_type_is_not_for_put_aways(floor: Floor) -> None:
    bin_ = floor.catalogue.bins[OTHER]
    assert bin_.bin_type_id is not None
    floor.change(BinType, bin_.bin_type_id, put_away=False)
    assert open_at(floor).codes("FX-5101", OTHER) == ["UnitGiven", "BinDiffers"]


def test_no_bin_of_another_class_where_classes_are_checked(floor: Floor) -> None:
    floor.change(Item, floor.item_id("2020"), warehouse_class_code="FROZEN")
    white = floor.catalogue.locations["WHITE"].id
    for checked, code in ((True, "BinDiffers"), (False, "OtherBin")):
        floor.change(Location, white, check_warehouse_class=checked)
        assert open_at(floor).codes("FX-5101", OTHER) == ["UnitGiven", code]


def test_a_pick_takes_from_no_other_bin(pick: Pick, floor: Floor) -> None:
    handheld = pick(("3030 BAG", "6", "W-02-0102", TrackingNumbers("", "CB01")))
    assert handheld.codes("CB01", OTHER) == ["UnitGiven", "BinDiffers"]
