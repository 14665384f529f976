"""A server for the scan field alone: it takes scans as the real one does, but as badly as told.

It stands in for two addresses of the real app, so that the macros, the sign-in, the token and the
Content-Security-Policy are the real ones; only what a scan means is not.
"""

import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, render_template_string, request

PAGE = """
{% extends "layout.html" %}
{% from "_macros/scan.html" import scan_dock with context %}
{% block title %}Scanning{% endblock %}
{% block scripts %}<script src="{{ static_url('js/scan_field.js') }}" type="module"></script>
{% endblock %}
{% block answer %}{% endblock %}
{% block main %}
  <div id="task-region"><p>{{ question }}</p></div>
  <label>Remark <input id="remark" name="remark"></label>
  {{ scan_dock("Scan anything", document_kind="pick", document_no="PI-00001") }}
{% endblock %}
"""
ANSWERS = """
{% from "_macros/forms.html" import quantity_field %}
{% from "_macros/scan.html" import outcome %}
{% for scan, result, tone, goto in answers %}
  <div class="scan-answer" data-scan-id="{{ scan.id }}" data-device-seq="{{ scan.device_seq }}"
       data-result="{{ result }}" data-tone="{{ tone }}" data-goto="{{ goto }}">
    {% call outcome(result, tone, scan.raw, scan.step) %}
      {% if result == "choose" %}
        <button type="button" class="button" data-scan-raw="{{ scan.raw }}" data-scan-step=""
                data-scan-choice="item:1" data-scan-source="tap" data-scan-symbology="]C1">
          Item 1</button>
      {% endif %}
    {% endcall %}
  </div>
{% endfor %}
<div id="task-region" hx-swap-oob="innerHTML">
  <p>Answered {{ answers[-1][0].raw }}</p>
  {% if answers[-1][0].raw.startswith("ASK-QTY") %}
    <form data-scan-step="quantity" method="post" action="/scans">
      <input type="hidden" name="csrf_token" value="{{ csrf_token() }}">
      {{ quantity_field("Quantity", name="value", id="quantity", unit="PCS") }}
      <button type="submit" class="button" data-scan-step="quantity-replace">Replace</button>
    </form>
  {% endif %}
</div>
"""
PHOTO = """
<div data-scan-now data-scan-raw="{{ code }}" data-scan-symbology="]d1" data-scan-source="photo">
  {{ code }}
</div>
"""
# What a scan gets, by how its text begins: result, tone and where it leads.
RESULTS = {
    "BAD": ("refused", "stop", ""),
    "ODD": ("attention", "warn", ""),
    "CHOOSE": ("choose", "warn", ""),
    "GO": ("accepted", "ok", "/bench?arrived"),
}


@dataclass(frozen=True)
class Trouble:
    """What goes wrong with one request.

    Attributes:
        status: what is answered; 200 and 409 let the scans take effect, others do not.
        retry_after: in seconds.
        body: sent instead of the answers.
    """

    status: int
    retry_after: str = ""
    body: str | None = None


@dataclass
class ScanServer:
    """What came, and what is to happen to the requests still to come."""

    delay_seconds: float = 0
    troubles: deque[Trouble] = field(default_factory=deque)
    requests: list[tuple[float, list[dict[str, Any]]]] = field(default_factory=list)
    scans: dict[str, dict[str, Any]] = field(default_factory=dict)
    photos: list[bytes] = field(default_factory=list)

    @property
    def raws(self) -> list[str]:
        """The text of every scan that took effect, in the order of their effects."""
        return [scan["raw"] for scan in self.scans.values()]

    def receive(self) -> Response:
        """Take scans, each once, however often it is sent."""
        sent = request.get_json()["scans"]
        self.requests.append((time.monotonic(), sent))
        time.sleep(self.delay_seconds)
        trouble = self.troubles.popleft() if self.troubles else Trouble(200)
        headers = {"Retry-After": trouble.retry_after} if trouble.retry_after else {}
        if trouble.body is not None or trouble.status not in (200, 409):
            body = trouble.body or "<p>No answer</p>"
            return Response(body, trouble.status, headers, mimetype="text/html")
        for scan in sent:
            known = self.scans.setdefault(scan["id"], scan)
            assert known == scan, "the same id came with other content"
        answers = [(scan, *_result_of(scan["raw"])) for scan in sent]
        return Response(render_template_string(ANSWERS, answers=answers), trouble.status)

    def receive_photo(self) -> Response:
        """Read every photo as its own bytes, and refuse one that begins with BAD."""
        self.photos.append(request.files["photo"].read())
        time.sleep(self.delay_seconds)
        code = self.photos[-1].decode()
        if code.startswith("BAD"):
            return Response('<article class="outcome">No barcode.</article>', 422)
        return Response(render_template_string(PHOTO, code=code))


def add_scan_server(app: Flask) -> ScanServer:
    """Open the page `/bench`, and stand in for where the app takes scans and photos."""
    server = ScanServer()
    app.add_url_rule("/bench", "bench", _show_page)
    app.view_functions["scans.receive"] = server.receive
    app.view_functions["scans.receive_photo"] = server.receive_photo
    return server


def _show_page() -> str:
    return render_template_string(PAGE, question="Scan the bin")


def _result_of(raw: str) -> tuple[str, str, str]:
    for beginning, result in RESULTS.items():
        if raw.startswith(beginning):
            return result
    return ("accepted", "ok", "")
