"""A device whose requests may be anything, on an app whose clock a test moves."""

import json
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from scanner_app.access.user import Role
from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.scanning.scan import Scan
from scanner_app.web.photos import EXTENSION
from tests.apps import app_of
from tests.builders import Warehouse, build_warehouse
from tests.passwords import PASSWORD
from tests.reliability.served_hall import let_in, make_scannable
from tests.web.conftest import SECRET_KEY, Clock
from tests.web.page_client import Page, PageClient
from tests.white_copies import WhiteTemplate


class Device:
    """A page with a scan field, whose requests may be anything."""

    def __init__(self, app: Flask, user_name: str) -> None:
        self.pages = PageClient(app)
        self.pages.sign_in(user_name, PASSWORD)
        self.token = self.read_token()
        self._sequence = 0

    def read_token(self) -> str:
        field = self.pages.get("/menu").all("input", name="csrf_token")[0]
        return str(field.get("value"))

    def a_scan(self, raw: str, **fields: object) -> dict[str, Any]:
        self._sequence += 1
        return {
            "id": str(uuid.uuid4()),
            "device_seq": self._sequence,
            "seen_seq": self._sequence - 1,
            "raw": raw,
        } | fields

    def send(self, body: bytes, content_type: str = "application/json", **headers: str) -> Page:
        response = self.pages.client.post(
            "/scans",
            data=body,
            headers={
                "Content-Type": content_type,
                "X-CSRFToken": self.token,
                "HX-Request": "true",
                "Accept": "text/html",
            }
            | {name.replace("_", "-"): value for name, value in headers.items()},
        )
        return self.pages._read(response)  # noqa: SLF001 - a page client sends forms only

    def scan(self, *scans: dict[str, Any]) -> Page:
        return self.send(json.dumps({"scans": scans}).encode())

    def photograph(self, data: bytes) -> Page:
        """Send a photo, in a body that no library kept in a file of its own."""
        head = b'--b\r\nContent-Disposition: form-data; name="photo"; filename="photo.jpg"\r\n\r\n'
        response = self.pages.client.post(
            "/photos",
            data=head + data + b"\r\n--b--\r\n",
            content_type="multipart/form-data; boundary=b",
            headers={"X-CSRFToken": self.token, "HX-Request": "true"},
        )
        return self.pages._read(response)  # noqa: SLF001 - as above


@contextmanager
def opened_hall(template: Path, folder: Path, clock: Clock) -> Iterator[tuple[Warehouse, Flask]]:
    """A location with the workers WORKER and WALT and the supervisor SUE, and its app."""
    hall, database = _built_hall(template)
    path = Path(str(database.url.database))
    for left in path.parent.glob(f"{path.name}*"):
        left.unlink()
    shutil.copyfile(hall.place, path)
    warehouse = hall.warehouse_in(database)
    clock.now = warehouse.by.at
    settings = Settings(data_folder=folder, database_url="", secret_key=SECRET_KEY)
    app = app_of(settings, database, clock)
    yield warehouse, app
    app.extensions[EXTENSION].close()
    database.close()


@cache
def _built_hall(template: Path) -> tuple[WhiteTemplate, Database]:
    """The hall, built once per test process, and the database that meets copy after copy of it."""
    path = template.with_name("built-hall.db")
    shutil.copyfile(template, path)
    database = Database(f"sqlite:///{path}")
    warehouse = build_warehouse(database, require_put_away=True)
    make_scannable(warehouse)
    warehouse.add_user("WALT")
    warehouse.add_user("SUE")
    let_in(database, "WORKER", "WALT")
    let_in(database, "SUE", role=Role.SUPERVISOR)
    database.close()
    copied = Database(f"sqlite:///{template.with_name('hall.db')}", writer_wait_seconds=0.2)
    return WhiteTemplate(str(path), warehouse), copied


def kept(hall: Warehouse) -> dict[str, str]:
    """The outcome of every scan that was kept, by its id."""
    with hall.database.read() as session:
        rows = session.execute(select(Scan.uuid, Scan.outcome)).all()
    return {scan_id.lower(): outcome["code"] for scan_id, outcome in rows}


def results(page: Page) -> list[str]:
    return [answer.get("data-result") for answer in page.all("div", class_="scan-answer")]


def assert_refused_by_name(page: Page, status: int) -> None:
    """A sentence that says what is wrong, and one that says what to do."""
    assert page.status == status, page.text
    assert page.words
    assert any("outcome-way-out" in (p.get("class") or "") for p in page.all("p")), page.text
