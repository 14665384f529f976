"""Select Entries: what is on inventory, what others ask for, and what a line takes."""

import pytest

from tests.builders import Warehouse, another_location, lot, serial
from tests.warehouse.item_journals import add_batch, add_line, line_nos, post_batch
from tests.warehouse.journal_tracking import enter, entries, parts, select
from tests.warehouse.place_cards import refusal_of

OUT = {"entry_type": "Negative Adjmt."}


@pytest.fixture(autouse=True)
def stock(white: Warehouse) -> None:
    """5 of L1 and 3 of L2 on inventory, and a line that takes 6."""
    add_batch(white)
    another_location(white, "SILVER", "S-1")
    white.add_item("GOODS", "lot", use_expiration_dates=True)
    add_line(white, lot_no="L1", quantity="5", expiration_date="2030-12-31")
    add_line(white, lot_no="L2", quantity="3", expiration_date="2031-12-31")
    post_batch(white)
    add_line(white, quantity="6", **OUT)


def listed(white: Warehouse) -> list[tuple[str, int, int, int, int]]:
    return [
        (
            row.numbers.lot_no,
            int(row.total),
            int(row.requested),
            int(row.selected),
            int(row.available),
        )
        for row in entries(white)
    ]


def test_what_is_on_inventory_is_listed_with_what_is_asked_of_it(white: Warehouse) -> None:
    add_line(white, quantity="2", lot_no="L1", **OUT)
    add_line(white, quantity="-1", lot_no="L2", entry_type="Positive Adjmt.")
    add_line(white, quantity="9", lot_no="L1")
    enter(white, lot_no="L1", quantity="1")
    assert listed(white) == [("L1", 5, 2, 1, 2), ("L2", 3, 1, 0, 2)]
    assert [str(row.expiration_date) for row in entries(white)] == ["2030-12-31", "2031-12-31"]


def test_numbers_on_tracking_lines_of_others_are_asked_for_too(white: Warehouse) -> None:
    add_line(white, quantity="4", **OUT)
    enter(white, 20_000, lot_no="L1", quantity="3")
    assert listed(white) == [("L1", 5, 3, 0, 2), ("L2", 3, 0, 0, 3)]


def test_ticking_takes_what_is_available_until_the_line_has_its_quantity(
    white: Warehouse,
) -> None:
    select(white, lot("L1"), lot("L2"))
    assert parts(white) == {"L1": 5, "L2": 1}
    post_batch(white)
    assert line_nos(white) == []
    white.assert_sound()


def test_a_serial_no_is_one(white: Warehouse) -> None:
    white.add_item("DRILLS", "serial")
    add_line(white, item_no="DRILLS", serial_no="S1", quantity="1")
    post_batch_of_drills(white)
    add_line(white, item_no="DRILLS", quantity="2", **OUT)
    [entry] = entries(white, line_nos(white)[-1])
    assert entry.numbers == serial("S1")
    select(white, serial("S1"), line_no=line_nos(white)[-1])
    assert parts(white, line_nos(white)[-1]) == {"S1": 1}


def post_batch_of_drills(white: Warehouse) -> None:
    """The line of the lots is not complete: it gets its numbers first."""
    select(white, lot("L1"), lot("L2"))
    post_batch(white)


def test_what_is_not_available_is_refused(white: Warehouse) -> None:
    add_line(white, quantity="5", lot_no="L1", **OUT)
    refusal_of(lambda: select(white, lot("L1")), "NothingAvailable")
    refusal_of(lambda: select(white, lot("L9")), "NothingAvailable")
    refusal_of(lambda: select(white), "NothingSelected")
    assert parts(white) == {}


def test_a_line_that_has_its_numbers_takes_no_more(white: Warehouse) -> None:
    enter(white, lot_no="L1", quantity="5")
    enter(white, lot_no="L2", quantity="1")
    refusal_of(lambda: select(white, lot("L2")), "LineHasItsNumbers")


def test_a_line_that_brings_stock_in_has_nothing_to_select(white: Warehouse) -> None:
    add_line(white, quantity="2")
    refusal_of(lambda: select(white, lot("L1"), line_no=20_000), "EntriesForInboundLine")


def test_the_list_is_read_in_parts(white: Warehouse) -> None:
    assert [row.numbers.lot_no for row in entries(white, rows_max=1)] == ["L1"]
