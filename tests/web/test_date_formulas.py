"""What a date formula makes of today, while it is typed on a card."""

import pytest
from flask import Flask
from sqlalchemy import update

from scanner_app.access.user import Role, User
from scanner_app.database import Database
from tests.passwords import PASSWORD
from tests.web.page_client import PageClient

EXPIRATION = "/date-formulas/expiration_calculation?expiration_calculation="
WARRANTY = "/date-formulas/warranty_date_formula?warranty_date_formula="


@pytest.mark.parametrize("preview", [EXPIRATION, WARRANTY])
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("6M", "From today: 22 May 2027"),
        ("<cm%2B30d>", "From today: 30 Dec 2026"),
        ("6M%2B3Z", "it stops making sense at character 3."),
        ("9999Y", "leads beyond the years 1 to 9999"),
        ("%00%3Cb%3E", "is not a date formula"),
    ],
)
def test_a_formula_is_previewed_while_it_is_typed(
    supervisor: PageClient, preview: str, typed: str, said: str
) -> None:
    part = supervisor.as_htmx.get(f"{preview}{typed}")
    assert part.status == 200
    assert said in part.words


def test_without_a_formula_the_field_says_what_happens_then(supervisor: PageClient) -> None:
    assert "the expiration date is typed." in supervisor.as_htmx.get(EXPIRATION).words
    assert "is typed, or there is none." in supervisor.as_htmx.get(WARRANTY).words


def test_the_place_of_the_fault_is_marked(supervisor: PageClient) -> None:
    [mark] = supervisor.as_htmx.get(f"{WARRANTY}6M%2B3Z").all("mark")
    assert mark.text == "+3Z"
    assert not supervisor.as_htmx.get(f"{WARRANTY}9999Y").all("mark")


def test_the_day_of_a_preview_is_that_of_the_location(app: Flask, web_database: Database) -> None:
    """It is tomorrow already in Auckland."""
    promote = update(User).where(User.user_name == "WALT").values(role=Role.SUPERVISOR)
    web_database.write(lambda session: session.execute(promote))
    client = PageClient(app)
    client.sign_in("WALT", PASSWORD)
    assert "From today: 23 May 2027" in client.as_htmx.get(f"{EXPIRATION}6M").words


def test_no_other_field_has_a_preview(supervisor: PageClient) -> None:
    assert supervisor.get("/date-formulas/description?description=6M").status == 404


def test_the_previews_are_the_supervisors(worker: PageClient) -> None:
    assert worker.get(f"{WARRANTY}6M").status == 403
