"""The demo warehouse, loaded once per test process and copied for each test in milliseconds."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from scanner_app.barcodes.parser import parse_barcode
from scanner_app.barcodes.scanned_code import ScannedCode
from scanner_app.database import Database
from scanner_app.demo.catalogue import read_catalogue
from scanner_app.demo.load import load_demo
from scanner_app.scanning.resolve import Candidate, candidates_of
from tests.database_copies import KINDS_OF_DATABASE, address_of, administer, copied
from tests.scanning.floor import NOON, SETTINGS, Floor, Resolve
from tests.scanning.picks import Pick, picks_of


@pytest.fixture(scope="session")
def demo_sqlite_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    shutil.copyfile(sqlite_template, path)
    _load(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def demo_postgresql_template(postgresql_server: str, postgresql_template: str) -> str:
    name = "template_demo"
    administer(postgresql_server, f"CREATE DATABASE {name} TEMPLATE {postgresql_template}")
    _load(address_of(postgresql_server, name))
    return name


@pytest.fixture(params=KINDS_OF_DATABASE)
def floor_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database that holds the demo warehouse, on each of the two kinds."""
    with copied(request, tmp_path, "demo_sqlite_template", "demo_postgresql_template") as url:
        yield url


@pytest.fixture
def floor(floor_url: str) -> Iterator[Floor]:
    database = Database(floor_url)
    with database.read() as session:
        catalogue = read_catalogue(session, NOON)
    yield Floor(database, catalogue)
    database.close()


@pytest.fixture
def pick(floor: Floor) -> Pick:
    """Makes a pick, open on a device."""
    return picks_of(floor)


@pytest.fixture
def resolve(floor: Floor) -> Resolve:
    """Resolve a text as somebody does who stands at a location."""

    def candidates(text: str, location: str = "WHITE", later: int = 0) -> list[Candidate]:
        day = floor.catalogue.work_date + timedelta(days=later)
        parsed = parse_barcode(ScannedCode(text, "", "wedge"), day, SETTINGS)
        location_id = floor.catalogue.locations[location].id
        return floor.read(lambda s: candidates_of(s, parsed, location_id, day))

    return candidates


def _load(url: str) -> None:
    database = Database(url)
    load_demo(database, NOON)
    database.close()
