"""Where a location says Scan each unit, every scan of a lot adds one unit (docs/domain.md 10.5)."""

import pytest

from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.location import Location
from scanner_app.warehouse.activity import ActivityType
from tests.scanning.floor import Floor, Handheld


@pytest.fixture
def paint(floor: Floor) -> Handheld:
    """A put-away of 9 cans of paint at a location that scans each unit."""
    white = floor.catalogue.locations["WHITE"].id
    floor.change(Location, white, scan_each_unit=True)
    numbers = TrackingNumbers("", "P2403")
    pair = floor.pair("3020 CAN", "9", "W-08-0002", "W-02-0101", numbers)
    return floor.opened("put-away", floor.add_activity(ActivityType.PUT_AWAY, pair))


def placed(floor: Floor, handheld: Handheld) -> object:
    [(_, quantity, _)] = floor.scanned(handheld.no)
    return quantity


def test_each_scan_with_its_bin_adds_one(floor: Floor, paint: Handheld) -> None:
    for _ in range(3):
        assert paint.codes("P2403", "W-02-0101") == ["UnitGiven", "Placed"]
    assert placed(floor, paint) == 3


def test_each_scan_adds_one_also_before_the_bin_is_scanned(floor: Floor, paint: Handheld) -> None:
    paint.codes("P2403", "P2403", "P2403", "W-02-0101")
    assert placed(floor, paint) == 3


def test_a_scan_adds_the_factor_of_the_unit_that_was_scanned(floor: Floor, paint: Handheld) -> None:
    paint.codes("(01)19521234030208(10)P2403", "W-02-0101")
    assert placed(floor, paint) == 4
    paint.codes("(01)09521234030201(10)P2403", "W-02-0101")
    assert placed(floor, paint) == 5


def test_boxes_and_cans_in_the_hand_add_up(floor: Floor, paint: Handheld) -> None:
    paint.codes("(01)19521234030208(10)P2403", "(01)09521234030201(10)P2403", "W-02-0101")
    assert placed(floor, paint) == 5


def test_more_than_is_outstanding_is_refused(floor: Floor, paint: Handheld) -> None:
    box = "(01)19521234030208(10)P2403"
    paint.codes(box, "W-02-0101", box, "W-02-0101")
    assert paint.codes(box, "W-02-0101")[-1] == "QuantityAboveOutstanding"
    assert placed(floor, paint) == 8


def test_the_whole_quantity_done_is_already_scanned(floor: Floor, paint: Handheld) -> None:
    for _ in range(9):
        paint.codes("P2403", "W-02-0101")
    assert paint.scan("P2403").code == "AlreadyTaken"


def test_a_number_still_replaces_what_is_in_the_hand(floor: Floor, paint: Handheld) -> None:
    paint.scan("P2403")
    paint.type("7")
    paint.scan("W-02-0101")
    assert placed(floor, paint) == 7


def test_a_serial_no_is_one_unit_and_a_package_is_whole_all_the_same(
    floor: Floor, paint: Handheld
) -> None:
    paint.open("put-away", "PA-00002")
    paint.codes("FX-5101", "FX-5101", "W-01-0601")
    assert floor.scanned("PA-00002") == [("2020 PCS FX-5101 FX26A", 1, "W-01-0601")]
    paint.open("put-away", "PA-00001")
    paint.codes("CONTAINER010", "W-02-0401")
    assert [quantity for _, quantity, _ in floor.scanned("PA-00001")] == [1, 1, 1, 1, 6, 12]
