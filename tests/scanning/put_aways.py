"""The put-aways that several tests scan."""

from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.warehouse.activity import ActivityType
from tests.scanning.floor import Floor, Handheld

PAINT = TrackingNumbers("", "P2404")
CHAIR = TrackingNumbers("1001", "LOT0001", "CONTAINER010")


def open_at(floor: Floor, no: str = "PA-00002", user_name: str = "WORKER1") -> Handheld:
    return floor.opened("put-away", no, user_name)


def tubes_without_a_bin(floor: Floor) -> Handheld:
    """A put-away of 7 steel tubes of a package, for which no bin was found."""
    numbers = TrackingNumbers("", "", "PKG-000102")
    pair = floor.pair("3040 PCS", "7", "W-08-0001", "", numbers)
    return open_at(floor, floor.add_activity(ActivityType.PUT_AWAY, pair))
