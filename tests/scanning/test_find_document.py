"""Outside of any document a code opens what waits for it, or is looked up (docs/domain.md 10.3)."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.scanning.open_count import location_of_worker
from scanner_app.scanning.outcomes import Outcome
from scanner_app.warehouse.activity import ActivityType, WarehouseActivity
from scanner_app.warehouse.document_kind import SHIPMENTS
from scanner_app.warehouse.shipment import ShipmentStatus, WarehouseShipment
from tests.scanning.floor import Floor, Handheld, spoken


@pytest.fixture
def home(floor: Floor) -> Handheld:
    """A device on the home page: no document is open."""
    return floor.handheld()


def shipment_of(session: Session, no: str) -> WarehouseShipment:
    return session.scalars(select(WarehouseShipment).filter_by(no=no)).one()


def set_shipment(floor: Floor, no: str, status: ShipmentStatus) -> None:
    floor.write(lambda session: setattr(shipment_of(session, no), "status", status))


def pick_all(session: Session, no: str) -> None:
    for line in SHIPMENTS.lines_of(session, shipment_of(session, no)):
        line.qty_picked_base = line.quantity_base


def set_source(session: Session, pick_no: str, source_no: str) -> None:
    pick = session.scalars(select(WarehouseActivity).filter_by(no=pick_no)).one()
    pick.source_no = source_no


def look_up_of(outcome: Outcome) -> str:
    """Which candidate is looked up."""
    assert outcome.code == "LookedUp"
    return outcome.goto


@pytest.mark.parametrize(
    ("no", "goto"),
    [
        ("PA-00001", "put-away/PA-00001"),
        ("pi-00002", "pick/PI-00002"),
        ("COUNT-01", "count/COUNT-01"),
        ("SH-00001", "pick/PI-00001"),
    ],
)
def test_the_number_of_a_document_opens_it(home: Handheld, no: str, goto: str) -> None:
    opened = home.scan(no)
    assert (opened.code, opened.goto) == ("OpenDocument", goto)


def test_a_shipment_opens_itself_for_a_supervisor_alone(floor: Floor) -> None:
    assert floor.handheld("SUPERVISOR").scan("SH-00001").goto == "shipment/SH-00001"


def test_a_shipment_without_an_open_pick_says_how_far_it_is(floor: Floor, home: Handheld) -> None:
    without_pick = home.scan("SH-00003")
    assert (without_pick.code, without_pick.goto) == ("ShipmentWithoutPick", "")
    assert "No pick of shipment SH-00003 is open" in spoken(without_pick)
    set_shipment(floor, "SH-00003", status=ShipmentStatus.OPEN)
    assert home.scan("SH-00003").code == "ShipmentOpen"
    floor.write(lambda session: pick_all(session, "SH-00003"))
    set_shipment(floor, "SH-00003", status=ShipmentStatus.RELEASED)
    assert home.scan("SH-00003").code == "ShipmentPicked"


def test_of_several_picks_of_a_shipment_the_worker_chooses(floor: Floor, home: Handheld) -> None:
    pair = floor.pair("3020 CAN", "4", "W-02-0301", "W-09-0001", TrackingNumbers("", "P2399"))
    no = floor.add_activity(ActivityType.PICK, pair)
    floor.write(lambda session: set_source(session, no, "SH-00001"))
    chooser = home.scan("SH-00001")
    assert chooser.code == "ChooseDocument"
    assert [choice.words for choice in chooser.choices] == ["Pick PI-00001", f"Pick {no}"]


def test_a_shipment_leads_to_its_pick_from_within_a_document(floor: Floor) -> None:
    assert floor.opened("put-away", "PA-00001").scan("SH-00002").goto == "pick/PI-00002"


@pytest.mark.parametrize(
    ("raw", "goto"),
    [
        ("FX-5101", "put-away/PA-00002"),
        ("CONTAINER010", "put-away/PA-00001"),
        ("P2404", "put-away/PA-00002"),
        ("1002", "put-away/PA-00001"),
        ("CB01", "pick/PI-00002"),
        ("9521234030119", "pick/PI-00002"),
        ("(01)09521234020202(10)FX26A(21)FX-5103", "put-away/PA-00002"),
    ],
)
def test_a_unit_opens_the_one_document_that_waits_for_it(
    home: Handheld, raw: str, goto: str
) -> None:
    assert home.scan(raw).goto == goto


def test_a_movement_waits_for_its_unit_too(floor: Floor, home: Handheld) -> None:
    numbers = TrackingNumbers("", "P2399")
    pair = floor.pair("3020 CAN", "4", "W-02-0301", "W-10-0001", numbers)
    no = floor.add_activity(ActivityType.MOVEMENT, pair)
    assert home.scan("P2399").goto == f"movement/{no}"


def test_an_item_on_several_documents_leaves_the_choice(home: Handheld) -> None:
    chooser = home.scan("9521234030201")
    assert spoken(chooser) == ("9521234030201 is on several documents. Tap the one you work on.")
    assert [(choice.key, choice.words) for choice in chooser.choices] == [
        ("document:put-away/PA-00002", "Put-away PA-00002"),
        ("document:pick/PI-00001", "Pick PI-00001"),
    ]


def test_a_document_of_another_location_is_not_offered(floor: Floor) -> None:
    at_silver = floor.handheld("WORKER2", "SILVER")
    assert look_up_of(at_silver.scan("9521234030201")).startswith("look-up/gtin:")


def test_what_no_document_waits_for_is_looked_up(home: Handheld) -> None:
    assert look_up_of(home.scan("CU-7001")).startswith("look-up/serial:")
    assert look_up_of(home.scan("CU-7001")).endswith("|CU-7001")


def test_a_bin_is_looked_up(floor: Floor, home: Handheld) -> None:
    bin_id = floor.catalogue.bins["W-02-0401"].id
    assert look_up_of(home.scan("W-02-0401")) == f"look-up/bin:{bin_id}:0:0|W-02-0401"


def test_a_package_that_no_document_names_is_looked_up(home: Handheld) -> None:
    assert look_up_of(home.scan("PKG-000101")) == "look-up/package:0:0:0|PKG-000101"


def test_a_code_of_several_things_that_no_document_waits_for_leaves_the_choice(
    floor: Floor, home: Handheld
) -> None:
    at_silver = floor.handheld("WORKER2", "SILVER")
    chooser = at_silver.scan("VENDOR-77")
    assert (chooser.code, len(chooser.choices)) == ("Choose", 2)
    tapped = at_silver.scan("VENDOR-77", choice=chooser.choices[1].key)
    assert look_up_of(tapped).startswith(f"look-up/{chooser.choices[1].key}")


def test_on_the_look_up_page_a_unit_is_looked_up_although_a_document_waits_for_it(
    home: Handheld,
) -> None:
    assert look_up_of(home.scan("FX-5101", step="look-up")).endswith("|FX-5101")
    assert look_up_of(home.scan("PA-00001", step="look-up")).endswith("|PA-00001")
    assert home.scan("1001", step="look-up").code == "Choose"


def test_an_unknown_code_is_refused(home: Handheld) -> None:
    assert home.scan("HELLO-42").code == "UnknownCode"


def test_a_quantity_is_nothing_outside_of_a_document(home: Handheld) -> None:
    assert home.type("12").code == "NotOnDocument"


def test_somebody_without_a_location_is_told_so(floor: Floor) -> None:
    nowhere = floor.handheld("WORKER1", location=None)
    assert nowhere.scan("PA-00001").code == "NoLocationChosen"


def test_somebody_at_a_location_of_others_is_told_so(floor: Floor) -> None:
    assert floor.handheld("WORKER1", "SILVER").scan("S-01-0001").code == "NotWarehouseEmployee"


def test_a_location_that_is_not_there_is_nobodys(floor: Floor) -> None:
    user_id = floor.catalogue.users["WORKER1"]
    assert floor.read(lambda s: location_of_worker(s, 0, user_id)) is None
