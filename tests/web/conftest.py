"""An app on a real database with two users and two locations, and a clock that tests set."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change, create_user
from scanner_app.access.user import Role
from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.inventory.location import Location
from scanner_app.warehouse.employee import assign_location
from tests.apps import app_of
from tests.database_copies import Places
from tests.passwords import PASSWORD, QUICK_HASH
from tests.web.page_client import PageClient

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


@pytest.fixture(scope="session")
def people_database(sqlite_template: Path, places: Places) -> tuple[Path, Database]:
    """A file with the people in it, and the one database that meets copy after copy of it."""
    folder = places.folder
    shutil.copyfile(sqlite_template, folder / "people.db")
    template = Database(f"sqlite:///{folder / 'people.db'}")
    template.write(add_people)
    template.close()
    return folder, Database(f"sqlite:///{folder / 'web.db'}", writer_wait_seconds=0.2)


@pytest.fixture
def web_database(people_database: tuple[Path, Database]) -> Iterator[Database]:
    folder, database = people_database
    for left in folder.glob("web.db*"):
        left.unlink()
    shutil.copyfile(folder / "people.db", folder / "web.db")
    yield database
    database.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_folder=tmp_path, database_url="", secret_key=SECRET_KEY)


@pytest.fixture
def app(settings: Settings, web_database: Database, clock: Clock) -> Flask:
    return app_of(settings, web_database, clock)


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
            password_hash=QUICK_HASH,
            change=change,
        )
    assign_location(session, user.id, "WHITE", change)
    session.flush()
    assign_location(session, user.id, "SILVER", change)
