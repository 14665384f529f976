"""Applying lines: each becomes one line of its journal, once, whatever comes of that line."""

import pytest
from sqlalchemy import delete

from scanner_app.access.sign_in import Change
from scanner_app.configuration.line_journals import JOURNALS
from scanner_app.database import Database
from scanner_app.inventory.item_journal import ItemJournalLine, ItemJournalTemplate
from scanner_app.warehouse.item_journal_fields import batch_fields
from scanner_app.warehouse.record_card import blank_card
from scanner_app.warehouse.record_refusals import RecordUnknown
from scanner_app.warehouse.set_up_item_journal_batch import create_item_journal_batch
from tests.configuration.go_live import (
    BATCHES,
    GO_LIVE,
    LINES,
    WHSE_LINES,
    with_rows,
    without,
)
from tests.configuration.packages import (
    Rows,
    add_package,
    book,
    counts,
    job_of,
    lines,
    request,
    run,
    send,
    told,
    work,
)
from tests.warehouse.masters import MOMENT


def test_a_line_that_was_posted_or_deleted_does_not_come_back(
    database: Database, admin: int
) -> None:
    send(database, book(GO_LIVE))
    run(database, admin)
    database.write(lambda session: session.execute(delete(ItemJournalLine)))
    send(database, book(GO_LIVE))
    assert counts(run(database, admin))["Item Journal Line"] == {"unchanged": 2}
    assert lines(database) == []


def test_no_line_comes_into_a_batch_that_holds_transfers(database: Database, admin: int) -> None:
    """Whoever made it meanwhile: a package holds no reclassifications."""
    blank, change = dict.fromkeys(("name", "description"), ""), Change(MOMENT, admin)
    typed = blank_card(batch_fields(ItemJournalTemplate.TRANSFER)) | blank | {"name": "MOVES"}
    database.write(
        lambda session: create_item_journal_batch(
            session, typed, change, ItemJournalTemplate.TRANSFER
        )
    )
    rows: Rows = [LINE, ["MOVES", "", "LAMP", "EAST", 9]]
    send(database, book(without(LINES) | {LINES: rows}))
    run(database, admin)
    assert [error[-1] for error in told(database)] == ["RecordNotFound"]
    row = JOURNALS[LINES].table.blank | {"batch": "MOVES"}
    with pytest.raises(RecordUnknown):
        database.write(lambda session: JOURNALS[LINES].lock_batch(session, row))


LINE = ["Journal Batch Name", "Line No.", "Item No.", "Location Code", "Quantity"]


def test_a_row_that_names_a_line_changes_it(database: Database, admin: int) -> None:
    send(database, book(GO_LIVE))
    run(database, admin)
    send(database, book({LINES: [LINE, ["OPENING", 10_000, "LAMP", "EAST", 9]]}))
    assert counts(run(database, admin))["Item Journal Line"] == {"changed": 1}
    assert lines(database)[0] == ("LAMP", 10_000, 9, "OP0001")
    send(database, book({LINES: [LINE, ["OPENING", 15_000, "LAMP", "EAST", 1]]}))
    assert counts(run(database, admin))["Item Journal Line"] == {"created": 1}
    assert [line[1] for line in lines(database)] == [10_000, 15_000, 20_000]


def test_a_row_that_changes_after_its_line_was_posted_is_refused(
    database: Database, admin: int
) -> None:
    send(database, book(without(LINES) | {LINES: [LINE, ["OPENING", 10_000, "LAMP", "EAST", 1]]}))
    run(database, admin)
    database.write(lambda session: session.execute(delete(ItemJournalLine)))
    send(database, book({LINES: [LINE, ["OPENING", 10_000, "LAMP", "EAST", 2]]}))
    run(database, admin)
    assert told(database) == [
        ("Item Journal Line", 4, "Journal Batch Name", "OPENING", "PackageLineGone")
    ]


def test_a_line_that_lost_its_document_no_is_left_out_too(database: Database, admin: int) -> None:
    """The first line of the batch has errors, and the second took its number from it."""
    lines_: Rows = [
        ["Journal Batch Name", "Item No.", "Location Code", "Quantity", "Document No."],
        ["OPENING", "LAMP", "EAST", 1, ""],
        ["OPENING", "MILK", "EAST", 2, ""],
    ]
    send(database, book(with_rows(BATCHES, ["OPENING", "", "", "Yes"]) | {LINES: lines_}))
    job = run(database, admin, leave_out=True)
    assert counts(job)["Item Journal Line"] == {"refused": 2}
    assert [each[1:] for each in told(database)] == [
        (4, "Document No.", "", "DocumentNoMissing"),
        (5, "Document No.", "", "DocumentNoMissing"),
    ]
    assert lines(database) == []


def test_lines_come_into_a_batch_that_is_there(database: Database, admin: int) -> None:
    send(database, book(without(LINES, WHSE_LINES)))
    run(database, admin)
    add_package(database, code="LINES")
    content = book({LINES: GO_LIVE[LINES], WHSE_LINES: GO_LIVE[WHSE_LINES]}, "LINES")
    send(database, content, "LINES")
    work_id = request(database, admin, "LINES")
    work(database)
    assert told(database, "LINES") == []
    assert counts(job_of(database, work_id))["Item Journal Line"] == {"created": 2}
    assert len(lines(database)) == 2


def test_a_batch_takes_numbers_once_the_package_says_so(database: Database, admin: int) -> None:
    batch = with_rows(BATCHES, ["OPENING", "OPEN", "", "No"])
    send(database, book({number: batch[number] for number in batch if number != LINES}))
    run(database, admin)
    send(database, book(GO_LIVE))
    assert counts(run(database, admin))["Item Journal Line"] == {"created": 2}


def test_a_line_is_known_again_when_its_row_left_meanwhile(database: Database, admin: int) -> None:
    captions = GO_LIVE[LINES][0]
    send(database, book(GO_LIVE))
    run(database, admin)
    assert send(database, book({LINES: [captions]})) == {"Item Journal Line": (0, 0, 0, 2)}
    assert send(database, book({LINES: [captions]})) == {"Item Journal Line": (0, 0, 0, 0)}
    assert "Item Journal Line" not in counts(run(database, admin))
    lamp = GO_LIVE[LINES][1]
    assert send(database, book({LINES: [captions, lamp]})) == {"Item Journal Line": (1, 0, 0, 0)}
    assert counts(run(database, admin))["Item Journal Line"] == {"unchanged": 1}
    assert len(lines(database)) == 2
