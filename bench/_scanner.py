"""A handheld for the benches: signed in, with a token, it scans put-aways and registers them.

The product is asked through its own pages; the floor gets the same facts without any question.
"""

import re
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from bench._warehouse import PASSWORD, USER, PutAway
from scanner_app.database import Database
from scanner_app.scanning.scan import Device, OpenDocument
from scanner_app.warehouse.activity import WarehouseActivity

FRAGMENT = {"HX-Request": "true", "Accept": "text/html"}
TOKEN = re.compile(r'"X-CSRFToken": "([^"]+)"')
FORM_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
TAKEN = {"code": "UnitGiven", "parameters": {}, "choices": [], "goto": "", "result": "accepted"}


@dataclass(frozen=True)
class Cost:
    """What one request took: processor time, and waiting, which is for the disk."""

    cpu_ms: float
    waited_ms: float


@dataclass
class ProductScanner:
    """A worker at the pages of the product."""

    app: Flask
    client: FlaskClient = field(init=False)
    token: str = ""
    sequence: int = 0

    def __post_init__(self) -> None:
        self.client = self.app.test_client()
        page = self.client.get("/sign-in").text
        fields = {"user_name": USER, "password": PASSWORD, "csrf_token": _found(FORM_TOKEN, page)}
        self.client.post("/sign-in", data=fields)
        self.token = _found(TOKEN, self.client.get("/put-aways").text)

    def scan(self, put_away: PutAway, raw: str) -> Cost:
        """Scan one code at a put-away; it has to be accepted."""
        headers = FRAGMENT | {"X-CSRFToken": self.token}
        body = scans_of(put_away, raw, self.sequence)
        self.sequence += 1
        cost, answer = measured(lambda: self.client.post("/scans", json=body, headers=headers))
        assert 'data-result="accepted"' in answer.text, answer.text
        return cost

    def register(self, put_away: PutAway) -> Cost:
        """Press Register; the whole put-away has to be gone."""
        form = {"csrf_token": self.token, "request_id": str(uuid.uuid4())}
        path = f"/put-aways/{put_away.no}/registration"
        cost, answer = measured(lambda: self.client.post(path, data=form))
        assert answer.status_code == 303, answer.text
        assert "/put-aways?registered=" in answer.headers["Location"]
        return cost


@dataclass
class BareScanner:
    """Somebody who tells the bare app what to write."""

    app: Flask
    database: Database
    client: FlaskClient = field(init=False)
    common: dict[str, Any] = field(default_factory=dict)
    sequence: int = 0

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def open(self, put_away: PutAway) -> None:
        """Make the rows that the product has from the first scan on; not measured."""

        def work(session: Session) -> dict[str, Any]:
            device = session.scalars(select(Device)).first()
            activity = session.get_one(WarehouseActivity, put_away.id)
            assert device is not None
            document = OpenDocument(
                device_id=device.id, document_kind="put-away", document_id=put_away.id, given={}
            )
            session.add(document)
            session.flush()
            return {
                "device_id": device.id,
                "user_id": activity.assigned_user_id or 1,
                "location_id": activity.location_id,
                "activity_id": activity.id,
                "document_no": activity.no,
                "open_document_id": document.id,
            }

        self.common = self.database.write(work)

    def scan(self, raw: str, *, pair_no: int = 0) -> Cost:
        """Write one scan; with a pair, also its Take and Place."""
        self.sequence += 1
        unit = {"item_id": 1, "serial_no": raw, "quantity": "1", "package_no": "", "lot_no": ""}
        body = self.common | {
            "id": str(uuid.uuid4()),
            "digest": uuid.uuid4().hex * 2,
            "device_seq": self.sequence,
            "seen_seq": self.sequence - 1,
            "raw": raw,
            "pair_no": pair_no,
            "outcome": TAKEN,
            "effect": {"lines": [{"pair_no": pair_no}]} if pair_no else None,
            "given": {"units": [] if pair_no else [unit], "bin_id": 0, "pair_no": pair_no},
        }
        cost, answer = measured(lambda: self.client.post("/scans", json=body))
        assert answer.status_code == 200, answer.text
        return cost

    def register(self) -> Cost:
        """Write a registration of the put-away that is open."""
        body = self.common | {"request_id": str(uuid.uuid4())}
        cost, answer = measured(lambda: self.client.post("/registrations", json=body))
        assert answer.status_code == 200, answer.text
        return cost


def scans_of(put_away: PutAway, raw: str, sequence: int) -> Mapping[str, Any]:
    """The body in which a handheld sends one scan."""
    return {
        "scans": [
            {
                "id": str(uuid.uuid4()),
                "device_seq": sequence,
                "seen_seq": sequence,
                "raw": raw,
                "symbology": "",
                "source": "wedge",
                "scanned_at": "2026-11-23T09:30:00+00:00",
                "document_kind": "put-away",
                "document_no": put_away.no,
                "step": "",
                "choice": "",
            }
        ]
    }


def measured(ask: Callable[[], Any]) -> tuple[Cost, Any]:
    """What one request took in this process, and its answer."""
    at, cpu = time.perf_counter(), time.process_time()
    answer = ask()
    spent = time.process_time() - cpu
    return Cost(spent * 1000, max(time.perf_counter() - at - spent, 0) * 1000), answer


def _found(pattern: re.Pattern[str], page: str) -> str:
    match = pattern.search(page)
    assert match is not None, page
    return match[1]
