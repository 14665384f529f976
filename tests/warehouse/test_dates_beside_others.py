"""Two registrations at the same moment never give one number two expiration dates."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from scanner_app.warehouse.register_manual_lines import register_manual_lines
from tests.builders import Warehouse, days, lot
from tests.warehouse.masters import Goods
from tests.warehouse.overtaking import ON_POSTGRESQL, overtaken
from tests.warehouse.warehouse_journals import BATCH, ITEM, RECLASSIFICATION, Journal

pytestmark = ON_POSTGRESQL


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    """GOODS, of whose lot L1 five lie in A."""
    goods = white.add_item("GOODS", "lot", use_expiration_dates=True)
    white.stock(goods, "A", 5, lot("L1"), expiration_date=days(9))
    return goods


@pytest.fixture
def found(white: Warehouse, goods: Goods) -> Journal:
    """One more of a lot that nobody knows yet is found in C."""
    journal = Journal(white, ITEM)
    journal.add_batch()
    journal.add_line(lot_no="NEW", bin="C", expiration_date=str(days(7)))
    return journal


@pytest.fixture
def renamed(white: Warehouse, goods: Goods) -> Journal:
    """L1 is called by the same number, and keeps its own date."""
    journal = Journal(white, RECLASSIFICATION)
    journal.add_batch()
    journal.add_line(lot_no="L1", new_lot_no="NEW", to_bin="A", quantity="5")
    return journal


def test_a_number_that_comes_in_meanwhile_keeps_its_date(
    white: Warehouse, found: Journal, renamed: Journal
) -> None:
    refused = overtaken(white, registration(found), registration(renamed))
    assert refused is not None
    assert refused.code == "ExpirationDateWaits"
    white.assert_sound()


def test_a_number_that_is_called_so_meanwhile_keeps_its_date(
    white: Warehouse, found: Journal, renamed: Journal
) -> None:
    refused = overtaken(white, registration(renamed), registration(found))
    assert refused is not None
    assert refused.code == "ExpirationDateDiffers"
    white.assert_sound()


def registration(journal: Journal) -> Callable[[Session], None]:
    def register(session: Session) -> None:
        register_manual_lines(session, journal.key, BATCH, journal.white.by)

    return register
