import pytest

from scanner_app.database import Database
from tests.builders import Warehouse, build_warehouse


@pytest.fixture
def white(database: Database) -> Warehouse:
    return build_warehouse(database)
