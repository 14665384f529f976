"""Exactly once: what is meant happens, once, whatever the network and the server do meanwhile."""

import asyncio
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scanner_app.access.user import Role
from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.scanning.scan import Scan
from tests.apps import app_of
from tests.builders import Warehouse, another_location, build_warehouse, serial
from tests.passwords import PASSWORD
from tests.reliability.documents_twice import type_documents
from tests.reliability.one_shift import work_a_shift
from tests.reliability.sent_twice import Twice, rows
from tests.reliability.served_hall import let_in, make_hall, make_scannable
from tests.reliability.server_process import Server, migrated
from tests.reliability.set_up_twice import set_everything_up
from tests.reliability.transfers_twice import transfer_goods
from tests.warehouse.counting import count_bin
from tests.warehouse.documents import Part, add_receipt, add_shipment, miss, pick, scan
from tests.warehouse.masters import Goods
from tests.web.conftest import SECRET_KEY, Clock
from tests.web.page_client import Page, PageClient

pytestmark = pytest.mark.slow

# What these change is only the session or a cookie, or nothing at all; `scans.receive` has ids
# of its own, which the other tests here are about.
NOT_WORK = {
    "sign_in.enter",
    "sign_in.leave",
    "sign_in.choose",
    "home.change_appearance",
    "scans.receive",
    "scans.receive_photo",
    "item_tracking_codes.follow",  # draws a draft
    "item_journal_workbooks.download",  # each answer is a workbook of its own
    "reclassification_item_journal_workbooks.download",
    "warehouse_physical_inventory_journal_workbooks.download",
    "warehouse_item_journal_workbooks.download",
    "warehouse_reclassification_journal_workbooks.download",
}


@pytest.fixture
def hall(sqlite_template: Path, tmp_path: Path) -> Iterator[Warehouse]:
    """A location with a supervisor who may do everything, on a database that may not wait."""
    path = tmp_path / "hall.db"
    path.write_bytes(sqlite_template.read_bytes())
    database = Database(f"sqlite:///{path}", writer_wait_seconds=0.2)
    warehouse = build_warehouse(
        database, require_receive=True, require_put_away=True, require_pick=True
    )
    make_scannable(warehouse)
    let_in(database, "WORKER", role=Role.SUPERVISOR)
    yield warehouse
    database.close()


@pytest.fixture
def app(hall: Warehouse, tmp_path: Path) -> Flask:
    clock = Clock()
    clock.now = hall.by.at
    settings = Settings(data_folder=tmp_path, database_url="", secret_key=SECRET_KEY)
    return app_of(settings, hall.database, clock)


@pytest.fixture
def client(app: Flask) -> PageClient:
    client = PageClient(app)
    client.sign_in("WORKER", PASSWORD)
    return client


@pytest.fixture
def goods(hall: Warehouse) -> Goods:
    return hall.add_item("SERIALS", "serial")


def test_fifty_handhelds_on_a_bad_network_do_what_they_mean_once(tmp_path: Path) -> None:
    server = Server(tmp_path)
    database = migrated(server)
    hall = make_hall(database, handhelds=50, intents_each=6, seed=1)
    database.close()
    server.start()
    try:
        tally = asyncio.run(work_a_shift(hall, server, seed=1, kills=1))
    finally:
        server.kill()
    assert tally.intents == 300
    assert (tally.missing, tally.extra, tally.not_in_ledger) == ({}, {}, {})
    assert (tally.scans_lost, tally.acknowledged_lost) == (0, 0)
    assert (tally.scans_not_final, tally.scans_not_accepted) == (0, 0)
    assert tally.broken == 0
    assert tally.kills == 1
    # Without losses the run above would prove nothing.
    assert all(count > 50 for count in tally.fates.values())
    assert "request_failed" not in server.log


def send(client: PageClient, *scans: dict[str, Any]) -> Page:
    """Send scans as the scan field does."""
    token = client.get("/menu").all("input", name="csrf_token")[0].get("value")
    response = client.client.post(
        "/scans",
        json={"scans": list(scans)},
        headers={"X-CSRFToken": token, "HX-Request": "true", "Accept": "text/html"},
    )
    return client._read(response)  # noqa: SLF001 - a page client reads fragments of forms only


def a_scan(raw: str, **fields: object) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "device_seq": 1, "seen_seq": 0, "raw": raw} | fields


