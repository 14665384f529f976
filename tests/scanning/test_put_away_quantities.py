"""How much a scan of a put-away stands for, and the numbers typed (docs/domain.md 10.5)."""

from decimal import Decimal

import pytest

from scanner_app.warehouse.activity import ActivityType
from scanner_app.warehouse.register_activity import register_warehouse_activity
from tests.scanning.floor import Floor, spoken
from tests.scanning.put_aways import PAINT, open_at


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


def test_zero_of_what_is_in_the_hand_is_refused(floor: Floor) -> None:
    handheld = open_at(floor)
    handheld.scan("P2404")
    assert handheld.type("0").code == "NothingInHand"
    handheld.codes("P2404", "W-03-0201")
    assert handheld.type("0").code == "QuantityGiven"
    assert floor.scanned("PA-00002") == []


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
    pair = floor.pair("3020 BOX", "2", "W-08-0002", "W-03-0201", PAINT)
    handheld = open_at(floor, floor.add_activity(ActivityType.PUT_AWAY, pair))
    handheld.codes("P2404", "W-03-0201")
    again = handheld.scan("P2404")
    assert spoken(again).startswith("3020 Lot No. P2404 is already scanned.")
    assert floor.scanned(handheld.no) == [("3020 BOX P2404", 2, "W-03-0201")]


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
