"""A bin that was scanned first takes what follows, one scan for each unit (docs/domain.md 10.4)."""

from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.warehouse.activity import ActivityType
from tests.scanning.floor import Floor
from tests.scanning.picks import Pick
from tests.scanning.put_aways import PAINT, open_at
from tests.scanning.undoing import undo

BIN = "W-01-0601"


def test_a_run_into_one_bin_takes_one_scan_for_each_unit(floor: Floor) -> None:
    handheld = open_at(floor)
    codes = handheld.codes(BIN, "FX-5101", "FX-5102", "FX-5103")
    assert codes == ["BinGiven", "Placed", "Placed", "Placed"]
    assert {place for _, _, place in floor.scanned("PA-00002")} == {BIN}


def test_what_belongs_elsewhere_waits_for_its_bin_and_ends_the_run(floor: Floor) -> None:
    handheld = open_at(floor)
    codes = handheld.codes(BIN, "FX-5101", "P2404", "W-03-0201", "FX-5102")
    assert codes == ["BinGiven", "Placed", "UnitGiven", "Placed", "UnitGiven"]


def test_the_first_unit_after_a_bin_is_meant_for_it(floor: Floor) -> None:
    handheld = open_at(floor)
    assert handheld.codes(BIN, "P2404") == ["BinGiven", "BinDiffers"]
    assert handheld.given.bin_id == 0


def test_another_bin_begins_another_run(floor: Floor) -> None:
    handheld = open_at(floor)
    codes = handheld.codes(BIN, "FX-5101", "W-03-0201", "P2404", "FX-5102")
    assert codes == ["BinGiven", "Placed", "BinGiven", "Placed", "UnitGiven"]


def test_a_refused_scan_ends_the_run(floor: Floor) -> None:
    handheld = open_at(floor)
    codes = handheld.codes(BIN, "FX-5101", "NO-SUCH", "FX-5102")
    assert codes == ["BinGiven", "Placed", "UnknownCode", "UnitGiven"]


def test_a_line_without_a_bin_is_not_put_into_the_bin_of_a_run(floor: Floor) -> None:
    paint = floor.pair("3020 BOX", "2", "W-08-0002", "W-03-0101", PAINT)
    free = floor.pair("3040 PCS", "7", "W-08-0001", "", TrackingNumbers("", "", "PKG-000102"))
    handheld = open_at(floor, floor.add_activity(ActivityType.PUT_AWAY, paint, free))
    codes = handheld.codes("W-03-0101", "P2404", "PKG-000102")
    assert codes == ["BinGiven", "Placed", "PackageGiven"]


def test_a_quantity_may_be_typed_within_a_run(pick: Pick, floor: Floor) -> None:
    lot = TrackingNumbers("", "CB01")
    handheld = pick(("3030 BAG", "6", "W-02-0102", lot), ("3030 BAG", "2", "W-02-0102", lot))
    handheld.codes("W-02-0102", "CB01")
    handheld.type("4")
    assert handheld.scan("CB01").code == "Taken"
    assert [quantity for _, quantity, _ in floor.taken(handheld.no)] == [6]


def test_an_undo_goes_back_one_unit_of_the_run(floor: Floor) -> None:
    handheld = open_at(floor)
    handheld.codes(BIN, "FX-5101", "FX-5102")
    undo(handheld)
    assert [words for words, _, _ in floor.scanned("PA-00002")] == ["2020 PCS FX-5101 FX26A"]
    assert handheld.scan("FX-5103").code == "Placed"
