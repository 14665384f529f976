"""Publish a workbook: its rows become, change and delete the lines of their journal, or none do.

Publishing does what was shown and nothing else: the plan is made anew with the batch held, and
refused when it is another one than its reader saw (docs/domain.md 12.4).

This module must never post, nor write a line that typing it would refuse.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.errors import RuleRefused
from scanner_app.insert_rows import insert_in_order
from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalLine
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.adjustment_sync import delete_journal_lines
from scanner_app.warehouse.item_journal_fields import line_fields
from scanner_app.warehouse.item_journal_line_card import (
    StoredLine,
    blank_line_card,
    completed_card,
    stored_lines,
    write_line,
)
from scanner_app.warehouse.item_journal_lines import STEP, DocumentNumbers, last_line_of
from scanner_app.warehouse.journal_columns import LINE_NO
from scanner_app.warehouse.journal_line_card import DraftLine
from scanner_app.warehouse.journal_records import NamedRecords, find_named_records
from scanner_app.warehouse.journal_tracking import check_tracking_kept, tracked_quantities
from scanner_app.warehouse.journal_upload import (
    UploadedRow,
    find_upload,
    last_said,
    remember,
    rows_of_upload,
)
from scanner_app.warehouse.journal_workbook import (
    JournalUpload,
    JournalWorkbook,
    forget_uploads,
)
from scanner_app.warehouse.publication_plan import (
    LastSaid,
    PlannedRow,
    PublicationPlan,
    RowAction,
    SheetRow,
    card_digest,
    in_step,
    plan_publication,
)
from scanner_app.warehouse.publication_refusals import NothingToPublish, PlanChanged, RowsRefused
from scanner_app.warehouse.record_card import log_card, read_each
from scanner_app.warehouse.set_up_item_journal_batch import TABLE, lock_item_journal_batch

LINE_NO_DIGITS_MAX = 15


@dataclass(frozen=True)
class Published:
    """How many lines of the journal were added, changed and deleted."""

    new: int
    changed: int
    deleted: int


def plan_of_upload(
    session: Session, batch: ItemJournalBatch, upload: JournalUpload, today: date
) -> PublicationPlan:
    """What publishing the file would do now."""
    rows = _sheet_rows(session, batch, rows_of_upload(session, upload), today)
    last = last_said(session, upload)
    lines = stored_lines(session, batch, [said.line_id for said in last])
    return plan_publication(rows, lines, last)


def publish_workbook(
    session: Session, name: str, upload_id: int, seen: str, today: date, change: Change
) -> Published:
    """Do what the plan says that somebody saw; `seen` is its digest.

    Raises:
        RecordUnknown, UploadGone: for what is not there.
        PlanChanged: when the plan is another one now.
        RowsRefused, NothingToPublish: for a file with rows that cannot be lines, and without any.
        DocumentNoMissing: when a new line has no number and nothing gives one.
    """
    hold_set_up(session)
    batch = lock_item_journal_batch(session, name)
    upload = find_upload(session, batch, upload_id)
    plan = plan_of_upload(session, batch, upload, today)
    _check_plan(plan, seen)
    new = _write_lines(session, batch, plan, today)
    _remember_in_step(session, batch, upload, plan, new)
    published = Published(
        len(plan.having(RowAction.NEW)),
        len(plan.having(RowAction.CHANGED)),
        len(plan.deletions),
    )
    says = f"{upload.file_name}: +{published.new} ~{published.changed} -{published.deleted}"
    forget_uploads(session, [upload.id])
    log_card(session, TABLE, batch.name, change, [("Edit in Excel", "", says)])
    return published


def _check_plan(plan: PublicationPlan, seen: str) -> None:
    if plan.digest != seen:
        raise PlanChanged
    if plan.refused:
        raise RowsRefused(count=plan.refused)
    if not plan.changes:
        raise NothingToPublish


def _sheet_rows(
    session: Session, batch: ItemJournalBatch, rows: Sequence[UploadedRow], today: date
) -> list[SheetRow]:
    """Read the rows, and test each as lightly as a line that is typed."""
    fields = line_fields(batch)
    names, blank, read = [each.name for each in fields], blank_line_card(batch.template), []
    for row in rows:
        typed = {name: row.cells.get(name) or blank[name] for name in names}
        card, faults = read_each(fields, typed)
        read.append((row, blank | card, [*row.faults, *faults]))
    records = find_named_records(session, [card for _, card, faults in read if not faults])
    return [
        SheetRow(
            row.row_no,
            _line_no(row.cells.get(LINE_NO.name, "")),
            card,
            tuple(faults) or _line_faults(card, records, today),
        )
        for row, card, faults in read
    ]


def _line_no(cell: str) -> int | None:
    """The line that a row names; what is no number names none, so the row is new."""
    digits = cell.strip()
    is_number = digits.isascii() and digits.isdecimal() and len(digits) <= LINE_NO_DIGITS_MAX
    return int(digits) if is_number else None


def _line_faults(card: TextCard, records: NamedRecords, today: date) -> tuple[RuleRefused, ...]:
    try:
        write_line(DraftLine(), card, records, today)
    except RuleRefused as fault:
        return (fault,)
    return ()


def _write_lines(
    session: Session, batch: ItemJournalBatch, plan: PublicationPlan, today: date
) -> dict[int, int]:
    """Write what is new and changed, delete what is gone; returns the ids of new lines by row."""
    new, changed = plan.having(RowAction.NEW), plan.having(RowAction.CHANGED)
    records = find_named_records(session, [planned.row.card for planned in (*new, *changed)])
    documents = DocumentNumbers(session, batch, last_line_of(session, batch))
    _change_lines(session, changed, records, documents, today)
    added = _add_lines(session, batch, new, records, documents, today)
    delete_journal_lines(session, [deletion.line.id for deletion in plan.deletions])
    return added


def _change_lines(
    session: Session,
    changed: Sequence[PlannedRow],
    records: NamedRecords,
    documents: DocumentNumbers,
    today: date,
) -> None:
    ids = [planned.before.line_id for planned in changed if planned.before]
    row = ItemJournalLine
    lines = {line.id: line for line in session.scalars(select(row).where(row.id.in_(ids)))}
    tracked = tracked_quantities(session, ids)
    for line_id, planned in zip(ids, changed, strict=True):
        line = lines[line_id]
        write_line(line, planned.row.card, records, today)
        check_tracking_kept(line, tracked.get(line_id), planned.changes)
        line.document_no = documents.of(line)
    session.flush()


def _add_lines(
    session: Session,
    batch: ItemJournalBatch,
    new: Sequence[PlannedRow],
    records: NamedRecords,
    documents: DocumentNumbers,
    today: date,
) -> dict[int, int]:
    """Add lines behind the others; returns their ids by the rows they come from."""
    last = last_line_of(session, batch)
    first_no = (last.line_no if last else 0) + STEP
    rows = []
    for place, planned in enumerate(new):
        line = DraftLine(batch_id=batch.id, line_no=first_no + place * STEP)
        write_line(line, completed_card(planned.row.card), records, today)
        line.document_no = documents.of(line)
        rows.append(vars(line))
    ids = insert_in_order(session, ItemJournalLine, rows)
    return {planned.row.row_no: line_id for planned, line_id in zip(new, ids, strict=True)}


def _remember_in_step(
    session: Session,
    batch: ItemJournalBatch,
    upload: JournalUpload,
    plan: PublicationPlan,
    new: dict[int, int],
) -> None:
    known = [planned.before.line_id for planned in plan.rows if planned.before]
    lines = stored_lines(session, batch, [*known, *new.values()])
    workbook = session.get_one(JournalWorkbook, upload.workbook_id)
    said = [_said(planned, lines, new) for planned in plan.rows]
    remember(session, workbook, said)


def _said(planned: PlannedRow, lines: dict[int, StoredLine], new: dict[int, int]) -> LastSaid:
    """What a row says now; one that was left alone keeps what it knew of its line."""
    card, before = planned.row.card, planned.before
    if before is None:
        return in_step(lines[new[planned.row.row_no]], None, card)
    line = lines.get(before.line_id)
    if line and (planned.action is RowAction.CHANGED or line.card == card):
        return in_step(line, before.line_no, card)
    return replace(before, row_digest=card_digest(card))
