"""Edit in Excel for warehouse journals: rows become the lines that typing them would make."""

from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from scanner_app.access.change_log import ChangeLogEntry
from scanner_app.inventory.location import Location
from scanner_app.warehouse.edited_warehouse_journal import lock_warehouse_journal
from scanner_app.warehouse.journal_workbook import JournalUpload, JournalWorkbook
from scanner_app.warehouse.publication_plan import RowAction
from scanner_app.warehouse.publish_workbook import Published
from scanner_app.warehouse.warehouse_journal import WarehouseJournalTemplate
from tests.builders import Warehouse, another_location
from tests.warehouse.place_cards import refusal_of
from tests.warehouse.warehouse_journals import (
    BATCH,
    ITEM,
    PHYSICAL_INVENTORY,
    RECLASSIFICATION,
    Journal,
)
from tests.warehouse.workbooks import Book, actions, download, faults, plan_of, publish, send

NEW, CHANGED, UNCHANGED = RowAction.NEW, RowAction.CHANGED, RowAction.UNCHANGED
GONE, REFUSED = RowAction.GONE, RowAction.REFUSED


@dataclass
class Desk:
    """Somebody who edits the batch FOUND of one journal, which has two lines of GOODS."""

    white: Warehouse
    journal: Journal

    def __post_init__(self) -> None:
        self.lock = lock_warehouse_journal(self.journal.key, BATCH)

    def download(self) -> Book:
        book = download(self.white, lock=self.lock)
        bins = dict(zip(self.journal.kind.bins, ("A", "B"), strict=False))
        book.new = {"item_no": "GOODS", "quantity": "1"} | bins
        return book

    def actions(self, book: Book) -> list[RowAction]:
        return actions(self.white, book, self.lock)

    def faults(self, book: Book) -> list[list[str]]:
        return faults(self.white, book, self.lock)

    def publish(self, book: Book) -> Published:
        return publish(self.white, book, self.lock)

    def quantities(self) -> dict[int, str]:
        return {no: self.journal.line_card(no)["quantity"] for no in self.journal.line_nos()}


@pytest.fixture(params=list(WarehouseJournalTemplate), ids=lambda template: template.value)
def desk(white: Warehouse, request: pytest.FixtureRequest) -> Desk:
    white.add_item("GOODS", "lot")
    return desk_of(white, request.param)


def desk_of(white: Warehouse, template: WarehouseJournalTemplate) -> Desk:
    journal = Journal(white, template)
    journal.add_batch()
    for number in (1, 2):
        journal.add_line(lot_no=f"L{number}", quantity=str(number))
    return Desk(white, journal)


def test_a_file_that_nobody_edited_changes_nothing(desk: Desk) -> None:
    book = desk.download()
    assert desk.actions(book) == [UNCHANGED, UNCHANGED]
    refusal_of(lambda: desk.publish(book), "NothingToPublish")


def test_rows_are_added_changed_and_deleted(desk: Desk) -> None:
    book = desk.download()
    book.rows[0]["quantity"] = "11"
    del book.rows[1]
    book.add(lot_no="L4", quantity="4")
    assert desk.publish(book) == Published(new=1, changed=1, deleted=1)
    assert desk.quantities() == {10_000: "11", 30_000: "4"}
    assert desk.journal.line_card(30_000)["whse_document_no"] == "D1"


def test_the_same_file_twice_changes_nothing(desk: Desk) -> None:
    book = desk.download()
    book.rows[0]["quantity"] = "11"
    book.rows[1]["unit"] = ""
    book.add(lot_no="L4")
    desk.publish(book)
    assert desk.actions(book) == [UNCHANGED] * 3


def test_a_line_that_others_changed_is_not_written_over(desk: Desk) -> None:
    book = desk.download()
    book.rows[0]["quantity"] = "11"
    desk.journal.edit_line(10_000, quantity="5")
    assert desk.faults(book) == [["LineChangedMeanwhile"], []]
    refusal_of(lambda: desk.publish(book), "RowsRefused")
    assert desk.quantities() == {10_000: "5", 20_000: "2"}


def test_a_row_is_tested_as_lightly_as_a_line_that_is_typed(desk: Desk) -> None:
    [bin_, *_] = desk.journal.kind.bins
    book = desk.download()
    book.add(**{bin_: "NO-BIN"})
    book.add(**{bin_: "ADJ"})
    book.add(quantity="0")
    book.add(item_no="")
    book.add(lot_no="", **{bin_: ""})
    assert desk.faults(book) == [
        [],
        [],
        ["RecordNotFound"],
        ["AdjustmentBinTyped"],
        ["QuantityZero"],
        ["NameMissing"],
        [],
    ]


