"""A warehouse for the jobs that need no demo."""

import pytest

from scanner_app.database import Database
from tests.builders import Warehouse, build_warehouse


@pytest.fixture
def white(database: Database) -> Warehouse:
    """The directed location WHITE."""
    return build_warehouse(database)
