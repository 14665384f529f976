"""Import receipts and shipments: a file is sent, or rows are pasted, and all comes in or nothing.

This module must never read a file by itself, nor know what a row may say.
"""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.location import Location
from scanner_app.warehouse.document_import_fields import (
    REQUIRED_CAPTIONS,
    columns_of_import,
    instructions_of_import,
)
from scanner_app.warehouse.document_import_plan import plan_import
from scanner_app.warehouse.document_import_refusals import ImportRefused
from scanner_app.warehouse.import_documents import import_documents
from scanner_app.warehouse.journal_sheet import ROWS_MAX
from scanner_app.web.cards import said
from scanner_app.web.current import chosen_location, current_user_id, now, reading
from scanner_app.web.document_ways import by_at_location
from scanner_app.web.journal_workbook_pages import read_sent, send_workbook
from scanner_app.web.posting_once import post_once
from scanner_app.web.publication import ROWS_SHOWN_MAX, RefusedRow
from scanner_app.web.refusals import sentence, status_of
from scanner_app.web.security import supervisor_required, takes_file
from scanner_app.web.texts import gettext
from scanner_app.workbooks.read import ReadRow

blueprint = Blueprint("document_import", __name__, url_prefix="/documents/import")

TEMPLATE_NAME = "receipts and shipments.xlsx"


@blueprint.get("")
@supervisor_required
def show() -> tuple[str, int]:
    """Where a file of receipts and shipments is sent, and how it is made."""
    return _draw(chosen_location())


@blueprint.get("/template")
@supervisor_required
def download_template() -> AnyResponse:
    """An empty workbook with the columns, lists to choose from, and instructions."""
    guide = instructions_of_import(gettext("Receipts and shipments"))
    return send_workbook(columns_of_import(reading()), (), guide, TEMPLATE_NAME)


@blueprint.post("")
@supervisor_required
@takes_file
def import_file() -> AnyResponse | tuple[str, int]:
    """Make documents of all rows, or say what stands against each."""
    here = chosen_location()
    code, by, again = here.code, by_at_location(here, current_user_id(), now()), _asks_again()
    rows: Sequence[ReadRow] = ()
    try:
        rows = read_sent(columns_of_import(reading()))[1].rows

        def work(session: Session) -> dict[str, int]:
            made = import_documents(session, code, rows, by, again=again)
            return {"documents": made.documents, "lines": made.lines}

        imported = post_once(work)
    except RuleRefused as refusal:
        return _draw(chosen_location(), refusal, rows)
    return redirect(url_for("documents.show_list", done="imported", **imported), 303)


def _draw(
    location: Location, refusal: RuleRefused | None = None, rows: Sequence[ReadRow] = ()
) -> tuple[str, int]:
    refused_rows = _refused_rows(location, rows) if isinstance(refusal, ImportRefused) else []
    page = render_template(
        "documents/import.html",
        title=sentence(N_("Import at {location}"), {"location": location.code}),
        rows_max=ROWS_MAX,
        required=[gettext(caption) for caption in REQUIRED_CAPTIONS],
        pasted=request.form.get("pasted", ""),
        again=_asks_again(),
        refused=said(refusal) if refusal else None,
        refused_rows=refused_rows[:ROWS_SHOWN_MAX],
        refused_count=len(refused_rows),
    )
    return page, status_of(refusal) if refusal else 200


def _refused_rows(location: Location, rows: Sequence[ReadRow]) -> list[RefusedRow]:
    """What stands against the rows as they are read now."""
    by = by_at_location(location, current_user_id(), now())
    faults = plan_import(reading(), location, rows, by, again=_asks_again()).faults
    return [RefusedRow(row_no, [said(fault) for fault in faults[row_no]]) for row_no in faults]


def _asks_again() -> bool:
    """Whether what was posted before is to come in again; nobody is asked to say no."""
    return "again" in request.form
