"""Counts and journals stay what they are when warehouse journals get more templates."""

from sqlalchemy import text

from scanner_app.database import Database
from scanner_app.migrations.upgrade import downgrade, upgrade
from tests.builders import build_warehouse
from tests.warehouse.counting import add_count, count_bin, register_count
from tests.warehouse.warehouse_journals import ITEM, RECLASSIFICATION, Journal

BATCHES = text("SELECT id, name, blind, template FROM warehouse_journal_batch ORDER BY id")
ON_COUNT = text(
    "SELECT b.name, c.state FROM bin_count c JOIN warehouse_journal_batch b ON b.id = c.batch_id"
    " ORDER BY c.id"
)


def test_a_count_keeps_its_bins_and_is_one_of_the_physical_inventory(
    empty_database: Database,
) -> None:
    upgrade(empty_database)
    white = build_warehouse(empty_database)
    Journal(white, ITEM).add_batch("GONE")
    first, second = add_count(white, "A", name="FIRST"), add_count(white, "B", "C", name="SECOND")
    count_bin(white, first, "A")
    register_count(white, first)
    downgrade(empty_database, "0023")
    upgrade(empty_database)
    physical = "Physical Inventory"
    with empty_database.read() as session:
        batches = [tuple(row) for row in session.execute(BATCHES)]
        bins = [tuple(row) for row in session.execute(ON_COUNT)]
    assert [(key, name, template) for key, name, _, template in batches] == [
        (first, "FIRST", physical),
        (second, "SECOND", physical),
    ]
    assert all(blind for _, _, blind, _ in batches)
    assert bins == [("FIRST", "Registered"), ("SECOND", "To count"), ("SECOND", "To count")]
    count_bin(white, second, "B")
    register_count(white, second)
    assert add_count(white, "A", name="THIRD") > second


def test_a_downgrade_takes_what_only_the_reclassification_journal_has(
    empty_database: Database,
) -> None:
    upgrade(empty_database)
    white = build_warehouse(empty_database)
    white.add_item("GOODS")
    for template in (ITEM, RECLASSIFICATION):
        journal = Journal(white, template)
        journal.add_batch()
        journal.add_line()
    counted = add_count(white, "A", name="FIRST")
    downgrade(empty_database, "0027")
    upgrade(empty_database)
    assert Journal(white, ITEM).line_nos() == [10_000]
    with empty_database.read() as session:
        batches = [(name, template) for _, name, _, template in session.execute(BATCHES)]
        bins = [tuple(row) for row in session.execute(ON_COUNT)]
    assert batches == [("FOUND", "Item"), ("FIRST", "Physical Inventory")]
    assert bins == [("FIRST", "To count")]
    count_bin(white, counted, "A")
    register_count(white, counted)
    Journal(white, RECLASSIFICATION).add_batch()
