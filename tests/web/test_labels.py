"""Sheets of labels: of a batch, of an item, and of a range of bins."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.access.user import Role, User
from scanner_app.database import Database
from scanner_app.inventory.assign_numbers import Asked, assign_serial_nos
from scanner_app.inventory.location import Location
from scanner_app.warehouse import labels
from scanner_app.warehouse.bin import Bin
from tests.passwords import PASSWORD
from tests.warehouse.masters import add_item, add_series
from tests.web.conftest import Clock
from tests.web.page_client import Page, PageClient

BINS = "/labels/bins"


@pytest.fixture(autouse=True)
def hall(web_database: Database, clock: Clock) -> None:
    """Bins at SILVER, where WALT works as a supervisor, and two serials of GLOVE."""

    def work(session: Session) -> None:
        silver = session.query(Location).filter_by(code="SILVER").one()
        for code in ("S-01", "S-02", "S-10", "T-01"):
            session.add(Bin(location_id=silver.id, code=code, description=f"Shelf {code}"))
        session.add(Bin(location_id=silver.id, code="S-99", is_adjustment_bin=True))
        series = add_series(session, "SN", "S/1").number_series_id
        own = {"serial_nos_id": series, "gtin": "4006381333931", "description": "Winter glove"}
        add_item(session, "GLOVE", ("serial",), {}, own, {})
        assign_serial_nos(session, Asked("GLOVE"), "2", clock.now.date(), Change(clock.now, 1))

    web_database.write(work)


@pytest.fixture
def of_silver(app: Flask, web_database: Database, clock: Clock) -> PageClient:
    """WALT, promoted: a supervisor who works at WHITE and SILVER."""

    def promote(session: Session) -> None:
        session.query(User).filter_by(user_name="WALT").one().role = Role.SUPERVISOR

    web_database.write(promote)
    client = PageClient(app)
    client.sign_in("WALT", PASSWORD)
    return client


def contents(page: Page) -> list[str]:
    addresses = [urlsplit(image.get("src")) for image in page.all("img")]
    assert all(address.path.startswith("/label-symbols/paper/") for address in addresses)
    return [parse_qs(address.query)["content"][0] for address in addresses]


def words_of(page: Page) -> list[str]:
    return [" ".join("".join(label.itertext()).split()) for label in page.all("li", class_="label")]


def test_a_batch_has_a_label_for_each_number(supervisor: PageClient) -> None:
    page = supervisor.get("/labels/assigned-numbers/1")
    assert contents(page) == [f"(01)04006381333931(21)S/{n}" for n in (1, 2)]
    assert words_of(page) == ["S/1 GLOVE Winter glove", "S/2 GLOVE Winter glove"]
    assert "2 labels" in page.words
    for address in ("2", "0", str(2**70), "x"):
        assert supervisor.get(f"/labels/assigned-numbers/{address}").status == 404


def test_an_item_has_a_label(supervisor: PageClient) -> None:
    page = supervisor.get("/labels/items/glove")
    assert contents(page) == ["(01)04006381333931"]
    assert words_of(page) == ["GLOVE Winter glove"]
    assert supervisor.get("/labels/items/NONE").status == 404


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ("from=S-01&to=S-02", ["S-01", "S-02"]),
        ("from=s-02&to=", ["S-02", "S-10", "T-01"]),
        ("to=S-02", ["S-01", "S-02"]),
        ("from=S-02&to=S", ["S-02", "S-10"]),
        ("from=&to=", ["S-01", "S-02", "S-10", "T-01"]),
        ("from=X", []),
        ("from=S-10&to=S-01", []),
        ("from=%00S-10&to=S-10%E2%80%AE", ["S-10"]),
    ],
)
def test_bins_are_chosen_by_a_range_of_codes(
    of_silver: PageClient, ends: str, expected: list[str]
) -> None:
    page = of_silver.get(f"{BINS}?location=silver&{ends}")
    assert page.status == 200
    assert contents(page) == expected
    assert words_of(page) == [f"{code} Shelf {code}" for code in expected]
    assert ("No bin is found so." in page.words) == (not expected)


def test_the_form_offers_the_locations_of_the_user(of_silver: PageClient) -> None:
    page = of_silver.get(BINS)
    assert not page.all("img")
    assert "No bin is found" not in page.words
    assert {option.get("value") for option in page.all("option")} == {"SILVER", "WHITE"}
    refused = of_silver.get(f"{BINS}?location=BLUE&from=A")
    assert refused.status == 422
    assert "There is no location BLUE." in refused.words
    assert refused.all("select", name="location")[0].get("aria-invalid") == "true"


def test_somebody_who_works_nowhere_is_told(supervisor: PageClient) -> None:
    refused = supervisor.get(f"{BINS}?from=A")
    assert refused.status == 422


def test_more_bins_than_are_printed_at_once_are_refused(
    of_silver: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(labels, "BIN_LABELS_MAX", 3)
    refused = of_silver.get(f"{BINS}?location=SILVER&from=S")
    assert refused.status == 422
    assert "From S to T-01 there are more than 3 bins." in refused.words
    [to] = refused.all("input", name="to")
    assert to.get("aria-invalid") == "true"
    [first] = refused.all("input", name="from")
    assert first.get("value") == "S"
    assert len(contents(of_silver.get(f"{BINS}?location=SILVER&from=S&to=S-99"))) == 3


def test_labels_are_printed_by_supervisors(worker: PageClient) -> None:
    for path in (BINS, "/labels/items/GLOVE", "/labels/assigned-numbers/1"):
        assert worker.get(path).status == 403
