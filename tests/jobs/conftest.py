"""A warehouse for the jobs that need no demo, and a journal that takes three parts."""

import pytest

from tests.builders import Warehouse, another_location
from tests.warehouse.item_journals import add_batch, add_line, parts_of
from tests.warehouse.masters import Goods


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    """What the lines of the journal are of."""
    return white.add_item("GOODS", "lot")


@pytest.fixture
def silver(white: Warehouse, goods: Goods, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """BALANCES with five lines, and parts of two."""
    add_batch(white)
    silver = another_location(white, "SILVER", "S-1")
    for number in range(5):
        add_line(silver, lot_no=f"L{number}")
    parts_of(monkeypatch, 2)
    return silver
