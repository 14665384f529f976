"""A scan has its effect once: the same again gets the same answer, other content is refused."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError

from scanner_app.scanning.keep_scan import NewScan, ScanReused, device_of
from scanner_app.scanning.outcomes import from_json
from scanner_app.scanning.scan import Device, OpenDocument, Scan, ScanSource
from tests.scanning.floor import NOON, Floor

ANOTHER: dict[str, Any] = {
    "device_seq": 7,
    "raw": "FX-5102",
    "symbology": "]C1",
    "source": ScanSource.PHOTO,
    "document_kind": "pick",
    "document_no": "PA-00001",
    "step": "quantity",
    "choice": "serial:1:0:0",
}


def test_the_same_scan_again_gets_the_same_answer_and_has_no_second_effect(floor: Floor) -> None:
    handheld = floor.opened("put-away", "PA-00002")
    handheld.scan("FX-5101")
    bin_ = handheld.captured("W-01-0601")
    first = handheld.send_again(bin_)
    again = handheld.send_again(bin_)
    assert (first.repeated, again.repeated) == (False, True)
    assert again.outcome == first.outcome
    assert first.outcome.code == "Placed"
    assert floor.scanned("PA-00002") == [("2020 PCS FX-5101 FX26A", 1, "W-01-0601")]


def test_a_refused_scan_is_refused_the_same_way_when_its_reason_is_gone(floor: Floor) -> None:
    other = floor.opened("put-away", "PA-00002", "WORKER2")
    other.scan("FX-5101")
    handheld = floor.opened("put-away", "PA-00002")
    scan = handheld.captured("FX-5102")
    assert handheld.send(scan).code == "AssignedToOther"
    floor.write(lambda s: setattr(floor.activity(s, "PA-00002"), "assigned_user_id", None))
    assert handheld.send(scan).code == "AssignedToOther"
    assert handheld.scan("FX-5102").code == "UnitGiven"


@pytest.mark.parametrize("field", sorted(ANOTHER))
def test_the_same_id_with_other_content_is_refused_and_changes_nothing(
    floor: Floor, field: str
) -> None:
    handheld = floor.opened("put-away", "PA-00002")
    first = handheld.captured("FX-5101")
    handheld.send(first)
    before = handheld.given
    with pytest.raises(ScanReused):
        handheld.send(replace(first, **{field: ANOTHER[field]}))
    assert handheld.given == before
    assert handheld.send(first).code == "UnitGiven"


@pytest.mark.parametrize(
    "change",
    [
        {"seen_seq": 3},
        {"scanned_at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"uuid": "another"},
    ],
)
def test_what_a_second_sending_may_change_is_not_in_the_digest(change: dict[str, Any]) -> None:
    scan = NewScan(uuid="one", device_seq=5, seen_seq=4, raw="FX-5101")
    assert replace(scan, **change).digest() == scan.digest()


def test_the_digest_is_a_fingerprint_of_the_content_in_a_fixed_order() -> None:
    scan = NewScan("one", 5, 4, "é", document_kind="pick", document_no="PI-00001")
    content = [5, "é", "", "wedge", "pick", "PI-00001", "", ""]
    assert scan.digest() == hashlib.sha256(json.dumps(content).encode()).hexdigest()


def test_the_letter_case_of_an_id_does_not_make_another_scan(floor: Floor) -> None:
    handheld = floor.opened("put-away", "PA-00002")
    scan = handheld.captured("FX-5101")
    handheld.send(scan)
    assert handheld.send_again(replace(scan, uuid=scan.uuid.upper())).repeated


def test_a_scan_keeps_who_scanned_who_sent_and_what_became_of_it(floor: Floor) -> None:
    handheld = floor.opened("put-away", "PA-00002")
    sent_by = floor.catalogue.users["SUPERVISOR"]
    handheld.sender = replace(handheld.sender, sent_by_id=sent_by)
    handheld.scan("W-01-0601")
    scan = handheld.captured("FX-5101", symbology="]C0", scanned_at=NOON)
    outcome = handheld.send(scan)
    kept = floor.read(lambda s: s.scalars(select(Scan).where(Scan.raw == "FX-5101")).one())
    assert (kept.user_id, kept.sent_by_id) == (floor.catalogue.users["WORKER1"], sent_by)
    assert (kept.document_kind, kept.document_no) == ("put-away", "PA-00002")
    assert (kept.raw, kept.symbology, kept.source) == ("FX-5101", "]C0", ScanSource.WEDGE)
    assert (kept.scanned_at, kept.received_at) == (NOON, NOON)
    assert kept.outcome is not None
    assert from_json(kept.outcome) == outcome
    assert kept.effect is not None
    [change] = kept.effect["changes"]
    assert [change[when]["qty_to_handle"] for when in ("before", "after")] == ["0", "1"]


def test_a_refused_scan_is_kept_without_an_effect(floor: Floor) -> None:
    handheld = floor.opened("put-away", "PA-00002")
    handheld.scan("HELLO-42")
    kept = floor.read(lambda s: s.scalars(select(Scan).where(Scan.raw == "HELLO-42")).one())
    assert kept.outcome is not None
    assert (kept.outcome["code"], kept.effect) == ("UnknownCode", None)


def test_the_database_refuses_to_change_an_outcome(floor: Floor) -> None:
    floor.opened("put-away", "PA-00002").scan("FX-5101")
    with pytest.raises(DBAPIError):
        floor.write(lambda s: s.execute(update(Scan).values(outcome={})))


def test_an_unexpected_fault_keeps_nothing_and_the_scan_may_come_again(floor: Floor) -> None:
    handheld = floor.opened("put-away", "PA-00002")
    scan = handheld.captured("FX-5101")
    broken = replace(handheld.sender, user_id=0)
    handheld.sender, right = broken, handheld.sender
    with pytest.raises(DBAPIError):
        handheld.send(scan)
    assert floor.read(lambda s: s.scalar(select(func.count()).select_from(Scan))) == 0
    handheld.sender = right
    assert handheld.send(scan).code == "UnitGiven"


def test_a_device_is_made_when_it_is_seen_first_and_known_afterwards(floor: Floor) -> None:
    identity = "0b0e9f1c-0000-4000-8000-00000000abcd"
    made = floor.write(lambda s: device_of(s, identity, NOON).id)
    assert floor.write(lambda s: device_of(s, identity.upper(), NOON).id) == made
    device = floor.read(lambda s: s.get_one(Device, made))
    assert (device.first_seen_at, device.profile) == (NOON, {})


def test_what_is_half_given_belongs_to_one_device_and_one_document(floor: Floor) -> None:
    handheld = floor.opened("put-away", "PA-00002")
    handheld.scan("FX-5101")
    assert [unit.serial_no for unit in handheld.given.units] == ["FX-5101"]
    assert floor.opened("put-away", "PA-00002").given.units == ()
    assert handheld.open("put-away", "PA-00001").given.units == ()
    kept = floor.read(lambda s: s.scalar(select(func.count()).select_from(OpenDocument)))
    assert kept == 1
