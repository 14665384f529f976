"""Journals and applications that are there stay when transfers come, and when they go again."""

from sqlalchemy import select, text

from scanner_app.database import Database
from scanner_app.inventory.item_journal import (
    ItemJournalBatch,
    ItemJournalLine,
    ItemJournalTemplate,
)
from scanner_app.inventory.item_ledger import ItemApplicationEntry
from scanner_app.migrations.upgrade import downgrade, upgrade
from tests.builders import another_location, build_warehouse, lot
from tests.warehouse.item_journals import (
    BATCH,
    add_batch,
    add_line,
    add_reclassification,
    line_card,
    line_nos,
    remove_line,
)
from tests.warehouse.journal_tracking import enter, parts


def test_lines_stay_and_transfers_go(empty_database: Database) -> None:
    upgrade(empty_database)
    white = build_warehouse(empty_database)
    silver = another_location(white, "SILVER", "S-1")
    goods = white.add_item("GOODS", "lot")
    silver.stock(goods, "S-1", 5, lot("L1"))
    add_batch(white)
    add_line(white, quantity="5")
    enter(white, lot_no="L1", quantity="2")
    add_line(white, lot_no="L9")
    add_reclassification(white, "RECLASS")
    add_line(white, "RECLASS", lot_no="L1", new_lot_no="L2")
    remove_line(white, 20_000)
    downgrade(empty_database, "0025")
    with empty_database.read() as session:
        assert session.execute(text("SELECT name FROM item_journal_batch")).scalars().all() == [
            BATCH
        ]
    upgrade(empty_database)
    with empty_database.read() as session:
        [batch] = session.scalars(select(ItemJournalBatch)).all()
        assert batch.template is ItemJournalTemplate.ITEM
        [applied] = session.scalars(select(ItemApplicationEntry)).all()
        assert (applied.quantity, applied.transferred_from_entry_id) == (5, None)
    assert line_nos(white) == [10_000]
    assert line_card(white, 10_000)["new_lot_no"] == ""
    assert parts(white) == {"L1": 2}


def test_no_id_of_a_line_is_given_out_again(empty_database: Database) -> None:
    upgrade(empty_database)
    white = build_warehouse(empty_database)
    another_location(white, "SILVER", "S-1")
    white.add_item("GOODS")
    add_batch(white)
    for _ in range(3):
        add_line(white)
    remove_line(white, 30_000)
    downgrade(empty_database, "0026")
    upgrade(empty_database)
    add_line(white)
    with empty_database.read() as session:
        last = session.scalars(select(ItemJournalLine.id).order_by(ItemJournalLine.id)).all()[-1]
    assert last == 4
