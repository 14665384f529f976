"""Setting up locations: what directed work brings with it, and what stands against a change."""

import pytest

from scanner_app.inventory.location import Location
from scanner_app.warehouse.place_fields import ZONE_FIELDS
from scanner_app.warehouse.record_card import blank_card
from scanner_app.warehouse.set_up_location import (
    card_of_location,
    change_location,
    delete_location,
    find_location,
    new_location_card,
)
from scanner_app.warehouse.set_up_zone import create_zone
from tests.builders import Warehouse, another_location, lot
from tests.warehouse.place_cards import (
    BY,
    add_location,
    edit_location,
    is_adjustment_bin,
    location_card,
    logged,
    refusal_of,
    work_of,
)

IMPLIED = (
    "require_receive",
    "require_shipment",
    "require_put_away",
    "require_pick",
    "use_cross_docking",
    "check_warehouse_class",
)
FOLLOWS = "FollowsFromDirected"


def add_east(white: Warehouse, **fields: object) -> Warehouse:
    """A location with bins, which is not directed yet."""
    return another_location(white, "EAST", "E-1", "E-2", **fields)


def stand_in_zone(east: Warehouse) -> None:
    typed = blank_card(ZONE_FIELDS) | {"code": "HALL", "bin_type": "PUTPICK"}
    east.write(lambda session: create_zone(session, "EAST", typed, BY).id)


@pytest.mark.parametrize(
    ("code", "fields", "name"),
    [
        ("", {}, "NameMissing"),
        ("A/B", {}, "NameNotInAddress"),
        ("X" * 11, {}, "FieldTooLong"),
        ("N\x00", {}, "FieldNotReadable"),
        ("white", {}, "NameTaken"),
        ("EAST", {"name": "x" * 101}, "FieldTooLong"),
        ("EAST", {"time_zone": "Mars/Base"}, "TimeZoneUnknown"),
    ],
)
def test_what_is_wrong_with_a_new_location_is_refused(
    white: Warehouse, code: str, fields: dict[str, str], name: str
) -> None:
    refusal_of(lambda: add_location(white, code, **fields), name)
    with white.database.read() as session:
        assert find_location(session, "EAST") is None


def test_a_new_location_asks_for_nothing(white: Warehouse) -> None:
    add_location(white, "east", name="East hall", time_zone="Europe/Berlin")
    wanted = {"code": "EAST", "name": "East hall", "time_zone": "Europe/Berlin"}
    assert location_card(white, "EAST") == new_location_card() | wanted
    assert logged(white, "location", "EAST")["Time Zone"] == ("", "Europe/Berlin")


def test_directed_work_brings_the_documents_with_it_and_locks_them(white: Warehouse) -> None:
    east = add_east(white, default_bin_selection="Fixed Bin")
    stand_in_zone(east)
    edit_location(white, "EAST", directed_put_away_and_pick="Yes", adjustment_bin="e-1")
    card = location_card(white, "EAST")
    assert {card[name] for name in IMPLIED} == {"Yes"}
    assert (card["default_bin_selection"], card["adjustment_bin"]) == ("", "E-1")
    assert is_adjustment_bin(white, "E-1")
    for name in IMPLIED:
        refusal_of(lambda name=name: edit_location(white, "EAST", **{name: "No"}), FOLLOWS)  # type: ignore[misc]
    choose_default = {"default_bin_selection": "Fixed Bin"}
    refusal_of(lambda: edit_location(white, "EAST", **choose_default), FOLLOWS)
    edit_location(white, "EAST", directed_put_away_and_pick="No", require_pick="No")
    assert location_card(white, "EAST")["require_receive"] == "Yes"
    white.assert_sound()


def test_a_directed_location_that_had_less_before_can_still_be_edited(white: Warehouse) -> None:
    edit_location(white, name="White hall")
    assert location_card(white)["use_cross_docking"] == "No"


def test_a_card_without_a_change_writes_nothing(white: Warehouse) -> None:
    edit_location(white)
    edit_location(white, name=" White ")
    assert logged(white, "location", "WHITE") == {}


