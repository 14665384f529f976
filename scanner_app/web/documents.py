"""Receipts and shipments: the supervisor sees what is open at the location.

This module must never change one: `document_pages` and `document_steps` lead to the verbs.
"""

from flask import Blueprint, render_template, request

from scanner_app.warehouse.document_kind import RECEIPTS, SHIPMENTS
from scanner_app.web.address_numbers import asked_number
from scanner_app.web.current import current_location, reading
from scanner_app.web.document_rows import LINES_SHOWN_MAX, open_documents
from scanner_app.web.security import supervisor_required

blueprint = Blueprint("documents", __name__, url_prefix="/documents")


@blueprint.get("")
@supervisor_required
def show_list() -> str:
    """The open receipts and shipments of the location."""
    location, session = current_location(), reading()
    return render_template(
        "documents/list.html",
        location=location,
        lines_max=LINES_SHOWN_MAX,
        receipts=open_documents(session, RECEIPTS, location) if location else [],
        shipments=open_documents(session, SHIPMENTS, location) if location else [],
        done=request.args.get("done", ""),
        no=request.args.get("no", ""),
        documents=asked_number("documents"),
        lines=asked_number("lines"),
    )
