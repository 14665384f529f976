"""Publish a workbook: its rows become, change and delete the lines of their journal, or none do.

Publishing does what was shown and nothing else: the plan is made anew with the batch held, and
refused when it is another one than its reader saw (docs/domain.md 12.4).

This module must never post, nor write a line that typing it would refuse.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.errors import RuleRefused
from scanner_app.insert_rows import insert_in_order
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.edited_journal import EditedJournal, Line, LockJournal
from scanner_app.warehouse.item_journal_lines import STEP
from scanner_app.warehouse.journal_columns import LINE_NO
from scanner_app.warehouse.journal_line_card import DraftLine, StoredLine
from scanner_app.warehouse.journal_records import NamedRecords
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
from scanner_app.warehouse.record_card import read_each

LINE_NO_DIGITS_MAX = 15


@dataclass(frozen=True)
class Published:
    """How many lines of the journal were added, changed and deleted."""

    new: int
    changed: int
    deleted: int


def plan_of_upload(journal: EditedJournal, upload: JournalUpload, today: date) -> PublicationPlan:
    """What publishing the file would do now."""
    rows = _sheet_rows(journal, rows_of_upload(journal.session, upload), today)
    last = last_said(journal.session, upload)
    lines = journal.stored_lines([said.line_id for said in last])
    return plan_publication(rows, lines, last)


def publish_workbook(
    session: Session, lock: LockJournal, upload_id: int, seen: str, today: date, change: Change
) -> Published:
    """Do what the plan says that somebody saw; `seen` is its digest.

    Raises:
        RecordUnknown, UploadGone: for what is not there.
        PlanChanged: when the plan is another one now.
        RowsRefused, NothingToPublish: for a file with rows that cannot be lines, and without any.
        DocumentNoMissing: when a new line has no number and nothing gives one.
    """
    hold_set_up(session)
    journal = lock(session)
    upload = find_upload(journal, upload_id)
    plan = plan_of_upload(journal, upload, today)
    _check_plan(plan, seen)
    new = _write_lines(journal, plan, today)
    _remember_in_step(journal, upload, plan, new)
    published = Published(
        len(plan.having(RowAction.NEW)),
        len(plan.having(RowAction.CHANGED)),
        len(plan.deletions),
    )
    says = f"{upload.file_name}: +{published.new} ~{published.changed} -{published.deleted}"
    forget_uploads(session, [upload.id])
    journal.log(change, says)
    return published


def _check_plan(plan: PublicationPlan, seen: str) -> None:
    if plan.digest != seen:
        raise PlanChanged
    if plan.refused:
        raise RowsRefused(count=plan.refused)
    if not plan.changes:
        raise NothingToPublish


def _sheet_rows(journal: EditedJournal, rows: Sequence[UploadedRow], today: date) -> list[SheetRow]:
    """Read the rows, and test each as lightly as a line that is typed."""
    fields, blank, read = journal.fields, journal.blank_card(), []
    names = [each.name for each in fields]
    for row in rows:
        typed = {name: row.cells.get(name) or blank[name] for name in names}
        card, faults = read_each(fields, typed)
        read.append((row, blank | card, [*row.faults, *faults]))
    records = journal.records_named([card for _, card, faults in read if not faults])
    tested = []
    for row, card, faults in read:
        line_no, draft = _line_no(row.cells.get(LINE_NO.name, "")), DraftLine()
        found = tuple(faults) or _line_faults(journal, draft, card, records, today)
        tested.append(SheetRow(row.row_no, line_no, card, found, None if found else draft))
    return tested


def _line_no(cell: str) -> int | None:
    """The line that a row names; what is no number names none, so the row is new."""
    digits = cell.strip()
    is_number = digits.isascii() and digits.isdecimal() and len(digits) <= LINE_NO_DIGITS_MAX
    return int(digits) if is_number else None


def _line_faults(
    journal: EditedJournal, draft: DraftLine, card: TextCard, records: NamedRecords, today: date
) -> tuple[RuleRefused, ...]:
    try:
        journal.write(draft, card, records, today)
    except RuleRefused as fault:
        return (fault,)
    return ()


def _write_lines(journal: EditedJournal, plan: PublicationPlan, today: date) -> dict[int, int]:
    """Write what is new and changed, delete what is gone; returns the ids of new lines by row."""
    new, changed = plan.having(RowAction.NEW), plan.having(RowAction.CHANGED)
    drafts = _drafts(journal, [planned.row for planned in new], today)
    records = journal.records_named([planned.row.card for planned in changed])
    number = journal.documents(today)
    _change_lines(journal, changed, records, number, today)
    ids = _add_lines(journal, drafts, number)
    journal.delete_lines([deletion.line.id for deletion in plan.deletions])
    rows = [planned.row.row_no for planned in new]
    return dict(zip(rows, ids, strict=True))


def _drafts(journal: EditedJournal, rows: Sequence[SheetRow], today: date) -> list[DraftLine]:
    """New lines as the plan has tested them; what is filled in on one is written once more."""
    completed = [(row, journal.completed_card(row.card)) for row in rows]
    filled_in = [card for row, card in completed if card is not row.card]
    records = journal.records_named(filled_in)
    drafts = []
    for row, card in completed:
        draft = row.draft or DraftLine()
        if card is not row.card:
            journal.write(draft, card, records, today)
        drafts.append(draft)
    return drafts


def _change_lines(
    journal: EditedJournal,
    changed: Sequence[PlannedRow],
    records: NamedRecords,
    number: Callable[[Line], None],
    today: date,
) -> None:
    ids = [planned.before.line_id for planned in changed if planned.before]
    lines, written = journal.lines_of_ids(ids), []
    with journal.session.no_autoflush:
        for line_id, planned in zip(ids, changed, strict=True):
            journal.write(lines[line_id], planned.row.card, records, today)
            number(lines[line_id])
            written.append((lines[line_id], planned.changes))
        journal.check_changed(written)
    journal.session.flush()


def _add_lines(
    journal: EditedJournal, drafts: Sequence[DraftLine], number: Callable[[Line], None]
) -> list[int]:
    """Add lines behind the others, in their order; returns their ids."""
    first_no, rows = journal.last_line_no() + STEP, []
    for place, line in enumerate(drafts):
        line.batch_id, line.line_no = journal.batch_id, first_no + place * STEP
        number(line)
        rows.append(vars(line))
    return insert_in_order(journal.session, journal.line_type, rows)


def _remember_in_step(
    journal: EditedJournal, upload: JournalUpload, plan: PublicationPlan, new: dict[int, int]
) -> None:
    known = [planned.before.line_id for planned in plan.rows if planned.before]
    lines = journal.stored_lines([*known, *new.values()])
    workbook = journal.session.get_one(JournalWorkbook, upload.workbook_id)
    said = [_said(planned, lines, new) for planned in plan.rows]
    remember(journal.session, workbook, said)


def _said(planned: PlannedRow, lines: dict[int, StoredLine], new: dict[int, int]) -> LastSaid:
    """What a row says now; one that was left alone keeps what it knew of its line."""
    card, before = planned.row.card, planned.before
    if before is None:
        return in_step(lines[new[planned.row.row_no]], None, card)
    line = lines.get(before.line_id)
    if line and (planned.action is RowAction.CHANGED or line.card == card):
        return in_step(line, before.line_no, card)
    return replace(before, row_digest=card_digest(card))
