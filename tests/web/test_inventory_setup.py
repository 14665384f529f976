"""The page Inventory Setup."""

import pytest
from flask import Flask

from scanner_app.database import Database
from tests.passwords import PASSWORD
from tests.warehouse.masters import add_series
from tests.web.page_client import Page, PageClient

PATH = "/inventory-setup"


@pytest.fixture(autouse=True)
def series(web_database: Database) -> None:
    for code in ("PKG", "BOX"):
        web_database.write(lambda s, c=code: add_series(s, c, "P1").id)  # type: ignore[misc] # a default of a lambda


def chosen(page: Page) -> str:
    [select] = page.all("select", name="package_nos")
    options = [option for option in select.iter() if option.get("selected") is not None]
    return str(options[0].get("value")) if options else ""


def save(client: PageClient, page: Page, code: str) -> Page:
    return client.post_form(PATH, page, "card", package_nos=code)


def test_the_series_of_package_numbers_is_chosen_and_logged(supervisor: PageClient) -> None:
    page = supervisor.get(PATH)
    assert chosen(page) == ""
    saved = supervisor.follow(save(supervisor, page, "PKG"))
    assert "The setup is saved." in saved.words
    assert chosen(saved) == "PKG"
    [changes] = saved.all("section", id_="changes")
    assert "Package Nos. PKG SUE" in " ".join("".join(changes.itertext()).split())
    assert chosen(supervisor.follow(save(supervisor, saved, ""))) == ""


@pytest.mark.parametrize("code", ["NONE", "P\x00", "<b>"])
def test_a_series_that_is_not_there_is_refused_at_its_field(
    supervisor: PageClient, code: str
) -> None:
    refused = save(supervisor, supervisor.get(PATH), code)
    assert refused.status == 422
    assert "There is no number series" in refused.words
    [select] = refused.all("select", name="package_nos")
    assert select.get("aria-invalid") == "true"


def test_the_second_of_two_editors_is_told_and_keeps_the_choice(
    supervisor: PageClient, app: Flask
) -> None:
    other = PageClient(app)
    other.sign_in("SUE", PASSWORD)
    page = supervisor.get(PATH)
    assert save(other, other.get(PATH), "PKG").status == 303
    refused = save(supervisor, page, "BOX")
    assert refused.status == 422
    rows = " ".join("".join(refused.all("section", id_="meanwhile")[0].itertext()).split())
    assert "Package Nos. \N{EN DASH} PKG" in rows
    assert chosen(refused) == "BOX"
    assert chosen(supervisor.follow(save(supervisor, refused, "BOX"))) == "BOX"