def test_the_first_document_number_comes_from_the_series_of_the_journal(desk: Desk) -> None:
    book = desk.download()
    book.rows.clear()
    book.add(lot_no="L8", whse_document_no="")
    book.add(lot_no="L9", whse_document_no="")
    for line_no in (10_000, 20_000):
        desk.journal.remove_line(line_no)
    desk.publish(book)
    first, second = (desk.journal.line_card(no) for no in (10_000, 20_000))
    assert first["whse_document_no"] == second["whse_document_no"] != ""


def test_an_edited_line_without_a_document_gets_that_of_the_last_line(desk: Desk) -> None:
    book = desk.download()
    book.rows[0]["whse_document_no"] = ""
    desk.publish(book)
    assert desk.journal.line_card(10_000)["whse_document_no"] == "D1"


def test_publishing_is_written_down_on_the_card_of_the_batch(desk: Desk) -> None:
    book = desk.download()
    book.add(lot_no="L4")
    desk.publish(book)
    with desk.white.database.read() as session:
        of_batch = select(ChangeLogEntry).where(ChangeLogEntry.field_name == "Edit in Excel")
        entry = session.scalars(of_batch).one()
        location = desk.white.location.code
        assert entry.record_name == f"{location} {desk.journal.key.template.value} {BATCH}"
        assert entry.new_value == "book.xlsx: +1 ~0 -0"


def test_a_batch_takes_what_it_remembers_of_workbooks_with_it(desk: Desk) -> None:
    book = desk.download()
    book.rows.clear()
    desk.publish(book)
    send(desk.white, book, desk.lock)
    desk.journal.remove_batch()
    with desk.white.database.read() as session:
        for table in (JournalUpload, JournalWorkbook):
            assert session.scalar(select(func.count()).select_from(table)) == 0


def test_a_location_without_directed_work_takes_no_file(desk: Desk) -> None:
    book = desk.download()
    location_id = desk.white.location.id
    desk.white.write(
        lambda session: setattr(
            session.get_one(Location, location_id), "directed_put_away_and_pick", False
        )
    )
    refusal_of(lambda: send(desk.white, book, desk.lock), "DirectedPutAwayAndPickOff")


def test_a_workbook_of_another_journal_is_refused_by_name(white: Warehouse) -> None:
    white.add_item("GOODS", "lot")
    found, other = desk_of(white, ITEM), desk_of(white, PHYSICAL_INVENTORY)
    book = found.download()
    said = refusal_of(lambda: send(white, book, other.lock), "WorkbookNotOfBatch")
    assert "book.xlsx was not downloaded from FOUND, or more than a year ago." in said


def test_a_batch_of_the_same_name_elsewhere_takes_no_row_of_it(white: Warehouse) -> None:
    white.add_item("GOODS", "lot")
    book = desk_of(white, ITEM).download()
    there = another_location(white, "THERE", "A", directed_put_away_and_pick=True)
    journal = Journal(there, ITEM)
    journal.add_batch()
    lock = lock_warehouse_journal(journal.key, BATCH)
    refusal_of(lambda: send(white, book, lock), "WorkbookNotOfBatch")


def test_a_new_reclassification_keeps_the_numbers_that_it_does_not_call_anew(
    white: Warehouse,
) -> None:
    white.add_item("GOODS", "lot")
    desk = desk_of(white, RECLASSIFICATION)
    book = desk.download()
    book.add(lot_no="L4", new_lot_no="")
    book.add(lot_no="L5", new_lot_no="L6")
    desk.publish(book)
    cards = [desk.journal.line_card(no) for no in (30_000, 40_000)]
    assert [card["new_lot_no"] for card in cards] == ["L4", "L6"]
    assert desk.actions(book) == [UNCHANGED] * 4


def test_rows_that_were_registered_are_known_again(white: Warehouse) -> None:
    white.add_item("GOODS", "lot")
    desk = desk_of(white, ITEM)
    book = desk.download()
    book.add(lot_no="L4")
    desk.publish(book)
    desk.journal.register()
    assert desk.actions(book) == [GONE] * 3
    assert not plan_of(white, send(white, book, desk.lock), desk.lock).changes
