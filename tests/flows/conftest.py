"""The demo warehouse behind the whole app, and people with handhelds who use it by HTTP only."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.warehouse.ledger_check import check_ledgers
from tests.apps import app_of
from tests.demo_copies import LOADED, DemoCopy
from tests.flows.handheld import Handheld

SECRET_KEY = "a key of the flow tests only, long enough"


@pytest.fixture
def database(demo_copy: DemoCopy) -> Database:
    """The flows happen in the demo, and so do the checks of it."""
    return demo_copy.database


@pytest.fixture
def app(database: Database, tmp_path: Path) -> Flask:
    settings = Settings(tmp_path, str(database.url), SECRET_KEY, demo=True)
    return app_of(settings, database, lambda: LOADED)


@pytest.fixture
def handheld(app: Flask, demo_copy: DemoCopy) -> Callable[[str], Handheld]:
    """Sign a user of the demo in on a new device."""

    def sign_in(user_name: str) -> Handheld:
        return Handheld(app, user_name, demo_copy.passwords[user_name])

    return sign_in


@pytest.fixture
def ledgers_are_clean_afterwards(database: Database) -> Iterator[None]:
    """Whatever a flow has done, every invariant of the ledgers holds."""
    yield
    with database.read() as session:
        assert check_ledgers(session) == []