def test_directed_work_needs_bins_a_zone_and_an_adjustment_bin(white: Warehouse) -> None:
    east = add_east(white)
    directed = {"directed_put_away_and_pick": "Yes", "adjustment_bin": "E-1"}

    def refused(name: str, **fields: str) -> None:
        refusal_of(lambda: edit_location(white, "EAST", **(directed | fields)), name)

    refused("DirectedNeedsBins", bin_mandatory="No")
    refused("DirectedNotInTransit", use_as_in_transit="Yes")
    refused("DirectedNeedsZone")
    stand_in_zone(east)
    refused("DirectedNeedsAdjustmentBin", adjustment_bin="")
    refused("RecordNotFound", adjustment_bin="NONE")
    refused("RecordNotFound", receipt_bin="A")
    refused("AdjustmentBinGuarded", shipment_bin="E-1")
    assert not is_adjustment_bin(white, "E-1")


def test_fefo_needs_a_pick_that_can_follow_it(white: Warehouse) -> None:
    another_location(white, "BLUE")

    def edit(**fields: str) -> None:
        edit_location(white, "BLUE", **({"pick_according_to_fefo": "Yes"} | fields))

    refusal_of(edit, "FefoNeedsPick")
    refusal_of(lambda: edit(require_pick="Yes", require_shipment="Yes"), "FefoNeedsPick")
    edit(require_pick="Yes", require_shipment="Yes", bin_mandatory="Yes")
    edit(require_shipment="No", bin_mandatory="No")


def test_bins_cannot_become_mandatory_over_stock_that_lies_in_none(white: Warehouse) -> None:
    blue = another_location(white, "BLUE")
    goods = white.add_item("GOODS", "lot")
    blue.post(blue.line(goods, 5, lot("L1")), bin_code=None)
    said = refusal_of(lambda: edit_location(white, "BLUE", bin_mandatory="Yes"), "LocationHasStock")
    assert "item GOODS" in said
    blue.post(blue.line(goods, -5, lot("L1")), bin_code=None)
    edit_location(white, "BLUE", bin_mandatory="Yes")


def test_bins_stay_mandatory_while_they_hold_stock(white: Warehouse) -> None:
    east = add_east(white)
    goods = white.add_item("GOODS", "lot")
    east.post(east.line(goods, 5, lot("L1")), bin_code="E-2")
    said = refusal_of(lambda: edit_location(white, "EAST", bin_mandatory="No"), "BinsHoldStock")
    assert "Bin E-2 of location EAST" in said
    east.post(east.line(goods, -5, lot("L1")), bin_code="E-2")
    edit_location(white, "EAST", bin_mandatory="No")


def test_what_somebody_else_saved_meanwhile_is_said(white: Warehouse) -> None:
    read = location_card(white)
    edit_location(white, name="White hall", receipt_bin="")

    def save(code: str) -> None:
        typed = read | {"scan_each_unit": "Yes"}
        white.write(lambda session: change_location(session, code, read, typed, BY))

    assert "Fields: 2." in refusal_of(lambda: save("WHITE"), "CardChanged")
    refusal_of(lambda: save("NONE"), "RecordUnknown")
    refusal_of(lambda: edit_location(white, time_zone="Nowhere"), "TimeZoneUnknown")
    with white.database.read() as session:
        location = session.get_one(Location, white.location.id)
        assert card_of_location(session, location)["scan_each_unit"] == "No"


def test_a_location_that_nothing_needs_is_removed(white: Warehouse) -> None:
    add_location(white, "EAST")

    def remove(code: str) -> None:
        work_of(white, lambda session: delete_location(session, code, BY))()

    assert "use: bins." in refusal_of(lambda: remove("WHITE"), "RecordInUse")
    remove("east")
    with white.database.read() as session:
        assert find_location(session, "EAST") is None
        assert find_location(session, "E\x00") is None
    refusal_of(lambda: remove("EAST"), "RecordUnknown")
    blue = another_location(white, "BLUE")
    goods = white.add_item("GOODS", "lot")
    blue.post(blue.line(goods, 5, lot("L1")), bin_code=None)
    assert "entries and scans" in refusal_of(lambda: remove("BLUE"), "RecordInUse")
