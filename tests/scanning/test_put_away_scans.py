"""A put-away is scanned by unit and bin, in either order (docs/domain.md 5.2, 10.4)."""

import pytest
from sqlalchemy import select

from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.scanning.scan import Scan
from scanner_app.warehouse.activity import ActivityType
from scanner_app.warehouse.bin import Bin, BlockMovement
from scanner_app.warehouse.ledger_check import check_ledgers
from scanner_app.warehouse.register_activity import register_warehouse_activity
from tests.scanning.floor import Floor, spoken
from tests.scanning.put_aways import CHAIR, PAINT, open_at, tubes_without_a_bin


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


def test_a_package_joins_what_is_in_the_hand_already(floor: Floor) -> None:
    chair = floor.pair("1900-S PCS", "1", "W-08-0001", "W-02-0401", CHAIR)
    drill = floor.pair("2010 PCS", "1", "W-01-0101", "W-02-0401", TrackingNumbers("DR-1003"))
    handheld = open_at(floor, floor.add_activity(ActivityType.PUT_AWAY, chair, drill))
    assert handheld.codes("DR-1003", "CONTAINER010") == ["UnitGiven", "PackageGiven"]
    assert handheld.scan("W-02-0401").code == "LinesPlaced"
    assert len(floor.scanned(handheld.no)) == 2


def test_the_bins_of_one_lot_each_get_their_share(floor: Floor) -> None:
    handheld = open_at(floor)
    handheld.codes("P2404", "W-03-0302", "P2404", "W-03-0201")
    assert floor.scanned("PA-00002") == [
        ("3020 BOX P2404", 2, "W-03-0201"),
        ("3020 BOX P2404", 1, "W-03-0302"),
    ]


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
    assert scan.effect["changes"][0]["before"]["place_bin_id"] is None


def test_a_line_takes_the_bin_it_names_before_one_that_any_bin_may_fill(floor: Floor) -> None:
    free = floor.pair("3020 BOX", "2", "W-08-0002", "", PAINT)
    named = floor.pair("3020 BOX", "1", "W-08-0002", "W-03-0201", PAINT)
    handheld = open_at(floor, floor.add_activity(ActivityType.PUT_AWAY, free, named))
    handheld.codes("P2404", "W-03-0201")
    assert floor.scanned(handheld.no) == [("3020 BOX P2404", 1, "W-03-0201")]


def test_a_unit_that_is_placed_already_empties_the_hand(floor: Floor) -> None:
    handheld = open_at(floor)
    handheld.codes("FX-5101", "W-01-0601", "FX-5102")
    assert handheld.scan("FX-5101").code == "AlreadyTaken"
    assert handheld.given.units == ()
    assert floor.scanned("PA-00002") == [("2020 PCS FX-5101 FX26A", 1, "W-01-0601")]


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
