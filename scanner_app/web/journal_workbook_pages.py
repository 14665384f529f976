"""Edit in Excel: the lines of a journal as a workbook, and what comes back of it.

Whatever is sent waits until its changes were looked at; publishing does what was seen. The
journals share these pages, and each says in `WorkbookPages` which lines they are of.

This module must never read a file by itself, nor know what a row may say.
"""

import io
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import redirect, render_template, request, send_file
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import RuleRefused
from scanner_app.warehouse.edited_journal import EditedJournal, LockJournal
from scanner_app.warehouse.journal_columns import ERROR
from scanner_app.warehouse.journal_sheet import (
    ROWS_MAX,
    WORKBOOK,
    columns_of_journal,
    instructions,
)
from scanner_app.warehouse.journal_upload import (
    UploadedRow,
    find_upload,
    keep_upload,
    key_of_upload,
    make_workbook,
    rows_of_upload,
)
from scanner_app.warehouse.publish_workbook import plan_of_upload, publish_workbook
from scanner_app.warehouse.record_card import captions_of
from scanner_app.web.cards import said
from scanner_app.web.current import change_by_user, today, write
from scanner_app.web.posting_once import post_once
from scanner_app.web.publication import shown_plan, words_of
from scanner_app.web.refusals import status_of
from scanner_app.web.texts import gettext
from scanner_app.workbooks.column import Column
from scanner_app.workbooks.instructions import Instructions
from scanner_app.workbooks.layout import CELL_CHARACTERS_MAX
from scanner_app.workbooks.read import ReadTable, read_pasted, read_table
from scanner_app.workbooks.write import write_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE_NAME_MAX = 100

Drawn = tuple[str, int]
Address = Callable[..., str]


@dataclass(frozen=True)
class WorkbookPages:
    """The pages of one batch.

    Attributes:
        title: what the journal is called, in the reader's language.
        journal: the batch as it is read now.
        lock: how a verb finds it and keeps it.
        address: of one of these pages, by its view.
        action: where a form is sent, by its view.
        lines_address: of the page of the lines.
    """

    title: str
    journal: EditedJournal
    lock: LockJournal
    address: Address
    action: Address
    lines_address: Address


# A write ends what was read before it, so the pages are opened again to be drawn.
OpenPages = Callable[[], WorkbookPages]


def draw_excel(pages: WorkbookPages, refusal: RuleRefused | None = None) -> Drawn:
    """Where the lines are downloaded, and where the file is sent back."""
    captions = captions_of(pages.journal.fields)
    page = render_template(
        "journal_workbooks/show.html",
        pages=pages,
        rows_max=ROWS_MAX,
        required=[gettext(captions[name]) for name in pages.journal.required],
        refused=said(refusal) if refusal else None,
    )
    return page, status_of(refusal) if refusal else 200


def send_lines(open_pages: OpenPages) -> AnyResponse | Drawn:
    """The lines as a workbook; each download is a workbook of its own."""
    key, change, lock = str(uuid.uuid4()).upper(), change_by_user(), open_pages().lock
    try:
        lines = write(lambda session: make_workbook(session, lock, key, change))
    except RuleRefused as refusal:
        return draw_excel(open_pages(), refusal)
    rows = ({"line_no": str(line.line_no)} | line.card for line in lines)
    pages = open_pages()
    columns, guide = columns_of_journal(pages.journal), instructions_of(pages, key)
    return send_workbook(columns, rows, guide, f"{pages.journal.name}.xlsx")


def take_file(open_pages: OpenPages) -> AnyResponse | Drawn:
    """Keep what was sent, and show what it would change."""
    pages, change = open_pages(), change_by_user()
    lock = pages.lock
    try:
        file_name, table = read_sent(columns_of_journal(pages.journal))
        rows = [UploadedRow(row.row_no, row.values, row.faults) for row in table.rows]
        key = table.facts.get(WORKBOOK, "")

        def work(session: Session) -> dict[str, int]:
            return {"id": keep_upload(session, lock, file_name, key, rows, change).id}

        kept = post_once(work)
    except RuleRefused as refusal:
        return draw_excel(open_pages(), refusal)
    return redirect(pages.address("show_upload", upload_id=kept["id"]), 303)


def draw_upload(pages: WorkbookPages, upload_id: int, refusal: RuleRefused | None = None) -> Drawn:
    """The changes as they are now; a file that does not wait any more has none."""
    sent = find_upload(pages.journal, upload_id)
    plan = plan_of_upload(pages.journal, sent, today())
    page = render_template(
        "journal_workbooks/upload.html",
        pages=pages,
        upload=sent,
        plan=shown_plan(plan, pages.journal.fields),
        refused=said(refusal) if refusal else None,
    )
    return page, status_of(refusal) if refusal else 200


def publish_upload(open_pages: OpenPages, upload_id: int) -> AnyResponse | Drawn:
    """Publish what was seen, or nothing."""
    seen, day, change = request.form.get("seen", ""), today(), change_by_user()
    pages = open_pages()
    lock = pages.lock

    def work(session: Session) -> dict[str, int]:
        published = publish_workbook(session, lock, upload_id, seen, day, change)
        return {"lines": published.new + published.changed + published.deleted}

    try:
        done = post_once(work)
    except RuleRefused as refusal:
        return draw_upload(open_pages(), upload_id, refusal)
    return redirect(pages.lines_address(published=done["lines"]), 303)


def send_errors(pages: WorkbookPages, upload_id: int) -> AnyResponse:
    """The rows as they were sent, each with what stands against it, to be mended and sent again."""
    journal = pages.journal
    sent = find_upload(journal, upload_id)
    plan = plan_of_upload(journal, sent, today())
    errors = {planned.row.row_no: words_of(planned.faults) for planned in plan.rows}
    columns = (*columns_of_journal(journal), ERROR)
    blank = {column.name: "" for column in columns}
    rows = (
        blank
        | {name: text[:CELL_CHARACTERS_MAX] for name, text in row.cells.items()}
        | {ERROR.name: errors[row.row_no]}
        for row in rows_of_upload(journal.session, sent)
    )
    guide = instructions_of(pages, key_of_upload(journal.session, sent))
    return send_workbook(columns, rows, guide, f"{journal.name} errors.xlsx")


def instructions_of(pages: WorkbookPages, key: str) -> Instructions:
    """How the workbook of a batch is filled in, and which one it is."""
    return instructions(pages.title, pages.journal, key)


def read_sent(columns: Sequence[Column]) -> tuple[str, ReadTable]:
    """What was chosen as a file, or else what was pasted: how it is called, and what it says.

    Raises:
        RuleRefused: one of `workbooks.refusals`, when nothing can be read.
    """
    sent, ignored = request.files.get("file"), (ERROR.caption,)
    if sent is None or not sent.filename:
        pasted = request.form.get("pasted", "")
        table = read_pasted(pasted, columns, rows_max=ROWS_MAX, ignored=ignored)
        return gettext("Pasted rows"), table
    name = "".join(filter(str.isprintable, sent.filename))[:FILE_NAME_MAX]
    return name, read_table(sent.read(), name, columns, rows_max=ROWS_MAX, ignored=ignored)


def send_workbook(
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, str]],
    guide: Instructions,
    file_name: str,
) -> AnyResponse:
    """Answer with a workbook of rows, with as many empty ones below them as may be sent back."""
    stream = io.BytesIO()
    write_workbook(stream, columns, rows, guide, blank_rows=ROWS_MAX)
    stream.seek(0)
    return send_file(stream, mimetype=XLSX, as_attachment=True, download_name=file_name)
