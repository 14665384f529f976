"""Databases for packages: one without anything but who sets up, and one that is set up."""

from pathlib import Path

import pytest

from scanner_app.database import Database
from tests.configuration.gone_live_copies import GoneLive, apply_template
from tests.configuration.packages import add_package, add_user
from tests.database_copies import further_database, further_file


@pytest.fixture
def admin(database: Database) -> int:
    """Who asks for jobs, beside a package without tables."""
    user_id = add_user(database)
    add_package(database)
    return user_id


@pytest.fixture(scope="session")
def sqlite_gone_live(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> GoneLive:
    path = further_file(sqlite_template, tmp_path_factory.mktemp("gone_live"), "gone_live")
    return apply_template(f"sqlite:///{path}", str(path))


@pytest.fixture(scope="session")
def postgresql_gone_live(postgresql_server: str, postgresql_template: str) -> GoneLive:
    name = "template_gone_live"
    return apply_template(further_database(postgresql_server, postgresql_template, name), name)


@pytest.fixture
def gone_live(database: Database, request: pytest.FixtureRequest) -> int:
    """Who asks for jobs, where the package was applied: without lines and bin contents."""
    template: GoneLive = request.getfixturevalue(f"{database.dialect}_gone_live")
    return template.user_id
