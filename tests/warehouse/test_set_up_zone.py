"""Setting up zones and bin types."""

import pytest

from scanner_app.warehouse.bin import BinType
from scanner_app.warehouse.set_up_bin_type import (
    card_of_bin_type,
    change_bin_type,
    delete_bin_type,
    find_bin_type,
)
from scanner_app.warehouse.set_up_zone import delete_zone, find_zone
from tests.builders import Warehouse, another_location, lot
from tests.warehouse.place_cards import (
    BY,
    add_bin,
    add_bin_type,
    add_zone,
    edit_bin,
    edit_location,
    edit_zone,
    logged,
    refusal_of,
    remove_bin,
    zone_card,
)


def remove_zone(white: Warehouse, code: str, at: str = "WHITE") -> None:
    white.write(lambda session: delete_zone(session, at, code, BY))


def remove_bin_type(white: Warehouse, code: str) -> None:
    white.write(lambda session: delete_bin_type(session, code, BY))


@pytest.mark.parametrize(
    ("code", "fields", "name"),
    [
        ("", {}, "NameMissing"),
        ("X" * 11, {}, "FieldTooLong"),
        ("putpick", {}, "NameTaken"),
        ("NEW", {"bin_type": ""}, "BinTypeMissing"),
        ("NEW", {"bin_type": "NONE"}, "RecordNotFound"),
        ("NEW", {"zone_ranking": "1.5"}, "WholeNumberNotReadable"),
    ],
)
def test_what_is_wrong_with_a_new_zone_is_refused(
    white: Warehouse, code: str, fields: dict[str, str], name: str
) -> None:
    refusal_of(lambda: add_zone(white, code, **fields), name)
    with white.database.read() as session:
        assert find_zone(session, white.location.id, "NEW") is None
        assert find_zone(session, white.location.id, "N\x00") is None


def test_a_zone_is_changed_and_removed(white: Warehouse) -> None:
    add_zone(white, "cold", description="Cold room")
    edit_zone(white, "COLD", bin_type="QC", zone_ranking="12")
    assert zone_card(white, "COLD")["bin_type"] == "QC"
    assert logged(white, "zone", "WHITE COLD")["Zone Ranking"] == ("0", "12")
    refusal_of(lambda: edit_zone(white, "COLD", bin_type=""), "BinTypeMissing")
    remove_zone(white, "cold")
    refusal_of(lambda: remove_zone(white, "COLD"), "RecordUnknown")
    assert logged(white, "zone", "WHITE COLD")["Code"] == ("COLD", "")


def test_a_zone_with_bins_or_entries_stays(white: Warehouse) -> None:
    goods = white.add_item("GOODS", "lot")
    white.stock(goods, "RECV", 5, lot("L1"))
    white.post(white.line(goods, -5, lot("L1")), bin_code="RECV")
    assert "use: bins." in refusal_of(lambda: remove_zone(white, "RECEIVE"), "RecordInUse")
    edit_bin(white, "RECV", zone="PUTPICK")
    said = refusal_of(lambda: remove_zone(white, "RECEIVE"), "RecordInUse")
    assert "entries and scans" in said


def test_a_directed_location_keeps_its_last_zone(white: Warehouse) -> None:
    for code in ("A", "B", "C"):
        remove_bin(white, code)
    edit_location(white, receipt_bin="", shipment_bin="")
    for code in ("RECV", "SHIP"):
        remove_bin(white, code)
    for code in ("RECEIVE", "SHIP"):
        remove_zone(white, code)
    refusal_of(lambda: remove_zone(white, "PUTPICK"), "LastZoneStays")
    edit_location(white, directed_put_away_and_pick="No")
    remove_zone(white, "PUTPICK")


def test_a_zone_is_of_its_location(white: Warehouse) -> None:
    another_location(white, "SILVER", "S-1")
    refusal_of(lambda: remove_zone(white, "PUTPICK", at="SILVER"), "RecordUnknown")
    refusal_of(lambda: add_bin(white, "S-2", at="SILVER", zone="PUTPICK"), "RecordNotFound")


def test_a_bin_type_is_added_changed_and_removed(white: Warehouse) -> None:
    add_bin_type(white, "stage", description="Staging", ship="Yes")
    refusal_of(lambda: add_bin_type(white, "STAGE"), "NameTaken")
    refusal_of(lambda: add_bin_type(white, "A/B"), "NameNotInAddress")
    with white.database.read() as session:
        row = find_bin_type(session, "STAGE")
        assert isinstance(row, BinType)
        read = card_of_bin_type(row)

    def save() -> None:
        typed = read | {"receive": "Yes"}
        white.write(lambda session: change_bin_type(session, "STAGE", read, typed, BY))

    save()
    assert logged(white, "bin_type", "STAGE")["Receive"] == ("No", "Yes")
    refusal_of(save, "CardChanged")
    remove_bin_type(white, "stage")
    refusal_of(lambda: remove_bin_type(white, "STAGE"), "RecordUnknown")
    refusal_of(lambda: remove_bin_type(white, "S\x00"), "RecordUnknown")


def test_a_bin_type_that_a_zone_or_bin_has_stays(white: Warehouse) -> None:
    add_zone(white, "CHECKS", bin_type="QC")
    assert "use: zones." in refusal_of(lambda: remove_bin_type(white, "QC"), "RecordInUse")
    assert "use: bins." in refusal_of(lambda: remove_bin_type(white, "PUTPICK"), "RecordInUse")
