"""Publishing a workbook while others edit its journal: their work is neither undone nor lost."""

import pytest
from sqlalchemy.orm import Session

from scanner_app.warehouse.edited_item_journal import lock_item_journal
from scanner_app.warehouse.item_journal_lines import change_item_journal_line
from scanner_app.warehouse.publication_plan import RowAction
from scanner_app.warehouse.publish_workbook import Published, publish_workbook
from tests.builders import Warehouse
from tests.warehouse.item_journals import (
    BATCH,
    add_line,
    edit_line,
    line_card,
    line_nos,
    post_batch,
    remove_line,
)
from tests.warehouse.masters import DAY
from tests.warehouse.overtaking import ON_POSTGRESQL, overtaken
from tests.warehouse.place_cards import BY, refusal_of
from tests.warehouse.workbooks import (
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
GONE, REFUSED = RowAction.GONE, RowAction.REFUSED


@pytest.fixture(autouse=True)
def journal(white: Warehouse) -> None:
    three_lines_of_goods(white)


def test_lines_that_others_added_stay(white: Warehouse) -> None:
    book = download(white)
    add_line(white, lot_no="THEIRS")
    book.rows = book.rows[:1]
    assert publish(white, book) == Published(new=0, changed=0, deleted=2)
    assert [line_card(white, no)["lot_no"] for no in line_nos(white)] == ["L1", "THEIRS"]


def test_what_others_changed_stays_unless_the_file_changes_it_too(white: Warehouse) -> None:
    book = download(white)
    edit_line(white, 10_000, quantity="7")
    assert actions(white, book) == [UNCHANGED] * 3
    book.rows[0]["quantity"] = "8"
    assert faults(white, book) == [["LineChangedMeanwhile"], [], []]
    assert "Rows that cannot be lines: 1." in refusal_of(
        lambda: publish(white, book), "RowsRefused"
    )
    book.rows[0]["quantity"] = "7"
    assert actions(white, book) == [UNCHANGED] * 3


def test_publishing_leaves_what_others_changed_and_does_not_take_it_for_its_own(
    white: Warehouse,
) -> None:
    book = download(white)
    edit_line(white, 10_000, quantity="7")
    remove_line(white, 30_000)
    book.rows[1]["quantity"] = "5"
    publish(white, book)
    assert quantities(white) == {10_000: "7", 20_000: "5"}
    assert actions(white, book) == [UNCHANGED, UNCHANGED, GONE]
    book.rows[0]["quantity"] = "8"
    assert faults(white, book) == [["LineChangedMeanwhile"], [], []]


def test_a_line_that_others_changed_is_not_deleted(white: Warehouse) -> None:
    book = download(white)
    edit_line(white, 10_000, quantity="7")
    del book.rows[0]
    plan = plan_of(white, send(white, book))
    assert [deletion.fault.code for deletion in plan.deletions if deletion.fault] == [
        "LineChangedMeanwhile"
    ]
    refusal_of(lambda: publish(white, book), "RowsRefused")


def test_a_row_whose_line_is_gone_is_refused_once_it_is_edited(white: Warehouse) -> None:
    book = download(white)
    remove_line(white, 20_000)
    assert actions(white, book) == [UNCHANGED, GONE, UNCHANGED]
    book.rows[1]["quantity"] = "5"
    assert faults(white, book) == [[], ["RowOfGoneLine"], []]
    book.rows[1]["line_no"] = ""
    assert actions(white, book) == [UNCHANGED, NEW, UNCHANGED]


def test_lines_with_numbers_that_come_again_are_not_taken_for_those_of_the_file(
    white: Warehouse,
) -> None:
    book = download(white)
    post_batch(white)
    add_line(white, lot_no="LATER")
    book.rows = []
    assert not plan_of(white, send(white, book)).deletions


def test_what_was_not_seen_is_not_published(white: Warehouse) -> None:
    book = download(white)
    book.rows[0]["quantity"] = "11"
    upload_id = send(white, book)
    seen = plan_of(white, upload_id).digest
    edit_line(white, 10_000, quantity="11")
    refusal_of(lambda: publish_seen(white, upload_id, seen), "PlanChanged")


@ON_POSTGRESQL
def test_a_line_is_not_edited_while_its_workbook_is_published(white: Warehouse) -> None:
    book = download(white)
    book.rows[0]["quantity"] = "11"
    upload_id = send(white, book)
    seen = plan_of(white, upload_id).digest
    before = line_card(white, 10_000)

    def publish_it(session: Session) -> None:
        publish_workbook(session, lock_item_journal(BATCH), upload_id, seen, DAY, BY)

    def edit_it(session: Session) -> None:
        change_item_journal_line(session, BATCH, 10_000, before, before | {"quantity": "5"}, DAY)

    refused = overtaken(white, publish_it, edit_it)
    assert refused is not None
    assert refused.code == "CardChanged"
    assert line_card(white, 10_000)["quantity"] == "11"
