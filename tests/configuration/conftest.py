"""Databases for packages: one without anything but somebody who sets up."""

import pytest

from scanner_app.database import Database
from tests.configuration.packages import add_package, add_user


@pytest.fixture
def admin(database: Database) -> int:
    """Who asks for jobs, beside a package without tables."""
    user_id = add_user(database)
    add_package(database)
    return user_id
