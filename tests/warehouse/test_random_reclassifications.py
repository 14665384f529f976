"""Random reclassification lines: Check says what Register does, and both ledgers stay in step."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from scanner_app.inventory.item_ledger import ItemLedgerEntry
from scanner_app.warehouse.warehouse_ledger import WarehouseEntry
from tests.builders import Warehouse, days, lot, serial
from tests.warehouse.masters import Goods
from tests.warehouse.place_cards import refusal_of
from tests.warehouse.warehouse_journals import ITEM, RECLASSIFICATION, Journal

BINS = st.sampled_from("ABC")
DATES = st.sampled_from(["", "", str(days(5)), str(days(9))])
OF_LOTS = st.fixed_dictionaries(
    {
        "item_no": st.just("LOTS"),
        "lot_no": st.sampled_from(["L1", "L2"]),
        "new_lot_no": st.sampled_from(["", "L1", "L2", "L3"]),
        "new_expiration_date": DATES,
        "quantity": st.sampled_from(["1", "2", "5"]),
        "unit": st.sampled_from(["", "", "BOX"]),
    }
)
OF_SERIALS = st.fixed_dictionaries(
    {
        "item_no": st.just("SERIALS"),
        "serial_no": st.sampled_from(["S1", "S2", "S3"]),
        "new_serial_no": st.sampled_from(["", "S1", "S2", "S3"]),
    }
)
OF_PLAIN = st.fixed_dictionaries(
    {"item_no": st.just("PLAIN"), "quantity": st.sampled_from(["1", "4"])}
)
LINES = st.tuples(st.one_of(OF_LOTS, OF_LOTS, OF_SERIALS, OF_PLAIN), BINS, BINS).map(
    lambda drawn: drawn[0] | {"from_bin": drawn[1], "to_bin": drawn[2]}
)


def fill(white: Warehouse) -> list[Goods]:
    """Stock of three items in three bins, and a difference that waits for the sync."""
    lots = white.add_item("LOTS", "lot", units={"BOX": 6}, use_expiration_dates=True)
    serials, plain = white.add_item("SERIALS", "serial"), white.add_item("PLAIN")
    for bin_code in "ABC":
        white.stock(plain, bin_code, 9)
        for number in ("L1", "L2"):
            white.stock(lots, bin_code, 9, lot(number), expiration_date=days(9))
            white.stock(lots, bin_code, 6, lot(number), unit="BOX", expiration_date=days(9))
    for bin_code, number in (("A", "S1"), ("B", "S2")):
        white.stock(serials, bin_code, 1, serial(number))
    found = Journal(white, ITEM)
    found.add_batch()
    found.add_line(item_no="LOTS", lot_no="L1", expiration_date=str(days(9)))
    found.add_line(item_no="PLAIN", bin="B", quantity="-2")
    found.register()
    return [lots, serials, plain]


@pytest.mark.slow
def test_random_lines_leave_both_ledgers_in_step(white: Warehouse) -> None:
    goods = fill(white)
    journal = Journal(white, RECLASSIFICATION)
    journal.add_batch()
    waiting = in_bin(white, goods, "ADJ")
    registered: list[WarehouseEntry] = []

    @settings(
        max_examples=60,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(LINES, min_size=1, max_size=4))
    def compare(lines: list[dict[str, Any]]) -> None:
        for line in lines:
            journal.add_line(**line)
        while problems := journal.problems():
            refusal_of(journal.register, next(iter(problems.values())))
            for line_no in problems:
                journal.remove_line(line_no)
            if not journal.line_nos():
                return
        registered.extend(journal.entries(journal.register().no))
        white.assert_sound()

    compare()
    assert len(registered) > 50
    assert transfers(white) > 10
    assert in_bin(white, goods, "ADJ") == waiting


def transfers(white: Warehouse) -> int:
    """How many item ledger entries tell of a change of numbers or dates."""
    of_type = ItemLedgerEntry.entry_type == "Transfer"
    with white.database.read() as session:
        found = session.scalar(select(func.count()).select_from(ItemLedgerEntry).where(of_type))
    return int(found or 0)


def in_bin(white: Warehouse, goods: list[Goods], bin_code: str) -> list[dict[Any, Any]]:
    """What a bin holds of each item."""
    return [
        {key: held for key, held in white.in_bins(each).items() if key[0] == bin_code}
        for each in goods
    ]