@pytest.mark.parametrize(
    "change",
    [
        {"raw": "B"},
        {"device_seq": 2},
        {"source": "tap"},
        {"step": "look-up"},
        {"symbology": "]C1"},
        {"choice": "bin:1:0:0"},
        {"document_kind": "pick", "document_no": "PI0001"},
    ],
)
def test_the_same_id_with_other_content_is_a_conflict_and_writes_nothing(
    client: PageClient, hall: Warehouse, change: dict[str, object]
) -> None:
    first = a_scan("A")
    assert send(client, first).status == 200
    before = rows(hall.database)
    conflict = send(client, first | change, a_scan("C", device_seq=3))
    assert conflict.status == 409
    results = [answer.get("data-result") for answer in conflict.all("div", class_="scan-answer")]
    assert results[0] == "conflict"
    assert results[1] == "accepted"
    after = rows(hall.database)
    assert after == before | {"scan": before["scan"] + 1}
    with hall.database.read() as session:
        kept = session.scalars(select(Scan).where(Scan.uuid == first["id"].upper())).one()
    assert kept.raw == "A"


def test_the_same_scan_gets_the_same_answer_again(client: PageClient, hall: Warehouse) -> None:
    scans = [a_scan("A"), a_scan("NOBODY KNOWS THIS", device_seq=2)]
    first = send(client, *scans)
    before = rows(hall.database)
    again = send(client, *scans)
    assert again.status == first.status == 200
    assert again.text == first.text
    assert rows(hall.database) == before


def test_every_form_of_the_app_sent_twice_does_its_work_once(
    app: Flask, client: PageClient, hall: Warehouse, goods: Goods
) -> None:
    twice = Twice(app, client, hall.database)
    receive_pick_and_ship(twice, hall, goods)
    count_and_sync(twice, hall, goods)
    another_location(hall, "SILVER")
    look_after_users(twice)
    set_everything_up(twice, hall)
    type_documents(twice, hall)
    transfer_goods(twice, hall)
    every = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert twice.done == every - NOT_WORK
    hall.assert_sound()


def receive_pick_and_ship(twice: Twice, hall: Warehouse, goods: Goods) -> None:
    add_receipt(hall, *(Part(goods, 1, serial(f"S{n}")) for n in range(3)))
    location = twice("/documents", "/documents/receipts/RE0001/posting")
    assert "no=PU0001" in location
    scan(hall, 1)
    twice("/assignments/put-away/PU0001", "/assignments/put-away/PU0001", "to-worker")
    twice("/put-aways/PU0001", "/put-aways/PU0001/registration")
    back = "/registered-documents/put-away/RPU0001/move-back"
    assert "put_away=PU0002" in twice(back, back, "move-back")
    scan(hall, 3)
    twice("/put-aways/PU0002", "/put-aways/PU0002/registration")
    add_shipment(hall, Part(goods, 1, serial("S0")))
    assert "no=PI0001" in twice("/documents", "/documents/shipments/SH0001/pick")
    scan(hall, 4)
    twice("/picks/PI0001", "/picks/PI0001/registration")
    twice("/documents", "/documents/shipments/SH0001/posting")
    miss_one_and_find_it(twice, hall, goods)
    assert hall.in_ledger(goods) == {serial("S1"): 1, serial("S2"): 1}


def miss_one_and_find_it(twice: Twice, hall: Warehouse, goods: Goods) -> None:
    pick_id = pick(hall, add_shipment(hall, Part(goods, 1)))
    miss(hall, pick_id, 1)
    assert "short=PI0002" in twice("/picks/PI0002", "/picks/PI0002/registration")
    twice("/short-picks", "/short-picks/1/settlement", "settle-1")


def count_and_sync(twice: Twice, hall: Warehouse, goods: Goods) -> None:
    """S1 is not found, S3 is, and S4 arrives while the count is open."""
    counted = [Part(goods, 1, serial(number)) for number in ("S2", "S3", "S4")]
    twice("/counts", "/counts", "calculate", name="YEAR", bins="A")
    hall.stock(goods, "A", 1, serial("S4"))
    twice("/counts/YEAR", "/counts/YEAR/bins/A/expectation")
    count_bin(hall, 1, "A", *counted)
    twice("/counts/YEAR", "/counts/YEAR/bins/A/reopening")
    count_bin(hall, 1, "A", *counted)
    twice("/counts/YEAR", "/counts/YEAR/registration")
    twice("/sync", "/sync/calculation")
    assert "posted=2" in twice("/sync", "/sync/posting")
    assert hall.in_ledger(goods) == {serial(number): 1 for number in ("S2", "S3", "S4")}


def look_after_users(twice: Twice) -> None:
    path = "/warehouse-employees"
    new = {"user_name": "nora", "full_name": "Nora", "password": "a long password"}
    twice(path, path, "add-user", **new)
    for _ in ("WHITE", "SILVER"):
        twice(path, f"{path}/2/locations")
    twice(path, f"{path}/2/default-location")
    twice(path, f"{path}/2/password", password="another long one")
    twice(path, f"{path}/2/disabling")
    twice(path, f"{path}/2/enabling")
    twice(path, f"{path}/2/locations/removal")
