"""Journal uploads: a file that came back is kept as it is, and read when it is looked at.

The cells are kept as texts, and read each time the file is looked at, because items and bins come
and go while somebody mends it. The verbs never commit.

This module must never change a line of the journal.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.errors import RuleRefused
from scanner_app.insert_rows import insert_rows
from scanner_app.stored_refusals import refusal_from_json, refusal_to_json
from scanner_app.upsert import insert_into
from scanner_app.warehouse.edited_journal import EditedJournal, LockJournal
from scanner_app.warehouse.journal_line_card import StoredLine
from scanner_app.warehouse.journal_refusals import JournalTooLong
from scanner_app.warehouse.journal_workbook import (
    KEY_LENGTH,
    JournalUpload,
    JournalUploadRow,
    JournalWorkbook,
    JournalWorkbookRow,
    forget_uploads,
    forget_workbooks,
    workbooks_of,
)
from scanner_app.warehouse.post_item_journal_batch import LINES_MAX
from scanner_app.warehouse.publication_plan import LastSaid, digest_of, in_step
from scanner_app.warehouse.publication_refusals import UploadGone, WorkbookNotOfBatch

# Each download is remembered row by row; nobody sends a file back that is older than this.
WORKBOOKS_KEPT = timedelta(days=365)


@dataclass(frozen=True)
class UploadedRow:
    """One row of a file: the text of its cells by field, and what is wrong with cells."""

    row_no: int
    cells: Mapping[str, str]
    faults: Sequence[RuleRefused]


def make_workbook(
    session: Session, lock: LockJournal, key: str, change: Change
) -> list[StoredLine]:
    """Remember what a download says, and return it: the lines in their order.

    Raises:
        RecordUnknown: for a batch that is not there.
        JournalTooLong: for one with more lines than are edited at once.
    """
    journal = _lock(session, lock, change)
    if journal.count_lines() > LINES_MAX:
        raise JournalTooLong(name=journal.name, lines_max=LINES_MAX)
    lines = list(journal.stored_lines().values())
    workbook = JournalWorkbook(**_values(journal, key, change))
    session.add(workbook)
    session.flush()
    remember(session, workbook, [in_step(line, line.line_no, line.card) for line in lines])
    return lines


def keep_upload(
    session: Session,
    lock: LockJournal,
    file_name: str,
    key: str,
    rows: Sequence[UploadedRow],
    change: Change,
) -> JournalUpload:
    """Keep a file that was sent; it takes the place of one that its sender had waiting here.

    `key` is what the file says of its workbook, '' for rows that came from elsewhere.

    Raises:
        RecordUnknown: for a batch that is not there.
        WorkbookNotOfBatch: for a workbook that this batch does not know.
    """
    journal = _lock(session, lock, change)
    if not key:
        key = _key_of_rows(rows)
        _make_unless_there(session, journal, key, change)
    workbook = _find_workbook(session, journal, key)
    if workbook is None:
        raise WorkbookNotOfBatch(file_name=file_name, name=journal.name)
    _forget_waiting(session, journal, change)
    upload = JournalUpload(
        workbook_id=workbook.id,
        file_name=file_name,
        uploaded_at=change.changed_at,
        uploaded_by_id=change.changed_by,
    )
    session.add(upload)
    session.flush()
    insert_rows(session, JournalUploadRow, [_kept(upload, row) for row in rows])
    return upload


def find_upload(journal: EditedJournal, upload_id: int) -> JournalUpload:
    """A file that waits to be published.

    Raises:
        UploadGone: when it does not wait any more.
    """
    found = journal.session.scalar(_uploads_of(journal).where(JournalUpload.id == upload_id))
    if found is None:
        raise UploadGone
    return found


def key_of_upload(session: Session, upload: JournalUpload) -> str:
    """The key of the workbook that a file comes from."""
    return session.get_one(JournalWorkbook, upload.workbook_id).key


def rows_of_upload(session: Session, upload: JournalUpload) -> list[UploadedRow]:
    """The rows as the file says them, in its order."""
    row = JournalUploadRow
    kept = select(row.row_no, row.cells, row.faults).where(row.upload_id == upload.id)
    return [
        UploadedRow(row_no, cells, [refusal_from_json(fault) for fault in faults])
        for row_no, cells, faults in session.execute(kept.order_by(row.row_no))
    ]


def remember(session: Session, workbook: JournalWorkbook, said: Iterable[LastSaid]) -> None:
    """Let a workbook be in step: what each of its rows says now, and how its line is."""
    row = JournalWorkbookRow
    session.execute(delete(row).where(row.workbook_id == workbook.id))
    rows = [
        {
            "workbook_id": workbook.id,
            "line_id": each.line_id,
            "line_no": each.line_no,
            "row_digest": each.row_digest,
            "line_digest": each.line_digest,
        }
        for each in said
    ]
    insert_rows(session, row, rows)


def last_said(session: Session, upload: JournalUpload) -> list[LastSaid]:
    """What the workbook of a file said when it was last in step, in the order of the file."""
    row = JournalWorkbookRow
    said = select(row.line_id, row.line_no, row.row_digest, row.line_digest)
    of_workbook = said.where(row.workbook_id == upload.workbook_id).order_by(row.id)
    return [LastSaid(*each) for each in session.execute(of_workbook)]


def _lock(session: Session, lock: LockJournal, change: Change) -> EditedJournal:
    """The journal, kept for this transaction; what it remembers too long is forgotten."""
    journal = lock(session)
    forget_workbooks(session, journal.owner, change.changed_at - WORKBOOKS_KEPT)
    return journal


def _find_workbook(session: Session, journal: EditedJournal, key: str) -> JournalWorkbook | None:
    if not key.isprintable() or len(key) > KEY_LENGTH:
        return None  # No workbook of this house has such a key.
    return session.scalar(workbooks_of(journal.owner).where(JournalWorkbook.key == key))


def _make_unless_there(session: Session, journal: EditedJournal, key: str, change: Change) -> None:
    """Rows from elsewhere are a workbook of their own from the first time they come."""
    statement = insert_into(session, JournalWorkbook).values(**_values(journal, key, change))
    session.execute(statement.on_conflict_do_nothing())


def _values(journal: EditedJournal, key: str, change: Change) -> dict[str, Any]:
    """What is known of a workbook from the beginning."""
    made = {"key": key, "made_at": change.changed_at, "made_by_id": change.changed_by}
    return journal.owner.values() | made


def _key_of_rows(rows: Sequence[UploadedRow]) -> str:
    """The same rows are the same, whatever kind of file brings them."""
    return digest_of([sorted(row.cells.items()) for row in rows])


def _forget_waiting(session: Session, journal: EditedJournal, change: Change) -> None:
    """One file of a person waits in a batch, so that nobody publishes the one before."""
    sent = _uploads_of(journal).where(JournalUpload.uploaded_by_id == change.changed_by)
    forget_uploads(session, [upload.id for upload in session.scalars(sent)])


def _uploads_of(journal: EditedJournal) -> Select[JournalUpload]:
    ids = workbooks_of(journal.owner).with_only_columns(JournalWorkbook.id)
    return select(JournalUpload).where(JournalUpload.workbook_id.in_(ids))


def _kept(upload: JournalUpload, row: UploadedRow) -> dict[str, Any]:
    faults = [refusal_to_json(fault) for fault in row.faults]
    return {
        "upload_id": upload.id,
        "row_no": row.row_no,
        "cells": dict(row.cells),
        "faults": faults,
    }
