"""Preview Posting: the entries that posting makes, before it makes them."""

import pytest
from sqlalchemy import func, select

from scanner_app.inventory.item_ledger import ItemApplicationEntry, ItemLedgerEntry
from scanner_app.warehouse.preview_posting import PreviewedEntry, preview_posting
from scanner_app.warehouse.set_up_item_journal_batch import find_item_journal_batch
from tests.builders import Warehouse, another_location
from tests.warehouse.item_journals import BATCH, add_batch, add_line, post_batch, posted
from tests.warehouse.journal_tracking import enter
from tests.warehouse.place_cards import refusal_of


@pytest.fixture(autouse=True)
def silver(white: Warehouse) -> Warehouse:
    """GOODS in lots that last a year and have warranty, at SILVER with the bin S-1."""
    add_batch(white)
    white.add_item(
        "GOODS",
        "lot",
        units={"BOX": 6},
        use_expiration_dates=True,
        expiration_calculation="1Y",
        warranty_date_formula="2Y",
    )
    return another_location(white, "SILVER", "S-1")


def preview(white: Warehouse) -> list[PreviewedEntry]:
    with white.database.read() as session:
        batch = find_item_journal_batch(session, BATCH)
        assert batch is not None
        return preview_posting(session, batch)


def test_what_is_previewed_is_what_is_posted(silver: Warehouse) -> None:
    add_line(silver, lot_no="L1", quantity="1", unit="BOX")
    add_line(silver, quantity="5")
    enter(silver, 20_000, lot_no="L2", quantity="2", expiration_date="2030-12-31")
    enter(silver, 20_000, lot_no="L3")
    shown = preview(silver)
    post_batch(silver)
    assert [
        (e.quantity_base, e.numbers.lot_no, str(e.expiration_date), str(e.warranty_date))
        for e in shown
    ] == [
        (e.quantity, e.lot_no, str(e.expiration_date), str(e.warranty_date)) for e in posted(silver)
    ]
    assert [str(e.expiration_date) for e in shown] == ["2027-11-23", "2030-12-31", "2027-11-23"]
    assert {(e.location, e.bin_code, e.line_no) for e in shown} == {
        ("SILVER", "S-1", 10_000),
        ("SILVER", "S-1", 20_000),
    }


def test_what_leaves_says_which_entries_it_is_taken_from(silver: Warehouse) -> None:
    for _ in range(2):
        add_line(silver, lot_no="L1", quantity="3")
    post_batch(silver)
    first, second = (entry.id for entry in posted(silver))
    add_line(silver, lot_no="L1", quantity="4", entry_type="Sale")
    [shown] = preview(silver)
    assert shown.quantity_base == -4
    applied = [(each.entry.item_ledger_entry_id, each.quantity) for each in shown.applied]
    assert applied == [(first, 3), (second, 1)]


def test_a_preview_writes_nothing(silver: Warehouse) -> None:
    add_line(silver, lot_no="L1")
    preview(silver)
    with silver.database.read() as session:
        for table in (ItemLedgerEntry, ItemApplicationEntry):
            assert session.scalar(select(func.count()).select_from(table)) == 0


def test_refused_lines_have_no_preview(silver: Warehouse) -> None:
    add_line(silver, lot_no="")
    add_line(silver, lot_no="L1", bin="")
    said = refusal_of(lambda: preview(silver), "LinesNotReady")
    assert "would refuse: 2" in said
