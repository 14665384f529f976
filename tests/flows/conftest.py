"""The demo warehouse behind the whole app, and people with handhelds who use it by HTTP only."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.demo.load import load_demo
from scanner_app.web.application import create_app
from tests.flows.handheld import Handheld

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SECRET_KEY = "a key of the flow tests only, long enough"


@pytest.fixture
def demo(database: Database) -> dict[str, str]:
    return load_demo(database, NOON)


@pytest.fixture
def app(database: Database, demo: dict[str, str], tmp_path: Path) -> Flask:
    settings = Settings(tmp_path, str(database.url), SECRET_KEY, demo=True)
    return create_app(settings, database, lambda: NOON)


@pytest.fixture
def handheld(app: Flask, demo: dict[str, str]) -> Callable[[str], Handheld]:
    """Sign a user of the demo in on a new device."""

    def sign_in(user_name: str) -> Handheld:
        return Handheld(app, user_name, demo[user_name])

    return sign_in
