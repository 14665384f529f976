"""Lines of receipts and shipments: the card on which a line is typed.

This module must never know what a line may say, nor what stands against it.
"""

from dataclasses import replace

from flask import Blueprint, redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import N_, RuleRefused
from scanner_app.warehouse.document_kind import Document, DocumentKind, Line
from scanner_app.warehouse.document_line_card import blank_line_card, card_of_line
from scanner_app.warehouse.document_lines import (
    add_document_line,
    change_document_line,
    delete_document_line,
    find_document_line,
)
from scanner_app.web.current import reading
from scanner_app.web.document_ways import (
    KIND_IN_ADDRESS,
    KINDS,
    address_of_document,
    find_document,
    name_of,
)
from scanner_app.web.item_journal_batches import reason_choices
from scanner_app.web.posting_once import post_once
from scanner_app.web.record_cards import (
    RecordCard,
    draw_card,
    draw_new,
    form_of,
    read_form,
    read_new,
    refused,
)
from scanner_app.web.refusals import sentence
from scanner_app.web.security import supervisor_required
from scanner_app.web.texts import gettext

blueprint = Blueprint(
    "document_line_pages", __name__, url_prefix=f"/documents/{KIND_IN_ADDRESS}/<no>/lines"
)


@blueprint.get("/new")
@supervisor_required
def show_new(kind: str, no: str) -> tuple[str, int]:
    """The card of a new line."""
    what, blank = KINDS[kind], blank_line_card(KINDS[kind])
    document = find_document(reading(), what, no)
    return draw_new(_new_card(what, document), form_of(what.line_fields, blank, blank))


@blueprint.post("")
@supervisor_required
def add(kind: str, no: str) -> AnyResponse | tuple[str, int]:
    """Add a line, and be ready for the next one."""
    what, typed = KINDS[kind], read_new(KINDS[kind].line_fields)

    def work(session: Session) -> dict[str, int]:
        find_document(session, what, no)
        return {"line_no": add_document_line(session, what, no, typed)}

    try:
        post_once(work)
    except RuleRefused as refusal:
        form = refused(form_of(what.line_fields, blank_line_card(what), typed), refusal, typed)
        return draw_new(_new_card(what, find_document(reading(), what, no)), form, refusal)
    return redirect(url_for(".show_new", kind=kind, no=no, done="added"), 303)


@blueprint.get("/<int:line_no>")
@supervisor_required
def show(kind: str, no: str, line_no: int) -> tuple[str, int]:
    """A line that is there."""
    what, document, line = _find(kind, no, line_no)
    card = card_of_line(reading(), what, line)
    return draw_card(_card(what, document, line_no), form_of(what.line_fields, card, card))


@blueprint.post("/<int:line_no>")
@supervisor_required
def save(kind: str, no: str, line_no: int) -> AnyResponse | tuple[str, int]:
    """Write what the line says."""
    what, form = KINDS[kind], read_form(KINDS[kind].line_fields)

    def work(session: Session) -> dict[str, str]:
        find_document(session, what, no)
        change_document_line(session, what, no, line_no, as_read=form.as_read, typed=form.typed)
        return {}

    try:
        post_once(work)
    except RuleRefused as refusal:
        what, document, line = _find(kind, no, line_no)
        shown = refused(form, refusal, card_of_line(reading(), what, line))
        return draw_card(_card(what, document, line_no), shown, refusal)
    return redirect(address_of_document(what, no, done="saved"), 303)


@blueprint.post("/<int:line_no>/removal")
@supervisor_required
def remove(kind: str, no: str, line_no: int) -> AnyResponse:
    """Delete a line; sent again, it is gone already and that is the answer."""
    what = KINDS[kind]

    def work(session: Session) -> dict[str, str]:
        find_document(session, what, no)
        delete_document_line(session, what, no, line_no)
        return {}

    post_once(work)
    return redirect(address_of_document(what, no, done="removed"), 303)


def _find(kind: str, no: str, line_no: int) -> tuple[DocumentKind, Document, Line]:
    what = KINDS[kind]
    document = find_document(reading(), what, no)
    line = find_document_line(reading(), what, document.id, line_no)
    if line is None:
        raise NotFound
    return what, document, line


def _new_card(kind: DocumentKind, document: Document) -> RecordCard:
    values = {"kind": name_of(kind), "no": document.no}
    return RecordCard(
        kind.line_fields,
        sentence(N_("New line of {name}"), {"name": document.no}),
        address_of_document(kind, document.no),
        url_for(".add", **values),
        {"reason_code": reason_choices()},
    )


def _card(kind: DocumentKind, document: Document, line_no: int) -> RecordCard:
    values = {"kind": name_of(kind), "no": document.no, "line_no": line_no}
    return replace(
        _new_card(kind, document),
        title=sentence(N_("Line {line_no} of {name}"), {"line_no": line_no, "name": document.no}),
        saved_to=url_for(".save", **values),
        removed_by=(url_for(".remove", **values), gettext("Delete this line")),
        removal_says=N_("The line goes; what is posted stays."),
    )
