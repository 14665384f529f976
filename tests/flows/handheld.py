"""A handheld in a flow test: it signs in, scans as the scan field does, and presses buttons."""

import uuid
from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.datastructures import MultiDict

from tests.web.page_client import HTML, Page, PageClient


@dataclass(frozen=True)
class Answer:
    """What a scan was answered."""

    result: str
    code: str
    message: str
    way_out: str
    choices: list[dict[str, str]]
    goto: str


class Handheld:
    """One person on one device, with the document that is open on it."""

    def __init__(self, app: Flask, user_name: str, password: str) -> None:
        self.pages = PageClient(app)
        self.pages.sign_in(user_name, password)
        self.kind = ""
        self.no = ""
        self.step = ""
        self.token = ""
        self._sequence = 0

    def open(self, path: str) -> Page:
        """Open a page; the page of a document is where its scans go."""
        page = self.pages.get(path)
        [form] = page.all("form", id_="scan-form") or [{}]
        self.kind = form.get("data-document-kind", "")
        self.no = form.get("data-document-no", "")
        self.step = form.get("data-step", "")
        self.token = page.all("input", name="csrf_token")[0].get("value")
        return page

    def scan(self, raw: str, **fields: str | int) -> Answer:
        """Scan a code on the page that is open."""
        [answer] = self.send([self.sent(raw, **fields)])
        return answer

    def type(self, raw: str, step: str = "quantity") -> Answer:
        """Type an answer that the page asks for."""
        return self.scan(raw, step=step, source="keypad")

    def sent(self, raw: str, **fields: str | int) -> dict[str, Any]:
        """A scan as the device keeps it: with an id of its own and what was seen before it."""
        self._sequence += 1
        return {
            "id": str(uuid.uuid4()),
            "device_seq": self._sequence,
            "seen_seq": self._sequence - 1,
            "raw": raw,
            "document_kind": self.kind,
            "document_no": self.no,
            "step": self.step,
        } | fields

    def send(self, scans: list[dict[str, Any]]) -> list[Answer]:
        """Send scans, and read one answer for each."""
        response = self.pages.client.post(
            "/scans",
            json={"scans": scans},
            headers={"X-CSRFToken": self.token, "Accept": "application/json"},
        )
        assert response.status_code == 200, response.text
        return [
            Answer(
                answer["result"],
                answer["code"],
                answer["message"],
                answer["way_out"],
                answer["choices"],
                answer["goto"],
            )
            for answer in response.get_json()["scans"]
        ]

    def press(self, page: Page, form_id: str, **fields: str) -> Page:
        """Send a form of a page as it stands, and open the page it leads to."""
        form = page.form(form_id, "")
        values = [
            (element.get("name"), element.get("value", ""))
            for element in form.iter(HTML + "input")
            if element.get("name")
            and element.get("name") not in fields
            and (element.get("type") != "checkbox" or element.get("checked") is not None)
        ]
        response = self.pages.client.post(
            form.get("action"),
            data=MultiDict([*values, *fields.items()]),
            headers={"Referer": f"{self.pages.base_url}{page.response.request.path}"},
        )
        assert response.status_code == 303, response.text
        address = response.headers["Location"]
        response.close()
        return self.pages.get(address)
