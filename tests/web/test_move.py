"""The page Move: what it shows of the hand, and what it says where there is nothing to move."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, update

from scanner_app.inventory.location import Location
from scanner_app.warehouse.employee import WarehouseEmployee
from tests.builders import Warehouse, lot, serial
from tests.reliability.page_device import Device, opened_hall
from tests.web.conftest import Clock
from tests.web.page_client import Page, assert_readable, assert_whole_page

MANY = 8


@pytest.fixture
def hall_and_app(sqlite_template: Path, tmp_path: Path) -> Iterator[tuple[Warehouse, Flask]]:
    """WHITE with drills and paint in A, and paint in B."""
    with opened_hall(sqlite_template, tmp_path, Clock()) as (hall, app):
        drills, paint = hall.add_item("DRILLS", "serial"), hall.add_item("PAINT", "lot", "package")
        for n in range(MANY):
            hall.stock(drills, "A", 1, serial(f"D{n}"))
        hall.stock(paint, "A", 5, lot("L1", "P1"))
        hall.stock(paint, "B", 3, lot("L1", "P1"))
        yield hall, app


@pytest.fixture
def hall(hall_and_app: tuple[Warehouse, Flask]) -> Warehouse:
    return hall_and_app[0]


@pytest.fixture
def device(hall_and_app: tuple[Warehouse, Flask]) -> Device:
    return Device(hall_and_app[1], "WORKER")


def scan(device: Device, *codes: str, step: str = "") -> Page:
    """Scan codes of the page; returns the answer to the last."""
    where = {"document_kind": "move", "document_no": "WHITE", "step": step}
    return [device.scan(device.a_scan(code, **where)) for code in codes][-1]


def test_each_state_of_the_page_is_whole_and_readable(device: Device) -> None:
    for codes, words in (
        ((), "Scan what you move"),
        (("L1",), "Scan the bin it lies in"),
        (("A",), "Scan the bin it goes to"),
        (("D1", "P1"), "2 lines in your hand"),
        (("C",), "Scan what you take from"),
    ):
        answer = scan(device, *codes) if codes else None
        page = device.pages.get("/move")
        assert_whole_page(page)
        assert_readable(page)
        assert words in page.words
        assert answer is None or words in answer.words


def test_what_waits_for_its_bin_shows_a_way_back(device: Device) -> None:
    assert "Not this one" in scan(device, "P1").words
    assert "Scan what you move" in scan(device, "-", step="put-back").words


def test_the_newest_of_many_lines_are_shown(device: Device) -> None:
    page = scan(device, *(f"D{n}" for n in range(MANY)))
    assert f"{MANY} lines in your hand" in page.words
    assert "The newest 6 are shown." in page.words
    assert "Serial No. D2 " in page.words
    assert "Serial No. D1 " not in page.words
    assert "Put all back" in page.words
    assert "Put all back" not in scan(device, "-", step="put-back-all").words


def test_the_hand_is_that_of_the_device(
    device: Device, hall_and_app: tuple[Warehouse, Flask]
) -> None:
    scan(device, "D1")
    assert "Scan what you move" in Device(hall_and_app[1], "WALT").pages.get("/move").words


def test_a_location_without_bins_says_so(hall: Warehouse, device: Device) -> None:
    no_bins = {"bin_mandatory": False, "directed_put_away_and_pick": False}

    here = update(Location).where(Location.id == hall.location.id)
    hall.write(lambda session: session.execute(here.values(**no_bins)))
    assert "There are no bins at WHITE" in device.pages.get("/move").words
    assert "Location WHITE has no bins." in scan(device, "D1").words


def test_who_has_no_location_is_told_to_choose_one(hall: Warehouse, device: Device) -> None:
    hall.write(lambda session: session.execute(delete(WarehouseEmployee)))
    assert device.pages.get("/move").status == 422
    assert "is not open any more" in scan(device, "D1").words


def test_a_location_that_is_gone_says_so(device: Device) -> None:
    where = {"document_kind": "move", "document_no": "GONE"}
    assert "GONE is not open any more." in device.scan(device.a_scan("D1", **where)).words
