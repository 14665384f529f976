"""Workbooks of item journals stay when warehouse journals get theirs, and when these go again."""

from sqlalchemy import select

from scanner_app.database import Database
from scanner_app.migrations.upgrade import downgrade, upgrade
from scanner_app.warehouse.edited_warehouse_journal import lock_warehouse_journal
from scanner_app.warehouse.journal_workbook import (
    JournalWorkbook,
    WorkbookOwner,
    forget_workbooks,
)
from scanner_app.warehouse.publication_plan import RowAction
from tests.builders import build_warehouse
from tests.warehouse.warehouse_journals import BATCH, ITEM, Journal
from tests.warehouse.workbooks import actions, download, send, three_lines_of_goods


def test_a_file_that_was_downloaded_before_is_known_after(empty_database: Database) -> None:
    upgrade(empty_database)
    white = build_warehouse(empty_database)
    three_lines_of_goods(white)
    book = download(white)
    journal = Journal(white, ITEM)
    journal.add_batch()
    lock = lock_warehouse_journal(journal.key, BATCH)
    send(white, download(white, "OTHER", lock), lock)
    downgrade(empty_database, "0030")
    upgrade(empty_database)
    assert actions(white, book) == [RowAction.UNCHANGED] * 3
    with empty_database.read() as session:
        [kept] = session.scalars(select(JournalWorkbook)).all()
        assert (kept.key, kept.warehouse_journal_batch_id) == ("BOOK", None)


def test_no_id_of_a_workbook_is_given_out_again(empty_database: Database) -> None:
    upgrade(empty_database)
    white = build_warehouse(empty_database)
    three_lines_of_goods(white)
    download(white, "GONE")
    with empty_database.read() as session:
        gone = session.scalars(select(JournalWorkbook.id)).one()
    owner = WorkbookOwner(item_journal_batch_id=1)
    white.write(lambda session: forget_workbooks(session, owner))
    downgrade(empty_database, "0030")
    upgrade(empty_database)
    download(white)
    with empty_database.read() as session:
        assert session.scalars(select(JournalWorkbook.id)).one() > gone
