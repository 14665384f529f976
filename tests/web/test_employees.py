"""The page Warehouse Employees: users, their locations, their access."""

import pytest
from sqlalchemy import select

from scanner_app.access.change_log import ChangeLogEntry
from scanner_app.access.user import User
from scanner_app.database import Database
from scanner_app.inventory.location import Location
from scanner_app.warehouse.employee import WarehouseEmployee
from tests.passwords import PASSWORD
from tests.web.page_client import Page, PageClient

PATH = "/warehouse-employees"


def id_of(database: Database, user_name: str) -> int:
    with database.read() as session:
        return session.scalars(select(User.id).where(User.user_name == user_name)).one()


def locations_of(database: Database, user_name: str) -> dict[str, bool]:
    with database.read() as session:
        found = session.execute(
            select(Location.code, WarehouseEmployee.is_default)
            .join(Location, Location.id == WarehouseEmployee.location_id)
            .join(User, User.id == WarehouseEmployee.user_id)
            .where(User.user_name == user_name)
        )
        return {row.code: row.is_default for row in found}


def send(client: PageClient, path: str, **fields: str) -> Page:
    return client.post_form(path, client.get(PATH), **fields)


def test_the_list_names_every_user_and_says_how_many(supervisor: PageClient) -> None:
    page = supervisor.get(PATH)
    assert "2 users" in page.words
    assert "Walt" in page.words
    assert PASSWORD not in page.text


def test_a_user_is_added_and_can_sign_in(supervisor: PageClient, visitor: PageClient) -> None:
    page = supervisor.get(PATH)
    fields = {"user_name": "nora", "full_name": "Nora", "password": "a long password"}
    done = supervisor.post_form(PATH, page, "add-user", role="worker", **fields)
    assert "The user is added." in supervisor.follow(done).words
    assert visitor.sign_in("nora", "a long password").status == 303


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("user_name", "walt", "There is a user WALT already."),
        ("user_name", " ", "The user name is empty."),
        ("password", "short", "fewer than 8 characters"),
        ("role", "owner", "There is no role “owner”."),
    ],
)
def test_what_is_wrong_with_a_new_user_is_said(
    supervisor: PageClient, field: str, value: str, said: str
) -> None:
    fields = {"user_name": "nora", "full_name": "", "password": "a long password", field: value}
    page = supervisor.post_form(PATH, supervisor.get(PATH), "add-user", **fields)
    assert page.status == 422
    assert said in page.words


def test_the_first_location_becomes_the_default_one(
    supervisor: PageClient, web_database: Database
) -> None:
    sue = id_of(web_database, "SUE")
    send(supervisor, f"{PATH}/{sue}/locations", location="SILVER")
    send(supervisor, f"{PATH}/{sue}/locations", location="WHITE")
    assert locations_of(web_database, "SUE") == {"SILVER": True, "WHITE": False}


def test_a_location_assigned_twice_is_there_once(
    supervisor: PageClient, web_database: Database
) -> None:
    sue, page = id_of(web_database, "SUE"), supervisor.get(PATH)
    path = f"{PATH}/{sue}/locations"
    again = supervisor.get(PATH)
    for form in (page, again):
        assert supervisor.post_form(path, form, location="SILVER").status == 303
    assert locations_of(web_database, "SUE") == {"SILVER": True}


def test_the_default_location_changes_hands(supervisor: PageClient, web_database: Database) -> None:
    walt = id_of(web_database, "WALT")
    send(supervisor, f"{PATH}/{walt}/default-location", location="SILVER")
    assert locations_of(web_database, "WALT") == {"SILVER": True, "WHITE": False}


def test_a_location_is_taken_away_and_logged(
    supervisor: PageClient, web_database: Database
) -> None:
    walt = id_of(web_database, "WALT")
    send(supervisor, f"{PATH}/{walt}/locations/removal", location="SILVER")
    assert locations_of(web_database, "WALT") == {"WHITE": True}
    with web_database.read() as session:
        last = session.scalars(select(ChangeLogEntry).order_by(ChangeLogEntry.id.desc())).first()
    assert last is not None
    assert (last.field_name, last.old_value, last.new_value) == ("location", "SILVER", "")
    assert last.user_id == id_of(web_database, "SUE")


@pytest.mark.parametrize("action", ["locations", "locations/removal", "default-location"])
def test_a_location_that_is_not_there_is_refused(
    supervisor: PageClient, web_database: Database, action: str
) -> None:
    path = f"{PATH}/{id_of(web_database, 'WALT')}/{action}"
    fields = supervisor.get(PATH).form("add-user", "")
    hidden = {f.get("name"): f.get("value") for f in fields.iter() if f.get("type") == "hidden"}
    refused = supervisor.post(path, location="NOWHERE", **hidden)
    assert refused.status == 422
    assert "There is no location NOWHERE." in refused.words


def test_a_worker_is_disabled_and_enabled_again(
    supervisor: PageClient, worker: PageClient, web_database: Database
) -> None:
    walt = id_of(web_database, "WALT")
    send(supervisor, f"{PATH}/{walt}/disabling")
    assert worker.get("/").status == 303
    send(supervisor, f"{PATH}/{walt}/enabling")
    assert worker.sign_in("WALT", PASSWORD).status == 303


def test_the_last_supervisor_stays(supervisor: PageClient, web_database: Database) -> None:
    refused = send(supervisor, f"{PATH}/{id_of(web_database, 'SUE')}/disabling")
    assert refused.status == 422
    assert "SUE is the only supervisor." in refused.words


def test_htmx_gets_the_row_alone_and_the_answer_beside_it(
    supervisor: PageClient, web_database: Database
) -> None:
    walt = id_of(web_database, "WALT")
    row = send(supervisor.as_htmx, f"{PATH}/{walt}/password", password="another password")
    assert row.status == 200
    assert [item.get("id") for item in row.all("li", class_="employee card")] == [
        f"employee-{walt}"
    ]
    assert row.all("div", id_="answer")[0].get("hx-swap-oob") == "innerHTML"
    assert "The password is set." in row.words


def test_htmx_gets_a_refusal_at_the_place_for_answers(
    supervisor: PageClient, web_database: Database
) -> None:
    path = f"{PATH}/{id_of(web_database, 'WALT')}/password"
    refused = send(supervisor.as_htmx, path, password="short")
    assert refused.status == 422
    assert refused.response.headers["HX-Retarget"] == "#answer"
    assert refused.response.headers["HX-Reswap"] == "innerHTML"
    assert refused.all("article")[0].get("data-outcome") == "refused"
