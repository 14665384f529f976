"""What is not where a pick sends the worker is noted, and found after all (docs/domain.md 10.9)."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.scanning.note_missing import MISSING
from scanner_app.scanning.outcomes import Outcome
from scanner_app.scanning.prompts import scanned_lines
from scanner_app.warehouse.activity import WarehouseActivityLine
from scanner_app.warehouse.delete_pick import PickHasScans, delete_pick
from scanner_app.warehouse.register_activity import (
    RegisteredResult,
    register_warehouse_activity,
)
from scanner_app.warehouse.shipment import WarehouseShipment
from scanner_app.warehouse.short_pick import ShortPick
from tests.scanning.floor import Floor, Handheld, spoken
from tests.scanning.picks import CHAIRS, Pick
from tests.scanning.undoing import undo

NOT_FOUND = "NOT FOUND"
Row = tuple[object, ...]


def miss(handheld: Handheld, reason: str = NOT_FOUND) -> Outcome:
    """Tap a reason for what is left of the line that the page shows."""
    return handheld.scan(reason, step=MISSING, choice=str(handheld.prompt.pair_no))


def missing(floor: Floor, no: str) -> list[Row]:
    """What is noted on the Take and Place lines of a document."""
    row = WarehouseActivityLine
    statement = (
        select(row.action_type, row.qty_to_handle, row.qty_missing, row.qty_missing_base)
        .where(row.activity_id == floor.read(lambda s: floor.activity(s, no).id))
        .order_by(row.line_no)
    )
    found = floor.read(lambda s: [tuple(line) for line in s.execute(statement)])
    return [line for line in found if line[2]]


def register(floor: Floor, no: str) -> RegisteredResult:
    def work(session: Session) -> RegisteredResult:
        activity_id = floor.activity(session, no).id
        return register_warehouse_activity(session, activity_id, floor.by("WORKER1"))

    return floor.write(work)


def short_picks(floor: Floor) -> list[Row]:
    row = ShortPick
    statement = select(
        row.activity_no, row.registered_no, row.lot_no, row.quantity, ReasonCode.code
    ).outerjoin(ReasonCode, ReasonCode.id == row.reason_code_id)
    return floor.read(lambda s: [tuple(found) for found in s.execute(statement.order_by(row.id))])


def test_what_is_left_of_a_line_is_noted_on_take_and_place(floor: Floor) -> None:
    handheld = floor.opened("pick", "PI-00001")
    assert handheld.prompt.missing == 8
    noted = miss(handheld)
    assert spoken(noted) == (
        "Missing in W-01-0202: 8 CAN of 3020 Lot No. P2402."
        " Go on with the next. What you find after all, scan as ever."
    )
    assert missing(floor, "PI-00001") == [("Take", 0, 8, 8), ("Place", 0, 8, 8)]
    prompt = handheld.prompt
    assert (prompt.done, prompt.bin_code, prompt.missing) == (1, "W-02-0101", 1)


def test_the_rest_of_a_line_is_noted_after_some_were_taken(floor: Floor) -> None:
    handheld = floor.opened("pick", "PI-00001")
    handheld.codes("P2402", "W-01-0202")
    handheld.type("5")
    assert spoken(miss(handheld)).startswith("Missing in W-01-0202: 3 CAN of 3020 Lot No. P2402.")
    assert missing(floor, "PI-00001") == [("Take", 5, 3, 3), ("Place", 5, 3, 3)]
    lines = floor.read(lambda s: scanned_lines(s, floor.activity(s, "PI-00001")))
    assert [(line.words, line.quantity, line.missing) for line in lines] == [
        ("3020 Lot No. P2402", 5, 3)
    ]


def test_what_is_noted_is_undone_like_any_scan(floor: Floor) -> None:
    handheld = floor.opened("pick", "PI-00001")
    handheld.codes("P2402", "W-01-0202")
    handheld.type("5")
    miss(handheld)
    assert spoken(undo(handheld)) == "Undone: NOT FOUND."
    assert missing(floor, "PI-00001") == []
    assert floor.taken("PI-00001") == [("3020 CAN P2402", 5, "W-01-0202")]
    assert handheld.prompt.missing == 3


def test_a_line_that_is_found_after_all_is_taken_and_that_is_undone_too(floor: Floor) -> None:
    handheld = floor.opened("pick", "PI-00001")
    miss(handheld)
    assert handheld.codes("P2402", "W-01-0202") == ["UnitGiven", "Taken"]
    assert missing(floor, "PI-00001") == []
    assert floor.taken("PI-00001") == [("3020 CAN P2402", 8, "W-01-0202")]
    undo(handheld)
    undo(handheld)
    assert missing(floor, "PI-00001") == [("Take", 0, 8, 8), ("Place", 0, 8, 8)]


def test_of_several_serial_nos_one_is_found_after_all(pick: Pick, floor: Floor) -> None:
    handheld = pick(*[("2010 PCS", "1", "W-01-0101")] * 3)
    for _ in range(3):
        miss(handheld)
    assert handheld.prompt.question == "complete"
    assert handheld.codes("DR-1002", "DR-1002") == ["Taken", "AlreadyTaken"]
    assert len(missing(floor, handheld.no)) == 4


def test_a_package_that_is_found_after_all_is_found_whole(pick: Pick, floor: Floor) -> None:
    handheld = pick(("1900-S PCS", "1", "W-01-0501"), ("1900-S PCS", "1", "W-01-0501"))
    miss(handheld)
    miss(handheld)
    assert handheld.scan(CHAIRS).code == "LinesTaken"
    assert missing(floor, handheld.no) == []
    assert len(floor.taken(handheld.no)) == 2


def test_a_typed_quantity_takes_from_what_is_missing(floor: Floor) -> None:
    handheld = floor.opened("pick", "PI-00001")
    handheld.codes("P2402", "W-01-0202")
    handheld.type("5")
    other = floor.opened("pick", "PI-00001", "WORKER1")
    miss(other)
    assert handheld.type("7").code == "QuantityGiven"
    assert missing(floor, "PI-00001") == [("Take", 7, 1, 1), ("Place", 7, 1, 1)]
    assert handheld.type("8").code == "QuantityGiven"
    assert missing(floor, "PI-00001") == []


@pytest.mark.parametrize("choice", ["99", "", "x", "-1", "9" * 40])
def test_a_line_that_is_not_there_is_not_missing(floor: Floor, choice: str) -> None:
    handheld = floor.opened("pick", "PI-00001")
    assert handheld.scan(NOT_FOUND, step=MISSING, choice=choice).code == "NothingLeftOfLine"


def test_a_line_is_noted_once(floor: Floor) -> None:
    handheld = floor.opened("pick", "PI-00001")
    pair_no = str(handheld.prompt.pair_no)
    miss(handheld)
    assert handheld.scan(NOT_FOUND, step=MISSING, choice=pair_no).code == "NothingLeftOfLine"


def test_only_reasons_of_the_company_are_taken(floor: Floor) -> None:
    handheld = floor.opened("pick", "PI-00001")
    for unknown in ("GHOST", "-", "X" * 300):
        assert miss(handheld, unknown).code == "ReasonNotSetUp"
    assert miss(handheld, "not found").code == "Missing"


def test_nothing_is_missing_on_a_put_away(floor: Floor) -> None:
    handheld = floor.opened("put-away", "PA-00002")
    assert handheld.prompt.missing == 0
    assert miss(handheld).code == "NotOnDocument"


def test_a_unit_in_the_hand_waits_for_its_bin_first(floor: Floor) -> None:
    handheld = floor.opened("pick", "PI-00001")
    handheld.scan("P2402")
    assert handheld.prompt.missing == 0


def test_registering_keeps_what_was_missing_and_the_shipment_asks_for_it_again(
    floor: Floor,
) -> None:
    handheld = floor.opened("pick", "PI-00001")
    handheld.codes("P2402", "W-01-0202")
    handheld.type("5")
    miss(handheld)
    result = register(floor, "PI-00001")
    assert (result.lines, result.short_lines, result.outstanding_lines) == (2, 1, 6)
    assert short_picks(floor) == [("PI-00001", result.no, "P2402", 3, NOT_FOUND)]
    assert missing(floor, "PI-00001") == []


def test_a_line_that_is_partly_there_and_partly_open_shrinks_by_what_is_missing(
    floor: Floor,
) -> None:
    row = WarehouseActivityLine
    handheld = floor.opened("pick", "PI-00001")
    handheld.codes("P2402", "W-01-0202")
    handheld.type("5")
    of_pair = (
        row.activity_id == floor.read(lambda s: floor.activity(s, "PI-00001").id),
        row.pair_no == 1,
    )
    some = update(row).where(*of_pair).values(qty_missing=2, qty_missing_base=2)
    floor.write(lambda s: s.execute(some))
    register(floor, "PI-00001")
    columns = (row.quantity, row.qty_handled, row.qty_outstanding, row.qty_missing)
    of_both = select(*columns).where(*of_pair)
    assert floor.read(lambda s: s.execute(of_both).all()) == [(6, 5, 1, 0)] * 2


def test_a_pick_of_which_nothing_was_found_is_registered_without_an_entry(
    floor: Floor, pick: Pick
) -> None:
    handheld = pick(("3030 BAG", "5", "W-02-0102", TrackingNumbers("", "CB01", "")))
    miss(handheld)
    result = register(floor, handheld.no)
    assert (result.no, result.register_no, result.lines, result.outstanding_lines) == ("", 0, 0, 0)
    assert short_picks(floor) == [(handheld.no, "", "CB01", 5, NOT_FOUND)]


def test_a_pick_on_which_something_is_noted_is_not_deleted(floor: Floor) -> None:
    miss(floor.opened("pick", "PI-00001"))

    def work(session: Session) -> None:
        shipment_no = floor.activity(session, "PI-00001").source_no
        row = WarehouseShipment
        delete_pick(session, session.scalars(select(row).where(row.no == shipment_no)).one())

    with pytest.raises(PickHasScans):
        floor.write(work)
