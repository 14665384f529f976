"""Edit in Excel: the lines of an item journal as a workbook, and what comes back of it.

Whatever is sent waits until its changes were looked at; publishing does what was seen.

This module must never read a file by itself, nor know what a row may say.
"""

import io
import uuid
from collections.abc import Iterable, Mapping, Sequence

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import RuleRefused
from scanner_app.inventory.item_journal import ItemJournalBatch
from scanner_app.warehouse.item_journal_workbook import (
    REQUIRED,
    ROWS_MAX,
    WORKBOOK,
    columns_of_batch,
    instructions,
)
from scanner_app.warehouse.journal_columns import ERROR
from scanner_app.warehouse.journal_records import CAPTIONS
from scanner_app.warehouse.journal_upload import (
    UploadedRow,
    find_upload,
    keep_upload,
    key_of_upload,
    make_workbook,
    rows_of_upload,
)
from scanner_app.warehouse.publish_workbook import plan_of_upload, publish_workbook
from scanner_app.web.cards import said
from scanner_app.web.current import change_by_user, reading, today, write
from scanner_app.web.item_journal_batches import find_batch_here
from scanner_app.web.item_journal_ways import address_of
from scanner_app.web.posting_once import post_once
from scanner_app.web.publication import shown_plan, words_of
from scanner_app.web.refusals import status_of
from scanner_app.web.security import supervisor_required, takes_file
from scanner_app.web.texts import gettext
from scanner_app.workbooks.column import Column
from scanner_app.workbooks.layout import CELL_CHARACTERS_MAX
from scanner_app.workbooks.read import ReadTable, read_pasted, read_table
from scanner_app.workbooks.write import write_workbook

blueprint = Blueprint("item_journal_workbooks", __name__, url_prefix="/item-journals/<name>/excel")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE_NAME_MAX = 100


@blueprint.get("")
@supervisor_required
def show(name: str) -> tuple[str, int]:
    """Where the lines are downloaded, and where the file is sent back."""
    return _draw(find_batch_here(name))


@blueprint.post("/workbook")
@supervisor_required
def download(name: str) -> AnyResponse | tuple[str, int]:
    """The lines as a workbook; each download is a workbook of its own."""
    batch, key, change = find_batch_here(name), str(uuid.uuid4()).upper(), change_by_user()
    columns = columns_of_batch(reading(), batch)
    try:
        lines = write(lambda session: make_workbook(session, batch.name, key, change))
    except RuleRefused as refusal:
        return _draw(find_batch_here(name), refusal)
    rows = ({"line_no": str(line.line_no)} | line.card for line in lines)
    return _send(find_batch_here(name), key, columns, rows, f"{batch.name}.xlsx")


@blueprint.post("/uploads")
@supervisor_required
@takes_file
def upload(name: str) -> AnyResponse | tuple[str, int]:
    """Keep what was sent, and show what it would change."""
    batch, change = find_batch_here(name), change_by_user()
    try:
        file_name, table = _read(batch)
        rows = [UploadedRow(row.row_no, row.values, row.faults) for row in table.rows]
        key = table.facts.get(WORKBOOK, "")

        def work(session: Session) -> dict[str, int]:
            return {"id": keep_upload(session, batch.name, file_name, key, rows, change).id}

        kept = post_once(work)
    except RuleRefused as refusal:
        return _draw(find_batch_here(name), refusal)
    return redirect(url_for(".show_upload", name=name, upload_id=kept["id"]), 303)


@blueprint.get("/uploads/<int:upload_id>")
@supervisor_required
def show_upload(name: str, upload_id: int) -> tuple[str, int]:
    """What publishing the file would do, row by row."""
    return _draw_upload(find_batch_here(name), upload_id)


@blueprint.post("/uploads/<int:upload_id>/publication")
@supervisor_required
def publish(name: str, upload_id: int) -> AnyResponse | tuple[str, int]:
    """Publish what was seen, or nothing."""
    seen, day, change = request.form.get("seen", ""), today(), change_by_user()

    def work(session: Session) -> dict[str, int]:
        published = publish_workbook(session, name, upload_id, seen, day, change)
        return {"lines": published.new + published.changed + published.deleted}

    try:
        done = post_once(work)
    except RuleRefused as refusal:
        return _draw_upload(find_batch_here(name), upload_id, refusal)
    return redirect(address_of("item_journals.show", name=name, published=done["lines"]), 303)


@blueprint.get("/uploads/<int:upload_id>/errors")
@supervisor_required
def download_errors(name: str, upload_id: int) -> AnyResponse:
    """The rows as they were sent, each with what stands against it, to be mended and sent again."""
    batch, session = find_batch_here(name), reading()
    sent = find_upload(session, batch, upload_id)
    plan = plan_of_upload(session, batch, sent, today())
    errors = {planned.row.row_no: words_of(planned.faults) for planned in plan.rows}
    columns = (*columns_of_batch(session, batch), ERROR)
    blank = {column.name: "" for column in columns}
    rows = (
        blank
        | {name: text[:CELL_CHARACTERS_MAX] for name, text in row.cells.items()}
        | {ERROR.name: errors[row.row_no]}
        for row in rows_of_upload(session, sent)
    )
    file_name = f"{batch.name} errors.xlsx"
    return _send(batch, key_of_upload(session, sent), columns, rows, file_name)


def _read(batch: ItemJournalBatch) -> tuple[str, ReadTable]:
    """What was chosen as a file, or else what was pasted: how it is called, and what it says."""
    columns, sent = columns_of_batch(reading(), batch), request.files.get("file")
    ignored = (ERROR.caption,)
    if sent is None or not sent.filename:
        pasted = request.form.get("pasted", "")
        table = read_pasted(pasted, columns, rows_max=ROWS_MAX, ignored=ignored)
        return gettext("Pasted rows"), table
    name = "".join(filter(str.isprintable, sent.filename))[:FILE_NAME_MAX]
    return name, read_table(sent.read(), name, columns, rows_max=ROWS_MAX, ignored=ignored)


def _send(
    batch: ItemJournalBatch,
    key: str,
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, str]],
    file_name: str,
) -> AnyResponse:
    stream = io.BytesIO()
    write_workbook(stream, columns, rows, instructions(batch, key), blank_rows=ROWS_MAX)
    stream.seek(0)
    return send_file(stream, mimetype=XLSX, as_attachment=True, download_name=file_name)


def _draw(batch: ItemJournalBatch, refusal: RuleRefused | None = None) -> tuple[str, int]:
    page = render_template(
        "item_journals/excel.html",
        batch=batch,
        rows_max=ROWS_MAX,
        required=[gettext(CAPTIONS[name]) for name in REQUIRED],
        refused=said(refusal) if refusal else None,
    )
    return page, status_of(refusal) if refusal else 200


def _draw_upload(
    batch: ItemJournalBatch, upload_id: int, refusal: RuleRefused | None = None
) -> tuple[str, int]:
    """The changes as they are now; a file that does not wait any more has none."""
    sent = find_upload(reading(), batch, upload_id)
    plan = plan_of_upload(reading(), batch, sent, today())
    page = render_template(
        "item_journals/upload.html",
        batch=batch,
        upload=sent,
        plan=shown_plan(plan),
        refused=said(refusal) if refusal else None,
    )
    return page, status_of(refusal) if refusal else 200
