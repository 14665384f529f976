"""Setting up units, variants, references and the picture of an item, by HTTP only."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from scanner_app.config import Settings
from tests.apps import app_of
from tests.barcodes.test_image_loading import saved
from tests.demo_copies import LOADED, DemoCopy
from tests.flows.conftest import SECRET_KEY
from tests.flows.handheld import Handheld
from tests.flows.test_set_up_items import choose, tell_me
from tests.web.page_client import Page, PageClient

SignIn = Callable[[str], Handheld]

CARD = "/items/2010"
BAR_CODE = "4006381333931"


def add(pages: PageClient, part: str, **fields: str) -> Page:
    """Add a row as a supervisor does who began at the card."""
    page = pages.get(f"{CARD}/{part}/new")
    return pages.follow(pages.post_form(f"{CARD}/{part}", page, f"edit-{part}", **fields))


def rows(page: Page, part: str) -> str:
    [tab] = page.all("details", id_=f"tab-{part}")
    return " ".join("".join(tab.itertext()).split())


def changes(page: Page) -> str:
    return " ".join("".join(page.all("section", id_="changes")[0].itertext()).split())


def test_to_set_up_a_box_of_drills_and_its_bar_code(handheld: SignIn) -> None:
    worker = handheld("SUPERVISOR")
    pages = worker.pages
    units = tell_me(pages, "units+of+measure")
    assert units.h1 == "Units of Measure"
    new = choose(pages, units, "New")
    made = pages.post_form("/units-of-measure", new, "new", code="crate", description="Crate")
    assert "CRATE" in pages.follow(made).words

    links = ["".join(link.itertext()).split() for link in pages.get(CARD).all("a")]
    assert ["Edit", "PCS"] not in links
    card = add(pages, "units", code="CRATE", qty_per_unit_of_measure="12")
    assert "CRATE Crate 12" in rows(card, "units")
    card = add(pages, "variants", code="eu", description="230 V")
    assert "EU 230 V" in rows(card, "variants")
    card = add(
        pages,
        "references",
        reference_no=BAR_CODE,
        unit="CRATE",
        variant="EU",
        ending_date=(LOADED.date() + timedelta(days=1)).isoformat(),
    )
    assert BAR_CODE in rows(card, "references")
    said = changes(card)
    assert "Qty. per Unit of Measure CRATE: 12 SUPERVISOR" in said
    assert f"Ending Date {BAR_CODE}:" in said

    worker.open("/look-up")
    assert worker.scan(BAR_CODE).goto.startswith(f"/look-up?code={BAR_CODE}")


def test_a_bar_code_is_found_until_its_ending_date_and_not_the_day_after(
    handheld: SignIn, demo_copy: DemoCopy, tmp_path: Path
) -> None:
    pages = handheld("SUPERVISOR").pages
    ending = LOADED.date() + timedelta(days=1)
    add(pages, "references", reference_no=BAR_CODE, ending_date=ending.isoformat())

    def scan_after(days: int) -> str:
        settings = Settings(tmp_path, str(demo_copy.database.url), SECRET_KEY, demo=True)
        app = app_of(settings, demo_copy.database, lambda: LOADED + timedelta(days=days))
        worker = Handheld(app, "WORKER1", demo_copy.passwords["WORKER1"])
        worker.open("/look-up")
        answer = worker.scan(BAR_CODE)
        return f"{answer.code} {answer.message}"

    assert "ReferenceEnded" not in scan_after(1)
    assert scan_after(2).startswith("ReferenceEnded")
    assert f"was valid until {ending.day} {ending:%b %Y}" in scan_after(2)


def test_what_quantities_stand_in_is_neither_changed_nor_removed(handheld: SignIn) -> None:
    pages = handheld("SUPERVISOR").pages
    card = pages.get("/items/3020")
    box = choose(pages, card, "Edit BOX")
    address = box.all("form", id_="edit-units")[0].get("action")
    refused = pages.post_form(address, box, "edit-units", qty_per_unit_of_measure="7")
    assert refused.status == 422
    assert "BOX of item 3020 is in use" in refused.words
    assert refused.all("input", name="qty_per_unit_of_measure")[0].get("value") == "7"
    refused = pages.post_form(f"{address}/removal", box, "remove-units")
    assert refused.status == 422
    assert refused.all("input", name="qty_per_unit_of_measure")[0].get("value") == "4"
    assert "BOX Box 4" in rows(pages.get("/items/3020"), "units")


def test_a_picture_is_shown_to_the_worker_who_handles_the_item(
    handheld: SignIn, app: Flask
) -> None:
    pages, worker = handheld("SUPERVISOR").pages, handheld("WORKER1")
    card = pages.get(CARD)
    upload = saved(Image.new("RGB", (900, 600), "green"), "PNG")
    card = pages.follow(pages.upload(f"{CARD}/picture", card, "set-picture", picture=upload))
    assert "The picture is saved." in card.words
    [picture] = card.all("img", class_="item-picture")
    assert (picture.get("width"), picture.get("height")) == ("480", "320")
    assert picture.get("alt") == "Cordless drill"

    [shown] = worker.pages.get("/look-up?code=2010").all("img", class_="task-picture")
    assert shown.get("src") == picture.get("src")
    assert (shown.get("width"), shown.get("height"), shown.get("loading")) == ("72", "72", "lazy")
    answer = worker.pages.client.get(shown.get("src"))
    assert answer.status_code == 200
    assert answer.data[:4] == b"RIFF"

    gone = pages.follow(pages.post_form(f"{CARD}/picture/removal", card, "remove-picture"))
    assert not gone.all("img")
    assert not worker.pages.get("/look-up?code=2010").all("img")
    assert worker.pages.client.get(shown.get("src")).status_code == 404


@pytest.mark.parametrize("code", ["W-02-0401", "9521234030119"])
def test_where_there_is_no_picture_nothing_is_shown(handheld: SignIn, code: str) -> None:
    assert not handheld("WORKER1").pages.get(f"/look-up?code={code}").all("img")


def test_the_line_at_hand_shows_the_picture_of_its_item(handheld: SignIn) -> None:
    pages = handheld("WORKER1").pages
    documents = [a.get("href") for a in pages.get("/put-aways").all("a", class_="card card-link")]
    pictures = [p for d in documents for p in pages.get(d).all("img", class_="task-picture")]
    assert pictures
    assert all(picture.get("alt") for picture in pictures)


def test_a_count_shows_the_picture_of_what_it_asks_about(handheld: SignIn) -> None:
    counter = handheld("WORKER2")
    counter.open("/counts/COUNT-01")
    counter.scan("W-02-0102")
    assert not counter.open("/counts/COUNT-01").all("img")
    counter.scan("(01)09521234030300(10)CB03")
    [picture] = counter.open("/counts/COUNT-01").all("img", class_="task-picture")
    assert picture.get("alt") == "Coffee"


@pytest.mark.parametrize("path", ["units/new", "variants/new", "references/new", "references"])
def test_a_worker_does_not_see_the_forms(handheld: SignIn, path: str) -> None:
    assert handheld("WORKER1").pages.get(f"{CARD}/{path}").status == 403
