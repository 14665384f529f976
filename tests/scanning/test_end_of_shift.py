"""What was refused to somebody on a device within a shift (docs/domain.md 11.4)."""

from datetime import timedelta

from scanner_app.scanning.end_of_shift import SCANS_SHOWN_MAX, SHIFT, in_hand, refused_scans
from scanner_app.warehouse.set_up_location import find_location
from tests.scanning.floor import NOON, Floor, Handheld

SOON = timedelta(minutes=5)


def refused(handheld: Handheld, user_name: str, later: timedelta = SOON) -> list[str]:
    floor, device_id = handheld.floor, handheld.sender.device_id
    user_id = floor.catalogue.users[user_name]
    return floor.read(
        lambda session: [
            scan.raw for scan in refused_scans(session, device_id, user_id, NOON + later)
        ]
    )


def test_what_was_refused_stands_there_the_latest_first(floor: Floor) -> None:
    worker = floor.opened("put-away", "PA-00002")
    worker.codes("NOWHERE", "FX-5101", "W-01-0601", "NOBODY")
    assert refused(worker, "WORKER1") == ["NOBODY", "NOWHERE"]
    assert refused(worker, "WORKER2") == []
    assert refused(worker, "WORKER1", SHIFT) == []
    assert refused(floor.opened("put-away", "PA-00001"), "WORKER1") == []


def test_no_more_than_fits_the_page(floor: Floor) -> None:
    worker = floor.opened("put-away", "PA-00002")
    worker.codes(*(f"NO-{number}" for number in range(SCANS_SHOWN_MAX + 2)))
    shown = refused(worker, "WORKER1")
    assert (len(shown), shown[0]) == (SCANS_SHOWN_MAX, f"NO-{SCANS_SHOWN_MAX + 1}")


def test_what_is_in_the_hand_belongs_to_the_location(floor: Floor) -> None:
    worker = floor.opened("put-away", "PA-00002")
    worker.scan("FX-5101")

    def held(code: str) -> list[tuple[str, str, int]]:
        with floor.database.read() as session:
            location = find_location(session, code)
            assert location is not None
            found = in_hand(session, location, worker.sender.device_id)
        return [(hand.kind, hand.no, hand.units) for hand in found]

    assert held("WHITE") == [("put-away", "PA-00002", 1)]
    assert held("SILVER") == []
