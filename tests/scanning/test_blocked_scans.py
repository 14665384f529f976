"""Scans of what is blocked: refused in a pick, taken everywhere else (docs/domain.md 2.7, 10.4)."""

import pytest

from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.warehouse.activity import ActivityType
from tests.scanning.floor import Floor, spoken
from tests.scanning.picks import block
from tests.scanning.put_aways import open_at
from tests.scanning.test_count_units import counting

BLOCKED_LOT = TrackingNumbers(lot_no="P2399")


def test_a_blocked_serial_no_is_put_away(floor: Floor) -> None:
    block(floor, "2020", serial_no="FX-5101")
    handheld = open_at(floor)
    assert handheld.codes("FX-5101", "W-01-0601") == ["UnitGiven", "Placed"]


def test_a_blocked_lot_is_counted(floor: Floor) -> None:
    handheld = counting(floor, "W-02-0301")
    assert handheld.scan("P2399").code == "AskQuantity"
    handheld.type("4")
    assert floor.counted("W-02-0301") == [("3020 CAN P2399", 4)]


def test_a_blocked_lot_is_moved(floor: Floor) -> None:
    pair = floor.pair("3020 CAN", "4", "W-02-0301", "W-02-0401", BLOCKED_LOT)
    handheld = floor.opened("movement", floor.add_activity(ActivityType.MOVEMENT, pair))
    assert handheld.codes("P2399", "W-02-0401") == ["UnitGiven", "Placed"]


@pytest.mark.parametrize("number", [{"serial_no": "CU-7001"}, {"lot_no": "CU-L1"}])
def test_a_pick_refuses_it_at_once(floor: Floor, number: dict[str, str]) -> None:
    block(floor, "2030", **number)
    numbers = TrackingNumbers("CU-7001", "CU-L1")
    pair = floor.pair("2030 PCS", "1", "W-01-0301", "W-09-0001", numbers)
    handheld = floor.opened("pick", floor.add_activity(ActivityType.PICK, pair))
    [value] = number.values()
    assert f"{value} of item 2030 is blocked." in spoken(handheld.scan("CU-7001"))
