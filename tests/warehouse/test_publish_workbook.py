"""Publishing a workbook: what becomes of each row, others' changes, and the same file twice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from scanner_app.access.change_log import ChangeLogEntry
from scanner_app.inventory.item_journal import ItemJournalBatch
from scanner_app.warehouse import journal_upload
from scanner_app.warehouse.edited_item_journal import lock_item_journal
from scanner_app.warehouse.journal_workbook import JournalUpload, JournalWorkbook
from scanner_app.warehouse.publication_plan import RowAction
from scanner_app.warehouse.publish_workbook import Published
from scanner_app.warehouse.set_up_item_journal_batch import delete_item_journal_batch
from tests.builders import Warehouse
from tests.warehouse.item_journals import (
    BATCH,
    add_batch,
    add_line,
    line_card,
    post_batch,
    posted,
)
from tests.warehouse.place_cards import BY, refusal_of
from tests.warehouse.workbooks import (
    Book,
    actions,
    download,
    faults,
    plan_of,
    publish,
    publish_seen,
    quantities,
    send,
    three_lines_of_goods,
)

NEW, CHANGED, UNCHANGED = RowAction.NEW, RowAction.CHANGED, RowAction.UNCHANGED
LONG_AGO = BY.changed_at - timedelta(days=366)
GONE, REFUSED = RowAction.GONE, RowAction.REFUSED


@pytest.fixture(autouse=True)
def journal(white: Warehouse) -> None:
    three_lines_of_goods(white)


def test_a_file_that_nobody_edited_changes_nothing(white: Warehouse) -> None:
    book = download(white)
    assert actions(white, book) == [UNCHANGED, UNCHANGED, UNCHANGED]
    refusal_of(lambda: publish(white, book), "NothingToPublish")


def test_rows_are_added_changed_and_deleted(white: Warehouse) -> None:
    book = download(white)
    book.rows[0]["quantity"] = "11"
    del book.rows[1]
    book.add(lot_no="L4", quantity="4", document_no="")
    plan = plan_of(white, send(white, book))
    assert [row.action for row in plan.rows] == [CHANGED, UNCHANGED, NEW]
    assert plan.rows[0].changes == {"quantity": ("1", "11")}
    assert [deletion.line.line_no for deletion in plan.deletions] == [20_000]
    assert publish(white, book) == Published(new=1, changed=1, deleted=1)
    assert quantities(white) == {10_000: "11", 30_000: "3", 40_000: "4"}
    assert line_card(white, 40_000)["document_no"] == "D1"


def test_the_same_file_twice_changes_nothing(white: Warehouse) -> None:
    book = download(white)
    book.rows[0]["quantity"] = "11"
    book.rows[1]["unit"] = ""
    del book.rows[2]
    book.add(lot_no="L4")
    book.add(lot_no="L4")
    publish(white, book)
    assert actions(white, book) == [UNCHANGED] * 4
    assert not plan_of(white, send(white, book)).changes


def test_the_same_file_after_its_lines_were_posted_changes_nothing(white: Warehouse) -> None:
    book = download(white)
    book.rows[0]["quantity"] = "11"
    book.add(lot_no="L4")
    publish(white, book)
    post_batch(white)
    assert actions(white, book) == [GONE] * 4
    add_line(white, lot_no="OTHER")
    assert actions(white, book) == [GONE] * 4
    assert not plan_of(white, send(white, book)).deletions


def test_a_row_that_was_published_and_is_edited_again_changes_its_line(white: Warehouse) -> None:
    book = download(white)
    book.rows[0]["quantity"] = "11"
    publish(white, book)
    book.rows[0]["quantity"] = "1"
    assert publish(white, book).changed == 1
    assert line_card(white, 10_000)["quantity"] == "1"


def test_a_new_row_that_is_edited_again_takes_the_place_of_its_line(white: Warehouse) -> None:
    book = download(white)
    book.add(lot_no="L4", quantity="4")
    publish(white, book)
    book.rows[3]["quantity"] = "5"
    assert publish(white, book) == Published(new=1, changed=0, deleted=1)
    assert list(quantities(white).values()) == ["1", "2", "3", "5"]


def test_a_row_that_was_copied_is_a_new_line(white: Warehouse) -> None:
    book = download(white)
    book.rows.append(book.rows[0] | {"lot_no": "L9"})
    assert actions(white, book) == [UNCHANGED, UNCHANGED, UNCHANGED, NEW]
    publish(white, book)
    assert actions(white, book) == [UNCHANGED] * 4


def test_more_lines_than_are_edited_at_once_are_not_downloaded(
    white: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_upload, "LINES_MAX", 2)
    said = refusal_of(lambda: download(white), "JournalTooLong")
    assert "more than 2 lines" in said


def test_every_fault_of_every_row_is_named(white: Warehouse) -> None:
    book = download(white)
    book.rows[0] |= {"quantity": "many", "expiration_date": "soon"}
    book.rows[1]["item_no"] = "NONE"
    book.rows[2]["location"] = "WHITE"
    book.add(quantity="0")
    assert faults(white, book) == [
        ["QuantityNotReadable", "DateNotReadable"],
        ["RecordNotFound"],
        ["DirectedLocation"],
        ["QuantityZero"],
    ]


def test_a_row_without_an_entry_type_comes_in(white: Warehouse) -> None:
    book = Book("", [])
    book.add(lot_no="L9")
    publish(white, book)
    assert line_card(white, 40_000)["entry_type"] == "Positive Adjmt."


@pytest.mark.parametrize("typed", ["", "new", "77", "1e4", "9" * 30, "٣"])
def test_a_number_that_is_no_line_of_the_workbook_makes_a_new_line(
    white: Warehouse, typed: str
) -> None:
    book = download(white)
    book.add(lot_no="L9", line_no=typed)
    assert actions(white, book) == [UNCHANGED, UNCHANGED, UNCHANGED, NEW]


def test_rows_from_elsewhere_are_added_and_delete_nothing(white: Warehouse) -> None:
    book = Book("", [])
    book.add(lot_no="L8")
    book.add(lot_no="L9")
    assert publish(white, book) == Published(new=2, changed=0, deleted=0)
    assert actions(white, book) == [UNCHANGED, UNCHANGED]
    post_batch(white)
    assert actions(white, book) == [GONE, GONE]
    assert len(posted(white)) == 5


def test_a_workbook_of_another_batch_is_refused_by_name(white: Warehouse) -> None:
    add_batch(white, "OTHER")
    book = download(white)
    said = refusal_of(lambda: send(white, book, lock_item_journal("OTHER")), "WorkbookNotOfBatch")
    assert "book.xlsx was not downloaded from OTHER, or more than a year ago." in said


def test_a_workbook_is_forgotten_after_a_year(white: Warehouse) -> None:
    book = download(white)
    send(white, book)
    white.write(lambda session: session.execute(update(JournalWorkbook).values(made_at=LONG_AGO)))
    download(white, "BOOK-2")
    refusal_of(lambda: send(white, book), "WorkbookNotOfBatch")
    with white.database.read() as session:
        assert [each.key for each in session.scalars(select(JournalWorkbook))] == ["BOOK-2"]
        assert session.scalar(select(func.count()).select_from(JournalUpload)) == 0


@pytest.mark.parametrize("key", ["BO\0OK", "B" * 65])
def test_a_key_that_no_workbook_has_is_refused_by_name(white: Warehouse, key: str) -> None:
    book = replace(download(white), key=key)
    refusal_of(lambda: send(white, book), "WorkbookNotOfBatch")


def test_a_file_that_was_published_does_not_wait_any_more(white: Warehouse) -> None:
    book = download(white)
    book.rows[0]["quantity"] = "11"
    upload_id = send(white, book)
    seen = plan_of(white, upload_id).digest
    publish_seen(white, upload_id, seen)
    refusal_of(lambda: publish_seen(white, upload_id, seen), "UploadGone")


def test_one_file_of_a_person_waits_in_a_batch(white: Warehouse) -> None:
    first = send(white, download(white))
    second = send(white, download(white, "BOOK-2"))
    assert plan_of(white, second).rows
    refusal_of(lambda: plan_of(white, first), "UploadGone")


def test_publishing_is_written_down_on_the_card_of_the_batch(white: Warehouse) -> None:
    book = download(white)
    book.add(lot_no="L4")
    publish(white, book)
    with white.database.read() as session:
        entry = session.scalars(
            select(ChangeLogEntry).where(ChangeLogEntry.field_name == "Edit in Excel")
        ).one()
        assert (entry.record_name, entry.new_value) == (BATCH, "book.xlsx: +1 ~0 -0")


def test_a_batch_takes_what_it_remembers_of_workbooks_with_it(white: Warehouse) -> None:
    add_batch(white, "OTHER")
    other = lock_item_journal("OTHER")
    send(white, download(white, lock=other), other)
    white.write(lambda session: delete_item_journal_batch(session, "OTHER", BY))
    with white.database.read() as session:
        for table in (JournalUpload, JournalWorkbook):
            assert session.scalar(select(func.count()).select_from(table)) == 0
        names = select(ItemJournalBatch.name).where(ItemJournalBatch.name == "OTHER")
        assert session.scalar(names) is None
