"""Moving by scanning: what is refused, and what stays in the hand then (docs/domain.md 5.5)."""

import pytest

from scanner_app.scanning import take_in_hand
from scanner_app.warehouse.bin import Bin, BlockMovement
from scanner_app.warehouse.register_activity import register_warehouse_activity
from tests.scanning.floor import Floor, spoken
from tests.scanning.moves import movements, moving

FREE_BIN, OTHER_BIN = "W-04-0101", "W-04-0201"


def test_a_number_that_is_booked_nowhere_is_refused(floor: Floor) -> None:
    device = moving(floor)
    assert device.codes("DR-1010") == ["BookedInNoBin"]


def test_what_an_open_document_takes_stays(floor: Floor) -> None:
    """The pick takes one of three drills, and leaves it to its worker which."""
    device = moving(floor)
    device.codes("W-01-0101")
    codes = device.codes("DR-1002", "DR-1003", "(01)09521234020103(21)1001")
    assert codes == ["InHand", "InHand", "StockOnDocuments"]
    assert device.codes(FREE_BIN) == ["LinesMoved"]


def test_what_is_picked_stays_for_its_shipment(floor: Floor) -> None:
    worker = floor.opened("pick", "PI-00001")
    assert worker.codes("P2402", "W-01-0202") == ["UnitGiven", "Taken"]
    by = floor.by("WORKER1")
    floor.write(lambda s: register_warehouse_activity(s, floor.activity(s, "PI-00001").id, by))
    device = moving(floor)
    refused = device.scan("P2402")
    assert refused.code == "StockPickedForShipment"
    assert "is picked for shipment SH-00001" in spoken(refused)
    assert device.codes("W-09-0002") == ["MoveFromBin"]


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ("W-08-0001", "ReceiveBinNotMoved"),
        ("W-11-0001", "AdjustmentBinNotMoved"),
        ("W-02-0602", "BinBlocked"),
        ("1002", "ReceiveBinNotMoved"),
    ],
)
def test_some_bins_are_not_moved_from(floor: Floor, code: str, refusal: str) -> None:
    device = moving(floor)
    assert device.codes(code) == [refusal]
    assert device.move_prompt.bin_code == ""


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ("W-08-0003", "ReceiveBinNotMoved"),
        ("W-11-0001", "AdjustmentBinNotMoved"),
        ("W-04-0602", "BinBlocked"),
        ("W-01-0101", "TakeAndPlaceInSameBin"),
    ],
)
def test_some_bins_are_not_moved_to(floor: Floor, code: str, refusal: str) -> None:
    device = moving(floor)
    assert device.codes("DR-1002", code) == ["InHand", refusal]
    assert [words for words, _ in device.held] == ["2010 Serial No. DR-1002"]
    assert movements(floor) == []


def test_a_bin_that_was_closed_meanwhile_lets_nothing_out(floor: Floor) -> None:
    device = moving(floor)
    device.codes("DR-1002")
    bin_id = floor.catalogue.bins["W-01-0101"].id
    floor.change(Bin, bin_id, block_movement=BlockMovement.OUTBOUND)
    assert device.codes(FREE_BIN) == ["BinBlocked"]


def test_what_somebody_else_moved_meanwhile_is_not_moved_again(floor: Floor) -> None:
    first, second = moving(floor), moving(floor, "WORKER2")
    assert first.codes("CB02") == ["InHand"]
    second.codes("CB02")
    assert second.type("5").code == "QuantityGiven"
    assert second.codes(FREE_BIN) == ["Moved"]
    assert first.codes(OTHER_BIN) == ["QuantityInBinInsufficient"]
    both = [moving(floor), moving(floor)]
    assert [device.codes("DR-1004") for device in both] == [["InHand"], ["InHand"]]
    assert [device.codes(FREE_BIN)[0] for device in both] == ["Moved", "NumberNotInBin"]


def test_a_from_bin_that_is_removed_is_forgotten(floor: Floor) -> None:
    device = moving(floor)
    device.codes("W-04-0501")
    bin_id = floor.catalogue.bins["W-04-0501"].id
    floor.write(lambda session: session.delete(session.get_one(Bin, bin_id)))
    assert device.move_prompt.bin_code == ""
    assert device.codes("DR-1002") == ["InHand"]


def test_so_much_at_once_is_refused(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(take_in_hand, "LINES_IN_HAND_MAX", 1)
    device = moving(floor)
    assert device.codes("DR-1004", "DR-1005", "DR-1004") == ["InHand", "HandFull", "AlreadyInHand"]


def test_an_item_whose_number_decides_needs_it(floor: Floor) -> None:
    device = moving(floor)
    assert spoken(device.scan("3020")).startswith("Item 3020 needs a Lot No. as well.")


def test_a_date_is_asked_of_nobody(floor: Floor) -> None:
    assert moving(floor).type("2030-01-01", "expiration-date").code == "NotOnDocument"


def test_a_location_without_bins_has_nothing_to_move(floor: Floor) -> None:
    device = moving(floor, "WORKER2", "BLUE")
    assert device.move_prompt.question == "no-bins"
    assert device.codes("3010") == ["NoBinsToMove"]


def test_who_works_elsewhere_moves_nothing_here(floor: Floor) -> None:
    device = moving(floor)
    assert device.scan("DR-2001", document_no="SILVER").code == "NotWarehouseEmployee"
    assert device.scan("DR-2001", document_no="GONE").code == "DocumentGone"


def test_a_bin_takes_what_has_room_in_it(floor: Floor) -> None:
    """W-02-0101 holds 3 cans of paint, and 12 at most."""
    device = moving(floor)
    assert device.codes("P2401", "W-02-0101")[-1] == "MaxQtyExceeded"
    assert device.held == [("3020 Lot No. P2401", "10")]
    assert device.type("9").code == "QuantityGiven"
    assert device.codes("W-02-0101") == ["Moved"]


def test_goods_stay_out_of_bins_of_another_class(floor: Floor) -> None:
    device = moving(floor)
    assert device.codes("P2401", "W-05-0101")[-1] == "BinKeptForClass"
    assert device.held == [("3020 Lot No. P2401", "10")]
