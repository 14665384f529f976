"""The last scan of a put-away or pick is undone with its effect (docs/domain.md 10.8)."""

import uuid

import pytest
from sqlalchemy import select

from scanner_app.errors import InvariantBroken
from scanner_app.inventory.item_tracking import NO_NUMBERS, TrackingNumbers
from scanner_app.scanning.effects import UNDO, EffectToUndo
from scanner_app.scanning.scan import Scan
from scanner_app.warehouse.activity import ActivityType, WarehouseActivityLine
from scanner_app.warehouse.register_activity import register_warehouse_activity
from tests.scanning.floor import Floor, Handheld, spoken
from tests.scanning.picks import CHAIRS, Pick
from tests.scanning.put_aways import open_at, tubes_without_a_bin
from tests.scanning.undoing import last_scan, undo

Row = tuple[object, ...]


def lines(floor: Floor, no: str) -> list[Row]:
    """Everything of the lines of a document, without their identity."""
    row = WarehouseActivityLine
    told = [c for c in row.__table__.columns if c.name not in ("id", "line_no", "pair_no")]
    statement = select(*told).where(row.activity_id == _id(floor, no)).order_by(row.line_no)
    return floor.read(lambda s: [tuple(found) for found in s.execute(statement)])


def _id(floor: Floor, no: str) -> int:
    return floor.read(lambda s: floor.activity(s, no).id)


def register(floor: Floor, no: str, user_name: str = "WORKER1") -> None:
    by = floor.by(user_name)
    floor.write(lambda s: register_warehouse_activity(s, _id(floor, no), by))


def test_what_was_placed_is_in_the_hand_again_and_then_not(floor: Floor) -> None:
    before = lines(floor, "PA-00002")
    handheld = open_at(floor)
    handheld.codes("FX-5101", "W-01-0601")
    assert spoken(undo(handheld)) == "Undone: W-01-0601."
    assert lines(floor, "PA-00002") == before
    assert [unit.serial_no for unit in handheld.given.units] == ["FX-5101"]
    assert spoken(undo(handheld)) == "Undone: FX-5101."
    assert handheld.given.units == ()
    assert last_scan(handheld) is None
    assert spoken(undo(handheld)).startswith("There is no scan of this device to undo here.")


def test_what_is_undone_can_be_scanned_again(floor: Floor) -> None:
    handheld = open_at(floor)
    handheld.codes("FX-5101", "W-01-0601")
    undo(handheld)
    assert handheld.scan("W-01-0601").code == "Placed"
    assert floor.scanned("PA-00002") == [("2020 PCS FX-5101 FX26A", 1, "W-01-0601")]


def test_a_bin_that_the_worker_chose_is_free_again(floor: Floor) -> None:
    handheld = tubes_without_a_bin(floor)
    before = lines(floor, handheld.no)
    handheld.codes("PKG-000102", "W-04-0101")
    assert lines(floor, handheld.no) != before
    undo(handheld)
    assert lines(floor, handheld.no) == before


def test_a_typed_quantity_gives_way_to_the_one_before(floor: Floor) -> None:
    handheld = floor.opened("pick", "PI-00001")
    handheld.codes("P2402", "W-01-0202")
    handheld.type("3")
    undo(handheld)
    assert floor.taken("PI-00001") == [("3020 CAN P2402", 8, "W-01-0202")]
    handheld.type("5")
    assert floor.taken("PI-00001") == [("3020 CAN P2402", 5, "W-01-0202")]


def test_a_line_that_was_split_for_a_number_is_one_again(pick: Pick, floor: Floor) -> None:
    handheld = pick(("2010 PCS", "3", "W-01-0101"))
    before = lines(floor, handheld.no)
    assert handheld.codes("DR-1002", "DR-1003") == ["Taken", "Taken"]
    assert len(lines(floor, handheld.no)) == 6
    undo(handheld)
    undo(handheld)
    assert lines(floor, handheld.no) == before


def test_the_rest_of_a_line_stays_apart_where_somebody_has_begun_it(
    pick: Pick, floor: Floor
) -> None:
    handheld = pick(("2010 PCS", "3", "W-01-0101"))
    other = floor.opened("pick", handheld.no)
    handheld.scan("DR-1002")
    other.scan("DR-1003")
    assert undo(handheld).code == "Undone"
    assert floor.taken(handheld.no) == [("2010 PCS DR-1003", 1, "W-01-0101")]
    assert len(lines(floor, handheld.no)) == 6
    undo(other)
    assert len(lines(floor, handheld.no)) == 4


def test_a_package_is_undone_with_all_its_lines(pick: Pick, floor: Floor) -> None:
    handheld = pick(
        ("1900-S PCS", "1", "W-01-0501"),
        ("1900-S PCS", "1", "W-01-0501"),
        ("1920-S PCS", "7", "W-01-0501"),
    )
    before = lines(floor, handheld.no)
    assert spoken(handheld.scan(CHAIRS)) == "3 lines taken."
    undo(handheld)
    assert lines(floor, handheld.no) == before


def test_what_is_registered_stays(floor: Floor) -> None:
    handheld = open_at(floor)
    handheld.codes("FX-5101", "W-01-0601")
    register(floor, "PA-00002")
    after = lines(floor, "PA-00002")
    assert spoken(undo(handheld)) == (
        "W-01-0601 cannot be undone: it is registered, or was changed since."
        " Look at the list of what is scanned, or ask a supervisor."
    )
    assert lines(floor, "PA-00002") == after


