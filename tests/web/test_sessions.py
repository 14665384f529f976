"""Sessions live on the server, are found by a cookie, and end at once when they must."""

import dataclasses
import hashlib
import uuid

import pytest
from flask import Flask
from sqlalchemy import event, select, update

from scanner_app.access.sign_in import Change, disable_user, set_password
from scanner_app.access.user import User
from scanner_app.access.user_session import UserSession
from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.inventory.location import Location
from scanner_app.web.application import create_app
from scanner_app.web.current import work_date
from tests.passwords import PASSWORD, QUICK_HASH
from tests.web.conftest import Clock
from tests.web.page_client import PageClient

COOKIE = "scanner_session"


def sessions_in(database: Database) -> list[UserSession]:
    with database.read() as session:
        return list(session.scalars(select(UserSession).order_by(UserSession.id)))


def user_id_of(database: Database, user_name: str) -> int:
    with database.read() as session:
        return session.scalars(select(User.id).where(User.user_name == user_name)).one()


def test_the_cookie_is_kept_from_scripts_and_other_sites(visitor: PageClient) -> None:
    header = visitor.sign_in("WALT", PASSWORD).response.headers.getlist("Set-Cookie")
    [cookie] = [line for line in header if line.startswith(f"{COOKIE}=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie


def test_over_https_the_cookie_is_secure_and_says_so_by_its_name(
    settings: Settings, web_database: Database
) -> None:
    over_tls = dataclasses.replace(settings, public_url="https://localhost")
    client = PageClient(create_app(over_tls, web_database), "https://localhost")
    assert client.get("/sign-in").response.headers["Strict-Transport-Security"]
    cookies = client.sign_in("WALT", PASSWORD).response.headers.getlist("Set-Cookie")
    [cookie] = [line for line in cookies if line.startswith(f"__Host-{COOKIE}=")]
    assert "Secure" in cookie
    assert "HttpOnly" in cookie
    assert "Domain" not in cookie


def test_the_identity_changes_at_sign_in_and_at_sign_out(visitor: PageClient) -> None:
    visitor.get("/sign-in")
    before = visitor.cookie(COOKIE)
    visitor.sign_in("WALT", PASSWORD)
    during = visitor.cookie(COOKIE)
    visitor.post_form("/sign-out", visitor.get("/menu"))
    after = visitor.cookie(COOKIE)
    assert len({before, during, after}) == 3


def test_only_the_hash_of_the_identity_is_stored(
    worker: PageClient, web_database: Database
) -> None:
    identity = worker.cookie(COOKIE) or ""
    [kept] = sessions_in(web_database)
    assert kept.identity_hash == hashlib.sha256(identity.encode()).hexdigest().upper()


def test_signing_out_removes_the_row_so_that_a_copied_cookie_opens_nothing(
    app: Flask, worker: PageClient, web_database: Database
) -> None:
    identity = worker.cookie(COOKIE) or ""
    worker.post_form("/sign-out", worker.get("/menu"))
    assert sessions_in(web_database) == []
    thief = PageClient(app)
    thief.client.set_cookie(COOKIE, identity)
    assert thief.get("/").status == 303


def test_a_visitor_costs_no_row(visitor: PageClient, web_database: Database) -> None:
    visitor.get("/sign-in")
    assert sessions_in(web_database) == []


def test_a_disabled_user_is_out_at_the_next_request(
    worker: PageClient, web_database: Database, clock: Clock
) -> None:
    with_row_kept = update(User).where(User.user_name == "WALT").values(disabled=True)
    web_database.write(lambda session: session.execute(with_row_kept))
    assert worker.get("/").status == 303


def test_disabling_and_a_new_password_end_the_sessions_of_that_user_only(
    worker: PageClient, supervisor: PageClient, web_database: Database, clock: Clock
) -> None:
    walt, change = user_id_of(web_database, "WALT"), Change(clock.now, None)
    web_database.write(lambda session: set_password(session, walt, QUICK_HASH, change))
    assert worker.get("/").status == 303
    worker.sign_in("WALT", PASSWORD)
    web_database.write(lambda session: disable_user(session, walt, change))
    assert worker.get("/").status == 303
    assert supervisor.get("/").status == 200


def test_a_session_ends_after_a_shift_however_busy_it_is(worker: PageClient, clock: Clock) -> None:
    for _ in range(11):
        clock.advance(hours=1)
        assert worker.get("/").status == 200
    clock.advance(hours=1)
    assert worker.get("/").status == 303


def test_an_idle_session_ends_sooner_where_the_settings_say_so(
    settings: Settings, web_database: Database, clock: Clock
) -> None:
    app = create_app(dataclasses.replace(settings, session_idle_minutes=30), web_database, clock)
    client = PageClient(app)
    client.sign_in("WALT", PASSWORD)
    clock.advance(minutes=29)
    assert client.get("/").status == 200
    clock.advance(minutes=30)
    assert client.get("/").status == 303


def test_ended_sessions_of_the_user_go_at_sign_in(
    app: Flask, worker: PageClient, web_database: Database, clock: Clock
) -> None:
    clock.advance(hours=13)
    PageClient(app).sign_in("WALT", PASSWORD)
    assert len(sessions_in(web_database)) == 1


def test_a_get_writes_at_most_once_a_minute(
    worker: PageClient, web_database: Database, clock: Clock
) -> None:
    written: list[str] = []

    @event.listens_for(web_database.engine, "before_cursor_execute")
    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        written.append(statement)

    clock.advance(seconds=59)
    worker.get("/")
    worker.get("/menu")
    assert written == []
    clock.advance(seconds=1)
    worker.get("/")
    worker.get("/")
    assert [words.split()[0] for words in written] == ["BEGIN", "UPDATE"]


def test_a_page_comes_though_the_writer_is_busy(
    worker: PageClient, web_database: Database, clock: Clock
) -> None:
    clock.advance(minutes=5)
    with web_database.engine.begin():
        # The write waits for this one and gives up; the page must not.
        web_database._gate._wait_seconds = 0.01  # type: ignore[union-attr] # noqa: SLF001
        with web_database._gate.entered():  # type: ignore[union-attr] # noqa: SLF001
            assert worker.get("/").status == 200


def test_a_request_reads_its_session_and_user_once(
    worker: PageClient, web_database: Database
) -> None:
    read: list[str] = []

    @event.listens_for(web_database._reader, "before_cursor_execute")  # noqa: SLF001
    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        read.append(statement)

    worker.get("/menu")
    assert len([statement for statement in read if "user_session" in statement]) == 1
    assert len([statement for statement in read if "user_account" in statement]) == 1


def test_a_static_file_asks_the_database_nothing(
    worker: PageClient, web_database: Database
) -> None:
    read: list[str] = []

    @event.listens_for(web_database._reader, "before_cursor_execute")  # noqa: SLF001
    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        read.append(statement)

    assert worker.get("/static/css/base.css").status == 200
    assert read == []


@pytest.mark.parametrize("cookie", ["", "x" * 43, "no.session.at.all", "\u00e9" * 43])
def test_a_forged_cookie_is_a_visitors(app: Flask, cookie: str) -> None:
    client = PageClient(app)
    client.client.set_cookie(COOKIE, cookie)
    assert client.get("/").status == 303


def test_a_device_keeps_its_identity(visitor: PageClient) -> None:
    page = visitor.get("/sign-in")
    [cookie] = [
        line
        for line in page.response.headers.getlist("Set-Cookie")
        if line.startswith("scanner_device=")
    ]
    assert "HttpOnly" in cookie
    identity = visitor.cookie("scanner_device") or ""
    assert uuid.UUID(identity)
    visitor.sign_in("WALT", PASSWORD)
    assert visitor.cookie("scanner_device") == identity


def test_a_device_with_a_broken_identity_gets_a_new_one(visitor: PageClient) -> None:
    visitor.client.set_cookie("scanner_device", "forged")
    visitor.get("/sign-in")
    assert uuid.UUID(visitor.cookie("scanner_device") or "")


def test_the_work_date_is_the_date_at_the_location(app: Flask) -> None:
    with app.test_request_context():
        assert str(work_date(Location(code="WHITE", time_zone="Pacific/Auckland"))) == "2026-11-23"
        assert str(work_date(Location(code="SILVER", time_zone="UTC"))) == "2026-11-22"
