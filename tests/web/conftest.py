"""An app on a real database with two users and two locations, and a clock that tests set."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from scanner_app.access.passwords import hash_password
from scanner_app.access.sign_in import Change, create_user
from scanner_app.access.user import Role
from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.inventory.location import Location
from scanner_app.warehouse.employee import assign_location
from scanner_app.web.application import create_app
from tests.web.page_client import PageClient

PASSWORD = "a good long password"
# Made once: a hash takes a tenth of a second, as it should.
PASSWORD_HASH = hash_password(PASSWORD)
SECRET_KEY = "a key of tests only, long enough for the rule"


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def web_database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "web.db"
    shutil.copyfile(sqlite_template, path)
    database = Database(f"sqlite:///{path}", writer_wait_seconds=0.2)
    database.write(add_people)
    yield database
    database.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_folder=tmp_path, database_url="", secret_key=SECRET_KEY)


@pytest.fixture
def app(settings: Settings, web_database: Database, clock: Clock) -> Flask:
    return create_app(settings, web_database, clock)


@pytest.fixture
def visitor(app: Flask) -> PageClient:
    return PageClient(app)


@pytest.fixture
def worker(app: Flask) -> PageClient:
    client = PageClient(app)
    client.sign_in("WALT", PASSWORD)
    return client


@pytest.fixture
def supervisor(app: Flask) -> PageClient:
    client = PageClient(app)
    client.sign_in("SUE", PASSWORD)
    return client


def add_people(session: Session) -> None:
    """SUE, a supervisor, and WALT, a worker at WHITE (default) and SILVER."""
    session.add_all(
        [
            Location(code="SILVER", name="Silver yard", time_zone="UTC"),
            Location(code="WHITE", name="White hall", time_zone="Pacific/Auckland"),
        ]
    )
    change = Change(datetime(2026, 11, 1, tzinfo=UTC), None)
    for user_name, role in (("SUE", Role.SUPERVISOR), ("WALT", Role.WORKER)):
        user = create_user(
            session,
            user_name=user_name,
            full_name=user_name.title(),
            role=role,
            password_hash=PASSWORD_HASH,
            change=change,
        )
    assign_location(session, user.id, "WHITE", change)
    session.flush()
    assign_location(session, user.id, "SILVER", change)