def test_a_part_that_is_registered_is_not_taken_from_what_came_after_it(floor: Floor) -> None:
    first, second = (floor.opened("pick", "PI-00001") for _ in range(2))
    first.codes("P2402", "W-01-0202")
    first.type("3")
    register(floor, "PI-00001")
    second.codes("P2402", "W-01-0202")
    second.type("3")
    assert undo(first).code == "ChangedSinceScan"
    assert floor.taken("PI-00001") == [("3020 CAN P2402", 3, "W-01-0202")]


def test_what_another_device_changed_since_stays(floor: Floor) -> None:
    first, second = (floor.opened("pick", "PI-00001") for _ in range(2))
    first.codes("P2402", "W-01-0202")
    first.type("3")
    second.codes("P2402", "W-01-0202")
    assert undo(first).code == "ChangedSinceScan"
    assert floor.taken("PI-00001") == [("3020 CAN P2402", 8, "W-01-0202")]


def test_only_the_last_scan_is_undone_and_once(floor: Floor) -> None:
    handheld = open_at(floor)
    handheld.scan("FX-5101")
    first = last_scan(handheld)
    assert first is not None
    handheld.scan("W-01-0601")
    assert handheld.type(first.uuid, UNDO).code == "NotTheLastScan"
    undo(handheld)
    undo(handheld)
    handheld.scan("FX-5102")
    assert handheld.type(first.uuid, UNDO).code == "NotTheLastScan"
    assert handheld.type(str(uuid.uuid4()), UNDO).code == "NotTheLastScan"


def test_a_second_device_has_nothing_of_the_first_to_undo(floor: Floor) -> None:
    open_at(floor).codes("FX-5101", "W-01-0601")
    assert undo(open_at(floor)).code == "NothingToUndo"


def test_a_refused_scan_leaves_the_one_before_it_to_undo(floor: Floor) -> None:
    handheld = open_at(floor)
    codes = handheld.codes("FX-5101", "W-01-0601", "NO-SUCH")
    assert codes == ["UnitGiven", "Placed", "UnknownCode"]
    assert undo(handheld).code == "Undone"
    assert floor.scanned("PA-00002") == []


def test_a_scan_that_changed_nothing_is_not_the_last_one(floor: Floor) -> None:
    handheld = open_at(floor)
    handheld.codes("FX-5101", "W-01-0601")
    placed = last_scan(handheld)
    assert handheld.codes("FX-5101", "PI-00002") == ["AlreadyTaken", "OpenDocument"]
    assert last_scan(handheld) == placed


def test_the_same_undo_sent_twice_undoes_once(floor: Floor) -> None:
    handheld = open_at(floor)
    handheld.codes("FX-5101", "FX-5102")
    last = last_scan(handheld)
    assert last is not None
    sent = handheld.captured(last.uuid, step=UNDO)
    assert [handheld.send_again(sent).repeated for _ in range(2)] == [False, True]
    assert [unit.serial_no for unit in handheld.given.units] == ["FX-5101"]


def test_an_undo_made_before_the_answer_of_a_refused_scan_was_seen_undoes_nothing(
    floor: Floor,
) -> None:
    handheld = open_at(floor)
    handheld.codes("FX-5101", "W-01-0601")
    last = last_scan(handheld)
    assert last is not None
    seen = handheld.sequence
    handheld.scan("NO-SUCH", seen_seq=seen)
    assert handheld.scan(last.uuid, step=UNDO, seen_seq=seen).code == "EarlierScanRefused"
    assert len(floor.scanned("PA-00002")) == 1


@pytest.mark.parametrize(("kind", "no"), [("item-journal", "DEFAULT"), ("", "")])
def test_where_nothing_can_be_undone_it_is_said(floor: Floor, kind: str, no: str) -> None:
    handheld = floor.handheld("SUPERVISOR").open(kind, no)
    assert handheld.type("-", UNDO).code == "NothingToUndo"


def test_two_scans_of_a_unit_are_undone_one_by_one(pick: Pick, floor: Floor) -> None:
    lot = TrackingNumbers("", "CB01")
    handheld = pick(("3030 BAG", "6", "W-02-0102", lot))
    floor.change(type(floor.catalogue.locations["WHITE"]), _white(floor), scan_each_unit=True)
    handheld.codes("CB01", "CB01", "W-02-0102")
    assert [quantity for _, quantity, _ in floor.taken(handheld.no)] == [2]
    undo(handheld)
    undo(handheld)
    assert [unit.quantity for unit in handheld.given.units] == [""]


def _white(floor: Floor) -> int:
    return floor.catalogue.locations["WHITE"].id


def test_a_scan_without_an_effect_is_never_the_last_one() -> None:
    with pytest.raises(InvariantBroken):
        EffectToUndo(Scan(raw="X"))


def test_a_movement_is_undone_like_a_put_away(floor: Floor) -> None:
    pair = floor.pair("2010 PCS", "1", "W-01-0101", "W-01-0102", NO_NUMBERS)
    no = floor.add_activity(ActivityType.MOVEMENT, pair)
    handheld: Handheld = floor.opened("movement", no)
    before = lines(floor, no)
    handheld.codes("DR-1002", "W-01-0102")
    assert lines(floor, no) != before
    undo(handheld)
    assert lines(floor, no) == before
