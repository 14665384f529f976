"""Whatever is scanned or sent is answered by name, and no scan is ever lost by it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from scanner_app.scanning.scan import Scan
from tests.builders import Warehouse, another_location, serial
from tests.passwords import PASSWORD
from tests.quick_runs import examples
from tests.reliability.page_device import (
    Device,
    assert_refused_by_name,
    kept,
    opened_hall,
    results,
)
from tests.reliability.served_hall import let_in
from tests.warehouse.documents import Part, receive
from tests.warehouse.masters import Goods
from tests.web.conftest import Clock

MARKUP = "<img src=x onerror=alert(1)>"
EXAMPLES = examples(30)
# Controls, bidi marks and lone surrogates more often than among all characters.
ANY_CHARACTER = st.characters() | st.characters(categories=["Cc", "Cf", "Cs"])


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def opened(
    sqlite_template: Path, tmp_path: Path, clock: Clock
) -> Iterator[tuple[Warehouse, Flask]]:
    with opened_hall(sqlite_template, tmp_path, clock) as both:
        yield both


@pytest.fixture
def hall(opened: tuple[Warehouse, Flask]) -> Warehouse:
    return opened[0]


@pytest.fixture
def app(opened: tuple[Warehouse, Flask]) -> Flask:
    return opened[1]


@pytest.fixture
def goods(hall: Warehouse) -> Goods:
    return hall.add_item("SERIALS", "serial")


@pytest.fixture
def device(app: Flask) -> Device:
    return Device(app, "WALT")


def test_any_text_is_answered_and_kept(device: Device, hall: Warehouse) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(st.text(ANY_CHARACTER, max_size=512), st.sampled_from(["", "]C1", "]d2", "]Q3"]))
    def check(raw: str, symbology: str) -> None:
        scan = device.a_scan(raw, symbology=symbology)
        page = device.scan(scan)
        assert page.status == 200, page.text
        assert len(results(page)) == 1
        assert scan["id"] in kept(hall)
        assert device.scan(scan).text == page.text

    check()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("", "NothingScanned"),
        ("   ", "NothingScanned"),
        ("A\x00B", "CharactersNotAllowed"),
        ("A\ud800B", "CharactersNotAllowed"),
        ("A\u202eB", "CharactersNotAllowed"),
        ("A\u200bB", "CharactersNotAllowed"),
        ("X" * 513, "BarcodeTooLong"),
        ("9" * 7089, "BarcodeTooLong"),
        (MARKUP, "UnknownCode"),
        ("=1+1", "UnknownCode"),
        ("NOBODY KNOWS THIS", "UnknownCode"),
    ],
)
def test_a_code_of_no_use_is_refused_by_name_and_kept(
    device: Device, hall: Warehouse, raw: str, code: str
) -> None:
    """The scan beside it in the same request is not harmed."""
    scan, other = device.a_scan(raw), device.a_scan("A")
    page = device.scan(scan, other)
    assert_refused_by_name(page, 200)
    assert results(page) == ["refused", "accepted"]
    assert kept(hall)[scan["id"]] == code


@pytest.mark.parametrize("field", ["document_no", "step", "choice", "symbology"])
@pytest.mark.parametrize("character", ["\0", "\ud800"])
def test_what_no_database_stores_is_kept_as_its_substitute(
    device: Device, hall: Warehouse, field: str, character: str
) -> None:
    scan = device.a_scan("A", **{field: f"PA{character}"})
    assert device.scan(scan).status == 200
    stored = select(getattr(Scan, field)).where(Scan.uuid == scan["id"].upper())
    with hall.database.read() as session:
        assert session.scalars(stored).one() == "PA\x1a"


@pytest.mark.parametrize("step", ["quantity", "quantity-add", "expiration-date", "number"])
@pytest.mark.parametrize("raw", ["\x01", "5\x1b", "\ud800", "\u202e5", "-1", "1e5", "\u00b2", ""])
def test_what_is_typed_is_refused_by_name_and_never_shown_raw(
    device: Device, hall: Warehouse, raw: str, step: str
) -> None:
    scan = device.a_scan(raw, step=step, source="keypad")
    page = device.scan(scan)
    assert_refused_by_name(page, 200)
    assert results(page) == ["refused"]
    assert scan["id"] in kept(hall)
    assert not set(raw) & {"\x01", "\x1b", "\u202e"} & set(page.text)


@pytest.mark.parametrize("raw", [MARKUP, "=1+1"])
def test_what_a_label_says_is_shown_as_text(device: Device, raw: str) -> None:
    page = device.scan(device.a_scan(raw))
    assert raw in page.words
    assert not page.all("img")
    looked_up = device.pages.get(f"/look-up?code={raw.replace('+', '%2B')}")
    assert not looked_up.all("img")


def test_the_same_scan_twice_in_one_request_has_one_effect(
    device: Device, hall: Warehouse, goods: Goods
) -> None:
    receive(hall, Part(goods, 1, serial("S1")))
    document = {"document_kind": "put-away", "document_no": "PU0001"}
    scan = device.a_scan("S1", **document)
    page = device.scan(scan, scan)
    assert results(page) == ["accepted", "accepted"]
    assert len(kept(hall)) == 1


@pytest.mark.parametrize("kind", ["put-away", "pick", "count", "movement"])
def test_a_scan_for_a_document_that_is_not_there_is_refused_and_kept(
    device: Device, hall: Warehouse, kind: str
) -> None:
    scan = device.a_scan("A", document_kind=kind, document_no="NOWHERE")
    assert_refused_by_name(device.scan(scan), 200)
    assert kept(hall)[scan["id"]] == "DocumentGone"


def test_a_scan_for_a_document_of_another_location_is_refused_and_kept(
    app: Flask, hall: Warehouse, goods: Goods
) -> None:
    receive(hall, Part(goods, 1, serial("S1")))
    another_location(hall, "SILVER").add_user("SAM")
    let_in(hall.database, "SAM")
    device = Device(app, "SAM")
    scan = device.a_scan("S1", document_kind="put-away", document_no="PU0001")
    assert_refused_by_name(device.scan(scan), 200)
    assert kept(hall)[scan["id"]] == "NotWarehouseEmployee"


def test_a_scan_for_a_document_of_another_worker_is_refused_and_kept(
    app: Flask, device: Device, hall: Warehouse, goods: Goods
) -> None:
    receive(hall, Part(goods, 1, serial("S1")), Part(goods, 1, serial("S2")))
    document = {"document_kind": "put-away", "document_no": "PU0001"}
    other = Device(app, "WORKER")
    assert results(other.scan(other.a_scan("S1", **document))) == ["accepted"]
    scan = device.a_scan("S2", **document)
    assert_refused_by_name(device.scan(scan), 200)
    assert kept(hall)[scan["id"]] == "AssignedToOther"


def bodies(device: Device) -> dict[str, bytes]:
    scan = device.a_scan("A")
    wrong: dict[str, object] = {
        "no scans": {"scans": []},
        "21 scans": {"scans": [device.a_scan("A") for _ in range(21)]},
        "an unknown field": {"scans": [scan | {"admin": True}]},
        "a field beside": {"scans": [scan], "user": 1},
        "no id": {"scans": [{key: scan[key] for key in scan if key != "id"}]},
        "no uuid": {"scans": [scan | {"id": "1"}]},
        "dashes": {"scans": [scan | {"id": "-" * 36}]},
        "a number as text": {"scans": [scan | {"device_seq": "1"}]},
        "text as a number": {"scans": [scan | {"raw": 1}]},
        "a huge number": {"scans": [scan | {"device_seq": 10**30}]},
        "below zero": {"scans": [scan | {"seen_seq": -1}]},
        "a fraction": {"scans": [scan | {"device_seq": 1.5}]},
        "nothing": {"scans": [scan | {"raw": None}]},
        "another source": {"scans": [scan | {"source": "guess"}]},
        "another document": {"scans": [scan | {"document_kind": "sale"}]},
        "a list": [scan],
        "a word": "scan",
    }
    encoded = {name: json.dumps(body).encode() for name, body in wrong.items()}
    return encoded | {
        "an empty body": b"",
        "half of it": json.dumps({"scans": [scan]}).encode()[:-5],
        "no utf-8": b'{"scans": [{"raw": "\xff\xfe"}]}',
        "a very long number": b'{"scans": ' + b"9" * 5000 + b"}",
        "a deep nest": b"[" * 50_000 + b"]" * 50_000,
        "not a number": b'{"scans": [{"device_seq": NaN}]}',
    }


def test_what_no_scan_field_sends_is_refused_by_name(device: Device, hall: Warehouse) -> None:
    for name, body in bodies(device).items():
        page = device.send(body)
        assert page.status == 422, f"{name}: {page.status}"
        assert_refused_by_name(page, 422)
        assert "The device sent something that is no scan." in page.words, name
    assert kept(hall) == {}


def test_the_largest_numbers_are_taken(device: Device, hall: Warehouse) -> None:
    scan = device.a_scan("A", device_seq=2**53, seen_seq=2**53)
    assert results(device.scan(scan)) == ["accepted"]


@pytest.mark.parametrize("moment", ["", "yesterday", "0001-01-01T00:00:00+00:00", "9999-12-31"])
def test_the_clock_of_a_device_is_never_a_reason_to_refuse(
    device: Device, hall: Warehouse, moment: str
) -> None:
    assert results(device.scan(device.a_scan("A", scanned_at=moment))) == ["accepted"]


def test_scans_without_a_token_are_refused_and_can_be_sent_again(
    device: Device, hall: Warehouse
) -> None:
    scan = device.a_scan("A")
    body = json.dumps({"scans": [scan]}).encode()
    for token in ("", "forged"):
        assert device.send(body, X_CSRFToken=token).status == 400
    assert device.send(body, Sec_Fetch_Site="cross-site").status == 400
    assert kept(hall) == {}
    assert results(device.send(body)) == ["accepted"]


def test_the_token_of_before_signing_out_is_refused(device: Device, hall: Warehouse) -> None:
    scan = device.a_scan("A")
    device.pages.post("/sign-out", csrf_token=device.token)
    assert device.scan(scan).status == 401
    device.pages.sign_in("WALT", PASSWORD)
    assert device.scan(scan).status == 400
    assert kept(hall) == {}
    device.token = device.read_token()
    assert results(device.scan(scan)) == ["accepted"]


def test_a_page_left_open_over_night_loses_nothing(
    device: Device, hall: Warehouse, goods: Goods, clock: Clock
) -> None:
    """The queue waits for the sign-in; a form of the old page is refused by name."""
    receive(hall, Part(goods, 1, serial("S1")))
    document = {"document_kind": "put-away", "document_no": "PU0001"}
    device.scan(device.a_scan("S1", **document), device.a_scan("A", **document))
    page = device.pages.get("/put-aways/PU0001")
    path = "/put-aways/PU0001/registration"
    clock.advance(hours=13)
    scan = device.a_scan("S1", **document)
    night = device.scan(scan)
    assert night.status == 401
    assert night.response.headers["HX-Redirect"].startswith("/sign-in")
    assert device.pages.post_form(path, page, "register").location.startswith("/sign-in")
    device.pages.sign_in("WALT", PASSWORD)
    refused = device.pages.post_form(path, page, "register")
    assert refused.status == 400
    assert "Open the page again" in refused.words
    device.token = device.read_token()
    assert results(device.scan(scan)) == ["attention"]
    again = device.pages.get("/put-aways/PU0001")
    assert device.pages.post_form(path, again, "register").status == 303
    assert hall.in_bins(goods) == {("A", serial("S1")): 1}
