"""A scan says at once when a bin does not take what is put there (docs/domain.md 4.6, 10.4)."""

import pytest

from scanner_app.inventory.location import BinCapacityPolicy, Location
from scanner_app.warehouse.activity import ActivityType
from tests.scanning.floor import Floor, Handheld, spoken
from tests.scanning.put_aways import PAINT, open_at
from tests.scanning.undoing import undo

FULL = "W-03-0201"  # It holds 6 boxes of paint, and 8 at most.


def paint(floor: Floor, quantity: str = "3") -> Handheld:
    """A put-away of boxes of paint into the bin that has room for two more."""
    pair = floor.pair("3020 BOX", quantity, "W-08-0002", FULL, PAINT)
    return open_at(floor, floor.add_activity(ActivityType.PUT_AWAY, pair))


def allow(floor: Floor, policy: BinCapacityPolicy) -> None:
    floor.change(Location, floor.catalogue.locations["WHITE"].id, bin_capacity_policy=policy)


def test_too_many_are_refused_and_a_part_goes_in(floor: Floor) -> None:
    handheld = paint(floor)
    handheld.scan("P2404")
    refused = handheld.scan(FULL)
    assert (refused.code, refused.tone) == ("MaxQtyExceeded", "stop")
    assert spoken(refused) == (
        "Bin W-03-0201 is for 8 BOX of 3020 at most: 6 are there, 3 more would be too many."
        " Room is for 2 more: scan it again, type how many you put here, and bring the rest"
        " to another bin."
    )
    assert floor.scanned(handheld.no) == []
    handheld.scan("P2404")
    handheld.type("2")
    assert handheld.scan(FULL).code == "Placed"
    assert floor.scanned(handheld.no) == [("3020 BOX P2404", 2, FULL)]


def test_what_others_scanned_into_the_bin_counts(floor: Floor) -> None:
    first, second = paint(floor, "1"), paint(floor, "2")
    first.codes("P2404", FULL)
    second.scan("P2404")
    assert second.scan(FULL).parameters["held"] == 7


def test_a_typed_quantity_is_asked_too(floor: Floor) -> None:
    handheld = paint(floor)
    handheld.scan("P2404")
    handheld.type("1")
    handheld.scan(FULL)
    assert handheld.type("2").code == "QuantityGiven"
    assert handheld.type("1").code == "QuantityGiven"
    assert handheld.type("3").code == "MaxQtyExceeded"
    assert floor.scanned(handheld.no) == [("3020 BOX P2404", 1, FULL)]


def test_where_more_is_allowed_it_is_said_and_can_be_undone(floor: Floor) -> None:
    allow(floor, BinCapacityPolicy.ALLOW_MORE)
    handheld = paint(floor)
    handheld.scan("P2404")
    warned = handheld.scan(FULL)
    assert spoken(warned) == (
        "Placed. Bin W-03-0201 is for 8 BOX of 3020 at most: 6 were there."
        " Leave it where it does fit, or undo and put 2 here."
    )
    assert warned.tone == "warn"
    assert floor.scanned(handheld.no) == [("3020 BOX P2404", 3, FULL)]
    undo(handheld)
    assert floor.scanned(handheld.no) == []


def test_where_nobody_checks_nothing_is_said(floor: Floor) -> None:
    allow(floor, BinCapacityPolicy.NEVER_CHECK)
    handheld = paint(floor)
    assert handheld.codes("P2404", FULL) == ["UnitGiven", "Placed"]


@pytest.mark.parametrize("checked", [True, False])
def test_an_open_line_takes_no_bin_of_another_class(floor: Floor, *, checked: bool) -> None:
    floor.change(Location, floor.catalogue.locations["WHITE"].id, check_warehouse_class=checked)
    pair = floor.pair("3020 BOX", "1", "W-08-0002", "", PAINT)
    handheld = open_at(floor, floor.add_activity(ActivityType.PUT_AWAY, pair))
    handheld.scan("P2404")
    answer = handheld.scan("W-05-0101")
    assert answer.code == ("BinKeptForClass" if checked else "Placed")
    assert checked is False or spoken(answer) == (
        "Bin W-05-0101 is for goods of warehouse class COLD, 3020 has none."
        " Scan a bin without a warehouse class."
    )
