"""A form that is sent twice does its work once."""

import pytest
from sqlalchemy import func, select

from scanner_app.access.change_log import ChangeLogEntry
from scanner_app.access.user import User
from scanner_app.database import Database
from tests.web.page_client import Page, PageClient

NEW = {"user_name": "nora", "full_name": "Nora", "password": "a long password"}
PATH = "/warehouse-employees"


def add_nora(supervisor: PageClient, page: Page, **fields: str) -> Page:
    return supervisor.post_form(PATH, page, "add-user", **(NEW | fields))


def count_users(database: Database) -> int:
    with database.read() as session:
        return int(session.scalar(select(func.count()).select_from(User)) or 0)


def test_the_same_form_twice_does_its_work_once_and_answers_alike(
    supervisor: PageClient, web_database: Database
) -> None:
    page = supervisor.get(PATH)
    first, second = add_nora(supervisor, page), add_nora(supervisor, page)
    assert first.status == second.status == 303
    assert first.location == second.location
    assert count_users(web_database) == 3
    with web_database.read() as session:
        logged = session.scalars(
            select(ChangeLogEntry).where(ChangeLogEntry.record_name == "NORA")
        ).all()
    assert len(logged) == 1


def test_the_same_id_with_other_content_is_refused(
    supervisor: PageClient, web_database: Database
) -> None:
    page = supervisor.get(PATH)
    add_nora(supervisor, page)
    refused = add_nora(supervisor, page, user_name="olga")
    assert refused.status == 422
    assert "already sent with other content" in refused.words
    assert count_users(web_database) == 3


def test_a_refused_form_may_be_sent_again_with_another_content(
    supervisor: PageClient, web_database: Database
) -> None:
    page = supervisor.get(PATH)
    assert add_nora(supervisor, page, user_name="walt").status == 422
    assert add_nora(supervisor, page).status == 303
    assert count_users(web_database) == 3


@pytest.mark.parametrize("request_id", ["", "1", "not-a-uuid"])
def test_a_form_without_a_readable_id_is_refused_by_name(
    supervisor: PageClient, web_database: Database, request_id: str
) -> None:
    refused = add_nora(supervisor, supervisor.get(PATH), request_id=request_id)
    assert refused.status == 422
    assert "without its request id" in refused.words
    assert count_users(web_database) == 2


def test_every_form_of_a_page_has_an_id_of_its_own(supervisor: PageClient) -> None:
    ids = [field.get("value") for field in supervisor.get(PATH).all("input", name="request_id")]
    assert len(ids) > 5
    assert len(set(ids)) == len(ids)
