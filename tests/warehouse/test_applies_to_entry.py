"""Fixed application: a line that names the entry it is taken from, and what stands against it."""

import pytest
from sqlalchemy import select

from scanner_app.inventory.item_ledger import ItemApplicationEntry, OpenItemLedgerEntry
from tests.builders import Warehouse, another_location
from tests.warehouse.item_journals import (
    add_batch,
    add_line,
    line_card,
    line_nos,
    post_batch,
    posted,
    problems,
)
from tests.warehouse.place_cards import refusal_of

OUT = {"entry_type": "Sale", "document_no": "D2"}


@pytest.fixture(autouse=True)
def stock(white: Warehouse) -> None:
    """Two entries of lot L1 with 3 each, the first older; then one of L2."""
    another_location(white, "SILVER", "S-1")
    white.add_item("GOODS", "lot")
    add_batch(white)
    for lot_no in ("L1", "L1", "L2"):
        add_line(white, lot_no=lot_no, quantity="3")
    post_batch(white)


def entry_nos(white: Warehouse) -> list[str]:
    return [str(entry.id) for entry in posted(white)]


def test_the_entry_that_is_named_is_taken_and_not_the_oldest(white: Warehouse) -> None:
    first, second, _ = entry_nos(white)
    add_line(white, lot_no="L1", quantity="2", applies_to_entry=second, **OUT)
    assert line_card(white, line_nos(white)[0])["applies_to_entry"] == second
    post_batch(white)
    [sale] = posted(white, "D2")
    row, application = OpenItemLedgerEntry, ItemApplicationEntry
    with white.database.read() as session:
        left = dict(session.execute(select(row.item_ledger_entry_id, row.remaining_quantity)).all())
        taken = session.scalars(
            select(application.inbound_item_entry_id).where(
                application.outbound_item_entry_id == sale.id
            )
        ).all()
    assert (left[int(first)], left[int(second)]) == (3, 1)
    assert taken == [int(second)]
    white.assert_sound()


@pytest.mark.parametrize(
    ("place", "fields", "refused"),
    [
        (1, {"lot_no": "L1", "quantity": "4"}, "AppliesToEntryTooLow"),
        (2, {"lot_no": "L1", "quantity": "1"}, "AppliesToEntryUnfit"),
        (0, {"lot_no": "L1", "quantity": "-1"}, "AppliesToEntryOfInbound"),
    ],
)
def test_an_entry_that_does_not_fit_is_refused(
    white: Warehouse, place: int, fields: dict[str, str], refused: str
) -> None:
    add_line(white, applies_to_entry=entry_nos(white)[place], **(OUT | fields))
    assert list(problems(white).values()) == [refused]
    refusal_of(lambda: post_batch(white), refused)


def test_two_lines_do_not_take_the_same_from_one_entry(white: Warehouse) -> None:
    first = entry_nos(white)[0]
    for _ in range(2):
        add_line(white, lot_no="L1", quantity="2", applies_to_entry=first, **OUT)
    assert list(problems(white).values()) == ["AppliesToEntryTooLow"]


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ("one", "EntryNoNotReadable"),
        ("-1", "EntryNoNotReadable"),
        ("9" * 16, "EntryNoNotReadable"),
        ("999999", "RecordNotFound"),
    ],
)
def test_what_is_no_entry_is_refused_while_it_is_typed(
    white: Warehouse, typed: str, refused: str
) -> None:
    refusal_of(lambda: add_line(white, lot_no="L1", applies_to_entry=typed, **OUT), refused)
